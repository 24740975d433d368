"""The words of dates, from the table `lexicon/date_words.tsv`: as values, and as pieces of patterns."""

import re
from functools import cache

from vnextract.lexicon.tables import table


@cache
def values(kind: str) -> dict[str, str]:
    """Word → value, for the words of one kind."""
    return {row["word"]: row["value"] for row in table("date_words") if row["kind"] == kind}


@cache
def numbers(kind: str) -> dict[str, int]:
    """As `values`, for kinds whose values are whole numbers."""
    return {word: int(value) for word, value in values(kind).items()}


def words(*kinds: str) -> str:
    """The words of some kinds as one alternation, the longest first.

    >>> words("season")
    'xuân|đông|thu|hè'
    """
    found = {word for kind in kinds for word in values(kind)}
    return "|".join(map(re.escape, sorted(sorted(found), key=len, reverse=True)))


def lower(text: str) -> str:
    """Lower case, character by character, so that offsets stay.

    >>> lower("Ngày 2/9 ở İzmir")
    'ngày 2/9 ở İzmir'
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
