"""Word files, PDFs, EPUBs and databases as input."""

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from vnextract.archive.files import Unreadable
from vnextract.archive.job import Job
from vnextract.archive.prepare import Prepared, Reading, prepare
from vnextract.archive.read import read_raw
from vnextract.archive.run import run
from vnextract.errors import MissingExtraError

TEXT = "Sáng 24/5, UBND tỉnh Sơn La họp về ngân sách 120 tỷ đồng. Ông Trần Văn Minh, Giám đốc Sở Tài chính, dự."


def everything(path: Path, reading: Reading | None = None) -> list[Prepared | Unreadable]:
    reading = reading or Reading()
    items = (raw if isinstance(raw, Unreadable) else prepare(raw, reading) for raw in read_raw([str(path)], reading))
    return [item for item in items if item is not None]


def only(path: Path) -> Prepared:
    (item,) = everything(path)
    assert isinstance(item, Prepared), item
    return item


def reason(path: Path) -> str:
    (item,) = everything(path)
    assert isinstance(item, Unreadable)
    return item.reason


def test_word(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    document.core_properties.author = "Lê An"
    document.add_heading("Họp ngân sách", 0)
    document.add_paragraph(TEXT)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Thu", "120 tỷ đồng"
    document.add_paragraph("Hết.")
    path = tmp_path / "2023-05-24.docx"
    document.save(str(path))
    found = only(path)
    assert found.article.text == f"Họp ngân sách\n{TEXT}\nThu\t120 tỷ đồng\nHết."
    assert (found.article.title, found.article.published, found.author) == ("Họp ngân sách", "2023-05-24", "Lê An")
    path.write_bytes(path.read_bytes()[:5_000])
    assert "no readable Word file" in reason(path)


def test_a_word_file_that_is_a_bomb(tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 70_000_000)
    assert "may be a bomb" in reason(tmp_path / "a.docx")


def pdf(*lines: str) -> bytes:
    """A PDF with lines of text, whose letters are those of Windows' Vietnamese code page no more than of ASCII."""
    content = "BT /F 12 Tf 14 TL 50 700 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Hop ngan sach) /Author (Le An) >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 7\n0000000000 65535 f \n{table}{trailer}".encode()


def test_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("Sang 24/5, UBND tinh hop.", "Chi 120 trieu."))
    found = only(path)
    assert found.article.text == "Sang 24/5, UBND tinh hop.\nChi 120 trieu."
    assert (found.article.title, found.author) == ("Hop ngan sach", "Le An")
    path.write_bytes(pdf())
    assert "only pictures of pages" in reason(path)
    path.write_bytes(b"%PDF-1.4 nothing")
    assert "no readable PDF" in reason(path)


def epub(path: Path, **pages: str) -> None:
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in (*pages, "nav", "lost"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("META-INF/container.xml", '<container><rootfile full-path="OPS/b.opf"/></container>')
        more = '<item id="nav" href="nav.xhtml" properties="nav"/><item id="lost" href="lost.xhtml"/>'
        packed.writestr("OPS/b.opf", f"<package><manifest>{items}{more}</manifest><spine>{spine}</spine></package>")
        packed.writestr("OPS/nav.xhtml", f"<html><body>{'Mục lục ' * 30}</body></html>")
        for name, body in pages.items():
            head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
            packed.writestr(f"OPS/text/{name}.xhtml", f"{head}</head><body>{body}</body></html>")


def test_epub(tmp_path: Path) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    path = tmp_path / "so-12.epub"
    second = f"<h1>Họp ngân sách</h1><p>{TEXT}</p><p>Hết.</p>"
    epub(path, cover="<img/>", second=second, first=f"<p>{TEXT}</p>")
    chapter, other, lost = everything(path)
    assert isinstance(chapter, Prepared) and isinstance(other, Prepared) and isinstance(lost, Unreadable)
    assert chapter.article.text == f"Họp ngân sách\n{TEXT}\nHết."
    assert (chapter.article.title, chapter.article.id) == ("Họp ngân sách", "so-12.epub/OPS/text/second.xhtml")
    assert other.article.text == TEXT
    assert lost.place == "OPS/lost.xhtml"
    path.write_bytes(b"no zip")
    assert "not a zip file" in reason(path)


def test_a_chapter_that_is_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    monkeypatch.setattr("vnextract.archive.epub.LONGEST", 3_000)
    path = tmp_path / "so-13.epub"
    epub(path, first=f"<p>{TEXT}</p>", long="<p>Họp.</p>" * 300, last=f"<p>{TEXT}</p>")
    first, long, last, lost = everything(path)
    assert isinstance(first, Prepared) and isinstance(last, Prepared) and isinstance(lost, Unreadable)
    assert isinstance(long, Unreadable) and long.place == "OPS/text/long.xhtml"
    assert long.reason.startswith("the chapter cannot be unpacked: longer than")


def test_a_book_unpacks_to_no_more_than_its_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    path = tmp_path / "so-14.epub"
    epub(path, **dict.fromkeys(("first", "second", "third"), f"<p>{TEXT}</p>" * 50))
    with zipfile.ZipFile(path) as packed:
        monkeypatch.setattr(
            "vnextract.archive.epub.ALWAYS_ALLOWED", 2 * packed.getinfo("OPS/text/first.xhtml").file_size
        )
    assert [type(item) for item in everything(path)] == [Prepared, Prepared, Unreadable, Unreadable]


@pytest.mark.parametrize(
    "container", ["", "<container>", "<container/>", '<container><rootfile full-path="x"/></container>']
)
def test_a_book_without_a_list_of_chapters_is_told(tmp_path: Path, container: str) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("META-INF/container.xml", container)
    assert reason(path).startswith("this is no readable EPUB")


ROWS = [("x-1", "2023-05-24", "Họp", TEXT), ("x-2", None, None, "Tin vắn.")]


@pytest.mark.parametrize("name", ["a.sqlite", "a.duckdb", "a.db"])
def test_databases(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.duckdb":
        duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
        database = duckdb.connect(str(path))
    else:
        database = sqlite3.connect(path)
    database.execute("CREATE TABLE sentences (id TEXT, text TEXT)")
    database.execute('CREATE TABLE "bài báo" (id TEXT, ngay_dang TEXT, tieu_de TEXT, noi_dung TEXT, views INTEGER)')
    for one in ROWS:
        database.execute('INSERT INTO "bài báo" VALUES (?, ?, ?, ?, 7)', one)
    database.execute("INSERT INTO sentences VALUES ('s', 'Câu.')")
    database.execute("CREATE TABLE posts (title TEXT, article TEXT)")
    database.execute("INSERT INTO posts VALUES ('Giám đốc', 'x-1')")
    if name != "a.duckdb":
        database.commit()
    database.close()
    found = [item.article for item in everything(path) if isinstance(item, Prepared)]
    assert [(one.id, one.published, one.title, one.text) for one in found] == ROWS
    with_place = next(iter(read_raw([str(path)], Reading())))
    assert not isinstance(with_place, Unreadable) and with_place.place == "table bài báo, row 1"


def test_databases_without_articles_and_damaged_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE prices (day TEXT, price REAL)")
    database.close()
    assert "--text-field. There are: prices (day, price)" in reason(path)
    path.write_bytes(path.read_bytes()[:100] + b"x" * 5_000)
    assert everything(path)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr("b.sqlite", b"SQLite format 3\0")
    assert "unpack it first" in reason(tmp_path / "b.zip")


def test_a_word_file_within_a_zip(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph(TEXT)
    document.save(data)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("x/b.docx", data.getvalue())
    assert only(tmp_path / "a.zip").article.text == TEXT


@pytest.mark.parametrize("name", ["a.docx", "b.pdf"])
def test_what_is_missing_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    monkeypatch.setattr("vnextract.archive.extras.find_spec", lambda package: None)
    with pytest.raises(MissingExtraError, match=r"reading .* takes more: pip install 'vnextract\[documents\]'"):
        run([str(tmp_path)], tmp_path / "out.jsonl", Job())
