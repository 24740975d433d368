"""JSON in every shape that sites and crawlers give it, and feeds; what is damaged in them costs only itself."""

import gzip
import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

import vnextract
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import Prepared, Reading, prepare
from vnextract.archive.read import read_raw

TEXT = 'Sáng 24/5, UBND tỉnh Sơn La họp về "ngân sách" [120 tỷ đồng] {quý II}.'
ROWS = [
    {"id": f"bai-{i}", "pubDate": "24/05/2023", "title": "Họp", "content": TEXT, "tags": [{"n": i}]} for i in range(3)
]


def everything(path: Path, reading: Reading | None = None) -> list[Prepared | Unreadable]:
    reading = reading or Reading()
    items = (raw if isinstance(raw, Unreadable) else prepare(raw, reading) for raw in read_raw([str(path)], reading))
    return [item for item in items if item is not None]


def written(folder: Path, data: str | bytes, name: str = "news.json") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def dumped(value: Any, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **options)


LINES = "\n".join(map(dumped, ROWS))
SHAPES = {
    "array": dumped(ROWS),
    "indented array": dumped(ROWS, indent=2),
    "array in ASCII": json.dumps(ROWS),
    "array after a mark": "\ufeff \n" + dumped(ROWS),
    "lines": LINES,
    "lines with Windows ends": LINES.replace("\n", "\r\n") + "\r\n\r\n",
    "objects one after another": "\n".join(dumped(row, indent=1) for row in ROWS),
    "a list inside": dumped({"status": "ok", "total": 3, "articles": ROWS}),
    "a list deep inside": dumped({"response": {"tags": [{"a": 1}], "docs": ROWS}}, indent=1),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("pack", ["", ".gz"])
def test_every_shape_of_json(tmp_path: Path, shape: str, pack: str) -> None:
    data = SHAPES[shape].encode()
    found = everything(written(tmp_path, gzip.compress(data) if pack else data, f"news.json{pack}"))
    articles = [item.article for item in found if isinstance(item, Prepared)]
    assert len(found) == len(articles) == 3
    assert [article.id for article in articles] == ["bai-0", "bai-1", "bai-2"]
    assert {(article.text, article.title, article.published) for article in articles} == {(TEXT, "Họp", "2023-05-24")}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_an_array_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    found = everything(written(tmp_path, dumped(ROWS).encode(encoding)))
    assert [item.article.text for item in found if isinstance(item, Prepared)] == [TEXT] * 3


def test_an_array_in_an_old_encoding(tmp_path: Path) -> None:
    text = "C«ng an tØnh Lai Ch©u tæ chøc héi nghÞ"
    (found,) = everything(written(tmp_path, f'[{{"text":"{text}"}}]'.encode("latin-1")))
    assert isinstance(found, Prepared) and found.article.text == "Công an tỉnh Lai Châu tổ chức hội nghị"


@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_is_one_article(tmp_path: Path, indent: int | None) -> None:
    (found,) = everything(written(tmp_path, dumped(ROWS[0], indent=indent)))
    assert isinstance(found, Prepared) and (found.article.id, found.article.text) == ("bai-0", TEXT)


def test_a_damaged_object_costs_itself(tmp_path: Path) -> None:
    first, bad, last = everything(written(tmp_path, f'[{dumped(ROWS[0])}, {{"text": oops}}, {dumped(ROWS[2])}]'))
    assert isinstance(first, Prepared) and isinstance(bad, Unreadable) and isinstance(last, Prepared)
    assert (bad.place, bad.reason[:16]) == ("item 2", "this is not JSON")


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_a_damaged_line_costs_itself(tmp_path: Path, bad: int) -> None:
    lines = LINES.split("\n")
    lines[bad] = '{"text": "Họp'
    found = everything(written(tmp_path, "\n".join(lines)))
    assert [isinstance(item, Unreadable) for item in found] == [number == bad for number in range(3)]


def test_an_array_that_breaks_off(tmp_path: Path) -> None:
    first, bad = everything(written(tmp_path, dumped(ROWS)[: len(dumped(ROWS)) // 2]))
    assert isinstance(first, Prepared) and isinstance(bad, Unreadable)
    assert bad.reason == "it breaks off (after 1 articles)"


@pytest.mark.parametrize("data", ["[]", "[1, 2]", "{}", '{"a": [1]}', "[[]]", '["Họp."]', "Họp.", ""])
def test_json_without_articles_says_so(tmp_path: Path, data: str) -> None:
    found = everything(written(tmp_path, data))
    assert found and all(isinstance(item, Unreadable) for item in found)


def test_an_array_named_otherwise(tmp_path: Path) -> None:
    assert len(everything(written(tmp_path, dumped(ROWS), "news"))) == 3
    (text,) = everything(written(tmp_path, "[Video] Họp báo", "tin"))
    assert isinstance(text, Prepared) and text.article.text == "[Video] Họp báo"


def test_large_arrays_are_read_in_linear_time(tmp_path: Path) -> None:
    row = dumped({"text": "Họp. " * 600_000})
    started = time.monotonic()
    found = everything(written(tmp_path, f"[{row},{row}]"))
    assert len(found) == 2 and time.monotonic() - started < 20
    (bad,) = everything(written(tmp_path, '[{"text": "' + "x" * 20_000_000 + '"}]'))
    assert isinstance(bad, Unreadable) and "longer than 16 MB" in bad.reason


@pytest.mark.parametrize("shape", ['{"a": [VALUES]}', '{"a":\n [VALUES]}', "[[VALUES]]", '{"a": [VALUES]}\n{"a": 1}'])
def test_values_beyond_number_are_not_made(tmp_path: Path, shape: str) -> None:
    path = written(tmp_path, shape.replace("VALUES", ",".join(["{}"] * 1_000_000)))
    tracemalloc.start()
    try:
        first, *_ = everything(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(first, Unreadable) and first.reason.startswith("more than 500,000 values")
    assert peak < 50_000_000


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Báo Thử</title><link>https://bao.example</link>
<item><title>Sơn La họp</title><link>https://bao.example/1</link><guid>g-1</guid><dc:creator>Lê An</dc:creator>
<pubDate>Wed, 24 May 2023 23:10:00 +0700</pubDate><description>Tóm tắt.</description>
<content:encoded><![CDATA[<p>Sáng 24/5, UBND tỉnh <b>Sơn La</b> họp.</p><p>Thu 120&nbsp;tỷ đồng.</p><script>x()</script>]]></content:encoded></item>
<item><title>Hai</title><link>https://bao.example/2</link><pubDate>Wed, 24 May 2023 23:10:00 GMT+7</pubDate>
<description><![CDATA[<a href="x"><img src="y"/></a></br>Sở Tài chính giao 3 tỷ đồng.]]></description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Thử</title>
<entry><title>Sơn La họp</title><link href="https://bao.example/1"/><id>g-1</id><updated>2023-05-24T20:00:00Z</updated>
<published>2023-05-24T08:00:00+07:00</published><content type="html">&lt;p&gt;Sáng 24/5 họp.&lt;/p&gt;&lt;p&gt;Hết.&lt;/p&gt;</content></entry>
<entry><title>Hai</title><id>g-2</id><updated>2023-05-24T20:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Một.</p><p>Hai.</p></div></content></entry></feed>"""


@pytest.mark.parametrize("name", ["tin.xml", "tin.rss", "tin"])
def test_a_feed(tmp_path: Path, name: str) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    first, second = everything(written(tmp_path, RSS, name))
    assert isinstance(first, Prepared) and isinstance(second, Prepared)
    assert first == Prepared(
        vnextract.Article(
            "Sáng 24/5, UBND tỉnh Sơn La họp.\nThu 120 tỷ đồng.",
            *("g-1", "Sơn La họp", "2023-05-24", "Báo Thử", "https://bao.example/1"),
        ),
        "Lê An",
    )
    assert (second.article.text, second.article.published) == ("Sở Tài chính giao 3 tỷ đồng.", "2023-05-24")
    assert second.article.warnings == ("the feed has only a summary of it",)


def test_a_feed_of_atom(tmp_path: Path) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    first, second = everything(written(tmp_path, ATOM, "tin.atom"))
    assert isinstance(first, Prepared) and isinstance(second, Prepared)
    assert (first.article.text, first.article.url) == ("Sáng 24/5 họp.\nHết.", "https://bao.example/1")
    assert (first.article.published, first.article.source) == ("2023-05-24", "Báo Thử")
    assert (second.article.text, second.article.published) == ("Một.\nHai.", "2023-05-25")


def test_a_damaged_feed_and_one_without_items(tmp_path: Path) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    *found, bad = everything(written(tmp_path, RSS.replace("<title>Hai</title>", "<title>Hai & Ba</title>"), "a.xml"))
    assert len(found) == 2 and isinstance(bad, Unreadable) and bad.reason.startswith("the XML is damaged here")
    (none,) = everything(written(tmp_path, "<urlset><url><loc>x</loc></url></urlset>", "b.xml"))
    assert isinstance(none, Unreadable) and none.reason == "there is no article in it"


def test_a_feed_cannot_be_a_bomb(tmp_path: Path) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    secret = written(tmp_path, "secret", "secret.txt")
    doctype = f'<!DOCTYPE rss [{entities}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    item = "<item><title>a</title><description>Họp. &e11; &f;</description></item>"
    found = everything(written(tmp_path, f"{doctype}<rss><channel>{item}</channel></rss>", "a.xml"))
    texts = [item.article.text for item in found if isinstance(item, Prepared)]
    assert all("secret" not in text and "haha" not in text for text in texts)


@pytest.mark.parametrize(("length", "kept"), [(2_000, 2_000), (2_001, 2_000), (3_000_000, 2_000)])
def test_a_title_that_is_too_long_is_cut_and_that_is_told(tmp_path: Path, length: int, kept: int) -> None:
    row = json.dumps({"title": "x" * length, "text": "Họp."})
    (article,) = everything(written(tmp_path, row, "a.jsonl"))
    assert isinstance(article, Prepared) and len(article.article.title or "") == kept
    assert article.article.warnings == (("title cut to 2,000 characters",) if length > kept else ())


def test_an_item_of_a_feed_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    monkeypatch.setattr("vnextract.archive.feeds.LONGEST", 200_000)
    short, long = (f"<item><description>{'Họp. ' * times}</description></item>" for times in (10, 200_000))
    *articles, failure = everything(written(tmp_path, f"<rss><channel>{short}{long}{short}</channel></rss>", "a.xml"))
    assert [isinstance(article, Prepared) for article in articles] == [True]
    assert isinstance(failure, Unreadable) and failure.reason.startswith("an item is longer than")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("published_time", "2023-05-24T08:00:00+07:00"),
        ("publication", "24/05/2023"),
        ("pubDate", "Wed, 24 May 2023 08:30:00 +0700"),
        ("created_at", 1684900000),
        ("thoi_gian", "Thứ tư, 24/5/2023, 09:36 (GMT+7)"),
        ("ngay_dang", "24-5-2023"),
        ("Thời gian đăng", "2023-05-24 08:00"),
        ("datePublished", "2023-05-24T08:00:00.000Z"),
    ],
)
def test_dates_under_any_usual_name(tmp_path: Path, column: str, value: object) -> None:
    (found,) = everything(written(tmp_path, dumped([{"text": TEXT, column: value}])))
    assert isinstance(found, Prepared)
    assert (found.article.published, found.article.warnings) == ("2023-05-24", ())


@pytest.mark.parametrize(
    ("column", "value", "is_told"),
    [
        ("ra_lo", "24/11/2025", True),
        ("crawl_ts", "2025-11-24T08:00:00", True),
        ("lastUpdateTime", 1763960000, True),
        ("views", 1763960000, False),
        ("so", "20251124", False),
        ("mo_ta", "Ngày 24/11/2025, UBND tỉnh họp bàn về việc trồng rừng và bảo vệ rừng.", False),
        ("muc", "Thời sự", False),
    ],
)
def test_a_date_that_is_not_taken_is_told_with_the_option_that_takes_it(
    tmp_path: Path, column: str, value: object, is_told: bool
) -> None:
    path = written(tmp_path, dumped([{"text": TEXT, column: value}]))
    (found,) = everything(path)
    assert isinstance(found, Prepared) and found.article.published is None
    assert [f"--published-field {column} takes it" in warning for warning in found.article.warnings] == [True] * is_told
    if is_told:
        (taken,) = everything(path, Reading({"published": column}))
        assert isinstance(taken, Prepared) and taken.article.published == "2025-11-24"
        (record,) = vnextract.extract_many([{"text": TEXT, column: value}])
        assert f"{column!r} looks like one" in record.warnings[0]
