"""The person whose post is named before a body: `Giám đốc HTX Minh Tâm` goes on with `Võ Hoàng Sang`."""

from functools import cache

from vnextract.lexicon.persons import plain_surnames
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.names.heads import body_words, ends_with, english_endings
from vnextract.names.places import country_at, district_at, place_at
from vnextract.names.reading import Reading

_LONGEST_POST = 4
_LONGEST_NAME = 4
_LONGEST_FOREIGN_NAME = 3


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name.lower() for name in plain_surnames())


def is_held(reading: Reading, at: int) -> bool:
    """Whether a title stands right before a word, so that a person may be named after the body there."""
    return ends_with(reading.words, at, body_words("post"), _LONGEST_POST)


def holder_start(reading: Reading, first: int, limit: int) -> int:
    """Index of the Vietnamese person's name that ends a run of capitals; the limit where none does.

    >>> from vnextract.text.document import Text
    >>> text = Text("HTX Minh Tâm Võ Hoàng Sang cho biết")
    >>> reading = Reading(text.norm, text.syllables)
    >>> reading.words[holder_start(reading, 4, len(reading))]
    'võ'
    """
    for at in range(first, limit):
        if reading.words[at] in _surnames() and _is_name(reading, at, limit):
            return at
    return limit


def _is_name(reading: Reading, at: int, limit: int) -> bool:
    """Whether a family name goes on with two or three more words, and a sentence after them."""
    end = at
    while end < limit and end - at <= _LONGEST_NAME and _may_be_part(reading, end):
        end += 1
    if not 2 < end - at <= _LONGEST_NAME:
        return False
    return place_at(reading, at, end) is None and district_at(reading, at, end) is None


def _may_be_part(reading: Reading, at: int) -> bool:
    printed = reading.norm[reading.starts[at] : reading.ends[at]]
    return printed[0].isupper() and (len(printed) == 1 or printed[1:].islower())


def foreign_holder(reading: Reading, first: int, end: int) -> bool:
    """Whether the words after a known body name a foreign person: `Jensen Huang` after `CEO Nvidia`."""
    words = reading.words[first:end]
    named = 1 < len(words) <= _LONGEST_FOREIGN_NAME and all(_may_be_part(reading, at) for at in range(first, end))
    if not named or not all(map(str.isascii, words)) or all(map(is_vietnamese, words)):
        return False
    return words[-1] not in english_endings() and country_at(reading, first, end) is None
