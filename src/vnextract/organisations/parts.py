"""Which bodies may be parts of which others, by the register, the table of inner units, and the ranks of names."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from vnextract.lexicon.register import Template, find, levels_of, template
from vnextract.lexicon.tables import table
from vnextract.names.heads import rank_of
from vnextract.organisations.full_names import Name
from vnextract.organisations.identity import identify
from vnextract.records import OrganisationKind
from vnextract.text.normalise import fold

_LONGEST_HEAD = 6
_MOST_KEPT = 2_000
_WHOLE_COUNTRY = ("trung ương", "việt nam", "quốc gia", "nhà nước")
"""Ends of names that say whose a body is."""


class Inner(NamedTuple):
    """A sort of units."""

    kinds: frozenset[OrganisationKind]
    """What they are parts of."""
    joined: str
    """The least that joins one to its whole: `bracket`, `comma`, `post` or `nearest`."""
    committee: str = ""
    """What follows instead of the name of a party committee, which the unit is itself."""


@cache
def _inner_units() -> Mapping[str, Inner]:
    """The units by the beginnings of their names."""
    return {
        fold(row["head"]): Inner(
            frozenset(map(OrganisationKind, row["kinds"].split())), row["joined"], row["committee"]
        )
        for row in table("inner_units")
    }


@lru_cache(maxsize=_MOST_KEPT)
def inner(name: str) -> Inner | None:
    """The sort of unit that a name is of, by the longest beginning that the table has.

    >>> inner("Phòng Cảnh sát hình sự").joined, inner("Bộ Y tế")
    ('nearest', None)
    """
    words = fold(name).split()
    for end in range(min(len(words), _LONGEST_HEAD), 0, -1):
        if row := _inner_units().get(" ".join(words[:end])):
            return row
    return None


def are_alike(one: Name, other: Name) -> bool:
    """Whether two units can share their whole: of one rank."""
    return 0 < rank_of(one.own or one.text) == rank_of(other.own or other.text)


def possible(unit: Name, whole: Name, day: date | None = None) -> str | None:
    """What says that a unit can be part of a body: `register`, `template`, `rank`, `kind`; None where nothing does."""
    own = unit.own or unit.text
    if whole.head == unit.head or unit.head.endswith(_WHOLE_COUNTRY):
        return None
    identity = identify(whole, day)
    if find(own, parent=identity.body_id):
        return "register"
    if isinstance(identity.entry, Template) and template(own, identity.entry.level, parent=identity.entry.tail):
        return "template"
    if unit.kind is OrganisationKind.POLICE and levels_of(own):
        return None
    row, rank = inner(own), rank_of(whole.text)
    if row is None:
        of_state = whole.kind in (unit.kind, OrganisationKind.GOVERNMENT)
        return "rank" if 0 < rank_of(own) < rank and of_state else None
    if whole.kind not in row.kinds or (not rank and inner(whole.own or whole.text)):
        return None
    if rank:
        return "rank" if rank_of(own) < rank else None
    return "kind" if whole.kind is not OrganisationKind.GOVERNMENT else None
