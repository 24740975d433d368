"""Tables of SQLite and DuckDB databases to articles: one row each of every table that has articles."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import LONGEST, Raw, Reading
from vnextract.archive.query import READ_ONLY
from vnextract.archive.rows import article_of
from vnextract.archive.unpack import Opened
from vnextract.columns import find
from vnextract.errors import InputFileError

_AT_ONCE = 100
_BESIDE_TEXT = ("title", "published", "url")
"""A table with a text and one of these is one of articles."""


def read_sqlite(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The articles of an SQLite database.

    Raises:
        InputFileError: no table has articles, or the file is damaged or packed.
    """
    address = f"{_path(opened).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * LONGEST)
        database.execute("PRAGMA trusted_schema = OFF")
        # What is no UTF-8 is taken for what it may be, as elsewhere.
        database.text_factory = _text
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {
            name: [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]
            for name in names
            if not name.startswith("sqlite_")
        }
        for table, columns in _with_articles(tables, reading).items():
            rows = database.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)}")
            yield from _articles(opened, reading, table, columns, rows)


def _text(data: bytes) -> str | bytes:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def read_duckdb(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The articles of a DuckDB database.

    Raises:
        InputFileError: no table has articles, or the file is damaged or packed.
        MissingExtraError: DuckDB is not installed.
    """
    with needed_for("reading .duckdb files"):
        import duckdb
    with duckdb.connect(str(_path(opened)), read_only=True, config=READ_ONLY) as database:
        tables: dict[str, list[str]] = {}
        for table, column in database.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' "
            "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_oid, column_index"
        ).fetchall():
            tables.setdefault(table, []).append(column)
        for table, columns in _with_articles(tables, reading).items():
            answer = database.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)}")
            yield from _articles(opened, reading, table, columns, _rows(answer))


def _rows(answer: Any) -> Iterator[Sequence[Any]]:
    while rows := answer.fetchmany(_AT_ONCE):
        yield from rows


def _path(opened: Opened) -> Path:
    if opened.packed or opened.member:
        raise InputFileError("a database is not read from within another file; unpack it first")
    return Path(opened.stream.name)


def _with_articles(tables: dict[str, list[str]], reading: Reading) -> dict[str, list[str]]:
    """The tables that have articles, with the columns that are read of each."""
    found = {table: find(columns, reading.fields) for table, columns in tables.items()}
    texts = [table for table, parts in found.items() if parts.get("text") in tables[table]]
    full = [table for table in texts if any(part in found[table] for part in _BESIDE_TEXT)]
    most = max((len(found[table]) for table in full), default=0)
    # What has few of an article's parts beside one that has many is about articles: an index, notes, posts.
    taken = [table for table in full if len(found[table]) > most / 2] or texts
    if not taken:
        shown = "; ".join(f"{table} ({', '.join(columns[:10])})" for table, columns in tables.items())[:300]
        raise InputFileError(
            f"no table has a column that holds the articles' text; name it with --text-field. There are: {shown}"
        )
    # Without a date every column may turn out to look like one, which is then said.
    return {
        table: [one for one in tables[table] if "published" not in found[table] or one in found[table].values()]
        for table in taken
    }


def _articles(
    opened: Opened, reading: Reading, table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]
) -> Iterator[Raw | Unreadable]:
    for number, row in enumerate(rows, 1):
        place = opened.at(f"table {table}, row {number}")
        yield article_of(opened, place, number, dict(zip(columns, row, strict=True)), reading)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
