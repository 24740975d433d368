"""How neighbouring pieces make one expression."""

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
        return isinstance(point, Point) and is_finer(point.grain, Grain.DAY) and not _has_day(point)


@dataclass(frozen=True, slots=True)
class Expression:
    """A whole temporal expression, not yet resolved."""

    start: int
    end: int
    meaning: Point | Length | Recurrence | Range


Join = Callable[[str, str, Piece, Piece], Piece | None]
"""A rule that makes one piece of two neighbours, given the text and its lower-cased form."""


def _has_day(point: Point) -> bool:
    return point.day is not None or point.weekday is not None or point.shift is not None


def _names_day(point: Point) -> bool:
    is_counted = point.shift is not None and point.shift.unit is Grain.DAY
    return point.day is not None or point.weekday is not None or is_counted


def _leads_to(low: str, first: Piece, second: Piece, gap: str) -> bool:
    return low.startswith(gap, first.end) and first.end + len(gap) == second.start


# ---- Pieces of one point -------------------------------------------------------------------------------------------


def _one_point(text: str, low: str, first: Piece, second: Piece) -> Piece | None:
    """`22 giờ` and `ngày 4.12`, `cuối` and `tháng 9`, `tháng 9` and `năm ngoái`."""
    gap = SAME_POINT.match(low, first.end)
    inner, outer = first.meaning, second.meaning
    if gap is None or gap.end() != second.start:
        return None
    if isinstance(inner, Edge):
        return replace(second, start=first.start) if gap.group() != ", " and _has_edges(second) else None
    if not isinstance(inner, Point) or not isinstance(outer, Point) or not _fits_in(inner, outer):
        return None
    if gap.group() == ", " and not _may_pause(inner, outer):
        return None
    merged = inner.within(outer)
    if merged is None:
        return None
    alone = second.alone or second.name == "day_bare" if first.is_time else first.alone or second.alone
    return Piece(first.start, second.end, merged, first.name, alone or (first.name == "weekday" and not second.is_time))


def _has_edges(piece: Piece) -> bool:
    """Whether there is a beginning and an end of it: `đầu tháng 9`, `cuối năm học 2024-2025`."""
    if isinstance(piece.meaning, Point):
        return not is_finer(piece.meaning.grain, Grain.WEEK)
    return piece.name in ("years", "school_year")


def _fits_in(inner: Point, outer: Point) -> bool:
    """Whether a point can lie within another: `thứ sáu` in `tuần này`, `24/5` in `năm ngoái`, not in `tháng này`."""
    if is_finer(inner.grain, Grain.DAY) and not _has_day(inner) and not _names_day(outer):
        return False
    if inner.shift is not None and inner.shift.unit is Grain.DAY and not _names_day(outer):
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


# ---- Ranges --------------------------------------------------------------------------------------------------------


def _range(text: str, low: str, first: Piece, second: Piece) -> Piece | None:
    """`ngày 1/3` and `ngày 5/3`, `nay` and `cuối năm`, `5h` and `18h`."""
    gap = RANGE.match(low, first.end)
    start, end = first.meaning, second.meaning
    if gap is None or gap.end() != second.start or not isinstance(end, Point):
        return None
    if isinstance(start, Now):
        return None if second.is_time else Piece(first.start, second.end, Range(start, end), "range", True)
    if not isinstance(start, Point) or not _are_ends(start, end, first, second):
        return None
    if gap.group().strip() in "-–—" and (text[second.start].isupper() or (start.is_deictic_day and not start.month)):
        return None
    alone = not (first.is_time and second.is_time)
    return Piece(first.start, second.end, Range(start, end), "range", alone)


def _are_ends(start: Point, end: Point, first: Piece, second: Piece) -> bool:
    if first.is_time:
        return start.hour is not None and end.hour is not None
    if second.is_time or (start.day is None and start.grain is Grain.DAY) != (
        end.day is None and end.grain is Grain.DAY
    ):
        return False if second.is_time else first.alone and second.alone
    return first.alone or second.alone or first.name == second.name in ("day_bare", "weekday")


def _shared_month(text: str, low: str, first: Piece, second: Piece) -> Piece | None:
    """`ngày 18` and `19/4`: the first borrows its month."""
    gap = AND.match(low, first.end)
    start, end = first.meaning, second.meaning
    if gap is None or gap.end() != second.start or first.name != "day_only":
        return None
    if isinstance(start, Point) and isinstance(end, Point) and end.day is not None and end.month is not None:
        return Piece(first.start, second.end, Range(start, end), "range", True)
    return None


def _counted_days(text: str, low: str, first: Piece, second: Piece) -> Piece | None:
    """`2 ngày` and `24 - 25.9`, `2 ngày` and `31.8 và 2.9`."""
    length, days = first.meaning, second.meaning
    if not isinstance(length, Length) or length.unit != "ngày" or not isinstance(days, Range):
        return None
    if not isinstance(days.last, Point) or days.last.day is None or not _leads_to(low, first, second, " "):
        return None
    return replace(second, start=first.start, alone=True)


def _until_now(low: str, piece: Piece) -> Piece:
    match = UNTIL_NOW.match(low, piece.end)
    if match and isinstance(piece.meaning, Point) and not piece.is_time and piece.alone:
        return Piece(piece.start, match.end(), Range(piece.meaning, Now()), "range", True)
    return piece


def _listed(pieces: list[Piece], low: str) -> list[Piece]:
    """`2 ngày 31.8 và 2.9`: two days after a count; `năm 2024, 2025`: a bare number after one of its kind."""
    listed: list[Piece] = []
    for piece in pieces:
        last = listed[-1] if listed else None
        if last and _follows_count(low, last, piece):
            piece = replace(piece, alone=True)
        elif last and _is_of_kind(low, last, piece):
            before = listed[-2] if len(listed) > 1 else None
            if before and _follows_count(low, before, last) and isinstance(last.meaning, Point):
                assert isinstance(piece.meaning, Point)
                listed[-1] = Piece(last.start, piece.end, Range(last.meaning, piece.meaning), "range", True)
                continue
            piece = replace(piece, alone=True)
        listed.append(piece)
    return listed


def _is_of_kind(low: str, last: Piece, piece: Piece) -> bool:
    gap = AND.match(low, last.end)
    if (
        gap is None
        or gap.end() != piece.start
        or not isinstance(piece.meaning, Point)
        or not isinstance(last.meaning, Point)
    ):
        return False
    if piece.name == "day_bare":
        is_restated = gap.group() == ", " and last.meaning.is_deictic_day
        return last.alone and (is_restated or (last.meaning.day is not None and goes_on(low, piece.end)))
    return (
        piece.name == "year_bare" and last.meaning.grain is Grain.YEAR and last.alone and last.meaning.year is not None
    )


def _follows_count(low: str, before: Piece, piece: Piece) -> bool:
    length = before.meaning
    return (
        isinstance(length, Length)
        and length.unit == "ngày"
        and length.count == 2
        and _leads_to(low, before, piece, " ")
    )


# ---- Recurring times -----------------------------------------------------------------------------------------------


def _recurring(text: str, low: str, first: Piece, second: Piece) -> Piece | None:
    """`5h đến 18h` and `mỗi ngày`, `thứ bảy` and `hằng tuần`, `27/7` and `hằng năm`."""
    recurrence = second.meaning
    if not isinstance(recurrence, Recurrence) or not _leads_to(low, first, second, " "):
        return None
    timex = _recurring_timex(first, recurrence, each=low.startswith("mỗi", second.start))
    return Piece(first.start, second.end, timex, "set", True) if timex else None


def _recurring_timex(piece: Piece, recurrence: Recurrence, each: bool) -> Recurrence | None:
    point = piece.meaning
    if isinstance(point, Range):
        is_open = isinstance(point.last, Point) and point.last.year is None and point.last.shift is None
        return recurrence if is_open and (not piece.alone or not each) else None
    if not isinstance(point, Point) or point.year is not None or point.shift is not None:
        return None
    if piece.is_time:
        timex = timex_of_point(point, None) if recurrence.timex == "P1D" else None
        return Recurrence(timex or recurrence.timex, point.grain)
    if point.weekday is not None:
        return Recurrence(f"XXXX-WXX-{point.weekday + 1}", Grain.DAY)
    if each or point.lunar:
        return recurrence if not each else None
    if point.day is not None:
        month = f"{point.month:02}" if point.month else "XX"
        return Recurrence(f"XXXX-{month}-{point.day:02}", Grain.DAY)
    return Recurrence(f"XXXX-{point.month:02}", Grain.MONTH) if point.month else None


# ---- The whole -----------------------------------------------------------------------------------------------------


def _pieces(text: str, low: str) -> list[Piece]:
    def accept(hit: Hit) -> Piece | None:
        meaning = read(hit)
        counts = standing(hit, text, low) if meaning is not None else Standing.NOT
        if meaning is None or counts is Standing.NOT:
            return None
        return Piece(*hit.match.span(), meaning, hit.name, counts is Standing.ALONE)

    return list(scan(low, accept))


def _join_forward(text: str, low: str, pieces: list[Piece], join: Join) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        made = join(text, low, joined[-1], piece) if joined else None
        if made:
            joined[-1] = made
        else:
            joined.append(piece)
    return joined


def _join_backward(text: str, low: str, pieces: list[Piece], join: Join) -> list[Piece]:
    """Joins from the right, so that the coarser points are whole before a finer one looks at them."""
    joined: list[Piece] = []
    for piece in reversed(pieces):
        made = join(text, low, piece, joined[-1]) if joined else None
        if made:
            joined[-1] = made
        else:
            joined.append(piece)
    joined.reverse()
    return joined


def _as_length(low: str, piece: Piece) -> Piece:
    point = piece.meaning
    if piece.name != "clock" or not isinstance(point, Point) or point.part or not piece.is_time:
        return piece
    if not is_clock_length(low, piece.start, piece.end, point.hour or 0):
        return piece
    trail = TRAIL.match(low, piece.end)
    direction = 0 if trail is None else -1 if trail["word"] == "qua" else 1
    end = trail.end() if trail else piece.end
    return Piece(piece.start, end, clock_length(point, direction), "length", True)


def expressions(text: str, low: str) -> list[Expression]:
    """The temporal expressions of a text, in order."""
    pieces = _join_backward(text, low, _pieces(text, low), _one_point)
    for join in (_range, _shared_month):
        pieces = _join_forward(text, low, pieces, join)
    pieces = [_as_length(low, _until_now(low, piece)) for piece in _listed(pieces, low)]
    for join in (_counted_days, _recurring):
        pieces = _join_forward(text, low, pieces, join)
    found = []
    for piece in pieces:
        if piece.alone and not isinstance(piece.meaning, Now | Edge):
            found.append(Expression(piece.start, piece.end, piece.meaning))
    return found
