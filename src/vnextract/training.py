"""Training of everything that is learnt, in its order: from annotated articles to a model folder.

Whatever reads what another model found is taught on articles which that model had not seen, so that it knows the
mistakes of new text: a part of the articles after the other is read with models that were trained on the rest. The
taggers of all these readings are not lost: the one that stays is their mean with one that has seen all articles.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import NamedTuple, TypeVar

from vnextract.article import Article
from vnextract.assemble import assemble
from vnextract.confidence.train import check_regression
from vnextract.confidence.train import train as train_confidence
from vnextract.evaluate import Score, evaluate
from vnextract.figures.train import train_on as train_nouns
from vnextract.findings import Findings, with_bodies, with_dates, with_figures, with_people, with_relations
from vnextract.gold import GoldArticle, in_one_line, read_gold
from vnextract.links.model import write_links
from vnextract.links.train import Read, train_on_read
from vnextract.model_folder import using
from vnextract.names.tagger.model import WEIGHTS as TAGGER
from vnextract.names.tagger.train import Settings, TrainingReport, blend
from vnextract.names.tagger.train import train_on as train_tagger
from vnextract.organisations.train import learn as train_whose
from vnextract.organisations.whose.choice import WEIGHTS, WHOSE
from vnextract.reliability import Reliability, reliability
from vnextract.scorer import write_scorers

Item = TypeVar("Item")

FOLDS = 5
"""Parts of the articles; each is read with models that were trained on the others."""


_FEW_LINES = 3
"""Line breaks up to which an article is as good as in one line."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What a model was made of, and what it can be expected to do."""

    report: TrainingReport
    scores: Mapping[str, Score]
    """The score table of the same articles, each read with models that were trained on the others."""
    sure: Mapping[str, Reliability]
    """How reliable confidence is on them; its own weights have seen them."""


def train(
    gold_paths: Iterable[str | Path],
    output: str | Path,
    settings: Settings | None = None,
    tell: Callable[[str], object] | None = None,
) -> Trained:
    """Train a whole model on gold files and write it into a folder.

    The same files in the same order give the same model, byte for byte. Parts are trained side by side, a process for
    each processor core; 1,000 articles take a quarter of an hour on two cores.

    Args:
        gold_paths: JSONL files of annotated articles, as `vnextract.gold` reads them.
        output: Folder for the model, which is made if need be.
        settings: Settings of the tagger's optimiser, where the defaults do not suit.
        tell: Is given a line as each step is done.

    Raises:
        InputFileError: a gold file cannot be read, or no file names an organisation.
        MissingExtraError: scikit-learn is not installed.
    """
    articles, folder = list(read_gold(gold_paths)), Path(output)
    check_regression()
    parts = _parts(len(articles))
    steps = _Steps(tell, len(articles), len(parts))
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), end_with_parent) as pool:
        whole = pool.submit(_train_readers, articles, folder, settings)
        read_parts = steps.gathered(
            "read by models that have not seen it", pool.map(partial(_unseen, articles, settings), parts)
        )
        unseen = [one for part in read_parts for one in part.articles]
        parts_linked = pool.map(partial(_linked, unseen), parts)
        scorers = train_on_read(unseen)
        steps.told("links learnt from all articles")
        linked = [one for part in steps.gathered("linked", parts_linked) for one in part]
        report = blend(folder, whole.result(), [part.tagger for part in read_parts])
    write_links(folder, scorers)
    steps.told("names, nouns and whose bodies are learnt from all articles")
    calibrations = train_confidence(linked)
    calibrations.write(folder)
    steps.told("confidence learnt")
    gold, records = [one for one, _ in linked], [assemble(known, calibrations.of) for _, known in linked]
    return Trained(report, evaluate(gold, records).scores, reliability(gold, records))


def end_with_parent() -> None:
    """End this process once the one that started it is gone: a signal that kills that one does not reach this one."""
    parent = parent_process()

    def watch() -> None:
        if parent:
            wait([parent.sentinel])
            os._exit(1)

    Thread(target=watch, daemon=True).start()


class _Steps:
    """Tells what has been done."""

    def __init__(self, tell: Callable[[str], object] | None, articles: int, parts: int) -> None:
        self._tell, self._parts = tell, parts
        self.told(f"{articles} articles in {parts} parts")

    def told(self, step: str) -> None:
        if self._tell:
            self._tell(step)

    def gathered(self, step: str, parts: Iterable[Item]) -> list[Item]:
        """What each part gives, in order; each is told of as it comes."""
        found: list[Item] = []
        for number, part in enumerate(parts, 1):
            found.append(part)
            self.told(f"part {number} of {self._parts} {step}")
        return found


def _parts(count: int) -> list[slice]:
    """The parts of so many articles, each a run of neighbours: annotated articles come in batches from one source."""
    size = max(1, -(-count // FOLDS))
    return [slice(first, first + size) for first in range(0, count, size)]


def _without(articles: Sequence[Item], part: slice) -> list[Item]:
    return [*articles[: part.start], *articles[part.stop :]]


def _train_readers(articles: Sequence[GoldArticle], folder: Path, settings: Settings | None) -> TrainingReport:
    """Train what reads the text itself: names, counted nouns, whose bodies are."""
    report = train_tagger(articles, folder, settings)
    train_nouns(articles, folder)
    write_scorers(folder / WEIGHTS, {WHOSE: train_whose(articles)})
    return report


class _ReadPart(NamedTuple):
    """The articles of one part with what is found there up to the bodies, and the tagger that had not seen them."""

    articles: list[Read]
    tagger: bytes


def _unseen(articles: Sequence[GoldArticle], settings: Settings | None, part: slice) -> _ReadPart:
    """Read one part with models that were trained on the others."""
    others = _without(articles, part)
    with TemporaryDirectory() as folder:
        taught = others if any(other.organisations for other in others) else articles
        _train_readers(taught, Path(folder), settings)
        with using(folder):
            found = [read_twice(article) for article in articles[part]]
        return _ReadPart(found, (Path(folder) / TAGGER).read_bytes())


def read_twice(article: GoldArticle) -> Read:
    """An article with what is found there up to the bodies, once more in one line where it has several."""
    line = _read(in_one_line(article)) if article.text.strip().count("\n") > _FEW_LINES else None
    return Read(article, _read(article), line)


def _read(article: GoldArticle) -> Findings:
    """Everything up to the bodies."""
    known = Findings.of(Article(article.text, published=article.published))
    return with_bodies(with_figures(with_dates(known)))


def _linked(articles: Sequence[Read], part: slice) -> list[tuple[GoldArticle, Findings]]:
    """The articles of one part with everything that is found there."""
    with TemporaryDirectory() as folder:
        write_links(Path(folder), train_on_read(_without(articles, part)))
        with using(folder):
            return [(one.gold, with_relations(with_people(one.known))) for one in articles[part]]
