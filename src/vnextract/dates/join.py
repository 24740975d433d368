"""How neighbouring pieces make one expression."""

import re
from collections.abc import Callable
from typing import NamedTuple

from vnextract.dates.forms import AND, RANGE, RESTATED, SAME_POINT, TRAIL, UNTIL_NOW
from vnextract.dates.judges import goes_on, is_clock_length, is_measured
from vnextract.dates.points import WEEKEND, Edge, Length, Meaning, Now, Point, Range, Recurrence, is_finer
from vnextract.dates.readers import clock_length
from vnextract.dates.scan import Piece, pieces
from vnextract.dates.timex import timex_of_point
from vnextract.dates.words import words
from vnextract.records import Grain


class Expression(NamedTuple):
    """A whole temporal expression, not yet resolved."""

    start: int
    end: int
    meaning: Point | Length | Recurrence | Range
    rule: str
    """The rules that made it, joined by ` + `."""


class Source(NamedTuple):
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
_SINCE = re.compile(rf"(?<!\w)(?:{words('since')}) (?:[^.;\n]*)\Z|(?:\A|[.;:,\n“\"(]) ?\Z")
"""Text after which a date begins a span: `từ khi sáng lập`, or nothing at all."""
_SINCE_REACH = 40
_AGAIN_REACH = 80
"""So many characters after a day may a number of the same shape open a clause and be a day too."""
_IN_BRACKETS = re.compile(r"(?:, | và |[)\]])")
_SHAPE = re.compile(r"\d([/.-])\d")


def expressions(text: str, low: str) -> list[Expression]:
    """The temporal expressions of a text, given in its own and in lower case, in order.

    >>> [(found.start, found.end) for found in expressions("Sáng 22/4, lúc 7h", "sáng 22/4, lúc 7h")]
    [(0, 9)]
    """
    source = Source(text, low)
    found = _joined_backward(source, list(pieces(text, low)), _one_point)
    found = _joined(source, found, _range, _shared_month)
    found = [_as_length(source, _until_now(source, piece)) for piece in _listed(source, found)]
    found = _joined(source, found, _counted_days, _recurring)
    return [
        Expression(piece.start, piece.end, piece.meaning, piece.rule)
        for piece in found
        if piece.alone and not isinstance(piece.meaning, Now | Edge)
    ]


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
        return _of_edge(first, inner, second) if gap != ", " and _has_edges(outer) else None
    if not isinstance(inner, Point) or not isinstance(outer, Point) or not _fits_in(inner, outer):
        return None
    may_join = gap != ", " or (_may_pause(inner, outer) and not _is_week_listed(source, outer, second))
    merged = inner.within(outer) if may_join else None
    return _made(first, second, merged, _stand_alone(first, inner, second, outer)) if merged else None


def _of_edge(first: Piece, edge: Edge, second: Piece) -> Piece:
    """`cuối` and `tháng 9`; of `nửa cuối` and `thế kỷ 19` only the half counts."""
    whole = second.meaning
    if isinstance(whole, Point) and whole.grain in (Grain.DECADE, Grain.CENTURY):
        whole = whole._replace(half=edge.half)
    return _made(first, second, whole, second.alone)


def _made(first: Piece, second: Piece, meaning: Meaning, alone: bool = True, by: str = "") -> Piece:
    """One piece of two; its rule names both and the way they were joined."""
    rules = [first.rule, second.rule, by] if by else [first.rule, second.rule]
    return Piece(first.start, second.end, meaning, " + ".join(rules), alone)


def _stand_alone(first: Piece, inner: Point, second: Piece, outer: Point) -> bool:
    if _is_time(inner):
        return second.alone or _is_full_day(outer)
    return first.alone or second.alone or inner.weekday is not None


def _is_time(meaning: object) -> bool:
    """Whether it is a clock time or a part of a day, with no day yet."""
    return isinstance(meaning, Point) and is_finer(meaning.grain, Grain.DAY) and not _is_placed(meaning)


def _is_full_day(point: Point) -> bool:
    return point.grain is Grain.DAY and point.day is not None and point.month is not None


def _has_edges(meaning: Meaning) -> bool:
    """Whether there is a beginning and an end of it: `đầu tháng 9`, `cuối năm học 2024-2025`."""
    last = meaning.last if isinstance(meaning, Range) else meaning
    return isinstance(last, Point) and not is_finer(last.grain, Grain.WEEK)


def _is_placed(point: Point) -> bool:
    return point.day is not None or point.weekday is not None or point.shift is not None


def _is_day(point: Point) -> bool:
    is_counted = point.shift is not None and point.shift.unit is Grain.DAY
    return point.day is not None or point.weekday is not None or is_counted


def _fits_in(inner: Point, outer: Point) -> bool:
    """Whether a point can lie within another: `thứ sáu` in `tuần này`, `24/5` in `năm ngoái`, not in `tháng này`."""
    if inner.weekday is not None and inner.week is not None:
        return outer.grain is Grain.MONTH
    is_counted_day = inner.shift is not None and inner.shift.unit is Grain.DAY
    if (_is_time(inner) or is_counted_day) and not _is_day(outer):
        return False
    if inner.weekday is not None and inner.weekday != WEEKEND:
        return outer.grain is Grain.WEEK or (outer.grain is Grain.DAY and outer.weekday is None)
    if inner.grain is Grain.DAY and outer.grain is Grain.DAY:
        return not inner.month
    if inner.month and outer.month is None and outer.grain is not Grain.YEAR:
        return is_finer(inner.grain, Grain.DAY)
    return is_finer(inner.grain, outer.grain)


def _may_pause(inner: Point, outer: Point) -> bool:
    """Whether a comma may stand between: `thứ sáu, ngày 10/7`, `22 giờ, chủ nhật`, but not `hôm nay, ngày 22/10`."""
    if inner.is_deictic_day:
        return False
    if outer.weekday is not None:
        return inner.hour is not None
    return outer.grain is not Grain.YEAR or inner.month is not None


def _is_week_listed(source: Source, outer: Point, second: Piece) -> bool:
    """Whether a weekday begins a list or a range of them: `8h đến 17h, thứ hai đến thứ sáu`."""
    goes_on = RANGE.match(source.low, second.end) or AND.match(source.low, second.end)
    return outer.weekday is not None and outer.day is None and goes_on is not None


# ---- Ranges ----------------------------------------------------------------------------------------------------------


def _span(first: Piece, second: Piece, alone: bool = True) -> Piece:
    """The range from one piece to another, both points or the first the present."""
    start, end = first.meaning, second.meaning
    assert isinstance(start, Point | Now) and isinstance(end, Point)
    return _made(first, second, Range(start, end), alone, by="range")


def _range(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`ngày 1/3` and `ngày 5/3`, `nay` and `cuối năm`, `5h` and `18h`."""
    gap = source.gap(RANGE, first, second)
    start, end = first.meaning, second.meaning
    if gap is None or not isinstance(end, Point):
        return None
    if isinstance(start, Now):
        return None if _is_time(end) else _span(first, second)
    if not isinstance(start, Point) or not _are_ends(first, start, second, end):
        return None
    is_dash = gap.strip() in "-–—"
    if is_dash and (source.text[second.start].isupper() or (start.is_deictic_day and not start.month)):
        return None
    return _span(first, second, alone=not (_is_time(start) and _is_time(end)))


def _are_ends(first: Piece, start: Point, second: Piece, end: Point) -> bool:
    if _is_time(start):
        are_hours = start.hour is not None and end.hour is not None
        are_parts = start.part is not None and end.part is not None and _is_day(end)
        return are_hours or (are_parts and start.hour is None and end.hour is None)
    if _is_time(end):
        return False
    if first.alone and second.alone:
        return True
    if _is_relative_day(start) != _is_relative_day(end) or (not first.alone and is_finer(end.grain, start.grain)):
        return False
    are_alike = (_is_full_day(start) and _is_full_day(end)) or (start.weekday is not None and end.weekday is not None)
    return first.alone or second.alone or are_alike


def _is_relative_day(point: Point) -> bool:
    return point.grain is Grain.DAY and point.day is None


def _shared_month(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`ngày 18` and `19/4`, `đêm 18` and `sáng 19/4`: the first borrows its month."""
    start, end = first.meaning, second.meaning
    if not isinstance(start, Point) or not isinstance(end, Point) or end.day is None or end.month is None:
        return None
    is_day_alone = start.day is not None and start.month is None and start.shift is None
    return _span(first, second) if is_day_alone and source.gap(AND, first, second) else None


def _until_now(source: Source, piece: Piece) -> Piece:
    """`từ tháng 11/2015 đến nay`, but not `vụ cháy xảy ra ngày 29/11 đến nay chưa rõ`."""
    match = UNTIL_NOW.match(source.low, piece.end)
    if match is None or not isinstance(piece.meaning, Point) or _is_time(piece.meaning) or not piece.alone:
        return piece
    if not _SINCE.search(source.low[max(0, piece.start - _SINCE_REACH) : piece.start]):
        return piece
    return Piece(piece.start, match.end(), Range(piece.meaning, Now()), f"{piece.rule} + until-now", True)


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
            piece = piece._replace(alone=True)
        elif last and _is_counted(source, last, piece):
            piece = piece._replace(alone=True)
        listed.append(piece)
    return listed


def _is_of_kind(source: Source, last: Piece, piece: Piece) -> bool:
    """Whether a bare number continues what stands before it: `ngày 16-4, 17-4`, `năm 2002 và 2005`, `hôm qua 7-4`."""
    point, number = last.meaning, piece.meaning
    if not last.alone or piece.alone or not isinstance(number, Point):
        return False
    if number.weekday is not None:
        return _is_weekday_of(source, last, piece)
    if not isinstance(point, Point):
        return False
    gap = source.gap(AND, last, piece)
    if number.grain is Grain.YEAR:
        return gap is not None and point.grain is Grain.YEAR and point.year is not None
    if not _is_full_day(number):
        return False
    if point.is_deictic_day:
        return source.gap(_SPACE, last, piece) is not None or source.gap(RESTATED, last, piece) is not None
    if point.day is None:
        return False
    if gap is None:
        return _is_day_again(source, last, piece)
    is_near = _are_near(point, number) and not is_measured(source.low, piece.end)
    return is_near or goes_on(source.low, piece.end)


def _is_weekday_of(source: Source, last: Piece, piece: Piece) -> bool:
    """Whether a weekday stands in brackets after its day, or after another one: `6, 7/5 (thứ tư, thứ năm)`."""
    day = last.meaning.last if isinstance(last.meaning, Range) else last.meaning
    if not isinstance(day, Point) or not _IN_BRACKETS.match(source.low, piece.end):
        return False
    if day.day is None:
        return day.weekday is not None and source.gap(AND, last, piece) is not None
    return source.low[last.end : piece.start] in (" (", " [")


def _is_day_again(source: Source, last: Piece, piece: Piece) -> bool:
    """Whether a number opens a clause soon after a day of the same shape: `Ngày 26-8 nhập viện, 1-9 ra viện`."""
    between = source.low[last.end : piece.start]
    shape, again = (_SHAPE.search(source.low, each.start, each.end) for each in (last, piece))
    if shape is None or again is None or shape[1] != again[1] or len(between) > _AGAIN_REACH:
        return False
    opens = between.endswith((", ", "; ")) and ". " not in between and "\n" not in between
    return opens and _are_near(last.meaning, piece.meaning)


def _are_near(first: Meaning, second: Meaning) -> bool:
    """Whether two days lie in the same month or in neighbouring ones."""
    if not isinstance(first, Point) or not isinstance(second, Point) or not first.month or not second.month:
        return False
    return abs(first.month - second.month) in (0, 1, 11)


def _is_counted(source: Source, count: Piece, piece: Piece) -> bool:
    """Whether a piece is the first of two days counted before: `2 ngày` and `31.8`."""
    length, day = count.meaning, piece.meaning
    if not isinstance(length, Length) or (length.unit, length.count) != ("ngày", 2):
        return False
    return isinstance(day, Point) and _is_full_day(day) and source.gap(_SPACE, count, piece) is not None


def _counted_days(source: Source, first: Piece, second: Piece) -> Piece | None:
    """`2 ngày` and `24 - 25.9`, `2 ngày` and `31.8 và 2.9`, `hai ngày` and `cuối tuần`."""
    length, days = first.meaning, second.meaning
    if not isinstance(length, Length) or length.unit != "ngày" or source.gap(_SPACE, first, second) is None:
        return None
    last = days.last if isinstance(days, Range) else days
    if not isinstance(last, Point):
        return None
    is_counted = last.day is not None if isinstance(days, Range) else last.weekday == WEEKEND and length.count == 2
    return _made(first, second, days) if is_counted else None


# ---- Lengths and recurring times -------------------------------------------------------------------------------------


def _as_length(source: Source, piece: Piece) -> Piece:
    """A clock time that stands alone is a length where its surroundings say so: `trong 24 giờ tới`."""
    point = piece.meaning
    if not isinstance(point, Point) or point.hour is None or point.part or not _is_time(point):
        return piece
    if not is_clock_length(source.low, piece.start, piece.end, point.hour or 0):
        return piece
    trail = TRAIL.match(source.low, piece.end)
    length = clock_length(point, trail["trail"] if trail else "")
    return Piece(piece.start, trail.end() if trail else piece.end, length, f"{piece.rule} + length", True)


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
        if _is_time(meaning):
            made = _daily(meaning, recurrence)
        elif meaning.weekday is not None or not is_each:
            made = _yearly(meaning, recurrence)
    return _made(first, second, made) if made else None


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
