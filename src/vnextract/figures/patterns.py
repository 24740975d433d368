"""What figures look like: where one may begin, how its parts are joined, what refuses it."""

import re

from vnextract.figures.words import words
from vnextract.lexicon.tables import table
from vnextract.text.letters import LETTER, LOWER, UPPER

_LETTER = f"[{LETTER}]"

TRIGGER = re.compile(
    rf"\d+(?:[.,]\d+)*|(?<![^\W_])(?:trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ]|phẩy|mười|mươi|chục)(?!{_LETTER})"
)
"""Where a number may stand: digits, or a scale word that number words may precede."""

DIGITS = re.compile(r"[1-9]\d{0,2}(?: \d{3}){1,5}(?![\d/])(?![.,]\d{3})(?:,\d{1,2}(?!\d))?|\d+(?:[.,]\d+)*")
"""A number in digits, thousands grouped by spaces included."""

CODE_LEFT = re.compile(r"(?:[^\W_]|[^\W_][./:]|[^\W\d_][-–]|\d ?[-–x×]|[#@_=&*])\Z")
"""What stands right before digits that belong to a code, an address or a second half."""

CODE_RIGHT = re.compile(r"[-–/.][^\W\d_]|[-–]\d+[-–/]\d|:\d| ?[x×] ?\d|_")
"""What stands right after digits that belong to a code, a clock time, an address or a size."""

SIGN = re.compile(r"(?:(?:^|[\s(])([+-])|(?:^|[\s(])([Ââ]m) )\Z")


def _alternatives(place: str) -> str:
    """The scale words of a place, longer ones first, each with what may not follow it."""
    rows = sorted((row for row in table("scales") if row["place"] == place), key=lambda row: -len(row["word"]))
    return "|".join(
        row["word"] + (f"(?! (?:{row['never_before'].replace(' ', '|')}))" if row["never_before"] else "")
        for row in rows
    )


SCALE = re.compile(rf" ?({_alternatives('word')})(?!{_LETTER})", re.IGNORECASE)
SCALE_GLUED = re.compile(rf"({_alternatives('glued')})(\d{{1,3}})?(?!{_LETTER}|\d)")
SCALE_MONEY = re.compile(rf"({_alternatives('money')})(?!{_LETTER}|\d)")
SCALE_COUNTED = re.compile(rf" ?({_alternatives('counted')})(?= [{LOWER}])")
CURRENCY_LEFT = re.compile(r"[$€£¥₩]\Z")
CURRENCY_RIGHT = re.compile(r" ?(?:[$€£¥₩]|đồng|đ|VN[DĐ]|vn[dđ]|USD|đô)(?![^\W_])")
SPOKEN_SCALE = re.compile(rf"(?<= )(?:nghìn|ngàn|vạn|triệu|t[ỷỉ])(?!{_LETTER})")
HALF = re.compile(rf" r[ưu][ỡở]i(?!{_LETTER})")
SMALLER_SCALE = re.compile(rf" (\d{{1,3}}(?:,\d{{1,3}})?) (triệu|nghìn|ngàn)(?!{_LETTER})")

SHORT_RIGHT = re.compile(rf" (?:đồng|đô|USD|rưỡi)(?!{_LETTER})| ?(?:[.,;:)\n]|\Z)")
"""What may follow a number whose last word is a tenth of its scale: `một tỷ hai`."""

RANGE = re.compile(r" ?[-–—] ?| (?:cho )?(?:đến|tới) ")
LISTED = re.compile(r", ?| và | hoặc |, và | - ")
RATIO = re.compile(r" ?/ ?(?=\d)| trên (?:tổng số )?(?=\d)| trong (?:tổng )?số (?=\d)")
NUMBERED_RIGHT = re.compile(rf" (?:\d|[IVX]+(?!{_LETTER}))")
"""A number after what the first one would count: `khoản 4 | Điều 174`."""
NUMBER_OF = re.compile(r" số(?= )")

TIME_UNIT = re.compile(
    r" ?[-–]?(?:năm(?! ánh sáng)|tháng|tuần|ngày(?! công)|giờ(?! công)|phút|giây|tuổi|thế kỷ|thập kỷ|thập niên|quý|"
    rf"đêm(?! diễn| nhạc)|h|tiếng|canh giờ|niên|mùa(?! giải| vụ)|độ tuổi)(?!{_LETTER})",
    re.IGNORECASE,
)
"""Units of time and age: lengths of time are dates, ages are nothing."""

COORDINATES = re.compile(r" độ (?:(?:vĩ|kinh|bắc|đông|nam|tây)(?![^\W_])|\d)", re.IGNORECASE)
SCORE_LEFT = re.compile(r"(?:t[ỷỉ] số|thắng|thua|hòa|hạ|tỷ lệ thắng - thua là) (?:đậm )?\Z", re.IGNORECASE)
YEAR = re.compile(r"(?:19[3-9]|20[0-4])\d")
YEAR_LEFT = re.compile(r"(?:[A-ZĐ][\w-]*|năm|\)) \Z")
NAME_LEFT = re.compile(rf"[^\s(\"“'‘-] [{UPPER}][\w.’'-]* \Z")
"""A capitalised word, not the first of its sentence, right before a number."""

COUNTING = words("counting")
"""Words after which a number counts even a noun that the table lacks."""

WEIGHT_CLASS = re.compile(
    r"(?<![^\W_])hạng(?: cân)?(?: nam| nữ)? "
    r"(?:(?:dưới |trên )?[-–+]?\d{2,3}(?:[.,]\d)? ?kg(?: nam| nữ)?(?:, ?| và | ?/ ?)){0,6}"
    r"(?:dưới |trên )?[-–+]?\Z",
    re.IGNORECASE,
)
"""What stands before the number of a weight class, the first of a list or a later one: `hạng -57kg, 60kg`."""
