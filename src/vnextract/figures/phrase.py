"""The words after a number, cut into the candidates for where the noun phrase that it counts ends."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from sys import intern
from typing import NamedTuple

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.text.letters import LOWER, UPPER

_PIECE = re.compile(rf"([{LOWER}{UPPER}]+|\d+(?![.,]?\d))|([,/–-])(?=[{LOWER}{UPPER}]|\Z)")
_REACH = 110
_MOST = 10
_CONJUNCTIONS = frozenset(("và", "hoặc", "hay"))
_TIES = (("2", "close"), ("3", "closer"), ("4", "closest"))


class Entry(NamedTuple):
    """What the table of counted nouns says of one: how it combines, and what sort of thing it is."""

    role: str
    group: str


class Token(NamedTuple):
    """A word or a joint after a number."""

    lower: str
    end: int
    """Offset after it."""
    shape: str
    """`a` small letters, `A` a capital first, `U` capitals, `0` digits, `,` a joint or a conjunction."""


@cache
def counted() -> Phrases[Entry]:
    """The counted nouns."""
    return Phrases((row["noun"], Entry(row["role"], row["group"])) for row in table("counted_nouns"))


@cache
def stops() -> Phrases[bool]:
    """Words that begin no counted noun."""
    return Phrases((row["word"], True) for row in table("noun_stops"))


@cache
def classes() -> Phrases[str]:
    """Words of the press with their word classes."""
    return Phrases((row["word"], row["class"]) for row in table("word_classes"))


@cache
def countries() -> Phrases[bool]:
    """Countries, whose names say which people or goods are counted."""
    return Phrases((row["name"], True) for row in table("countries"))


@cache
def vocabulary() -> Phrases[str]:
    """The words of both tables with their classes; a counted noun that has none is a noun."""
    known = {row["word"]: row["class"] for row in table("word_classes")}
    return Phrases(({row["noun"]: "N" for row in table("counted_nouns")} | known).items())


@cache
def ties() -> Mapping[tuple[str, str], str]:
    """Pairs of a noun and a word that often follows it, with how closely they are tied."""
    # The same few thousand words follow many nouns, and stand in texts: one word is one object.
    return {
        (row["word"], second): tie
        for row in table("word_pairs")
        for tie, column in _TIES
        for second in map(intern, row[column].split(","))
    }


def read_tokens(text: str, at: int, limit: int | None = None) -> list[Token]:
    """The words and joints from an offset on, up to any other sign.

    >>> [token.lower for token in read_tokens("106 xã, phường (cũ)", 3)]
    ['xã', ',', 'phường']
    """
    end = len(text) if limit is None else limit
    at += text.startswith(" ", at)
    stretch = text[at : min(end, at + _REACH)].split(" ")
    if at + _REACH < end:
        stretch.pop()
    tokens: list[Token] = []
    for piece in stretch[:_MOST]:
        after = at + len(piece)
        if piece.isalpha():
            tokens.append(Token(piece.lower(), after, "," if tokens and piece in _CONJUNCTIONS else _shape(piece)))
        elif not _add_pieces(text, at, after, tokens):
            break
        at = after + 1
    return tokens


def _add_pieces(text: str, at: int, end: int, tokens: list[Token]) -> bool:
    """Add the words and joints between two blanks, and say whether there is nothing else."""
    while at < end:
        match = _PIECE.match(text, at, end)
        if match is None or not (tokens or match.group(1)):
            return False
        word, sign = match.groups()
        at = match.end()
        if sign and at == end and not text[end + 1 : end + 2].isalpha():
            return False
        tokens.append(Token("-" if sign == "–" else sign, at, ",") if sign else Token(word.lower(), at, _shape(word)))
    return True


def _shape(word: str) -> str:
    if word.islower():
        return "a"
    if not word.isalpha():
        return "0"
    return "U" if word.isupper() and len(word) > 1 else "A"


class Cut(NamedTuple):
    """The tokens of a phrase as words of one syllable or more."""

    ends: Sequence[int]
    """For each word, the index after its last token."""
    classes: Sequence[str]
    """For each word, its class; `?` where no table has it."""


def cut(lowers: Sequence[str], shapes: Sequence[str]) -> Cut:
    """Cut tokens into words, the longest that a table has first."""
    at, ends, kinds = 0, [], []
    size = len(lowers)
    while at < size:
        shape = shapes[at]
        end, kind = (
            _named(lowers, shapes, at) if shape in "AU" else _word(lowers, at) if shape == "a" else (at + 1, shape)
        )
        ends.append(end)
        kinds.append(kind)
        at = end
    return Cut(ends, kinds)


def _word(lowers: Sequence[str], at: int) -> tuple[int, str]:
    """The index after the word at a token, and its class."""
    return vocabulary().longest(lowers, at) or (at + 1, "?")


def _named(lowers: Sequence[str], shapes: Sequence[str], at: int) -> tuple[int, str]:
    """The same where the token has a capital: a country, a word of several syllables, or one token."""
    country = countries().longest(lowers, at)
    if country:
        return country[0], "Q"
    known = classes().longest(lowers, at) if shapes[at] == "A" else None
    return known[0] if known else at + 1, f"{shapes[at]}{known[1] if known else ''}"
