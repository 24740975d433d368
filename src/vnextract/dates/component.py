"""The component: reads the document, fills `document.dates`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vnextract.article import Published
from vnextract.dates.joining import Expression, Range, expressions
from vnextract.dates.models import DateMention
from vnextract.dates.patterns import BRACKET, lower
from vnextract.dates.values import (
    Anchor,
    Context,
    Days,
    Length,
    Now,
    Point,
    Recurrence,
    Resolved,
    Tense,
    ago,
    finer,
    lend,
    resolve,
    stretch,
)
from vnextract.lexicon.tables import table
from vnextract.records import DateKind, Grain
from vnextract.text.document import Text

if TYPE_CHECKING:
    from vnextract.document import Document


def _words(kind: str) -> str:
    return "|".join(re.escape(row["word"]) for row in table("date_words") if row["kind"] == kind)


_AFTER_FUTURE = re.compile(r" (?:sắp tới|tới đây|tới)(?!\w)")
_AFTER_PAST = re.compile(r" (?:vừa qua|vừa rồi|qua)(?!\w)")
_BEFORE_PAST = re.compile(r"(?:hồi|hôm) \Z")
_FUTURE = re.compile(rf"(?<!\w)(?:{_words('tense_future')})(?!\w)")
_PAST = re.compile(rf"(?<!\w)(?:{_words('tense_past')})(?!\w)")
_CLAUSE_END = re.compile(r"[.;!?\n]")
_FAR = 60
"""So many days from publication, the nearest year gives way to the tense of the clause."""


def find_dates(document: Document) -> None:
    """Fill `document.dates`; impossible dates become warnings.

    >>> from vnextract.article import Article
    >>> from vnextract.document import Document
    >>> document = Document.of(Article("Sáng 22/4, hội nghị khai mạc.", published="2025-04-23"))
    >>> find_dates(document)
    >>> [(found.start, found.end, str(found.first_day), found.timex) for found in document.dates]
    [(0, 9, '2025-04-22', '2025-04-22TMO')]
    """
    found, warnings = dates_in(document.text, document.published)
    document.dates.extend(found)
    document.warnings.extend(warnings)


def dates_in(text: Text, published: Published | None) -> tuple[list[DateMention], list[str]]:
    """The temporal expressions of a text, sorted and apart, and a warning for each day that no calendar has.

    >>> found, warnings = dates_in(Text("Từ ngày 1/3 đến ngày 31/6"), Published(2025))
    >>> warnings
    ["no such day in the calendar: 'ngày 1/3 đến ngày 31/6'"]
    """
    low = lower(text.norm)
    found = expressions(text.norm, low)
    context = Context(published, printed=_printed_years(found))
    mentions: list[DateMention] = []
    warnings: list[str] = []
    for index, expression in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        mention, possible = _mention(low, expression, following, context)
        mentions.append(mention)
        if not possible:
            warnings.append(f"no such day in the calendar: {text.norm[expression.start : expression.end]!r}")
    return mentions, warnings


def _printed_years(found: list[Expression]) -> dict[tuple[int | None, int], set[int]]:
    years: dict[tuple[int | None, int], set[int]] = {}
    for expression in found:
        meaning = expression.meaning
        for point in (meaning.first, meaning.last) if isinstance(meaning, Range) else (meaning,):
            if isinstance(point, Point) and point.month is not None and point.year is not None:
                years.setdefault((point.day, point.month), set()).add(point.year)
                years.setdefault((None, point.month), set()).add(point.year)
    return years


# ---- Tense ------------------------------------------------------------------------------------------------------------


def _attached_tense(low: str, expression: Expression) -> Tense:
    if _AFTER_FUTURE.match(low, expression.end):
        return Tense.FUTURE
    before = low[max(0, expression.start - 6) : expression.start]
    if (
        _AFTER_PAST.match(low, expression.end)
        or _BEFORE_PAST.search(before)
        or low.startswith("hôm ", expression.start)
    ):
        return Tense.PAST
    return Tense.OPEN


def _clause_tense(low: str, expression: Expression) -> Tense:
    end = _CLAUSE_END.search(low, expression.end, expression.end + 60)
    clause = low[expression.end : end.start() if end else expression.end + 60]
    before = _CLAUSE_END.split(low[max(0, expression.start - 30) : expression.start])[-1]
    if _FUTURE.search(clause) or _FUTURE.search(before):
        return Tense.FUTURE
    return Tense.PAST if _PAST.search(clause) or _PAST.search(before) else Tense.OPEN


def _contradicts(days: Days, tense: Tense, context: Context) -> bool:
    window = context.window
    if window is None:
        return False
    if tense is Tense.PAST:
        return (days[0] - window[1]).days > _FAR
    return tense is Tense.FUTURE and (window[0] - days[1]).days > _FAR


def _resolve_in(low: str, expression: Expression, point: Point, context: Context) -> Resolved:
    resolved = resolve(point, context, _attached_tense(low, expression))
    if resolved.days and resolved.relative and point.month is not None and point.shift is None:
        tense = _clause_tense(low, expression)
        if _contradicts(resolved.days, tense, context):
            return resolve(point, context, tense)
    if point.weekday is not None and point.shift is None and point.month is None:
        return resolve(point, context, _clause_tense(low, expression))
    return resolved


# ---- Mentions ---------------------------------------------------------------------------------------------------------


def _mention(
    low: str, expression: Expression, following: Expression | None, context: Context
) -> tuple[DateMention, bool]:
    """The mention of an expression, and whether its days exist."""
    meaning = expression.meaning
    if isinstance(meaning, Point):
        return _point_mention(low, expression, meaning, following, context)
    if isinstance(meaning, Range):
        return _range_mention(low, expression, meaning, context)
    if isinstance(meaning, Recurrence):
        return _new(expression, DateKind.SET, None, None, meaning.timex, meaning.grain, False), True
    return _length_mention(expression, meaning, context), True


def _new(
    expression: Expression,
    kind: DateKind,
    days: Days | None,
    duration: str | None,
    timex: str | None,
    grain: Grain,
    relative: bool,
) -> DateMention:
    first, last = days or (None, None)
    return DateMention(expression.start, expression.end, kind, first, last, duration, timex, grain, relative)


def _point_mention(
    low: str, expression: Expression, point: Point, following: Expression | None, context: Context
) -> tuple[DateMention, bool]:
    resolved = _resolve_in(low, expression, point, context)
    restated = _restated(low, expression, point, following)
    if restated is not None:
        settled = resolve(restated, context)
        if settled.days:
            resolved = resolve(lend(point, settled.days[0]), context)
    mention = _new(expression, DateKind.DATE, resolved.days, None, resolved.timex, point.grain, resolved.relative)
    mention.relative = point.shift is not None or resolved.relative
    mention.lunar = resolved.lunar
    _remember(point, resolved.days, context)
    return mention, resolved.possible


def _restated(low: str, expression: Expression, point: Point, following: Expression | None) -> Point | None:
    """The explicit day that follows a relative one in brackets or after a comma."""
    if (
        following is None
        or not isinstance(following.meaning, Point)
        or point.day is not None
        or point.month is not None
    ):
        return None
    other = following.meaning
    is_relative_day = (point.shift is not None and point.shift.unit is Grain.DAY) or point.weekday is not None
    if not is_relative_day or other.day is None or other.month is None:
        return None
    gap = BRACKET.match(low, expression.end)
    return other if gap and gap.end() == following.start else None


def _remember(point: Point, days: Days | None, context: Context) -> None:
    if point.shift is not None and point.shift.anchor is Anchor.CONTEXT and days is None:
        return
    if not finer(Grain.DAY, point.grain):
        context.day = days[0] if days and days[0] == days[1] else None
    context.days = days


def _range_mention(low: str, expression: Expression, span: Range, context: Context) -> tuple[DateMention, bool]:
    first, last, possible = _range_days(low, expression, span, context)
    grains = [end.grain for end in (span.first, span.last) if isinstance(end, Point)]
    grain = min(grains, key=list(Grain).index)
    relative = any(isinstance(end, Now) or end.shift is not None for end in (span.first, span.last)) or not any(
        isinstance(end, Point) and end.year is not None for end in (span.first, span.last)
    )
    mention = _new(expression, DateKind.RANGE, None, None, None, grain, relative)
    mention.first_day, mention.last_day = first[0] if first else None, last[1] if last else None
    context.days = last
    if isinstance(span.last, Point) and not finer(Grain.DAY, span.last.grain):
        context.day = last[1] if last else None
    return mention, possible


def _range_days(
    low: str, expression: Expression, span: Range, context: Context
) -> tuple[Days | None, Days | None, bool]:
    first, last = span.first, span.last
    if isinstance(first, Point) and isinstance(last, Point):
        first, last = _shared(first, last)
    resolved_last = _resolve_in(low, expression, last, context) if isinstance(last, Point) else None
    last_days = resolved_last.days if resolved_last else context.window
    if isinstance(first, Point) and isinstance(last, Point) and _lacks_year(first) and last_days:
        resolved_first = resolve(_in_year_before(first, last_days), context)
    else:
        resolved_first = _resolve_in(low, expression, first, context) if isinstance(first, Point) else None
    first_days = resolved_first.days if resolved_first else context.window
    possible = all(resolved.possible for resolved in (resolved_first, resolved_last) if resolved)
    if not isinstance(first, Point) and first_days and first_days[0] != first_days[1]:
        first_days = None
    if not isinstance(last, Point) and last_days and last_days[0] != last_days[1]:
        last_days = None
    if first_days and last_days and first_days[0] > last_days[1]:
        return None, None, possible
    return first_days, last_days, possible


def _shared(first: Point, last: Point) -> tuple[Point, Point]:
    """Two ends that lend each other month and day: `18 và 19/4`, `8h - 17h ngày 22/4`."""
    from dataclasses import replace

    if first.day is not None and first.month is None and first.shift is None:
        first = replace(first, month=last.month, year=last.year if first.year is None else first.year)
        if last.day is not None and first.day is not None and first.day > last.day and first.month:
            month = first.month - 1 or 12
            year = first.year - 1 if first.year and month == 12 else first.year
            first = replace(first, month=month, year=year)
    if first.hour is not None and first.day is None and first.shift is None:
        first = replace(first, day=last.day, month=last.month, year=last.year, shift=last.shift, weekday=last.weekday)
    if last.day is not None and last.month is None and last.shift is None and first.month is not None:
        last = replace(last, month=first.month, year=first.year)
    if (
        first.year is not None
        and last.year is None
        and last.month is not None
        and first.month is not None
        and last.shift is None
    ):
        later = (last.month, last.day or 0) >= (first.month, first.day or 0)
        last = replace(last, year=first.year if later else first.year + 1)
    return first, last


def _lacks_year(point: Point) -> bool:
    return point.year is None and point.shift is None and (point.month is not None or point.quarter is not None)


def _in_year_before(first: Point, last_days: Days) -> Point:
    from dataclasses import replace

    last = last_days[1]
    month = first.month or (first.quarter or 1) * 3 - 2
    year = last.year if (month, first.day or 1) <= (last.month, last.day) else last.year - 1
    return replace(first, year=year)


def _length_mention(expression: Expression, length: Length, context: Context) -> DateMention:
    if length.shift == -2:
        days = ago(length, context)
        timex = resolve_timex(days)
        return _new(expression, DateKind.DATE, days, None, timex, length.grain, True)
    days = stretch(length, context)
    return _new(expression, DateKind.DURATION, days, length.duration, length.duration, length.grain, length.shift != 0)


def resolve_timex(days: Days | None) -> str | None:
    """The TIMEX3 value of some days, if there are any."""
    from vnextract.dates.values import timex_of

    return timex_of(days) if days else None
