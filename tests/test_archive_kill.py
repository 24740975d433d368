"""Real SIGKILLs, of the whole run and of single workers, at random moments: afterwards nothing is lost, nothing is twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from vnextract.archive.checkpoint import load
from vnextract.archive.forms import COLUMNS

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")
if not Path("/proc/self/task").exists():
    pytest.skip("workers are found in /proc, which this system has not", allow_module_level=True)

LONG = pytest.mark.skipif("VNEXTRACT_LONG_TESTS" not in os.environ, reason="VNEXTRACT_LONG_TESTS is not set")
TEXT = (
    "Chiều {day}/5/2023, HĐND tỉnh Sơn La thông qua {day} nghị quyết. Ông Trần Văn Minh, Giám đốc Sở Tài chính, cho biết "
    "thu nội địa đạt {day}.200 tỷ đồng, tăng 5,{day}% so với cùng kỳ năm trước.\n"
)


def write_news(folder: Path, articles: int, council: str = "HĐND") -> None:
    folder.mkdir()
    text = TEXT.replace("HĐND", council)
    for name in ("a", "b", "c"):
        rows = [{"id": str(i % (articles // 4)), "text": text.format(day=1 + i % 28) * 4} for i in range(articles // 3)]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        lines[5] = "{bad"
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf8")
    (folder / "d.txt").write_bytes(b"")


def command(news: Path, output: Path) -> list[str]:
    options = ["--workers", "2", "--part", "7"]
    return [sys.executable, "-m", "vnextract.cli", "extract", str(news), "-o", str(output), *options]


def content(output: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(output), read_only=True) as connection:
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in COLUMNS}


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    children = []
    for task in Path(f"/proc/{process.pid}/task").glob("*/children"):
        children += [int(child) for child in task.read_text(encoding="ascii").split()]
    return children


def kill_something(process: subprocess.Popen[bytes], chance: random.Random) -> str:
    """Kill a worker or the run itself; says which, empty where the run was over before."""
    workers = workers_of(process)
    if workers and chance.random() < 0.5:
        os.kill(chance.choice(workers), signal.SIGKILL)
        return "worker"
    if process.poll() is not None:
        return ""
    process.kill()
    return "run"


SIZES = [pytest.param(5, 120), pytest.param(20, 600, marks=LONG), pytest.param(60, 900, marks=LONG)]


@pytest.mark.parametrize(("kills", "articles"), SIZES)
def test_after_kills_the_tables_are_those_of_an_undisturbed_run(tmp_path: Path, kills: int, articles: int) -> None:
    news = tmp_path / "news"
    write_news(news, articles)
    undisturbed, disturbed = tmp_path / "undisturbed.duckdb", tmp_path / "disturbed.duckdb"
    assert subprocess.run(command(news, undisturbed), stderr=subprocess.DEVNULL, check=False).returncode == 1
    kill_often(news, disturbed, kills)
    check_same(disturbed, undisturbed, articles // 2)


@pytest.mark.parametrize(("kills", "articles"), SIZES)
def test_after_kills_an_append_is_that_of_an_undisturbed_run(tmp_path: Path, kills: int, articles: int) -> None:
    """Of an archive that is there a third is done anew, and as much again is added."""
    news = tmp_path / "news"
    write_news(news, articles // 2)
    undisturbed, disturbed = tmp_path / "undisturbed.duckdb", tmp_path / "disturbed.duckdb"
    for output in (undisturbed, disturbed):
        assert subprocess.run(command(news, output), stderr=subprocess.DEVNULL, check=False).returncode == 1
    before = content(undisturbed)["articles"]
    changed = (news / "a.jsonl").read_text(encoding="utf8").replace("nội địa", "ngân sách")
    (news / "a.jsonl").write_text(changed, encoding="utf8")
    write_news(news / "more", articles // 2, "UBND")
    assert subprocess.run(command(news, undisturbed), stderr=subprocess.DEVNULL, check=False).returncode == 1
    assert len(content(undisturbed)["articles"]) == 2 * len(before)
    kill_often(news, disturbed, kills)
    check_same(disturbed, undisturbed, len(before))


def kill_often(news: Path, output: Path, kills: int) -> None:
    """Kill a run so often, or until it is over, each time giving the command again; then let it end."""
    chance = random.Random(kills)
    killed: list[str] = []
    process: subprocess.Popen[bytes] | None = None
    with (output.parent / "said").open("w+b") as said:
        while len(killed) < kills:
            if process is None or process.poll() is not None:
                process = subprocess.Popen(command(news, output), stderr=said)
                _wait_for_beginning(process, output, chance)
            time.sleep(chance.uniform(0, 0.6))
            what = kill_something(process, chance)
            if not what:
                state = load(output.with_name(f"{output.name}.run"))
                assert state is not None and state.finished, said.name
                break
            killed.append(what)
            if what == "run":
                process.wait()
        if process is not None:
            process.wait()
    last = subprocess.run(command(news, output), capture_output=True, text=True, check=False)
    assert last.returncode == 1, last.stderr
    assert "run" in killed


def check_same(disturbed: Path, undisturbed: Path, more_than: int) -> None:
    expected = content(undisturbed)
    assert len(expected["articles"]) > more_than
    assert content(disturbed) == expected
    failures = [path.with_name(f"{path.name}.run") / "failures.jsonl" for path in (disturbed, undisturbed)]
    assert failures[0].read_bytes() == failures[1].read_bytes()
    assert not list(disturbed.with_name(f"{disturbed.name}.run").glob("parts/*"))


def _wait_for_beginning(process: subprocess.Popen[bytes], output: Path, chance: random.Random) -> None:
    """Most kills should hit work, some of them the start."""
    if chance.random() < 0.2:
        return
    deadline = time.monotonic() + 60
    while not workers_of(process) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
