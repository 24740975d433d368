"""From points to days of the calendar, by the publication date and by what the article has named so far."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from vnextract.article import Published
from vnextract.dates.lunar import LunarDay, cyclic_year, solar
from vnextract.dates.timex import timex_of_days, timex_of_point
from vnextract.dates.points import LAST_DAY, WEEKEND, Anchor, Length, Now, Point, Range, Shift, is_finer
from vnextract.records import Grain

_SCHOOL_YEAR_BEGINS = 8
"""The month in which articles begin to mean the new school year."""
_SAME_DAY_REACH = 250
"""So many characters back, `cùng ngày` means the day named last."""
_SAME_DAY_DAYS = 7
_REMEMBERED = 50
"""So many of the days named last are looked through."""
_SOON_AFTER = 1
"""So many months at most after a month that an article prints with its year may the rest of it have happened."""
_COMMON_YEAR = 2025
_OTHER_YEAR = 2
"""So many times nearer to publication than in its own year must a day or month be in another one to belong there."""

Days = tuple[date, date]
"""A closed interval of days."""
InYear = Callable[[int], Days | None]
"""The days of a recurring stretch (`24/5`, `tháng 9`) in a year; None where that year has none."""


class Tense(StrEnum):
    """Where the words around an expression place it."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


def _months_of(point: Point) -> tuple[int, int] | None:
    """First and last month of a part of a year."""
    if point.quarter is not None:
        return point.quarter * 3 - 2, point.quarter * 3
    return (point.month, point.month) if point.month is not None else point.months


@dataclass(frozen=True, slots=True)
class Printed:
    """The stretches of a year that an article prints with their year: days, months, quarters."""

    days: frozenset[tuple[int, int, int]]
    """(year, month, day)."""
    latest: tuple[int, frozenset[tuple[int, int]]] | None
    """The latest year of them, and the first and last months of its stretches."""

    @classmethod
    def of(cls, points: Iterable[Point]) -> "Printed":
        """Of points with a year."""
        days: set[tuple[int, int, int]] = set()
        months: dict[int, set[tuple[int, int]]] = {}
        for point in points:
            span = _months_of(point)
            if point.year is None or span is None:
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

        >>> Printed.of([Point(Grain.MONTH, month=4, year=2019)]).year_of(Point(Grain.DAY, day=11, month=5))
        2019
        """
        same = {year for year, month, day in self.days if (month, day) == (point.month, point.day)}
        if same:
            return same.pop() if len(same) == 1 else None
        span = _months_of(point)
        if self.latest is None or span is None:
            return None
        year, spans = self.latest
        if any(first <= span[0] <= last for first, last in spans):
            return year
        after = min((span[0] - last) % 12 for _, last in spans)
        return year + (span[0] <= after) if after <= _SOON_AFTER else None


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
    printed: Printed = field(default_factory=lambda: Printed.of(()))
    """What the article prints with its year; asked where no publication date settles one."""

    @property
    def window(self) -> Days | None:
        """The days on which the article may have been published."""
        if self.published is None:
            return None
        year, month, day = self.published.year, self.published.month, self.published.day
        if month is None:
            return _years(year)
        return (date(year, month, day),) * 2 if day else _month(year, month)

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


@dataclass(frozen=True, slots=True)
class Resolved:
    """A point with its days; None where the text and the publication date do not settle them."""

    days: Days | None
    timex: str | None = None
    relative: bool = False
    lunar: str | None = None
    is_possible: bool = True
    """False where no calendar has such a day."""


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _years(first: int, last: int | None = None) -> Days:
    return date(first, 1, 1), date(last or first, 12, 31)


def _plus(day: date, count: int) -> date | None:
    """So many days later; None beyond the calendar's bounds."""
    try:
        return day + timedelta(count)
    except OverflowError:
        return None


def _one(day: date | None) -> Days | None:
    return (day, day) if day else None


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

    >>> resolve(Point(Grain.DAY, day=24, month=5), Context(Published(2023, 6, 1))).timex
    '2023-05-24'
    """
    if point.lunar:
        return _lunar(point, context, tense)
    if not is_possible(point.day, point.month, point.year):
        return Resolved(None, is_possible=False)
    days = _days(point, context, tense)
    is_absolute = any(part is not None for part in (point.year, point.decade, point.century))
    return Resolved(days, timex_of_point(point, days), not is_absolute)


def _days(point: Point, context: Context, tense: Tense) -> Days | None:
    if point.month is not None or point.quarter is not None or point.months is not None:
        return _part_of_year(point, context, tense)
    if point.weekday is not None:
        return _weekday(point, context, tense)
    if point.shift is not None:
        days = _shifted(point.shift, context)
        return _day_within(point.day, days) if days and point.day and point.shift.unit is Grain.MONTH else days
    if point.day is not None:
        return _day_of_month(point.day, context, tense)
    if point.year is not None:
        return _years(point.year)
    if point.decade is not None:
        return _years(point.decade, point.decade + 9)
    return _years(point.century * 100 - 99, point.century * 100) if point.century is not None else None


# ---- Relative points -----------------------------------------------------------------------------------------------


def _shifted(shift: Shift, context: Context) -> Days | None:
    """The unit that lies so many units from its anchor; None where a partial anchor crosses the bounds of units."""
    anchor = _anchor(shift, context)
    if anchor is None:
        return None
    first, last = (_unit(day, shift.unit, shift.count) for day in anchor)
    return first if first == last else None


def _day_within(day: int, month: Days) -> Days | None:
    """`ngày 4 tháng này`; `LAST_DAY` counts from the month's end."""
    if day == LAST_DAY:
        return _one(month[1])
    return _one(month[0].replace(day=day)) if day <= month[1].day else None


def _anchor(shift: Shift, context: Context) -> Days | None:
    if shift.anchor is Anchor.CONTEXT:
        if shift.unit is Grain.DAY:
            return _one(context.day if shift.count else context.same_day)
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
            return _one(_plus(day, count))
        if unit is Grain.WEEK:
            monday = day + timedelta(7 * count - day.weekday())
            return monday, monday + timedelta(6)
        if unit in (Grain.MONTH, Grain.QUARTER):
            size = 1 if unit is Grain.MONTH else 3
            year, month = divmod(((day.year * 12 + day.month - 1) // size + count) * size, 12)
            return date(year, month + 1, 1), _month(year, month + size)[1]
        if unit is Grain.CENTURY:
            first = ((day.year - 1) // 100 + count) * 100 + 1
            return _years(first, first + 99)
        size = 10 if unit is Grain.DECADE else 1
        first = (day.year // size + count) * size
        return _years(first, first + size - 1)
    except (ValueError, OverflowError):
        return None


def _weekday(point: Point, context: Context, tense: Tense) -> Days | None:
    assert point.weekday is not None
    shift, today = point.shift, context.today
    if shift is not None and shift.unit is Grain.WEEK:
        week = _shifted(shift, context)
        if week is None:
            return None
        return (
            (week[0] + timedelta(5), week[1]) if point.weekday == WEEKEND else _one(week[0] + timedelta(point.weekday))
        )
    if today is None or point.weekday == WEEKEND:
        return None
    if shift is not None and shift.count == 0:
        return _shifted(shift, context)
    ahead = (point.weekday - today.weekday()) % 7
    if shift is not None:
        return _one(_plus(today, (ahead or 7) if shift.count > 0 else ahead - 7))
    return _one(_plus(today, ahead if tense is Tense.FUTURE else -(-ahead % 7)))


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
        return _in_year(point, year)

    if point.year is not None:
        return in_year(point.year)
    if point.shift is not None and point.shift.unit is Grain.YEAR:
        year = _shifted(point.shift, context)
        return in_year(year[0].year) if year else None
    if point.shift is not None and point.shift.count:
        tense = Tense.PAST if point.shift.count < 0 else Tense.FUTURE
    if context.published is None:
        printed = context.printed.year_of(point)
        return in_year(printed) if printed is not None else None
    return _nearest_year(in_year, context, tense)


def _in_year(point: Point, year: int) -> Days | None:
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if point.months:
        return date(year, point.months[0], 1), _month(year, point.months[1])[1]
    if point.quarter:
        return date(year, point.quarter * 3 - 2, 1), _month(year, point.quarter * 3)[1]
    assert point.month is not None
    first, last = _month(year, point.month)
    if point.day is not None:
        return _day_within(point.day, (first, last))
    if point.week is None:
        return first, last
    if point.week < 0:
        return last - timedelta(6), last
    return first + timedelta(7 * point.week - 7), min(first + timedelta(7 * point.week - 1), last)


def _nearest_year(in_year: InYear, context: Context, tense: Tense) -> Days | None:
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
        return min(fitting, key=lambda item: _distance(item[1], anchor) * weight[item[0]], default=(0, None))[1]

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
        days = _nearest_year(in_year, context, tense)
    if days is None:
        return Resolved(None, relative=relative)
    if year is None:
        year = next(year for year in (days[0].year, days[0].year - 1) if in_year(year) == days)
    return Resolved(days, timex_of_days(days), relative, lunar=str(LunarDay(year, point.month, point.day)))


# ---- Ranges --------------------------------------------------------------------------------------------------------


def resolve_range(span: Range, context: Context, tense: Tense = Tense.OPEN) -> tuple[Resolved, Resolved]:
    """The two ends of a range, each lending the other what it leaves out; unsettled where they are in no order."""
    ends = first, last = _ends(span, context, tense)
    if first.days and last.days and first.days[0] > last.days[1]:
        return Resolved(None, relative=True), Resolved(None, relative=True)
    return ends


def _ends(span: Range, context: Context, tense: Tense) -> tuple[Resolved, Resolved]:
    if not isinstance(span.first, Point) or not isinstance(span.last, Point):
        return _end(span.first, context, tense), _end(span.last, context, tense)
    first, last = _lent(span.first, span.last)
    if _lacks_year(first) and _lacks_year(last) and not (first.lunar or last.lunar):
        return _range_of_year(first, last, context, tense)
    resolved_last = resolve(last, context, tense)
    if resolved_last.days and not first.lunar and _lacks_year(first):
        first = _at_most(first, resolved_last.days[1])
    elif resolved_last.days and first.lunar and first.cyclic:
        first = replace(first, cyclic=None, year=cyclic_year(first.cyclic, resolved_last.days[1].year))
    resolved_first = resolve(first, context, tense)
    if resolved_first.days and _is_bare_weekday(last):
        resolved_last = replace(resolved_last, days=_one(_next(last, resolved_first.days[1])))
    return resolved_first, resolved_last


def _range_of_year(first: Point, last: Point, context: Context, tense: Tense) -> tuple[Resolved, Resolved]:
    """`1/3 đến 5/3`, `tháng 4 đến tháng 11`: both ends in the year that suits the whole."""
    is_real = all(is_possible(end.day, end.month) for end in (first, last))
    if not is_real or context.published is None:
        return _range_of_one_end(first, last, context)

    def in_year(year: int) -> Days | None:
        end = _in_year(last, year)
        begin = _in_year(_at_most(first, end[1]), _at_most(first, end[1]).year or year) if end else None
        return (begin[0], end[1]) if begin and end else None

    days = _nearest_year(in_year, context, tense)
    if days is None:
        return Resolved(None, relative=True), Resolved(None, relative=True)
    return tuple(Resolved(_one(day), relative=True) for day in days)  # type: ignore[return-value]


def _range_of_one_end(first: Point, last: Point, context: Context) -> tuple[Resolved, Resolved]:
    """`4-8/1` in an article without a date that says `4/1/2016` elsewhere: the year of one end is that of the other."""
    begin, end = resolve(first, context), resolve(last, context)
    if begin.days and not end.days:
        _, dated = _lent(replace(first, year=begin.days[0].year), last)
        return begin, resolve(dated, context)
    if end.days and not begin.days:
        return resolve(_at_most(first, end.days[1]), context), end
    return begin, end


def _end(end: Point | Now, context: Context, tense: Tense) -> Resolved:
    if isinstance(end, Point):
        return resolve(end, context, tense)
    return Resolved(_one(context.today), relative=True)


def _lent(first: Point, last: Point) -> tuple[Point, Point]:
    """`18 và 19/4`, `8h - 17h ngày 22/4`, `tháng 1 đến tháng 3/2019`, `1/10/2026 đến 30/9`."""
    if is_finer(first.grain, Grain.DAY) and first.day is None and first.shift is None and first.weekday is None:
        first = replace(last, hour=first.hour, minute=first.minute, part=first.part or last.part, grain=first.grain)
    elif first.day is not None and first.month is None and first.shift is None:
        first = month_of(first, last)
    elif first.weekday is not None and first.shift is None and first.day is None:
        first = replace(first, shift=last.shift)
    if _lacks_year(last) and first.year is not None and first.month is not None and last.month is not None:
        later = (last.month, last.day or 0) >= (first.month, first.day or 0)
        last = replace(last, year=first.year + (not later))
    if first.lunar is None and last.lunar:
        first = replace(first, lunar=True)
    if first.lunar and last.cyclic and not first.cyclic and first.year is None:
        first = replace(first, cyclic=last.cyclic)
    return first, last


def month_of(first: Point, last: Point) -> Point:
    """A bare day with the month of the later one, or with the month before: `ngày 28 đến 2/5`."""
    if last.month is None or last.day is None or first.day is None:
        return first
    if first.day <= last.day:
        return replace(first, month=last.month, year=last.year, lunar=last.lunar, cyclic=last.cyclic)
    year = last.year - 1 if last.year and last.month == 1 else last.year
    return replace(first, month=last.month - 1 or 12, year=year, lunar=last.lunar)


def _is_bare_weekday(point: Point) -> bool:
    return point.weekday is not None and point.weekday >= 0 and point.shift is None and point.day is None


def _next(point: Point, day: date) -> date | None:
    """The first such weekday after a day."""
    return _plus(day, ((point.weekday or 0) - day.weekday() - 1) % 7 + 1)


def _lacks_year(point: Point) -> bool:
    in_year = point.month is not None or point.quarter is not None
    return in_year and point.year is None and point.shift is None and point.cyclic is None


def _at_most(point: Point, last: date) -> Point:
    """A point in the latest year that lets it begin no later than a day."""
    month = point.month or (point.quarter or 1) * 3 - 2
    return replace(point, year=last.year if (month, point.day or 1) <= (last.month, last.day) else last.year - 1)


# ---- Lengths that lie before or after publication ------------------------------------------------------------------


def days_ago(length: Length, context: Context) -> Days | None:
    """The unit that lies so long before publication: `3 ngày trước`, `hai thập kỷ trước`."""
    if not length.is_exact or length.grain not in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR):
        return None
    return _shifted(Shift(length.grain, -int(length.count)), context)


def days_around(length: Length, context: Context) -> Days | None:
    """The days of a length that ends or begins at publication: `3 tháng qua`, `3 ngày tới`."""
    today = context.today
    if today is None or not length.is_exact or not length.direction:
        return None
    far = _far(today, length.grain, int(length.count) * length.direction)
    if far is None:
        return None
    return (far + timedelta(1), today) if length.direction < 0 else (today + timedelta(1), far)


def _far(day: date, grain: Grain, count: int) -> date | None:
    try:
        if grain in (Grain.DAY, Grain.WEEK):
            return _plus(day, count * (7 if grain is Grain.WEEK else 1))
        if grain not in (Grain.MONTH, Grain.YEAR):
            return None
        year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if grain is Grain.YEAR else 1), 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def reported_months(length: Length, context: Context) -> Point | None:
    """`9 tháng` as the first months of the year, where they had just passed at publication."""
    today, count = context.today, int(length.count)
    if today is None or length.unit != "tháng" or not length.is_exact or length.direction or length.is_ago:
        return None
    if not 2 <= count <= today.month or not (count in (6, 9) or today.month - count <= 2):
        return None
    return Point(Grain.MONTH, months=(1, count), shift=Shift(Grain.YEAR, 0))
