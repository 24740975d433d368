"""What the links say of a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vnextract.dates.models import DateMention
from vnextract.officials.models import Person
from vnextract.organisations.models import Body

MEASURE, PERIOD, OWNER, SPEAKER = "measure", "period", "owner", "said_by"
"""The kinds of links."""


@dataclass(frozen=True, slots=True)
class Link:
    """How a figure was linked to something."""

    chance: float
    """The scorer's probability."""
    side: str
    """Where the other stands to the figure, as the scorer calls it."""
    cues: Sequence[Sequence[str]] = ()
    """What spoke for or against it: lists of cues."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What one figure is related to; each None where the article does not say it."""

    measure: str | None = None
    """The words of the article that say what is measured."""
    measure_key: str | None = None
    """The same in a form to group by."""
    period: DateMention | None = None
    """When the value holds."""
    owner: Body | None = None
    """Whose figure it is."""
    said_by: Person | Body | None = None
    """To whom the article attributes it."""
    measure_chance: float | None = None
    """The scorer's probability that the measure is this one, or says the same."""
    links: Mapping[str, Link] = field(default_factory=dict)
    """How the others were linked, by kind of link: `period`, `owner`, `said_by`."""
