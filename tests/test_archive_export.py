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


@pytest.mark.parametrize(
    "sql",
    [
        f"COPY ({SQL}) TO 'below/answer.csv'",
        "copy answers to 'below/answer.csv' (format csv, header true);",
        f"\nCOPY (\n{SQL}\n) TO 'below/answer.csv'\nWITH (FORMAT 'csv')",
    ],
)
def test_a_copy_writes_a_new_file_below(database: Path, monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    monkeypatch.chdir(database.parent)
    (database.parent / "below").mkdir()
    code, said = query(database, sql)
    assert code == 0 and "6 rows written to below" in said
    rows = (database.parent / "below" / "answer.csv").read_text(encoding="utf8").splitlines()
    assert rows[:2] == ["n,day,sum,words", "0,2025-04-16,25870000000000,Sở Y tế"]
    assert "'=1+1" in rows[2]
    code, said = query(database, sql)
    assert code == 2 and "is there already, and COPY replaces nothing; -o below" in said.replace("\n", " ")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("COPY answers TO '../stolen.csv'", "the current folder and below it"),
        ("COPY answers TO '/tmp/stolen.csv'", "the current folder and below it"),
        ("COPY answers TO 's3://bucket/stolen.csv'", "the current folder and below it"),
        ("COPY answers TO 'link/stolen.csv'", "the current folder and below it"),
        ("COPY answers TO 'news.duckdb'", "is there already"),
        ("COPY answers TO 'stolen.sh'", "name a .csv, a .xlsx or a .parquet"),
        ("COPY answers TO 'stolen.csv' (FORMAT parquet)", "the file's name says its format"),
        ("COPY answers TO 'stolen.csv' (DELIMITER ';')", "COPY is not taken with"),
        ("COPY answers FROM 'stolen.csv'", "in a way that is not taken"),
        ("COPY answers TO 'stolen.csv'; DROP TABLE answers", "in a way that is not taken"),
        ("SELECT 1; COPY answers TO 'stolen.csv'", "in a way that is not taken"),
        ("COPY (SELECT 1) TO 'stolen.csv'; SELECT (2)", "in a way that is not taken"),
        ("COPY (DELETE FROM answers RETURNING n) TO 'stolen.csv'", "syntax error"),
        ("COPY (PRAGMA show_tables) TO 'stolen.csv'", "syntax error"),
        ("COPY (FROM read_csv('/etc/passwd')) TO 'stolen.csv'", "-o FILE writes its answer"),
        ("EXPORT DATABASE 'stolen'", "-o FILE writes its answer"),
    ],
)
def test_a_copy_reaches_nothing_else(
    database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, sql: str, reason: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (database.parent / "link").symlink_to(elsewhere)
    monkeypatch.chdir(database.parent)
    before = sorted(database.parent.parent.rglob("*")), database.read_bytes()
    code, said = query(database, sql)
    assert code == 2 and reason in " ".join(said.split())
    assert (sorted(database.parent.parent.rglob("*")), database.read_bytes()) == before
    assert not list(elsewhere.iterdir())
