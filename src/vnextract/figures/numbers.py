"""What printed numbers mean: the press's digits, number words and scales, as `Decimal`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, getcontext
from functools import cache

from vnextract.figures.patterns import (
    CODE_LEFT,
    CODE_RIGHT,
    DIGITS,
    HALF,
    SCALE,
    SCALE_SUFFIX,
    SIGN,
    SMALLER_SCALE,
)
from vnextract.lexicon.tables import table

MAX_DIGITS = 24
"""Longer runs of digits are identifiers or noise."""

_REACH = 90
_MOST_WORDS = 14
_MILLION = Decimal(1_000_000)
_FIRST = frozenset(("digit", "ten", "half"))

_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2},\d{3}\.\d+")
_SPACE_GROUPS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d{1,2})?")
_COMMA_DECIMAL = re.compile(r"\d+,\d+")
_POINT_DECIMAL = re.compile(r"\d+\.\d+")
_COMMA_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
_ENGLISH_GROUPS = re.compile(r"(?<![\d.,])\d{1,3},\d{3}(?![\d])")
_ENGLISH_DECIMAL = re.compile(
    r"(?<![\d.,])\d{1,3}\.\d{1,2} ?(?:%|nghìn|ngàn|triệu|t[ỷỉ]|độ|km|ha|m[23²³]?|USD)(?![^\W_])"
)
_COMMA_FRACTION = re.compile(r"\d,\d{1,2}(?![\d])(?!,)")
_INTEGER = re.compile(r"\d+")


def parse_digits(printed: str, *, comma_groups: bool = False, small: bool = False) -> Decimal | None:
    """The value of a number in digits; None where the separators make no number.

    A point before exactly three digits groups thousands, any other point or comma is a decimal sign.

    Args:
        printed: Digits with `.`, `,` or spaces between them.
        comma_groups: A comma before exactly three digits groups thousands too: the number counts things that have no
            fractions, or its article writes numbers the English way.
        small: The number is a percentage or the like, so that `12.345` is read as twelve and a fraction.

    >>> [str(parse_digits(printed)) for printed in ("10.480", "2.810,3", "3.5", "674,573", "1 200 000")]
    ['10480', '2810.3', '3.5', '674.573', '1200000']
    >>> str(parse_digits("1,200", comma_groups=True)), str(parse_digits("12.345", small=True)), parse_digits("1.2.3")
    ('1200', '12.345', None)
    """
    if len(printed) > MAX_DIGITS:
        return None
    if _INTEGER.fullmatch(printed):
        return Decimal(printed)
    if _POINT_GROUPS.fullmatch(printed):
        value = Decimal(printed.replace(".", "").replace(",", "."))
        return value if not small or value < 10_000 or not _POINT_DECIMAL.fullmatch(printed) else Decimal(printed)
    if _COMMA_GROUPS.fullmatch(printed) or (comma_groups and _COMMA_THOUSANDS.fullmatch(printed)):
        return Decimal(printed.replace(",", ""))
    if _SPACE_GROUPS.fullmatch(printed):
        return Decimal(printed.replace(" ", "").replace(",", "."))
    if _COMMA_DECIMAL.fullmatch(printed) or _POINT_DECIMAL.fullmatch(printed):
        return Decimal(printed.replace(",", "."))
    return None


def groups_by_comma(text: str) -> bool:
    """Whether an article writes numbers the English way, with points for fractions and commas for thousands.

    >>> groups_by_comma("Thu 3,900 tỷ đồng, tăng 8.02%"), groups_by_comma("Thu 3,900 tỷ đồng, tăng 8,02%")
    (True, False)
    """
    return bool(_ENGLISH_GROUPS.search(text) and _ENGLISH_DECIMAL.search(text) and not _COMMA_FRACTION.search(text))


@cache
def scales() -> dict[str, Decimal]:
    """Scale words and their factors."""
    return {row["word"]: Decimal(row["factor"]) for row in table("scales")}


@cache
def number_words() -> dict[str, tuple[Decimal, str]]:
    """Number words: value and role."""
    return {row["word"]: (Decimal(row["value"]), row["role"]) for row in table("number_words")}


def parse_words(words: Sequence[str]) -> Decimal | None:
    """The value of a number in lower-case words; None where they make no number.

    >>> [str(parse_words(words.split())) for words in ("hai mươi mốt nghìn không trăm mười một", "nửa triệu")]
    ['21011', '500000']
    >>> str(parse_words("một tỷ rưỡi".split())), str(parse_words("ba phẩy năm".split())), parse_words(["hai", "ba"])
    ('1500000000', '3.5', None)
    """
    known = number_words()
    if not words or any(word not in known for word in words):
        return None
    if "phẩy" in words:
        return _with_point(words, words.index("phẩy"))
    at = _highest_scale(words)
    if at is None:
        return _below_thousand(words)
    factor = known[words[at]][0]
    left = parse_words(words[:at])
    rest = words[at + 1 :]
    if left is None or left == 0:
        return None
    if not rest:
        return _plain(left * factor)
    if known[rest[0]][1] == "and_half":
        return _plain(left * factor + factor / 2) if len(rest) == 1 else None
    linked = known[rest[0]][1] == "zero_tens"
    right = _below_hundred(rest[1:]) if linked else parse_words(rest)
    if right is None or right >= factor or (linked and right >= 10) or len(rest) == 1:
        return None
    return _plain(left * factor + right)


def _plain(value: Decimal) -> Decimal:
    """The same value without a fraction of zeros; one of too many digits to be exact stays as it is."""
    whole = value == value.to_integral_value() and value.adjusted() < getcontext().prec
    return value.quantize(Decimal(1)) if whole else value


def _highest_scale(words: Sequence[str]) -> int | None:
    """Where the last of the largest scale words stands: `hai nghìn tỷ` splits at `tỷ`."""
    known = number_words()
    places = [(known[word][0], index) for index, word in enumerate(words) if known[word][1] == "scale"]
    return max(places)[1] if places else None


def _with_point(words: Sequence[str], at: int) -> Decimal | None:
    known = number_words()
    scale = next((index for index, word in enumerate(words) if index > at and known[word][1] == "scale"), len(words))
    factor = parse_words(["một", *words[scale:]]) if scale < len(words) else Decimal(1)
    left, right = _below_thousand(words[:at]), words[at + 1 : scale]
    if left is None or factor is None or not right:
        return None
    if all(known[word][1] == "digit" for word in right):
        fraction = "".join(str(known[word][0]) for word in right)
    else:
        below = _below_thousand(right)
        if below is None:
            return None
        fraction = str(below)
    if "." in f"{left}{fraction}":
        return None
    return _plain(Decimal(f"{left}.{fraction}") * factor) if factor != 1 else Decimal(f"{left}.{fraction}")


def _below_thousand(words: Sequence[str]) -> Decimal | None:
    """`hai trăm linh năm`, `mười một`, `nửa`: the words below a scale word."""
    known = number_words()
    if list(words) == ["nửa"]:
        return Decimal("0.5")
    if "trăm" not in words:
        return _below_hundred(words)
    at = list(words).index("trăm")
    hundreds, rest = words[:at], words[at + 1 :]
    if len(hundreds) != 1 or known[hundreds[0]][1] != "digit":
        return None
    value = known[hundreds[0]][0] * 100
    if not rest:
        return value
    if known[rest[0]][1] == "and_half":
        return value + 50 if len(rest) == 1 else None
    if known[rest[0]][1] == "zero_tens":
        low = _below_hundred(rest[1:])
        return value + low if low is not None and 0 < low < 10 else None
    low = _below_hundred(rest)
    return value + low if low is not None and low >= 10 else None


def _below_hundred(words: Sequence[str]) -> Decimal | None:
    known = number_words()
    roles = [known[word][1] for word in words]
    values = [known[word][0] for word in words]
    if roles == ["digit"] or roles == ["ten"]:
        return values[0]
    if roles in (["ten", "digit"], ["ten", "after_ten"]):
        return values[0] + values[1]
    if roles == ["digit", "tens"]:
        return values[0] * 10
    if roles in (["digit", "tens", "digit"], ["digit", "tens", "after_ten"]):
        return values[0] * 10 + values[2]
    return None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it stands in a text: its bounds, its printed digits or its worded value, and its scale."""

    start: int
    end: int
    printed: str | None
    worded: Decimal | None = None
    factor: Decimal = Decimal(1)
    extra: Decimal = Decimal(0)
    negative: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a scale word follows the digits, or the number is in words."""
        return self.factor != 1 or self.worded is not None

    @property
    def grouped(self) -> bool:
        """Whether the digits are printed in groups of thousands."""
        return bool(self.printed) and _POINT_GROUPS.fullmatch(self.printed or "") is not None

    def value(self, *, comma_groups: bool = False, small: bool = False) -> Decimal | None:
        """The number's value with scale and sign; the arguments are those of `parse_digits`."""
        if self.worded is not None:
            return self.worded
        base = parse_digits(self.printed or "", comma_groups=comma_groups, small=small)
        if base is None:
            return None
        value = _plain(base * self.factor + self.extra) if self.factor != 1 else base
        return -value if self.negative else value

    def under(self, factor: Decimal) -> "Amount":
        """The same number under the scale of another one: `3` in `3 đến 5 triệu`."""
        return replace(self, factor=factor)


def read_digits(text: str, at: int) -> Amount | None:
    """The number whose digits begin at an offset, with sign and scale; None where the digits are part of a code.

    >>> read_digits("đạt 2 tỷ 300 triệu đồng", 4).value()
    Decimal('2300000000')
    >>> str(read_digits("(-0,20%)", 2).value()), read_digits("U.17", 2), read_digits("12:30", 0)
    ('-0.20', None, None)
    """
    match = DIGITS.match(text, at)
    if match is None or CODE_LEFT.search(text, max(0, at - 3), at):
        return None
    printed, end = match.group(), match.end()
    if printed[0] == "0" and printed.isdigit() and len(printed) > 2:
        return None
    sign = SIGN.search(text, max(0, at - 4), at)
    start = (sign.start(1) if sign.group(1) else sign.start(2)) if sign else at
    amount = Amount(start, end, printed, negative=bool(sign) and text[start] in "-âÂ")
    amount = _scaled(text, amount)
    return None if amount.end == end and CODE_RIGHT.match(text, end) else amount


def _scaled(text: str, amount: Amount) -> Amount:
    """The amount with the scale that follows it."""
    suffix = SCALE_SUFFIX.match(text, amount.end)
    if suffix:
        if suffix.group(1) == "k" and amount.printed in ("2", "4", "8"):
            return amount
        return replace(amount, end=suffix.end(), factor=scales()[suffix.group(1)])
    first = SCALE.match(text, amount.end)
    if first is None:
        return amount
    factor, end = scales()[first.group(1).lower()], first.end()
    second = SCALE.match(text, end)
    if second:
        factor, end = factor * scales()[second.group(1).lower()], second.end()
    half = HALF.match(text, end)
    if half:
        return replace(amount, end=half.end(), factor=factor, extra=factor / 2)
    smaller = SMALLER_SCALE.match(text, end)
    if smaller and scales()[smaller.group(2)] < factor:
        extra = parse_digits(smaller.group(1))
        if extra is not None:
            return replace(amount, end=smaller.end(), factor=factor, extra=extra * scales()[smaller.group(2)])
    return replace(amount, end=end, factor=factor)


def read_words(text: str, start: int, end: int) -> Amount | None:
    """The number in words around a scale word; None where no number words precede it.

    >>> read_words("gần nửa triệu người", 8, 13).value()
    Decimal('500000')
    >>> read_words("hàng triệu người", 5, 10) is None
    True
    """
    known = number_words()
    trigger = text[start:end].lower()
    left = text[max(0, start - _REACH) : start].split(" ")
    before = _number_run(reversed(left[:-1]), trigger)[::-1] if left[-1] == "" else []
    while before and known[before[0].lower()][1] not in _FIRST:
        del before[0]
    if not before:
        return None
    begin = start - len(" ".join(before)) - 1
    right = text[end : end + _REACH].split(" ")
    after = _number_run(right[1:], trigger) if right[0] == "" else []
    words = [word.lower() for word in (*before, text[start:end])]
    for count in range(len(after), -1, -1):
        value = parse_words([*words, *after[:count]])
        if value is not None:
            return Amount(begin, end + sum(len(word) + 1 for word in after[:count]), None, worded=value)
    return None


def _number_run(spoken: Iterable[str], trigger: str) -> list[str]:
    """The number words that follow one another, up to one that no number has twice: `một tỷ | một tỷ`."""
    known = number_words()
    run: list[str] = []
    last = trigger
    for word in spoken:
        lower = word.lower()
        if lower not in known or len(run) == _MOST_WORDS:
            break
        value, role = known[lower]
        if role in ("scale", "hundred"):
            if (lower == last and role == "hundred") or (value >= _MILLION and (lower == trigger or lower in run)):
                break
            last = lower
        run.append(word)
    return run
