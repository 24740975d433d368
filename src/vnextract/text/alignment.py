"""From offsets in the normalised text back to offsets in the text as it was passed in, and the other way."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

Edit = tuple[int, int, str]
"""Start, end, and what stands there instead."""


class Span(NamedTuple):
    """A half-open stretch of the normalised text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each normalised character came from. `starts` is None where both texts agree offset by offset.

    A normalised character may stand for several raw ones (a letter and its combining marks, one blank for a line break
    and an indent) or for none (a blank that the typist forgot); raw characters that the normalised text leaves out
    (zero-width ones, tags) belong to a span only when they stand inside it. Both columns only ever rise.
    """

    starts: "array[int] | None" = None
    ends: "array[int] | None" = None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a normalised span.

        >>> Alignment().to_raw(3, 8)
        (3, 8)
        """
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def to_norm(self, start: int, end: int) -> Span:
        """The normalised characters that a raw span shares a character with.

        >>> text, alignment = edited("Sở  Y tế", [(2, 4, " ")])
        >>> text, alignment.to_norm(4, 8), alignment.to_raw(3, 7)
        ('Sở Y tế', Span(start=3, end=7), (4, 8))
        """
        if self.starts is None or self.ends is None:
            return Span(start, end)
        return Span(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def then(self, later: "Alignment") -> "Alignment":
        """The way back over two changes, where `later` leads back to the text that this one starts from."""
        if self.starts is None or self.ends is None:
            return later
        if later.starts is None or later.ends is None:
            return self
        ends = array("q", [self.ends[end - 1] if end else 0 for end in later.ends])
        starts = [self.starts[start] if start < len(self.starts) else self.ends[-1] for start in later.starts]
        # A blank put in where something was left out stands before that.
        return Alignment(array("q", map(min, starts, ends)), ends)


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, Alignment]:
    """A text with stretches of it replaced, and the way back.

    Args:
        text: The text before.
        edits: In order; one that overlaps the edit before it is left aside.
    """
    pieces: list[str] = []
    starts, ends, at = array("q"), array("q"), 0
    for start, end, new in edits:
        if start < at:
            continue
        pieces += (text[at:start], new)
        starts.extend(range(at, start))
        ends.extend(range(at + 1, start + 1))
        starts.extend([start] * len(new))
        ends.extend([end] * len(new))
        at = end
    if not pieces:
        return text, Alignment()
    pieces.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return "".join(pieces), Alignment(starts, ends)
