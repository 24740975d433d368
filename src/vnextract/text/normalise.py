"""One spelling for everything after: NFC, plain spaces, no invisible characters, one placement of tone marks."""

import re
import unicodedata
from array import array

from vnextract.text.alignment import Alignment
from vnextract.text.letters import LETTER

_ONE_TO_ONE = {
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f", " "
    ),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u00f0": "đ",
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    # Letters whose other case has another spelling: a pattern that ignores case would find them, a table would not.
    "\u0130": "I",
    "\u0131": "i",
    "\u017f": "s",
}
_DROPPED = "\u00ad\ufeff" + "".join(map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]))
_CONTROL = "".join(chr(c) for c in [*range(0, 9), *range(14, 32), *range(127, 133), *range(134, 160)])
_LOOK_ALIKES = dict(zip("аеорсухіАВЕКМНОРСТХІΑΒΕΗΙΚΜΝΟΡΤΧο", "aeopcyxiABEKMHOPCTXIABEHIKMNOPTXo", strict=True))

_ODD = re.compile(
    f"[{''.join(map(re.escape, _ONE_TO_ONE))}{_DROPPED}{re.escape(_CONTROL)}\r\ud800-\udfff{''.join(_LOOK_ALIKES)}]"
)
_LOOK_ALIKE_IN_WORD = re.compile(
    f"(?<=[{LETTER}])[{''.join(_LOOK_ALIKES)}]+(?![\u0370-\u052f])"
    f"|(?<![\u0370-\u052f])[{''.join(_LOOK_ALIKES)}]+(?=[{LETTER}])"
)
# Bounded, for putting endless marks in order takes time quadratic in their number. No mark belongs to a surrogate.
_CLUSTER = re.compile("\r\n|[\ud800-\udfff]|(?s:.)[\u0300-\u036f]{0,30}")

# Lone surrogates become line breaks: no mention may hold one, for such a mention could not be written as JSON.
_TRANSLATE = {
    **{ord(a): b for a, b in _ONE_TO_ONE.items()},
    **dict.fromkeys(map(ord, _DROPPED + _CONTROL), ""),
    13: "\n",
    **dict.fromkeys(range(0xD800, 0xE000), "\n"),
}

# oà → òa, oè → òe, uý → úy at the end of a syllable; `quý` is spelt alike in both conventions.
_OLD_TONES = "àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ"
_TONED = {
    first_letter + toned: tone_first + plain
    for first_letter, plain, toneds, tone_firsts in (
        ("o", "a", _OLD_TONES[0], "òóỏõọ"),
        ("o", "e", _OLD_TONES[1], "òóỏõọ"),
        ("u", "y", _OLD_TONES[2], "ùúủũụ"),
    )
    for toned, tone_first in zip(toneds, tone_firsts, strict=True)
}
_TONED |= {key.title(): value.title() for key, value in _TONED.items()} | {
    key.upper(): value.upper() for key, value in _TONED.items()
}
# Some web pages print the tone on the glide after a marked vowel, where no spelling has it: `hôị`, `ngươì`, `tiêủ`.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_TONED |= {
    unicodedata.normalize("NFC", vowel + glide + tone): unicodedata.normalize("NFC", vowel + tone) + glide
    for vowel in "âêôơưÂÊÔƠƯ"
    for glide in "iyuaoIYUAO"
    for tone in _TONES
}
_GLIDES = "ìíỉĩịỳýỷỹỵùúủũụàáảãạòóỏõọÌÍỈĨỊỲÝỶỸỴÙÚỦŨỤÀÁẢÃẠÒÓỎÕỌ"
_TONE_PLACEMENT = re.compile(
    f"(?:[oO][àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸ]|(?<![qQ])[uU][ỳýỷỹỵỲÝỶỸỴ]|[âêôơưÂÊÔƠƯ][{_GLIDES}])(?![{LETTER}])"
)


def place_tones(text: str) -> str:
    """Write tone marks the way most newspapers do; the length never changes.

    >>> place_tones("Uỷ ban, hoà bình, Thuý, quý, hoàn, ngươì")
    'Ủy ban, hòa bình, Thúy, quý, hoàn, người'
    """
    return _TONE_PLACEMENT.sub(lambda match: _TONED.get(match.group(), match.group()), text)


def fold(text: str) -> str:
    """The comparison key: NFC, lower case, one tone placement, white space as single spaces.

    >>> fold("UỶ  BAN") == fold("ủy ban")
    True
    """
    return " ".join(place_tones(unicodedata.normalize("NFC", text)).lower().split())


def _look_alikes(text: str) -> str:
    return _LOOK_ALIKE_IN_WORD.sub(lambda match: "".join(_LOOK_ALIKES[c] for c in match.group()), text)


def normalise(raw: str) -> tuple[str, Alignment]:
    """The text that extractors read, and the way back to `raw`.

    Offsets agree one to one unless characters had to be composed or left out.

    >>> text, alignment = normalise("U\u0309y ban")
    >>> text, alignment.to_raw(0, 2)
    ('Ủy ban', (0, 3))
    """
    if unicodedata.is_normalized("NFC", raw) and not _ODD.search(raw):
        return place_tones(raw), Alignment()
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    for match in _CLUSTER.finditer(raw):
        piece = unicodedata.normalize("NFC", match.group().translate(_TRANSLATE))
        if match.group() == "\r\n":
            piece = "\n"
        if not piece:
            continue
        pieces.append(piece)
        for _ in piece:
            starts.append(match.start())
            ends.append(match.end())
    text = place_tones(_look_alikes("".join(pieces)))
    one_to_one = len(text) == len(raw) and starts == array("q", range(len(raw)))
    return text, Alignment() if one_to_one else Alignment(starts, ends)
