"""What the grammar finds: stretches that it takes for the names of bodies."""

from dataclasses import dataclass
from typing import NamedTuple

from vnextract.names.places import PlacePhrase
from vnextract.records import Level, OrganisationKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that the grammar takes for the name of a body, in offsets of the normalised text."""

    start: int
    end: int
    kind: OrganisationKind | None
    """None where the grammar cannot tell."""
    level: Level
    rule: str
    """Name of the head, as in the tables."""
    closed: bool
    """True where grammar alone settles the body and its bounds; False where the right bound is a guess."""
    name: str
    """Head and field, abbreviations spelled out, without place and owner."""
    place: PlacePhrase | None = None
    owner: "Candidate | None" = None
    """The body that this one is part of, where it is printed inside the name."""
    country: str | None = None
    branch: str | None = None
    """The branch of a company that is meant, as printed: `Chi nhánh Móng Cái`, `Hải Phòng`."""
    takes_place: bool = False
    """Whether the full name has a place."""
    takes_country: bool = False
    """Whether it may be a foreign body whose country is not printed again."""
    takes_owner: bool = False
    """Whether it may be part of a larger body."""
    same: str | None = None
    """What the spellings of a known body share."""
    short: bool = False
    """Whether it is a short form that means nothing unless the article names the body in full."""


class Match(NamedTuple):
    """A candidate with the index after its last word; no candidate where the words only look like a body."""

    end: int
    candidate: Candidate | None
