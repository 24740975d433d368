"""A form of each measure to group figures by: the statistic that it is, else its head."""

from collections.abc import Sequence, Set
from functools import cache, lru_cache
from typing import NamedTuple

from vnextract.figures.models import Figure
from vnextract.figures.nouns import begins_no_noun, known_word
from vnextract.figures.phrase import counted
from vnextract.figures.words import words as role_words
from vnextract.lexicon.phrases import Phrases, words_of
from vnextract.lexicon.tables import table
from vnextract.links.tokens import word_end

_WITHIN = 2
_HEAD = 6
"""Syllables of a head; its last word may have one more."""
_MOST_KEPT = 2048
_LEADING_ON = ("end", "tail", "copula", "light", "turn", "marker")
"""Roles of words that no longer say what is counted."""


class _Form(NamedTuple):
    """One of the statistics that a phrase may name."""

    key: str
    units: frozenset[str]
    """What it is counted in; anything where empty."""
    alone: bool
    """Whether any further word makes another statistic of it."""


@cache
def _forms() -> Phrases[tuple[_Form, ...]]:
    forms: dict[str, list[_Form]] = {}
    for row in table("measures"):
        form = _Form(row["key"], frozenset(row["units"].split()), row["alone"] == "yes")
        forms.setdefault(row["form"], []).append(form)
    return Phrases((form, tuple(keys)) for form, keys in forms.items())


@lru_cache(_MOST_KEPT)
def _words(phrase: str) -> tuple[str, ...]:
    """The words of a measure or a unit; few units are new."""
    return tuple(words_of(phrase))


def measure_key(measure: str | None, figure: Figure) -> str | None:
    """The statistic that a measure names near its beginning, or that the figure's unit names; else the measure's head.

    >>> from vnextract.figures.scan import find_figures
    >>> from vnextract.text.document import Text
    >>> [one] = find_figures(Text("tăng 9%"))
    >>> [measure_key(words, one) for words in ("Tổng thu ngân sách nhà nước của tỉnh", "số lượng nhân viên của hãng")]
    ['thu ngân sách', 'số lượng nhân viên']
    """
    unit = _words(figure.unit) if figure.unit else ()
    kinds = {figure.unit_kind.value, *_counted(unit)}
    if measure is not None:
        words = _words(measure)
        places = [*range(min(_WITHIN + 1, len(words))), *([len(words) - 1] if words[-1] in role_words("size") else ())]
        known = next((key for at in places if (key := _known(words, at, kinds))), None)
        if known:
            return known
    named = _known(unit, 0, kinds, whole=True) if unit else None
    return named or (_head(_words(measure)) if measure else None)


def _counted(unit: Sequence[str]) -> tuple[str, ...]:
    """The group of the noun that a unit begins with, and its syllables: `lượt khách` are people, and visits."""
    found = counted().longest(unit, 0)
    return (found[1].group, *unit[: found[0]]) if found else ()


def _known(words: Sequence[str], at: int, kinds: Set[str], *, whole: bool = False) -> str | None:
    """The statistic whose longest form begins at a word, where it is counted in such units."""
    for end, keys in reversed(_forms().prefixes(words, at, len(words))):
        if end == at + 1 and _in_longer_word(words, at):
            continue
        for form in keys:
            if form.units and not form.units & kinds:
                continue
            if end == len(words) or not (whole or (form.alone and _goes_on(words, end))):
                return form.key
    return None


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a phrase goes on with a word that says of what it is: `diện tích rừng`, not `diện tích của xã`."""
    word = " ".join(words[at : word_end(words, at, len(words))])
    return words[at].isalnum() and not any(word in role_words(role) for role in _LEADING_ON)


def _in_longer_word(words: Sequence[str], at: int) -> bool:
    """Whether a syllable is one of several of a word: `tiền` in `tiền mặt`, `dài` in `kéo dài`."""
    return any(known_word(words, before) > max(at, before + 1) for before in range(max(at - 1, 0), at + 1))


def _head(words: Sequence[str]) -> str | None:
    """The first few words, none of them cut, up to one that begins a complement of place, time or owner.

    A verb of one syllable alone says too little: it keeps its complement.

    >>> _head(("bồi", "thường", "cho", "hai", "hộ")), _head(("ghép", "các", "chữ", "cái", "của", "hãng"))
    ('bồi thường', 'ghép các chữ cái')
    """
    ends = role_words("end") | role_words("tail")
    found: list[str] = []
    at, limit = 0, min(len(words), _HEAD + 1)
    bare = 1 if begins_no_noun(words[:1]) else 0
    while at < min(limit, _HEAD):
        after = word_end(words, at, len(words))
        word = " ".join(words[at:after])
        if at and ((at > bare and word in ends) or after > limit or not words[at].isalnum()):
            break
        found.append(word)
        at = after
    onward = role_words("onward") if at < len(words) else frozenset()
    while len(found) > 1 and (found[-1] in ends or found[-1].rpartition(" ")[2] in onward):
        found.pop()
    return " ".join(found) or None
