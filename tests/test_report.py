"""The report of a linked archive: static pages that lead to one another, and tell what the tables hold."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnextract.cli import app
from vnextract.records import ArticleRecord
from vnextract.show.frames import to_frames
from vnextract.show.site.titles import one_case

HOSTILE = "<script>alert(1)</script>"


class Links(HTMLParser):
    """The addresses that a page leads to, and its anchors."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "a" and attributes.get("href"):
            self.to.append(attributes["href"] or "")
        if attributes.get("id"):
            self.ids.add(attributes["id"] or "")
        self.scripts += tag == "script"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, linked_archive: Path) -> Path:
    folder = tmp_path_factory.mktemp("report") / "site"
    result = CliRunner().invoke(app, ["report", str(linked_archive), "-o", str(folder), "--language", "vi"])
    assert result.exit_code == 0, result.output
    return folder


def test_every_link_leads_somewhere(site: Path) -> None:
    pages = {path.relative_to(site): Links(path.read_text(encoding="utf8")) for path in site.rglob("*.html")}
    assert len(pages) == 6 + 1 + 1 + 6
    for place, links in pages.items():
        for address in links.to:
            name, _, anchor = address.partition("#")
            if name.startswith("https:"):
                continue
            target = (site / place.parent / name).resolve().relative_to(site.resolve()) if name else place
            assert target in pages, (place, address)
            assert not anchor or anchor in pages[target].ids, (place, address)
    assert {links.scripts for links in pages.values()} == {2}


def test_what_the_tables_hold_is_told(site: Path) -> None:
    body, person = (next((site / one).iterdir()).read_text(encoding="utf8") for one in ("bodies", "people"))
    for words in ("Hội CTĐ Lai Châu", "Giám đốc (nguyên)", "từ 3/2019", "Lò Thị Máy"):
        assert words in body
    for words in ("Giám đốc (nguyên)", "1.250 hộ", "số hộ thoát nghèo", "97%"):
        assert words in person
    series = (site / "series.html").read_text(encoding="utf8")
    assert series.count("<circle") == 3
    assert "18,5% · 1/1/2022 – 31/12/2022" in series
    assert "các bài nói khác nhau" in series


def test_duplicates_are_folded_and_titles_in_one_case(site: Path) -> None:
    articles = (site / "articles.html").read_text(encoding="utf8")
    assert articles.count("<tr>") == 1 + 5
    assert '<span class="times">×2</span>' in articles
    assert "Hội Chữ thập đỏ tặng quà" in articles
    assert "HỘI CHỮ THẬP" not in articles
    assert "9/4/2024" in articles
    assert "×2" in (site / "stories.html").read_text(encoding="utf8")


def test_an_article_is_shown_never_obeyed(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert HOSTILE not in path.read_text(encoding="utf8")


def index(site: Path) -> list[list[str]]:
    html = (site / "index.html").read_text(encoding="utf8")
    found = re.search(r'<script type="application/json" id="data">(.+?)</script>', html)
    assert found
    entries: list[list[str]] = json.loads(found[1])["index"]
    return entries


def test_the_index_of_the_search_is_without_accents(site: Path) -> None:
    entries = index(site)
    assert [entry[0] for entry in entries] == ["organisation", "official", "indicator", *["article"] * 5]
    assert entries[0][4] == "hoi chu thap do tinh lai chau hoi ctd lai chau"
    assert all((site / entry[3].partition("#")[0]).is_file() for entry in entries)


def test_articles_beyond_the_limit_are_not_linked(tmp_path: Path, linked_archive: Path) -> None:
    result = CliRunner().invoke(app, ["report", str(linked_archive), "-o", str(tmp_path / "site"), "--articles", "2"])
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "site" / "articles").iterdir())) == 2
    body = next((tmp_path / "site" / "bodies").iterdir()).read_text(encoding="utf8")
    assert body.count("Nậm Nhùn: Thêm 1.250 hộ thoát nghèo") == 3
    for path in (tmp_path / "site").rglob("*.html"):
        for address in Links(path.read_text(encoding="utf8")).to:
            name = address.partition("#")[0]
            assert not name or name.startswith("https:") or (path.parent / name).is_file()


def test_an_archive_must_be_linked(tmp_path: Path, sample: ArticleRecord) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("polars")
    with duckdb.connect(str(tmp_path / "news.duckdb")) as database:
        for name, frame in to_frames([sample], engine="polars").items():
            database.register("frame", frame)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
    result = CliRunner().invoke(app, ["report", str(tmp_path / "news.duckdb"), "-o", str(tmp_path / "site")])
    assert result.exit_code == 2
    assert "vnextract link" in result.output


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("UBND TỈNH HỌP", "UBND TỈNH HỌP\nSáng nay UBND tỉnh họp.", "UBND tỉnh họp"),
        ("Chỉ một chữ HOT", "HOT", "Chỉ một chữ HOT"),
        ("BÃO SỐ 3: LAI CHÂU ỨNG PHÓ", "Tỉnh Lai Châu ứng phó.", "Bão số 3: Lai Châu ứng phó"),
        ("", "", ""),
        ("24/5", "x", "24/5"),
    ],
)
def test_headlines_in_one_case(title: str, text: str, expected: str) -> None:
    assert one_case(title, text) == expected
