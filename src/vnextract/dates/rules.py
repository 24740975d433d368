"""The rules: every sort of temporal expression, one row each.

A row says where it starts, an example, its form (see `forms`), what it means (`readers`) and, where its surroundings
must agree, who judges that (`judges`). `scan` tries the rows in this order at each place of a text.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from vnextract.dates import judges, readers
from vnextract.dates.forms import form
from vnextract.dates.judges import Judge
from vnextract.dates.numerals import NUMBER_WORDS
from vnextract.dates.points import Meaning
from vnextract.dates.words import values
from vnextract.text.late import late

Reader = Callable[[re.Match[str]], Meaning | None]


class Rule(NamedTuple):
    """One sort of temporal expression, or of a part of one."""

    name: str
    """Stable and readable; every mention carries the names of the rules that made it."""
    starts: frozenset[str]
    """The words that can begin it; `0` stands for a number of one or two digits, `1900` for four, `000` for any."""
    example: str
    reader: Reader
    judge: Judge
    form: re.Pattern[str]


def _rule(name: str, starts: str, example: str, reader: Reader, judge: Judge, *parts: str) -> Rule:
    """A row of the table: `<X>` in the form stands for a fragment, `x+` among the starts for that kind of words."""
    first: set[str] = set()
    for start in starts.split():
        kind = start.removesuffix("+")
        first |= {start.replace("_", " ")} if kind == start else NUMBER_WORDS if kind == "number" else set(values(kind))
    return Rule(name, frozenset(first), example, reader, judge, late(form("".join(parts))))


OF_LUNAR = re.compile(form("tết|âm lịch|âl|rằm|nhuận|giêng|chạp|<CYCLIC>"))
"""What a text has in which a rule of the lunar calendar can find anything; most have nothing of it."""

# Name, words that begin it, example, reader, judge, form. The first that fits and means something wins: longer first.
# fmt: off
LUNAR: tuple[Rule, ...] = (
    _rule("new-year-day", "ngày mùng mồng 0", "mùng 1 tết bính ngọ", readers.new_year_day, judges.always,
          r"(?:(?P<head>ngày) )?(?:(?P<first>mùng|mồng) )?(?P<day><N>) <TẾT>"),
    _rule("new-year-days", "ngày mùng mồng", "mùng 4 đến mùng 6 tết", readers.new_year_days, judges.always,
          r"(?:ngày )?(?:mùng|mồng) (?P<first><N>)(?:<TO>| và )(?:(?:mùng|mồng) )?(?P<day><N>) <TẾT>"),
    _rule("lunar-year", "năm", "năm bính ngọ", readers.lunar_year, judges.always, r"năm <CYCLIC>(?: <Y>)?"),
    _rule("lunar-full-moon", "ngày rằm", "rằm tháng giêng", readers.lunar_day, judges.always,
          r"(?:ngày )?(?P<day>rằm) tháng (?P<month><MONTH>)<LUNAR>?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _rule("lunar-days", "ngày mùng mồng 0", "8 đến 10/3 âm lịch", readers.lunar_days, judges.always,
          r"<MÙNG>(?P<first>\d{1,2})(?:<TO>| và )(?:(?:mùng|mồng) )?(?P<day>\d{1,2})(?:/| tháng )(?P<month><MONTH>)",
          r"(?:(?:(?:/| năm )(?P<year><YEAR>))?<LUNAR>|<CYCLE>)"),
    _rule("lunar-day", "ngày mùng mồng 0", "ngày 10/3 âm lịch", readers.lunar_day, judges.always,
          r"<MÙNG>(?P<day><N>)(?:[/.\-]| tháng )(?P<month><MONTH>)<LEAP>?(?:(?:[/.\-]| năm )(?P<year><YEAR>))?",
          r"(?(leap)<LUNAR>?|<LUNAR>)"),
    _rule("lunar-day-in-named-year", "ngày mùng mồng 0", "mùng 5 tháng 5 năm ất tỵ", readers.lunar_day, judges.always,
          r"<MÙNG>(?P<day><N>)(?:/| tháng )(?P<month><MONTH>)<LEAP>?<LUNAR>?<CYCLE>(?: <Y>)?"),
    _rule("lunar-day-in-named-month", "ngày mùng mồng 0", "23 tháng chạp", readers.lunar_day, judges.always,
          r"<MÙNG>(?P<day><N>) tháng (?P<month>giêng|chạp)<LUNAR>?<CYCLE>?(?: năm <Y>)?(?!\w)"),
    _rule("lunar-month-by-name", "tháng", "tháng chạp", readers.lunar_month, judges.always,
          r"tháng (?P<month>giêng|chạp)<LUNAR>?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)"),
    _rule("lunar-month", "tháng", "tháng 2 âm lịch", readers.lunar_month, judges.always,
          r"tháng (?P<month><MONTH>)<LEAP>?(?: năm (?P<year><YEAR>))?",
          r"(?P<mark><LUNAR>|<CYCLE>)?(?(leap)|(?(mark)|(?!)))(?!\w)"),
)
"""Those of the lunar calendar, which come before the others."""

RULES: tuple[Rule, ...] = (
    *LUNAR,
    # Parts of a year in months
    _rule("first-months", "0 number+", "6 tháng đầu năm 2025", readers.months_of_year, judges.always,
          r"(?P<count><N>) (?P<unit>tháng|quý) (?P<side>đầu|cuối)(?: của)? năm",
          r"(?: (?P<fiscal>tài chính|tài khóa))?<OF_YEAR>(?!\w)"),
    _rule("months-of-year", "0 number+", "9 tháng năm 2013", readers.months_of_year, judges.always,
          r"(?P<count><N>) (?P<unit>tháng|quý)(?: (?P<side>đầu|cuối))?",
          r"(?:(?: năm |/| ?<DASH> ?| )<Y>| năm (?P<shift>nay|ngoái|trước)(?!\w))"),
    _rule("months-in-short", "0", "9t/2013", readers.months_of_year, judges.always,
          r"(?P<count>\d{1,2})t(?: ?[/-] ?)?<Y>"),
    _rule("half-year", "nửa_đầu nửa_cuối nửa_sau", "nửa đầu năm 2025", readers.half, judges.always,
          r"nửa (?P<side>đầu|cuối|sau)(?:(?: của)? năm|(?= <YEAR><END>))<OF_YEAR>(?!\w)"),

    # Recurring times
    _rule("weekdays-every-week", "mỗi ngày weekday+ part+", "thứ tư, thứ bảy và chủ nhật hằng tuần", readers.recurring,
          judges.always,
          r"(?:mỗi )?(?:<PART> )?(?:ngày )?<WEEKDAY>(?:(?:, | và | hoặc | & )(?:<PART> )?",
          r"(?:<WEEKDAY>|[2-7]|hai|ba|tư|năm|sáu|bảy)(?!\w)){1,6} (?:hằng|hàng|mỗi) (?P<unit>tuần)(?!\w)"),
    _rule("every-weekday", "mỗi hằng hàng", "mỗi sáng chủ nhật", readers.recurring, judges.recurring,
          r"(?:mỗi|hằng|hàng)(?: buổi)? (?P<unit>(?:<PART> )?(?P<weekday><WEEKDAY>))(?!\w)",
          r"(?: (?:(?:hằng|hàng) tuần|(?:một|1) lần)(?!\w))?"),
    _rule("every", "mỗi hằng hàng", "mỗi tháng một lần", readers.recurring, judges.recurring,
          r"(?:mỗi|hằng|hàng)(?: buổi)? (?P<unit>ngày(?: đêm)?|đêm|tuần|tháng|quý|năm|<PART>)(?!\w)",
          r"(?: (?:một|1) lần(?!\w))?"),
    _rule("every-edge", "mỗi", "mỗi cuối tuần", readers.recurring_edge, judges.always,
          r"mỗi (?:dịp )?(?P<edge><EDGE>) (?P<unit>ngày|tuần|tháng|quý|năm)(?!\w)"),
    _rule("every-so-many", "mỗi", "mỗi 3 tuần", readers.times, judges.recurring,
          r"mỗi (?P<count><COUNT>) (?P<unit><UNIT>)(?!\w)(?: (?:một|1) lần(?!\w))?"),
    _rule("all-week", "tất_cả các_ngày", "tất cả các ngày trong tuần", readers.recurring, judges.always,
          r"(?:tất cả )?các ngày trong tuần(?!\w)"),
    _rule("once-in", "000 number+", "4 năm một lần", readers.times, judges.always,
          r"(?P<count><COUNT>) (?P<unit><UNIT>)(?:(?: mới)? (?:một|1) |/)lần(?!\w)"),

    # Days that share a month
    _rule("days", "ngày hôm khoảng part+ 0", "ngày 16, 17 và 18/4/2025", readers.days, judges.days,
          r"(?P<about>khoảng )?(?:(?P<head>ngày|hôm|(?P<part><PART>)(?: ngày)?) )?",
          r"(?P<first>\d{1,2})(?P<join>, | và |<TO>)",
          r"(?:\d{1,2}(?:, | và |-)){0,5}(?:ngày )?(?P<day>\d{1,2})(?P<sep>[/.]|,? tháng )(?P<month>\d{1,2})",
          r"(?:(?:(?P=sep)|[/.] ?| năm )(?P<year><YEAR>))?<END>"),
    _rule("days-with-dashes", "ngày hôm khoảng part+ 0", "ngày 6 đến 8-12-2025", readers.days, judges.days,
          r"(?P<about>khoảng )?(?:(?P<head>ngày|hôm|(?P<part><PART>)(?: ngày)?) )?(?P<first>\d{1,2})",
          r"(?P<join>, | và |<TILL>| <DASH> |–)",
          r"(?:\d{1,2}(?:, | và )){0,5}(?:ngày )?",
          r"(?P<day>\d{1,2})(?P<sep>-)(?P<month>\d{1,2})(?:-(?P<year><YEAR>))?<END_OF_DAY>"),
    _rule("day-without-head", "0", "24 tháng 5 năm 2023", readers.day, judges.day_without_head,
          r"(?P<day>\d{1,2}),? <MONTH_OF_DAY>"),
    _rule("day-in-words", "number+", "hai mươi tư tháng bảy", readers.day, judges.day_in_words,
          r"(?P<day><NUMERAL>) <MONTH_OF_DAY>"),

    # Lengths
    _rule("ago", "cách_đây cách_nay", "cách đây 3 năm", readers.ago, judges.always,
          r"cách (?:đây|nay) (?:đúng |tròn )?(?P<count><COUNT>) (?P<unit>ngày|tuần|tháng|năm)(?!\w)(?! rưỡi)"),
    _rule("ago-opening", "0 number+", "Sáu ngày trước anh cứu bé", readers.ago, judges.opening,
          r"(?P<count><COUNT>) (?P<unit>ngày|tuần|tháng|năm) trước(?: đây)?(?!\w)(?! (?:khi|đó|ngày|thời))"),
    _rule("fraction-of-unit", "nửa một_phần ¼ 0", "một phần tư thế kỷ", readers.fraction, judges.always,
          r"(?:(?P<quarter>một phần tư|¼|1/4)|nửa) (?P<unit>thế k[ỷỉ]|thập (?:k[ỷỉ]|niên))(?!\w)<TRAIL>?"),
    _rule("length", "000 qualifier+ number+", "hơn 2 năm 6 tháng qua", readers.length, judges.length,
          r"(?P<qualifier>(?:<QUALIFIER> ?){0,2})(?P<count><COUNT>)",
          r"(?:(?: ?<DASH> ?| đến | tới |(?P<pair>, (?!\d)))(?P<upper><COUNT>))?",
          r" ?(?P<unit><UNIT>)(?!\w)(?! <YEAR><END>(?! ?<DASH> ?\d)| ngoái)(?P<half> rưỡi(?!\w))?",
          r"(?: (?P<more><COUNT>) (?P<unit2><UNIT>)(?!\w))?",
          r"(?P<trail> (?:qua|tới|vừa qua|vừa rồi)(?!\w)<NO_VERB>| (?:nay|tiếp theo|trước đây)(?!\w)",
          r"| trước(?=<STOP>| <AFTER_AGO>(?! sau(?!\w)))",
          r"|(?<=hôm) trước(?!\w)(?! (?:khi|đó|ngày)(?!\w)))?"),
    _rule("hours-in-short", "000", "48h tới", readers.hours, judges.hours,
          r"(?P<count>\d{1,3})(?P<unit>h)(?!\w)<TRAIL>?"),

    # One day
    _rule("day", "ngày hôm mùng mồng khoảng", "ngày 24.5.2023", readers.day, judges.always,
          r"(?:khoảng )?(?:ngày|hôm|mùng|mồng)(?: mùng| mồng)? <DAY_MONTH>"),
    _rule("day-and-month", "ngày hôm mùng mồng khoảng", "ngày 24 tháng 5 năm 2023", readers.day, judges.always,
          r"(?:khoảng )?(?:ngày|hôm|mùng|mồng)(?: mùng| mồng)? (?P<day><N>),? <MONTH_OF_DAY>"),
    _rule("month-in-figures", "0", "10/1994", readers.month, judges.month_in_figures,
          r"(?P<month>0?[1-9]|1[0-2])(?:[/.\-–]| / )<Y>"),
    _rule("bare-day", "0", "24/5", readers.day, judges.bare_day, r"<DAY_MONTH>"),
    _rule("end-of-month", "ngày", "ngày đầu tiên của tháng 3", readers.end_of_month, judges.joined,
          r"ngày (?P<side>đầu tiên|cuối cùng)(?: của)?(?= tháng (?:<MONTH>|này|trước|sau|tới))"),
    _rule("end-of-year", "ngày", "ngày cuối cùng của năm 2023", readers.end_of_year, judges.joined,
          r"ngày (?P<side>đầu tiên|cuối cùng)(?: của)?(?= năm (?:<YEAR><END>|nay|ngoái|trước|sau|tới))"),
    _rule("day-of-near-month", "ngày hôm mùng mồng", "ngày 4 tháng này", readers.day_of_month, judges.always,
          r"(?:ngày|hôm|mùng|mồng)(?: mùng| mồng)? (?P<day>\d{1,2})",
          r"(?= tháng (?:này|trước|sau|tới|ngoái|qua|rồi|vừa qua|vừa rồi)(?!\w))"),
    _rule("day-of-month", "ngày", "ngày 18", readers.day_of_month, judges.day_of_month,
          r"ngày (?:mùng |mồng )?(?P<day>\d{1,2})",
          r"(?=(?:, |<TO>)(?:ngày )?\d| (?:và|hoặc|hằng|hàng|mỗi) |[,.;:)\n]|$)",
          r"(?![,.]\d)"),
    _rule("part-of-day-of-month", "part+", "đêm 26 rạng sáng 27", readers.day_of_month, judges.always,
          r"(?P<part><PART>)(?: ngày)? (?P<day>\d{1,2})",
          r"(?=(?: và |<TILL>| <DASH> |,? rạng sáng )(?:ngày |sáng |trưa |chiều |tối |đêm )?\d)"),

    # Years side by side
    _rule("years", "span_head+ 1900", "nhiệm kỳ 2021 - 2026", readers.years, judges.years,
          r"(?P<head><SPAN_HEAD>(?: từ)?(?: năm)? )?(?P<first><YEAR>)",
          r"(?: ?<DASH> ?|/|(?P<to> (?:cho )?(?:đến|tới) (?:năm )?|(?P<and> và )))(?P<last><YEAR>|\d\d)(?!-\d)<END>"),
    _rule("season-of-year", "mùa_giải mùa_bóng mùa", "mùa giải 2025", readers.year, judges.season_of_year,
          r"mùa(?: giải| bóng)? <Y>"),
    _rule("term", "nhiệm_kỳ nhiệm_kì", "nhiệm kỳ trước", readers.term, judges.vague,
          r"nhiệm k[ỳì] (?:này|trước|tới|sau|qua|vừa qua)(?!\w)"),

    # Quarters and months
    _rule("quarters", "quý", "quý i và ii/2024", readers.quarters, judges.quarters,
          r"quý (?P<first>iv|i{1,3}|[1-4])(?:<TO>| và |, )(?P<quarter>iv|i{1,3}|[1-4])(?!\w|[.,](?!<YEAR><END>)\d)",
          r"(?:(?: ?[/.-] ?|(?: của)? năm | )<Y>)?"),
    _rule("quarter", "quý", "quý iii/2025", readers.quarter, judges.quarter,
          r"quý (?P<quarter>iv|i{1,3}|[1-4]|một|hai|ba|bốn|tư)(?!\w|[.,](?!<YEAR><END>)\d)",
          r"(?:(?: ?[/.-] ?|(?: của)? năm | )<Y>| (?P<shift>này|tới)(?! đây)(?!\w))?"),
    _rule("quarter-in-short", "q", "q3/2013", readers.quarter, judges.quarter_in_short,
          r"q(?P<quarter>iv|i{1,3}|[1-4])(?: ?[/.-]? ?<Y>|(?![\w.]))"),
    _rule("quarter-at-end", "quý", "quý cuối năm", readers.quarter, judges.always,
          r"quý (?P<quarter>đầu|cuối)(?: tiên| cùng)?(?: của)? năm<OF_YEAR>(?!\w)"),
    _rule("months", "tháng", "tháng 4, 5 và 6/2023", readers.months, judges.months,
          r"tháng (?P<first><MONTH>)(?:, (?:0?[1-9]|1[0-2])(?!\d)){0,4}(?:(?P<to><TO>(?:tháng )?)| và )",
          r"(?P<month><MONTH>)(?:(?:[/.\-–]| năm )<Y>)?(?![.,]\d| ?%| <UNIT>(?!\w))"),
    _rule("month-at-end", "tháng", "tháng đầu năm", readers.month_at_end, judges.month_at_end,
          r"tháng (?P<side>đầu|cuối)(?: tiên| cùng)?(?: của)? năm<OF_YEAR>(?!\w| học)"),
    _rule("month", "tháng thg khoảng", "tháng 10 này", readers.month, judges.month,
          r"(?:khoảng )?<MONTH_YEAR>(?:, (?P<year2><YEAR>)(?=[,.;:)]|$| <FOLLOW>)",
          r"| (?P<shift>này|tới)(?! đây)(?!\w)<NO_VERB>)?"),
    _rule("month-in-short", "t", "th10 2016", readers.month, judges.always,
          r"(?:thg|th|t)(?P<month>0?[1-9]|1[0-2])(?:[/.\-]| (?:năm )?)<Y>"),

    # Weeks and weekdays
    _rule("week-of-month", "tuần", "tuần thứ hai của tháng 9", readers.week_of_month, judges.joined,
          r"tuần (?:thứ )?(?P<week>nhất|đầu tiên|đầu|hai|ba|tư|[1-5]|cuối cùng|cuối)(?: của)?(?= tháng)"),
    _rule("weekend", "cuối_tuần", "cuối tuần qua", readers.weekend, judges.weekend, r"cuối tuần(?: <SHIFT>)?(?!\w)"),
    _rule("weekday-of-month", "ngày weekday+", "thứ bảy đầu tiên của tháng 6", readers.weekday_of_month, judges.joined,
          r"(?:ngày )?(?P<weekday><WEEKDAY>) (?:(?P<side>đầu tiên|cuối cùng)|thứ (?P<week>nhất|hai|ba|tư|[1-4]))",
          r"(?: của| trong)?(?= tháng (?:<MONTH>|này|trước|sau|tới))"),
    _rule("weekday", "ngày hôm weekday+", "thứ ba vừa rồi", readers.weekday, judges.weekday,
          r"(?:(?P<head>ngày|hôm) )?(?P<weekday><WEEKDAY>)(?!\w|/\d)",
          r"(?: (?P<shift>này|vừa qua|vừa rồi|tới|trước)(?! đây)(?!\w))?"),

    # Years, decades, centuries
    _rule("year", "năm khoảng", "năm 2023", readers.year, judges.always,
          r"(?:khoảng )?năm (?:(?P<fiscal>tài chính|tài khóa) )?(?P<year>[12]\d{3})<END>(?!<BC>)"),
    _rule("early-year", "năm", "năm 938", readers.early_year, judges.early_year,
          r"năm (?P<year>\d{1,4})(?:<BC>|<AD>)?<END>"),
    _rule("year-in-words", "năm", "năm hai nghìn không trăm mười ba", readers.year, judges.year_in_words,
          r"năm (?P<year_words><YEAR_WORDS>)<BC>?"),
    _rule("season", "mùa_xuân mùa_hè mùa_thu mùa_đông season+", "mùa xuân 1975", readers.season, judges.always,
          r"(?:mùa )?(?P<season>xuân|hè|(?:(?<=mùa |đầu )|(?<=cuối ))(?:thu|đông))<CYCLE>?,? (?:năm )?<Y>"),
    _rule("bare-year", "1900", "2023", readers.year, judges.bare_year, r"<Y>"),
    _rule("decade", "thập_niên thập_kỷ thập_kỉ những_thập những_năm", "những năm 60 của thế kỷ trước", readers.decade,
          judges.decade,
          r"(?:những )?(?:thập niên|thập k[ỷỉ]|năm)(?: của)? ",
          r"(?P<decade>(?:1\d|20)\d0<END>|[1-9]0<END>|<DIGIT> mươi(?! <DIGIT>(?!\w)))",
          r"(?:(?: của)? thế k[ỷỉ] (?P<century>trước|[xvi]{1,6}|\d\d|<TENS>))?(?!\w)"),
    _rule("century", "thế_kỷ thế_kỉ", "thế kỷ xx", readers.century, judges.always,
          r"thế k[ỷỉ](?: thứ)? (?P<century>[xvi]{1,6}|\d{1,2}|<TENS>)(?!\w|[.,]\d)(?:<BC>|<AD>)?"),

    # Deictic and anaphoric points
    _rule("day-from-now", "hôm ngày bữa_nay bữa_qua", "ngày hôm qua", readers.day_from_now,
          judges.day_from_now,
          r"(?:(?:(?:ngày )?hôm|bữa) (?P<shift>nay|qua|kia|kìa)|ngày (?P<next>mai|kia|mốt))(?!\w)"),
    _rule("day-from-there", "hôm ngày cùng_ngày cùng_hôm", "cùng ngày", readers.day_from_there, judges.anaphor,
          r"(?:(?:ngày )?hôm (?P<shift>sau|trước|đó|ấy)|ngày (?P<that>đó|ấy|này|sau đó|trước đó|kế tiếp|tiếp theo)",
          r"|cùng (?:ngày|hôm)(?! tháng))(?!\w)"),
    _rule("part-from-now", "part+ buổi đầu cuối giữa ngày_và", "đầu giờ sáng nay", readers.part_from_now,
          judges.part_from_now, r"<EDGE_OF_DAY><PARTS>(?: hôm| ngày(?: hôm)?)? <DAY_SHIFT>"),
    _rule("part-from-there", "part+ buổi", "tối hôm đó", readers.part_from_there, judges.anaphor,
          r"(?:buổi )?(?P<part><PART>) (?:(?:ngày )?hôm (?P<shift>sau|trước|đó|ấy)|(?P<that>đó|ấy))(?!\w)"),
    _rule("school-year", "năm_học", "năm học này", readers.school_year, judges.always,
          r"năm học (?P<shift>này|trước|sau|tới|qua|nay)(?!\w)<NO_VERB>"),
    _rule("next-year", "sang_năm", "sang năm", readers.next_year, judges.always,
          r"sang năm(?! (?:\d|mới|thứ|học|nay|tuổi|<CYCLIC>))(?!\w)"),
    _rule("unit-from-now", "tuần tháng quý năm thập_kỷ thập_niên thế_kỷ", "tuần trước", readers.unit_from_now,
          judges.vague,
          r"(?P<unit>tuần|tháng|quý|năm|thập kỷ|thập niên|thế kỷ) (?:<THAT>|<SHIFT>)"),

    # The beginning, middle and end of a unit, which still stand for the whole
    _rule("edge", "giai_đoạn nửa_đầu nửa_cuối nửa_sau đầu giữa cuối trung_tuần thượng_tuần hạ_tuần plural+",
          "giữa tháng 9", readers.edge, judges.edge,
          r"(?:(?:những|các) (?:ngày|tuần|tháng|năm) (?:còn lại|đầu(?: tiên)?|giữa|cuối(?: cùng)?)",
          r"|(?:giai đoạn )?(?:<EDGE>|nửa (?P<half><HALF>)|trung tuần|thượng tuần|hạ tuần))(?: của)?",
          r"(?= (?:tháng (?:<MONTH>|này|trước|sau|tới|ngoái|qua)|năm (?:\d{4}|nay|ngoái|trước|sau|tới(?! nay)|đó|ấy)",
          r"|quý (?:i|[1-4]|này|trước|sau|tới)|tuần (?:này|sau|tới|trước|qua|rồi|vừa)|thập (?:niên|k[ỷỉ])|thế k[ỷỉ]",
          r"|những năm|(?:năm học|nhiệm kỳ|niên vụ|mùa giải) (?:\d|này)|xuân |<YEAR><END>",
          r"|\d{1,2}[/.-]<YEAR><END>))"),
    _rule("whole", "cả_năm trọn_năm", "cả năm 2024", readers.edge, judges.joined,
          r"(?:cả|trọn)(?= năm (?:<YEAR><END>|nay|ngoái|qua(?!\w)))"),
    _rule("start-of-school-year", "đầu_năm", "đầu năm học đến nay", readers.school_year_start, judges.always,
          r"đầu năm học(?= (?:đến|tới) )"),
    _rule("edge-of-this", "giai_đoạn đầu giữa cuối cả", "giai đoạn cuối năm", readers.this_unit, judges.edge_of_this,
          r"(?:giai đoạn )?(?P<edge><EDGE>|cả) (?P<unit>tháng|năm|tuần|quý)(?!\w)",
          r"(?! (?:học|tài|<YEAR><END>)|(?<!năm) \d)"),

    _rule("rest-of-this", "plural+", "những tuần còn lại của quý", readers.this_unit, judges.always,
          r"(?:những|các) (?:ngày|tuần|tháng) còn lại (?:của|trong) (?P<unit>tuần|tháng|quý|năm)(?: này| nay)?(?!\w)",
          r"(?! (?:\d|học|tài))"),

    # What counts beside a day only
    _rule("clock", "0 clock_qualifier+ number+", "khoảng 7 giờ 30 phút sáng", readers.clock, judges.clock,
          r"(?:<CLOCK_QUALIFIER> )?(?P<hour>[01]?\d|2[0-4]|<TENS>(?= giờ))(?: ?(?P<unit>giờ|h|g)",
          r"(?: ?(?P<minute>[0-5]\d|\d(?= ?(?:phút|ph|'|’)))(?: ?(?:phút|ph|p|'|’))?(?!\d)| (?P<half>rưỡi)",
          r"| kém (?P<less>\d{1,2})(?: phút)?)?(?!\w)|:(?P<minute2>[0-5]\d)(?::[0-5]\d)?(?!\d))",
          r"(?: (?P<part><PART>)(?!\w)(?! (?:nay|qua|mai|mốt|kia|hôm|đó|ấy|cùng)(?!\w)))?"),
    _rule("part", "part+ buổi đầu cuối giữa ngày_và khoảng", "đầu giờ chiều 22/4", readers.part, judges.part,
          r"(?:khoảng )?<EDGE_OF_DAY><PARTS>",
          r"(?=,? (?:\d|ngày|hôm|cùng|thứ|chủ nhật|mùng|mồng|rằm|cn|mỗi|hằng|hàng|(?:đến|tới) <PART> ))"),
    _rule("now", "giai_đoạn nay giờ bây_giờ hiện_nay hiện_tại", "nay đến cuối năm", readers.now, judges.now,
          r"(?:giai đoạn từ )?(?:bây giờ|hiện nay|hiện tại|nay|giờ)(?=<TILL>)"),
)
# fmt: on
