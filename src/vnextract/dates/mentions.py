"""From expressions to mentions: each resolved by the words around it and by what the article has named so far."""

import re
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from vnextract.article import Published
from vnextract.dates.context import Context, Days, Tense, later, year_days
from vnextract.dates.forms import AND, RESTATED
from vnextract.dates.join import Expression
from vnextract.dates.judges import counts_from_january
from vnextract.dates.models import DateMention
from vnextract.dates.points import WEEKEND, Anchor, Length, Meaning, Now, Point, Range, Shift, finest, is_finer
from vnextract.dates.resolve import Resolved, resolve
from vnextract.dates.spans import days_ago, days_around, just_passed, reported_months, resolve_range
from vnextract.dates.tense import attached_tense, clause_tense, is_compared
from vnextract.dates.timex import timex_of_days
from vnextract.records import DateKind, Grain

_TOLD_REACH = 250
"""So many characters back, `so với năm trước` looks for the year that is told of."""
_FRESH = 45
"""So many days after its end may an article tell a quarter's results and mean the next one by `quý tới`."""
_WEEK = 7
_SENTENCE_END = re.compile(r"[.;!?] |\n")
_FAR = 60
"""Where the nearest year lies so many days on the wrong side of publication, the tense of the clause decides."""


class Place(NamedTuple):
    """An expression where it stands: in the lower-cased text, before the one that follows."""

    low: str
    expression: Expression
    following: Expression | None

    @property
    def start(self) -> int:
        """Where the expression begins."""
        return self.expression.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.expression.end

    @property
    def clause_tense(self) -> Tense:
        """The tense of the clause around."""
        return clause_tense(self.low, self.start, self.end)

    @property
    def attached_tense(self) -> Tense:
        """The tense of the words that touch the expression."""
        return attached_tense(self.low, self.start, self.end)

    def after_beside(self, context: Context) -> str | None:
        """What parts it from the days right before, if it may be one of them or restate them."""
        gap = self.low[context.beside[1] : self.start] if context.beside else ""
        return gap if RESTATED.fullmatch(gap) or AND.fullmatch(gap) else None

    @property
    def is_bare_year(self) -> bool:
        """Whether it ends in `năm` and does not say which: `cuối năm`."""
        return self.low.endswith(" năm", self.start, self.end)

    @property
    def is_compared(self) -> bool:
        """Whether something is compared with it."""
        return is_compared(self.low, self.start)


def ends_of(meaning: Meaning) -> tuple[Point, ...]:
    """The points of a meaning: itself, or both ends of a range."""
    ends = (meaning.first, meaning.last) if isinstance(meaning, Range) else (meaning,)
    return tuple(end for end in ends if isinstance(end, Point))


def mention_of(place: Place, context: Context) -> tuple[DateMention, bool]:
    """The mention of an expression, and whether a calendar has its days; the context keeps what it names."""
    meaning = place.expression.meaning
    if isinstance(meaning, Point):
        return _date(place, meaning, context)
    if isinstance(meaning, Range):
        return _range(place, meaning, context)
    if isinstance(meaning, Length):
        return _length(place, meaning, context), True
    return _new(place, DateKind.SET, meaning.grain, timex=meaning.timex), True


def _new(
    place: Place,
    kind: DateKind,
    grain: Grain,
    days: tuple[date | None, date | None] | None = None,
    duration: str | None = None,
    timex: str | None = None,
    relative: bool = False,
    lunar: str | None = None,
) -> DateMention:
    first, last = days or (None, None)
    rule = place.expression.rule
    return DateMention(place.start, place.end, kind, first, last, duration, timex, grain, relative, rule, lunar)


# ---- Dates -----------------------------------------------------------------------------------------------------------


def _date(place: Place, point: Point, context: Context) -> tuple[DateMention, bool]:
    resolved = (
        _restated(place, point, context)
        or _beside(place, point, context)
        or _resolved(place, point, _against_told(place, point, context))
    )
    _remember(place, point, resolved.days, context)
    _stand_beside(place, resolved.days, context)
    mention = _new(
        place,
        DateKind.DATE,
        point.grain,
        resolved.days,
        timex=resolved.timex,
        relative=resolved.relative,
        lunar=resolved.lunar,
    )
    return mention, resolved.is_possible


def _resolved(place: Place, point: Point, context: Context) -> Resolved:
    if point.weekday is not None and point.shift is None and point.month is None:
        return resolve(point, context, place.clause_tense)
    attached = place.attached_tense
    resolved = resolve(point, context, attached)
    is_open = attached is Tense.OPEN and point.month is not None and point.shift is None
    if resolved.days and resolved.relative and is_open:
        tense = place.clause_tense
        if _contradicts(resolved.days, tense, context):
            return resolve(point, context, tense)
    return resolved


def _contradicts(days: Days, tense: Tense, context: Context) -> bool:
    window = context.window
    if window is None or tense is Tense.OPEN:
        return False
    return (days[0] - window[1]).days > _FAR if tense is Tense.PAST else (window[0] - days[1]).days > _FAR


def _restated(place: Place, point: Point, context: Context) -> Resolved | None:
    """By the day that follows a relative one in brackets or after a comma: `chiều qua (24/5)`."""
    following = place.following
    other = following.meaning if following else None
    if following is None or not isinstance(other, Point) or not other.day or not other.month or other.hour is not None:
        return None
    if point.day is not None or point.month is not None or not (point.is_deictic_day or point.weekday is not None):
        return None
    gap = RESTATED.match(place.low, place.end)
    days = resolve(other, context).days if gap and gap.end() == following.start else None
    if days is None:
        return None
    resolved = resolve(point.on(days[0]), context)
    return Resolved(resolved.days, resolved.timex, relative=True)


def _beside(place: Place, point: Point, context: Context) -> Resolved | None:
    """By the days that stand right before a weekday: `9/5 (Thứ Bảy)`, `ngày 6, 7/5 (thứ Tư, thứ Năm)`."""
    gap = place.after_beside(context)
    if not _is_bare_weekday(point) or context.beside is None or gap is None:
        return None
    first, last = context.beside[0]
    day = later(first, ((point.weekday or 0) - first.weekday()) % _WEEK)
    if day is None or day > last:
        # A bracket speaks of its day even where one of the two is wrong.
        if first != last or not gap.endswith(("(", "[")):
            return None
        day = first
    return resolve(point.on(day), context)._replace(relative=True)


def _is_bare_weekday(point: Point) -> bool:
    """Whether a point is a weekday of no week, month or year."""
    return point.weekday not in (None, WEEKEND) and point.shift is None and point.week is None and point.day is None


def _stand_beside(place: Place, days: Days | None, context: Context) -> None:
    """Keep the days of less than a week for a weekday that follows, with those listed before them."""
    if days is None or (days[1] - days[0]).days >= _WEEK:
        context.beside = None
        return
    if context.beside and place.after_beside(context) is not None:
        first, last = context.beside[0]
        if 0 <= (days[1] - first).days < _WEEK:
            days = first, max(days[1], last)
    context.beside = days, place.end


def _remember(place: Place, point: Point, days: Days | None, context: Context) -> None:
    """Keep what was named for what refers to it later."""
    if point.shift is not None and point.shift.anchor is Anchor.CONTEXT and days is None:
        return
    if not is_finer(Grain.DAY, point.grain):
        context.named.append((days[0] if days and days[0] == days[1] else None, place.end))
    context.days = days
    if days and point.grain is Grain.QUARTER:
        context.quarter = days
    if days and not place.is_compared:
        context.told = days, place.end


def _after_reported(shift: Shift, context: Context) -> Context:
    """`quý tới` counts from the quarter whose results are told, while they are fresh."""
    today, quarter = context.today, context.quarter
    if shift.unit is not Grain.QUARTER or today is None or quarter is None:
        return context
    last = quarter[1]
    is_fresh = 0 < (today - last).days <= _FRESH
    return replace(context, published=Published(last.year, last.month, last.day)) if is_fresh else context


def _against_told(place: Place, point: Point, context: Context) -> Context:
    """`so với năm trước` counts from the year that is told of, where the article has just named one."""
    shift, told = point.shift, context.told
    if shift is not None and shift.anchor is Anchor.PUBLISHED and shift.count == 1:
        return _after_reported(shift, context)
    if shift is not None and shift.unit is Grain.YEAR and place.is_bare_year:
        return _in_told_year(place, context)
    if shift is None or told is None or shift.anchor is not Anchor.PUBLISHED or shift.count != -1:
        return context
    if not is_finer(Grain.WEEK, shift.unit) or (context.window and told[0][1] > context.window[1]):
        return context
    if not place.low.startswith("trước", place.end - len("trước")) or not place.is_compared:
        return context
    days, where = told
    is_near = place.start - where <= _TOLD_REACH and "\n" not in place.low[where : place.start]
    return replace(context, published=Published(days[1].year, days[1].month, days[1].day)) if is_near else context


def _in_told_year(place: Place, context: Context) -> Context:
    """`cuối năm` belongs to the year that its sentence has named: `Năm ngoái, đội nghỉ giai đoạn cuối năm`."""
    if context.told is None:
        return context
    (first, last), where = context.told
    between = place.low[where : place.start]
    is_year = (first, last) == year_days(first.year)
    if not is_year or place.start - where > _TOLD_REACH or _SENTENCE_END.search(between):
        return context
    return replace(context, published=Published(first.year, last.month, last.day))


# ---- Ranges, lengths -------------------------------------------------------------------------------------------------


def _range(place: Place, span: Range, context: Context) -> tuple[DateMention, bool]:
    first, last = resolve_range(span, context, place.attached_tense)
    days = first.days[0] if first.days else None, last.days[1] if last.days else None
    grain = finest(*(end.grain for end in ends_of(span)))
    if not _is_era(grain, *days):
        _remember(place, ends_of(span)[-1], last.days, context)
    _stand_beside(place, (days[0], days[1]) if days[0] and days[1] else None, context)
    mention = _new(place, DateKind.RANGE, grain, days, relative=_is_relative(span))
    return mention, first.is_possible and last.is_possible


def _is_era(grain: Grain, first: date | None, last: date | None) -> bool:
    """Whether a range from day to day takes years, as a life or an anniversary does: no story goes on from its end."""
    return bool(grain is Grain.DAY and first and last and last.year - first.year > 1)


def _is_relative(span: Range) -> bool:
    ends = (span.first, span.last)
    return any(isinstance(end, Now) or end.shift is not None for end in ends) or not any(
        isinstance(end, Point) and (end.year or end.century or end.decade) for end in ends
    )


def _length(place: Place, length: Length, context: Context) -> DateMention:
    reported = reported_months(length, context)
    passed = just_passed(length, context)
    if reported and counts_from_january(place.low, place.start, place.end, just_passed=passed):
        return _date(place._replace(following=None), reported, context)[0]
    if length.is_ago:
        days = days_ago(length, context)
        timex = timex_of_days(days) if days else None
        return _new(place, DateKind.DATE, length.grain, days, timex=timex, relative=True)
    days = days_around(length, context)
    return _new(
        place, DateKind.DURATION, length.grain, days, length.duration, length.duration, relative=length.direction != 0
    )
