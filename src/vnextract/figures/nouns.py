"""Counted nouns, an open class: where the noun phrase that a number counts ends.

A table holds what newspapers count; a classifier takes the noun after it (`con bò sữa`), nouns of one sort coordinate
(`xã, phường, thị trấn`), and a noun that the table lacks is taken as a word of two syllables.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table

_RUN = re.compile(r"(?: ?([\"“'‘]) ?| )?([^\W\d_]+(?: [^\W\d_]+){0,9})")
_ABBREVIATION = re.compile(r"(?!TP)[A-ZĐ]{2,6}")
_COORDINATION = re.compile(r"(?:, ?| và | - )(?=[^\W\d_])")
_PER = re.compile(r" ?/")
_NUMBERED = re.compile(r" \d")
_NAMED = re.compile(r" [^\W\d_a-zà-ỹ]")
_TITLES = frozenset(("Luật", "Nghị", "Pháp", "Thông"))
"""Capitalised, these begin the name of a law, not a counted noun: `Điều 8 Luật An ninh mạng`."""
_NEVER_COMPLEMENTS = frozenset(("place", "household", "event", "deed"))
_CLOSING = {'"': '"', "“": "”", "'": "'", "‘": "’"}
_MAX_PARTS = 5


class Noun(NamedTuple):
    """A counted noun phrase: the offset after it, its name in lower case, and how sure it is."""

    end: int
    name: str
    group: str
    known: bool


class _Entry(NamedTuple):
    role: str
    group: str


@cache
def _nouns() -> Phrases[_Entry]:
    return Phrases((row["noun"], _Entry(row["role"], row["group"])) for row in table("counted_nouns"))


@cache
def _stops() -> Phrases[bool]:
    return Phrases((row["word"], True) for row in table("noun_stops"))


def read_noun(text: str, at: int) -> Noun | None:
    """The counted noun phrase after a number that ends at `at`.

    >>> text = "106 xã, phường, thị trấn, với hơn 90.500 hộ nghèo đăng ký"
    >>> read_noun(text, 3)
    Noun(end=24, name='xã, phường, thị trấn', group='place', known=True)
    >>> read_noun(text, 40).name
    'hộ nghèo'
    """
    run = _RUN.match(text, at)
    if not run or (at and run.start(2) == at and text[at - 1].isalnum()):
        return None
    printed = run.group(2).split(" ")
    words = [word.lower() for word in printed]
    head, stop = _nouns().longest(words, 0), _stops().longest(words, 0)
    if (stop and (head is None or stop[0] > head[0])) or printed[0] in _TITLES:
        return None
    if head and head[1].role == "part" and head[0] == 1:
        return None
    if head is None or head[1].role == "part":
        return _unknown(printed, words, run, head[0] if head else 0)
    count, entry = head
    count = _with_complement(words, printed, count, entry.role)
    if entry.role == "prefix" and count == head[0]:
        return None
    end = run.start(2) + len(" ".join(words[:count]))
    if run.group(1):
        return Noun(_closed(text, end, run.group(1)), " ".join(words[:count]), entry.group, True)
    if entry.role != "word" or entry.group in ("", "event", "thing"):
        return Noun(end, " ".join(words[:count]), entry.group, True)
    return _coordinated(text, Noun(end, " ".join(words[:count]), entry.group, True))


def read_head(text: str, at: int) -> Noun | None:
    """The shortest known noun at an offset, as the denominator of a rate: `lượt` in `20.000 đồng/lượt xe`.

    >>> read_head("20.000 đồng/lượt xe", 12).name, read_head("900 đồng/cổ phiếu", 9).name
    ('lượt', 'cổ phiếu')
    """
    run = _RUN.match(text, at)
    if run is None or run.group(1):
        return None
    words = run.group(2).lower().split(" ")
    found = _nouns().longest(words, 0)
    if found is None:
        return None
    short = _nouns().longest(words, 0, 1)
    if short and not _PER.match(text, run.start(2) + len(" ".join(words[: found[0]]))):
        found = short
    name = " ".join(words[: found[0]])
    return Noun(run.start(2) + len(name), name, found[1].group, True)


def begins_no_noun(words: Sequence[str]) -> bool:
    """Whether lower-case words begin with a verb, an adjective or a function word.

    >>> begins_no_noun(["tham", "dự"]), begins_no_noun(["lúa", "giống"])
    (True, False)
    """
    return _stops().longest(words, 0) is not None


def known_word(words: Sequence[str], at: int) -> int:
    """Index after the longest word of either table that begins at a syllable; after the syllable where none does.

    >>> known_word(["đã", "phát", "hiện"], 1)
    3
    """
    noun, stop = _nouns().longest(words, at), _stops().longest(words, at)
    return max(at + 1, noun[0] if noun else 0, stop[0] if stop else 0)


def _with_complement(words: Sequence[str], printed: Sequence[str], count: int, role: str) -> int:
    """How many words the phrase has once the noun that its classifier takes is included."""
    if role not in ("taker", "open", "prefix") or count >= len(words):
        return count
    if _begins_name(printed, count):
        return count
    complement = _nouns().longest(words, count)
    stop = _stops().longest(words, count)
    if complement and (complement[1].group in _NEVER_COMPLEMENTS or (stop and stop[0] > complement[0])):
        return count
    if complement:
        end = complement[0]
        further = _nouns().longest(words, end) if complement[1].role in ("taker", "open") else None
        return further[0] if further and further[1].role == "part" else end
    if role == "open" and printed[count].islower() and stop is None:
        return count + 1
    return count


def _begins_name(printed: Sequence[str], at: int) -> bool:
    """Whether a word is capitalised after one that is not, and no abbreviation: `xe Thanh Hóa` but `máy ATM`."""
    word = printed[at]
    return printed[at - 1].islower() and word[0].isupper() and not word.isupper()


def _coordinated(text: str, first: Noun) -> Noun:
    """The phrase with the nouns of the same group that a comma or `và` joins to it."""
    phrase = first
    for _ in range(_MAX_PARTS):
        joint = _COORDINATION.match(text, phrase.end)
        run = _RUN.match(text, joint.end()) if joint else None
        if joint is None or run is None or run.group(1):
            break
        printed = run.group(2).split(" ")
        words = [word.lower() for word in printed]
        found = _nouns().longest(words, 0)
        stop = _stops().longest(words, 0)
        if found is None or found[1].group != first.group or (stop and stop[0] > found[0]):
            break
        if words[: found[0]] == first.name.split(" ") or found[1].role in ("open", "prefix"):
            break
        count = _with_complement(words, printed, found[0], found[1].role)
        if count == 1 and found[1].role == "taker":
            break
        part = " ".join(words[:count])
        end = run.start(2) + len(part)
        if _NUMBERED.match(text, end) or (first.group == "place" and _NAMED.match(text, end)):
            break
        phrase = Noun(end, phrase.name + joint.group().lower() + part, first.group, True)
    return phrase


def _closed(text: str, end: int, opening: str) -> int:
    """The offset after the quotation mark that closes a quoted noun."""
    for at in (end, end + 1):
        if text[at : at + 1] == _CLOSING[opening] and text[end:at] in ("", " "):
            return at + 1
    return end


def _unknown(printed: Sequence[str], words: Sequence[str], run: re.Match[str], known: int) -> Noun | None:
    """A noun that the table does not count: a word of two syllables, or an abbreviation."""
    if run.group(1):
        return None
    if _ABBREVIATION.fullmatch(printed[0]):
        return Noun(run.start(2) + len(printed[0]), words[0], "", False)
    if not printed[0].islower():
        return None
    two = len(words) > 1 and printed[1].islower() and not _stops().longest(words, 1)
    name = " ".join(words[: max(known, 2 if two else 1)])
    return Noun(run.start(2) + len(name), name, "", False)
