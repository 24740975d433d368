"""Vietnamese letters as bodies of character classes: a range such as `à-ỹ` would mix capitals and small letters."""

_BASES = "aăâeêioôơuưy"
_MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _letters() -> str:
    from unicodedata import normalize

    vowels = "".join(normalize("NFC", base + mark) for base in _BASES for mark in _MARKS)
    return vowels + "bcdđfghjklmnpqrstvwxz"


LOWER = _letters()
"""Every small letter of Vietnamese, with the Latin letters that foreign names need."""
UPPER = LOWER.upper()
"""Every capital letter."""
LETTER = LOWER + UPPER
"""Both."""
