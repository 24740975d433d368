"""`vnextract show`: one article with its facts, or an archive."""

from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import Language, Published, say, told


def show(
    source: Annotated[str, typer.Argument(help="An article's file, - for standard input, or a .duckdb archive.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Page to write (.html), or a folder of pages, one an article.",
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    published: Published = None,
    id: Annotated[str | None, typer.Option(help="Which article, where the file holds several.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rule made each mention (terminal).")] = False,
    language: Language = None,
) -> None:
    """Look at one article with its facts, or at a whole archive."""
    from vnextract.show.command import show as show_source

    with told():
        written = show_source(source, output, open_page, published, id, explain, language)
    if written is not None:
        say(f"page written to {written}")
