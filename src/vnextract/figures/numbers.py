"""What printed numbers mean: the press's digits, number words and scales, as `Decimal`."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from vnextract.figures.patterns import (
    BELOW_ZERO,
    CODE_LEFT,
    CODE_RIGHT,
    CURRENCY_LEFT,
    CURRENCY_RIGHT,
    DESIGNATION,
    DIGITS,
    HALF,
    SCALE,
    SCALE_COUNTED,
    SCALE_GLUED,
    SCALE_MONEY,
    SHORT_RIGHT,
    SIGN,
    SMALLER_SCALE,
)
from vnextract.lexicon.numerals import last_run, longest, may_begin, numerals, parse_words, plain
from vnextract.lexicon.tables import table

MAX_DIGITS = 24
"""Longer runs of digits are identifiers or noise."""

_REACH = 160
_HUNDRED = 100
_LONGEST_TYPE = 11
"""Characters of what stands before the number of a type: `Vostok -2018`."""
_OPENED = re.compile(r".*[(\"“'‘\n]", re.DOTALL)
"""What stands before the first word of a line, a bracket or a quotation, where only blanks part words."""
_LETTERS = re.compile(r"[^\W\d_]*")
_RESOLUTIONS = frozenset(("2", "4", "8"))
"""Before `k` these are resolutions of a screen."""

_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2},\d{3}\.\d+")
_SPACE_GROUPS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d{1,2})?")
_COMMA_DECIMAL = re.compile(r"\d+,\d+")
_POINT_DECIMAL = re.compile(r"\d+\.\d+")
_COMMA_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
_ROUND_THOUSANDS = re.compile(r"[1-9]\d{0,2},000")
"""Nobody prints three noughts of a fraction: `2,000 mét vuông`."""
_ENGLISH_GROUPS = re.compile(r"\d(?<![\d.,]\d)\d{0,2},\d{3}(?![\d])")
"""Begins with the digit, not with what may not stand before it: Python looks for digits faster than it tries places."""
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
    >>> str(parse_digits("2,000")), str(parse_digits("2,000", small=True))
    ('2000', '2.000')
    """
    if len(printed) > MAX_DIGITS:
        return None
    if _INTEGER.fullmatch(printed):
        return Decimal(printed)
    if _POINT_GROUPS.fullmatch(printed):
        value = Decimal(printed.replace(".", "").replace(",", "."))
        return value if not small or value < 10_000 or not _POINT_DECIMAL.fullmatch(printed) else Decimal(printed)
    if (
        _COMMA_GROUPS.fullmatch(printed)
        or (comma_groups and _COMMA_THOUSANDS.fullmatch(printed))
        or (not small and _ROUND_THOUSANDS.fullmatch(printed))
    ):
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


class Amount(NamedTuple):
    """A number as it stands in a text: its bounds, its printed digits or its worded value, and its scale."""

    start: int
    end: int
    printed: str | None
    worded: Decimal | None = None
    factor: Decimal = Decimal(1)
    extra: Decimal = Decimal(0)
    negative: bool = False
    times: Decimal = Decimal(1)
    """What the number is multiplied by: 2 in `2x600 MW`."""

    @property
    def scaled(self) -> bool:
        """Whether a scale word follows the digits, or the number is in words."""
        return self.factor != 1 or self.worded is not None

    @property
    def small(self) -> bool:
        """Whether it is said in words and below a hundred, so that it counts nothing: `mười hai con giáp`."""
        return self.worded is not None and abs(self.worded) < _HUNDRED

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
        value = plain(base * self.factor + self.extra) if self.factor != 1 or self.extra else base
        value = plain(value * self.times) if self.times != 1 else value
        return -value if self.negative else value

    def plus(self, share: Decimal) -> "Amount":
        """The same number and a fraction of its unit: `3` and `0.5` in `3 tấn 500 kg`."""
        return self._replace(worded=self.worded + share) if self.worded is not None else self._replace(extra=share)

    def under(self, factor: Decimal) -> "Amount":
        """The same number under the scale of another one: `3` in `3 đến 5 triệu`."""
        return self._replace(factor=factor)


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
    if DESIGNATION.search(text, max(0, at - _LONGEST_TYPE), at) and not BELOW_ZERO.match(text, end):
        return None
    sign = SIGN.search(text, max(0, at - 4), at)
    start = (sign.start(1) if sign.group(1) else sign.start(2)) if sign else at
    amount = Amount(start, end, printed, negative=bool(sign) and text[start] in "-âÂ")
    amount = _scaled(text, amount)
    return None if amount.end == end and CODE_RIGHT.match(text, end) else amount


def _after_sign(text: str, amount: Amount) -> bool:
    """Whether a sign of money stands before the digits."""
    return bool(CURRENCY_LEFT.search(text, max(0, amount.start - 1), amount.start))


def _scaled(text: str, amount: Amount) -> Amount:
    """The amount with the scale that follows it."""
    glued = SCALE_GLUED.match(text, amount.end)
    if glued:
        word, more = glued.groups()
        if word == "k" and amount.printed in _RESOLUTIONS:
            return amount
        extra = Decimal(more) * scales()[word].scaleb(-len(more)) if more else Decimal(0)
        return amount._replace(end=glued.end(), factor=scales()[word], extra=extra)
    letter = SCALE_MONEY.match(text, amount.end)
    if letter and (_after_sign(text, amount) or CURRENCY_RIGHT.match(text, letter.end())):
        return amount._replace(end=letter.end(), factor=scales()[letter.group(1)])
    counted = SCALE_COUNTED.match(text, amount.end)
    if counted:
        return amount._replace(end=counted.end(), factor=scales()[counted.group(1)])
    first = SCALE.match(text, amount.end)
    if first is None:
        return amount
    factor, end = scales()[first.group(1).lower()], first.end()
    second = SCALE.match(text, end)
    if second:
        factor, end = factor * scales()[second.group(1).lower()], second.end()
    half = HALF.match(text, end)
    if half:
        return amount._replace(end=half.end(), factor=factor, extra=factor / 2)
    smaller = SMALLER_SCALE.match(text, end)
    if smaller and scales()[smaller.group(2)] < factor:
        rest = parse_digits(smaller.group(1))
        if rest is not None:
            return amount._replace(end=smaller.end(), factor=factor, extra=rest * scales()[smaller.group(2)])
    return amount._replace(end=end, factor=factor)


def read_words(text: str, start: int, end: int) -> Amount | None:
    """The number in words around a scale word; None where no number words precede it.

    >>> read_words("gần nửa triệu người", 8, 13).value()
    Decimal('500000')
    >>> read_words("hàng triệu người", 5, 10) is None
    True
    """
    if text[start:end].lower() in scales() and not SCALE.match(text, start):
        return None
    left = text[max(0, start - _REACH) : start].split(" ")
    before = _numerals_before(left[:-1]) if left[-1] == "" else []
    trigger = may_begin(text[start:end].lower())
    if not before and not trigger:
        return None
    words = [*before, text[start:end], *_words_after(text, end)]
    lowers = [word.lower() for word in words]
    begin = start - sum(len(word) + 1 for word in before)
    for first in range(len(before) + trigger):
        found = longest(lowers, first)
        if found and found[0] > len(before):
            last = _spoken_end(text, lowers, first, found[0], begin + sum(len(word) + 1 for word in words[: found[0]]))
            value = parse_words(lowers[first:last])
            at = begin + sum(len(word) + 1 for word in words[:first])
            return Amount(at, at + len(" ".join(words[first:last])), None, worded=value)
    return None


def _words_after(text: str, end: int) -> list[str]:
    """The words after an offset, up to the first that a sign follows."""
    after = text[end : end + _REACH].split(" ")
    found: list[str] = []
    for word in after[1:] if after[0] == "" else ():
        found.append(_LETTERS.match(word).group())  # type: ignore[union-attr]
        if found[-1] != word:
            break
    return found


def words_ending(text: str, end: int) -> Amount | None:
    """The number in words that ends at an offset, before `phần trăm` or `phần ba`.

    >>> words_ending("chiếm ba mươi lăm phần trăm", 17).value()
    Decimal('35')
    """
    before = _numerals_before(text[max(0, end - _REACH) : end].split(" "))
    for first in range(len(before)):
        value = parse_words([word.lower() for word in before[first:]])
        if value is not None:
            return Amount(end - len(" ".join(before[first:])), end, None, worded=value)
    return None


def _numerals_before(words: Sequence[str]) -> list[str]:
    """The last words, as far as they are number words; none before a line or a quotation that begins there."""
    bare = [_OPENED.sub("", word) for word in words]
    opened = [index for index, word in enumerate(words) if word != bare[index]]
    last = bare[opened[-1] :] if opened else bare
    return last[len(last) - last_run([word.lower() for word in last]) :]


def _spoken_end(text: str, lowers: Sequence[str], first: int, last: int, offset: int) -> int:
    """Without a last word that could count what follows rather than be a tenth: `một tỷ | hai bên`."""
    shorter = longest(lowers[: last - 1], first)
    if shorter is None or shorter[0] != last - 1 or numerals()[lowers[last - 2]].role not in ("scale", "hundred"):
        return last
    return last if SHORT_RIGHT.match(text, offset - 1) else last - 1
