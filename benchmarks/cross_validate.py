"""Cross-validated scores: every article is read by a tagger that never saw it.

    python benchmarks/cross_validate.py GOLD.jsonl --models build/folds [--also corpus/*.jsonl] [-o records.jsonl]

Trains one model per fold on the other folds and on the files named by `--also`, extracts the fold's articles with it
and prints the scores of all of them. Models that the folder already holds are used again; `-o` writes the records, in
the order of the gold file.
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from vnextract.evaluate import evaluate, extract_gold
from vnextract.gold import read_gold
from vnextract.model_folder import MODEL_VARIABLE
from vnextract.names.tagger.model import MANIFEST
from vnextract.records import ArticleRecord
from vnextract.training import train

FOLDS = 5


def fold_model(lines: list[str], fold: int, also: list[Path], folder: Path) -> Path:
    """The model that has seen every article but those of one fold."""
    model = folder / f"fold-{fold}"
    if not (model / MANIFEST).is_file():
        rest = folder / f"without-{fold}.jsonl"
        rest.write_text("".join(line for n, line in enumerate(lines) if n % FOLDS != fold), encoding="utf8")
        train([*also, rest], model)
        rest.unlink()
    return model


def records(gold: Path, also: list[Path], folder: Path) -> Iterator[ArticleRecord]:
    """The record of every article, in the order of the file."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = gold.read_text(encoding="utf8").splitlines(keepends=True)
    articles = list(read_gold([gold]))
    found: dict[int, ArticleRecord] = {}
    for fold in range(FOLDS):
        os.environ[MODEL_VARIABLE] = str(fold_model(lines, fold, also, folder))
        numbers = range(fold, len(articles), FOLDS)
        found.update(zip(numbers, extract_gold(articles[number] for number in numbers), strict=True))
    yield from (found[number] for number in range(len(articles)))


def main() -> None:
    """Train what is missing, extract, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    made = list(records(options.gold, options.also, options.models))
    if options.output:
        options.output.write_text("".join(record.model_dump_json() + "\n" for record in made), encoding="utf8")
    for name, score in evaluate(read_gold([options.gold]), made).scores.items():
        print(f"{name:24}{score.precision:10.3f}{score.recall:10.3f}{score.f1:10.3f}{score.gold:8}{score.predicted:8}")


if __name__ == "__main__":
    main()
