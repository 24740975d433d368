"""Numbers as dates need them: counts of units, days of a month, years; and the units of time."""

from vnextract.dates.words import values
from vnextract.lexicon.numerals import numerals, parse_words
from vnextract.records import Grain

_COUNTING = ("digit", "ten", "twenties", "half")
NUMBER_WORDS = frozenset(word for word, one in numerals().items() if one.role in _COUNTING and one.value)
"""Words that can begin a numeral."""
DIGITS = "|".join(word for word, one in numerals().items() if one.role in ("digit", "after_ten") and one.value)
"""The words for one to nine as an alternation."""
SHORT_TENS = "|".join(word for word, one in numerals().items() if one.role == "after_ten")
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


def number(text: str) -> float | None:
    """The value of a numeral in digits or words; None where the words make none.

    >>> number("hai mươi lăm"), number("1,5"), number("3.000"), number("hai nghìn"), number("nửa"), number("tư")
    (25.0, 1.5, 3000.0, 2000.0, 0.5, 4.0)
    """
    if text[0].isdigit():
        whole, _, fraction = text.replace(".", ",").partition(",")
        return float(whole + fraction) if "." in text and len(fraction) == 3 else float(f"{whole}.{fraction or 0}")
    words = text.split()
    value = numerals()[text].value if text in numerals() else parse_words(words)
    return None if value is None else float(value)


def year_number(text: str) -> int | None:
    """The year that words name, in full or digit by digit; None where they name none.

    >>> [year_number(words) for words in ("hai nghìn không trăm mười ba", "hai không hai ba", "một chín bảy lăm")]
    [2013, 2023, 1975]
    >>> year_number("chín trăm ba tám"), year_number("hai không linh sáu")
    (938, 2006)
    >>> year_number("hai không một sáu")
    2016
    """
    first, second, *rest = text.split()
    known = numerals()
    if known[second].value >= 100:
        value = parse_words(text.split())
        return int(value) if value else None
    # After a hundred two digits are a number (`ba tám`), where alone they would be a guess at one.
    digits = [known[word].value for word in rest if known[word].role == "digit"]
    is_spelt = len(rest) == len(digits) == 2
    pair = 100 + 10 * digits[0] + digits[1] if is_spelt else parse_words(["một", "trăm", *rest])
    return None if pair is None else int(1000 * known[first].value + 100 * known[second].value + pair) - 100


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
