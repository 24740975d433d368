"""Beyond one machine: extraction as a column of a Spark data frame, records as tables, who is who across them.

    from vnextract.spark import extract, link, tables

    records = extract(spark.read.parquet("news/"), text="body", published="day")
    records.select("id", "record.officials", "record.failure")

    facts = tables(records, text="body")
    facts["positions"].show()
    link(facts)["people"].show()

Every executor needs vnextract installed, with the extra `spark`; for `link` also with the extra `link`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel

from vnextract.archive.extras import needed_for
from vnextract.archive.parquet import arrow_types
from vnextract.article import Article
from vnextract.assemble import failed
from vnextract.errors import InputTypeError, MissingExtraError
from vnextract.pipeline import extract_many
from vnextract.records import ArticleRecord
from vnextract.tables import TABLES, Column, ColumnType

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType

LINKED = ("articles", "organisations", "officials", "positions", "indicators")
"""The tables that `link` looks at."""
_LINKING_NEEDS = (4, 1)
_AT_ONCE = 200

D = TypeVar("D")


def extract(
    df: "DataFrame",
    text: str = "text",
    published: str | None = "published",
    *,
    id: str | None = "id",
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    into: str = "record",
    timeout: float | None = None,
) -> "DataFrame":
    """Extract from every row of a data frame; its columns stay, one with the record is added.

    The record is a struct of the fields of `vnextract.ArticleRecord`, numbers as doubles. What goes wrong with an
    article stands in its field `failure`; no row is lost and no exception ends the job.

    Args:
        df: The articles, one a row.
        text: Column that holds the text.
        published: Column that holds the publication date: dates, timestamps, or text as newspapers print it.
        id: Column that holds the identifier; this and `published` need not be there under their usual names.
        title: Column that holds the headline.
        source: Column that holds the newspaper or site.
        url: Column that holds the address.
        into: Name of the new column.
        timeout: Seconds for one article. With a limit each task works in a process of its own, which also saves the job
            from an article that would take the Python process with it; without, models are loaded once per executor.

    Raises:
        InputTypeError: a column is not there, or the new one is there already.
        MissingExtraError: PySpark or PyArrow is not installed.
    """
    given = {"text": text, "published": published, "id": id, "title": title, "source": source, "url": url}
    usual = {"published": "published", "id": "id"}
    columns = {
        part: column
        for part, column in given.items()
        if column is not None and (column in df.columns or usual.get(part) != column)
    }
    missing = [column for column in columns.values() if column not in df.columns]
    if missing or into in df.columns:
        problem = f"no column {missing[0]!r}" if missing else f"a column {into!r} already"
        raise InputTypeError(f"the data frame has {problem}; it has {', '.join(df.columns)}")
    schema = spark_type(ArticleRecord)
    return df.mapInArrow(_Extract(columns, timeout), _with_column(df, into, schema))


def tables(df: "DataFrame", record: str = "record", text: str | None = "text") -> "Mapping[str, DataFrame]":
    """The records of a data frame as flat tables: those of `vnextract.to_frames`, of Parquet folders and databases.

    Rows bear the record's `id` as their `article_id`, so every record needs one of its own. What failed has no rows.

    Args:
        df: Records, as `extract` gives them.
        record: The column that holds them.
        text: The column that holds the articles' text, which records do not carry; None to do without.

    Returns:
        A data frame for each table. The work is done once and its result kept in memory or on the executors' disks.

    Raises:
        InputTypeError: a column is not there.
        MissingExtraError: PySpark or PyArrow is not installed.
    """
    columns = [record] if text is None else [record, text]
    if missing := [column for column in columns if column not in df.columns]:
        raise InputTypeError(f"the data frame has no column {missing[0]!r}; it has {', '.join(df.columns)}")
    schema = ", ".join(f"{name} array<struct<{_declared(table.columns)}>>" for name, table in TABLES.items())
    kept = df.select(*columns).mapInArrow(_Rows(text is not None), schema).persist()
    return {name: kept.selectExpr(f"inline({name})") for name in TABLES}


def link(facts: "Mapping[str, DataFrame]", threshold: float | None = None) -> "Mapping[str, DataFrame]":
    """Find who is who across articles: what `vnextract link` adds to a database, as data frames of Spark.

    The rules, the weights and, for the same articles, the result are those of `vnextract link`; probabilities may
    differ in their last digits. Articles are compared, joined and counted by the executors; the driver holds which
    names of bodies, which profiles of persons and which articles were found to be one.

    Args:
        facts: The tables of the records, from `tables` or read from a folder that `vnextract extract` has written:
            `{name: spark.read.parquet(f"news/{name}") for name in vnextract.spark.LINKED}`. Others are not looked at.
        threshold: Probability from which on two profiles may be one person; 0.9 by default.

    Returns:
        `bodies`, `people`, `careers`, `series`, `stories` and what joins them to the articles, with the columns that
        `vnextract link` gives them. All are made when this returns. Where the session has a checkpoint directory they
        are kept there, which outlives the loss of an executor; else by the executors.

    Raises:
        InputTypeError: a table is missing, an article has no identifier, or two have the same.
        OutputError: the threshold is no probability.
        MissingExtraError: a library is not installed.
    """
    with needed_for("linking on Spark", "spark,link"):
        import duckdb  # noqa: F401
        import rensa  # noqa: F401
        import splink  # noqa: F401

        from vnextract.linking.on_spark import SparkWork
    from pyspark import __version__ as version

    if tuple(map(int, version.split(".")[:2])) < _LINKING_NEEDS:
        raise MissingExtraError(f"linking on Spark takes Spark 4.1 or later; this is {version}")
    from vnextract.linking import stories
    from vnextract.linking.people import THRESHOLD
    from vnextract.linking.run import check_threshold, work_out
    from vnextract.linking.tables import TABLES as LINK_TABLES

    threshold = THRESHOLD if threshold is None else threshold
    check_threshold(threshold)
    if missing := [name for name in LINKED if name not in facts]:
        raise InputTypeError(f"there is no table {missing[0]!r}; there are {', '.join(facts)}")
    _check_identifiers(facts["articles"])
    work = SparkWork(facts["articles"].sparkSession, {name: facts[name] for name in LINKED})
    try:
        work.fill("known_signatures", stories.SIGNATURES, ())
        work_out(work, threshold)
        return {name: work.table(name).select(*columns) for name, columns in LINK_TABLES.items() if name != "links"}
    finally:
        work.close()


def _check_identifiers(articles: "DataFrame") -> None:
    """Refuse articles that cannot be told from each other.

    Raises:
        InputTypeError: the message names one.
    """
    shared = articles.groupBy("article_id").count().where("article_id IS NULL OR count > 1").limit(1).collect()
    if shared:
        named = (
            "an article has no identifier" if shared[0][0] is None else f"{shared[0][1]} articles are {shared[0][0]!r}"
        )
        raise InputTypeError(f"{named}; give each one of its own in the column `id`")


_DECLARED: Mapping[ColumnType, str] = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "bigint",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DAY: "date",
    ColumnType.NUMBER: "double",
}


def _declared(columns: Sequence[Column]) -> str:
    return ", ".join(f"{column.name}: {_DECLARED[column.type]}" for column in columns)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What an executor does with records: an array of rows for each table."""

    with_text: bool

    def __call__(self, batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        import pyarrow as pa

        kinds = {name: pa.list_(_row_type(table.columns)) for name, table in TABLES.items()}
        for batch in _slices(batches):
            texts = batch.column(1).to_pylist() if self.with_text else [None] * batch.num_rows
            rows = [_rows(*pair) for pair in zip(batch.column(0).to_pylist(), texts, strict=True)]
            cells = [pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()]
            yield pa.RecordBatch.from_arrays(cells, names=list(kinds))


def _row_type(columns: Sequence[Column]) -> "pa.DataType":
    import pyarrow as pa

    types = arrow_types()
    return pa.struct([pa.field(column.name, types[column.type]) for column in columns])


def _rows(stored: Mapping[str, Any], text: str | None) -> Mapping[str, list[Mapping[str, Any]]]:
    """The rows of one record, by table."""
    if stored["failure"] is not None:
        return {name: [] for name in TABLES}
    record = ArticleRecord.model_validate(stored)
    if text is not None:
        record = record.with_text(text)
    made: dict[str, list[Mapping[str, Any]]] = {}
    for name, table in TABLES.items():
        names = [column.name for column in table.columns]
        rows = table.rows(record, cast(str, record.id))
        made[name] = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
    return made


def _with_column(df: "DataFrame", name: str, kind: "DataType") -> Any:
    from pyspark.sql.types import StructField, StructType

    return StructType([*df.schema.fields, StructField(name, kind, nullable=False)])


def spark_type(annotation: Any) -> "DataType":
    """The Spark type of a model or of one of its fields; descriptions become comments.

    Raises:
        MissingExtraError: PySpark is not installed.
    """
    try:
        from pyspark.sql import types
    except ImportError as error:
        raise MissingExtraError("this takes more: pip install 'vnextract[spark]'") from error
    plain: Mapping[type, DataType] = {
        str: types.StringType(),
        int: types.LongType(),
        bool: types.BooleanType(),
        date: types.DateType(),
        Decimal: types.DoubleType(),
        float: types.DoubleType(),
    }

    def struct(fields: Sequence[tuple[str, "DataType", str]]) -> "DataType":
        return types.StructType(
            [types.StructField(name, kind, nullable=True, metadata={"comment": text}) for name, kind, text in fields]
        )

    return _translate(annotation, plain, types.ArrayType, struct)


def arrow_type(annotation: Any) -> "pa.DataType":
    """The Arrow type of a model or of one of its fields."""
    import pyarrow as pa

    plain = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), date: pa.date32()}
    plain |= {Decimal: pa.float64(), float: pa.float64()}

    def struct(fields: "Sequence[tuple[str, pa.DataType, str]]") -> "pa.DataType":
        return pa.struct([pa.field(name, kind) for name, kind, _ in fields])

    return _translate(annotation, plain, pa.list_, struct)


def _translate(
    annotation: Any,
    plain: Mapping[type, D],
    array: Callable[[D], D],
    struct: Callable[[Sequence[tuple[str, D, str]]], D],
) -> D:
    """A type of the record in another system: its plain types, arrays and structs."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _translate(inner[0], plain, array, struct)
    if origin in (Union, UnionType):
        (kind,) = (part for part in inner if part is not type(None))
        return _translate(kind, plain, array, struct)
    if origin is tuple:
        return array(_translate(inner[0], plain, array, struct))
    if issubclass(annotation, BaseModel):
        return struct(
            [
                (name, _translate(field.annotation, plain, array, struct), field.description or "")
                for name, field in annotation.model_fields.items()
            ]
        )
    return plain[str if issubclass(annotation, Enum) else annotation]


@dataclass(frozen=True, slots=True)
class _Extract:
    """What an executor does with its share of the rows."""

    columns: Mapping[str, str]
    timeout: float | None

    def __call__(self, batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        import pyarrow as pa

        kind = arrow_type(ArticleRecord)
        for batch in _slices(batches):
            articles = self._articles(batch)
            column = pa.array(map(_plain, self._records(articles)), kind, size=len(articles))
            schema = batch.schema.append(pa.field("record", kind, nullable=False))
            yield pa.RecordBatch.from_arrays([*batch.columns, column], schema=schema)

    def _articles(self, batch: "pa.RecordBatch") -> "list[Article | _Bad]":
        cells = {part: _cells(batch.column(column)) for part, column in self.columns.items()}
        return [_article(dict(zip(cells, row, strict=True))) for row in zip(*cells.values(), strict=True)]

    def _records(self, articles: "list[Article | _Bad]") -> Iterator[ArticleRecord]:
        """A record for each article, in order; what could not be read has one too."""
        good = (article for article in articles if isinstance(article, Article))
        records = extract_many(good, timeout=self.timeout)
        for article in articles:
            yield failed(Article(""), article.reason) if isinstance(article, _Bad) else next(records)


@dataclass(frozen=True, slots=True)
class _Bad:
    """A cell that cannot be read, or a row that has one."""

    reason: str


def _cells(column: "pa.Array") -> list[Any]:
    try:
        cells: list[Any] = column.to_pylist()
    except (ValueError, OverflowError, ArithmeticError):
        return [_cell(column, number) for number in range(len(column))]
    return cells


def _cell(column: "pa.Array", number: int) -> Any:
    try:
        return column[number].as_py()
    except (ValueError, OverflowError, ArithmeticError) as error:
        return _Bad(f"a cell cannot be read: {error}")


def _article(parts: Mapping[str, Any]) -> Article | _Bad:
    for cell in parts.values():
        if isinstance(cell, _Bad):
            return cell
    try:
        return Article.of_cells(parts)
    except InputTypeError as error:
        return _Bad(str(error))


def _slices(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
    """Smaller batches, so that only a few records are held at once."""
    for batch in batches:
        for first in range(0, batch.num_rows, _AT_ONCE):
            yield batch.slice(first, _AT_ONCE)


def _plain(value: Any) -> Any:
    """A record, or a part of one, of dictionaries, lists and plain values."""
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        number = float(value)
        return number if abs(number) != float("inf") else None
    return str(value) if isinstance(value, Enum) else value
