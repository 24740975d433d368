"""Questions in SQL to a database of extracted articles, answered as a table or as CSV."""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vnextract.archive.extras import needed_for
from vnextract.archive.files import printable
from vnextract.errors import QueryError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WIDE = 200
_AT_ONCE = 1_000
_FORMULA = re.compile("[\\s\ufeff\u200b-\u200f]*[=+@＝＋－＠-]|[\t\r]")
"""What a spreadsheet takes for the beginning of a formula, behind whatever does not show."""
READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
}
"""How a database is opened for somebody's questions: they reach neither the disk nor the settings."""


@contextmanager
def answer(database: Path, sql: str) -> "Iterator[DuckDBPyConnection]":
    """A connection that has the answer ready; nothing can be changed, in the database or outside.

    Raises:
        QueryError: the file is no such database, or the statement is wrong.
        MissingExtraError: DuckDB is not installed.
    """
    with needed_for("asking a database"):
        import duckdb
    try:
        opened = duckdb.connect(str(database), read_only=True, config=READ_ONLY)
    except duckdb.Error as error:
        raise QueryError(f"{database} cannot be opened as a DuckDB database: {error}") from error
    try:
        with opened as connection:
            asked = connection.execute(sql)
            if asked is None or asked.description is None:
                raise QueryError("this asks nothing")
            yield asked
    except duckdb.PermissionException as error:
        hint = (
            "A question reads and writes no files; -o FILE writes its answer into one, "
            "and so does vnextract query DATABASE \"COPY (SELECT …) TO 'FILE'\" without -o"
        )
        raise QueryError(f"{error}\n{hint}") from error
    except duckdb.Error as error:
        raise QueryError(f"{error}") from error


def ask(database: Path, sql: str) -> Iterator[Sequence[Any]]:
    """Column names, then the rows of the answer.

    Args:
        database: A file that `vnextract extract` has made.
        sql: One or more statements; the last one answers.

    Raises:
        QueryError, MissingExtraError: as `answer`.
    """
    with answer(database, sql) as found:
        yield [column[0] for column in found.description or ()]
        while rows := found.fetchmany(_AT_ONCE):
            yield from rows


def print_table(database: Path, sql: str, rows: int, console: Console | None = None) -> None:
    """Print the first rows of the answer.

    Raises:
        QueryError, MissingExtraError: as `ask`.
    """
    names, *found = islice(ask(database, sql), rows + 2)
    console = console or Console(width=None if sys.stdout.isatty() else _WIDE)
    table = Table()
    for index, name in enumerate(names):
        numbers = any(isinstance(row[index], int | float) for row in found)
        table.add_column(Text(printable(name)), justify="right" if numbers else "left", overflow="fold")
    for row in found[:rows]:
        table.add_row(*(Text("\n".join(map(printable, shown(cell).split("\n")))) for cell in row))
    console.print(table)
    if len(found) > rows:
        console.print(f"only the first {rows:,} rows are shown; --rows shows more", markup=False, highlight=False)


def literal(text: str) -> str:
    """A text as SQL writes one.

    >>> literal("Côte d'Ivoire")
    "'Côte d''Ivoire'"
    """
    return "'" + text.replace("'", "''") + "'"


def shown(cell: object) -> str:
    """A cell as people write it: no exponents, no empty decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:
        return str(int(cell))
    return str(cell)


def print_csv(database: Path, sql: str) -> None:
    """Print the whole answer as CSV; text that a spreadsheet would take for a formula gets an apostrophe before it.

    Raises:
        QueryError, MissingExtraError: as `ask`.
    """
    csv.writer(sys.stdout).writerows([harmless(cell) for cell in row] for row in ask(database, sql))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return bool(_FORMULA.match(text))


def harmless(cell: object) -> str:
    """A cell as text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("Sở Y tế"), harmless(-2.0), harmless(None)
    ("'=1+1", 'Sở Y tế', '-2', '')
    """
    return f"'{cell}" if isinstance(cell, str) and is_formula(cell) else shown(cell)
