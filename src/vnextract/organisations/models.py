"""What the organisation extractor finds, in offsets of the normalised text."""

from dataclasses import dataclass, field

from vnextract.records import FoundBy, Level, OrganisationKind


@dataclass(slots=True)
class OrganisationMention:
    """One place that names a body."""

    start: int
    end: int
    found_by: FoundBy
    rule: str | None = None
    """What found it, as `names.decide.Found` says."""
    score: float = 1.0
    """The tagger's probability; 1 where the grammar or the article itself says so."""


@dataclass(slots=True, eq=False)
class Body:
    """A body with all its mentions; the fields mean what they mean in `records.Organisation`."""

    name: str
    kind: OrganisationKind
    level: Level
    abbreviation: str | None = None
    province: str | None = None
    """Name of the province or city in the lexicon of places."""
    body_id: str | None = None
    parent_id: str | None = None
    predecessor_id: str | None = None
    mentions: list[OrganisationMention] = field(default_factory=list)
