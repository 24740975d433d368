"""What a trained tagger's weights say of each word of a text, for every label: `features` in numbers.

The weights of all features of a word add up. Of what recurs (words, pairs of words, what the grammar reads) the sums
are kept, so that a text costs a few look-ups per word and some additions of whole columns.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
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
from vnextract.names.tagger.weights import Weights
from vnextract.text.document import Text

Array = Any
"""A numpy array; the shapes stand where it is made."""
_MOST_KEPT = 50_000
_BEFORE, _OWN, _AFTER, _FAR_BEFORE, _FAR_AFTER = range(5)


class Scores:
    """The weights of a model, ready to be summed.

    Args:
        weights: The parameters of the tagger.
    """

    def __init__(self, weights: Weights) -> None:
        self.labels = tuple(weights.labels)
        column = {label: index for index, label in enumerate(self.labels)}
        self._index = {feature: number for number, feature in enumerate(sorted(weights.features), 1)}
        self._table = np.zeros((len(self._index) + 1, len(self.labels)))
        for (feature, label), weight in weights.states.items():
            self._table[self._index[feature], column[label]] = weight
        self.transitions: Array = np.zeros((len(self.labels), len(self.labels)))
        """Weight of each label (row) before each label (column)."""
        for (label, following), weight in weights.transitions.items():
            self.transitions[column[label], column[following]] = weight
        self._views = _Kept(self._view, 5, len(self.labels))
        self._pairs = self._known_pairs()
        self._shapes = _Kept(self._shape_pair, 2, len(self.labels))
        self._marks = _Kept(self._mark, 3, len(self.labels))

    def of(self, text: Text, parsed: Parsed) -> tuple[list[tuple[int, int]], Array]:
        """The stretches of words that are tagged together, and the scores of all words: (words, labels)."""
        stretches = list(ranges(text))
        forms = [text.norm[start:end] for start, end in text.syllables]
        total: Array = np.zeros((len(forms), len(self.labels)))
        if not forms:
            return stretches, total
        begins, ends = _edges(stretches, len(forms))
        self._add_window(total, forms, begins, ends)
        marks = body_marks(text, parsed.candidates)
        self._add_marks(total, marks, stretches, begins, ends)
        rows: list[int] = []
        numbers: list[int] = []
        self._number(evidence(text, parsed).items(), rows, numbers)
        self._number(hint_features(forms, stretches), rows, numbers)
        self._number(definition_features(forms, defined_abbreviations(text, marks)), rows, numbers)
        self._add(total, rows, numbers)
        return stretches, total

    def _sum(self, features: Iterable[str]) -> Array:
        number = self._index.get
        return self._table[[number(feature, 0) for feature in features]].sum(axis=0)

    def _known_pairs(self) -> Mapping[str, tuple[int, int]]:
        """The numbers of the features of a pair of words, by the words with a blank between them."""
        of_second, of_first = (feature.rstrip() for feature in pair_features("", ""))
        found: dict[str, tuple[int, int]] = {}
        for feature, number in self._index.items():
            if feature.startswith((of_second, of_first)):
                pair = feature[len(of_second) :]
                second, first = found.get(pair, (0, 0))
                found[pair] = (number, first) if feature.startswith(of_second) else (second, number)
        return found

    def _view(self, form: str) -> Array:
        view = views_of(form)
        number, parts = self._index.get, (view.before, view.own, view.after, view.far_before, view.far_after)
        weights = self._table[[number(feature, 0) for part in parts for feature in part]]
        return np.add.reduceat(weights, list(accumulate(map(len, parts[:-1]), initial=0)))

    def _shape_pair(self, pair: tuple[str, str]) -> Sequence[Array]:
        return [self._sum([feature]) for feature in shape_features(*pair)]

    def _mark(self, mark: str) -> Sequence[Array]:
        return [self._sum(part) for part in body_features(mark)]

    def _add_window(self, total: Array, forms: Sequence[str], begins: Array, ends: Array) -> None:
        """What the form of each word and of its neighbours in the stretch says."""
        views = self._views.rows(forms)
        first, last = np.flatnonzero(begins), np.flatnonzero(ends)
        total += views[:, _OWN]
        for part, step in ((_BEFORE, 1), (_FAR_BEFORE, 2)):
            _shifted(total, views[:, part], step, begins)
        for part, step in ((_AFTER, 1), (_FAR_AFTER, 2)):
            _shifted(total, views[:, part], -step, ends)
        total[first] += self._sum([FIRST])
        total[last] += self._sum([LAST])
        known = list(map(views_of, forms))
        lower, shapes = [view.lower for view in known], [view.shape for view in known]
        inside = np.flatnonzero(~begins[1:])
        pair = self._pairs.get
        pairs = [pair(f"{left} {right}", (0, 0)) for left, right in pairwise(lower)]
        # A text of one word has no pairs, and an empty array would be one of no whole numbers.
        numbers = np.array(pairs, dtype=np.intp).reshape(-1, 2)[inside]
        outlines = self._shapes.rows(list(pairwise(shapes)))[inside]
        total[inside + 1] += self._table[numbers[:, 0]] + outlines[:, 0]
        total[inside] += self._table[numbers[:, 1]] + outlines[:, 1]
        number = self._index.get
        triples = zip(shapes, shapes[1:], shapes[2:], strict=False)
        middle = self._table[[number(triple_feature(*three), 0) for three in triples]]
        total[1:-1] += np.where(~(begins[1:-1] | ends[1:-1])[:, None], middle, 0.0)

    def _add_marks(
        self, total: Array, marks: Sequence[str], stretches: Sequence[tuple[int, int]], begins: Array, ends: Array
    ) -> None:
        """What the grammar reads; a stretch in which it reads nothing says nothing."""
        told = np.zeros(len(marks), dtype=bool)
        for first, last in stretches:
            told[first:last] = any(marks[first:last])
        if not told.any():
            return
        rows = self._marks.rows(marks)
        rows = np.where(told[:, None, None], rows, 0.0)
        total += rows[:, 0]
        _shifted(total, rows[:, 1], 1, begins)
        _shifted(total, rows[:, 2], -1, ends)

    def _number(self, features: Iterable[tuple[int, Sequence[str]]], rows: list[int], numbers: list[int]) -> None:
        number = self._index.get
        for row, some in features:
            for feature in some:
                if found := number(feature):
                    rows.append(row)
                    numbers.append(found)

    def _add(self, total: Array, rows: Sequence[int], numbers: Sequence[int]) -> None:
        if rows:
            weights = self._table[numbers]
            for label in range(len(self.labels)):
                total[:, label] += np.bincount(rows, weights=weights[:, label], minlength=len(total))


class _Kept:
    """Sums of weights by what they belong to, made once; forgotten all together where they become too many."""

    def __init__(self, make: Callable[[Any], Any], parts: int, labels: int) -> None:
        self._make = make
        self._numbers: dict[Any, int] = {}
        self._rows: Array = np.zeros((64, parts, labels))

    def rows(self, keys: Sequence[Any]) -> Array:
        """The sums of each key: (keys, parts, labels)."""
        if len(self._numbers) > _MOST_KEPT:
            self._numbers = {}
        numbers = self._numbers
        for key in keys:
            if key not in numbers:
                self._add(key)
        return self._rows[[numbers[key] for key in keys]]

    def _add(self, key: Any) -> None:
        number = len(self._numbers)
        if number == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[number] = self._make(key)
        self._numbers[key] = number


def _edges(stretches: Sequence[tuple[int, int]], count: int) -> tuple[Array, Array]:
    """Which words begin and which end a stretch."""
    begins, ends = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    begins[[first for first, _ in stretches]] = True
    ends[[last - 1 for _, last in stretches]] = True
    return begins, ends


def _shifted(total: Array, rows: Array, step: int, edges: Array) -> None:
    """Add to each word the row of the word `step` places before it (after it, where negative), within its stretch."""
    count = len(total)
    if count <= abs(step):
        return
    crossed = np.zeros(count, dtype=bool)
    if step > 0:
        for back in range(step):
            crossed[back:] |= edges[: count - back]
        total[step:] += np.where(crossed[step:, None], 0.0, rows[:-step])
    else:
        for ahead in range(-step):
            crossed[: count - ahead] |= edges[ahead:]
        total[:step] += np.where(crossed[:step, None], 0.0, rows[-step:])
