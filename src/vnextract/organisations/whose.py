"""Whose unit: the body that a part printed alone belongs to, by what stands beside it and by what is possible."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.register import Template, find, levels_of, template
from vnextract.lexicon.tables import table
from vnextract.names.decide import Found
from vnextract.names.heads import rank_of
from vnextract.names.reading import Reading
from vnextract.organisations.full_names import Name, part_of
from vnextract.organisations.identity import identify
from vnextract.records import OrganisationKind
from vnextract.text.normalise import fold

_BRINGS_IN = re.compile(r" \([^()]{2,30}\) |(?: \([^()]{2,30}\))?(?: thuộc| trực thuộc| của| \((?:thuộc )?| - | – )\s?")
"""What stands between a unit and the whole that it is said to be part of."""
_COMMA = re.compile(r"(?: \([^()]{2,30}\))?,? (?:thuộc )?")
_LISTED = re.compile(r",? | và |, |; | - | – |,? cùng ")
_POST = re.compile(r", [^.;:\n()]{2,60} ")
_NEXT = re.compile(r",? (?:và |[^\W\d_]+ (?:trưởng|phó) )?")
_LONGEST_HEAD = 6
_WHOLE_COUNTRY = ("trung ương", "việt nam", "quốc gia", "nhà nước")
"""Ends of names that say whose a body is."""


class _Joined(IntEnum):
    """How a text says of which body a unit is a part, the plainest way first."""

    BRACKET = 0
    COMMA = 1
    POST = 2
    NEAREST = 3


class _Inner(NamedTuple):
    """A sort of units."""

    kinds: frozenset[OrganisationKind]
    """What they are parts of."""
    joined: _Joined
    """The least that joins one to its whole."""


class Wholes:
    """The bodies of one article that others may be parts of."""

    def __init__(
        self, reading: Reading, found: Sequence[Found], names: Sequence[Name | None], day: date | None
    ) -> None:
        self._reading, self._found, self._day = reading, found, day
        self._names = list(names)

    def names(self) -> list[Name | None]:
        """The names, with the wholes of the units that were printed without theirs."""
        said = [self._says_whose(index) for index in range(len(self._found))]
        for index in reversed(range(len(self._found))):
            if not said[index] and (whole := self._beside(index)):
                self._set(index, whole)
                said[index] = True
        for index, name in enumerate(self._names):
            if name and name.owner and not name.owner.whose and (whole := self._meant(index, name.owner)):
                self._names[index] = part_of(_bare(name), part_of(_bare(name.owner), whole))
            if name and not name.whose and not said[index] and (whole := self._meant(index, name)):
                self._set(index, whole)
        return self._names

    def _says_whose(self, index: int) -> bool:
        candidate = self._found[index].candidate
        return bool(candidate and (candidate.owner or candidate.place or candidate.country))

    def _set(self, index: int, whole: Name) -> None:
        name = self._names[index]
        if name:
            self._names[index] = _of_same_place(name, whole) or part_of(_bare(name), whole)

    def _beside(self, index: int) -> Name | None:
        """The whole that stands right after a unit, or after the list that it is in."""
        name = self._names[index]
        if name is None or index + 1 >= len(self._found):
            return None
        whole = self._names[index + 1]
        if whole is None:
            return None
        between = self._reading.norm[self._found[index].end : self._found[index + 1].start]
        if _BRINGS_IN.fullmatch(between) and may_be_part(name, whole, self._day):
            return whole
        joined = _joined(name)
        if _COMMA.fullmatch(between) and joined > _Joined.BRACKET and may_be_part(name, whole, self._day):
            return whole
        if _POST.fullmatch(between) and joined is _Joined.POST:
            return whole if whole.place or may_be_part(name, whole, self._day) else None
        if joined > _Joined.BRACKET and _LISTED.fullmatch(between) and whole.owner and _are_alike(name, whole):
            return whole.owner if may_be_part(name, whole.owner, self._day) else None
        return None

    def _meant(self, index: int, name: Name) -> Name | None:
        """The whole that the article names the same unit with, else the nearest that it must be part of."""
        before = self._names[index - 1] if index else None
        if before and before.owner and self._goes_on(index) and _are_alike(name, before):
            return before.owner if may_be_part(name, before.owner, self._day) else None
        for other in self._around(index):
            if other.owner and other.head == name.head:
                return other.owner
        if _joined(name) < _Joined.NEAREST:
            return None
        return next((other for other in self._around(index) if may_be_part(name, other, self._day)), None)

    def _goes_on(self, index: int) -> bool:
        """Whether a list of bodies, or of posts in them, leads from the mention before to this one."""
        return bool(_NEXT.fullmatch(self._reading.norm, self._found[index - 1].end, self._found[index].start))

    def _around(self, index: int) -> Iterator[Name]:
        """The other names of the article: those before, the nearest first, then those after."""
        for at in (*reversed(range(index)), *range(index + 1, len(self._names))):
            other = self._names[at]
            if other:
                yield other


def _of_same_place(name: Name, other: Name) -> Name | None:
    """A body that its place has, as it has the other: `Bí thư Đảng ủy, Chủ tịch UBND xã Bum Nưa`."""
    own, place = name.own or name.text, other.place
    if place is None or _joined(name) is not _Joined.POST or template(own, place.level) is None:
        return None
    text = f"{own} {other.text.removeprefix(f'{other.own} ')}"
    return replace(name, text=text, whose=other.whose, level=place.level, place=place, province=other.province, own=own)


def _bare(name: Name) -> Name:
    return Name(name.own or name.text, name.kind, name.level, name.head, known=name.known)


@cache
def _inner_units() -> Mapping[str, _Inner]:
    """The units by the beginnings of their names."""
    return {
        fold(row["head"]): _Inner(
            frozenset(map(OrganisationKind, row["kinds"].split())), _Joined[row["joined"].upper()]
        )
        for row in table("inner_units")
    }


def _inner(name: Name) -> _Inner | None:
    words = fold(name.own or name.text).split()
    for end in range(min(len(words), _LONGEST_HEAD), 0, -1):
        if row := _inner_units().get(" ".join(words[:end])):
            return row
    return None


def _joined(name: Name) -> _Joined:
    row = _inner(name)
    return row.joined if row else _Joined.BRACKET


def _are_alike(one: Name, other: Name) -> bool:
    """Whether two units can share their whole: of one rank."""
    return 0 < rank_of(one.own or one.text) == rank_of(other.own or other.text)


def may_be_part(unit: Name, whole: Name, day: date | None = None) -> bool:
    """Whether a unit can be part of a body, by the register, else by the ranks of their names."""
    own = unit.own or unit.text
    if whole.head == unit.head or unit.head.endswith(_WHOLE_COUNTRY):
        return False
    identity = identify(whole, day)
    if find(own, parent=identity.body_id):
        return True
    if isinstance(identity.entry, Template) and template(own, identity.entry.level, parent=identity.entry.tail):
        return True
    if unit.kind is OrganisationKind.POLICE and levels_of(own):
        return False
    row, rank = _inner(unit), rank_of(whole.text)
    if row is None:
        return 0 < rank_of(own) < rank and whole.kind in (unit.kind, OrganisationKind.GOVERNMENT)
    if whole.kind not in row.kinds or (not rank and _inner(whole)):
        return False
    return rank_of(own) < rank if rank else whole.kind is not OrganisationKind.GOVERNMENT
