"""From points to days of the calendar."""

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from vnextract.dates.context import Context, Days, Tense, later, month_days, one_day, year_days
from vnextract.dates.lunar import LunarDay, cyclic_year, solar
from vnextract.dates.points import LAST_DAY, WEEKEND, Anchor, Point, Shift
from vnextract.dates.timex import timex_of_days, timex_of_point
from vnextract.records import Grain

_SCHOOL_YEAR_BEGINS = 8
"""The month in which articles begin to mean the new school year."""
_COMMON_YEAR = 2025
_OTHER_YEAR = 2
"""So many times nearer to publication than in its own year must a day or month be in another one to belong there."""
_NEARLY_A_YEAR = 345
"""Days: nobody tells a day as coming that is so far off; it was to come when the article was written."""

InYear = Callable[[int], Days | None]
"""The days of a recurring stretch (`24/5`, `tháng 9`) in a year; None where that year has none."""


class Resolved(NamedTuple):
    """A point with its days; None where the text and the publication date do not settle them."""

    days: Days | None
    timex: str | None = None
    relative: bool = False
    lunar: str | None = None
    is_possible: bool = True
    """False where no calendar has such a day."""


def is_possible(day: int | None, month: int | None, year: int | None = None) -> bool:
    """Whether the solar calendar has such a day, in that year or, without one, in any.

    >>> is_possible(29, 2), is_possible(29, 2, 2025), is_possible(31, 9), is_possible(45, None)
    (True, False, False, False)
    """
    if month is not None and not 1 <= month <= 12:
        return False
    return day in (None, LAST_DAY) or 1 <= day <= monthrange(year or 2000, month or 1)[1]


def resolve(point: Point, context: Context, tense: Tense = Tense.OPEN) -> Resolved:
    """The days of a point, its TIMEX3 value, and whether they depend on anything outside it.

    >>> from vnextract.article import Published
    >>> resolve(Point(Grain.DAY, day=24, month=5), Context(Published(2023, 6, 1))).timex
    '2023-05-24'
    """
    if point.lunar:
        return _lunar(point, context, tense)
    if not is_possible(point.day, point.month, point.year):
        return Resolved(None, is_possible=False)
    days = _half(_days(point, context, tense), point.half)
    is_absolute = any(part is not None for part in (point.year, point.decade, point.century))
    return Resolved(days, timex_of_point(point, days), not is_absolute)


def _half(years: Days | None, half: int | None) -> Days | None:
    """The half of some years that is named: `nửa cuối thế kỷ 19` from 1851; all of them where none is."""
    if years is None or half is None:
        return years
    middle = (years[0].year + years[1].year) // 2
    return year_days(years[0].year, middle) if half == 1 else year_days(middle + 1, years[1].year)


def _days(point: Point, context: Context, tense: Tense) -> Days | None:
    if point.month is not None or point.quarter is not None or point.months is not None:
        return _part_of_year(point, context, tense)
    if point.weekday is not None and point.week is None:
        return _weekday(point, context, tense)
    if point.shift is not None:
        days = shifted(point.shift, context)
        return _within_month(point, days) if days and point.shift.unit is Grain.MONTH else days
    if point.day is not None:
        return _day_of_month(point.day, context, tense)
    if point.year is not None:
        return year_days(point.year)
    if point.decade is not None:
        return year_days(point.decade, point.decade + 9)
    return year_days(point.century * 100 - 99, point.century * 100) if point.century is not None else None


# ---- Relative points -----------------------------------------------------------------------------------------------


def shifted(shift: Shift, context: Context) -> Days | None:
    """The unit that lies so many units from its anchor; None where a partial anchor crosses the bounds of units."""
    anchor = _anchor(shift, context)
    if anchor is None:
        return None
    first, last = (_unit(day, shift.unit, shift.count) for day in anchor)
    return first if first == last else None


def _within_month(point: Point, month: Days) -> Days | None:
    """What a point names of its month: a day, the second week, the last Friday; all of it where it says no more."""
    if point.day is not None:
        return _day_within(point.day, month)
    if point.week is None:
        return month
    if point.weekday is not None:
        return _weekday_within(point.weekday, point.week, month)
    first, last = month
    if point.week < 0:
        return last - timedelta(6), last
    begin, length = 7 * point.week - 7, (last - first).days
    return (first + timedelta(begin), first + timedelta(min(begin + 6, length))) if begin <= length else None


def _weekday_within(weekday: int, number: int, month: Days) -> Days | None:
    """`thứ sáu cuối cùng của tháng 11`; every month has four of each."""
    first, last = month
    if number < 0:
        return one_day(last - timedelta((last.weekday() - weekday) % 7))
    return one_day(first + timedelta((weekday - first.weekday()) % 7 + 7 * number - 7))


def _day_within(day: int, month: Days) -> Days | None:
    """`ngày 4 tháng này`; `LAST_DAY` counts from the month's end."""
    if day == LAST_DAY:
        return one_day(month[1])
    return one_day(month[0].replace(day=day)) if day <= month[1].day else None


def _anchor(shift: Shift, context: Context) -> Days | None:
    if shift.anchor is Anchor.CONTEXT:
        if shift.unit is Grain.DAY:
            return one_day(context.day if shift.count else context.same_day)
        return context.days
    window = context.window
    if window is None or shift.anchor is Anchor.PUBLISHED:
        return window
    first, last = (date(max(day.year - (day.month < _SCHOOL_YEAR_BEGINS), MINYEAR), 1, 1) for day in window)
    return first, last


def _unit(day: date, unit: Grain, count: int) -> Days | None:
    """The whole unit so many units from the one that holds a day; None beyond the calendar's bounds."""
    try:
        if unit is Grain.DAY:
            return one_day(later(day, count))
        if unit is Grain.WEEK:
            monday = day + timedelta(7 * count - day.weekday())
            return monday, monday + timedelta(6)
        if unit in (Grain.MONTH, Grain.QUARTER):
            size = 1 if unit is Grain.MONTH else 3
            year, month = divmod(((day.year * 12 + day.month - 1) // size + count) * size, 12)
            return date(year, month + 1, 1), month_days(year, month + size)[1]
        if unit is Grain.CENTURY:
            first = ((day.year - 1) // 100 + count) * 100 + 1
            return year_days(first, first + 99)
        size = 10 if unit is Grain.DECADE else 1
        first = (day.year // size + count) * size
        return year_days(first, first + size - 1)
    except (ValueError, OverflowError):
        return None


def _weekday(point: Point, context: Context, tense: Tense) -> Days | None:
    assert point.weekday is not None
    shift, today = point.shift, context.today
    if shift is not None and shift.unit is Grain.WEEK:
        week = shifted(shift, context)
        if week is None:
            return None
        return (
            (week[0] + timedelta(5), week[1])
            if point.weekday == WEEKEND
            else one_day(week[0] + timedelta(point.weekday))
        )
    if today is None or point.weekday == WEEKEND:
        return None
    if shift is not None and shift.count == 0:
        return shifted(shift, context)
    ahead = (point.weekday - today.weekday()) % 7
    if shift is not None:
        return one_day(later(today, (ahead or 7) if shift.count > 0 else ahead - 7))
    return one_day(later(today, ahead if tense is Tense.FUTURE else -(-ahead % 7)))


def _day_of_month(day: int, context: Context, tense: Tense) -> Days | None:
    """`ngày 22` with no month: the nearest such day that fits the tense."""
    if context.published is None or context.published.month is None:
        return None

    def around(anchor: date) -> Days | None:
        months = [month for count in (-1, 0, 1) if (month := _unit(anchor, Grain.MONTH, count))]
        days = [(at, at) for first, last in months if day <= last.day and (at := date(first.year, first.month, day))]
        fitting = [days for days in days if _fits(days, context, tense)]
        return min(fitting, key=lambda days: _distance(days, anchor), default=None)

    return _agreed(context, around)


# ---- Parts of a year -----------------------------------------------------------------------------------------------


def _part_of_year(point: Point, context: Context, tense: Tense) -> Days | None:
    def in_year(year: int) -> Days | None:
        return days_in_year(point, year)

    if point.year is not None:
        return in_year(point.year)
    if point.shift is not None and point.shift.unit is Grain.YEAR:
        year = shifted(point.shift, context)
        return in_year(year[0].year) if year else None
    if point.shift is not None and point.shift.count:
        tense = Tense.PAST if point.shift.count < 0 else Tense.FUTURE
    if context.published is None:
        printed = context.printed.year_of(point)
        return in_year(printed) if printed is not None else None
    return nearest_year(in_year, context, tense)


def days_in_year(point: Point, year: int) -> Days | None:
    """The days of a part of a year in that year; None where it has none."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if point.months:
        return date(year, point.months[0], 1), month_days(year, point.months[1])[1]
    if point.quarter:
        return date(year, point.quarter * 3 - 2, 1), month_days(year, point.quarter * 3)[1]
    assert point.month is not None
    return _within_month(point, month_days(year, point.month))


def nearest_year(in_year: InYear, context: Context, tense: Tense) -> Days | None:
    """The stretch in the year nearest to publication that fits the tense; None where a partial date leaves it open."""
    assert context.published is not None
    if context.published.month is None:
        return in_year(context.published.year)
    # Only a day that not every year has, the 29th of February, lies further off than the next year.
    reach = 1 if in_year(_COMMON_YEAR) else 4

    def around(anchor: date) -> Days | None:
        years = range(max(anchor.year - reach, MINYEAR), min(anchor.year + reach, MAXYEAR) + 1)
        near = {year: days for year in years if (days := in_year(year))}
        fitting = [(year, days) for year, days in near.items() if _fits(days, context, tense)]
        weight = {year: 1 if year == anchor.year else _OTHER_YEAR for year in near}
        found = min(fitting, key=lambda item: _distance(item[1], anchor) * weight[item[0]], default=(0, None))[1]
        is_late = found and found[0] == found[1] and tense is Tense.FUTURE and _distance(found, anchor) > _NEARLY_A_YEAR
        return min(near.values(), key=lambda days: _distance(days, anchor)) if is_late else found

    return _agreed(context, around)


def _fits(days: Days, context: Context, tense: Tense) -> bool:
    """Whether days can lie where the tense puts them from some day on which the article may have been published."""
    window = context.window
    if window is None or tense is Tense.OPEN:
        return True
    return days[0] <= window[1] if tense is Tense.PAST else days[1] >= window[0]


def _distance(days: Days, anchor: date) -> int:
    return max((days[0] - anchor).days, (anchor - days[1]).days, 0)


def _agreed(context: Context, around: Callable[[date], Days | None]) -> Days | None:
    """What holds for the first and the last day on which the article may have been published."""
    window = context.window
    if window is None:
        return None
    first, last = (around(anchor) for anchor in window)
    return first if first == last else None


# ---- The lunar calendar --------------------------------------------------------------------------------------------


def _lunar(point: Point, context: Context, tense: Tense) -> Resolved:
    def in_year(year: int) -> Days | None:
        return solar(LunarDay(year, point.month, point.day, bool(point.leap)))

    year = point.year
    if year is None and point.cyclic and context.published:
        year = cyclic_year(point.cyclic, context.published.year)
    relative = point.year is None
    if year is not None:
        days = in_year(year)
    elif context.published is None or point.cyclic:
        days = None
    else:
        days = nearest_year(in_year, context, tense)
    if days is None:
        return Resolved(None, relative=relative)
    if year is None:
        year = next(year for year in (days[0].year, days[0].year - 1) if in_year(year) == days)
    return Resolved(days, timex_of_days(days), relative, lunar=str(LunarDay(year, point.month, point.day)))
