"""Terms of posts: since when, until when, and where."""

import pytest

from vnextract import extract


@pytest.mark.parametrize(
    ("text", "since", "until", "status"),
    [
        (
            "Từ tháng 3/2010 đến tháng 8/2014, ông Vũ Bá Lâm giữ chức Giám đốc Sở Nội vụ.",
            "2010-03",
            "2014-08",
            "former",
        ),
        ("Ngày 17/7/2020, ông Vũ Bá Lâm được bổ nhiệm làm Giám đốc Sở Nội vụ.", "2020-07-17", None, "current"),
        ("Ông Vũ Bá Lâm được bầu làm Chủ tịch Hội Nông dân từ tháng 7/2019.", "2019-07", None, "current"),
        ("Năm 2015, ông Vũ Bá Lâm, Giám đốc Sở Nội vụ, mở trường.", None, None, "current"),
        ("Ông Vũ Bá Lâm là Chủ tịch Hội Nông dân nhiệm kỳ 2021 - 2026.", None, None, "current"),
    ],
)
def test_terms(text: str, since: str | None, until: str | None, status: str) -> None:
    (post,) = extract(text, "2022-05-20").officials[0].positions
    assert (post.since, post.until, post.status) == (since, until, status)
    assert post.confidence is not None and 0 < post.confidence <= 1
    assert post.mention.rule is not None and post.mention.rule.startswith("post.")


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Cựu Chủ tịch tỉnh An Giang Vũ Bá Lâm hầu tòa.", "An Giang", "89"),
        ("Ông Vũ Bá Lâm, Chủ tịch UBND tỉnh Lai Châu, thăm xã.", "Lai Châu", "12"),
        ("Tổng thống Pháp Emmanuel Macron rời Hà Nội.", "Pháp", None),
    ],
)
def test_places(text: str, name: str, code: str | None) -> None:
    (post,) = extract(text, "2022-05-20").officials[0].positions
    assert post.place is not None
    assert (post.place.name, post.place.code) == (name, code)
