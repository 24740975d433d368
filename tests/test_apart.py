"""No two facts claim the same characters: names beside figures and dates."""

import pytest

from rows import bracketed
from vnextract.article import Article
from vnextract.findings import Findings, with_bodies, with_dates, with_figures
from vnextract.names.tagger.names import TaggedName


@pytest.mark.parametrize(
    ("text", "score", "names", "figures"),
    [
        ("[Ban Tổ chức trao 5] giải nhất.", 0.9, ["Ban Tổ chức trao"], ["5 giải nhất"]),
        ("Giao [Ban CHQS 11] huyện lo việc đó.", 0.9, [], ["11 huyện"]),
        ("Dự án [Bệnh viện Đa khoa 700] giường dở dang.", 0.9, ["Bệnh viện Đa khoa"], ["700 giường"]),
        ("[Quỹ 2 triệu cây xanh cho Tây Nguyên] ra mắt.", 0.9, ["Quỹ 2 triệu cây xanh cho Tây Nguyên"], []),
        ("[Thuế cơ sở 4] báo cáo nhanh.", 0.9, ["Thuế cơ sở 4"], []),
        ("Có 10 [liên đoàn bóng đá châu Âu] phản đối.", 0.9, [], ["10 liên đoàn"]),
        ("Bầu đủ 45 đại biểu [HĐND tỉnh].", 0.99, ["HĐND tỉnh"], ["45 đại biểu"]),
        ("Khởi tố 4 cựu cán bộ [Thanh tra tỉnh Sơn La].", 0.6, ["Thanh tra tỉnh Sơn La"], ["4 cựu cán bộ"]),
        ("Hãng đặt mua 40 chiếc [Boeing].", 0.9, [], ["40 chiếc Boeing"]),
        ("[Hội đồng Tư vấn đặc xá năm 2016] họp.", 0.9, ["Hội đồng Tư vấn đặc xá"], []),
        ("Vụ việc do [Báo Ấp Bắc sáng] 17/2 nêu.", 0.9, ["Báo Ấp Bắc"], []),
        ("[Ban chỉ đạo thi năm 2018 tỉnh Sơn La] họp.", 0.9, ["Ban chỉ đạo thi năm 2018 tỉnh Sơn La"], []),
    ],
)
def test_names_beside_figures_and_dates(text: str, score: float, names: list[str], figures: list[str]) -> None:
    plain, (name,) = bracketed(text)
    at = plain.index(name)
    known = with_figures(with_dates(Findings.of(Article(plain, published="2026-04-20"))))
    known = with_bodies(known, [TaggedName(at, at + len(name), "ORG", score)])
    norm = known.text.norm
    assert [norm[one.start : one.end] for one in (known.names.found if known.names else ())] == names
    assert [norm[one.start : one.end] for one in known.figures] == figures
    assert all(figure.unit is None or norm[: figure.end].lower().endswith(figure.unit) for figure in known.figures)
