"""Every block of the README runs as printed, and what it prints is what comes out."""

import importlib
import importlib.util
import re
import shlex
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest

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
    assert sum(language == "sql" for language, _, _ in BLOCKS) == 5
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


def answers() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme", ROOT / ".ci" / "readme.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_answers(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    readme = answers()
    database = tmp_path / "news.duckdb"
    readme.vnextract("extract", ROOT / "corpus", "-o", database)
    assert readme.answered(README, database) == README, "the answers have changed: python .ci/readme.py"
