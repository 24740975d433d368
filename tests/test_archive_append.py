"""The same command again: an output grows by what is new, follows what has changed, and loses nothing."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from vnextract.archive.checkpoint import load
from vnextract.archive.job import Job
from vnextract.archive.ledger import Ledger
from vnextract.archive.prepare import Reading
from vnextract.archive.run import Summary, run
from vnextract.archive.work import Extract
from vnextract.errors import OutputError

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from killing import content, in_this_process, survives  # noqa: E402

OUTPUTS = ("out.jsonl", "out.jsonl.gz", "out.duckdb", "out")
TEXT = "Sáng {}/5/2023, UBND tỉnh Sơn La họp về {} tỷ đồng."


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("work", "database"):
        monkeypatch.setattr(f"vnextract.archive.{module}.map_ordered", in_this_process)


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Identifiers of the articles that are extracted."""
    ids: list[str] = []
    real = Extract.__call__

    def noted(self: Extract, item: Any) -> Any:
        ids.append(getattr(item.raw, "id", ""))
        return real(self, item)

    monkeypatch.setattr(Extract, "__call__", noted)
    return ids


def row(number: int, sum_: int = 100, /, **more: Any) -> dict[str, Any]:
    return {"id": f"bai-{number}", "published": "2023-05-24", "text": TEXT.format(number + 1, sum_), **more}


def write(path: Path, *rows: dict[str, Any] | str) -> None:
    path.parent.mkdir(exist_ok=True)
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in rows]
    path.write_text("\n".join(lines), encoding="utf8")


def do(source: Path, output: Path, **options: Any) -> tuple[Summary, str]:
    said = io.StringIO()
    job = Job(**{"part": 3, **options})
    return run([str(source)], output, job, Console(file=said, width=300)), said.getvalue()


def held(output: Path) -> dict[str, str]:
    """The articles of an output: identifier → the figure that each has."""
    if ".jsonl" in output.name:
        import gzip

        data = output.read_bytes()
        lines = (gzip.decompress(data) if output.suffix == ".gz" else data).decode().splitlines()
        records = [json.loads(line) for line in lines]
        assert len({record["id"] for record in records}) == len(records)
        return {record["id"]: record["indicators"][0]["mention"]["text"] for record in records}
    tables = content(output)
    ids = [one[0] if isinstance(one, tuple) else one["article_id"] for one in tables["articles"]]
    figures: dict[str, str] = {}
    for one in tables["indicators"]:
        cells = tuple(one.values()) if isinstance(one, dict) else one
        assert cells[0] not in figures
        figures[cells[0]] = next(cell for cell in cells if isinstance(cell, str) and cell.endswith("tỷ đồng"))
    assert sorted(ids) == sorted(figures) and len(set(ids)) == len(ids)
    return figures


@pytest.mark.parametrize("name", OUTPUTS)
def test_new_is_added_changed_is_done_anew_and_nothing_is_dropped(
    tmp_path: Path, extracted: list[str], name: str
) -> None:
    news, output = tmp_path / "news", tmp_path / name
    write(news / "a.jsonl", *map(row, range(8)))
    do(news, output)
    write(news / "a.jsonl", row(0), row(2), row(3, 777), *map(row, range(4, 9)))
    write(news / "b.jsonl", row(20), row(21))
    extracted.clear()
    summary, said = do(news, output)
    assert extracted == ["bai-3", "bai-8", "bai-20", "bai-21"]
    assert (summary.articles, summary.state.articles, summary.state.failures) == (4, 11, 0)
    assert "11 with those of earlier runs" in said
    expected = {f"bai-{number}": "100 tỷ đồng" for number in [*range(9), 20, 21]}
    assert held(output) == {**expected, "bai-3": "777 tỷ đồng"}
    extracted.clear()
    assert "nothing to do" in do(news, output)[1]
    write(news / "a.jsonl", row(3, 778))
    do(news, output)
    assert extracted == ["bai-3"]
    assert held(output) == {**expected, "bai-3": "778 tỷ đồng"}


@pytest.mark.parametrize("name", OUTPUTS)
def test_one_run_and_many_hold_the_same(tmp_path: Path, name: str) -> None:
    """Also with identifiers that are not one article's only."""
    news = tmp_path / "news"
    for day in range(5):
        write(news / f"{day}.jsonl", row(day), row(99, day + 1), row(99, day + 1), "{bad")
        do(news, tmp_path / name)
    do(news, tmp_path / f"whole-{name}")
    if name.endswith("gz"):
        assert held(tmp_path / name) == held(tmp_path / f"whole-{name}")
    else:
        assert content(tmp_path / name) == content(tmp_path / f"whole-{name}")
    assert len(held(tmp_path / name)) == 15


def test_a_file_that_is_known_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news = tmp_path / "news"
    opened: list[str] = []
    for day in range(4):
        write(news / f"{day}.jsonl", row(day))
    do(news, tmp_path / "out.jsonl")
    write(news / "4.jsonl", row(4))
    # It looks at the first rows only.
    monkeypatch.setattr("vnextract.archive.items.Source.undated", lambda self: None)
    real = Path.open

    def noted(self: Path, *given: Any, **more: Any) -> Any:
        opened.append(self.name)
        return real(self, *given, **more)

    monkeypatch.setattr(Path, "open", noted)
    do(news, tmp_path / "out.jsonl")
    assert [name for name in opened if name[0].isdigit()] == ["4.jsonl"]


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_new_version_makes_records_anew_where_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extracted: list[str], name: str
) -> None:
    news, output = tmp_path / "news", tmp_path / name
    write(news / "a.jsonl", *map(row, range(5)))
    do(news, output)
    write(news / "b.jsonl", row(5))
    monkeypatch.setattr("vnextract.archive.run.__version__", "9.9")
    monkeypatch.setattr("vnextract.names.tagger.model.digest_in_use", lambda: "0" * 64)
    extracted.clear()
    _, said = do(news, output)
    assert extracted == ["bai-5"]
    assert "5 articles of before were made by another version or model; --refresh makes them anew" in said
    summary, said = do(news, output, refresh=True)
    assert extracted[1:] == [f"bai-{number}" for number in range(5)]
    assert summary.state.articles == len(held(output)) == 6
    do(news, output, refresh=True)
    assert len(extracted) == 6
    if name == "out.duckdb":
        with duckdb.connect(str(output), read_only=True) as connection:
            assert connection.execute("SELECT DISTINCT made_by FROM articles").fetchall() == [("9.9 000000000000",)]
            assert connection.execute("SELECT count(DISTINCT digest) FROM articles").fetchall() == [(6,)]


def test_what_would_make_a_mixture_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, output = tmp_path / "news", tmp_path / "out.jsonl"
    write(news / "a.jsonl", row(1))
    do(news, output)
    with pytest.raises(OutputError, match="options text was False, is True"):
        do(news, output, with_text=True)
    monkeypatch.setattr("vnextract.names.tagger.model.digest_in_use", lambda: "0" * 64)
    with pytest.raises(OutputError, match="--refresh to make all records with the other model"):
        do(news, output)
    assert do(news, output, refresh=True)[0].articles == 1


def test_other_bounds_and_limits_add_what_they_let_in(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out.jsonl"
    write(news / "a.jsonl", *(row(i, published=f"202{i % 4}-05-01") for i in range(8)))
    counts = []
    for options in (
        {"limit": 2},
        {"reading": Reading(since="2023")},
        {"reading": Reading(since="2022")},
        {"sample": 5},
        {},
        {"limit": 1},
    ):
        counts.append(do(news, output, **options)[0].state.articles)
    assert counts[0] == 2 and counts == sorted(counts) and counts[-2:] == [8, 8]
    assert len(held(output)) == 8


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"url": "https://bao.example/a"}, {"bai-1": "200 tỷ đồng"}),
        ({}, {"bai-1": "100 tỷ đồng", "bai-1#2": "200 tỷ đồng"}),
    ],
)
def test_an_address_is_one_articles_everywhere_an_identifier_in_its_file(
    tmp_path: Path, more: dict[str, Any], expected: dict[str, str]
) -> None:
    write(tmp_path / "monday" / "a.jsonl", row(1, **more))
    write(tmp_path / "tuesday" / "a.jsonl", row(1, 200, **more))
    output = tmp_path / "out.jsonl"
    do(tmp_path / "monday", output)
    do(tmp_path / "tuesday", output)
    assert held(output) == expected
    do(tmp_path / "tuesday", output)
    assert held(output) == expected


def test_an_address_that_all_have_tells_nothing(tmp_path: Path, extracted: list[str]) -> None:
    news, output = tmp_path / "news", tmp_path / "out.jsonl"
    site = {"url": "https://bao.example"}
    write(news / "a.jsonl", *(row(number, 100 + number, **site) for number in range(4)))
    do(news, output)
    extracted.clear()
    write(news / "a.jsonl", row(9, 109, **site), *(row(number, 100 + number, **site) for number in range(4)))
    write(news / "b.jsonl", row(8, 108, **site))
    do(news, output)
    assert extracted == ["bai-9", "bai-8"]
    assert held(output) == {f"bai-{number}": f"{100 + number} tỷ đồng" for number in (0, 1, 2, 3, 8, 9)}


def test_an_address_is_known_under_another_identifier(tmp_path: Path, extracted: list[str]) -> None:
    output = tmp_path / "out.duckdb"
    for day, (id_, sum_) in enumerate((("1", 100), ("7", 100), ("9", 300), ("9", 300))):
        folder = tmp_path / str(day)
        write(folder / "a.jsonl", {**row(1, sum_, url="https://bao.example/cau.html"), "id": id_})
        do(folder, output)
    assert extracted == ["1", "1"]
    assert held(output) == {"1": "300 tỷ đồng"}


def test_articles_without_identifiers_are_known_by_headline_and_by_content(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out.jsonl"

    def bare(number: int, sum_: int = 100, **more: str) -> dict[str, str]:
        return {"text": TEXT.format(number, sum_), **more}

    write(news / "a.jsonl", bare(1, title="Họp"), bare(2))
    (news / "c.txt").write_text(TEXT.format(4, 100), encoding="utf8")
    do(news, output)
    write(news / "a.jsonl", bare(3), bare(1, 200, title="Họp"), bare(2))
    (news / "c.txt").write_text(TEXT.format(4, 300), encoding="utf8")
    summary, _ = do(news, output)
    assert summary.articles == 3
    assert sorted(held(output).values()) == ["100 tỷ đồng", "100 tỷ đồng", "200 tỷ đồng", "300 tỷ đồng"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.duckdb", "out"])
def test_failures_are_those_of_now(tmp_path: Path, name: str) -> None:
    news, output = tmp_path / "news", tmp_path / name
    write(news / "a.jsonl", row(1), "{bad", "{worse")
    write(news / "b.jsonl", "{bad")
    assert do(news, output)[0].state.failures == 3
    write(news / "a.jsonl", row(1), row(2), "{worse")
    summary, _ = do(news, output)
    assert (summary.state.articles, summary.state.failures) == (2, 2)
    failures = output.with_name(f"{name}.run") / "failures.jsonl" if "." in name else output / "_run" / "failures.jsonl"
    logged = [json.loads(line) for line in failures.read_text(encoding="utf8").splitlines()]
    assert sorted((Path(one["file"]).name, one["place"]) for one in logged) == [
        ("a.jsonl", "line 3"),
        ("b.jsonl", "line 1"),
    ]
    if name != "out.jsonl":
        assert len(content(output)["failures"]) == 2


def test_a_change_that_cannot_be_extracted_leaves_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news, output = tmp_path / "news", tmp_path / "out.duckdb"
    write(news / "a.jsonl", row(1), row(2))
    do(news, output)
    write(news / "a.jsonl", row(1, 200), row(2))

    def fails(self: Extract, item: Any) -> Any:
        raise TimeoutError("too long")

    with monkeypatch.context() as patched:
        patched.setattr(Extract, "__call__", fails)
        summary, _ = do(news, output)
    assert (summary.articles, summary.state.articles, summary.state.failures) == (0, 2, 1)
    assert held(output)["bai-1"] == "100 tỷ đồng"
    write(news / "b.jsonl", row(3))
    assert do(news, output)[0].state.failures == 1
    summary, _ = do(news, output, retry_failures=True)
    assert (summary.articles, summary.state.articles, summary.state.failures) == (1, 3, 0)
    assert held(output)["bai-1"] == "200 tỷ đồng"


def test_tables_of_others_and_the_oldest_format_stay(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out.duckdb"
    write(news / "a.jsonl", row(1))
    do(news, output)
    with duckdb.connect(str(output)) as connection:
        connection.execute("CREATE TABLE notes AS SELECT 1 AS n; ALTER TABLE dates DROP COLUMN rule")
    write(news / "a.jsonl", row(1, 200), row(2))
    do(news, output)
    with duckdb.connect(str(output), read_only=True) as connection:
        assert connection.execute("SELECT n FROM notes").fetchall() == [(1,)]
        assert connection.execute("SELECT count(rule) FROM dates").fetchall() == [(2,)]
        assert connection.execute("SELECT count(*) FROM figures_in_context").fetchall() == [(2,)]
    header = output.read_bytes()[:20]
    assert (header[8:12], int.from_bytes(header[12:20], "little")) == (b"DUCK", 64)


def test_a_database_that_is_open_elsewhere_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news, output = tmp_path / "news", tmp_path / "out.duckdb"
    write(news / "a.jsonl", row(1))
    do(news, output)
    write(news / "b.jsonl", row(2))
    script = f"import duckdb, sys; c = duckdb.connect({str(output)!r}, read_only=True); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        with monkeypatch.context() as patched:
            patched.setattr("vnextract.archive.run.work", None)
            with pytest.raises(OutputError, match="close it there"):
                do(news, output)
        other.kill()
    assert do(news, output)[0].state.articles == 2


def test_lines_that_somebody_else_has_added_to_are_left_alone(tmp_path: Path) -> None:
    news, output = tmp_path / "news", tmp_path / "out.jsonl"
    write(news / "a.jsonl", row(1))
    do(news, output)
    with output.open("a", encoding="utf8") as file:
        file.write("{}\n")
    before = output.read_bytes()
    write(news / "b.jsonl", row(2))
    with pytest.raises(OutputError, match="has been changed since"):
        do(news, output)
    assert output.read_bytes() == before


@pytest.mark.parametrize(("name", "step"), [("out.jsonl", 8), ("out.duckdb", 25), ("out", 25)])
def test_an_append_killed_anywhere_goes_on(tmp_path: Path, name: str, step: int) -> None:
    """Killed at every so many touches of a file; afterwards the output is that of an undisturbed append."""
    news = tmp_path / "news"

    def first(output: Path) -> None:
        write(news / "a.jsonl", *map(row, range(5)), "{bad")
        (news / "b.jsonl").unlink(missing_ok=True)
        do(news, output)
        write(news / "a.jsonl", row(0), row(1, 200), *map(row, range(2, 5)))
        write(news / "b.jsonl", *map(row, range(10, 15)), "{bad")

    first(tmp_path / f"whole-{name}")
    do(news, tmp_path / f"whole-{name}")
    expected = content(tmp_path / f"whole-{name}")
    output = tmp_path / "killed" / name
    kills = 0
    for kill in survives(output.parent, partial(first, output), partial(do, news, output), step):
        assert content(output) == expected, kill
        left = {path.name for path in output.parent.rglob("*") if path.is_file() and path.suffix != ".parquet"}
        assert left <= {name, "failures.jsonl", "state.json", "ledger.sqlite"}
        kills += 1
    assert kills > 10


@pytest.mark.parametrize("name", ["out.jsonl", "out.duckdb", "out"])
def test_an_interrupted_run_goes_on_with_what_has_come_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extracted: list[str], name: str
) -> None:
    news, output = tmp_path / "news", tmp_path / name
    write(news / "a.jsonl", *map(row, range(8)))
    for stop_after in (4, 6):
        with monkeypatch.context() as patched:
            patched.setattr("vnextract.archive.work.map_ordered", _breaking(stop_after))
            with pytest.raises(KeyboardInterrupt):
                do(news, output)
        state = load(output.with_name(f"{name}.run") if "." in name else output / "_run")
        assert state is not None and not state.finished
        write(news / "b.jsonl", *map(row, range(20, 20 + stop_after)))
    write(news / "a.jsonl", row(0, 300), *map(row, range(1, 8)))
    summary, _ = do(news, output)
    assert summary.state.articles == len(held(output)) == 14
    assert held(output)["bai-0"] == "300 tỷ đồng"
    assert extracted.count("bai-0") == 2 and extracted.count("bai-1") == 1


def _breaking(after: int) -> Callable[..., Iterator[Any]]:
    def answers(*given: Any, **more: Any) -> Iterator[Any]:
        for number, answer in enumerate(in_this_process(*given, **more)):
            if number == after:
                raise KeyboardInterrupt
            yield answer

    return answers


def test_a_run_that_another_one_has_overtaken_begins_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, output = tmp_path / "news", tmp_path / "out.jsonl"
    write(news / "a.jsonl", row(1))
    do(news, output)
    write(news / "b.jsonl", row(2))

    def overtaken(*given: Any) -> Ledger:
        with monkeypatch.context() as patched:
            patched.setattr("vnextract.archive.run.Ledger", Ledger)
            do(news, output)
        return Ledger(*given)

    with monkeypatch.context() as patched:
        patched.setattr("vnextract.archive.run.Ledger", overtaken)
        with pytest.raises(OutputError, match="another run has just written"):
            do(news, output)
    assert "nothing to do" in do(news, output)[1]
    write(news / "c.jsonl", row(3))
    assert do(news, output)[0].articles == 1 and len(held(output)) == 3


@pytest.mark.parametrize("name", ["out.jsonl", "out.duckdb"])
def test_an_output_that_is_gone_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    news, output = tmp_path / "news", tmp_path / name
    write(news / "a.jsonl", *map(row, range(5)))
    do(news, output)
    write(news / "b.jsonl", *map(row, range(10, 15)))
    with monkeypatch.context() as patched:
        patched.setattr("vnextract.archive.work.map_ordered", _breaking(4))
        with pytest.raises(KeyboardInterrupt):
            do(news, output)
    output.unlink()
    assert do(news, output)[0].articles == 10 and len(held(output)) == 10


def test_what_comes_by_standard_input_is_added_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vnextract.cli", "extract", "-", "-o", str(tmp_path / "out.jsonl")]
    for numbers in ((1, 2), (2, 3), (3,)):
        given = "\n".join(json.dumps(row(number)) for number in numbers).encode()
        subprocess.run(command, input=given, check=True, capture_output=True, env=os.environ)
    assert set(held(tmp_path / "out.jsonl")) == {"bai-1", "bai-2", "bai-3"}
