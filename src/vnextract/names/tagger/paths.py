"""The likeliest labels of many sequences at once, and how sure they are: Viterbi and forward-backward in columns.

Sequences are put side by side, the longest first, so that one step of the algorithm is one operation for all of them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any


def best_paths(scores: Array, stretches: Sequence[tuple[int, int]], transitions: Array) -> Array:
    """The likeliest label of each word, each stretch by itself.

    Args:
        scores: What each word says of each label: (words, labels).
        stretches: Index ranges of the words that follow one another.
        transitions: Weight of each label before each label: (labels, labels).

    Returns:
        A label's number for each word, 0 outside all stretches: (words,).

    >>> scores, transitions = np.array([[1.0, 0.0], [0.0, 0.4]]), np.array([[0.0, -1.0], [0.0, 0.0]])
    >>> best_paths(scores, [(0, 2)], transitions).tolist(), best_paths(scores, [(0, 1), (1, 2)], transitions).tolist()
    ([0, 0], [0, 1])
    """
    labels = np.zeros(len(scores), dtype=np.int64)
    starts, lengths, active = _side_by_side(stretches)
    if not len(starts):
        return labels
    score, steps = scores[starts], []
    into = np.ascontiguousarray(transitions.T)
    for step in range(1, len(active)):
        count = active[step]
        ways = score[:count, None, :] + into
        steps.append(ways.argmax(axis=2))
        score[:count] = ways.max(axis=2) + scores[starts[:count] + step]
    last = score.argmax(axis=1)
    labels[starts + lengths - 1] = last
    for step in range(len(active) - 1, 0, -1):
        count = active[step]
        last[:count] = steps[step - 1][np.arange(count), last[:count]]
        labels[starts[:count] + step - 1] = last[:count]
    return labels


def marginals(scores: Array, stretches: Sequence[tuple[int, int]], transitions: Array) -> Array:
    """The probability of each label of each word, each stretch by itself, the stretches set one after another.

    Args:
        scores, transitions: As for `best_paths`.
        stretches: Index ranges of words; they may overlap.

    Returns:
        (words of the first stretch, of the second, …; labels).

    >>> marginals(np.array([[0.0, 0.0], [0.0, 1.0]]), [(0, 1), (1, 2)], np.zeros((2, 2))).round(2).tolist()
    [[0.5, 0.5], [0.27, 0.73]]
    """
    starts, lengths, active = _side_by_side(stretches)
    if not len(starts):
        return np.zeros((0, scores.shape[1]))
    shape = len(starts), len(active), scores.shape[1]
    at = starts[:, None] + np.minimum(np.arange(shape[1]), lengths[:, None] - 1)
    shares = np.exp(scores[at] - scores[at].max(axis=2, keepdims=True))
    passage = np.exp(transitions)
    ahead, behind = np.empty(shape), np.ones(shape)
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
    return shares / shares.sum(axis=-1, keepdims=True)
