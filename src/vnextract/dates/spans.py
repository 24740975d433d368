"""From ranges and lengths to days of the calendar."""

from calendar import monthrange
from datetime import date, timedelta

from vnextract.dates.context import Context, Days, Tense, later, one_day
from vnextract.dates.lunar import cyclic_year
from vnextract.dates.points import Length, Now, Point, Range, Shift, is_finer
from vnextract.dates.resolve import Resolved, days_in_year, is_possible, nearest_year, resolve, shifted
from vnextract.records import Grain

_FEWEST = 3
"""Months of the year from which their number alone means them."""
_NEARLY_OVER = 18
"""The day of a month from which its results are reported."""


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
        first = first._replace(cyclic=None, year=cyclic_year(first.cyclic, resolved_last.days[1].year))
    resolved_first = resolve(first, context, tense)
    if resolved_first.days and _is_bare_weekday(last):
        resolved_last = resolved_last._replace(days=one_day(_next(last, resolved_first.days[1])))
    return resolved_first, resolved_last


def _range_of_year(first: Point, last: Point, context: Context, tense: Tense) -> tuple[Resolved, Resolved]:
    """`1/3 đến 5/3`, `tháng 4 đến tháng 11`: both ends in the year that suits the whole."""
    is_real = all(is_possible(end.day, end.month) for end in (first, last))
    if not is_real or context.published is None:
        return _range_of_one_end(first, last, context)

    def in_year(year: int) -> Days | None:
        end = days_in_year(last, year)
        begin = days_in_year(_at_most(first, end[1]), _at_most(first, end[1]).year or year) if end else None
        return (begin[0], end[1]) if begin and end else None

    days = nearest_year(in_year, context, tense)
    if days is None:
        return Resolved(None, relative=True), Resolved(None, relative=True)
    return tuple(Resolved(one_day(day), relative=True) for day in days)  # type: ignore[return-value]


def _range_of_one_end(first: Point, last: Point, context: Context) -> tuple[Resolved, Resolved]:
    """`4-8/1` in an article without a date that says `4/1/2016` elsewhere: the year of one end is that of the other."""
    begin, end = resolve(first, context), resolve(last, context)
    if begin.days and not end.days:
        _, dated = _lent(first._replace(year=begin.days[0].year), last)
        return begin, resolve(dated, context)
    if end.days and not begin.days:
        return resolve(_at_most(first, end.days[1]), context), end
    return begin, end


def _end(end: Point | Now, context: Context, tense: Tense) -> Resolved:
    if isinstance(end, Point):
        return resolve(end, context, tense)
    return Resolved(one_day(context.today), relative=True)


def _lent(first: Point, last: Point) -> tuple[Point, Point]:
    """`18 và 19/4`, `8h - 17h ngày 22/4`, `tháng 1 đến tháng 3/2019`, `1/10/2026 đến 30/9`."""
    if is_finer(first.grain, Grain.DAY) and first.day is None and first.shift is None and first.weekday is None:
        first = last._replace(hour=first.hour, minute=first.minute, part=first.part or last.part, grain=first.grain)
    elif first.day is not None and first.month is None and first.shift is None:
        first = month_of(first, last)
    elif first.weekday is not None and first.shift is None and first.day is None:
        first = first._replace(shift=last.shift)
    if _lacks_year(last) and first.year is not None and first.month is not None and last.month is not None:
        later = (last.month, last.day or 0) >= (first.month, first.day or 0)
        last = last._replace(year=first.year + (not later))
    if first.lunar is None and last.lunar:
        first = first._replace(lunar=True)
    if first.lunar and last.cyclic and not first.cyclic and first.year is None:
        first = first._replace(cyclic=last.cyclic)
    return first, last


def month_of(first: Point, last: Point) -> Point:
    """A bare day with the month of the later one, or with the month before: `ngày 28 đến 2/5`."""
    if last.month is None or last.day is None or first.day is None:
        return first
    if first.day <= last.day:
        return first._replace(month=last.month, year=last.year, lunar=last.lunar, cyclic=last.cyclic)
    year = last.year - 1 if last.year and last.month == 1 else last.year
    return first._replace(month=last.month - 1 or 12, year=year, lunar=last.lunar)


def _is_bare_weekday(point: Point) -> bool:
    return point.weekday is not None and point.weekday >= 0 and point.shift is None and point.day is None


def _next(point: Point, day: date) -> date | None:
    """The first such weekday after a day."""
    return later(day, ((point.weekday or 0) - day.weekday() - 1) % 7 + 1)


def _lacks_year(point: Point) -> bool:
    in_year = point.month is not None or point.quarter is not None
    return in_year and point.year is None and point.shift is None and point.cyclic is None


def _at_most(point: Point, last: date) -> Point:
    """A point in the latest year that lets it begin no later than a day."""
    month = point.month or (point.quarter or 1) * 3 - 2
    return point._replace(year=last.year if (month, point.day or 1) <= (last.month, last.day) else last.year - 1)


# ---- Lengths that lie before or after publication ------------------------------------------------------------------


def days_ago(length: Length, context: Context) -> Days | None:
    """The unit that lies so long before publication: `3 ngày trước`, `hai thập kỷ trước`."""
    if not length.is_exact or length.grain not in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR):
        return None
    return shifted(Shift(length.grain, -int(length.count)), context)


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
            return later(day, count * (7 if grain is Grain.WEEK else 1))
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


def just_passed(length: Length, context: Context) -> bool:
    """Whether so many months of the year, three or more, were over at publication, or nearly so."""
    today = context.today
    return today is not None and _FEWEST <= length.count == today.month - (today.day < _NEARLY_OVER)
