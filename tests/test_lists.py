"""Lists of bodies that training makes of annotated articles."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from vnextract.gold import GoldArticle, read_gold
from vnextract.lexicon.tables import table
from vnextract.names.tagger.lists import SHARE, lists_from
from vnextract.text.alignment import Span

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.jsonl"))


@pytest.fixture(scope="module")
def articles() -> list[GoldArticle]:
    return list(read_gold(CORPUS))


@pytest.fixture(scope="module")
def lists(articles: list[GoldArticle]) -> list[GoldArticle]:
    return lists_from(articles)


def test_one_list_for_so_many_articles(articles: list[GoldArticle], lists: list[GoldArticle]) -> None:
    assert len(lists) == len(articles[::SHARE])


def test_the_same_articles_give_the_same_lists(articles: list[GoldArticle], lists: list[GoldArticle]) -> None:
    assert lists_from(articles) == lists


def test_every_span_holds_a_name(articles: list[GoldArticle], lists: list[GoldArticle]) -> None:
    printed = {article.text[slice(*one.span)] for article in articles for one in article.organisations}
    named = [made.text[slice(*one.span)] for made in lists for one in made.organisations]
    assert len(named) > 4 * len(lists)
    own = [name for name in named if name not in printed]
    assert all(re.fullmatch(r".+ \d+(?: .+)?", name) for name in own)
    for made in lists:
        assert all(made.text[slice(*span)].split() for one in made.officials for span in one.mentions)


def test_names_do_not_overlap(lists: list[GoldArticle]) -> None:
    for made in lists:
        spans: list[Span] = [one.span for one in made.organisations]
        spans = sorted([*spans, *(span for one in made.officials for span in one.mentions)])
        assert all(before.end <= after.start for before, after in pairwise(spans))


def test_articles_with_too_few_names_give_none() -> None:
    article = GoldArticle(None, None, "Không có cơ quan nào.", (), (), (), (), ())
    assert lists_from([article] * 20) == []


@pytest.mark.parametrize(
    "row", [row for row in table("list_forms") if row["role"] == "item"], ids=lambda row: row["form"]
)
def test_every_entry_has_one_name_and_known_fields(row: dict[str, str]) -> None:
    fields = re.findall(r"\{(\w+)\}", row["form"])
    assert fields.count("name") == 1 and fields.count("person") <= 1
    assert set(fields) <= {"name", "number", "place", "figure", "phone", "words", "person", "post"}
