"""What stands left of a number: words that bound it, and words that make it part of a name or an order."""

import re
from functools import cache
from typing import NamedTuple

from vnextract.figures.drafts import Draft
from vnextract.figures.numbers import Amount
from vnextract.figures.patterns import COUNTING, NAME_LEFT, YEAR, YEAR_LEFT
from vnextract.figures.phrase import classes
from vnextract.figures.words import one_of
from vnextract.figures.words import words as words_of
from vnextract.lexicon.tables import table
from vnextract.records import Qualifier, UnitKind
from vnextract.text.late import late

REACH = 60
"""How many characters left of a number are looked at."""

_MOST_WORDS = 4
_WORD_LONG = 30
_OPENING = "(“\"'‘-–•\n"
_COMPARED = re.compile(rf"{one_of('compared')} \Z")
_DIMENSION = re.compile(r"(?:rộng|dài|sâu|cao|nặng|dày|xa) \Z")
_DIMENSIONS = frozenset((UnitKind.LENGTH, UnitKind.AREA, UnitKind.MASS))
_BRACKETED = re.compile(r"[Tt]rong \Z")
_ADVERB = "R"
"""Its class in the table of words."""
_LIMITS = frozenset((Qualifier.AT_LEAST, Qualifier.AT_MOST))
_MINIMUM_WAGE = re.compile(r"(?:lương|vùng) \Z")
_LEVEL_WORD = re.compile(r"(?:mức|ngưỡng|mốc|con số|là) \Z")
_HAVING = late(rf"(?<![^\W_]){one_of('having')} \Z")
"""Verbs that stand between a limit and its number, outside the mention: `ít nhất | đã có | 5 người`."""
_ON = re.compile(rf"{one_of('placed')} trên \Z")
_FROM = re.compile(r"(?:^|[\s(])[Tt]ừ \Z")
_NOT_A_FLOOR = re.compile(rf"{one_of('not_floor')} từ \Z")
_OF_A_NUMBER = re.compile(r"(?:trong|tổng|con|ngoài|trừ|trên|dân|sĩ|quân|doanh|chỉ) số \Z", re.IGNORECASE)
_OF_EACH = re.compile(r"(?:^|[\s(])(?:[Mm]ỗi|[Tt]ừng) [^\W\d_]+(?: có| gồm)? \Z")
"""What stands before a number of each thing, which names none of them: `mỗi lớp | 35 học sinh`."""
_PURE_LAST = frozenset(word.split(" ")[-1] for word in words_of("pure"))
"""The last syllables of such measures: looked for first, for a search costs more."""
_UPWARDS = re.compile(r" (trở lên|trở xuống)(?![^\W_])")
_EXCEEDED = re.compile(
    r"(?<!không )(?:trên mốc|trên ngưỡng|vượt|vượt quá|vượt mốc|vượt ngưỡng|vượt mức|vượt con số) \Z"
)
_ESTIMATED = re.compile(
    r"[Ưư]ớc(?: tính)?(?: (?:tổng|cả|giá|thiệt|trị|chi|số)[^.;\n]{0,40})?"
    r"(?: (?:thực hiện|đạt|lên|tới|đến|thu|có|khoảng))+ (?:mức )?\Z"
)


class Bound(NamedTuple):
    """Where the mention begins once its qualifier is included, and what the qualifier says."""

    start: int
    qualifier: Qualifier


@cache
def _qualifiers() -> dict[str, Qualifier]:
    return {row["words"]: Qualifier(row["qualifier"]) for row in table("qualifiers")}


@cache
def _numbered() -> dict[str, bool]:
    return {row["word"]: row["always"] == "yes" for row in table("numbered_things")}


def _suffixes(left: str) -> list[tuple[int, str]]:
    """The last four, three, two and one words of what stands left, with where they begin."""
    if not left.endswith(" "):
        return []
    found: list[tuple[int, str]] = []
    at = len(left) - 1
    for word in reversed(left[left.rfind("\n") + 1 : -1].split(" ")[-_MOST_WORDS:]):
        clean = word.lstrip(_OPENING)
        if not clean.isalpha():
            break
        at -= len(clean)
        found.insert(0, (at, left[at:-1].lower()))
        if clean != word:
            break
        at -= 1
    return found


def read_bound(text: str, start: int, kind: UnitKind = UnitKind.OTHER) -> Bound:
    """The qualifier before a number; what it counts tells some of them from comparisons and places.

    >>> read_bound("đạt hơn 90.500 hộ", 8, UnitKind.COUNT)
    Bound(start=4, qualifier=<Qualifier.MORE_THAN: 'more_than'>)
    >>> read_bound("cao hơn 23%", 8, UnitKind.PERCENT)
    Bound(start=8, qualifier=<Qualifier.EXACT: 'exact'>)
    """
    bound = _one_bound(text, start, kind)
    if bound is None:
        having = _HAVING.search(text, max(0, start - _WORD_LONG), start)
        limit = _one_bound(text, having.start(), kind) if having else None
        return Bound(start, limit.qualifier if limit and limit.qualifier in _LIMITS else Qualifier.EXACT)
    outer = _one_bound(text, bound.start, kind)
    return outer if outer and outer.qualifier in _LIMITS else bound


def _one_bound(text: str, start: int, kind: UnitKind) -> Bound | None:
    """The qualifier right before a number; of a measure that nears a mark it stays outside: `gần mốc 110 USD`."""
    base = max(0, start - REACH)
    left = text[base:start]
    sign = left.rstrip(" ")[-1:]
    if sign in _qualifiers() and not sign.isalpha():
        return Bound(base + len(left.rstrip(" ")) - 1, _qualifiers()[sign])
    level = _LEVEL_WORD.search(left)
    if level and level.group() != "con số ":
        left = left[: level.start()]
    for at, words in _suffixes(left):
        qualifier = _qualifiers().get(words)
        if qualifier is None or _ends_word(left, at, words) or _is_no_qualifier(left, at, words, kind):
            continue
        if level and level.group() != "ngưỡng " and words in ("trên", "quá", "hơn"):
            continue
        outside = level is not None and level.group() == "mốc " and kind is not UnitKind.OTHER
        return Bound(start if outside else base + at, qualifier)
    return None


def _ends_word(left: str, at: int, words: str) -> bool:
    """Whether a syllable ends a longer word: `khảo | sát`, `xung | quanh`; not an adverb: `vào | khoảng`."""
    before = left[:at].rsplit(" ", 2)[-2:-1]
    if " " in words or not before or not before[0].isalpha():
        return False
    known = classes().longest((before[0].lower(), words), 0)
    whole = known is not None and known[0] > 1 and known[1] != _ADVERB
    return whole or f"{before[0].lower()} {words}" in words_of("whole")


def _is_no_qualifier(left: str, at: int, words: str, kind: UnitKind) -> bool:
    """`cao hơn 5%` compares, `được trồng trên 500 tuyến phố` places, `trong khoảng 5-7%` brackets."""
    if words == "hơn":
        measured = kind in _DIMENSIONS and _DIMENSION.search(left[:at])
        return not measured and bool(_COMPARED.search(left[:at]))
    if words == "trên":
        return kind not in (UnitKind.MONEY, UnitKind.PERCENT) and bool(_ON.search(left))
    if words == "ngót":
        return left.lower().endswith("rau ngót ")
    if words == "tối thiểu":
        return bool(_MINIMUM_WAGE.search(left[:at]))
    return words in ("khoảng", "khoảng từ") and bool(_BRACKETED.search(left[:at]))


def from_start(text: str, start: int) -> int | None:
    """Where `từ` begins that stands right before a figure."""
    near = text.startswith("ừ ", max(0, start - 2))
    return start - 3 if near and _FROM.search(text, max(0, start - 4), start) else None


def floor_start(text: str, start: int) -> int | None:
    """Where `từ` begins when it makes the number a lower bound: `giá từ 16 triệu đồng`."""
    begin = from_start(text, start)
    return None if begin is None or _NOT_A_FLOOR.search(text, max(0, start - REACH), start) else begin


@cache
def _pure() -> re.Pattern[str]:
    bounds = "|".join(words for words in _qualifiers() if words.isalpha())
    return late(rf"{one_of('pure')}(?: {one_of('copula')}| (?:{bounds}|từ)){{0,3}} \Z", re.IGNORECASE)


def pure(text: str, start: int) -> bool:
    """Whether what is measured before a number has no unit: `tỷ lệ chọi là 1/3,35`."""
    base = max(0, start - REACH)
    hinted = any(text.find(word, base, start) >= 0 for word in _PURE_LAST)
    return hinted and bool(_pure().search(text, base, start))


def upwards(text: str, end: int) -> tuple[int, Qualifier] | None:
    """`trở lên` or `trở xuống` after a figure: the offset after it and what it says."""
    match = _UPWARDS.match(text, end) if text.startswith(" trở", end) else None
    if match is None:
        return None
    return match.end(), Qualifier.AT_LEAST if match.group(1) == "trở lên" else Qualifier.AT_MOST


def exceeded(text: str, start: int) -> bool:
    """Whether `vượt` before the mention says that the number is passed."""
    return bool(_EXCEEDED.search(text, max(0, start - 20), start))


def estimated(text: str, start: int) -> bool:
    """Whether `ước đạt` or the like before the mention says that the number is an estimate."""
    left = text[max(0, start - REACH) : start]
    at = max(left.rfind("ước"), left.rfind("Ước"))
    return at >= 0 and not left[at - 1 : at].isalpha() and bool(_ESTIMATED.match(left, at))


class Left(NamedTuple):
    """What stands left of a number, read once."""

    words: tuple[str, str]
    """The last word but one and the last one; `^` where the line begins."""
    glued: str
    """The character right before the number, where that is no blank."""
    named: bool | None
    """Whether the number names or orders the thing before it: True always, False perhaps, None not."""
    counting: bool
    """Whether a word stands there after which even a noun that no table has is counted."""
    bounded: bool
    """Whether a qualifier stands there."""
    name: bool
    """Whether a name stands there, not the first word of its sentence."""
    dated: bool
    """Whether the number would be read as a year after what stands there."""


def read_left(text: str, start: int) -> Left:
    """What stands left of a number.

    >>> [read_left(text, at).named for text, at in (("ở quận 6", 7), ("nhà 3 tầng", 4), ("có 5 xã", 3))]
    [True, False, None]
    """
    near = text[max(0, start - REACH) : start]
    line = near[near.rfind("\n") + 1 :]
    printed = line.split()
    last = (_word(printed[-1]) if printed else "^", _word(printed[-2]) if len(printed) > 1 else "^")
    suffixes = _suffixes(near)
    numbered = [words for at, words in suffixes if words in _numbered() and not _ends_word(near, at, words)]
    verdicts = [_numbered()[words] for words in numbered]
    bounded = read_bound(text, start, UnitKind.COUNT).qualifier is not Qualifier.EXACT
    counts = bounded or _OF_A_NUMBER.search(near) or _OF_EACH.search(near)
    named = any(verdicts) if verdicts and not counts else None
    return Left(
        (last[1], last[0]),
        "" if not line or line[-1].isspace() else line[-1],
        named,
        any(words in COUNTING for _, words in suffixes),
        bounded,
        bool(NAME_LEFT.search(near[-_WORD_LONG:])),
        bool(YEAR_LEFT.search(near[-_WORD_LONG:])),
    )


def describe_number(left: Left, draft: Draft) -> list[str]:
    """What is known of a number before its unit is read, as features of the model of counted nouns."""
    more, last = left.words
    found = [f"l:{last}", f"ll:{more} {last}", f"size:{_size(draft.amount)}"]
    if left.glued:
        found.append(f"glued:{left.glued}")
    if left.named is not None:
        found.append(f"numbered:{left.named}")
    year = bool(YEAR.fullmatch(draft.amount.printed or ""))
    marks = {
        "counting": left.counting,
        "name": left.name,
        "capital": last[:1].isupper(),
        "bound": left.bounded,
        "range": draft.upper,
        "ratio": draft.total,
        "year": year,
        "year left": year and left.dated,
    }
    return found + [name for name, holds in marks.items() if holds]


def _word(printed: str) -> str:
    word = printed.strip(_OPENING)
    return word or printed


def _size(amount: Amount) -> str:
    if amount.scaled:
        return "scaled"
    if amount.grouped:
        return "grouped"
    printed = amount.printed or ""
    if not printed.isdigit():
        return "fraction"
    return f"0{len(printed)}" if printed[0] == "0" else "1" if printed == "1" else str(len(printed))
