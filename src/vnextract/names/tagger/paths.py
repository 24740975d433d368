"""The likeliest labels of many sequences at once, and how sure they are: Viterbi and forward-backward in columns.

Sequences are put side by side, the longest first, so that one step of the algorithm is one operation for all of them.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from vnextract.names.tagger.weights import UNIT, Array

_BITS = 8
_LOW = (1 << _BITS) - 1
"""Bits that hold the number of a label."""


def best_paths(scores: Array, stretches: Sequence[tuple[int, int]], transitions: Array) -> list[int]:
    """The likeliest label of each word, each stretch by itself; of labels that are alike the first.

    Args:
        scores: What each word says of each label, in whole thousandths: (words, labels).
        stretches: Index ranges of the words that follow one another.
        transitions: Weight of each label before each label, in thousandths: (labels, labels).

    Returns:
        A label's number for each word, 0 outside all stretches.

    >>> scores, transitions = np.array([[1000, 0], [0, 400]]), np.array([[0, -1000], [0, 0]])
    >>> best_paths(scores, [(0, 2)], transitions), best_paths(scores, [(0, 1), (1, 2)], transitions)
    ([0, 0], [0, 1])
    """
    labels = [0] * len(scores)
    starts, lengths, active = _side_by_side(stretches)
    if not len(starts):
        return labels
    count = scores.shape[1]
    own = _step_by_step(scores, starts, lengths, active)
    # The low bits of a sum say which label it came from, so that one maximum gives both; the first has the most.
    into = (transitions.astype(np.int64) << _BITS) + (_LOW - np.arange(count))[:, None]
    into = into[:, :, None]
    score, at, came = own[:, : active[0]].copy(), active[0], []
    for going in active[1:]:
        best = np.maximum.reduce(score[:, None, :going] + into)
        came.append(best.ravel())
        np.add(best & ~_LOW, own[:, at : at + going], out=score[:, :going])
        at += going
    before = (_LOW - (np.concatenate(came) & _LOW)).astype(np.uint8).tobytes() if came else b""
    steps = list(accumulate((count * going for going in active[1:]), initial=0))
    for number, (first, length, label) in enumerate(
        zip(starts.tolist(), lengths.tolist(), score.argmax(axis=0).tolist(), strict=True)
    ):
        labels[first + length - 1] = label
        for step in range(length - 1, 0, -1):
            label = before[steps[step - 1] + label * active[step] + number]
            labels[first + step - 1] = label
    return labels


def _step_by_step(scores: Array, starts: Array, lengths: Array, active: Sequence[int]) -> Array:
    """The scores of the first words of all stretches, then of the second, …, above the low bits: (labels, words)."""
    places = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    words = np.repeat(starts, lengths) + places
    return np.ascontiguousarray(scores[words[np.argsort(places, kind="stable")]].T).astype(np.int64) << _BITS


def marginals(scores: Array, stretches: Sequence[tuple[int, int]], transitions: Array) -> Array:
    """The probability of each label of each word, each stretch by itself, the stretches set one after another.

    Args:
        scores, transitions: As for `best_paths`, in thousandths.
        stretches: Index ranges of words; they may overlap.

    Returns:
        (words of the first stretch, of the second, …; labels).

    >>> marginals(np.array([[0, 0], [0, 1000]]), [(0, 1), (1, 2)], np.zeros((2, 2))).round(2).tolist()
    [[0.5, 0.5], [0.27, 0.73]]
    """
    starts, lengths, active = _side_by_side(stretches)
    if not len(starts):
        return np.zeros((0, scores.shape[1]))
    shape = len(starts), len(active), scores.shape[1]
    at = starts[:, None] + np.minimum(np.arange(shape[1]), lengths[:, None] - 1)
    shares = np.exp((scores[at] - scores[at].max(axis=2, keepdims=True)) / UNIT)
    passage = np.exp(transitions / UNIT)
    ahead, behind = np.ones(shape), np.ones(shape)
    ahead[:, 0] = _whole(shares[:, 0])
    for step in range(1, shape[1]):
        count = active[step]
        ahead[:count, step] = _whole((ahead[:count, step - 1] @ passage) * shares[:count, step])
    for step in range(shape[1] - 1, 0, -1):
        count = active[step]
        behind[:count, step - 1] = _whole((behind[:count, step] * shares[:count, step]) @ passage.T)
    both = ahead * behind
    order = sorted(range(len(stretches)), key=lambda number: stretches[number][0] - stretches[number][1])
    found: list[Array] = [None] * len(stretches)
    for row, number in enumerate(order):
        found[number] = _whole(both[row, : lengths[row]])
    return np.concatenate(found)


def _side_by_side(stretches: Sequence[tuple[int, int]]) -> tuple[Array, Array, list[int]]:
    """First words and lengths of the stretches, the longest first, and how many are so long at each step."""
    ordered = sorted((stretch for stretch in stretches if stretch[1] > stretch[0]), key=lambda one: one[0] - one[1])
    starts = np.array([first for first, _ in ordered], dtype=np.int64)
    lengths = np.array([last - first for first, last in ordered], dtype=np.int64)
    longest = int(lengths[0]) if len(lengths) else 0
    active = [int(count) for count in np.searchsorted(-lengths, -np.arange(longest), side="left")]
    return starts, lengths, active


def _whole(shares: Array) -> Array:
    """Shares that add up to one along the last axis."""
    return shares / np.add.reduce(shares, axis=-1, keepdims=True)
