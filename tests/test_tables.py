"""The tables of the lexicon keep the rules of tables."""

from importlib.resources import files

import pytest

from vnextract.errors import LexiconError
from vnextract.lexicon.tables import parse_table, rows_of, table

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


def test_rows_as_they_stand_are_those_of_the_table() -> None:
    assert rows_of("open_names", 2) == [f"{row['name']}\t{row['kind']}" for row in table("open_names")]


def test_a_name_stands_once_in_the_long_list() -> None:
    names = [row.partition("\t")[0] for row in rows_of("open_names", 2)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["bodies", "word_pairs"])
def test_rows_of_another_width_are_refused(name: str) -> None:
    with pytest.raises(LexiconError, match=rf"{name}\.tsv: "):
        rows_of(name, 2)
