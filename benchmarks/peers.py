"""The library beside its peers, on the same annotated articles: `python benchmarks/peers.py [GOLD.jsonl ...]`.

Without arguments it scores `corpus/`. Organisations: `underthesea.ner`, sentences split first. Dates:
`dateparser.search`, Vietnamese, anchored on the publication date. All are scored by the same code; needs
`pip install dateparser`.
"""

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from vnextract.evaluate import FIGURES, Evaluation, evaluate, extract_gold
from vnextract.gold import GoldArticle, read_gold
from vnextract.records import ArticleRecord

ROOT = Path(__file__).resolve().parents[1]


def _record(**layers: Any) -> ArticleRecord:
    empty: dict[str, Any] = dict.fromkeys(("id", "title", "published", "source", "url"))
    empty |= {key: [] for key in ("sentences", "organisations", "officials", "dates", "indicators", "warnings")}
    return ArticleRecord.model_validate_json(json.dumps(empty | {"version": "peer"} | layers))


def _mention(text: str, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end]}


def _underthesea_spans(text: str) -> Iterable[tuple[int, int]]:
    from underthesea import ner, sent_tokenize

    at = 0
    for sentence in sent_tokenize(text):
        open_span: tuple[int, int] | None = None
        for word, _, _, label in ner(sentence):
            start = text.find(word, at)
            if start < 0:
                continue
            at = start + len(word)
            if open_span and label == "I-ORG":
                open_span = (open_span[0], at)
                continue
            if open_span:
                yield open_span
            open_span = (start, at) if label.endswith("ORG") else None
        if open_span:
            yield open_span


def underthesea_record(article: GoldArticle) -> ArticleRecord:
    """Organisations as underthesea finds them, named as printed."""
    common = {"abbreviation": None, "kind": "other", "level": "none", "place": None}
    bodies = [
        {"id": f"org-{n}", "name": article.text[start:end], "mentions": [_mention(article.text, start, end)], **common}
        for n, (start, end) in enumerate(_underthesea_spans(article.text))
    ]
    return _record(organisations=bodies)


def dateparser_record(article: GoldArticle) -> ArticleRecord:
    """Dates as dateparser finds them, each a day."""
    from dateparser.search import search_dates

    settings: dict[str, Any] = {}
    if article.published and len(article.published) == len("2025-01-01"):
        settings["RELATIVE_BASE"] = datetime.fromisoformat(article.published)
    dates, at = [], 0
    for printed, value in search_dates(article.text, languages=["vi"], settings=settings) or []:
        start = article.text.find(printed, at)
        if start < 0:
            continue
        at = start + len(printed)
        day = value.date().isoformat()
        fields = {"kind": "date", "first_day": day, "last_day": day, "duration": None, "timex": day, "grain": "day"}
        dates.append({"mention": _mention(article.text, start, at), "relative": False, **fields})
    return _record(dates=dates)


def _rows(evaluation: Evaluation, layer: str) -> list[tuple[str, float]]:
    return [(name, evaluation.scores[name].f1) for name in FIGURES if name.startswith(layer)]


def main() -> None:
    """Print one table: a figure, the peer's F1, ours."""
    gold = list(read_gold(sys.argv[1:] or sorted((ROOT / "corpus").glob("*.jsonl"))))
    ours = evaluate(gold, extract_gold(gold))
    print(f"{len(gold)} articles\n\n| figure | peer | its F1 | vnextract F1 |\n|---|---|---:|---:|")
    for layer, peer, extractor in (
        ("organisations", "underthesea.ner", underthesea_record),
        ("dates", "dateparser.search", dateparser_record),
    ):
        theirs = evaluate(gold, map(extractor, gold))
        for (name, score), (_, own) in zip(_rows(theirs, layer), _rows(ours, layer), strict=True):
            if name != "organisations kind":
                print(f"| {name} | {peer} | {score:.3f} | {own:.3f} |")


if __name__ == "__main__":
    main()
