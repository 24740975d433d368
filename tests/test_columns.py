"""Names of columns and printed dates, as spreadsheets and sites have them."""

from datetime import UTC, date, datetime

import pytest

from vnextract.columns import as_text, find, published_in_name, published_of


@pytest.mark.parametrize(
    ("columns", "named", "found"),
    [
        (
            ["id", "published", "title", "text"],
            {},
            {"id": "id", "published": "published", "title": "title", "text": "text"},
        ),
        (["Tiêu đề", "Nội dung", "Ngày đăng"], {}, {"title": "Tiêu đề", "text": "Nội dung", "published": "Ngày đăng"}),
        (
            ["HEADLINE", "Body", "pub_date", "link"],
            {},
            {"title": "HEADLINE", "text": "Body", "published": "pub_date", "url": "link"},
        ),
        (["content", "body"], {}, {"text": "body"}),
        (["content", "body"], {"text": "content"}, {"text": "content"}),
        (["a", "b"], {"text": "missing"}, {"text": "missing"}),
        (["a", None, 3], {}, {}),
        (["nguồn", "tác giả", "noi_dung"], {}, {"source": "nguồn", "author": "tác giả", "text": "noi_dung"}),
    ],
)
def test_columns_are_found(columns: list[object], named: dict[str, str], found: dict[str, str]) -> None:
    assert find(columns, named) == found


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2023-05-24", "2023-05-24"),
        ("2023-05", "2023-05"),
        ("2023", "2023"),
        (2023, "2023"),
        ("2023-05-24 08:30:00", "2023-05-24"),
        ("2023-05-24T08:30", "2023-05-24"),
        ("2023-05-24T20:00:00Z", "2023-05-25"),
        ("2023-05-24T20:00:00+07:00", "2023-05-24"),
        ("2023/5/24", "2023-05-24"),
        ("24/5/2023", "2023-05-24"),
        ("24/05/2023 08:30", "2023-05-24"),
        ("24-05-2023", "2023-05-24"),
        ("24.05.2023", "2023-05-24"),
        ("Thứ tư, 24/5/2023, 10:00 (GMT+7)", "2023-05-24"),
        ("20230524", "2023-05-24"),
        ("Wed, 24 May 2023 20:30:00 +0000", "2023-05-25"),
        (1684900000, "2023-05-24"),
        (1684900000000, "2023-05-24"),
        ("1684900000", "2023-05-24"),
        (date(2023, 5, 24), "2023-05-24"),
        (datetime(2023, 5, 24, 20, tzinfo=UTC), "2023-05-25"),
        (datetime(2023, 5, 24, 20), "2023-05-24"),
        ("31/2/2023", None),
        ("5/24/2023", None),
        ("hôm qua", None),
        ("", None),
        (None, None),
        (True, None),
        (17, None),
        (float("nan"), None),
        (10**30, None),
        ("9" * 500, None),
        ({"day": 1}, None),
    ],
)
def test_dates_as_they_are_printed(value: object, published: str | None) -> None:
    assert published_of(value) == published


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("2023-05-24-hop-bao.txt", "2023-05-24"),
        ("tin_20230524.txt", "2023-05-24"),
        ("2023/05/24/hop-bao.html", "2023-05-24"),
        ("https://bao.example/thoi-su/2023/05/24/hop-bao.htm", "2023-05-24"),
        ("24-05-2023.txt", "2023-05-24"),
        ("2023_05_24.txt", "2023-05-24"),
        ("bai-20234524.txt", None),
        ("1234202305241.txt", None),
        ("2023-02-30.txt", None),
        ("bai.txt", None),
    ],
)
def test_dates_in_names_of_files(name: str, published: str | None) -> None:
    assert published_in_name(name) == published


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (" \n", None),
        (None, None),
        (["a", "b"], "a\n\nb"),
        (5, "5"),
        ("hội".encode(), "hội"),
    ],
)
def test_cells_as_text(value: object, text: str | None) -> None:
    assert as_text(value) == text
