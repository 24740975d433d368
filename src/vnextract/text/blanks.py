"""Blanks: runs of them, those at the ends of lines, those forgotten after a full stop; ends of lines that were lost.

Each function lists its edits, `(start, end, what stands there instead)`, in the order of the text.
"""

import re
from collections.abc import Iterator

from vnextract.text.alignment import Edit
from vnextract.text.letters import ACCENTED, LOWER, UPPER
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

_ACCENT = re.compile(f"[{ACCENTED}]")
# The capital stands first, for the search leaps from one to the next.
_INNER_CAPITAL = re.compile(rf"[{UPPER}](?<=[{LOWER}\d%)”»].)[{LOWER}]{{1,6}}(?![{LOWER}])")
_SMALL_WORD = re.compile(rf"(?<![^\W_])[{LOWER}]{{2,7}}\Z")
_LONGEST_SYLLABLE = 7


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


def run_together(text: str) -> Iterator[Edit]:
    """Ends of lines that a scraper lost, so that the last word of one and the first of the next are one.

    Names have capitals inside, too, such as `VietinBank` and `PokéStop`: here either the word that begins has an
    accent, or the one that ends has, and no capital.

    >>> list(run_together("dự án ở Hà NộiÔng An cho biết sớmTheo đó, VietinBank lãi 5%Đến nay"))
    [(14, 14, '\\n'), (33, 33, '\\n'), (59, 59, '\\n')]
    """
    for match in _INNER_CAPITAL.finditer(text):
        start = match.start()
        if _ACCENT.search(match.group()) or _ends_small(text, start):
            yield start, start, "\n"


def _ends_small(text: str, end: int) -> bool:
    """Whether a word with an accent and without a capital ends at a place."""
    word = _SMALL_WORD.search(text, max(0, end - _LONGEST_SYLLABLE - 1), end)
    return word is not None and _ACCENT.search(word.group()) is not None
