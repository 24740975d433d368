"""Hard wraps: which line breaks stand inside a sentence, by the shape of the whole text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from statistics import median

from vnextract.text.alignment import Edit
from vnextract.text.letters import UPPER
from vnextract.text.once import once
from vnextract.text.segment import LINE, is_abbreviation
from vnextract.text.structure import CREDIT

_FINISHED = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_ITEM = re.compile(
    r"(?:[•*+▪●○◦■□◊»>#|]|\d{1,3}[.)]\s|\d{1,2}(?:\.\d{1,2})+\.?\s|\(?[a-zđ][.)]\s|\(?[IVX]{1,4}[.)]\s|\(\d{1,2}\)\s)"
)
_WORD = re.compile(r"\S+")
_NUMERIC = re.compile(r"[\d\s.,%/+–-]*[\d%-]")
_OPEN = re.compile(rf"(?<![^\W_])[{UPPER}\d][\w.]*\Z")
_BEFORE_PLACE = re.compile(r"(?<![^\W_])(?:TP|Tp|TX|TT)\.\Z")
_BEFORE_PERSON = re.compile(r"(?<![^\W_])(?:PGS|GS|TS|ThS|BS|NSND|NSƯT)\.\Z")
_NAME = re.compile(rf"[{UPPER}]\w*")
_PLACE = re.compile(rf"[{UPPER}]{{2,}}\b|[{UPPER}]\w* [{UPPER}]")
"""A place after its unit: in capitals or of two words with one. Sentences seldom begin so."""
_SURE, _FEW = 5, 2
"""From so many certain wraps on the column of the whole text is looked for; with more lines, that of a paragraph."""
_MOST = 0.9
"""The share of certain wraps that had no place for one more word, where a text was wrapped at a column."""
_FILLED, _OVERFULL = 0.6, 1.2
"""How long a line must be, against the usual one, where a text was not, and may be, against the longest."""


@dataclass(frozen=True)
class _Line:
    text: str
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    @once
    def printed(self) -> str:
        return self.text[self.start : self.end]

    @once
    def is_small(self) -> bool:
        return self.text[self.start].islower()

    @property
    def has_dash(self) -> bool:
        return self.text[self.start] in "-–—"

    @once
    def is_finished(self) -> bool:
        """Whether it is the end of a sentence, or a cell with a number."""
        if _FINISHED.search(self.text, max(self.start, self.end - 6), self.end):
            return not is_abbreviation(self.text, self.start, self.end)
        return _NUMERIC.fullmatch(self.text, self.start, self.end) is not None

    @once
    def is_caption(self) -> bool:
        """Whether it ends in the credit of a photo."""
        return CREDIT.search(self.text, max(self.start, self.end - 90), self.end) is not None

    @once
    def begins_anew(self) -> bool:
        """Whether it is an item of a list, a cell or the credit of a photo."""
        return bool(
            _ITEM.match(self.text, self.start, self.end)
            or _NUMERIC.fullmatch(self.text, self.start, self.end)
            or CREDIT.match(self.text, self.start, self.end)
        )

    @once
    def needs_more(self) -> bool:
        """Whether it ends where no sentence or heading can: in a comma, a dash, an opening bracket."""
        return self.text[self.end - 1] in ",-–("

    @once
    def is_open(self) -> bool:
        """Whether it ends as headings seldom do: also in a number or a word with a capital."""
        return self.needs_more or _OPEN.search(self.text, max(self.start, self.end - 30), self.end) is not None

    def awaits(self, after: "_Line") -> bool:
        """Whether it ends in an abbreviation that stands before a name, and the next line begins with one."""
        if self.text[self.end - 1] != ".":
            return False
        start = max(self.start, self.end - 6)
        for abbreviation, name in ((_BEFORE_PLACE, _PLACE), (_BEFORE_PERSON, _NAME)):
            if abbreviation.search(self.text, start, self.end):
                return name.match(self.text, after.start, after.end) is not None
        return False

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
    lines = [_Line(text, line.start(), line.start() + len(line.group().rstrip())) for line in LINE.finditer(text)]
    stretches = [stretch for stretch in _stretches(lines) if len(stretch) > 1]
    cut = [pair for stretch in stretches for pair in compress(pairwise(stretch), _certain(stretch))]
    columns = _column(cut) if len(cut) >= _SURE else None
    for stretch in stretches:
        width = columns or (_column([*pairwise(stretch)]) if len(stretch) > _FEW and stretch[-1].is_finished else None)
        if width or any(_certain(stretch)):
            yield from _joined(stretch, width, cut)


def _joined(stretch: Sequence[_Line], column: int | None, cut: Sequence[tuple[_Line, _Line]]) -> Iterator[Edit]:
    """The wraps of one stretch, of a text that was wrapped at a column or, where that is None, anyhow."""
    lengths = [one.length for one, _ in cut]
    least, most = (column + 1, column) if column else (_FILLED * median(lengths), _OVERFULL * max(lengths))
    joined = False
    for (one, two), is_certain in zip(pairwise(stretch), _certain(stretch), strict=True):
        may_run_on = joined or one.is_open or (column is not None and one.start > 0)
        fits = (one.length <= most and one.length_with(two) >= least) or len(cut) < _SURE
        joined = is_certain or (may_run_on and fits)
        if joined:
            yield one.end, two.start, " "


def _column(cut: Sequence[tuple[_Line, _Line]]) -> int | None:
    """Length of the longest line, if nearly no line had a place for one more word; else None."""
    widest = max(one.length for one, _ in cut)
    return widest if sum(one.length_with(two) > widest for one, two in cut) >= _MOST * len(cut) else None


def _stretches(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines that may be one sentence. A dash that begins one line only is no mark of a list."""
    stretch: list[_Line] = []
    has_list = sum(line.has_dash for line in lines) > 1
    for line in lines:
        if stretch and not (_runs_on(stretch[-1], line) and not (has_list and line.has_dash)):
            yield stretch
            stretch = []
        stretch.append(line)
    yield stretch


def _runs_on(one: _Line, two: _Line) -> bool:
    """Whether nothing speaks against one sentence on two lines: no blank line, no end, no new item."""
    if one.text.count("\n", one.end, two.start) > 1 or one.is_finished or two.begins_anew:
        return False
    return two.is_small or not one.is_caption


def _certain(stretch: Sequence[_Line]) -> list[bool]:
    """Which lines of a stretch run on whatever stands around them; small letters say little where all begin so."""
    found, in_list = [], True
    for one, two in pairwise(stretch):
        in_list = in_list and one.is_small
        found.append(one.needs_more or one.awaits(two) or (two.is_small and not in_list))
    return found
