"""How neighbouring pieces make one expression."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from vnextract.dates.evidence import Standing, goes_on, is_clock_length, standing
from vnextract.dates.patterns import AND, RANGE, SAME_POINT, TRAIL, UNTIL_NOW, Hit, scan
from vnextract.dates.timex import timex_of_point
from vnextract.dates.values import (
    WEEKEND,
    Edge,
    Length,
    Meaning,
    Now,
    Point,
    Range,
    Recurrence,
    clock_length,
    is_finer,
    read,
)
from vnextract.records import Grain


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a temporal expression, or a whole one, in offsets of the text."""

    start: int
    end: int
    meaning: Meaning
    name: str
    """The pattern that found it, or the rule that made it."""
    alone: bool
    """False for a piece that counts beside another only."""

    @property
    def is_time(self) -> bool:
        """Whether it is a clock time or a part of a day, with no day yet."""
        point = self.meaning
        return isinstance(point, Point) and is_finer(point.grain, Grain.DAY) and not _is_placed(point)


@dataclass(frozen=True, slots=True)
class Expression:
    """A whole temporal expression, not yet resolved."""

    start: int
    end: int
    meaning: Point | Length | Recurrence | Range


@dataclass(frozen=True, slots=True)
class Source:
    """The text, and its lower-cased form."""

    text: str
    low: str

    def gap(self, pattern: re.Pattern[str], first: Piece, second: Piece) -> str | None:
        """What stands between two pieces, if it has the form of the pattern."""
        match = pattern.match(self.low, first.end)
        return match.group() if match and match.end() == second.start else None


Join = Callable[[Source, Piece, Piece], Piece | None]
"""A rule that makes one piece of two neighbours, or none."""

_SPACE = re.compile(" ")


def expressions(text: str, low: str) -> list[Expression]:
    """The temporal expressions of a text, given in its own and in lower case, in order.

    >>> [(found.start, found.end) for found in expressions("Sáng 22/4, lúc 7h", "sáng 22/4, lúc 7h")]
    [(0, 9)]
    """
    source = Source(text, low)
    pieces = _joined_backward(source, _pieces(source), _one_point)
    pieces = _joined(source, pieces, _range, _shared_month)
    pieces = [_as_length(source, _until_now(source, piece)) for piece in _listed(source, pieces)]
    pieces = _joined(source, pieces, _counted_days, _recurring)
    return [
        Expression(piece.start, piece.end, piece.meaning)
        for piece in pieces
        if piece.alone and not isinstance(piece.meaning, Now | Edge)
    ]


def _pieces(source: Source) -> list[Piece]:
    def accept(hit: Hit) -> Piece | None:
        meaning = read(hit)
        if meaning is None:
            return None
        counts = standing(hit, source.text, source.low)
        if counts is Standing.NOT:
            return None
        return Piece(*hit.match.span(), meaning, hit.name, counts is Standing.ALONE)

    return list(scan(source.low, accept))


def _joined(source: Source, pieces: list[Piece], *joins: Join) -> list[Piece]:
    """The pieces after each rule has gone once from left to right."""
    for join in joins:
        made: list[Piece] = []
        for piece in pieces:
            both = join(source, made[-1], piece) if made else None
            if both:
                made[-1] = both
            else:
                made.append(piece)
        pieces = made
    return pieces


def _joined_backward(source: Source, pieces: list[Piece], join: Join) -> list[Piece]:
    """The pieces after a rule has gone from right to left, so that coarser points are whole before finer ones join."""
    made: list[Piece] = []
    for piece in reversed(pieces):
        both = join(source, piece, made[-1]) if made else None
        if both:
            made[-1] = both
        else:
            made.append(piece)
    made.reverse()
    return made


# ---- Pieces of one point ---------------------------------------------------------------------------------------------


def _one_point(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`22 giờ` and `ngày 4.12`, `cuối` and `tháng 9`, `tháng 9` and `năm ngoái`."""
    gap = source.gap(SAME_POINT, first, second)
    inner, outer = first.meaning, second.meaning
    if gap is None:
        return None
    if isinstance(inner, Edge):
        return replace(second, start=first.start) if gap != ", " and _has_edges(second) else None
    if not isinstance(inner, Point) or not isinstance(outer, Point) or not _fits_in(inner, outer):
        return None
    merged = inner.within(outer) if gap != ", " or _may_pause(inner, outer) else None
    return Piece(first.start, second.end, merged, first.name, _stand_alone(first, second)) if merged else None


def _stand_alone(first: Piece, second: Piece) -> bool:
    if first.is_time:
        return second.alone or second.name == "day_bare"
    return first.alone or second.alone or first.name == "weekday"


def _has_edges(piece: Piece) -> bool:
    """Whether there is a beginning and an end of it: `đầu tháng 9`, `cuối năm học 2024-2025`."""
    if isinstance(piece.meaning, Point):
        return not is_finer(piece.meaning.grain, Grain.WEEK)
    return piece.name in ("years", "school_year")


def _is_placed(point: Point) -> bool:
    return point.day is not None or point.weekday is not None or point.shift is not None


def _is_day(point: Point) -> bool:
    is_counted = point.shift is not None and point.shift.unit is Grain.DAY
    return point.day is not None or point.weekday is not None or is_counted


def _fits_in(inner: Point, outer: Point) -> bool:
    """Whether a point can lie within another: `thứ sáu` in `tuần này`, `24/5` in `năm ngoái`, not in `tháng này`."""
    is_time = is_finer(inner.grain, Grain.DAY) and not _is_placed(inner)
    is_counted_day = inner.shift is not None and inner.shift.unit is Grain.DAY
    if (is_time or is_counted_day) and not _is_day(outer):
        return False
    if inner.weekday is not None and inner.weekday != WEEKEND:
        return outer.grain is Grain.WEEK or (outer.grain is Grain.DAY and outer.weekday is None)
    if inner.grain is Grain.DAY and outer.grain is Grain.DAY:
        return not inner.month
    if inner.month and outer.month is None and outer.grain is not Grain.YEAR:
        return is_finer(inner.grain, Grain.DAY)
    return is_finer(inner.grain, outer.grain)


def _may_pause(inner: Point, outer: Point) -> bool:
    """Whether a comma may stand between: `thứ sáu, ngày 10/7`, `22 giờ, ngày 4/12`, but not `hôm nay, ngày 22/10`."""
    if inner.is_deictic_day or outer.weekday is not None:
        return False
    return outer.grain is not Grain.YEAR or inner.month is not None


# ---- Ranges ----------------------------------------------------------------------------------------------------------


def _span(first: Piece, second: Piece, alone: bool = True) -> Piece:
    """The range from one piece to another, both points or the first the present."""
    start, end = first.meaning, second.meaning
    assert isinstance(start, Point | Now) and isinstance(end, Point)
    return Piece(first.start, second.end, Range(start, end), "range", alone)


def _range(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`ngày 1/3` and `ngày 5/3`, `nay` and `cuối năm`, `5h` and `18h`."""
    gap = source.gap(RANGE, first, second)
    start, end = first.meaning, second.meaning
    if gap is None or not isinstance(end, Point):
        return None
    if isinstance(start, Now):
        return None if second.is_time else _span(first, second)
    if not isinstance(start, Point) or not _are_ends(first, start, second, end):
        return None
    is_dash = gap.strip() in "-–—"
    if is_dash and (source.text[second.start].isupper() or (start.is_deictic_day and not start.month)):
        return None
    return _span(first, second, alone=not (first.is_time and second.is_time))


def _are_ends(first: Piece, start: Point, second: Piece, end: Point) -> bool:
    if first.is_time:
        return start.hour is not None and end.hour is not None
    if second.is_time:
        return False
    if first.alone and second.alone:
        return True
    if _is_relative_day(start) != _is_relative_day(end):
        return False
    return first.alone or second.alone or first.name == second.name in ("day_bare", "weekday")


def _is_relative_day(point: Point) -> bool:
    return point.grain is Grain.DAY and point.day is None


def _shared_month(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`ngày 18` and `19/4`: the first borrows its month."""
    end = second.meaning
    if first.name != "day_only" or not isinstance(end, Point) or end.day is None or end.month is None:
        return None
    return _span(first, second) if source.gap(AND, first, second) and isinstance(first.meaning, Point) else None


def _until_now(source: Source, piece: Piece) -> Piece:
    """`tháng 11/2015 đến nay`."""
    match = UNTIL_NOW.match(source.low, piece.end)
    if match is None or not isinstance(piece.meaning, Point) or piece.is_time or not piece.alone:
        return piece
    return Piece(piece.start, match.end(), Range(piece.meaning, Now()), "range", True)


# ---- Lists -----------------------------------------------------------------------------------------------------------


def _listed(source: Source, pieces: list[Piece]) -> list[Piece]:
    """`2 ngày 31.8 và 2.9`: two days after a count; `năm 2024, 2025`: a bare number after one of its kind."""
    listed: list[Piece] = []
    for piece in pieces:
        last = listed[-1] if listed else None
        before = listed[-2] if len(listed) > 1 else None
        if last and _is_of_kind(source, last, piece):
            if before and _is_counted(source, before, last):
                listed[-1] = _span(last, piece)
                continue
            piece = replace(piece, alone=True)
        elif last and _is_counted(source, last, piece):
            piece = replace(piece, alone=True)
        listed.append(piece)
    return listed


def _is_of_kind(source: Source, last: Piece, piece: Piece) -> bool:
    gap = source.gap(AND, last, piece)
    point = last.meaning
    if gap is None or not last.alone or not isinstance(point, Point):
        return False
    if piece.name == "day_bare":
        is_restated = gap == ", " and point.is_deictic_day
        return is_restated or (point.day is not None and goes_on(source.low, piece.end))
    return piece.name == "year_bare" and point.grain is Grain.YEAR and point.year is not None


def _is_counted(source: Source, count: Piece, piece: Piece) -> bool:
    """Whether a piece is the first of two days counted before: `2 ngày` and `31.8`."""
    length = count.meaning
    if not isinstance(length, Length) or (length.unit, length.count) != ("ngày", 2):
        return False
    return piece.name in ("day", "day_bare") and source.gap(_SPACE, count, piece) is not None


def _counted_days(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`2 ngày` and `24 - 25.9`, `2 ngày` and `31.8 và 2.9`."""
    length, days = first.meaning, second.meaning
    if not isinstance(length, Length) or length.unit != "ngày" or not isinstance(days, Range):
        return None
    if not isinstance(days.last, Point) or days.last.day is None or source.gap(_SPACE, first, second) is None:
        return None
    return replace(second, start=first.start, alone=True)


# ---- Lengths and recurring times -------------------------------------------------------------------------------------


def _as_length(source: Source, piece: Piece) -> Piece:
    """A clock time that stands alone is a length where its surroundings say so: `trong 24 giờ tới`."""
    point = piece.meaning
    if piece.name != "clock" or not isinstance(point, Point) or point.part or not piece.is_time:
        return piece
    if not is_clock_length(source.low, piece.start, piece.end, point.hour or 0):
        return piece
    trail = TRAIL.match(source.low, piece.end)
    direction = 0 if trail is None else -1 if trail["word"] == "qua" else 1
    return Piece(piece.start, trail.end() if trail else piece.end, clock_length(point, direction), "length", True)


def _recurring(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`5h đến 18h` and `mỗi ngày`, `thứ bảy` and `hằng tuần`, `27/7` and `hằng năm`."""
    recurrence, meaning = second.meaning, first.meaning
    if not isinstance(recurrence, Recurrence) or source.gap(_SPACE, first, second) is None:
        return None
    is_each = source.low.startswith("mỗi", second.start)
    made = None
    if isinstance(meaning, Range):
        made = recurrence if _can_recur(meaning) and not (first.alone and is_each) else None
    elif isinstance(meaning, Point) and meaning.year is None and meaning.shift is None:
        if first.is_time:
            made = _daily(meaning, recurrence)
        elif meaning.weekday is not None or not is_each:
            made = _yearly(meaning, recurrence)
    return Piece(first.start, second.end, made, "set", True) if made else None


def _can_recur(span: Range) -> bool:
    return isinstance(span.last, Point) and span.last.year is None and span.last.shift is None


def _daily(time: Point, recurrence: Recurrence) -> Recurrence:
    timex = timex_of_point(time, None) if recurrence.timex == "P1D" else None
    return Recurrence(timex or recurrence.timex, time.grain)


def _yearly(point: Point, recurrence: Recurrence) -> Recurrence | None:
    if point.weekday is not None:
        return Recurrence(f"XXXX-WXX-{point.weekday + 1}", Grain.DAY)
    if point.lunar:
        return recurrence
    if point.day is not None:
        return Recurrence(f"XXXX-{f'{point.month:02}' if point.month else 'XX'}-{point.day:02}", Grain.DAY)
    return Recurrence(f"XXXX-{point.month:02}", Grain.MONTH) if point.month else None
