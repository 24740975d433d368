"""How fast are dates found, the text layer included, beside the named-entity tagger of underthesea, on one core?

    python benchmarks/dates_speed.py [NEWS.jsonl | NEWS.jsonl.gz ...]

Without files it reads the project's corpus. The tagger is given sentences, split beforehand and off the clock, and only
as many of them as it can do in about half a minute; both figures are characters of text a
second of processor time.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from vnextract.article import Published
from vnextract.dates.component import dates_in
from vnextract.text.document import Text

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_ENOUGH = 3_000_000
"""Characters after which the date finder has been measured well enough."""
_PATIENCE = 30.0
"""Seconds that the tagger is given."""


def texts(paths: list[Path]) -> Iterator[str]:
    """The texts of some files, one JSON object a line."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def dates_speed(articles: list[str]) -> float:
    """Characters a second, the best of three runs."""
    published = Published(2025, 5, 14)
    dates_in(Text(articles[0]), published)
    best = 0.0
    for _ in range(3):
        begin = time.process_time()
        for article in articles:
            dates_in(Text(article), published)
        best = max(best, sum(map(len, articles)) / (time.process_time() - begin))
    return best


def tagger_speed(articles: list[str]) -> float:
    """Characters a second of `underthesea.ner`, sentence by sentence."""
    from underthesea import ner

    ner("Hội nghị diễn ra tại Hà Nội.")
    sentences = [text.norm[start:end] for text in map(Text, articles) for start, end in text.sentences]
    done, begin = 0, time.process_time()
    for sentence in sentences:
        ner(sentence)
        done += len(sentence)
        if time.process_time() - begin > _PATIENCE:
            break
    return done / (time.process_time() - begin)


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    articles: list[str] = []
    total = 0
    for article in texts([Path(name) for name in sys.argv[1:]] or sorted(CORPUS.glob("*.jsonl"))):
        articles.append(article)
        total += len(article)
        if total > _ENOUGH:
            break
    print(f"{len(articles)} articles, {total:,} characters, one core")
    dates, tagger = dates_speed(articles), tagger_speed(articles)
    print(f"dates, text layer included  {dates:12,.0f} characters/s")
    print(f"underthesea.ner             {tagger:12,.0f} characters/s")
    print(f"ratio                       {dates / tagger:12,.0f}")


if __name__ == "__main__":
    main()
