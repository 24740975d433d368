"""A real local Spark: records as nested columns, failures among them; their tables; who is who across them."""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from pydantic import BaseModel, Field

import vnextract
from vnextract.errors import InputTypeError, OutputError
from vnextract.records import ArticleRecord
from vnextract.tables import TABLES

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install 'vnextract[spark]'")
pytest.importorskip("pyarrow", reason="PyArrow is not installed: pip install 'vnextract[spark]'")

from vnextract.spark import arrow_type, extract, link, spark_type, tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CORPUS = Path(__file__).parents[1] / "corpus"

TEXT = "Sáng 24/5, UBND tỉnh Sơn La họp về ngân sách 120 tỷ đồng. Ông Trần Văn Minh, Giám đốc Sở Tài chính tỉnh, dự."


@pytest.fixture(scope="module")
def spark() -> "Iterator[SparkSession]":
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed; Spark needs version 17 or later")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("vnextract")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def plain(value: Any) -> Any:
    """A Spark row, or a part of a record, as dictionaries and lists."""
    if hasattr(value, "asDict"):
        return {name: plain(part) for name, part in value.asDict().items()}
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, StrEnum) else value


def test_records_are_those_of_the_library(spark: "SparkSession") -> None:
    rows = [(f"bai-{i}", TEXT.replace("120", str(100 + i)), f"2023-05-{24 + i % 5}", i) for i in range(300)]
    found = extract(spark.createDataFrame(rows, ["id", "text", "published", "kept"]).repartition(3)).collect()
    assert sorted(row.kept for row in found) == list(range(300))
    for row in (row for row in found if row.kept % 60 == 0):
        assert plain(row.record) == plain(vnextract.extract(row.text, row.published, id=row.id))


@pytest.mark.parametrize("timeout", [None, 60.0])
def test_what_fails_is_a_column(spark: "SparkSession", timeout: float | None) -> None:
    rows = [("a", TEXT, "hôm qua"), ("b", None, None), ("c", "", "24/5/2023"), ("d", "\x00 \u200b", "2023-05")]
    frame = spark.createDataFrame(rows, "id string, text string, published string")
    found = {row.id: row.record for row in extract(frame, timeout=timeout).collect()}
    assert {name: record.failure is None for name, record in found.items()} == {
        "a": True,
        "b": False,
        "c": True,
        "d": True,
    }
    assert "text" in found["b"].failure
    assert [found[name].published for name in "abcd"] == [None, None, "2023-05-24", "2023-05"]


def test_nested_columns_are_queried_in_sql(spark: "SparkSession") -> None:
    frame = spark.createDataFrame([(TEXT, date(2023, 5, 24), "Báo Thử")], ["body", "day", "paper"])
    extract(frame, "body", "day", source="paper", into="facts").createOrReplaceTempView("news")
    (row,) = spark.sql(
        "SELECT facts.source, facts.published, size(facts.sentences) AS sentences, "
        "exists(facts.indicators, figure -> figure.value > 1e9) AS large FROM news"
    ).collect()
    assert (row.source, row.published, row.sentences) == ("Báo Thử", "2023-05-24", 2)


def test_records_are_written_and_read_as_parquet(spark: "SparkSession", tmp_path: Path) -> None:
    frame = spark.createDataFrame([("a", TEXT, datetime(2023, 5, 24, 9))], ["id", "text", "published"])
    extract(frame).write.parquet(str(tmp_path / "records"))
    (row,) = spark.read.parquet(str(tmp_path / "records")).collect()
    assert row.record.published == "2023-05-24"
    assert row.record.version == vnextract.__version__


def test_columns_that_are_not_there_are_told(spark: "SparkSession") -> None:
    frame = spark.createDataFrame([(TEXT,)], ["text"])
    assert extract(frame).columns == ["text", "record"]
    with pytest.raises(InputTypeError, match="no column 'than_bai'"):
        extract(frame, text="than_bai")
    with pytest.raises(InputTypeError, match="no column 'ngay'"):
        extract(frame, published="ngay")
    with pytest.raises(InputTypeError, match="a column 'text' already"):
        extract(frame, into="text")


def test_types_follow_from_the_models() -> None:
    class Inner(BaseModel):
        day: date | None
        number: Annotated[Decimal, Field(gt=0)]

    class Outer(BaseModel):
        name: str
        inner: tuple[Inner, ...]
        flag: bool = Field(description="Whether.")

    assert spark_type(Outer).simpleString() == (
        "struct<name:string,inner:array<struct<day:date,number:double>>,flag:boolean>"
    )
    assert str(arrow_type(Outer)) == (
        "struct<name: string, inner: list<item: struct<day: date32[day], number: double>>, flag: bool>"
    )


def test_every_field_of_the_record_has_a_type() -> None:
    assert [field.name for field in arrow_type(ArticleRecord)] == list(ArticleRecord.model_fields)


ROW = "id string, text string, published string, source string"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in a database, linked by `vnextract link`: those of `corpus/`, and some that are hard to tell apart."""
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("splink", reason="splink is not installed")
    from test_linking import ARTICLES, extracted
    from vnextract.linking.run import link as link_archive

    corpus = [json.loads(line) for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open(encoding="utf8")]
    kept = [{name: one[name] for name in ("id", "text", "published") if one.get(name)} for one in corpus]
    database = extracted(tmp_path_factory.mktemp("archive"), [*kept, *ARTICLES])
    link_archive(database)
    return database


@pytest.fixture(scope="module")
def facts(spark: "SparkSession", archive: Path) -> "Mapping[str, DataFrame]":
    """The tables of the same articles, extracted by Spark."""
    news = archive.with_name("news.jsonl")
    return tables(extract(spark.read.schema(ROW).json(str(news)).repartition(2), source="source"))


def rows_of(archive: Path, table: str, columns: Sequence[str]) -> list[str]:
    import duckdb

    with duckdb.connect(str(archive), read_only=True) as database:
        return sorted(map(compared, database.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()))


def compared(row: Sequence[object]) -> str:
    """A row to be sorted and compared: two machines' logarithms differ in their last digits."""
    return repr([round(cell, 9) if isinstance(cell, float) else cell for cell in row])


@pytest.mark.parametrize("table", list(TABLES))
def test_tables_are_those_of_an_archive(archive: Path, facts: "Mapping[str, DataFrame]", table: str) -> None:
    columns = [column.name for column in TABLES[table].columns]
    assert facts[table].columns == columns
    assert sorted(map(compared, facts[table].collect())) == rows_of(archive, table, columns)


def test_who_is_who_is_the_same_as_on_duckdb(
    archive: Path, facts: "Mapping[str, DataFrame]", spark: "SparkSession"
) -> None:
    from vnextract.linking.tables import TABLES as LINKED

    found = link(facts)
    assert [*found, "links"] == list(LINKED)
    for name, frame in found.items():
        assert frame.columns == list(LINKED[name])
        assert sorted(map(compared, frame.collect())) == rows_of(archive, name, frame.columns), name
    assert found["people_pairs"].where("is_joined").count() > 1
    assert found["stories"].where("articles > 1").count() > 1
    assert not [table.name for table in spark.catalog.listTables() if table.name.startswith(("vnextract", "__"))]


def test_what_cannot_be_linked_is_told(spark: "SparkSession") -> None:
    pytest.importorskip("splink", reason="splink is not installed")
    twice = spark.createDataFrame([("a", TEXT, None), ("a", TEXT, None)], "id string, text string, published string")
    facts = tables(extract(twice))
    with pytest.raises(InputTypeError, match="2 articles are 'a'"):
        link(facts)
    with pytest.raises(InputTypeError, match="no table 'positions'"):
        link({name: frame for name, frame in facts.items() if name != "positions"})
    with pytest.raises(OutputError, match="probability"):
        link(facts, threshold=2)
    with pytest.raises(InputTypeError, match="no column 'body'"):
        tables(extract(twice), text="body")


def test_what_failed_has_no_rows(spark: "SparkSession") -> None:
    frame = spark.createDataFrame([("a", TEXT), ("b", None)], "id string, text string")
    assert [row.article_id for row in tables(extract(frame))["articles"].collect()] == ["a"]
