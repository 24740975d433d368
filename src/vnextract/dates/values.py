"""What temporal expressions mean: from the pieces of `patterns` to points, lengths and recurring times."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from vnextract.dates.lunar import cyclic_year_before
from vnextract.dates.patterns import Hit
from vnextract.lexicon.tables import table
from vnextract.records import Grain


def _values(kind: str) -> dict[str, str]:
    return {row["word"]: row["value"] for row in table("date_words") if row["kind"] == kind}


_NUMBERS = {word: float(value) for kind in ("digit", "number") for word, value in _values(kind).items()}
_MONTHS = _values("month")
_WEEKDAYS = {word: int(value) for word, value in _values("weekday").items()}
_PARTS = _values("part")
_UNITS = _values("unit") | {"h": "PT1H", "g": "PT1H"}
_QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "đầu": 1,
    "cuối": 4,
}
_WEEKS = {"nhất": 1, "đầu tiên": 1, "đầu": 1, "hai": 2, "ba": 3, "tư": 4, "cuối cùng": -1, "cuối": -1}
_SHIFTS = {
    "này": 0, "nay": 0, "qua": -1, "trước": -1, "ngoái": -1, "rồi": -1, "vừa qua": -1, "vừa rồi": -1, "kia": -2,
    "kìa": -2, "sau": 1, "tới": 1, "kế tiếp": 1, "tiếp theo": 1, "mai": 1, "mốt": 2,
}  # fmt: skip
_ANAPHORS = {
    "đó": 0,
    "ấy": 0,
    "này": 0,
    "sau đó": 1,
    "trước đó": -1,
    "sau": 1,
    "trước": -1,
    "tiếp theo": 1,
    "kế tiếp": 1,
}
_UNIT_GRAINS = {
    "ngày": Grain.DAY, "tuần": Grain.WEEK, "tháng": Grain.MONTH, "quý": Grain.QUARTER, "năm": Grain.YEAR,
    "thập kỷ": Grain.DECADE, "thập niên": Grain.DECADE, "thế kỷ": Grain.CENTURY,
}  # fmt: skip
_ROMAN = {"i": 1, "v": 5, "x": 10}
_FINENESS = {grain: index for index, grain in enumerate(Grain)}
_FEAST_REACH = 40
WEEKEND = -1
"""The `weekday` of a weekend, Saturday and Sunday together."""


class Anchor(StrEnum):
    """What a relative expression counts from."""

    PUBLISHED = "published"
    CONTEXT = "context"
    SCHOOL_YEAR = "school year"
    """The calendar year in which the school year at publication began."""


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
    season: str | None = None
    lunar: bool | None = None
    cyclic: str | None = None
    """Name of the year in the sixty-year cycle."""
    shift: Shift | None = None

    @property
    def is_deictic_day(self) -> bool:
        """Whether it is a day counted from publication: `hôm qua`, `sáng nay`."""
        return self.shift is not None and self.shift.unit is Grain.DAY and self.shift.anchor is Anchor.PUBLISHED

    def within(self, other: "Point") -> "Point | None":
        """This point within a coarser one (`tháng 9` within `năm ngoái`); None where the two contradict."""
        merged = {item.name: getattr(self, item.name) for item in fields(self)}
        for name in merged.keys() - {"grain"}:
            theirs = getattr(other, name)
            if merged[name] is None:
                merged[name] = theirs
            elif theirs is not None and theirs != merged[name]:
                return None
        merged["grain"] = min(self.grain, other.grain, key=_FINENESS.__getitem__)
        return Point(**merged)

    def on(self, day: date) -> "Point":
        """This relative point with the day that the text gives it elsewhere."""
        return replace(self, day=day.day, month=day.month, year=day.year, weekday=None, shift=None)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, and which way it lies from publication where the text says so."""

    duration: str
    grain: Grain
    unit: str
    count: float
    """In multiples of the grain."""
    direction: int = 0
    """-1 for a span up to now (`3 năm qua`), 1 for one from now on (`3 ngày tới`)."""
    is_ago: bool = False
    """True for a point so long before now (`3 năm trước`)."""
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurring time."""

    timex: str
    grain: Grain


@dataclass(frozen=True, slots=True)
class Now:
    """The moment of publication as the end of a range."""


@dataclass(frozen=True, slots=True)
class Edge:
    """`đầu`, `giữa`, `cuối`, `cả` before a point, which still covers the whole unit."""


@dataclass(frozen=True, slots=True)
class Range:
    """Two ends."""

    first: Point | Now
    last: Point | Now


Meaning = Point | Length | Recurrence | Range | Now | Edge


def is_finer(first: Grain, second: Grain) -> bool:
    """Whether one grain is finer than another."""
    return _FINENESS[first] < _FINENESS[second]


def finest(*grains: Grain) -> Grain:
    """The finest of some grains."""
    return min(grains, key=_FINENESS.__getitem__)


# ---- Numbers and lengths -------------------------------------------------------------------------------------------


def number(text: str) -> float | None:
    """The value of a numeral in digits or words; None where the words make none.

    >>> number("hai mươi lăm"), number("1,5"), number("3.000"), number("hai nghìn"), number("nửa")
    (25.0, 1.5, 3000.0, 2000.0, 0.5)
    """
    if text[0].isdigit():
        whole, _, fraction = text.replace(".", ",").partition(",")
        return float(whole + fraction) if "." in text and len(fraction) == 3 else float(f"{whole}.{fraction or 0}")
    total = group = 0.0
    for word in text.split():
        value = _NUMBERS[word]
        if value >= 1000:
            total, group = total + (group or 1) * value, 0.0
        elif value >= 10 and group and word != "mười":
            group = group * value if group < 10 else group // 10 * 10 + group % 10 * value
        elif group % 10:
            return None
        else:
            group += value
    return total + group


def _iso(count: float, unit: str) -> str | None:
    """An ISO 8601 length of so many units, in whole numbers; None where that cannot be.

    >>> _iso(1.5, "P1Y"), _iso(0.5, "PT1H"), _iso(1.5, "P1W"), _iso(2, "P10Y")
    ('P1Y6M', 'PT30M', 'P10D', 'P20Y')
    """
    prefix, letter = ("PT" if unit.startswith("PT") else "P"), unit[-1]
    amount = count * int(unit[len(prefix) : -1])
    whole, rest = divmod(amount, 1)
    if not rest:
        return f"{prefix}{int(whole)}{letter}"
    if letter == "W":
        return f"P{int(amount * 7)}D"
    smaller, size = {"PY": ("M", 12), "PM": ("D", 30), "PD": ("TH", 24), "PTH": ("M", 60), "PTM": ("S", 60)}.get(
        prefix + letter, ("", 0)
    )
    if not smaller:
        return None
    return prefix + (f"{int(whole)}{letter}" if whole else "") + f"{smaller[:-1]}{round(rest * size)}{smaller[-1]}"


def _duration(count: str, unit: str, half: bool = False) -> tuple[str, float] | None:
    """The ISO 8601 length and the number of units."""
    value = number(count)
    if not value:
        return None
    value += 0.5 if half else 0
    written = _iso(value, _UNITS[unit])
    return (written, value * _scale(_UNITS[unit])) if written else None


def _scale(unit: str) -> int:
    return int(re.sub(r"\D", "", unit))


def _sum(first: str, second: str) -> str:
    """Two ISO 8601 lengths one after the other: `P1Y` and `P6M` make `P1Y6M`."""
    if "T" in first:
        return first + second.removeprefix("PT")
    return first + second[1:]


def _grain(unit: str) -> Grain:
    """The grain of an ISO 8601 unit."""
    if unit.startswith("PT"):
        return Grain.HOUR if unit.endswith("H") else Grain.MINUTE
    return {"D": Grain.DAY, "W": Grain.WEEK, "M": Grain.MONTH, "Y": Grain.YEAR}[unit[-1]]


def _length(match: re.Match[str]) -> Length | None:
    read = _duration(match["count"], match["unit"], bool(match["half"]))
    more = _duration(match["more"], match["unit2"]) if match["more"] else None
    if read is None or (match["more"] and (more is None or not _descends(match["unit"], match["unit2"]))):
        return None
    if match["upper"] and (number(match["upper"]) or 0) <= (number(match["count"]) or 0):
        return None
    duration, count = read
    trail = (match["trail"] or "").strip()
    return Length(
        _sum(duration, more[0]) if more else duration,
        _grain(_UNITS[match["unit"]]),
        match["unit"],
        count,
        direction={"qua": -1, "nay": -1, "tới": 1}.get(trail, 0),
        is_ago=trail in ("trước", "trước đây"),
        is_exact=not (match["qualifier"] or match["more"] or match["upper"] or match["half"]) and count == int(count),
    )


def _hours(match: re.Match[str]) -> Length | None:
    count = int(match["count"])
    direction = {"qua": -1, "tới": 1}.get((match["trail"] or "").strip(), 0)
    return Length(f"PT{count}H", Grain.HOUR, "giờ", float(count), direction) if count else None


def _descends(unit: str, smaller: str) -> bool:
    first, second = _UNITS[unit], _UNITS[smaller]
    return first != second and not is_finer(_grain(first), _grain(second))


def clock_length(point: Point, direction: int) -> Length:
    """A clock time read as a length: `24 giờ`, `7 giờ 30 phút`."""
    hours, minutes = point.hour or 0, point.minute or 0
    duration = "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return Length(duration, point.grain, "giờ", float(hours), direction, is_exact=not minutes)


def _set(match: re.Match[str]) -> Recurrence:
    groups = match.groupdict()
    unit = groups.get("unit") or "ngày"
    if unit in _WEEKDAYS:
        return Recurrence(f"XXXX-WXX-{_WEEKDAYS[unit] + 1}", Grain.DAY)
    if unit in _PARTS:
        return Recurrence(f"XXXX-XX-XX{_PARTS[unit]}", Grain.PART_OF_DAY)
    return Recurrence(_UNITS[unit], Grain.QUARTER if unit == "quý" else _grain(_UNITS[unit]))


def _set_times(match: re.Match[str]) -> Recurrence | None:
    length = _duration(match["count"], match["unit"])
    return Recurrence(length[0], _grain(_UNITS[match["unit"]])) if length else None


# ---- Points of the solar calendar ----------------------------------------------------------------------------------


def _year(match: re.Match[str]) -> int | None:
    text = match.groupdict().get("year")
    if not text or len(text) == 4:
        return int(text) if text else None
    return int(text) + (1900 if int(text) > 40 else 2000)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else int(_MONTHS[text].rstrip("L"))


def _day_number(text: str) -> int:
    return int(text) if text.isdigit() else int(number(text) or 0)


def _shift(match: re.Match[str], unit: Grain) -> Shift | None:
    word = match.groupdict().get("shift")
    return Shift(unit, _SHIFTS[word]) if word else None


def _day(match: re.Match[str]) -> Point:
    day, month, year = _day_number(match["day"]), _month(match["month"]), _year(match)
    # The kings' day falls on the tenth of the third lunar month, whether the calendar is named or not.
    before = match.string[max(0, match.start() - _FEAST_REACH) : match.start()]
    return Point(
        Grain.DAY, day=day, month=month, year=year, lunar=((day, month) == (10, 3) and "giỗ tổ" in before) or None
    )


def _days(match: re.Match[str]) -> Range | None:
    last = _day(match)
    listed = [int(digits) for digits in re.findall(r"\d+", match.group()[: match.start("day") - match.start()])]
    middle = listed[1:]
    # "24-5 và 24.5" is no list, "28 đến 2/5" runs over the end of a month.
    if not 1 <= listed[0] <= 31 or (sorted([*listed, last.day or 0]) != [*listed, last.day] and middle):
        return None
    first = Point(Grain.DAY, day=listed[0])
    part = _PARTS[match["part"]] if match["part"] else None
    return (
        Range(*(replace(end, grain=Grain.PART_OF_DAY, part=part) for end in (first, last)))
        if part
        else Range(first, last)
    )


def _day_only(match: re.Match[str]) -> Point:
    part = _PARTS[match["part"]] if "part" in match.groupdict() else None
    return Point(Grain.PART_OF_DAY if part else Grain.DAY, day=int(match["day"]), part=part)


def _month_point(match: re.Match[str]) -> Point:
    return Point(Grain.MONTH, month=_month(match["month"]), year=_year(match), shift=_shift(match, Grain.MONTH))


def _months(match: re.Match[str]) -> Range:
    return Range(
        Point(Grain.MONTH, month=_month(match["first"])),
        Point(Grain.MONTH, month=_month(match["month"]), year=_year(match)),
    )


def _years(match: re.Match[str]) -> Range | None:
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
    if not first < last <= first + (10 if len(match["last"]) == 2 else 500):
        return None
    return Range(Point(Grain.YEAR, year=first), Point(Grain.YEAR, year=last))


def _months_of_year(match: re.Match[str]) -> Point | None:
    groups = match.groupdict()
    count = number(groups["count"])
    months = int(count or 0) * (3 if groups.get("unit") == "quý" else 1)
    if not 1 <= months <= 12 or groups.get("fiscal"):
        return Point(Grain.MONTH) if groups.get("fiscal") else None
    return _part_of_year(match, (13 - months, 12) if groups.get("side") == "cuối" else (1, months))


def _part_of_year(match: re.Match[str], months: tuple[int, int]) -> Point:
    year = _year(match)
    shift = None if year else _shift(match, Grain.YEAR) or Shift(Grain.YEAR, 0)
    grain = Grain.HALF_YEAR if months in ((1, 6), (7, 12)) else Grain.MONTH
    return Point(grain, months=months, year=year, shift=shift)


def _half(match: re.Match[str]) -> Point:
    return _part_of_year(match, (1, 6) if match["side"] == "đầu" else (7, 12))


def _quarter(match: re.Match[str]) -> Point:
    text = match["quarter"]
    quarter = int(text) if text.isdigit() else _QUARTERS[text]
    year, shift = _year(match), _shift(match, Grain.YEAR if match["quarter"] in ("đầu", "cuối") else Grain.QUARTER)
    return Point(Grain.QUARTER, quarter=quarter, year=year, shift=shift)


def _week_of_month(match: re.Match[str]) -> Point:
    text = match["week"]
    return Point(Grain.WEEK, week=int(text) if text.isdigit() else _WEEKS[text])


def _weekend(match: re.Match[str]) -> Point:
    return Point(Grain.WEEK, weekday=WEEKEND, shift=_shift(match, Grain.WEEK) or Shift(Grain.WEEK, 0))


def _weekday(match: re.Match[str]) -> Point:
    # "thứ ba vừa rồi", "thứ ba tới" name the nearest on that side, not one of the week before or after.
    shift = {"này": Shift(Grain.WEEK, 0), "tới": Shift(Grain.DAY, 1), None: None}.get(
        match["shift"], Shift(Grain.DAY, -1)
    )
    return Point(Grain.DAY, weekday=_WEEKDAYS[match["weekday"]], shift=shift)


def _year_point(match: re.Match[str]) -> Point:
    return Point(Grain.YEAR, year=None if match.groupdict().get("fiscal") else _year(match))


def _season(match: re.Match[str]) -> Point:
    code = {"xuân": "SP", "hè": "SU", "thu": "FA", "đông": "WI"}[match["season"]]
    return Point(Grain.YEAR, year=_year(match), season=code)


def _decade(match: re.Match[str]) -> Point | None:
    text, century = match["decade"], match["century"]
    if len(text) == 4:
        return Point(Grain.DECADE, decade=int(text))
    if century and century != "trước":
        return Point(Grain.DECADE, decade=(_century_number(century) - 1) * 100 + int(text))
    return Point(Grain.DECADE, decade=1900 + int(text)) if century or int(text) >= 30 else None


def _century_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    digits = [_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _century(match: re.Match[str]) -> Point | None:
    value = _century_number(match["century"])
    return Point(Grain.CENTURY, century=value) if 1 <= value <= 30 else None


# ---- Deictic and anaphoric points ----------------------------------------------------------------------------------


def _day_deictic(match: re.Match[str]) -> Point:
    count = 2 if match["next"] == "kia" else _SHIFTS[match["shift"] or match["next"]]
    return Point(Grain.DAY, shift=Shift(Grain.DAY, count))


def _anaphor(word: str | None, unit: Grain) -> Shift:
    return Shift(unit, _ANAPHORS[word] if word else 0, Anchor.CONTEXT)


def _day_anaphor(match: re.Match[str]) -> Point:
    return Point(Grain.DAY, shift=_anaphor(match["shift"] or match["that"], Grain.DAY))


def _part_deictic(match: re.Match[str]) -> Point:
    count = 2 if match["shift"] == "kia" else _SHIFTS[match["shift"]]
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]], shift=Shift(Grain.DAY, count))


def _part_anaphor(match: re.Match[str]) -> Point:
    word = match["shift"] or match["that"]
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]], shift=_anaphor(word, Grain.DAY))


def _relative(match: re.Match[str]) -> Point:
    unit = _UNIT_GRAINS[match["unit"]]
    # "năm này" is the year just named, "năm nay" the present one.
    that = match["that"] or ("này" if match.group() == "năm này" else None)
    return Point(unit, shift=_anaphor(that, unit) if that else _shift(match, unit))


def _next_year(match: re.Match[str]) -> Point:
    return Point(Grain.YEAR, shift=Shift(Grain.YEAR, 1))


def _school_year(match: re.Match[str]) -> Range:
    count = _SHIFTS[match["shift"]]
    first, last = (Shift(Grain.YEAR, count + after, Anchor.SCHOOL_YEAR) for after in (0, 1))
    return Range(Point(Grain.YEAR, shift=first), Point(Grain.YEAR, shift=last))


def _edge(match: re.Match[str]) -> Edge:
    return Edge()


def _edge_bare(match: re.Match[str]) -> Point:
    unit = _UNIT_GRAINS[match["unit"]]
    return Point(unit, shift=Shift(unit, 0))


def _clock(match: re.Match[str]) -> Point | None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute2"] or 0)
    if match["half"]:
        minute = 30
    if match["less"]:
        hour, minute = hour - 1, 60 - int(match["less"])
    if hour < 0 or not 0 <= minute < 60:
        return None
    is_exact = bool(match["minute"] or match["minute2"] or minute)
    part = _PARTS[match["part"]] if match["part"] else None
    return Point(Grain.MINUTE if is_exact else Grain.HOUR, hour=hour, minute=minute, part=part)


def _part(match: re.Match[str]) -> Point:
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]])


def _now(match: re.Match[str]) -> Now:
    return Now()


# ---- Points of the lunar calendar ----------------------------------------------------------------------------------


def _lunar(match: re.Match[str], day: int | None, month: int) -> Point | None:
    if not (1 <= month <= 12 and 1 <= (day or 1) <= 30):
        return None
    groups = match.groupdict()
    year = _year(match)
    return Point(
        Grain.DAY if day else Grain.MONTH, day=day, month=month, year=year, cyclic=groups.get("cyclic"), lunar=True
    )


def _lunar_tet(match: re.Match[str]) -> Point | None:
    day = _day_number(match["day"])
    if match["first"]:
        return _lunar(match, day, 1) if day <= 10 else None
    eve = _lunar(match, day, 12) if day > 20 else None
    if eve is None:
        return None
    # "28 Tết Bính Ngọ" belongs to the year before the one that this Tết opens.
    return replace(
        eve, year=eve.year - 1 if eve.year else None, cyclic=cyclic_year_before(eve.cyclic) if eve.cyclic else None
    )


def _lunar_tets(match: re.Match[str]) -> Range | None:
    last = _lunar(match, _day_number(match["day"]), 1)
    first = replace(last, day=_day_number(match["first"])) if last else None
    return Range(first, last) if first and last else None


def _lunar_year(match: re.Match[str]) -> Point:
    return Point(Grain.YEAR, cyclic=match["cyclic"], lunar=True)


def _lunar_full_moon(match: re.Match[str]) -> Point | None:
    return _lunar(match, 15, _month(match["month"]))


def _lunar_day(match: re.Match[str]) -> Point | None:
    return _lunar(match, _day_number(match["day"]), _month(match["month"]))


def _lunar_days(match: re.Match[str]) -> Range | None:
    last = _lunar_day(match)
    first = replace(last, day=int(match["first"])) if last else None
    return Range(first, last) if first and last else None


def _lunar_month(match: re.Match[str]) -> Point | None:
    return _lunar(match, None, _month(match["month"]))


_READERS: dict[str, Callable[[re.Match[str]], Meaning | None]] = {
    "lunar_tet": _lunar_tet,
    "lunar_tets": _lunar_tets,
    "lunar_year": _lunar_year,
    "lunar_full_moon": _lunar_full_moon,
    "lunar_days": _lunar_days,
    "lunar_day": _lunar_day,
    "lunar_month": _lunar_month,
    "months_of_year": _months_of_year,
    "half": _half,
    "set": _set,
    "set_times": _set_times,
    "length": _length,
    "hours": _hours,
    "days": _days,
    "day": _day,
    "day_spelt": _day,
    "day_bare": _day,
    "day_only": _day_only,
    "month_number": _month_point,
    "years": _years,
    "quarter": _quarter,
    "months": _months,
    "month": _month_point,
    "week_of_month": _week_of_month,
    "weekend": _weekend,
    "weekday": _weekday,
    "year": _year_point,
    "season": _season,
    "year_bare": _year_point,
    "decade": _decade,
    "century": _century,
    "day_deictic": _day_deictic,
    "day_anaphor": _day_anaphor,
    "part_deictic": _part_deictic,
    "part_anaphor": _part_anaphor,
    "relative": _relative,
    "school_year": _school_year,
    "next_year": _next_year,
    "edge": _edge,
    "edge_bare": _edge_bare,
    "clock": _clock,
    "part": _part,
    "now": _now,
}


def read(hit: Hit) -> Meaning | None:
    """What a piece says; None where its form is right but says nothing (`0 năm`, `2023 - 1990`)."""
    return _READERS[hit.name](hit.match)
