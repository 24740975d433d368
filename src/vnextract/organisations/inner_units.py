"""The sorts of units that are named without the body that they are part of, by the table of inner units."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from vnextract.lexicon.tables import table
from vnextract.records import OrganisationKind
from vnextract.text.normalise import fold

_LONGEST_HEAD = 6
_MOST_KEPT = 2_000


class Inner(NamedTuple):
    """A sort of units."""

    kinds: frozenset[OrganisationKind]
    """What they are parts of."""
    joined: str
    """The least that joins one to its whole: `bracket`, `comma`, `post` or `nearest`."""
    committee: str = ""
    """What follows instead of the name of a party committee, which the unit is itself."""

    @property
    def needs_whole(self) -> bool:
        """Whether such a unit is nothing without its whole, so that the nearest body is it: a `Khoa`."""
        return self.joined == "nearest"

    @property
    def is_part(self) -> bool:
        """Whether such a unit always is a part of a body, never one itself: a board, a `Công đoàn`."""
        return self.joined in ("nearest", "post")


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


def is_unit(name: str) -> bool:
    """Whether a name is that of a sort of units and nothing more.

    >>> is_unit("Ban điều hành"), is_unit("Phòng Cảnh sát hình sự")
    (True, False)
    """
    return fold(name) in _inner_units()
