"""Names of persons: what may be one, Vietnamese or foreign, and where it begins in a run of capitalised words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from vnextract.lexicon.persons import honorifics, plain_surnames
from vnextract.lexicon.tables import table
from vnextract.officials.patterns import NAME, NAMESAKE, NO_NAME, PREFIX_WORD, UPPER, words_of

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:[iy]êu?|uyêu?|uya|uyu|uy|uây|uôi|ươ[iu]|oai|oay|oeo|oa|oă|oe|oo|ôi|oi|uâ|uê|uô|ươ|ua|ui|uơ|ưa|ưi|ưu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iu|ơi|[aăâeêioôơuưy])(?:ch|c|m|ng|nh|n|p|t)?"
)
_WORD = re.compile(r"\S+")
_LONGEST = 6
_UNITS = frozenset(("TP", "Tp", "TX", "TT", "Q", "P"))
"""Units of places, abbreviated."""
_ORDINAL = re.compile("[IVX]+")
_NO_RANK = re.compile(r"\b(?:cờ|lão|danh|chủ|nữ|võ|dũng|mãnh|hổ|bại|tiểu|phúc|thủ|bộ|viên) $")
"""What makes `tướng` after it something else than a rank: `cờ tướng`, `lão tướng`."""
_GOES_ON = re.compile(rf"(?:[{UPPER}][^\W_]*|\w*\d\w*) $")
TITLE_MARK = "_"
"""What blots out a title."""
_OPENERS = words_of("opener")
_CLOSERS = words_of("closer")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A run that may name a person; `start` is where its honorifics begin, `name_start` where the name does."""

    start: int
    name_start: int
    end: int
    text: str
    prefixes: tuple[str, ...]
    vietnamese: bool
    known: bool = False
    """Whether the article addresses or fully names a person by its last word somewhere."""

    @property
    def tokens(self) -> list[str]:
        """The words of the name."""
        return self.text.split()

    def without_last(self) -> "FoundName":
        """The name without its last word."""
        text = self.text.rpartition(" ")[0]
        return replace(self, text=text, end=self.name_start + len(text))


@cache
def surnames() -> frozenset[str]:
    """First words of family names, clan names and prefixes of names."""
    return frozenset(row["surname"].split()[0] for row in table("surnames"))


@cache
def places() -> frozenset[str]:
    """Countries, provinces and districts, which may stand between a title and a name."""
    rows = ("countries", "foreign_places", "places_provinces", "places_districts", "places_former_districts")
    return frozenset(row["name"] for name in rows for row in table(name)) | {
        "TP.HCM",
        "TP HCM",
        "TPHCM",
        "Huế",
        "Saudi",
        "Việt Nam",
    }


@cache
def is_syllable(word: str) -> bool:
    """Whether a word can be a syllable of Vietnamese.

    >>> [is_syllable(word) for word in ("Nguyễn", "Thúy", "Trump", "Kim", "Jong")]
    [True, True, False, True, False]
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return _SYLLABLE.fullmatch(plain) is not None


def _acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word and _ORDINAL.fullmatch(word) is None


def _all_capitals(words: list[str]) -> bool:
    return len(words) > 1 and all(word.isupper() for word in words) and words[0].title() in surnames()


def _place_prefix(words: list[str]) -> int:
    """How many words at the beginning of a run name a place, the rest being a name."""
    for length in range(min(5, len(words) - 1), 0, -1):
        rest = words[length:]
        if " ".join(words[:length]) not in places():
            continue
        foreign = not all(map(is_syllable, rest))
        apart = length > 1 and rest[0] in plain_surnames() and len(rest) > 1
        if foreign or words[0] not in surnames() or apart:
            return length
    return 0


def _opens(words: list[str]) -> bool:
    return words[0] in _OPENERS and (words[0] not in surnames() or words[1] in plain_surnames())


def _opening(words: list[str]) -> int:
    """How many words at the beginning of a run open the sentence or are a degree printed in capitals: `Theo TS`."""
    count = 0
    while count < len(words) - 1 and (_opens(words[count : count + 2]) or PREFIX_WORD.fullmatch(words[count])):
        count += 1
    return count


def _vietnamese(words: list[str]) -> int:
    """How many words from the first on make a Vietnamese name; 0 if none."""
    if len(words) < 2 or words[0] not in surnames() or _acronym(words[1]):
        return 0
    minority = len(words[0]) == 1 or not is_syllable(words[0])
    length = 1
    while (
        length < min(len(words), _LONGEST)
        and not _acronym(words[length])
        and (minority or is_syllable(words[length]) or length > 1)
    ):
        length += 1
    return length if length > 1 else 0


def _named_place(words: list[str]) -> bool:
    """Whether a place bears the name of a person: `Hồ Chí Minh`."""
    return len(words) > 2 and words[0] in plain_surnames()


def _not_yet(words: list[str]) -> int:
    """How many words stand before a family name in a run that does not begin with one: `CS Việt Nam [Lê Văn A]`."""
    for skip in range(1, min(4, len(words) - 1)):
        before = words[:skip]
        if words[skip] in plain_surnames() and all(is_syllable(word) or word.isupper() for word in before):
            return skip
    return 1 if len(words) > 2 and words[0].isupper() and len(words[0]) == 2 and words[1] in surnames() else 0


def _cut(words: list[str], anchored: bool, addressed: bool, titled: bool) -> tuple[int, int, bool] | None:
    """Which words of a run are a name: first, past the last, and whether it is Vietnamese; None where none are.

    Args:
        words: The run.
        anchored: An honorific, a rank or a degree stands before it.
        addressed: An honorific does: not even the name of a place is a place then.
        titled: A title does.
    """
    if _all_capitals(words):
        return 0, len(words), True
    first = _opening(words)
    if first:
        anchored = first > 1 or words[0] not in _OPENERS
    if len(words) - first > 1 and words[first] in _UNITS:
        first += 1
        if " ".join(words[first:]) in places():
            return None
    first += _place_prefix(words[first:])
    rest = words[first:]
    length = _vietnamese(rest)
    if length and (addressed or " ".join(rest) not in places() or (titled and _named_place(rest))):
        return first, first + length, True
    skip = _not_yet(rest)
    if skip and (length := _vietnamese(rest[skip:])):
        return first + skip, first + skip + length, True
    if " ".join(rest) in places() and not addressed:
        return None
    if any(_acronym(word) for word in rest) and not (anchored and len(rest) > 1):
        return None
    if len(rest) > 1 and len(rest[-1]) > 1 and rest[-1].isupper() and not anchored and not _ORDINAL.fullmatch(rest[-1]):
        return None
    foreign = not all(map(is_syllable, rest))
    if foreign or anchored or (titled and len(rest) == 1):
        return first, len(words), not foreign
    return None


def _prefixes(text: str, match: re.Match[str]) -> tuple[str, ...]:
    """The honorifics, ranks and degrees before a run; none where `tướng` is no rank."""
    prefix = match["prefix"] or ""
    if prefix[:5].lower() == "tướng" and _NO_RANK.search(
        text, max(0, match.start("prefix") - 6), match.start("prefix")
    ):
        return ()
    return tuple(word.group() for word in PREFIX_WORD.finditer(prefix))


def _name(text: str, match: re.Match[str]) -> FoundName | None:
    at = match.start("run")
    spans = [(at + word.start(), at + word.end()) for word in _WORD.finditer(match["run"])]
    while len(spans) > 1 and text[slice(*spans[-1])] in _CLOSERS:
        spans.pop()
    prefixes = _prefixes(text, match)
    if prefixes and text[match.start("prefix") : match.end()] in places():
        return None
    addressed = any(word.lower() in honorifics() for word in prefixes)
    titled = text.endswith(f"{TITLE_MARK} ", 0, match.start())
    if len(spans) == 1 and (match["run"] in _UNITS or ((prefixes or titled) and NO_NAME.match(text, at))):
        return None
    cut = _cut([text[a:b] for a, b in spans], bool(prefixes), addressed, titled)
    if cut is None:
        return None
    first, last, vietnamese = cut
    if not (vietnamese or prefixes) and _GOES_ON.search(text, max(0, match.start() - 12), match.start()):
        return None
    start, end = spans[first][0], spans[last - 1][1]
    if not prefixes and NAMESAKE.search(text[max(0, start - 18) : start].lower()):
        return None
    if start > at or not prefixes:
        return FoundName(start, start, end, text[start:end], (), vietnamese)
    return FoundName(match.start("prefix"), start, end, text[start:end], prefixes, vietnamese)


def find_names(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundName]:
    """Runs of capitalised words that may be names of persons; a title before one may be blotted out by marks.

    >>> [name.text for name in find_names("Phó Thủ tướng Lào Saleumxay Kommasith tiếp ông Trần Sỹ Thanh.")]
    ['Saleumxay Kommasith', 'Trần Sỹ Thanh']
    """
    for match in NAME.finditer(text, start, len(text) if end is None else end):
        name = _name(text, match)
        if name is not None:
            yield name
