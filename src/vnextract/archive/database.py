"""Output as a DuckDB database, made of Parquet parts: built anew by the first run, added to by every later one."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vnextract.archive.checkpoint import State, sync_folder
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import COLUMNS
from vnextract.archive.ledger import Replaced
from vnextract.archive.parquet import Parquet
from vnextract.archive.query import literal
from vnextract.archive.views import views
from vnextract.errors import OutputError, StorageError
from vnextract.tables import ColumnType
from vnextract.workers import Lost, map_ordered

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STORAGE_VERSION = "v1.0.0"
"""Of the database file: the oldest that there is, which every DuckDB since 1.0 reads, and what embeds one."""


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
        if state.base:
            self._check_free()
        super().begin(state)

    def _check_free(self) -> None:
        """Refuse a database that another program has open: nothing can be added to it."""
        import duckdb

        try:
            duckdb.connect(str(self._path)).close()
        except duckdb.Error as error:
            raise OutputError(
                f"{self._path} cannot be added to: {error}. If another program has it open, close it there"
            ) from error

    def finish(self, state: State, replaced: Replaced, failures: Sequence[Unreadable] | None) -> None:
        """As `Output`; a process of its own does it, so that the memory this takes is given back."""
        super().finish(state, replaced, failures)
        made = self._path if state.base else self._folder.with_name("building.duckdb")
        counted = _apart(add if state.base else build, self._folder, made)
        if (counted["articles"], counted["failures"]) != (state.articles, state.failures):
            raise StorageError(f"the database came out with {counted['articles']:,} articles of {state.articles:,}")
        if not state.base:
            # What another database has left of its last step is none of this one's.
            _remove_database(self._path)
            made.replace(self._path)
        sync_folder(self._path.parent)

    def tidy(self) -> None:
        """As `Output`."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _apart(task: Callable[[tuple[str, str]], Mapping[str, int]], source: Path, made: Path) -> Mapping[str, int]:
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


def build(places: tuple[str, str]) -> Mapping[str, int]:
    """Load the Parquet parts of a folder into a new database; returns how many rows it has, as read back from the disk.

    Raises:
        StorageError: it has not all of them.
    """
    import duckdb

    folder, path = map(Path, places)
    _remove_database(path)
    parts = _parts(folder)
    with duckdb.connect() as database:
        database.execute(f"ATTACH {literal(str(path))} AS news (STORAGE_VERSION '{STORAGE_VERSION}'); USE news")
        _bound(database, path)
        # In one step: hundreds of statements would each wait for the disk.
        database.execute("BEGIN")
        for name in COLUMNS:
            database.execute(f'CREATE TABLE "{name}" ("{COLUMNS[name][0].name}" {_SQL[COLUMNS[name][0].type]})')
            _have_columns(database, name)
        _have_views(database)
        database.execute("COMMIT")
        for name in COLUMNS:
            _insert(database, name, parts[name])
        # On a full disk the one that closing makes would fail without a word.
        database.execute("CHECKPOINT")
        expected = {name: _rows_of(database, files) for name, files in parts.items()}
    counted = _read_back(path)
    if counted != expected:
        raise StorageError(f"the database holds {counted} rows, not {expected}")
    return counted


def add(places: tuple[str, str]) -> Mapping[str, int]:
    """Add the Parquet parts of a folder to a database, their articles instead of what it has of them, in one step.

    What it takes goes with the parts; of what is there, only the articles' keys are read. To do it twice changes
    nothing. Tables and views of others stay, and columns that a later version has come with are added.

    Returns:
        How many rows it has, as read back from the disk.
    """
    import duckdb

    folder, path = map(Path, places)
    parts = _parts(folder)
    with duckdb.connect(str(path)) as database:
        _bound(database, path)
        database.execute("BEGIN")
        database.execute("CREATE TEMP TABLE added (article_id VARCHAR)")
        for files in _some(parts["articles"]):
            database.execute("INSERT INTO added SELECT article_id FROM read_parquet(?)", [files])
        for name in COLUMNS:
            _have_columns(database, name)
            replaced = "" if name == "failures" else "WHERE article_id IN (SELECT article_id FROM added)"
            database.execute(f'DELETE FROM "{name}" {replaced}')
            _insert(database, name, parts[name])
        _have_views(database)
        database.execute("COMMIT")
        database.execute("CHECKPOINT")
    return _read_back(path)


def _parts(folder: Path) -> Mapping[str, Sequence[str]]:
    return {name: sorted(map(str, (folder / name).glob("part-*.parquet"))) for name in COLUMNS}


def _rows_of(database: "DuckDBPyConnection", files: Sequence[str]) -> int:
    """How many rows files say that they have."""
    sql = "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(?)"
    return sum(database.execute(sql, [some]).fetchall()[0][0] for some in _some(files))


def _some(files: Sequence[str]) -> Iterator[list[str]]:
    for first in range(0, len(files), 100):
        yield list(files[first : first + 100])


def _bound(database: "DuckDBPyConnection", path: Path) -> None:
    database.execute(f"SET memory_limit = '1GB'; SET temp_directory = {literal(str(path.parent / 'spill'))}")


def _have_columns(database: "DuckDBPyConnection", name: str) -> None:
    """Give a table the columns that it lacks, each with what it means."""
    database.execute(f'SELECT * FROM "{name}" LIMIT 0')
    there = {column[0] for column in database.description or ()}
    for column in COLUMNS[name]:
        if column.name not in there:
            database.execute(f'ALTER TABLE "{name}" ADD COLUMN "{column.name}" {_SQL[column.type]}')
        database.execute(f'COMMENT ON COLUMN "{name}"."{column.name}" IS {literal(column.meaning)}')


def _insert(database: "DuckDBPyConnection", name: str, files: Sequence[str]) -> None:
    for some in _some(files):
        database.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM read_parquet(?)', [some])


def _have_views(database: "DuckDBPyConnection") -> None:
    for name, view in views().items():
        database.execute(f'CREATE OR REPLACE VIEW "{name}" AS {view.sql}')
        database.execute(f'COMMENT ON VIEW "{name}" IS {literal(view.meaning)}')


def _read_back(path: Path) -> Mapping[str, int]:
    """Make a database durable, and count what is on the disk.

    Raises:
        StorageError: not all of it is in the file.
    """
    import duckdb

    with path.open("r+b") as file:
        os.fsync(file.fileno())
    counted = {}
    with duckdb.connect(str(path), read_only=True) as database:
        for name in COLUMNS:
            ((counted[name],),) = database.execute(f'SELECT count(*) FROM "{name}"').fetchall()
    if _log_of(path).exists():
        raise StorageError(f"{path} was not written to its end")
    return counted


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
