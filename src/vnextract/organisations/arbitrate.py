"""Decides between the grammar's names and the tagger's."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from vnextract.organisations.heads import body_words
from vnextract.organisations.patterns import Candidate, Parsed
from vnextract.organisations.place_phrases import country_at, place_at
from vnextract.organisations.reading import Reading, abbreviations
from vnextract.records import FoundBy
from vnextract.tagging.names import TaggedName

ALONE = 0.6
"""Probability from which a tagged name stands that no grammar supports."""
BOUNDS = 0.5
"""Probability from which a tagged name sets the bounds of an open candidate."""
WIDER = 0.8
"""Probability from which a tagged name that goes further to the left replaces a closed candidate."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that names a body."""

    start: int
    end: int
    by: FoundBy
    candidate: Candidate | None
    """What the grammar reads there; None where only the tagger found it."""


def arbitrate(parsed: Parsed, tagged: Iterable[TaggedName]) -> list[Found]:
    """The names of both, none overlapping another, in order.

    A closed candidate stands, for grammar settles its bounds, unless the tagger is sure of a longer name that ends
    with it. An open candidate gives way to a tagged name in the same place. A tagged name that no candidate touches
    stands where the tagger is sure enough, and no name stands on words that only look like a body.
    """
    bodies = (_trimmed(name, parsed.reading) for name in tagged if name.label == "ORG")
    names = [name for name, looks in _paired([name for name in bodies if name], parsed.barred) if not looks]
    kept = [
        Found(candidate.start, candidate.end, FoundBy.GRAMMAR, candidate)
        for candidate, rivals in _paired(parsed.candidates, names)
        if not any(_outranks(rival, candidate) for rival in rivals)
    ]
    free = [name for name, rivals in _paired(names, kept) if name.score >= ALONE and not rivals]
    kept += [Found(name.start, name.end, FoundBy.TAGGER, None) for name in free]
    return sorted(kept, key=lambda found: found.start)


def _outranks(name: TaggedName, candidate: Candidate) -> bool:
    if not candidate.closed:
        return name.score >= BOUNDS
    return name.start < candidate.start and candidate.end == name.end and name.score >= WIDER


def _trimmed(name: TaggedName, reading: Reading) -> TaggedName | None:
    """The name without words of a title before it; None where it is a place, or something else than a body."""
    start, end = bisect_left(reading.starts, name.start), bisect_left(reading.starts, name.end)
    titles = body_words("title")
    while start < end and (title := titles.longest(reading.words, start, end)):
        start = title[0]
    if start >= end or body_words("no body").longest(reading.words, start, end):
        return None
    place, country = place_at(reading, start, end), country_at(reading, start, end)
    if (place and place.end == end) or (country and country[0] == end):
        return None
    if reading.norm[reading.starts[start] : name.end] in abbreviations():
        return None
    return TaggedName(reading.starts[start], name.end, name.label, name.score)


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


One = TypeVar("One", bound=_Stretch)
Other = TypeVar("Other", bound=_Stretch)


def _paired(ones: Iterable[One], others: Sequence[Other]) -> Iterator[tuple[One, list[Other]]]:
    """Each of the ones with the others that overlap it; both are in order and overlap none of their own."""
    first = 0
    for one in ones:
        while first < len(others) and others[first].end <= one.start:
            first += 1
        last = first
        while last < len(others) and others[last].start < one.end:
            last += 1
        yield one, list(others[first:last])
