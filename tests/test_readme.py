"""The README's questions are asked of the database that its command makes of `corpus/`, and answered as it prints."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnextract.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")
ASKED = re.findall(r"```sql\n(.+?)```\n\n```text\n(.+?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package in ("duckdb", "splink", "rensa"):
        pytest.importorskip(package, reason=f"{package} is not installed")
    path = tmp_path_factory.mktemp("readme") / "news.duckdb"
    result = CliRunner().invoke(app, ["extract", str(ROOT / "corpus"), "-o", str(path), "--link"])
    assert result.exit_code == 0, result.output
    return path


def test_there_are_eight_questions() -> None:
    assert len(ASKED) == README.count("```sql") == 8


@pytest.mark.parametrize(("question", "answer"), ASKED)
def test_question_has_the_answer_that_is_printed(database: Path, question: str, answer: str) -> None:
    """After a change of what is found, `make questions` asks again and writes the answers down."""
    result = CliRunner().invoke(app, ["query", str(database), question])
    assert result.exit_code == 0, result.output
    assert result.output == answer
