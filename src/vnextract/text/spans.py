"""One index of spans: what holds a place, what begins in a stretch, what touches it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Generic, Protocol, TypeVar, overload


class HasSpan(Protocol):
    """Anything that stands in the text: `start` and `end` are half-open offsets."""

    @property
    def start(self) -> int:
        """Offset of the first character."""
        ...

    @property
    def end(self) -> int:
        """Offset after the last character."""
        ...


Item = TypeVar("Item")


def _itself(item: Any) -> Any:
    return item


class Spans(Generic[Item]):
    """Things that stand in a text, in its order; they may nest or cross. Each question takes logarithmic time.

    Args:
        items: Spans, or whatever has `start` and `end`, in any order. Among those that begin together the order stays.
        key: Where the span of an item is, if it is not the item itself: `Spans(pairs, key=itemgetter(0))`.

    Examples:
        >>> from vnextract.text.alignment import Span
        >>> spans = Spans([Span(0, 4), Span(10, 20), Span(12, 15)])
        >>> spans.at(13), spans.at(16), spans.at(4)
        (Span(start=12, end=15), Span(start=10, end=20), None)
        >>> spans.between(0, 12)
        (Span(start=0, end=4), Span(start=10, end=20))
        >>> spans.overlapping(3, 11)
        [Span(start=0, end=4), Span(start=10, end=20)]
    """

    __slots__ = ("_ends", "_reach", "_starts", "items")

    @overload
    def __init__(self: "Spans[SpanItem]", items: "Iterable[SpanItem]") -> None: ...
    @overload
    def __init__(self, items: Iterable[Item], key: Callable[[Item], HasSpan]) -> None: ...
    def __init__(self, items: Iterable[Any], key: Callable[[Any], HasSpan] = _itself) -> None:
        placed = sorted(((span.start, span.end, item) for item in items for span in (key(item),)), key=_start)
        self.items: tuple[Item, ...] = tuple(item for _, _, item in placed)
        """All items, by where they begin."""
        self._starts = [start for start, _, _ in placed]
        self._ends = [end for _, end, _ in placed]
        self._reach = list(accumulate(self._ends, max))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def at(self, offset: int) -> Item | None:
        """The item that holds a character; of several the one that begins last."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and self._reach[index] > offset:
            if self._ends[index] > offset:
                return self.items[index]
            index -= 1
        return None

    def between(self, start: int, end: int) -> Sequence[Item]:
        """The items that begin in a stretch, its end left out."""
        return self.items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def overlapping(self, start: int, end: int) -> list[Item]:
        """The items that share a character with a stretch, in order."""
        index, found = bisect_left(self._starts, end) - 1, []
        while index >= 0 and self._reach[index] > start:
            if self._ends[index] > start:
                found.append(self.items[index])
            index -= 1
        found.reverse()
        return found

    def last_before(self, offset: int) -> Item | None:
        """The last item that begins before a place."""
        index = bisect_left(self._starts, offset) - 1
        return self.items[index] if index >= 0 else None

    def first_from(self, offset: int) -> Item | None:
        """The first item that begins at a place or after it."""
        index = bisect_left(self._starts, offset)
        return self.items[index] if index < len(self.items) else None

    def backwards(self, offset: int, reach: int) -> Iterator[Item]:
        """The items that begin before a place, at most so many characters off, the nearest first."""
        first = bisect_left(self._starts, offset - reach)
        return reversed(self.items[first : bisect_left(self._starts, offset)])


SpanItem = TypeVar("SpanItem", bound=HasSpan)


def _start(placed: tuple[int, int, Any]) -> int:
    return placed[0]
