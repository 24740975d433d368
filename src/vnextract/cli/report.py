"""`vnextract report`: a linked archive as a folder of pages."""

from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import Language, say, told


def report(
    database: Annotated[Path, typer.Argument(help="A .duckdb that `vnextract link` has linked.", exists=True)],
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="Folder to write the pages to.")],
    language: Language = None,
    articles: Annotated[int, typer.Option(min=0, help="Articles that get a page, the latest first.")] = 1000,
) -> None:
    """Make a folder of static pages of an archive: search, bodies, people, statistics over time, stories."""
    from vnextract.show.site.write import write_report

    with told():
        written = write_report(database, output, language, articles)
    say(f"report written to {written}")
