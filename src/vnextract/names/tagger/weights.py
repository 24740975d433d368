"""The trainer's model file, made small and repeatable.

The trainer writes CRFsuite's binary format with every feature it ever saw, in an order that changes from run to run.
Here the features that weigh nothing are dropped, the rest is rounded and put in order, so that the same data give the
same file; what is written is the part of the format that `underthesea_core` reads (no hash tables).
"""

import struct
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from vnextract.errors import ModelError

Array = Any
"""A numpy array; the shapes stand where it is made."""

_HEADER = struct.Struct("<4sI4s9I")
_STRINGS_HEADER = struct.Struct("<4s5I")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_ROW = np.dtype([("sort", "<u4"), ("from", "<u4"), ("to", "<u4"), ("weight", "<f8")])
"""The same for numpy."""
_ENTRY = struct.Struct("<II")
_BYTE_ORDER = 0x62445371
_HASH_TABLES = bytes(256 * 8)
_STATE, _TRANSITION = 0, 1
_DIGITS = 3
_SMALLEST = 0.03
"""What a mean must be to be kept: it reads a little better so than with all, and is no larger than one tagger."""
UNIT = 10**_DIGITS
"""What the weights of a file, which have three digits, are whole multiples of one over."""


class Weights(NamedTuple):
    """The parameters of a tagger: `states` of (feature, label), `transitions` of (label, next label)."""

    labels: Sequence[str]
    states: dict[tuple[str, str], float]
    transitions: dict[tuple[str, str], float]

    @property
    def features(self) -> frozenset[str]:
        """The features that weigh something."""
        return frozenset(feature for feature, _ in self.states)

    def compact(self) -> "Weights":
        """The same weights rounded, without those that are then nothing."""
        return Weights(self.labels, _rounded(self.states), _rounded(self.transitions))


def mean(several: Sequence[Weights]) -> Weights:
    """The mean of each weight, what is small left out: taggers taught alike err apart, and their mean errs less.

    >>> one, two = Weights(["O"], {("a", "O"): 1.0}, {}), Weights(["O"], {("a", "O"): 0.5, ("b", "O"): 0.04}, {})
    >>> mean([one, two]).states
    {('a', 'O'): 0.75}
    """
    states, transitions = (_mean([getattr(one, name) for one in several]) for name in ("states", "transitions"))
    large = {key: weight for key, weight in states.items() if abs(weight) >= _SMALLEST}
    labels = list(dict.fromkeys(label for one in several for label in one.labels))
    return Weights(labels, large, transitions).compact()


def _mean(several: Sequence[dict[tuple[str, str], float]]) -> dict[tuple[str, str], float]:
    keys = {key for weights in several for key in weights}
    return {key: sum(weights.get(key, 0.0) for weights in several) / len(several) for key in keys}


def _rounded(weights: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    rounded = {key: round(weight, _DIGITS) for key, weight in weights.items()}
    return {key: weight for key, weight in sorted(rounded.items()) if weight}


class Table(NamedTuple):
    """The same as whole thousandths, for whoever sums them up."""

    labels: Sequence[str]
    features: Sequence[str]
    """Sorted, as a file has them."""
    states: Array
    """Weight of each feature (row) for each label (column)."""
    transitions: Array
    """Weight of each label (row) before each label (column)."""


def read_table(data: bytes) -> Table:
    """Read a model file whose weights have three digits, without a look at each of them.

    Raises:
        ModelError: the bytes are no such file.

    >>> read_table(write_weights(Weights(["O", "B-ORG"], {("l=báo", "B-ORG"): 0.5}, {("O", "B-ORG"): -1.0}))).states
    array([[  0, 500]], dtype=int32)
    """
    labels, features, rows = _read(data)
    tables: list[Array] = []
    for sort, count in ((_STATE, len(features)), (_TRANSITION, len(labels))):
        chosen = rows[rows["sort"] == sort]
        table: Array = np.zeros((count, len(labels)), dtype=np.int32)
        table[chosen["from"], chosen["to"]] = np.rint(chosen["weight"] * UNIT)
        tables.append(table)
    return Table(labels, features, *tables)


def read_weights(data: bytes) -> Weights:
    """Read a model file.

    Raises:
        ModelError: the bytes are no such file.
    """
    labels, attributes, rows = _read(data)
    listed = rows.tolist()
    states = {(attributes[a], labels[b]): weight for sort, a, b, weight in listed if sort == _STATE}
    transitions = {(labels[a], labels[b]): weight for sort, a, b, weight in listed if sort == _TRANSITION}
    return Weights(labels, states, transitions)


def _read(data: bytes) -> tuple[list[str], list[str], Array]:
    """The labels, the features, and the rows of the file: sort, number of what weighs, of its label, weight."""
    try:
        header = _HEADER.unpack_from(data)
        if header[0] != b"lCRF":
            raise ModelError("not a model file: it does not begin with lCRF")
        at_features, at_labels, at_attributes = header[7:10]
        labels, attributes = _strings(data, at_labels), _strings(data, at_attributes)
        _, _, count = _CHUNK.unpack_from(data, at_features)
        rows: Array = np.frombuffer(data, _ROW, count, at_features + _CHUNK.size)
    except (struct.error, ValueError, IndexError) as error:
        raise ModelError(f"damaged model file: {error}") from error
    weighing = np.where(rows["sort"] == _STATE, len(attributes), len(labels))
    if (rows["sort"] > _TRANSITION).any() or (rows["from"] >= weighing).any() or (rows["to"] >= len(labels)).any():
        raise ModelError("damaged model file: a weight of what it does not name")
    return labels, attributes, rows


def _strings(data: bytes, at: int) -> list[str]:
    """The strings of a table: all decoded at once, without what stands before each."""
    *_, count, backward = _STRINGS_HEADER.unpack_from(data, at)
    offsets: Array = np.frombuffer(data, "<u4", count, at + backward).astype(np.intp)
    if not count:
        return []
    if (np.diff(offsets) <= 0).any():
        raise ModelError("damaged model file: its strings are out of order")
    first, last = int(offsets[0]), int(offsets[-1])
    _, size = _ENTRY.unpack_from(data, at + last)
    entries: Array = np.frombuffer(data, np.uint8, last + _ENTRY.size + size - first, at + first)
    kept = np.ones(len(entries), dtype=bool)
    kept[(offsets[:, None] - first + np.arange(_ENTRY.size)).ravel()] = False
    found: list[str] = entries[kept].tobytes().decode().split("\0")
    if len(found) != count + 1:
        raise ModelError("damaged model file: its strings do not end where they should")
    return found[:-1]


def write_weights(weights: Weights) -> bytes:
    """The model file of these weights; equal weights give equal bytes.

    >>> weights = Weights(["O", "B-ORG"], {("l=báo", "B-ORG"): 0.5}, {("O", "B-ORG"): -1.0})
    >>> read_weights(write_weights(weights)) == weights
    True
    """
    attributes = sorted(weights.features)
    ids = {feature: number for number, feature in enumerate(attributes)}
    label_ids = {label: number for number, label in enumerate(weights.labels)}
    rows = [(_STATE, ids[a], label_ids[b], weight) for (a, b), weight in sorted(weights.states.items())]
    rows += [(_TRANSITION, label_ids[a], label_ids[b], w) for (a, b), w in sorted(weights.transitions.items())]
    features = _CHUNK.pack(b"FEAT", _CHUNK.size + len(rows) * _FEATURE.size, len(rows))
    features += b"".join(_FEATURE.pack(*row) for row in rows)
    label_part, attribute_part = _pack_strings(weights.labels), _pack_strings(attributes)
    at_features = _HEADER.size
    at_labels = at_features + len(features)
    at_attributes = at_labels + len(label_part)
    size = at_attributes + len(attribute_part)
    counts = len(rows), len(weights.labels), len(attributes)
    header = _HEADER.pack(b"lCRF", size, b"FOMC", 100, *counts, at_features, at_labels, at_attributes, size, size)
    return header + features + label_part + attribute_part


def _pack_strings(strings: Iterable[str]) -> bytes:
    entries, offsets = bytearray(), []
    first = _STRINGS_HEADER.size + len(_HASH_TABLES)
    for number, string in enumerate(strings):
        offsets.append(first + len(entries))
        key = string.encode("utf8") + b"\0"
        entries += _ENTRY.pack(number, len(key)) + key
    backward = first + len(entries)
    size = backward + 4 * len(offsets)
    header = _STRINGS_HEADER.pack(b"CQDB", size, 0, _BYTE_ORDER, len(offsets), backward)
    return header + _HASH_TABLES + bytes(entries) + struct.pack(f"<{len(offsets)}I", *offsets)
