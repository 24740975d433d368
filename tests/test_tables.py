"""The tables of the lexicon keep the rules of tables."""

from importlib.resources import files

import pytest

from vnextract.errors import LexiconError
from vnextract.lexicon.tables import mapping, parse_table, table

NAMES = sorted(
    file.name.removesuffix(".tsv") for file in files("vnextract.lexicon").iterdir() if file.name.endswith(".tsv")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_can_be_read(name: str) -> None:
    assert len(table(name)) > 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("word\tkind\nông\tman\n", "names no source"),
        ("", "names no source"),
        ("# Common knowledge.\nword\tkind\nông\tman\told\n", "3 cells for 2 columns"),
        ("# Common knowledge.\nword\tkind\nông\tman\nbà\twoman\nông\tman\n", "stands twice"),
        ("# Common knowledge.\nword\tkind\nông\nông\t\n", "stands twice"),
        ("# Common knowledge.\nword\tword\nông\tman\n", "two columns have one name"),
    ],
)
def test_a_table_that_breaks_the_rules_is_refused(text: str, fault: str) -> None:
    with pytest.raises(LexiconError, match=f"people.tsv: .*{fault}"):
        parse_table(text, "people")


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(LexiconError, match=r"no table nowhere\.tsv"):
        table("nowhere")


def test_a_table_of_two_columns_is_a_mapping() -> None:
    assert mapping("open_names") == {row["name"]: row["kind"] for row in table("open_names")}


@pytest.mark.parametrize("name", ["bodies", "word_pairs"])
def test_what_is_no_mapping_is_refused(name: str) -> None:
    with pytest.raises(LexiconError, match=rf"{name}\.tsv: "):
        mapping(name)
