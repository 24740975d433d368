"""`vnextract query`: SQL to a database of extracted articles."""

import os
from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import say, told


def query(
    database: Annotated[Path, typer.Argument(help="A .duckdb that `vnextract extract` has made.", exists=True)],
    sql: Annotated[str, typer.Argument(help="The question, in SQL.", show_default=False)],
    rows: Annotated[int, typer.Option(min=1, help="Rows to show.")] = 100,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write all rows into a file: .csv, .xlsx or .parquet.", dir_okay=False),
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin the CSV with the mark by which Excel knows UTF-8.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all rows as CSV for a spreadsheet.")] = False,
) -> None:
    """Ask a database of extracted articles a question in SQL.

    A COPY (SELECT …) TO 'out.csv' writes its answer, as -o does, into a new file in the current folder or below it.
    """
    from vnextract.archive.copy import copy_of
    from vnextract.archive.export import export
    from vnextract.archive.query import print_csv, print_table

    # In a locale without Vietnamese, Python cannot read what was typed, but keeps its bytes.
    sql = os.fsencode(sql).decode("utf8", "replace")
    with told():
        if output is None and (copy := copy_of(sql)) is not None:
            sql, output = copy
        if output is not None:
            say(f"{export(database, sql, output, bom):,} rows written to {output}")
        else:
            print_csv(database, sql) if as_csv else print_table(database, sql, rows)
