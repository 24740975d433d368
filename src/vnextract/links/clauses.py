"""The words around a figure, the syllables of one word together, cut into clauses at dates and marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vnextract.figures.nouns import begins_no_noun
from vnextract.figures.words import words
from vnextract.lexicon.phrases import words_of
from vnextract.lexicon.tables import table
from vnextract.text.alignment import Span
from vnextract.text.once import once
from vnextract.text.words import Words

BOUNDARY = frozenset(",;:.()“”\"'!?…-–—|[]*•+")

_AFTER_COLON = re.compile(r"(?:[:;•+]|(?<![^\n])[–-]) [^\W\d_][^\W\d_A-Z]* [^\W\d_A-ZĐ]")
"""Before a capitalised word whose capital is that of a beginning: `Kỳ họp: Thông qua 5 nghị quyết`."""
_GLUE = frozenset("-/&.")
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
    """A sentence as words.

    Args:
        text: The text.
        span: The sentence.
        calendar: The dates of the text.
        tokens: The tokens of the sentence, each by its first word and the word after it.
        words: The words of the text.
    """

    def __init__(
        self, text: str, span: Span, calendar: Calendar, tokens: Sequence[tuple[int, int]], words: Words
    ) -> None:
        self.text, self.span, self.calendar = text, span, calendar
        self._tokens, self._table = tokens, words

    def read(self, start: int, end: int) -> list[Word]:
        """The words that begin in a stretch of the text."""
        return self._words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @once
    def _words(self) -> list[Word]:
        table, found = self._table, list[Word]()
        for first, after in self._tokens:
            start, end = table.starts[first], table.ends[after - 1]
            lower = table.lower[first] if after == first + 1 else " ".join(table.lower[first:after])
            name = table.capitals[first] and self._is_name(start, table.forms[first])
            found.append(Word(start, end, lower, name))
            if _are_one(found[-3:]):
                found[-3:] = [Word(found[-3].start, end, "".join(part.lower for part in found[-3:]), found[-3].name)]
        return found

    @once
    def _starts(self) -> list[int]:
        return [word.start for word in self._words]

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


def _are_one(words: Sequence[Word]) -> bool:
    """Whether a sign without a space on either side joins two words into one: `TP.HCM`, `GD&ĐT`."""
    if len(words) < 3 or words[1].lower not in _GLUE:
        return False
    first, sign, last = words
    return first.end == sign.start and sign.end == last.start and first.lower[-1].isalpha() and last.lower[0].isalpha()


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
