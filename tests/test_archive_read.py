"""Every format to articles: what is found in a file, where, and under which name."""

import gzip
import io
import json
import os
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import vnextract
from vnextract.archive.files import Unreadable
from vnextract.archive.pages import _DEEPEST, _lifted
from vnextract.archive.prepare import Prepared, Reading, prepare
from vnextract.archive.read import read_raw
from vnextract.errors import InputFileError, PublishedError

TEXT = "Sáng 24/5, UBND tỉnh Sơn La họp về ngân sách 120 tỷ đồng. Ông Trần Văn Minh, Giám đốc Sở Tài chính, dự."
ROW = {"id": "bai-1", "published": "2023-05-24", "title": "Họp", "text": TEXT}
PAGE = """<html lang="vi"><head><title>Sơn La mở cầu mới - Báo Thử</title>
<meta property="og:site_name" content="Báo Thử"><meta name="author" content="Lê An">
<meta property="article:published_time" content="2023-05-24T10:00:00+07:00"></head><body>
<nav><a href="/">Trang chủ</a> <a href="/x">Thời sự</a></nav><article><h1>Sơn La mở cầu mới</h1>
<p>Sáng 24/5, UBND tỉnh Sơn La thông xe cầu Nậm Pàn sau hai năm thi công, chi phí 120 tỷ đồng.</p>
<p>Ông Trần Văn Minh, Giám đốc Sở Giao thông vận tải, cho biết cây cầu dài 310 mét, phục vụ 4.500 hộ dân.</p>
<p>Theo kế hoạch, tuyến đường dẫn còn lại sẽ hoàn tất trong quý IV, rút ngắn hơn 15 km đường về huyện.</p>
</article><div class="comments"><p>Bạn đọc: hay quá</p></div><footer>Tổng biên tập</footer></body></html>"""


def everything(path: Path, reading: Reading | None = None) -> list[Prepared | Unreadable]:
    reading = reading or Reading()
    items = (raw if isinstance(raw, Unreadable) else prepare(raw, reading) for raw in read_raw([str(path)], reading))
    return [item for item in items if item is not None]


def only(path: Path, reading: Reading | None = None) -> Prepared:
    (item,) = everything(path, reading)
    assert isinstance(item, Prepared), item
    return item


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def test_a_text_is_named_and_dated_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "2023" / "2023-05-24-hop.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf8")
    found = only(tmp_path)
    assert (found.article.id, found.article.published) == ("2023/2023-05-24-hop.txt", "2023-05-24")
    assert found.article.text == TEXT
    assert found.article.warnings == ("publication date taken from the name '2023-05-24-hop.txt'",)


def test_front_matter_of_markdown(tmp_path: Path) -> None:
    path = tmp_path / "hop.md"
    path.write_text(
        f'---\ntitle: "Họp: bàn ngân sách"\ndate: 24/5/2023\nauthor: Lê An\n---\n\n{TEXT}\n', encoding="utf8"
    )
    found = only(path)
    assert (found.article.title, found.article.published, found.author) == ("Họp: bàn ngân sách", "2023-05-24", "Lê An")
    assert found.article.text == f"{TEXT}\n"


@pytest.mark.parametrize("text", [f"---\n{TEXT}", f"--- {TEXT}", TEXT])
def test_markdown_without_front_matter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hop.md"
    path.write_text(text, encoding="utf8")
    assert only(path).article.text == text


def test_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + jsonl(ROW, {"noi_dung": TEXT, "gold": [1]})
        + b"\n{bad\n[]\n"
        + jsonl({"title": "x"}, {"text": 3})
    )
    first, second, bad, no_object, no_column, no_text = everything(path)
    assert isinstance(first, Prepared) and isinstance(second, Prepared)
    assert (first.article.id, first.article.title, first.article.published) == ("bai-1", "Họp", "2023-05-24")
    assert second.article.id == "news.jsonl:2"
    assert [
        (item.place, item.reason[:25]) for item in (bad, no_object, no_column, no_text) if isinstance(item, Unreadable)
    ] == [
        ("line 4", "this is not JSON: Expecti"),
        ("line 5", "this is no JSON object"),
        ("line 6", "no column holds the artic"),
        ("line 7", "its text is no text but 3"),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f'id,published,title,text\nbai-1,24/5/2023,Họp,"{TEXT}"\n'.encode()),
        ("a.csv", f'id;published;title;text\r\nbai-1;24/5/2023;Họp;"{TEXT}"\r\n'.encode("utf-8-sig")),
        ("a.csv", f'id;published;title;text\r\nbai-1;24/5/2023;Họp;"{TEXT}"\r\n'.encode("utf-16")),
        ("a.tsv", f"id\tpublished\ttitle\ttext\nbai-1\t2023-05-24\tHọp\t{TEXT}\n".encode()),
        ("a.jsonl", jsonl(ROW)),
        ("a.ndjson", jsonl(ROW).replace(b"\n", b"\r\n")),
    ],
)
@pytest.mark.parametrize("pack", ["", ".gz", ".zst", ".zip"])
def test_tables_plain_and_packed(tmp_path: Path, name: str, data: bytes, pack: str) -> None:
    path = tmp_path / f"{name}{pack}"
    path.write_bytes(packed(pack, name, data))
    article = only(path).article
    assert (article.id, article.published, article.title, article.text) == ("bai-1", "2023-05-24", "Họp", TEXT)


def packed(pack: str, name: str, data: bytes) -> bytes:
    if pack == ".gz":
        return gzip.compress(data)
    if pack == ".zst":
        zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed")
        compressed: bytes = zstandard.compress(data)
        return compressed
    if pack == ".zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
            whole.writestr(f"folder/{name}", data)
            whole.writestr("folder/photo.jpg", b"\xff\xd8")
        return buffer.getvalue()
    return data


def test_rows_of_csv_keep_line_breaks_and_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,title,text\n=1+1,"=SUM(A1)","=dòng một\ndòng hai"\n\n-2,@x,+84 gọi\n', encoding="utf8")
    articles = [item.article for item in everything(path) if isinstance(item, Prepared)]
    assert [(article.id, article.title, article.text) for article in articles] == [
        ("=1+1", "=SUM(A1)", "=dòng một\ndòng hai"),
        ("-2", "@x", "+84 gọi"),
    ]


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'text,thân bài,ra ngày\ntóm tắt,"{TEXT}",24/5/2023\n', encoding="utf8")
    article = only(path, Reading({"text": "thân bài", "published": "ra ngày"})).article
    assert (article.text, article.published) == (TEXT, "2023-05-24")


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("stt,ghi chú\n1,x\n", encoding="utf8")
    (failure,) = everything(path)
    assert isinstance(failure, Unreadable)
    assert failure.reason == "no column holds the article's text; name it with --text-field. There are: stt, ghi chú"


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow.parquet import write_table

    path = tmp_path / "a.parquet"
    write_table(
        pa.table({"mã": ["bai-1", None], "body": [TEXT, None], "date": [date(2023, 5, 24), None], "n": [1, 2]}), path
    )
    first, second = everything(path)
    assert isinstance(first, Prepared) and isinstance(second, Unreadable)
    assert (first.article.id, first.article.published, first.article.text) == ("a.parquet:1", "2023-05-24", TEXT)
    assert (second.place, second.reason) == ("row 2", "there is no text in it")


def test_a_page(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    path = tmp_path / "cau.html"
    path.write_text(PAGE, encoding="utf8")
    found = only(path)
    article = found.article
    assert (article.title, article.published, article.source, found.author) == (
        "Sơn La mở cầu mới",
        "2023-05-24",
        "Báo Thử",
        "Lê An",
    )
    assert "cầu Nậm Pàn" in article.text
    assert "Trang chủ" not in article.text and "hay quá" not in article.text


def test_a_page_without_an_article(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    path = tmp_path / "menu.html"
    path.write_text("<html><body><nav><a href='/'>Trang chủ</a></nav></body></html>", encoding="utf8")
    (failure,) = everything(path)
    assert isinstance(failure, Unreadable) and failure.reason == "there is no text in it"


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("<p>", "<p>&#1;"),
        PAGE.replace("<p>", "<p>&#x1f;&#0;&#xD800;&#xFFFE;\x01\x00"),
        PAGE.replace("<article>", "<div>" * 255).replace("</article>", "</div>" * 255),
        PAGE.replace("<article>", "<div><span>" * 800).replace("</article>", "</span></div>" * 800),
        PAGE.replace("<article>", f"<article {' '.join(f'a{i}=1' for i in range(200_000))}>"),
        PAGE.replace("<article>", f'<article data-x="{"x" * 300_000}">'),
    ],
    ids=["reference", "references", "nested", "nested more", "attributes", "attribute"],
)
def test_pages_that_parsers_give_up(tmp_path: Path, page: str) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    path = tmp_path / "cau.html"
    path.write_text(page, encoding="utf8")
    started = time.monotonic()
    article = only(path).article
    assert all(words in article.text for words in ("cầu Nậm Pàn", "310 mét", "quý IV"))
    path.write_text(PAGE, encoding="utf8")
    assert set(article.text.split()) <= set(only(path).article.text.split())
    assert "data-x" not in article.text and time.monotonic() - started < 30


@pytest.mark.parametrize("levels", [100, 1_000])
def test_no_tag_of_a_page_stays_deeper_than_parsers_take(levels: int) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    tree = _lifted(f"<html><body>{'<div>' * levels}{TEXT}{'</div>' * levels}</body></html>")
    assert (tree is not None) == (levels > _DEEPEST)
    if tree is not None:
        assert max(sum(1 for _ in element.iterancestors()) for element in tree.iter()) == _DEEPEST
        assert tree.text_content() == TEXT


def test_a_page_of_tags_without_end_is_a_failure(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>{TEXT}</p>{'<br>' * 200_000}</body></html>", encoding="utf8")
    (failure,) = everything(path)
    assert isinstance(failure, Unreadable) and failure.reason.startswith("it has more than 100,000 tags")


def response(number: int, page: bytes = PAGE.encode(), extra: str = "", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{extra}\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://bao.example/tin-{number}.htm\r\n"
        f"WARC-Date: 2023-05-24T01:02:03Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def as_gzip(records: list[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))


@pytest.mark.parametrize(("name", "write"), [("a.warc", b"".join), ("a.warc.gz", as_gzip)])
def test_a_web_archive(tmp_path: Path, name: str, write: Callable[[list[bytes]], bytes]) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    pytest.importorskip("fastwarc", reason="fastwarc is not installed")
    path = tmp_path / name
    zipped = gzip.compress(PAGE.encode())
    records = [response(1), response(2, status="404 Not Found"), response(3, zipped, "Content-Encoding: gzip\r\n")]
    path.write_bytes(write(records))
    first, second = everything(path)
    assert isinstance(first, Prepared) and isinstance(second, Prepared)
    assert [item.article.id for item in (first, second)] == [
        "https://bao.example/tin-1.htm",
        "https://bao.example/tin-3.htm",
    ]
    assert first.article.text == second.article.text
    assert first.article.url == "https://bao.example/tin-1.htm"


def chunked(data: bytes, size: int = 100) -> bytes:
    pieces = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


GZIP, DEFLATE, BROTLI = (f"Content-Encoding: {name}\r\n" for name in ("gzip", "deflate", "br"))
CHUNKED = "Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize("write", [b"".join, as_gzip])
def test_pages_of_every_coding(tmp_path: Path, write: Callable[[list[bytes]], bytes]) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    brotli = pytest.importorskip("brotli", reason="brotli is not installed")
    page = PAGE.encode()
    bodies = [
        (chunked(gzip.compress(page)), GZIP + CHUNKED),
        (chunked(brotli.compress(page)), BROTLI + CHUNKED),
        (brotli.compress(page), BROTLI),
        (zlib.compress(page), DEFLATE),
        (zlib.compress(page, wbits=-15), DEFLATE),
        (chunked(page), CHUNKED),
        # Stored decoded, under the headers of before.
        (page, GZIP + CHUNKED),
        (page, BROTLI),
        (page, ""),
    ]
    path = tmp_path / "a.warc"
    path.write_bytes(write([response(number, body, extra) for number, (body, extra) in enumerate(bodies)]))
    found = [item.article for item in everything(path) if isinstance(item, Prepared)]
    assert [article.url for article in found] == [f"https://bao.example/tin-{i}.htm" for i in range(len(bodies))]
    assert len({article.text for article in found}) == 1


@pytest.mark.parametrize(
    ("body", "extra", "reason"),
    [
        (chunked(PAGE.encode())[:-40], CHUNKED, "the page breaks off"),
        (gzip.compress(PAGE.encode())[:-40], GZIP, "the page breaks off"),
        (gzip.compress(bytes(20_000_000)), GZIP, "longer than 16 MB"),
        (b"\x1f\x8b" + b"noise" * 100, GZIP, "the page is damaged"),
        (PAGE.encode()[1:], "Content-Encoding: rot13\r\n", "its Content-Encoding 'rot13' is not known"),
    ],
)
def test_a_page_that_cannot_be_decoded_costs_only_itself(tmp_path: Path, body: bytes, extra: str, reason: str) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    pytest.importorskip("fastwarc", reason="fastwarc is not installed")
    path = tmp_path / "a.warc"
    path.write_bytes(response(1) + response(2, body, extra) + response(3))
    first, failure, last = everything(path)
    assert isinstance(first, Prepared) and isinstance(last, Prepared)
    assert isinstance(failure, Unreadable) and failure.reason.startswith(reason)


@pytest.mark.parametrize(("name", "write", "cut"), [("a.warc", b"".join, 600), ("a.warc.gz", as_gzip, 300)])
def test_a_web_archive_that_breaks_off(
    tmp_path: Path, name: str, write: Callable[[list[bytes]], bytes], cut: int
) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    pytest.importorskip("fastwarc", reason="fastwarc is not installed")
    path = tmp_path / name
    path.write_bytes(write([response(1), response(2)])[:-cut])
    first, *others = everything(path)
    assert isinstance(first, Prepared)
    assert others and all(isinstance(other, Unreadable) for other in others)


def test_a_folder_is_read_in_one_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.txt", "c.jpg", ".hidden.txt", "B.TXT"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf8")
    (tmp_path / "circle").symlink_to(tmp_path)
    assert [article.id for article in vnextract.read_articles(tmp_path)] == ["B.TXT", "a/b.txt", "a/z.txt", "b.txt"]


def test_links_out_of_a_folder_are_read_only_when_asked(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(TEXT, encoding="utf8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf8")
    (news / "b.txt").symlink_to(tmp_path / "b.txt")
    assert [article.id for article in vnextract.read_articles(news)] == ["a.txt"]
    assert [article.id for article in vnextract.read_articles(news, follow_links=True)] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        (None, None, [0, 1, 2, 3, 4]),
        ("2023-05-25", None, [1, 2, 3]),
        ("2023-06", None, [2, 3]),
        (None, "2023-05-24", [0, 1, 3]),
        ("2023", "2023-05", [0, 1, 3]),
        ("2024", None, []),
    ],
)
def test_bounds_of_dates(tmp_path: Path, since: str | None, until: str | None, kept: list[int]) -> None:
    path = tmp_path / "a.jsonl"
    dates = ["2023-05-24", "2023-05", "2023-06-01", "2023", None]
    path.write_bytes(jsonl(*({"id": str(i), "text": TEXT, "published": day} for i, day in enumerate(dates))))
    assert [int(article.id or "") for article in vnextract.read_articles(path, since=since, until=until)] == kept


def test_what_a_known_date_leaves_out_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": "", "published": "2019"}, {"text": "", "published": "2024"}, {"text": ""}))
    found = everything(path, Reading(since="2024"))
    assert [item.place for item in found if isinstance(item, Unreadable)] == ["line 2", "line 3"]


def test_a_given_date_is_the_last_resort(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl(ROW, {"text": TEXT}, {"text": TEXT, "published": "hôm qua"}))
    found = [item for item in everything(path, Reading(published="2020")) if isinstance(item, Prepared)]
    assert [item.article.published for item in found] == ["2023-05-24", "2020", "2020"]
    assert found[2].article.warnings == ("publication date not understood: 'hôm qua'",)


def test_old_encodings_in_tables_are_converted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,tieu de,noi dung\n1,Héi nghÞ,C«ng an tØnh Lai Ch©u tæ chøc héi nghÞ\n".encode("latin-1"))
    found = only(path)
    assert (found.article.title, found.article.text) == ("Hội nghị", "Công an tỉnh Lai Châu tổ chức hội nghị")
    assert found.article.warnings == ("converted from TCVN3",)


@pytest.mark.parametrize("options", [{}, {"workers": 2}])
def test_what_reading_has_to_say_is_in_the_records(tmp_path: Path, options: dict[str, int]) -> None:
    (tmp_path / "2023-05-24.txt").write_bytes("C«ng an tØnh Lai Ch©u häp ngµy 31/6.".encode("latin-1"))
    (tmp_path / "plain.txt").write_text(TEXT, encoding="utf8")
    old, plain = vnextract.extract_many(vnextract.read_articles(tmp_path), **options)
    assert old.warnings == (
        "converted from TCVN3",
        "publication date taken from the name '2023-05-24.txt'",
        "no such day in the calendar: 'ngày 31/6'",
    )
    assert plain.warnings == ()


def test_warnings_of_an_article_are_kept_and_those_of_a_stored_record_are_not() -> None:
    articles: list[vnextract.Article | dict[str, object]] = [
        vnextract.Article("Họp.", published="24/5", warnings=("converted from VNI",)),
        {"text": "Hạn là ngày 31/6.", "warnings": ["no such day in the calendar: 'ngày 31/6'"]},
    ]
    failed, stored = vnextract.extract_many(articles)
    assert failed.failure is not None and failed.warnings == ("converted from VNI",)
    assert stored.warnings == ("no such day in the calendar: 'ngày 31/6'",)


def test_from_python_failures_can_be_collected(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl(ROW) + b"{bad\n")
    failures: list[Unreadable] = []
    assert [article.id for article in vnextract.read_articles(path, on_failure=failures.append)] == ["bai-1"]
    assert [failure.place for failure in failures] == ["line 2"]
    assert len(list(vnextract.read_articles(path))) == 1
    assert "a.jsonl, line 2: this is not JSON" in caplog.text


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no file or folder"):
        list(vnextract.read_articles(tmp_path / "missing"))
    with pytest.raises(PublishedError):
        list(vnextract.read_articles(tmp_path, since="24/5/2023"))


def test_the_corpus_is_read() -> None:
    corpus = Path(__file__).parents[1] / "corpus"
    articles = list(vnextract.read_articles(os.fspath(corpus)))
    assert len(articles) >= 15
    assert all(article.text and article.id for article in articles)


def test_brotli_is_held_to_the_same_bounds() -> None:
    brotli = pytest.importorskip("brotli", reason="brotli is not installed")
    from vnextract.archive.payload import payload

    page = PAGE.encode()
    assert payload(brotli.compress(page), None, "br") == page
    with pytest.raises(InputFileError, match="longer than 16 MB"):
        payload(brotli.compress(bytes(40_000_000)), None, "br")
    with pytest.raises(InputFileError, match="the page breaks off"):
        payload(brotli.compress(page)[:-20], None, "br")
    with pytest.raises(InputFileError, match="the page is damaged"):
        payload(b"\xff" * 50, None, "br")


def test_codings_are_undone_in_the_order_opposite_to_theirs() -> None:
    from vnextract.archive.payload import payload

    page = PAGE.encode()
    assert payload(zlib.compress(gzip.compress(page)), None, "gzip, deflate") == page
    assert payload(page, "identity", "identity") == page


# ---- Bounds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [".gz", ".zst"])
def test_a_file_unpacks_to_no_more_than_its_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: str) -> None:
    monkeypatch.setattr("vnextract.archive.unpack.ALWAYS_ALLOWED", 100_000)
    row = jsonl({"text": "Họp. " * 1_000})
    inside, beyond = tmp_path / f"a.jsonl{pack}", tmp_path / f"b.jsonl{pack}"
    inside.write_bytes(packed(pack, "a.jsonl", row * 10))
    assert len(everything(inside)) == 10
    beyond.write_bytes(packed(pack, "b.jsonl", row * 3_000))
    assert beyond.stat().st_size * 250 < len(row) * 3_000
    *articles, failure = everything(beyond)
    assert isinstance(failure, Unreadable) and "unpacks to more than 250 times its size" in failure.reason
    assert len(articles) * len(row) <= 250 * beyond.stat().st_size + 100_000


def test_a_page_that_breaks_off_says_so(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    pytest.importorskip("fastwarc", reason="fastwarc is not installed")
    path = tmp_path / "a.warc"
    path.write_bytes(response(1) + response(2)[:-200])
    first, second = everything(path)
    assert isinstance(first, Prepared) and isinstance(second, Unreadable)
    assert second.reason == "the page breaks off"
