"""Links worked out by Spark: the tables are views of data frames, statements are translated from DuckDB's SQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from vnextract.archive.extras import needed_for
from vnextract.linking.spark_sql import SIMILARITY, translated
from vnextract.linking.work import Row

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_OURS = "vnextract_"
"""How the names of views begin that are ours."""
_TYPES = {"VARCHAR": "string", "BOOLEAN": "boolean", "DOUBLE": "double", "UINTEGER": "bigint"}


class SparkWork:
    """Tables of one linking in a session of Spark, made at once and held by the executors."""

    def __init__(self, session: "SparkSession", news: "Mapping[str, DataFrame]") -> None:
        self._session = session
        self._mark = f"{_OURS}{uuid4().hex[:8]}"
        self._views: dict[str, str] = {}
        self._before = {table.name for table in session.catalog.listTables()}
        session.udf.register(SIMILARITY, _similarity_function())
        for name, frame in news.items():
            self._have(f"news.{name}", frame)

    def _have(self, name: str, frame: "DataFrame") -> None:
        is_kept = self._session.sparkContext.getCheckpointDir() is not None
        # Without their history: else each table would be worked out again for every one made of it.
        held = frame.checkpoint() if is_kept else frame.localCheckpoint()
        self._views[name] = f"{self._mark}_{name.replace('.', '_')}"
        held.createOrReplaceTempView(self._views[name])

    def table(self, name: str) -> "DataFrame":
        """As `Work`."""
        return self._session.table(self._views[name])

    def execute(self, sql: str) -> None:
        """As `Work`."""
        makes, query = translated(sql, self._views)
        assert makes is not None
        self._have(makes, self._session.sql(query))

    def rows(self, sql: str, *values: object) -> Iterator[Row]:
        """As `Work`."""
        return iter(self._session.sql(translated(sql, self._views, values).query).toLocalIterator())

    def fill(self, name: str, columns: Mapping[str, str], found: Iterable[Row]) -> None:
        """As `Work`."""
        schema = ", ".join(f"{column} {_spark_type(type)}" for column, type in columns.items())
        self._have(name, self._session.createDataFrame(list(map(tuple, found)), schema))

    def mapped(self, name: str, columns: Mapping[str, str], make: Callable[[Row], Row], sql: str) -> None:
        """As `Work`; the executors do it."""
        schema = ", ".join(f"{column} {_spark_type(type)}" for column, type in columns.items())
        asked = self._session.sql(translated(sql, self._views).query)
        named = asked.toDF(*(f"column_{number}" for number in range(len(asked.columns))))
        self._have(name, named.mapInArrow(partial(_made, make, dict(columns)), schema))

    def splink(self) -> Any:
        """As `Work`."""
        with needed_for("linking people", "link"):
            from splink import SparkAPI

        api: Any = SparkAPI
        return api(spark_session=self._session, break_lineage_method="persist", register_udfs_automatically=False)

    def close(self) -> None:
        """Take away the views; data frames that were asked for stay."""
        catalog = self._session.catalog
        for table in catalog.listTables():
            if table.isTemporary and table.name not in self._before and table.name.startswith((_OURS, "__splink")):
                catalog.dropTempView(table.name)


def _spark_type(type: str) -> str:
    plain = type.removesuffix("[]")
    return f"array<{_TYPES[plain]}>" if plain != type else _TYPES[plain]


def _arrow_type(type: str) -> "pa.DataType":
    import pyarrow as pa

    plain = type.removesuffix("[]")
    types = {"VARCHAR": pa.string(), "BOOLEAN": pa.bool_(), "DOUBLE": pa.float64(), "UINTEGER": pa.int64()}
    return pa.list_(types[plain]) if plain != type else types[plain]


def _made(
    make: Callable[[Row], Row], columns: Mapping[str, str], batches: "Iterable[pa.RecordBatch]"
) -> "Iterator[pa.RecordBatch]":
    """What a function makes of the rows of batches."""
    import pyarrow as pa

    types = {name: _arrow_type(type) for name, type in columns.items()}
    for batch in batches:
        rows = list(map(make, zip(*(column.to_pylist() for column in batch.columns), strict=True)))
        cells = zip(*rows, strict=True) if rows else ((),) * len(types)
        made = [pa.array(list(values), type) for values, type in zip(cells, types.values(), strict=True)]
        yield pa.RecordBatch.from_arrays(made, names=list(types))


def _similarity_function() -> Any:
    """DuckDB's similarity of names as a function of Spark: the same to the last digit."""
    import pyarrow as pa

    functions: Any = import_module("pyspark.sql.functions")

    def similarity(one: pa.Array, other: pa.Array) -> pa.Array:
        import duckdb

        with duckdb.connect() as database:
            database.register("pairs", pa.table({"one": one, "other": other}))
            found = database.execute("SELECT jaro_winkler_similarity(one, other) AS alike FROM pairs").fetchnumpy()
        return pa.array(found["alike"])

    return functions.arrow_udf(similarity, "double")
