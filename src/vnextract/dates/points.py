"""What temporal expressions mean, before anything is resolved: points, lengths, recurring times, ranges."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from vnextract.records import Grain

_FINENESS = {grain: index for index, grain in enumerate(Grain)}
LAST_DAY = -1
"""The `day` of the last day of a month."""
WEEKEND = -1
"""The `weekday` of a weekend, Saturday and Sunday together."""


class Anchor(StrEnum):
    """What a relative expression counts from."""

    PUBLISHED = "published"
    CONTEXT = "context"
    SCHOOL_YEAR = "school year"
    """The calendar year in which the school year at publication began."""


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units before (negative) or after an anchor."""

    unit: Grain
    count: int
    anchor: Anchor = Anchor.PUBLISHED


class Point(NamedTuple):
    """A stretch of the calendar as the text names it, before anything is resolved; None where the text says nothing."""

    grain: Grain
    hour: int | None = None
    minute: int | None = None
    part: str | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    month: int | None = None
    quarter: int | None = None
    months: tuple[int, int] | None = None
    """First and last month of a part of a year."""
    year: int | None = None
    decade: int | None = None
    century: int | None = None
    season: str | None = None
    half: int | None = None
    """The first or the second half of a decade or a century."""
    lunar: bool | None = None
    leap: bool | None = None
    """Whether a month of the lunar calendar is the second of its number."""
    cyclic: str | None = None
    """Name of the year in the sixty-year cycle."""
    shift: Shift | None = None

    @property
    def is_deictic_day(self) -> bool:
        """Whether it is a day counted from publication: `hôm qua`, `sáng nay`."""
        return self.shift is not None and self.shift.unit is Grain.DAY and self.shift.anchor is Anchor.PUBLISHED

    def within(self, other: "Point") -> "Point | None":
        """This point within a coarser one (`tháng 9` within `năm ngoái`); None where the two contradict."""
        merged = self._asdict()
        for name in merged.keys() - {"grain"}:
            theirs = getattr(other, name)
            if merged[name] is None:
                merged[name] = theirs
            elif theirs is not None and theirs != merged[name]:
                return None
        merged["grain"] = min(self.grain, other.grain, key=_FINENESS.__getitem__)
        return Point(**merged)

    def on(self, day: date) -> "Point":
        """This relative point with the day that the text gives it elsewhere."""
        return self._replace(day=day.day, month=day.month, year=day.year, weekday=None, shift=None)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, and which way it lies from publication where the text says so."""

    duration: str
    grain: Grain
    unit: str
    count: float
    """In multiples of the grain."""
    direction: int = 0
    """-1 for a span up to now (`3 năm qua`), 1 for one from now on (`3 ngày tới`)."""
    is_ago: bool = False
    """True for a point so long before now (`3 năm trước`)."""
    is_exact: bool = True


class Recurrence(NamedTuple):
    """A recurring time."""

    timex: str
    grain: Grain


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of publication as the end of a range."""


class Edge(NamedTuple):
    """`đầu`, `giữa`, `cuối`, `cả` before a point, which still covers the whole unit."""

    half: int | None = None
    """The half that is named: `nửa đầu`, `nửa cuối`; of a decade or a century it covers no more."""


class Range(NamedTuple):
    """Two ends."""

    first: Point | Now
    last: Point | Now


Meaning = Point | Length | Recurrence | Range | Now | Edge


def is_finer(first: Grain, second: Grain) -> bool:
    """Whether one grain is finer than another."""
    return _FINENESS[first] < _FINENESS[second]


def finest(*grains: Grain) -> Grain:
    """The finest of some grains."""
    return min(grains, key=_FINENESS.__getitem__)
