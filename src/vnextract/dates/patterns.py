# ruff: noqa: E501
"""What temporal expressions look like: pieces of them as one table of patterns, and the gaps that join pieces.

Every pattern reads lower-cased text and begins at the start of a word or number; `scan` finds the pieces from left to
right. What they mean is settled in `values`, which of them count in `evidence`, how neighbours make one expression in
`joining`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from vnextract.lexicon.tables import table

T = TypeVar("T")


def words(kind: str) -> str:
    """The words of one kind in the table as one alternation, the longest first."""
    found = sorted((row["word"] for row in table("date_words") if row["kind"] == kind), key=len, reverse=True)
    return "|".join(map(re.escape, found))


# ---- Fragments -----------------------------------------------------------------------------------------------------
# END closes a number that is no part of a longer one, of a ratio or of an identifier (`42/2017/QH14`).

END = r"(?![\w%]|[/]\w|[.,]\d|[-–][^\W\d])"
DASH = r"[-–—]"
TILL = r" (?:cho )?(?:đến|tới)(?: hết| khoảng)? "
YEAR = r"(?:1[0-9]|20|21)\d\d"
MONTH = rf"(?:0?[1-9]|1[0-2])(?!\d)|(?:{words('month')})(?!\w)"
MONTH_WORD = words("month")
WEEKDAY = words("weekday")
PART = words("part")
UNIT = words("unit")
COUNT_WORD = words("number")
COUNT = rf"(?:\d{{1,4}}(?:[.,]\d{{1,3}})?|(?:{COUNT_WORD})(?!\w)(?: (?:{COUNT_WORD})(?!\w)){{0,5}})"
SHIFT = r"này|nay|trước|vừa qua|vừa rồi|qua|rồi|sau|tới|kế tiếp|tiếp theo|ngoái|kia"
THAT = r"đó|ấy|sau đó|trước đó"
CAN = "giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý"
CHI = "tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi"

_FRAGMENTS = {
    "END": END,
    "DASH": DASH,
    "TILL": TILL,
    "CAN": CAN,
    "CHI": CHI,
    "MONTH": MONTH,
    "WEEKDAY": WEEKDAY,
    "PART": PART,
    "UNIT": UNIT,
    "COUNT": COUNT,
    "N": rf"(?:\d{{1,2}}|{COUNT_WORD})",
    "Y": rf"(?P<year>{YEAR}){END}",
    "YEAR": YEAR,
    "SHIFT": rf"(?P<shift>{SHIFT})(?!\w)(?! (?:{words('through')})(?!\w))",
    # `30 phút qua điện thoại`, `10 ngày tới châu Á`: a preposition, not "past" or "coming"
    "NOT_THROUGH": rf"(?! (?:{words('through')})(?!\w))",
    "EDGE_OF_DAY": r"(?:(?:đầu|cuối) giờ|(?:đầu|cuối)(?= buổi| chiều)|giữa)",
    "STOP": r" ?[,.;:)\]\n”\"'’!?…]| [-–(]|$",
    "THAT": rf"(?:{THAT})(?!\w)",
    "QUALIFIER": words("qualifier"),
    "CLOCK_QUALIFIER": words("clock_qualifier"),
    "SPAN_HEAD": words("span_head"),
    # 24/5, 24.5.2023, 24-5-23; 24 tháng 5 năm 2023; tháng 5/2023
    "DAY_MONTH": rf"(?P<day>\d{{1,2}})(?P<sep>[/.\-–]| / )(?P<month>\d{{1,2}})(?:(?P=sep) ?(?P<year>{YEAR}|\d\d))?{END}",
    "TH_MONTH": rf"tháng (?P<month>{MONTH})(?:(?:,? năm |[/.\-–]| / )(?P<year>{YEAR}){END})?",
    # năm 2025, năm ngoái
    "OF_YEAR": rf"(?: (?P<year>{YEAR}){END}| (?P<shift>nay|ngoái|trước|sau|tới)(?!\w))?",
    # năm Bính Ngọ 2026, Bính Ngọ
    "CYCLE": rf"(?:(?: năm)? (?P<cyclic>(?:{CAN}) (?:{CHI}))(?!\w))",
    "LUNAR": r"(?: (?:âm lịch|âl)(?!\w)| \((?:âm lịch|âl)\))",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sort of piece: its name, the words that can begin it (`0` stands for a digit), its form."""

    name: str
    starts: frozenset[str]
    regex: re.Pattern[str]


def _form(form: str) -> str:
    """A form with its fragments filled in."""
    return re.sub(r"<([A-Z_]+)>", lambda match: _FRAGMENTS[match[1]], form)


def _pattern(name: str, starts: str, form: str) -> Pattern:
    """A row of the table: `<X>` in the form stands for a fragment, `x+` among the starts for that kind of words."""
    first: set[str] = set()
    for start in starts.split():
        if start.endswith("+"):
            first |= {row["word"].split()[0] for row in table("date_words") if row["kind"] == start[:-1]}
        else:
            first.add(start)
    return Pattern(name, frozenset(first), re.compile(_form(form)))


# ---- The table -----------------------------------------------------------------------------------------------------
# name, words that begin it, form. The first pattern that fits and says something wins, so the longer forms stand first.

# fmt: off
PATTERNS: tuple[Pattern, ...] = (
    # mùng 1 Tết Bính Ngọ, 29 Tết; rằm tháng Giêng; 10/3 âm lịch, mùng 5 tháng 5 năm Ất Tỵ; 23 tháng Chạp
    _pattern("lunar_tet", "ngày mùng mồng 0", r"(?:ngày )?(?:(?P<first>mùng|mồng) )?(?P<day><N>) (?:âm lịch )?tết(?: nguyên đán)?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _pattern("lunar_tets", "ngày mùng mồng", r"(?:ngày )?(?:mùng|mồng) (?P<first><N>)(?: ?<DASH> ?|<TILL>| và )(?:(?:mùng|mồng) )?(?P<day><N>) (?:âm lịch )?tết(?: nguyên đán)?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _pattern("lunar_year", "năm", r"năm (?P<cyclic>(?:<CAN>) (?:<CHI>))(?!\w)"),
    _pattern("lunar_full_moon", "ngày rằm", r"(?:ngày )?(?P<day>rằm) tháng (?P<month><MONTH>)<LUNAR>?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _pattern("lunar_days", "ngày mùng mồng 0", r"(?:ngày )?(?:(?:mùng|mồng) )?(?P<first>\d{1,2})(?: ?<DASH> ?|<TILL>| và )(?:(?:mùng|mồng) )?(?P<day>\d{1,2})(?:/| tháng )(?P<month><MONTH>)(?:(?:(?:/| năm )(?P<year><YEAR>))?<LUNAR>|<CYCLE>)"),
    _pattern("lunar_day", "ngày mùng mồng 0", r"(?:ngày )?(?:(?:mùng|mồng) )?(?P<day><N>)(?:[/.\-]| tháng )(?P<month><MONTH>)(?:(?:[/.\-]| năm )(?P<year><YEAR>))?<LUNAR>"),
    _pattern("lunar_day", "ngày mùng mồng 0", r"(?:ngày )?(?:(?:mùng|mồng) )?(?P<day><N>)(?:/| tháng )(?P<month><MONTH>)<LUNAR>?<CYCLE>"),
    _pattern("lunar_day", "ngày mùng mồng 0", r"(?:ngày )?(?:(?:mùng|mồng) )?(?P<day><N>) tháng (?P<month>giêng|chạp)<LUNAR>?<CYCLE>?(?: năm <Y>)?(?!\w)"),
    _pattern("lunar_month", "tháng", r"tháng (?P<month>giêng|chạp)<LUNAR>?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _pattern("lunar_month", "tháng", r"tháng (?P<month><MONTH>)(?: năm (?P<year><YEAR>))?<LUNAR>(?!\w)"),
    _pattern("lunar_month", "tháng", r"tháng (?P<month><MONTH>)<CYCLE>(?!\w)"),
    # Parts of a year in months: 6 tháng đầu năm 2025, hai quý cuối năm, 9 tháng năm 2013, 9T/2013
    _pattern("months_of_year", "0 number+", r"(?P<count><N>) (?P<unit>tháng|quý) (?P<side>đầu|cuối)(?: của)? năm(?: (?P<fiscal>tài chính|tài khóa))?<OF_YEAR>(?!\w)"),
    _pattern("months_of_year", "0 number+", r"(?P<count><N>) (?P<unit>tháng|quý)(?: (?P<side>đầu|cuối))?(?: năm |/| ?<DASH> ?| )<Y>"),
    _pattern("months_of_year", "0 number+", r"(?P<count><N>) (?P<unit>tháng|quý)(?: (?P<side>đầu|cuối))? năm (?P<shift>nay|ngoái|trước)(?!\w)"),
    _pattern("months_of_year", "0", r"(?P<count>\d{1,2})t(?: ?[/-] ?)?<Y>"),
    _pattern("half", "nửa", r"nửa (?P<side>đầu|cuối|sau)(?: của)? năm<OF_YEAR>(?!\w)"),
    _pattern("half", "nửa", r"nửa (?P<side>đầu|cuối|sau) <Y>"),
    # Recurring: mỗi tháng, hằng năm, các ngày trong tuần, 4 năm một lần
    _pattern("set", "mỗi hằng hàng", r"(?:mỗi|hằng|hàng)(?: buổi)? (?P<unit>giây|phút|giờ|ngày|đêm|tuần|tháng|quý|năm|<WEEKDAY>|<PART>)(?!\w)(?: (?:một|1) lần(?!\w))?"),
    _pattern("set", "tất các", r"(?:tất cả )?các ngày trong (?P<all>tuần)(?!\w)"),
    _pattern("set_times", "0 number+", r"(?P<count><COUNT>) (?P<unit><UNIT>)(?:(?: mới)? (?:một|1) |/)lần(?!\w)"),
    # Lengths: hơn 3 tháng, một tuần rưỡi, 2 giờ 30 phút, 40-50 phút, 10 năm qua
    _pattern("length", "0 qualifier+ number+ ≤ ≥", r"(?P<qualifier>(?:(?:<QUALIFIER>) ?){0,2})(?P<count><COUNT>)(?:(?: ?<DASH> ?| đến | tới )(?P<upper><COUNT>))? ?(?P<unit><UNIT>)(?!\w)(?! (?:<YEAR>)<END>(?! ?<DASH> ?\d)| ngoái)"
             r"(?P<half> rưỡi(?!\w))?(?: (?P<more><COUNT>) (?P<unit2><UNIT>)(?!\w))?(?P<trail> (?:qua|tới)(?!\w)<NOT_THROUGH>| (?:nay|tiếp theo|trước đây)(?!\w)| trước(?=<STOP>))?"),
    _pattern("hours", "0", r"(?P<count>\d{1,3})(?P<unit>h)(?!\w)(?P<trail> (?:qua|tới)(?!\w)<NOT_THROUGH>)?"),
    # Days that share a month: 10-12/6, ngày 18 và 19/4, 21 đến 27/10, 16, 17 và 18/4/2025
    _pattern("days", "ngày hôm 0", r"(?:(?P<head>ngày|hôm) )?(?P<first>\d{1,2})(?P<join>, | và |<TILL>| ?<DASH> ?)(?:\d{1,2}(?:, | và |-)){0,5}(?:ngày )?"
             r"(?P<day>\d{1,2})(?P<sep>[/.]|,? tháng )(?P<month>\d{1,2})(?:(?:(?P=sep)|[/.] ?| năm )(?P<year><YEAR>))?<END>"),
    _pattern("days", "ngày hôm 0", r"(?:(?P<head>ngày|hôm) )?(?P<first>\d{1,2})(?P<join>, | và |<TILL>| <DASH> |–)(?:\d{1,2}(?:, | và )){0,5}(?:ngày )?"
             r"(?P<day>\d{1,2})(?P<sep>-)(?P<month>\d{1,2})(?:-(?P<year><YEAR>))?<END>"),
    # One day: ngày 24/5, hôm 22-10, ngày mùng 3/2, ngày 24 tháng 5 năm 2023; 24/5; ngày 18
    _pattern("day", "ngày hôm mùng mồng", r"(?:ngày|hôm|mùng|mồng)(?: mùng| mồng)? <DAY_MONTH>"),
    _pattern("day", "ngày hôm mùng mồng", r"(?:ngày|hôm|mùng|mồng)(?: mùng| mồng)? (?P<day><N>),? <TH_MONTH>"),
    _pattern("day_spelt", "0", r"(?P<day>\d{1,2}),? <TH_MONTH>"),
    _pattern("month_number", "0", r"(?P<month>0?[1-9]|1[0-2])(?:[/.\-–]| / )<Y>"),
    _pattern("day_bare", "0", r"<DAY_MONTH>"),
    _pattern("day_only", "ngày", r"ngày (?:mùng |mồng )?(?P<day>\d{1,2})(?=(?: và |, |<TILL>| ?<DASH> ?)(?:ngày )?\d| (?:hằng|hàng|mỗi) |[,.;:)\n]|$)(?![,.]\d)"),
    _pattern("day_only", "part+", r"(?P<part><PART>)(?: ngày)? (?P<day>\d{1,2})(?=(?: và |<TILL>| <DASH> |,? rạng sáng )(?:ngày |sáng |trưa |chiều |tối |đêm )?\d)"),
    # Years side by side: 2013 - 2023, giai đoạn 2023–2033, nhiệm kỳ 2021-2026, năm học 2024-2025
    _pattern("years", "span_head+ 0", r"(?P<head>(?:<SPAN_HEAD>)(?: từ)?(?: năm)? )?(?P<first><YEAR>)(?: ?<DASH> ?|/|(?P<to> (?:cho )?(?:đến|tới) (?:năm )?| và ))(?P<last><YEAR>|\d\d)(?!-\d)<END>"),
    # Quarters and months: quý I/2025, Q3/2013, quý cuối năm; tháng 5/2023, tháng 4 và 5, tháng 10 này, T9/2025
    _pattern("quarter", "quý", r"quý (?P<quarter>iv|i{1,3}|[1-4]|một|hai|ba|bốn|tư)(?!\w|[.,]\d)(?:(?: ?[/.-] ?| năm | )<Y>| (?P<shift>này|tới)(?! đây)(?!\w))?"),
    _pattern("quarter", "q", r"q(?P<quarter>iv|i{1,3}|[1-4]) ?[/.-]? ?<Y>"),
    _pattern("quarter", "quý", r"quý (?P<quarter>đầu|cuối)(?: tiên| cùng)?(?: của)? năm<OF_YEAR>(?!\w)"),
    _pattern("months", "tháng", r"tháng (?P<first><MONTH>)(?:, (?:0?[1-9]|1[0-2])(?!\d)){0,4}(?: ?<DASH> ?(?:tháng )?|<TILL>(?:tháng )?| và )(?P<month><MONTH>)(?:(?:[/.\-–]| năm )<Y>)?(?! (?:<UNIT>)(?!\w))"),
    _pattern("month", "tháng", r"<TH_MONTH>(?: (?P<shift>này|tới)(?! đây)(?!\w)<NOT_THROUGH>)?"),
    _pattern("month", "t", r"t(?P<month>0?[1-9]|1[0-2])[/.\-]<Y>"),
    # Weeks and weekdays: tuần thứ hai của tháng 9, cuối tuần qua, thứ Sáu, thứ ba vừa rồi
    _pattern("week_of_month", "tuần", r"tuần (?:thứ )?(?P<week>nhất|đầu tiên|đầu|hai|ba|tư|[1-5]|cuối cùng|cuối)(?: của)?(?= tháng)"),
    _pattern("weekend", "cuối", r"cuối tuần(?: <SHIFT>)?(?!\w)"),
    _pattern("weekday", "ngày hôm thứ chủ chúa cn", r"(?:(?P<head>ngày|hôm) )?(?P<weekday><WEEKDAY>)(?!\w|/\d)(?: (?P<shift>này|vừa qua|vừa rồi|tới|trước)(?! đây)(?!\w))?"),
    # Years, decades, centuries: năm 2023, mùa xuân 1975, thập niên 90, những năm 1990, thế kỷ XX
    _pattern("year", "năm", r"năm (?:(?P<fiscal>tài chính|tài khóa) )?<Y>"),
    _pattern("season", "mùa xuân hè thu đông", r"(?:mùa )?(?P<season>xuân|hè|thu|đông),? (?:năm )?<Y>"),
    _pattern("year_bare", "0", r"<Y>"),
    _pattern("decade", "thập những", r"(?:những )?(?:thập niên|thập kỷ|năm|thập kỉ)(?: của)? (?P<decade>(?:1[0-9]|20)\d0|[1-9]0)<END>(?:(?: của)? thế kỷ (?P<century>trước|[xvi]{1,6}|\d\d))?(?!\w)"),
    _pattern("century", "thế", r"thế k[ỷỉ](?: thứ)? (?P<century>[xvi]{1,6}|\d{1,2})(?!\w|[.,]\d)"),
    # Deictic and anaphoric: hôm qua, ngày mai, sáng nay, cùng ngày, tối đó, tuần trước, năm đó
    _pattern("day_deictic", "hôm ngày", r"(?:ngày )?hôm (?P<shift>nay|qua|kia|kìa)(?!\w)|ngày (?P<next>mai|kia|mốt)(?!\w)"),
    _pattern("day_anaphor", "hôm ngày cùng", r"(?:(?:ngày )?hôm (?P<shift>sau|trước|đó|ấy)|ngày (?P<that>đó|ấy|này|sau đó|trước đó|kế tiếp|tiếp theo)|cùng (?:ngày|hôm)(?! tháng))(?!\w)"),
    _pattern("part_deictic", "part+ buổi đầu cuối giữa", r"(?:<EDGE_OF_DAY> )?(?:buổi )?(?P<part><PART>)(?: hôm| ngày hôm)? (?P<shift>nay|qua|mai|mốt|kia)(?!\w)<NOT_THROUGH>"),
    _pattern("part_anaphor", "part+ buổi", r"(?:buổi )?(?P<part><PART>) (?:(?:ngày )?hôm (?P<shift>sau|trước|đó|ấy)|(?P<that>đó|ấy))(?!\w)"),
    _pattern("school_year", "năm", r"năm học (?P<shift>này|trước|sau|tới|qua)(?!\w)<NOT_THROUGH>"),
    _pattern("next_year", "sang", r"sang năm(?! (?:\d|mới|thứ|học|nay|tuổi|(?:<CAN>) (?:<CHI>)))(?!\w)"),
    _pattern("relative", "tuần tháng quý năm thập thế", r"(?P<unit>tuần|tháng|quý|năm|thập kỷ|thập niên|thế kỷ) (?:(?P<that><THAT>)|<SHIFT>)"),
    # đầu năm 2018, cuối tháng 9, giữa thập niên 2020; đầu năm, cuối quý, cả năm
    _pattern("edge", "giai nửa đầu giữa cuối trung thượng hạ", r"(?:giai đoạn )?(?:đầu|giữa|cuối|nửa đầu|nửa cuối|trung tuần|thượng tuần|hạ tuần)(?: của)?(?= (?:tháng (?:<MONTH>|này|trước|sau|tới|ngoái|qua)|năm (?:\d{4}|nay|ngoái|trước|sau|tới(?! nay)|đó|ấy)|quý (?:i|[1-4]|này|trước|sau|tới)|tuần (?:này|sau|tới|trước|qua|rồi|vừa)|thập (?:niên|kỷ)|thế kỷ|những năm|(?:năm học|nhiệm kỳ|niên vụ|mùa giải) (?:\d|này)|<YEAR><END>))"),
    _pattern("edge", "cả trọn", r"(?:cả|trọn)(?= năm (?:<YEAR><END>|nay|ngoái|qua(?!\w)))"),
    _pattern("edge_bare", "giai đầu giữa cuối cả", r"(?:giai đoạn )?(?P<edge>đầu|giữa|cuối|cả) (?P<unit>tháng|năm|tuần|quý)(?!\w)(?! (?:học|tài|\d))"),
    # Beside a day only: 22 giờ, 7h30, 10g45, 11 giờ kém 15; sáng, đầu giờ chiều
    _pattern("clock", "0 clock_qualifier+", r"(?:(?:<CLOCK_QUALIFIER>) )?(?P<hour>[01]?\d|2[0-4])(?: ?(?P<unit>giờ|h|g)(?: ?(?P<minute>[0-5]\d)(?: ?(?:phút|ph|p|'|’))?(?!\d)| (?P<half>rưỡi)| kém (?P<less>\d{1,2})(?: phút)?)?(?!\w)|:(?P<minute2>[0-5]\d)(?!\d))(?: (?P<part><PART>)(?!\w)(?! (?:nay|qua|mai|mốt|kia|hôm|đó|ấy|cùng)(?!\w)))?"),
    _pattern("part", "part+ buổi đầu cuối giữa", r"(?:<EDGE_OF_DAY> )?(?:buổi )?(?P<part><PART>)(?=,? (?:\d|ngày|hôm|cùng|thứ|chủ nhật|mùng|mồng|rằm|cn|mỗi|hằng|hàng))"),
    _pattern("now", "giai nay giờ bây hiện", r"(?:giai đoạn từ )?(?:bây giờ|hiện nay|hiện tại|nay|giờ)(?=<TILL>)"),
)
# fmt: on

_STARTS = sorted({word for row in PATTERNS for word in row.starts if word not in "0tq"}, key=len, reverse=True)
_TRIGGER = re.compile(rf"(?<!\w)(?:\d|(?:{'|'.join(map(re.escape, _STARTS))})(?!\w)|t(?=\d)|q(?=[1-4iv]))")
_BY_START = {word: tuple(row for row in PATTERNS if word in row.starts) for word in ("0", "t", "q", *_STARTS)}
_NUMBER_RUN = re.compile(r"\d+(?:[.,/:–-]\d+)*")

SAME_POINT = re.compile(r" của | |, (?=ngày|hôm|thứ|sáng|rạng|tối|đêm|chiều|năm|\d{1,2}[/.-]\d)")
"""The gap between pieces that name one point: `22 giờ · ngày 4.12`, `tháng 9 · năm ngoái`."""
RANGE = re.compile(rf" ?{DASH} ?|{TILL}")
"""The gap between the two ends of a range."""
AND = re.compile(r" và | & |, ")
"""The gap between coordinated points."""
TRAIL = re.compile(_form(r" (?P<word>qua|tới)(?!\w)<NOT_THROUGH>"))
"""What says of a number of hours which way they lie from now."""
UNTIL_NOW = re.compile(r" (?:cho )?(?:đến|tới) (?:hiện nay|hiện tại|bây giờ|thời điểm hiện tại|nay)(?!\w)")
"""What turns a point into a span that lasts until publication."""
RESTATED = re.compile(r",? ?[(\[](?:tức |nhằm |là )?|,? (?:tức |nhằm )?| - | – ")
"""The gap before a day that restates the one before it: `chiều qua (24/5)`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece found: the name of its pattern, and the match in the lower-cased text."""

    name: str
    match: re.Match[str]


def lower(text: str) -> str:
    """Lower case, character by character, so that offsets stay.

    >>> lower("Ngày 2/9 ở İzmir")
    'ngày 2/9 ở İzmir'
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def scan(low: str, accept: Callable[[Hit], T | None]) -> Iterator[T]:
    """What `accept` makes of the pieces of a lower-cased text, from left to right, none overlapping.

    At each place the first pattern counts whose hit `accept` turns into something.

    >>> list(scan("sáng 22/4, sau 10 năm", lambda hit: (hit.name, hit.match.group())))
    [('part', 'sáng'), ('day_bare', '22/4'), ('length', '10 năm')]
    """
    at = 0
    while trigger := _TRIGGER.search(low, at):
        start, word = trigger.start(), trigger.group()
        at = trigger.end()
        for pattern in _BY_START["0" if word[0].isdigit() else word]:
            match = pattern.regex.match(low, start)
            found = accept(Hit(pattern.name, match)) if match else None
            if match and found is not None:
                yield found
                at = match.end()
                break
        else:
            run = _NUMBER_RUN.match(low, start)
            at = run.end() if run else at
