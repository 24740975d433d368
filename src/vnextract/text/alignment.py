"""From offsets in the normalised text back to offsets in the text as it was passed in."""

from array import array
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of the normalised text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each normalised character came from. `starts` is None where both texts agree offset by offset.

    A normalised character may stand for several raw ones (a letter and its combining marks); raw characters that the
    normalised text leaves out (zero-width ones) belong to a span only when they stand inside it.
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
