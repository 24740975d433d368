"""The words around a figure: tokens with the syllables of one word together, cut into clauses at dates and marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from vnextract.figures.nouns import begins_no_noun, known_word
from vnextract.figures.words import words
from vnextract.lexicon.phrases import Phrases, words_of
from vnextract.lexicon.tables import table
from vnextract.text.alignment import Span
from vnextract.text.once import once

BOUNDARY = frozenset(",;:.()“”\"'!?…-–—|[]*•+")

_TOKEN = re.compile(r"[^\W\d_]+(?:[-/&.][^\W\d_]+)*|\d+(?:[.,/-]\d+)*\w*|[^\w\s]")
_AFTER_COLON = re.compile(r"(?:[:;•+]|(?<![^\n])[–-]) [^\W\d_][^\W\d_A-Z]* [^\W\d_A-ZĐ]")
"""Before a capitalised word whose capital is that of a beginning: `Kỳ họp: Thông qua 5 nghị quyết`."""
_BRACKET_WORDS = 10
_TAIL_CUTS, _LIGHT, _COPULA = words("tail"), words("light"), words("copula")
_MARKERS, _SUPERLATIVE = words("marker"), words("superlative")


class Word(NamedTuple):
    """A word of the text, or a mark."""

    start: int
    end: int
    lower: str
    name: bool
    """Capitalised or a number."""


class Calendar:
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


class Clauses:
    """A sentence as words."""

    def __init__(self, text: str, span: Span, calendar: Calendar) -> None:
        self.text, self.span, self.calendar = text, span, calendar

    def tokens(self, start: int, end: int) -> list[Word]:
        """The words of a stretch of the text."""
        return list(self.read(start, end))

    def read(self, start: int, end: int) -> Iterator[Word]:
        """The same, one after the other."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        syllables = self._run.syllables
        if (first and syllables[first - 1].end > start) or (last and syllables[last - 1].end > end):
            part = _Run(self._cut(start, end))  # The stretch cuts a word of the sentence in two: `4 triệu/người`.
            return part.tokens(0, len(part.syllables))
        return self._run.tokens(first, last)

    @once
    def _run(self) -> "_Run":
        """The sentence; the figures of a sentence ask for stretches of it that overlap."""
        return _Run(self._cut(*self.span))

    @once
    def _starts(self) -> list[int]:
        return [word.start for word in self._run.syllables]

    def _cut(self, start: int, end: int) -> list[Word]:
        """The syllables of a stretch of the text."""
        found = []
        for match in _TOKEN.finditer(self.text, start, end):
            printed, (at, after) = match[0], match.span()
            if printed.islower():
                found.append(Word(at, after, printed, False))
            else:
                found.append(Word(at, after, printed.lower(), self._is_name(at, printed)))
        return found

    def _is_name(self, start: int, word: str) -> bool:
        """Whether a word with capitals has them not only because it begins the sentence or what follows a colon."""
        if start == self.span.start and word[1:].islower():
            return False
        return not _AFTER_COLON.match(self.text, max(0, start - 2))

    def strip_light(self, tokens: list[Word]) -> bool:
        """Drop the tokens that say nothing of what is measured, dates too; True if one was a verb such as `đạt`."""
        subject, nearest = False, tokens[-1] if tokens else None
        while tokens:
            last = tokens[-1].lower
            if last == "mới" and tokens[-1] is nearest:
                break
            if self.calendar.holds(tokens[-1].start):
                tokens.pop()
            elif last == "nhất" and len(tokens) > 1 and tokens[-2].lower in _SUPERLATIVE:
                del tokens[-2:]
            elif last == "số tiền" and (len(tokens) < 2 or tokens[-2].lower in _MARKERS | BOUNDARY):
                break
            elif last in _LIGHT or last == ":" or (last == "tăng trưởng" and len(tokens) > 1):
                subject = subject or last in _COPULA or last in (":", "tăng trưởng")
                tokens.pop()
            else:
                break
        return subject

    def last(self, tokens: list[Word]) -> list[Word]:
        """The words back to the last boundary; a date parts them too, unless nothing else is left."""
        at = len(tokens)
        while at and (tokens[at - 1].lower not in BOUNDARY or _joins_names(tokens, at - 1)):
            at -= 1
        clause = tokens[at:]
        for date in reversed(self.calendar.between(clause[0].start, clause[-1].end) if clause else ()):
            after = [word for word in clause if word.start >= date.end]
            before = [word for word in clause if word.end <= date.start]
            if not before or not after:
                continue
            named = quantity_at(after) is not None or (len(after) > 1 and after[0].lower not in _TAIL_CUTS)
            clause = after if named else before
        return clause


class _Run:
    """Syllables, of which those of one known word are put together, so that no rule cuts a word in two."""

    def __init__(self, syllables: Sequence[Word]) -> None:
        self.syllables = syllables
        self._lowers = [syllable.lower for syllable in syllables]
        self._known: dict[int, tuple[int, Word]] = {}

    def tokens(self, first: int, last: int) -> Iterator[Word]:
        """The words of some of the syllables."""
        at = first
        while at < last:
            known = self._known.get(at)
            if known is None or known[0] > last or at == first:
                known = self._word(at, first, last)
            at, word = known
            yield word

    def _word(self, at: int, first: int, last: int) -> tuple[int, Word]:
        """The syllable after the word that begins at one, and that word."""
        if at == first and self.syllables[at].name:
            return self._read(at, last, opens=True)
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._read(at, len(self.syllables), opens=False)
        return known if known[0] <= last else self._read(at, last, opens=False)

    def _read(self, at: int, last: int, *, opens: bool) -> tuple[int, Word]:
        """The same, read anew; a word that opens the stretch may hold names though it begins with one."""
        end = self._end(at, last, opens)
        return end, self.syllables[at] if end == at + 1 else self._joined(at, end)

    def _end(self, at: int, last: int, opens: bool) -> int:
        end = known_word(self._lowers, at, last)
        if not opens and end > at + 1 and self.syllables[at].name:
            end = at + 1 if any(syllable.name for syllable in self.syllables[at + 1 : end]) else end
        found = _bound().longest(self._lowers, at, last)
        return max(end, found[0]) if found else end

    def _joined(self, at: int, end: int) -> Word:
        first, last = self.syllables[at], self.syllables[end - 1]
        return Word(first.start, last.end, " ".join(self._lowers[at:end]), first.name)


def unbracketed(tokens: list[Word]) -> list[Word]:
    """The tokens without what short brackets add: `tổng sản phẩm (GRDP) đạt`."""
    kept: list[Word] = []
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


def _joins_names(tokens: Sequence[Word], at: int) -> bool:
    """Whether a dash joins two names: `Việt Nam - New Zealand`."""
    return tokens[at].lower in "-–" and 0 < at < len(tokens) - 1 and tokens[at - 1].name and tokens[at + 1].name


def quantity_at(tokens: Sequence[Word]) -> int | None:
    """Where the first noun of quantity begins."""
    for at, word in enumerate(tokens):
        if is_quantity(word) and not (at and word.name and not word.lower.isascii()):
            return at
    return None


def is_quantity(word: Word) -> bool:
    """Whether a word names a quantity: `tổng số`, `doanh thu`."""
    return word.lower in quantities()


def is_verb(tokens: Sequence[Word]) -> bool:
    """Whether tokens begin with a verb or another word that begins no counted noun."""
    return not is_quantity(tokens[0]) and begins_no_noun(" ".join(word.lower for word in tokens[:2]).split(" "))


@cache
def quantities() -> frozenset[str]:
    """The words that name a quantity, their syllables parted by one space."""
    return frozenset(" ".join(words_of(row["word"])) for row in table("quantities"))


@cache
def _bound() -> Phrases[None]:
    """Words of more than one syllable that are one whatever they begin with."""
    return Phrases((word, None) for word in (*quantities(), *words("whole")))
