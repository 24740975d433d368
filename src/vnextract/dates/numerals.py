"""Numbers in digits and words, as dates need them: counts of units, days of a month, years.

The only place of this room that knows number words and units of time.
"""

from vnextract.dates.words import values
from vnextract.lexicon.tables import table
from vnextract.records import Grain

_ROLES = {row["word"]: row["role"] for row in table("number_words")}
_NUMBERS = {row["word"]: float(row["value"]) for row in table("number_words")}
NUMBER_WORDS = frozenset(word for word, role in _ROLES.items() if role in ("digit", "ten", "half") and _NUMBERS[word])
"""Words that can begin a numeral."""
DIGITS = "|".join(word for word, role in _ROLES.items() if role in ("digit", "after_ten") and _NUMBERS[word])
"""The words for one to nine as an alternation."""
SHORT_TENS = "|".join(word for word, role in _ROLES.items() if role == "after_ten")
"""Ones that can follow a ten without `mươi`: `hai lăm`."""
UNITS = values("unit") | {"h": "PT1H", "g": "PT1H"}
"""Unit of time → its ISO 8601 length."""
_LETTERS = {"D": Grain.DAY, "W": Grain.WEEK, "M": Grain.MONTH, "Y": Grain.YEAR}
_MULTIPLES = {"P3M": Grain.QUARTER, "P10Y": Grain.DECADE, "P100Y": Grain.CENTURY}


def base_grain(unit: str) -> Grain:
    """The grain that a unit is a multiple of: years for `thập kỷ`, months for `quý`."""
    iso_unit = UNITS[unit]
    if iso_unit.startswith("PT"):
        return Grain.HOUR if iso_unit.endswith("H") else Grain.MINUTE
    return _LETTERS[iso_unit[-1]]


def unit_grain(unit: str) -> Grain:
    """The grain of the unit itself: decades for `thập kỷ`."""
    return _MULTIPLES.get(UNITS[unit]) or base_grain(unit)


def scale(unit: str) -> int:
    """How many of its base grain a unit is.

    >>> scale("thập kỷ"), base_grain("thập kỷ").value, unit_grain("thập kỷ").value
    (10, 'year', 'decade')
    """
    return int("".join(filter(str.isdigit, UNITS[unit])))


def number(text: str, short_tens: bool = False) -> float | None:
    """The value of a numeral in digits or words; None where the words make none.

    With `short_tens` every pair of digits may leave out `mươi`, as years do: `chín trăm ba tám`.

    >>> number("hai mươi lăm"), number("1,5"), number("3.000"), number("hai nghìn"), number("nửa"), number("hai lăm")
    (25.0, 1.5, 3000.0, 2000.0, 0.5, 25.0)
    """
    if text[0].isdigit():
        whole, _, fraction = text.replace(".", ",").partition(",")
        return float(whole + fraction) if "." in text and len(fraction) == 3 else float(f"{whole}.{fraction or 0}")
    total = group = 0.0
    has_tens = False
    for word in text.replace("không trăm", "linh").split():
        value = _NUMBERS[word]
        if value >= 1000:
            total, group, has_tens = total + (group or 1) * value, 0.0, False
        elif value >= 10:
            has_tens = has_tens or value == 10
            is_scale = group and word != "mười"
            group = (
                (group * value if group < 10 else group // 10 * 10 + group % 10 * value) if is_scale else group + value
            )
        elif group % 10 and value:
            if has_tens or not (short_tens or _ROLES[word] == "after_ten"):
                return None
            group, has_tens = group + group % 10 * 9 + value, True
        else:
            group += value
    return total + group


def year_number(text: str) -> int | None:
    """The year that words name, in full or digit by digit; None where they name none.

    >>> [year_number(words) for words in ("hai nghìn không trăm mười ba", "hai không hai ba", "một chín bảy lăm")]
    [2013, 2023, 1975]
    >>> year_number("chín trăm ba tám"), year_number("hai không linh sáu")
    (938, 2006)
    """
    first, second, *rest = text.split()
    if _NUMBERS[second] >= 100:
        value = number(text, short_tens=True)
        return int(value) if value else None
    pair = number(" ".join(rest), short_tens=True)
    return None if pair is None else int(1000 * _NUMBERS[first] + 100 * _NUMBERS[second] + pair)


def iso(count: float, unit: str) -> str | None:
    """An ISO 8601 length of so many units, in whole numbers; None where that cannot be.

    >>> iso(1.5, "P1Y"), iso(0.5, "PT1H"), iso(1.5, "P1W"), iso(2, "P10Y"), iso(0.25, "P100Y")
    ('P1Y6M', 'PT30M', 'P10D', 'P20Y', 'P25Y')
    """
    prefix, letter = ("PT" if unit.startswith("PT") else "P"), unit[-1]
    amount = count * int(unit[len(prefix) : -1])
    whole, rest = divmod(amount, 1)
    if not rest:
        return f"{prefix}{int(whole)}{letter}"
    if letter == "W":
        return f"P{int(amount * 7)}D"
    smaller, size = {"PY": ("M", 12), "PM": ("D", 30), "PD": ("TH", 24), "PTH": ("M", 60), "PTM": ("S", 60)}.get(
        prefix + letter, ("", 0)
    )
    if not smaller:
        return None
    return prefix + (f"{int(whole)}{letter}" if whole else "") + f"{smaller[:-1]}{round(rest * size)}{smaller[-1]}"
