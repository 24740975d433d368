"""A record in the form in which it is stored, a line of JSON or rows of tables: workers make it, outputs take it."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic_core import to_json

from vnextract.archive.files import Unreadable, storable
from vnextract.records import ArticleRecord
from vnextract.tables import TABLES, Cells, Column, ColumnType

Rows = Mapping[str, bytes]
"""The rows of each table, column by column, as a line of JSON, which Arrow reads without a Python object per cell."""

_ARTICLE_EXTRAS = (
    Column("author", ColumnType.TEXT, "Who wrote it, where the file says so."),
    Column("file", ColumnType.TEXT, "File it was read from."),
    Column("file_place", ColumnType.TEXT, "Line, row or page of that file, or path within a zip."),
    Column("digest", ColumnType.TEXT, "Digest of its content: another one after a change."),
    Column("made_by", ColumnType.TEXT, "Version and model that made its facts: another one after --refresh."),
)
_FAILURES = (
    Column("file", ColumnType.TEXT, "File that could not be read, in whole or in part."),
    Column("place", ColumnType.TEXT, "Line, row or page of that file, or path within a zip."),
    Column("reason", ColumnType.TEXT, "What went wrong."),
)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    **{name: table.columns for name, table in TABLES.items()},
    "articles": (*TABLES["articles"].columns, *_ARTICLE_EXTRAS),
    "failures": _FAILURES,
}
"""Every table of an archive: those of `vnextract.tables`, the articles with their file, and what failed."""

_EPOCH = date(1970, 1, 1).toordinal()


class Form(StrEnum):
    """What workers make of a record."""

    LINES = "lines"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Written:
    """One article in the form in which it is stored."""

    line: bytes | None
    rows: Rows | None
    size: int
    """Characters of the article."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article has come from, and what made its record."""

    file: str
    place: str
    author: str | None
    digest: str
    """Of its content."""
    made_by: str


def written(record: ArticleRecord, form: Form, with_text: bool, origin: Origin) -> Written:
    """A record in the form that an output wants."""
    text = record.text or ""
    kept = storable(text) if with_text else None
    if form is Form.LINES:
        return Written(_line(record, kept), None, len(text))
    key = record.id or ""
    cells = {name: dict(zip(_NAMES[name], table.cells(record, key), strict=False)) for name, table in TABLES.items()}
    author = origin.author and storable(origin.author)
    extras = (author, origin.file, origin.place or None, origin.digest or None, origin.made_by)
    cells["articles"] |= {column.name: [cell] for column, cell in zip(_ARTICLE_EXTRAS, extras, strict=True)}
    cells["articles"]["text"] = [kept]
    if not with_text:
        cells["sentences"]["text"] = [None] * len(record.sentences)
    return Written(None, {name: _turned(name, found) for name, found in cells.items()}, len(text))


def failure_line(failure: Unreadable) -> bytes:
    """A failure as a line of `failures.jsonl`."""
    fields = {"file": failure.file, "place": failure.place, "reason": failure.reason}
    return json.dumps(fields, ensure_ascii=False).encode("utf8", "replace") + b"\n"


def failure_rows(failures: Iterable[Unreadable]) -> bytes:
    """Failures as rows of their table."""
    rows = [(failure.file, failure.place or None, failure.reason) for failure in failures]
    return _turned("failures", dict(zip(_NAMES["failures"], zip(*rows, strict=True), strict=False)))


def _turned(name: str, cells: dict[str, Cells]) -> bytes:
    """The cells of each column as a line of JSON: an object with a list for each; nothing where there are none."""
    if not cells or not cells[_NAMES[name][0]]:
        return b""
    for column, turn in _TURNED[name]:
        cells[column] = turn(cells[column])
    return to_json(cells, inf_nan_mode="null") + b"\n"


def _doubles(cells: Iterable[Any]) -> Cells:
    """Numbers as doubles: they sum, average and plot everywhere; the words beside them and the JSON lines are exact."""
    return [None if cell is None else float(cell) for cell in cells]


def _days(cells: Iterable[Any]) -> Cells:
    return [None if cell is None else cell.toordinal() - _EPOCH for cell in cells]


_TURNS: Mapping[ColumnType, Callable[[Iterable[Any]], Cells]] = {ColumnType.NUMBER: _doubles, ColumnType.DAY: _days}
_NAMES = {name: [column.name for column in columns] for name, columns in COLUMNS.items()}
_TURNED = {
    name: [(column.name, _TURNS[column.type]) for column in columns if column.type in _TURNS]
    for name, columns in COLUMNS.items()
}
"""The columns of each table whose cells JSON has no form for, with what turns them."""


def _line(record: ArticleRecord, text: str | None) -> bytes:
    line = record.model_dump_json()
    if text is not None:
        line = f'{{"text":{json.dumps(text, ensure_ascii=False)},{line[1:]}'
    return line.encode() + b"\n"
