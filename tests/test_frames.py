"""Tables of facts: the same columns and types whatever the records hold."""

import pickle
from datetime import date
from typing import Any, get_args

import pytest

import vnextract
from vnextract.errors import UnknownTableError
from vnextract.records import ArticleRecord
from vnextract.show.frames import Engine, Frames
from vnextract.tables import TABLES, ColumnType

ENGINES = get_args(Engine)
KINDS = {
    "pandas": {
        ColumnType.TEXT: "string",
        ColumnType.INTEGER: "Int64",
        ColumnType.BOOLEAN: "boolean",
        ColumnType.DAY: "datetime64[s]",
        ColumnType.NUMBER: "float64",
    },
    "polars": {
        ColumnType.TEXT: "String",
        ColumnType.INTEGER: "Int64",
        ColumnType.BOOLEAN: "Boolean",
        ColumnType.DAY: "Date",
        ColumnType.NUMBER: "Float64",
    },
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    pytest.importorskip(request.param)
    return request.param


def dtypes(frame: Any) -> dict[str, str]:
    return {name: str(kind) for name, kind in zip(frame.columns, frame.dtypes, strict=True)}


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_the_columns_turned(sample: ArticleRecord, table: str) -> None:
    named = TABLES[table]
    for record in (sample, vnextract.extract("")):
        cells = named.cells(record, "bài-1")
        assert len(cells) == len(named.columns)
        assert len({len(column) for column in cells}) == 1
        assert list(named.rows(record, "bài-1")) == list(zip(*cells, strict=True))
    assert all(row[0] == "bài-1" for row in named.rows(sample, "bài-1"))
    assert list(named.rows(vnextract.extract(""), "bài-1")) == [] or table == "articles"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_columns_and_types_never_change(engine: Engine, sample: ArticleRecord, count: int) -> None:
    frames = vnextract.to_frames([sample] * count, engine=engine)
    for name, table in TABLES.items():
        assert dtypes(frames[name]) == {column.name: KINDS[engine][column.type] for column in table.columns}


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("articles", 1),
        ("sentences", 4),
        ("organisations", 1),
        ("organisation_mentions", 2),
        ("officials", 1),
        ("official_mentions", 2),
        ("positions", 1),
        ("dates", 2),
        ("indicators", 1),
    ],
)
def test_one_row_for_each_fact(engine: Engine, sample: ArticleRecord, table: str, rows: int) -> None:
    assert len(sample.to_frame(table, engine=engine)) == rows


def test_every_mention_slices_its_article(engine: Engine, sample: ArticleRecord) -> None:
    frames = vnextract.to_frames([sample], engine=engine)
    for name in ("organisation_mentions", "official_mentions", "positions", "dates", "indicators"):
        frame = frames[name]
        columns = (list(frame[column]) for column in ("mention", "mention_start", "mention_end"))
        for words, start, end in zip(*columns, strict=True):
            assert sample.text is not None
            assert sample.text[start:end] == words


def test_values_of_a_row(sample: ArticleRecord) -> None:
    pytest.importorskip("polars")
    row = sample.to_frame("indicators", engine="polars").to_dicts()[0]
    expected = {
        "article_id": "nn-1",
        "indicator_number": 0,
        "mention": "1.250 hộ",
        "mention_start": 15,
        "mention_end": 23,
        "sentence": 0,
        "measure": "số hộ thoát nghèo",
        "value": 1250.0,
        "upper": None,
        "total": None,
        "unit": "hộ",
        "unit_kind": "count",
        "qualifier": "more_than",
        "direction": None,
        "date_number": 0,
        "period_first_day": date(2024, 3, 1),
        "period_last_day": date(2024, 3, 31),
        "organisation_id": "org-1",
        "organisation": "Hội Chữ thập đỏ tỉnh Lai Châu",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("ids", "keys"),
    [
        (["a", "b"], ["a", "b"]),
        ([None, None], ["article-1", "article-2"]),
        (["a", "a", "a"], ["a", "a#2", "a#3"]),
        (["a", "a#2", "a", "a"], ["a", "a#2", "a#3", "a#4"]),
        (["", None], ["", "article-2"]),
    ],
)
def test_keys_are_unique(engine: Engine, sample: ArticleRecord, ids: list[str | None], keys: list[str]) -> None:
    records = [sample.model_copy(update={"id": id}) for id in ids]
    frames = vnextract.to_frames(records, engine=engine)
    assert list(frames["articles"]["article_id"]) == keys
    assert set(frames["dates"]["article_id"]) == set(keys)


@pytest.mark.parametrize(
    ("published", "day"),
    [("2024-04-02", date(2024, 4, 2)), ("2024-04", date(2024, 4, 1)), ("2024", date(2024, 1, 1)), (None, None)],
)
def test_partial_publication_dates(sample: ArticleRecord, published: str | None, day: date | None) -> None:
    pytest.importorskip("polars")
    record = sample.model_copy(update={"published": published})
    row = record.to_frame("articles", engine="polars").to_dicts()[0]
    assert (row["published"], row["published_day"]) == (published, day)


def test_failures_are_rows_too(engine: Engine) -> None:
    records = list(vnextract.extract_many([{"text": None, "id": "bad"}]))
    (reason,) = vnextract.to_frames(records, engine=engine)["articles"]["failure"]
    assert reason


def test_unknown_names(sample: ArticleRecord) -> None:
    with pytest.raises(UnknownTableError, match="organisation_mentions"):
        sample.to_frame("bodies")
    with pytest.raises(UnknownTableError, match="polars"):
        vnextract.to_frames([sample], engine="dask")  # type: ignore[arg-type]


def test_frames_are_attributes_too(sample: ArticleRecord) -> None:
    pytest.importorskip("pandas")
    frames = vnextract.to_frames(sample)
    assert frames.indicators is frames["indicators"]
    assert {"articles", "dates"} <= set(dir(frames))
    assert "indicators" in frames._repr_html_()
    with pytest.raises(AttributeError, match="the tables are articles"):
        _ = frames.figures
    assert set(Frames.__annotations__) == set(frames)


def test_frames_of_pandas_stand_to_the_left(sample: ArticleRecord) -> None:
    pandas = pytest.importorskip("pandas")
    frame = vnextract.to_frames(sample).organisations
    assert isinstance(frame, pandas.DataFrame)
    html = frame[frame["name"].notna()].head(1)._repr_html_()
    assert "<td>" not in html
    assert "right" not in html.partition("</style>")[2]
    assert pickle.loads(pickle.dumps(frame)).equals(frame)
