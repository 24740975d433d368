"""The command line: each command reads its options and calls one function of the library."""

import io
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vnextract.archive.files import printable
from vnextract.errors import StorageError, VnextractError
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


def _fail(message: object, code: int = 2) -> typer.Exit:
    _err.print(printable(f"vnextract: {message}"), style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(code)


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
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese cannot be printed in every locale; files and terminals of today take UTF-8.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf8", errors="backslashreplace")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from vnextract.records import ArticleRecord

    print(json.dumps(ArticleRecord.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


@app.command()
def extract(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; - is standard input.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="A .duckdb, a .jsonl (.gz, .zst), or a folder for Parquet; without it, JSON lines to standard output.",
        ),
    ] = None,
    published: Published = None,
    since: Annotated[
        str | None, typer.Option(help="Only articles published on or after this day, month, year.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Only articles published on or before it.")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Only the first so many articles.")] = None,
    sample: Annotated[
        int | None, typer.Option(min=0, help="Only so many, drawn at random; the same ones again.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; by default one per processor core.")] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds for one article, after which it is a failure.")
    ] = 120,
    text_field: Annotated[str | None, typer.Option(help="Column that holds the text.")] = None,
    published_field: Annotated[str | None, typer.Option(help="Column that holds the publication date.")] = None,
    title_field: Annotated[str | None, typer.Option(help="Column that holds the headline.")] = None,
    id_field: Annotated[str | None, typer.Option(help="Column that holds the identifier.")] = None,
    source_field: Annotated[str | None, typer.Option(help="Column that holds the newspaper or site.")] = None,
    url_field: Annotated[str | None, typer.Option(help="Column that holds the address.")] = None,
    with_text: Annotated[
        bool | None,
        typer.Option(
            "--with-text/--no-text",
            show_default=False,
            help="Keep the articles' text with the records; by default in tables, not in JSON lines.",
        ),
    ] = None,
    part: Annotated[int, typer.Option(min=1, help="Articles after which the work is made safe.")] = 1000,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Read files of a folder that are links out of it.")
    ] = False,
    retry_failures: Annotated[
        bool, typer.Option("--retry-failures", help="Try the failures of a finished run again.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew: drop what an earlier run has written.")
    ] = False,
) -> None:
    """Extract records from .txt, .md, .json, .jsonl, .csv, .tsv, .parquet, .html and WARC files and feeds (.rss, .xml).

    All of them may also be packed, as .gz, .zst or .zip.

    An interrupted run goes on where it stopped when the same command is given again. The exit code is 0 when all went
    well, 1 when something could not be read (it is named), 2 when nothing was begun, 3 when the output could not be
    written to its end, as on a full disk.
    """
    from vnextract.archive.job import Job
    from vnextract.archive.prepare import Reading
    from vnextract.archive.run import default_workers, run

    fields = {
        "text": text_field,
        "published": published_field,
        "title": title_field,
        "id": id_field,
        "source": source_field,
        "url": url_field,
    }
    reading = Reading(
        {part: column for part, column in fields.items() if column}, published, since, until, follow_links
    )
    job = Job(reading, workers or default_workers(), timeout, limit, sample, with_text, retry_failures, restart, part)
    try:
        summary = run(paths, None if str(output) == "-" else output, job)
    except StorageError as error:
        raise _fail(error, 3) from error
    except VnextractError as error:
        raise _fail(error) from error
    raise typer.Exit(summary.exit_code)


@app.command()
def query(
    database: Annotated[Path, typer.Argument(help="A .duckdb that `vnextract extract` has made.", exists=True)],
    sql: Annotated[str, typer.Argument(help="The question, in SQL.", show_default=False)],
    rows: Annotated[int, typer.Option(min=1, help="Rows to show.")] = 100,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV for a spreadsheet.")] = False,
) -> None:
    """Ask a database of extracted articles a question in SQL."""
    from vnextract.archive.query import print_csv, print_table

    # In a locale without Vietnamese, Python cannot read what was typed, but keeps its bytes.
    sql = os.fsencode(sql).decode("utf8", "replace")
    try:
        print_csv(database, sql) if as_csv else print_table(database, sql, rows)
    except VnextractError as error:
        raise _fail(error) from error


@app.command()
def show(
    source: Annotated[str, typer.Argument(help="An article's file, - for standard input, or a .duckdb archive.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="HTML page to write; without it, a view in the terminal.")
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    published: Published = None,
    id: Annotated[str | None, typer.Option(help="Which article, where the file holds several.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rule made each mention (terminal).")] = False,
) -> None:
    """Look at one article with its facts, or at a whole archive."""
    from vnextract.show.command import show as show_source

    try:
        written = show_source(source, output, open_page, published, id, explain)
    except VnextractError as error:
        raise _fail(error) from error
    if written is not None:
        _err.print(f"page written to {written}", markup=False, highlight=False, soft_wrap=True)


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
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="Folder to write the model to.")],
) -> None:
    """Retrain the tagger of names and the weights of links and of counted nouns on annotated articles."""
    from vnextract.figures.train import train as train_nouns
    from vnextract.links.train import train as train_model

    try:
        train_model(gold, output)
        train_nouns(gold, output)
    except (VnextractError, OSError) as error:
        raise _fail(error) from error
    _err.print(f"model written to {output}")


if __name__ == "__main__":
    sys.exit(app())
