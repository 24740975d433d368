"""How a text is laid out on its lines: runs of blanks, cells of tables, hard wraps, blanks forgotten after a full stop.

Each function lists its edits, `(start, end, what stands there instead)`, in the order of the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median

from vnextract.text.letters import LOWER, UPPER
from vnextract.text.markup import Edit
from vnextract.text.segment import is_abbreviation
from vnextract.text.structure import CREDIT

_BLANKS = re.compile(r"\t[ \t]*+| (?:[ \t]++|(?=\n|\Z))|(?<![^\n]) ")
_HAS_BLANKS = re.compile(r"\t|  |\n | \n")
_PARAGRAPH_GAP = 3
"""So many blanks after the end of a sentence stand for the end of a paragraph."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\Z")

_CELL_GAP = re.compile(r"(?<=[^\s|])(?:[ \t]*+\|[ \t]*+| *\t[ \t]*+| {3,}+)(?=[^\s|])")
_RULER = frozenset(" \t:|-")
_LONGEST_CELL = 80

# `Mail.Ru` and `Node.Js` are names of sites, `32.NQ` a number of a document.
_FORGOTTEN = re.compile(
    rf"[.!?…](?:(?<=\d.)(?=[\"“‘«(]?[{UPPER}][{LOWER}])|(?<=[{LOWER}%²³)\]”’»].))[.!?…]*+[)\]”’»]*+"
    rf"(?=[\"“‘«(]?(?:[{UPPER}][{LOWER}]|[{UPPER}]{{2}}|[^\W\d_{LOWER}A-Z] ))"
    r"(?!(?:Com|Net|Org|Edu|Gov|Info|Vn|Ru|Io|Js)\b)"
)

_LINE = re.compile(r"\S[^\n]*")
_FINISHED = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_ITEM = re.compile(
    r"(?:[-–—•*+▪●○◦■□◊»>#|]|\d{1,3}[.)]\s|\d{1,2}(?:\.\d{1,2})+\.?\s|\(?[a-zđ][.)]\s|\(?[IVX]{1,4}[.)]\s|\(\d{1,2}\)\s)"
)
_WORD = re.compile(r"\S+")
_NUMERIC = re.compile(r"[\d\s.,%/+–-]+")
_OPEN = re.compile(rf"(?:[,–(-]|(?<![^\W_])[{UPPER}\d][\w.]*)\Z")
_SURE = 5
"""From so many certain wraps on, other lines of the same paragraph run on whatever they end and begin with."""
_MOST = 0.9
"""The share of certain wraps that had no place for one more word, where a text was wrapped at a column."""
_FILLED, _OVERFULL = 0.6, 1.2
"""How long a line must be, against the usual one, where a text was not, and may be, against the longest."""


def blanks(text: str) -> Iterator[Edit]:
    """Runs of blanks and tabs, and blanks at the ends of lines.

    >>> list(blanks("Sở   Y tế họp.    Ông An"))
    [(2, 5, ' '), (14, 18, '\\n')]
    """
    if not (_HAS_BLANKS.search(text) or text[:1] == " " or text[-1:] == " "):
        return
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if start == 0 or end == len(text) or text[start - 1] == "\n" or text[end] == "\n":
            yield start, end, ""
        elif match.group() != " ":
            gap = end - start >= _PARAGRAPH_GAP and _SENTENCE_END.search(text, max(0, start - 6), start)
            yield start, end, "\n" if gap and not is_abbreviation(text, 0, start) else " "


def cells(text: str) -> Iterator[Edit]:
    """The gaps between the cells of a table, where neighbouring lines have as many.

    >>> list(cells("Trường\\tLớp\\nTHPT Bình Sơn\\t12"))
    [(6, 7, '\\n'), (24, 25, '\\n')]
    """
    if not ("\t" in text or "   " in text or "|" in text):
        return
    lines = [line for line in _LINE.finditer(text) if not (set(line.group()) <= _RULER and "---" in line.group())]
    for count, group in groupby(((line, _gaps(text, line)) for line in lines), key=lambda row: len(row[1])):
        rows = list(group)
        if count and len(rows) > 1:
            for _, gaps in rows:
                yield from gaps


def _gaps(text: str, line: re.Match[str]) -> list[Edit]:
    """The gaps of a row of a table; none where the line is no such row."""
    gaps = [(*match.span(), "\n") for match in _CELL_GAP.finditer(text, *line.span())]
    bounds = [line.start(), *(at for start, end, _ in gaps for at in (start, end)), line.end()]
    parts = [text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    return [] if any(len(part) > _LONGEST_CELL or _SENTENCE_END.search(part) for part in parts) else gaps


def forgotten(text: str) -> Iterator[Edit]:
    """Ends of sentences with no blank after them.

    >>> list(forgotten("Đây là lần 3.Theo ông An, TP.HCM và Th.S Bình họp."))
    [(13, 13, ' ')]
    """
    for match in _FORGOTTEN.finditer(text):
        if not is_abbreviation(text, 0, match.start() + 1):
            yield match.end(), match.end(), " "


@dataclass(frozen=True)
class _Line:
    text: str
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    @cached_property
    def printed(self) -> str:
        return self.text[self.start : self.end]

    @cached_property
    def is_small(self) -> bool:
        return self.text[self.start].islower()

    @cached_property
    def is_finished(self) -> bool:
        """Whether it is the end of a sentence, or a cell with a number."""
        if _FINISHED.search(self.text, max(self.start, self.end - 6), self.end):
            return not is_abbreviation(self.text, self.start, self.end)
        return _NUMERIC.fullmatch(self.text, self.start, self.end) is not None

    @cached_property
    def is_caption(self) -> bool:
        """Whether it ends in the credit of a photo."""
        return CREDIT.search(self.text, max(self.start, self.end - 90), self.end) is not None

    @cached_property
    def begins_anew(self) -> bool:
        """Whether it is an item of a list, a cell or the credit of a photo."""
        return bool(
            _ITEM.match(self.text, self.start, self.end)
            or _NUMERIC.fullmatch(self.text, self.start, self.end)
            or CREDIT.match(self.text, self.start, self.end)
        )

    @cached_property
    def is_open(self) -> bool:
        """Whether it ends as headings seldom do: in a comma, a dash, a number, a word with a capital."""
        return _OPEN.search(self.text, max(self.start, self.end - 30), self.end) is not None

    def length_with(self, after: "_Line") -> int:
        """How long it would be with the first word of the next line."""
        word = _WORD.match(after.text, after.start, after.end)
        return self.length + 1 + (word.end() - word.start() if word else 0)


def wraps(text: str) -> Iterator[Edit]:
    """Line breaks inside a sentence.

    A break is certain where the line is no sentence's end and the next one goes on with a small letter. Others, before
    a capital or a number, are taken beside certain ones, where the line is as long as those that were certainly cut.
    Headings, items of lists, cells and captions are never joined.

    >>> list(wraps("Ông Trần Văn\\nAn chi 655,44\\ntỷ đồng cho xã\\ntrong năm."))
    [(12, 13, ' '), (26, 27, ' '), (41, 42, ' ')]
    >>> list(wraps("Khai mạc hội nghị\\nSáng 16/4, tỉnh họp.\\nGồm:\\nông An\\nbà Bình"))
    []
    """
    if "\n" not in text:
        return
    lines = [_Line(text, line.start(), line.start() + len(line.group().rstrip())) for line in _LINE.finditer(text)]
    loose = [_runs_on(one, two) for one, two in pairwise(lines)]
    certain = _certain(lines, loose)
    cut = [lines[at] for at, is_wrap in enumerate(certain) if is_wrap]
    if not cut:
        return
    longer = [lines[at].length_with(lines[at + 1]) for at, is_wrap in enumerate(certain) if is_wrap]
    widest = max(line.length for line in cut)
    in_columns = len(cut) >= _SURE and sum(length > widest for length in longer) >= _MOST * len(cut)
    least = widest + 1 if in_columns else _FILLED * median(line.length for line in cut)
    joined = False
    for at, (one, two) in enumerate(pairwise(lines)):
        beside = in_columns or joined or two.is_small or certain[at + 1 : at + 2] == [True]
        inside = len(cut) >= _SURE and (joined or (in_columns and at > 0))
        fits = one.length <= _OVERFULL * widest and one.length_with(two) >= least
        joined = certain[at] or (loose[at] and beside and fits and (inside or one.is_open))
        if joined:
            yield one.end, two.start, " "


def _runs_on(one: _Line, two: _Line) -> bool:
    """Whether nothing speaks against one sentence on two lines: no blank line, no end, no new item."""
    if one.text.count("\n", one.end, two.start) > 1 or one.is_finished or two.begins_anew:
        return False
    return two.is_small or not one.is_caption


def _certain(lines: Sequence[_Line], loose: Sequence[bool]) -> list[bool]:
    """Which breaks are certain: those before a small letter in a run of lines that begins with none, as a list may."""
    found, in_list = [], False
    for at, is_loose in enumerate(loose):
        in_list = lines[at].is_small and (in_list or at == 0 or not loose[at - 1])
        found.append(is_loose and lines[at + 1].is_small and not in_list)
    return found
