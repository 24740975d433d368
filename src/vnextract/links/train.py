"""Training of the links: from annotated articles to the weights of cues and the thresholds of each kind of link."""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vnextract.article import Article
from vnextract.evaluate import MEASURE_AGREEMENT, agreement, plain
from vnextract.findings import Findings, with_dates, with_figures, with_people
from vnextract.gold import GoldArticle, GoldIndicator, to_norm
from vnextract.lexicon.tables import table
from vnextract.links.attach import CHAINED, chain
from vnextract.links.measures import candidates, options_of
from vnextract.links.models import MEASURE, OWNER, PERIOD, SPEAKER
from vnextract.links.posts import HOLDERS, NOBODY, STATUS, Learnt
from vnextract.links.scene import Scene
from vnextract.links.scorer import TURNS, Chain, Scorer, turns_of
from vnextract.links.train_posts import teachers, with_gold_bodies
from vnextract.text.alignment import Span

_RARE = 3
_ROUNDS = 100
_SMALLEST = 0.005
_NEVER = -1
_MARKED = re.compile(r"\[([^]|]*)\|([^]|]*)\]")
_FOLDS = 5
_POST_RARE, _POST_PENALTY, _STATUS_PENALTY = 8, 3.0, 1.0
_MARGIN = 0.6
"""How much likelier than anybody nobody is taken for: a wrong holder is worse than none. Chosen by cross-validation."""
_MEASURE_ROUNDS, _MEASURE_PENALTY = 60, 10.0
_RECALL_COUNTS = 0.4
"""How much recall counts beside precision where links are made: a wrong one is worse than none."""


@dataclass(frozen=True, slots=True)
class _Care:
    """How carefully one kind of link is learnt. All chosen by cross-validation over runs of neighbouring articles."""

    penalty: float
    rare: int
    """In how many lists a cue must stand to be weighed at all."""


_CARE = {PERIOD: _Care(16.0, 8), OWNER: _Care(10.0, 5), SPEAKER: _Care(30.0, 5)}


def train_on_read(articles: Sequence["Read"]) -> dict[str, Scorer]:
    """All scorers, from articles as read up to their bodies: first the posts, then what speaks of their bearers."""
    posts = train_posts(articles)
    judge = Learnt(posts[HOLDERS], posts[STATUS])
    return train_links([replace(one, known=with_people(one.known, judge)) for one in articles]) | posts


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated article, and what the stages before the links make of it."""

    gold: GoldArticle
    known: Findings


def train_links(articles: Sequence[Read]) -> dict[str, Scorer]:
    """The scorers of all kinds of links; none where the articles show no links."""
    scorers = {}
    for kind in CHAINED:
        examples = [example for article in articles if (example := example_of(kind, article)) is not None]
        if examples:
            taught = list(constructions()) if kind == PERIOD else []
            care = _CARE[kind]
            weights = fit([*examples, *taught], care.penalty, rare=care.rare)
            scorers[kind] = Scorer(weights, thresholds(examples, care, taught))
    measured = [example for article in articles for example in measures_of(article)]
    if measured:
        scorers[MEASURE] = Scorer(fit(measured, _MEASURE_PENALTY, _MEASURE_ROUNDS))
    return scorers


def train_posts(articles: Sequence[Read]) -> dict[str, Scorer]:
    """The scorers of who bears a post and whether it is held, from articles and the constructions of the lexicon.

    Bodies count twice, as found and as gold has them, so that the weights know posts of wrong bodies and of right ones.
    """
    found = list(teachers((one.gold, known) for one in articles for known in (one.known, with_gold_bodies(one))))
    holders = [Example(chain, right) for teacher in found for chain, right in teacher.asked()]
    statuses = [Example(chain, right) for teacher in found for chain, right in teacher.statuses]
    weights = fit(holders, _POST_PENALTY, rare=_POST_RARE)
    weights[NOBODY] = round(weights.get(NOBODY, 0.0) + _MARGIN, 3)
    return {HOLDERS: Scorer(weights), STATUS: Scorer(fit(statuses, _STATUS_PENALTY, rare=_POST_RARE))}


def constructions() -> "Iterator[Example]":
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


def thresholds(examples: Sequence["Example"], care: _Care, taught: Sequence["Example"] = ()) -> dict[str, float]:
    """The probability from which links are made, the same for each side: probabilities of all sides mean the same.

    Chosen on articles that the weights have not seen, and that stand apart from those they have: annotated articles
    come in batches from one source, so each part is a run of neighbours.
    """
    judged: list[tuple[float, float]] = []
    sides: set[str] = set()
    size = -(-len(examples) // _FOLDS)
    for first in range(0, len(examples), size):
        part = examples[first : first + size]
        rest = [*examples[:first], *examples[first + size :]]
        scorer = Scorer(fit([*rest, *taught], care.penalty, rare=care.rare)) if rest else Scorer({})
        for example in part:
            decided = zip(scorer.decide(example.chain, named=True), example.chain.options, example.right, strict=True)
            for decision, options, right in decided:
                if any(right) and decision.value is not None:
                    good = next(good for option, good in zip(options, right, strict=True) if option is decision.option)
                    judged.append((decision.probability, good))
                    sides.add(decision.option.side)
    linked = sum(any(right) and not right[0] for example in examples for right in example.right)
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


def example_of(kind: str, article: Read) -> "Example | None":
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


def measures_of(article: Read) -> "Iterator[Example]":
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
            yield Example(Chain([options], [""]), [right])


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


@dataclass(frozen=True, slots=True)
class Example:
    """The figures of an article: their options, and how right each option is; all zero where gold says nothing."""

    chain: Chain[Any]
    right: Sequence[Sequence[float]]


def fit(
    examples: Sequence[Example], penalty: float = 10.0, rounds: int = _ROUNDS, rare: int = _RARE
) -> dict[str, float]:
    """The weights under which the right options are likeliest: a conditional random field with a quadratic penalty.

    The steps are those of Rprop, each weight with its own, so that rare and frequent cues are learnt alike.
    """
    examples = [example for example in examples if example.chain.options]
    counts: Counter[str] = Counter()
    for cues in _cue_lists(examples):
        counts.update(cues)
    names = sorted(cue for cue, count in counts.items() if count >= rare)
    turns = sorted({name for example in examples for step in example.chain.steps[1:] for name in turns_of(step)})
    data = _Data(examples, names + turns)
    weights = _rprop(data, penalty, rounds)
    pairs = zip(data.names, weights, strict=True)
    return {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= _SMALLEST}


def _cue_lists(examples: Sequence[Example]) -> Iterator[Sequence[str]]:
    """The cues of every option, and those that options share, once."""
    for example in examples:
        for options in example.chain.options:
            parts = {id(part): part for option in options for part in option.parts}
            yield from parts.values()
            yield from (option.cues for option in options)


class _Data:
    """The examples as arrays: article by position by value. Value 0 is None; values of one identity are merged."""

    def __init__(self, examples: Sequence[Example], names: Sequence[str]) -> None:
        self.names = names
        self._number = {name: index for index, name in enumerate(names)}
        examples = sorted(examples, key=lambda example: -len(example.chain.options))
        self.lengths = np.array([len(example.chain.options) for example in examples])
        longest = int(self.lengths[0])
        keys = [[_keys(options) for options in example.chain.options] for example in examples]
        width = max(len(found) for found_all in keys for found in found_all)
        self.shape = shape = len(examples), longest, width
        self.back, self.ahead = np.full(shape, width), np.full(shape, width)
        self.turns = np.full((len(examples), longest, len(TURNS)), _NEVER)
        self._cues, self._lists = array("i"), array("i")
        self._uses, self._users = array("i"), array("i")
        self._count = 0
        slots, rights = array("q"), array("d")
        for row, example in enumerate(examples):
            for at, (options, right) in enumerate(zip(example.chain.options, example.right, strict=True)):
                places, parts = keys[row][at], dict[int, int]()
                known = any(right)
                for option, good in zip(options, right, strict=True):
                    used = [self._list(option.cues)]
                    for part in option.parts:
                        if id(part) not in parts:
                            parts[id(part)] = self._list(part)
                        used.append(parts[id(part)])
                    self._uses.extend(used)
                    self._users.extend([len(slots)] * len(used))
                    slots.append((row * longest + at) * width + places[id(option.value)])
                    rights.append(good if known else 1.0)
                for key, place in places.items():
                    if at and key != id(None) and key in keys[row][at - 1]:
                        other = keys[row][at - 1][key]
                        self.back[row, at, place], self.ahead[row, at - 1, other] = other, place
                if at:
                    self.turns[row, at] = [self._number[name] for name in turns_of(example.chain.steps[at])]
        self.cues, self.lists = np.array(self._cues), np.array(self._lists)
        self.uses, self.users = np.array(self._uses), np.array(self._users)
        self.slots, self.right = np.array(slots), np.array(rights)

    def _list(self, cues: Sequence[str]) -> int:
        """Store a list of cues and give its number."""
        found = [self._number[cue] for cue in cues if cue in self._number]
        self._cues.extend(found)
        self._lists.extend([self._count] * len(found))
        self._count += 1
        return self._count - 1

    def gradient(self, weights: Any, penalty: float) -> Any:
        """The slope of the loss: expected less wanted counts of every cue, and the penalty's."""
        of_list = np.bincount(self.lists, weights[self.cues], self._count)
        scores = np.exp(np.bincount(self.users, of_list[self.uses], len(self.slots)).clip(-30, 30))
        free, free_turns = self._chances(scores, weights)
        wanted, wanted_turns = self._chances(scores * self.right, weights)
        per_list = np.bincount(self.uses, (free - wanted)[self.users], self._count)
        slope = np.bincount(self.cues, per_list[self.lists], len(self.names))
        known = self.turns != _NEVER
        slope += np.bincount(self.turns[known], (free_turns - wanted_turns)[known], len(self.names))
        return slope + penalty * weights

    def _chances(self, shares: Any, weights: Any) -> tuple[Any, Any]:
        """The probability of each option, and of each turn at each figure."""
        rows, longest, width = self.shape
        values = np.bincount(self.slots, shares, rows * longest * width).reshape(self.shape)
        turns = np.where(self.turns == _NEVER, 1.0, np.exp(weights[self.turns].clip(-30, 30)))
        before, after = np.zeros((rows, longest, width + 1)), np.zeros((rows, longest, width + 1))
        for at in range(longest):
            live = self.lengths > at
            ways = values[live, at]
            if at:
                last, turn = before[live, at - 1], turns[live, at]
                same = np.take_along_axis(last, self.back[live, at], 1)
                nothing = last[:, :1]
                something = last.sum(1, keepdims=True) - nothing
                none, begins, ends, stays, changes = (turn[:, [part]] for part in range(len(TURNS)))
                led = begins * nothing + stays * same + changes * (something - same)
                led[:, 0] = (none * nothing + ends * something)[:, 0]
                ways = ways * led
            before[live, at, :width] = ways / np.maximum(ways.sum(1, keepdims=True), 1e-300)
        pairs = np.zeros((rows, longest, len(TURNS)))
        for at in range(longest - 1, -1, -1):
            here, onward_lives = self.lengths > at, self.lengths > at + 1
            after[here, at, :width] = 1.0
            if not onward_lives.any():
                continue
            live = onward_lives
            turn = turns[live, at + 1]
            onward = np.zeros((int(live.sum()), width + 1))
            onward[:, :width] = values[live, at + 1] * after[live, at + 1, :width]
            same = np.take_along_axis(onward, self.ahead[live, at], 1)
            nothing = onward[:, :1]
            something = onward.sum(1, keepdims=True) - nothing
            none, begins, ends, stays, changes = (turn[:, [part]] for part in range(len(TURNS)))
            led = ends * nothing + stays * same + changes * (something - same)
            led[:, 0] = (none * nothing + begins * something)[:, 0]
            after[live, at, :width] = led / np.maximum(led.sum(1, keepdims=True), 1e-300)
            last = before[live, at, :width]
            zero, rest = last[:, 0], last[:, 1:].sum(1)
            kept = (last[:, 1:] * same[:, 1:]).sum(1)
            joint = np.stack(
                [
                    zero * nothing[:, 0],
                    zero * something[:, 0],
                    rest * nothing[:, 0],
                    kept,
                    rest * something[:, 0] - kept,
                ],
                1,
            )
            joint = joint * turn
            pairs[live, at + 1] = joint / np.maximum(joint.sum(1, keepdims=True), 1e-300)
        both = before[:, :, :width] * after[:, :, :width]
        both /= np.maximum(both.sum(2, keepdims=True), 1e-300)
        of_value = both.reshape(-1)[self.slots]
        return of_value * shares / np.maximum(values.reshape(-1)[self.slots], 1e-300), pairs


def _keys(options: Sequence[Any]) -> dict[int, int]:
    """The place of each value among a figure's values, None first."""
    places = {id(None): 0}
    for option in options:
        places.setdefault(id(option.value), len(places))
    return places


def _rprop(data: _Data, penalty: float, rounds: int) -> Any:
    weights, step = np.zeros(len(data.names)), np.full(len(data.names), 0.05)
    before = np.zeros(len(data.names))
    for _ in range(rounds):
        slope = data.gradient(weights, penalty)
        agrees = slope * before
        step = np.clip(np.where(agrees > 0, step * 1.2, np.where(agrees < 0, step * 0.5, step)), 1e-5, 0.5)
        slope = np.where(agrees < 0, 0.0, slope)
        weights = weights - np.sign(slope) * step
        before = slope
    return weights
