"""What the official extractor finds, in offsets of the normalised text."""

from dataclasses import dataclass

from vnextract.organisations.models import Body
from vnextract.records import PositionStatus
from vnextract.text.alignment import Span


@dataclass(frozen=True, slots=True)
class Post:
    """A post; the fields mean what they mean in `records.Position`."""

    start: int
    end: int
    title: str
    body: Body | None
    status: PositionStatus
    place: str | None = None
    """Name of the place that the post is of: the body's province, or what the title names."""
    since: str | None = None
    until: str | None = None
    confidence: float | None = None
    body_chance: float | None = None
    """How likely its body is the right one, or none is, where the text does not print it with the title."""
    rule: str | None = None
    """Where its holder was found: left or right of it, announced before a list, or named earlier."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person with posts or a rank; the fields mean what they mean in `records.Official`."""

    name: str
    honorific: str | None = None
    rank: str | None = None
    posts: tuple[Post, ...] = ()
    mentions: tuple[Span, ...] = ()
