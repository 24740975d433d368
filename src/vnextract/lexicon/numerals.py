"""Numbers in words, read in one place for figures and dates: northern and southern habit, short forms of speech."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, getcontext
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.tables import table

LONGEST = 40
"""Numbers of more words than this are not read."""

_MILLION = Decimal(1_000_000)
_FIRST = frozenset(("digit", "ten", "twenties", "half", "minus"))
_PARTING = frozenset(("scale", "hundred", "point", "minus"))
_MOST_BETWEEN = 3
"""Words between one scale and the next: `hai mươi mốt`."""
_MOST_DIGITS = 12
"""Digits after the point."""
_UNSPOKEN = frozenset(("một", "năm"))
"""After a scale these are no tenth of it: `ba nghìn năm` are years, `một trăm một` is not said."""


class Numeral(NamedTuple):
    """A number word: its value, and what it does in a number."""

    value: Decimal
    role: str


@cache
def numerals() -> Mapping[str, Numeral]:
    """The number words."""
    return {row["word"]: Numeral(Decimal(row["value"]), row["role"]) for row in table("numerals")}


def parse_words(words: Sequence[str]) -> Decimal | None:
    """The value of a number in lower-case words; None where they make no number.

    >>> [str(parse_words(words.split())) for words in ("hai mươi mốt nghìn không trăm mười một", "nửa triệu")]
    ['21011', '500000']
    >>> str(parse_words("một tỷ rưỡi".split())), str(parse_words("ba phẩy năm".split())), parse_words(["hai", "ba"])
    ('1500000000', '3.5', None)
    >>> [str(parse_words(words.split())) for words in ("một trăm hai", "bốn triệu sáu", "âm ba nghìn linh tư")]
    ['120', '4600000', '-3004']
    """
    if not words or len(words) > LONGEST or any(word not in numerals() for word in words):
        return None
    if _role(words[0]) == "minus":
        value = _unsigned(words[1:])
        return -value if value is not None else None
    return _unsigned(words)


def longest(words: Sequence[str], at: int) -> tuple[int, Decimal] | None:
    """The longest number that begins at a word: the index after it, and its value; None where none begins there.

    >>> longest("dài hai mươi mốt nghìn năm ánh sáng".split(), 1)
    (5, Decimal('21000'))
    """
    if at >= len(words) or words[at] not in numerals() or _role(words[at]) not in _FIRST:
        return None
    end = at + _extent(words[at : at + LONGEST])
    for last in range(end, at, -1):
        value = parse_words(words[at:last])
        if value is not None:
            return last, value
    return None


def last_run(words: Sequence[str]) -> int:
    """How many of the last words could belong to one number that goes on after them.

    >>> last_run("gồm hai mươi hai mươi mốt".split())
    3
    """
    return _extent(words[::-1])


def _extent(words: Sequence[str]) -> int:
    """How many of the first words one number could have: few between one scale and the next, no scale often."""
    since, most, last = 0, _MOST_BETWEEN, ""
    seen: list[str] = []
    for count, word in enumerate(words):
        role = _role(word) if word in numerals() else ""
        if not role or count == LONGEST:
            return count
        if role not in _PARTING:
            since += 1
            if since > most:
                return count
            continue
        double = role == "scale" and word == last and since == 0
        often = 2 if role == "scale" and numerals()[word].value < _MILLION else 1
        if (role == "hundred" and last == word) or (role != "hundred" and seen.count(word) >= often and not double):
            return count
        seen.append(word)
        since, last = 0, word
        most = _MOST_DIGITS if role == "point" else _MOST_BETWEEN
    return len(words)


def may_begin(word: str) -> bool:
    """Whether a lower-case word may be the first of a number.

    >>> may_begin("hai"), may_begin("mươi")
    (True, False)
    """
    return word in numerals() and _role(word) in _FIRST


def plain(value: Decimal) -> Decimal:
    """The same value without a fraction of zeros; one of too many digits to be exact stays as it is."""
    whole = value == value.to_integral_value() and value.adjusted() < getcontext().prec
    return value.quantize(Decimal(1)) if whole else value


def _role(word: str) -> str:
    return numerals()[word].role


def _unsigned(words: Sequence[str]) -> Decimal | None:
    points = [index for index, word in enumerate(words) if _role(word) == "point"]
    if points:
        return _with_point(words, points[0]) if len(points) == 1 else None
    return _whole(words)


def _whole(words: Sequence[str], *, last: bool = True, rest: bool = False) -> Decimal | None:
    """A number without a point: split at the last of its largest scales, `hai nghìn tỷ` at `tỷ`.

    Only the `last` part may end in a tenth of its scale; the `rest` after a scale may leave out `mươi`: `hai sáu`.
    """
    scales = [(numerals()[word].value, index) for index, word in enumerate(words) if _role(word) == "scale"]
    if not scales:
        return _below_thousand(words, short=rest)
    factor, at = max(scales)
    left = _whole(words[:at], last=False)
    if left is None or left == 0:
        return None
    right = _after_scale(words[at + 1 :], factor, last)
    return plain(left * factor + right) if right is not None and right < factor else None


def _after_scale(words: Sequence[str], factor: Decimal, last: bool) -> Decimal | None:
    """What stands after a scale: nothing, a half or some tenths of it, or a smaller number."""
    if not words:
        return Decimal(0)
    first = numerals()[words[0]]
    if len(words) == 1:
        if first.role == "and_half":
            return factor / 2
        if first.role == "ten":
            return first.value
        return first.value * factor / 10 if last and _is_tenth(words[0]) else None
    if first.role == "zero_tens":
        low = _whole(words[1:], last=last) if len(words) > 2 else _unit(words[1])
        return low if low else None
    return _whole(words, last=last, rest=words[-1] not in _UNSPOKEN)


def _is_tenth(word: str) -> bool:
    """Whether a word after a scale says how many tenths of it follow: `bốn triệu sáu`."""
    number = numerals()[word]
    return number.role in ("digit", "after_ten") and word not in _UNSPOKEN and number.value > 0


def _with_point(words: Sequence[str], at: int) -> Decimal | None:
    """`ba phẩy năm`, `hai phẩy bảy mươi lăm triệu`."""
    scale = next((index for index, word in enumerate(words) if index > at and _role(word) == "scale"), len(words))
    factor = Decimal(1)
    for word in words[scale:]:
        if _role(word) != "scale":
            return None
        factor *= numerals()[word].value
    left, right = _whole(words[:at]) if at else None, _fraction(words[at + 1 : scale])
    if left is None or right is None or left != left.to_integral_value():
        return None
    value = Decimal(f"{left}.{right}")
    return plain(value * factor) if factor != 1 else value


def _fraction(words: Sequence[str]) -> str | None:
    """The digits after the point, said one by one or as a number below a thousand."""
    if not words:
        return None
    if all(_role(word) == "digit" for word in words):
        return "".join(str(numerals()[word].value) for word in words)
    if len(words) == 1 and _role(words[0]) == "after_ten":
        return str(numerals()[words[0]].value)
    below = _below_thousand(words)
    if below is None and all(_role(word) in ("digit", "after_ten") for word in words):
        return "".join(str(numerals()[word].value) for word in words)
    return None if below is None or below != below.to_integral_value() else str(below)


def _below_thousand(words: Sequence[str], *, short: bool = False) -> Decimal | None:
    """`hai trăm linh năm`, `mười một`, `nửa`, `một trăm hai`; `short` as for `_below_hundred`."""
    if not words:
        return None
    if len(words) == 1 and _role(words[0]) == "half":
        return numerals()[words[0]].value
    if len(words) < 2 or _role(words[1]) != "hundred":
        return _below_hundred(words, short=short)
    if _role(words[0]) != "digit":
        return None
    hundreds, rest = numerals()[words[0]].value * 100, words[2:]
    if not rest:
        return hundreds
    first = _role(rest[0])
    if first == "and_half":
        return hundreds + 50 if len(rest) == 1 else None
    if first == "zero_tens":
        low = _unit(rest[1]) if len(rest) == 2 else None
        return hundreds + low if low else None
    if len(rest) == 1 and first != "ten":
        return hundreds + numerals()[rest[0]].value * 10 if _is_tenth(rest[0]) else None
    low = _below_hundred(rest, short=True)
    return hundreds + low if low is not None and low >= 10 else None


def _below_hundred(words: Sequence[str], *, short: bool = False) -> Decimal | None:
    """A number of tens and units; `short` where it can only be that: `(một trăm) bốn bảy`, but `bốn năm (người)`."""
    roles = [_role(word) for word in words]
    values = [numerals()[word].value for word in words]
    match roles:
        case ["digit" | "ten"]:
            return values[0]
        case ["ten" | "twenties", "digit" | "after_ten"]:
            return values[0] + values[1] if values[1] else None
        case ["digit", "tens"]:
            return values[0] * 10 if values[0] else None
        case ["digit", "tens", "digit" | "after_ten"]:
            return values[0] * 10 + values[2] if values[0] and values[2] else None
        case ["digit", "after_ten"]:
            return values[0] * 10 + values[1] if values[0] > 1 else None
        case ["digit", "digit"]:
            return _pair(words, values, short)
        case _:
            return None


def _pair(words: Sequence[str], values: Sequence[Decimal], short: bool) -> Decimal | None:
    """Two digits without `mươi`; alone, neighbours make an approximate number: `hai ba người`."""
    if values[0] < 2 or values[1] == 0:
        return None
    approximate = values[1] > values[0] or _UNSPOKEN.intersection(words)
    return None if approximate and not short else values[0] * 10 + values[1]


def _unit(word: str) -> Decimal | None:
    number = numerals()[word]
    return number.value if number.role in ("digit", "after_ten") else None
