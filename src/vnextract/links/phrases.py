"""The phrases left and right of a figure that may say what it measures."""

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from vnextract.figures.models import Figure
from vnextract.figures.words import words
from vnextract.lexicon.persons import honorifics
from vnextract.lexicon.places import find_province
from vnextract.links.clauses import BOUNDARY, Word, is_quantity, is_verb, quantity_at
from vnextract.records import UnitKind

_PLACE_WORDS = range(2, 5)
_LEFT_WORDS = 9
_VERB_WORDS = 5
_RIGHT_WORDS = 9

_MARKERS, _TURNS = words("marker"), words("turn")
_TAIL_CUTS, _LEADS = words("tail"), words("lead")
_RIGHT_STOPS, _RIGHT_SKIPS = words("right_stop"), words("right_skip")
_NO_MEASURE, _FRONTS, _ENDS = words("no_measure"), words("front"), words("end")
_PRONOUNS, _AGENTS, _PLACES = words("pronoun"), words("agent"), words("place")
_BODIES, _PASSIVES = words("body"), frozenset(("được", "bị"))
_SIZES = words("size")
_PHYSICAL = frozenset(
    (UnitKind.LENGTH, UnitKind.AREA, UnitKind.MASS, UnitKind.VOLUME, UnitKind.POWER, UnitKind.ENERGY, UnitKind.SPEED)
)
_SENTENCE_MARKS = frozenset(".;:!?…")
_PREDICATE_WORDS = 4
_LAST_VERB_WORDS = 3
_NO_STARTS = _NO_MEASURE | _SIZES | words("tail") | words("no_start")
_NO_PREDICATES = _NO_STARTS | _RIGHT_STOPS | _RIGHT_SKIPS | words("light") | BOUNDARY


class Phrase(NamedTuple):
    """Where a phrase stands and what it begins with."""

    start: int
    end: int
    quantity: bool
    """Whether it begins with a noun that names a quantity."""
    subject: bool = False
    """Whether a verb such as `đạt` stands between it and the number."""
    verb: bool = False
    """Whether it begins with a verb."""


def subject_of(tokens: list[Word]) -> Phrase | None:
    """The subject of `đạt`, `là`, `tăng`: from the noun of quantity, without what says whose or when."""
    while tokens and tokens[0].lower in _LEADS:
        tokens = tokens[1:]
    turn = max((at for at, word in enumerate(tokens[:-1]) if word.lower in _TURNS), default=-1)
    tokens = tokens[turn + 1 :]
    start = quantity_at(tokens)
    tokens = tokens[-_LEFT_WORDS:] if start is None else tokens[start:]
    for at, word in enumerate(tokens):
        if at and word.lower in _TAIL_CUTS:
            tokens = tokens[:at]
            break
    tokens = _trimmed(tokens) if tokens and tokens[0].lower not in _TAIL_CUTS else []
    if not tokens:
        return None
    return Phrase(tokens[0].start, tokens[min(len(tokens), _LEFT_WORDS) - 1].end, start is not None, True)


def adjacent(tokens: list[Word]) -> Phrase | None:
    """The noun or verb phrase right before the number, with the name that ends it."""
    turn = max((at for at, word in enumerate(tokens[:-1]) if word.lower in _TURNS), default=-1)
    tokens = tokens[turn + 1 :]
    start = quantity_at(tokens)
    if start is not None and len(tokens) - start <= _LEFT_WORDS:
        named = _without_ends(tokens[start:])
        return Phrase(named[0].start, named[-1].end, True)
    at = len(tokens)
    while at and tokens[at - 1].name and len(tokens) - at < _VERB_WORDS:
        at -= 1
    names = len(tokens) - at
    if at and not names and tokens[-1].lower == "mới":
        at -= 1
    while (
        at
        and tokens[at - 1].lower not in _MARKERS
        and not tokens[at - 1].name
        and len(tokens) - at < names + _VERB_WORDS
    ):
        at -= 1
    if at == len(tokens) or (len(tokens) - at == names and at):
        return _last_verb(tokens)
    whole = tokens[at].lower not in _BODIES and (not at or tokens[at - 1].lower in _MARKERS)
    phrase = _trimmed(tokens[at:] if whole else _from_verb(tokens[at:]))
    if not phrase:
        return _last_verb(tokens)
    return Phrase(phrase[0].start, phrase[-1].end, phrase[-1].lower in _SIZES)


def _last_verb(tokens: list[Word]) -> Phrase | None:
    """The last verb of a clause, up to a name or a function word: `nộp lại` in `Vũ chỉ nộp lại ngân hàng ACB`."""
    for at in range(len(tokens) - 1, -1, -1):
        word = tokens[at]
        if word.name or word.lower in _NO_PREDICATES or not is_verb(tokens[at:]):
            continue
        phrase = _trimmed([word for word in _until_stop(tokens[at : at + _LAST_VERB_WORDS]) if not word.name])
        return Phrase(phrase[0].start, phrase[-1].end, False, verb=True) if phrase else None
    return None


def after(tokens: Sequence[Word], figure: Figure, *, shared: bool) -> Phrase | None:
    """The noun or verb phrase right of a figure, up to a boundary.

    Args:
        tokens: The words that follow the figure.
        figure: The figure.
        shared: Whether they lead into another figure, which takes them unless they plainly belong to this one.
    """
    at = 0
    while at < min(3, len(tokens)) and tokens[at].lower in _RIGHT_SKIPS:
        at += 1
    phrase: list[Word] = []
    for word in tokens[at:]:
        passive = word.lower == "cấp" and phrase and phrase[-1].lower in _PASSIVES
        if word.lower in BOUNDARY or (word.lower in _RIGHT_STOPS and not passive) or len(phrase) == _RIGHT_WORDS:
            break
        phrase.append(word)
    else:
        if shared:
            phrase = _own_part(figure, phrase)
    if phrase and (phrase[0].name or phrase[0].lower == "có thể"):
        return None
    phrase = _trimmed(phrase)
    if not phrase:
        return None
    return Phrase(phrase[0].start, phrase[-1].end, is_quantity(phrase[0]), verb=is_verb(phrase))


def predicate(tokens: Iterator[Word]) -> Phrase | None:
    """The first verb of some words, with what follows it, up to a mark or a word that ends a phrase.

    No more words are read than that takes.
    """
    ahead = list(islice(tokens, _PREDICATE_WORDS))
    while ahead:
        word = ahead[0]
        if word.lower in _SENTENCE_MARKS:
            return None
        if not word.name and word.lower not in _NO_PREDICATES and is_verb(ahead):
            phrase = _trimmed(_until_stop(ahead))
            return Phrase(phrase[0].start, phrase[-1].end, False, verb=True) if phrase else None
        ahead = [*ahead[1:], *islice(tokens, 1)]
    return None


def _until_stop(tokens: Sequence[Word]) -> list[Word]:
    """The words up to a mark or a word that ends a phrase."""
    return list(takewhile(lambda word: word.lower not in BOUNDARY and word.lower not in _RIGHT_STOPS, tokens))


def _own_part(figure: Figure, phrase: list[Word]) -> list[Word]:
    """What belongs to a figure of the tokens that lead from it into the next."""
    if phrase and phrase[0].lower in ("bị", "được"):
        return phrase
    quantity = quantity_at(phrase)
    return phrase[:quantity] if quantity and figure.unit_kind in _PHYSICAL else []


def _from_verb(tokens: list[Word]) -> list[Word]:
    """A phrase that was cut out of a longer one, from its first verb on where it has one."""
    for at, word in enumerate(tokens):
        if not word.name and word.lower not in _NO_STARTS and is_verb(tokens[at:]):
            return tokens[at:]
    return tokens


def _trimmed(tokens: list[Word]) -> list[Word]:
    """A phrase without function words at its ends and without who did it; empty where that leaves no measure."""
    for at, word in enumerate(tokens[:-1]):
        if at and word.lower in _AGENTS and tokens[at + 1].name:
            tokens = tokens[:at]
            break
    tokens = _without_ends(tokens)
    while tokens and tokens[0].lower in _FRONTS:
        tokens = tokens[1:]
    says_nothing = all(word.lower in _NO_MEASURE for word in tokens)
    return [] if says_nothing or _is_person(tokens) or _is_place(tokens) else tokens


def _without_ends(tokens: list[Word]) -> list[Word]:
    """A phrase without the function words at its end."""
    end = len(tokens)
    while end > 1 and tokens[end - 1].lower in _ENDS:
        end -= 1
    return tokens[:end]


def _is_place(tokens: Sequence[Word]) -> bool:
    """Whether a phrase only names a place: `tỉnh Phú Thọ`, `Sơn La`."""
    if tokens[0].lower in _PLACES and all(word.name for word in tokens[1:]):
        return True
    phrase = " ".join(word.lower for word in tokens)
    return phrase.count(" ") + 1 in _PLACE_WORDS and find_province(phrase) is not None


def _is_person(tokens: Sequence[Word]) -> bool:
    """Whether a phrase only names a person: `bà Trần Thị Hoa`, `bạn gái tôi`."""
    if len(tokens) < 2:
        return bool(tokens) and tokens[0].lower in _PRONOUNS
    named = tokens[0].lower in honorifics() and all(word.name for word in tokens[1:])
    return named or (tokens[-1].lower in _PRONOUNS and not is_verb(tokens))
