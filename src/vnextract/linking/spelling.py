"""What the spellings of one name share: the forms under which names of bodies and of persons are compared."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import starmap
from typing import NamedTuple

from vnextract.lexicon.places import province_names
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.text.accents import without_accents
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
    rows = (row for row in table("abbreviations") if row["scope"] != "field")
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

    Capitals, signs, blanks, `và` and the unit before a province are left out, abbreviations that everybody knows are
    spelled out.

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
    foreign: bool
    surnames: tuple[str, ...]
    """Short forms by which the press calls a person: `trump`; `kim tiến` of `nguyễn thị kim tiến`."""
    given: tuple[str, ...]
    """Others, which say less: `hillary`."""
    share: float
    """How many of all persons can be expected to bear the name."""


_FOREIGN, _FOREIGN_WORD, _RAREST = 2e-6, 3e-4, 1e-7
"""Share of one foreign name and of one of a single word, for no table knows how frequent each is; and the least one."""


def person_name(name: str) -> PersonName:
    """The normal form of a person's name.

    >>> person_name("Kim Jong-un") == person_name("Kim Jong Un"), person_name("Nguyễn Thị Hoà").key
    (True, 'nguyễn thị hòa')
    >>> found = person_name("François Hollande")
    >>> found.key, found.surnames, found.given
    ('francois hollande', ('hollande',), ('francois',))
    >>> person_name("Nguyễn Văn Hùng").share > 100 * person_name("Tô Quốc Nam").share
    True
    """
    words = re.findall(r"[^\W_]+", fold(name).replace("’", "").replace("'", ""))
    if _is_vietnamese_name(words):
        last = (" ".join(words[-2:]),) if len(words) > 2 else ()
        return PersonName(" ".join(words), False, last, (), _share(words))
    words = list(map(without_accents, words))
    is_son = bool(_SONS.intersection(words))
    return PersonName(
        " ".join(words),
        True,
        tuple(" ".join(words[-size:]) for size in range(1 + is_son, len(words))),
        () if is_son else tuple(_beginnings(words)),
        _FOREIGN if len(words) > 1 else _FOREIGN_WORD,
    )


def _beginnings(words: Sequence[str]) -> Iterator[str]:
    if len(words) > 1:
        yield words[0]
    if len(words) > 2:
        yield " ".join(words[:2])


def is_spelling(key: str, other: str) -> bool:
    """Whether two names in their normal form may be spellings of one foreign name, word by word.

    >>> is_spelling("sergei shoigu", "sergey shoygu"), is_spelling("ash carter", "ashton carter")
    (True, True)
    >>> is_spelling("bahram qasemi", "bahram ghasemi"), is_spelling("hillary clinton", "hillary rodham clinton")
    (True, True)
    >>> is_spelling("norodom sihanouk", "norodom sihamoni"), is_spelling("george w bush", "george h w bush")
    (False, False)
    >>> is_spelling("kim jong chol", "kim yong chol")
    False
    """
    if _SONS.intersection(key.split()) != _SONS.intersection(other.split()):
        return False
    words, marks = _sorted_out(key)
    others, other_marks = _sorted_out(other)
    if min(len(words), len(others)) < 2 or (marks and other_marks and marks != other_marks):
        return False
    if len(words) != len(others):
        words, others = words[:: len(words) - 1], others[:: len(others) - 1]
    return all(starmap(_is_alike, zip(words, others, strict=True)))


_NUMERALS = frozenset(["ii", "iii", "iv", "vi", "vii", "viii"])
_SONS = frozenset(["jr", "sr"])
"""What tells a son from a father, where only one of two names has it."""
_SHORT = 3


def _sorted_out(key: str) -> tuple[list[str], list[str]]:
    """The words of a name, and its initials and numerals."""
    parts = key.split()
    marks = [part for part in parts if len(part) == 1 or part in _NUMERALS]
    return [part for part in parts if part not in marks], marks


def _is_alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if len(short) < _SHORT:
        return word == other
    if long.startswith(short):
        return True
    if len(short) == _SHORT:
        return False
    return (word[0] == other[0] or len(short) > _SHORT + 2) and _distance(word, other) <= max(1, len(long) // 3)


def _distance(word: str, other: str) -> int:
    """How many letters must be put, left out or changed to make one word of another."""
    before = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        after = [at]
        for place, found in enumerate(other, 1):
            after.append(min(before[place] + 1, after[-1] + 1, before[place - 1] + (letter != found)))
        before = after
    return before[-1]


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold(row["surname"]) for row in table("surnames"))


def _is_vietnamese_name(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[0] in _surnames() and all(map(is_vietnamese, words))


@cache
def _counts() -> Mapping[str, Mapping[str, int]]:
    rows = table("name_syllables")
    return {
        place: {row["syllable"]: int(row[place]) for row in rows if row[place]} for place in ("first", "middle", "last")
    }


def _share(words: Sequence[str]) -> float:
    """The product of the shares of a name's syllables, each in its place."""
    places = ["first", *["middle"] * (len(words) - 2), "last"]
    share = 1.0
    for word, place in zip(words, places, strict=True):
        counts = _counts()[place]
        share *= (counts.get(word, 0) + 0.5) / sum(counts.values())
    return max(share, _RAREST)


@cache
def _titles() -> Mapping[str, str]:
    return {row["words"]: row["instead"] for row in table("name_variants") if row["as"] == "title"}


def title_key(title: str) -> str:
    """What the names of one post share.

    >>> title_key("Phát ngôn viên"), title_key("Phó Chủ tịch")
    ('người phát ngôn', 'phó chủ tịch')
    """
    key = " ".join(words_of(title))
    return _titles().get(key, key)
