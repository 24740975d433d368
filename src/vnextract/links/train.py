"""Training of the links: from annotated articles to the weights of cues and the thresholds of each kind of link."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from vnextract.article import Article
from vnextract.evaluate import plain
from vnextract.findings import Findings, with_dates, with_figures, with_people
from vnextract.gold import GoldArticle, GoldIndicator, read_gold, to_norm
from vnextract.links.attach import LINKERS, chain
from vnextract.links.posts import HOLDERS, NOBODY, STATUS
from vnextract.links.scene import Scene
from vnextract.links.scorer import LINKS, TURNS, Chain, Scorer, turns_of, write_scorers
from vnextract.links.train_posts import teachers, with_gold_bodies
from vnextract.names.bodies import parse
from vnextract.names.find import find_names
from vnextract.names.tagger.model import Model, load_model
from vnextract.names.tagger.train import Settings, TrainingReport, train_on
from vnextract.organisations.gather import find_bodies
from vnextract.text.alignment import Span

_RARE = 3
_ROUNDS = 100
_SMALLEST = 0.005
_NEVER = -1
_FOLDS = 5
_POST_RARE, _POST_PENALTY, _STATUS_PENALTY = 8, 3.0, 1.0
_MARGIN = 0.6
"""How much likelier than anybody nobody is taken for: a wrong holder is worse than none. Chosen by cross-validation."""


def train(gold_paths: Iterable[str | Path], output: str | Path, settings: Settings | None = None) -> TrainingReport:
    """Train a whole model on gold files: the tagger, and the links on what taggers read that never saw the article.

    The same files in the same order give the same model, byte for byte.

    Args:
        gold_paths: JSONL files of annotated articles, as `vnextract.gold` reads them.
        output: Folder for the model, which is made if need be.
        settings: Settings of the tagger's optimiser, where the defaults do not suit.

    Raises:
        InputFileError: a gold file cannot be read, or no file names an organisation.
    """
    articles = list(read_gold(gold_paths))
    report = train_on(articles, output, settings)
    unseen = read_unseen(articles, settings)
    write_scorers(Path(output) / LINKS, train_links(unseen) | train_posts(unseen))
    return report


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated article, and what the stages before the links make of it."""

    gold: GoldArticle
    known: Findings


def read_unseen(articles: Sequence[GoldArticle], settings: Settings | None = None) -> list[Read]:
    """Each article as read with a tagger that was trained on others, so that its mistakes are those of new text."""
    found: dict[int, Read] = {}
    for fold in range(min(_FOLDS, len(articles))):
        others = [article for number, article in enumerate(articles) if number % _FOLDS != fold]
        with TemporaryDirectory() as folder:
            train_on(others if any(other.organisations for other in others) else articles, folder, settings)
            model = load_model(folder)
        numbers = range(fold, len(articles), _FOLDS)
        found |= {number: Read(articles[number], read(articles[number], model)) for number in numbers}
    return [found[number] for number in sorted(found)]


def read(article: GoldArticle, model: Model) -> Findings:
    """Everything but the links, with one tagger."""
    known = with_figures(with_dates(Findings.of(Article(article.text, published=article.published))))
    names = find_names(known.text, model.names(known.text, parse(known.text)))
    return with_people(replace(known, names=names, bodies=find_bodies(known.text, names, known.article)))


def train_links(articles: Sequence[Read]) -> dict[str, Scorer]:
    """The scorers of all kinds of links; none where the articles show no links."""
    scorers = {}
    for kind in LINKERS:
        examples = [example for article in articles if (example := example_of(kind, article)) is not None]
        if examples:
            scorers[kind] = Scorer(fit(examples), threshold(examples))
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


def threshold(examples: Sequence["Example"]) -> float:
    """The probability from which links are right often enough: chosen on articles that the weights have not seen.

    It is where the harmonic mean of precision and recall, precision counted double, is highest.
    """
    judged: list[tuple[float, float]] = []
    wanted = 0
    for fold in range(_FOLDS):
        scorer = Scorer(fit([example for number, example in enumerate(examples) if number % _FOLDS != fold]))
        for example in examples[fold::_FOLDS]:
            for decision, options, right in zip(
                scorer.decide(example.chain), example.chain.options, example.right, strict=True
            ):
                if any(right):
                    wanted += not right[0]
                    if decision.value is not None:
                        good = next(
                            good for option, good in zip(options, right, strict=True) if option is decision.option
                        )
                        judged.append((decision.probability, good))
    judged.sort(reverse=True)
    best, chosen, correct = 0.0, 0.0, 0.0
    for number, (probability, good) in enumerate(judged, 1):
        correct += good
        mean = 5 * correct / (4 * number + wanted)
        if mean > best:
            best, chosen = mean, probability
    return float(np.floor(chosen * 100) / 100)


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
    examples: Sequence[Example], penalty: float = 5.0, rounds: int = _ROUNDS, rare: int = _RARE
) -> dict[str, float]:
    """The weights under which the right options are likeliest: a conditional random field with a quadratic penalty.

    The steps are those of Rprop, each weight with its own, so that rare and frequent cues are learnt alike.
    """
    examples = [example for example in examples if example.chain.options]
    counts = Counter(
        cue
        for example in examples
        for options in example.chain.options
        for option in options
        for cue in set(option.cues)
    )
    names = sorted(cue for cue, count in counts.items() if count >= rare)
    turns = sorted({name for example in examples for step in example.chain.steps[1:] for name in turns_of(step)})
    data = _Data(examples, names + turns)
    weights = _rprop(data, penalty, rounds)
    pairs = zip(data.names, weights, strict=True)
    return {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= _SMALLEST}


class _Data:
    """The examples as arrays: article by position by value. Value 0 is None; values of one identity are merged."""

    def __init__(self, examples: Sequence[Example], names: Sequence[str]) -> None:
        self.names = names
        number = {name: index for index, name in enumerate(names)}
        examples = sorted(examples, key=lambda example: -len(example.chain.options))
        self.lengths = np.array([len(example.chain.options) for example in examples])
        longest = int(self.lengths[0])
        keys = [[_keys(options) for options in example.chain.options] for example in examples]
        width = max(len(found) for found_all in keys for found in found_all)
        shape = len(examples), longest, width
        self.exists, self.right = np.zeros(shape, bool), np.zeros(shape)
        self.back, self.ahead = np.full(shape, width), np.full(shape, width)
        self.turns = np.full((len(examples), longest, len(TURNS)), _NEVER)
        cues: list[int] = []
        owners: list[int] = []
        option_slots: list[int] = []
        option_right: list[float] = []
        for row, example in enumerate(examples):
            for at, (options, right) in enumerate(zip(example.chain.options, example.right, strict=True)):
                places = keys[row][at]
                known = any(right)
                for option, good in zip(options, right, strict=True):
                    slot = (row * longest + at) * width + places[id(option.value)]
                    found = [number[cue] for cue in option.cues if cue in number]
                    cues += found
                    owners += [len(option_slots)] * len(found)
                    option_slots.append(slot)
                    option_right.append(good if known else 1.0)
                for key, place in places.items():
                    self.exists[row, at, place] = True
                    if at and key != id(None) and key in keys[row][at - 1]:
                        other = keys[row][at - 1][key]
                        self.back[row, at, place], self.ahead[row, at - 1, other] = other, place
                if at:
                    self.turns[row, at] = [number[name] for name in turns_of(example.chain.steps[at])]
        self.shape = shape
        self.cues, self.owners = np.array(cues), np.array(owners)
        self.slots, self.option_right = np.array(option_slots), np.array(option_right)

    def gradient(self, weights: Any, penalty: float) -> Any:
        """The slope of the loss: expected less wanted counts of every cue, and the penalty's."""
        scores = np.exp(np.bincount(self.owners, weights[self.cues], len(self.slots)).clip(-30, 30))
        free, free_turns = self._chances(scores, weights)
        wanted, wanted_turns = self._chances(scores * self.option_right, weights)
        slope = np.bincount(self.cues, (free - wanted)[self.owners], len(self.names))
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
