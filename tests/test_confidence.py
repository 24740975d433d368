"""Confidence: weights that learn how often facts are right, records cut down to what is sure, errors counted by hand."""

from datetime import date
from decimal import Decimal
from math import pi, sqrt
from typing import Any

import pytest

import vnextract
from vnextract.confidence.evidence import LAYERS, Evidence
from vnextract.confidence.model import Calibration, calibrations_in_use, odds
from vnextract.confidence.select import confident
from vnextract.errors import InputTypeError
from vnextract.gold import GoldArticle
from vnextract.records import ArticleRecord
from vnextract.reliability import Reliability, judgements, reliability

TEXT = "Năm 2024, Sở Y tế tỉnh Lai Châu khám cho 1.200 người. Ông Lò Văn Sơn, Giám đốc Sở, cho biết đã chi 3 tỷ đồng."


def mention(part: str, **sure: float) -> dict[str, Any]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part), "text": part, **sure}


def record() -> ArticleRecord:
    figure = {
        "upper": None,
        "total": None,
        "qualifier": "exact",
        "direction": None,
        "period": 0,
        "organisation_id": "org-1",
        "measure": "khám",
        "measure_key": "khám",
    }
    return ArticleRecord.model_validate(
        {
            "id": None,
            "title": None,
            "published": None,
            "source": None,
            "url": None,
            "sentences": [],
            "organisations": [
                {
                    "id": "org-1",
                    "name": "Sở Y tế tỉnh Lai Châu",
                    "name_confidence": 0.9,
                    "abbreviation": None,
                    "kind": "government",
                    "level": "province",
                    "place": None,
                    "mentions": [mention("Sở Y tế tỉnh Lai Châu", confidence=0.95), mention("Sở,", confidence=0.4)],
                }
            ],
            "officials": [
                {
                    "id": "person-1",
                    "name": "Lò Văn Sơn",
                    "confidence": 0.97,
                    "honorific": "ông",
                    "rank": None,
                    "positions": [
                        {
                            "title": "Giám đốc",
                            "organisation": "Sở Y tế tỉnh Lai Châu",
                            "organisation_id": "org-1",
                            "status": "current",
                            "confidence": 0.7,
                            "mention": mention("Giám đốc"),
                        }
                    ],
                    "mentions": [mention("Lò Văn Sơn")],
                }
            ],
            "dates": [
                {
                    "mention": mention("Năm 2024"),
                    "kind": "date",
                    "first_day": date(2024, 1, 1),
                    "last_day": date(2024, 12, 31),
                    "duration": None,
                    "timex": "2024",
                    "grain": "year",
                    "relative": False,
                    "confidence": 0.99,
                }
            ],
            "indicators": [
                {
                    **figure,
                    "mention": mention("1.200 người"),
                    "value": Decimal(1200),
                    "unit": "người",
                    "unit_kind": "count",
                    "confidence": 0.98,
                    "measure_confidence": 0.75,
                    "period_confidence": 0.85,
                    "owner_confidence": 0.6,
                    "said_by_id": None,
                },
                {
                    **figure,
                    "mention": mention("3 tỷ đồng"),
                    "value": Decimal(3_000_000_000),
                    "unit": "VND",
                    "unit_kind": "money",
                    "confidence": 0.55,
                    "said_by_id": "person-1",
                },
            ],
            "warnings": [],
            "version": "0",
        }
    )


def test_what_is_unsure_goes_and_what_hangs_on_it_with_it() -> None:
    kept = confident(record(), 0.8)
    assert [one.text for one in kept.organisations[0].mentions] == ["Sở Y tế tỉnh Lai Châu"]
    assert [person.positions for person in kept.officials] == [()]
    (figure,) = kept.indicators
    assert (figure.measure, figure.measure_key, figure.measure_confidence) == (None, None, None)
    assert (figure.period, figure.period_confidence) == (0, 0.85)
    assert (figure.organisation_id, figure.owner_confidence) == (None, None)


def test_a_body_whose_name_is_unsure_goes_with_its_posts_and_figures_keep_no_owner() -> None:
    kept = confident(record(), 0.92)
    assert kept.organisations == ()
    assert kept.officials[0].positions == ()
    assert kept.indicators[0].organisation_id is None
    assert kept.indicators[0].period is None


def test_what_has_no_confidence_stays() -> None:
    kept = confident(record(), 0.5)
    assert kept.indicators[1].said_by_id == "person-1"
    assert kept.indicators[1].measure == "khám"


def test_periods_are_numbered_anew() -> None:
    whole = record()
    unsure = whole.dates[0].model_copy(update={"confidence": 0.1})
    changed = whole.model_copy(
        update={
            "dates": (unsure, whole.dates[0]),
            "indicators": (whole.indicators[0].model_copy(update={"period": 1}),),
        }
    )
    assert confident(changed, 0.5).indicators[0].period == 0
    lost = changed.model_copy(update={"indicators": (whole.indicators[0],)})
    assert confident(lost, 0.5).indicators[0].period is None


@pytest.mark.parametrize("least", [-0.1, 1.5, True, "0.8", None])
def test_only_a_probability_is_taken(least: Any) -> None:
    with pytest.raises(InputTypeError, match="between 0 and 1"):
        confident(record(), least)


def test_extraction_leaves_out_what_is_unsure() -> None:
    whole = vnextract.extract(TEXT, published="2025-01-10")
    assert any(figure.confidence is not None for figure in whole.indicators)
    assert vnextract.extract(TEXT, published="2025-01-10", min_confidence=0.6) == confident(whole, 0.6)
    (many,) = vnextract.extract_many([TEXT], min_confidence=1.0)
    sure = [*(one.confidence for one in many.dates), *(one.confidence for one in many.indicators)]
    assert all(one is None or one >= 1.0 for one in sure)
    with pytest.raises(InputTypeError):
        vnextract.extract_many([TEXT], min_confidence=2)


def test_every_layer_of_the_shipped_model_has_weights() -> None:
    assert set(calibrations_in_use().layers) == set(LAYERS)


def test_the_surer_the_decision_the_surer_the_fact() -> None:
    calibration = Calibration({"always": -1.0, "chance": 0.8, "rule tagger": 0.3})
    sure = [calibration.of(Evidence(chance, ("rule tagger",))) or 0 for chance in (0.3, 0.6, 0.9, 0.99, 1.0)]
    assert sure == sorted(sure)
    assert 0 < sure[0] < sure[-1] < 1
    assert Calibration({}).of(Evidence(0.9, ())) is None
    assert odds(1.0) == -odds(0.0)


def test_precision_recall_and_calibration_error() -> None:
    told = Reliability([(0.95, True), (0.92, True), (0.85, False), (0.55, True), (0.15, False)], gold=6)
    assert told.at(0.9) == (1.0, 2 / 6)
    assert told.at(0.5) == (3 / 4, 3 / 6)
    assert [count for count, _, _ in told.bins()] == [1, 1, 1, 2]
    by_hand = (0.15 + (1 - 0.55) + 0.85 + 2 * abs(0.935 - 1)) / 5
    assert told.calibration_error == pytest.approx(by_hand)
    spreads = sqrt(0.95 * 0.05 + 0.92 * 0.08) + sqrt(0.85 * 0.15) + sqrt(0.55 * 0.45) + sqrt(0.15 * 0.85)
    assert told.chance_error == pytest.approx(sqrt(2 / pi) * spreads / 5)
    assert Reliability([], gold=3).at(0.5) == (1.0, 0.0)
    assert Reliability([], gold=3).calibration_error == 0


def gold(**changes: Any) -> GoldArticle:
    def at(part: str) -> list[int]:
        return [TEXT.index(part), TEXT.index(part) + len(part)]

    figure = {"upper": None, "total": None, "qualifier": "exact", "direction": None}
    name = "Sở Y tế tỉnh Lai Châu"
    line = {
        "text": TEXT,
        "organisations": [{"span": at(name), "name": name, "kind": "government"}],
        "officials": [
            {
                "name": "Lò Văn Sơn",
                "mentions": [at("Lò Văn Sơn")],
                "positions": [{"title": "Giám đốc", "organisation": name, "status": "current"}],
            }
        ],
        "dates": [
            {
                "span": at("Năm 2024"),
                "kind": "date",
                "first_day": "2024-01-01",
                "last_day": "2024-12-31",
                "duration": None,
            }
        ],
        "indicators": [
            {
                **figure,
                "span": at("1.200 người"),
                "value": 1200,
                "unit": "người",
                "measure": "khám",
                "period": at("Năm 2024"),
                "owner": name,
                "said_by": None,
            },
            {
                **figure,
                "span": at("3 tỷ đồng"),
                "value": 3_000_000_000,
                "unit": "VND",
                "measure": "đã chi",
                "period": None,
                "owner": None,
                "said_by": "Lò Văn Sơn",
            },
        ],
        "ignore": [],
    }
    return GoldArticle.of(line | changes)


def test_every_fact_is_judged() -> None:
    rights: dict[str, list[bool | None]] = {layer: [] for layer in LAYERS}
    for one in judgements(gold(), record()):
        rights[one.layer].append(one.right)
    assert rights == {
        "organisation": [True, False],
        "name": [True],
        "person": [True],
        "position": [True],
        "date": [True],
        "figure": [True, True],
        "measure": [True, False],
        "period": [True, False],
        "owner": [True, False],
        "said_by": [True],
    }


def test_what_gold_ignores_is_not_judged() -> None:
    start = TEXT.index("Sở,")
    found = judgements(gold(ignore=[[start, start + 3]]), record())
    assert [one.right for one in found if one.layer == "organisation"] == [True, None]
    told = reliability([gold(ignore=[[start, start + 3]])], [record()])
    assert told["organisation"].judged == [(0.95, True)]
    assert told["organisation"].gold == 1
