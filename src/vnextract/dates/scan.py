"""Finds the pieces of temporal expressions in a text, from left to right."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from vnextract.dates.judges import Standing
from vnextract.dates.points import Meaning
from vnextract.dates.rules import LUNAR, OF_LUNAR, RULES, Rule
from vnextract.dates.words import alternation

_LETTERS = {"t": r"t(?=\d|hg?\d)", "q": r"q(?=[1-4iv])"}
"""Abbreviations that run into what they abbreviate: `T9/2025`, `Q3`."""
_FIGURES = {1: "0", 2: "0", 4: "1900"}
"""How many digits a number has → what stands for it among the starts of a rule."""
_MOST_DIGITS = 5
"""Longer numbers are all alike."""
_ANY_NUMBER = "000"
_STARTS = {word for rule in RULES for word in rule.starts} - {*_FIGURES.values(), _ANY_NUMBER, *_LETTERS}
_TRIGGER = re.compile(rf"\W(\d+|{alternation(_STARTS)}(?!\w)|{'|'.join(_LETTERS.values())})")
"""A start and the sign before it: Python goes from sign to sign faster than it tries every place for what is before."""


@cache
def _rules_by_start(is_lunar: bool) -> Mapping[str | int, tuple[Rule, ...]]:
    """The rules that may find something, by what starts them: words, or so many digits."""
    rules = RULES if is_lunar else RULES[len(LUNAR) :]
    found: dict[str | int, tuple[Rule, ...]] = {}
    for start in (*_LETTERS, *_STARTS):
        words = start.split()
        prefixes = {" ".join(words[: count + 1]) for count in range(len(words))}
        found[start] = tuple(rule for rule in rules if rule.starts & prefixes)
    for digits in range(1, _MOST_DIGITS + 1):
        numbers = {_FIGURES.get(digits, _ANY_NUMBER), _ANY_NUMBER}
        found[digits] = tuple(rule for rule in rules if rule.starts & numbers)
    return found


_NEXT_WORD = re.compile(r"\d+(?:[.,/:–-]\d+)*|\w+|\W")
"""What no rule takes: a chain of numbers, or the first word of several."""


class Piece(NamedTuple):
    """A part of a temporal expression, or a whole one, in offsets of the text."""

    start: int
    end: int
    meaning: Meaning
    rule: str
    """The name of the rule that found it, or of those that made it."""
    alone: bool
    """False for a piece that counts beside another only."""


def pieces(text: str, low: str) -> Iterator[Piece]:
    """The pieces of a text, given in its own and in lower case, none overlapping.

    At each place the first rule counts whose form fits, means something and is no other thing by its surroundings.

    >>> [(piece.rule, piece.start, piece.end) for piece in pieces("Sáng 22/4, sau 10 năm", "sáng 22/4, sau 10 năm")]
    [('part', 0, 4), ('bare-day', 5, 9), ('length', 15, 21)]
    """
    at, led = 0, f" {low}"
    rules = _rules_by_start(bool(OF_LUNAR.search(low)))
    while trigger := _TRIGGER.search(led, at):
        start, word = trigger.start(), trigger[1]
        starts = min(len(word), _MOST_DIGITS) if word[0].isdigit() else word
        piece = _piece(rules[starts], text, low, start)
        if piece:
            yield piece
            at = piece.end
        else:
            at = _NEXT_WORD.match(low, start).end()  # type: ignore[union-attr]


def _piece(rules: tuple[Rule, ...], text: str, low: str, start: int) -> Piece | None:
    for rule in rules:
        match = rule.form.match(low, start)
        meaning = rule.reader(match) if match else None
        if match is None or meaning is None:
            continue
        standing = rule.judge(match, text)
        if standing is not Standing.NOT:
            return Piece(start, match.end(), meaning, rule.name, standing is Standing.ALONE)
    return None
