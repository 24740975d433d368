"""Answers as files for spreadsheets and other tools."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnextract.cli import app

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")

SQL = "SELECT * FROM answers ORDER BY n"
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE answers (n BIGINT, day DATE, sum DOUBLE, words VARCHAR)")
        rows = [(0, "2025-04-16", 25870e9, "Sở Y tế"), *((i, None, -2.5, text) for i, text in enumerate(DANGEROUS, 1))]
        connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", rows)
    return path


def query(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["query", *map(str, arguments)])
    return result.exit_code, result.output


@pytest.mark.parametrize("bom", [False, True])
def test_csv(database: Path, bom: bool) -> None:
    output = database.with_name("out.csv")
    code, said = query(database, SQL, "-o", output, *(["--bom"] if bom else []))
    assert code == 0 and "6 rows written to" in said
    data = output.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == bom
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == ["n", "day", "sum", "words"]
    assert rows[0] == ["0", "2025-04-16", "25870000000000", "Sở Y tế"]
    assert [row[2:] for row in rows[1:]] == [["-2.5", f"'{text}"] for text in DANGEROUS]


def test_workbook(database: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
    output = database.with_name("out.xlsx")
    assert query(database, SQL, "-o", output)[0] == 0
    with zipfile.ZipFile(output) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles
    # The day is a day and the sum a number: 45763 days after Excel's first one.
    assert re.search(r'<c r="B2" s="\d+"><v>45763</v>', sheet)
    assert "<v>25870000000000</v>" in sheet
    assert all(f">{text}<" in sheet for text in DANGEROUS[:4])
    # Marked as text, not as plain cells are.
    marked = re.findall(r'<c r="D(\d+)" s="\d+" t="inlineStr">', sheet)
    assert set(marked) >= {"3", "4", "5", "6", "7"} and "2" not in marked


@pytest.mark.parametrize("rows", [0, 6])
def test_rows_of_a_workbook_can_be_filtered_where_there_are_any(database: Path, rows: int) -> None:
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
    output = database.with_name("out.xlsx")
    assert query(database, f"FROM answers LIMIT {rows}", "-o", output)[0] == 0
    with zipfile.ZipFile(output) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert ("<autoFilter" in sheet) == (rows > 0)


def test_a_sheet_that_is_full_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
    monkeypatch.setattr("vnextract.archive.export._MOST_ROWS", 4)
    output = database.with_name("out.xlsx")
    code, said = query(database, SQL, "-o", output)
    assert code == 2 and "name a .csv or a .parquet" in said
    assert [path.name for path in database.parent.iterdir()] == ["news.duckdb"]


def test_parquet(database: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    output = database.with_name("out.parquet")
    assert query(database, SQL, "-o", output)[0] == 0
    with duckdb.connect(str(database), read_only=True) as connection:
        assert duckdb.sql(f"FROM '{output}'").fetchall() == connection.execute(SQL).fetchall()


@pytest.mark.parametrize("name", ["out.txt", "news.duckdb", "folder.csv", "nowhere/out.csv"])
def test_a_place_that_cannot_be_meant_is_told(database: Path, name: str) -> None:
    (database.parent / "folder.csv").mkdir()
    before = database.read_bytes()
    code, said = query(database, SQL, "-o", database.parent / name)
    assert code == 2 and "Traceback" not in said
    assert database.read_bytes() == before


def test_a_wrong_question_leaves_the_file_of_before(database: Path) -> None:
    output = database.with_name("out.csv")
    output.write_text("before")
    assert query(database, "SELECT nothing", "-o", output)[0] == 2
    assert output.read_text() == "before"
    assert sorted(path.name for path in database.parent.iterdir()) == ["news.duckdb", "out.csv"]


def test_copy_is_refused_and_the_way_is_told(database: Path) -> None:
    code, said = query(database, f"COPY answers TO '{database.with_name('stolen.csv')}'")
    assert code == 2 and "-o FILE writes its answer" in said
    assert not database.with_name("stolen.csv").exists()
