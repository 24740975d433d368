"""What a trained tagger's weights say of each word of a text, for every label: `features` in numbers.

The weights of all features of a word add up. Of what recurs (words, what the grammar reads) the sums are kept, what
words and outlines side by side say is looked up by their numbers, so that a text costs a few look-ups per word and some
additions of whole columns. Weights have three digits, so sums are kept as whole thousandths: they are exact.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, repeat
from typing import Any

import numpy as np

from vnextract.names.bodies import Parsed
from vnextract.names.tagger.evidence import evidence
from vnextract.names.tagger.features import (
    FIRST,
    LAST,
    body_features,
    body_marks,
    defined_abbreviations,
    definition_features,
    hint_features,
    pair_features,
    ranges,
    shape_features,
    triple_feature,
    views_of,
)
from vnextract.names.tagger.weights import UNIT, Weights
from vnextract.text.document import Text

Array = Any
"""A numpy array; the shapes stand where it is made."""
_MOST_KEPT = 10_000
_BEFORE, _OWN, _AFTER, _FAR_BEFORE, _FAR_AFTER = range(5)


class Scores:
    """The weights of a model, ready to be summed.

    Args:
        weights: The parameters of the tagger, with three digits each.
    """

    def __init__(self, weights: Weights) -> None:
        self.labels = tuple(weights.labels)
        column = {label: index for index, label in enumerate(self.labels)}
        self._index = {feature: number for number, feature in enumerate(sorted(weights.features), 1)}
        self._table = np.zeros((len(self._index) + 1, len(self.labels)), dtype=np.int32)
        for (feature, label), weight in weights.states.items():
            self._table[self._index[feature], column[label]] = round(weight * UNIT)
        self.transitions: Array = np.zeros((len(self.labels), len(self.labels)), dtype=np.int32)
        """Weight of each label (row) before each label (column), in thousandths."""
        for (label, following), weight in weights.transitions.items():
            self.transitions[column[label], column[following]] = round(weight * UNIT)
        self._first, self._last = self._sum([FIRST]), self._sum([LAST])
        self._views = _Kept(self._view, (5, len(self.labels)))
        self._marks = _Kept(self._mark, (3, len(self.labels)))
        self._pairs = _Pairs(self._index)
        self._outlines = _Outlines(self._index)
        self._beside = _Kept(self._numbers_beside, (2,))

    def of(self, text: Text, parsed: Parsed) -> tuple[list[tuple[int, int]], Array]:
        """The stretches of words that are tagged together; the scores of all words in thousandths: (words, labels)."""
        stretches, forms = list(ranges(text)), text.words.forms
        total: Array = np.zeros((len(forms), len(self.labels)), dtype=np.int32)
        if not forms:
            return stretches, total
        begins, ends = _edges(stretches, len(forms))
        self._add_window(total, forms, begins, ends)
        marks = body_marks(text, parsed.candidates)
        self._add_marks(total, marks, stretches, begins, ends)
        self._add(total, evidence(text, parsed).items())
        self._add(total, hint_features(forms, stretches))
        self._add(total, definition_features(forms, defined_abbreviations(text, marks)))
        return stretches, total

    def _sum(self, features: Iterable[str]) -> Array:
        number = self._index.get
        return self._table[[number(feature, 0) for feature in features]].sum(axis=0)

    def _view(self, form: str) -> Array:
        view = views_of(form)
        number, parts = self._index.get, (view.before, view.own, view.after, view.far_before, view.far_after)
        weights = self._table[[number(feature, 0) for part in parts for feature in part]]
        return np.add.reduceat(weights, list(accumulate(map(len, parts[:-1]), initial=0)))

    def _numbers_beside(self, form: str) -> tuple[int, int]:
        """The numbers of a word and of its outline, by which `_Pairs` and `_Outlines` know them."""
        view = views_of(form)
        return self._pairs.words.get(view.lower, 0), self._outlines.shapes.get(view.shape, 0)

    def _mark(self, mark: str) -> Sequence[Array]:
        return [self._sum(part) for part in body_features(mark)]

    def _add_window(self, total: Array, forms: Sequence[str], begins: Array, ends: Array) -> None:
        """What the form of each word and of its neighbours in the stretch says."""
        numbers, table = self._views.numbers(forms), self._table
        sums = self._views.sums
        total += sums[numbers, _OWN]
        for part, step in ((_BEFORE, 1), (_FAR_BEFORE, 2)):
            _add_shifted(total, sums[:, part], numbers, step, begins)
        for part, step in ((_AFTER, 1), (_FAR_AFTER, 2)):
            _add_shifted(total, sums[:, part], numbers, -step, ends)
        total[begins] += self._first
        total[ends] += self._last
        numbers = self._beside.numbers(forms)
        words, shapes = self._beside.sums[numbers].T
        inside = ~begins[1:]
        at, of_second, of_first = self._pairs.find(words[:-1], words[1:], inside)
        total[at + 1] += table[of_second]
        total[at] += table[of_first]
        outlines = self._outlines
        total[1:] += table[np.where(inside, outlines.of_second[shapes[:-1], shapes[1:]], 0)]
        total[:-1] += table[np.where(inside, outlines.of_first[shapes[:-1], shapes[1:]], 0)]
        triples = outlines.of_middle[shapes[:-2], shapes[1:-1], shapes[2:]]
        total[1:-1] += table[np.where(inside[:-1] & inside[1:], triples, 0)]

    def _add_marks(
        self, total: Array, marks: Sequence[str], stretches: Sequence[tuple[int, int]], begins: Array, ends: Array
    ) -> None:
        """What the grammar reads; a stretch in which it reads nothing says nothing."""
        numbers = self._marks.numbers(marks)
        for first, last in stretches:
            if not any(marks[first:last]):
                numbers[first:last] = 0
        sums = self._marks.sums
        total += sums[numbers, 0]
        _add_shifted(total, sums[:, 1], numbers, 1, begins)
        _add_shifted(total, sums[:, 2], numbers, -1, ends)

    def _add(self, total: Array, features: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Add the weights of the features of some words, each word once."""
        rows, told = zip(*features, strict=True) if (features := list(features)) else ((), ())
        if not rows:
            return
        counts = list(map(len, told))
        known = map(self._index.get, chain.from_iterable(told), repeat(0))
        numbers = np.fromiter(known, dtype=np.intp, count=sum(counts))
        total[list(rows)] += np.add.reduceat(self._table[numbers], list(accumulate(counts[:-1], initial=0)))


class _Kept:
    """Sums of weights by what they belong to, made once; forgotten all together where they become too many.

    Number 0 is nothing's, and its sums are 0.
    """

    def __init__(self, make: Callable[[str], Any], shape: tuple[int, ...]) -> None:
        self._make = make
        self._known: dict[str, int] = {}
        self.sums: Array = np.zeros((64, *shape), dtype=np.int32)
        """The sums by number."""

    def numbers(self, keys: Sequence[str]) -> Array:
        """The number of each key: (keys,)."""
        found = list(map(self._known.get, keys))
        if None in found:
            if len(self._known) > _MOST_KEPT:
                self._known = {}
            for key in keys:
                if key not in self._known:
                    self._add(key)
            found = list(map(self._known.get, keys))
        return np.fromiter(found, dtype=np.intp, count=len(found))

    def _add(self, key: str) -> None:
        number = len(self._known) + 1
        if number == len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        self.sums[number] = self._make(key)
        self._known[key] = number


class _Pairs:
    """The features of two words side by side that weigh something, by the numbers of the words."""

    def __init__(self, index: dict[str, int]) -> None:
        of_second, of_first = (feature.rstrip() for feature in pair_features("", ""))
        found: dict[str, list[int]] = {}
        for feature, number in index.items():
            for side, prefix in enumerate((of_second, of_first)):
                if feature.startswith(prefix):
                    found.setdefault(feature[len(prefix) :], [0, 0])[side] = number
        pairs = {tuple(pair.split(" ")): numbers for pair, numbers in found.items()}
        self.words = {word: number for number, word in enumerate(sorted(set(chain.from_iterable(pairs))), 1)}
        """The number of each word that such a pair has; 0 is for all others."""
        keys = {self._key(self.words[one], self.words[two]): numbers for (one, two), numbers in pairs.items()}
        # The last key is greater than any pair's, so that a search always ends at one.
        self._keys: Array = np.array([*sorted(keys), self._key(len(self.words) + 1, 0)], dtype=np.int64)
        self._features: Array = np.array([*(keys[key] for key in sorted(keys)), [0, 0]], dtype=np.intp)

    def _key(self, one: Any, two: Any) -> Any:
        return one * (len(self.words) + 1) + two

    def find(self, ones: Array, twos: Array, inside: Array) -> tuple[Array, Array, Array]:
        """Which of the pairs have such features, and the features' numbers: of the second word, of the first."""
        keys = self._key(ones.astype(np.int64), twos)
        places = np.searchsorted(self._keys, keys)
        at = np.flatnonzero((self._keys[places] == keys) & inside)
        return at, self._features[places[at], 0], self._features[places[at], 1]


class _Outlines:
    """The features of the outlines of words side by side, as tables by the outlines' numbers."""

    def __init__(self, index: dict[str, int]) -> None:
        templates = [*shape_features("", ""), triple_feature("", "", "")]
        prefixes = [template.rstrip() for template in templates]
        known = [feature.partition("=") for feature in index if feature.startswith(tuple(prefixes))]
        shapes = sorted({shape for _, _, told in known for shape in told.split(" ")})
        self.shapes = {shape: number for number, shape in enumerate(shapes, 1)}
        """The number of each outline that such a feature has; 0 is for all others."""
        count = len(self.shapes) + 1
        self.of_second: Array = np.zeros((count, count), dtype=np.intp)
        """The feature of a word, by the outline before it and its own."""
        self.of_first: Array = np.zeros((count, count), dtype=np.intp)
        """The feature of a word, by its outline and the one after it."""
        self.of_middle: Array = np.zeros((count, count, count), dtype=np.intp)
        """The feature of a word, by the outline before it, its own, and the one after it."""
        tables = dict(zip(prefixes, (self.of_second, self.of_first, self.of_middle), strict=True))
        for name, sign, told in known:
            tables[name + sign][tuple(self.shapes[shape] for shape in told.split(" "))] = index[name + sign + told]


def _edges(stretches: Sequence[tuple[int, int]], count: int) -> tuple[Array, Array]:
    """Which words begin and which end a stretch."""
    begins, ends = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    begins[[first for first, _ in stretches]] = True
    ends[[last - 1 for _, last in stretches]] = True
    return begins, ends


def _add_shifted(total: Array, sums: Array, numbers: Array, step: int, edges: Array) -> None:
    """Add to each word the sums of the word `step` places before it (after it, where negative), within its stretch."""
    count = len(total)
    if count <= abs(step):
        return
    crossed = np.zeros(count, dtype=bool)
    if step > 0:
        for back in range(step):
            crossed[back:] |= edges[: count - back]
        total[step:] += sums[np.where(crossed[step:], 0, numbers[:-step])]
    else:
        for ahead in range(-step):
            crossed[: count - ahead] |= edges[ahead:]
        total[:step] += sums[np.where(crossed[:step], 0, numbers[-step:])]
