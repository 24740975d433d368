"""Bytes to text: Unicode and the encodings of Vietnamese before it, told apart by what the text would say.

A reading is judged by how many of its words with accents could be Vietnamese syllables; in a wrong one next to none.
"""

import codecs
import re
import string
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from vnextract.errors import InputFileError
from vnextract.lexicon.tables import table

SAMPLE = 65_536
"""Bytes that are enough to tell a file's encoding."""
UTF8 = "UTF-8"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_BEYOND_ASCII = re.compile(b"[\x80-\xff]")
_MODERN = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_PUNCTUATION = "“”‘’–…" + string.punctuation + string.digits
_MOJIBAKE = re.compile("á[»º].|Ä[‘\u0091\u0090]|Æ[°¡]|Ã[\u0080-¿]")
_WORD = re.compile(r"[^\W\d_]+")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_JUDGED = 4_000
_CONVINCING = 0.6


class NotTextError(InputFileError):
    """Bytes that are no text in any encoding known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what was done to get it."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a whole file.

    Raises:
        NotTextError: binary data, or an encoding that is not known here.

    >>> decode("C«ng an tØnh Lai Ch©u".encode("latin-1"))
    Decoded(text='Công an tỉnh Lai Châu', warnings=('converted from TCVN3',))
    """
    return decode_as(encoding_of(data), data)


def decode_as(encoding: str, data: bytes) -> Decoded:
    """The text of data in the encoding that `encoding_of` told; damaged characters are replaced, which is mentioned."""
    if encoding in _OLD:
        return Decoded(_OLD[encoding](_western(data)), (f"converted from {encoding}",))
    if encoding == "windows-1258":
        return Decoded(_windows_1258(data), (f"converted from {encoding}",))
    if encoding == "windows-1252":
        return Decoded(_western(data), (f"read as {encoding}",))
    try:
        text = data.decode(encoding)
        damage: tuple[str, ...] = ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        damage = (f"damaged characters replaced: {text.count(chr(0xFFFD))}",)
    return Decoded(text, damage if encoding.startswith(("UTF-8", "utf-8")) else (f"converted from {encoding}", *damage))


def encoding_of(data: bytes, *, cut: bool = False) -> str:
    """The name of the encoding: UTF-8, a UTF-16, windows-1258, TCVN3, VNI or windows-1252.

    Args:
        data: A file, or its beginning.
        cut: The data may end within a character.

    Raises:
        NotTextError: binary data, or an encoding that is not known here.
    """
    if wide := _unicode(data[:SAMPLE]):
        return wide
    if _is_utf8(data, final=not cut):
        return UTF8
    return _without_unicode(_from_first_accent(data))


def encoding_of_lines(beginning: bytes) -> str | None:
    """As `encoding_of`, for lines that need not all have the same one: that of those which are not UTF-8.

    None where they have none in common.

    Raises:
        NotTextError: binary data.
    """
    if wide := _unicode(beginning[:SAMPLE]):
        return wide
    whole, _, _ = beginning.rpartition(b"\n")
    foreign = b"\n".join(line for line in (whole or beginning).split(b"\n") if not _is_utf8(line, final=bool(whole)))
    if not foreign:
        return UTF8
    try:
        return _without_unicode(_from_first_accent(foreign))
    except NotTextError:
        return None


def decode_line(data: bytes, usual: str | None) -> Decoded:
    """The text of one line: UTF-8 where it is, else in the encoding of the other lines, else in its own.

    Args:
        data: The line.
        usual: What `encoding_of_lines` told of the file.

    Raises:
        NotTextError: it is in no encoding that is known here.

    >>> decode_line("Häp b¸o".encode("latin-1"), "VNI").text, decode_line("Họp báo".encode(), "TCVN3").text
    ('Họp báo', 'Họp báo')
    """
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if usual is None or usual.upper().startswith(UTF8):
        return decode(data)
    expected = decode_as(usual, data)
    if _vietnamese(expected.text) >= _CONVINCING:
        return expected
    try:
        return decode(data)
    except NotTextError:
        return expected


def _is_utf8(data: bytes, *, final: bool = True) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=final)
    except UnicodeDecodeError:
        return False
    return True


def _unicode(sample: bytes) -> str | None:
    """The encoding that a mark tells, or a UTF-16 without one; None where it must be looked at more closely."""
    for mark, name in _BYTE_ORDER_MARKS:
        # Two bytes may be chance.
        if sample.startswith(mark) and (name != "utf-16" or len(sample) < 4 or _wide(sample[2:])):
            return name
    if wide := _wide(sample):
        return wide
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 100:
        raise NotTextError("this is binary data, not text")
    return None


def _from_first_accent(data: bytes) -> bytes:
    first = _BEYOND_ASCII.search(data)
    start = max(0, first.start() - 100) if first else 0
    return data[start : start + SAMPLE]


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero, and what they make is text."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) > 0.02 * half or max(even, odd) < 0.3 * half:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: 2 * half].decode(name, "replace")
    controls = sum(character < " " and not character.isspace() for character in text)
    return name if controls <= half // 100 else None


def _without_unicode(sample: bytes) -> str:
    replaced = sample.decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in replaced)
    if replaced.count("\ufffd") <= foreign * 0.05:
        return UTF8
    western = _western(sample)
    readings: dict[str, Callable[[], str]] = {
        "windows-1258": partial(_windows_1258, sample),
        **{name: partial(convert, western) for name, convert in _OLD.items()},
    }
    shares = {name: _vietnamese(reading()) for name, reading in readings.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= _CONVINCING:
        return best
    if _looks_western(western):
        return "windows-1252"
    raise NotTextError("this is neither UTF-8, UTF-16, windows-1258, TCVN3 nor VNI text")


def _looks_western(text: str) -> bool:
    """Mostly plain letters, and the accented ones among them stand in words: French, say."""
    foreign = [character for character in text if character > "\x7f"]
    letters = sum(character.isalpha() or character in "“”‘’–…«»°" for character in foreign)
    return len(foreign) < 0.15 * len(text) and letters > 0.9 * len(foreign)


def _western(data: bytes) -> str:
    """As windows-1252, the bytes that it leaves undefined as the control characters they are."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_windows_1252_extras())


@cache
def _windows_1252_extras() -> Mapping[int, str]:
    return {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(128, 160)}


def _windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def _tcvn3(text: str) -> str:
    converted = text.translate(_tcvn3_letters())
    return "\n".join(map(_capitals, text.split("\n"), converted.split("\n")))


def _capitals(before: str, line: str) -> str:
    """Where a font of capitals must have shown the text, as plain letters tell, the accented ones are capitals too."""
    plain = [letter for letter in before if letter.isascii() and letter.isalpha()]
    if len(plain) > 3 and all(letter.isupper() for letter in plain):
        return line.upper()
    return _WORD.sub(lambda match: _capital_word(before[match.start() : match.end()], match.group()), line)


def _capital_word(before: str, word: str) -> str:
    told = [letter for code, letter in zip(before, word, strict=True) if code.isascii() or letter.isupper()]
    return word.upper() if len(told) > 1 and all(letter.isupper() for letter in told) else word


@cache
def _tcvn3_letters() -> Mapping[int, str]:
    return {int(row["code"], 16): row["letter"] for row in table("encoding_tcvn3")}


def _vni(text: str) -> str:
    pattern, letters = _vni_letters()
    return pattern.sub(lambda match: letters[match.group()], text)


@cache
def _vni_letters() -> tuple[re.Pattern[str], Mapping[str, str]]:
    letters = {row["printed"]: row["letter"] for row in table("encoding_vni")}
    return re.compile("|".join(sorted(letters, key=len, reverse=True))), letters


_OLD: Mapping[str, Callable[[str], str]] = {"TCVN3": _tcvn3, "VNI": _vni}


@cache
def _syllable() -> re.Pattern[str]:
    parts = table("syllable_parts")
    onsets, rhymes = ("|".join(row["letters"] for row in parts if row["part"] == part) for part in ("onset", "rhyme"))
    return re.compile(f"(?:{onsets})?(?:{rhymes})")


def _is_syllable(word: str) -> bool:
    """Whether a word in small letters could be Vietnamese: a known shape, with one tone mark at most."""
    apart = unicodedata.normalize("NFD", word)
    toneless = apart.translate(_TONES)
    return len(apart) - len(toneless) < 2 and bool(_syllable().fullmatch(unicodedata.normalize("NFC", toneless)))


def _vietnamese(text: str) -> float:
    """Share of Vietnamese syllables among the words with accents, from 0 to 1."""
    words = (word.strip(_PUNCTUATION) for word in unicodedata.normalize("NFC", text[:_JUDGED]).split())
    accented = [word.lower() for word in words if not word.isascii()]
    return sum(map(_is_syllable, accented)) / len(accented) if accented else 0.0


def repair(text: str) -> Decoded:
    """Mend text once read in the wrong encoding: TCVN3 or VNI taken for Western letters, UTF-8 for windows-1252.

    >>> repair("C«ng an tØnh Lai Ch©u").text
    'Công an tỉnh Lai Châu'
    """
    if text.isascii():
        return Decoded(text)
    garbled = len(_MOJIBAKE.findall(text[:_JUDGED]))
    if garbled > 1:
        return _mend_mojibake(text)
    if _MODERN.search(text):
        return Decoded(text)
    for name, convert in _OLD.items():
        converted = convert(text)
        if _vietnamese(converted) >= _CONVINCING > _vietnamese(text):
            return Decoded(converted, (f"converted from {name}",))
    return Decoded(text)


def _mend_mojibake(text: str) -> Decoded:
    try:
        import ftfy
    except ImportError:
        return Decoded(text, ("garbled, not mended: that takes pip install 'vnextract[archive]'",))
    mended = "\n".join(map(ftfy.fix_encoding, text.split("\n")))
    if _vietnamese(mended) <= _vietnamese(text):
        return Decoded(text)
    return Decoded(mended, ("mended: UTF-8 had been read as another encoding",))
