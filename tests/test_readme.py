"""The README's questions are asked of the database that its command makes of `corpus/`."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnextract.cli import app

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = re.findall(r"```sql\n(.+?)```", (ROOT / "README.md").read_text(encoding="utf8"), re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    path = tmp_path_factory.mktemp("readme") / "news.duckdb"
    result = CliRunner().invoke(app, ["extract", str(ROOT / "corpus"), "-o", str(path)])
    assert result.exit_code == 0, result.output
    return path


def test_there_are_five_questions() -> None:
    assert len(QUESTIONS) == 5


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_has_an_answer(database: Path, question: str) -> None:
    result = CliRunner().invoke(app, ["query", str(database), question, "--csv"])
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) > 1
