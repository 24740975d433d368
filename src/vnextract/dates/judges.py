"""Which pieces count: what stands around a bare number, a weekday or a length decides whether it is a date."""

import re
from collections.abc import Callable
from enum import Enum, auto
from functools import cache

from vnextract.dates.numerals import UNITS, number, year_number
from vnextract.dates.words import alternation, values, words
from vnextract.lexicon.numerals import last_run, longest
from vnextract.text.late import late

Match = re.Match[str]


class Standing(Enum):
    """How a piece counts."""

    ALONE = auto()
    """A date by itself."""
    JOINED = auto()
    """A date beside another piece only: `22 giờ`, `sáng`, a bare number."""
    NOT = auto()
    """No date."""


Judge = Callable[[Match, str], Standing]
"""Says how a match in the lower-cased text counts, given the text in its own case too."""


@cache
def _ending(kind: str) -> re.Pattern[str]:
    return late(rf"(?<!\w){words(kind)} \Z")


@cache
def _beginning(kind: str) -> re.Pattern[str]:
    return late(rf" {words(kind)}(?!\w)")


def _led(before: str, kind: str) -> bool:
    """Whether text ends in a word of this kind and a space."""
    return _ending(kind).search(before) is not None


def _followed(low: str, end: int, kind: str) -> bool:
    """Whether text goes on with a space and a word of this kind."""
    return _beginning(kind).match(low, end) is not None


_REACH = 18
"""So many characters before a piece are looked at."""
_NEAR = 60
"""So many characters around `9 tháng` are searched for words of reporting."""
_RATE_REACH = 36
"""So many characters back may the figure begin that `mỗi tháng` makes a rate."""

_BY_DAY = alternation(word for word, code in values("part").items() if code != "TNI")
_OPENS = late(r"(?:\A|[.!?;:\n“\"‘'(\]]|, | [-–] )\s*\Z")
"""Text after which a clause begins."""
_DAY_LEAD = late(rf"(?<!\w){words('day_lead')} \Z|[(\[“\"‘']\Z")
_NO_DAY = late(rf"(?<!\w){words('no_day')} \Z|[$€£#]\Z")
_DAY_BEFORE = late(rf"(?<!\w)(?:{words('part', 'day_shift', 'weekday')}|\d(?: đến| tới| và| -| –|,)) \Z")
"""Text that ends in a day or a part of one, so that a number after it is a day too."""
_PART_LEAD = late(rf"(?<!\w){''.join(f'(?<!{word} )' for word in values('one_of'))}(?:{_BY_DAY}) \Z")
"""Text that ends in a part of one day; nights are counted instead: `đêm thứ hai`."""
_RATE = late(
    rf"\d(?: (?!(?:{words('unit', 'no_rate')})(?!\w))[^\W\d_]+){{1,4}} \Z"
    rf"|(?<!\w){words('rate')} \Z"
)
"""Text that ends in a figure and what it counts: `5 lần`, `320 triệu kWh điện`."""
_GENERAL = late(r"(?<!\w)(?:những|các|mỗi|mọi)(?: [^\W\d_]+)? \Z")

_CLOSES = late(r" ?[,.;:)\]\n”\"’'!?…]| [-–—(]|\Z")
_STOPS = late(r" ?(?:[,.;:)\]\n”\"’'!?…–-]|\Z)")
_MEASURED = late(rf" ?(?!năm (?:nay|ngoái|trước|sau|tới|\d{{4}}))(?:{words('measured')}|%)(?!\w)")
_SHARED_MONEY = late(rf"(?: (?:đến|tới|và) | ?[-–] ?)\d[\d.,]* ?(?:{words('money')})(?!\w)")
"""The far end of a range of money that a number begins: `1000 | đến 2000 đồng`."""
_REPORTED = late(rf"(?<!\w)(?:{words('reported')})(?!\w)")
_CLOCK_GOES_ON = late(rf"(?: \d{{1,2}}(?: phút)?| rưỡi)?,? (?:{words('part')}|ngày|hôm|cùng|\d{{1,2}}[/.-]\d)")
_NO_UNIT = late(rf"(?:{words('no_unit', 'worked')})(?! (?:{words('no_work')})(?!\w))(?!\w)")
_ONE_DAY_FOLLOWS = late(r" \d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?| tháng \d{1,2})(?![\d/]| ?(?:,|và|-|–|đến) ?\d)")
"""After `57 ngày`: a date, so that the number was no count: `Nghị quyết 57 ngày 22/12/2024`."""
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (2, 5), (3, 5), (4, 5), (24, 7), (1, 8), (1, 10)})
_COMMON_DIVISOR = 5
"""`từ 1/3 dân số`, but `từ 1/8 người dân`."""
_NUMBER_REACH = 90
"""So many characters around `năm` may a number in words take of which it is a digit."""
_NUMBER_CLOSES = ".,;:)"
_FIRST_BARE_YEAR = 1800
_LAST_YEAR = 2200
_HOURS_OF_DAY = 24
_AND_YEAR = late(r" và (?:19|20)\d\d(?![\w%/-]|[.,]\d)")
_GAME = late(rf"(?<!\w)(?:{words('game')})(?!\w)")
"""What is said of a match near its score."""
_STAGE = late(rf"(?<!\w)(?:{words('stage')})(?!\w)[^.;\n]*\Z")
"""Text of something whose days are counted from its beginning: `phôi ngày 3`."""
_STAGE_REACH = 40
_FEW = late(rf"(?<!\w)(?:{words('few')})(?: ngày)? \Z")
_YEAR_OF_NAME = late(r"(?:19|20)(?!00)\d\d")
_NUMBER_NEXT = late(r" \d")
_EDGE_OF_UNIT = late(rf" (?:{words('edge')}) (?:tuần|tháng|quý|năm|mùa|xuân|hè|thu|đông)(?!\w)")
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _before(match: Match, reach: int = _REACH) -> str:
    return match.string[max(0, match.start() - reach) : match.start()]


def _alone(condition: object) -> Standing:
    return Standing.ALONE if condition else Standing.NOT


def _joined(condition: object) -> Standing:
    return Standing.ALONE if condition else Standing.JOINED


def goes_on(low: str, end: int) -> bool:
    """Whether what follows a bare number fits a date rather than a figure."""
    return bool(_CLOSES.match(low, end)) or _followed(low, end, "follow")


def is_measured(low: str, end: int) -> bool:
    """Whether what follows a number is what it counts or measures."""
    return bool(_MEASURED.match(low, end))


def is_clock_length(low: str, start: int, end: int, hour: int) -> bool:
    """Whether a clock time that stands alone is a length: `trong 24 giờ`."""
    before = low[max(0, start - _REACH) : start]
    if _led(before, "when") or not hour:
        return False
    lead = "length_lead" if "giờ" in low[start:end] else "hours_lead"
    return _led(before, lead) or _followed(low, end, "lasts") or low[start:end] == "24 giờ"


def counts_from_january(low: str, start: int, end: int, *, just_passed: bool) -> bool:
    """Whether `9 tháng` means the year's first nine: in digits once they have passed, or where results are told."""
    plain = just_passed and low[start].isdigit() and not _led(low[max(0, start - _REACH) : start], "length_lead")
    return (plain or _is_reported(low, start, end)) and not _followed(low, end, "served")


def _is_reported(low: str, start: int, end: int) -> bool:
    return bool(_REPORTED.search(low, max(0, start - _NEAR), start) or _REPORTED.search(low, end, end + _NEAR))


def always(match: Match, text: str) -> Standing:
    """The form alone settles it."""
    return Standing.ALONE


def decade(match: Match, text: str) -> Standing:
    """`những năm tám mươi`, but not `những năm tám mươi tuổi`."""
    return _alone(not _followed(match.string, match.end(), "age"))


def joined(match: Match, text: str) -> Standing:
    """A part of a date only: `cuối`, `tuần thứ hai của`."""
    return Standing.JOINED


def opening(match: Match, text: str) -> Standing:
    """`Sáu ngày trước` counts from now where it opens a clause."""
    before = _before(match)
    return _alone(_OPENS.search(before) and (text[match.start()].isupper() or before.endswith(", ")))


# ---- Days, months, years ---------------------------------------------------------------------------------------------


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month - 1]


def bare_day(match: Match, text: str) -> Standing:
    """`24/5` with no `ngày` before it."""
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    separator, before = match["sep"].strip(), _before(match)
    if not 1 <= month <= 12 or not 1 <= day <= 31 or _NO_DAY.search(before):
        return Standing.NOT
    if year:
        return _alone(len(year) == 4 or separator != ".")
    if not _is_day(day, month):
        return Standing.JOINED
    if not _MEASURED.match(match.string, match.end()):
        is_score = separator == "-" and _is_score(match, before)
        return _joined(not is_score and _is_plain_day(match, before, separator))
    is_fraction = (day, month) in _FRACTIONS and month <= _COMMON_DIVISOR
    if (
        separator == "/"
        and not is_fraction
        and _led(before, "since")
        and _followed(match.string, match.end(), "acting")
    ):
        return Standing.ALONE
    return Standing.JOINED if _DAY_BEFORE.search(before) else Standing.NOT


def _is_score(match: Match, before: str) -> bool:
    """Whether two numbers in a bracket are the score of a match: `thắng đội khách (2-1)`, but not `(2-1)` alone."""
    low, (start, end) = match.string, match.span()
    is_bracketed = before.endswith("(") and not match["day"].startswith("0") and len(match["day"]) == 1
    return is_bracketed and bool(_GAME.search(low, max(0, start - _NEAR), start) or _GAME.search(low, end, end + _NEAR))


def _is_plain_day(match: Match, before: str, separator: str) -> bool:
    is_led = bool(_DAY_LEAD.search(before)) or not before or before[-1] == "\n"
    follows = goes_on(match.string, match.end())
    day, month = int(match["day"]), int(match["month"])
    if is_led and f"{day}.{month}" in values("holiday"):
        return True
    if separator == "/" and (day, month) not in _FRACTIONS:
        return is_led or follows
    return is_led and (separator == "-" or match["day"].startswith("0") or follows)


def day_of_month(match: Match, text: str) -> Standing:
    """`ngày 18`, but not `phôi ngày 3`, `ban ngày 24 - 31 độ`."""
    is_other = _STAGE.search(_before(match, _STAGE_REACH)) or _led(_before(match), "daytime")
    return _alone(not is_other)


def day_without_head(match: Match, text: str) -> Standing:
    """`24 tháng 5`, but not `3 tháng 5 ngày`."""
    day, month = int(match["day"]), match["month"]
    if _MEASURED.match(match.string, match.end()) or _NO_DAY.search(_before(match)):
        return Standing.NOT
    if month.isdigit():
        return _alone(_is_day(day, int(month)))
    is_name = text[match.start("month")].isupper() or match["year"] or match["year_words"]
    return _alone(_is_day(day, 1) and (is_name or _DAY_LEAD.search(_before(match))))


def day_in_words(match: Match, text: str) -> Standing:
    """`hai mươi tư tháng bảy`, but not `ba tháng bảy ngày`, `hai tháng 12-2018 và 1-2019`."""
    day = number(match["day"])
    if day is None or not 1 <= day <= 31 or _MEASURED.match(match.string, match.end()):
        return Standing.NOT
    return _alone(" " in match["day"] or (not match["month"].isdigit() and (match["year_words"] or match["year"])))


def days(match: Match, text: str) -> Standing:
    """`18 và 19/4`, `10-12/6`, `20 - 22 tháng 3` with no `ngày` before them."""
    before, day, month = _before(match), int(match["day"]), int(match["month"])
    if match["head"]:
        return Standing.ALONE
    if _NO_DAY.search(before) or _MEASURED.match(match.string, match.end()) or not _is_day(day, month):
        return Standing.NOT
    if match["about"]:
        # "khoảng 4-5/10" may be a share; one above the whole is none.
        return _alone(day > month or match["year"])
    if match["year"] or match["join"].strip() not in ("và", ",") or _DAY_LEAD.search(before):
        return Standing.ALONE
    return Standing.JOINED if before.endswith("ngày ") else Standing.NOT


def month_in_figures(match: Match, text: str) -> Standing:
    """`10/1994`, but not `nghị định 08/2016`, `nồng độ 5/1000`."""
    is_document = _NO_DAY.search(_before(match)) or int(match["year"]) < _FIRST_BARE_YEAR
    return _alone(not is_document and not _MEASURED.match(match.string, match.end()))


def month(match: Match, text: str) -> Standing:
    """`tháng năm` is also "months and years", `tháng Tám` also a revolution, `2 Tháng 9` also a street."""
    word, before = match["month"], _before(match)
    if text[match.start()] == "T" and before[-2:-1].isdigit():
        return Standing.NOT
    if match["year"] or match["year_words"]:
        return Standing.ALONE
    if _led(before, "revolution"):
        return Standing.NOT
    if word.isdigit():
        return Standing.ALONE
    if _MEASURED.match(match.string, match.end()) or _led(before, "vague"):
        return Standing.NOT
    if word in ("năm", "một"):
        is_led = _DAY_LEAD.search(before) or _led(before, "edge")
        return _joined(is_led and _STOPS.match(match.string, match.end()))
    return Standing.ALONE


def month_at_end(match: Match, text: str) -> Standing:
    """`tháng đầu năm`, but not `mấy tháng đầu năm`."""
    return _alone(not _led(_before(match), "vague"))


def months(match: Match, text: str) -> Standing:
    """`tháng 4 và 5`, but not `tháng 4 và 3 nghị quyết`, `tháng 12 và một cuộc gặp`."""
    are_alike = match["first"].isdigit() == match["month"].isdigit()
    return _alone(match["to"] or match["year"] or (are_alike and goes_on(match.string, match.end())))


def quarters(match: Match, text: str) -> Standing:
    """`quý I và II`, but not `quý I và 2 dự án`."""
    low, end = match.string, match.end()
    return _alone(match["year"] or goes_on(low, end) or low.startswith(" năm ", end))


def quarter(match: Match, text: str) -> Standing:
    """`quý ba`, but not `yêu quý một cách`."""
    low, end, name = match.string, match.end(), match["quarter"]
    is_plain = match["year"] or match["shift"] or not name.isalpha() or set(name) <= set("iv")
    return _alone(is_plain or goes_on(low, end) or low.startswith((" năm ", " của năm "), end))


def quarter_in_short(match: Match, text: str) -> Standing:
    """`Q3` where results are reported; it is also a district."""
    return _alone(match["year"] or _is_reported(match.string, match.start(), match.end()))


def bare_year(match: Match, text: str) -> Standing:
    """`2023` with no `năm` before it."""
    low, (start, end) = match.string, match.span()
    if _MEASURED.match(low, end) or _SHARED_MONEY.match(low, end):
        return Standing.NOT
    is_bracketed = low[start - 1 : start] == "(" and low[end : end + 1] == ")"
    return _joined(_led(_before(match), "year_lead") or is_bracketed or _is_first_of_years(match, text))


def _is_first_of_years(match: Match, text: str) -> bool:
    """Whether a year follows, and no name stands before: `hai mốc 1999 và 2008`, not `World Cup 2026 và 2030`."""
    low, start = match.string, match.start()
    second = _AND_YEAR.match(low, match.end())
    before = text[max(0, start - _REACH) : start].split()
    named = not before or before[-1][0].isupper() or before[-1][0].isdigit()
    return second is not None and not named and bool(_CLOSES.match(low, second.end()))


def season_of_year(match: Match, text: str) -> Standing:
    """`mùa 2016`, but not `gió mùa 2016`."""
    return _alone(not _led(_before(match), "no_season"))


def early_year(match: Match, text: str) -> Standing:
    """`năm 938`, `năm 111 TCN`, but not `mỗi năm 500 suất`."""
    if match["bc"] or match["ad"]:
        return Standing.ALONE
    is_alone = len(match["year"]) == 3 and _CLOSES.match(match.string, match.end())
    return _alone(is_alone and not _led(_before(match), "every"))


def year_in_words(match: Match, text: str) -> Standing:
    """`năm hai nghìn không trăm mười ba`, but not `mỗi năm hai trăm ba mươi người`."""
    low, end, value = match.string, match.end(), year_number(match["year_words"])
    is_counted = _MEASURED.match(low, end) or _led(_before(match), "every")
    if value is None or is_counted or value > _LAST_YEAR:
        return Standing.NOT
    return _alone(value >= 1000 or _CLOSES.match(low, end))


def years(match: Match, text: str) -> Standing:
    """`2013 - 2023` with nothing before it."""
    before = _before(match)
    if match["head"]:
        return Standing.ALONE
    if _MEASURED.match(match.string, match.end()) or _NO_DAY.search(before):
        return Standing.NOT
    if int(match["first"]) < _FIRST_BARE_YEAR and not before.endswith("("):
        return Standing.NOT
    return _alone(not match["to"] or _led(before, "year_lead"))


# ---- Weeks and relative points ---------------------------------------------------------------------------------------


def weekday(match: Match, text: str) -> Standing:
    """`thứ ba` is also "third", as in `kỳ họp thứ ba vừa qua`, and `chúa nhật` stands in `công chúa Nhật Bản`."""
    word = match["weekday"]
    if word.endswith("nhật"):
        return _alone(
            not (_led(_before(match), "no_sunday") or _followed(match.string, match.end(), "no_sunday_after"))
        )
    if match["shift"] in ("vừa qua", "vừa rồi", "tới"):
        return _alone(not _led(_before(match), "ordered"))
    is_name = word != "cn" and text[match.end("weekday") - len(word.split()[-1])].isupper()
    is_of_day = match["head"] is None and _PART_LEAD.search(_before(match))
    return _joined(is_name or match["head"] == "hôm" or is_of_day)


def weekend(match: Match, text: str) -> Standing:
    """`những ngày cuối tuần`, `mỗi dịp cuối tuần` name no weekend of their own."""
    is_general = match["shift"] is None and _GENERAL.search(_before(match))
    return Standing.NOT if is_general else vague(match, text)


def vague(match: Match, text: str) -> Standing:
    """`những năm qua` and `vài tuần trước` are vague."""
    start = match.start()
    return _alone(not (_led(_before(match), "vague") or (start and match.string[start - 1] == "/")))


def day_from_now(match: Match, text: str) -> Standing:
    """`hôm nay`, but not `mấy hôm nay`, `những ngày hôm nay`."""
    return _alone(not _FEW.search(_before(match)))


def part_from_now(match: Match, text: str) -> Standing:
    """`sáng qua`, but not `tỏa sáng qua`, `hai chiều qua`."""
    return _alone(not (match["shift"] == "qua" and _is_no_part(match)))


def _is_no_part(match: Match) -> bool:
    """Whether the word for a part of the day is half of another word, or counted."""
    before, part = _before(match), match["part"]
    words_before = before.split()
    other = f"{words_before[-1]} {part}" if words_before and before.endswith(" ") else ""
    is_other = other in values("no_part") and not _led(before, "part_ahead")
    return is_other or bool(_led(before, "vague"))


def anaphor(match: Match, text: str) -> Standing:
    """`ngày sau đó`, but not `vài ngày sau đó`, `3 ngày sau đó`."""
    before = _before(match)
    is_counted = match.group().startswith("ngày") and before[-2:-1].isdigit()
    return _alone(not (_led(before, "vague") or is_counted))


def edge(match: Match, text: str) -> Standing:
    """`đầu năm 2004`, but not `lần đầu năm 2004`."""
    return Standing.NOT if _before(match).endswith("lần ") else Standing.JOINED


def edge_of_this(match: Match, text: str) -> Standing:
    """`cả năm`, but not `cả năm người`; `cả tuần`, `cả tháng` where results are told."""
    if match["edge"] != "cả":
        return _alone(match.group() != "cuối tuần")
    if match["unit"] in ("tuần", "tháng"):
        return _alone(_before(match).endswith("chung "))
    return _alone(not _followed(match.string, match.end(), "counted"))


def now(match: Match, text: str) -> Standing:
    """`từ nay đến`, but not `bao giờ cho đến`."""
    return Standing.NOT if _before(match).endswith("bao ") else Standing.JOINED


def clock(match: Match, text: str) -> Standing:
    """A clock time counts beside a day, but not in the name of a programme, `Xem nhanh 20h`, or of a network, `4G`."""
    is_network = match["unit"] == "g" and not match["minute"] and text[match.start("unit")].isupper()
    return Standing.NOT if is_network or _led(_before(match), "programme") else Standing.JOINED


def part(match: Match, text: str) -> Standing:
    """`trưa ngày 1/4`, but not `bữa ăn trưa ngày 1/4`."""
    return Standing.NOT if _is_no_part(match) else Standing.JOINED


# ---- Recurring times and lengths -------------------------------------------------------------------------------------


def recurring(match: Match, text: str) -> Standing:
    """`mỗi chiều` is also "each way", `hàng đêm liền` "for nights", `5 lần mỗi tuần` a rate, `hàng thứ ba` a rank."""
    found, low, end = match.group(), match.string, match.end()
    if found.startswith("hàng") and (" thứ" in found or _led(_before(match), "no_set")):
        return Standing.NOT
    if found.endswith(" chiều") and "buổi" not in found:
        return Standing.NOT
    if found.startswith("mỗi") and match["unit"] in UNITS and _RATE.search(_before(match, _RATE_REACH)):
        return Standing.NOT
    return _alone(not (_followed(low, end, "staged") or _followed(low, end, "no_set_after")))


def length(match: Match, text: str) -> Standing:
    """`10 năm`, but not `lớp 10 năm học 2024`, `57 ngày 22/12`, `đường 2 Tháng 9`, `5 tháng tuổi`, `hai năm mươi`."""
    street = text[match.start("unit")].isupper() and _NUMBER_NEXT.match(match.string, match.end())
    name = match["unit"] == "hôm" and text[match.start()].isupper() and not _OPENS.search(_before(match))
    return _alone(not (street or name) and _is_counted_unit(match) and _is_length_of_unit(match))


def _is_qualified(match: Match) -> bool:
    return bool(match["qualifier"] or match["half"])


def _is_counted_unit(match: Match) -> bool:
    """Whether a number and a unit of time belong together at all."""
    low, start, end = match.string, match.start(), match.end()
    before, count, qualified = _before(match), match["count"], _is_qualified(match)
    if (start and low[start - 1] in "/-–") or _led(before, "label") or _led(before, "vague") or _led(before, "times"):
        return False
    if (
        _is_calendar_year(match)
        or _followed(low, end, "age")
        or _NO_UNIT.match(low, match.start("unit"))
        or _is_in_number(match)
    ):
        return False
    if match["unit"] == "ngày" and _ONE_DAY_FOLLOWS.match(low, end):
        return False
    if count == "một" and not qualified and _EDGE_OF_UNIT.match(low, end):
        return False
    return (
        count != "một"
        or qualified
        or not (_RATE.search(_before(match, _RATE_REACH)) or _followed(low, end, "some_day"))
    )


def _is_calendar_year(match: Match) -> bool:
    """Whether a count of years is a year before `năm nay`, `năm qua`: `cuộc thi 2013 năm nay`, not `2000 năm qua`."""
    is_year = match["unit"] == "năm" and not match["qualifier"] and _YEAR_OF_NAME.fullmatch(match["count"])
    return bool(is_year and _followed(match.string, match.end("unit"), "shift"))


def _is_in_number(match: Match) -> bool:
    """Whether `năm` is a digit of a number in words: `hai nghìn năm trăm đồng`, `ba phẩy bốn năm sáu`."""
    if match["unit"] != "năm":
        return False
    low, unit = match.string, match.start("unit")
    begin = max(0, match.start() - _NUMBER_REACH)
    before, after = low[begin:unit].split(), low[unit : unit + _NUMBER_REACH].split()
    words = [*before, *(word.strip(_NUMBER_CLOSES) for word in after)]
    for first in range(len(before) - last_run(before), len(before)):
        found = longest(words, first)
        if found and found[0] > len(before) + 1:
            return True
    return False


def _is_length_of_unit(match: Match) -> bool:
    """What else a number of hours, of `tiếng`, and `năm` as a number may be."""
    unit, qualified = match["unit"], _is_qualified(match)
    if unit == "giờ":
        return _is_hours(match, qualified)
    if unit == "tiếng":
        return _is_sounding_hours(match, qualified)
    if unit == "hôm" and not _are_days(match):
        return False
    if match["count"] == "năm" and unit in ("tháng", "quý", "hôm"):
        return bool(qualified or _led(_before(match), "length_lead"))
    return True


def _are_days(match: Match) -> bool:
    """Whether `hôm` is counted: `hai hôm nay`, but not `lúc 9h30 hôm nay`, `một hôm`, `lớp hai hôm 18/6`."""
    is_counted = match["count"] != "một" and not match["count"][0].isdigit()
    return is_counted and not _NUMBER_NEXT.match(match.string, match.end())


def _is_hours(match: Match, qualified: bool) -> bool:
    low, end, count, before = match.string, match.end(), match["count"], _before(match)
    if _CLOCK_GOES_ON.match(low, end):
        return False
    if match["upper"] and not qualified:
        return not _led(before, "when")
    if not count.isdigit() or int(count) > _HOURS_OF_DAY:
        return True
    is_about = match["qualifier"].strip() in values("clock_qualifier") and not _followed(low, end, "later")
    return qualified and not (is_about and (_OPENS.search(before) or _led(before, "when") or before.endswith("đến ")))


def _is_sounding_hours(match: Match, qualified: bool) -> bool:
    low, end, count = match.string, match.end(), match["count"]
    is_told = qualified or count[0].isdigit() or count == "nửa" or _led(_before(match), "length_lead")
    is_told = is_told or (count != "một" and _STOPS.match(low, end))
    return bool(is_told) and not _followed(low, end, "sound")


def hours(match: Match, text: str) -> Standing:
    """`trong 48h`, but not `lúc 18h`, `sau 21h`."""
    before = _before(match)
    is_clock = before.endswith("sau ") and int(match["count"]) < _HOURS_OF_DAY
    return _alone(not is_clock and _led(before, "hours_lead") and not _CLOCK_GOES_ON.match(match.string, match.end()))
