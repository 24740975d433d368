"""Evaluation: each figure counted by hand on small cases."""

import json
from pathlib import Path
from typing import Any

import pytest

from vnextract.errors import InputFileError
from vnextract.evaluate import Evaluation, evaluate, evaluate_files, plain
from vnextract.gold import GoldArticle, read_gold
from vnextract.records import ArticleRecord

TEXT = "Sáng 16/4, UBND tỉnh Lai Châu và Sở Y tế họp. Ông Lò Văn Bình - Chủ tịch UBND tỉnh nói có hơn 120 hộ nghèo."


def at(part: str) -> dict[str, Any]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part), "text": part}


def span(part: str) -> list[int]:
    return [at(part)["start"], at(part)["end"]]


def organisation(name: str, kind: str, *parts: str) -> dict[str, Any]:
    return {
        "id": "org-1",
        "name": name,
        "abbreviation": None,
        "kind": kind,
        "level": "province",
        "place": None,
        "mentions": [at(part) for part in parts],
    }


def official(name: str, title: str, body: str | None, part: str) -> dict[str, Any]:
    post = {
        "title": title,
        "organisation": body,
        "organisation_id": None,
        "status": "current",
        "mention": at("Chủ tịch"),
    }
    return {"id": "p", "name": name, "honorific": None, "rank": None, "positions": [post], "mentions": [at(part)]}


def day(part: str, first: str | None) -> dict[str, Any]:
    return {
        "mention": at(part),
        "kind": "date",
        "first_day": first,
        "last_day": first,
        "duration": None,
        "timex": None,
        "grain": "day",
        "relative": False,
    }


def figure(part: str, value: str, qualifier: str, measure: str | None) -> dict[str, Any]:
    return {
        "mention": at(part),
        "value": value,
        "upper": None,
        "total": None,
        "unit": "hộ nghèo",
        "unit_kind": "count",
        "qualifier": qualifier,
        "measure": measure,
        "direction": None,
        "period": None,
        "organisation_id": None,
    }


GOLD: dict[str, Any] = {
    "id": "a",
    "published": "2025-04-16",
    "text": TEXT,
    "organisations": [
        {"span": span("UBND tỉnh Lai Châu"), "name": "Ủy ban nhân dân tỉnh Lai Châu", "kind": "government"},
        {"span": span("Sở Y tế"), "name": "Sở Y tế tỉnh Lai Châu", "kind": "government"},
    ],
    "officials": [
        {
            "name": "Lò Văn Bình",
            "mentions": [span("Lò Văn Bình")],
            "positions": [{"title": "Chủ tịch", "organisation": "Ủy ban nhân dân tỉnh Lai Châu", "status": "current"}],
        }
    ],
    "dates": [
        {
            "span": span("Sáng 16/4"),
            "kind": "date",
            "first_day": "2025-04-16",
            "last_day": "2025-04-16",
            "duration": None,
        }
    ],
    "indicators": [
        {
            "span": span("hơn 120 hộ nghèo"),
            "value": 120,
            "upper": None,
            "total": None,
            "unit": "hộ nghèo",
            "qualifier": "more_than",
            "measure": "số hộ nghèo",
            "direction": None,
        }
    ],
    "ignore": [span("nói")],
}
EMPTY: dict[str, Any] = {
    "id": "a",
    "title": None,
    "published": None,
    "source": None,
    "url": None,
    "sentences": [],
    "warnings": [],
}


def score(**layers: list[dict[str, Any]]) -> Evaluation:
    every = {"organisations": [], "officials": [], "dates": [], "indicators": [], "version": "0"} | layers
    return evaluate([GoldArticle.of(GOLD)], [ArticleRecord.model_validate_json(json.dumps(EMPTY | every))])


def counts(evaluation: Evaluation, name: str) -> tuple[int, int, int]:
    found = evaluation.scores[name]
    return found.correct, found.predicted, found.gold


UBND = organisation("UBND tỉnh Lai Châu", "government", "UBND tỉnh Lai Châu")
HAND_COUNTED: list[tuple[dict[str, list[dict[str, Any]]], dict[str, tuple[int, int, int]]]] = [
    (
        {},
        {
            "organisations exact": (0, 0, 2),
            "officials person": (0, 0, 1),
            "dates value": (0, 0, 1),
            "offsets": (0, 0, 0),
        },
    ),
    (
        {"organisations": [UBND]},
        {
            "organisations exact": (1, 1, 2),
            "organisations kind": (1, 1, 2),
            "organisations name": (1, 1, 2),
            "offsets": (1, 1, 1),
        },
    ),
    (
        {"organisations": [organisation("Sở Y tế tỉnh Lai Châu", "health", "Sở Y tế họp")]},
        {
            "organisations exact": (0, 1, 2),
            "organisations overlap": (1, 1, 2),
            "organisations kind": (0, 1, 2),
            "organisations name": (1, 1, 2),
        },
    ),
    (
        {"organisations": [organisation("Nói", "other", "nói")]},
        {"organisations exact": (0, 0, 2), "offsets": (1, 1, 1)},
    ),
    ({"organisations": [organisation("Ông", "other", "Ông")]}, {"organisations exact": (0, 1, 2)}),
    (
        {"officials": [official("Lò Văn Bình", "Chủ tịch", "UBND tỉnh Lai Châu", "Lò Văn Bình")]},
        {"officials mention": (1, 1, 1), "officials person": (1, 1, 1), "officials position": (1, 1, 1)},
    ),
    (
        {"officials": [official("Bình", "Chủ tịch", None, "Bình")]},
        {"officials mention": (0, 1, 1), "officials person": (0, 1, 1), "officials position": (0, 1, 1)},
    ),
    ({"dates": [day("Sáng 16/4", "2025-04-16")]}, {"dates exact": (1, 1, 1), "dates value": (1, 1, 1)}),
    (
        {"dates": [day("16/4", "2024-04-16")]},
        {"dates exact": (0, 1, 1), "dates overlap": (1, 1, 1), "dates value": (0, 1, 1)},
    ),
    (
        {"indicators": [figure("hơn 120 hộ nghèo", "120", "more_than", "hộ nghèo")]},
        {"indicators exact": (1, 1, 1), "indicators full": (1, 1, 1), "indicators measure": (1, 1, 1)},
    ),
    (
        {"indicators": [figure("hơn 120 hộ nghèo", "120", "exact", None)]},
        {"indicators value": (1, 1, 1), "indicators full": (0, 1, 1), "indicators measure": (0, 1, 1)},
    ),
]


@pytest.mark.parametrize(("layers", "expected"), HAND_COUNTED)
def test_counts(layers: dict[str, list[dict[str, Any]]], expected: dict[str, tuple[int, int, int]]) -> None:
    evaluation = score(**layers)
    assert {name: counts(evaluation, name) for name in expected} == expected


def test_misses_are_named() -> None:
    evaluation = score(organisations=[UBND])
    assert [str(miss) for miss in evaluation.misses if miss.layer == "organisations"] == ["a\tmissed\tSở Y tế"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh", "Uỷ ban nhân dân tỉnh"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("Đài PT - TH", "đài pt–th"),
        ("hoà bình", "Hòa Bình"),
        ("BCH Trung ương", "Ban Chấp hành TW"),
    ],
)
def test_spellings_that_compare_equal(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_f1_of_nothing_is_zero() -> None:
    found = score().scores["organisations exact"]
    assert (found.precision, found.recall, found.f1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\xff", "cannot be read"),
        (b"{}\n", "line 1"),
        (b'{"text": "a", "dates": [{"span": [0, 9]}]}\n', "line 1"),
    ],
)
def test_bad_gold_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputFileError, match=message):
        list(read_gold([path]))


def test_files_are_extracted_and_scored(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n\n", encoding="utf8")
    assert counts(evaluate_files([path]), "dates value") == (1, 1, 1)
