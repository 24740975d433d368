"""Output as tables: a Parquet data set, or a DuckDB database made of one."""

import os
import re
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from vnextract.archive.checkpoint import State
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import COLUMNS, Form, Written, failure_rows
from vnextract.errors import OutputError
from vnextract.tables import ColumnType
from vnextract.workers import Lost, map_ordered

if TYPE_CHECKING:
    import pyarrow as pa

_PACKED_AT = 4_000_000
"""Bytes of lines from which on they are turned into columns."""


class Parquet:
    """A folder with one folder per table, and in each a Parquet file per part."""

    form = Form.TABLES

    def __init__(self, folder: Path) -> None:
        with needed_for("writing Parquet and DuckDB"):
            import pyarrow  # noqa: F401
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

        self._lines["failures"].append(failure_rows(failures))
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

    def tidy(self) -> None:
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
        with needed_for("writing DuckDB"):
            import duckdb  # noqa: F401
        super().__init__(folder / "parts")
        self._path = path

    def finish(self, state: State) -> None:
        """As `Output`; a process of its own builds the database, so that the memory this takes is given back."""
        building = self._folder.with_name("building.duckdb")
        for _, result in map_ordered(build, [(str(self._folder), str(building))]):
            if isinstance(result, Lost):
                raise OutputError(f"the database could not be built: {result.reason}")
        building.replace(self._path)

    def tidy(self) -> None:
        """As `Output`."""
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
