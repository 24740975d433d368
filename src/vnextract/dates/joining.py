"""How neighbouring pieces make one expression, and which pieces are no dates at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vnextract.dates.patterns import AND, RANGE, SAME_POINT, UNTIL_NOW, Hit, scan
from vnextract.dates.values import Anchor, Length, Meaning, Now, Point, Recurrence, Span, finer, is_possible, read
from vnextract.lexicon.tables import table
from vnextract.records import Grain

_ROWS = table("date_words")


def _any(kind: str) -> str:
    words = sorted((row["word"] for row in _ROWS if row["kind"] == kind), key=len, reverse=True)
    return "|".join(map(re.escape, words))


_LEAD = re.compile(rf"(?:(?<!\w)(?:{_any('lead')}) |[(\[“\"‘'])\Z")
_YEAR_LEAD = re.compile(rf"(?<!\w)(?:{_any('year_lead')}) ?\Z")
_LENGTH_LEAD = re.compile(rf"(?<!\w)(?:{_any('length_lead')}) \Z")
_NO_DATE_LEAD = re.compile(rf"(?:(?<!\w)(?:{_any('no_date_lead')}) |[$€£#])\Z")
_MEASURED = re.compile(rf" ?(?:{_any('measured')})(?!\w)")
_CLOSES = re.compile(r" ?[,.;:)\]\n”\"’'!?…–-]|\Z")
_GOES_ON = re.compile(rf" (?:{_any('follow')})(?!\w)")
_FRACTION = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (2, 5), (3, 5), (4, 5), (24, 7), (1, 8), (1, 10)})
_LEAD_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a temporal expression, or a whole one, in offsets of the text."""

    start: int
    end: int
    meaning: "Meaning | Range"
    name: str
    sure: bool
    """False for a piece that counts only beside another."""


@dataclass(frozen=True, slots=True)
class Range:
    """Two ends named one after the other."""

    first: Point | Now
    last: Point | Now


# ---- Which pieces count -----------------------------------------------------------------------------------------------


def _pieces(text: str, low: str) -> Iterator[Piece]:
    for hit in scan(low):
        meaning = read(hit)
        if meaning is not None:
            yield Piece(hit.match.start(), hit.match.end(), meaning, hit.name, _is_sure(hit, meaning, text, low))


def _before(low: str, start: int) -> str:
    return low[max(0, start - _LEAD_LENGTH) : start]


def _is_sure(hit: Hit, meaning: Meaning, text: str, low: str) -> bool:
    start, end = hit.match.span()
    if hit.name == "day_bare":
        return _bare_day_counts(hit, low)
    if hit.name == "days" and not hit.match["head"]:
        return _bare_days_count(hit, low)
    if hit.name == "month_number":
        return not _NO_DATE_LEAD.search(_before(low, start)) and _follows(low, end)
    if hit.name == "year_bare":
        return bool(_YEAR_LEAD.search(_before(low, start))) and _follows(low, end)
    if hit.name == "years":
        return bool(hit.match["head"]) or not _NO_DATE_LEAD.search(_before(low, start))
    if hit.name == "weekday":
        return _weekday_counts(hit, text, low)
    if hit.name == "length":
        return _length_counts(hit, text, low)
    return hit.name not in ("clock", "part", "edge", "now", "clock_length")


def _follows(low: str, end: int) -> bool:
    return not _MEASURED.match(low, end)


def _bare_day_counts(hit: Hit, low: str) -> bool:
    """`24/5` with no `ngày` before it: a date by what stands around it."""
    start, end = hit.match.span()
    day, month, separator = int(hit.match["day"]), int(hit.match["month"]), hit.match["sep"].strip()
    before = _before(low, start)
    if not is_possible(day, month, None) or _MEASURED.match(low, end) or _NO_DATE_LEAD.search(before):
        return False
    if hit.match["year"]:
        return len(hit.match["year"]) == 4 or separator == "/"
    led = bool(_LEAD.search(before)) or (not before or before[-1] == "\n")
    if separator != "/" or (day, month) in _FRACTION:
        return led and bool(_CLOSES.match(low, end) or _GOES_ON.match(low, end) or separator == "-")
    return led or bool(_CLOSES.match(low, end) or _GOES_ON.match(low, end))


def _bare_days_count(hit: Hit, low: str) -> bool:
    start, end = hit.match.span()
    if hit.match["join"] == "-" and hit.match["sep"] in "-–":
        return False
    return _follows(low, end) and not _NO_DATE_LEAD.search(_before(low, start))


def _weekday_counts(hit: Hit, text: str, low: str) -> bool:
    start, end = hit.match.span()
    word = hit.match["weekday"]
    if word in ("chủ nhật", "chúa nhật") or hit.match["shift"]:
        return True
    named = text[hit.match.end("weekday") - len(word.split()[-1])].isupper()
    return named and not hit.match["head"] or (hit.match["head"] == "hôm")


def _length_counts(hit: Hit, text: str, low: str) -> bool:
    start, end = hit.match.span()
    before = _before(low, start)
    if re.match(r" (?:tuổi|tuổi đời)(?!\w)", low[end : end + 10]) or (start and low[start - 1] in "/-–"):
        return False
    count = hit.match["count"]
    if (
        count == "một"
        and hit.match["unit"] in ("ngày", "năm")
        and re.match(r" (?:nào|mới|kia|đẹp|không xa)(?!\w)", low[end : end + 12])
    ):
        return False
    if count == "năm" and hit.match["unit"] == "tháng" and not hit.match["qualifier"]:
        return bool(_LENGTH_LEAD.search(before))
    return not _NO_DATE_LEAD.search(before)


# ---- Pieces of one point ----------------------------------------------------------------------------------------------


def _same_point(low: str, first: Piece, second: Piece) -> Piece | None:
    """`22 giờ` and `ngày 4.12`, `tháng 9` and `năm ngoái` as one."""
    gap = SAME_POINT.match(low, first.end)
    if gap is None or gap.end() != second.start:
        return None
    a, b = first.meaning, second.meaning
    if not isinstance(a, Point) or not isinstance(b, Point) or b.grain is Grain.CENTURY and second.name == "edge":
        return None
    if (
        first.name != "edge"
        and not finer(a.grain, b.grain)
        and not (a.grain == b.grain == Grain.DAY or _is_day_pair(a, b))
    ):
        return None
    if gap.group() != " " and _is_deictic(a):
        return None
    merged = a.with_coarser(b)
    if merged is None or (merged.day and merged.month and not is_possible(merged.day, merged.month, merged.year)):
        return None
    name = second.name if first.name == "edge" else first.name
    return Piece(first.start, second.end, merged, name, _pair_is_sure(first, second))


def _is_day_pair(a: Point, b: Point) -> bool:
    return a.grain is Grain.PART_OF_DAY and b.grain is Grain.DAY


def _is_deictic(point: Point) -> bool:
    return point.shift is not None and point.shift.unit is Grain.DAY and point.shift.anchor is Anchor.PUBLISHED


_NEEDS_DAY = frozenset({"clock", "part"})


def _pair_is_sure(first: Piece, second: Piece) -> bool:
    if first.name in _NEEDS_DAY:
        return second.sure or second.name not in _NEEDS_DAY
    return True


def _merge_points(low: str, pieces: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in reversed(pieces):
        while merged and (joined := _same_point(low, piece, merged[-1])):
            merged.pop()
            piece = joined
        merged.append(piece)
    merged.reverse()
    return merged


# ---- Ranges -----------------------------------------------------------------------------------------------------------


def _range(text: str, low: str, first: Piece, second: Piece) -> Piece | None:
    gap = RANGE.match(low, first.end)
    if gap is None or gap.end() != second.start:
        return None
    a, b = first.meaning, second.meaning
    dashed = not gap.group().strip().isalpha() and gap.group().strip() in "-–—"
    if dashed and (text[second.start].isupper() or isinstance(a, Point) and _is_deictic(a)):
        return None
    if isinstance(a, Now) and isinstance(b, Point) and second.name not in _NEEDS_DAY:
        return Piece(first.start, second.end, Range(a, b), "range", True)
    if not isinstance(a, Point) or not isinstance(b, Point) or not _are_ends(first, second):
        return None
    if not (first.sure or second.sure) and not (_reads_as_date(first) and _reads_as_date(second)):
        return None
    return Piece(first.start, second.end, Range(a, b), "range", not {first.name, second.name} <= {"clock"})


def _reads_as_date(piece: Piece) -> bool:
    return piece.name in ("day_bare", "month_number") and isinstance(piece.meaning, Point)


def _are_ends(first: Piece, second: Piece) -> bool:
    timed = [piece.name in _NEEDS_DAY and _has_no_day(piece.meaning) for piece in (first, second)]
    if timed == [True, False]:
        return isinstance(second.meaning, Point) and second.meaning.hour is not None
    return timed != [False, True]


def _has_no_day(meaning: Meaning) -> bool:
    return isinstance(meaning, Point) and meaning.day is None and meaning.weekday is None and meaning.shift is None


def _coordination(low: str, first: Piece, second: Piece) -> Piece | None:
    """`ngày 18` and `19/4`, where the first borrows its month."""
    gap = AND.match(low, first.end)
    a, b = first.meaning, second.meaning
    if gap is None or gap.end() != second.start or not isinstance(a, Point) or not isinstance(b, Point):
        return None
    if first.name == "day_only" and b.day is not None and b.month is not None:
        return Piece(first.start, second.end, Range(a, b), "range", True)
    return None


def _until_now(low: str, piece: Piece) -> Piece:
    match = UNTIL_NOW.match(low, piece.end)
    if match and isinstance(piece.meaning, Point) and piece.name not in _NEEDS_DAY:
        return Piece(piece.start, match.end(), Range(piece.meaning, Now()), "range", True)
    return piece


def _merge_ranges(text: str, low: str, pieces: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and (joined := _range(text, low, last, piece) or _coordination(low, last, piece)):
            merged[-1] = joined
        else:
            if last:
                merged[-1] = _until_now(low, last)
            merged.append(piece)
    if merged:
        merged[-1] = _until_now(low, merged[-1])
    return merged


# ---- Counted days and recurring times ---------------------------------------------------------------------------------


def _counted_days(low: str, pieces: list[Piece]) -> list[Piece]:
    """`2 ngày 24 - 25.9`, `2 ngày 31.8 và 2.9` as one range."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and _counts_days(low, merged[-1], piece):
            merged[-1] = replace(piece, start=merged[-1].start, sure=True)
        elif len(merged) > 1 and _counts_days(low, merged[-2], merged[-1]) is False and _is_listed(low, merged, piece):
            a, b = merged[-1].meaning, piece.meaning
            assert isinstance(a, Point) and isinstance(b, Point)
            merged[-2:] = [Piece(merged[-2].start, piece.end, Range(a, b), "range", True)]
        else:
            merged.append(piece)
    return merged


def _counts_days(low: str, length: Piece, days: Piece) -> bool | None:
    """True where a count of days leads into a range of days, False where it leads into one day, None elsewhere."""
    if (
        not isinstance(length.meaning, Length)
        or length.meaning.unit != "ngày"
        or low[length.end : days.start] not in (" ", ", ")
    ):
        return None
    if isinstance(days.meaning, Point):
        return False if days.meaning.day is not None else None
    ends = days.meaning.last if isinstance(days.meaning, Span | Range) else None
    return True if isinstance(ends, Point) and ends.day is not None else None


def _is_listed(low: str, merged: list[Piece], piece: Piece) -> bool:
    gap = AND.match(low, merged[-1].end)
    return (
        gap is not None
        and gap.end() == piece.start
        and isinstance(piece.meaning, Point)
        and piece.meaning.day is not None
    )


def _recurring(low: str, pieces: list[Piece]) -> list[Piece]:
    """`5h đến 18h` and `mỗi ngày`, `thứ bảy` and `hằng tuần` as one recurring time."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and isinstance(piece.meaning, Recurrence) and low[last.end : piece.start] == " ":
            timex = _recurring_timex(low, last, piece)
            if timex:
                merged[-1] = Piece(last.start, piece.end, timex, "set", True)
                continue
        merged.append(piece)
    return merged


def _recurring_timex(low: str, piece: Piece, recurrence: Piece) -> Recurrence | None:
    meaning = piece.meaning
    assert isinstance(recurrence.meaning, Recurrence)
    if isinstance(meaning, Range | Span):
        return recurrence.meaning if piece.name == "range" and not piece.sure else None
    if not isinstance(meaning, Point):
        return None
    if meaning.weekday is not None and meaning.weekday >= 0:
        return Recurrence(f"XXXX-WXX-{meaning.weekday + 1}", Grain.DAY)
    if low.startswith("mỗi", recurrence.start) and piece.name not in _NEEDS_DAY:
        return None
    if meaning.day is not None:
        month = f"{meaning.month:02}" if meaning.month else "XX"
        return Recurrence(f"XXXX-{month}-{meaning.day:02}", Grain.DAY)
    if meaning.month is not None:
        return Recurrence(f"XXXX-{meaning.month:02}", Grain.MONTH)
    return recurrence.meaning if piece.name in _NEEDS_DAY else None


# ---- The whole --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expression:
    """A whole temporal expression, not yet resolved."""

    start: int
    end: int
    meaning: Point | Length | Recurrence | Range


def _as_length(low: str, piece: Piece) -> Piece:
    """A clock time that stands alone is a length where the words before it say so: `trong 24 giờ`."""
    point = piece.meaning
    if (
        piece.name != "clock"
        or not isinstance(point, Point)
        or point.part
        or point.day
        or point.shift
        or point.grain is not Grain.HOUR
    ):
        return piece
    text = low[piece.start : piece.end]
    if text[0].isdigit() and not (_LENGTH_LEAD.search(_before(low, piece.start)) or point.hour in (12, 24)):
        return piece
    return replace(
        piece, meaning=Length(f"PT{point.hour}H", Grain.HOUR, float(point.hour or 0), "giờ"), sure=bool(point.hour)
    )


def expressions(text: str, low: str) -> list[Expression]:
    """The temporal expressions of a text, in order."""
    pieces = _merge_points(low, list(_pieces(text, low)))
    pieces = _merge_ranges(text, low, pieces)
    pieces = _counted_days(low, pieces)
    pieces = [_as_length(low, piece) for piece in _recurring(low, pieces)]
    found = []
    for piece in pieces:
        meaning = piece.meaning
        if not piece.sure or isinstance(meaning, Now):
            continue
        if isinstance(meaning, Span):
            meaning = Range(meaning.first, meaning.last)
        found.append(Expression(piece.start, piece.end, meaning))
    return found
