"""Training of the model of counted nouns: from annotated articles to its weights."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vnextract.figures.nouns import NOUNS, WEIGHTS, candidates, describe, nothing, read_phrase
from vnextract.figures.scan import counting_places
from vnextract.fitting import Example, choice, fit
from vnextract.gold import GoldArticle, to_norm
from vnextract.scorer import Scorer, write_scorers
from vnextract.text.alignment import Span
from vnextract.text.document import Text

_PENALTY, _RARE, _SMALLEST = 1.0, 2, 0.05
"""How strongly weights are drawn to zero, how often a cue must be seen, and what it must weigh to be kept."""


def train_on(articles: Iterable[GoldArticle], folder: Path) -> Scorer:
    """Learn where counted nouns end and write the weights into a folder, which must exist."""
    lessons = [example for article in articles for example in examples(article)]
    model = Scorer(fit(lessons, _PENALTY, rare=_RARE, smallest=_SMALLEST))
    write_scorers(folder / WEIGHTS, {NOUNS: model})
    return model


def examples(article: GoldArticle) -> Iterator[Example]:
    """What an annotated article teaches: for every number that no unit of measure follows, what it counts."""
    text = Text(article.text)
    dates = sorted(to_norm(text.alignment, date.span) for date in article.dates)
    gold = [to_norm(text.alignment, found.span) for found in article.indicators]
    units = {span: str(found.values.get("unit") or "") for span, found in zip(gold, article.indicators, strict=True)}
    ignored = [to_norm(text.alignment, span) for span in article.ignored]
    for place in counting_places(text, dates):
        phrase = read_phrase(text.norm, place.at, place.limit)
        if phrase is None or any(span.start < place.at and place.start < span.end for span in ignored):
            continue
        ends = candidates(phrase)
        right = _right(text.norm, place.at, [phrase.tokens[end - 1].end for end in ends], place.start, units)
        if right is not None:
            yield choice([*describe(phrase, ends), nothing(phrase, place.number)], right)


def _right(text: str, at: int, ends: Sequence[int], start: int, units: dict[Span, str]) -> int | None:
    """Index of the right candidate: an end, or the one after them all for nothing; None where gold is another's."""
    holding = [span for span in units if span.start <= start < span.end]
    if not holding:
        return len(ends)
    span = holding[0]
    if span.end <= at:
        return len(ends)
    noun = units[span].split("/")[0]
    for index, end in enumerate(ends):
        if end == span.end or (end < span.end and text[at:end].strip().lower() == noun):
            return index
    return None
