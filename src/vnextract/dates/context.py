"""What expressions are resolved against: the publication date, and what the article has named so far."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from vnextract.article import Published
from vnextract.dates.points import Point

_SAME_DAY_REACH = 250
"""So many characters back, `cùng ngày` means the day named last."""
_SAME_DAY_DAYS = 7
_REMEMBERED = 50
"""So many of the days named last are looked through."""
_SOON_AFTER = 1
"""So many months at most after a month that an article prints with its year may the rest of it have happened."""

Days = tuple[date, date]
"""A closed interval of days."""


class Tense(StrEnum):
    """Where the words around an expression place it."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


def month_days(year: int, month: int) -> Days:
    """The days of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(first: int, last: int | None = None) -> Days:
    """The days of a year, or of all years up to another."""
    return date(first, 1, 1), date(last or first, 12, 31)


def later(day: date, count: int) -> date | None:
    """So many days later; None beyond the calendar's bounds."""
    try:
        return day + timedelta(count)
    except OverflowError:
        return None


def one_day(day: date | None) -> Days | None:
    """A day as an interval."""
    return (day, day) if day else None


def months_of(point: Point) -> tuple[int, int] | None:
    """First and last month of a part of a year."""
    if point.quarter is not None:
        return point.quarter * 3 - 2, point.quarter * 3
    return (point.month, point.month) if point.month is not None else point.months


class Printed(NamedTuple):
    """The stretches of a year that an article prints with their year: days, months, quarters."""

    days: frozenset[tuple[int, int, int]]
    """(year, month, day)."""
    latest: tuple[int, frozenset[tuple[int, int]]] | None
    """The latest year of them, and the first and last months of its stretches."""

    @classmethod
    def of(cls, points: Iterable[Point]) -> "Printed":
        """Of those points that have a year and a place in it."""
        days: set[tuple[int, int, int]] = set()
        months: dict[int, set[tuple[int, int]]] = {}
        for point in points:
            span = months_of(point)
            if point.year is None or span is None or point.lunar:
                continue
            months.setdefault(point.year, set()).add(span)
            if point.day is not None:
                days.add((point.year, span[0], point.day))
        latest = max(months, default=None)
        return cls(frozenset(days), None if latest is None else (latest, frozenset(months[latest])))

    def year_of(self, point: Point) -> int | None:
        """The year of a day or month printed without one; None where the article does not settle it.

        Another mention of the same day settles it, or the latest month that it prints, where the point is in that
        month or soon after: news of May tells results of April 2019.

        >>> from vnextract.records import Grain
        >>> Printed.of([Point(Grain.MONTH, month=4, year=2019)]).year_of(Point(Grain.DAY, day=11, month=5))
        2019
        """
        same = {year for year, month, day in self.days if (month, day) == (point.month, point.day)}
        if same:
            return same.pop() if len(same) == 1 else None
        span = months_of(point)
        if self.latest is None or span is None:
            return None
        year, spans = self.latest
        if any(first <= span[0] <= last for first, last in spans):
            return year
        last = min((last for _, last in spans), key=lambda last: (span[0] - last) % 12)
        return year + (span[0] < last) if (span[0] - last) % 12 <= _SOON_AFTER else None


@dataclass(slots=True)
class Context:
    """What a point is resolved against: the publication date, and what the article has named so far."""

    published: Published | None
    at: int = 0
    """Where in the text the expression stands that is being resolved."""
    named: list[tuple[date | None, int]] = field(default_factory=list)
    """The days named so far and where; None for a day that could not be settled."""
    days: Days | None = None
    """The stretch named last, of any grain."""
    told: tuple[Days, int] | None = None
    """The stretch that the article tells of, and where it was named; not one that it only compares with."""
    beside: tuple[Days, int] | None = None
    """The days named right before, those of one list together, and where they end."""
    quarter: Days | None = None
    """The quarter named last."""
    printed: Printed = field(default_factory=lambda: Printed.of(()))
    """What the article prints with its year; asked where no publication date settles one."""

    @property
    def window(self) -> Days | None:
        """The days on which the article may have been published."""
        if self.published is None:
            return None
        year, month, day = self.published.year, self.published.month, self.published.day
        if month is None:
            return year_days(year)
        return (date(year, month, day),) * 2 if day else month_days(year, month)

    @property
    def day(self) -> date | None:
        """The day named last."""
        return self.named[-1][0] if self.named else None

    @property
    def same_day(self) -> date | None:
        """The day that `cùng ngày` means: the one named last, unless that stands far away or is yet to come.

        Then it is the last one of the week before publication.
        """
        today = self.today
        if not self.named or today is None:
            return self.day
        day, where = self.named[-1]
        if day is None or (self.at - where <= _SAME_DAY_REACH and day <= today):
            return day
        recent = (
            day for day, _ in reversed(self.named[-_REMEMBERED:]) if day and 0 <= (today - day).days <= _SAME_DAY_DAYS
        )
        return next(recent, day)

    @property
    def today(self) -> date | None:
        """The day of publication, if it is known to the day."""
        return self.published.as_day if self.published else None
