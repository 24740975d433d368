"""The database in which links are worked out: the archive is read only, everything else is scratch."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

    Connection = duckdb.DuckDBPyConnection

Row = Sequence[Any]
_AT_ONCE = 20_000


def rows(work: "Connection", sql: str, *values: object) -> Iterator[Row]:
    """The rows of an answer, without holding them all; other questions may be asked meanwhile."""
    answer = work.cursor().execute(sql, values)
    while found := answer.fetchmany(_AT_ONCE):
        yield from found


def count(work: "Connection", name: str) -> int:
    """How many rows a table has."""
    ((found,),) = work.execute(f"SELECT count(*) FROM {name}").fetchall()
    return int(found)


def fill(work: "Connection", name: str, columns: Mapping[str, str], found: Iterable[Row]) -> None:
    """Make a table of rows.

    Args:
        work: Where.
        name: Name of the table.
        columns: Its columns, with their SQL types.
        found: The rows.
    """
    import pyarrow as pa

    declared = ", ".join(f"{column} {type}" for column, type in columns.items())
    work.execute(f"CREATE OR REPLACE TABLE {name} ({declared})")
    found = iter(found)
    while batch := list(islice(found, _AT_ONCE)):
        cells = pa.table([pa.array(list(values)) for values in zip(*batch, strict=True)], names=list(columns))
        work.register("filling", cells)
        work.execute(f"INSERT INTO {name} SELECT * FROM filling")
        work.unregister("filling")


def mapped(work: "Connection", name: str, columns: Mapping[str, str], make: Callable[[Row], Row], sql: str) -> None:
    """Make a table of what a function makes of the rows of an answer."""
    fill(work, name, columns, map(make, rows(work, sql)))
