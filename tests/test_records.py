"""The contract documents itself and holds what it promises."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from vnextract.records import ArticleRecord, Indicator, Mention, Qualifier, UnitKind

SCHEMA = ArticleRecord.model_json_schema(mode="serialization")


def properties() -> list[tuple[str, str, dict[str, Any]]]:
    models = {"ArticleRecord": SCHEMA} | SCHEMA["$defs"]
    return [
        (model, name, field) for model, body in models.items() for name, field in body.get("properties", {}).items()
    ]


def test_every_field_is_described() -> None:
    assert [f"{model}.{name}" for model, name, field in properties() if not field.get("description")] == []


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (
            "ArticleRecord",
            "id title published source url sentences organisations officials dates indicators warnings version",
        ),
        ("Mention", "start end text"),
        ("Organisation", "id name abbreviation kind level place mentions"),
        ("Official", "id name honorific rank positions mentions"),
        ("Position", "title organisation organisation_id status mention"),
        ("TemporalExpression", "mention kind first_day last_day duration timex grain relative"),
        (
            "Indicator",
            "mention value upper total unit unit_kind qualifier measure measure_key direction period organisation_id "
            "said_by_id",
        ),
    ],
)
def test_contract_fields(model: str, fields: str) -> None:
    assert set(fields.split()) <= {name for owner, name, _ in properties() if owner == model}


def indicator(**changes: Any) -> Indicator:
    fields: dict[str, Any] = {
        "mention": Mention(start=0, end=5, text="10 tỷ"),
        "value": Decimal("10000000000"),
        "upper": None,
        "total": None,
        "unit": "VND",
        "unit_kind": UnitKind.MONEY,
        "qualifier": Qualifier.EXACT,
        "measure": None,
        "direction": None,
        "period": None,
        "organisation_id": None,
    }
    return Indicator(**fields | changes)


@pytest.mark.parametrize(
    ("value", "printed"),
    [("655440000000", "655440000000"), ("1E+12", "1000000000000"), ("0.0000001", "0.0000001"), ("11.79", "11.79")],
)
def test_numbers_lose_no_digit_in_json(value: str, printed: str) -> None:
    figure = indicator(value=Decimal(value))
    assert f'"value":"{printed}"' in figure.model_dump_json()
    assert Indicator.model_validate_json(figure.model_dump_json()) == figure


def test_models_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        indicator(colour="red")
    with pytest.raises(ValidationError):
        indicator().value = Decimal(1)
