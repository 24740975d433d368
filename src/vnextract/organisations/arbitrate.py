"""Decides between the grammar's names and the tagger's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from vnextract.organisations.patterns import Candidate
from vnextract.records import FoundBy
from vnextract.tagging.names import TaggedName
from vnextract.text.alignment import Span

ALONE = 0.6
"""Probability from which a tagged name stands that no grammar supports."""
BOUNDS = 0.5
"""Probability from which a tagged name sets the bounds of an open candidate."""
WIDER = 0.8
"""Probability from which a tagged name that contains a closed candidate replaces it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that names a body."""

    start: int
    end: int
    by: FoundBy
    candidate: Candidate | None
    """What the grammar reads there; None where only the tagger found it."""


def arbitrate(
    candidates: Iterable[Candidate], tagged: Iterable[TaggedName], barred: Sequence[Span] = ()
) -> list[Found]:
    """The names of both, none overlapping another, in order.

    A closed candidate stands, for grammar settles its bounds, unless the tagger is sure of a longer name around it.
    An open candidate gives way to a tagged name in the same place. A tagged name that no candidate touches stands
    where the tagger is sure enough, and no name stands on words that only look like a body (`barred`).
    """
    names = [name for name in tagged if name.label == "ORG"]
    names = [name for name, looks in _paired(names, barred) if not looks]
    kept = [
        Found(candidate.start, candidate.end, FoundBy.GRAMMAR, candidate)
        for candidate, rivals in _paired(candidates, names)
        if not any(_outranks(rival, candidate) for rival in rivals)
    ]
    free = [name for name, rivals in _paired(names, kept) if name.score >= ALONE and not rivals]
    kept += [Found(name.start, name.end, FoundBy.TAGGER, None) for name in free]
    return sorted(kept, key=lambda found: found.start)


def _outranks(name: TaggedName, candidate: Candidate) -> bool:
    if not candidate.closed:
        return name.score >= BOUNDS
    wider = name.start <= candidate.start and candidate.end <= name.end
    return wider and name.score >= WIDER and (name.start, name.end) != (candidate.start, candidate.end)


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
