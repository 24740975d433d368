"""What a figure measures: the words of its clause that say so, as they are printed."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vnextract.indicators.models import Figure
from vnextract.indicators.nouns import begins_no_noun, known_word
from vnextract.indicators.words import words
from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.places import find_province
from vnextract.lexicon.tables import table
from vnextract.records import UnitKind
from vnextract.text.alignment import Span

_TOKEN = re.compile(r"[^\W\d_]+(?:[-/&.][^\W\d_]+)*|\d+(?:[.,/-]\d+)*\w*|[^\w\s]")
_REACH = 170
_PLACE_WORDS = range(2, 5)
_LEFT_WORDS = 9
_VERB_WORDS = 5
_RIGHT_WORDS = 9
_BRACKET_WORDS = 10
_BRACKET_REACH = 80

_LIGHT, _COPULA, _MARKERS, _TURNS = words("light"), words("copula"), words("marker"), words("turn")
_TAIL_CUTS, _LEADS = words("tail"), words("lead")
_RIGHT_STOPS, _RIGHT_SKIPS = words("right_stop"), words("right_skip")
_NO_MEASURE, _FRONTS, _ENDS = words("no_measure"), words("front"), words("end")
_PRONOUNS, _AGENTS, _PLACES = words("pronoun"), words("agent"), words("place")
_BODIES, _PASSIVES = words("body"), frozenset(("được", "bị"))
_SUPERLATIVE, _SIZES = words("superlative"), words("size")
_NO_STARTS = _NO_MEASURE | _SIZES | words("tail") | words("no_start")
_PHYSICAL = frozenset(
    (UnitKind.LENGTH, UnitKind.AREA, UnitKind.MASS, UnitKind.VOLUME, UnitKind.POWER, UnitKind.ENERGY, UnitKind.SPEED)
)
_BOUNDARY = frozenset(",;:.()“”\"'!?…-–—|[]*•+")
_CHAIN = re.compile(r"[,;/–-]?(?: (?:và|cùng|hoặc|với|ở|cả|tại|lên|xuống|còn|đến|hay)){0,3} ?")
_AFTER_COLON = re.compile(r"(?:[:;•+]|(?<![^\n])[–-]) [^\W\d_][^\W\d_A-Z]* [^\W\d_A-ZĐ]")
"""Before a capitalised word whose capital is that of a beginning: `Kỳ họp: Thông qua 5 nghị quyết`."""
_BRACKET = re.compile(r" ?\([^()\d]{0,24}\Z")
_NAME_BRACKET = re.compile(
    r"[^\W\d_][\w.]{0,30}(?: [^\W\d_][\w.]{0,30}){0,3}(?P<end> )\((?:chiếm |đạt |tăng |giảm )?\Z"
)


class _Word(NamedTuple):
    start: int
    end: int
    lower: str
    name: bool
    """Capitalised or a number."""


class _Phrase(NamedTuple):
    start: int
    end: int
    quantity: bool
    """Whether it begins with a noun that names a quantity."""
    subject: bool = False
    """Whether a verb such as `đạt` stands between it and the number."""
    verb: bool = False
    """Whether it begins with a verb."""


@cache
def _quantities() -> Phrases[bool]:
    return Phrases((row["word"], True) for row in table("quantities"))


@cache
def _wholes() -> Phrases[bool]:
    return Phrases((word, True) for word in words("whole"))


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(row["honorific"] for row in table("honorifics"))


def name_measures(text: str, figures: Sequence[Figure], sentences: Sequence[Span], dates: Sequence[Span]) -> None:
    """Write into every figure what it measures, where its sentence says so.

    >>> from vnextract.article import Article
    >>> from vnextract.document import Document
    >>> from vnextract.indicators.component import find_figures
    >>> document = Document.of(Article("Thu ngân sách đạt 655 tỷ đồng, tăng 11,7%; 45/45 bản đăng ký bảo đảm an ninh."))
    >>> find_figures(document)
    >>> [figure.measure for figure in document.figures]
    ['Thu ngân sách', 'Thu ngân sách', 'đăng ký bảo đảm an ninh']
    """
    starts = [sentence.start for sentence in sentences]
    calendar = _Calendar(dates)
    first = 0
    while first < len(figures):
        index = bisect_right(starts, figures[first].start) - 1
        sentence = sentences[index] if index >= 0 else Span(0, len(text))
        last = first + 1
        while last < len(figures) and figures[last].start < sentence.end:
            last += 1
        _Sentence(text, sentence, figures[first:last], calendar).name_all()
        first = last


class _Calendar:
    """The dates of a text, looked up by offset."""

    def __init__(self, dates: Sequence[Span]) -> None:
        self._dates = dates
        self._starts = [date.start for date in dates]

    def between(self, start: int, end: int) -> Sequence[Span]:
        """The dates that begin in a stretch of the text."""
        return self._dates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def holds(self, offset: int) -> bool:
        """Whether a character belongs to a date."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._dates[index].end


class _Sentence:
    """One sentence with its figures."""

    def __init__(self, text: str, span: Span, figures: Sequence[Figure], calendar: _Calendar) -> None:
        self._text, self._span, self._figures, self._calendar = text, span, figures, calendar

    def name_all(self) -> None:
        """Name the measure of each figure, first to last, then hand what follows a list back to all of it."""
        rights = [self._right(index) for index in range(len(self._figures))]
        for index, figure in enumerate(self._figures):
            figure.measure = self._measure(index, rights)
        for index in range(len(self._figures) - 2, -1, -1):
            figure, following = self._figures[index], self._figures[index + 1]
            if (
                self._chained(index + 1)
                and rights[index] is None
                and rights[index + 1]
                and _both_counts(figure, following)
            ):
                figure.measure = following.measure

    def _chained(self, index: int) -> bool:
        """Whether nothing but a list's joint stands between a figure and the one before it."""
        if not index:
            return False
        return _CHAIN.fullmatch(self._text, self._figures[index - 1].end, self._figures[index].start) is not None

    def _measure(self, index: int, rights: Sequence[_Phrase | None]) -> str | None:
        figure, right = self._figures[index], rights[index]
        before = self._figures[index - 1] if index else None
        if before and _BRACKET.fullmatch(self._text, before.end, figure.start):
            return before.measure or (before.unit if before.unit_kind is UnitKind.COUNT else None)
        left = self._left(index)
        if left is None and before and not (self._chained(index) and right):
            if right and _prefers_right(figure):
                return self._words(right)
            return before.measure or (before.unit if figure.direction and before.unit_kind is UnitKind.COUNT else None)
        chosen = _choose(figure, left, right)
        return self._words(chosen) if chosen else None

    def _words(self, phrase: _Phrase) -> str:
        return self._text[phrase.start : phrase.end]

    def _tokens(self, start: int, end: int) -> list[_Word]:
        return _joined(
            [
                _Word(match.start(), match.end(), match.group().lower(), self._is_name(match.start(), match.group()))
                for match in _TOKEN.finditer(self._text, start, end)
            ]
        )

    def _is_name(self, start: int, word: str) -> bool:
        """Whether a word is capitalised, and not only because it begins the sentence or what follows a colon."""
        if word.islower() or (start == self._span.start and word[1:].islower()):
            return False
        return not _AFTER_COLON.match(self._text, max(0, start - 2))

    def _left(self, index: int) -> _Phrase | None:
        """What stands left of a figure and says what it measures."""
        figure = self._figures[index]
        floor = max(self._figures[index - 1].end if index else self._span.start, figure.start - _REACH)
        tokens = self._tokens(floor, figure.start)
        bracket = _NAME_BRACKET.search(self._text, max(floor, figure.start - _BRACKET_REACH), figure.start)
        if bracket:
            return _adjacent(self._clause([token for token in tokens if token.end <= bracket.start("end")]))
        tokens = _unbracketed(tokens)
        subject = self._strip_light(tokens)
        if not tokens:
            return None
        if tokens[-1].lower in _BOUNDARY:
            return self._earlier_subject(tokens) if subject and index == 0 else None
        clause = self._clause(tokens)
        return _subject(clause) if subject else _adjacent(clause)

    def _strip_light(self, tokens: list[_Word]) -> bool:
        """Drop the tokens that say nothing of what is measured, dates too; True if one was a verb such as `đạt`."""
        subject, nearest = False, tokens[-1] if tokens else None
        while tokens:
            last = tokens[-1].lower
            if last == "mới" and tokens[-1] is nearest:
                break
            if self._calendar.holds(tokens[-1].start):
                tokens.pop()
            elif last == "nhất" and len(tokens) > 1 and tokens[-2].lower in _SUPERLATIVE:
                del tokens[-2:]
            elif last == "số tiền" and (len(tokens) < 2 or tokens[-2].lower in _MARKERS | _BOUNDARY):
                break
            elif last in _LIGHT or last == ":" or (last == "tăng trưởng" and len(tokens) > 1):
                subject = subject or last in _COPULA or last in (":", "tăng trưởng")
                tokens.pop()
            else:
                break
        return subject

    def _earlier_subject(self, tokens: list[_Word]) -> _Phrase | None:
        """The quantity named in an earlier clause of the sentence, where the figure's own has none."""
        while tokens:
            while tokens and tokens[-1].lower in _BOUNDARY:
                tokens.pop()
            clause = self._clause(tokens)
            phrase = _subject(clause) if clause else None
            if phrase and phrase.quantity:
                return phrase
            tokens = tokens[: len(tokens) - len(clause)] if clause else []
        return None

    def _clause(self, tokens: list[_Word]) -> list[_Word]:
        """The words back to the last boundary; a date parts them too, unless nothing else is left."""
        at = len(tokens)
        while at and (tokens[at - 1].lower not in _BOUNDARY or _joins_names(tokens, at - 1)):
            at -= 1
        clause = tokens[at:]
        for date in reversed(self._calendar.between(clause[0].start, clause[-1].end) if clause else ()):
            after = [word for word in clause if word.start >= date.end]
            before = [word for word in clause if word.end <= date.start]
            if not before or not after:
                continue
            named = _quantity_at(after) is not None or (len(after) > 1 and after[0].lower not in _TAIL_CUTS)
            clause = after if named else before
        return clause

    def _right(self, index: int) -> _Phrase | None:
        """The noun or verb phrase that follows a figure, up to a boundary; None where the next figure takes it."""
        figure = self._figures[index]
        following = self._figures[index + 1].start if index + 1 < len(self._figures) else None
        ceiling = min(self._span.end, figure.end + _REACH, following or self._span.end)
        ceiling = min([ceiling, *(date.start for date in self._calendar.between(figure.end, ceiling))])
        tokens = self._tokens(figure.end, ceiling)
        if not tokens or tokens[0].lower in _BOUNDARY:
            return None
        at = 0
        while at < min(3, len(tokens)) and tokens[at].lower in _RIGHT_SKIPS:
            at += 1
        phrase: list[_Word] = []
        for word in tokens[at:]:
            passive = word.lower == "cấp" and phrase and phrase[-1].lower in _PASSIVES
            if word.lower in _BOUNDARY or (word.lower in _RIGHT_STOPS and not passive) or len(phrase) == _RIGHT_WORDS:
                break
            phrase.append(word)
        else:
            if following is not None and ceiling == following:
                phrase = _own_part(figure, phrase)
        if phrase and (phrase[0].name or phrase[0].lower == "có thể"):
            return None
        phrase = _trimmed(phrase)
        if not phrase:
            return None
        return _Phrase(phrase[0].start, phrase[-1].end, _is_quantity(phrase[0]), verb=_is_verb(phrase))


def _joined(syllables: Sequence[_Word]) -> list[_Word]:
    """The syllables with those of one known word put together, so that no rule cuts a word in two."""
    lowers = [syllable.lower for syllable in syllables]
    tokens: list[_Word] = []
    at = 0
    while at < len(syllables):
        end = known_word(lowers, at)
        if at and syllables[at].name and any(syllable.name for syllable in syllables[at + 1 : end]):
            end = at + 1
        found = (_quantities().longest(lowers, at), _wholes().longest(lowers, at))
        end = max([end, *(longest[0] for longest in found if longest)])
        first, last = syllables[at], syllables[end - 1]
        tokens.append(_Word(first.start, last.end, " ".join(lowers[at:end]), first.name))
        at = end
    return tokens


def _own_part(figure: Figure, phrase: list[_Word]) -> list[_Word]:
    """What belongs to a figure of the tokens that lead from it into the next."""
    if phrase and phrase[0].lower in ("bị", "được"):
        return phrase
    quantity = _quantity_at(phrase)
    return phrase[:quantity] if quantity and figure.unit_kind in _PHYSICAL else []


def _is_verb(tokens: Sequence[_Word]) -> bool:
    """Whether tokens begin with a verb or another word that begins no counted noun."""
    return not _is_quantity(tokens[0]) and begins_no_noun(" ".join(word.lower for word in tokens[:2]).split(" "))


def _unbracketed(tokens: list[_Word]) -> list[_Word]:
    """The tokens without what short brackets add: `tổng sản phẩm (GRDP) đạt`."""
    kept: list[_Word] = []
    opened: int | None = None
    for word in tokens:
        if word.lower == "(":
            opened = len(kept)
        kept.append(word)
        if word.lower == ")" and opened is not None:
            if len(kept) - opened <= _BRACKET_WORDS:
                del kept[opened:]
            opened = None
    return kept


def _joins_names(tokens: Sequence[_Word], at: int) -> bool:
    """Whether a dash joins two names: `Việt Nam - New Zealand`."""
    return tokens[at].lower in "-–" and 0 < at < len(tokens) - 1 and tokens[at - 1].name and tokens[at + 1].name


def _subject(tokens: list[_Word]) -> _Phrase | None:
    """The subject of `đạt`, `là`, `tăng`: from the noun of quantity, without what says whose or when."""
    while tokens and tokens[0].lower in _LEADS:
        tokens = tokens[1:]
    turn = max((at for at, word in enumerate(tokens[:-1]) if word.lower in _TURNS), default=-1)
    tokens = tokens[turn + 1 :]
    start = _quantity_at(tokens)
    tokens = tokens[-_LEFT_WORDS:] if start is None else tokens[start:]
    for at, word in enumerate(tokens):
        if at and word.lower in _TAIL_CUTS:
            tokens = tokens[:at]
            break
    tokens = _trimmed(tokens) if tokens and tokens[0].lower not in _TAIL_CUTS else []
    if not tokens:
        return None
    return _Phrase(tokens[0].start, tokens[min(len(tokens), _LEFT_WORDS) - 1].end, start is not None, True)


def _adjacent(tokens: list[_Word]) -> _Phrase | None:
    """The noun or verb phrase right before the number, with the name that ends it."""
    turn = max((at for at, word in enumerate(tokens[:-1]) if word.lower in _TURNS), default=-1)
    tokens = tokens[turn + 1 :]
    start = _quantity_at(tokens)
    if start is not None and len(tokens) - start <= _LEFT_WORDS:
        return _Phrase(tokens[start].start, tokens[-1].end, True)
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
        return None
    whole = tokens[at].lower not in _BODIES and (not at or tokens[at - 1].lower in _MARKERS)
    phrase = _trimmed(tokens[at:] if whole else _from_verb(tokens[at:]))
    if not phrase:
        return None
    return _Phrase(phrase[0].start, phrase[-1].end, phrase[-1].lower in _SIZES)


def _from_verb(tokens: list[_Word]) -> list[_Word]:
    """A phrase that was cut out of a longer one, from its first verb on where it has one."""
    for at, word in enumerate(tokens):
        if not word.name and word.lower not in _NO_STARTS and _is_verb(tokens[at:]):
            return tokens[at:]
    return tokens


def _trimmed(tokens: list[_Word]) -> list[_Word]:
    """A phrase without function words at its ends and without who did it; empty where that leaves no measure."""
    for at, word in enumerate(tokens[:-1]):
        if at and word.lower in _AGENTS and tokens[at + 1].name:
            tokens = tokens[:at]
            break
    while tokens and tokens[-1].lower in _ENDS:
        tokens = tokens[:-1]
    while tokens and tokens[0].lower in _FRONTS:
        tokens = tokens[1:]
    says_nothing = all(word.lower in _NO_MEASURE for word in tokens)
    return [] if says_nothing or _is_person(tokens) or _is_place(tokens) else tokens


def _is_place(tokens: Sequence[_Word]) -> bool:
    """Whether a phrase only names a place: `tỉnh Phú Thọ`, `Sơn La`."""
    if tokens[0].lower in _PLACES and all(word.name for word in tokens[1:]):
        return True
    return len(tokens) in _PLACE_WORDS and find_province(" ".join(word.lower for word in tokens)) is not None


def _is_person(tokens: Sequence[_Word]) -> bool:
    """Whether a phrase only names a person: `bà Trần Thị Hoa`, `bạn gái tôi`."""
    if len(tokens) < 2:
        return bool(tokens) and tokens[0].lower in _PRONOUNS
    named = tokens[0].lower in _honorifics() and all(word.name for word in tokens[1:])
    return named or (tokens[-1].lower in _PRONOUNS and not _is_verb(tokens))


def _quantity_at(tokens: Sequence[_Word]) -> int | None:
    """Where the first noun of quantity begins."""
    for at, word in enumerate(tokens):
        if _is_quantity(word) and not (at and word.name and not word.lower.isascii()):
            return at
    return None


def _is_quantity(word: _Word) -> bool:
    found = _quantities().longest(word.lower.split(" "), 0)
    return found is not None and found[0] == word.lower.count(" ") + 1


def _both_counts(first: Figure, second: Figure) -> bool:
    return first.unit_kind is UnitKind.COUNT and second.unit_kind is UnitKind.COUNT


def _prefers_right(figure: Figure) -> bool:
    return figure.unit_kind not in (UnitKind.MONEY, UnitKind.POINT)


def _choose(figure: Figure, left: _Phrase | None, right: _Phrase | None) -> _Phrase | None:
    """Which side says what is measured, by the kind of figure."""
    if left is None or right is None:
        return left or right
    if figure.unit_kind is UnitKind.PERCENT:
        return left if right.verb and left.subject and left.quantity else right
    if figure.unit_kind is UnitKind.COUNT:
        return left if (left.subject and left.quantity) or not right.verb else right
    if figure.unit_kind is UnitKind.MONEY:
        return left if left.quantity or left.subject else right
    return left if left.quantity or left.subject or right.verb else right
