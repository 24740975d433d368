"""One learnt decision for every kind of link: options with the cues that speak for them, weights, the best option."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

Cues = Sequence[str]
"""The names of the cues that speak for or against one option; naming one twice counts it twice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen among options."""

    index: int
    """Which of the options."""
    probability: float
    """How sure the choice is, between 0 and 1, the options' probabilities adding up to 1."""
    cues: tuple[tuple[str, float], ...]
    """The cues of the option with their weights, the heaviest first: why it was chosen."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """A log-linear model: an option's score is the sum of the weights of its cues.

    "None of them" is an option like the others, with cues of its own.

    Examples:
        >>> scorer = Scorer({"adjacent": 2.0, "other clause": -1.5, "none": 0.5})
        >>> scorer.score(["adjacent", "never seen"])
        2.0
        >>> choice = scorer.choose([["adjacent", "other clause"], ["adjacent"], ["none"]])
        >>> choice.index, round(choice.probability, 2), choice.cues
        (1, 0.69, (('adjacent', 2.0),))
    """

    weights: Mapping[str, float]

    def score(self, cues: Cues) -> float:
        """The sum of the weights; a cue without a weight counts nothing."""
        weights = self.weights
        return sum([weights.get(cue, 0.0) for cue in cues])

    def probabilities(self, options: Sequence[Cues]) -> list[float]:
        """How likely each option is, in their order; they add up to 1."""
        scores = list(map(self.score, options))
        best = max(scores, default=0.0)
        powers = [math.exp(score - best) for score in scores]
        whole = sum(powers)
        return [power / whole for power in powers]

    def choose(self, options: Sequence[Cues]) -> Choice:
        """The likeliest option, the first of equals.

        Raises:
            ValueError: there are no options.
        """
        probabilities = self.probabilities(options)
        index = max(range(len(options)), key=probabilities.__getitem__)
        counted = [(cue, self.weights[cue]) for cue in options[index] if cue in self.weights]
        return Choice(index, probabilities[index], tuple(sorted(counted, key=lambda one: -abs(one[1]))))

    @classmethod
    def load(cls, name: str) -> "Scorer":
        """The weights of `links/NAME.json` of the package.

        Raises:
            FileNotFoundError: there is no such file.
        """
        return cls(json.loads((files("vnextract.links") / f"{name}.json").read_text(encoding="utf8")))

    def dump(self) -> str:
        """The weights as JSON, one cue a line, in alphabetical order."""
        return json.dumps(dict(sorted(self.weights.items())), ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Example:
    """Options of which some are right: what weights are learnt from."""

    options: Sequence[Cues]
    right: frozenset[int] = field(default_factory=frozenset)
    """Indices of the right options; an example without any teaches nothing."""


def fit(examples: Iterable[Example], *, penalty: float = 0.5, steps: int = 300, least: int = 2) -> Scorer:
    """Learn the weights under which the right options are the likeliest.

    Args:
        examples: Options with the right ones among them.
        penalty: Strength of the pull of all weights to 0 (half the penalty times the sum of their squares).
        steps: Steps of gradient ascent over all examples (RMSprop with a falling rate).
        least: A cue that fewer options than this have gets no weight.

    Examples:
        >>> learnt = fit([Example([["near"], ["far"]], frozenset({0}))] * 5, least=1)
        >>> learnt.weights["near"] > 0 > learnt.weights["far"]
        True
    """
    import numpy as np

    taught = [example for example in examples if example.right and len(example.options) > 1]
    counts: dict[str, int] = {}
    for example in taught:
        for option in example.options:
            for cue in set(option):
                counts[cue] = counts.get(cue, 0) + 1
    number = {cue: index for index, cue in enumerate(sorted(cue for cue, count in counts.items() if count >= least))}
    options = [option for example in taught for option in example.options]
    pairs = [(row, number[cue]) for row, option in enumerate(options) for cue in option if cue in number]
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    columns = np.array([column for _, column in pairs], dtype=np.int64)
    sizes = np.array([len(example.options) for example in taught], dtype=np.int64)
    firsts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
    group = np.repeat(np.arange(len(taught)), sizes)
    right = np.array([at in example.right for example in taught for at in range(len(example.options))])

    weights, mean_square = np.zeros(len(number)), np.zeros(len(number))
    for step in range(steps if taught else 0):
        scores = np.bincount(rows, weights=weights[columns], minlength=len(options))
        powers = np.exp(scores - np.maximum.reduceat(scores, firsts)[group])
        among_all = powers / np.add.reduceat(powers, firsts)[group]
        wanted = np.where(right, powers, 0.0)
        among_right = wanted / np.add.reduceat(wanted, firsts)[group]
        pull = (among_right - among_all)[rows]
        gradient = np.bincount(columns, weights=pull, minlength=len(number)) - penalty * weights
        mean_square = 0.9 * mean_square + 0.1 * gradient**2
        weights += 0.1 * (1 - step / steps) * gradient / (np.sqrt(mean_square) + 1e-6)
    return Scorer({cue: round(float(weights[index]), 3) for cue, index in number.items()})
