"""The letters of the press, defined once: what a capital is, what a small letter, and how a text looks in lower case.

`UPPER`, `LOWER`, `LETTER` and `ACCENTED` are bodies of character classes for hot scans with `re`; a range such as
`à-ỹ` would take half of the Vietnamese capitals for small letters. Where a pattern is compiled with `regex`, `\\p{Lu}`,
`\\p{Ll}` and `\\p{L}` say the same of every script.
"""

import regex

_BLOCKS = (range(0x41, 0x180), range(0x1A0, 0x1A2), range(0x1AF, 0x1B1), range(0x1E00, 0x1F00))
_PRINTED = "".join(chr(code) for block in _BLOCKS for code in block)

UPPER = "".join(regex.findall(r"(?V1)[\p{Lu}&&\p{Latin}]", _PRINTED))
"""Every capital letter of the Latin script as newspapers print it, as the body of a character class."""
LOWER = "".join(regex.findall(r"(?V1)[\p{Ll}&&\p{Latin}]", _PRINTED))
"""Every small letter of the same, as the body of a character class."""
LETTER = LOWER + UPPER
"""Both."""
ACCENTED = "".join(letter for letter in LETTER if not letter.isascii())
"""Those of both that ASCII lacks: `à`, `Đ`."""

CAPITALISED = regex.compile(r"\p{Lu}[\p{L}\p{M}'’]*+(?: \p{Lu}[\p{L}\p{M}'’]*+)*+")
"""A run of words printed with a capital, whatever their script: `Nguyễn Văn Hòa`, `Maroš Šefčovič`."""


def lowered(text: str) -> str:
    """The text in lower case, character by character, so that offsets agree.

    >>> lowered("ỦY BAN Mặt trận"), len(lowered("İzmir"))
    ('ủy ban mặt trận', 5)
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
