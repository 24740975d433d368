"""The one scorer of all choices: a log-linear model that weighs cues and picks among options, or none of them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain as all_of
from itertools import repeat
from math import exp
from pathlib import Path
from sys import intern
from typing import Any, Generic, NamedTuple, TypeVar

from vnextract.errors import ModelError
from vnextract.text.once import once

Value = TypeVar("Value")
_MOST_SUMS = 14_000
_WITHOUT = repeat(0.0)
"""What cues without a weight count."""
_NAMED = re.compile(r"(?:=|\| |figure (?:behind|before) )(.+)")

Cues = Sequence[str]
"""What is true of one option, by name."""

Clue = tuple[Any, ...]
"""A function that gives cues, and its arguments: cues that come together, before they are spelt out."""


def spelt(clue: Clue) -> list[str]:
    """The cues of a clue.

    >>> spelt((lambda side, words: [f"{side} {word}" for word in words], "left", ("thu", "chi")))
    ['left thu', 'left chi']
    """
    give, *arguments = clue
    return list(give(*arguments))


class Sums(dict[Clue, float]):
    """What the cues of each clue weigh together; they are spelt out where the clue is new.

    It forgets everything once it is full: words are an open class, and a process may read articles for days.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    @once
    def words(self) -> frozenset[str]:
        """The words that cues with a weight name: what no cue names makes no difference.

        >>> sorted(Sums({"left begin=thu ngân sách": 1.0, "left sign | của": 0.5, "none&figure behind có": -1.0}).words)
        ['có', 'của', 'thu ngân sách']
        >>> sorted(Sums({"left pair=tổng > vốn": 1.0}).words)
        ['tổng', 'vốn']
        """
        named = (found[1] for cue in self._weights if (found := _NAMED.search(cue)))
        return frozenset({intern(word) for words in named for word in words.split(" > ")})

    @once
    def word_weights(self) -> Mapping[str, Mapping[str, float]]:
        """What each word weighs in a stretch of each name.

        >>> Sums({"none&ahead=đạt": 1.0, "none&ahead=sau": -0.5, "near": 2.0}).word_weights
        {'none&ahead': {'đạt': 1.0, 'sau': -0.5}}
        """
        found: dict[str, dict[str, float]] = {}
        for cue, weight in self._weights.items():
            name, sign, word = cue.rpartition("=")
            if sign and word.isalpha():
                found.setdefault(name, {})[intern(word)] = weight
        return found

    def __missing__(self, clue: Clue) -> float:
        if len(self) >= _MOST_SUMS:
            self.clear()
        weight, total = self._weights.get, 0.0
        for cue in clue[0](*clue[1:]):
            total += weight(cue, 0.0)
        self[clue] = total
        return total


class Wording(Sequence[str]):
    """The words of a stretch as cues, each under the name of the stretch; spelt out only where they are looked at.

    >>> list(Wording("before&ahead", ("đạt", "655", "tỷ")))
    ['before&ahead=đạt', 'before&ahead=tỷ']
    """

    __slots__ = ("name", "words")

    def __init__(self, name: str, words: Sequence[str]) -> None:
        """Name a stretch, and say its words in lower case."""
        self.name, self.words = name, words

    def __iter__(self) -> Iterator[str]:
        """The cues: every word that is one, signs and numbers left out."""
        return (f"{self.name}={word}" for word in self.words if word.isalpha())

    def __len__(self) -> int:
        """How many cues there are."""
        return sum(map(str.isalpha, self.words))

    def __getitem__(self, index: Any) -> Any:
        """One cue or several."""
        return list(self)[index]


@dataclass(frozen=True, slots=True)
class Shared:
    """Cues of a figure and its sentence that all its options have, each crossed with the option's side.

    >>> shared = Shared(["unit=count", "level"], {"ahead": ("đạt",)})
    >>> [list(part) for part in shared.at("before")], shared.at("before") is shared.at("before")
    ([['before&unit=count', 'before&level'], ['before&ahead=đạt']], True)
    """

    cues: Sequence[str]
    stretches: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words around the figure, by where they stand."""
    _crossed: dict[str, tuple[Sequence[str], ...]] = field(default_factory=dict)

    def at(self, side: str) -> tuple[Sequence[str], ...]:
        """The cues for one side, the same lists for every option of it."""
        found = self._crossed.get(side)
        if found is None:
            wording = [Wording(f"{side}&{name}", words) for name, words in self.stretches.items()]
            found = self._crossed[side] = ([f"{side}&{cue}" for cue in self.cues], *wording)
        return found


class Option(NamedTuple, Generic[Value]):
    """One thing that a figure may be linked to, None for nothing, with the cues that speak for or against it."""

    value: Value | None
    cues: Sequence[str]
    parts: tuple[Sequence[str], ...] = ()
    """Cues that several options share, such as all that begin with one word: each such list is weighed once."""
    side: str = ""
    """Where it stands to the figure, as `before`, `after`, `earlier`: each side has its own threshold."""


@dataclass(frozen=True, slots=True)
class Decision(Generic[Value]):
    """The option picked for a figure, and how sure that is."""

    option: Option[Value]
    probability: float
    """Of its value, among all values."""

    @property
    def value(self) -> Value | None:
        """What was picked."""
        return self.option.value


@dataclass(frozen=True, slots=True)
class Chain(Generic[Value]):
    """The options of all figures of an article, in order; the first option of each is None, for nothing.

    `steps` says of each figure how it follows the one before it; neighbours often share what they are linked to.
    """

    options: Sequence[Sequence[Option[Value]]]
    steps: Sequence[str]

    @classmethod
    def alone(cls, options: Sequence[Option[Value]]) -> "Chain[Value]":
        """One choice for itself, which no neighbour touches."""
        return cls([options], [""])


@dataclass(frozen=True, slots=True)
class Scorer:
    """The weights of one kind of link, and the probabilities from which links are made.

    A cue adds its weight to its option. What a figure's neighbour is linked to counts too, under the names that
    `turns` gives; so all figures of an article are decided together.

    Examples:
        >>> scorer = Scorer({"near": 2.0, "compared": -3.0, "stays, same sentence": 1.0})
        >>> first = [Option(None, []), Option("2024", ["near"])]
        >>> second = [Option(None, []), Option("2024", []), Option("2023", ["near", "compared"])]
        >>> decisions = scorer.decide(Chain([first, second], ["", "same sentence"]))
        >>> [(one.value, round(one.probability, 2)) for one in decisions]
        [('2024', 0.93), ('2024', 0.65)]
        >>> scorer.reasons(decisions[0].option)
        (('near', 2.0),)
    """

    weights: Mapping[str, float]
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """From which probability a link to each side is made; from none to a side that is not named."""
    sums: Sums = field(init=False, repr=False, compare=False)
    """The weights of whole clues."""

    def __post_init__(self) -> None:
        """Begin with no sums."""
        object.__setattr__(self, "sums", Sums(self.weights))

    def best(self, candidates: Sequence[Cues]) -> int:
        """Index of the candidate whose cues weigh the most, the first of equals.

        >>> Scorer({"red": 1.0, "small": -0.5}).best([["small"], ["red", "small"], []])
        1
        """
        scores = [self._weight(cues) for cues in candidates]
        return scores.index(max(scores))

    def choice(self, candidates: Sequence[Cues]) -> tuple[int, float]:
        """Index of the candidate whose cues weigh the most, and how likely it is to be the right one.

        >>> Scorer({"red": 1.0}).choice([["red"], []])
        (0, 0.7310585786300049)
        """
        scores = [self._weight(cues) for cues in candidates]
        highest = max(scores)
        return scores.index(highest), 1 / sum([exp(score - highest) for score in scores])

    def _weight(self, cues: Cues) -> float:
        if type(cues) is Wording:
            known = self.sums.word_weights.get(cues.name)
            return sum(map(known.get, cues.words, _WITHOUT)) if known else 0.0
        return sum(map(self.weights.get, cues, _WITHOUT))

    def shares(self, options: Sequence[Option[Any]]) -> list[float]:
        """What each option weighs against the others, its neighbours left out."""
        parts: dict[int, float] = {}
        scores = []
        for option in options:
            score = self._weight(option.cues)
            for part in option.parts:
                known = parts.get(id(part))
                if known is None:
                    known = parts[id(part)] = self._weight(part)
                score += known
            scores.append(score)
        highest = max(scores)
        return [exp(score - highest) for score in scores]

    def decide(self, chain: Chain[Value], *, named: bool = False) -> list[Decision[Value]]:
        """The most likely value of each figure, all that its neighbours may be considered.

        Args:
            chain: The options.
            named: Whether to leave none for `is_sure` to say: then it is picked only where there is nothing else.
        """
        scores = [self.shares(options) for options in chain.options]
        values = [_by_value(options, shares) for options, shares in zip(chain.options, scores, strict=True)]
        weight = self.weights.get
        turns = [[exp(weight(name, 0.0)) for name in turns_of(step)] for step in chain.steps]
        before, after = _forward(values, turns), _backward(values, turns)
        decisions = []
        for options, shares, ahead, behind in zip(chain.options, scores, before, after, strict=True):
            chances = {key: ahead[key] * behind[key] for key in ahead}
            best = max(chances, key=lambda key: (named and key != _NONE, chances[key]))
            total = sum(chances.values())
            at = max((at for at, option in enumerate(options) if id(option.value) == best), key=lambda at: shares[at])
            decisions.append(Decision(options[at], chances[best] / total))
        return decisions

    def is_sure(self, decision: Decision[Any]) -> bool:
        """Whether a link is likely enough to be made."""
        return decision.probability >= self.thresholds.get(decision.option.side, _NEVER)

    def reasons(self, option: Option[Value]) -> tuple[tuple[str, float], ...]:
        """The cues of an option that count, the heaviest first."""
        weighed = [
            (cue, self.weights[cue])
            for cue in dict.fromkeys(all_of.from_iterable((option.cues, *option.parts)))
            if self.weights.get(cue)
        ]
        return tuple(sorted(weighed, key=lambda item: (-abs(item[1]), item[0])))


TURNS = ("both none", "begins", "ends", "stays", "changes")
"""How the link of a figure goes on from that of the figure before it."""
_NONE = id(None)
_NEVER = 2.0


def turns_of(step: str) -> list[str]:
    """The names under which each turn is weighed for a step."""
    return [f"{turn}, {step}" for turn in TURNS]


def _by_value(options: Sequence[Option[Any]], shares: Sequence[float]) -> dict[int, float]:
    """The share of each value, by its identity; several options of one value count together."""
    together: dict[int, float] = {}
    for option, share in zip(options, shares, strict=True):
        key = id(option.value)
        together[key] = together.get(key, 0.0) + share
    return together


def _forward(values: Sequence[Mapping[int, float]], turns: Sequence[Sequence[float]]) -> list[dict[int, float]]:
    """For each value, the share of all ways that lead to it, the figure itself included; scaled to one in all."""
    found: list[dict[int, float]] = []
    for shares, (none, begins, ends, stays, changes) in zip(values, turns, strict=True):
        if not found:
            ways = dict(shares)
        else:
            last = found[-1]
            nothing, something = last[_NONE], sum(last.values()) - last[_NONE]
            ways = {}
            for key, share in shares.items():
                if key == _NONE:
                    ways[key] = share * (none * nothing + ends * something)
                else:
                    same = last.get(key, 0.0)
                    ways[key] = share * (begins * nothing + stays * same + changes * (something - same))
        total = sum(ways.values())
        found.append({key: way / total for key, way in ways.items()})
    return found


def _backward(values: Sequence[Mapping[int, float]], turns: Sequence[Sequence[float]]) -> list[dict[int, float]]:
    """For each value, the share of all ways that lead on from it, the figure itself left out; scaled alike."""
    found: list[dict[int, float]] = []
    for at in range(len(values) - 1, -1, -1):
        if at == len(values) - 1:
            found.append(dict.fromkeys(values[at], 1.0))
            continue
        none, begins, ends, stays, changes = turns[at + 1]
        onward = {key: share * found[-1][key] for key, share in values[at + 1].items()}
        nothing, something = onward[_NONE], sum(onward.values()) - onward[_NONE]
        ways = {}
        for key in values[at]:
            if key == _NONE:
                ways[key] = none * nothing + begins * something
            else:
                same = onward.get(key, 0.0)
                ways[key] = ends * nothing + stays * same + changes * (something - same)
        total = sum(ways.values())
        found.append({key: way / total for key, way in ways.items()})
    return found[::-1]


def scorers_of(path: str, data: bytes | None) -> Mapping[str, Scorer]:
    """The scorers that `write_scorers` wrote, by what they decide.

    Args:
        path: Where they stand, for the message of an error.
        data: What the file holds; None where there is none.

    Raises:
        ModelError: there is no such file, or it is no file of weights.
    """
    try:
        kinds = json.loads(data or b"", parse_float=_Numbers().__getitem__)["kinds"]
        return {kind: Scorer(part["weights"], part["thresholds"]) for kind, part in kinds.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: holds no weights ({error!r}): train again or reinstall vnextract") from error


class _Numbers(dict[str, float]):
    """Numbers by how they are written, equal ones one object: of many thousand weights a thousand differ."""

    def __missing__(self, written: str) -> float:
        number = self[written] = float(written)
        return number


def scorer_of(kind: str, path: str, data: bytes | None) -> Scorer:
    """The scorer of one decision from a file that `write_scorers` wrote.

    Args:
        kind: What it decides, as the file calls it.
        path: Where the file stands, for the message of an error.
        data: What the file holds; None where there is none.

    Raises:
        ModelError: there is no such file, or it does not hold these weights.
    """
    scorers = scorers_of(path, data)
    if kind not in scorers:
        raise ModelError(f"{path} holds no weights of {kind!r}: train again or reinstall vnextract")
    return scorers[kind]


def write_scorers(path: Path, scorers: Mapping[str, Scorer]) -> None:
    """Write scorers as JSON that a person can read: every cue with what it counts, by name."""
    kinds = {
        kind: {"thresholds": dict(sorted(scorer.thresholds.items())), "weights": dict(sorted(scorer.weights.items()))}
        for kind, scorer in scorers.items()
    }
    path.write_text(json.dumps({"kinds": kinds}, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
