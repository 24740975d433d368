"""The regression set: the library scored on our own articles; a figure that drops below its floor fails."""

import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from rows import rows
from vnextract.evaluate import FIGURES, Evaluation, evaluate, extract_gold
from vnextract.gold import GoldArticle, read_gold
from vnextract.records import ArticleRecord, OrganisationKind
from vnextract.text.normalise import fold

HERE = Path(__file__).resolve().parent
CORPUS = sorted((HERE.parent / "corpus").glob("*.jsonl"))
FLOORS = {row["figure"]: float(row["f1"]) for row in rows("corpus_floors.tsv")}


@pytest.fixture(scope="module")
def gold() -> list[GoldArticle]:
    return list(read_gold(CORPUS))


@pytest.fixture(scope="module")
def records(gold: list[GoldArticle]) -> list[ArticleRecord]:
    return list(extract_gold(gold))


@pytest.fixture(scope="module")
def evaluation(gold: list[GoldArticle], records: list[ArticleRecord]) -> Evaluation:
    return evaluate(gold, records)


def test_corpus_is_there(gold: list[GoldArticle]) -> None:
    assert len(gold) >= 100
    assert len({article.id for article in gold}) == len(gold)
    assert {(path.suffix, bool(json.loads(line)["text"])) for path in CORPUS for line in path.open()} == {
        (".jsonl", True)
    }


def test_every_figure_has_a_floor() -> None:
    assert set(FLOORS) == set(FIGURES)


@pytest.mark.parametrize("figure", FIGURES)
def test_no_figure_drops(evaluation: Evaluation, figure: str) -> None:
    assert evaluation.scores[figure].f1 >= FLOORS[figure]


@pytest.mark.parametrize("what", ["name", "body_id"])
def test_no_record_has_a_body_twice(records: list[ArticleRecord], what: str) -> None:
    for record in records:
        told = [getattr(body, what) for body in record.organisations]
        assert len(set(told)) == len(told), record.id


def test_one_name_has_one_identifier_however_it_is_read(records: list[ArticleRecord]) -> None:
    told: dict[tuple[str, str | None], set[str | None]] = defaultdict(set)
    for record in records:
        for body in record.organisations:
            if body.kind in (OrganisationKind.INTERNATIONAL, OrganisationKind.POLICE, OrganisationKind.GOVERNMENT):
                told[fold(body.name), body.place.name if body.place else None].add(body.body_id)
    assert {name: ids for name, ids in told.items() if len(ids) > 1} == {}


def test_no_two_facts_overlap(records: list[ArticleRecord]) -> None:
    for record in records:
        named = [one.mention for found in (record.dates, record.indicators) for one in found]
        named += [
            mention for found in (record.organisations, record.officials) for one in found for mention in one.mentions
        ]
        named.sort(key=lambda mention: mention.start)
        crossing = [(one.text, other.text) for one, other in pairwise(named) if other.start < one.end]
        assert not crossing, record.id
