"""Which pieces count: what stands around a bare number, a weekday or a length decides whether it is a date."""

import re
from collections.abc import Callable
from enum import Enum, auto

from vnextract.dates.days import is_possible
from vnextract.dates.patterns import Hit, words


class Standing(Enum):
    """How a piece counts."""

    ALONE = auto()
    """A date by itself."""
    JOINED = auto()
    """A date beside another piece only: `22 giờ`, `sáng`, a bare number."""
    NOT = auto()
    """No date."""


def _ends_in(kind: str, also: str = "") -> re.Pattern[str]:
    """Text that ends in one of these words and a space."""
    return re.compile(rf"(?:(?<!\w)(?:{words(kind)}) {also})\Z")


def _begins_with(kind: str) -> re.Pattern[str]:
    """Text that goes on with a space and one of these words."""
    return re.compile(rf" (?:{words(kind)})(?!\w)")


_REACH = 18
"""So many characters before a piece are looked at."""
_NEAR = 60
"""So many characters around `9 tháng` are searched for words of reporting."""

_DAY_LEAD = _ends_in("day_lead", also="|[(\\[“\"‘']")
_NO_DAY = _ends_in("no_day", also="|[$€£#]")
_YEAR_LEAD = _ends_in("year_lead")
_LENGTH_LEAD = _ends_in("length_lead")
_HOURS_LEAD = re.compile(r"(?<!\w)(?:trong|trong vòng|suốt|kéo dài|mất|thêm|sau) \Z")
_LABEL = _ends_in("label")
_VAGUE = _ends_in("vague")
_NO_PART = re.compile(rf"(?<!\w)(?:{words('no_part')}|{words('vague')}) \Z")
_NO_SET = _ends_in("no_set")
_PROGRAMME = _ends_in("programme")
_RATE = re.compile(r"(?<!\w)(?:đồng|usd|vnd|lần|suất|xe) \Z")
_WHEN = re.compile(r"(?<!\w)(?:lúc|vào|hồi|từ|tới|đúng|trước) \Z")
_GENERAL = re.compile(r"(?<!\w)(?:những|các|mỗi|mọi)(?: [^\W\d_]+)? \Z")
_REVOLUTION = re.compile(r"(?:cách mạng|cmt8) \Z")

_PART_BEFORE = re.compile(rf"(?<!\w)(?:{words('part')}) \Z")

_FOLLOW = _begins_with("follow")
_CLOSES = re.compile(r" ?[,.;:)\]\n”\"’'!?…]| [-–—(]|\Z")
_STOPS = re.compile(r" ?(?:[,.;:)\]\n”\"’'!?…–-]|\Z)")
_MEASURED = re.compile(rf" ?(?!năm (?:nay|ngoái|trước|sau|tới|\d{{4}}))(?:{words('measured')}|%)(?!\w)")
_COUNTED = _begins_with("counted")
_SOUND = _begins_with("sound")
_SERVED = _begins_with("served")
_REPORTED = re.compile(rf"(?<!\w)(?:{words('reported')})(?!\w)")
_CLOCK_GOES_ON = re.compile(rf"(?: \d{{1,2}}(?: phút)?)?,? (?:{words('part')}|ngày|hôm|cùng|\d{{1,2}}[/.-]\d)")
_LASTS = re.compile(r" (?:qua|tới|liền|liên tục|nữa|mỗi|một tuần|đồng hồ)(?!\w)")
_ON_END = re.compile(r" (?:trời|liền|đồng hồ|đêm liền|đa|thiểu)(?!\w)")
_AGE = re.compile(r" (?:tuổi|năm tuổi|tuổi đời)(?!\w)")
_TIMES = re.compile(r"(?<!\w)gấp (?:tới |đến |khoảng |gần )?\Z")
"""Before a multiple: `gấp 3 ngày thường`."""
_SOME_DAY = re.compile(r" (?:nào|mới|kia|đẹp|không xa)(?!\w)")
_PAID_WORK = re.compile(r"(?<=ngày) công(?! (?:tác|du|chiếu|bố|cán|diễn))(?!\w)|(?<=tháng) lương(?!\w)")
_OPEN_COUNT = re.compile(r"(?:trăm|nghìn|ngàn|triệu|mươi|lăm|linh|lẻ|mốt)(?!\w)")
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (2, 5), (3, 5), (4, 5), (24, 7), (1, 8), (1, 10)})
_FIRST_BARE_YEAR = "1800"


def standing(hit: Hit, text: str, low: str) -> Standing:
    """How a piece counts, by its pattern and by what stands around it."""
    judge = _JUDGES.get(hit.name)
    return judge(hit, text, low) if judge else Standing.ALONE


def goes_on(low: str, end: int) -> bool:
    """Whether what follows a bare number fits a date rather than a figure."""
    return bool(_CLOSES.match(low, end) or _FOLLOW.match(low, end))


def is_clock_length(low: str, start: int, end: int, hour: int) -> bool:
    """Whether a clock time that stands alone is a length: `trong 24 giờ`."""
    before = _before(low, start)
    if _WHEN.search(before) or not hour:
        return False
    lead = _LENGTH_LEAD if "giờ" in low[start:end] else _HOURS_LEAD
    return bool(lead.search(before) or _LASTS.match(low, end) or low[start:end] == "24 giờ")


def counts_from_january(low: str, start: int, end: int) -> bool:
    """Whether `9 tháng` means the year's first nine: results are reported, no length told."""
    if _SERVED.match(low, end):
        return False
    return bool(_REPORTED.search(low, max(0, start - _NEAR), start) or _REPORTED.search(low, end, end + _NEAR))


def _before(low: str, start: int) -> str:
    return low[max(0, start - _REACH) : start]


def _alone(condition: object) -> Standing:
    return Standing.ALONE if condition else Standing.NOT


def _joined(condition: object) -> Standing:
    return Standing.ALONE if condition else Standing.JOINED


def _always_joined(hit: Hit, text: str, low: str) -> Standing:
    return Standing.JOINED


# ---- Days, months, years ---------------------------------------------------------------------------------------------


def _bare_day(hit: Hit, text: str, low: str) -> Standing:
    """`24/5` with no `ngày` before it."""
    start, end = hit.match.span()
    day, month, year = int(hit.match["day"]), int(hit.match["month"]), hit.match["year"]
    separator, before = hit.match["sep"].strip(), _before(low, start)
    if not 1 <= month <= 12 or not 1 <= day <= 31 or _NO_DAY.search(before):
        return Standing.NOT
    if year:
        return _alone(len(year) == 4 or separator != ".")
    if not is_possible(day, month):
        return Standing.JOINED
    if _MEASURED.match(low, end):
        return Standing.JOINED if _PART_BEFORE.search(before) else Standing.NOT
    is_led = bool(_DAY_LEAD.search(before)) or not before or before[-1] == "\n"
    if separator == "/" and (day, month) not in _FRACTIONS:
        return _joined(is_led or goes_on(low, end))
    is_padded = hit.match["day"].startswith("0")
    return _joined(is_led and (separator == "-" or is_padded or goes_on(low, end)))


def _spelt_day(hit: Hit, text: str, low: str) -> Standing:
    """`24 tháng 5` with no `ngày` before it."""
    start, end = hit.match.span()
    if not is_possible(int(hit.match["day"]), None) or _MEASURED.match(low, end):
        return Standing.NOT
    return _joined(hit.match["year"] or _DAY_LEAD.search(_before(low, start)))


def _bare_days(hit: Hit, text: str, low: str) -> Standing:
    """`18 và 19/4`, `10-12/6` with no `ngày` before them."""
    start, end = hit.match.span()
    before = _before(low, start)
    if hit.match["head"]:
        return Standing.ALONE
    if _NO_DAY.search(before) or _MEASURED.match(low, end):
        return Standing.NOT
    if not is_possible(int(hit.match["day"]), int(hit.match["month"])):
        return Standing.NOT
    if hit.match["join"].strip() not in ("và", ",") or _DAY_LEAD.search(before):
        return Standing.ALONE
    return Standing.JOINED if before.endswith("ngày ") else Standing.NOT


def _month_number(hit: Hit, text: str, low: str) -> Standing:
    start, end = hit.match.span()
    return _alone(not _NO_DAY.search(_before(low, start)) and not _MEASURED.match(low, end))


def _month(hit: Hit, text: str, low: str) -> Standing:
    """`tháng năm` is also "months and years", `tháng Tám` also a revolution."""
    start, end = hit.match.span()
    word, before = hit.match["month"], _before(low, start)
    if word.isdigit() or hit.match["year"]:
        return Standing.ALONE
    if _REVOLUTION.search(before) or _MEASURED.match(low, end) or _VAGUE.search(before):
        return Standing.NOT
    if word in ("năm", "một"):
        return _joined(_DAY_LEAD.search(before) and _STOPS.match(low, end))
    return Standing.ALONE


def _bare_year(hit: Hit, text: str, low: str) -> Standing:
    start, end = hit.match.span()
    if _MEASURED.match(low, end):
        return Standing.NOT
    is_bracketed = low[start - 1 : start] == "(" and low[end : end + 1] == ")"
    return _joined(_YEAR_LEAD.search(_before(low, start)) or is_bracketed)


def _years(hit: Hit, text: str, low: str) -> Standing:
    """`2013 - 2023` with nothing before it."""
    start, end = hit.match.span()
    before = _before(low, start)
    if hit.match["head"]:
        return Standing.ALONE
    if _MEASURED.match(low, end) or _NO_DAY.search(before):
        return Standing.NOT
    if hit.match["first"] < _FIRST_BARE_YEAR and not before.endswith("("):
        return Standing.NOT
    return _alone(not hit.match["to"] or _YEAR_LEAD.search(before))


# ---- Weeks and relative points ---------------------------------------------------------------------------------------


def _weekday(hit: Hit, text: str, low: str) -> Standing:
    """`thứ ba` is also "third"."""
    word = hit.match["weekday"]
    if word.endswith("nhật") or hit.match["shift"] in ("vừa qua", "vừa rồi", "tới"):
        return Standing.ALONE
    is_name = word != "cn" and text[hit.match.end("weekday") - len(word.split()[-1])].isupper()
    return _joined(is_name or hit.match["head"] == "hôm")


def _weekend(hit: Hit, text: str, low: str) -> Standing:
    """`những ngày cuối tuần`, `mỗi dịp cuối tuần` name no weekend of their own."""
    is_general = hit.match["shift"] is None and _GENERAL.search(_before(low, hit.match.start()))
    return Standing.NOT if is_general else _relative(hit, text, low)


def _relative(hit: Hit, text: str, low: str) -> Standing:
    """`những năm qua` and `vài tuần trước` are vague."""
    start = hit.match.start()
    return _alone(not (_VAGUE.search(_before(low, start)) or (start and low[start - 1] == "/")))


def _part_deictic(hit: Hit, text: str, low: str) -> Standing:
    """`sáng qua`, but not `tỏa sáng qua`, `hai chiều qua`."""
    return _alone(not (hit.match["shift"] == "qua" and _NO_PART.search(_before(low, hit.match.start()))))


def _anaphor(hit: Hit, text: str, low: str) -> Standing:
    """`ngày sau đó`, but not `vài ngày sau đó`, `3 ngày sau đó`."""
    start = hit.match.start()
    before = _before(low, start)
    is_counted = low.startswith("ngày", start) and before[-2:-1].isdigit()
    return _alone(not (_VAGUE.search(before) or is_counted))


def _edge_bare(hit: Hit, text: str, low: str) -> Standing:
    """`cả năm`, but not `cả năm người`, `cả tuần`."""
    if hit.match["edge"] != "cả":
        return _alone(hit.match.group() != "cuối tuần")
    return _alone(hit.match["unit"] in ("năm", "quý") and not _COUNTED.match(low, hit.match.end()))


def _clock(hit: Hit, text: str, low: str) -> Standing:
    """A clock time counts beside a day, but not in the name of a programme: `Xem nhanh 20h`."""
    return Standing.NOT if _PROGRAMME.search(_before(low, hit.match.start())) else Standing.JOINED


def _part(hit: Hit, text: str, low: str) -> Standing:
    """`trưa ngày 1/4`, but not `bữa ăn trưa ngày 1/4`."""
    return Standing.NOT if _NO_PART.search(_before(low, hit.match.start())) else Standing.JOINED


# ---- Recurring times and lengths -------------------------------------------------------------------------------------


def _set(hit: Hit, text: str, low: str) -> Standing:
    """`mỗi chiều` is also "each way", `hàng giờ liền` "for hours", `xếp hàng thứ ba` a rank."""
    start, end = hit.match.span()
    if hit.match.groupdict().get("all"):
        return Standing.ALONE
    form = hit.match.group()
    if form.startswith("hàng") and (" thứ" in form or _NO_SET.search(_before(low, start))):
        return Standing.NOT
    if form.endswith(" chiều") and "buổi" not in form:
        return Standing.NOT
    return _alone(not (_COUNTED.match(low, end) or _ON_END.match(low, end)))


def _length(hit: Hit, text: str, low: str) -> Standing:
    start, end = hit.match.span()
    before, count, unit = _before(low, start), hit.match["count"], hit.match["unit"]
    qualified = bool(hit.match["qualifier"] or hit.match["half"])
    if (start and low[start - 1] in "/-–") or _LABEL.search(before) or _VAGUE.search(before):
        return Standing.NOT
    if (
        _AGE.match(low, end)
        or _PAID_WORK.match(low, end)
        or _TIMES.search(before)
        or (_OPEN_COUNT.match(count) and not qualified)
    ):
        return Standing.NOT
    if count == "một" and not qualified and (_RATE.search(before) or _SOME_DAY.match(low, end)):
        return Standing.NOT
    if unit == "giờ" and hit.match["upper"] and not qualified:
        return _alone(not (_WHEN.search(before) or _CLOCK_GOES_ON.match(low, end)))
    if unit == "giờ" and count.isdigit() and int(count) <= 24:
        return _alone(qualified and not _CLOCK_GOES_ON.match(low, end))
    if unit == "tiếng":
        is_told = qualified or count[0].isdigit() or count == "nửa" or _LENGTH_LEAD.search(before)
        is_told = is_told or (count != "một" and _STOPS.match(low, end))
        return _alone(is_told and not _SOUND.match(low, end))
    if count == "năm" and unit in ("tháng", "quý"):
        return _alone(qualified or _LENGTH_LEAD.search(before))
    return Standing.ALONE


def _hours(hit: Hit, text: str, low: str) -> Standing:
    """`trong 48h`, but not `lúc 18h`."""
    start, end = hit.match.span()
    return _alone(_HOURS_LEAD.search(_before(low, start)) and not _CLOCK_GOES_ON.match(low, end))


_JUDGES: dict[str, Callable[[Hit, str, str], Standing]] = {
    "day_bare": _bare_day,
    "day_spelt": _spelt_day,
    "days": _bare_days,
    "month_number": _month_number,
    "month": _month,
    "year_bare": _bare_year,
    "years": _years,
    "weekday": _weekday,
    "weekend": _weekend,
    "relative": _relative,
    "part_deictic": _part_deictic,
    "day_anaphor": _anaphor,
    "part_anaphor": _anaphor,
    "edge_bare": _edge_bare,
    "set": _set,
    "length": _length,
    "hours": _hours,
    "clock": _clock,
    "part": _part,
    "edge": _always_joined,
    "now": _always_joined,
    "week_of_month": _always_joined,
}
"""The rule for each pattern that does not always count."""
