"""The command line: each command reads its options and calls one function of the library."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vnextract.errors import VnextractError
from vnextract.version import __version__

app = typer.Typer(
    name="vnextract",
    help="Turns Vietnamese press articles into typed records: organisations, officials, dates, numeric indicators.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_err = Console(stderr=True)

Published = Annotated[
    str | None, typer.Option(help="Publication date of articles that carry none: 2023-05-25, 2023-05 or 2023.")
]


def _fail(message: object) -> typer.Exit:
    _err.print(f"vnextract: {message}", style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """The options before any command."""


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from vnextract.records import ArticleRecord

    print(json.dumps(ArticleRecord.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


@app.command()
def extract(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; - is standard input.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; without it, JSONL to standard output.")
    ] = None,
    published: Published = None,
) -> None:
    """Extract records from articles: folders, .txt, .jsonl."""
    from vnextract.archive.run import run

    try:
        failures = run(paths, output, published)
    except VnextractError as error:
        raise _fail(error) from error
    raise typer.Exit(1 if failures else 0)


@app.command()
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
        raise _fail(f"--errors takes one of {', '.join(LAYERS)}, not {errors!r}")
    try:
        result = evaluate_files(gold)
    except VnextractError as error:
        raise _fail(error) from error
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


@app.command()
def train(
    gold: Annotated[list[Path], typer.Argument(help="Gold files, JSONL.", exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the model to.")],
) -> None:
    """Retrain the tagger of names on annotated articles."""
    from vnextract.tagging.train import train as train_tagger

    try:
        train_tagger(gold, output)
    except VnextractError as error:
        raise _fail(error) from error
    _err.print(f"model written to {output}")


if __name__ == "__main__":
    sys.exit(app())
