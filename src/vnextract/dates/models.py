"""What the date extractor finds, in offsets of the normalised text."""

from dataclasses import dataclass
from datetime import date

from vnextract.records import DateKind, Grain


@dataclass(frozen=True, slots=True)
class DateMention:
    """A temporal expression; the fields mean what they mean in `records.TemporalExpression`."""

    start: int
    end: int
    kind: DateKind
    first_day: date | None
    last_day: date | None
    duration: str | None
    timex: str | None
    grain: Grain
    relative: bool
    rule: str
    """The rules that made it, joined by ` + `: names of rows of `rules`, and ways of joining them."""
    lunar: str | None = None
