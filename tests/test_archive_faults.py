"""What disks, options and folders do to a run: nothing is lost without a word, and the same command goes on."""

import errno
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from vnextract.archive.checkpoint import load
from vnextract.archive.job import Job
from vnextract.archive.prepare import Reading
from vnextract.archive.run import Summary, run
from vnextract.errors import InputFileError, ModelError, OutputError, StorageError, WorkerError

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from killing import content, in_this_process, survives  # noqa: E402

TEXT = "Sáng {}/5/2023, UBND tỉnh Sơn La họp."
OUTPUTS = ("out.jsonl", "out.duckdb", "out")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("work", "database"):
        monkeypatch.setattr(f"vnextract.archive.{module}.map_ordered", in_this_process)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    rows = [json.dumps({"id": f"bai-{i}", "text": TEXT.format(1 + i % 28)}, ensure_ascii=False) for i in range(8)]
    rows[3] = "{bad"
    (folder / "a.jsonl").write_text("\n".join(rows), encoding="utf8")
    return folder


def do(source: Path, output: Path, **options: Any) -> tuple[Summary, str]:
    said = io.StringIO()
    job = Job(**{"part": 3, **options})
    return run([str(source)], output, job, Console(file=said, width=300)), said.getvalue()


# ---- Disks ---------------------------------------------------------------------------------------------------------


def test_a_database_that_does_not_fit_is_no_finished_one(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit on a file's size stands for a full disk: DuckDB says nothing of it when it closes."""
    from vnextract.archive import database

    output = tmp_path / "out.duckdb"
    with monkeypatch.context() as patched:
        patched.setattr(database, "_apart", partial(_with_little_room, database._apart))
        with pytest.raises(StorageError, match="the same command goes on from here"):
            do(news, output)
    assert not output.exists()
    state = load(tmp_path / "out.duckdb.run")
    assert state is not None and not state.finished
    summary, _ = do(news, output)
    assert (summary.state.articles, summary.articles) == (7, 0)
    assert len(content(output)["articles"]) == 7


def _with_little_room(apart: Callable[..., Any], *places: Any) -> Any:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        return apart(*places)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_another_database_left_does_not_get_into_a_new_one(news: Path, tmp_path: Path) -> None:
    log = tmp_path / "out.duckdb.wal"
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute("PRAGMA disable_checkpoint_on_shutdown; CREATE TABLE stale (x INTEGER)")
    shutil.copy(tmp_path / "other.duckdb.wal", log)
    do(news, tmp_path / "out.duckdb")
    assert not log.exists()
    assert len(content(tmp_path / "out.duckdb")["articles"]) == 7


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_full_disk_is_told_and_the_same_command_goes_on(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    do(news, tmp_path / f"whole-{name}")
    real, calls = os.fsync, 0

    def full_after_a_while(file: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 6:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(file)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full_after_a_while)
        with pytest.raises(StorageError, match=r"No space left on device.*the same command goes on"):
            do(news, tmp_path / name)
    do(news, tmp_path / name)
    assert content(tmp_path / name) == content(tmp_path / f"whole-{name}")


@pytest.mark.parametrize(
    ("name", "step", "restart"),
    [
        ("out.jsonl", 10, False),
        ("out.jsonl", 10, True),
        ("out", 20, False),
        ("out", 20, True),
        ("out.duckdb", 40, False),
    ],
)
def test_a_run_killed_anywhere_goes_on(news: Path, tmp_path: Path, name: str, step: int, restart: bool) -> None:
    do(news, tmp_path / f"whole-{name}")
    expected = content(tmp_path / f"whole-{name}")
    output = tmp_path / "killed" / name
    begun = partial(do, news, output, limit=2) if restart else lambda: None
    kills = 0
    for kill in survives(output.parent, begun, partial(do, news, output, restart=restart), step):
        assert content(output) == expected, kill
        left = {path.name for path in output.parent.rglob("*") if path.is_file() and path.suffix != ".parquet"}
        assert left <= {name, "failures.jsonl", "state.json", "ledger.sqlite"}
        kills += 1
    assert kills > 10


# ---- Places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda folder: (folder / "out.jsonl").mkdir(), "out.jsonl"),
        (lambda folder: (folder / "out.duckdb").mkdir(), "out.duckdb"),
        (lambda folder: (folder / "out.jsonl.run").write_text(""), "out.jsonl"),
        (lambda folder: (folder / "sub").write_text(""), "sub/out.jsonl"),
        (lambda folder: (folder / "out").write_text("mine"), "out"),
    ],
)
@pytest.mark.parametrize("restart", [False, True])
def test_a_place_that_cannot_be_written_to_is_told_before_the_work(
    news: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], object],
    name: str,
    restart: bool,
) -> None:
    make(tmp_path)
    monkeypatch.setattr("vnextract.archive.run.work", None)
    with pytest.raises(OutputError) as caught:
        do(news, tmp_path / name, restart=restart)
    assert not isinstance(caught.value, StorageError)


def test_earlier_outputs_are_no_input(news: Path) -> None:
    for name in ("one.jsonl", "two.duckdb", "three"):
        summary, _ = do(news, news / name)
        assert (summary.state.articles, summary.state.failures) == (7, 1)
    summary, said = do(news, news / "four.jsonl.gz")
    assert (summary.state.articles, summary.state.failures) == (7, 1)
    assert "outputs of earlier runs" in said


def test_links_out_of_a_folder_are_read_only_when_asked(news: Path, tmp_path: Path) -> None:
    secret = tmp_path / "passwd"
    secret.write_text("root:x:0:0", encoding="utf8")
    (news / "p.txt").symlink_to(secret)
    (news / "q.txt").symlink_to(news / "b.md")
    (news / "b.md").write_text("Họp.", encoding="utf8")
    summary, said = do(news, tmp_path / "out.jsonl")
    assert (summary.state.articles, summary.state.failures) == (9, 2)
    assert "p.txt: it is a link out of the folder" in said and "root" not in (tmp_path / "out.jsonl").read_text()
    summary, _ = do(news, tmp_path / "all.jsonl", reading=Reading(follow_links=True))
    assert summary.state.articles == 10


def test_what_a_zip_holds_is_accounted_for(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, members in (("empty.zip", []), ("unknown.zip", ["a.jpg", "b.xlsx"])):
        with zipfile.ZipFile(folder / name, "w") as whole:
            for member in members:
                whole.writestr(member, "x")
    summary, said = do(folder, tmp_path / "out.jsonl")
    assert (summary.state.failures, summary.exit_code) == (2, 1)
    assert said.count("there is no file in it of a kind that is read") == 2


def test_ids_that_are_stored_alike_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id":"x\\ud800","text":"A."}\n{"id":"x\\ud801","text":"B."}\n')
    do(path, tmp_path / "out.duckdb")
    ids = [row[0] for row in content(tmp_path / "out.duckdb")["articles"]]
    assert ids == ["x\ufffd", "x\ufffd#2"]


# ---- Options -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["published", "title", "id", "source", "url"])
def test_a_misspelt_column_is_told_before_the_work(news: Path, tmp_path: Path, part: str) -> None:
    with pytest.raises(InputFileError, match=f"no row has a column 'ngay_dangg', as --{part}-field says"):
        do(news, tmp_path / "out.jsonl", reading=Reading({part: "ngay_dangg"}))
    assert not (tmp_path / "out.jsonl.run").exists()


@pytest.mark.parametrize("timeout", [float("inf"), float("nan"), 0.0, -1.0, 1e300])
def test_a_time_limit_that_is_none_is_told(news: Path, tmp_path: Path, timeout: float) -> None:
    with pytest.raises(WorkerError, match="a time limit must be between"):
        do(news, tmp_path / "out.jsonl", timeout=timeout)


def test_a_model_that_is_not_there_is_told_before_the_work(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("VNEXTRACT_MODEL", str(tmp_path / "nowhere"))
        with pytest.raises(ModelError, match="nowhere"):
            do(news, tmp_path / "out.jsonl")
    summary, _ = do(news, tmp_path / "out.jsonl")
    assert summary.articles == 7


def test_two_models_are_not_mixed(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    do(news, tmp_path / "out.jsonl")
    monkeypatch.setattr("vnextract.names.tagger.model.digest_in_use", lambda: "0" * 64)
    with pytest.raises(OutputError, match="model was"):
        do(news, tmp_path / "out.jsonl")


def test_a_file_that_has_changed_is_read_again(news: Path, tmp_path: Path) -> None:
    do(news, tmp_path / "out.jsonl")
    file = news / "a.jsonl"
    changed = file.read_bytes().replace(b"bai-7", b"bai-8")
    before = file.stat()
    file.write_bytes(changed)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))
    summary, _ = do(news, tmp_path / "out.jsonl")
    assert (summary.articles, summary.state.articles) == (1, 8)
    file.rename(news / "b.jsonl")
    summary, said = do(news, tmp_path / "out.jsonl")
    assert (summary.articles, summary.state.articles) == (0, 8) and "nothing new" in said


@pytest.mark.parametrize("name", OUTPUTS)
def test_failures_are_tried_again(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from vnextract.archive.work import Extract

    hidden = news / "b.txt"
    (news / "c.jsonl").write_text('{"id":"bai-1","text":"Tan."}', encoding="utf8")
    hidden.symlink_to(tmp_path / "later.txt")
    real = Extract.__call__

    def fails_at_some(self: Extract, item: Any) -> Any:
        if item.raw.place in ("line 2", "line 6"):
            raise TimeoutError("too long")
        return real(self, item)

    with monkeypatch.context() as patched:
        patched.setattr(Extract, "__call__", fails_at_some)
        summary, said = do(news, tmp_path / name)
    assert (summary.state.articles, summary.state.failures) == (6, 4)
    _, said = do(news, tmp_path / name)
    assert "--retry-failures tries the failures again" in said
    summary, _ = do(news, tmp_path / name, retry_failures=True)
    assert (summary.articles, summary.state.articles, summary.state.failures) == (2, 8, 2)
    again, _ = do(news, tmp_path / name, retry_failures=True)
    assert (again.articles, again.state.articles, again.state.failures) == (0, 8, 2)
    do(news, tmp_path / f"whole-{name}")
    found, expected = content(tmp_path / name), content(tmp_path / f"whole-{name}")
    assert {table: sorted(map(str, rows)) for table, rows in found.items()} == {
        table: sorted(map(str, rows)) for table, rows in expected.items()
    }


def test_a_retry_that_is_killed_goes_on(news: Path, tmp_path: Path) -> None:
    do(news, tmp_path / "whole.duckdb")
    expected = content(tmp_path / "whole.duckdb")
    output = tmp_path / "killed" / "out.duckdb"
    kills = 0
    for kill in survives(output.parent, partial(do, news, output), partial(do, news, output, retry_failures=True), 60):
        assert content(output) == expected, kill
        kills += 1
    assert kills > 10
