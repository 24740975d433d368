"""Which pieces count: what stands around a bare number, a weekday or a length decides whether it is a date."""

import re
from collections.abc import Callable
from enum import Enum, auto

from vnextract.dates.days import is_possible
from vnextract.dates.patterns import Hit, words
from vnextract.dates.values import Meaning


class Standing(Enum):
    """How a piece counts."""

    ALONE = auto()
    """A date by itself."""
    JOINED = auto()
    """A date beside another piece only: `22 giờ`, `sáng`, a bare number."""
    NOT = auto()
    """No date."""


_REACH = 18
"""So many characters before a piece are looked at."""
_DAY_LEAD = re.compile(rf"(?:(?<!\w)(?:{words('day_lead')}) |[(\[“\"‘'])\Z")
_NO_DAY = re.compile(rf"(?:(?<!\w)(?:{words('no_day')}) |[$€£#])\Z")
_YEAR_LEAD = re.compile(rf"(?<!\w)(?:{words('year_lead')}) ?\Z")
_LABEL = re.compile(rf"(?<!\w)(?:{words('label')}) \Z")
_VAGUE = re.compile(rf"(?<!\w)(?:{words('vague')}) \Z")
_LENGTH_LEAD = re.compile(rf"(?<!\w)(?:{words('length_lead')}) \Z")
_WHEN = re.compile(r"(?<!\w)(?:lúc|vào lúc|vào|hồi|từ|tới|đúng|trước) \Z")
_PROGRAMME = re.compile(rf"(?<!\w)(?:{words('programme')}) \Z")
_CLOCK_GOES_ON = re.compile(rf"(?: \d{{1,2}}(?: phút)?)?,? (?:{words('part')}|ngày|hôm|\d{{1,2}}[/.-]\d)")
_REPORTED = re.compile(rf"(?<!\w)(?:{words('reported')})(?!\w)")
_SERVED = re.compile(rf" (?:{words('served')})(?!\w)")
_MEASURED = re.compile(rf" ?(?:{words('measured')}|%)(?!\w)")
_CLOSES = re.compile(r" ?[,.;:)\]\n”\"’'!?…]| [-–—(]|\Z")
_GOES_ON = re.compile(rf" (?:{words('follow')})(?!\w)")
_NO_PART = re.compile(rf"(?<!\w)(?:{words('no_part')}|{words('vague')}) \Z")
_ALONE = re.compile(r" ?(?:[,.;:)\]\n”\"’'!?…–-]|\Z)")
_AGE = re.compile(r" (?:tuổi|năm tuổi|tuổi đời)(?!\w)")
_SOME_DAY = re.compile(r" (?:nào|mới|kia|đẹp|không xa)(?!\w)")
_GENERIC_COUNT = re.compile(r"(?:trăm|nghìn|ngàn|triệu|mươi|lăm|linh|lẻ|mốt)(?!\w)")
_MUSTERED = re.compile(
    r" (?:thi|diễn|nhạc|người|học sinh|em|gia đình|hộ|đội|anh|chị|ông|bà|bên|nước|cánh|yếu tố|môn|con|trận|cuộc|vụ)(?!\w)"
)
_TO_WHOM = re.compile(r" [^\W\d_a-zà-ỹ]")
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (2, 5), (3, 5), (4, 5), (24, 7), (1, 8), (1, 10)})
_REVOLUTION = re.compile(r"(?:cách mạng|cmt8) \Z")


def standing(hit: Hit, meaning: Meaning, text: str, low: str) -> Standing:
    """How a piece counts, by its pattern and by what stands around it."""
    judge = _JUDGES.get(hit.name)
    return judge(hit, text, low) if judge else Standing.ALONE


def is_clock_length(low: str, start: int, end: int, hour: int) -> bool:
    """Whether a clock time that stands alone is a length: `trong 24 giờ`."""
    before = _before(low, start)
    if _WHEN.search(before) or not hour:
        return False
    follows = re.compile(r" (?:qua|tới|liền|liên tục|nữa|mỗi|một tuần|mỗi tuần|đồng hồ)(?!\w)").match(low, end)
    return bool(
        _LENGTH_LEAD.search(before) or follows or (hour in (12, 24) and not _before(low, start).endswith("sau "))
    )


def counts_from_january(low: str, start: int, end: int) -> bool:
    """Whether `9 tháng` means the year's first nine: results are reported, no length told."""
    if _SERVED.match(low, end):
        return False
    return bool(_REPORTED.search(low, max(0, start - 60), start) or _REPORTED.search(low, end, end + 60))


def _before(low: str, start: int) -> str:
    return low[max(0, start - _REACH) : start]


def _alone(condition: object) -> Standing:
    return Standing.ALONE if condition else Standing.NOT


def _joined(condition: object) -> Standing:
    return Standing.ALONE if condition else Standing.JOINED


def _clock(hit: Hit, text: str, low: str) -> Standing:
    """A clock time counts beside a day, but not in the name of a programme: `Xem nhanh 20h`."""
    return Standing.NOT if _PROGRAMME.search(_before(low, hit.match.start())) else Standing.JOINED


def _always_joined(hit: Hit, text: str, low: str) -> Standing:
    return Standing.JOINED


def _bare_day(hit: Hit, text: str, low: str) -> Standing:
    """`24/5` with no `ngày` before it."""
    start, end = hit.match.span()
    day, month, year = int(hit.match["day"]), int(hit.match["month"]), hit.match["year"]
    separator, before = hit.match["sep"].strip(), _before(low, start)
    if not is_possible(day, month) or _NO_DAY.search(before) or (year and len(year) == 2 and separator == "."):
        return Standing.NOT
    if year:
        return Standing.ALONE
    if _MEASURED.match(low, end):
        return Standing.NOT
    led = bool(_DAY_LEAD.search(before)) or not before or before[-1] == "\n"
    fits = bool(_CLOSES.match(low, end) or _GOES_ON.match(low, end))
    if separator != "/" or (day, month) in _FRACTIONS:
        return _joined(led and (fits or separator == "-"))
    return _joined(led or fits)


def _spelt_day(hit: Hit, text: str, low: str) -> Standing:
    """`24 tháng 5` with no `ngày` before it."""
    start, end = hit.match.span()
    if not is_possible(int(hit.match["day"]), None) or _MEASURED.match(low, end):
        return Standing.NOT
    return _joined(hit.match["year"] or _DAY_LEAD.search(_before(low, start)))


def _bare_days(hit: Hit, text: str, low: str) -> Standing:
    """`18 và 19/4`, `10-12/6` with no `ngày` before them."""
    start, end = hit.match.span()
    if hit.match["head"]:
        return Standing.ALONE
    before = _before(low, start)
    if (
        _NO_DAY.search(before)
        or _MEASURED.match(low, end)
        or not is_possible(int(hit.match["day"]), int(hit.match["month"]))
    ):
        return Standing.NOT
    if hit.match["join"].strip() in ("và", ","):
        return (
            Standing.ALONE
            if _DAY_LEAD.search(before)
            else Standing.JOINED
            if before.endswith("ngày ")
            else Standing.NOT
        )
    return Standing.ALONE


def _month_number(hit: Hit, text: str, low: str) -> Standing:
    start, end = hit.match.span()
    return _alone(not _NO_DAY.search(_before(low, start)) and not _MEASURED.match(low, end))


def _month(hit: Hit, text: str, low: str) -> Standing:
    """`tháng năm` is also "months and years", `tháng Tám` also a revolution."""
    start, end = hit.match.span()
    word, before = hit.match["month"], _before(low, start)
    if word.isdigit() or hit.match.groupdict().get("year"):
        return Standing.ALONE
    if _REVOLUTION.search(before) or _MEASURED.match(low, end) or _VAGUE.search(before):
        return Standing.NOT
    if word in ("năm", "một"):
        return Standing.ALONE if _DAY_LEAD.search(before) and _ALONE.match(low, end) else Standing.JOINED
    return Standing.ALONE


def _bare_year(hit: Hit, text: str, low: str) -> Standing:
    start, end = hit.match.span()
    if _MEASURED.match(low, end):
        return Standing.NOT
    bracketed = low[start - 1 : start] == "(" and low[end : end + 1] == ")"
    return _joined(_YEAR_LEAD.search(_before(low, start)) or bracketed)


def _years(hit: Hit, text: str, low: str) -> Standing:
    start, end = hit.match.span()
    before = _before(low, start)
    if hit.match["head"]:
        return Standing.ALONE
    if _MEASURED.match(low, end) or _NO_DAY.search(before):
        return Standing.NOT
    return _alone(not hit.match["to"] or _YEAR_LEAD.search(before))


def _weekday(hit: Hit, text: str, low: str) -> Standing:
    """`thứ ba` is also "third"."""
    word, head = hit.match["weekday"], hit.match["head"]
    named = text[hit.match.end("weekday") - len(word.split()[-1])].isupper() and not word[-1].isdigit()
    if word in ("chủ nhật", "chúa nhật") or hit.match["shift"] in ("vừa qua", "vừa rồi", "tới"):
        return Standing.ALONE
    return Standing.ALONE if named or head == "hôm" else Standing.JOINED


def _relative(hit: Hit, text: str, low: str) -> Standing:
    """`những năm qua` and `vài tuần trước` are vague; `30 phút qua điện thoại` is no time at all."""
    start = hit.match.start()
    return _alone(not (_VAGUE.search(_before(low, start)) or (start and low[start - 1] == "/")))


def _part_deictic(hit: Hit, text: str, low: str) -> Standing:
    """`sáng qua`, but not `tỏa sáng qua`, `hai chiều qua`."""
    return _alone(not (hit.match["shift"] == "qua" and _NO_PART.search(_before(low, hit.match.start()))))


def _anaphor(hit: Hit, text: str, low: str) -> Standing:
    start, _ = hit.match.span()
    before = _before(low, start)
    return _alone(not (_VAGUE.search(before) or re.search(r"\d \Z", before)))


def _edge_bare(hit: Hit, text: str, low: str) -> Standing:
    end = hit.match.end()
    return _alone(
        not (hit.match["edge"] == "cả" and (hit.match["unit"] not in ("năm", "quý") or _MUSTERED.match(low, end)))
    )


def _weekend(hit: Hit, text: str, low: str) -> Standing:
    return _relative(hit, text, low)


def _set(hit: Hit, text: str, low: str) -> Standing:
    """`mỗi chiều` is also "each way", `hàng giờ liền` "for hours"."""
    end = hit.match.end()
    unit = hit.match.groupdict().get("unit")
    if unit is None:
        return Standing.ALONE
    if unit == "chiều" and "buổi" not in hit.match.group():
        return Standing.NOT
    return _alone(
        not (_MUSTERED.match(low, end) or re.compile(r" (?:trời|liền|đồng hồ|đêm liền)(?!\w)").match(low, end))
    )


def _length(hit: Hit, text: str, low: str) -> Standing:
    start, end = hit.match.span()
    before, count, unit = _before(low, start), hit.match["count"], hit.match["unit"]
    if (start and low[start - 1] in "/-–") or _AGE.match(low, end) or _LABEL.search(before) or _VAGUE.search(before):
        return Standing.NOT
    if _GENERIC_COUNT.match(count) and not hit.match["qualifier"]:
        return Standing.NOT
    if unit in ("ngày", "năm") and count == "một" and _SOME_DAY.match(low, end):
        return Standing.NOT
    if unit == "giờ" and count.isdigit() and int(count) <= 24 and not hit.match["half"]:
        return _alone(hit.match["qualifier"] and not _CLOCK_GOES_ON.match(low, end))
    if unit == "tiếng" and not re.compile(
        r" (?:đồng hồ|sau|trước|nữa|mỗi|để|cho|là|mới|liên tục|liền|di chuyển|bay|qua)(?!\w)| ?[,.;:)\n]|\Z"
    ).match(low, end):
        return _alone(hit.match["qualifier"] or _LENGTH_LEAD.search(before) or hit.match["half"])
    if count == "năm" and unit == "tháng":
        return _alone(hit.match["qualifier"] or _LENGTH_LEAD.search(before))
    return Standing.ALONE


_JUDGES: dict[str, Callable[[Hit, str, str], Standing]] = {
    "day_bare": _bare_day,
    "day_spelt": _spelt_day,
    "days": _bare_days,
    "month_number": _month_number,
    "month": _month,
    "year_bare": _bare_year,
    "years": _years,
    "weekday": _weekday,
    "relative": _relative,
    "weekend": _weekend,
    "part_deictic": _part_deictic,
    "day_anaphor": _anaphor,
    "part_anaphor": _anaphor,
    "edge_bare": _edge_bare,
    "set": _set,
    "length": _length,
    "clock": _clock,
    "part": _always_joined,
    "edge": _always_joined,
    "now": _always_joined,
    "week_of_month": _always_joined,
}
