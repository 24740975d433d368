"""What callers have: rows with gaps, data frames, Arrow tables, one article or one record where many are usual."""

import math
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

import vnextract
from vnextract.errors import InputTypeError

TEXT = "Chiều qua, UBND tỉnh Lai Châu họp bàn việc trồng rừng."
NAN = float("nan")
ROWS: list[dict[str, Any]] = [
    {"text": TEXT, "published": "24/11/2025", "id": 1.0, "title": "Trồng rừng", "views": 5},
    {"text": TEXT, "published": "2025-11-24T20:30:00+07:00", "id": 2.0, "title": None, "views": 6},
    {"text": TEXT, "published": None, "id": None, "title": None, "views": None},
]
DAYS = ["2025-11-24", "2025-11-24", None]


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("24/11/2025", "2025-11-24"),
        ("Thứ hai, 24/11/2025, 09:36 (GMT+7)", "2025-11-24"),
        ("2025-11-24 09:36:00", "2025-11-24"),
        ("2025-11-23T20:00:00Z", "2025-11-24"),
        (1_763_960_000, "2025-11-24"),
        (1_763_960_000_000, "2025-11-24"),
        ("2025-11", "2025-11"),
        (date(2025, 11, 24), "2025-11-24"),
        (datetime(2025, 11, 23, 20, tzinfo=UTC), "2025-11-24"),
        (NAN, None),
        (None, None),
        ("", None),
    ],
)
def test_dates_of_rows_are_read_as_those_of_files(published: object, day: str | None) -> None:
    (record,) = vnextract.extract_many([{"text": TEXT, "published": published}])
    assert (record.failure, record.published, record.warnings) == (None, day, ())


def test_a_date_that_is_none_is_said() -> None:
    (record,) = vnextract.extract_many([{"text": TEXT, "published": "31/2/2025"}])
    assert (record.failure, record.published) == (None, None)
    assert record.warnings == ("publication date not understood: '31/2/2025'",)


def test_rows_of_pandas() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.DataFrame(ROWS)
    frame["source"] = [NAN, "Báo Thử", pandas.NA]
    rows = frame.to_dict("records")
    rows.append({"text": TEXT, "published": pandas.NaT, "id": NAN})
    rows.append({"text": TEXT, "published": pandas.Timestamp("2025-11-24 08:00"), "id": pandas.NA})
    records = list(vnextract.extract_many(rows))
    assert [record.failure for record in records] == [None] * 5
    assert [record.published for record in records] == [*DAYS, None, "2025-11-24"]
    assert [record.id for record in records] == ["1", "2", None, None, None]
    assert [record.title for record in records[:2]] == ["Trồng rừng", None]
    assert [record.source for record in records[:3]] == [None, "Báo Thử", None]
    assert not any(record.warnings for record in records)


def test_a_row_without_text_is_a_failure_of_its_own() -> None:
    records = list(vnextract.extract_many([{"text": NAN, "id": 4}, {"text": TEXT, "id": 5}]))
    assert [(record.id, record.failure is None) for record in records] == [("4", False), ("5", True)]


def pandas_frame(pandas: Any) -> Any:
    return pandas.DataFrame(ROWS).rename(columns={"text": "Nội dung", "published": "ngay_dang"})


def polars_frame(polars: Any) -> Any:
    return polars.DataFrame(ROWS).rename({"text": "Nội dung", "published": "ngay_dang"})


def arrow_table(pyarrow: Any) -> Any:
    return pyarrow.Table.from_pylist(ROWS).rename_columns(["Nội dung", "ngay_dang", "id", "title", "views"])


def arrow_batch(pyarrow: Any) -> Any:
    return arrow_table(pyarrow).to_batches()[0]


def arrow_reader(pyarrow: Any) -> Any:
    return arrow_table(pyarrow).to_reader()


FRAMES = [
    ("pandas", pandas_frame),
    ("polars", polars_frame),
    ("pyarrow", arrow_table),
    ("pyarrow", arrow_batch),
    ("pyarrow", arrow_reader),
]


@pytest.mark.parametrize(("library", "make"), FRAMES)
@pytest.mark.parametrize("workers", [1, 2])
def test_data_frames_are_articles(library: str, make: Callable[[Any], Any], workers: int) -> None:
    frame = make(pytest.importorskip(library, reason=f"{library} is not installed"))
    records = list(vnextract.extract_many(frame, workers=workers))
    assert [(record.failure, record.text, record.published) for record in records] == [
        (None, TEXT, day) for day in DAYS
    ]
    assert [record.id for record in records] == ["1", "2", None]


def test_a_database_answers_with_articles() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    (record,) = vnextract.extract_many(duckdb.sql(f"SELECT DATE '2025-11-24' AS published, '{TEXT}' AS text"))
    assert (record.text, record.published) == (TEXT, "2025-11-24")


def test_a_column_of_texts_is_many_articles() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    records = list(vnextract.extract_many(pandas.Series([TEXT, None])))
    assert [record.failure is None for record in records] == [True, False]


def test_a_cell_that_cannot_be_read_costs_no_other_row() -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    days = pa.array([0, 2**60], pa.timestamp("us"))
    first, second = vnextract.extract_many(pa.table({"text": [TEXT, TEXT], "published": days}))
    assert (first.published, second.published, second.failure) == ("1970-01-01", None, None)
    assert second.warnings and second.warnings[0].startswith("publication date not understood: ")


def test_a_data_frame_without_texts_is_refused() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    with pytest.raises(InputTypeError, match=r"call one 'text'\. There are: a, b"):
        vnextract.extract_many(pandas.DataFrame({"a": [1], "b": [2]}))


@pytest.mark.parametrize("one", [TEXT, {"text": TEXT}, vnextract.Article(TEXT), b"x", 5])
def test_one_article_is_not_many(one: Any) -> None:
    with pytest.raises(InputTypeError):
        vnextract.extract_many(one)


def test_extract_takes_what_extract_many_takes() -> None:
    article = vnextract.Article(TEXT, id="a", published="2025-11-24", title="Tin", warnings=("mended",))
    record = vnextract.extract(article)
    assert (record.id, record.title, record.published, record.warnings) == ("a", "Tin", "2025-11-24", ("mended",))
    assert record == next(vnextract.extract_many([article]))
    row = {"noi_dung": TEXT, "ngay_dang": "24/11/2025", "title": math.nan, "id": 7}
    assert vnextract.extract(row) == vnextract.extract(TEXT, published="2025-11-24", id="7")
    assert vnextract.extract(article, "2025-11-20", id="b").model_dump(include={"id", "title", "published"}) == {
        "id": "b",
        "title": "Tin",
        "published": "2025-11-20",
    }


def test_one_record_makes_frames() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    record = vnextract.extract(TEXT, published="2025-11-24", id="a")
    frames = vnextract.to_frames(record)
    assert frames.keys() == vnextract.to_frames([record]).keys()
    assert frames["dates"]["article_id"].tolist() == ["a"]


def test_no_library_of_data_frames_is_imported() -> None:
    code = (
        "import sys, vnextract; list(vnextract.extract_many([{'text': 'Họp.', 'published': None}]));"
        "print([m for m in ('pandas', 'polars', 'pyarrow') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
