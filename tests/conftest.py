"""Records made by hand, for tests of what is done with records whatever extraction finds."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import settings

from vnextract.records import (
    ArticleRecord,
    BodyMention,
    DateKind,
    Grain,
    Indicator,
    KeptText,
    Level,
    Mention,
    Official,
    Organisation,
    OrganisationKind,
    Place,
    Position,
    PositionStatus,
    Qualifier,
    TemporalExpression,
    UnitKind,
)
from vnextract.show.frames import to_frames
from vnextract.text.document import Text

settings.register_profile("long", deadline=None, max_examples=5000)

Names = Mapping[str, Sequence[tuple[int, int]]]
"""Full name → where the text has it."""


class RecordOf(Protocol):
    """Makes a record of a text and the places of its facts."""

    def __call__(
        self,
        text: str,
        *,
        organisations: Names = ...,
        officials: Names = ...,
        dates: Sequence[tuple[int, int]] = ...,
        indicators: Sequence[tuple[int, int]] = ...,
        **fields: Any,
    ) -> ArticleRecord: ...


def _record_of(
    text: str,
    *,
    organisations: Names | None = None,
    officials: Names | None = None,
    dates: Sequence[tuple[int, int]] = (),
    indicators: Sequence[tuple[int, int]] = (),
    **fields: Any,
) -> ArticleRecord:
    def mention(span: tuple[int, int]) -> Mention:
        return Mention(start=span[0], end=span[1], text=text[span[0] : span[1]])

    layers = Text(text)
    bodies = tuple(
        Organisation(
            id=f"org-{number}",
            name=name,
            abbreviation="UBND",
            kind=OrganisationKind.MASS_ORGANISATION,
            level=Level.PROVINCE,
            place=Place(name="Lai Châu", code="12"),
            mentions=tuple(BodyMention(**mention(span).model_dump()) for span in spans),
        )
        for number, (name, spans) in enumerate((organisations or {}).items(), 1)
    )
    people = tuple(
        Official(
            id=f"person-{number}",
            name=name,
            honorific="bà",
            rank="Đại tá",
            positions=(
                Position(
                    title="Giám đốc",
                    organisation=bodies[0].name if bodies else None,
                    organisation_id=bodies[0].id if bodies else None,
                    status=PositionStatus.FORMER,
                    mention=mention(spans[0]),
                ),
            ),
            mentions=tuple(map(mention, spans)),
        )
        for number, (name, spans) in enumerate((officials or {}).items(), 1)
    )
    times = tuple(
        TemporalExpression(
            mention=mention(span),
            kind=DateKind.DATE,
            first_day=date(2024, 3, 1),
            last_day=date(2024, 3, 31),
            duration=None,
            timex="2024-03",
            grain=Grain.MONTH,
            relative=False,
        )
        for span in dates
    )
    figures = tuple(
        Indicator(
            mention=mention(span),
            value=Decimal(1_250 + number),
            upper=None,
            total=None,
            unit="hộ",
            unit_kind=UnitKind.COUNT,
            qualifier=Qualifier.MORE_THAN,
            measure="số hộ thoát nghèo",
            direction=None,
            period=0 if times else None,
            organisation_id=bodies[0].id if bodies else None,
        )
        for number, span in enumerate(indicators)
    )
    known = {"id": None, "title": None, "published": "2024-04-02", "source": None, "url": None, "warnings": ()}
    record = ArticleRecord(
        **known | fields,
        sentences=tuple(mention(layers.alignment.to_raw(*span)) for span in layers.sentences),
        organisations=bodies,
        officials=people,
        dates=times,
        indicators=figures,
        version="0.1.0",
    )
    record._kept = KeptText(text)
    return record


@pytest.fixture(scope="session")
def record_of() -> RecordOf:
    """The maker of records."""
    return _record_of


SAMPLE = (
    "Nậm Nhùn: Thêm 1.250 hộ thoát nghèo\n\n"
    "Tháng 3/2024, Hội Chữ thập đỏ tỉnh Lai Châu khóa 2024 tặng quà bà con. Bà Lò Thị Máy nói hội còn giúp tiếp.\n\n"
    "Chủ tịch hội Lò Thị Máy cảm ơn các nhà hảo tâm."
)


@pytest.fixture(scope="session")
def sample(record_of: RecordOf) -> ArticleRecord:
    """A short article with a fact of each kind; a date and a person's name lie within other marks."""

    def at(words: str, nth: int = 1) -> tuple[int, int]:
        start = -1
        for _ in range(nth):
            start = SAMPLE.index(words, start + 1)
        return start, start + len(words)

    return record_of(
        SAMPLE,
        organisations={"Hội Chữ thập đỏ tỉnh Lai Châu": [at("Hội Chữ thập đỏ tỉnh Lai Châu khóa 2024"), at("hội")]},
        officials={"Lò Thị Máy": [at("Lò Thị Máy"), at("Lò Thị Máy", 2)]},
        dates=[at("Tháng 3/2024"), at("2024", 2)],
        indicators=[at("1.250 hộ")],
        id="nn-1",
        source="Báo Nậm Nhùn",
        url="https://example.org/nn-1?a=1&b=2",
    )


LINKED = """
CREATE TABLE bodies AS SELECT 'x/hoi' AS body_id, 'Hội Chữ thập đỏ tỉnh Lai Châu' AS name, 'mass_organisation' AS kind,
    'province' AS level, NULL::VARCHAR AS parent_id, 'Lai Châu' AS place, '12' AS place_code, 'Lai Châu' AS place_today,
    '12' AS place_code_today, 'Hội CTĐ Lai Châu' AS aliases, DATE '2024-04-01' AS first_seen, DATE '2024-04-03' AS last_seen,
    4 AS articles, 8 AS mentions;
CREATE TABLE body_names AS SELECT 'x/hoi' AS named_id, 'Hội Chữ thập đỏ tỉnh Lai Châu' AS name, 'x/hoi' AS body_id, 4 AS articles;
CREATE TABLE people AS SELECT 'lo-thi-may-1' AS person_id, 'Lò Thị Máy' AS name, NULL::VARCHAR AS aliases,
    'giám đốc' AS post, 'x/hoi' AS body_id, 'Hội Chữ thập đỏ tỉnh Lai Châu' AS body, '12' AS place,
    DATE '2024-04-01' AS first_seen, DATE '2024-04-03' AS last_seen, 4 AS articles, 2 AS stories, 8 AS mentions,
    0.97 AS probability;
CREATE TABLE person_mentions AS SELECT article_id, official_id, 'lo-thi-may-1' AS person_id, 'p' AS profile_id, name FROM officials;
CREATE TABLE careers AS SELECT 'lo-thi-may-1' AS person_id, 'giám đốc' AS title, 'x/hoi' AS body_id,
    'Hội Chữ thập đỏ tỉnh Lai Châu' AS body, '12' AS place, 'former' AS status, '2019-03' AS since, NULL::VARCHAR AS until,
    DATE '2024-04-01' AS first_seen, DATE '2024-04-03' AS last_seen, 4 AS articles, 'nn-1' AS evidence;
CREATE TABLE series AS
    SELECT 's' || n AS series_id, 'tỷ lệ hộ nghèo' AS measure_key, '%' AS unit, NULL::VARCHAR AS direction, 'Lai Châu' AS place,
    'x/hoi' AS body_id, 'Hội Chữ thập đỏ tỉnh Lai Châu' AS owner, make_date(2020 + n, 1, 1) AS period_first_day,
    make_date(2020 + n, 12, 31) AS period_last_day, 20.5 - n AS value, NULL::DOUBLE AS upper, 'exact' AS qualifier,
    n = 2 AS conflict, DATE '2024-04-01' AS first_seen, DATE '2024-04-01' AS last_seen, 1 AS articles, 1 AS stories,
    'nn-1' AS evidence FROM range(3) AS r(n);
CREATE TABLE stories AS SELECT CASE WHEN article_id IN ('nn-1', 'nn-2') THEN 'nn-1' ELSE article_id END AS story_id, article_id,
    published_day, source, CASE WHEN article_id IN ('nn-1', 'nn-2') THEN 2 ELSE 1 END AS articles FROM articles;
UPDATE organisations SET body_id = 'x/hoi' WHERE organisation_id = 'org-1';
UPDATE indicators SET said_by_id = 'person-1';
"""


@pytest.fixture(scope="session")
def linked_archive(tmp_path_factory: pytest.TempPathFactory, sample: ArticleRecord, record_of: RecordOf) -> Path:
    """An archive with the tables of linking, made by hand: one article is hostile, one shouts, two tell one story."""
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("polars")
    path = tmp_path_factory.mktemp("linked") / "news.duckdb"
    records = [sample.model_copy(update={"id": f"nn-{day}", "published": f"2024-04-0{day}"}) for day in range(1, 5)]
    records = [record.with_text(sample.text or "") for record in records]
    shouted = record_of(
        "HỘI CHỮ THẬP ĐỎ TẶNG QUÀ\n\nHội Chữ thập đỏ tặng quà bà con.", id="caps", published="2024-04-09"
    )
    attack = "<script>alert(1)</script>"
    hostile = record_of(f"{attack} hết", id=attack, organisations={attack: [(0, 5)]})
    with duckdb.connect(str(path)) as database:
        for name, frame in to_frames([*records, shouted, hostile], engine="polars").items():
            database.register("frame", frame)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
        database.execute(LINKED)
    return path
