"""What figures measure."""

import pytest

from rows import bracketed, marked_rows
from vnextract.article import Article
from vnextract.evaluate import MEASURE_AGREEMENT, agreement
from vnextract.figures.scan import find_figures
from vnextract.findings import Findings, with_dates, with_figures, with_relations
from vnextract.links.keys import measure_key
from vnextract.text.document import Text


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


@pytest.mark.parametrize(
    ("measure", "figure", "key"),
    [
        ("tiếp nhận", "5 hồ sơ", "tiếp nhận"),
        ("bắt đầu làm việc", "5 người", "bắt đầu làm việc"),
        ("bắt", "5 đối tượng", "bị bắt"),
        ("tạm giữ", "5 xe máy", "tạm giữ"),
        ("mắc kẹt", "5 người", "mắc kẹt"),
        ("bị chết", "5 người", "người chết"),
        ("đón", "5.000 lượt khách", "khách du lịch"),
        ("đón nhận", "5 bằng khen", "đón nhận"),
        ("tiền mặt", "5 triệu đồng", "tiền mặt"),
        ("tiền", "5 triệu đồng", "số tiền"),
        ("giảm giá", "5%", "giảm giá"),
        ("tốc mái", "5 căn nhà", "nhà bị hư hỏng"),
        ("hư hỏng", "5 xe máy", "hư hỏng"),
        ("ủng hộ", "5%", "ủng hộ"),
        ("dương tính với ma túy", "5 người", "dương tính với ma túy"),
        ("tạm giữ", "5 người", "tạm giữ"),
        ("diện tích", "5 ha", "diện tích"),
        ("diện tích của xã", "5 ha", "diện tích"),
        ("diện tích đám cháy", "5 ha", "diện tích đám cháy"),
        ("giá thuê", "5 triệu đồng", "giá thuê"),
        ("giá phòng", "5 triệu đồng", "giá phòng"),
        ("khúc gỗ dài", "5 m", "chiều dài"),
        ("con cá nặng", "5 kg", "trọng lượng"),
        ("dạy môn giáo dục công dân", "5%", "dạy môn giáo dục công dân"),
        ("lắp các tấm pin", "5%", "lắp các tấm pin"),
        ("tỉ lệ nội địa hóa", "5%", "tỉ lệ nội địa hóa"),
        ("được giải cứu an toàn ra khỏi vùng lũ", "5 người", "được giải cứu an toàn"),
        ("đem về", "5 triệu đồng", "đem về"),
        ("giải ngân", "58%", "giải ngân vốn đầu tư công"),
        ("giải ngân", "5 tỷ đồng", "giải ngân"),
    ],
)
def test_a_statistic_is_one_of_what_is_counted(measure: str, figure: str, key: str) -> None:
    assert measure_key(measure, find_figures(Text(f"Có {figure}."))[0]) == key


def test_a_measure_is_printed_in_the_article() -> None:
    text = "Thu đạt 5 tỷ đồng, tăng 7%, chi 3 tỷ đồng; 20 hộ dân nhận quà, 5 hộ vay vốn."
    assert all(measure is None or measure in text for measure in measures_of(text).values())
