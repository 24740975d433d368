"""Every block of the README runs as printed, and what it prints is what comes out."""

import importlib
import re
import shlex
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnextract.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")
BLOCKS = re.findall(r"```(\w+)\n(.+?)```(?:\n\n```text\n(.+?)```)?", README, re.DOTALL)
COMMANDS = [
    line.partition(" #")[0].strip()
    for language, block, _ in BLOCKS
    if language == "bash"
    for line in block.splitlines()
    if line.strip()
]


def test_every_block_is_tested() -> None:
    # Sessions of Python are run by doctest, with the other documentation.
    assert {language for language, _, _ in BLOCKS} == {"bash", "pycon", "python", "sql"}
    assert sum(language == "sql" for language, _, _ in BLOCKS) == 8
    assert {command.split()[0] for command in COMMANDS} == {"vnextract", "pip", "make"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands are given: a folder of news, an article, gold."""
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    path = tmp_path_factory.mktemp("readme")
    (path / "news").mkdir()
    lines = (ROOT / "corpus" / "briefs.jsonl").read_text(encoding="utf8").splitlines(keepends=True)
    (path / "news" / "briefs.jsonl").write_text("".join(lines[:6]), encoding="utf8")
    (path / "my-gold.jsonl").write_text("".join(lines[:6]), encoding="utf8")
    (path / "article.txt").write_text("Sáng 16/4/2025, UBND tỉnh Lai Châu họp.", encoding="utf8")
    return path


# In the order in which they are printed: the second asks what the first has made.
@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("vnextract")])
def test_command(folder: Path, command: str) -> None:
    words = shlex.split(command)[1:]
    if words[0] in ("link", "report"):
        pytest.importorskip("splink", reason="splink is not installed")
    if words[0] == "train":
        pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    if ".xlsx" in command:
        pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "vnextract.cli", *words], cwd=folder, capture_output=True, encoding="utf8"
    )
    assert done.returncode == 0, done.stderr
    for place, word in enumerate(words):
        if word == "-o":
            assert (folder / words[place + 1]).exists()


def test_installation() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["optional-dependencies"]
    version = importlib.import_module("vnextract").__version__
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE)
    for command in COMMANDS:
        tool, what, *rest = shlex.split(command)
        if tool == "make":
            assert what in targets
        if tool == "pip":
            assert what == "install"
            name, _, wanted = rest[0].rstrip("]").partition("[")
            assert name in (".", f"dist/vnextract-{version}-py3-none-any.whl")
            assert {extra for extra in wanted.split(",") if extra} <= set(extras)


@pytest.mark.parametrize("block", [block for block in BLOCKS if block[0] == "python"], ids=lambda block: block[1][:20])
def test_python(block: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    monkeypatch.chdir(folder)
    screen = StringIO()
    monkeypatch.setattr("sys.stdout", screen)
    exec(block[1], {"__name__": "readme"})
    assert screen.getvalue().strip() == block[2].strip()


ASKED = [(block, answer) for language, block, answer in BLOCKS if language == "sql"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package in ("duckdb", "splink", "rensa"):
        pytest.importorskip(package, reason=f"{package} is not installed")
    path = tmp_path_factory.mktemp("questions") / "news.duckdb"
    result = CliRunner().invoke(app, ["extract", str(ROOT / "corpus"), "-o", str(path), "--link"])
    assert result.exit_code == 0, result.output
    return path


@pytest.mark.parametrize(("question", "answer"), ASKED)
def test_question_has_the_answer_that_is_printed(database: Path, question: str, answer: str) -> None:
    """After a change of what is found, `make questions` asks again and writes the answers down."""
    result = CliRunner().invoke(app, ["query", str(database), question])
    assert result.exit_code == 0, result.output
    assert result.output == answer
