"""What figures measure."""

import csv
import re
from pathlib import Path

import pytest

from vnextract.article import Article
from vnextract.dates.component import find_dates
from vnextract.document import Document
from vnextract.indicators.component import find_figures

_MARKED = re.compile(r"\[([^]]*)\]")


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "measures.tsv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["phrase"])
def test_measures(row: dict[str, str]) -> None:
    text = _MARKED.sub(r"\1", row["phrase"])
    document = Document.of(Article(text, published="2025-05-10"))
    find_dates(document)
    find_figures(document)
    measures = {text[figure.start : figure.end]: figure.measure for figure in document.figures}
    assert [str(measures[mention]) for mention in _MARKED.findall(row["phrase"])] == row["measure"].split("; ")


def test_a_measure_is_printed_in_the_article() -> None:
    text = "Thu đạt 5 tỷ đồng, tăng 7%, chi 3 tỷ đồng; 20 hộ dân nhận quà, 5 hộ vay vốn."
    document = Document.of(Article(text))
    find_figures(document)
    assert all(figure.measure is None or figure.measure in text for figure in document.figures)
