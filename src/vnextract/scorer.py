"""A small log-linear model that chooses one of several candidates, each described by named features.

Its weights are a mapping from feature to number, so that a file of them can be read, and a choice explained.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import exp, sqrt
from pathlib import Path
from random import Random

from vnextract.errors import ModelError

Features = Sequence[str]
"""What is true of one candidate."""
Example = tuple[Sequence[Features], int]
"""The candidates of one choice, and the index of the right one."""

_NOTHING = repeat(0.0)
"""What features without a weight count."""
_EPOCHS = 12
_RATE = 0.25
_L2 = 0.01
_LEAST_SEEN = 2
_LEAST_WEIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of features; a feature without a weight says nothing.

    >>> scorer = Scorer({"red": 1.0, "small": -0.5})
    >>> scorer.best([["small"], ["red", "small"], []])
    1
    >>> [round(part, 2) for part in scorer.probabilities([["red"], []])]
    [0.73, 0.27]
    """

    weights: Mapping[str, float]

    def score(self, features: Features) -> float:
        """The sum of the weights of a candidate's features."""
        return sum(map(self.weights.get, features, _NOTHING))

    def best(self, candidates: Sequence[Features]) -> int:
        """Index of the candidate with the highest score, the first of equals."""
        scores = [self.score(features) for features in candidates]
        return scores.index(max(scores))

    def choice(self, candidates: Sequence[Features]) -> tuple[int, float]:
        """Index of the candidate with the highest score, and how likely it is to be the right one."""
        chances = self.probabilities(candidates)
        highest = max(chances)
        return chances.index(highest), highest

    def probabilities(self, candidates: Sequence[Features]) -> list[float]:
        """How likely each candidate is to be the right one; they sum to 1."""
        scores = [self.score(features) for features in candidates]
        top = max(scores)
        parts = [exp(score - top) for score in scores]
        whole = sum(parts)
        return [part / whole for part in parts]

    def write(self, path: str | Path) -> None:
        """Write the weights as JSON, by name, so that two versions can be compared line by line."""
        lines = json.dumps(dict(sorted(self.weights.items())), ensure_ascii=False, indent=0)
        Path(path).write_text(lines + "\n", encoding="utf8")

    @classmethod
    def of(cls, path: str, data: bytes | None) -> "Scorer":
        """What `write` wrote.

        Args:
            path: Where it stands, for the message of an error.
            data: What the file holds; None where there is none.

        Raises:
            ModelError: there is no such file, or it holds no weights.
        """
        try:
            weights = json.loads(data or b"")
            return cls({str(name): float(weight) for name, weight in weights.items()})
        except (ValueError, AttributeError, TypeError) as error:
            raise ModelError(f"{path} holds no weights ({error}): train again or reinstall vnextract") from error


def fit(examples: Iterable[Example], *, epochs: int = _EPOCHS, l2: float = _L2) -> Scorer:
    """The weights under which the right candidates are likely; the same examples in the same order give the same ones.

    Adaptive gradient steps over a softmax, the weights averaged over the second half of the passes. A feature that
    fewer than two candidates have gets no weight.

    Args:
        examples: Choices with their answers.
        epochs: Passes over the examples.
        l2: How strongly weights are drawn to zero.

    >>> fit([([["a"], ["b"]], 0), ([["b", "c"], ["a"]], 1)]).weights["a"] > 0
    True
    """
    numbers, choices = _numbered(examples)
    weights, squares = [0.0] * len(numbers), [1e-6] * len(numbers)
    sums, rounds = [0.0] * len(numbers), 0
    random = Random(13)
    for epoch in range(epochs):
        random.shuffle(choices)
        for candidates, right in choices:
            _step(weights, squares, candidates, right, l2)
        if epoch >= epochs // 2:
            sums, rounds = [total + weight for total, weight in zip(sums, weights, strict=True)], rounds + 1
    named = {name: round(sums[number] / max(rounds, 1), 3) for name, number in numbers.items()}
    return Scorer({name: weight for name, weight in named.items() if abs(weight) >= _LEAST_WEIGHT})


_Choice = tuple[list[list[int]], int]


def _numbered(examples: Iterable[Example]) -> tuple[dict[str, int], list[_Choice]]:
    """The features that are seen often enough, by number, and the examples in these numbers."""
    kept = list(examples)
    seen = Counter(feature for candidates, _ in kept for features in candidates for feature in set(features))
    numbers = {name: at for at, name in enumerate(sorted(name for name in seen if seen[name] >= _LEAST_SEEN))}
    return numbers, [
        ([[numbers[name] for name in features if name in numbers] for features in candidates], right)
        for candidates, right in kept
    ]


def _step(weights: list[float], squares: list[float], candidates: list[list[int]], right: int, l2: float) -> None:
    """One step towards the right candidate."""
    scores = [sum([weights[number] for number in features]) for features in candidates]
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    whole = sum(parts)
    slopes: dict[int, float] = {}
    for at, (features, part) in enumerate(zip(candidates, parts, strict=True)):
        slope = part / whole - (at == right)
        for number in features:
            slopes[number] = slopes.get(number, 0.0) + slope
    for number, slope in slopes.items():
        full = slope + l2 * weights[number]
        squares[number] += full * full
        weights[number] -= _RATE * full / sqrt(squares[number])
