"""Records as data frames of pandas or polars, one per kind of fact; columns keep their types even without rows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Literal

from vnextract.errors import MissingExtraError, UnknownTableError
from vnextract.records import ArticleRecord
from vnextract.tables import TABLES, Column, ColumnType, Row, Table

Engine = Literal["pandas", "polars"]

_PANDAS_TYPES = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "Int64",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DAY: "datetime64[s]",
    ColumnType.NUMBER: "float64",
}
_POLARS_TYPES = {
    ColumnType.TEXT: "String",
    ColumnType.INTEGER: "Int64",
    ColumnType.BOOLEAN: "Boolean",
    ColumnType.DAY: "Date",
    ColumnType.NUMBER: "Float64",
}


class Frames(dict[str, Any]):
    """The tables of some records by name, `frames["dates"]`, and as attributes, which editors complete.

    >>> import vnextract
    >>> frames = vnextract.to_frames(vnextract.extract("Ngày 16/4/2025 trời mưa."))
    >>> frames.dates is frames["dates"]
    True
    """

    articles: Any
    """One row an article."""
    sentences: Any
    """One row a sentence."""
    organisations: Any
    """One row a body of an article."""
    organisation_mentions: Any
    """One row each time that a body is named."""
    officials: Any
    """One row an official of an article."""
    official_mentions: Any
    """One row each time that an official is named."""
    positions: Any
    """One row a post of an official."""
    dates: Any
    """One row a temporal expression."""
    indicators: Any
    """One row a figure."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no table {name!r}; the tables are {', '.join(self)}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self]

    def _repr_html_(self) -> str:
        left = 'style="text-align: left"'
        rows = "".join(
            f"<tr><td {left}>{name}</td><td {left}>{len(frame):,}</td><td {left}>{', '.join(frame.columns)}</td></tr>"
            for name, frame in self.items()
        )
        head = "".join(f"<th {left}>{heading}</th>" for heading in ("table", "rows", "columns"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def to_frames(records: ArticleRecord | Iterable[ArticleRecord], engine: Engine = "pandas") -> Frames:
    """One data frame per table: articles, sentences, organisations, organisation_mentions, officials,
    official_mentions, positions, dates, indicators.

    The column `article_id` joins them. It is the record's `id`; a record without one gets `article-N`, N being its
    place among the records from 1, and an `id` that comes again gets `#2`, `#3`.
    Days are days, counts are integers, figures are floating-point numbers (their words stand in `mention`).

    Args:
        records: What `extract` or `extract_many` gave: one record or many.
        engine: The library whose data frames are wanted.

    Raises:
        UnknownTableError: `engine` is neither "pandas" nor "polars".
        MissingExtraError: that library is not installed.

    >>> import vnextract
    >>> frames = vnextract.to_frames(vnextract.extract("Ngày 16/4/2025 trời mưa.", id="a1"))
    >>> frames["dates"].loc[0, ["article_id", "mention", "timex"]].tolist()
    ['a1', 'Ngày 16/4/2025', '2025-04-16']
    """
    kept = list(_keyed([records] if isinstance(records, ArticleRecord) else records))
    return Frames({name: _frame(table, kept, engine) for name, table in TABLES.items()})


def to_frame(records: Iterable[ArticleRecord], table: str, engine: Engine = "pandas") -> Any:
    """One table of `to_frames`.

    Raises:
        UnknownTableError, MissingExtraError: as `to_frames`, and where there is no such table.
    """
    if table not in TABLES:
        raise UnknownTableError(f"there is no table {table!r}; the tables are {', '.join(TABLES)}")
    return _frame(TABLES[table], _keyed(records), engine)


def _keyed(records: Iterable[ArticleRecord]) -> Iterator[tuple[ArticleRecord, str]]:
    copies: Counter[str] = Counter()
    for number, record in enumerate(records, 1):
        key = id = f"article-{number}" if record.id is None else record.id
        while copies[key]:
            copies[id] += 1
            key = f"{id}#{copies[id]}"
        copies[key] += 1
        yield record, key


def _frame(table: Table, records: Iterable[tuple[ArticleRecord, str]], engine: Engine) -> Any:
    rows = [row for record, key in records for row in table.rows(record, key)]
    library = _library(engine)
    make = _pandas_column if engine == "pandas" else _polars_column
    columns = {column.name: make(library, column, rows, place) for place, column in enumerate(table.columns)}
    return _maker(library, engine)(columns)


def _maker(library: Any, engine: Engine) -> Any:
    return library.DataFrame if engine == "polars" else import_module("vnextract.show.left").LeftFrame


def _library(engine: str) -> Any:
    if engine not in ("pandas", "polars"):
        raise UnknownTableError(f"engine must be 'pandas' or 'polars', not {engine!r}")
    try:
        return import_module(engine)
    except ImportError as error:
        extra = "notebook" if engine == "pandas" else "polars"
        raise MissingExtraError(f"data frames need {engine}: pip install 'vnextract[{extra}]'") from error


def _pandas_column(pandas: Any, column: Column, rows: list[Row], place: int) -> Any:
    return pandas.Series([row[place] for row in rows], dtype=_PANDAS_TYPES[column.type], name=column.name)


def _polars_column(polars: Any, column: Column, rows: list[Row], place: int) -> Any:
    cells: list[Any] = [row[place] for row in rows]
    if column.type is ColumnType.NUMBER:
        cells = [None if cell is None else float(cell) for cell in cells]
    return polars.Series(column.name, cells, dtype=getattr(polars, _POLARS_TYPES[column.type]))
