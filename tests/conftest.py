"""Records made by hand, for tests of what is done with records whatever extraction finds."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import pytest
from hypothesis import settings

from vnextract.records import (
    ArticleRecord,
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
            mentions=tuple(map(mention, spans)),
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
