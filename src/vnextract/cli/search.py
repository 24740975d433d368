"""`vnextract search`: articles of an archive by their words."""

import csv
import dataclasses
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from vnextract.cli.common import say, told


def search(
    database: Annotated[Path, typer.Argument(help="A .duckdb that `vnextract extract` has made.", exists=True)],
    words: Annotated[str, typer.Argument(help='What to look for: so y te dien bien, "so y te".', show_default=False)],
    rows: Annotated[int, typer.Option(min=1, help="Articles to show.")] = 10,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print them as CSV for a spreadsheet.")] = False,
) -> None:
    """Find articles by their words, typed with or without accents."""
    from vnextract.archive.query import harmless
    from vnextract.archive.search import print_hits
    from vnextract.archive.search import search as search_archive

    with told():
        hits = search_archive(database, os.fsencode(words).decode("utf8", "replace"), rows)
    if as_csv:
        found = [dataclasses.asdict(hit) for hit in hits]
        writer = csv.writer(sys.stdout)
        writer.writerow(["id", "title", "published", "source", "url", "extract"])
        writer.writerows([harmless(cell) for cell in one.values()] for one in found)
    elif hits:
        print_hits(hits, Console(width=None if sys.stdout.isatty() else 200))
    else:
        say("nothing found")
