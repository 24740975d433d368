"""What temporal expressions look like: pieces of them as one table of patterns, and the gaps that join pieces.

Every pattern reads lower-cased text and begins at the start of a word or number; `scan` finds the pieces from left to
right. What they mean is settled in `values`, which of them count in `evidence`, how neighbours make one expression in
`joining`. The words themselves stand in the table `lexicon/date_words.tsv`.
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


# ---- Fragments -------------------------------------------------------------------------------------------------------

CAN = "giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý"
"""The ten stems of the sixty-year cycle, in order."""
CHI = "tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi"
"""Its twelve branches, two of them in two spellings."""

_FRAGMENTS = {
    # What ends a number that is no part of a longer one, of a ratio or of an identifier (`42/2017/QH14`).
    "END": r"(?![\w%]|/\w|[.,]\d|[-–][^\W\d])",
    "DASH": r"[-–—]",
    "TILL": r" (?:cho )?(?:đến|tới)(?: hết| khoảng)? ",
    "TO": r"(?: ?<DASH> ?|<TILL>)",
    "STOP": r" ?[,.;:)\]\n”\"'’!?…]| [-–(]|$",
    # Numbers: 12, 1,5, hai mươi lăm, một trăm linh năm, nửa.
    "DIGIT": rf"(?:{words('digit')})",
    "TENS": r"(?:(?:<DIGIT> mươi|mười)(?: <DIGIT>)?|<DIGIT>)",
    "HUNDREDS": r"(?:<DIGIT> trăm(?: (?:linh|lẻ))?(?: <TENS>)?|<TENS>)",
    "NUMERAL": r"(?:<HUNDREDS> (?:nghìn|ngàn|triệu)(?: <HUNDREDS>)?|<HUNDREDS>|nửa)",
    "COUNT": r"(?:\d{1,4}(?:[.,]\d{1,3})?|<NUMERAL>(?!\w))",
    "N": r"(?:\d{1,2}|<NUMERAL>)",
    # Days, months, years.
    "YEAR": r"(?:1\d|20|21)\d\d",
    "Y": r"(?P<year><YEAR>)<END>",
    "MONTH": rf"(?:0?[1-9]|1[0-2])(?!\d)|(?:{words('month')})(?!\w)",
    "DAY_MONTH": r"(?P<day>\d{1,2})(?P<sep>[/.\-–]| / )(?P<month>\d{1,2})(?:(?P=sep) ?(?P<year><YEAR>|\d\d))?<END>",
    "MONTH_YEAR": r"tháng (?P<month><MONTH>)(?:(?:,? năm |[/.\-–]| / )<Y>)?",
    "OF_YEAR": r"(?: <Y>| (?P<shift>nay|ngoái|trước|sau|tới)(?!\w))?",
    "MÙNG": r"(?:ngày )?(?:(?:mùng|mồng) )?",
    "CYCLE": rf"(?:(?: năm)? (?P<cyclic>(?:{CAN}) (?:{CHI}))(?!\w))",
    "TẾT": r"(?:âm lịch )?tết(?: nguyên đán)?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)",
    "LUNAR": r"(?: (?:âm lịch|âl)(?!\w)| \((?:âm lịch|âl)\))",
    # Words.
    "UNIT": rf"(?:{words('unit')})",
    "PART": rf"(?:{words('part')})",
    "WEEKDAY": rf"(?:{words('weekday')})",
    "QUALIFIER": rf"(?:{words('qualifier')})",
    "CLOCK_QUALIFIER": rf"(?:{words('clock_qualifier')})",
    "SPAN_HEAD": rf"(?:{words('span_head')})",
    "EDGE_OF_DAY": r"(?:(?:(?:đầu|cuối) giờ|(?:đầu|cuối)(?= buổi| chiều)|giữa) )?(?:buổi )?",
    "SHIFT": r"(?P<shift>này|nay|trước|vừa qua|vừa rồi|qua|rồi|sau|tới|kế tiếp|tiếp theo|ngoái|kia)(?!\w)<NO_VERB>",
    "THAT": r"(?P<that>đó|ấy|sau đó|trước đó)(?!\w)",
    # `30 phút qua điện thoại`, `10 ngày tới châu Á`: prepositions, not "past" and "coming".
    "NO_VERB": rf"(?! (?:{words('through')})(?!\w))",
}


def _form(form: str) -> str:
    """A form with its fragments, and theirs, filled in."""
    filled = re.sub(r"(?<!\?P)<([A-ZÙẾ_]+)>", lambda match: _FRAGMENTS[match[1]], form)
    return filled if filled == form else _form(filled)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sort of piece: its name, the words that can begin it (`0` stands for a digit), an example, its form."""

    name: str
    starts: frozenset[str]
    example: str
    regex: re.Pattern[str]


def _row(name: str, starts: str, example: str, *form: str) -> Pattern:
    """A row of the table: `<X>` in the form stands for a fragment, `x+` among the starts for that kind of words."""
    first: set[str] = set()
    for start in starts.split():
        if start.endswith("+"):
            first |= {row["word"].split()[0] for row in table("date_words") if row["kind"] == start[:-1]}
        else:
            first.add(start)
    return Pattern(name, frozenset(first), example, re.compile(_form("".join(form))))


# ---- The table -------------------------------------------------------------------------------------------------------
# Name, words that begin it, example, form. The first pattern that fits and says something wins: longer ones first.

# fmt: off
PATTERNS: tuple[Pattern, ...] = (
    # The lunar calendar
    _row("lunar_tet", "ngày mùng mồng 0", "mùng 1 tết bính ngọ",
         r"(?:ngày )?(?:(?P<first>mùng|mồng) )?(?P<day><N>) <TẾT>"),
    _row("lunar_tets", "ngày mùng mồng", "mùng 4 đến mùng 6 tết",
         r"(?:ngày )?(?:mùng|mồng) (?P<first><N>)(?:<TO>| và )(?:(?:mùng|mồng) )?(?P<day><N>) <TẾT>"),
    _row("lunar_year", "năm", "năm bính ngọ", rf"năm (?P<cyclic>(?:{CAN}) (?:{CHI}))(?!\w)"),
    _row("lunar_full_moon", "ngày rằm", "rằm tháng giêng",
         r"(?:ngày )?(?P<day>rằm) tháng (?P<month><MONTH>)<LUNAR>?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _row("lunar_days", "ngày mùng mồng 0", "8 đến 10/3 âm lịch",
         r"<MÙNG>(?P<first>\d{1,2})(?:<TO>| và )(?:(?:mùng|mồng) )?(?P<day>\d{1,2})(?:/| tháng )(?P<month><MONTH>)",
         r"(?:(?:(?:/| năm )(?P<year><YEAR>))?<LUNAR>|<CYCLE>)"),
    _row("lunar_day", "ngày mùng mồng 0", "ngày 10/3 âm lịch",
         r"<MÙNG>(?P<day><N>)(?:[/.\-]| tháng )(?P<month><MONTH>)(?:(?:[/.\-]| năm )(?P<year><YEAR>))?<LUNAR>"),
    _row("lunar_day", "ngày mùng mồng 0", "mùng 5 tháng 5 năm ất tỵ",
         r"<MÙNG>(?P<day><N>)(?:/| tháng )(?P<month><MONTH>)<LUNAR>?<CYCLE>"),
    _row("lunar_day", "ngày mùng mồng 0", "23 tháng chạp",
         r"<MÙNG>(?P<day><N>) tháng (?P<month>giêng|chạp)<LUNAR>?<CYCLE>?(?: năm <Y>)?(?!\w)"),
    _row("lunar_month", "tháng", "tháng chạp",
         r"tháng (?P<month>giêng|chạp)<LUNAR>?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _row("lunar_month", "tháng", "tháng 2 âm lịch",
         r"tháng (?P<month><MONTH>)(?: năm (?P<year><YEAR>))?<LUNAR>(?!\w)"),
    _row("lunar_month", "tháng", "tháng 2 năm ất tỵ", r"tháng (?P<month><MONTH>)<CYCLE>(?!\w)"),

    # Parts of a year in months
    _row("months_of_year", "0 digit+ number+", "6 tháng đầu năm 2025",
         r"(?P<count><N>) (?P<unit>tháng|quý) (?P<side>đầu|cuối)(?: của)? năm",
         r"(?: (?P<fiscal>tài chính|tài khóa))?<OF_YEAR>(?!\w)"),
    _row("months_of_year", "0 digit+ number+", "9 tháng năm 2013",
         r"(?P<count><N>) (?P<unit>tháng|quý)(?: (?P<side>đầu|cuối))?(?: năm |/| ?<DASH> ?| )<Y>"),
    _row("months_of_year", "0 digit+ number+", "9 tháng năm ngoái",
         r"(?P<count><N>) (?P<unit>tháng|quý)(?: (?P<side>đầu|cuối))? năm (?P<shift>nay|ngoái|trước)(?!\w)"),
    _row("months_of_year", "0", "9t/2013", r"(?P<count>\d{1,2})t(?: ?[/-] ?)?<Y>"),
    _row("half", "nửa", "nửa đầu năm 2025", r"nửa (?P<side>đầu|cuối|sau)(?: của)? năm<OF_YEAR>(?!\w)"),
    _row("half", "nửa", "nửa cuối 2025", r"nửa (?P<side>đầu|cuối|sau) <Y>"),

    # Recurring times
    _row("set", "mỗi hằng hàng", "mỗi tháng một lần",
         r"(?:mỗi|hằng|hàng)(?: buổi)? (?P<unit>giây|phút|giờ|ngày|đêm|tuần|tháng|quý|năm|<WEEKDAY>|<PART>)(?!\w)",
         r"(?: (?:một|1) lần(?!\w))?"),
    _row("set", "tất các", "tất cả các ngày trong tuần", r"(?:tất cả )?các ngày trong (?P<all>tuần)(?!\w)"),
    _row("set_times", "0 digit+ number+", "4 năm một lần",
         r"(?P<count><COUNT>) (?P<unit><UNIT>)(?:(?: mới)? (?:một|1) |/)lần(?!\w)"),

    # Lengths
    _row("length", "0 qualifier+ digit+ number+ ≤ ≥", "hơn 2 năm 6 tháng qua",
         r"(?P<qualifier>(?:<QUALIFIER> ?){0,2})(?P<count><COUNT>)(?:(?: ?<DASH> ?| đến | tới )(?P<upper><COUNT>))?",
         r" ?(?P<unit><UNIT>)(?!\w)(?! <YEAR><END>(?! ?<DASH> ?\d)| ngoái)(?P<half> rưỡi(?!\w))?",
         r"(?: (?P<more><COUNT>) (?P<unit2><UNIT>)(?!\w))?",
         r"(?P<trail> (?:qua|tới)(?!\w)<NO_VERB>| (?:nay|tiếp theo|trước đây)(?!\w)| trước(?=<STOP>))?"),
    _row("hours", "0", "48h tới", r"(?P<count>\d{1,3})(?P<unit>h)(?!\w)(?P<trail> (?:qua|tới)(?!\w)<NO_VERB>)?"),

    # Days that share a month
    _row("days", "ngày hôm part+ 0", "ngày 16, 17 và 18/4/2025",
         r"(?:(?P<head>ngày|hôm|(?P<part><PART>)(?: ngày)?) )?(?P<first>\d{1,2})(?P<join>, | và |<TO>)",
         r"(?:\d{1,2}(?:, | và |-)){0,5}(?:ngày )?(?P<day>\d{1,2})(?P<sep>[/.]|,? tháng )(?P<month>\d{1,2})",
         r"(?:(?:(?P=sep)|[/.] ?| năm )(?P<year><YEAR>))?<END>"),
    _row("days", "ngày hôm part+ 0", "ngày 6 đến 8-12-2025",
         r"(?:(?P<head>ngày|hôm|(?P<part><PART>)(?: ngày)?) )?(?P<first>\d{1,2})(?P<join>, | và |<TILL>| <DASH> |–)",
         r"(?:\d{1,2}(?:, | và )){0,5}(?:ngày )?",
         r"(?P<day>\d{1,2})(?P<sep>-)(?P<month>\d{1,2})(?:-(?P<year><YEAR>))?<END>"),

    # One day
    _row("day", "ngày hôm mùng mồng", "ngày 24.5.2023", r"(?:ngày|hôm|mùng|mồng)(?: mùng| mồng)? <DAY_MONTH>"),
    _row("day", "ngày hôm mùng mồng", "ngày 24 tháng 5 năm 2023",
         r"(?:ngày|hôm|mùng|mồng)(?: mùng| mồng)? (?P<day><N>),? <MONTH_YEAR>"),
    _row("day_spelt", "0", "24 tháng 5 năm 2023", r"(?P<day>\d{1,2}),? <MONTH_YEAR>"),
    _row("month_number", "0", "10/1994", r"(?P<month>0?[1-9]|1[0-2])(?:[/.\-–]| / )<Y>"),
    _row("day_bare", "0", "24/5", r"<DAY_MONTH>"),
    _row("day_only", "ngày", "ngày 18",
         r"ngày (?:mùng |mồng )?(?P<day>\d{1,2})",
         r"(?=(?:, |<TO>)(?:ngày )?\d| (?:và|hoặc|hằng|hàng|mỗi) |[,.;:)\n]|$)(?![,.]\d)"),
    _row("day_only", "part+", "đêm 26 rạng sáng 27",
         r"(?P<part><PART>)(?: ngày)? (?P<day>\d{1,2})",
         r"(?=(?: và |<TILL>| <DASH> |,? rạng sáng )(?:ngày |sáng |trưa |chiều |tối |đêm )?\d)"),

    # Years side by side
    _row("years", "span_head+ 0", "nhiệm kỳ 2021 - 2026",
         r"(?P<head><SPAN_HEAD>(?: từ)?(?: năm)? )?(?P<first><YEAR>)",
         r"(?: ?<DASH> ?|/|(?P<to> (?:cho )?(?:đến|tới) (?:năm )?| và ))(?P<last><YEAR>|\d\d)(?!-\d)<END>"),

    # Quarters and months
    _row("quarter", "quý", "quý iii/2025",
         r"quý (?P<quarter>iv|i{1,3}|[1-4]|một|hai|ba|bốn|tư)(?!\w|[.,]\d)",
         r"(?:(?: ?[/.-] ?| năm | )<Y>| (?P<shift>này|tới)(?! đây)(?!\w))?"),
    _row("quarter", "q", "q3/2013", r"q(?P<quarter>iv|i{1,3}|[1-4]) ?[/.-]? ?<Y>"),
    _row("quarter", "quý", "quý cuối năm",
         r"quý (?P<quarter>đầu|cuối)(?: tiên| cùng)?(?: của)? năm<OF_YEAR>(?!\w)"),
    _row("months", "tháng", "tháng 4, 5 và 6/2023",
         r"tháng (?P<first><MONTH>)(?:, (?:0?[1-9]|1[0-2])(?!\d)){0,4}(?:<TO>(?:tháng )?| và )(?P<month><MONTH>)",
         r"(?:(?:[/.\-–]| năm )<Y>)?(?! <UNIT>(?!\w))"),
    _row("month", "tháng", "tháng 10 này", r"<MONTH_YEAR>(?: (?P<shift>này|tới)(?! đây)(?!\w)<NO_VERB>)?"),
    _row("month", "t", "t9/2025", r"t(?P<month>0?[1-9]|1[0-2])[/.\-]<Y>"),

    # Weeks and weekdays
    _row("week_of_month", "tuần", "tuần thứ hai của tháng 9",
         r"tuần (?:thứ )?(?P<week>nhất|đầu tiên|đầu|hai|ba|tư|[1-5]|cuối cùng|cuối)(?: của)?(?= tháng)"),
    _row("weekend", "cuối", "cuối tuần qua", r"cuối tuần(?: <SHIFT>)?(?!\w)"),
    _row("weekday", "ngày hôm thứ chủ chúa cn", "thứ ba vừa rồi",
         r"(?:(?P<head>ngày|hôm) )?(?P<weekday><WEEKDAY>)(?!\w|/\d)",
         r"(?: (?P<shift>này|vừa qua|vừa rồi|tới|trước)(?! đây)(?!\w))?"),

    # Years, decades, centuries
    _row("year", "năm", "năm 2023", r"năm (?:(?P<fiscal>tài chính|tài khóa) )?(?P<year>[12]\d{3})<END>"),
    _row("season", "mùa xuân hè thu đông", "mùa xuân 1975",
         r"(?:mùa )?(?P<season>xuân|hè|thu|đông),? (?:năm )?<Y>"),
    _row("year_bare", "0", "2023", r"<Y>"),
    _row("decade", "thập những", "những năm 60 của thế kỷ trước",
         r"(?:những )?(?:thập niên|thập k[ỷỉ]|năm)(?: của)? (?P<decade>(?:1\d|20)\d0|[1-9]0)<END>",
         r"(?:(?: của)? thế k[ỷỉ] (?P<century>trước|[xvi]{1,6}|\d\d))?(?!\w)"),
    _row("century", "thế", "thế kỷ xx", r"thế k[ỷỉ](?: thứ)? (?P<century>[xvi]{1,6}|\d{1,2})(?!\w|[.,]\d)"),

    # Deictic and anaphoric points
    _row("day_deictic", "hôm ngày", "ngày hôm qua",
         r"(?:ngày )?hôm (?P<shift>nay|qua|kia|kìa)(?!\w)|ngày (?P<next>mai|kia|mốt)(?!\w)"),
    _row("day_anaphor", "hôm ngày cùng", "cùng ngày",
         r"(?:(?:ngày )?hôm (?P<shift>sau|trước|đó|ấy)|ngày (?P<that>đó|ấy|này|sau đó|trước đó|kế tiếp|tiếp theo)",
         r"|cùng (?:ngày|hôm)(?! tháng))(?!\w)"),
    _row("part_deictic", "part+ buổi đầu cuối giữa", "đầu giờ sáng nay",
         r"<EDGE_OF_DAY>(?P<part><PART>)(?: hôm| ngày hôm)? (?P<shift>nay|qua|mai|mốt|kia)(?!\w)<NO_VERB>"),
    _row("part_anaphor", "part+ buổi", "tối hôm đó",
         r"(?:buổi )?(?P<part><PART>) (?:(?:ngày )?hôm (?P<shift>sau|trước|đó|ấy)|(?P<that>đó|ấy))(?!\w)"),
    _row("school_year", "năm", "năm học này", r"năm học (?P<shift>này|trước|sau|tới|qua)(?!\w)<NO_VERB>"),
    _row("next_year", "sang", "sang năm",
         rf"sang năm(?! (?:\d|mới|thứ|học|nay|tuổi|(?:{CAN}) (?:{CHI})))(?!\w)"),
    _row("relative", "tuần tháng quý năm thập thế", "tuần trước",
         r"(?P<unit>tuần|tháng|quý|năm|thập kỷ|thập niên|thế kỷ) (?:<THAT>|<SHIFT>)"),

    # The beginning, middle and end of a unit, which still stand for the whole
    _row("edge", "giai nửa đầu giữa cuối trung thượng hạ", "giữa tháng 9",
         r"(?:giai đoạn )?(?:đầu|giữa|cuối|nửa đầu|nửa cuối|trung tuần|thượng tuần|hạ tuần)(?: của)?",
         r"(?= (?:tháng (?:<MONTH>|này|trước|sau|tới|ngoái|qua)|năm (?:\d{4}|nay|ngoái|trước|sau|tới(?! nay)|đó|ấy)",
         r"|quý (?:i|[1-4]|này|trước|sau|tới)|tuần (?:này|sau|tới|trước|qua|rồi|vừa)|thập (?:niên|kỷ)|thế kỷ",
         r"|những năm|(?:năm học|nhiệm kỳ|niên vụ|mùa giải) (?:\d|này)|<YEAR><END>))"),
    _row("edge", "cả trọn", "cả năm 2024", r"(?:cả|trọn)(?= năm (?:<YEAR><END>|nay|ngoái|qua(?!\w)))"),
    _row("edge_bare", "giai đầu giữa cuối cả", "giai đoạn cuối năm",
         r"(?:giai đoạn )?(?P<edge>đầu|giữa|cuối|cả) (?P<unit>tháng|năm|tuần|quý)(?!\w)(?! (?:học|tài|\d))"),

    # What counts beside a day only
    _row("clock", "0 clock_qualifier+", "khoảng 7 giờ 30 phút sáng",
         r"(?:<CLOCK_QUALIFIER> )?(?P<hour>[01]?\d|2[0-4])(?: ?(?P<unit>giờ|h|g)",
         r"(?: ?(?P<minute>[0-5]\d)(?: ?(?:phút|ph|p|'|’))?(?!\d)| (?P<half>rưỡi)| kém (?P<less>\d{1,2})(?: phút)?)?",
         r"(?!\w)|:(?P<minute2>[0-5]\d)(?!\d))",
         r"(?: (?P<part><PART>)(?!\w)(?! (?:nay|qua|mai|mốt|kia|hôm|đó|ấy|cùng)(?!\w)))?"),
    _row("part", "part+ buổi đầu cuối giữa", "đầu giờ chiều 22/4",
         r"<EDGE_OF_DAY>(?P<part><PART>)(?=,? (?:\d|ngày|hôm|cùng|thứ|chủ nhật|mùng|mồng|rằm|cn|mỗi|hằng|hàng))"),
    _row("now", "giai nay giờ bây hiện", "nay đến cuối năm",
         r"(?:giai đoạn từ )?(?:bây giờ|hiện nay|hiện tại|nay|giờ)(?=<TILL>)"),
)
# fmt: on

_STARTS = sorted({word for row in PATTERNS for word in row.starts if word not in "0tq"}, key=len, reverse=True)
_TRIGGER = re.compile(rf"(?<!\w)(?:\d|(?:{'|'.join(map(re.escape, _STARTS))})(?!\w)|t(?=\d)|q(?=[1-4iv]))")
_BY_START = {word: tuple(row for row in PATTERNS if word in row.starts) for word in ("0", "t", "q", *_STARTS)}
_NUMBER_RUN = re.compile(r"\d+(?:[.,/:–-]\d+)*")

SAME_POINT = re.compile(r" của | |, (?=ngày|hôm|thứ|sáng|rạng|tối|đêm|chiều|năm|\d{1,2}[/.-]\d)")
"""The gap between pieces that name one point: `22 giờ · ngày 4.12`, `tháng 9 · năm ngoái`."""
RANGE = re.compile(_form("<TO>"))
"""The gap between the two ends of a range."""
AND = re.compile(r" và | hoặc | & |, ")
"""The gap between coordinated points."""
TRAIL = re.compile(_form(r" (?P<word>qua|tới)(?!\w)<NO_VERB>"))
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
