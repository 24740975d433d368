"""Archives: articles a second with one worker and with two, and plain `extract`; memory as an archive grows.

    python benchmarks/archive.py [ARTICLES.jsonl.gz] [--articles 4000]

All runs are in turn, within one call, so that what else the machine does hits them alike; where it does much, processor
time says more than articles a second. Both are said: how near two workers come to twice the speed of plain `extract`,
and how much of the processor time of an archive plain `extract` takes. Bytecode is at hand, as `pip` leaves it, for a
run starts four processes. Where no file is given, `corpus/` is repeated.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parents[1] / "corpus"
RUN = """
import resource, sys
from pathlib import Path
from typing import NamedTuple
from vnextract.archive.job import Job
from vnextract.archive.run import run
summary = run([sys.argv[1]], Path(sys.argv[2]), Job(workers=int(sys.argv[3])))
parent, workers = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
cpu = (usage.ru_utime + usage.ru_stime for usage in (parent, workers))
print(summary.articles, summary.seconds, parent.ru_maxrss / 1024, *cpu)
"""
PLAIN = """
import gc, json, sys, time
import vnextract
from vnextract.pipeline import warm_up
articles = [json.loads(line) for line in open(sys.argv[1], encoding="utf8")]
warm_up()
gc.freeze()
started, cpu = time.monotonic(), time.process_time()
for article in articles:
    vnextract.extract(article["text"], article.get("published"), id=article.get("id"))
print(len(articles), time.monotonic() - started, time.process_time() - cpu)
"""


class Plain(NamedTuple):
    """What plain `extract` took, without the start."""

    articles: int
    seconds: float
    cpu: float


def _printed(folder: Path, code: str, *arguments: object) -> list[float]:
    """The numbers that a process prints; what it compiles is kept in a folder for those after it."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=settings)
    return list(map(float, done.stdout.split()))


def measure_plain(source: Path, folder: Path) -> Plain:
    """Extract from every article in one process, writing nothing."""
    count, seconds, cpu = _printed(folder, PLAIN, source)
    return Plain(int(count), seconds, cpu)


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


class Measured(NamedTuple):
    """What one run took."""

    articles: int
    seconds: float
    memory: float
    """Peak of the parent, in megabytes."""
    parent_cpu: float
    workers_cpu: float

    @property
    def cpu(self) -> float:
        """Of parent and workers together."""
        return self.parent_cpu + self.workers_cpu


def _rate(runs: "Sequence[Measured | Plain]") -> float:
    """Articles a second."""
    return sum(run.articles for run in runs) / sum(run.seconds for run in runs)


def measure(source: Path, folder: Path, workers: int) -> Measured:
    """Run once, from the start of the process to its end."""
    output = folder / f"{source.stem}-{workers}.duckdb"
    started = time.monotonic()
    count, _, memory, parent, others = _printed(folder, RUN, source, output, workers)
    return Measured(int(count), time.monotonic() - started, memory, parent, others)


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
        small = measure(few, folder, 2)
        print(
            f"{'workers':>8} {'articles':>9} {'seconds':>8} {'articles/s':>11} {'CPU parent':>11} {'CPU workers':>12}"
        )
        runs: dict[int, list[Measured]] = {1: [], 2: []}
        plain: list[Plain] = []
        for _ in range(given.rounds):
            plain.append(measure_plain(many, folder))
            print(
                f"   plain {plain[-1].articles:9} {plain[-1].seconds:8.1f} {_rate(plain):11.1f} {plain[-1].cpu:11.1f}"
            )
            for workers in (1, 2):
                run = measure(many, folder, workers)
                (folder / f"many-{workers}.duckdb").unlink()
                shutil.rmtree(folder / f"many-{workers}.duckdb.run")
                runs[workers].append(run)
                rate = run.articles / run.seconds
                print(
                    f"{workers:8} {run.articles:9} {run.seconds:8.1f} {rate:11.1f} "
                    f"{run.parent_cpu:11.1f} {run.workers_cpu:12.1f}"
                )
        one, two = (sum(run.seconds for run in runs[workers]) for workers in (1, 2))
        print(f"two workers are {one / two:.2f} times as fast as one ({os.cpu_count()} cores)")
        share = sum(run.cpu for run in plain) / sum(run.cpu for run in runs[2])
        print(f"two workers have {_rate(runs[2]) / _rate(plain) / 2:.2f} of twice the speed of plain extract")
        print(f"plain extract takes {share:.2f} of their processor time")
        most = max(run.memory for run in (*runs[1], *runs[2]))
        few_mb, many_mb = f"{small.memory:.0f} MB at {small.articles}", f"{most:.0f} MB at {given.articles}"
        print(f"peak memory of the parent: {few_mb}, {many_mb}")


if __name__ == "__main__":
    main()
