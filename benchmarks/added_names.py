"""What full names hold that the text does not say there: `python benchmarks/added_names.py FILE.jsonl.gz ...`.

A row for each body whose full name has a country that no mention of it prints, a province that stands nowhere in the
article, or a ministry that stands nowhere in it: the file, the article, what sort of thing was added and which, how
many characters lie between a mention and the nearest place where the text prints it (`nowhere` if it never does), the
name, the rule, and the first mention with the words around it. Việt Nam in the name of a body of the register is the
body's own. To be read, not scored.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import vnextract
from vnextract.lexicon.places import find_province, former_names
from vnextract.lexicon.register import bodies
from vnextract.lexicon.tables import table
from vnextract.organisations.setting import same_country
from vnextract.records import ArticleRecord, Organisation
from vnextract.text.normalise import fold, normalise

_AROUND = 90
"""Characters around the first mention that a row shows."""
_OURS = "Việt Nam"


def _any_of(names: list[str]) -> re.Pattern[str]:
    """Any of some names, the longest first, in a folded text."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(map(fold, names), key=len, reverse=True)))})\b")


@cache
def _usual() -> dict[str, dict[str, str]]:
    """For each sort of thing, every spelling and the usual one."""
    ministries = [body for body in bodies().values() if body.parent == "vn/chinh-phu" and body.name.startswith("Bộ ")]
    provinces = [row["name"] for row in table("places_provinces")] + [row["alias"] for row in table("places_aliases")]
    return {
        "country": {row["name"]: same_country(row["name"]) for row in table("countries") if row["region"] != "yes"},
        "province": {name: found.name for name in provinces if (found := find_province(name))},
        "ministry": {name: body.name for body in ministries for name in body.spellings()},
    }


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {sort: _any_of(list(names)) for sort, names in _usual().items()}


@cache
def _folded() -> dict[str, dict[str, str]]:
    return {sort: {fold(name): usual for name, usual in names.items()} for sort, names in _usual().items()}


def named(sort: str, text: str) -> Iterator[tuple[str, int, int]]:
    """The usual name of each thing of a sort that a folded text names, with its bounds."""
    for found in _patterns()[sort].finditer(text):
        yield _folded()[sort][found.group()], found.start(), found.end()


def added(text: str, body: Organisation) -> Iterator[tuple[str, str, str]]:
    """What the name of a body holds that its mentions do not: its sort, its words, how far from them it is printed."""
    lines = text.lower()
    spans = [(one.start, one.end) for one in body.mentions]
    for sort in _usual():
        held = {name for name, _, _ in named(sort, fold(body.name))}
        if sort == "country" and (body.body_id or "").startswith("vn/"):
            held -= {_OURS}
        if not held:
            continue
        printed = list(named(sort, lines))
        for name in sorted(held):
            same = {name, *(former_names(name) if sort == "province" else ())}
            near = [
                max(first - end, start - last, 0)
                for usual, first, last in printed
                if usual in same
                for start, end in spans
            ]
            if not near or (sort == "country" and min(near)):
                yield sort, name, str(min(near)) if near else "nowhere"


def rows(path: Path, limit: int | None, totals: "Counter[str]") -> Iterator[tuple[str, ...]]:
    """The rows of a file; `totals` counts its articles, its bodies, and the rows of each sort."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for article in map(json.loads, islice(lines, limit)):
            text, _ = normalise(article["text"])
            record: ArticleRecord = vnextract.extract(text, article.get("published"), title=article.get("title"))
            totals["articles"] += 1
            totals["bodies"] += len(record.organisations)
            for body in record.organisations:
                for sort, name, distance in added(text, body):
                    totals[sort] += 1
                    first = body.mentions[0]
                    before = text[max(0, first.start - _AROUND) : first.start]
                    around = f"{before}[{first.text}]{text[first.end : first.end + _AROUND]}"
                    shown = " ".join(around.split())
                    yield article["id"], sort, name, distance, body.name, first.rule or "", shown


def main() -> int:
    """Print the rows, then the counts on the error stream."""
    parser = argparse.ArgumentParser(description="list what full names hold that the text does not say there")
    parser.add_argument(
        "files", nargs="+", type=Path, help="gzipped JSON lines with `text`, and `published` where known"
    )
    parser.add_argument("--limit", type=int, help="articles of each file")
    arguments = parser.parse_args()
    for path in arguments.files:
        totals: Counter[str] = Counter()
        for row in rows(path, arguments.limit, totals):
            print("\t".join((path.name.split(".")[0], *row)), flush=True)
        print(path.name, dict(totals), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
