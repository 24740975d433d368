"""A run from files to tables: the outputs agree, a run goes on where it stopped, and it refuses what it must not mix."""

import gzip
import io
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from vnextract.archive.checkpoint import State, load, save
from vnextract.archive.forms import COLUMNS
from vnextract.archive.job import Job
from vnextract.archive.prepare import Reading
from vnextract.archive.progress import Tally
from vnextract.archive.run import Summary, run
from vnextract.errors import InputFileError, OutputError, PublishedError

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TEXT = (
    "Sáng {day}/5/2023, UBND tỉnh Sơn La họp về ngân sách {day}00 tỷ đồng. Ông Trần Văn Minh, Giám đốc Sở Tài chính, "
    "cho biết thu nội địa tăng 5,{day}% so với cùng kỳ."
)


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"bai-{i}", "published": f"2023-05-{1 + i % 28:02}", "text": TEXT.format(day=1 + i % 28)}
        for i in range(count)
    ]


def write_news(folder: Path) -> Path:
    folder.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in rows(12)]
    lines[7] = "{bad"
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf8")
    (folder / "b.txt").write_text(TEXT.format(day=7), encoding="utf8")
    (folder / "c.txt").write_bytes(b"\x00\x01" * 50)
    return folder


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_news(tmp_path / "news")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with news and all kinds of output from them, to be looked at only."""
    folder = tmp_path_factory.mktemp("finished")
    news = write_news(folder / "news")
    for name in ("out.jsonl", "out", "out.duckdb"):
        summary, said = do([news], folder / name)
        assert (summary.state.articles, summary.state.failures, summary.exit_code) == (12, 2, 1)
        assert "a.jsonl, line 8: this is not JSON" in said and "c.txt: this is binary data" in said
    return folder


def do(paths: Sequence[Path | str], output: Path | None, **options: Any) -> tuple[Summary, str]:
    said = io.StringIO()
    job = Job(**{"workers": 1, "part": 5, **options})
    return run([str(path) for path in paths], output, job, Console(file=said, width=300)), said.getvalue()


def tables(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in COLUMNS}


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(0, articles=1), r"1 article, \d+ a second, \? left"),
        (
            Tally(200, read=50, articles=30, failures=2),
            r"30 articles, [\d,]+ a second, 2 failures, 25 % read, \d.* left",
        ),
        (Tally(200, articles=0), r"0 articles, 0 a second, 0 % read, \? left"),
    ],
)
def test_what_is_said_while_a_run_goes_on(tally: Tally, said: str) -> None:
    assert re.fullmatch(said, str(tally))


def test_jsonl_parquet_and_duckdb_hold_the_same(finished: Path) -> None:
    records = [json.loads(line) for line in (finished / "out.jsonl").read_text(encoding="utf8").splitlines()]
    found = tables(finished / "out.duckdb")
    assert [record["id"] for record in records] == [row[0] for row in found["articles"]]
    for kind in ("sentences", "organisations", "officials", "dates", "indicators"):
        assert sum(len(record[kind]) for record in records) == len(found[kind])
    for name, kept in found.items():
        parts = str(finished / "out" / name / "*.parquet")
        assert duckdb.sql(f"SELECT * FROM read_parquet('{parts}')").fetchall() == kept
    assert [row[0].rpartition("/")[2] for row in found["failures"]] == ["a.jsonl", "c.txt"]
    logged = (finished / "out.duckdb.run" / "failures.jsonl").read_text(encoding="utf8").splitlines()
    assert [tuple(json.loads(line).values())[:3] for line in logged] == [
        (row[0], row[1] or "", row[2]) for row in found["failures"]
    ]


def test_an_old_duckdb_can_open_the_database(finished: Path) -> None:
    with duckdb.connect(str(finished / "out.duckdb"), read_only=True) as connection:
        ((tags,),) = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'out'").fetchall()
    assert tags == {"storage_version": "v1.0.0+"}
    # After the checksum and the magic word, the header says the version of the format: 64 is DuckDB 1.0's.
    header = (finished / "out.duckdb").read_bytes()[:20]
    assert (header[8:12], int.from_bytes(header[12:20], "little")) == (b"DUCK", 64)


def test_ready_views_join_the_tables(finished: Path) -> None:
    with duckdb.connect(str(finished / "out.duckdb"), read_only=True) as connection:

        def ask(sql: str) -> list[Any]:
            return list(connection.execute(sql).fetchall())

        assert ask("SELECT count(*) FROM official_posts") == ask("SELECT count(*) FROM positions")
        assert ask("SELECT count(*) FROM figures_in_context") == ask("SELECT count(*) FROM indicators")
        ((name, post, body, province, status, sentence),) = ask(
            "SELECT name, post, organisation, province, status, sentence FROM official_posts WHERE article_id = 'bai-0'"
        )
        assert (name, post, body) == ("Trần Văn Minh", "Giám đốc", "Sở Tài chính tỉnh Sơn La")
        assert (province, status) == ("Sơn La", "current") and sentence.startswith("Ông Trần Văn Minh")
        figure, period, sentence = ask(
            "SELECT figure, period, sentence FROM figures_in_context WHERE article_id = 'bai-0' AND unit = 'VND'"
        )[0]
        assert (figure, period) == ("100 tỷ đồng", "Sáng 1/5/2023") and figure in sentence
        assert ask("SELECT DISTINCT said_by FROM figures_in_context WHERE article_id = 'bai-0' AND unit = '%'") == [
            ("Trần Văn Minh",)
        ]
        assert ask(
            "SELECT province_today, province_today_code, province_as_named, province_as_named_code, "
            "sum(mentions) >= 24, max(articles), min(first_seen) <= max(last_seen) FROM bodies_by_province GROUP BY ALL"
        ) == [("Sơn La", "14", "Sơn La", "14", True, 12, True)]
        assert ask("SELECT count(*) FROM duckdb_views() WHERE NOT internal AND comment IS NULL") == [(0,)]


def test_a_date_that_is_not_taken_is_told_before_the_work(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,ra_lo\nHọp.,24/11/2025\nHọp.,25/11/2025\n", encoding="utf8")
    _, said = do([path], tmp_path / "out.jsonl")
    assert said.count("--published-field ra_lo takes it") == 1
    _, said = do([path], tmp_path / "out.jsonl", reading=Reading({"published": "ra_lo"}), restart=True)
    assert "ra_lo" not in said


def test_an_article_says_from_which_place_of_its_file_it_came(finished: Path) -> None:
    with duckdb.connect(str(finished / "out.duckdb"), read_only=True) as connection:
        found = connection.execute("SELECT file_place FROM articles WHERE article_id = 'bai-2'").fetchall()
    assert found == [("line 3",)]


def test_values_are_those_of_the_records(finished: Path) -> None:
    records = [json.loads(line) for line in (finished / "out.jsonl").read_text(encoding="utf8").splitlines()]
    with duckdb.connect(str(finished / "out.duckdb"), read_only=True) as connection:
        figures = connection.execute("SELECT value, unit, mention FROM indicators").fetchall()
        days = connection.execute("SELECT first_day, last_day, mention FROM dates").fetchall()
    assert figures == [
        (float(figure["value"]), figure["unit"], figure["mention"]["text"])
        for record in records
        for figure in record["indicators"]
    ]
    assert [(str(first), str(last), mention) for first, last, mention in days] == [
        (str(found["first_day"]), str(found["last_day"]), found["mention"]["text"])
        for record in records
        for found in record["dates"]
    ]


def test_pandas_polars_and_duckdb_read_the_same_counts(finished: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    polars = pytest.importorskip("polars", reason="polars is not installed")
    for name, kept in tables(finished / "out.duckdb").items():
        frame = pandas.read_parquet(finished / "out" / name)
        assert len(frame) == len(polars.read_parquet(finished / "out" / name / "*.parquet")) == len(kept)
        assert [column.name for column in COLUMNS[name]] == list(frame.columns)


def test_offsets_point_into_the_stored_text(finished: Path) -> None:
    with duckdb.connect(str(finished / "out.duckdb"), read_only=True) as connection:
        for name in ("organisation_mentions", "official_mentions", "positions", "dates", "indicators"):
            (wrong,) = connection.execute(
                f"SELECT count(*) FROM {name} JOIN articles USING (article_id) "
                "WHERE substr(text, mention_start + 1, mention_end - mention_start) <> mention"
            ).fetchone()
            (lost,) = connection.execute(
                f"SELECT count(*) FROM {name} LEFT JOIN sentences AS s USING (article_id, sentence) "
                "WHERE s.text IS NULL OR NOT mention_start BETWEEN sentence_start AND sentence_end"
            ).fetchone()
            assert wrong == lost == 0


def test_the_text_is_kept_or_not(finished: Path, news: Path, tmp_path: Path) -> None:
    do([news], tmp_path / "out.jsonl", with_text=True, limit=2)
    do([news], tmp_path / "out.duckdb", with_text=False, limit=2)
    with_text, without = (
        json.loads((folder / "out.jsonl").read_text(encoding="utf8").splitlines()[0]) for folder in (tmp_path, finished)
    )
    assert with_text.pop("text") == TEXT.format(day=1)
    assert with_text == without
    kept, dropped = (tables(folder / "out.duckdb") for folder in (finished, tmp_path))
    assert all(row[6] for row in kept["articles"]) and all(row[4] for row in kept["sentences"])
    assert not any(row[6] for row in dropped["articles"]) and not any(row[4] for row in dropped["sentences"])


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.jsonl.zst"])
def test_packed_lines_are_one_stream(finished: Path, news: Path, tmp_path: Path, name: str) -> None:
    do([news], tmp_path / name)
    data = (tmp_path / name).read_bytes()
    if name.endswith(".gz"):
        unpacked = gzip.decompress(data)
    else:
        zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed")
        unpacked = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    assert unpacked == (finished / "out.jsonl").read_bytes()


def test_number_of_workers_and_size_of_parts_change_nothing(finished: Path, news: Path, tmp_path: Path) -> None:
    do([news], tmp_path / "out.jsonl", workers=3, part=1)
    assert (tmp_path / "out.jsonl").read_bytes() == (finished / "out.jsonl").read_bytes()


def test_identifiers_become_unique(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"id": name, "text": "Họp."}) for name in ("x", "x#2", "x", "x", "x#2", "y")))
    do([path], tmp_path / "out.duckdb", part=2)
    articles = tables(tmp_path / "out.duckdb")["articles"]
    assert [row[0] for row in articles] == ["x", "x#2", "x#3", "x#4", "x#2#2", "y"]
    assert "an earlier article has the id 'x'" in articles[2][8]


@pytest.mark.parametrize("name", ["out.jsonl", "out", "out.duckdb"])
def test_a_finished_output_is_left_alone(finished: Path, name: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in finished.rglob("*")}
    summary, said = do([finished / "news"], finished / name)
    assert "is finished: 12 articles, 2 failures; nothing to do" in said
    assert (summary.articles, summary.exit_code) == (0, 1)
    assert {path: path.stat().st_mtime_ns for path in finished.rglob("*")} == before


@pytest.mark.parametrize("name", ["out.jsonl", "out", "out.duckdb"])
def test_restart_begins_anew(news: Path, tmp_path: Path, name: str) -> None:
    do([news], tmp_path / name, limit=3)
    summary, _ = do([news], tmp_path / name, restart=True)
    assert summary.articles == 12
    assert summary.state.finished


@pytest.mark.parametrize("name", ["out.jsonl", "out.duckdb", "out"])
def test_an_empty_output_gives_way_to_mended_options(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("than\nHọp.\n", encoding="utf8")
    summary, said = do([path], tmp_path / name)
    assert (summary.state.articles, summary.state.failures) == (0, 1) and "name it with --text-field" in said
    summary, _ = do([path], tmp_path / name, reading=Reading({"text": "than"}))
    assert (summary.state.articles, summary.state.failures) == (1, 0)


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        (Reading(since="24/5/2023"), "since must look like"),
        (Reading(until="2023-02-30"), "until names no calendar day"),
        (Reading(published="hôm qua"), "published must look like"),
        (Reading(since="2024-02", until="2024-01-31"), "leave nothing between them"),
    ],
)
def test_dates_that_cannot_be_meant_are_refused(news: Path, tmp_path: Path, reading: Reading, message: str) -> None:
    with pytest.raises(PublishedError, match=message):
        do([news], tmp_path / "out.jsonl", reading=reading)


@pytest.mark.parametrize("name", ["out.jsonl", "out.duckdb", "out"])
def test_somebody_elses_file_is_not_overwritten(news: Path, tmp_path: Path, name: str) -> None:
    foreign = tmp_path / name if "." in name else tmp_path / name / "thesis.txt"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("mine")
    with pytest.raises(OutputError, match="exists already"):
        do([news], tmp_path / name)
    assert foreign.read_text() == "mine"


@pytest.mark.parametrize(("source", "output"), [("news/a.jsonl", "news/a.jsonl"), ("news", "news"), ("news", ".")])
def test_the_input_is_never_replaced(news: Path, tmp_path: Path, source: str, output: str) -> None:
    before = {path: path.read_bytes() for path in news.iterdir()}
    with pytest.raises(OutputError, match="is the input, or holds it"):
        do([tmp_path / source], tmp_path / output, restart=True)
    assert {path: path.read_bytes() for path in news.iterdir()} == before


@pytest.mark.parametrize("name", ["out.xlsx", "out.parquet", "out.txt"])
def test_an_unknown_output_is_refused(news: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"name a \.duckdb, a \.jsonl"):
        do([news], tmp_path / name)


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(InputFileError, match="nothing to read"):
        do([tmp_path], tmp_path / "out.jsonl")
    with pytest.raises(InputFileError, match="no file or folder"):
        do([tmp_path / "missing"], tmp_path / "out.jsonl")


def test_an_output_among_the_input_is_not_read(news: Path) -> None:
    do([news], news / "out.jsonl")
    summary, said = do([news], news / "out.jsonl")
    assert "nothing to do" in said and summary.state.articles == 12


def test_what_a_run_says_is_no_part_of_its_output(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Sáng 24/5, xã họp.", encoding="utf8")
    (tmp_path / "b.txt").write_bytes(b"")
    run([str(tmp_path)], tmp_path / "out.jsonl", Job(workers=1))
    said = capfd.readouterr()
    assert said.out == "" and "b.txt" in said.err


def test_limit_and_sample(news: Path, tmp_path: Path) -> None:
    summary, _ = do([news], tmp_path / "limit.jsonl", limit=9)
    assert (summary.state.articles, summary.state.failures) == (8, 1)
    for name in ("one.jsonl", "two.jsonl"):
        summary, _ = do([news], tmp_path / name, sample=5)
        assert summary.state.items == 5
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


YEARS = 40


def write_years(folder: Path) -> Path:
    """Articles of 2023 and 2024 in turn, dated in every way that a file has, and a line that is none."""
    folder.mkdir()
    lines = [json.dumps({"id": f"j{i}", "published": f"{2023 + i % 2}-05-01", "text": "Họp."}) for i in range(YEARS)]
    (folder / "a.jsonl").write_text("\n".join([*lines, "{bad"]), encoding="utf8")
    for i in range(YEARS // 4):
        (folder / f"{2023 + i % 2}-06-{i + 1:02}.txt").write_text("Họp.", encoding="utf8")
        (folder / f"m{i}.md").write_text(f"---\ndate: {2023 + i % 2}-07-01\n---\nHọp.", encoding="utf8")
    return folder


def lines_of(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.read_text(encoding="utf8").splitlines()]


@pytest.mark.parametrize("limit", [0, 7, 100])
def test_a_limit_counts_what_dates_leave_in(tmp_path: Path, limit: int) -> None:
    news, reading = write_years(tmp_path / "news"), Reading(since="2024")
    do([news], tmp_path / "all.jsonl", reading=reading)
    summary, _ = do([news], tmp_path / "out.jsonl", reading=reading, limit=limit, workers=2)
    expected = lines_of(tmp_path / "all.jsonl")
    state = summary.state
    assert state.articles + state.failures == min(limit, len(expected) + 1)
    assert lines_of(tmp_path / "out.jsonl") == expected[: state.articles]


@pytest.mark.parametrize("size", [1, 9, 100])
def test_a_sample_is_drawn_of_what_dates_leave_in(tmp_path: Path, size: int) -> None:
    news, reading = write_years(tmp_path / "news"), Reading(since="2024", until="2024")
    do([news], tmp_path / "all.jsonl", reading=reading)
    expected = [record["id"] for record in lines_of(tmp_path / "all.jsonl")]
    summary, _ = do([news], tmp_path / "out.jsonl", reading=reading, sample=size, workers=2)
    state = summary.state
    assert (state.articles + state.failures, state.left_out) == (min(size, len(expected) + 1), 0)
    drawn = [record["id"] for record in lines_of(tmp_path / "out.jsonl")]
    assert drawn == [id_ for id_ in expected if id_ in drawn]


@pytest.mark.parametrize("chosen", [{"limit": 15}, {"sample": 15, "limit": 12}])
def test_a_choice_is_the_same_after_an_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, int]
) -> None:
    news, options = write_years(tmp_path / "news"), {"reading": Reading(since="2024"), "part": 5, **chosen}
    do([news], tmp_path / "undisturbed.jsonl", **options)
    runs = 1
    while not _finishes([news], tmp_path / "out.jsonl", monkeypatch, **options):
        runs += 1
    assert runs > 2
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "undisturbed.jsonl").read_bytes()


def _finishes(paths: Sequence[Path], output: Path, monkeypatch: pytest.MonkeyPatch, **options: Any) -> bool:
    """Run until one more part is written, as if the power went off then; tells whether the output is finished."""
    saves = 0

    def save_and_stop(folder: Path, state: State) -> None:
        nonlocal saves
        saves += 1
        save(folder, state)
        if saves == 2 and not state.finished:
            raise KeyboardInterrupt

    monkeypatch.setattr("vnextract.archive.run.save", save_and_stop)
    try:
        return do(paths, output, **options)[0].state.finished
    except KeyboardInterrupt:
        return False


@pytest.mark.parametrize("name", ["out.jsonl", "out", "out.duckdb"])
def test_a_run_killed_before_it_could_say_that_it_is_finished(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def save_but_the_last(folder: Path, state: State) -> None:
        if state.finished:
            raise KeyboardInterrupt
        save(folder, state)

    with monkeypatch.context() as patched:
        patched.setattr("vnextract.archive.run.save", save_but_the_last)
        with pytest.raises(KeyboardInterrupt):
            do([finished / "news"], tmp_path / name)
    summary, _ = do([finished / "news"], tmp_path / name)
    assert (summary.state.finished, summary.articles, summary.state.articles) == (True, 0, 12)
    if name == "out.duckdb":
        assert tables(tmp_path / name) == tables(finished / name)
        assert sorted(path.name for path in tmp_path.joinpath("out.duckdb.run").iterdir()) == [
            "failures.jsonl",
            "ledger.sqlite",
            "state.json",
        ]
    if name == "out.jsonl":
        assert (tmp_path / name).read_bytes() == (finished / name).read_bytes()


def test_a_sample_of_standard_input_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="read only once"):
        do(["-"], tmp_path / "out.jsonl", sample=3)
    assert not list(tmp_path.iterdir())


def test_dates_leave_articles_out(news: Path, tmp_path: Path) -> None:
    summary, said = do([news], tmp_path / "out.jsonl", reading=Reading(since="2023-05-05", until="2023-05"))
    assert summary.state.left_out > 0
    assert summary.state.articles + summary.state.left_out + summary.state.failures == 14
    assert "left out by their date" in said


def test_an_article_that_takes_too_long_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    long = TEXT.format(day=3) * 9_000
    path.write_text("\n".join(json.dumps({"text": text}) for text in ("Họp.", long, "Họp.")), encoding="utf8")
    summary, said = do([path], tmp_path / "out.jsonl", timeout=1.5)
    assert (summary.state.articles, summary.state.failures) == (2, 1)
    assert "a.jsonl, line 2: it took longer than 1.5 seconds" in said


def test_two_runs_do_not_write_the_same_output(news: Path, tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from vnextract.archive.ledger import Ledger
ledger = Ledger(Path({str(tmp_path / "out.jsonl.run" / "ledger.sqlite")!r}))
print("locked", flush=True)
sys.stdin.read()
"""
    (tmp_path / "out.jsonl.run").mkdir()
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        with pytest.raises(OutputError, match="another run is writing"):
            do([news], tmp_path / "out.jsonl")
        with pytest.raises(OutputError, match="another run is writing"):
            do([news], tmp_path / "out.jsonl", restart=True)
        other.kill()
    summary, _ = do([news], tmp_path / "out.jsonl")
    assert summary.state.finished


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_stops_cleanly_and_the_same_command_goes_on(tmp_path: Path, sign: signal.Signals, code: int) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows(250)), encoding="utf8")
    command = [
        sys.executable,
        "-m",
        "vnextract.cli",
        "extract",
        str(path),
        "-o",
        str(tmp_path / "out.duckdb"),
        "--part",
        "20",
    ]
    folder = tmp_path / "out.duckdb.run"
    # A test run under nohup hands an ignored signal down; the run honours that, as it should.
    default = partial(signal.signal, sign, signal.SIG_DFL)
    with subprocess.Popen(
        [*command, "--workers", "2"], stderr=subprocess.PIPE, text=True, preexec_fn=default
    ) as process:
        _wait_for_parts(folder, 2)
        process.send_signal(sign)
        _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert "stopped, the same command goes on from here" in said
    state = load(folder)
    assert state is not None and not state.finished and 20 <= state.items < 250
    done = subprocess.run([*command, "--workers", "1"], capture_output=True, text=True, check=True)
    assert f"going on after {state.items:,} articles" in done.stderr
    assert [row[0] for row in tables(tmp_path / "out.duckdb")["articles"]] == [f"bai-{i}" for i in range(250)]


def _wait_for_parts(folder: Path, parts: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        state = load(folder)
        if state is not None and state.parts >= parts:
            return
        time.sleep(0.02)
    raise AssertionError("the run makes no progress")
