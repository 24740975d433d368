"""The stage of dates: what a text says of time, resolved against the day it was published."""

from dataclasses import replace

from vnextract.article import Published
from vnextract.dates.borrowing import borrowed
from vnextract.dates.context import Context, Days, Printed, Tense
from vnextract.dates.forms import RESTATED
from vnextract.dates.join import Expression, expressions
from vnextract.dates.judges import counts_from_january
from vnextract.dates.models import DateMention
from vnextract.dates.points import Anchor, Length, Now, Point, Range, finest, is_finer
from vnextract.dates.resolve import Resolved, resolve
from vnextract.dates.spans import days_ago, days_around, reported_months, resolve_range
from vnextract.dates.tense import attached_tense, clause_tense, is_compared
from vnextract.dates.timex import timex_of_days
from vnextract.records import DateKind, Grain
from vnextract.text.document import Text
from vnextract.text.letters import lowered

_IDLE = frozenset({"ngày ấy", "ngày đó", "ngày này"})
"""Expressions that mean "in those days" unless the article has named a day before."""
_TOLD_REACH = 250
"""So many characters back, `so với năm trước` looks for the year that is told of."""
_FAR = 60
"""Where the nearest year lies so many days on the wrong side of publication, the tense of the clause decides."""


def find_dates(text: Text, published: Published | None) -> tuple[tuple[DateMention, ...], tuple[str, ...]]:
    """The temporal expressions of a text, sorted and apart, and a warning for each day that no calendar has.

    >>> found, warnings = find_dates(Text("Hạn nộp là ngày 31/6."), Published(2025))
    >>> warnings
    ("no such day in the calendar: 'ngày 31/6'",)
    """
    low = lowered(text.norm)
    found = borrowed(low, expressions(text.norm, low))
    context = Context(published, printed=_printed(found))
    mentions: list[DateMention] = []
    warnings: list[str] = []
    for index, expression in enumerate(found):
        context.at = expression.start
        if context.day is None and low[expression.start : expression.end] in _IDLE:
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        mention, is_possible = _mention(low, expression, following, context)
        mentions.append(mention)
        if not is_possible:
            warnings.append(f"no such day in the calendar: {text.norm[mention.start : mention.end]!r}")
    return tuple(mentions), tuple(warnings)


def _ends(meaning: object) -> tuple[Point, ...]:
    ends = (meaning.first, meaning.last) if isinstance(meaning, Range) else (meaning,)
    return tuple(end for end in ends if isinstance(end, Point))


def _printed(found: list[Expression]) -> Printed:
    """The stretches of a year that the text prints with their year."""
    points = (point for expression in found for point in _ends(expression.meaning))
    return Printed.of(point for point in points if point.year is not None and not point.lunar)


def _mention(
    low: str, expression: Expression, following: Expression | None, context: Context
) -> tuple[DateMention, bool]:
    """The mention of an expression, and whether a calendar has its days."""
    meaning = expression.meaning
    if isinstance(meaning, Point):
        return _date(low, expression, meaning, following, context)
    if isinstance(meaning, Range):
        return _range(low, expression, meaning, context)
    if isinstance(meaning, Length):
        return _length(low, expression, meaning, context), True
    return _new(expression, DateKind.SET, meaning.grain, timex=meaning.timex), True


def _new(
    expression: Expression,
    kind: DateKind,
    grain: Grain,
    days: Days | None = None,
    duration: str | None = None,
    timex: str | None = None,
    relative: bool = False,
) -> DateMention:
    first, last = days or (None, None)
    return DateMention(
        expression.start, expression.end, kind, first, last, duration, timex, grain, relative, expression.rule
    )


# ---- Dates ---------------------------------------------------------------------------------------------------------


def _date(
    low: str, expression: Expression, point: Point, following: Expression | None, context: Context
) -> tuple[DateMention, bool]:
    resolved = _settled(low, expression, point, following, context)
    mention = _new(
        expression, DateKind.DATE, point.grain, resolved.days, timex=resolved.timex, relative=resolved.relative
    )
    mention.lunar = resolved.lunar
    _remember(low, expression, point, resolved.days, context)
    return mention, resolved.is_possible


def _settled(
    low: str, expression: Expression, point: Point, following: Expression | None, context: Context
) -> Resolved:
    restated = _restated(low, expression, point, following)
    explicit = resolve(restated, context).days if restated else None
    if explicit:
        resolved = resolve(point.on(explicit[0]), context)
        return Resolved(resolved.days, resolved.timex, relative=True)
    return _resolved(low, expression, point, context)


def _resolved(low: str, expression: Expression, point: Point, context: Context) -> Resolved:
    context = _against_told(low, expression, point, context)
    start, end = expression.start, expression.end
    if point.weekday is not None and point.shift is None and point.month is None:
        return resolve(point, context, clause_tense(low, start, end))
    resolved = resolve(point, context, attached_tense(low, start, end))
    if resolved.days and resolved.relative and point.month is not None and point.shift is None:
        tense = clause_tense(low, start, end)
        if _contradicts(resolved.days, tense, context):
            return resolve(point, context, tense)
    return resolved


def _contradicts(days: Days, tense: Tense, context: Context) -> bool:
    window = context.window
    if window is None or tense is Tense.OPEN:
        return False
    return (days[0] - window[1]).days > _FAR if tense is Tense.PAST else (window[0] - days[1]).days > _FAR


def _restated(low: str, expression: Expression, point: Point, following: Expression | None) -> Point | None:
    """The explicit day that follows a relative one in brackets or after a comma: `chiều qua (24/5)`."""
    other = following.meaning if following else None
    if (
        following is None
        or not isinstance(other, Point)
        or other.day is None
        or other.month is None
        or other.hour is not None
    ):
        return None
    if point.day is not None or point.month is not None or not (point.is_deictic_day or point.weekday is not None):
        return None
    gap = RESTATED.match(low, expression.end)
    return other if gap and gap.end() == following.start else None


def _remember(low: str, expression: Expression, point: Point, days: Days | None, context: Context) -> None:
    """Keep what was named for what refers to it later."""
    if point.shift is not None and point.shift.anchor is Anchor.CONTEXT and days is None:
        return
    if not is_finer(Grain.DAY, point.grain):
        context.named.append((days[0] if days and days[0] == days[1] else None, expression.end))
    context.days = days
    if days and not is_compared(low, expression.start):
        context.told = days, expression.end


def _against_told(low: str, expression: Expression, point: Point, context: Context) -> Context:
    """`so với năm trước` counts from the year that is told of, where the article has just named one."""
    shift, told = point.shift, context.told
    if shift is None or told is None or shift.anchor is not Anchor.PUBLISHED or shift.count != -1:
        return context
    if not is_finer(Grain.WEEK, shift.unit) or (context.window and told[0][1] > context.window[1]):
        return context
    if not low.startswith("trước", expression.end - len("trước")) or not is_compared(low, expression.start):
        return context
    days, where = told
    is_near = expression.start - where <= _TOLD_REACH and "\n" not in low[where : expression.start]
    return replace(context, published=Published(days[1].year, days[1].month, days[1].day)) if is_near else context


# ---- Ranges, lengths -----------------------------------------------------------------------------------------------


def _range(low: str, expression: Expression, span: Range, context: Context) -> tuple[DateMention, bool]:
    first, last = resolve_range(span, context, attached_tense(low, expression.start, expression.end))
    ends = _ends(span)
    mention = _new(expression, DateKind.RANGE, finest(*(end.grain for end in ends)), relative=_is_relative(span))
    mention.first_day = first.days[0] if first.days else None
    mention.last_day = last.days[1] if last.days else None
    if not _is_era(mention):
        _remember(low, expression, ends[-1], last.days, context)
    return mention, first.is_possible and last.is_possible


def _is_era(mention: DateMention) -> bool:
    """Whether a range from day to day takes years, as a life or an anniversary does: no story goes on from its end."""
    first, last = mention.first_day, mention.last_day
    return bool(mention.grain is Grain.DAY and first and last and last.year - first.year > 1)


def _is_relative(span: Range) -> bool:
    ends = (span.first, span.last)
    return any(isinstance(end, Now) or end.shift is not None for end in ends) or not any(
        isinstance(end, Point) and (end.year or end.century or end.decade) for end in ends
    )


def _length(low: str, expression: Expression, length: Length, context: Context) -> DateMention:
    reported = reported_months(length, context)
    if reported and counts_from_january(low, expression.start, expression.end):
        return _date(low, expression, reported, None, context)[0]
    if length.is_ago:
        days = days_ago(length, context)
        return _new(
            expression, DateKind.DATE, length.grain, days, timex=timex_of_days(days) if days else None, relative=True
        )
    days = days_around(length, context)
    return _new(
        expression, DateKind.DURATION, length.grain, days, length.duration, length.duration, length.direction != 0
    )
