"""The trainer's model file, made small and repeatable.

The trainer writes CRFsuite's binary format with every feature it ever saw, in an order that changes from run to run.
Here the features that weigh nothing are dropped, the rest is rounded and put in order, so that the same data give the
same file; what is written is the part of the format that `underthesea_core` reads (no hash tables).
"""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vnextract.errors import ModelError

_HEADER = struct.Struct("<4sI4s9I")
_STRINGS_HEADER = struct.Struct("<4s5I")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_ENTRY = struct.Struct("<II")
_BYTE_ORDER = 0x62445371
_HASH_TABLES = bytes(256 * 8)
_STATE, _TRANSITION = 0, 1
_DIGITS = 3
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


def _rounded(weights: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    rounded = {key: round(weight, _DIGITS) for key, weight in weights.items()}
    return {key: weight for key, weight in sorted(rounded.items()) if weight}


def read_weights(data: bytes) -> Weights:
    """Read a model file.

    Raises:
        ModelError: the bytes are no such file.
    """
    try:
        header = _HEADER.unpack_from(data)
        if header[0] != b"lCRF":
            raise ModelError("not a model file: it does not begin with lCRF")
        at_features, at_labels, at_attributes = header[7:10]
        labels, attributes = _strings(data, at_labels), _strings(data, at_attributes)
        _, _, count = _CHUNK.unpack_from(data, at_features)
        first = at_features + _CHUNK.size
        rows = list(_FEATURE.iter_unpack(data[first : first + count * _FEATURE.size]))
        states = {(attributes[a], labels[b]): weight for sort, a, b, weight in rows if sort == _STATE}
        transitions = {(labels[a], labels[b]): weight for sort, a, b, weight in rows if sort == _TRANSITION}
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ModelError(f"damaged model file: {error}") from error
    return Weights(labels, states, transitions)


def _strings(data: bytes, at: int) -> list[str]:
    *_, count, backward = _STRINGS_HEADER.unpack_from(data, at)
    found = []
    for offset in struct.unpack_from(f"<{count}I", data, at + backward):
        _, size = _ENTRY.unpack_from(data, at + offset)
        first = at + offset + _ENTRY.size
        found.append(data[first : first + size - 1].decode("utf8"))
    return found


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
