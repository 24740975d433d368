"""`vnextract query`: SQL to a database of extracted articles."""

import os
from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import told


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
    with told():
        print_csv(database, sql) if as_csv else print_table(database, sql, rows)
