"""`vnextract evaluate`: the figures on gold."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vnextract.cli.common import fail, told


def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, JSONL.", exists=True, dir_okay=False)],
    errors: Annotated[
        str | None, typer.Option(help="List every miss of a layer: organisations, officials, dates, indicators.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as one JSON object.")] = False,
) -> None:
    """Score the library on annotated articles."""
    from vnextract.evaluate import LAYERS, evaluate_files

    if errors is not None and errors not in LAYERS:
        raise fail(f"--errors takes one of {', '.join(LAYERS)}, not {errors!r}")
    with told():
        result = evaluate_files(gold)
    for miss in result.misses:
        if miss.layer == errors:
            print(miss)
    if as_json:
        table = {
            name: {
                "p": round(score.precision, 4),
                "r": round(score.recall, 4),
                "f1": round(score.f1, 4),
                "gold": score.gold,
                "pred": score.predicted,
            }
            for name, score in result.scores.items()
        }
        print(json.dumps(table))
        return
    shown = Table("figure", *("precision", "recall", "F1", "gold", "predicted"))
    for column in shown.columns[1:]:
        column.justify = "right"
    for name, score in result.scores.items():
        ratios = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
        shown.add_row(name, *ratios, str(score.gold), str(score.predicted))
    Console().print(shown)
