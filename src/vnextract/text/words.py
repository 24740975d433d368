"""The words of a text, made once: one table that every reader reads instead of cutting the text again."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, repeat
from sys import intern

from vnextract.text.alignment import Span
from vnextract.text.letters import lowered
from vnextract.text.once import once
from vnextract.text.segment import TOKEN

_CUT = re.compile(f"({TOKEN.pattern})")
_MOST_KEPT = 5_000


class Shape(StrEnum):
    """How a word is printed."""

    SMALL = "a"
    """No capital: `tỉnh`, and words of scripts without case."""
    INITIAL = "A"
    """One capital alone: the `N` of `N.V.A`."""
    CAPITALISED = "Aa"
    """A capital, then small letters: `Lai`."""
    CAPITALS = "AA"
    """Two capitals or more and nothing else: `UBND`."""
    MIXED = "aA"
    """Capitals inside: `iPhone`, `TpHCM`."""
    NUMBER = "0"
    """Digits, with their full stops and commas: `1.200,5`."""
    SIGN = "."
    """Anything else, one character."""


class _Known(dict[str, tuple[str, Shape, bool]]):
    """What the table says of a word: that words are shared by all articles makes looking them up quick everywhere.

    Once it is full it begins anew; one that knows the order in which all was used is slower at each look.
    """

    def __missing__(self, word: str) -> tuple[str, Shape, bool]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        # As the words of the tables are: one word is one object.
        known = self[intern(word)] = intern(lowered(word).replace("’", "'")), shape_of(word), begins_name(word)
        return known


_KNOWN = _Known()


def begins_name(word: str) -> bool:
    """Whether a word is printed with a capital, or is a number."""
    return word[0].isupper() or word[0].isdigit()


def shape_of(word: str) -> Shape:
    """The shape of one word.

    >>> [shape_of(word).value for word in ("tỉnh", "N", "Lai", "UBND", "iPhone", "1.200", "(")]
    ['a', 'A', 'Aa', 'AA', 'aA', '0', '.']
    """
    first = word[0]
    if not first.isalpha():
        return Shape.NUMBER if first.isdecimal() else Shape.SIGN
    if word == word.lower():
        return Shape.SMALL
    if word.isupper():
        return Shape.INITIAL if len(word) == 1 else Shape.CAPITALS
    return Shape.CAPITALISED if first.isupper() and word[1:].islower() else Shape.MIXED


@dataclass(frozen=True)
class Words:
    """Syllables, numbers and single signs of a text as parallel columns: entry `i` of each is of word `i`.

    Offsets are those of the normalised text. `lower` has straight apostrophes (`M'Nông`). `sentence` holds the index
    of each word's sentence; without sentences it is 0 everywhere.

    Examples:
        >>> words = Words.of("Sở Y tế: 1.200 ca.")
        >>> words.lower
        ('sở', 'y', 'tế', ':', '1.200', 'ca', '.')
        >>> [shape.value for shape in words.shapes]
        ['Aa', 'A', 'a', '.', '0', 'a', '.']
        >>> words.span(0, 3), words.form(1), words.index(9), words.holding(6)
        (Span(start=0, end=7), 'Y', 4, 2)
    """

    text: str
    """The text that the offsets count."""
    starts: Sequence[int]
    """Offset of the first character of each word."""
    ends: Sequence[int]
    """Offset after the last character of each word."""
    forms: tuple[str, ...]
    """Each word as printed."""
    lower: tuple[str, ...]
    """Each word in lower case."""
    shapes: tuple[Shape, ...]
    """How each word is printed."""
    capitals: tuple[bool, ...]
    """Whether each word is printed with a capital or is a number."""
    sentence: Sequence[int]
    """Index of the sentence that each word stands in."""

    @classmethod
    def of(cls, text: str, sentences: Sequence[Span] = ()) -> "Words":
        """Cut a text.

        Args:
            text: The normalised text.
            sentences: Its sentences, in order.
        """
        # What is between words, a word, what is between, …: each begins where those before it end.
        pieces = _CUT.split(text)
        offsets = list(accumulate(map(len, pieces), initial=0))
        forms, starts = tuple(pieces[1::2]), offsets[1:-1:2]
        lower, shapes, capitals = zip(*map(_KNOWN.__getitem__, forms), strict=True) if forms else ((), (), ())
        sentence = _sentence_numbers(starts, sentences)
        return cls(text, starts, offsets[2::2], forms, lower, shapes, capitals, sentence)

    def __len__(self) -> int:
        return len(self.lower)

    @once
    def spans(self) -> tuple[Span, ...]:
        """Where each word stands."""
        # As `Span._make`, which is a function of Python's own, and slow for every word of a text.
        return tuple(map(tuple.__new__, repeat(Span), zip(self.starts, self.ends, strict=True)))

    def form(self, at: int) -> str:
        """A word as printed."""
        return self.forms[at]

    def span(self, first: int, after: int) -> Span:
        """Where a run of words stands, from the first to before the one `after` it; `after` must be greater."""
        return Span(self.starts[first], self.ends[after - 1])

    def index(self, offset: int) -> int:
        """Index of the first word that begins at a place or after it; the number of words where none does."""
        return bisect_left(self.starts, offset)

    def holding(self, offset: int) -> int | None:
        """Index of the word that holds a character, None between words."""
        at = bisect_right(self.starts, offset) - 1
        return at if at >= 0 and offset < self.ends[at] else None

    def between(self, start: int, end: int) -> range:
        """Indices of the words that begin in a stretch of the text, its end left out.

        >>> words = Words.of("Sở Y tế họp")
        >>> [words.lower[at] for at in words.between(3, 8)]
        ['y', 'tế']
        """
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


def _sentence_numbers(starts: Sequence[int], sentences: Sequence[Span]) -> Sequence[int]:
    """The sentence of each word, from where the words begin; a word after a sentence's end is of the next one."""
    numbers, first = array("l"), 0
    for number, sentence in enumerate(sentences[:-1]):
        after = bisect_left(starts, sentence.end, first)
        numbers.extend(array("l", [number]) * (after - first))
        first = after
    numbers.extend(array("l", [max(0, len(sentences) - 1)]) * (len(starts) - first))
    return numbers
