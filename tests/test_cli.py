"""The command line's small commands: schema, evaluate, version, wrong options."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnextract.cli import app
from vnextract.evaluate import FIGURES
from vnextract.records import ArticleRecord
from vnextract.version import __version__

GOLD = {
    "id": "a",
    "published": "2025-04-16",
    "text": "Sáng 16/4, hội nghị khai mạc.",
    "dates": [
        {"span": [0, 9], "kind": "date", "first_day": "2025-04-16", "last_day": "2025-04-16", "duration": None},
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf8")
    return path


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_schema_is_the_records_schema() -> None:
    code, output = run("schema")
    assert code == 0
    assert json.loads(output) == ArticleRecord.model_json_schema(mode="serialization")


def test_evaluate_prints_every_figure(gold: Path) -> None:
    code, output = run("evaluate", gold)
    assert code == 0
    assert all(name in output for name in FIGURES)


def test_evaluate_as_json(gold: Path) -> None:
    code, output = run("evaluate", gold, "--json")
    assert code == 0
    assert json.loads(output)["dates value"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1, "pred": 1}


def test_evaluate_lists_errors(gold: Path) -> None:
    gold.write_text(gold.read_text(encoding="utf8").replace("[0, 9]", "[0, 4]"), encoding="utf8")
    code, output = run("evaluate", gold, "--errors", "dates")
    assert code == 0
    assert "a\tbounds\t'Sáng' got 'Sáng 16/4'" in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evaluate", "GOLD", "--errors", "places"], "organisations, officials, dates, indicators"),
        (["evaluate", "nowhere.jsonl"], "nowhere.jsonl"),
        (["evaluate", "BROKEN"], "line 1"),
        (["train", "BROKEN", "-o", "OUT"], "line 1"),
        (["train", "GOLD", "-o", "GOLD"], "gold.jsonl"),
    ],
)
def test_wrong_use_exits_with_two(tmp_path: Path, gold: Path, arguments: list[str], message: str) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("not json\n", encoding="utf8")
    named = {"GOLD": gold, "BROKEN": broken, "OUT": tmp_path / "model"}
    code, output = run(*(named.get(argument, argument) for argument in arguments))
    assert code == 2
    assert message in "".join(output.split("\n")) or message in output


def test_version() -> None:
    assert run("--version") == (0, f"{__version__}\n")
