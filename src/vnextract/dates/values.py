"""What temporal expressions mean: from the pieces of `patterns` to points, lengths and recurring times, and from those to
days of the calendar.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from vnextract.article import Published
from vnextract.dates.lunar import LunarDay, cyclic_year, solar
from vnextract.dates.patterns import Hit
from vnextract.lexicon.tables import table
from vnextract.records import Grain

_NUMBERS = {row["word"]: float(row["value"]) for row in table("date_words") if row["kind"] == "number"}
_MONTHS = {row["word"]: row["value"] for row in table("date_words") if row["kind"] == "month"}
_WEEKDAYS = {row["word"]: int(row["value"]) for row in table("date_words") if row["kind"] == "weekday"}
_PARTS = {row["word"]: row["value"] for row in table("date_words") if row["kind"] == "part"}
_UNITS = {row["word"]: row["value"] for row in table("date_words") if row["kind"] == "unit"}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "nhất": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "đầu": 1, "cuối": 4}
_WEEKS = {"nhất": 1, "đầu tiên": 1, "đầu": 1, "hai": 2, "ba": 3, "tư": 4, "cuối cùng": -1, "cuối": -1}
_SHIFTS = {
    "này": 0, "nay": 0, "qua": -1, "trước": -1, "trước đây": -1, "ngoái": -1, "rồi": -1, "vừa qua": -1, "vừa rồi": -1,
    "kia": -2, "kìa": -2, "sau": 1, "tới": 1, "tới đây": 1, "kế tiếp": 1, "tiếp theo": 1, "mai": 1, "mốt": 2,
}  # fmt: skip
_ANAPHORIC = {"đó": 0, "ấy": 0, "sau đó": 1, "trước đó": -1, "tiếp theo": 1, "kế tiếp": 1}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_GRAIN_OF_UNIT = {
    "ngày": Grain.DAY, "tuần": Grain.WEEK, "tháng": Grain.MONTH, "quý": Grain.QUARTER, "năm": Grain.YEAR,
    "thập kỷ": Grain.DECADE, "thập niên": Grain.DECADE, "thế kỷ": Grain.CENTURY,
}  # fmt: skip
_FINENESS = {grain: index for index, grain in enumerate(Grain)}

Days = tuple[date, date]


class Anchor(StrEnum):
    """What a relative expression counts from."""

    PUBLISHED = "published"
    CONTEXT = "context"


class Tense(StrEnum):
    """Where the words around an expression place it."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units before (negative) or after an anchor."""

    unit: Grain
    count: int
    anchor: Anchor = Anchor.PUBLISHED


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the calendar as the text names it, before anything is resolved; None where the text says nothing."""

    grain: Grain
    hour: int | None = None
    minute: int | None = None
    part: str | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    month: int | None = None
    quarter: int | None = None
    months: tuple[int, int] | None = None
    """First and last month of a part of a year."""
    year: int | None = None
    decade: int | None = None
    century: int | None = None
    lunar: bool = False
    shift: Shift | None = None
    edge: bool = False

    def with_coarser(self, other: "Point") -> "Point | None":
        """This point, placed within a coarser one (`tháng 9` within `năm ngoái`); None where the two contradict."""
        merged: dict[str, object] = {}
        for item in fields(self):
            mine, theirs = getattr(self, item.name), getattr(other, item.name)
            if item.name in ("grain", "lunar", "edge"):
                continue
            if mine is not None and theirs is not None and mine != theirs:
                return None
            merged[item.name] = theirs if mine is None else mine
        grain = min(self.grain, other.grain, key=_FINENESS.__getitem__)
        return replace(self, grain=grain, lunar=self.lunar or other.lunar, **merged)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time."""

    duration: str
    grain: Grain
    count: float
    unit: str
    shift: int = 0
    """-1 for a span that ends now (`3 năm qua`), 1 for one that begins now, -2 for a point so long ago."""
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurring time."""

    timex: str
    grain: Grain


@dataclass(frozen=True, slots=True)
class Span:
    """Two ends that one piece names."""

    first: Point
    last: Point


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of publication as the end of a range."""


Meaning = Point | Length | Recurrence | Span | Now


def finer(first: Grain, second: Grain) -> bool:
    """Whether one grain is finer than another."""
    return _FINENESS[first] < _FINENESS[second]


def number(words: str) -> float | None:
    """The value of a numeral in digits or words; None where the words make none.

    >>> number("hai mươi lăm"), number("1,5"), number("hai nghìn"), number("nửa")
    (25.0, 1.5, 2000.0, 0.5)
    """
    if words[0].isdigit():
        return float(words.replace(".", "").replace(",", ".")) if "," in words or len(words) > 4 else _dotted(words)
    total = current = 0.0
    for word in words.split():
        value = _NUMBERS[word]
        if value >= 100:
            total, current = (total + (current or 1)) * value if value >= 1000 else total + (current or 1) * value, 0.0
        elif value == 10 and current:
            current *= 10
        elif current and current % 10:
            return None
        else:
            current += value
    return total + current


def _dotted(digits: str) -> float:
    whole, _, rest = digits.partition(".")
    return float(whole + rest) if len(rest) == 3 else float(digits)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    value = int(text)
    if len(text) == 4:
        return value
    return 1900 + value if value > 40 else 2000 + value


def _month(text: str) -> tuple[int, bool]:
    """A month's number, and whether it belongs to the lunar calendar."""
    value = text if text.isdigit() else _MONTHS[text]
    return int(value.rstrip("L")), value.endswith("L")


def _shift(word: str | None, unit: Grain) -> Shift | None:
    if not word:
        return None
    if word in ("đó", "ấy", "sau đó", "trước đó"):
        return Shift(unit, _ANAPHORIC[word], Anchor.CONTEXT)
    return Shift(unit, _SHIFTS[word])


def _day(match: re.Match[str]) -> Point:
    groups = match.groupdict()
    month, lunar = _month(groups["month"])
    value = groups["day"]
    return Point(
        Grain.DAY,
        day=int(value) if value.isdigit() else int(number(value) or 0),
        month=month,
        year=_year(groups.get("year")),
        lunar=lunar,
    )


def _day_only(match: re.Match[str]) -> Point:
    return Point(Grain.DAY, day=int(match["day"]))


def _days(match: re.Match[str]) -> Span:
    last = _day(match)
    return Span(Point(Grain.DAY, day=int(match["first"])), last)


def _lunar_year(match: re.Match[str]) -> tuple[int | None, str | None]:
    return _year(match["year"]), match["cyclic"]


def _lunar_point(match: re.Match[str], day: int, month: int | None) -> Point | None:
    year, cyclic = _lunar_year(match)
    if cyclic:
        year = cyclic_year(cyclic, year or date.today().year)
        if year is None:
            return None
    return Point(Grain.DAY, day=day, month=month, year=year, lunar=True)


def _lunar_tet(match: re.Match[str]) -> Point | None:
    text = match["day"]
    day = int(text) if text.isdigit() else int(number(text) or 0)
    if day <= 10 and not match["first"]:
        return None
    if day > 10 and (day < 20 or match["first"]):
        return None
    return _lunar_point(match, day, 1 if match["first"] else 12)


def _lunar_full_moon(match: re.Match[str]) -> Point | None:
    return _lunar_point(match, 15, _month(match["month"])[0] if match["month"] else None)


def _lunar_day(match: re.Match[str]) -> Point | None:
    text = match["day"]
    return _lunar_point(match, int(text) if text.isdigit() else int(number(text) or 0), _month(match["month"])[0])


def _month_point(match: re.Match[str]) -> Point:
    month, lunar = _month(match["month"])
    return Point(Grain.MONTH, month=month, year=_year(match["year"]), lunar=lunar)


def _months(match: re.Match[str]) -> Span:
    last = _month_point(match)
    return Span(Point(Grain.MONTH, month=_month(match["first"])[0]), last)


def _years(match: re.Match[str]) -> Span | None:
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
    if not first < last <= first + 300:
        return None
    return Span(Point(Grain.YEAR, year=first), Point(Grain.YEAR, year=last))


def _months_of_year(match: re.Match[str]) -> Point | None:
    groups = match.groupdict()
    count = number(groups["count"])
    if count is None:
        return None
    months = round(count) * (3 if groups.get("unit") == "quý" else 1)
    if not 1 <= months <= 12:
        return None
    span = (13 - months, 12) if groups.get("side") == "cuối" else (1, months)
    grain = Grain.HALF_YEAR if months == 6 else Grain.MONTH
    return _part_of_year(grain, span, _year(groups.get("year")), groups.get("shift"))


def _part_of_year(grain: Grain, months: tuple[int, int], year: int | None, shift: str | None) -> Point:
    moved = _shift(shift, Grain.YEAR) if shift else None if year else Shift(Grain.YEAR, 0)
    return Point(grain, months=months, year=year, shift=moved)


def _half(match: re.Match[str]) -> Point:
    groups = match.groupdict()
    span = (1, 6) if groups["side"] == "đầu" else (7, 12)
    return _part_of_year(Grain.HALF_YEAR, span, _year(groups.get("year")), groups.get("shift"))


def _quarter(match: re.Match[str]) -> Point:
    text = match["quarter"]
    quarter = int(text) if text.isdigit() else _QUARTERS[text]
    return Point(Grain.QUARTER, quarter=quarter, year=_year(match.groupdict().get("year")))


def _week_of_month(match: re.Match[str]) -> Point:
    text = match["week"]
    return Point(Grain.WEEK, week=int(text) if text.isdigit() else _WEEKS[text])


def _weekend(match: re.Match[str]) -> Point:
    return Point(Grain.DAY, weekday=-1, shift=_shift(match["shift"] or "này", Grain.WEEK))


def _weekday(match: re.Match[str]) -> Point:
    shift = match["shift"]
    moved = None
    if shift == "này":
        moved = Shift(Grain.WEEK, 0)
    elif shift:
        # "thứ ba vừa rồi", "thứ ba tới": the nearest on that side, not of the week before or after.
        moved = Shift(Grain.DAY, -1 if shift in ("vừa qua", "vừa rồi", "trước") else 1)
    return Point(Grain.DAY, weekday=_WEEKDAYS[match["weekday"]], shift=moved)


def _year_point(match: re.Match[str]) -> Point:
    return Point(Grain.YEAR, year=int(match["year"]))


def _fiscal_or_year(match: re.Match[str]) -> Point:
    return Point(Grain.YEAR) if match["fiscal"] else _year_point(match)


def _decade(match: re.Match[str]) -> Point:
    text = match["decade"]
    return Point(Grain.DECADE, decade=int(text) if len(text) == 4 else 1900 + int(text))


def _century(match: re.Match[str]) -> Point | None:
    text = match["century"]
    if text.isdigit():
        value = int(text)
    else:
        digits = [_ROMAN[letter] for letter in text]
        pairs = zip(digits, digits[1:] + [0], strict=True)
        value = sum(-digit if digit < following else digit for digit, following in pairs)
    return Point(Grain.CENTURY, century=value) if 1 <= value <= 30 else None


def _day_deictic(match: re.Match[str]) -> Point:
    word = match["shift"] or match["next"]
    count = 2 if word == "kia" and match["next"] else -2 if word in ("kia", "kìa") else _SHIFTS[word]
    return Point(Grain.DAY, shift=Shift(Grain.DAY, count))


def _context_shift(word: str | None) -> Shift:
    count = 0 if not word or word in ("đó", "ấy", "này") else -1 if word == "trước đó" else 1
    return Shift(Grain.DAY, count, Anchor.CONTEXT)


def _day_anaphor(match: re.Match[str]) -> Point:
    return Point(Grain.DAY, shift=_context_shift(match["shift"]))


def _part_deictic(match: re.Match[str]) -> Point:
    word = match["shift"]
    count = 2 if word in ("kia", "mốt") else _SHIFTS[word]
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]], shift=Shift(Grain.DAY, count))


def _part_anaphor(match: re.Match[str]) -> Point:
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]], shift=_context_shift(match["shift"]))


def _edge(match: re.Match[str]) -> Point:
    return Point(Grain.CENTURY, edge=True)


def _edge_bare(match: re.Match[str]) -> Point:
    unit = _GRAIN_OF_UNIT[match["unit"]]
    return Point(unit, shift=Shift(unit, 0), edge=True)


def _relative(match: re.Match[str]) -> Point:
    unit = _GRAIN_OF_UNIT[match["unit"]]
    return Point(unit, shift=_shift(match["shift"], unit))


def _clock(match: re.Match[str]) -> Point | None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute2"] or 0)
    if match["half"]:
        minute = 30
    if match["less"]:
        hour, minute = hour - 1, 60 - int(match["less"])
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    grain = Grain.MINUTE if match["minute"] or match["minute2"] or minute else Grain.HOUR
    return Point(grain, hour=hour, minute=minute)


def _part(match: re.Match[str]) -> Point:
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]])


def _set(match: re.Match[str]) -> Recurrence:
    unit = match["unit"] or "ngày"
    if unit in _WEEKDAYS:
        return Recurrence(f"XXXX-WXX-{_WEEKDAYS[unit] + 1}", Grain.DAY)
    if unit in _PARTS:
        return Recurrence(f"XXXX-XX-XX{_PARTS[unit]}", Grain.PART_OF_DAY)
    return Recurrence(_UNITS[unit], _grain_of(_UNITS[unit]))


def _set_times(match: re.Match[str]) -> Recurrence | None:
    length = _duration(match["count"], match["unit"])
    return Recurrence(length[0], _grain_of(_UNITS[match["unit"]])) if length else None


def _grain_of(unit: str) -> Grain:
    """The grain of an ISO 8601 unit."""
    if unit.startswith("PT"):
        return Grain.MINUTE if unit[-1] in "MS" else Grain.HOUR
    return {"D": Grain.DAY, "W": Grain.WEEK, "M": Grain.MONTH, "Y": Grain.YEAR}[unit[-1]]


_SMALLER = {"Y": ("M", 12), "W": ("D", 7), "H": ("M", 60), "M": ("D", 30), "D": ("TH", 24)}


def _iso(count: float, unit: str) -> str | None:
    """An ISO 8601 length of so many units, in whole numbers."""
    scale = int(re.sub(r"\D", "", unit))
    prefix, letter = ("PT" if unit.startswith("PT") else "P"), unit[-1]
    amount = count * scale
    if amount == int(amount):
        return f"{prefix}{int(amount)}{letter}"
    if prefix == "PT" and letter == "M":
        return f"PT{round(amount * 60)}S"
    smaller, factor = _SMALLER[letter]
    whole, rest = divmod(amount, 1)
    if smaller.startswith("T"):
        prefix_rest = f"T{round(rest * factor)}{smaller[1]}"
    else:
        prefix_rest = f"{round(rest * factor)}{smaller}"
    if letter == "W":
        return f"P{round(amount * 7)}D" if (amount * 7) % 1 < 0.01 or amount == 0.5 else f"P{int(amount * 7)}D"
    return f"{prefix}{int(whole)}{letter}{prefix_rest}" if whole else f"{prefix}{prefix_rest}"


def _duration(count: str, unit: str, half: bool = False) -> tuple[str, float] | None:
    value = number(count)
    if value is None or value <= 0:
        return None
    value += 0.5 if half else 0
    written = _iso(value, _UNITS[unit])
    return (written, value) if written else None


_LENGTH_TRAILS = {"qua": -1, "nay": -1, "tới": 1, "trước": -2, "trước đây": -2, "tiếp theo": 0}


def _length(match: re.Match[str]) -> Length | None:
    read = _duration(match["count"], match["unit"], bool(match["half"]))
    if read is None:
        return None
    duration, count = read
    if match["more"]:
        rest = _duration(match["more"], match["unit2"])
        if rest is None:
            return None
        duration = _sum(duration, rest[0])
    trail = (match["trail"] or "").strip()
    exact = not match["qualifier"].strip() and not match["more"] and not match["upper"]
    return Length(duration, _grain_of(_UNITS[match["unit"]]), count, match["unit"], _LENGTH_TRAILS.get(trail, 0), exact)


def _sum(first: str, second: str) -> str:
    """Two ISO 8601 lengths one after the other: `P1Y` and `P6M` make `P1Y6M`."""
    if second.startswith("PT"):
        return first + (second[2:] if "T" in first else second[1:])
    return first + second[1:] if "T" not in first else first


def _now(match: re.Match[str]) -> Now:
    return Now()


_READERS: dict[str, Callable[[re.Match[str]], Meaning | None]] = {
    "lunar_tet": _lunar_tet,
    "lunar_full_moon": _lunar_full_moon,
    "lunar_day": _lunar_day,
    "days": _days,
    "day": _day,
    "day_bare": _day,
    "month_number": _month_point,
    "day_only": _day_only,
    "years": _years,
    "months_of_year": _months_of_year,
    "half": _half,
    "quarter": _quarter,
    "months": _months,
    "month": _month_point,
    "week_of_month": _week_of_month,
    "weekend": _weekend,
    "weekday": _weekday,
    "year": _fiscal_or_year,
    "year_bare": _year_point,
    "decade": _decade,
    "century": _century,
    "day_deictic": _day_deictic,
    "day_anaphor": _day_anaphor,
    "part_deictic": _part_deictic,
    "part_anaphor": _part_anaphor,
    "edge": _edge,
    "edge_bare": _edge_bare,
    "relative": _relative,
    "clock": _clock,
    "part": _part,
    "set": _set,
    "set_times": _set_times,
    "length": _length,
    "now": _now,
}


def read(hit: Hit) -> Meaning | None:
    """What a piece says; None where its form is right but says nothing (a fifteenth month, a zero length)."""
    return _READERS[hit.name](hit.match)


# ---- From points to days ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Context:
    """What a point is resolved against: the publication date, and what the article has named so far."""

    published: Published | None
    day: date | None = None
    """The day named last."""
    days: Days | None = None
    """The stretch named last, of any grain."""
    printed: dict[tuple[int | None, int], set[int]] = field(default_factory=dict)
    """(day, month) → the years that the article prints with it."""

    @property
    def window(self) -> Days | None:
        """The days on which the article may have been published."""
        return _partial_days(self.published) if self.published else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A point with its days; None where the text and the publication date do not settle them."""

    days: Days | None
    timex: str | None
    relative: bool
    lunar: str | None = None
    possible: bool = True
    """False where the calendar has no such day."""


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year_days(first: int, last: int | None = None) -> Days:
    return date(first, 1, 1), date(last or first, 12, 31)


def _partial_days(published: Published) -> Days:
    if published.month is None:
        return _year_days(published.year)
    if published.day is None:
        return month_days(published.year, published.month)
    day = date(published.year, published.month, published.day)
    return day, day


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_possible(day: int | None, month: int | None, year: int | None) -> bool:
    """Whether the calendar has such a day, in that year or, without one, in any.

    >>> is_possible(29, 2, None), is_possible(29, 2, 2025), is_possible(31, 9, None)
    (True, False, False)
    """
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year or 2000, month or 1)[1]


def _distance(days: Days, anchor: date) -> int:
    """How far a stretch lies from a day: negative when before it, 0 when around it."""
    first, last = days
    return (first - anchor).days if first > anchor else (last - anchor).days if last < anchor else 0


def _nearest(candidates: list[Days], anchor: date, tense: Tense) -> Days | None:
    fitting = [
        days
        for days in candidates
        if tense is Tense.OPEN or (days[0] <= anchor if tense is Tense.PAST else days[1] >= anchor)
    ]
    return min(fitting or candidates, key=lambda days: abs(_distance(days, anchor)), default=None)


def _nearest_year(in_year: Callable[[int], Days | None], context: Context, tense: Tense) -> Days | None:
    """The stretch in the year nearest to publication that fits the tense; None where a partial date leaves it open."""
    window = context.window
    if window is None or context.published is None:
        return None
    if context.published.month is None:
        return in_year(context.published.year)
    found = {
        _nearest(
            [days for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (days := in_year(year))], anchor, tense
        )
        for anchor in window
    }
    return found.pop() if len(found) == 1 else None


def _moved(days: Days, shift: Shift) -> Days | None:
    """The whole unit that lies so many units from the one that holds `days`; None where `days` cross its bounds."""
    ends = [_unit_around(day, shift.unit, shift.count) for day in days]
    return ends[0] if ends[0] == ends[1] else None


def _unit_around(day: date, unit: Grain, count: int) -> Days | None:
    try:
        if unit is Grain.DAY:
            at = day + timedelta(count)
            return at, at
        if unit is Grain.WEEK:
            monday = day + timedelta(7 * count - day.weekday())
            return monday, monday + timedelta(6)
        if unit in (Grain.MONTH, Grain.QUARTER):
            size = 1 if unit is Grain.MONTH else 3
            index = (day.year * 12 + day.month - 1) // size + count
            year, month = divmod(index * size, 12)
            return date(year, month + 1, 1), month_days(year, month + size)[1]
        size = {Grain.YEAR: 1, Grain.DECADE: 10, Grain.CENTURY: 100}[unit]
        first = (day.year // size + count) * size
        return _year_days(first, first + size - 1)
    except (ValueError, OverflowError):
        return None


def _anchor(context: Context, shift: Shift) -> Days | None:
    if shift.anchor is Anchor.PUBLISHED:
        return context.window
    if shift.unit is Grain.DAY:
        return (context.day, context.day) if context.day else None
    return context.days


def _shifted_year(point: Point, context: Context) -> int | None:
    """The year that `năm ngoái` and the like put a point into."""
    if point.shift is None or point.shift.unit is not Grain.YEAR:
        return None
    anchor = _anchor(context, point.shift)
    days = _moved(anchor, point.shift) if anchor else None
    return days[0].year if days else None


def _years_of(point: Point, context: Context) -> int | None:
    return point.year if point.year is not None else _shifted_year(point, context)


def resolve(point: Point, context: Context, tense: Tense = Tense.OPEN) -> Resolved:
    """The days of a point, its TIMEX3 value, and whether they depend on anything outside it."""
    if point.lunar:
        return _resolve_lunar(point, context, tense)
    if not is_possible(point.day, point.month, point.year):
        return Resolved(None, None, False, possible=False)
    days = _days_of(point, context, tense)
    return Resolved(days, _timex(point, days), _is_relative(point))


def lend(point: Point, day: date) -> Point:
    """A relative point with the day that the text gives it elsewhere."""
    return replace(point, day=day.day, month=day.month, year=day.year, weekday=None, shift=None)


def _is_relative(point: Point) -> bool:
    return point.year is None and point.decade is None and point.century is None


def _days_of(point: Point, context: Context, tense: Tense) -> Days | None:
    if point.weekday is not None and point.month is None:
        return _weekday_days(point, context, tense)
    if point.month is not None or point.quarter is not None or point.months is not None:
        return _within_year(point, context, tense)
    if point.shift is not None:
        anchor = _anchor(context, point.shift)
        return _moved(anchor, point.shift) if anchor else None
    if point.day is not None:
        return _day_of_month(point.day, context, tense)
    if point.year is not None:
        return _year_days(point.year)
    if point.decade is not None:
        return _year_days(point.decade, point.decade + 9)
    if point.century is not None:
        return _year_days(point.century * 100 - 99, point.century * 100)
    return None


def _within_year(point: Point, context: Context, tense: Tense) -> Days | None:
    def in_year(year: int) -> Days | None:
        if point.months:
            return date(year, point.months[0], 1), month_days(year, point.months[1])[1]
        if point.quarter:
            return date(year, point.quarter * 3 - 2, 1), month_days(year, point.quarter * 3)[1]
        assert point.month is not None
        if point.day is not None:
            day = _safe_date(year, point.month, point.day)
            return (day, day) if day else None
        return _week_in(month_days(year, point.month), point.week)

    if point.shift is not None and point.shift.unit is not Grain.YEAR:
        return _month_near(point, in_year, context)
    year = _years_of(point, context)
    if year is not None:
        return in_year(year)
    if point.shift is not None:
        return None
    if context.published is None:
        years = context.printed.get((point.day, point.month or 0), set())
        return in_year(next(iter(years))) if len(years) == 1 else None
    return _nearest_year(in_year, context, tense)


def _month_near(point: Point, in_year: Callable[[int], Days | None], context: Context) -> Days | None:
    """A day or month printed beside a relative one: `sáng nay 22/10`, `tháng 10 này`."""
    assert point.shift is not None
    if point.year is not None:
        return in_year(point.year)
    tense = Tense.PAST if point.shift.count < 0 else Tense.FUTURE if point.shift.count > 0 else Tense.OPEN
    return _nearest_year(in_year, context, tense)


def _week_in(days: Days, week: int | None) -> Days:
    if week is None:
        return days
    first, last = days
    if week < 0:
        return last - timedelta(6), last
    begin = first + timedelta(7 * (week - 1))
    return begin, min(begin + timedelta(6), last)


def _day_of_month(day: int, context: Context, tense: Tense) -> Days | None:
    """`ngày 22` with no month: the nearest such day that fits the tense."""
    if context.published is None or context.published.month is None:
        return None
    found = set()
    for anchor in context.window or ():
        months = [_unit_around(anchor, Grain.MONTH, count) for count in (-1, 0, 1)]
        days = [at for month in months if month and (at := _safe_date(month[0].year, month[0].month, day))]
        found.add(_nearest([(at, at) for at in days], anchor, tense))
    return found.pop() if len(found) == 1 else None


def _weekday_days(point: Point, context: Context, tense: Tense) -> Days | None:
    assert point.weekday is not None
    shift = point.shift
    if shift is not None and shift.unit is Grain.WEEK:
        anchor = _anchor(context, shift)
        week = _moved(anchor, shift) if anchor else None
        if week is None:
            return None
        if point.weekday < 0:
            return week[0] + timedelta(5), week[1]
        at = week[0] + timedelta(point.weekday)
        return at, at
    window = context.window
    if window is None or window[0] != window[1]:
        return None
    today = window[0]
    if shift is not None and shift.unit is Grain.DAY and point.weekday >= 0 and shift.count == 0:
        return today, today
    if (shift is not None and shift.count > 0) or (shift is None and tense is Tense.FUTURE):
        at = today + timedelta((point.weekday - today.weekday() - 1) % 7 + 1)
    elif shift is not None:
        at = today - timedelta((today.weekday() - point.weekday - 1) % 7 + 1)
    else:
        at = today - timedelta((today.weekday() - point.weekday) % 7)
    return at, at


def _resolve_lunar(point: Point, context: Context, tense: Tense) -> Resolved:
    month = point.month
    if month is None:
        return Resolved(None, None, True)

    def in_year(year: int) -> Days | None:
        return solar(LunarDay(year, month, point.day))

    year = _years_of(point, context)
    days = in_year(year) if year is not None else _nearest_year(in_year, context, tense)
    if days is None:
        possible = point.day is None or point.day <= 30
        return Resolved(None, None, year is None, possible=possible and (year is None or not 1900 <= year <= 2099))
    lunar_year = year if year is not None else _lunar_year_of(days, in_year)
    grain = Grain.DAY if point.day else Grain.MONTH
    timex = days[0].isoformat() if point.day else None
    del grain
    return Resolved(days, timex, year is None, lunar=str(LunarDay(lunar_year, month, point.day)))


def _lunar_year_of(days: Days, in_year: Callable[[int], Days | None]) -> int:
    return next(year for year in (days[0].year, days[0].year - 1) if in_year(year) == days)


# ---- TIMEX3 -----------------------------------------------------------------------------------------------------------


def _timex(point: Point, days: Days | None) -> str | None:
    if point.grain in (Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY):
        return _timex_day(point, days)
    if days is None:
        return (
            f"XXXX-{point.month:02}"
            if point.month and point.week is None
            else f"XXXX-Q{point.quarter}"
            if point.quarter
            else None
        )
    return timex_of(days)


def timex_of(days: Days) -> str | None:
    """The TIMEX3 value of a calendar unit that begins and ends on these days; None where they make no unit.

    >>> timex_of((date(2025, 1, 1), date(2025, 3, 31))), timex_of((date(1990, 1, 1), date(1999, 12, 31)))
    ('2025-Q1', '199')
    """
    first, last = days
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + timedelta(1)).day == 1 and first.year == last.year:
        months = (first.month, last.month)
        quarters = {(1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4", (1, 6): "H1", (7, 12): "H2"}
        if months == (1, 12):
            return f"{first.year:04}"
        if months in quarters:
            return f"{first.year:04}-{quarters[months]}"
        return f"{first.year:04}-{first.month:02}" if first.month == last.month else None
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = last.year - first.year + 1
        if years == 10 and first.year % 10 == 0:
            return f"{first.year // 10:03}"
        return f"{last.year // 100 - 1:02}" if years == 100 and last.year % 100 == 0 else None
    if first.weekday() == 0 and last - first == timedelta(6):
        return f"{first.isocalendar().year:04}-W{first.isocalendar().week:02}"
    if first.weekday() == 5 and last - first == timedelta(1):
        return f"{first.isocalendar().year:04}-W{first.isocalendar().week:02}-WE"
    return None


_HOUR_OF_PART = {"TAF": 12, "TEV": 12, "TNI": 12}


def _timex_day(point: Point, days: Days | None) -> str | None:
    if days is not None and days[0] != days[1]:
        return timex_of(days)
    if days is not None:
        base = days[0].isoformat()
    elif point.weekday is not None and point.weekday >= 0:
        base = f"XXXX-WXX-{point.weekday + 1}"
    elif point.month:
        year = f"{point.year:04}" if point.year else "XXXX"
        base = f"{year}-{point.month:02}-{point.day:02}" if point.day else f"{year}-{point.month:02}-XX"
    elif point.day:
        base = f"XXXX-XX-{point.day:02}"
    else:
        base = "XXXX-XX-XX"
    if point.hour is not None:
        hour = point.hour
        if point.part in _HOUR_OF_PART and 1 <= hour <= 11 and not (point.part == "TNI" and hour <= 5):
            hour += 12
        return f"{base}T{hour:02}" + (f":{point.minute:02}" if point.minute is not None else "")
    return base + (point.part or "")


def ago(length: Length, context: Context) -> Days | None:
    """The day or unit that lies a length before publication: `3 ngày trước`, `3 năm trước đây`."""
    window = context.window
    unit = length.grain
    if window is None or length.count != int(length.count) or not length.exact:
        return None
    count = int(length.count)
    scale = int(re.sub(r"\D", "", _UNITS[length.unit]))
    if unit not in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR):
        return None
    return _moved(window, Shift(unit, -count * scale))


def stretch(length: Length, context: Context) -> Days | None:
    """The days of a length that ends or begins at publication: `3 tháng qua`, `3 ngày tới`."""
    window = context.window
    if window is None or window[0] != window[1] or not length.exact or abs(length.shift) != 1:
        return None
    today = window[0]
    scale = int(re.sub(r"\D", "", _UNITS[length.unit]))
    amount = ceil(length.count * scale)
    if length.grain not in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR):
        return None
    far = _far_day(today, length.grain, amount * length.shift)
    if far is None:
        return None
    return (far + timedelta(1), today) if length.shift < 0 else (today + timedelta(1), far)


def _far_day(day: date, unit: Grain, count: int) -> date | None:
    try:
        if unit in (Grain.DAY, Grain.WEEK):
            return day + timedelta(count * (7 if unit is Grain.WEEK else 1))
        index = day.year * 12 + day.month - 1 + count * (12 if unit is Grain.YEAR else 1)
        year, month = divmod(index, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None
