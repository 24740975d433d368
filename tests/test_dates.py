"""The date finder against tables of press phrases: every mention that a phrase marks with brackets, and no other."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rows import bracketed, rows
from vnextract.article import Published
from vnextract.dates.component import find_dates
from vnextract.dates.models import DateMention
from vnextract.pipeline import extract
from vnextract.text.document import Text

HERE = Path(__file__).parent
TABLES = ("absolute", "relative", "ranges", "lengths", "lunar", "negative", "impossible")
TIMEX3 = re.compile(
    r"(?:\d{2,4}|XXXX)|(?:\d{4}|XXXX)-(?:(?:\d{2}|XX)|Q[1-4X]|H[12]|SP|SU|FA|WI|W(?:\d{2}|XX)(?:-(?:[1-7]|WE))?)"
    r"|(?:\d{4}-\d{2}-\d{2}|XXXX-(?:\d{2}|XX)-(?:\d{2}|XX)|XXXX-WXX-[1-7])(?:T(?:MO|MI|AF|EV|NI|\d{2}:\d{2}))?"
    r"|P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?"
)

Row = tuple[str, str, list[dict[str, str]]]


def _rows() -> list[Row]:
    """Phrase, publication date, and the mentions expected in it, in order."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for table in TABLES:
        for row in rows(f"dates_{table}.tsv"):
            phrase, _ = bracketed(row["text"])
            mentions = found.setdefault((phrase, row["published"]), [])
            if row["kind"]:
                mentions.append(row)
    return [(phrase, published, mentions) for (phrase, published), mentions in found.items()]


ROWS = _rows()


def _find(phrase: str, published: str) -> tuple[tuple[DateMention, ...], tuple[str, ...]]:
    return find_dates(Text(phrase), Published.parse(published))


def _written(mention: DateMention, phrase: str) -> dict[str, str]:
    values = (mention.first_day, mention.last_day, mention.duration, mention.timex, mention.lunar)
    return {
        "text": f"{phrase[: mention.start]}[{phrase[mention.start : mention.end]}]{phrase[mention.end :]}",
        "kind": mention.kind.value,
        **dict(zip(("first_day", "last_day", "duration", "timex", "lunar"), map(_plain, values), strict=True)),
    }


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def test_tables_are_large_enough() -> None:
    assert sum(max(len(mentions), 1) for _, _, mentions in ROWS) >= 400


@pytest.mark.parametrize(("phrase", "published", "expected"), ROWS, ids=[f"{row[0]} | {row[1]}" for row in ROWS])
def test_phrase(phrase: str, published: str, expected: list[dict[str, str]]) -> None:
    found, _ = _find(phrase, published)
    written = [{**_written(mention, phrase), "published": published} for mention in found]
    assert written == expected


@pytest.mark.parametrize(("phrase", "published"), [row[:2] for row in ROWS])
def test_timex_is_valid(phrase: str, published: str) -> None:
    for mention in _find(phrase, published)[0]:
        assert mention.timex is None or TIMEX3.fullmatch(mention.timex), mention.timex


@pytest.mark.parametrize(
    ("phrase", "warned"),
    [
        ("Hạn chót là ngày 30/2.", "ngày 30/2"),
        ("Hạn chót là 31.4.2024, không gia hạn.", "31.4.2024"),
        ("Hạn chót là ngày 45, không gia hạn.", "ngày 45"),
        ("Hội chợ từ ngày 24-11 đến 31-11.", "ngày 24-11 đến 31-11"),
        ("Hội chợ mở sáng 31/6.", "sáng 31/6"),
    ],
)
def test_impossible_days_are_warned_of(phrase: str, warned: str) -> None:
    assert _find(phrase, "2025-05-14")[1] == (f"no such day in the calendar: {warned!r}",)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_only_impossible_days_are_warned_of(row: Row) -> None:
    phrase, published, expected = row
    is_settled = all(mention["first_day"] or mention["kind"] in ("duration", "set") for mention in expected)
    if published and len(published) == 10 and is_settled and "31-11" not in phrase:
        assert _find(phrase, published)[1] == ()


@pytest.mark.parametrize(
    ("phrase", "grain", "relative"),
    [
        ("Lúc 19 giờ 30 phút ngày 3/5/2025", "minute", False),
        ("Lúc 22 giờ ngày 3/5", "hour", True),
        ("Sáng 3/5/2025", "part_of_day", False),
        ("Ngày 3/5/2025", "day", False),
        ("Ngày 3/5", "day", True),
        ("Hôm qua", "day", True),
        ("Tuần trước", "week", True),
        ("Tháng 5/2025", "month", False),
        ("Tháng 5", "month", True),
        ("Quý I/2025", "quarter", False),
        ("Nửa đầu năm 2025", "half_year", False),
        ("6 tháng đầu năm", "half_year", True),
        ("6 tháng cuối năm 2024", "half_year", False),
        ("9 tháng đầu năm 2024", "month", False),
        ("Năm 2025", "year", False),
        ("Năm ngoái", "year", True),
        ("Thập niên 1990", "decade", False),
        ("Thế kỷ XX", "century", False),
        ("Giai đoạn 2021-2025", "year", False),
        ("Từ tháng 3/2024 đến nay", "month", True),
        ("Trong 10 năm", "year", False),
        ("Trong 10 năm qua", "year", True),
        ("Hằng tháng", "month", False),
    ],
)
def test_grain_and_relative(phrase: str, grain: str, relative: bool) -> None:
    (mention,), _ = _find(phrase, "2025-05-14")
    assert (mention.grain.value, mention.relative) == (grain, relative)


def test_offsets_follow_the_text_as_it_came() -> None:
    raw = "Sa\u0301ng nga\u0300y 3/5, xa\u0303 ho\u0323p."
    record = extract(raw, published="2025-05-14")
    assert [raw[found.mention.start : found.mention.end] for found in record.dates] == ["Sa\u0301ng nga\u0300y 3/5"]


def test_component_fills_the_document() -> None:
    dates, warnings = find_dates(Text("Ngày 31/9, xã họp. Hôm qua, xã nghỉ."), Published.parse("2025-10-02"))
    assert [(mention.start, str(mention.first_day)) for mention in dates] == [(0, "None"), (19, "2025-10-01")]
    assert warnings == ("no such day in the calendar: 'Ngày 31/9'",)


@pytest.mark.parametrize("capitals", [str.upper, str.title, str.lower])
@pytest.mark.parametrize(
    "phrase", ["Ngày 24/5/2023", "Quý III/2024", "Giai đoạn 2021-2025", "10 năm qua", "Mùng 1 Tết Bính Ngọ"]
)
def test_case_does_not_matter(phrase: str, capitals: Callable[[str], str]) -> None:
    assert [(found.start, found.end) for found in _find(capitals(phrase), "2025-05-14")[0]] == [(0, len(phrase))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "\x00\ud800",
        "İstanbul'da ngày 3/5",
        "ngày 0/0/0000, tháng 0, quý 0, năm 0000, 0 giờ 0 phút",
        "9999 năm trước, 9999 tháng tới, năm 2100, thế kỷ 30, thập niên 2090",
        "từ đến - – — và , ngày ngày tháng tháng năm năm",
        "mùng 30 Tết Giáp Tý, rằm tháng Chạp năm 1801, 30 tháng Chạp năm 2099",
        "99999999999999999999/99999999999999999999/99999999999999999999",
        "The meeting of 3 May 2024 lasted 2 hours.",
        "会议于2024年5月3日举行",
    ],
)
@pytest.mark.parametrize("published", ["", "2025", "2025-05", "2025-05-14", "0001-01-01", "9999-12-31"])
def test_never_raises(text: str, published: str) -> None:
    _find(text, published)


WORDS = sorted({word.strip(".,;:()") for phrase, _, _ in ROWS for word in phrase.split()} | set("-–—,.()/"))


@pytest.mark.parametrize("seed", range(300))
def test_mentions_are_sorted_apart_and_consistent(seed: int) -> None:
    source = random.Random(seed)
    text = " ".join(source.choices(WORDS, k=60))
    published = source.choice(["", "2025", "2025-02", "2025-12-31", "2024-02-29", "0001-01-01", "9999-12-31"])
    found, _ = _find(text, published)
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        assert (mention.duration is not None) == (mention.kind.value == "duration")
        assert mention.first_day is None or mention.last_day is None or mention.first_day <= mention.last_day
        assert mention.timex is None or TIMEX3.fullmatch(mention.timex), mention.timex
        end = mention.end


@pytest.mark.parametrize("unit", ["1/1/", "năm ", "1/3 đến ", "sáng ", "ngày 1, 2, ", "2013 - "])
def test_long_repetitions_end(unit: str) -> None:
    find_dates(Text(unit * (20_000 // len(unit))), Published(2025, 5, 14))
