"""From evidence to a probability: small tables of weights, learnt on articles that no other model saw."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import repeat
from math import exp, log
from pathlib import Path

from vnextract.confidence.evidence import Evidence
from vnextract.errors import ModelError
from vnextract.model_folder import file_of, once_a_folder

CONFIDENCE = "confidence.json"
"""The file of a model folder that holds these weights."""
BIAS, SLOPE = "always", "chance"
"""The names of the weight that every fact has, and of what the logarithm of the odds of its chance is multiplied by."""
_SUREST = 0.999
_WITHOUT = repeat(0.0)
"""What cues without a weight count."""


ConfidenceOf = Callable[[str, Evidence], float | None]
"""What gives the confidence of a fact of one layer."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights of one layer; none at all give no confidence."""

    weights: Mapping[str, float]

    def of(self, evidence: Evidence) -> float | None:
        """The probability that a fact with this evidence is right, to two digits.

        >>> Calibration({"always": 1.0, "chance": 1.0, "rule tagger": 0.5}).of(Evidence(0.9, ("rule tagger",)))
        0.98
        """
        if not self.weights:
            return None
        weight = self.weights.get
        total = weight(BIAS, 0.0) + sum(map(weight, evidence.cues, _WITHOUT))
        if evidence.chance is not None:
            total += weight(SLOPE, 0.0) * odds(evidence.chance)
        return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 2)


def odds(chance: float) -> float:
    """The logarithm of the odds of a probability, that of near certainty cut off.

    >>> odds(0.5), round(odds(1.0), 2), round(odds(0.0), 2)
    (0.0, 6.91, -6.91)
    """
    kept = min(max(chance, 1 - _SUREST), _SUREST)
    return log(kept / (1 - kept))


_NONE = Calibration({})


@dataclass(frozen=True, slots=True)
class Calibrations:
    """The weights of all layers."""

    layers: Mapping[str, Calibration]

    def of(self, layer: str, evidence: Evidence) -> float | None:
        """The confidence of a fact of one layer; None where nothing was learnt of it."""
        return self.layers.get(layer, _NONE).of(evidence)

    def write(self, folder: Path) -> None:
        """Write the weights as JSON, by name."""
        weights = {layer: dict(sorted(one.weights.items())) for layer, one in self.layers.items()}
        (folder / CONFIDENCE).write_text(json.dumps(weights, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


@once_a_folder
def calibrations_in_use(folder: str | None) -> Calibrations:
    """The weights that belong to the model in use; none where its folder holds none.

    Raises:
        ModelError: the file is damaged.
    """
    path, data = file_of(folder, CONFIDENCE)
    if data is None:
        return Calibrations({})
    try:
        layers = json.loads(data)
        return Calibrations({layer: Calibration(dict(weights)) for layer, weights in layers.items()})
    except (ValueError, AttributeError, TypeError) as error:
        raise ModelError(f"{path} holds no weights ({error}): train again or reinstall vnextract") from error
