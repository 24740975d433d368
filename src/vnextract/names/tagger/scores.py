"""What a trained tagger's weights say of each word of a text, for every label: `features` in numbers.

The weights of all features of a word add up. Of what recurs (words, what the grammar reads) the sums are kept, what
words and outlines side by side say is looked up by their numbers, so that a text costs a few look-ups per word and some
additions of whole columns. Weights have three digits, so sums are kept as whole thousandths: they are exact.
"""

from bisect import bisect_left
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
from vnextract.names.tagger.weights import Array, Table
from vnextract.text.document import Text

_MOST_KEPT = 8_000
"""Words whose sums are kept: with those that one article adds still no more than the 8,192 rows of a table doubled
seven times."""
_BEFORE, _OWN, _AFTER, _FAR_BEFORE, _FAR_AFTER = range(5)
_PAIRS = tuple(template.rstrip() for template in pair_features("", ""))
_OUTLINES = tuple(template.rstrip() for template in (*shape_features("", ""), triple_feature("", "", "")))
_BY_NUMBER = (*_PAIRS, *_OUTLINES)
"""What features begin with that are looked up by the numbers of words and outlines, not by name."""
_SIGHT = 2
"""How many words to either side a word sees."""


class Scores:
    """The weights of a model, ready to be summed.

    Args:
        weights: The parameters of the tagger, in whole thousandths.
    """

    def __init__(self, weights: Table) -> None:
        self.labels = tuple(weights.labels)
        nothing = np.zeros((1, len(self.labels)), dtype=np.int32)
        self._table: Array = np.concatenate([nothing, weights.states])
        self.transitions: Array = weights.transitions
        """Weight of each label (row) before each label (column), in thousandths."""
        self._pairs, self._outlines = _Pairs(weights.features), _Outlines(weights.features)
        rows = enumerate(weights.features, 1)
        self._index = {feature: row for row, feature in rows if not feature.startswith(_BY_NUMBER)}
        self._first, self._last = self._sum([FIRST]), self._sum([LAST])
        self._views = _Kept(self._view, 5 * len(self.labels) + 2)
        self._marks = _Kept(self._mark, 3 * len(self.labels))

    def of(self, text: Text, parsed: Parsed) -> tuple[list[tuple[int, int]], Array]:
        """The stretches of words that are tagged together; the scores of all words in thousandths: (words, labels)."""
        stretches, forms = list(ranges(text)), text.words.forms
        marks = body_marks(text, parsed.candidates)
        total = self._around(forms, marks, stretches)
        if forms:
            told = evidence(text, parsed)
            self._add(total, told.items())
            self._add(total, hint_features(forms, stretches))
            self._add(total, definition_features(forms, defined_abbreviations(text, marks)))
        return stretches, total

    def _sum(self, features: Iterable[str]) -> Array:
        number = self._index.get
        return self._table[[number(feature, 0) for feature in features]].sum(axis=0)

    def _view(self, form: str) -> Sequence[Array]:
        """What a word says in each part of the window; its number and that of its outline, as the tables have them."""
        view = views_of(form)
        parts = view.before, view.own, view.after, view.far_before, view.far_after
        numbers = self._pairs.words.get(view.lower, 0), self._outlines.shapes.get(view.shape, 0)
        return [*map(self._sum, parts), numbers]

    def _mark(self, mark: str) -> Sequence[Array]:
        return [self._sum(part) for part in body_features(mark)]

    def _around(self, forms: Sequence[str], marks: Sequence[str], stretches: Sequence[tuple[int, int]]) -> Array:
        """What the form of each word and of its neighbours in the stretch says, and what the grammar reads of them.

        Stretches are set apart by words that say nothing, more than a word sees, so that no word sees another stretch.
        """
        total: Array = np.zeros((len(forms), len(self.labels)), dtype=np.int32)
        firsts, lasts = (
            [first for first, last in stretches if first < last],
            [last for first, last in stretches if first < last],
        )
        if not firsts:
            return total
        words = slice(firsts[0], lasts[-1])
        gaps = np.repeat(np.arange(1, len(firsts) + 1) * _SIGHT, np.subtract(lasts, firsts))
        places = np.arange(len(gaps)) + gaps
        sums: Array = np.zeros((len(places) + _SIGHT * (len(firsts) + 1), len(self.labels)), dtype=np.int32)
        numbers = np.zeros(len(sums), dtype=np.intp)
        numbers[places] = self._views.numbers(forms[words])
        self._add_window(sums, self._views.sums[numbers])
        numbers[places] = self._mark_numbers(marks, stretches)[words]
        self._add_marks(sums, self._marks.sums[numbers])
        total[words] = sums[places]
        total[firsts] += self._first
        total[np.subtract(lasts, 1)] += self._last
        return total

    def _part(self, sums: Array, part: int) -> Array:
        """The columns of one part of such sums, one for each label."""
        return sums[:, part * len(self.labels) : (part + 1) * len(self.labels)]

    def _add_window(self, total: Array, told: Array) -> None:
        """What the form of each word says of itself and of its neighbours."""
        table, outlines = self._table, self._outlines
        total += self._part(told, _OWN)
        total[1:] += self._part(told, _BEFORE)[:-1]
        total[2:] += self._part(told, _FAR_BEFORE)[:-2]
        total[:-1] += self._part(told, _AFTER)[1:]
        total[:-2] += self._part(told, _FAR_AFTER)[2:]
        words, shapes = told[:, -2], told[:, -1]
        at, of_second, of_first = self._pairs.find(words[:-1], words[1:])
        total[at + 1] += table[of_second]
        total[at] += table[of_first]
        total[1:] += table[outlines.of_second[shapes[:-1], shapes[1:]]]
        total[:-1] += table[outlines.of_first[shapes[:-1], shapes[1:]]]
        total[1:-1] += table[outlines.of_middle[shapes[:-2], shapes[1:-1], shapes[2:]]]

    def _mark_numbers(self, marks: Sequence[str], stretches: Sequence[tuple[int, int]]) -> Array:
        """The number of each mark; a stretch in which the grammar reads nothing says nothing."""
        numbers = self._marks.numbers(marks)
        for first, last in stretches:
            if not any(marks[first:last]):
                numbers[first:last] = 0
        return numbers

    def _add_marks(self, total: Array, told: Array) -> None:
        """What the grammar reads says of a word, of the one after it and of the one before it."""
        total += self._part(told, 0)
        total[1:] += self._part(told, 1)[:-1]
        total[:-1] += self._part(told, 2)[1:]

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

    def __init__(self, make: Callable[[str], Sequence[Any]], columns: int) -> None:
        self._make = make
        self._known: dict[str, int] = {}
        self.sums: Array = np.zeros((64, columns), dtype=np.int32)
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
        self.sums[number] = np.concatenate(self._make(key))
        self._known[key] = number


def _told(features: Sequence[str], template: str) -> tuple[range, list[str]]:
    """The rows of the features of a template in the table, and what each tells.

    Args:
        features: All features, sorted; the first has row 1.
        template: How they begin.
    """
    first = bisect_left(features, template)
    last = bisect_left(features, template[:-1] + chr(ord(template[-1]) + 1), first)
    return range(first + 1, last + 1), [feature[len(template) :] for feature in features[first:last]]


class _Pairs:
    """The features of two words side by side that weigh something, by the numbers of the words."""

    def __init__(self, features: Sequence[str]) -> None:
        told = [_told(features, template) for template in _PAIRS]
        sides = [" ".join(pairs).split(" ") if pairs else [] for _, pairs in told]
        self.words = {word: number for number, word in enumerate(dict.fromkeys(chain(*sides)), 1)}
        """The number of each word that such a pair has; 0 is for all others."""
        numbers = [np.fromiter(map(self.words.__getitem__, words), np.int64, len(words)) for words in sides]
        keys = [self._key(ones[::2], ones[1::2]) for ones in numbers]
        # The last key is greater than any pair's, so that a search always ends at one.
        every = np.sort(np.concatenate([*keys, [self._key(len(self.words) + 1, 0)]]))
        self._keys: Array = every[np.append(np.diff(every) > 0, True)]
        self._features: Array = np.zeros((len(self._keys), len(sides)), dtype=np.intp)
        for side, ((rows, _), known) in enumerate(zip(told, keys, strict=True)):
            self._features[np.searchsorted(self._keys, known), side] = rows

    def _key(self, one: Any, two: Any) -> Any:
        return one * (len(self.words) + 1) + two

    def find(self, ones: Array, twos: Array) -> tuple[Array, Array, Array]:
        """Which of the pairs have such features, and the features' numbers: of the second word, of the first."""
        keys = self._key(ones.astype(np.int64), twos)
        places = np.searchsorted(self._keys, keys)
        at = np.flatnonzero(self._keys[places] == keys)
        return at, self._features[places[at], 0], self._features[places[at], 1]


class _Outlines:
    """The features of the outlines of words side by side, as tables by the outlines' numbers."""

    def __init__(self, features: Sequence[str]) -> None:
        known = [_told(features, template) for template in _OUTLINES]
        shapes = sorted({shape for _, outlines in known for told in outlines for shape in told.split(" ")})
        self.shapes = {shape: number for number, shape in enumerate(shapes, 1)}
        """The number of each outline that such a feature has; 0 is for all others."""
        count = len(self.shapes) + 1
        self.of_second: Array = np.zeros((count, count), dtype=np.intp)
        """The feature of a word, by the outline before it and its own."""
        self.of_first: Array = np.zeros((count, count), dtype=np.intp)
        """The feature of a word, by its outline and the one after it."""
        self.of_middle: Array = np.zeros((count, count, count), dtype=np.intp)
        """The feature of a word, by the outline before it, its own, and the one after it."""
        for table, of_table in zip((self.of_second, self.of_first, self.of_middle), known, strict=True):
            for row, told in zip(*of_table, strict=True):
                table[tuple(self.shapes[shape] for shape in told.split(" "))] = row
