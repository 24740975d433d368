"""What a disk refuses, as errors of ours: a wrong output before the work, during it a run that can be gone on with."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vnextract.errors import OutputError, StorageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def preparing(path: Path) -> Iterator[None]:
    """Around what an output needs before the work.

    Raises:
        OutputError: it cannot be had; StorageError where only room is missing.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            raise _stopped(path, error) from error
        raise OutputError(f"{path} cannot be written: {_reason(error)}; name another output") from error


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Around the work.

    Raises:
        StorageError: the disk is full, a file may not grow, or something else has come between.
    """
    try:
        yield
    except BrokenPipeError:
        # A reader that has enough is no error.
        raise
    except (OSError, sqlite3.Error) as error:
        raise _stopped(path, error) from error


def _stopped(path: Path, error: Exception) -> StorageError:
    return StorageError(
        f"{path} cannot be written any further: {_reason(error)}. What is written so far stands; "
        "with more room, the same command goes on from here"
    )


def _reason(error: Exception) -> str:
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.strerror} ({error.filename})" if error.filename else error.strerror
