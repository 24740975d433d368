"""Output as tables: a Parquet data set, or a DuckDB database made of one."""

import os
import re
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from vnextract.archive.checkpoint import State, sync_folder
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import COLUMNS, Form, Written, failure_rows
from vnextract.archive.views import views
from vnextract.errors import StorageError
from vnextract.tables import ColumnType
from vnextract.workers import Lost, map_ordered

if TYPE_CHECKING:
    import pyarrow as pa

STORAGE_VERSION = "v1.0.0"
"""Of the database file: the oldest that there is, which every DuckDB since 1.0 reads, and what embeds one."""
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
            first = state.retried_after + 1 if name == "failures" else 1
            for file in table.iterdir():
                number = _part_number(file.name)
                if number is not None and not first <= number <= state.parts:
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

    def reopen(self) -> None:
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

    def begin(self, state: State) -> None:
        """As `Output`."""
        if not state.parts:
            _remove_database(self._path)
        super().begin(state)

    def finish(self, state: State) -> None:
        """As `Output`; a process of its own builds the database, so that the memory this takes is given back."""
        building = self._folder.with_name("building.duckdb")
        counted = _apart(build, self._folder, building)
        if (counted["articles"], counted["failures"]) != (state.articles, state.failures):
            raise StorageError(f"the database came out with {counted['articles']:,} articles of {state.articles:,}")
        # What another database has left of its last step is none of this one's.
        _remove_database(self._path)
        building.replace(self._path)
        sync_folder(self._path.parent)

    def reopen(self) -> None:
        """As `Output`."""
        if not self._folder.exists():
            apart = self._folder.with_name("parts.tmp")
            _apart(unpack, self._path, apart)
            apart.replace(self._folder)

    def tidy(self) -> None:
        """As `Output`."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _apart(task: Callable[[tuple[str, str]], dict[str, int]], source: Path, made: Path) -> dict[str, int]:
    """Have a process of its own make a file or folder of another; returns the number of rows of each table.

    Raises:
        StorageError: it cannot, for want of room, say.
    """
    ((_, result),) = map_ordered(task, [(str(source), str(made))])
    if isinstance(result, Lost):
        raise StorageError(
            f"{made} cannot be made: {' '.join(result.reason.split())}. The articles are safe; "
            "with more room, the same command goes on from here"
        )
    return result


def build(places: tuple[str, str]) -> dict[str, int]:
    """Load the Parquet parts of a folder into a new database; returns how many rows it has, as read back from the disk.

    Raises:
        StorageError: it has not all of them.
    """
    import duckdb
    from pyarrow.parquet import read_metadata

    folder, path = map(Path, places)
    _remove_database(path)
    parts = {name: sorted((folder / name).glob("part-*.parquet")) for name in COLUMNS}
    with duckdb.connect() as database:
        database.execute(f"ATTACH {_quoted(str(path))} AS news (STORAGE_VERSION '{STORAGE_VERSION}'); USE news")
        database.execute(f"SET memory_limit = '1GB'; SET temp_directory = {_quoted(str(path.parent / 'spill'))}")
        for name, columns in COLUMNS.items():
            declared = ", ".join(f'"{column.name}" {_SQL[column.type]}' for column in columns)
            database.execute(f'CREATE TABLE "{name}" ({declared})')
            for column in columns:
                database.execute(f'COMMENT ON COLUMN "{name}"."{column.name}" IS {_quoted(column.meaning)}')
            files = list(map(str, parts[name]))
            for first in range(0, len(files), 100):
                database.execute(f'INSERT INTO "{name}" SELECT * FROM read_parquet(?)', [files[first : first + 100]])
        for name, view in views().items():
            database.execute(f'CREATE VIEW "{name}" AS {view.sql}')
            database.execute(f'COMMENT ON VIEW "{name}" IS {_quoted(view.meaning)}')
        # On a full disk the one that closing makes would fail without a word.
        database.execute("CHECKPOINT")
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    expected = {name: sum(read_metadata(file).num_rows for file in files) for name, files in parts.items()}
    with duckdb.connect(str(path), read_only=True) as database:
        counted = {}
        for name in COLUMNS:
            ((counted[name],),) = database.execute(f'SELECT count(*) FROM "{name}"').fetchall()
    if counted != expected or _log_of(path).exists():
        raise StorageError(f"the database holds {counted} rows, not {expected}")
    return counted


def unpack(places: tuple[str, str]) -> dict[str, int]:
    """Write the tables of a database into a folder, as the one part that it is made of."""
    import duckdb

    path, folder = map(Path, places)
    shutil.rmtree(folder, ignore_errors=True)
    with duckdb.connect(str(path), read_only=True) as database:
        for name in COLUMNS:
            (folder / name).mkdir(parents=True)
            file = folder / name / "part-000001.parquet"
            database.execute(f'COPY (SELECT * FROM "{name}" ORDER BY rowid) TO {_quoted(str(file))} (FORMAT parquet)')
            _sync(file)
    return {}


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _remove_database(path: Path) -> None:
    for file in (path, _log_of(path)):
        file.unlink(missing_ok=True)


_SQL = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DAY: "DATE",
    ColumnType.NUMBER: "DOUBLE",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
