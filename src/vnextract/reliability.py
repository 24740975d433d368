"""Whether the library is as sure as it is right: every fact of a record judged by gold, beside its confidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt

from vnextract.confidence import evidence
from vnextract.evaluate import pair, plain, same_date, same_measure, same_value, span_of, told_post
from vnextract.gold import GoldArticle, GoldIndicator
from vnextract.links.models import MEASURE, OWNER, PERIOD, SPEAKER
from vnextract.records import ArticleRecord, Indicator
from vnextract.text.alignment import Span

_BINS = 10
_MEAN_DEVIATION = sqrt(2 / pi)
"""The mean distance from the middle, of what is normally distributed, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One fact that carries a confidence."""

    layer: str
    """One of `vnextract.confidence.evidence.LAYERS`."""
    confidence: float | None
    right: bool | None
    """Whether gold agrees; None where gold says nothing of it."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often the facts of one layer are right, for how sure they are."""

    judged: Sequence[tuple[float, bool]]
    """Confidence and truth of each fact."""
    gold: int
    """Facts that gold has."""

    def at(self, threshold: float) -> tuple[float, float]:
        """Precision and recall of the facts that are at least so sure; precision is 1 where there is none.

        >>> Reliability([(0.9, True), (0.6, False)], 4).at(0.8)
        (1.0, 0.25)
        """
        kept = [right for confidence, right in self.judged if confidence >= threshold]
        return sum(kept) / len(kept) if kept else 1.0, sum(kept) / self.gold if self.gold else 0.0

    def bins(self) -> list[tuple[int, float, float]]:
        """For each tenth of the scale that has facts: how many, their mean confidence, the share that is right."""
        return [
            (len(part), sum(sure for sure, _ in part) / len(part), sum(right for _, right in part) / len(part))
            for part in self._parts()
        ]

    def _parts(self) -> list[list[tuple[float, bool]]]:
        parts: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
        for confidence, right in self.judged:
            parts[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
        return [part for part in parts if part]

    @property
    def calibration_error(self) -> float:
        """The expected calibration error: how far confidence and truth lie apart, bin by bin, weighed by facts.

        >>> round(Reliability([(0.9, True), (0.9, False)], 2).calibration_error, 2)
        0.4
        """
        return sum(count * abs(sure - right) for count, sure, right in self.bins()) / max(len(self.judged), 1)

    @property
    def chance_error(self) -> float:
        """The calibration error to expect of so many facts by chance alone, were their confidence exactly right.

        An error below it says nothing against the confidence. Facts count as independent; those of one article are
        not quite, so that chance makes more of few articles than this.

        >>> one = Reliability([(0.5, True), (0.5, False)], 2)
        >>> round(one.chance_error, 2), round(Reliability([*one.judged] * 50, 100).chance_error, 2)
        (0.28, 0.04)
        """
        spreads = (sqrt(sum(sure * (1 - sure) for sure, _ in part)) for part in self._parts())
        return _MEAN_DEVIATION * sum(spreads) / max(len(self.judged), 1)


def reliability(gold: Iterable[GoldArticle], records: Iterable[ArticleRecord]) -> dict[str, Reliability]:
    """How reliable each layer's confidence is, over records of annotated articles, pair by pair in order.

    Raises:
        ValueError: there are more of one than of the other.
    """
    judged: dict[str, list[tuple[float, bool]]] = {layer: [] for layer in evidence.LAYERS}
    counts = dict.fromkeys(evidence.LAYERS, 0)
    for article, record in zip(gold, records, strict=True):
        for one in judgements(article, record):
            if one.right is not None and one.confidence is not None:
                judged[one.layer].append((one.confidence, one.right))
        for layer, count in _counts(article).items():
            counts[layer] += count
    return {layer: Reliability(judged[layer], counts[layer]) for layer in evidence.LAYERS}


def judgements(gold: GoldArticle, record: ArticleRecord) -> list[Judgement]:
    """Every fact of a record that may carry a confidence, in the record's order, layer by layer."""
    return [*_bodies(gold, record), *_people(gold, record), *_dates(gold, record), *_figures(gold, record)]


def _counts(gold: GoldArticle) -> dict[str, int]:
    """How many facts of each layer gold has."""
    related = [figure.relations for figure in gold.indicators if figure.relations]
    return {
        evidence.MENTION: len(gold.organisations),
        evidence.NAME: len({plain(body.name) for body in gold.organisations}),
        evidence.PERSON: len({plain(person.name) for person in gold.officials}),
        evidence.POSITION: sum(len(person.positions) for person in gold.officials),
        evidence.DATE: len(gold.dates),
        evidence.FIGURE: len(gold.indicators),
        MEASURE: sum(figure.values["measure"] is not None for figure in gold.indicators),
        PERIOD: sum(one.period is not None for one in related),
        OWNER: sum(one.owner is not None for one in related),
        SPEAKER: sum(one.said_by is not None for one in related),
    }


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _matched(gold: Sequence[Span], spans: Sequence[Span], ignored: Sequence[Span]) -> list[int | None]:
    """The number of the gold mention that each span is; -1 for none, None where it does not count."""
    partners: dict[int, int] = {mine: theirs for theirs, mine in pair(gold, spans).pairs}
    found: list[int | None] = []
    for number, span in enumerate(spans):
        free = number not in partners and _touches(span, ignored) and not _touches(span, gold)
        found.append(None if free else partners.get(number, -1))
    return found


def _bodies(gold: GoldArticle, record: ArticleRecord) -> Iterator[Judgement]:
    spans = [one.span for one in gold.organisations]
    every = [(mention, body) for body in record.organisations for mention in body.mentions]
    partners = _matched(spans, [span_of(mention) for mention, _ in every], gold.ignored)
    names = {plain(one.name) for one in gold.organisations}
    counted: set[str] = set()
    for (mention, body), partner in zip(every, partners, strict=True):
        right = None
        if partner is not None:
            counted.add(body.id)
            right = (
                partner >= 0 and spans[partner] == span_of(mention) and gold.organisations[partner].kind == body.kind
            )
        yield Judgement(evidence.MENTION, mention.confidence, right)
    for body in record.organisations:
        right = plain(body.name) in names if body.id in counted else None
        yield Judgement(evidence.NAME, body.name_confidence, right)


def _people(gold: GoldArticle, record: ArticleRecord) -> Iterator[Judgement]:
    names = {plain(person.name) for person in gold.officials}
    posts = {told_post(person, post) for person in gold.officials for post in person.positions}
    for person in record.officials:
        counts = not all(_touches(span_of(mention), gold.ignored) for mention in person.mentions)
        yield Judgement(evidence.PERSON, person.confidence, plain(person.name) in names if counts else None)
        for post in person.positions:
            right = told_post(person, post) in posts if counts else None
            yield Judgement(evidence.POSITION, post.confidence, right)


def _dates(gold: GoldArticle, record: ArticleRecord) -> Iterator[Judgement]:
    spans = [one.span for one in gold.dates]
    found = [span_of(date.mention) for date in record.dates]
    for date, span, partner in zip(record.dates, found, _matched(spans, found, gold.ignored), strict=True):
        right = None
        if partner is not None:
            right = partner >= 0 and spans[partner] == span and same_date(gold.dates[partner].values, date)
        yield Judgement(evidence.DATE, date.confidence, right)


def _figures(gold: GoldArticle, record: ArticleRecord) -> Iterator[Judgement]:
    spans = [one.span for one in gold.indicators]
    found = [span_of(figure.mention) for figure in record.indicators]
    names = record.names()
    for figure, span, partner in zip(record.indicators, found, _matched(spans, found, gold.ignored), strict=True):
        known = gold.indicators[partner] if partner is not None and partner >= 0 else None
        right = None if partner is None else known is not None and same_value(known.values, figure)
        exact = right and known is not None and known.span == span
        yield Judgement(evidence.FIGURE, figure.confidence, right if right is None else bool(exact))
        if figure.measure is not None:
            agrees = known is not None and right and same_measure(known.values["measure"], figure.measure)
            yield Judgement(MEASURE, figure.measure_confidence, None if right is None else bool(agrees))
        yield from _links(known, figure, record, names)


def _links(
    gold: GoldIndicator | None, figure: Indicator, record: ArticleRecord, names: Mapping[str, str]
) -> Iterator[Judgement]:
    """What the figure is linked to; no truth is known of it where gold has no such figure or tells no relations."""
    told = gold.relations if gold else None
    if figure.period is not None:
        when = span_of(record.dates[figure.period].mention)
        right = None if told is None else told.period is not None and _touches(when, [told.period])
        yield Judgement(PERIOD, figure.period_confidence, right)
    others: tuple[tuple[str, str | None, float | None, Callable[[], str | None]], ...] = (
        (OWNER, figure.organisation_id, figure.owner_confidence, lambda: told.owner if told else None),
        (SPEAKER, figure.said_by_id, figure.said_by_confidence, lambda: told.said_by if told else None),
    )
    for layer, id, sure, wanted in others:
        if id is not None:
            yield Judgement(layer, sure, None if told is None else plain(names[id]) == plain(wanted()))
