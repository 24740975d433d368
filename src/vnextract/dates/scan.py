"""Finds the pieces of temporal expressions in a text, from left to right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vnextract.dates.judges import Standing
from vnextract.dates.points import Meaning
from vnextract.dates.rules import RULES, Rule

_LETTERS = {"t": r"t(?=\d|hg?\d)", "q": r"q(?=[1-4iv])"}
"""Abbreviations that run into what they abbreviate: `T9/2025`, `Q3`."""
_STARTS = sorted({word for rule in RULES for word in rule.starts} - {"0", *_LETTERS}, key=len, reverse=True)
_TRIGGER = re.compile(
    rf"(?<!\w)(?:\d|(?:{'|'.join(map(re.escape, _STARTS))})(?!\w)|{'|'.join(_LETTERS.values())})"
)
_BY_START = {word: tuple(rule for rule in RULES if word in rule.starts) for word in ("0", *_LETTERS, *_STARTS)}
_NUMBER_RUN = re.compile(r"\d+(?:[.,/:–-]\d+)*")


@dataclass(frozen=True, slots=True)
class Piece:
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
    at = 0
    while trigger := _TRIGGER.search(low, at):
        start, word = trigger.start(), trigger.group()
        piece = _piece(_BY_START["0" if word[0].isdigit() else word], text, low, start)
        if piece:
            yield piece
            at = piece.end
        else:
            run = _NUMBER_RUN.match(low, start)
            at = run.end() if run else trigger.end()


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
