"""The words of dates, from the table `lexicon/date_words.tsv`: as values, and as pieces of patterns."""

import re
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

from vnextract.lexicon.tables import table

_Tree: TypeAlias = "dict[str, _Tree]"


@cache
def values(kind: str) -> dict[str, str]:
    """Word → value, for the words of one kind."""
    return {row["word"]: row["value"] for row in table("date_words") if row["kind"] == kind}


@cache
def numbers(kind: str) -> dict[str, int]:
    """As `values`, for kinds whose values are whole numbers."""
    return {word: int(value) for word, value in values(kind).items()}


def words(*kinds: str) -> str:
    """A pattern for any one word of some kinds.

    >>> words("season")
    '(?:hè|thu|xuân|đông)'
    """
    return alternation(word for kind in kinds for word in values(kind))


def alternation(found: Iterable[str]) -> str:
    """A pattern for any one of some words, the longest that fits first; a tree of letters, so that few are tried.

    >>> alternation(["sáng", "sáu", "sá"])
    'sá(?:ng|u)?'
    """
    tree: _Tree = {}
    for word in found:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(tree: _Tree) -> str:
    branches = [re.escape(letter) + _branches(below) for letter, below in sorted(tree.items()) if letter]
    if not branches or (len(branches) == 1 and "" not in tree):
        return "".join(branches)
    return f"(?:{'|'.join(branches)}){'?' if '' in tree else ''}"
