"""From the match of a rule's form to what it means; None where the form is right but says nothing (`0 năm`)."""

import re

from vnextract.dates.lunar import cyclic_year_before
from vnextract.dates.numerals import UNITS, base_grain, iso, number, scale, unit_grain, year_number
from vnextract.dates.points import (
    LAST_DAY,
    WEEKEND,
    Anchor,
    Edge,
    Length,
    Now,
    Point,
    Range,
    Recurrence,
    Shift,
    is_finer,
)
from vnextract.dates.words import numbers, values
from vnextract.records import Grain

Match = re.Match[str]

_MONTHS = values("month")
_WEEKDAYS = numbers("weekday")
_PARTS = values("part")
_SHIFTS = numbers("shift")
_DAY_SHIFTS = numbers("day_shift")
_ANAPHORS = numbers("anaphor")
_TRAILS = numbers("trail")
_HALVES = numbers("half")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_FEAST_REACH = 40
_FEAST = "giỗ tổ"
_SAME_CENTURY = 10
"""So many years at most does `2016-17` span."""
_LONGEST_SPAN = 500
_PIVOT = 40
"""Two digits up to this one are a year of this century."""


# ---- Parts of a match ------------------------------------------------------------------------------------------------


def _year(match: Match) -> int | None:
    groups = match.groupdict()
    if spelt := groups.get("year_words"):
        return year_number(spelt)
    text = groups.get("year") or groups.get("year2")
    if not text or len(text) > 2:
        return int(text) if text else None
    return int(text) + (1900 if int(text) > _PIVOT else 2000)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else int(number(text) or 0)


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else int(_MONTHS[text].rstrip("L"))


def _shift(match: Match, unit: Grain) -> Shift | None:
    word = match.groupdict().get("shift")
    return Shift(unit, _SHIFTS[word]) if word else None


def _anaphor(word: str | None, unit: Grain) -> Shift:
    return Shift(unit, _ANAPHORS[word] if word else 0, Anchor.CONTEXT)


def _roman(text: str) -> int:
    if text.isdigit():
        return int(text)
    digits = [_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _century_number(text: str) -> int:
    """The number of a century: `19`, `xx`, `hai mươi`."""
    return _roman(text) if text.isdigit() or set(text) <= _ROMAN.keys() else _whole(text)


# ---- Lengths and recurring times -------------------------------------------------------------------------------------


def _duration(count: str, unit: str, half: bool = False) -> tuple[str, float] | None:
    """The ISO 8601 length and the number of its base grain."""
    value = number(count)
    if not value:
        return None
    value += 0.5 if half else 0
    written = iso(value, UNITS[unit])
    return (written, value * scale(unit)) if written else None


def _sum(first: str, second: str) -> str:
    """Two ISO 8601 lengths one after the other: `P1Y` and `P6M` make `P1Y6M`."""
    return first + (second.removeprefix("PT") if "T" in first else second[1:])


def _descends(unit: str, smaller: str) -> bool:
    return UNITS[unit] != UNITS[smaller] and not is_finer(base_grain(unit), base_grain(smaller))


def _are_bounds(match: Match) -> bool:
    """Whether one count can be the upper bound of another: `2-3 ngày`; after a comma the next one in words only."""
    count, upper = number(match["count"]) or 0, number(match["upper"]) or 0
    if match["pair"]:
        return upper == count + 1 and not match["count"][0].isdigit()
    return count < upper


def length(match: Match) -> Length | None:
    """`hơn 2 năm 6 tháng qua`."""
    read = _duration(match["count"], match["unit"], bool(match["half"]))
    more = _duration(match["more"], match["unit2"]) if match["more"] else None
    if read is None or (match["more"] and (more is None or not _descends(match["unit"], match["unit2"]))):
        return None
    if match["upper"] and not _are_bounds(match):
        return None
    duration, count = read
    trail = (match["trail"] or "").strip()
    is_exact = not (match["qualifier"] or match["more"] or match["upper"] or match["half"]) and count == int(count)
    return Length(
        _sum(duration, more[0]) if more else duration,
        base_grain(match["unit"]),
        match["unit"],
        count,
        direction=_TRAILS.get(trail, 0),
        is_ago=trail.startswith("trước"),
        is_exact=is_exact,
    )


def ago(match: Match) -> Length | None:
    """`cách đây 3 năm`, `Sáu ngày trước`."""
    read = _duration(match["count"], match["unit"])
    if read is None or read[1] != int(read[1]):
        return None
    return Length(read[0], base_grain(match["unit"]), match["unit"], read[1], is_ago=True)


def fraction(match: Match) -> Length | None:
    """`một phần tư thế kỷ`, `¼ thế kỷ qua`."""
    share = 0.25 if match["quarter"] else 0.5
    written = iso(share, UNITS[match["unit"]])
    trail = (match["trail"] or "").strip()
    if written is None:
        return None
    return Length(
        written, base_grain(match["unit"]), match["unit"], share, direction=_TRAILS.get(trail, 0), is_exact=False
    )


def hours(match: Match) -> Length | None:
    """`48h tới`."""
    count = int(match["count"])
    direction = _TRAILS.get((match["trail"] or "").strip(), 0)
    return Length(f"PT{count}H", Grain.HOUR, "giờ", float(count), direction) if count else None


def clock_length(point: Point, trail: str) -> Length:
    """A clock time read as a length: `24 giờ`, `7 giờ 30 phút`, with the word that places it: `qua`, `tới`."""
    hours, minutes = point.hour or 0, point.minute or 0
    duration = "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return Length(duration, point.grain, "giờ", float(hours), _TRAILS.get(trail.strip(), 0), is_exact=not minutes)


def recurring(match: Match) -> Recurrence:
    """`mỗi tháng`, `hằng đêm`, `tất cả các ngày trong tuần`."""
    groups = match.groupdict()
    unit = groups.get("unit") or "ngày"
    if day_ := groups.get("weekday"):
        return Recurrence(f"XXXX-WXX-{_WEEKDAYS[day_] + 1}", Grain.DAY)
    if unit in _PARTS:
        return Recurrence(f"XXXX-XX-XX{_PARTS[unit]}", Grain.PART_OF_DAY)
    return Recurrence(UNITS[unit], unit_grain(unit))


def recurring_edge(match: Match) -> Recurrence:
    """`mỗi cuối tuần`, `mỗi dịp cuối năm`."""
    unit = match["unit"]
    if (match["edge"], unit) == ("cuối", "tuần"):
        return Recurrence("XXXX-WXX-WE", Grain.WEEK)
    return Recurrence(UNITS[unit], unit_grain(unit))


def times(match: Match) -> Recurrence | None:
    """`4 năm một lần`."""
    read = _duration(match["count"], match["unit"])
    return Recurrence(read[0], base_grain(match["unit"])) if read else None


# ---- Days ------------------------------------------------------------------------------------------------------------


def day(match: Match) -> Point:
    """`24/5`, `ngày 24 tháng 5 năm 2023`."""
    number_, month = _whole(match["day"]), _month_number(match["month"])
    # The kings' day falls on the tenth of the third lunar month, whether the calendar is named or not.
    before = match.string[max(0, match.start() - _FEAST_REACH) : match.start()]
    is_feast = (number_, month) == (10, 3) and _FEAST in before
    return Point(Grain.DAY, day=number_, month=month, year=_year(match), lunar=is_feast or None)


def days(match: Match) -> Range | None:
    """`ngày 16, 17 và 18/4`, `10-12/6`."""
    last = day(match)
    listed = [int(digits) for digits in re.findall(r"\d+", match.group()[: match.start("day") - match.start()])]
    # "24-5 và 24.5" is no list, "28 đến 2/5" runs over the end of a month.
    is_rising = sorted([*listed, last.day or 0]) == [*listed, last.day]
    if not 1 <= listed[0] <= 31 or (len(listed) > 1 and not is_rising):
        return None
    first = Point(Grain.DAY, day=listed[0])
    if not match["part"]:
        return Range(first, last)
    part = _PARTS[match["part"]]
    return Range(*(end._replace(grain=Grain.PART_OF_DAY, part=part) for end in (first, last)))


def day_of_month(match: Match) -> Point:
    """`ngày 18`, `đêm 26`."""
    part = _PARTS[match["part"]] if "part" in match.groupdict() else None
    return Point(Grain.PART_OF_DAY if part else Grain.DAY, day=int(match["day"]), part=part)


def end_of_month(match: Match) -> Point:
    """`ngày đầu tiên của tháng 3`, `ngày cuối cùng của tháng trước`."""
    return Point(Grain.DAY, day=1 if match["side"] == "đầu tiên" else LAST_DAY)


def end_of_year(match: Match) -> Point:
    """`ngày đầu tiên của năm nay`, `ngày cuối cùng của năm 2023`."""
    is_first = match["side"] == "đầu tiên"
    return Point(Grain.DAY, day=1 if is_first else 31, month=1 if is_first else 12)


# ---- Months, quarters, years -----------------------------------------------------------------------------------------


def month(match: Match) -> Point:
    """`tháng 9/2025`, `tháng 10 này`, `10/1994`."""
    return Point(Grain.MONTH, month=_month_number(match["month"]), year=_year(match), shift=_shift(match, Grain.MONTH))


def months(match: Match) -> Range:
    """`tháng 4, 5 và 6/2023`."""
    first = Point(Grain.MONTH, month=_month_number(match["first"]))
    return Range(first, Point(Grain.MONTH, month=_month_number(match["month"]), year=_year(match)))


def _part_of_year(match: Match, span: tuple[int, int]) -> Point:
    year = _year(match)
    shift = None if year else _shift(match, Grain.YEAR) or Shift(Grain.YEAR, 0)
    grain = Grain.HALF_YEAR if span in ((1, 6), (7, 12)) else Grain.MONTH
    return Point(grain, months=span, year=year, shift=shift)


def months_of_year(match: Match) -> Point | None:
    """`6 tháng đầu năm 2025`, `hai quý cuối năm`."""
    groups = match.groupdict()
    count = int(number(groups["count"]) or 0) * (3 if groups.get("unit") == "quý" else 1)
    if groups.get("fiscal"):
        return Point(Grain.MONTH)
    if not 1 <= count <= 12:
        return None
    return _part_of_year(match, (13 - count, 12) if groups.get("side") == "cuối" else (1, count))


def half(match: Match) -> Point:
    """`nửa đầu năm 2025`."""
    return _part_of_year(match, (1, 6) if match["side"] == "đầu" else (7, 12))


def quarter(match: Match) -> Point:
    """`quý III/2025`, `quý cuối năm`."""
    text = match["quarter"]
    if text in ("đầu", "cuối"):
        value, unit = 1 if text == "đầu" else 4, Grain.YEAR
    else:
        value, unit = numbers("quarter")[text], Grain.QUARTER
    return Point(Grain.QUARTER, quarter=value, year=_year(match), shift=_shift(match, unit))


def month_at_end(match: Match) -> Point:
    """`tháng đầu năm`, `tháng cuối cùng của năm 2024`."""
    month = 1 if match["side"] == "đầu" else 12
    return Point(Grain.MONTH, month=month, year=_year(match), shift=_shift(match, Grain.YEAR))


def quarters(match: Match) -> Range:
    """`quý I và II/2024`."""
    first, last = (numbers("quarter")[match[group]] for group in ("first", "quarter"))
    return Range(Point(Grain.QUARTER, quarter=first), Point(Grain.QUARTER, quarter=last, year=_year(match)))


def year(match: Match) -> Point | None:
    """`năm 2023`, `năm hai nghìn không trăm hai mươi`; a financial year and one before our era have no days here."""
    groups = match.groupdict()
    has_days = not (groups.get("fiscal") or groups.get("bc"))
    value = _year(match)
    return Point(Grain.YEAR, year=value if has_days else None) if value else None


def early_year(match: Match) -> Point:
    """`năm 938`, `năm 40 sau Công nguyên`, `năm 111 TCN`."""
    return Point(Grain.YEAR, year=None if match["bc"] else int(match["year"]) or None)


def years(match: Match) -> Range | None:
    """`nhiệm kỳ 2021 - 2026`, `năm 2016-17`; two years joined by `và` only where they touch."""
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
    longest = 1 if match["and"] else _SAME_CENTURY if len(match["last"]) == 2 else _LONGEST_SPAN
    if not first < last <= first + longest:
        return None
    return Range(Point(Grain.YEAR, year=first), Point(Grain.YEAR, year=last))


def term(match: Match) -> Point:
    """`nhiệm kỳ trước`: a term of office whose years the text leaves open."""
    return Point(Grain.YEAR)


def season(match: Match) -> Point:
    """`mùa xuân 1975`."""
    return Point(Grain.YEAR, year=_year(match), season=values("season")[match["season"]])


def decade(match: Match) -> Point | None:
    """`thập niên 1990`, `những năm sáu mươi của thế kỷ trước`."""
    value, century_ = _whole(match["decade"]), match["century"]
    if value >= 1000:
        return Point(Grain.DECADE, decade=value)
    if century_ and century_ != "trước":
        return Point(Grain.DECADE, decade=(_century_number(century_) - 1) * 100 + value)
    return Point(Grain.DECADE, decade=1900 + value) if century_ or value >= 30 else None


def century(match: Match) -> Point | None:
    """`thế kỷ XX`, `thế kỷ hai mươi`."""
    value = _century_number(match["century"])
    if not 1 <= value <= 30:
        return None
    return Point(Grain.CENTURY, century=None if match["bc"] else value)


# ---- Weeks and weekdays ----------------------------------------------------------------------------------------------


def week_of_month(match: Match) -> Point:
    """`tuần thứ hai của` before a month."""
    return Point(Grain.WEEK, week=numbers("week")[match["week"]])


def weekday_of_month(match: Match) -> Point:
    """`thứ bảy đầu tiên của` before a month."""
    week = numbers("week")[match["side"] or match["week"]]
    return Point(Grain.DAY, weekday=_WEEKDAYS[match["weekday"]], week=week)


def weekend(match: Match) -> Point:
    """`cuối tuần qua`."""
    return Point(Grain.WEEK, weekday=WEEKEND, shift=_shift(match, Grain.WEEK) or Shift(Grain.WEEK, 0))


def weekday(match: Match) -> Point:
    """`thứ ba vừa rồi`, `thứ ba tới` name the nearest on that side, not one of the week before or after."""
    word = match["shift"]
    shift = None if word is None else Shift(Grain.WEEK if word == "này" else Grain.DAY, _SHIFTS[word])
    return Point(Grain.DAY, weekday=_WEEKDAYS[match["weekday"]], shift=shift)


# ---- Deictic and anaphoric points ------------------------------------------------------------------------------------


def day_from_now(match: Match) -> Point:
    """`hôm qua`, `ngày mai`; `hôm kia` lies behind, `ngày kia` ahead."""
    count = -2 if match["shift"] == "kia" else _DAY_SHIFTS[match["shift"] or match["next"]]
    return Point(Grain.DAY, shift=Shift(Grain.DAY, count))


def part_from_now(match: Match) -> Point:
    """`sáng nay`, `tối ngày mai`."""
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]], shift=Shift(Grain.DAY, _DAY_SHIFTS[match["shift"]]))


def day_from_there(match: Match) -> Point:
    """`cùng ngày`, `ngày hôm sau`."""
    return Point(Grain.DAY, shift=_anaphor(match["shift"] or match["that"], Grain.DAY))


def part_from_there(match: Match) -> Point:
    """`tối hôm đó`."""
    shift = _anaphor(match["shift"] or match["that"], Grain.DAY)
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]], shift=shift)


def unit_from_now(match: Match) -> Point:
    """`tuần trước`, `năm tới`; `tháng sau đó` counts from the month named last."""
    unit = unit_grain(match["unit"])
    # "năm này" is the year just named, "năm nay" the present one.
    that = match["that"] or ("này" if match.group() == "năm này" else None)
    return Point(unit, shift=_anaphor(that, unit) if that else _shift(match, unit))


def this_unit(match: Match) -> Point:
    """`cuối năm`, `đầu tháng` with nothing after."""
    unit = unit_grain(match["unit"])
    return Point(unit, shift=Shift(unit, 0))


def next_year(match: Match) -> Point:
    """`sang năm`."""
    return Point(Grain.YEAR, shift=Shift(Grain.YEAR, 1))


def school_year(match: Match) -> Range:
    """`năm học này`."""
    count = _SHIFTS[match["shift"]]
    first, last = (Shift(Grain.YEAR, count + after, Anchor.SCHOOL_YEAR) for after in (0, 1))
    return Range(Point(Grain.YEAR, shift=first), Point(Grain.YEAR, shift=last))


def school_year_start(match: Match) -> Point:
    """`đầu năm học` before `đến nay`."""
    return Point(Grain.YEAR, shift=Shift(Grain.YEAR, 0, Anchor.SCHOOL_YEAR))


def edge(match: Match) -> Edge:
    """`đầu`, `cuối` before what it is the beginning or end of."""
    word = match.groupdict().get("half")
    return Edge(_HALVES[word] if word else None)


def now(match: Match) -> Now:
    """`nay` as one end of a range."""
    return Now()


# ---- Times of the day ------------------------------------------------------------------------------------------------


def clock(match: Match) -> Point | None:
    """`7 giờ 30 phút sáng`, `8h kém 15`, `ba giờ rưỡi chiều`."""
    hour, minute = _whole(match["hour"]), int(match["minute"] or match["minute2"] or 0)
    if match["half"]:
        minute = 30
    if match["less"]:
        hour, minute = hour - 1, 60 - int(match["less"])
    if not 0 <= hour <= 24 or not 0 <= minute < 60:
        return None
    is_exact = bool(match["minute"] or match["minute2"] or minute)
    part_ = _PARTS[match["part"]] if match["part"] else None
    return Point(Grain.MINUTE if is_exact else Grain.HOUR, hour=hour, minute=minute, part=part_)


def part(match: Match) -> Point:
    """`sáng` before a day."""
    return Point(Grain.PART_OF_DAY, part=_PARTS[match["part"]])


# ---- The lunar calendar ----------------------------------------------------------------------------------------------


def _lunar(match: Match, day: int | None, month: int) -> Point | None:
    if not (1 <= month <= 12 and 1 <= (day or 1) <= 30):
        return None
    groups = match.groupdict()
    return Point(
        Grain.DAY if day else Grain.MONTH,
        day=day,
        month=month,
        year=_year(match),
        cyclic=groups.get("cyclic"),
        lunar=True,
        leap=bool(groups.get("leap")) or None,
    )


def lunar_day(match: Match) -> Point | None:
    """`ngày 10/3 âm lịch`, `mùng 5 tháng 5 năm Ất Tỵ`, `rằm tháng Giêng`."""
    return _lunar(match, 15 if match["day"] == "rằm" else _whole(match["day"]), _month_number(match["month"]))


def lunar_days(match: Match) -> Range | None:
    """`8 đến 10/3 âm lịch`."""
    last = lunar_day(match)
    first = last._replace(day=int(match["first"])) if last else None
    return Range(first, last) if first and last else None


def lunar_month(match: Match) -> Point | None:
    """`tháng Chạp`, `tháng 6 nhuận`."""
    return _lunar(match, None, _month_number(match["month"]))


def lunar_year(match: Match) -> Point:
    """`năm Bính Ngọ`; a year in figures beside the name settles it."""
    value = _year(match)
    return Point(Grain.YEAR, year=value, cyclic=None if value else match["cyclic"], lunar=None if value else True)


def new_year_day(match: Match) -> Point | None:
    """`mùng 1 Tết Bính Ngọ`, `ngày 5 Tết`, `28 Tết`."""
    number_ = _whole(match["day"])
    if match["first"] or (match["head"] and number_ <= 10):
        return _lunar(match, number_, 1) if number_ <= 10 else None
    eve = _lunar(match, number_, 12) if number_ > 20 else None
    if eve is None:
        return None
    # "28 Tết Bính Ngọ" belongs to the year before the one that this Tết opens.
    before = cyclic_year_before(eve.cyclic) if eve.cyclic else None
    return eve._replace(year=eve.year - 1 if eve.year else None, cyclic=before)


def new_year_days(match: Match) -> Range | None:
    """`mùng 4 đến mùng 6 Tết`."""
    last = _lunar(match, _whole(match["day"]), 1)
    first = last._replace(day=_whole(match["first"])) if last else None
    return Range(first, last) if first and last else None
