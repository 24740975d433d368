"""What figures measure."""

import csv
import re
from pathlib import Path

import pytest

from vnextract.article import Article
from vnextract.findings import Findings, with_dates, with_figures, with_relations

_MARKED = re.compile(r"\[([^]]*)\]")


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "measures.tsv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def measures_of(text: str) -> dict[str, str | None]:
    found = with_relations(with_figures(with_dates(Findings.of(Article(text, published="2025-05-10")))))
    pairs = zip(found.figures, found.relations, strict=True)
    return {text[figure.start : figure.end]: relations.measure for figure, relations in pairs}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["phrase"])
def test_measures(row: dict[str, str]) -> None:
    text = _MARKED.sub(r"\1", row["phrase"])
    measures = measures_of(text)
    assert [str(measures[mention]) for mention in _MARKED.findall(row["phrase"])] == row["measure"].split("; ")


def test_a_measure_is_printed_in_the_article() -> None:
    text = "Thu đạt 5 tỷ đồng, tăng 7%, chi 3 tỷ đồng; 20 hộ dân nhận quà, 5 hộ vay vốn."
    assert all(measure is None or measure in text for measure in measures_of(text).values())
