"""Decides between the grammar's names and the tagger's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from vnextract.names.bodies import Parsed
from vnextract.names.candidates import Candidate
from vnextract.names.heads import body_words, ends_with, heads, known_bodies, names_an_event
from vnextract.names.holders import foreign_holder, holder_start, is_held
from vnextract.names.places import country_at, place_at
from vnextract.names.reading import Reading, abbreviations
from vnextract.names.tagger.names import TaggedName
from vnextract.records import FoundBy, OrganisationKind

ALONE = 0.6
"""Probability from which a tagged name stands that no grammar supports."""
BOUNDS = 0.5
"""Probability from which a tagged name sets the bounds of an open candidate."""
WIDER = 0.8
"""Probability from which a tagged name that goes further to the left replaces a closed candidate."""


_PARTING = (", ", "; ", " - ", " – ", " và ", " với ", " cùng ", " phối hợp ")
"""Words and signs that part two bodies."""


_CUTTING = frozenset(
    {"hay", "hoặc", "trên", "với", "cùng", "là", "đã", "sẽ", "khi", "rằng", "thắng", "thua", "gặp", ";", ":"}
)
"""Words and signs that no name of a body has."""


_BEGINNINGS = frozenset({"ủy", "bộ", "công", "hội", "tập", "ngân", "sở", "trường", "chính", "quốc"})
"""First words of heads, with which a sentence may begin."""
_ADDRESSED = frozenset({"ông", "bà", "anh", "chị"})
"""Words before a person's name."""


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
    norm = parsed.reading.norm
    bodies = (_trimmed(name, parsed.reading) for name in tagged if name.label == "ORG")
    names = [name for name, looks in _paired([name for name in bodies if name], parsed.barred) if not looks]
    opened = [candidate for candidate in parsed.candidates if not candidate.closed]
    names = [name for name, rivals in _paired(names, opened) if not any(_cuts_short(name, one, norm) for one in rivals)]
    names = [name for name, rivals in _paired(names, parsed.candidates) if not _runs_on(name, rivals, norm)]
    closed = [candidate for candidate in parsed.candidates if candidate.closed]
    kept = [one for one, rivals in _paired(closed, names) if not any(_outranks(rival, one) for rival in rivals)]
    free = [name for name, rivals in _paired(names, kept) if not rivals]
    stand = [name for name, rivals in _paired(free, opened) if name.score >= (BOUNDS if rivals else ALONE)]
    kept += [one for one, rivals in _paired(opened, stand) if not rivals]
    found = [Found(one.start, one.end, FoundBy.GRAMMAR, one) for one in kept]
    alike = {(one.start, one.end): one for one in opened}
    found += [Found(name.start, name.end, FoundBy.TAGGER, alike.get((name.start, name.end))) for name in stand]
    return sorted(found, key=lambda one: one.start)


def _outranks(name: TaggedName, candidate: Candidate) -> bool:
    """Whether a tagged name is surely a longer one that ends with a closed candidate."""
    return name.start < candidate.start and candidate.end == name.end and name.score >= WIDER


def _cuts_short(name: TaggedName, candidate: Candidate, norm: str) -> bool:
    """Whether a tagged name leaves out the end of an open candidate that goes on with words of names or a number."""
    rest = norm[name.end : candidate.end].split()
    return name.start == candidate.start and bool(rest) and not rest[0][0].isupper()


def _runs_on(name: TaggedName, candidates: Sequence[Candidate], norm: str) -> bool:
    """Whether a tagged name takes in a second body after the one that it begins with."""
    return (
        len(candidates) > 1
        and name.start == candidates[0].start
        and norm[: candidates[1].start].endswith(_PARTING, candidates[0].end - 1)
    )


def _trimmed(name: TaggedName, reading: Reading) -> TaggedName | None:
    """The name without words of a title before it; None where it is a place, or something else than a body."""
    start, end = reading.index(name.start), reading.index(name.end)
    place = place_at(reading, start, end)
    if place and place.end == end:
        return None
    titles = body_words("title")
    while (
        (title := titles.longest(reading.words, start, end)) and title[0] < end and not _is_known(reading, start, end)
    ):
        start = title[0]
    if start and reading.words[start - 1] in _ADDRESSED:
        return None
    end = _cut(reading, start, _without_credit(reading, start, end))
    if is_held(reading, start):
        end = _without_holder(reading, start, end)
    if end - start > 1 and _is_list_number(reading, end):
        end -= 1
    if start >= end or _is_no_body(reading, start, end) or _is_thing(reading, start, end):
        return None
    place, country = place_at(reading, start, end), country_at(reading, start, end)
    if (place and place.end == end) or (country and country[0] == end):
        return None
    if reading.norm[reading.starts[start] : reading.ends[end - 1]] in abbreviations():
        return None
    return TaggedName(reading.starts[start], reading.ends[end - 1], name.label, name.score)


def _without_credit(reading: Reading, start: int, end: int) -> int:
    """Index after a newspaper alone, where the next sentence begins with a body: `Ảnh: AFP Ủy ban …`."""
    known = known_bodies().longest(reading.words, start, end)
    credit = known is not None and known[1].kind is OrganisationKind.MEDIA and known[0] < end
    return known[0] if known and credit and reading.words[known[0]] in _BEGINNINGS else end


def _is_list_number(reading: Reading, end: int) -> bool:
    """Whether the last word numbers what follows: `2` in `1. Tập đoàn Viettel 2. Tập đoàn VNPT`."""
    if not reading.words[end - 1].isdigit() or end >= len(reading) or reading.ends_line(end):
        return False
    return reading.words[end] == "." and reading.tight(end)


def _without_holder(reading: Reading, start: int, end: int) -> int:
    """Index after the body alone, where the name goes on with the person who has a post there."""
    known = known_bodies().longest(reading.words, start, end)
    if known and known[0] < end and foreign_holder(reading, known[0], end):
        return known[0]
    return holder_start(reading, start + 1, end)


def _is_known(reading: Reading, start: int, end: int) -> bool:
    """Whether a known body of more than one word begins at a word: `PV Power`."""
    known = known_bodies().longest(reading.words, start, end)
    return known is not None and known[0] > start + 1


def _cut(reading: Reading, start: int, end: int) -> int:
    """Index of the first word that no name goes on with: a bracket left open, `hay`, `trên`."""
    for at in range(start + 1, end):
        if reading.words[at] in _CUTTING or (reading.words[at] == "(" and ")" not in reading.words[at:end]):
            return at
        if reading.capital(at) and body_words("opener").longest(reading.words, at, end):
            return at
    return end


def _is_thing(reading: Reading, start: int, end: int) -> bool:
    """Whether a name without a head is that of an event or an estate: `ASEAN Cup`, `đô thị Phú Mỹ Hưng`."""
    estate = ends_with(reading.words, start, body_words("of an estate")) and reading.words[start] not in heads()
    return estate or names_an_event(reading, end)


def _is_no_body(reading: Reading, start: int, end: int) -> bool:
    """Whether the words begin as no body does, are a common abbreviation, or the portfolio of a minister."""
    if body_words("no body").longest(reading.words, start, end):
        return True
    whole = body_words("no body alone").longest(reading.words, start, end)
    minister = ends_with(reading.words, start, body_words("minister")) and reading.words[start] != "bộ"
    return minister or (whole is not None and whole[0] == end)


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
