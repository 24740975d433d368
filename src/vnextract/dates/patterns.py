"""What temporal expressions look like: pieces of them as one table of patterns, and the gaps that join pieces.

Every pattern reads lower-cased text and begins at the start of a word or number. `scan` finds the pieces from left to
right; what they mean is settled in `values`, how neighbours make one expression in `joining`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vnextract.lexicon.tables import table


def _words(kind: str) -> str:
    """The alternation of all words of one kind in the table, longest first."""
    words = sorted((row["word"] for row in table("date_words") if row["kind"] == kind), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words)


COUNT_WORD = _words("number")
MONTH_WORD = _words("month")
WEEKDAY = _words("weekday")
PART = _words("part")
UNIT = _words("unit")
QUALIFIER = _words("qualifier")

YEAR = r"(?:1[5-9]|20|21)\d\d"
MONTH = rf"(?:0?[1-9]|1[0-2])(?!\d)|(?:{MONTH_WORD})(?!\w)"
DASH = r"[-–—]"
TO = rf"(?: ?{DASH} ?| (?:cho )?(?:đến|tới)(?: hết)? )"
COUNT = rf"(?:\d{{1,3}}(?:[.,]\d{{1,3}})?|(?:{COUNT_WORD})(?: (?:{COUNT_WORD})){{0,5}})"
NUMBER_ENDS = r"(?![\w%]|/\w|[.,]\d|-[^\W\d])"
CAN = "giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý"
CHI = "tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi"
CYCLIC_YEAR = rf"(?:{CAN}) (?:{CHI})"
_NUMERIC_DAY = (
    rf"(?P<day>\d{{1,2}})(?P<sep>[/.\-–]| / )(?P<month>\d{{1,2}})(?:(?P=sep) ?(?P<year>{YEAR}|\d\d))?{NUMBER_ENDS}"
)
_SPELT_MONTH = rf"tháng (?P<month>{MONTH})(?:(?:,? năm |[/.\-–]| / )(?P<year>{YEAR}){NUMBER_ENDS})?"
_PRONOUN_DAY = r"hôm|ngày"
_THIS = (
    r"này|nay|trước đó|trước đây|trước|vừa qua|vừa rồi|qua|rồi|sau đó|sau|tới đây|tới|kế tiếp|tiếp theo|ngoái|đó|ấy|kia"
)
_LUNAR_MARK = r"(?: \(?(?:âm lịch|al|âl)\)?(?!\w))"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sort of piece: its name, the words that can begin it (`0` stands for a digit), its form."""

    name: str
    starts: frozenset[str]
    regex: re.Pattern[str]


def _pattern(name: str, starts: str, regex: str) -> Pattern:
    """A row of the table; a `KIND+` among the starts takes in the first syllables of that kind of word."""
    first: set[str] = set()
    for start in starts.split():
        if start.endswith("+"):
            first |= {row["word"].split()[0] for row in table("date_words") if row["kind"] == start[:-1]}
        else:
            first.add(start)
    return Pattern(name, frozenset(first), re.compile(regex))


PATTERNS: tuple[Pattern, ...] = (
    # Lunar days: mùng 1 Tết Bính Ngọ, rằm tháng Giêng, 10/3 âm lịch, 23 tháng Chạp.
    _pattern(
        "lunar_tet",
        "ngày mùng mồng 0",
        rf"(?:ngày )?(?:(?P<first>mùng|mồng) )?(?P<day>\d{{1,2}}|{COUNT_WORD})"
        rf" (?:âm lịch )?tết(?! (?:{CHI}))(?: nguyên đán)?(?: (?P<cyclic>{CYCLIC_YEAR})(?!\w))?(?: năm)?(?: (?P<year>{YEAR}){NUMBER_ENDS})?(?!\w)",
    ),
    _pattern(
        "lunar_full_moon",
        "ngày rằm",
        rf"(?:ngày )?(?P<day>rằm)(?: tháng (?P<month>{MONTH}))?"
        rf"(?:(?: năm)? (?P<cyclic>{CYCLIC_YEAR})(?!\w))?(?:(?: năm)? (?P<year>{YEAR}){NUMBER_ENDS})?(?!\w)",
    ),
    _pattern(
        "lunar_day",
        "ngày mùng mồng 0",
        rf"(?:ngày )?(?:(?:mùng|mồng) )?(?P<day>\d{{1,2}}|{COUNT_WORD})(?:/| tháng )(?P<month>{MONTH})"
        rf"(?:{_LUNAR_MARK}?(?: năm)? (?P<cyclic>{CYCLIC_YEAR})(?!\w)|(?:(?:/| năm )(?P<year>{YEAR}))?{_LUNAR_MARK})",
    ),
    _pattern(
        "lunar_day",
        "ngày mùng mồng 0",
        r"(?:ngày )?(?:(?:mùng|mồng) )?(?P<day>\d{1,2}|(?<=g )(?:" + COUNT_WORD + r")) tháng (?P<month>giêng|chạp)"
        rf"(?:(?: năm)? (?P<cyclic>{CYCLIC_YEAR})(?!\w))?(?: năm (?P<year>{YEAR}){NUMBER_ENDS})?{_LUNAR_MARK}?(?!\w)",
    ),
    # Coordinated days that share a month: 10-12/6, ngày 18 và 19/4, 21 đến 27/10, 16, 17 và 18/4/2025.
    _pattern(
        "days",
        "ngày hôm 0",
        rf"(?:(?P<head>{_PRONOUN_DAY}) )?(?P<first>\d{{1,2}})(?P<join>-| ?[–—] ?| - |, | và | (?:cho )?(?:đến|tới)(?: hết)? )"
        rf"(?:\d{{1,2}}(?:, | và )){{0,3}}(?:ngày )?(?P<day>\d{{1,2}})(?P<sep>[/.\-–]|,? tháng )(?P<month>\d{{1,2}})(?:(?:(?P=sep)|[/.] ?| năm )(?P<year>{YEAR}))?{NUMBER_ENDS}",
    ),
    # One day: ngày 24/5, hôm 22-10, ngày 24 tháng 5 năm 2023, 24/5.
    _pattern("day", "ngày hôm mùng mồng", rf"(?P<head>(?:{_PRONOUN_DAY})(?: mùng| mồng)?|mùng|mồng) {_NUMERIC_DAY}"),
    _pattern(
        "day",
        "ngày hôm mùng mồng 0",
        rf"(?:(?P<head>(?:{_PRONOUN_DAY})(?: mùng| mồng)?|mùng|mồng) )?(?P<day>\d{{1,2}}|(?<=g )(?:{COUNT_WORD})),? {_SPELT_MONTH}",
    ),
    _pattern("month_number", "0", rf"(?P<month>0?[1-9]|1[0-2])(?:[/.\-–]| / )(?P<year>{YEAR}){NUMBER_ENDS}"),
    _pattern("day_bare", "0", _NUMERIC_DAY),
    _pattern(
        "day_only",
        "ngày",
        rf"ngày (?:mùng |mồng )?(?P<day>\d{{1,2}})(?=(?:,? và | (?:cho )?(?:đến|tới)(?: hết)? | ?{DASH} ?)(?:ngày )?\d|[,.;:)\n]|$)(?!,\d|\.\d)",
    ),
    # Years side by side: 2013 - 2023, giai đoạn 2023–2033, nhiệm kỳ 2021-2026, năm học 2024-2025.
    _pattern(
        "years",
        "giai nhiệm năm niên mùa khóa thời vụ 0",
        rf"(?P<head>(?:giai đoạn|nhiệm kỳ|nhiệm kì|năm học|năm ngân sách|niên khóa|niên vụ|mùa giải|mùa bóng|mùa|thời kỳ|thời kì|vụ|khóa|năm)(?: từ)?(?: năm)? )?"
        rf"(?P<first>{YEAR}) ?(?:{DASH}|đến(?: năm)?|tới(?: năm)?|và|/) ?(?P<last>{YEAR}|\d\d){NUMBER_ENDS}(?!{DASH}\d)",
    ),
    # Parts of a year counted in months: 6 tháng đầu năm 2025, 9 tháng năm 2013, 9T/2013, 3 tháng cuối năm.
    _pattern(
        "months_of_year",
        "0 number+",
        rf"(?P<count>\d{{1,2}}|{COUNT_WORD}) (?P<unit>tháng|quý) (?P<side>đầu|cuối)(?: của)? năm(?! tài)(?: (?P<year>{YEAR}){NUMBER_ENDS}| (?P<shift>nay|ngoái|trước|sau|tới|qua)(?!\w))?",
    ),
    _pattern(
        "months_of_year",
        "0 number+",
        rf"(?P<count>\d{{1,2}}|{COUNT_WORD}) (?P<unit>tháng|quý)(?: (?P<side>đầu|cuối))?(?: năm |/| )(?P<year>{YEAR}){NUMBER_ENDS}",
    ),
    _pattern("months_of_year", "0", rf"(?P<count>\d{{1,2}})t(?: ?[/-] ?)?(?P<year>{YEAR}){NUMBER_ENDS}"),
    _pattern(
        "half",
        "nửa",
        rf"nửa (?P<side>đầu|cuối|sau)(?: của)? năm(?: (?P<year>{YEAR}){NUMBER_ENDS}| (?P<shift>nay|ngoái|trước|sau|tới|qua)(?!\w))?",
    ),
    _pattern("half", "nửa", rf"nửa (?P<side>đầu|cuối|sau) (?P<year>{YEAR}){NUMBER_ENDS}"),
    # Quarters and months.
    _pattern(
        "quarter",
        "quý q",
        rf"(?:quý |q)(?P<quarter>iv|i{{1,3}}|[1-4]|nhất|một|hai|ba|bốn)(?!\w)(?!\.\d|,\d)"
        rf"(?:(?: ?[/-] ?| - |\.| năm )(?P<year>{YEAR}){NUMBER_ENDS})?",
    ),
    _pattern("quarter", "quý", r"quý (?P<quarter>đầu|cuối)(?: tiên| cùng)?(?: của)?(?= năm)"),
    _pattern(
        "months",
        "tháng",
        rf"tháng (?P<first>{MONTH}) ?(?:{DASH}|đến|tới|và|,) ?(?:tháng )?(?P<month>{MONTH})(?:(?:[/.\-–]| năm )(?P<year>{YEAR}){NUMBER_ENDS})?",
    ),
    _pattern("month", "tháng", _SPELT_MONTH),
    _pattern("month", "t", rf"t(?P<month>0?[1-9]|1[0-2])[/.\-](?P<year>{YEAR}){NUMBER_ENDS}"),
    # Weeks, weekdays.
    _pattern(
        "week_of_month",
        "tuần",
        r"tuần (?:thứ )?(?P<week>nhất|đầu tiên|đầu|hai|ba|tư|[1-5]|cuối cùng|cuối)(?: của)?(?= tháng)",
    ),
    _pattern("weekend", "cuối", rf"cuối tuần(?: (?P<shift>{_THIS})(?!\w))?"),
    _pattern(
        "weekday",
        "ngày hôm thứ chủ cn",
        rf"(?:(?P<head>{_PRONOUN_DAY}) )?(?P<weekday>{WEEKDAY})(?!\w|/\d)(?: (?P<shift>này|vừa qua|vừa rồi|tới đây|tới|trước)(?!\w))?",
    ),
    # Years, decades, centuries.
    _pattern("year", "năm", rf"năm (?P<fiscal>tài chính |tài khóa )?(?P<year>{YEAR}){NUMBER_ENDS}"),
    _pattern("year_bare", "0", rf"(?P<year>{YEAR}){NUMBER_ENDS}"),
    _pattern(
        "decade",
        "thập những",
        rf"(?:thập niên|thập kỷ|những năm)(?: của)? (?P<decade>{YEAR[:-4]}\d0|[1-9]0){NUMBER_ENDS}",
    ),
    _pattern("century", "thế", r"thế kỷ(?: thứ)? (?P<century>[xvi]{1,6}|\d{1,2})(?!\w|[.,]\d)"),
    # Deictic and anaphoric: hôm qua, ngày mai, sáng nay, cùng ngày, tuần trước, năm đó.
    _pattern(
        "day_deictic", "hôm ngày", r"(?:ngày hôm|hôm) (?P<shift>nay|qua|kia|kìa)(?!\w)|ngày (?P<next>mai|kia|mốt)(?!\w)"
    ),
    _pattern(
        "day_anaphor",
        "hôm ngày cùng trong",
        r"(?:ngày hôm|hôm|ngày) (?P<shift>sau đó|trước đó|sau|đó|ấy|này|tiếp theo|kế tiếp)(?!\w)|cùng (?:ngày|hôm)(?! tháng)(?!\w)",
    ),
    _pattern(
        "part_deictic",
        "part+ buổi đầu cuối giữa",
        rf"(?:(?:đầu giờ|cuối giờ|đầu|cuối|giữa) )?(?:buổi )?(?P<part>{PART})(?: hôm| ngày hôm)? (?P<shift>nay|qua|mai|mốt|kia)(?!\w)",
    ),
    _pattern(
        "part_anaphor",
        "part+ buổi",
        rf"(?:buổi )?(?P<part>{PART}) (?:(?:hôm|ngày) )?(?P<shift>sau đó|trước đó|sau|đó|ấy)(?!\w)",
    ),
    _pattern(
        "edge",
        "đầu giữa cuối cả trọn hết trung thượng hạ",
        rf"(?P<edge>đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần)(?= (?:tháng (?:{MONTH}|{_THIS})(?!\w)|năm (?:{YEAR}|{_THIS})(?!\w)|quý (?:iv|i{{1,3}}|[1-4]|{_THIS})(?!\w)|thập|thế kỷ|những năm \d|{YEAR}{NUMBER_ENDS}))",
    ),
    _pattern(
        "edge_bare",
        "đầu giữa cuối cả",
        r"(?P<edge>đầu|giữa|cuối|cả) (?P<unit>tháng|năm|tuần|quý)(?!\w)(?! (?:học|tài|\d))",
    ),
    _pattern(
        "relative",
        "tuần tháng quý năm thập thế",
        rf"(?P<unit>tuần|tháng|quý|năm|thập kỷ|thập niên|thế kỷ) (?P<shift>{_THIS})(?!\w)",
    ),
    # Parts of the day and clock times; they count beside a day only.
    _pattern(
        "clock",
        "0 qualifier+",
        rf"(?:(?P<qualifier>{QUALIFIER}) )?(?P<hour>\d{{1,2}})(?: ?(?:giờ|h|g)(?!\w*[^\W\d])(?: ?(?P<minute>[0-5]\d)(?: ?(?:phút|ph|p|'))?(?!\d)| (?P<half>rưỡi)| kém (?P<less>\d{{1,2}})(?: phút)?)?|:(?P<minute2>[0-5]\d)(?!\d))",
    ),
    _pattern(
        "part",
        "part+ buổi đầu cuối giữa",
        rf"(?:(?:đầu|cuối|giữa) )?(?:buổi )?(?P<part>{PART})(?=,? (?:\d|ngày|hôm|cùng|thứ|chủ nhật|mùng|mồng|rằm|cn))",
    ),
    # Recurring times.
    _pattern(
        "set",
        "mỗi hằng hàng tất các",
        rf"(?:mỗi|hằng|hàng) (?P<unit>giây|phút|giờ|ngày|đêm|tuần|tháng|quý|năm|{PART}|{WEEKDAY})(?! (?:trời|liền|nay))(?!\w)|(?:tất cả )?các ngày trong (?P<all>tuần)(?!\w)",
    ),
    _pattern("set_times", "0 number+", rf"(?P<count>{COUNT}) (?P<unit>{UNIT})(?:/| mới | )(?:một|1) lần(?!\w)"),
    # Lengths.
    _pattern(
        "length",
        "0 qualifier+ number+ ≤",
        rf"(?P<qualifier>(?:(?:{QUALIFIER}) ?){{0,2}})(?P<count>{COUNT})(?:(?: ?{DASH} ?| đến | tới )(?P<upper>{COUNT}))? ?(?P<unit>{UNIT})(?!\w)"
        rf"(?P<half> rưỡi(?!\w))?(?:(?: và)? (?P<more>{COUNT}) (?P<unit2>{UNIT})(?!\w))?(?P<trail> (?:qua|nay|tiếp theo|tới|trước đây|trước)(?!\w))?",
    ),
    _pattern("now", "nay giờ bây hiện", r"(?:nay|bây giờ|giờ|hiện nay|hiện tại)(?= (?:cho )?(?:đến|tới) )"),
)

_STARTS = sorted({word for pattern in PATTERNS for word in pattern.starts if word != "0"}, key=len, reverse=True)
_TRIGGER = re.compile(rf"(?<!\w)(?:\d|(?:{'|'.join(map(re.escape, _STARTS))})(?!\w)|t(?=\d)|q(?=[1-4iv]))")
_BY_START = {
    start: tuple(pattern for pattern in PATTERNS if start in pattern.starts) for start in ["0", "t", "q", *_STARTS]
}
_NUMBER_RUN = re.compile(r"\d(?:[\d.,/:–-]*\d)?")

SAME_POINT = re.compile(r" |, (?=ngày|hôm|thứ|sáng)| của | của năm |, ?(?=năm )")
"""The gap between pieces that name one point: `22 giờ · ngày 4.12`, `tháng 9 · năm ngoái`."""
RANGE = re.compile(rf" ?{DASH} ?| (?:cho )?(?:đến|tới)(?: hết| khoảng)? ")
"""The gap between the two ends of a range."""
AND = re.compile(r" và | & ")
"""The gap between two coordinated points."""
UNTIL_NOW = re.compile(r" (?:cho )?(?:đến|tới) (?:hiện nay|hiện tại|bây giờ|nay)(?!\w)")
"""What turns a point into a span that lasts until publication."""
BRACKET = re.compile(r",? ?\((?:tức |nhằm |là )?|, (?:tức |nhằm )?")
"""The gap before a day that restates the one before it: `chiều qua (24/5)`."""
YEARLY = re.compile(r" (?:hằng|hàng|mỗi) (?P<unit>năm|tháng|tuần|ngày)(?!\w)")
"""What makes a recurring time of a point: `27/7 hằng năm`, `thứ bảy hằng tuần`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece found: which pattern, and its match in the lower-cased text."""

    name: str
    match: re.Match[str]


def lower(text: str) -> str:
    """Lower case, character by character, so that offsets stay.

    >>> lower("Ngày 2/9 ở İzmir")
    'ngày 2/9 ở İzmir'
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def scan(low: str) -> Iterator[Hit]:
    """The pieces of temporal expressions in a lower-cased text, from left to right, none overlapping.

    >>> [(hit.name, hit.match.group()) for hit in scan("sáng 22/4, sau 10 năm")]
    [('part', 'sáng'), ('day_bare', '22/4'), ('length', '10 năm')]
    """
    at = 0
    while trigger := _TRIGGER.search(low, at):
        start, word = trigger.start(), trigger.group()
        at = trigger.end()
        for pattern in _BY_START["0" if word.isdigit() else word]:
            match = pattern.regex.match(low, start)
            if match:
                yield Hit(pattern.name, match)
                at = match.end()
                break
        else:
            if word.isdigit():
                run = _NUMBER_RUN.match(low, start)
                at = run.end() if run else at
