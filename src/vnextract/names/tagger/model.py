"""The tagger at work: one model per process, one pass per article."""

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, cast

import numpy as np

from vnextract.errors import ModelError
from vnextract.model_folder import digest_of, named_folder
from vnextract.names.bodies import Parsed
from vnextract.names.tagger.digest import tables_digest
from vnextract.names.tagger.features import FEATURES_VERSION
from vnextract.names.tagger.labels import OUTSIDE, decode
from vnextract.names.tagger.names import Label, TaggedName
from vnextract.names.tagger.paths import best_paths, marginals
from vnextract.names.tagger.scores import Scores
from vnextract.names.tagger.weights import read_table
from vnextract.text.document import Text

WEIGHTS = "tagger.crf"
"""The file of a model folder that holds the weights, in CRFsuite's format."""
MANIFEST = "tagger.json"
"""The file of a model folder that says what the weights belong to, and their SHA-256."""
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Model:
    """A trained tagger."""

    scores: Scores

    def names(self, text: Text, parsed: Parsed) -> list[TaggedName]:
        """Organisations and persons of a text, in order, none touching another; `parsed` is what the grammar reads."""
        stretches, scores = self.scores.of(text, parsed)
        transitions = self.scores.transitions
        numbers = best_paths(scores, stretches, transitions)
        names = list(self._names(stretches, numbers))
        around = [(max(begin, first - _AROUND), min(end, last + _AROUND)) for first, last, _, (begin, end) in names]
        sure, at, found = marginals(scores, around, transitions), 0, []
        for (first, last, kind, _), (begin, end) in zip(names, around, strict=True):
            rows = np.arange(at + first - begin, at + last - begin)
            score = float(sure[rows, numbers[first:last]].min())
            found.append(TaggedName(*text.words.span(first, last), kind, score))
            at += end - begin
        return found

    def _names(
        self, stretches: Sequence[tuple[int, int]], numbers: Sequence[int]
    ) -> Iterator[tuple[int, int, Label, tuple[int, int]]]:
        """Index ranges of the names, their kinds, and the stretches that they stand in."""
        labels, outside = self.scores.labels, self.scores.labels.index(OUTSIDE)
        for begin, end in stretches:
            if numbers[begin:end].count(outside) == end - begin:
                continue
            for first, last, kind in decode([labels[number] for number in numbers[begin:end]]):
                yield begin + first, begin + last, cast(Label, kind), (begin, end)


def model_in_use() -> Model:
    """The model of the folder that the environment names, else the shipped one.

    Raises:
        ModelError: the folder named holds no model.
    """
    named = named_folder()
    return _named_model(named) if named else shipped_model()


def digest_in_use() -> str:
    """The SHA-256 of everything learnt that would be used; it is checked, not kept.

    Raises:
        ModelError: the folder named holds no model, or a damaged one.
    """
    named = named_folder()
    with nullcontext(Path(named)) if named else as_file(files("vnextract.names.tagger") / "models") as folder:
        _checked(folder)
    return digest_of(named)


def _checked(folder: Path) -> bytes:
    """The tagger's weights of a model folder, as its manifest has them."""
    manifest, weights = _manifest(folder / MANIFEST), folder / WEIGHTS
    if manifest.get("features") != FEATURES_VERSION:
        raise ModelError(f"{folder}: trained for another version of the tagger's features; train it again")
    if manifest.get("tables") != tables_digest():
        raise ModelError(f"{folder}: trained with other tables of the lexicon; train it again with `vnextract train`")
    try:
        data = weights.read_bytes()
    except OSError as error:
        raise ModelError(f"{weights}: cannot be read as a model: {error}") from error
    if sha256(data).hexdigest() != manifest.get("sha256"):
        raise ModelError(f"{weights}: damaged: its SHA-256 is not the one in {MANIFEST}")
    return data


@cache
def _named_model(path: str) -> Model:
    return load_model(path)


@cache
def shipped_model() -> Model:
    """The model that travels with the package, read on first use.

    Raises:
        ModelError: the installed file is missing or is not the one the package was built with.
    """
    with as_file(files("vnextract.names.tagger") / "models") as folder:
        return load_model(folder)


def load_model(path: str | Path) -> Model:
    """Read a model folder that `vnextract.names.tagger.train.train` wrote.

    Raises:
        ModelError: the folder lacks a file, the weights are damaged, or they belong to other features or other tables.
    """
    data = _checked(Path(path))
    return Model(Scores(read_table(data)))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read as a model's manifest: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelError(f"{path}: a model's manifest is a JSON object")
    return manifest
