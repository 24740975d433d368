"""Scores records against gold: precision, recall and F1 per layer, micro-averaged over all articles.

A predicted mention that touches an ignored span and matches no gold mention is left out before counting.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from vnextract.gold import GoldArticle, GoldIndicator, GoldOfficial, GoldPosition, read_gold
from vnextract.kinds import KINDS
from vnextract.lexicon.tables import table
from vnextract.pipeline import extract
from vnextract.records import ArticleRecord, Indicator, Mention, Official, Position, TemporalExpression
from vnextract.text.alignment import Span

LAYERS = tuple(kind.field for kind in KINDS.values())
FIGURES = (
    "organisations exact",
    "organisations overlap",
    "organisations kind",
    "organisations name",
    "officials mention",
    "officials person",
    "officials position",
    "dates exact",
    "dates overlap",
    "dates value",
    "indicators exact",
    "indicators overlap",
    "indicators value",
    "indicators full",
    "indicators measure",
    "indicators period",
    "indicators owner",
    "indicators said_by",
    "offsets",
)
"""The rows of a score table, in order."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_DASHES_AND_SPACES = re.compile(r"[\s\-–—]+")
_WORD = re.compile(r"\w+")
MEASURE_AGREEMENT = 0.5
"""The share of words from which two measures are the same."""
_NUMBER_TOLERANCE = 1e-9
_ABBREVIATIONS = tuple((re.compile(row["pattern"]), row["expansion"]) for row in table("evaluation_abbreviations"))


@dataclass(slots=True)
class Score:
    """Counts of one figure."""

    correct: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, correct: int, predicted: int, gold: int) -> None:
        """Add one article's counts."""
        self.correct += correct
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement with the gold."""

    layer: str
    article: str | None
    what: str
    detail: str

    def __str__(self) -> str:
        return f"{self.article}\t{self.what}\t{self.detail}"


@dataclass(slots=True)
class Evaluation:
    """A score table and every disagreement behind it."""

    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIGURES})
    misses: list[Miss] = field(default_factory=list)


def plain(text: str | None) -> str | None:
    """One spelling for comparison: case, spaces, dashes, tone placement and common abbreviations folded.

    >>> plain("UBND  tỉnh Hoà Bình") == plain("Uỷ ban nhân dân tỉnh Hòa Bình")
    True
    """
    if text is None:
        return None
    text = unicodedata.normalize("NFC", text).casefold()
    for pattern, expansion in _ABBREVIATIONS:
        text = pattern.sub(expansion, text)
    text = _DASHES_AND_SPACES.sub(" ", text).strip(" .,\"'“”")
    return " ".join(map(_tone_last, text.split(" ")))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    base = "".join(c for c in letters if c not in _TONES)
    return unicodedata.normalize("NFC", base) + "".join(sorted(c for c in letters if c in _TONES))


def _shared(a: Sequence[int], b: Sequence[int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def span_of(mention: Mention) -> Span:
    """Where a mention stands."""
    return Span(mention.start, mention.end)


def told_post(person: GoldOfficial | Official, post: GoldPosition | Position) -> tuple[str | None, ...]:
    """What a post says, in one spelling: person, title, body, status; two that are equal are the same."""
    return plain(person.name), plain(post.title), plain(post.organisation), str(post.status)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Gold and predicted mentions matched one to one (as indices), and what is left of either."""

    pairs: list[tuple[int, int]]
    missed: set[int]
    invented: set[int]


def pair(gold: Sequence[Span], predicted: Sequence[Span]) -> _Pairs:
    """Match mentions one to one: those that are alike, then those that share the most."""
    missed, invented = set(range(len(gold))), set(range(len(predicted)))
    same = ((i, j) for i in range(len(gold)) for j in reversed(range(len(predicted))) if gold[i] == predicted[j])
    touching = sorted(
        ((_shared(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if _shared(g, p)),
        reverse=True,
    )
    pairs = []
    for i, j in [*same, *((i, j) for _, i, j in touching)]:
        if i in missed and j in invented:
            pairs.append((i, j))
            missed.discard(i)
            invented.discard(j)
    return _Pairs(pairs, missed, invented)


class _ArticleScorer:
    """Scores one article into an evaluation."""

    def __init__(self, gold: GoldArticle, record: ArticleRecord, into: Evaluation) -> None:
        self._gold = gold
        self._record = record
        self._into = into
        self._names = record.names()

    def run(self) -> None:
        self._offsets()
        self._organisations()
        self._officials()
        self._dates()
        self._indicators()

    def _add(self, figure: str, correct: int, predicted: int, gold: int) -> None:
        self._into.scores[figure].add(correct, predicted, gold)

    def _say(self, layer: str, what: str, detail: str) -> None:
        self._into.misses.append(Miss(layer, self._gold.id, what, detail))

    def _text(self, span: Sequence[int]) -> str:
        return self._gold.text[span[0] : span[1]]

    def _counts(self, span: Span, gold: Iterable[Span]) -> bool:
        ignored = any(_shared(span, other) for other in self._gold.ignored)
        return not ignored or any(_shared(span, other) for other in gold)

    def _offsets(self) -> None:
        record = self._record
        mentions: list[Mention] = [m for o in record.organisations for m in o.mentions]
        mentions += [m for o in record.officials for m in o.mentions]
        mentions += [found.mention for found in record.dates]
        mentions += [found.mention for found in record.indicators]
        right = sum(self._text(span_of(m)) == m.text for m in mentions)
        self._add("offsets", right, len(mentions), len(mentions))

    def _bounds(self, layer: str, figure: str, gold: list[Span], predicted: list[Span]) -> _Pairs:
        matched = pair(gold, predicted)
        exact = sum(gold[i] == predicted[j] for i, j in matched.pairs)
        self._add(f"{figure} exact", exact, len(predicted), len(gold))
        self._add(f"{figure} overlap", len(matched.pairs), len(predicted), len(gold))
        for i in sorted(matched.missed):
            self._say(layer, "missed", self._text(gold[i]))
        for j in sorted(matched.invented):
            self._say(layer, "invented", self._text(predicted[j]))
        for i, j in matched.pairs:
            if gold[i] != predicted[j]:
                self._say(layer, "bounds", f"{self._text(gold[i])!r} got {self._text(predicted[j])!r}")
        return matched

    def _organisations(self) -> None:
        gold = self._gold.organisations
        spans = [o.span for o in gold]
        found = [(span_of(m), o) for o in self._record.organisations for m in o.mentions]
        found = [(span, o) for span, o in found if self._counts(span, spans)]
        matched = self._bounds("organisations", "organisations", spans, [span for span, _ in found])
        kinds = sum(gold[i].kind == found[j][1].kind for i, j in matched.pairs)
        self._add("organisations kind", kinds, len(found), len(gold))
        gold_names, names = {plain(o.name) for o in gold}, {plain(o.name) for _, o in found}
        self._add("organisations name", len(gold_names & names), len(names), len(gold_names))
        for i, j in matched.pairs:
            expected, got = gold[i], found[j][1]
            if plain(expected.name) != plain(got.name):
                self._say("organisations", "name", f"{expected.name!r} got {got.name!r}")
            if expected.kind != got.kind:
                self._say("organisations", "kind", f"{self._text(spans[i])!r}: {expected.kind} got {got.kind}")

    def _officials(self) -> None:
        gold_spans = [span for o in self._gold.officials for span in o.mentions]
        spans = [span_of(m) for o in self._record.officials for m in o.mentions]
        spans = [span for span in spans if self._counts(span, gold_spans)]
        self._sets("officials mention", set(gold_spans), set(spans), len(gold_spans), len(spans))
        people = [
            o
            for o in self._record.officials
            if not o.mentions or not all(any(_shared(span_of(m), i) for i in self._gold.ignored) for m in o.mentions)
        ]
        gold_names, names = {plain(o.name) for o in self._gold.officials}, {plain(o.name) for o in people}
        self._add("officials person", len(gold_names & names), len(names), len(gold_names))
        gold_posts = {told_post(o, p) for o in self._gold.officials for p in o.positions}
        posts = {told_post(o, p) for o in people for p in o.positions}
        self._sets("officials position", gold_posts, posts, len(gold_posts), len(posts))

    def _sets(self, figure: str, gold: set[Any], predicted: set[Any], gold_count: int, predicted_count: int) -> None:
        self._add(figure, len(gold & predicted), predicted_count, gold_count)
        part = "position " if figure.endswith("position") else ""
        for what, items in (("missed", gold - predicted), ("invented", predicted - gold)):
            for item in sorted(items, key=str):
                detail = self._text(item) if isinstance(item, Span) else " | ".join(map(str, item))
                self._say("officials", part + what, detail)

    def _dates(self) -> None:
        gold = self._gold.dates
        spans = [found.span for found in gold]
        found = [d for d in self._record.dates if self._counts(span_of(d.mention), spans)]
        matched = self._bounds("dates", "dates", spans, [span_of(d.mention) for d in found])
        right = 0
        for i, j in matched.pairs:
            agrees = same_date(gold[i].values, found[j])
            right += agrees
            if not agrees:
                self._say("dates", "value", f"{self._text(spans[i])!r}: {dict(gold[i].values)} got {found[j]!r}")
        self._add("dates value", right, len(found), len(gold))

    def _indicators(self) -> None:
        gold = self._gold.indicators
        spans = [figure.span for figure in gold]
        found = [f for f in self._record.indicators if self._counts(span_of(f.mention), spans)]
        matched = self._bounds("indicators", "indicators", spans, [span_of(f.mention) for f in found])
        counts: Counter[str] = Counter()
        for i, j in matched.pairs:
            expected, got = gold[i].values, found[j]
            value = same_value(expected, got)
            full = value and expected["qualifier"] == got.qualifier and expected["direction"] == got.direction
            measure = value and same_measure(expected["measure"], got.measure)
            counts.update({"value": value, "full": full, "measure": measure})
            if not full:
                self._say("indicators", "value", f"{self._text(spans[i])!r}: {dict(expected)} got {got!r}")
            elif not measure:
                self._say(
                    "indicators", "measure", f"{self._text(spans[i])!r}: {expected['measure']!r} got {got.measure!r}"
                )
            self._relations(gold[i], got)
        for name in ("value", "full", "measure"):
            self._add(f"indicators {name}", counts[name], len(found), len(gold))

    def _relations(self, expected: GoldIndicator, got: Indicator) -> None:
        """Count what a figure is linked to, where gold says it: by the date's place, by the names of the others."""
        gold = expected.relations
        if gold is None:
            return
        when = None if got.period is None else self._record.dates[got.period].mention
        right = when is not None and gold.period is not None and _shared(span_of(when), gold.period) > 0
        found: list[tuple[str, str | None, str | None, bool]] = [
            ("period", self._text(gold.period) if gold.period else None, when.text if when else None, right)
        ]
        for relation, name, id in (
            ("owner", gold.owner, got.organisation_id),
            ("said_by", gold.said_by, got.said_by_id),
        ):
            mine = self._names.get(id) if id else None
            found.append((relation, name, mine, mine is not None and plain(mine) == plain(name)))
        for relation, wanted, mine, good in found:
            self._add(f"indicators {relation}", good, mine is not None, wanted is not None)
            if not good and (wanted or mine):
                self._say("indicators", relation, f"{self._text(expected.span)!r}: {wanted!r} got {mine!r}")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def same_date(gold: Mapping[str, Any], found: TemporalExpression) -> bool:
    """Whether a temporal expression has the kind and the value that gold gives it."""
    if gold["kind"] != found.kind:
        return False
    if gold["kind"] == "duration":
        return bool(gold["duration"] == found.duration)
    if gold["kind"] == "set":
        return True
    return bool(gold["first_day"] == _day(found.first_day) and gold["last_day"] == _day(found.last_day))


def _same_number(a: float | None, b: Decimal | None) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return math.isclose(a, float(b), rel_tol=_NUMBER_TOLERANCE, abs_tol=_NUMBER_TOLERANCE)


def same_value(gold: Mapping[str, Any], found: Indicator) -> bool:
    """Whether a figure has the numbers and the unit that gold gives it."""
    numbers = ((gold["value"], found.value), (gold["upper"], found.upper), (gold["total"], found.total))
    return all(_same_number(a, b) for a, b in numbers) and plain(gold["unit"]) == plain(found.unit)


def _words(text: str | None) -> Counter[Hashable]:
    return Counter(_WORD.findall(plain(text) or ""))


def agreement(one: str | None, other: str | None) -> float:
    """How many words two measures share, from 0 to 1 (Dice).

    >>> agreement("tổng thu ngân sách", "thu ngân sách")
    0.8571428571428571
    """
    a, b = _words(one), _words(other)
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def same_measure(gold: str | None, found: str | None) -> bool:
    """Whether two measures share enough words; where gold has none, any will do."""
    return gold is None or agreement(gold, found) >= MEASURE_AGREEMENT


def evaluate(gold: Iterable[GoldArticle], records: Iterable[ArticleRecord]) -> Evaluation:
    """Score records against gold, pair by pair in order.

    Raises:
        ValueError: there are more of one than of the other.
    """
    evaluation = Evaluation()
    for article, record in zip(gold, records, strict=True):
        _ArticleScorer(article, record, evaluation).run()
    return evaluation


def extract_gold(gold: Iterable[GoldArticle]) -> Iterator[ArticleRecord]:
    """What the library makes of the gold's texts."""
    return (extract(article.text, published=article.published, id=article.id) for article in gold)


def evaluate_files(paths: Iterable[str | Path]) -> Evaluation:
    """Extract from every text of some gold files and score the result.

    Raises:
        InputFileError: a file is no gold.
    """
    gold = list(read_gold(paths))
    return evaluate(gold, extract_gold(gold))
