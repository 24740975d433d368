"""Figures in press phrases, and phrases whose numbers are none."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rows import bracketed, marked_rows, rows
from vnextract.article import Article
from vnextract.figures.models import Figure
from vnextract.findings import Findings, with_dates, with_figures, with_relations


def read(text: str, published: str | None = "2025-05-10") -> Findings:
    return with_figures(with_dates(Findings.of(Article(text, published=published))))


def shown(figure: Figure) -> str:
    value = f"{figure.value.normalize():f}"
    if figure.upper is not None:
        value += f"..{figure.upper.normalize():f}"
    if figure.total is not None:
        value += f"/{figure.total.normalize():f}"
    parts = [value, figure.unit or "", "" if figure.qualifier == "exact" else figure.qualifier, figure.direction or ""]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("row", marked_rows("figures.tsv"))
def test_figures(row: dict[str, str]) -> None:
    text, marked = bracketed(row["phrase"])
    document = read(text)
    expected = [part for part in row["values"].split("; ") if part]
    assert [shown(figure) for figure in document.figures] == expected
    if expected:
        assert [text[figure.start : figure.end] for figure in document.figures] == marked


@pytest.mark.parametrize("row", rows("not_figures.tsv"), ids=lambda row: row["phrase"])
def test_no_figures(row: dict[str, str]) -> None:
    document = read(row["phrase"])
    assert [row["phrase"][figure.start : figure.end] for figure in document.figures] == []


def test_the_tables_are_as_large_as_promised() -> None:
    negatives = len(rows("not_figures.tsv"))
    phrases = sum(map(len, map(rows, ("numbers.tsv", "number_words.tsv", "units.tsv", "figures.tsv"))))
    assert negatives >= 100
    assert phrases + negatives >= 300


def test_an_article_that_writes_numbers_the_english_way() -> None:
    figures = read("Thu ngân sách 3,900 tỷ đồng, tăng 8.02%; xây 1,180 căn nhà.").figures
    assert [figure.value for figure in figures] == [Decimal(3_900_000_000_000), Decimal("8.02"), Decimal(1180)]


def test_figures_are_sorted_and_overlap_neither_one_another_nor_dates() -> None:
    document = read("Năm 2024, 1.200 hộ ở 12 xã nhận 5 tỷ đồng; từ ngày 5/3 đến 7/3 thêm 300 hộ, 2 tỷ đồng/năm.")
    spans = sorted([(f.start, f.end) for f in document.figures] + [(d.start, d.end) for d in document.dates])
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    starts = [figure.start for figure in document.figures]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Quý I/2025, thu ngân sách đạt 655 tỷ đồng.", "Quý I/2025"),
        ("Năm 2024, doanh thu tăng 5% so với năm 2023.", "Năm 2024"),
        ("Kế hoạch nâng số máy bay lên 101 chiếc vào năm 2030.", "năm 2030"),
        ("Thu ngân sách đạt 655 tỷ đồng.", None),
        ("Sáng 10/5, Cục Thống kê cho biết thu đạt 655 tỷ đồng.", None),
        ("Doanh thu tăng 32% so với năm 2023.", None),
    ],
)
def test_the_period_that_a_figure_holds_for(text: str, period: str | None) -> None:
    found = with_relations(read(text)).relations[0].period
    assert (text[found.start : found.end] if found else None) == period


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "5", "%", "đồng", "tỷ tỷ tỷ", "1/1/1", "5 " * 50, "(" * 200, "hơn hơn hơn 5"]
)
def test_odd_texts_do_not_raise(text: str) -> None:
    read(text)


PIECES = st.sampled_from(
    [
        "5",
        "1.200",
        "3,5",
        "0",
        ",",
        ".",
        "-",
        "–",
        "/",
        "(",
        ")",
        "%",
        "từ",
        "đến",
        "lên",
        "tăng",
        "giảm",
        "triệu",
        "tỷ",
        "đồng",
        "USD",
        "xã",
        "phường",
        "hộ",
        "người",
        "và",
        "hơn",
        "đa",
        "trở",
        "mỗi",
        "một",
        "năm",
        "ngày",
        "lần",
        "thứ",
        "quận",
        "Hà",
        "Nội",
        "đạt",
        "của",
        "“",
        "”",
        "nửa",
        "trăm",
        "m2",
        "km/h",
        "rưỡi",
        "âm",
        "\n",
        " ",
        "hộ nghèo",
        "tối đa",
        "trở lên",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_whatever_the_text_figures_lie_in_it(pieces: list[str]) -> None:
    document = read(" ".join(pieces))
    at = 0
    for figure in document.figures:
        assert at <= figure.start < figure.end <= len(document.text.norm)
        assert figure.unit or figure.rule.endswith("no unit")
        assert figure.upper is None or figure.upper > figure.value
        at = figure.end


@settings(max_examples=200, deadline=None)
@given(
    st.integers(min_value=1, max_value=9_999_999),
    st.sampled_from([("", 1), (" nghìn", 1000), (" triệu", 10**6), (" tỷ", 10**9)]),
    st.sampled_from([("đồng", "VND"), ("USD", "USD"), ("ha", "ha"), ("người", "người"), ("hộ nghèo", "hộ nghèo")]),
)
def test_a_figure_reads_back_whatever_its_scale_and_unit(
    number: int, scale: tuple[str, int], unit: tuple[str, str]
) -> None:
    printed = f"{number:,}".replace(",", ".")
    (figure,) = read(f"Kết quả đạt {printed}{scale[0]} {unit[0]}.", None).figures
    assert figure.value == number * scale[1]
    assert figure.unit == unit[1]
