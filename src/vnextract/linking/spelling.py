"""What the spellings of one name share: the forms under which names of bodies and of persons are compared."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.persons import plain_surnames
from vnextract.lexicon.places import province_names
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.text.normalise import fold

_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_LETTERS = re.compile(r"\b[A-ZĐƯ]{1,6}(?:[-–&.][A-ZĐƯ]{1,6}\b)+")
"""Groups of capitals that are one abbreviation: GD-ĐT, GD&ĐT."""
_UNITS = ("tỉnh", "thành phố")
_MOST_WORDS = 8
_LONGEST_HEAD = 4


def words_of(name: str) -> list[str]:
    """The words of a name in lower case, its signs left out, abbreviations that everybody knows spelled out.

    >>> words_of("Sở GD-ĐT Hà Nội (SGD)")
    ['sở', 'giáo', 'dục', 'và', 'đào', 'tạo', 'hà', 'nội', 'sgd']
    """
    joined = _LETTERS.sub(lambda match: "".join(filter(str.isalpha, match.group())), unicodedata.normalize("NFC", name))
    found: list[str] = []
    for word in _WORD.findall(joined):
        letters = "".join(filter(str.isalpha, word))
        full = _abbreviations().get(letters) if letters.isupper() else None
        found += full or (fold(word.replace("&", "").replace(".", "")),)
    return found


@cache
def _abbreviations() -> Mapping[str, tuple[str, ...]]:
    rows = (row for row in table("abbreviations") if not row["scope"])
    return {"".join(filter(str.isalpha, row["short"])): tuple(_plain(row["full"])) for row in rows}


def _plain(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@cache
def _same() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    rows = (row for row in table("name_variants") if row["as"] == "same")
    return {tuple(row["words"].split()): tuple(row["instead"].split()) for row in rows}


@cache
def _heads() -> Mapping[tuple[str, ...], str]:
    rows = (row for row in table("name_variants") if row["as"] == "head")
    return {tuple(row["words"].split()): row["instead"] for row in rows}


class BodyName(NamedTuple):
    """A body's name as it is compared."""

    key: str
    """What its spellings share; without blanks."""
    family: str
    """What sort of word stands before its proper part, where that also stands alone: `media` in `hãng tin AFP`."""
    proper: str
    """That part, without blanks; the key where there is none."""


def body_name(name: str) -> BodyName:
    """The normal form of a body's name.

    Capitals, signs, blanks, `và` and the unit before a province are left out, abbreviations that everybody knows spelled out.

    >>> body_name("Sở GD-ĐT tỉnh Nghệ An") == body_name("Sở Giáo dục và Đào tạo Nghệ An")
    True
    >>> body_name("Công ty CP Nhựa Tiền Phong") == body_name("Công ty cổ phần nhựa Tiền Phong")
    True
    >>> body_name("Hãng tin AFP"), body_name("Ngân hàng Nhà nước").family
    (BodyName(key='hãngtinafp', family='media', proper='afp'), '')
    """
    spelled = _spelled_out(words_of(name))
    words = [word for at, word in enumerate(spelled) if word != "và" and not _is_unit(spelled, at)]
    key = "".join(words)
    for size in range(min(_LONGEST_HEAD, len(words) - 1), 0, -1):
        family = _heads().get(tuple(words[:size]))
        if family and not all(map(is_vietnamese, words[size:])):
            return BodyName(key, family, "".join(words[size:]))
    return BodyName(key, "", key)


def _spelled_out(words: Sequence[str]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(words):
        sizes = range(min(_MOST_WORDS, len(words) - at), 0, -1)
        size = next((size for size in sizes if tuple(words[at : at + size]) in _same()), 0)
        found += _same()[tuple(words[at : at + size])] if size else (words[at],)
        at += size or 1
    return found


def _is_unit(words: Sequence[str], at: int) -> bool:
    """Whether a province's unit stands there, with the province behind it."""
    for unit in _UNITS:
        parts = unit.split()
        after = at + len(parts)
        if words[at : at + len(parts)] == parts and province_names().longest(list(words), after, len(words)):
            return True
        if len(parts) > 1 and at and words[at - 1 : at + 1] == parts:
            return bool(province_names().longest(list(words), at + 1, len(words)))
    return False


class PersonName(NamedTuple):
    """A person's name as it is compared."""

    key: str
    """Its syllables in lower case; those of foreign names without hyphens and accents."""
    tokens: tuple[str, ...]
    foreign: bool


def person_name(name: str) -> PersonName:
    """The normal form of a person's name.

    >>> person_name("Kim Jong-un") == person_name("Kim Jong Un"), person_name("Nguyễn Thị Hoà").key
    (True, 'nguyễn thị hòa')
    >>> person_name("François Hollande").key
    'francois hollande'
    """
    words = [word for part in fold(name).replace("’", "'").split() for word in _parts(part)]
    foreign = not _is_vietnamese_name(words)
    if foreign:
        words = ["".join(_letters(word)) for word in words]
    tokens = tuple(filter(None, words))
    return PersonName(" ".join(tokens), tokens, foreign)


def _parts(word: str) -> list[str]:
    return re.findall(r"[^\W_]+", word.replace("'", ""))


def _letters(word: str) -> Iterator[str]:
    for letter in unicodedata.normalize("NFD", word.replace("đ", "d")):
        if not unicodedata.combining(letter):
            yield letter


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold(row["surname"]) for row in table("surnames")) | frozenset(map(fold, plain_surnames()))


def _is_vietnamese_name(words: Sequence[str]) -> bool:
    return bool(words) and words[0] in _surnames() and all(map(is_vietnamese, words))
