"""Which stretches name bodies: the tagger decides, the grammar says how its names are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from vnextract.lexicon.listed import listed_names
from vnextract.lexicon.register import levels_of
from vnextract.names.bodies import Grammar, Parsed
from vnextract.names.candidates import Candidate
from vnextract.names.heads import body_words, ends_with, registered_names
from vnextract.names.places import is_place, place_at
from vnextract.names.reading import Reading
from vnextract.names.tagger.names import TaggedName
from vnextract.names.tails import TailReader
from vnextract.records import FoundBy, Level, OrganisationKind
from vnextract.text.alignment import Span
from vnextract.text.structure import is_credited

ALONE = 0.3
"""Probability from which a tagged name stands that the grammar cannot read."""
_SHORT, _LONG = 2, 4
"""Words of a name of the register up to which it sets no bound, and from which it means nothing else."""
_TIER = "cấp"
_READERS = {"known": "known body", "foreign": "foreign name"}
SURE = 1.0
"""The score of what no probability was asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that names a body."""

    start: int
    end: int
    by: FoundBy
    candidate: Candidate | None
    """What the grammar reads there; None where only the tagger found it."""
    rule: str
    """What found it: `tagger`, alone or with what the grammar reads there (`tagger, head Sở`), `grammar` with the same,
    `register`, `short form in brackets`, `short form printed again`."""
    score: float
    """The tagger's probability; 1 where the grammar or the article itself says so."""


def decide(parsed: Parsed, tagged: Iterable[TaggedName]) -> list[Found]:
    """The names of bodies, none overlapping another, in order.

    A name of the tagger stands with its bounds where the grammar reads a body there too, else where the tagger is sure
    enough; where the register has a longer name that begins alike, that one stands. What the grammar alone finds stands
    where it says whose the body is and the tagger says nothing at all; so does a long name of the register. What begins
    words that are no body, as `Đảng` does in `Đảng cầm quyền`, is none.
    """
    grammar, reading = Grammar(parsed.reading), parsed.reading
    names = list(_without_overlap(_as_registered(reading, _balanced(reading.norm, name)) for name in tagged))
    found = [
        one
        for name, rivals in paired(names, parsed.candidates)
        if name.label == "ORG" and (one := _named(grammar, name, rivals))
    ]
    for candidate, rivals in paired(parsed.candidates, names):
        if not rivals and candidate.closed and (candidate.place or candidate.owner or candidate.country):
            found.append(
                Found(candidate.start, candidate.end, FoundBy.GRAMMAR, candidate, _rule("grammar", candidate), SURE)
            )
    taken: list[TaggedName | Found] = sorted([*names, *found], key=lambda one: one.start)
    for span, others in paired(_registered(reading), taken):
        if not others:
            found.append(Found(*span, FoundBy.GRAMMAR, grammar.reads(*span), "register", SURE))
    barred = {span.start: span.end for span in parsed.barred}
    last = _last_words(reading.norm, names)
    bodies = (one for one in found if barred.get(one.start, 0) <= one.end and not _is_no_body(reading, one))
    return sorted((one for one in bodies if not _is_a_person(reading.norm, one, last)), key=lambda one: one.start)


def _last_words(norm: str, names: Iterable[TaggedName]) -> frozenset[str]:
    """The last words of the names of persons, by which the press goes on: `Santos` after `Juan Manuel Santos`."""
    persons = (norm[name.start : name.end] for name in names if name.label == "PER")
    return frozenset(person.rpartition(" ")[2] for person in persons if " " in person)


def _is_a_person(norm: str, one: Found, last: frozenset[str]) -> bool:
    """Whether what looks like a club, or like nothing known, is what the article calls a person.

    Companies are named after their founders: they stand.
    """
    printed = norm[one.start : one.end]
    if printed not in last:
        return False
    kind = one.candidate.kind if one.candidate else listed_names().kind_of(printed)
    return kind in (None, OrganisationKind.SPORTS)


def _balanced(norm: str, name: TaggedName) -> TaggedName:
    """A tagged name as far as a bracket that it does not close or open: `Trung tâm tư vấn | (Liên hiệp các hội`."""
    printed = norm[name.start : name.end]
    opened: list[int] = []
    for at, sign in enumerate(printed):
        if sign == "(":
            opened.append(at)
        elif sign == ")" and not opened:
            opened.append(at)
            break
        elif sign == ")":
            opened.pop()
    own = printed[: opened[-1]].rstrip() if opened else ""
    return name._replace(end=name.start + len(own)) if own else name


def _as_registered(reading: Reading, name: TaggedName) -> TaggedName:
    """A tagged name as far as the register's name goes that begins with it: `Cục Đổi mới sáng tạo, Chuyển đổi …`."""
    if name.label != "ORG":
        return name
    at = reading.index(name.start)
    found = registered_names().longest(reading.words, at)
    long = found is not None and found[0] - at > _SHORT and reading.begins(found[0])
    end = reading.ends[found[0] - 1] if found and long else name.end
    return name._replace(end=_end_of_province(reading, at, max(end, name.end)))


def _end_of_province(reading: Reading, at: int, end: int) -> int:
    """Where the province ends that a numbered body is of, `end` where none follows: `Thuế cơ sở 12 | tỉnh Nghệ An`."""
    after = reading.index(end)
    if not reading.words[after - 1].isdecimal():
        return end
    place = TailReader(reading).province_of_number(reading.name(at, after), after, reading.line_end(after - 1))
    return reading.ends[place.end - 1] if place else end


def _registered(reading: Reading) -> Iterator[Span]:
    """Where the text has long names of the register, with a capital."""
    names, free = registered_names(), 0
    for at in names.places(reading.words):
        found = names.longest(reading.words, at) if at >= free and reading.begins(at) else None
        if found and found[0] - at >= _LONG and found[1] and reading.capitals[at] and reading.begins(found[0]):
            if " " in reading.norm[reading.starts[at] : reading.ends[found[0] - 1]]:
                yield Span(reading.starts[at], reading.ends[found[0] - 1])
            free = found[0]


def _without_overlap(names: Iterable[TaggedName]) -> Iterator[TaggedName]:
    """The names without those that begin inside the one before."""
    end = 0
    for name in names:
        if name.start >= end:
            yield name
            end = name.end


def _named(grammar: Grammar, name: TaggedName, rivals: Sequence[Candidate]) -> Found | None:
    """A tagged name as the grammar reads it; None where the tagger is not sure and no candidate touches it."""
    alike = next((one for one in rivals if (one.start, one.end) == (name.start, name.end)), None)
    candidate = alike or grammar.reads(name.start, name.end)
    if candidate:
        by = FoundBy.GRAMMAR if candidate.closed else FoundBy.TAGGER
        return Found(name.start, name.end, by, candidate, _rule("tagger", candidate), name.score)
    if not rivals and name.score < ALONE:
        return None
    return Found(name.start, name.end, FoundBy.TAGGER, None, "tagger", name.score)


def _rule(by: str, candidate: Candidate) -> str:
    """The name of the rule: what decided, and the row or the reader of the grammar."""
    return f"{by}, {_READERS.get(candidate.rule) or f'head {candidate.rule}'}"


def _is_no_body(reading: Reading, one: Found) -> bool:
    """Whether the words are something else: who took a photo; by themselves a place, a law, bodies of many places."""
    if is_credited(reading.norm, one.start, one.end):
        return True
    at, end = reading.index(one.start), reading.index(one.end)
    if _goes_on_for_many(reading, end) and _may_be_many(one.candidate):
        return True
    # The grammar's word is taken for a body, but for that of a short form in small letters, or of an event:
    # `Ban tổ chức` of a contest, `Ban Tổ chức | lễ hội`.
    if one.candidate and not one.candidate.short:
        return False
    organised = body_words("organised").longest(reading.words, end)
    if one.candidate and organised is None and any(reading.capitals[at + 1 : end]):
        return False
    if _is_of_many(reading, end) or is_place(reading, at, end, known=True):
        return True
    whole = body_words("no body alone").longest(reading.words, at, end)
    return whole is not None and whole[0] == end


def _may_be_many(candidate: Candidate | None) -> bool:
    """Whether a name says neither where its body is nor that there is only one."""
    if candidate is None or candidate.short:
        return True
    local = candidate.takes_place or levels_of(candidate.name) - {Level.CENTRAL, Level.NONE}
    return candidate.place is None and bool(local)


def _goes_on_for_many(reading: Reading, end: int) -> bool:
    """Whether units follow of which there are several: `Sở Y tế | các tỉnh`, `TAND | hai cấp`, `HĐND | 63 tỉnh`."""
    if end < len(reading) and reading.words[end].isdigit():
        unit = end + 1
    elif found := body_words("plural after").longest(reading.words, end):
        unit = found[0]
        if reading.words[unit - 1] == _TIER and unit > end + 1:
            return True
    else:
        return False
    place = place_at(reading, unit, len(reading))
    return bool(place and place.unit) or body_words("of many").longest(reading.words, unit) is not None


def _is_of_many(reading: Reading, end: int) -> bool:
    """Whether words end in a unit of which there are several: `Công an 34 tỉnh`, `UBND cấp huyện`."""
    unit = end - 1
    if body_words("unit word").longest(reading.words, unit, end) is None:
        return False
    several = any(ends_with(reading.words, unit, body_words(sort), 2) for sort in ("plural", "plural after"))
    return several or reading.words[unit - 1].isdigit()


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


One = TypeVar("One", bound=_Stretch)
Other = TypeVar("Other", bound=_Stretch)


def paired(ones: Iterable[One], others: Sequence[Other]) -> Iterator[tuple[One, list[Other]]]:
    """Each of the ones with the others that overlap it; both are in order and overlap none of their own."""
    first = 0
    for one in ones:
        while first < len(others) and others[first].end <= one.start:
            first += 1
        last = first
        while last < len(others) and others[last].start < one.end:
            last += 1
        yield one, list(others[first:last])
