"""How often every rule and every row of the phrase tables fires, and how often a rule is right.

    python benchmarks/rules.py NEWS.jsonl.gz [--gold GOLD.jsonl] [--articles 2000] [--never]

Rules are counted by the mentions that name them. On gold a mention is right where gold has the same span of its kind;
mentions on ignored spans do not count. Rows are those of tables that are read as phrases: a row fires where its words
are the longest phrase of some table at a place. `--never` lists rules and rows that did not fire at all.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import vnextract
from vnextract.gold import GoldArticle, read_gold
from vnextract.kinds import KINDS
from vnextract.lexicon.phrases import Phrases, words_of
from vnextract.lexicon.tables import table
from vnextract.records import ArticleRecord, Mention
from vnextract.text.alignment import Span

Fired = Counter[tuple[str, str]]
"""Kind of fact and rule → mentions."""


def watched() -> Counter[str]:
    """Count from now on the phrases that any table matches."""
    seen: Counter[str] = Counter()
    longest, prefixes = Phrases.longest, Phrases.prefixes

    def watch_longest(self: Phrases[Any], words: Sequence[str], at: int, limit: int | None = None) -> Any:
        found = longest(self, words, at, limit)
        if found:
            seen[" ".join(words[at : found[0]])] += 1
        return found

    def watch_prefixes(self: Phrases[Any], words: Sequence[str], at: int, limit: int) -> Any:
        found = prefixes(self, words, at, limit)
        seen.update(" ".join(words[at:end]) for end, _ in found)
        return found

    Phrases.longest, Phrases.prefixes = watch_longest, watch_prefixes  # type: ignore[method-assign]
    return seen


def mentions(record: ArticleRecord) -> Iterator[tuple[str, Mention]]:
    """All mentions of a record with their kind."""
    for kind in KINDS.values():
        for fact in kind.facts(record):
            for mention in kind.mentions(fact):
                yield kind.field, mention


def rule_of(mention: Mention) -> str:
    """The rule of a mention, or the way it was found."""
    return mention.rule or str(mention.found_by or "-")


def on_gold(articles: Iterable[GoldArticle], fired: Fired, right: Fired) -> None:
    """Count mentions on annotated articles, and those that gold has too."""
    for article in articles:
        spans = {
            "organisations": {found.span for found in article.organisations},
            "officials": {span for found in article.officials for span in found.mentions},
            "dates": {found.span for found in article.dates},
            "indicators": {found.span for found in article.indicators},
        }
        record = vnextract.extract(article.text, published=article.published)
        for kind, mention in mentions(record):
            span = Span(mention.start, mention.end)
            hit = span in spans[kind]
            if hit or not any(span.start < other.end and other.start < span.end for other in article.ignored):
                fired[kind, rule_of(mention)] += 1
                right[kind, rule_of(mention)] += hit


def rows_of_tables() -> dict[str, list[str]]:
    """The phrases of every table of the lexicon: its first column, alternatives apart."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in files("vnextract.lexicon").iterdir():
        if file.name.endswith(".tsv"):
            for row in table(name := file.name.removesuffix(".tsv")):
                found[name] += [" ".join(words_of(form)) for form in next(iter(row.values())).split("|")]
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--never", action="store_true")
    options = parser.parse_args()
    rows, seen = rows_of_tables(), watched()
    on_news: Fired = Counter()
    with gzip.open(options.news, "rt", encoding="utf8") as lines:
        for line in islice(lines, options.articles):
            article = json.loads(line)
            record = vnextract.extract(article["text"], published=article.get("published"))
            on_news.update((kind, rule_of(mention)) for kind, mention in mentions(record))
    fired: Fired = Counter()
    right: Fired = Counter()
    on_gold(read_gold(options.gold), fired, right)
    print(f"{'kind':15}{'rule':55}{'news':>8}{'gold':>8}{'right':>8}")
    for kind, rule in sorted(on_news | fired):
        share = f"{right[kind, rule] / fired[kind, rule]:8.2f}" if fired[kind, rule] else f"{'':8}"
        print(f"{kind:15}{rule:55}{on_news[kind, rule]:8}{fired[kind, rule]:8}{share}")
    print(f"\n{'table':28}{'phrases':>8}{'fired':>8}")
    for name, phrases in sorted(rows.items()):
        silent = [phrase for phrase in phrases if not seen[phrase]]
        print(f"{name:28}{len(phrases):8}{len(phrases) - len(silent):8}")
        if options.never and len(silent) < len(phrases):
            print("    " + ", ".join(silent))


if __name__ == "__main__":
    main()
