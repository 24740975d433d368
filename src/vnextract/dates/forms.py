"""Forms of temporal expressions: regular expressions in which `<X>` stands for a fragment named here.

Every form reads lower-cased text and begins at the start of a word or number.
"""

import re

from vnextract.dates.numerals import DIGITS, SHORT_TENS
from vnextract.dates.words import words

_FRAGMENTS = {
    # What ends a number that is no part of a longer one, of a ratio or of an identifier (`42/2017/QH14`).
    "END": r"(?![\w%]|/\w|[.,]\d|[-–](?!(?:ngày|tháng|năm|quý|nay)(?!\w))[^\W\d])",
    # What ends a day of a month, and no longer chain of numbers (`06-11-15-16`).
    "END_OF_DAY": r"<END>(?!(?P=sep)\d)",
    "DASH": r"[-–—]",
    "TILL": r" (?:cho )?(?:đến|tới)(?: hết| khoảng| chậm nhất| muộn nhất)? ",
    "TO": r"(?: ?<DASH> ?|<TILL>)",
    "STOP": r" ?[,.;:)\]\n”\"'’!?…]| [-–(]|$",
    # Numbers: 12, 1,5, hai mươi lăm, một trăm linh năm, nửa.
    "DIGIT": rf"(?:{DIGITS})",
    "TENS": rf"(?:mười(?: <DIGIT>)?|<DIGIT>(?: mươi(?: <DIGIT>)?| (?:{SHORT_TENS}))?)",
    "HUNDREDS": r"(?:mười(?: <DIGIT>)?"
    r"|<DIGIT>(?: trăm(?: (?:linh|lẻ))?(?: <DIGIT> <DIGIT>(?= <UNIT>(?!\w))| <TENS>)?| mươi(?: <DIGIT>)?"
    rf"| (?:{SHORT_TENS}))?)",
    "NUMERAL": r"(?:<HUNDREDS>(?: (?:nghìn|ngàn|vạn|triệu)(?: (?:không trăm )?(?:linh |lẻ )?<HUNDREDS>)?)?|nửa)",
    "COUNT": r"(?:\d{1,4}(?:[.,]\d{1,3})?|<NUMERAL>(?!\w))",
    "N": r"(?:\d{1,2}|<NUMERAL>)",
    # Days, months, years.
    "YEAR": r"(?:1\d|20|21)\d\d",
    "Y": r"(?P<year><YEAR>)<END>",
    # Years in words: hai nghìn không trăm mười ba, hai không hai ba, một chín tám tư, chín trăm ba tám.
    "PAIR": r"(?:mười(?: <DIGIT>)?|(?:linh|lẻ|không) <DIGIT>|<DIGIT>(?: mươi)?(?: <DIGIT>)?)",
    "YEAR_WORDS": r"(?:(?:một|hai) (?:nghìn|ngàn)(?: (?:<DIGIT>|không) trăm)?(?: <PAIR>)?|<DIGIT> trăm <PAIR>"
    r"|(?:một|hai) (?:<DIGIT>|không) <PAIR>)(?!\w)",
    "MONTH": rf"(?:0?[1-9]|1[0-2])(?!\d)|(?:{words('month')})(?!\w)",
    "IN_YEAR": r"(?:(?:,? năm |[/.\-–]| / | )<Y>|,? năm (?P<year_words><YEAR_WORDS>))",
    "DAY_MONTH": r"(?P<day>\d{1,2})(?P<sep>[/.\-–]| / )(?P<month>\d{1,2})"
    r"(?:(?P=sep) ?(?P<year><YEAR>|\d\d))?<END_OF_DAY>",
    "MONTH_YEAR": r"(?:tháng|thg\.?) (?P<month><MONTH>)<IN_YEAR>?",
    "MONTH_OF_DAY": r"(?:tháng|thg\.?) (?P<month><MONTH>)(?:<IN_YEAR>|, (?P<year2><YEAR>)<END>(?!<COUNTED>))?",
    "OF_YEAR": r"(?: <Y>| (?P<shift>nay|ngoái|trước|sau|tới)(?!\w))?",
    "MÙNG": r"(?:ngày )?(?:(?:mùng|mồng) )?",
    "CYCLIC": rf"(?P<cyclic>(?:{words('stem')}) (?:{words('branch')}))(?!\w)",
    "CYCLE": r"(?:(?: năm)? <CYCLIC>)",
    "TẾT": r"(?:âm lịch )?tết(?: nguyên đán)?<CYCLE>?(?:(?: năm)? <Y>)?(?!\w)",
    "LUNAR": r"(?: (?:âm lịch|âl)(?!\w)| \((?:âm lịch|âl)\))",
    "LEAP": r"(?P<leap> nhuận(?!\w))",
    "BC": r"(?P<bc> (?:trước (?:công nguyên|cn)|tcn)(?!\w))",
    "AD": r"(?P<ad> (?:sau (?:công nguyên|cn)|scn)(?!\w))",
    # Words.
    "UNIT": rf"(?:{words('unit')})",
    "PART": rf"(?:{words('part')})",
    # `chiều và đêm 3/5`, `ngày và đêm nay`: the later part counts.
    "PARTS": r"(?:(?:(?:<PART>|ngày) và )?(?P<part><PART>))",
    "WEEKDAY": rf"(?:{words('weekday')})",
    "QUALIFIER": rf"(?:{words('qualifier')})",
    "CLOCK_QUALIFIER": rf"(?:{words('clock_qualifier')})",
    "SPAN_HEAD": rf"(?:{words('span_head')})",
    "EDGE_OF_DAY": r"(?:(?:(?:đầu|cuối) giờ|(?:đầu|cuối)(?= buổi| chiều)|giữa) )?(?:buổi )?",
    "SHIFT": rf"(?P<shift>{words('shift')})(?!\w)<NO_VERB>",
    "DAY_SHIFT": r"(?P<shift>nay|qua|mai|mốt|kia)(?!\w)<NO_VERB>",
    "THAT": r"(?P<that>đó|ấy|sau đó|trước đó)(?!\w)",
    "TRAIL": r"(?P<trail> (?:qua|tới|vừa qua|vừa rồi)(?!\w)<NO_VERB>)",
    # `30 phút qua điện thoại`, `10 ngày tới châu Á`: prepositions, not "past" and "coming".
    "NO_VERB": rf"(?! (?:{words('through')})(?!\w))",
    "HALF": rf"(?:{words('half')})",
    "FOLLOW": rf"(?:{words('follow')})(?!\w)",
    "AFTER_AGO": rf"(?:{words('after_ago')})(?!\w)",
    "EDGE": rf"(?:{words('edge')})",
    # What makes of a number after `tháng` something counted: `3 tháng 20 triệu đồng`.
    "COUNTED": rf"(?= ?(?:{words('measured')})(?!\w))",
}


def form(text: str) -> str:
    """A form with its fragments, and theirs, filled in.

    >>> form("mùa <DASH>")
    'mùa [-–—]'
    """
    filled = re.sub(r"(?<!\?P)<([A-ZÙẾ_]+)>", lambda match: _FRAGMENTS[match[1]], text)
    return filled if filled == text else form(filled)


SAME_POINT = re.compile(r" của | |, (?=ngày|hôm|thứ|chủ|sáng|rạng|tối|đêm|chiều|năm|\d{1,2}[/.-]\d)")
"""The gap between pieces that name one point: `22 giờ · ngày 4.12`, `tháng 9 · năm ngoái`."""
RANGE = re.compile(form("<TO>"))
"""The gap between the two ends of a range."""
AND = re.compile(r" và | hoặc | & |, ")
"""The gap between coordinated points."""
RESTATED = re.compile(r",? ?[(\[](?:tức |nhằm |là )?|,? (?:tức |nhằm )?| - | – ")
"""The gap before a day that restates the one before it: `chiều qua (24/5)`, `hôm qua 7-4`."""
TRAIL = re.compile(form("<TRAIL>"))
"""What says of a number of hours which way they lie from now."""
UNTIL_NOW = re.compile(rf" (?:cho )?(?:đến|tới) (?:{words('present')})(?!\w)")
"""What turns a point into a span that lasts until publication."""
