"""Archives: articles a second with one worker and with two, and the parent's memory as the archive grows.

    python benchmarks/archive.py [ARTICLES.jsonl.gz] [--articles 4000]

Both runs go to DuckDB, in turn, within one call, so that what else the machine does hits both alike. Where no file is
given, `corpus/` is repeated.
"""

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
RUN = """
import resource, sys
from pathlib import Path
from vnextract.archive.run import Job, run
summary = run([sys.argv[1]], Path(sys.argv[2]), Job(workers=int(sys.argv[3])))
print(summary.articles, summary.seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def articles(file: Path | None) -> Iterator[bytes]:
    if file is None:
        lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_bytes().splitlines()]
        for number, line in enumerate(cycle(lines)):
            yield json.dumps({**json.loads(line), "id": str(number)}, ensure_ascii=False).encode() + b"\n"
    elif file.suffix == ".gz":
        with gzip.open(file) as packed:
            yield from packed
    else:
        yield from file.read_bytes().splitlines(keepends=True)


def measure(source: Path, folder: Path, workers: int) -> tuple[int, float, float]:
    """Articles, seconds, and the parent's peak memory in megabytes."""
    output = folder / f"{source.stem}-{workers}.duckdb"
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", RUN, source, output, str(workers)], stdout=subprocess.PIPE, text=True, check=True
    )
    count, _, memory = done.stdout.split()
    return int(count), time.monotonic() - started, float(memory)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("file", nargs="?", type=Path)
    options.add_argument("--articles", type=int, default=4000)
    options.add_argument("--rounds", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = folder / "few.jsonl", folder / "many.jsonl"
        few.write_bytes(b"".join(islice(articles(given.file), given.articles // 4)))
        many.write_bytes(b"".join(islice(articles(given.file), given.articles)))
        _, _, small = measure(few, folder, 2)
        print(f"{'workers':>8} {'articles':>9} {'seconds':>8} {'articles/s':>11} {'parent MB':>10}")
        rates: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(given.rounds):
            for workers in (1, 2):
                count, seconds, memory = measure(many, folder, workers)
                (folder / f"many-{workers}.duckdb").unlink()
                subprocess.run(["rm", "-r", folder / f"many-{workers}.duckdb.run"], check=True)
                rates[workers].append(count / seconds)
                print(f"{workers:8} {count:9} {seconds:8.1f} {count / seconds:11.1f} {memory:10.0f}")
        ratio = sum(rates[2]) / sum(rates[1])
        print(f"two workers are {ratio:.2f} times as fast as one ({os.cpu_count()} cores)")
        print(
            f"peak memory of the parent: {small:.0f} MB at {given.articles // 4}, {memory:.0f} MB at {given.articles}"
        )
        workers_peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest process of all: {workers_peak:.0f} MB")


if __name__ == "__main__":
    main()
