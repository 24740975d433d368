"""Which body a figure is about: our own sentences; None where the sentence does not say so plainly."""

import pytest

import vnextract


@pytest.mark.parametrize(
    ("sentence", "figure", "owner"),
    [
        ("Quý I/2025, Vietcombank lãi 10.860 tỷ đồng.", "10.860 tỷ đồng", "Vietcombank"),
        ("Doanh thu của Vinamilk đạt 15.200 tỷ đồng, tăng 4% so với cùng kỳ.", "4%", "Vinamilk"),
        ("Năm 2024, tỷ lệ nợ xấu của Agribank trong quý cuối còn 1,6%.", "1,6%", "Agribank"),
        ("Petrolimex sở hữu 2.700 cửa hàng xăng dầu trên cả nước.", "2.700 cửa hàng", "Petrolimex"),
        ("Theo báo cáo của Bộ Y tế, cả nước có 1.200 ca mắc.", "1.200 ca", None),
        ("Bộ Công an cho biết đã bắt 12 người.", "12 người", None),
        ("UBND tỉnh Lai Châu và Vietcombank cùng hỗ trợ 20 tỷ đồng.", "20 tỷ đồng", None),
    ],
)
def test_owner_of_a_figure(sentence: str, figure: str, owner: str | None) -> None:
    record = vnextract.extract(sentence, published="2025-04-20")
    found = next(f for f in record.indicators if f.mention.text.endswith(figure) or figure in f.mention.text)
    names = {body.id: [m.text for m in body.mentions] for body in record.organisations}
    assert (None if found.organisation_id is None else names[found.organisation_id][0]) == owner


def test_digits_without_end_are_no_burden() -> None:
    record = vnextract.extract("1" * 3_000 + " 1/1/1" * 2_000 + " Vietcombank lãi 10.860 tỷ đồng.")
    assert record.failure is None
