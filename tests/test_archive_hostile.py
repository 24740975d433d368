"""A folder of everything that breaks readers: all of it is accounted for, memory stays bounded, the exit code tells."""

import gzip
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

TEXT = "Sáng 24/5, UBND tỉnh Sơn La họp về ngân sách 120 tỷ đồng. Ông Trần Văn Minh, Giám đốc Sở Tài chính, dự."
NOISE = random.Random(7).randbytes


def row(**fields: Any) -> bytes:
    return json.dumps({"text": TEXT, **fields}).encode() + b"\n"


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in members.items():
            whole.writestr(name, data)
    return buffer.getvalue()


def parquet() -> bytes:
    from pyarrow.parquet import write_table

    buffer = io.BytesIO()
    write_table(pa.table({"text": [TEXT] * 1000, "id": [str(i) for i in range(1000)]}), buffer)
    return buffer.getvalue()


def one_value() -> bytes:
    """One large value in many rows, as a dictionary keeps it: five kilobytes that unpack to gigabytes."""
    from pyarrow.parquet import write_table

    buffer = io.BytesIO()
    write_table(
        pa.table({"text": pa.DictionaryArray.from_arrays([0] * 64, ["x" * 20_000_000])}), buffer, compression="zstd"
    )
    return buffer.getvalue()


def crawled(name: str, page: bytes) -> bytes:
    """A record of a web archive whose page was packed and sent in chunks."""
    packed = gzip.compress(page, 1)
    sent = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
    )
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://bao.example/{name}\r\n".encode()
    kind = b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(sent)
    return head + kind + sent + b"\r\n\r\n"


PAGE = b"<html><body><article><p>%b</p></article><!--%%b--></body></html>" % (TEXT * 5).encode()


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


FILES: dict[str, tuple[bytes, int | None, int | None]] = {
    # name: (content, articles in the tables, failures); None where either is right
    "empty.txt": (b"", 0, 1),
    "empty.jsonl": (b"", 0, 1),
    "empty.csv": (b"", 0, 1),
    "empty.parquet": (b"", 0, 1),
    "empty.html": (b"", 0, 1),
    "empty.zip": (b"", 0, 1),
    "empty.jsonl.gz": (b"", 0, 1),
    "empty.warc": (b"", 0, 1),
    "blank.txt": (b" \n\n\t", 0, 1),
    "long-line.txt": (b"a " * 25_000_000, 0, 1),
    "long-line.jsonl": (b'{"text":"' + b"a " * 25_000_000 + b'"}\n' + row(id="after"), 1, 1),
    "long-line.csv": (b"text\n" + b"a " * 25_000_000 + b"\nafter\n", 1, 1),
    "broken.jsonl.gz": (
        cut(gzip.compress(b"".join(row(id=f"g{i}", n=NOISE(50).hex()) for i in range(500))), 0.5),
        None,
        1,
    ),
    "flipped.jsonl.gz": (
        flipped(gzip.compress(b"".join(row(id=f"h{i}", n=NOISE(50).hex()) for i in range(500)))),
        None,
        None,
    ),
    "no.jsonl.gz": (b"this is not gzip", 0, 1),
    "no.jsonl.zst": (b"this is not zstandard", 0, 1),
    "cut.warc": (cut(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\n", 0.6), 0, 1),
    "noise.warc": (NOISE(5000), 0, 1),
    "noise.warc.gz": (gzip.compress(NOISE(5000)), 0, 1),
    "cut.parquet": (cut(parquet(), 0.9), 0, 1),
    "flipped.parquet": (flipped(parquet()), None, None),
    "noise.parquet": (b"PAR1" + NOISE(5000) + b"PAR1", 0, 1),
    "noise.txt": (NOISE(5000), 0, 1),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + NOISE(5000), 0, 1),
    "noise.html": (NOISE(5000), 0, 1),
    "bomb.jsonl.gz": (gzip.compress(bytes(100_000_000)), 0, 1),
    "bomb.zip": (zipped(**{"a.txt": b"0" * 80_000_000, "b.txt": TEXT.encode()}), 1, 1),
    "tricks.zip": (
        zipped(
            **{
                "../../../../tmp/evil.txt": TEXT.encode(),
                "/etc/evil.txt": TEXT.encode(),
                "C:\\evil.txt": TEXT.encode(),
                "new\nline.txt": TEXT.encode(),
                "inner.zip": zipped(**{"a.txt": b"x"}),
                "photo.jpg": b"\xff\xd8",
            }
        ),
        4,
        1,
    ),
    "formulas.csv": (f'id,title,text\n=1+1,"=HYPERLINK(""x"")","=cmd|\'/C calc\'!A0 {TEXT}"\n'.encode(), 1, 0),
    "unclosed.csv": (b'id,text\n1,"abc\n2,def\n', 1, 1),
    "doubles.jsonl": (row(id="double") * 3, 3, 0),
    "surrogate.jsonl": (b'{"text":"\\ud800 h\\u1ecdp \\u0000 \\udfff","title":"\\udc00","id":"\\ud800"}\n', 1, 0),
    "deep.jsonl": (b"[" * 200_000 + b"\n" + b'{"text":' * 50_000 + b"\n" + row(), 1, 2),
    "deep.html": (b"<div>" * 100_000 + TEXT.encode(), None, None),
    "menu.html": (b"<html><body><nav><a href='/'>x</a></nav></body></html>", 0, 1),
    "marked-empty.csv": (b"\xff\xfe", 0, 1),
    "marked-empty.jsonl": (b"\xff\xfe", 0, 1),
    "half-key.jsonl": (b'{"\\ud800":1}\n' + row(id="after-half-key"), 1, 1),
    "escapes.jsonl": (b'{"\\u001b[2Jx":1}\n', 0, 1),
    "many-keys.jsonl": (b"{" + b",".join(b'"k%d":1' % i for i in range(1_000_000)) + b"}\n" + row(), 1, 1),
    "nested-id.jsonl": (row(id=[[[1]] * 10] * 10), 1, 0),
    "long-id.jsonl": (row(id="x" * 5_000_000), 1, 0),
    "long-text.jsonl": (row(text="a " * 2_000_000) + row(id="after-long-text"), 1, 1),
    "many-cells.csv": (b"text,b\n" + b"," * 15_000_000 + b"\nHop,b\n", 1, 1),
    "one-value.parquet": (one_value(), 0, 1),
    "wide.csv": (b"text" + b"," * 15_000_000 + b"\n", 0, 1),
    "same-name.jsonl.gz": (gzip.compress(row(text="Đảng ủy " * 25_000)), 1, 0),
    "large-pages.warc.gz": (
        gzip.compress(
            b"".join(crawled(f"large-{i}", PAGE % (b"x" * 14_000_000)) for i in range(5))
            + crawled("bomb", b"a " * 100_000_000)
            + crawled("too-large", PAGE % (b"x" * 17_000_000))
            + crawled("after", PAGE % b""),
            1,
        ),
        6,
        2,
    ),
    "large-members.zip": (
        zipped(
            **{f"{i}.html": PAGE % (b"x" * 14_000_000) for i in range(2)},
            **{"0.txt": b"a " * 9_000_000, "last.jsonl": row(id="last-of-zip")},
        ),
        3,
        1,
    ),
    "fine.jsonl": (row(id="fine"), 1, 0),
}


MEASURE = """
import pathlib, resource, subprocess, sys
done = subprocess.run(sys.argv[2:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
pathlib.Path(sys.argv[1]).write_text(str(peak))
sys.exit(done.returncode)
"""
"""Runs a command and writes down the largest of its processes in kilobytes; a small process of its own, since what is
begun from a large one counts as large."""

Outcome = tuple[Path, subprocess.CompletedProcess[str], int]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("hostile")
    news = folder / "news"
    news.mkdir()
    for name, (data, _, _) in FILES.items():
        (news / name).write_bytes(data)
    (news / "dangling.txt").symlink_to(folder / "nowhere")
    (news / "circle").symlink_to(news)
    os.mkfifo(news / "pipe.txt")
    unprintable = news / os.fsdecode(b"b\xe1o.txt")
    unprintable.write_text(TEXT, encoding="utf8")
    output = folder / "news.duckdb"
    command = [sys.executable, "-m", "vnextract.cli", "extract", str(news), "-o", str(output), "--workers", "1"]
    measured = [sys.executable, "-c", MEASURE, str(folder / "peak"), *command]
    done = subprocess.run(measured, capture_output=True, text=True, check=False, timeout=300)
    peak = (folder / "peak").rename(news.parent.with_name(f"{folder.name}-peak"))
    return output, done, int(peak.read_text())


def test_the_run_goes_on_and_the_exit_code_tells(outcome: Outcome) -> None:
    output, done, _ = outcome
    assert done.returncode == 1, done.stderr
    assert output.exists()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", [*FILES, "dangling.txt", "pipe.txt", "b\ufffdo.txt"])
def test_every_file_is_accounted_for(outcome: Outcome, name: str) -> None:
    output, _, _ = outcome
    with duckdb.connect(str(output), read_only=True) as connection:
        (articles,) = connection.execute("SELECT count(*) FROM articles WHERE file LIKE ?", [f"%/{name}"]).fetchone()
        (failures,) = connection.execute("SELECT count(*) FROM failures WHERE file LIKE ?", [f"%/{name}"]).fetchone()
    assert articles + failures > 0
    _, expected_articles, expected_failures = FILES.get(name, (b"", None, None))
    assert expected_articles in (None, articles)
    assert expected_failures in (None, failures)


def test_failures_stand_in_the_log_too(outcome: Outcome) -> None:
    output, _, _ = outcome
    log = output.with_name("news.duckdb.run") / "failures.jsonl"
    logged = [json.loads(line) for line in log.read_text(encoding="utf8").splitlines()]
    with duckdb.connect(str(output), read_only=True) as connection:
        stored = connection.execute("SELECT file, coalesce(place, ''), reason FROM failures").fetchall()
    assert [(item["file"], item["place"], item["reason"]) for item in logged] == stored


def test_nothing_is_written_elsewhere(outcome: Outcome) -> None:
    output, _, _ = outcome
    assert sorted(path.name for path in output.parent.iterdir()) == ["news", "news.duckdb", "news.duckdb.run"]
    assert not Path("/tmp/evil.txt").exists() and not Path("/etc/evil.txt").exists()


def test_memory_is_bounded(outcome: Outcome) -> None:
    # What the guide says of articles and pages as long as they may be.
    assert outcome[2] < 400_000


def test_cells_that_look_like_formulas_stay_text(outcome: Outcome) -> None:
    output, _, _ = outcome
    with duckdb.connect(str(output), read_only=True) as connection:
        found = connection.execute("SELECT article_id, title FROM articles WHERE file LIKE '%/formulas.csv'").fetchall()
    assert found == [("=1+1", '=HYPERLINK("x")')]
