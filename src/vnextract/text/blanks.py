"""Blanks: runs of them, those at the ends of lines, those forgotten after a full stop.

Each function lists its edits, `(start, end, what stands there instead)`, in the order of the text.
"""

import re
from collections.abc import Iterator

from vnextract.text.alignment import Edit
from vnextract.text.letters import LOWER, UPPER
from vnextract.text.segment import SENTENCE_END, is_abbreviation

_BLANKS = re.compile(r"\t[ \t]*+| (?:[ \t]++|(?=\n|\Z))|(?<![^\n]) ")
_SIGNS = ("\t", "  ", "\n ", " \n")
_PARAGRAPH_GAP = 3
"""So many blanks after the end of a sentence stand for the end of a paragraph."""

# `Mail.Ru` and `Node.Js` are names of sites, `32.NQ` a number of a document.
_FORGOTTEN = re.compile(
    rf"[.!?…](?:(?<=\d.)(?=[\"“‘«(]?[{UPPER}][{LOWER}])|(?<=[{LOWER}%²³)\]”’»].))[.!?…]*+[)\]”’»]*+"
    rf"(?=[\"“‘«(]?(?:[{UPPER}][{LOWER}]|[{UPPER}]{{2}}|[^\W\d_{LOWER}A-Z] ))"
    r"(?!(?:Com|Net|Org|Edu|Gov|Info|Vn|Ru|Io|Js)\b)"
)


def blanks(text: str) -> Iterator[Edit]:
    """Runs of blanks and tabs, and blanks at the ends of lines.

    >>> list(blanks("Sở   Y tế họp.    Ông An"))
    [(2, 5, ' '), (14, 18, '\\n')]
    """
    if not (any(sign in text for sign in _SIGNS) or text[:1] == " " or text[-1:] == " "):
        return
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if start == 0 or end == len(text) or text[start - 1] == "\n" or text[end] == "\n":
            yield start, end, ""
        elif match.group() != " ":
            gap = end - start >= _PARAGRAPH_GAP and SENTENCE_END.search(text, max(0, start - 6), start)
            yield start, end, "\n" if gap and not is_abbreviation(text, 0, start) else " "


def forgotten(text: str) -> Iterator[Edit]:
    """Ends of sentences with no blank after them.

    >>> list(forgotten("Đây là lần 3.Theo ông An, TP.HCM và Th.S Bình họp."))
    [(13, 13, ' ')]
    """
    for match in _FORGOTTEN.finditer(text):
        if not is_abbreviation(text, 0, match.start() + 1):
            yield match.end(), match.end(), " "
