"""What figures measure."""

import pytest

from rows import bracketed, marked_rows
from vnextract.article import Article
from vnextract.evaluate import MEASURE_AGREEMENT, agreement
from vnextract.findings import Findings, with_dates, with_figures, with_relations


def measures_of(text: str) -> dict[str, str | None]:
    found = with_relations(with_figures(with_dates(Findings.of(Article(text, published="2025-05-10")))))
    pairs = zip(found.figures, found.relations, strict=True)
    return {text[figure.start : figure.end]: relations.measure for figure, relations in pairs}


@pytest.mark.parametrize("row", marked_rows("measures.tsv"))
def test_measures(row: dict[str, str]) -> None:
    text, marked = bracketed(row["phrase"])
    measures = measures_of(text)
    for mention, wanted in zip(marked, row["measure"].split("; "), strict=True):
        found = measures[mention]
        assert (found is None) if wanted == "None" else agreement(wanted, found) >= MEASURE_AGREEMENT, found


@pytest.mark.parametrize(
    ("phrase", "keys"),
    [
        ("Tổng sản phẩm trên địa bàn tỉnh đạt 85.000 tỷ đồng.", ["GRDP"]),
        ("GRDP của tỉnh đạt 85.000 tỷ đồng, tăng 8,1%.", ["GRDP", "GRDP"]),
        ("Tổng thu ngân sách nhà nước đạt 655 tỷ đồng.", ["thu ngân sách"]),
        ("Tỉ lệ hộ nghèo còn 2,1%.", ["tỷ lệ hộ nghèo"]),
        ("Xã còn 45 hộ nghèo.", ["hộ nghèo"]),
        ("Số lượng thành viên đạt 1.200 người.", ["số lượng thành viên"]),
    ],
)
def test_keys_group_measures(phrase: str, keys: list[str]) -> None:
    found = with_relations(with_figures(with_dates(Findings.of(Article(phrase)))))
    assert [relations.measure_key for relations in found.relations] == keys


def test_a_measure_is_printed_in_the_article() -> None:
    text = "Thu đạt 5 tỷ đồng, tăng 7%, chi 3 tỷ đồng; 20 hộ dân nhận quà, 5 hộ vay vốn."
    assert all(measure is None or measure in text for measure in measures_of(text).values())
