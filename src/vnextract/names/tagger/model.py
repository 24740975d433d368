"""The tagger at work: one model per process, one pass per article."""

import json
import os
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, cast

from vnextract.errors import ModelError
from vnextract.names.bodies import Parsed
from vnextract.names.tagger.digest import tables_digest
from vnextract.names.tagger.features import FEATURES_VERSION, Features, Featuriser
from vnextract.names.tagger.labels import decode
from vnextract.names.tagger.names import Label, TaggedName
from vnextract.names.tagger.weights import read_weights
from vnextract.text.document import Text

WEIGHTS = "tagger.crf"
"""The file of a model folder that holds the weights, in CRFsuite's format."""
MANIFEST = "tagger.json"
"""The file of a model folder that says what the weights belong to, and their SHA-256."""
MODEL_VARIABLE = "VNEXTRACT_MODEL"
"""The environment variable that names a model folder to use in place of the shipped one."""
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Model:
    """A trained tagger."""

    tagger: Any
    labels: Sequence[str]
    featuriser: Featuriser

    def names(self, text: Text, parsed: Parsed) -> list[TaggedName]:
        """Organisations and persons of a text, in order, none touching another; `parsed` is what the grammar reads."""
        found: list[TaggedName] = []
        read = {(one.start, one.end) for one in parsed.candidates}
        for syllables, features in self.featuriser.sentences(text, parsed):
            labels = self.tagger.tag(features)
            for first, last, kind in decode(labels):
                start, end = syllables[first].start, syllables[last - 1].end
                score = 1.0 if (start, end) in read else self._score(features, labels, first, last)
                found.append(TaggedName(start, end, cast(Label, kind), score))
        return found

    def _score(self, features: list[Features], labels: Sequence[str], first: int, last: int) -> float:
        """The probability of the label that is least sure, as seen from the name and the syllables around it."""
        begin = max(0, first - _AROUND)
        marginals = self.tagger.marginals(features[begin : last + _AROUND])
        column = {label: index for index, label in enumerate(self.labels)}
        return float(min(marginals[at - begin][column[labels[at]]] for at in range(first, last)))


def model_in_use() -> Model:
    """The model of the folder that the environment variable `VNEXTRACT_MODEL` names, else the shipped one.

    Worker processes and Spark's executors inherit the environment, so one setting reaches them all.

    Raises:
        ModelError: the folder named holds no model.
    """
    named = os.environ.get(MODEL_VARIABLE)
    return _named_model(named) if named else shipped_model()


def digest_in_use() -> str:
    """The SHA-256 of the weights that `model_in_use` would load, which are not loaded.

    Raises:
        ModelError: the folder named holds no model, or a damaged one.
    """
    named = os.environ.get(MODEL_VARIABLE)
    with nullcontext(Path(named)) if named else as_file(files("vnextract.names.tagger") / "models") as folder:
        return _checked(folder)[1]


def _checked(folder: Path) -> tuple[bytes, str]:
    """The weights of a model folder and their SHA-256."""
    manifest, weights = _manifest(folder / MANIFEST), folder / WEIGHTS
    if manifest.get("features") != FEATURES_VERSION:
        raise ModelError(f"{folder}: trained for another version of the tagger's features; train it again")
    if manifest.get("tables") != tables_digest():
        raise ModelError(f"{folder}: trained with other tables of the lexicon; train it again with `vnextract train`")
    try:
        data = weights.read_bytes()
    except OSError as error:
        raise ModelError(f"{weights}: cannot be read as a model: {error}") from error
    digest = sha256(data).hexdigest()
    if digest != manifest.get("sha256"):
        raise ModelError(f"{weights}: damaged: its SHA-256 is not the one in {MANIFEST}")
    return data, digest


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
    from underthesea_core import CRFModel, CRFTagger

    folder = Path(path)
    data, _ = _checked(folder)
    weights = folder / WEIGHTS
    try:
        tagger = CRFTagger.from_model(CRFModel.load(str(weights)))
    except OSError as error:
        raise ModelError(f"{weights}: cannot be read as a model: {error}") from error
    return Model(tagger, tuple(tagger.labels()), Featuriser(read_weights(data).features))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read as a model's manifest: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelError(f"{path}: a model's manifest is a JSON object")
    return manifest
