"""What must not change a record, and what must change it in one way only."""

import json
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import vnextract
from vnextract.records import ArticleRecord, Position, TemporalExpression

CORPUS = Path(__file__).parents[1] / "corpus"
EVERY = 4
"""One article of so many is tried."""


def articles() -> Iterator[tuple[str, str, date]]:
    """Articles whose publication day the next year has too: id, text, day."""
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open(encoding="utf8")]
    for article in map(json.loads, lines[::EVERY]):
        published = article["published"] or ""
        if len(published) == len("2025-04-16") and not published.endswith("02-29"):
            yield article["id"], article["text"], date.fromisoformat(published)


ARTICLES = tuple(articles())
each = pytest.mark.parametrize(("text", "published"), [row[1:] for row in ARTICLES], ids=[row[0] for row in ARTICLES])


def without_offsets(value: Any) -> Any:
    """A dumped record with its offsets left out and its texts composed."""
    if isinstance(value, dict):
        return {key: without_offsets(item) for key, item in value.items() if key not in ("start", "end")}
    if isinstance(value, list | tuple):
        return [without_offsets(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@each
def test_a_blank_paragraph_at_the_end_changes_nothing(text: str, published: date) -> None:
    assert vnextract.extract(text + "\n\n \n", published) == vnextract.extract(text, published)


@each
def test_decomposed_letters_change_offsets_only(text: str, published: date) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    one, two = vnextract.extract(composed, published), vnextract.extract(decomposed, published)
    assert without_offsets(one.model_dump()) == without_offsets(two.model_dump())
    assert all(decomposed[m.start : m.end] == m.text for m in two.sentences)


@each
def test_a_line_before_the_article_moves_offsets_only(text: str, published: date) -> None:
    one, two = vnextract.extract(text, published), vnextract.extract("\n\n" + text, published)
    assert without_offsets(one.model_dump()) == without_offsets(two.model_dump())
    assert [m.start + 2 for m in one.sentences] == [m.start for m in two.sentences]


@each
def test_another_id_changes_the_id_only(text: str, published: date) -> None:
    one, two = vnextract.extract(text, published, id="a"), vnextract.extract(text, published, id="b")
    assert one.model_copy(update={"id": "b"}) == two


@each
def test_a_year_later_moves_what_is_relative_and_nothing_absolute(text: str, published: date) -> None:
    now = vnextract.extract(text, published)
    later = vnextract.extract(text, published.replace(year=published.year + 1))
    assert [found.mention for found in now.dates] == [found.mention for found in later.dates]
    for one, two in zip(now.dates, later.dates, strict=True):
        if one.relative:
            assert all(is_moved(*days) for days in ends(one, two))
        else:
            assert one == two
    assert apart_from_dates(now) == apart_from_dates(later)


def ends(one: TemporalExpression, two: TemporalExpression) -> Iterator[tuple[date | None, date | None]]:
    yield one.first_day, two.first_day
    yield one.last_day, two.last_day


def is_moved(day: date | None, later: date | None) -> bool:
    """Whether a day is the same a year later: the same day of the year, of the week, of the lunar year.

    What counts from another date of the article, or has its year printed at one end, stays where it is.
    """
    if day is None or later is None:
        return day is later
    moved = later - day
    return not moved or timedelta(350) < moved < timedelta(390)


def apart_from_dates(record: ArticleRecord) -> object:
    """All that the publication day has no part in.

    The codes of provinces depend on whether they had merged, and a figure's period on which of its dates lie within one
    another: `sáng 1/6` in `năm 2023` or not. Whether a post is held depends on whether its end has come: `nghỉ hưu từ 1/4`.
    """
    return (
        record.sentences,
        [(body.name, body.kind, body.level, body.mentions) for body in record.organisations],
        [(person.name, person.mentions, list(map(apart_from_term, person.positions))) for person in record.officials],
        [figure.model_copy(update={"period": None, "period_confidence": None}) for figure in record.indicators],
    )


def apart_from_term(post: Position) -> object:
    """A post without its term, whether it is held, and the code of its place."""
    return post.title, post.organisation, post.mention


MOVED = [
    # Words, their days when published on Wednesday 16 April 2025, and on Thursday 16 April 2026.
    ("sáng nay", "2025-04-16", "2025-04-16", "2026-04-16", "2026-04-16"),
    ("hôm qua", "2025-04-15", "2025-04-15", "2026-04-15", "2026-04-15"),
    ("tháng trước", "2025-03-01", "2025-03-31", "2026-03-01", "2026-03-31"),
    ("năm ngoái", "2024-01-01", "2024-12-31", "2025-01-01", "2025-12-31"),
    ("quý I", "2025-01-01", "2025-03-31", "2026-01-01", "2026-03-31"),
    ("3 tháng đầu năm", "2025-01-01", "2025-03-31", "2026-01-01", "2026-03-31"),
    ("ngày 12/4", "2025-04-12", "2025-04-12", "2026-04-12", "2026-04-12"),
    ("hôm thứ hai", "2025-04-14", "2025-04-14", "2026-04-13", "2026-04-13"),
    ("năm 2020", "2020-01-01", "2020-12-31", "2020-01-01", "2020-12-31"),
    ("ngày 3/2/2023", "2023-02-03", "2023-02-03", "2023-02-03", "2023-02-03"),
    ("tháng 9/2019", "2019-09-01", "2019-09-30", "2019-09-01", "2019-09-30"),
    ("giai đoạn 2016 - 2020", "2016-01-01", "2020-12-31", "2016-01-01", "2020-12-31"),
    ("quý II/2021", "2021-04-01", "2021-06-30", "2021-04-01", "2021-06-30"),
    ("5 năm", None, None, None, None),
]


@pytest.mark.parametrize(("words", "first", "last", "later_first", "later_last"), MOVED, ids=[row[0] for row in MOVED])
def test_words_a_year_later(
    words: str, first: str | None, last: str | None, later_first: str | None, later_last: str | None
) -> None:
    text = f"Xã đã khởi công cây cầu {words}, người dân vui mừng."
    (now,), (later,) = (vnextract.extract(text, published).dates for published in ("2025-04-16", "2026-04-16"))
    assert [*map(iso, (now.first_day, now.last_day, later.first_day, later.last_day))] == [
        first,
        last,
        later_first,
        later_last,
    ]
    assert now.relative is (first != later_first)


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
