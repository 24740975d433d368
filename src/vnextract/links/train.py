"""Training of the links: from annotated articles to the weights of cues and the thresholds of each kind of link."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain as all_of
from typing import Any

import numpy as np

from vnextract.article import Article
from vnextract.evaluate import MEASURE_AGREEMENT, agreement, plain
from vnextract.findings import Findings, with_dates, with_figures, with_people
from vnextract.fitting import Example, fit
from vnextract.gold import GoldArticle, GoldIndicator, in_one_line, to_norm
from vnextract.lexicon.tables import table
from vnextract.links.attach import CHAINED, chain
from vnextract.links.measures import candidates, options_of
from vnextract.links.model import LINKS, POSTS
from vnextract.links.models import MEASURE, OWNER, PERIOD, SPEAKER
from vnextract.links.posts import BODY, HOLDERS, NOBODY, STATUS, Judge, Learnt
from vnextract.links.scene import Scene
from vnextract.links.train_posts import teachers, with_gold_bodies
from vnextract.scorer import Scorer
from vnextract.text.alignment import Span

_MARKED = re.compile(r"\[([^]|]*)\|([^]|]*)\]")
_FOLDS = 5
_MARGINS = {BODY: 0.3, HOLDERS: 0.6}
"""How much likelier none is taken for: a wrong body or holder is worse than none. Chosen by cross-validation."""
_RECALL_COUNTS = 0.4
"""How much recall counts beside precision where links are made: a wrong one is worse than none."""


@dataclass(frozen=True, slots=True)
class _Care:
    """How carefully one kind of link is learnt. All chosen by cross-validation over runs of neighbouring articles."""

    penalty: float
    rare: int
    """In how many lists a cue must stand to be weighed at all."""
    smallest: float
    """What a cue must weigh to be kept."""
    rounds: int = 100
    in_one_line: bool = False
    """Whether an article teaches once more with its paragraphs lost: links that lean on them need other cues then."""

    def fit(self, examples: Sequence[Example]) -> dict[str, float]:
        """The weights of the cues that count."""
        return fit(examples, self.penalty, self.rounds, self.rare, self.smallest)


_CONSTRUCTIONS_COUNT = 4
"""How many articles' weight a construction has."""
_CARE = {
    PERIOD: _Care(40.0, 8, 0.05, in_one_line=True),
    OWNER: _Care(25.0, 8, 0.05),
    SPEAKER: _Care(30.0, 5, 0.05),
    MEASURE: _Care(5.0, 5, 0.05, rounds=60),
    BODY: _Care(5.0, 8, 0.03),
    HOLDERS: _Care(10.0, 8, 0.03),
    STATUS: _Care(3.0, 8, 0.03),
}


def train_on_read(articles: Sequence["Read"]) -> dict[str, dict[str, Scorer]]:
    """All scorers by the file they go to, from articles as read up to their bodies.

    Posts are first learnt, then what speaks of their bearers.
    """
    posts = train_posts(articles)
    judge = Learnt.of(posts)
    return {LINKS: train_links([one.with_people(judge) for one in articles]), POSTS: posts}


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated article, and what the stages before the links make of it."""

    gold: GoldArticle
    known: Findings
    in_one_line: Findings | None = None
    """What they make of the same text with a blank for every line break; None where it has few lines."""

    def with_people(self, judge: Judge) -> "Read":
        """Add the officials."""
        line = with_people(self.in_one_line, judge) if self.in_one_line else None
        return Read(self.gold, with_people(self.known, judge), line)

    def copies(self) -> Iterator["Read"]:
        """The article as it is printed, and in one line."""
        yield self
        if self.in_one_line:
            yield Read(in_one_line(self.gold), self.in_one_line)


def train_links(articles: Sequence[Read]) -> dict[str, Scorer]:
    """The scorers of all kinds of links; none where the articles show no links."""
    scorers = {}
    for kind in CHAINED:
        care = _CARE[kind]
        lessons = [lesson for one in articles if (lesson := _lesson(kind, one, care))]
        if lessons:
            taught = [*constructions()] * _CONSTRUCTIONS_COUNT if kind == PERIOD else []
            scorers[kind] = Scorer(
                care.fit([*all_of.from_iterable(lessons), *taught]), thresholds(lessons, care, taught)
            )
    measured = [example for article in articles for example in measures_of(article)]
    if measured:
        scorers[MEASURE] = Scorer(_CARE[MEASURE].fit(measured))
    return scorers


def _lesson(kind: str, article: Read, care: _Care) -> list[Example]:
    """What an article teaches of one kind of links: as it is printed, and in one line where that counts."""
    copies = article.copies() if care.in_one_line else (article,)
    return [example for copy in copies if (example := example_of(kind, copy)) is not None]


def train_posts(articles: Sequence[Read]) -> dict[str, Scorer]:
    """The scorers of whose a post is, who bears it and whether it is held; the lexicon's constructions teach them too.

    Bodies count twice, as found and as gold has them, so that the weights know posts of wrong bodies and of right ones.
    """
    found = list(teachers((one.gold, known) for one in articles for known in (one.known, with_gold_bodies(one))))
    taught = {
        BODY: [example for teacher in found for example in teacher.bodies()],
        HOLDERS: [example for teacher in found for example in teacher.holdings()],
        STATUS: [example for teacher in found for example in teacher.statuses],
    }
    scorers = {}
    for kind, examples in taught.items():
        weights = _CARE[kind].fit(examples)
        if kind in _MARGINS:
            weights[NOBODY] = round(weights.get(NOBODY, 0.0) + _MARGINS[kind], 3)
        scorers[kind] = Scorer(weights)
    return scorers


def constructions() -> Iterator[Example]:
    """The constructions of the lexicon: figures whose dates are known."""
    for row in table("figure_constructions"):
        printed, wanted, at = "", dict[int, str](), 0
        for mark in _MARKED.finditer(row["text"]):
            printed += row["text"][at : mark.start()]
            wanted[len(printed)] = mark[2]
            printed, at = printed + mark[1], mark.end()
        known = with_figures(with_dates(Findings.of(Article(printed + row["text"][at:], published="2025-08-20"))))
        found = chain(Scene(known.text, known.dates, known.figures, (), ()), PERIOD)
        right = []
        for figure, options in zip(known.figures, found.options, strict=True):
            words = wanted.get(figure.start, "-")
            dates = (option.value for option in options)
            right.append([float(words == (known.text.norm[date.start : date.end] if date else "-")) for date in dates])
        yield Example(found, right)


def thresholds(lessons: Sequence[Sequence[Example]], care: _Care, taught: Sequence[Example] = ()) -> dict[str, float]:
    """The probability from which links are made, the same for each side: probabilities of all sides mean the same.

    Chosen on articles that the weights have not seen, and that stand apart from those they have: annotated articles
    come in batches from one source, so each part is a run of neighbours. What an article teaches first, which is as it
    is printed, is judged.
    """
    judged: list[tuple[float, float]] = []
    sides: set[str] = set()
    size = -(-len(lessons) // _FOLDS)
    for first in range(0, len(lessons), size):
        rest = [*all_of.from_iterable(lessons[:first]), *all_of.from_iterable(lessons[first + size :])]
        scorer = Scorer(care.fit([*rest, *taught])) if rest else Scorer({})
        for example, *_ in lessons[first : first + size]:
            decided = zip(scorer.decide(example.chain, named=True), example.chain.options, example.right, strict=True)
            for decision, options, right in decided:
                if any(right) and decision.value is not None:
                    good = next(good for option, good in zip(options, right, strict=True) if option is decision.option)
                    judged.append((decision.probability, good))
                    sides.add(decision.option.side)
    linked = sum(any(right) and not right[0] for example, *_ in lessons for right in example.right)
    least = least_probability(judged, linked)
    return {} if least is None else dict.fromkeys(sorted(sides), least)


def least_probability(judged: Sequence[tuple[float, float]], linked: int) -> float | None:
    """The probability from which links are best made: as many of those to be made, and as many right, as can be had.

    Args:
        judged: The probability of each link that might be made, and whether it is right.
        linked: How many links gold has.

    >>> least_probability([(0.9, 1.0), (0.8, 1.0), (0.7, 1.0), (0.4, 0.0), (0.3, 1.0), (0.2, 0.0)], 5)
    0.7
    """
    best, least, right = 0.0, None, 0.0
    for count, (probability, good) in enumerate(sorted(judged, reverse=True), 1):
        right += good
        worth = (1 + _RECALL_COUNTS) * right / (_RECALL_COUNTS * linked + count) if linked else 0.0
        if worth > best:
            best, least = worth, probability
    return None if least is None else float(np.floor(least * 100) / 100)


def example_of(kind: str, article: Read) -> Example | None:
    """The figures of an article with what gold links them to; None where gold says nothing of them."""
    known = article.known
    if not known.figures:
        return None
    scene = Scene(known.text, known.dates, known.figures, known.bodies, known.people)
    options = chain(scene, kind)
    judge = _Judge(article)
    right = []
    for figure, found in zip(known.figures, options.options, strict=True):
        gold = judge.figure(figure.start, figure.end)
        good = [0.0] * len(found)
        if gold is not None and gold.relations is not None:
            good = [float(judge.holds(kind, gold, option.value)) for option in found]
            good = good if any(good) else [1.0, *good[1:]]
        right.append(good)
    return Example(options, right) if any(map(any, right)) else None


def measures_of(article: Read) -> Iterator[Example]:
    """The figures of an article, each for itself, with what gold says they measure."""
    known, judge = article.known, _Judge(article)
    stretches = candidates(Scene(known.text, known.dates, known.figures, known.bodies, known.people))
    for index, figure in enumerate(known.figures):
        gold = judge.figure(figure.start, figure.end)
        if gold is None:
            continue
        options = options_of(stretches, index)
        wanted = gold.values["measure"]
        right = [float(wanted is None)]
        for option in options[1:]:
            shared = agreement(wanted, known.text.norm[slice(*option.value)] if option.value else None)
            right.append(shared**2 if shared >= MEASURE_AGREEMENT else 0.0)
        # Where no option is right, none at all is not right either: such figures would teach that many measure nothing.
        if any(right):
            yield Example.alone(options, right)


class _Judge:
    """Tells which figure of gold a figure is, and whether a link is right."""

    def __init__(self, article: Read) -> None:
        alignment = article.known.text.alignment
        self._gold = [(to_norm(alignment, figure.span), figure) for figure in article.gold.indicators]
        self._places: dict[str | None, set[Span]] = {}
        for body in article.gold.organisations:
            self._places.setdefault(plain(body.name), set()).add(to_norm(alignment, body.span))
        for person in article.gold.officials:
            spans = {to_norm(alignment, span) for span in person.mentions}
            self._places.setdefault(plain(person.name), set()).update(spans)
        self._alignment = alignment

    def figure(self, start: int, end: int) -> GoldIndicator | None:
        """The figure of gold that shares the most with a stretch."""
        shared = [(min(end, span.end) - max(start, span.start), figure) for span, figure in self._gold]
        most = max(shared, key=lambda pair: pair[0], default=None)
        return most[1] if most and most[0] > 0 else None

    def holds(self, kind: str, gold: GoldIndicator, value: Any) -> bool:
        """Whether gold links a figure to a date, a body or a person, which it may know by another name."""
        relations = gold.relations
        wanted = getattr(relations, kind)
        if value is None or wanted is None:
            return value is None and wanted is None
        if kind == "period":
            span = to_norm(self._alignment, wanted)
            return bool(value.start < span.end and span.start < value.end)
        places = self._places.get(plain(wanted), set())
        return plain(value.name) == plain(wanted) or any(Span(one.start, one.end) in places for one in value.mentions)
