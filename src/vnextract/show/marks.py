"""Where an article's facts stand, as properly nested marks: mentions that cross each other are cut where they cross."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from vnextract.kinds import FactKind
from vnextract.show.facts import Fact
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.structure import Block, BlockKind

_LONGEST_PARAGRAPH = 4_000


class Mark(NamedTuple):
    """One mention of a fact. Sorted, marks stand in the order of the text, the longer before what it holds."""

    start: int
    neg_end: int
    key: str
    kind: FactKind
    number: int
    """Which of the fact's mentions it is, from 1; 0 for what the article calls a person."""
    continued: bool = False
    """Whether an earlier part of the same mention has been drawn."""
    sure: float | None = None
    """Probability that the mention is right."""

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return -self.neg_end


@dataclass(frozen=True, slots=True)
class Open:
    """A mark begins."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Close:
    """The innermost open mark ends."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the article's characters."""

    start: int
    end: int


Event = Open | Close | Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the article as passed in, and the marks in it."""

    start: int
    end: int
    kind: BlockKind
    marks: tuple[Mark, ...]


def marks(facts: Iterable[Fact]) -> list[Mark]:
    """Every mention of the facts, in the order of the text."""
    found = (
        Mark(mention.start, -mention.end, fact.key, fact.kind, number, sure=sure)
        for fact in facts
        for number, (mention, sure) in enumerate(zip(fact.mentions, fact.sure, strict=True), 1)
    )
    return sorted(mark for mark in found if mark.start < mark.end)


def posts(facts: Iterable[Fact]) -> list[Mark]:
    """Where the article states what its persons are."""
    found = (Mark(post.start, -post.end, fact.key, fact.kind, 0) for fact in facts for post in fact.posts)
    return [mark for mark in found if mark.start < mark.end]


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[Paragraph]:
    """The paragraphs of an article with their marks; a mark over several is cut at their borders.

    Paragraphs too long to be drawn swiftly come in parts.
    """
    waiting = list(marks)
    heapify(waiting)
    for kind, start, end in _stretches(text):
        inside: list[Mark] = []
        while waiting and waiting[0].start < end:
            mark = heappop(waiting)
            if mark.end > end:
                heappush(waiting, mark._replace(start=end, continued=True))
            if mark.end > start:
                inside.append(mark._replace(start=max(mark.start, start), neg_end=-min(mark.end, end)))
        yield Paragraph(start, end, kind, tuple(inside))


def _stretches(text: str) -> Iterator[tuple[BlockKind, int, int]]:
    """The paragraphs, and between them what the layers leave out (tags left in a text): all of it is shown."""
    layers, at = Text(text), 0
    for kind, part in ((block.kind, part) for block in layers.blocks for part in _parts(layers.norm, block)):
        start, end = layers.alignment.to_raw(*part)
        if text[at:start].strip():
            yield BlockKind.BODY, at, start
        yield kind, start, end
        at = end
    if text[at:].strip():
        yield BlockKind.BODY, at, len(text)


def _parts(text: str, block: Block) -> Iterator[Span]:
    start = block.start
    while block.end - start > 2 * _LONGEST_PARAGRAPH:
        earliest, latest = start + _LONGEST_PARAGRAPH, start + 2 * _LONGEST_PARAGRAPH
        cuts = (text.find(border, earliest, latest) for border in (". ", " "))
        end = next((cut + 1 for cut in cuts if cut >= 0), latest)
        yield Span(start, end)
        start = end
    yield Span(start, block.end)


def nested(start: int, end: int, marks: Iterable[Mark]) -> Iterator[Event]:
    """The characters from `start` to `end` and the marks on them, as a stream that opens and closes like brackets.

    >>> from vnextract.kinds import FactKind
    >>> crossing = [Mark(0, -4, "a", FactKind.DATE, 1), Mark(2, -6, "b", FactKind.DATE, 1)]
    >>> for event in nested(0, 8, crossing):
    ...     print(event.mark.key if isinstance(event, Open) else event)
    a
    Words(start=0, end=2)
    b
    Words(start=2, end=4)
    Close()
    Close()
    b
    Words(start=4, end=6)
    Close()
    Words(start=6, end=8)
    """
    waiting = list(marks)
    heapify(waiting)
    open_ends: list[int] = []
    at = start
    while waiting or open_ends:
        if open_ends and (not waiting or waiting[0].start >= open_ends[-1]):
            upto = open_ends.pop()
            if at < upto:
                yield Words(at, upto)
            at = upto
            yield Close()
            continue
        mark = heappop(waiting)
        if at < mark.start:
            yield Words(at, mark.start)
            at = mark.start
        if open_ends and mark.end > open_ends[-1]:
            heappush(waiting, mark._replace(start=open_ends[-1], continued=True))
            mark = mark._replace(neg_end=-open_ends[-1])
        open_ends.append(mark.end)
        yield Open(mark)
    if at < end:
        yield Words(at, end)
