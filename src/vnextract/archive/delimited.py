"""CSV and TSV to articles: one row each, and no text lost to a comma or a quote that is out of place.

Quotes are read strictly. Where one does not close, reading begins anew with the next line, so that a stray one costs
its own row only.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnextract.archive.encodings import Decoded, NotTextError
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import LONGEST, Raw, Reading
from vnextract.archive.rows import MOST_VALUES, TOO_MANY, article_of, check_columns
from vnextract.archive.text_lines import lines
from vnextract.archive.unpack import Opened
from vnextract.errors import InputFileError

MOST_LINES = 1_000
"""Lines that one quoted cell may run over."""
_MOST_COLUMNS = 10_000


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Sequence[str]
    line: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Problem:
    line: int
    reason: str


def read_csv(opened: Opened, reading: Reading, separator: str | None = None) -> Iterator[Raw | Unreadable]:
    """The rows of a table; where no separator is given, the commonest one of the header is."""
    csv.field_size_limit(2 * LONGEST)
    rows = _Rows(lines(opened.stream), separator)
    columns = rows.header()
    if columns is None:
        return
    check_columns(columns, reading)
    for number, row in enumerate(rows, 1):
        if isinstance(row, _Problem):
            yield Unreadable(opened.file, opened.at(f"line {row.line}"), row.reason)
        elif any(row.cells):
            item = dict(zip(columns, row.cells, strict=False))
            yield article_of(opened, opened.at(f"row {number}"), number, item, reading, row.warnings)


class _Rows:
    """The rows of a table after its header, and what is wrong with some."""

    def __init__(self, source: Iterator[Decoded | NotTextError], separator: str | None) -> None:
        self._source = enumerate(source, 1)
        self._again: deque[_Line] = deque()
        self._problems: deque[_Problem] = deque()
        self._separator = separator or ","
        self._guess = separator is None
        self._width = 0
        self._open_until = 0
        """The last line on which a quote may end that a row has left open, and so is none of another row."""

    def header(self) -> Sequence[str] | None:
        """The names of the columns; None where there is no row at all.

        Raises:
            InputFileError: it is damaged.
        """
        first = self._next()
        if self._problems:
            raise InputFileError(f"its header is damaged: {self._problems[0].reason}")
        if first is None:
            return None
        self._again.append(first)
        if self._guess:
            self._separator = max(",;\t|", key=first.text.count)
        row = self._row()
        if not isinstance(row, _Row):
            raise InputFileError(f"its header, line {first.number}, is damaged: {row.reason if row else 'it is empty'}")
        if len(row.cells) > _MOST_COLUMNS:
            raise InputFileError(f"its header has more than {_MOST_COLUMNS:,} columns")
        self._width = len(row.cells)
        return row.cells

    def __iter__(self) -> Iterator[_Row | _Problem]:
        while row := self._row():
            yield from self._told()
            yield self._checked(row)
        yield from self._told()

    def _told(self) -> Iterator[_Problem]:
        while self._problems:
            yield self._problems.popleft()

    def _checked(self, row: _Row | _Problem) -> _Row | _Problem:
        if isinstance(row, _Problem):
            return row
        count = len(row.cells)
        if any(row.cells[self._width :]):
            reason = (
                f"{count} cells where the header has {self._width}; a text with {self._separator!r} in it needs quotes"
            )
            return _Problem(row.line, reason)
        if 0 < count < self._width:
            return _Row(row.cells, row.line, (*row.warnings, f"only {count} of {self._width} cells in its row"))
        return row

    def _next(self) -> _Line | None:
        """The next line that is one; the others become problems."""
        if self._again:
            return self._again.popleft()
        for number, line in self._source:
            if isinstance(line, NotTextError):
                self._problems.append(_Problem(number, f"the line is left out: {line}"))
            elif line.text.count(self._separator) > MOST_VALUES:
                self._problems.append(_Problem(number, TOO_MANY))
            else:
                return _Line(number, line.text, line.warnings)
        return None

    def _row(self) -> _Row | _Problem | None:
        """One row, which may run over several lines."""
        taken: list[_Line] = []
        size = 0

        def feed() -> Iterator[str]:
            nonlocal size
            while len(taken) < MOST_LINES and size < LONGEST and (line := self._next()):
                taken.append(line)
                size += len(line.text)
                yield line.text

        try:
            cells = next(csv.reader(feed(), delimiter=self._separator, strict=True), None)
        except csv.Error as error:
            return self._not_closed(taken, size, error)
        if cells is None:
            return None
        if self._ends_quote(taken):
            return _Problem(taken[0].number, "a quote ends here that an earlier line has left open")
        warnings = dict.fromkeys(warning for line in taken for warning in line.warnings)
        return _Row(cells, taken[0].number, tuple(warnings))

    def _ends_quote(self, taken: Sequence[_Line]) -> bool:
        """Whether a row is but the rest of an earlier one, whose quote was read as closed or not at all."""
        if taken[0].number > self._open_until or (len(taken) == 1 and taken[0].text.count('"') % 2 == 0):
            return False
        self._open_until = 0
        return len(taken) == 1

    def _not_closed(self, taken: list[_Line], size: int, error: csv.Error) -> _Row | _Problem:
        first, *others = taken
        if first.text.count('"') % 2 == 0:
            self._again.extendleft(reversed(others))
            return self._as_printed(first, error)
        if (len(taken) >= MOST_LINES or size >= LONGEST) and not self._are_rows(others):
            last = self._skip_to_quote(taken[-1].number)
            limit = f"{MOST_LINES:,} lines or {LONGEST // 1_000_000} MB"
            return _Problem(first.number, f"a quoted cell is longer than {limit}; left out up to line {last}")
        self._again.extendleft(reversed(others))
        self._open_until = first.number + MOST_LINES
        return _Problem(first.number, f"a quote is not closed as it should be ({error})")

    def _as_printed(self, line: _Line, error: csv.Error) -> _Row | _Problem:
        """A line whose quotes are no marks of CSV but the text's own, if it falls into cells without them."""
        cells = line.text.rstrip("\r\n").split(self._separator)
        if self._width and len(cells) == self._width:
            return _Row(cells, line.number, line.warnings)
        return _Problem(line.number, f"a quote within a cell is not doubled ({error})")

    def _are_rows(self, read: Sequence[_Line]) -> bool:
        """Whether most lines are rows of their own rather than one long text."""
        whole = sum(line.text.count(self._separator) == self._width - 1 for line in read)
        return self._width > 1 and whole > len(read) / 2

    def _skip_to_quote(self, last: int) -> int:
        while line := self._next():
            last = line.number
            if line.text.count('"') % 2:
                break
        return last
