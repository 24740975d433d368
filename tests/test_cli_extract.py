"""The commands `extract` and `query`, as people type them."""

import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

TEXT = "Sáng 24/5/2023, UBND tỉnh Sơn La họp về ngân sách 120 tỷ đồng.\n"


def vnextract(*arguments: str | Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "vnextract.cli", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=120)


def records(output: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.decode().splitlines()]


def test_standard_input_is_a_text() -> None:
    done = vnextract("extract", "-", "--published", "2023-05", given=TEXT.encode())
    (record,) = records(done.stdout)
    assert (done.returncode, record["id"], record["published"]) == (0, "standard input", "2023-05")
    assert "text" not in record


def test_standard_input_is_lines_of_json() -> None:
    lines = json.dumps({"id": "a", "text": TEXT}) + "\n{bad\n" + json.dumps({"text": TEXT}) + "\n"
    done = vnextract("extract", "-", "--with-text", given=lines.encode())
    assert done.returncode == 1
    assert [(record["id"], record["text"]) for record in records(done.stdout)] == [
        ("a", TEXT),
        ("standard input:3", TEXT),
    ]
    assert "standard input, line 2: this is not JSON" in done.stderr.decode()


def test_a_file_that_is_no_text_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    for name, data in (
        ("a.txt", TEXT.encode()),
        ("b.txt", b"\xff\xfe\xfd\x00\x01\x80\x81" * 20),
        ("c.txt", TEXT.encode()),
    ):
        (tmp_path / name).write_bytes(data)
    done = vnextract("extract", tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt")
    assert done.returncode == 1
    assert [record["id"] for record in records(done.stdout)] == ["a.txt", "c.txt"]
    assert f"{tmp_path / 'b.txt'}: " in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "missing/"], "there is no file or folder 'missing/'"),
        (["extract", ".", "--published", "24/5/2023"], "published must look like 2023-05-25"),
        (["extract", ".", "--since", "hôm qua"], "since must look like"),
        (["extract", ".", "--workers", "0"], "--workers"),
        (["extract"], "Missing argument"),
        (["query", "missing.duckdb", "select 1"], "missing.duckdb"),
    ],
)
def test_what_cannot_be_begun_is_exit_code_2(arguments: list[str], said: str) -> None:
    done = vnextract(*arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text((json.dumps({"text": TEXT}) + "\n") * 50, encoding="utf8")
    command = f"{sys.executable} -m vnextract.cli extract {tmp_path} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True, timeout=120)
    assert len(records(done.stdout)) == 1
    assert b"Traceback" not in done.stderr


OPTIONAL = (
    "docx",
    "pypdfium2",
    "xlsxwriter",
    "duckdb",
    "pyarrow",
    "trafilatura",
    "fastwarc",
    "zstandard",
    "ftfy",
    "pandas",
    "polars",
    "pyspark",
    "spacy",
)


def without(folder: Path, packages: Sequence[str], *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """As `vnextract`, where some packages are not installed."""
    hidden = folder / "hidden"
    hidden.mkdir()
    for package in packages:
        (hidden / f"{package}.py").write_text(f"raise ImportError('no {package}')", encoding="utf8")
    path = os.pathsep.join([str(hidden), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "vnextract.cli", *map(str, arguments)]
    return subprocess.run(
        command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False, timeout=120
    )


def test_core_dependencies_are_enough_for_texts_and_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": TEXT}), encoding="utf8")
    output = tmp_path / "out.jsonl.gz"
    done = without(tmp_path, OPTIONAL, "extract", tmp_path / "a.txt", tmp_path / "b.jsonl", "-o", output)
    assert done.returncode == 0, done.stderr.decode()
    assert len(records(gzip.decompress(output.read_bytes()))) == 2


@pytest.mark.parametrize(
    ("missing", "source", "output"),
    [
        ("duckdb", "a.txt", "out.duckdb"),
        ("pyarrow", "a.txt", "out"),
        ("zstandard", "a.txt", "out.jsonl.zst"),
    ],
)
def test_a_missing_extra_says_what_to_install(tmp_path: Path, missing: str, source: str, output: str) -> None:
    (tmp_path / source).write_text(TEXT, encoding="utf8")
    done = without(tmp_path, [missing], "extract", tmp_path / source, "-o", tmp_path / output)
    assert done.returncode == 2
    assert "pip install 'vnextract[archive]'" in done.stderr.decode()
    assert not (tmp_path / output).exists()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    folder = tmp_path_factory.mktemp("news")
    rows = [
        {"id": f"{i}", "title": title, "text": TEXT} for i, title in enumerate(["=1+1", "-2", "Họp [bold]lớn[/bold]"])
    ]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    done = vnextract("extract", folder, "-o", folder / "news.duckdb")
    assert done.returncode == 0, done.stderr.decode()
    assert "3 articles in" in done.stderr.decode()
    return folder / "news.duckdb"


def test_a_question_is_answered_as_a_table(database: Path) -> None:
    done = vnextract(
        "query", database, "SELECT article_id, title, 655440000000.0::DOUBLE AS n, NULL AS z FROM articles"
    )
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert all(part in shown for part in ("article_id", "=1+1", "Họp [bold]lớn[/bold]", " 655440000000 "))


def test_rows_beyond_the_limit_are_mentioned(database: Path) -> None:
    shown = vnextract("query", database, "SELECT * FROM range(500)", "--rows", "5").stdout.decode()
    assert "only the first 5 rows are shown" in shown


def test_csv_is_harmless_in_a_spreadsheet(database: Path) -> None:
    done = vnextract("query", database, "SELECT title, -2 AS number FROM articles ORDER BY article_id", "--csv")
    assert done.stdout.decode().splitlines() == ["title,number", "'=1+1,-2", "'-2,-2", "Họp [bold]lớn[/bold],-2"]


@pytest.mark.parametrize("cell", ["\\n=1+1", "  =1+1", "＝1+1", "＋1", "\\u200b=1+1", "\\t1", "-1", "@x"])
def test_no_formula_hides_behind_what_does_not_show(database: Path, cell: str) -> None:
    words = cell.encode().decode("unicode_escape") if cell.startswith("\\") else cell
    done = vnextract("query", database, f"SELECT '{words}' AS cell", "--csv")
    (_, row) = csv.reader(io.StringIO(done.stdout.decode(), newline=""))
    assert row == [f"'{words}"]


def test_a_cell_does_nothing_to_a_terminal(database: Path) -> None:
    done = vnextract(
        "query", database, "SELECT 'a' || chr(27) || '[2J' || chr(155) || 'b' AS cell, 1 AS \"x\u001b[1m\""
    )
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout and "\x9b" not in done.stdout.decode()
    assert "a\ufffd[2J\ufffdb" in done.stdout.decode()


def test_a_failure_does_nothing_to_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"x\\u001b[2J": 1}', encoding="utf8")
    done = vnextract("extract", tmp_path / "a.jsonl", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1 and b"\x1b" not in done.stderr
    missing = vnextract("extract", "nowhere\x1b[2J")
    assert missing.returncode == 2 and b"\x1b" not in missing.stderr


@pytest.mark.parametrize("command", [["schema"], ["query", "DATABASE", "SELECT 'Họp' AS x"], ["show", "TEXT"]])
def test_no_locale_is_too_small(database: Path, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    named = {"DATABASE": database, "TEXT": tmp_path / "a.txt"}
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "vnextract.cli", *(str(named.get(word, word)) for word in command)],
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode()


def test_standard_output_that_is_full_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    command = [sys.executable, "-m", "vnextract.cli", "extract", str(tmp_path / "a.txt")]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=120)
    assert done.returncode == 3
    assert b"No space left on device" in done.stderr and b"Traceback" not in done.stderr


def test_an_option_that_cannot_be_meant_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    for wrong in (["--timeout", "inf"], ["--timeout", "nan"]):
        done = vnextract("extract", tmp_path, "-o", tmp_path / "out.jsonl", *wrong)
        assert done.returncode == 2 and re.search(b"--timeout|time limit", done.stderr)


@pytest.mark.parametrize(
    "sql",
    [
        "CALL enable_logging(storage='file', storage_path='log')",
        "SET memory_limit = '100GB'",
        "SELECT nothing FROM articles",
        "DELETE FROM articles",
        "COPY articles TO '../stolen.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "",
    ],
)
def test_a_wrong_question_is_told_and_nothing_is_changed(database: Path, sql: str) -> None:
    before = database.read_bytes()
    done = vnextract("query", database, sql)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert database.read_bytes() == before


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    (tmp_path / "x.duckdb").write_text("no database")
    done = vnextract("query", tmp_path / "x.duckdb", "SELECT 1")
    assert done.returncode == 2 and b"Traceback" not in done.stderr
    assert b"x.duckdb cannot be opened as a DuckDB database" in done.stderr


def questions() -> list[str]:
    recipes = Path(__file__).parents[1] / "docs" / "recipes"
    pages = [(recipes / f"{name}.md").read_text(encoding="utf8") for name in ("archive", "bi", "excel", "monitor")]
    typed = r'(?:```sql\n(.*?)```|vnextract query \S+ "(SELECT[^"]*)" -o )'
    return [one or other for page in pages for one, other in re.findall(typed, page, re.DOTALL)]


@pytest.mark.parametrize("sql", questions())
def test_the_questions_of_the_recipe_are_answered(database: Path, sql: str) -> None:
    done = vnextract("query", database, sql)
    assert done.returncode == 0, done.stderr.decode()


def test_columns_are_described_in_the_database(database: Path) -> None:
    sql = "SELECT count(*) AS n FROM duckdb_columns() WHERE table_name = 'indicators' AND comment IS NULL"
    assert vnextract("query", database, sql, "--csv").stdout.decode().splitlines() == ["n", "0"]


def test_what_is_unsure_is_left_out_and_not_mixed_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    (whole,) = records(vnextract("extract", tmp_path / "a.txt").stdout)
    (sure,) = records(vnextract("extract", tmp_path / "a.txt", "--min-confidence", "1").stdout)
    assert whole["organisations"] and not sure["organisations"]
    output = tmp_path / "o.jsonl"
    assert vnextract("extract", tmp_path / "a.txt", "-o", output).returncode == 0
    again = vnextract("extract", tmp_path / "a.txt", "-o", output, "--min-confidence", "0.5")
    assert (again.returncode, "min_confidence" in again.stderr.decode()) == (2, True)
