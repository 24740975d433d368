"""`vnextract evaluate`: the figures on gold."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from vnextract.cli.common import fail, told

if TYPE_CHECKING:
    from vnextract.evaluate import Evaluation, Score
    from vnextract.reliability import Reliability

THRESHOLDS = (0.5, 0.8, 0.9, 0.95)
"""The probabilities from which on facts are scored by themselves."""


def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, JSONL.", exists=True, dir_okay=False)],
    errors: Annotated[
        str | None, typer.Option(help="List every miss of a layer: organisations, officials, dates, indicators.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as one JSON object.")] = False,
) -> None:
    """Score the library on annotated articles."""
    from vnextract.evaluate import LAYERS, extract_gold
    from vnextract.evaluate import evaluate as scored
    from vnextract.gold import read_gold
    from vnextract.reliability import reliability

    if errors is not None and errors not in LAYERS:
        raise fail(f"--errors takes one of {', '.join(LAYERS)}, not {errors!r}")
    with told():
        articles = list(read_gold(gold))
        records = list(extract_gold(articles))
    result, sure = scored(articles, records), reliability(articles, records)
    for miss in result.misses:
        if miss.layer == errors:
            print(miss)
    if as_json:
        print(json.dumps(_scores(result) | {"confidence": _confidence(sure)}))
        return
    show_scores(result.scores)
    show_reliability(sure)


def show_scores(scores: Mapping[str, "Score"]) -> None:
    """Print precision, recall and F1 of every figure."""
    shown = Table("figure", *("precision", "recall", "F1", "gold", "predicted"))
    for name, score in scores.items():
        ratios = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
        shown.add_row(name, *ratios, str(score.gold), str(score.predicted))
    _print(shown)


def _print(table: Table) -> None:
    for column in table.columns[1:]:
        column.justify = "right"
    Console().print(table)


def _scores(result: "Evaluation") -> dict[str, Any]:
    return {
        name: {
            "p": round(score.precision, 4),
            "r": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "gold": score.gold,
            "pred": score.predicted,
        }
        for name, score in result.scores.items()
    }


def _confidence(sure: Mapping[str, "Reliability"]) -> dict[str, Any]:
    """Of each layer: its facts, its calibration error, precision and recall from each threshold on."""
    return {
        layer: {
            "facts": len(one.judged),
            "calibration_error": round(one.calibration_error, 4),
            "chance_error": round(one.chance_error, 4),
            "at": {str(least): [round(value, 4) for value in one.at(least)] for least in THRESHOLDS},
        }
        for layer, one in sure.items()
    }


def show_reliability(sure: Mapping[str, "Reliability"]) -> None:
    """Print precision and recall of the facts that are at least so sure, and how far confidence is from truth.

    Beside that stands how far it would be by chance, if it were right.
    """
    shown = Table("confidence", "facts", "error", "by chance", *(f"P/R ≥ {least}" for least in THRESHOLDS))
    for layer, one in sure.items():
        pairs = (f"{precision:.2f}/{recall:.2f}" for precision, recall in map(one.at, THRESHOLDS))
        shown.add_row(layer, str(len(one.judged)), f"{one.calibration_error:.3f}", f"{one.chance_error:.3f}", *pairs)
    _print(shown)
