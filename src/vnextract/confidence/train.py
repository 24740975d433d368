"""Training of confidence: from facts that gold judges, found by models that never saw the article, to weights."""

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.util import find_spec

import numpy as np

from vnextract.assemble import assemble
from vnextract.confidence import evidence
from vnextract.confidence.evidence import Evidence
from vnextract.confidence.model import BIAS, SLOPE, Calibration, Calibrations, odds
from vnextract.errors import MissingExtraError
from vnextract.findings import Findings
from vnextract.gold import GoldArticle
from vnextract.reliability import judgements

_RARE = 8
"""Facts that must have a cue for it to be weighed."""
_FEWEST = 30
"""Facts of a layer below which nothing is learnt of it."""
_PENALTY = 1.0
_LEAST_WEIGHT = 0.01

Judged = tuple[Evidence, bool]


def train(read: Sequence[tuple[GoldArticle, Findings]]) -> Calibrations:
    """Learn how sure each layer's facts are.

    Args:
        read: Annotated articles, each with everything that models found there which had not seen it.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    names = _fitted(_judged(read, Calibrations({})), [evidence.NAME])
    return Calibrations({**_fitted(_judged(read, Calibrations(names)), evidence.LAYERS), **names})


class _Recorder:
    """Notes what calibrations are asked of, layer by layer, in the order of asking."""

    def __init__(self, known: Calibrations) -> None:
        self._known = known
        self.asked: dict[str, list[Evidence]] = {layer: [] for layer in evidence.LAYERS}

    def of(self, layer: str, given: Evidence) -> float | None:
        self.asked[layer].append(given)
        return self._known.of(layer, given)


def _judged(read: Iterable[tuple[GoldArticle, Findings]], known: Calibrations) -> dict[str, list[Judged]]:
    """The evidence of every fact that gold judges, and whether the fact is right; facts come in one order in both."""
    found: dict[str, list[Judged]] = {layer: [] for layer in evidence.LAYERS}
    for gold, findings in read:
        recorder = _Recorder(known)
        told: dict[str, list[bool | None]] = {layer: [] for layer in evidence.LAYERS}
        for one in judgements(gold, assemble(findings, recorder.of)):
            told[one.layer].append(one.right)
        for layer, rights in told.items():
            pairs = zip(recorder.asked[layer], rights, strict=True)
            found[layer] += [(given, right) for given, right in pairs if right is not None]
    return found


def _fitted(judged: dict[str, list[Judged]], layers: Iterable[str]) -> dict[str, Calibration]:
    return {layer: fit(judged[layer]) for layer in layers if len(judged[layer]) >= _FEWEST}


def fit(judged: Sequence[Judged]) -> Calibration:
    """The weights of one layer: logistic regression on the odds of the chance and on the cues that are not rare.

    >>> sure = [(Evidence(0.9, ("long",)), True)] * 30 + [(Evidence(0.4, ("short",)), False)] * 20
    >>> learnt = fit(sure)
    >>> learnt.of(Evidence(0.9, ("long",))) > 0.8 > 0.2 > learnt.of(Evidence(0.4, ("short",)))
    True
    """
    rights = [right for _, right in judged]
    if len(set(rights)) < 2:
        return Calibration({BIAS: 4.0 if rights[0] else -4.0})
    counts = Counter(cue for given, _ in judged for cue in set(given.cues))
    names = [SLOPE, *sorted(cue for cue, count in counts.items() if count >= _RARE)]
    number = {name: at for at, name in enumerate(names)}
    rows = np.zeros((len(judged), len(names)))
    for row, (given, _) in zip(rows, judged, strict=True):
        if given.chance is not None:
            row[0] = odds(given.chance)
        row[[number[cue] for cue in given.cues if cue in number]] = 1.0
    check_regression()
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    model = LogisticRegression(C=_PENALTY, max_iter=2000)
    model.fit(rows, rights)
    weights = {BIAS: float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}
    return Calibration({name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= _LEAST_WEIGHT})


def check_regression() -> None:
    """Refuse to begin where the library of the regression is missing.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    if find_spec("sklearn") is None:
        raise MissingExtraError("confidence is learnt by scikit-learn: pip install 'vnextract[train]'")
