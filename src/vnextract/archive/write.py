"""From records to files: JSON lines, a Parquet data set, a DuckDB database; each is written part by part."""

import gzip
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from vnextract.archive.checkpoint import Growing, State
from vnextract.archive.files import Unreadable
from vnextract.errors import MissingExtraError, OutputError
from vnextract.records import ArticleRecord
from vnextract.tables import TABLES, Column, ColumnType, Row
from vnextract.workers import Lost, map_ordered

if TYPE_CHECKING:
    import pyarrow as pa

Rows = Mapping[str, bytes]
"""The rows of each table as lines of JSON, which Arrow reads without a Python object per cell."""

_ARTICLE_EXTRAS = (
    Column("author", ColumnType.TEXT, "Who wrote it, where the file says so."),
    Column("file", ColumnType.TEXT, "File it was read from."),
    Column("place", ColumnType.TEXT, "Line, row or page of that file, or path within a zip."),
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

_SURROGATE = re.compile("[\ud800-\udfff]")
_PACKED_AT = 4_000_000
_EPOCH = date(1970, 1, 1).toordinal()
_encode: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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


def written(
    record: ArticleRecord, text: str, form: Form, with_text: bool, author: str | None, file: str, place: str
) -> Written:
    """A record in the form that an output wants; this is the workers' part of writing."""
    storable = _SURROGATE.sub("\ufffd", text) if with_text else None
    if form is Form.LINES:
        return Written(_line(record, storable), None, len(text))
    key = record.id or ""
    rows = {name: list(table.rows(record, key)) for name, table in TABLES.items()}
    (article,) = rows["articles"]
    author = author and _SURROGATE.sub("\ufffd", author)
    rows["articles"] = [(*_with_cell(article, _TEXT["articles"], storable), author, file, place or None)]
    if not with_text:
        rows["sentences"] = [_with_cell(row, _TEXT["sentences"], None) for row in rows["sentences"]]
    return Written(None, {name: _json_lines(name, found) for name, found in rows.items()}, len(text))


_TEXT = {name: [column.name for column in TABLES[name].columns].index("text") for name in ("articles", "sentences")}


def _with_cell(row: Row, index: int, value: object) -> Row:
    return (*row[:index], value, *row[index + 1 :])


def _json_lines(name: str, rows: Iterable[Row]) -> bytes:
    columns = COLUMNS[name]
    named = ({column.name: _cell(column, cell) for column, cell in zip(columns, row, strict=True)} for row in rows)
    return "".join(f"{_encode(row)}\n" for row in named).encode()


def _cell(column: Column, value: Any) -> object:
    if value is None:
        return None
    if column.type is ColumnType.NUMBER:
        return _double(value)
    return _days(value) if column.type is ColumnType.DAY else value


def _double(value: Decimal) -> float | None:
    """Numbers as doubles: they sum, average and plot everywhere; the words beside them and the JSON lines are exact."""
    number = float(value)
    return number if abs(number) != float("inf") else None


def _days(value: date) -> int:
    return value.toordinal() - _EPOCH


def _line(record: ArticleRecord, text: str | None) -> bytes:
    line = record.model_dump_json()
    if text is not None:
        line = f'{{"text":{json.dumps(text, ensure_ascii=False)},{line[1:]}'
    return line.encode() + b"\n"


class Output(Protocol):
    """A place that records go to, part by part."""

    form: Form

    def begin(self, state: State) -> None:
        """Go on after the last part of a state, dropping what stands after it."""

    def add(self, article: Written) -> None:
        """Take one article into the part."""

    def commit(self, state: State, failures: Iterable[Unreadable]) -> None:
        """Write the part durably and enter it into the state."""

    def finish(self, state: State) -> None:
        """Turn the parts into what the user asked for."""

    def close(self) -> None:
        """Release what is open."""


class JsonLines:
    """One record a line, plain, gzipped or as Zstandard; a part is appended as a member of its own."""

    form = Form.LINES

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._partial = folder / "records.partial"
        self._compress = _COMPRESSORS[path.suffix if path.suffix in _COMPRESSORS else ""]()
        self._lines: list[bytes] = []
        self._file: Growing | None = None

    def begin(self, state: State) -> None:
        """As `Output`."""
        size = state.sizes.get("records", 0)
        # A run killed between its last two steps has the name already, but not the word that it is finished.
        if state.parts and not self._partial.exists() and self._path.exists():
            self._path.replace(self._partial)
        self._file = Growing(self._partial, size)

    def add(self, article: Written) -> None:
        """As `Output`."""
        assert article.line is not None
        self._lines.append(article.line)

    def commit(self, state: State, failures: Iterable[Unreadable]) -> None:
        """As `Output`."""
        assert self._file is not None
        data = b"".join(self._lines)
        state.sizes["records"] = self._file.append(self._compress(data) if data else b"")
        self._lines.clear()

    def finish(self, state: State) -> None:
        """As `Output`."""
        self.close()
        self._partial.replace(self._path)

    def close(self) -> None:
        """As `Output`."""
        if self._file is not None:
            self._file.close()


def _plain_bytes() -> Callable[[bytes], bytes]:
    return bytes


def _gzip() -> Callable[[bytes], bytes]:
    return lambda data: gzip.compress(data, 6, mtime=0)


def _zstandard() -> Callable[[bytes], bytes]:
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtraError("writing .zst files takes more: pip install 'vnextract[archive]'") from error
    return zstandard.ZstdCompressor(level=6).compress


_COMPRESSORS: Mapping[str, Callable[[], Callable[[bytes], bytes]]] = {
    "": _plain_bytes,
    ".gz": _gzip,
    ".zst": _zstandard,
}


class Parquet:
    """A folder with one folder per table, and in each a Parquet file per part."""

    form = Form.TABLES

    def __init__(self, folder: Path) -> None:
        _need("pyarrow", "writing Parquet and DuckDB")
        self._folder = folder
        self._lines: dict[str, list[bytes]] = {name: [] for name in COLUMNS}
        self._size = 0
        self._packed: dict[str, list[pa.Table]] = {name: [] for name in COLUMNS}

    def begin(self, state: State) -> None:
        """As `Output`."""
        for name in COLUMNS:
            table = self._folder / name
            table.mkdir(parents=True, exist_ok=True)
            for file in table.iterdir():
                number = _part_number(file.name)
                if number is not None and number > state.parts:
                    file.unlink()

    def add(self, article: Written) -> None:
        """As `Output`."""
        assert article.rows is not None
        for name, lines in article.rows.items():
            self._lines[name].append(lines)
            self._size += len(lines)
        if self._size > _PACKED_AT:
            self._pack()

    def _pack(self) -> None:
        """Turn lines into columns, which take less memory."""
        for name, lines in self._lines.items():
            if data := b"".join(lines):
                self._packed[name].append(_columns(name, data))
            lines.clear()
        self._size = 0

    def commit(self, state: State, failures: Iterable[Unreadable]) -> None:
        """As `Output`."""
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        rows = [(failure.file, failure.place or None, failure.reason) for failure in failures]
        self._lines["failures"].append(_json_lines("failures", rows))
        self._pack()
        for name, tables in self._packed.items():
            path = self._folder / name / f"part-{state.parts + 1:06}.parquet"
            temporary = path.with_suffix(".tmp")
            with ParquetWriter(temporary, _schema(name), compression="zstd") as file:
                if tables:
                    file.write_table(pa.concat_tables(tables))
            _sync(temporary)
            temporary.replace(path)
            tables.clear()

    def finish(self, state: State) -> None:
        """As `Output`."""

    def close(self) -> None:
        """As `Output`."""


def _part_number(name: str) -> int | None:
    match = re.fullmatch(r"part-(\d{6,})\.(?:parquet|tmp)", name)
    return int(match[1]) if match else None


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _columns(name: str, lines: bytes) -> "pa.Table":
    import pyarrow as pa
    from pyarrow.json import ParseOptions, ReadOptions, read_json

    schema = _schema(name)
    whole = ReadOptions(use_threads=False, block_size=len(lines) + 1)
    table = read_json(pa.BufferReader(lines), whole, ParseOptions(explicit_schema=schema))
    return table.select(schema.names).cast(schema)


@cache
def _schema(name: str) -> "pa.Schema":
    import pyarrow as pa

    types = {
        ColumnType.TEXT: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.DAY: pa.date32(),
        ColumnType.NUMBER: pa.float64(),
    }
    return pa.schema(
        pa.field(column.name, types[column.type], metadata={"description": column.meaning}) for column in COLUMNS[name]
    )


class DuckDb(Parquet):
    """A DuckDB database, built from Parquet parts when all are there."""

    def __init__(self, path: Path, folder: Path) -> None:
        _need("duckdb", "writing DuckDB")
        super().__init__(folder / "parts")
        self._path = path

    def finish(self, state: State) -> None:
        """As `Output`; a process of its own builds the database, so that the memory this takes is given back."""
        building = self._folder.with_name("building.duckdb")
        for _, result in map_ordered(build, [(str(self._folder), str(building))]):
            if isinstance(result, Lost):
                raise OutputError(f"the database could not be built: {result.reason}")
        building.replace(self._path)
        shutil.rmtree(self._folder, ignore_errors=True)


def build(places: tuple[str, str]) -> None:
    """Load the Parquet parts of a folder into a new database."""
    import duckdb

    folder, path = map(Path, places)
    for leftover in (path, path.with_name(f"{path.name}.wal")):
        leftover.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as database:
        database.execute(f"SET memory_limit = '1GB'; SET temp_directory = {_quoted(str(path.parent / 'spill'))}")
        for name, columns in COLUMNS.items():
            declared = ", ".join(f'"{column.name}" {_SQL[column.type]}' for column in columns)
            database.execute(f'CREATE TABLE "{name}" ({declared})')
            for column in columns:
                database.execute(f'COMMENT ON COLUMN "{name}"."{column.name}" IS {_quoted(column.meaning)}')
            parts = sorted(str(file) for file in (folder / name).glob("part-*.parquet"))
            for first in range(0, len(parts), 100):
                database.execute(f'INSERT INTO "{name}" SELECT * FROM read_parquet(?)', [parts[first : first + 100]])


_SQL = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DAY: "DATE",
    ColumnType.NUMBER: "DOUBLE",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _need(package: str, what: str) -> None:
    try:
        __import__(package)
    except ImportError as error:
        raise MissingExtraError(f"{what} takes more: pip install 'vnextract[archive]'") from error


@dataclass(frozen=True, slots=True)
class Target:
    """Where an output goes, and the folder beside it that keeps track of the run."""

    path: Path
    kind: str
    """`jsonl`, `duckdb` or `parquet`."""

    @classmethod
    def of(cls, path: Path) -> "Target":
        """What a name asks for.

        Raises:
            OutputError: it cannot be told.

        >>> Target.of(Path("news.jsonl.gz")).kind, Target.of(Path("news.duckdb")).kind, Target.of(Path("news")).kind
        ('jsonl', 'duckdb', 'parquet')
        """
        name = path.name.lower().removesuffix(".gz").removesuffix(".zst")
        if name.endswith((".jsonl", ".ndjson")):
            return cls(path, "jsonl")
        if path.name.lower().endswith(".duckdb"):
            return cls(path, "duckdb")
        if path.is_dir() or not path.suffix:
            return cls(path, "parquet")
        raise OutputError(
            f"cannot tell what {str(path)!r} is to be: name a .duckdb, a .jsonl (.gz, .zst) or a folder for Parquet"
        )

    @property
    def folder(self) -> Path:
        """Where the run keeps its state and `failures.jsonl`: `_run` in a folder, else beside the file."""
        return self.path / "_run" if self.kind == "parquet" else self.path.with_name(f"{self.path.name}.run")

    def open(self) -> Output:
        """The output itself.

        Raises:
            MissingExtraError: it needs a package that is not installed.
        """
        if self.kind == "jsonl":
            return JsonLines(self.path, self.folder)
        return DuckDb(self.path, self.folder) if self.kind == "duckdb" else Parquet(self.path)

    def remove(self) -> None:
        """Delete what an earlier run has written."""
        if self.kind != "parquet":
            self.path.unlink(missing_ok=True)
        else:
            for table in map(self.path.joinpath, COLUMNS):
                for file in table.glob("part-*"):
                    file.unlink()
                with suppress(OSError):
                    table.rmdir()
        shutil.rmtree(self.folder, ignore_errors=True)


def failure_line(failure: Unreadable) -> bytes:
    """A failure as a line of `failures.jsonl`."""
    fields = {"file": failure.file, "place": failure.place, "reason": failure.reason}
    return json.dumps(fields, ensure_ascii=False).encode("utf8", "replace") + b"\n"
