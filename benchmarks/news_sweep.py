"""Every text of an archive extracted and checked: `python benchmarks/news_sweep.py FILE.jsonl.gz ...`.

Prints for each file (gzipped JSON lines with `text`, and `published` where known) the counts of each kind, articles and
characters a second, and what broke a promise: an exception, an offset that does not slice to its text, two mentions of
one kind that overlap, days in the wrong order, a record that JSON does not give back. Ends with status 1 if one was.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import vnextract
from vnextract.records import ArticleRecord, Mention

KINDS = ("sentences", "organisations", "officials", "dates", "indicators")


def articles(path: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    """The articles of a file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, islice(lines, limit))


def mentions(record: ArticleRecord) -> dict[str, list[Mention]]:
    """Where each kind stands."""
    return {
        "sentences": list(record.sentences),
        "organisations": [mention for body in record.organisations for mention in body.mentions],
        "officials": [mention for person in record.officials for mention in person.mentions],
        "dates": [found.mention for found in record.dates],
        "indicators": [figure.mention for figure in record.indicators],
    }


def broken(text: str, record: ArticleRecord) -> Iterator[str]:
    """The promises that a record does not keep."""
    for kind, found in mentions(record).items():
        ordered = sorted(found, key=lambda mention: mention.start)
        if any(text[mention.start : mention.end] != mention.text or not mention.text for mention in ordered):
            yield f"offsets of {kind}"
        if any(one.end > two.start for one, two in pairwise(ordered)):
            yield f"overlap of {kind}"
    if any(found.first_day and found.last_day and found.first_day > found.last_day for found in record.dates):
        yield "days in the wrong order"
    if ArticleRecord.model_validate_json(record.model_dump_json()) != record:
        yield "JSON round trip"


def sweep(path: Path, limit: int | None) -> tuple[Counter[str], list[str]]:
    """Counts, seconds and characters of a file, and what went wrong in it."""
    totals: Counter[str] = Counter()
    wrong: list[str] = []
    for article in articles(path, limit):
        name, text = article.get("id"), article["text"]
        begin = time.process_time()
        try:
            record = vnextract.extract(text, article.get("published"), title=article.get("title"))
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__}: {error}")
            continue
        totals["nanoseconds"] += int(1e9 * (time.process_time() - begin))
        totals["articles"] += 1
        totals["characters"] += len(text)
        totals.update({kind: len(found) for kind, found in mentions(record).items()})
        totals["bodies"] += len(record.organisations)
        totals["persons"] += len(record.officials)
        wrong += [f"{name}: {promise}" for promise in broken(text, record)]
    return totals, wrong


def main() -> int:
    """Print a table, then what went wrong."""
    parser = argparse.ArgumentParser(description="extract and check every text of gzipped JSON lines")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, help="articles of each file; all without")
    options = parser.parse_args()
    columns = ("articles", "characters", *KINDS, "bodies", "persons")
    print("| file |", " | ".join(columns), "| articles/s | characters/s | broken |")
    print("|---|" + "---:|" * (len(columns) + 3))
    failures: list[str] = []
    for path in options.files:
        totals, wrong = sweep(path, options.limit)
        seconds = totals["nanoseconds"] / 1e9 or 1.0
        rates = f"{totals['articles'] / seconds:,.0f} | {totals['characters'] / seconds:,.0f}"
        shown = " | ".join(f"{totals[column]:,}" for column in columns)
        print(f"| {path.name} | {shown} | {rates} | {len(wrong)} |", flush=True)
        failures += wrong
    print(*failures, sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
