"""TIMEX3 values."""

from calendar import monthrange
from datetime import date, timedelta

from vnextract.dates.points import WEEKEND, Point
from vnextract.records import Grain

_PARTS_OF_YEAR = {(1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4", (1, 6): "H1", (7, 12): "H2"}
_OF_DAY = (Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY)


def timex_of_point(point: Point, days: tuple[date, date] | None) -> str | None:
    """The value of a point, as far as its days are known: `2023-05-24TAF`, `XXXX-WXX-4`; None where there is none."""
    if point.season and point.year:
        return f"{point.year:04}-{point.season}"
    if point.grain not in _OF_DAY or (days and days[0] != days[1]):
        return timex_of_days(days) if days else _of_open_unit(point)
    base = days[0].isoformat() if days else _of_open_day(point)
    if point.hour is None:
        return base + (point.part or "")
    minute = f":{point.minute:02}" if point.grain is Grain.MINUTE else ":00"
    return f"{base}T{_hour(point):02}{minute}"


def _hour(point: Point) -> int:
    """The hour of 24: `3 giờ chiều` is 15, `1 giờ đêm` 1, `11 giờ đêm` 23."""
    assert point.hour is not None
    afternoon = (
        point.part in ("TAF", "TEV")
        or (point.part == "TNI" and point.hour > 5)
        or (point.part == "TMI" and point.hour < 5)
    )
    return point.hour + 12 if afternoon and point.hour < 12 else point.hour


def _of_open_day(point: Point) -> str:
    if point.weekday is not None and point.weekday >= 0 and point.month is None:
        return f"XXXX-WXX-{point.weekday + 1}"
    year = f"{point.year:04}" if point.year else "XXXX"
    month = f"{point.month:02}" if point.month and not point.lunar else "XX"
    return f"{year}-{month}-" + (f"{point.day:02}" if point.day and point.day > 0 and not point.lunar else "XX")


def _of_open_unit(point: Point) -> str | None:
    if point.weekday == WEEKEND:
        return "XXXX-WXX-WE"
    if point.quarter:
        return f"XXXX-Q{point.quarter}"
    if point.month and point.week is None and not point.lunar:
        return f"XXXX-{point.month:02}"
    return {Grain.YEAR: "XXXX", Grain.MONTH: "XXXX-XX", Grain.WEEK: "XXXX-WXX", Grain.QUARTER: "XXXX-QX"}.get(
        point.grain
    )


def timex_of_days(days: tuple[date, date]) -> str | None:
    """The value of a calendar unit that begins and ends on these days; None where they make no unit.

    >>> timex_of_days((date(2025, 1, 1), date(2025, 3, 31))), timex_of_days((date(1990, 1, 1), date(1999, 12, 31)))
    ('2025-Q1', '199')
    """
    first, last = days
    if first == last:
        return first.isoformat()
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return _of_months(first, last)
    year, week, weekday = first.isocalendar()
    if weekday == 1 and last - first == timedelta(6):
        return f"{year:04}-W{week:02}"
    return f"{year:04}-W{week:02}-WE" if weekday == 6 and last - first == timedelta(1) else None


def _of_months(first: date, last: date) -> str | None:
    if first.year == last.year:
        if (first.month, last.month) == (1, 12):
            return f"{first.year:04}"
        if first.month == last.month:
            return f"{first.year:04}-{first.month:02}"
        part = _PARTS_OF_YEAR.get((first.month, last.month))
        return f"{first.year:04}-{part}" if part else None
    if (first.month, last.month) != (1, 12):
        return None
    years = last.year - first.year + 1
    if years == 10 and first.year % 10 == 0:
        return f"{first.year // 10:03}"
    return f"{first.year // 100:02}" if years == 100 and first.year % 100 in (0, 1) else None
