"""Linking at the end of an extraction, where there is something to link and something to do it with."""

from pathlib import Path

from rich.console import Console

from vnextract.archive.progress import tell
from vnextract.archive.write import Target
from vnextract.errors import MissingExtraError, OutputError


def link_output(output: Path, is_asked_for: bool, console: Console | None = None) -> None:
    """Link what an extraction has written, if it is a database.

    Args:
        output: Where the extraction has written to.
        is_asked_for: Whether the user wants it by all means: what keeps it from being done is then an error.
        console: Where to say how it goes; standard error by default.

    Raises:
        OutputError: it is asked for, and the output is no database; or another process has it open.
        MissingExtraError: it is asked for, and the libraries are not installed.
    """
    from vnextract.linking.run import link

    console = console or Console(stderr=True)
    if Target.of(output).kind != "duckdb":
        if is_asked_for:
            raise OutputError(f"{output} cannot be linked: only a .duckdb can; name one, or leave --link away")
        return
    try:
        link(output, console=console)
    except MissingExtraError as error:
        if is_asked_for:
            raise
        tell(console, f"not linked: {error}")
