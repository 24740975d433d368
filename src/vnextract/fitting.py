"""The fit of all scorers: from examples of right and wrong options to the weights of cues."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vnextract.scorer import TURNS, Chain, Cues, Option, turns_of

_RARE = 3
_ROUNDS = 100
_SMALLEST = 0.005
_NEVER = -1


@dataclass(frozen=True, slots=True)
class Example:
    """The figures of an article: their options, and how right each option is; all zero where gold says nothing."""

    chain: Chain[Any]
    right: Sequence[Sequence[float]]

    @classmethod
    def alone(cls, options: Sequence[Option[Any]], right: Sequence[float]) -> "Example":
        """One choice for itself, and how right each of its options is."""
        return cls(Chain.alone(options), [right])


def choice(candidates: Sequence[Cues], right: int) -> Example:
    """One choice for itself among candidates with their cues, of which one is right.

    >>> choice([["red"], ["small"]], 1).right
    [[0.0, 1.0]]
    """
    options = [Option(at, cues) for at, cues in enumerate(candidates)]
    return Example.alone(options, [float(at == right) for at in range(len(candidates))])


def fit(
    examples: Sequence[Example],
    penalty: float = 10.0,
    rounds: int = _ROUNDS,
    rare: int = _RARE,
    smallest: float = _SMALLEST,
) -> dict[str, float]:
    """The weights under which the right options are likeliest: a conditional random field with a quadratic penalty.

    Cues that weigh less than the `smallest` are left out: those that hardly count make a model large and no better.

    The steps are those of Rprop, each weight with its own, so that rare and frequent cues are learnt alike.
    """
    examples = [example for example in examples if example.chain.options]
    counts: Counter[str] = Counter()
    for cues in _cue_lists(examples):
        counts.update(cues)
    names = sorted(cue for cue, count in counts.items() if count >= rare)
    turns = sorted({name for example in examples for step in example.chain.steps[1:] for name in turns_of(step)})
    if not names and not turns:
        return {}
    data = _Data(examples, names + turns)
    weights = _rprop(data, penalty, rounds)
    pairs = zip(data.names, weights, strict=True)
    return {name: round(float(weight), 3) for name, weight in pairs if abs(weight) >= smallest}


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
        # Counted of nothing, where every cue is rare, numbers are whole.
        slope = np.bincount(self.cues, per_list[self.lists], len(self.names)).astype(float)
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
