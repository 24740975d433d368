"""Paragraphs, sentences and syllables, as spans of the normalised text."""

import re
from collections.abc import Iterator

from vnextract.text.alignment import Span
from vnextract.text.letters import LOWER

LINE = re.compile(r"\S[^\n]*")
"""A line that holds more than white space, from its first letter."""
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\Z")
"""A stop at the very end, with the quotes and brackets that it closes."""
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
"""A syllable, a number with its full stops and commas, or one other sign."""

_STOP = re.compile(
    rf"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+\s++(?=[\"'“‘«(\[]*+[-–—•]?\s?[\"'“‘«(\[]*+(?:[^\W\d_{LOWER}]|\d))"
)
# Abbreviations that stand before a name or a figure, so that their full stop ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:(?<![^\W_])(?:TP|Tp|tp|TX|Tx|TT|Q|P|H|X|ThS|Th\.S|TS|Ts|T\.S|PGS|GS|Gs|BS|Bs|KS|Ks|CN|LS|NSND|NSƯT|Ths|CKI|CKII|ĐT|Đ/c|đ/c|Đc|"
    r"St|Mr|Mrs|Ms|Dr|Jr|No|vs|tr|Tr|Nxb|NXB|[A-ZĐ])|(?<![^\W_])[A-ZĐ](?:\.[A-ZĐ])+)\.$"
)


def paragraphs(text: str) -> Iterator[Span]:
    """Lines that hold more than white space, trimmed."""
    for match in LINE.finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip()))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if match.group()[0] != "." or match.group().startswith(".."):
        return True
    return not is_abbreviation(text, start, match.start() + 1)


def is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text ends in an abbreviation before a name or a figure, so that its full stop ends nothing.

    >>> is_abbreviation("tại TP.", 0, 7), is_abbreviation("tại xã.", 0, 7)
    (True, False)
    """
    return _ABBREVIATION.search(text, max(start, end - 13), end) is not None


def sentences(text: str, block: Span) -> Iterator[Span]:
    """The sentences of one paragraph; full stops inside `TP. Huế`, `1.200`, `22.4` or `Th.S` end none.

    >>> text = "Sáng 22.4, TP. Huế họp. Có 1.200 người dự, v.v. và nhiều khách."
    >>> [text[a:b] for a, b in sentences(text, Span(0, len(text)))]
    ['Sáng 22.4, TP. Huế họp.', 'Có 1.200 người dự, v.v. và nhiều khách.']
    """
    start = block.start
    for match in _STOP.finditer(text, block.start, block.end):
        if _ends_sentence(text, start, match):
            yield Span(start, match.start() + len(match.group().rstrip()))
            start = match.end()
    if start < block.end:
        yield Span(start, block.end)


def syllables(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Syllables, numbers and single signs, with exact offsets.

    >>> [tuple(span) for span in syllables("hơn 1.200 hộ.")]
    [(0, 3), (4, 9), (10, 12), (12, 13)]
    """
    return [Span(*match.span()) for match in TOKEN.finditer(text, start, len(text) if end is None else end)]
