"""What each paragraph is: title, heading, body, caption, cell; where its dateline and its photo credit stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vnextract.text.alignment import Span
from vnextract.text.letters import UPPER
from vnextract.text.segment import paragraphs

_PICTURES = "[Ảả]nh|ẢNH|[Vv]ideo|[Đđ]ồ họa"
_OF_SOME_SORT = "(?: (?:minh họa|tư liệu|chụp màn hình))?"
CREDIT = re.compile(rf"\(?\b(?:{_PICTURES}|[Nn]guồn|[Tt]in,? ảnh|[Bb]ài,? ảnh){_OF_SOME_SORT}\s?[:/][^\n]{{1,60}}$")
"""Who took the photo, at the end of its caption."""
_PICTURE = re.compile(rf"\b(?:{_PICTURES}){_OF_SOME_SORT}\s?: ?\Z")
_PICTURE_REACH = 26
_CREDIT_ENDS = re.compile(r" ?(?:[.,;/)\]\n]|[-–—&] |\Z)")
_DATELINE = re.compile(
    r"\(([^()\n]{2,30})\)\s?[-–—]\s?|([A-ZĐ][\w.]{1,14}(?: [A-ZĐ][\w.]{0,12}){0,3})\s?[-–—]\s(?=[^\W\d_])|"
    rf"([{UPPER}][\w]{{1,8}}(?: [{UPPER}][\w]{{1,8}}){{0,2}}), (?=ngày \d)"
)
_DATELINE_CODE = re.compile(r"[A-ZĐ]{2,6}O?|[A-ZĐ][\w]*(?:\.[\w]+)+|[A-ZĐ]{2,5} [A-ZĐ]{2,8}|VOV\.VN|Dân trí")
_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_HEADING_LENGTH = 160
_LONGEST_CREDIT = 90

_LONGEST_CELL, _FEWEST_CELLS, _NUMBERS = 60, 6, 0.2
"""Cells are no longer than this, so many together, such a share of them numbers alone."""
_NUMBER_LINE = re.compile(r"[\d\s.,%/+–-]+")


class BlockKind(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    CELL = "cell"
    """A cell of a table; each has a line of its own, so that no name runs over two."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the article, in offsets of the normalised text."""

    start: int
    end: int
    kind: BlockKind
    dateline: Span | None = None
    """The opening that names the newspaper or the place: `(BĐ) -`, `TTO -`."""
    credit: Span | None = None
    """The photo credit at the end: `(Ảnh: T.H)`, `Ảnh: N.H`."""


def _dateline(text: str, span: Span) -> Span | None:
    match = _DATELINE.match(text, span.start, span.end)
    if not match:
        return None
    if match.group(2) and not _DATELINE_CODE.fullmatch(match.group(2)):
        return None
    return Span(*match.span())


def _credit(text: str, span: Span) -> Span | None:
    start = max(span.start, span.end - _LONGEST_CREDIT)
    # One of these signs parts what was made from who made it, and most lines have none.
    if text.find(":", start, span.end) < 0 and text.find("/", start, span.end) < 0:
        return None
    match = CREDIT.search(text, start, span.end)
    return Span(*match.span()) if match else None


def is_credited(text: str, start: int, end: int) -> bool:
    """Whether a stretch is who made the picture above it, and no more than that.

    >>> text = "Hai người thân nhau. Ảnh: Tin Sáng. Sau đó họ cưới."
    >>> is_credited(text, 26, 34), is_credited(text, 26, 29), is_credited("Sở có 2 ảnh: Tin Sáng in cả hai.", 13, 21)
    (True, False, False)
    """
    if start < 2 or text[start - 1] not in " :" or not _CREDIT_ENDS.match(text, end):
        return False
    return _PICTURE.search(text, max(0, start - _PICTURE_REACH), start) is not None


def block(text: str, span: Span, is_first: bool) -> Block:
    """Classify one paragraph.

    >>> block("Quang cảnh hội nghị. Ảnh: N.H", Span(0, 29), is_first=False).kind.value
    'caption'
    """
    credit = _credit(text, span)
    if credit:
        return Block(*span, BlockKind.CAPTION, None, credit)
    dateline = _dateline(text, span)
    short = span.end - span.start <= _HEADING_LENGTH
    if dateline or not short or _END.search(text, span.end - 4 if span.end - 4 > span.start else span.start, span.end):
        return Block(*span, BlockKind.BODY, dateline)
    return Block(*span, BlockKind.TITLE if is_first else BlockKind.HEADING)


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs of a text, in order.

    >>> [part.kind.value for part in blocks("Điểm\\nTrường A\\n20\\nTrường B\\n16\\nTrường C\\n17\\nĐã tăng.")]
    ['title', 'cell', 'cell', 'cell', 'cell', 'cell', 'cell', 'body']
    """
    run: list[Block] = []
    for index, span in enumerate(paragraphs(text)):
        part = block(text, span, index == 0)
        if part.kind is BlockKind.HEADING and part.end - part.start <= _LONGEST_CELL:
            run.append(part)
            continue
        yield from _table(text, run)
        run = []
        yield part
    yield from _table(text, run)


def _table(text: str, run: Sequence[Block]) -> Iterator[Block]:
    """Short lines without an end: cells of a table where many are numbers."""
    numbers = sum(_NUMBER_LINE.fullmatch(text, part.start, part.end) is not None for part in run)
    is_table = len(run) >= _FEWEST_CELLS and numbers >= _NUMBERS * len(run)
    yield from (replace(part, kind=BlockKind.CELL) for part in run) if is_table else run
