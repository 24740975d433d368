"""Numbers in pairs: ranges and ratios, with one unit for both or one each."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from vnextract.figures.drafts import Draft
from vnextract.figures.numbers import Amount, read_digits, read_words, words_ending
from vnextract.figures.patterns import (
    AND,
    BETWEEN,
    EVERY,
    NAMES_ONE,
    OF_EVERY,
    PRODUCT,
    RANGE,
    RATIO,
    SPOKEN_SCALE,
)
from vnextract.figures.units import SIGN_LEFT, SIGN_OF_MONEY, read_measure, read_prefix, read_unit
from vnextract.figures.words import words
from vnextract.lexicon.numerals import longest, numerals, parse_words
from vnextract.records import UnitKind

_AHEAD = 60
_ONE = "một "
_NO_FIRST_END = words("no_end")
_SIGN = re.compile(r"[^\w].*", re.DOTALL)
_SIZES = frozenset((UnitKind.LENGTH, UnitKind.AREA, UnitKind.PERCENT, UnitKind.POINT, UnitKind.COUNT))
_DASHES = frozenset("-–—")
_SMALLEST_UNSCALED = 1000
"""From here on a first end does not take the second's scale: `500.000 - 1 triệu` against `3 đến 5 triệu`."""
_WIDEST = 10
"""A first end takes the second's printed thousands only where the range is no wider than this."""


def add_second(text: str, draft: Draft) -> None:
    """The second end of a range, or the whole of a ratio, where one follows."""
    _worded_range(text, draft)
    ratio = RATIO.match(text, draft.end)
    if draft.upper:
        return
    if ratio and not draft.amount.scaled:
        whole = _second(text, ratio.end())
        part = draft.amount.value(comma_groups=True)
        total = whole.value(comma_groups=True) if whole else None
        if whole and part is not None and total is not None and part <= total and _is_part(text, draft, part, whole):
            draft.amount = draft.amount.under(whole.factor)
            draft.total, draft.end = whole, whole.end
        return
    joint = _joint(text, draft)
    second = _second(text, joint.end()) if joint else None
    if second is None:
        return
    first = _aligned(draft.amount, second)
    if first is not None:
        draft.amount, draft.upper, draft.end = first, second, second.end


def _joint(text: str, draft: Draft) -> re.Match[str] | None:
    """What joins a number to the far end of the range that it may begin."""
    joint = RANGE.match(text, draft.end)
    if joint is None and BETWEEN.search(text, max(0, draft.start - _WIDEST), draft.start):
        return AND.match(text, draft.end)
    return joint


def read_fraction(text: str, start: int, end: int) -> Draft | None:
    """`hai phần ba`, `một nửa`, as a ratio: the word of the trigger stands from `start` to `end`.

    >>> found = read_fraction("chừng hai phần ba số hộ", 10, 14)
    >>> str(found.amount.value()), str(found.total.value()), found.end
    ('2', '3', 17)
    """
    if text.startswith("nửa", start):
        begin = start - len(_ONE) if text[:start].lower().endswith(_ONE) else start
        return Draft(begin, end, Amount(begin, end, None, Decimal(1)), total=Amount(start, end, None, Decimal(2)))
    part = words_ending(text, start - 1)
    following = [_SIGN.sub("", word) for word in text[end + 1 : end + _AHEAD].lower().split(" ")]
    count, parts = longest(following, 0) or (1, numerals()[following[0]].value)
    if part is None or part.worded is None or not 0 < part.worded < parts:
        return None
    last = end + 1 + len(" ".join(following[:count]))
    return Draft(part.start, last, part, total=Amount(end + 1, last, None, parts))


def multiply(text: str, draft: Draft) -> None:
    """`2x600 MW`: two numbers that make one, where what they measure can be added up; a size keeps both its sides."""
    product = PRODUCT.match(text, draft.end)
    second = _second(text, product.end()) if product and draft.amount.printed else None
    unit = read_measure(text, second.end, scaled=second.scaled) if second else None
    first = draft.amount.value(comma_groups=True)
    if second is None or unit is None or unit.kind in _SIZES or first is None:
        return
    draft.amount = second._replace(start=draft.amount.start, times=first, negative=draft.amount.negative)
    draft.end = second.end


def _is_part(text: str, draft: Draft, part: Decimal, whole: Amount) -> bool:
    """Whether a ratio counts a part of a whole: `32,7/100.000 người` does not, `96,1/100 điểm` does."""
    if NAMES_ONE.match(text, draft.amount.start):
        return False
    return part == part.to_integral_value() or text.startswith(" điểm", whole.end)


def _second(text: str, at: int) -> Amount | None:
    """The number at an offset, in digits or words, whatever stands before it."""
    ahead = text[at : at + _AHEAD]
    if ahead[:1].isdigit():
        digits = read_digits(" " + ahead, 1)
        return digits._replace(start=digits.start + at - 1, end=digits.end + at - 1) if digits else None
    scale = SPOKEN_SCALE.search(ahead)
    found = read_words(text, at + scale.start(), at + scale.end()) if scale else None
    return found if found and found.start == at else None


def _aligned(first: Amount, second: Amount) -> Amount | None:
    """The first end of a range under the scale that it means; None where the two make no ascending range."""
    low, high = first.value(), second.value()
    if low is None or high is None or first.negative or second.negative:
        return None
    if _lacks_hundreds(first, second):
        first = first._replace(printed=f"{first.printed}00")
    if not first.scaled and second.scaled:
        shared = first.under(second.factor)
        value = shared.value()
        if value is not None and value < high:
            return shared
        return first if _SMALLEST_UNSCALED <= low < high else None
    if _lacks_thousands(first, second):
        return first._replace(printed=f"{first.printed}.000")
    return first if low < high else None


def _lacks_hundreds(first: Amount, second: Amount) -> bool:
    """Whether the first end leaves out the hundreds that the second one prints: `6-700k`."""
    low, high = first.printed or "", second.printed or ""
    return second.scaled and len(low) == 1 and len(high) == 3 and high.endswith("00") and "0" < low < high[0]


def _lacks_thousands(first: Amount, second: Amount) -> bool:
    """Whether the first end leaves out the thousands that the second one prints: `120-150.000 đồng`."""
    if not (first.printed and second.printed and second.grouped) or first.scaled or second.scaled:
        return False
    thousands, printed = second.printed.rsplit(".", 1)[0], first.printed
    short = printed.isdigit() and printed[0] != "0" and len(printed) <= 3 and printed.isascii()
    return short and second.printed.endswith("00") and thousands.isdigit() and _within(int(printed), int(thousands))


def _within(low: int, high: int) -> bool:
    """Whether two numbers could be the ends of one range."""
    return low < high <= low * _WIDEST


def _worded_range(text: str, draft: Draft) -> None:
    """`hai đến ba triệu`, `một đến 4 phòng`: the first end in words before the amount."""
    before = text[max(0, draft.start - 14) : draft.start].split(" ")
    if len(before) < 3 or before[-1] or before[-2] not in ("đến", "tới", "-") or draft.amount.negative:
        return
    value, last = _first_end(text, before[:-2], draft.amount), draft.amount.value()
    if value is not None and last is not None and value < last:
        start = draft.start - len(before[-3]) - len(before[-2]) - 2
        draft.upper = draft.amount
        draft.amount = Amount(start, start + len(before[-3]), None, worded=value)
        draft.start = start


def _first_end(text: str, before: Sequence[str], last: Amount) -> Decimal | None:
    """The value of the last word before a range, under the scale of its far end; None where it is no number."""
    first = before[-1].lower()
    if first not in numerals():
        return None
    if last.worded is None:
        goes_on = len(before) > 1 and before[-2].lower() in numerals()
        return None if goes_on or first in _NO_FIRST_END else parse_words([first])
    spoken = text[last.start : last.end].split(" ")
    return parse_words([first, *spoken[1:]]) if len(spoken) > 1 else None


def in_proportion(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with `cứ 10 người thì 3` made one ratio, where both numbers count the same."""
    made: list[Draft] = []
    for draft in drafts:
        if made and _is_of_every(text, made[-1], draft):
            whole = made.pop()
            draft = replace(draft, start=whole.start, total=whole.amount, unit=draft.unit or whole.unit)
        made.append(draft)
    return made


def _is_of_every(text: str, whole: Draft, part: Draft) -> bool:
    if not EVERY.search(text, max(0, whole.start - _WIDEST), whole.start) or whole.unit is None or whole.upper:
        return False
    if not OF_EVERY.fullmatch(text, whole.end, part.start) or part.upper or part.total or whole.total:
        return False
    first, second = whole.amount.value(), part.amount.value()
    alike = part.unit is None or part.unit.name.split(" ")[0] == whole.unit.name.split(" ")[0]
    return alike and first is not None and second is not None and second <= first


def _join_signed(text: str, draft: Draft, at: int) -> None:
    """`$40 - $60`, `VND1000-VND2000`: the sign of money before both ends."""
    sign = SIGN_LEFT.match(text, at)
    second = _second(text, sign.end()) if sign else None
    prefix = read_prefix(text, second.start) if second else None
    if second is None or prefix is None or draft.unit is None or prefix[1] != draft.unit.name:
        return
    first = _aligned(draft.amount, second)
    if first is not None:
        draft.amount, draft.upper, draft.end = first, second, second.end


def join_far_end(text: str, draft: Draft) -> None:
    """`500 triệu đồng đến 1 tỷ đồng`: both ends of a range with their units."""
    if draft.upper or draft.total or draft.unit is None:
        return
    joint = _joint(text, draft)
    if joint and draft.unit.rule == SIGN_OF_MONEY:
        _join_signed(text, draft, joint.end())
        return
    if joint is None or (draft.unit.noun and joint.group().strip() in _DASHES):
        return
    second = _second(text, joint.end())
    unit = read_unit(text, second.end, scaled=second.scaled) if second else None
    if second is None or unit is None or not unit.name.startswith(draft.unit.name):
        return
    first = _aligned(draft.amount, second)
    if first is not None:
        draft.amount, draft.upper, draft.end, draft.unit = first, second, unit.end, unit
