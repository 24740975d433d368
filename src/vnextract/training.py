"""Training of everything that is learnt, in its order: from annotated articles to a model folder.

Whatever reads what another model found is taught on articles which that model had not seen, so that it knows the
mistakes of new text: a part of the articles after the other is read with models that were trained on the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from vnextract.article import Article
from vnextract.confidence.train import check_regression
from vnextract.confidence.train import train as train_confidence
from vnextract.figures.train import train_on as train_nouns
from vnextract.findings import Findings, with_bodies, with_dates, with_figures, with_people, with_relations
from vnextract.gold import GoldArticle, read_gold
from vnextract.links.scorer import LINKS, write_scorers
from vnextract.links.train import Read, train_on_read
from vnextract.model_folder import using
from vnextract.names.tagger.train import Settings, TrainingReport
from vnextract.names.tagger.train import train_on as train_tagger

FOLDS = 5
"""Parts of the articles; each is read with models that were trained on the others."""


def train(gold_paths: Iterable[str | Path], output: str | Path, settings: Settings | None = None) -> TrainingReport:
    """Train a whole model on gold files and write it into a folder.

    The same files in the same order give the same model, byte for byte. Half an hour and 2 GB of memory are needed for
    1,200 articles.

    Args:
        gold_paths: JSONL files of annotated articles, as `vnextract.gold` reads them.
        output: Folder for the model, which is made if need be.
        settings: Settings of the tagger's optimiser, where the defaults do not suit.

    Raises:
        InputFileError: a gold file cannot be read, or no file names an organisation.
        MissingExtraError: scikit-learn is not installed.
    """
    check_regression()
    articles, folder = list(read_gold(gold_paths)), Path(output)
    report = _train_readers(articles, folder, settings)
    with TemporaryDirectory() as scratch:
        unseen = list(_unseen(articles, Path(scratch), settings))
        write_scorers(folder / LINKS, train_on_read(unseen))
        train_confidence(list(_linked(unseen, Path(scratch)))).write(folder)
    return report


def _train_readers(articles: Sequence[GoldArticle], folder: Path, settings: Settings | None) -> TrainingReport:
    """Train what reads the text itself: names, counted nouns."""
    report = train_tagger(articles, folder, settings)
    train_nouns(articles, folder)
    return report


def _unseen(articles: Sequence[GoldArticle], scratch: Path, settings: Settings | None) -> Iterator[Read]:
    """Each article with what is found up to its bodies; every fifth article is of one part."""
    found: dict[int, Read] = {}
    for fold in range(min(FOLDS, len(articles))):
        others = [article for number, article in enumerate(articles) if number % FOLDS != fold]
        folder = scratch / f"readers-{fold}"
        _train_readers(others if any(other.organisations for other in others) else articles, folder, settings)
        with using(folder):
            for number in range(fold, len(articles), FOLDS):
                found[number] = Read(articles[number], _read(articles[number]))
    return (found[number] for number in sorted(found))


def _read(article: GoldArticle) -> Findings:
    """Everything up to the bodies."""
    known = Findings.of(Article(article.text, published=article.published))
    return with_bodies(with_figures(with_dates(known)))


def _linked(articles: Sequence[Read], scratch: Path) -> Iterator[tuple[GoldArticle, Findings]]:
    """Each article with everything that is found there; a part is a run of neighbours, which are of one source."""
    size = -(-len(articles) // FOLDS)
    for first in range(0, len(articles), size):
        folder = scratch / f"links-{first}"
        folder.mkdir()
        rest = [*articles[:first], *articles[first + size :]]
        write_scorers(folder / LINKS, train_on_read(rest))
        with using(folder):
            for one in articles[first : first + size]:
                yield one.gold, with_relations(with_people(one.known))
