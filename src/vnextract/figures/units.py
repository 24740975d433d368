"""What a number is counted in: currencies, units of measure, rates; counted nouns come from `nouns`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from vnextract.figures.nouns import Noun, begins_no_noun, known_beyond, read_head, read_noun
from vnextract.figures.patterns import CODES
from vnextract.figures.words import words
from vnextract.lexicon.tables import table
from vnextract.records import UnitKind
from vnextract.text.late import late
from vnextract.text.letters import LOWER, UPPER


class Unit(NamedTuple):
    """A unit: the offset after it, the name a record gives it, what it measures, the noun if it is one, and the rule
    that gave it to the number."""

    end: int
    name: str
    kind: UnitKind
    noun: Noun | None = None
    rule: str = "measure"

    @property
    def countable(self) -> bool:
        """Whether it counts things that have no fractions."""
        return self.noun is not None


class Compound(NamedTuple):
    """A unit with decimals printed after it: `m68` in `1m68`."""

    unit: Unit
    decimals: Decimal


class _Entry(NamedTuple):
    name: str
    kind: UnitKind
    spelling: str = ""
    only: str = ""
    """`printed` where capitals matter, `alone` where no word may follow."""


_SIGN_OF_MONEY = rf"(?:US\$|[$€£¥₩₹]|(?<![^\W\d_])(?:{CODES})) ?"
SIGN_LEFT = late(_SIGN_OF_MONEY)
_SYMBOL_PREFIX = late(rf"{_SIGN_OF_MONEY}\Z")
SIGN_OF_MONEY = "sign of money"
"""The rule of a currency whose sign or code stands before the number."""
_GDP = late(r" (?:GDP|GRDP)(?![^\W_])")
_PER = late(r" ?/ ?| trên (?=(?:giờ|giây|phút)(?![^\W_]))")
_GLUED = rf"(?-i:(?:(?<=[{LOWER}]{{3}})|(?<=%)|(?<=USD|VND))(?=[{UPPER}][{LOWER}]))"
"""Where a lost line break glues the next word to a unit: `triệu bảng|Livescore`."""
_WORD_RIGHT = late(r" [^\W\d_]")
_SMALL_WORD_RIGHT = late(rf" [{LOWER}]")
"""After `điểm` the places may follow that it counts: `38 điểm tham quan`."""
_PER_NUMBER = late(r"1(?:0{1,6}|(?:\.000){1,2}|00\.000|0\.000) (?=[^\W\d_])|\d{1,2} (?=giờ|ngày|năm|tháng|tuần)")
_PER_ONE = late(r"1 (?!nghìn|ngàn|triệu|tỷ|tỉ)(?=[^\W\d_])")
_PER_WORD = late(r"[^\W\d_]+[23²³]?")
_EACH = late(r" (?:trên )?(mỗi|một|1) (?=[^\W\d_])")
_AFTER_ONE = late(r" (?:sau|trước|qua|nữa|rưỡi|liền|tới|vừa|gần|để|đã)(?![^\W_])")
"""After `một năm` these make a length of time of it, no rate."""
_TIME_WORD = late(r"(?:năm học|học kỳ|năm|tháng|tuần|ngày|giờ|phút|giây|quý|mùa|vụ|đêm|lần|ca|buổi)(?![^\W_])")
_PER_TIME = late(r" ?/ ?(?:năm|tháng|tuần|ngày|giờ)(?![^\W_])")
_GOODS_EACH_TIME = late(r"(?P<goods>(?: [^\W\d_]+[₀-₉\d]?){1,3}) mỗi (?P<time>năm|tháng|tuần|ngày|giờ|vụ)(?![^\W_])")
_GOODS_PER_TIME = late(r"(?: [^\W\d_]+){1,4} ?/ ?(?:năm|tháng|ngày|giờ|vụ|quý|tuần)(?![^\W_])")
_NOT_UNITS = late(
    r" ?(?:đồng (?:chí|bào|phạm|hồ|nghiệp|đội|minh|tác giả|hương|lúa|môn|ruộng|bọn|tính)|tấn công|đô (?:thị|vật)|"
    r"đồng bằng(?= (?:sông|châu thổ|ven|duyên hải|lớn|rộng|Bắc)| ?[,.;)]|\Z)|"
    r"lượng (?:khách|hàng|lớn|người|nước)|lần (?:đầu|thứ|lượt)|độ tuổi|bảng (?:đấu|xếp|[A-Z])|"
    r"điểm (?:mới|đến|nhấn|tựa|yếu|mạnh|chung|khác)|ký (?:kết|hợp|quỹ|tên|túc|sự|giả|gửi|duyệt|ức|họa))(?![^\W_])",
    re.IGNORECASE,
)
_IN_BILLIONS = late(r"t[ỷỉ]$", re.IGNORECASE)
"""After these only money is called by `đồng`, whatever word the next syllable makes: `350 tỉ đồng tính đến nay`."""
# `10g20` is a time of the day.
_COMPOUND = late(r"((?!g\d)[^\W\d_]{1,3})(\d{1,2})(?![^\W_]|[.,/]\d)| (m) (\d\d)(?= ?[,.;:)\n]|\Z)")
_ENDED = late(r"[.,;:)\n]|\Z")
_SUM = late(r"(?:tiền|vốn|nợ|lãi)(?: |\Z)")
_NEEDS_SCALE = frozenset(("bảng", "bạt", "đô", "kip"))
_COMPOUNDED = frozenset((UnitKind.LENGTH, UnitKind.MASS))
_BY_GOODS = frozenset((UnitKind.MONEY, UnitKind.MASS, UnitKind.VOLUME))
_OF_GOODS = frozenset((UnitKind.MASS, UnitKind.VOLUME, UnitKind.ENERGY))
_EACH_GOODS = words("goods")


def _alternation(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))


@cache
def _entries() -> dict[str, _Entry]:
    money = {row["spelling"].lower(): _Entry(row["code"], UnitKind.MONEY) for row in table("currencies")}
    measures = {
        row["spelling"].lower(): _Entry(
            row["name"] or row["spelling"], UnitKind(row["kind"]), row["spelling"], row["only"]
        )
        for row in table("units")
    }
    return measures | money


@cache
def _pattern() -> re.Pattern[str]:
    return late(rf" ?({_alternation(_entries())})(?:(?![^\W_]|-[^\W\d_])|{_GLUED})", re.IGNORECASE)


def read_unit(text: str, at: int, *, scaled: bool = False) -> Unit | None:
    """The unit that begins where a number ends, the slash or worded part of a rate included; None if there is none.

    Args:
        text: The text.
        at: Offset after the number and its scale.
        scaled: Whether the number has a scale, which settles ambiguous currencies (`666,5 triệu bảng`).

    >>> read_unit("655,44 tỷ đồng, tăng", 9).name, read_unit("40 triệu đồng/năm", 8).name
    ('VND', 'VND/năm')
    >>> read_unit("30.000 đồng một lít", 6).name, read_unit("5,3% GDP", 3).name, read_unit("5 đồng chí", 1).name
    ('VND/lít', '% gdp', 'đồng chí')
    """
    return read_measure(text, at, scaled=scaled) or read_counted(text, at, scaled=scaled)


def read_measure(text: str, at: int, *, scaled: bool = False) -> Unit | None:
    """A currency or a unit of measure with the rest of its rate; None where a longer noun begins with its word."""
    measure = _whole_measure(text, at, scaled)
    return read_rate(text, _with_goods(text, measure)) if measure else None


def read_compound(text: str, at: int) -> Compound | None:
    """A unit with decimals after it: `m68` in `1m68`, `kg2`, ` m 05`; the fraction of the unit that they are.

    >>> unit, decimals = read_compound("cao 1m68", 5)
    >>> unit.name, str(decimals), read_compound("rộng 5m2", 6)
    ('m', '0.68', None)
    """
    match = _COMPOUND.match(text, at)
    printed, digits = (match.group(1) or match.group(3), match.group(2) or match.group(4)) if match else ("", "")
    entry = _entries().get(printed)
    if match is None or entry is None or entry.kind not in _COMPOUNDED or match.group() in _entries():
        return None
    unit = Unit(match.end(), entry.name, entry.kind, rule="decimals after the unit")
    return Compound(unit, Decimal(digits).scaleb(-len(digits)))


@cache
def _smaller() -> Mapping[str, tuple[re.Pattern[str], Mapping[str, Decimal]]]:
    """Unit → the pattern of a number of its smaller units, and how many of each make one."""
    parts: dict[str, dict[str, Decimal]] = {}
    for row in table("smaller_units"):
        parts.setdefault(row["unit"], {})[row["smaller"]] = Decimal(row["parts"])
    form = r" (?:và )?(\d{{1,4}}) ?({})(?![^\W_]| ?/| mỗi)"
    return {unit: (late(form.format(_alternation(small))), small) for unit, small in parts.items()}


def read_smaller(text: str, unit: Unit) -> Compound | None:
    """A number of smaller units right after a unit, as a fraction of it: ` 500 kg` after `3 tấn`.

    >>> unit, decimals = read_smaller("chở 3 tấn 500 kg", Unit(9, "tấn", UnitKind.MASS))
    >>> unit.end, str(decimals)
    (16, '0.5')
    """
    pattern, parts = _smaller().get(unit.name, (None, {}))
    match = pattern.match(text, unit.end) if pattern else None
    share = Decimal(match.group(1)) / parts[match.group(2)] if match else Decimal(0)
    return Compound(unit._replace(end=match.end()), share) if match and 0 < share < 1 else None


def is_measured(text: str, at: int, *, scaled: bool = False) -> bool:
    """Whether a currency or a unit of measure follows a number.

    >>> is_measured("5 đồng", 1), is_measured("5 đồng chí", 1)
    (True, False)
    """
    return _whole_measure(text, at, scaled) is not None


def _whole_measure(text: str, at: int, scaled: bool) -> Unit | None:
    measure = _measure(text, at, scaled)
    if measure is None or known_beyond(text, at, measure.end, whole=scaled):
        return None
    return None if measure.kind is UnitKind.POINT and _SMALL_WORD_RIGHT.match(text, measure.end) else measure


def read_counted(
    text: str, at: int, number: Sequence[str] | None = None, *, scaled: bool = False, limit: int | None = None
) -> Unit | None:
    """A counted noun with the rest of its rate.

    Args:
        text: The text.
        at: Offset after the number and its scale.
        number: What is known of the number, as `read_noun` takes it.
        scaled: Whether the number has a scale.
        limit: Offset that the noun does not reach beyond; None for the text's end.
    """
    noun = read_noun(text, at, number, limit)
    measure = _measure(text, at, scaled)
    if measure and (noun is None or noun.end <= measure.end):
        return read_rate(text, measure)
    if noun is None or (scaled and _SUM.match(noun.name)):
        return None
    return read_rate(text, Unit(noun.end, noun.name, UnitKind.COUNT, noun, "counted noun"))


def read_prefix(text: str, at: int) -> tuple[int, str] | None:
    """A currency sign before a number: where it begins, and the currency's code.

    >>> read_prefix("giá $500", 5)
    (4, 'USD')
    """
    sign = text[max(0, at - 2) : at].rstrip(" ")[-1:]
    if sign.islower() or sign.isspace():
        return None
    match = _SYMBOL_PREFIX.search(text, max(0, at - 4), at)
    return (match.start(), _entries()[match.group().strip().lower()].name) if match else None


def _measure(text: str, at: int, scaled: bool) -> Unit | None:
    """A currency or a unit of measure."""
    match = _pattern().match(text, at)
    if match is None or (_NOT_UNITS.match(text, at) and not _IN_BILLIONS.search(text, max(0, at - 3), at)):
        return None
    printed = match.group(1)
    spelling = printed.lower()
    if spelling in _NEEDS_SCALE and not scaled and not _PER_TIME.match(text, match.end()):
        return None
    entry = _entries()[spelling]
    if entry.only == "printed" and printed != entry.spelling:
        return None
    if entry.only == "alone" and _WORD_RIGHT.match(text, match.end()):
        return None
    unit = Unit(match.end(), entry.name, entry.kind)
    share = _GDP.match(text, unit.end) if entry.name == "%" else None
    return Unit(share.end(), f"%{share.group().lower()}", entry.kind) if share else unit


def _with_goods(text: str, unit: Unit) -> Unit:
    """A unit of mass or volume with the goods that stand before a slash: `tấn sữa nguyên liệu/ngày`."""
    if unit.kind not in (UnitKind.MASS, UnitKind.VOLUME):
        return unit
    goods = _GOODS_PER_TIME.match(text, unit.end)
    if goods is None:
        return unit
    end = unit.end + goods.group().rindex("/")
    end -= text[end - 1] == " "
    return Unit(end, unit.name + text[unit.end : end].lower(), unit.kind)


def read_rate(text: str, unit: Unit) -> Unit:
    """A unit with what it is reckoned by: `/năm`, `/người/tháng`, `mỗi lượng`.

    >>> read_rate("28 triệu/tháng", Unit(8, "VND", UnitKind.MONEY)).name
    'VND/tháng'
    """
    for _ in range(2):
        slash = _PER.match(text, unit.end)
        if slash and unit.kind is UnitKind.PERCENT and not _TIME_WORD.match(text, slash.end()):
            break
        per = _denominator(text, slash.end()) if slash else None
        if per is None:
            break
        unit = unit._replace(end=per[0], name=f"{unit.name}/{per[1]}")
    unit = _of_goods_each(text, unit)
    for _ in range(0 if "/" in unit.name else 2):
        each = _EACH.match(text, unit.end)
        worded = _worded(text, unit, each) if each else None
        if worded is None:
            break
        unit = unit._replace(end=worded[0], name=f"{unit.name}/{worded[1]}")
    return unit


def _of_goods_each(text: str, unit: Unit) -> Unit:
    """A measure with the goods that stand before what it is reckoned by: `lít dầu diesel mỗi năm`."""
    match = _GOODS_EACH_TIME.match(text, unit.end) if unit.kind in _OF_GOODS and "/" not in unit.name else None
    if match is None:
        return unit
    words = match["goods"].lower().split()
    if any(begins_no_noun(words[at:]) for at in range(len(words))):
        return unit
    return unit._replace(end=match.end(), name=f"{unit.name}/{match['time']}")


def _worded(text: str, unit: Unit, each: re.Match[str]) -> tuple[int, str] | None:
    """What a worded rate is reckoned by: `mỗi tháng`, `một lít`; goods only where the unit is money or a mass."""
    time = _TIME_WORD.match(text, each.end())
    one = each.group(1) != "mỗi"
    if time:
        length = each.group(1) == "1" or unit.noun or _AFTER_ONE.match(text, time.end())
        return None if one and length else (time.end(), time.group())
    if unit.kind in _BY_GOODS or each.group().startswith(" trên"):
        return _goods(text, unit, each.end(), one)
    return None


def _denominator(text: str, at: int) -> tuple[int, str] | None:
    """What stands after the slash of a rate: the offset after it and its name."""
    one = _PER_ONE.match(text, at)
    at = one.end() if one else at
    number = _PER_NUMBER.match(text, at)
    start = number.end() if number else at
    prefix = number.group() if number else ""
    time = _TIME_WORD.match(text, start)
    if time:
        return time.end(), prefix + time.group()
    measure = _measure(text, start, False)
    if measure:
        printed = text[start : measure.end].strip()
        return measure.end, prefix + (measure.name if measure.kind is UnitKind.MONEY else printed.lower())
    noun = read_head(text, start)
    if noun:
        return noun.end, prefix + noun.name
    word = _PER_WORD.match(text, start)
    return (word.end(), prefix + word.group().lower()) if word else None


def _goods(text: str, unit: Unit, at: int, one: bool) -> tuple[int, str] | None:
    """What a worded rate is reckoned by; after `một` only what is sold by the piece."""
    measure = _measure(text, at - 1, False)
    if measure and measure.name != unit.name:
        return measure.end, measure.name
    noun = read_noun(text, at)
    if noun is None or not noun.known:
        return None
    closed = noun.name in _EACH_GOODS or _ENDED.match(text, noun.end)
    return (noun.end, noun.name) if closed or not one else None
