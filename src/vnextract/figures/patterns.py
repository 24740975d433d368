"""What figures look like: where one may begin, how its parts are joined, what refuses it."""

import re

from vnextract.dates.words import words as date_words
from vnextract.figures.words import words
from vnextract.lexicon.numerals import numerals
from vnextract.lexicon.tables import table
from vnextract.text.late import late
from vnextract.text.letters import LETTER, LOWER, UPPER

_LETTER = f"[{LETTER}]"
_PARTS = "|".join(
    word for word, one in numerals().items() if one.role in ("digit", "after_ten", "ten") and one.value > 1
)

TRIGGER = late(
    r"[\dtnvpmc](?:(?<=\d)\d*(?:[.,]\d+)*|(?<![^\W_].)"
    r"(?:(?<=t)(?:răm|riệu|[ỷỉ])|(?<=n)(?:ghìn|gàn|ửa(?= số ))|(?<=v)ạn|"
    rf"(?<=p)(?:hẩy|hần(?= (?:{_PARTS})(?!{_LETTER}| \d)))|(?<=m)(?:ười|ươi|ốt)|(?<=c)(?:hục|hấm))"
    rf"(?!{_LETTER}))"
)
"""Where a number may stand: digits, or a scale word that number words may precede.

The first characters come first, what may not stand before them after: so Python goes from one to the next of them
without trying the places between.
"""

DIGITS = late(r"[1-9]\d{0,2}(?: \d{3}){1,5}(?![\d/])(?![.,]\d{3})(?:,\d{1,2}(?!\d))?|\d+(?:[.,]\d+)*")
"""A number in digits, thousands grouped by spaces included."""

CODES = "|".join(row["code"] for row in table("currencies") if row["spelling"] == row["code"].lower())
"""The codes that the press prints for currencies, which may stand right before a number: `USD1,23`."""
CODE_LEFT = late(
    r"(?:[^\W_]|[^\W_][./:]|[^\W\d_][-–]|\d ?[-–x×]|[#@_=&*])"
    rf"(?<!(?<![^\W\d_])(?:{CODES}))\Z"
)
"""What stands right before digits that belong to a code, an address or a second half."""

DESIGNATION = late(r"(?<![^\W_])[A-Z][A-Za-z]{0,7} [-–]\Z")
"""What stands before the number of a type, where blanks were put around names: `tiêm kích Mig -29 K`."""

BELOW_ZERO = late(r" ?(?:%|phần trăm|độ|điểm|tỷ|tỉ|triệu|nghìn|ngàn|đồng|USD)")
"""What follows a number that may be less than nothing."""

CODE_RIGHT = late(rf"[-–/.](?!(?:{CODES})\d)[^\W\d_]|[-–]\d+[-–/]\d|:\d|_")
"""What stands right after digits that belong to a code, a clock time or an address."""

PRODUCT = late(r" ?[x×] ?(?=\d|\Z)")

SIGN = late(r"(?:(?:^|[\s(])([+-])|(?:^|[\s(])([Ââ]m) )\Z")


def _alternatives(place: str) -> str:
    """The scale words of a place, longer ones first, each with what may not follow it."""
    rows = sorted((row for row in table("scales") if row["place"] == place), key=lambda row: -len(row["word"]))
    return "|".join(row["word"] + _never_before(row) for row in rows)


def _never_before(row: dict[str, str]) -> str:
    """What may not follow a scale word, as a pattern."""
    never, unless = (row[column].replace(" ", "|") for column in ("never_before", "unless"))
    return f"(?! (?:{never}){f'(?! (?:{unless}))' if unless else ''})" if never else ""


SCALE = late(rf" ?({_alternatives('word')})(?!{_LETTER})", re.IGNORECASE)
SCALE_GLUED = late(rf"({_alternatives('glued')})(\d{{1,3}})?(?!{_LETTER}|\d)")
SCALE_MONEY = late(rf"({_alternatives('money')})(?!{_LETTER}|\d)")
SCALE_COUNTED = late(rf" ?({_alternatives('counted')})(?= [{LOWER}])")
CURRENCY_LEFT = late(r"[$€£¥₩₹]\Z")
CURRENCY_RIGHT = late(r"(?<!\W[248]K)/(?=[^\W\d_])| ?(?:[$€£¥₩₹]|đồng|đ|VN[DĐ]|vn[dđ]|USD|đô)(?![^\W_])")
SPOKEN_SCALE = late(rf"(?<= )(?:nghìn|ngàn|vạn|triệu|t[ỷỉ])(?!{_LETTER})")
HALF = late(rf" r[ưu][ỡở]i(?!{_LETTER})")
SMALLER_SCALE = late(rf" (\d{{1,3}}(?:,\d{{1,3}})?) (triệu|nghìn|ngàn)(?!{_LETTER})")

SHORT_RIGHT = late(rf" (?:đồng|đô|USD|rưỡi)(?!{_LETTER})| ?(?:[.,;:)\n]|\Z)")
"""What may follow a number whose last word is a tenth of its scale: `một tỷ hai`."""

RANGE = late(r" ?[-–—] ?| (?:cho )?(?:đến|tới) (?:(?:dưới|khoảng|gần) )?")
BETWEEN = late(r"(?<![^\W_])giữa \Z", re.IGNORECASE)
AND = late(r" và ")
"""What joins the ends of a range that `giữa` opens: `giữa 1.000 và 2.000 đồng`."""
LISTED = late(r", ?| và | hoặc |, và | - ")
RATIO = late(r" ?/ ?(?=\d)| trên (?:tổng số )?(?=\d)| trong (?:(?:tổng )?số )?(?=\d)")
EVERY = late(r"(?<![^\W_])cứ \Z", re.IGNORECASE)
OF_EVERY = late(r",? thì (?:lại |đã )?(?:có )?(?:tới |đến )?")
"""What stands between a whole and its part: `cứ 10 người | thì có | 3`."""
NAMES_ONE = late(r"1 trong (?=\d)")
"""`1 trong 19 nhiệm vụ` says what something is, and counts nineteen."""
NUMBERED_RIGHT = late(rf" (?:\d|[IVX]+(?!{_LETTER}))")
"""A number after what the first one would count: `khoản 4 | Điều 174`."""
NUMBER_OF = late(r" số(?= )")

TIME_UNIT = late(
    rf" ?[-–]?(?!{date_words('worked')}(?!{_LETTER}))(?:năm(?! ánh sáng)|tháng|tuần|ngày|giờ|phút|giây|tuổi|thế kỷ|"
    rf"thập kỷ|thập niên|quý|đêm(?! diễn| nhạc)|h|tiếng|canh giờ|niên|mùa(?! giải| vụ)|độ tuổi)(?!{_LETTER})",
    re.IGNORECASE,
)
"""Units of time and age: lengths of time are dates, ages are nothing."""

AGED = late(r"(?<![^\W_])tuổi \Z", re.IGNORECASE)
"""What stands before a span of ages: `độ tuổi | từ 55 trở lên`."""
COORDINATES = late(r" độ (?:(?:vĩ|kinh|bắc|đông|nam|tây)(?![^\W_])|\d)", re.IGNORECASE)
SCORE_LEFT = late(r"(?:t[ỷỉ] số|thắng|thua|hòa|hạ|tỷ lệ thắng - thua là) (?:đậm )?\Z", re.IGNORECASE)
YEAR = late(r"(?:19[3-9]|20[0-4])\d")
YEAR_LEFT = late(r"(?:[A-ZĐ][\w-]*|năm|\)) \Z")
NAME_LEFT = late(rf"[^\s(\"“'‘-] [{UPPER}][\w.’'-]* \Z")
"""A capitalised word, not the first of its sentence, right before a number."""

COUNTING = words("counting")
"""Words after which a number counts even a noun that the table lacks."""

WEIGHT_CLASS = late(
    r"(?<![^\W_])hạng(?: cân)?(?: nam| nữ)? "
    r"(?:(?:dưới |trên )?[-–+]?\d{2,3}(?:[.,]\d)? ?kg(?: nam| nữ)?(?:, ?| và | ?/ ?)){0,6}"
    r"(?:dưới |trên )?[-–+]?\Z",
    re.IGNORECASE,
)
"""What stands before the number of a weight class, the first of a list or a later one: `hạng -57kg, 60kg`."""
