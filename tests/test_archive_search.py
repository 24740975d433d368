"""Search in an archive: accents do not matter, the index follows the archive."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnextract.archive.search import search
from vnextract.cli import app
from vnextract.errors import QueryError

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")

ARTICLES = [
    ("a", "Tin y tế", "Sáng 24/5, Sở Y tế tỉnh Điện Biên tiếp nhận 1.200 liều vắc-xin." + " Hết." * 80),
    ("b", "Thể thao", "Đội Điện Biên thắng. Sở thú mở cửa. Ông nói y như vậy tế nhị."),
    ("c", "Sở Y tế Điện Biên tuyển dụng", "Năm nay có 20 chỉ tiêu."),
    ("d", "Sở Y tế Lai Châu", "Họp giao ban."),
    ("e", "Đường sá", "Nâng cấp đường Đà Nẵng."),
]


def write(database: Path, *rows: tuple[str, str, str]) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "CREATE OR REPLACE TABLE articles (article_id VARCHAR, title VARCHAR, published VARCHAR, source VARCHAR, "
            "url VARCHAR, text VARCHAR, digest VARCHAR)"
        )
        for id_, title, text in rows:
            connection.execute(
                "INSERT INTO articles VALUES (?, ?, '2023-05-24', 'Báo', NULL, ?, md5(?))", (id_, title, text, text)
            )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    write(tmp_path / "news.duckdb", *ARTICLES)
    return tmp_path / "news.duckdb"


@pytest.mark.parametrize("words", ["so y te dien bien", "Sở Y tế Điện Biên", "SO Y TE điện biên", "so-y-te, dien bien"])
def test_what_stands_together_comes_first(database: Path, words: str) -> None:
    assert [hit.id for hit in search(database, words)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"so y te"', ["a", "c", "d"]),
        ('"dien bien" "so y te"', ["a", "c"]),
        ("duong da nang", ["e"]),
        ("khong co gi", []),
        ('NEAR( OR " AND', []),
    ],
)
def test_phrases_and_words(database: Path, words: str, found: list[str]) -> None:
    assert sorted(hit.id for hit in search(database, words)) == found


def test_the_words_around_it_are_shown(database: Path) -> None:
    hits = {hit.id: hit.extract for hit in search(database, "dien bien so y te")}
    assert hits["a"].startswith("Sáng 24/5, Sở Y tế tỉnh Điện Biên") and hits["a"].endswith("…")


def test_the_words_are_shown_where_they_stand_together(database: Path) -> None:
    write(
        database,
        ("x", "Tin", "Điện lực họp. " + "Mưa lớn. " * 80 + "Nhà máy ở Điện Biên phát điện. " + "Hết. " * 80 + "Biên"),
    )
    ((hit),) = search(database, "dien bien")
    assert "Nhà máy ở Điện Biên" in hit.extract and "Điện lực" not in hit.extract


def test_words_that_stand_far_apart_are_cut(database: Path) -> None:
    write(database, ("x", "Tin", "Sở " + "và " * 500 + "Điện."))
    ((hit),) = search(database, "so dien")
    assert len(hit.extract) < 400


def test_the_index_follows_the_archive(database: Path) -> None:
    assert len(search(database, "lai chau")) == 1
    changed = ("d", "Sở Y tế Lai Châu", "Chuyển sang Mộc Châu.")
    write(database, ARTICLES[0], changed, ("f", "Mới", "Mộc Châu mở hội."))
    assert {hit.id for hit in search(database, "moc chau")} == {"d", "f"}
    assert search(database, "tuyen dung") == []


def test_an_archive_that_cannot_be_written_beside(database: Path) -> None:
    database.with_name("news.duckdb.run").write_text("in the way")
    assert [hit.id for hit in search(database, "da nang")] == ["e"]


def test_the_command(database: Path) -> None:
    result = CliRunner().invoke(app, ["search", str(database), "so y te dien bien", "--rows", "1"])
    assert result.exit_code == 0 and "tuyển dụng" in result.output and "Thể thao" not in result.output
    result = CliRunner().invoke(app, ["search", str(database), "da nang", "--csv"])
    assert result.output.splitlines()[1].startswith("e,Đường sá,2023-05-24,Báo,,")
    assert CliRunner().invoke(app, ["search", str(database), "…"]).exit_code == 2


def test_no_word_and_no_database(database: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no word"):
        search(database, " ?! ")
    (tmp_path / "x.duckdb").write_text("none")
    with pytest.raises(QueryError, match="cannot be opened"):
        search(tmp_path / "x.duckdb", "họp")
