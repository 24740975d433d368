"""What the commands share: options that several take, and how an error ends one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from vnextract.archive.files import printable
from vnextract.errors import StorageError, VnextractError

Published = Annotated[
    str | None, typer.Option(help="Publication date of articles that carry none: 2023-05-25, 2023-05 or 2023.")
]
Language = Annotated[
    str | None,
    typer.Option(envvar="VNEXTRACT_LANGUAGE", help="Language of what is shown, en or vi; English by default."),
]
_err = Console(stderr=True)


def say(message: object) -> None:
    """A line for people, on standard error."""
    _err.print(printable(str(message)), markup=False, highlight=False, soft_wrap=True)


def fail(message: object, code: int = 2) -> typer.Exit:
    """Say what is wrong; the returned exception ends the command with the exit code."""
    _err.print(printable(f"vnextract: {message}"), style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(code)


@contextmanager
def told(*others: type[Exception]) -> Iterator[None]:
    """Errors of ours, and of other kinds where a command names them, end it with a sentence: 3 for a full disk, else 2.

    Raises:
        typer.Exit: one of them has come.
    """
    try:
        yield
    except StorageError as error:
        raise fail(error, 3) from error
    except Exception as error:
        if isinstance(error, (VnextractError, *others)):
            raise fail(error) from error
        raise
