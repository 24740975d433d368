"""Tables in a text that has only lines: gaps between cells become line breaks, so that no name runs over two.

Each function lists its edits, `(start, end, what stands there instead)`, in the order of the text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from vnextract.text.alignment import Edit
from vnextract.text.late import late
from vnextract.text.letters import LOWER, UPPER
from vnextract.text.segment import LINE, SENTENCE_END

_CELL_GAP = re.compile(r"(?<=[^\s|])(?:[ \t]*+\|[ \t]*+| *\t[ \t]*+| {3,}+)(?=[^\s|])")
_EDGE = re.compile(r"\A\|[ \t]*+|(?<=\S)[ \t]*+\|\s*\Z")
_RULER = frozenset(" \t:|-")
_LONGEST_CELL = 80

# A name and what was counted there, with no word between and none after: `THPT Bình Sơn 450 12,5`.
_FLAT_ROW = late(
    rf"(?<!\S)(?P<name>[{UPPER}][^\s.,;:!?…]*+(?: (?!\d)[^\s.,;:!?…]++){{0,11}})"
    rf"(?P<numbers>(?: \d++(?:[.,]\d++)*+%?+)++)(?=[.;]?(?: [{UPPER}]|$))",
    re.MULTILINE,
)
_NEXT_ROW = re.compile(rf"\d%? [{UPPER}]")
_NAMES_END = late(rf" [{UPPER}][{LOWER}]+\Z")
_FEWEST_ROWS = 3
"""So many rows with two numbers or more make a table; with one number each, more rows, whose names end in names."""


def cells(text: str) -> Iterator[Edit]:
    """The gaps between the cells of a table, where neighbouring lines have as many.

    >>> list(cells("Trường\\tLớp\\nTHPT Bình Sơn\\t12"))
    [(6, 7, '\\n'), (24, 25, '\\n')]
    """
    if not ("\t" in text or "   " in text or "|" in text):
        return
    lines = [*LINE.finditer(text)]
    found: list[Edit] = [(*line.span(), "") for line in lines if _is_ruler(line.group())]
    rows = (_row(text, line) for line in lines if not _is_ruler(line.group()))
    for count, group in groupby(rows, key=len):
        table = [*group]
        if count and len(table) > 1:
            found += [gap for row in table for gap in row]
    yield from sorted(found)


def _is_ruler(line: str) -> bool:
    return "|" in line and _RULER.issuperset(line)


def _row(text: str, line: re.Match[str]) -> list[Edit]:
    """The gaps between the cells of a row, its edges too; none where the line is no such row."""
    start, end = line.span()
    gaps: list[Edit] = [(*match.span(), "\n") for match in _CELL_GAP.finditer(text, start, end)]
    bounds = [start, *(at for first, after, _ in gaps for at in (first, after)), end]
    parts = [text[first:after] for first, after in zip(bounds[::2], bounds[1::2], strict=True)]
    if not gaps or any(len(part) > _LONGEST_CELL or SENTENCE_END.search(part) for part in parts):
        return []
    return gaps + [(start + edge.start(), start + edge.end(), "") for edge in _EDGE.finditer(line.group())]


def flattened(text: str) -> Iterator[Edit]:
    """The blanks between the cells of a table that was flattened into a line.

    >>> list(flattened("Lớp A 45 9,5 Lớp B 40 8,7 Lớp C 42 9"))[:5]
    [(5, 6, '\\n'), (8, 9, '\\n'), (12, 13, '\\n'), (18, 19, '\\n'), (21, 22, '\\n')]
    """
    if len(_NEXT_ROW.findall(text)) < _FEWEST_ROWS - 1:
        return
    for line in LINE.finditer(text):
        if len(_NEXT_ROW.findall(text, *line.span())) < _FEWEST_ROWS - 1:
            continue
        rows: list[re.Match[str]] = []
        for row in _FLAT_ROW.finditer(text, *line.span()):
            if rows and row.start() != rows[-1].end() + 1:
                yield from _row_gaps(text, rows)
                rows = []
            rows.append(row)
        yield from _row_gaps(text, rows)


def _row_gaps(text: str, rows: Sequence[re.Match[str]]) -> Iterator[Edit]:
    several = sum(row["numbers"].count(" ") > 1 for row in rows)
    named = sum(_NAMES_END.search(row["name"]) is not None for row in rows)
    if several >= _FEWEST_ROWS or (len(rows) > _FEWEST_ROWS and named == len(rows)):
        for row in rows:
            name, numbers = max(row.start() - 1, 0), range(*row.span("numbers"))
            yield from ((at, at + 1, "\n") for at in (name, *numbers) if text[at] == " ")
        end = rows[-1].end() + text.startswith((".", ";"), rows[-1].end())
        if text.startswith(" ", end):
            yield end, end + 1, "\n"
