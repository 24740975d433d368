"""The command line, a module for each command: it reads its options and calls one function of the library."""

import io
import sys
from typing import Annotated

import typer

from vnextract.cli import evaluate, extract, link, query, report, schema, search, show, train
from vnextract.version import __version__

app = typer.Typer(
    name="vnextract",
    help="Turns Vietnamese press articles into typed records: organisations, officials, dates, numeric indicators.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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


_COMMANDS = (
    schema.schema,
    extract.extract,
    link.link,
    query.query,
    search.search,
    show.show,
    report.report,
    evaluate.evaluate,
    train.train,
)
for _command in _COMMANDS:
    app.command()(_command)
