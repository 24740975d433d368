"""What a syllable of Vietnamese can be."""

from functools import cache
from unicodedata import normalize

from vnextract.lexicon.tables import table

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


@cache
def _toneless() -> frozenset[str]:
    """Every onset with every rhyme."""
    onsets = ["", *(row["letters"] for row in table("syllable_parts") if row["part"] == "onset")]
    rhymes = [row["letters"] for row in table("syllable_parts") if row["part"] == "rhyme"]
    return frozenset(onset + rhyme for onset in onsets for rhyme in rhymes)


def is_vietnamese(word: str) -> bool:
    """Whether a word can be a syllable of Vietnamese.

    >>> [is_vietnamese(word) for word in ("Nguyễn", "quý", "giếng", "Trump", "Kumho", "Kim")]
    [True, True, True, False, False, True]
    """
    return normalize("NFC", normalize("NFD", word.lower()).translate(_TONES)) in _toneless()
