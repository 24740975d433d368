"""`vnextract link`: who is who across an archive."""

from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import told


def link(
    database: Annotated[Path, typer.Argument(help="A .duckdb that `vnextract extract` has made.", exists=True)],
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="Probability from which on two mentions may be one person's.")
    ] = 0.9,
) -> None:
    """Find who is who across an archive: one row a body and a person, careers, series of figures, stories.

    The tables are added to the database, in place of those of an earlier linking.
    """
    from vnextract.linking.run import link as link_archive

    with told():
        link_archive(database, threshold)
