"""What a figure measures: which stretch of the words of its sentence says so, or none."""

from collections.abc import Sequence
from itertools import combinations
from math import exp

from vnextract.links.scene import Scene
from vnextract.links.stretches import Stretches
from vnextract.scorer import Option, Scorer, spelt
from vnextract.text.alignment import Span
from vnextract.text.words import Shape

_LIKELY = 12
_NEARLY = 0.9


class Measures:
    """The measure of each figure of a scene.

    Args:
        scene: The article.
        scorer: The weights of stretches.
    """

    def __init__(self, scene: Scene, scorer: Scorer) -> None:
        self._words = scene.words
        self._stretches = Stretches[float](scene, scorer.sums.__getitem__, scorer.sums.words)

    def decide(self, index: int) -> tuple[Span | None, float]:
        """The likeliest stretch that most of the others agree with, and how likely it or its like is.

        Two stretches that share half of their words say the same.

        Where a phrase begins and ends is less sure than what it is about; so the chances of its variants are added up.
        None is for figures that more likely than not have no measure.
        """
        tokens, nothing, stretches = self._stretches.of(index)
        scores = [begin + end + own for _, _, begin, end, own in stretches]
        highest = max([nothing, *scores])
        shares = [exp(score - highest) for score in scores]
        none, whole = exp(nothing - highest), sum(shares)
        if none >= whole:
            return None, none / (none + whole)
        likely = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)[:_LIKELY]
        bags = self._bags([(tokens[stretches[at][0]].first, tokens[stretches[at][1]].after) for at in likely])
        chosen, agreed = _agreed([shares[at] for at in likely], bags)
        first, last = stretches[likely[chosen]][:2]
        return self._stretches.span(tokens[first], tokens[last]), agreed / (none + whole)

    def _bags(self, stretches: Sequence[tuple[int, int]]) -> list[int]:
        """The words of each stretch without its signs, as the bits of a number: each word has one."""
        lower, shapes = self._words.lower, self._words.shapes
        bits: dict[str, int] = {}
        found = []
        for first, after in stretches:
            bag = 0
            for at in range(first, after):
                if shapes[at] is not Shape.SIGN:
                    bag |= bits.setdefault(lower[at], 1 << len(bits))
            found.append(bag)
        return found


def _agreed(shares: Sequence[float], bags: Sequence[int]) -> tuple[int, float]:
    """The first of some stretches, the likeliest first, that as many others agree with as with any, or nearly; and the
    share of all that agree with it.

    >>> _agreed([0.4, 0.3, 0.3], [0b0001, 0b1110, 0b0110])
    (1, 0.6)
    """
    agreed, sizes = [*shares], [bag.bit_count() for bag in bags]
    for one, other in combinations(range(len(bags)), 2):
        if 4 * (bags[one] & bags[other]).bit_count() >= sizes[one] + sizes[other]:
            agreed[one] += shares[other]
            agreed[other] += shares[one]
    least = _NEARLY * max(agreed)
    return next((at, share) for at, share in enumerate(agreed) if share >= least)


def options_of(stretches: Stretches[list[str]], index: int) -> list[Option[Span]]:
    """None and the stretches that may say what a figure measures, with their cues, for training."""
    tokens, nothing, found = stretches.of(index)
    options: list[Option[Span]] = [Option(None, nothing)]
    for first, last, begin, end, own in found:
        options.append(Option(stretches.span(tokens[first], tokens[last]), own, (begin, end)))
    return options


def candidates(scene: Scene) -> Stretches[list[str]]:
    """The stretches of a scene with their cues spelt out."""
    return Stretches[list[str]](scene, spelt)
