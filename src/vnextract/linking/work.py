"""Where links are worked out: tables by name, made and asked in the SQL of DuckDB, whatever answers it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from vnextract.archive.extras import needed_for

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = Sequence[Any]
_AT_ONCE = 20_000
_MACROS = (
    # Spark has this function; DuckDB has it under another name.
    "arrays_overlap(one, other) AS list_has_any(one, other)",
    "agreeing(one, other) AS len(list_filter(list_zip(one, other), lambda pair: pair[1] = pair[2]))",
)
"""Functions that links are worked out with."""


class Work(Protocol):
    """A place that has an archive's tables as `news.…`, for reading, and others of its own."""

    def execute(self, sql: str) -> object:
        """Make a table: `CREATE OR REPLACE TABLE … AS SELECT …`."""

    def rows(self, sql: str, *values: object) -> Iterator[Row]:
        """The rows of an answer, without holding them all; other questions may be asked meanwhile."""

    def fill(self, name: str, columns: Mapping[str, str], found: Iterable[Row]) -> None:
        """Make a table of rows.

        Args:
            name: Name of the table.
            columns: Its columns, with their SQL types.
            found: The rows.
        """

    def mapped(self, name: str, columns: Mapping[str, str], make: Callable[[Row], Row], sql: str) -> None:
        """Make a table of what a function, of a module, makes of each row of an answer."""

    def splink(self) -> Any:
        """What Splink reaches the tables by."""

    def table(self, name: str) -> Any:
        """A table as Splink takes it."""


class DuckDbWork:
    """A scratch database, the archive attached to it."""

    def __init__(self, database: "DuckDBPyConnection") -> None:
        self._database = database
        for macro in _MACROS:
            self.execute(f"CREATE OR REPLACE MACRO {macro}")

    def execute(self, sql: str, *values: object) -> "DuckDBPyConnection":
        """As `Work`, and anything else that DuckDB does."""
        return self._database.execute(sql, values or None)

    def rows(self, sql: str, *values: object) -> Iterator[Row]:
        """As `Work`."""
        answer = self._database.cursor().execute(sql, values)
        while found := answer.fetchmany(_AT_ONCE):
            yield from found

    def fill(self, name: str, columns: Mapping[str, str], found: Iterable[Row]) -> None:
        """As `Work`."""
        import pyarrow as pa

        declared = ", ".join(f"{column} {type}" for column, type in columns.items())
        self.execute(f"CREATE OR REPLACE TABLE {name} ({declared})")
        found = iter(found)
        while batch := list(islice(found, _AT_ONCE)):
            cells = pa.table([pa.array(list(values)) for values in zip(*batch, strict=True)], names=list(columns))
            self._database.register("filling", cells)
            self.execute(f"INSERT INTO {name} SELECT * FROM filling")
            self._database.unregister("filling")

    def mapped(self, name: str, columns: Mapping[str, str], make: Callable[[Row], Row], sql: str) -> None:
        """As `Work`."""
        self.fill(name, columns, map(make, self.rows(sql)))

    def splink(self) -> Any:
        """As `Work`."""
        with needed_for("linking people", "link"):
            from splink import DuckDBAPI

        return DuckDBAPI(connection=self._database)

    def table(self, name: str) -> Any:
        """As `Work`."""
        return name


def count(work: Work, name: str) -> int:
    """How many rows a table has."""
    ((found,),) = work.rows(f"SELECT count(*) FROM {name}")
    return int(found)
