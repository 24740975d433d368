"""Training: from annotated articles to a model folder that `vnextract.names.tagger.model.load_model` reads."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from vnextract.errors import InputFileError
from vnextract.gold import GoldArticle, read_gold, to_norm
from vnextract.names.bodies import parse
from vnextract.names.tagger.digest import tables_digest
from vnextract.names.tagger.features import FEATURES_VERSION, Features, featurised
from vnextract.names.tagger.labels import encode
from vnextract.names.tagger.lists import lists_from
from vnextract.names.tagger.model import MANIFEST, WEIGHTS
from vnextract.names.tagger.persons import likely_persons
from vnextract.names.tagger.weights import Weights, mean, read_weights, write_weights
from vnextract.text.alignment import Span
from vnextract.text.document import Text

Example = tuple[list[Features], list[str]]
"""A run of syllables: their features, their labels."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the optimiser is run; the defaults are those of the shipped model."""

    l1_penalty: float = 0.2
    l2_penalty: float = 0.05
    iterations: int = 100
    verbose: bool = False
    """Whether the optimiser prints every step, some thousand lines."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a model was made of."""

    articles: int
    syllables: int
    organisations: int
    persons: int
    bytes: int = 0
    sha256: str = ""


def train(gold_paths: Iterable[str | Path], output: str | Path, settings: Settings | None = None) -> TrainingReport:
    """Train the tagger on gold files and write the model into a folder, which is made if need be.

    The same files in the same order give the same model, byte for byte.

    Args:
        gold_paths: JSONL files of annotated articles, as `vnextract.gold` reads them.
        output: Folder for the model.
        settings: Optimiser settings, where the defaults do not suit.

    Raises:
        InputFileError: a gold file cannot be read, or no file names an organisation.
    """
    return train_on(list(read_gold(gold_paths)), output, settings)


def train_on(articles: Sequence[GoldArticle], output: str | Path, settings: Settings | None = None) -> TrainingReport:
    """As `train`, on articles that have been read already.

    Raises:
        InputFileError: no article names an organisation.
    """
    if not any(article.organisations for article in articles):
        raise InputFileError("training needs annotated articles that name organisations; the files given hold none")
    sequences = [example for article in (*articles, *lists_from(articles)) for example in examples(article)]
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    weights = _fitted(sequences, folder, settings or Settings())
    report = TrainingReport(
        articles=len(articles),
        syllables=sum(len(labels) for _, labels in sequences),
        organisations=_count(sequences, "ORG"),
        persons=_count(sequences, "PER"),
    )
    return _written(weights, folder, report)


def blend(folder: Path, report: TrainingReport, others: Iterable[bytes]) -> TrainingReport:
    """Put the mean of several taggers in the place of one.

    Args:
        folder: Where the one was written.
        report: What it was made of.
        others: The files of the others' weights.
    """
    files = (folder / WEIGHTS).read_bytes(), *others
    return _written(mean([read_weights(data) for data in files]), folder, report)


def _written(weights: Weights, folder: Path, report: TrainingReport) -> TrainingReport:
    data = write_weights(weights)
    (folder / WEIGHTS).write_bytes(data)
    report = replace(report, bytes=len(data), sha256=sha256(data).hexdigest())
    manifest = {"features": FEATURES_VERSION, "tables": tables_digest(), **asdict(report)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf8")
    return report


def examples(article: GoldArticle) -> list[Example]:
    """The article's sentences as training sequences.

    They are cut where an ignored span stands, which is evidence for nothing. Gold marks no persons but officials;
    likely names of others are persons too.
    """
    text = Text(article.text)
    place = partial(to_norm, text.alignment)
    marked = [place(found.span) for found in article.organisations]
    names = [(span, "ORG") for span in marked]
    marked += [place(span) for official in article.officials for span in official.mentions]
    names += [(span, "PER") for span in marked[len(names) :]]
    doubtful = [span for span in map(place, article.ignored) if not any(_touch(span, one) for one in marked)]
    others = [span for span in likely_persons(text) if not any(_touch(span, one) for one in (*marked, *doubtful))]
    names += [(span, "PER") for span in others]
    sequences: list[Example] = []
    for syllables, features in featurised(text, parse(text)):
        labels = encode(syllables, names)
        for start, end in _runs(syllables, doubtful):
            sequences.append((features[start:end], labels[start:end]))
    return sequences


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _runs(syllables: Sequence[Span], doubtful: Sequence[Span]) -> list[tuple[int, int]]:
    """Index ranges between the doubtful syllables."""
    cuts = [i for i, syllable in enumerate(syllables) if any(_touch(syllable, span) for span in doubtful)]
    edges = [-1, *cuts, len(syllables)]
    return [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]


def _count(sequences: Sequence[Example], kind: str) -> int:
    begins = {"B-" + kind, "U-" + kind}
    return sum(label in begins for _, labels in sequences for label in labels)


def _fitted(sequences: Sequence[Example], folder: Path, settings: Settings) -> Weights:
    from underthesea_core import CRFTrainer

    trainer = CRFTrainer()
    trainer.set_l1_penalty(settings.l1_penalty)
    trainer.set_l2_penalty(settings.l2_penalty)
    trainer.set_max_iterations(settings.iterations)
    with nullcontext() if settings.verbose else _silent():
        model = trainer.train([features for features, _ in sequences], [labels for _, labels in sequences])
    model.save(str(folder / WEIGHTS))
    return read_weights((folder / WEIGHTS).read_bytes()).compact()


@contextmanager
def _silent() -> Iterator[None]:
    """Standard error goes nowhere: the optimiser is no Python, writes there itself, and has no switch."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
