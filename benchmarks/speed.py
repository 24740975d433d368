"""Speed and memory, in one run on one core over the same articles: `python benchmarks/speed.py [--write]`.

Measures `underthesea.ner` (sentences split first, the way its users run it), `vnextract.extract`, the text layer, each
extractor and the tagger alone, `vnextract.load()` with words, all in turn in several rounds, so that what else the
machine does hits all alike; cold start; peak memory over two thousand articles; cost of a long text.
Articles come from the file named by VNEXTRACT_NEWS (gzipped JSON lines with `text`), else from corpus/, repeated.
With `--write` the table replaces the one in docs/accuracy-and-speed.md.
"""

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path

import vnextract
from vnextract.article import Article
from vnextract.findings import Findings
from vnextract.names.bodies import parse
from vnextract.names.tagger.model import shipped_model
from vnextract.pipeline import STAGES
from vnextract.text.document import Text

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy-and-speed.md"
BEGIN, END = "<!-- speed: begin -->", "<!-- speed: end -->"
ROUNDS = 5
ARTICLES = 60
"""Of each round; every round has others."""
NER_ARTICLES = 12
MEMORY_ARTICLES = 2000
LONG = 1_000_000


def texts(count: int) -> Iterator[str]:
    """Articles of the archive where one is named, our own otherwise."""
    archive = Path(os.environ.get("VNEXTRACT_NEWS", ""))
    if archive.is_file():
        with gzip.open(archive, "rt", encoding="utf8") as lines:
            yield from (json.loads(line)["text"] for line in islice(lines, count))
    else:
        ours = [json.loads(line)["text"] for path in sorted((ROOT / "corpus").glob("*.jsonl")) for line in path.open()]
        yield from islice(cycle(ours), count)


def seconds(run: Callable[[str], object], items: Iterable[str]) -> float:
    """Processor time of running over all items, which other processes of the machine leave alone."""
    begin = time.process_time()
    for item in items:
        run(item)
    return time.process_time() - begin


def peer() -> Callable[[str], object]:
    """The usual toolkit's recogniser, as its users call it."""
    from underthesea import ner, sent_tokenize

    return lambda text: [ner(sentence) for sentence in sent_tokenize(text)]


def stage_alone(name: str) -> Callable[[str], object]:
    """One extractor on the text layer; organisations bring the tagger with them."""

    def run(text: str) -> None:
        STAGES[name](Findings.of(Article(text, published="2019-06-01")))

    return run


def tagger_alone() -> Callable[[str], object]:
    """The statistical tagger on the text layer, features and the grammar that they read included."""
    model = shipped_model()

    def run(raw: str) -> None:
        text = Text(raw)
        model.names(text, parse(text))

    return run


def word_pipeline() -> Callable[[str], object]:
    """The spaCy pipeline with words."""
    return vnextract.load(published="2019-06-01")


def cold_start() -> list[float]:
    """Seconds of processor time from starting Python to the first record, bytecode at hand as `pip` leaves it."""
    code = (
        "import vnextract; vnextract.extract('Sáng 16/4, UBND tỉnh Lai Châu họp.', published='2025-04'); "
        "import time; print(time.process_time())"
    )
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        settings["PYTHONPYCACHEPREFIX"] = folder
        for _ in range(ROUNDS + 1):
            run = subprocess.run([sys.executable, "-c", code], check=True, env=settings, capture_output=True, text=True)
            runs.append(float(run.stdout))
    return runs[1:]


def peak_megabytes(count: int) -> float:
    """Peak memory of a fresh process that extracts from so many articles."""
    command = [sys.executable, str(Path(__file__)), "--memory", str(count)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _memory(count: int) -> None:
    for text in texts(count):
        vnextract.extract(text, published="2019-06-01")
    # `ru_maxrss` would count what the process was forked from, too, which holds the peers.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(int(status["VmHWM"].split()[0]) / 1024)


def length_ratio(text: str) -> float:
    """Per-character cost of one article repeated to a million characters, over that of the article itself."""
    article = text + "\n"
    short = min(seconds(vnextract.extract, [article] * 20) / 20 for _ in range(3)) / len(article)
    long = article * (LONG // len(article))
    return (seconds(vnextract.extract, [long]) / len(long)) / short


def table(articles: list[str]) -> list[str]:
    """The rows of the report: the median of all rounds, and from the least to the most."""
    ways: dict[str, tuple[Callable[[str], object], int]] = {
        "`underthesea.ner`": (peer(), NER_ARTICLES),
        "`vnextract.extract`": (lambda text: vnextract.extract(text, published="2019-06-01"), ARTICLES),
        "text layer alone": (lambda text: Text(text).sentences, ARTICLES),
        "`vnextract.load()` with words": (word_pipeline(), NER_ARTICLES),
    }
    ways |= {f"{name.removeprefix('vnextract.')} alone": (stage_alone(name), ARTICLES) for name in list(STAGES)[:4]}
    ways["tagger alone"] = (tagger_alone(), ARTICLES)
    for run, _ in ways.values():
        run(articles[0])
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS):
        for name, (run, count) in ways.items():
            chosen = articles[number * ARTICLES :][:count]
            rates[name].append(sum(map(len, chosen)) / seconds(run, chosen))
    peers = rates["`underthesea.ner`"]
    length = statistics.mean(map(len, articles))
    rows = []
    for name, found in rates.items():
        rate, times = statistics.median(found), [one / peer for one, peer in zip(found, peers, strict=True)]
        middle = statistics.median(times)
        rows.append(
            f"| {name} | {rate / length:,.1f} | {rate:,.0f} ({min(found):,.0f} to {max(found):,.0f}) "
            f"| {middle:.1f} ({min(times):.1f} to {max(times):.1f}) |"
        )
    return rows


def report() -> str:
    """Everything measured, as Markdown."""
    articles = list(texts(ARTICLES * ROUNDS))
    lines = ["| | articles/s | characters/s | times `underthesea.ner` |", "|---|---:|---:|---:|", *table(articles), ""]
    small, large = peak_megabytes(MEMORY_ARTICLES // 8), peak_megabytes(MEMORY_ARTICLES)
    starts, longest = cold_start(), max(articles, key=len)
    lines += [
        "| | |",
        "|---|---:|",
        f"| cold start to first record | {statistics.median(starts):.2f} s ({min(starts):.2f} to {max(starts):.2f}) |",
        f"| peak memory over {MEMORY_ARTICLES // 8} articles | {small:.0f} MB |",
        f"| peak memory over {MEMORY_ARTICLES} articles | {large:.0f} MB |",
        f"| cost per character at 1 MB, over that of one article | {length_ratio(longest):.2f} |",
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the report; with `--write`, put it into the documentation too."""
    if "--memory" in sys.argv:
        return _memory(int(sys.argv[-1]))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    text = report()
    print(text)
    if "--write" in sys.argv:
        page = PAGE.read_text(encoding="utf8")
        head, rest = page.split(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf8")
    return None


if __name__ == "__main__":
    main()
