"""The publication date that an article gives itself, and the years that an undated one lends its days."""

import pytest

from vnextract.dates.publication import printed_publication
from vnextract.pipeline import extract


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://bao.vn/kinh-te/2024/03/26/gia-gao.html", "2024-03-26"),
        ("https://bao.vn/2024-03-26-gia-gao", "2024-03-26"),
        ("https://bao.vn/kinh-te/2024/03/gia-gao", "2024-03"),
        ("https://bao.vn/gia-gao-20240326093645123.htm", "2024-03-26"),
        ("https://bao.vn/gia-gao-20240326.html", "2024-03-26"),
        ("https://bao.vn/gia-gao-4726543.html", None),
        ("https://bao.vn/gia-gao-20241326093645123.htm", None),
        ("https://bao.vn/2024/02/30/gia-gao.html", None),
        ("https://bao.vn/tu-1975/03/ky-uc", None),
        ("", None),
    ],
)
def test_address(url: str, published: str | None) -> None:
    found = printed_publication("Giá gạo tăng.", url)
    assert (found and str(found.published)) == published


@pytest.mark.parametrize(
    ("text", "published", "where"),
    [
        ("Thứ ba, 26/3/2024, 09:36 (GMT+7)\nGiá gạo tăng.", "2024-03-26", "its date line"),
        ("Giá gạo tăng\n\n26/03/2024 | 14:05\nNội dung.", "2024-03-26", "its date line"),
        ("Giá gạo tăng\n09:36 | Thứ Ba, ngày 26-03-2024\nNội dung.", "2024-03-26", "its date line"),
        ("Giá gạo tăng.\n\nCập nhật lúc: 08:12 26/03/2024", "2024-03-26", "its date line"),
        ("Thứ Hai 26 Tháng 3, 2024 10:00 AM\nGiá gạo tăng.", "2024-03-26", "its date line"),
        ("2024-03-26 09:36\nGiá gạo tăng.", "2024-03-26", "its date line"),
        (
            "Thứ ba, 26/3/2024, 09:36 (GMT+7) Giá gạo tăng sau một tuần đứng yên, theo các chợ đầu mối của tỉnh và huyện.",
            "2024-03-26",
            "its date line",
        ),
        (
            "09:36 26/03/2024 Giá gạo tăng sau một tuần đứng yên, theo các chợ đầu mối của tỉnh, của huyện và của xã.",
            "2024-03-26",
            "its date line",
        ),
        (
            "Lúc 09:36 ngày 26/3/2024, xe lật ở đèo, hai người bị thương nhẹ, hàng hóa đổ tràn ra mặt đường hơn một giờ.",
            None,
            None,
        ),
        ("An Lộc, ngày 26 tháng 3 năm 2024\nKính gửi các xã.", "2024-03-26", "its date line"),
        ("An Lộc, ngày 26/3/2024 - Huyện họp.", "2024-03-26", "its dateline"),
        ("AN LỘC, 26/3/2024 (TTX) – Huyện họp.", "2024-03-26", "its dateline"),
        ("Sáng nay (26/3/2024), huyện họp.", "2024-03-26", "the day beside its Sáng nay"),
        ("Theo xã, hôm qua, ngày 26/3/2024, huyện họp.", "2024-03-27", "the day beside its hôm qua"),
        ("Ngày 26/3/2024, huyện họp.", None, None),
        ("Ông sinh ngày 26/3/1950 tại xã An Lộc.", None, None),
        ("Nghị quyết số 12 ngày 26/3/2024 - quy định về chợ.", None, None),
        ("Sáng nay (31/2/2024), huyện họp.", None, None),
        ("", None, None),
    ],
)
def test_text(text: str, published: str | None, where: str | None) -> None:
    found = printed_publication(text)
    assert (found and str(found.published), found and found.where) == (published, where)


def test_record_uses_it_and_says_so() -> None:
    record = extract("Hôm qua, huyện họp.", url="https://bao.vn/2024/03/26/hop.html")
    assert record.published == "2024-03-26"
    assert str(record.dates[0].first_day) == "2024-03-25"
    assert record.warnings == ("no publication date was given: 2024-03-26 was read from its address",)


def test_what_is_given_wins() -> None:
    record = extract("Hôm qua, huyện họp.", published="2024-04-02", url="https://bao.vn/2024/03/26/hop.html")
    assert (str(record.dates[0].first_day), list(record.warnings)) == ("2024-04-01", [])
