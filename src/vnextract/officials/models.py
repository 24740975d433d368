"""What the official extractor finds, in offsets of the normalised text."""

from dataclasses import dataclass, field

from vnextract.organisations.models import Body
from vnextract.records import PositionStatus
from vnextract.text.alignment import Span


@dataclass(slots=True)
class Post:
    """A post; the fields mean what they mean in `records.Position`."""

    start: int
    end: int
    title: str
    body: Body | None
    status: PositionStatus
    since: int | None = None
    """The year in which it was taken, where a life's chronicle says so: `Năm 2010, ông A giữ chức ...`."""
    doubtful: bool = False
    """Whether only a pronoun and a year of long ago give it: it may be held still, or not."""


@dataclass(slots=True)
class Person:
    """A person with posts or a rank; the fields mean what they mean in `records.Official`."""

    name: str
    honorific: str | None = None
    rank: str | None = None
    posts: list[Post] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
