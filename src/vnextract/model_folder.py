"""The folder with everything that is learnt: the shipped one, or the one that an environment variable names."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

Part = TypeVar("Part")

MODEL_VARIABLE = "VNEXTRACT_MODEL"
"""The environment variable that names a model folder to use in place of the shipped one.

Worker processes and Spark's executors inherit the environment, so one setting reaches them all.
"""


def named_folder() -> str | None:
    """The folder that the environment names; None for the shipped one."""
    return os.environ.get(MODEL_VARIABLE) or None


def file_of(folder: str | None, name: str) -> tuple[str, bytes | None]:
    """A file of a model folder: where it is, and what it holds; None where no folder has it.

    A folder that holds a part alone leaves the rest as it was shipped.

    Args:
        folder: The folder; None for the shipped one.
        name: The file's name.

    >>> file_of(None, "no such file")[1] is None
    True
    """
    if folder and (path := Path(folder) / name).exists():
        return str(path), path.read_bytes()
    shipped = files("vnextract.names.tagger") / "models" / name
    return str(shipped), shipped.read_bytes() if shipped.is_file() else None


def once_a_folder(read: Callable[[str | None], Part]) -> Callable[[], Part]:
    """Of a function that reads a part of a folder: one that gives the part in use, read once for each folder named."""
    kept = cache(read)

    @wraps(read)
    def in_use() -> Part:
        return kept(named_folder())

    return in_use


def digest_of(folder: str | None) -> str:
    """The SHA-256 of everything learnt that is in use with a folder: two models of one digest give the same records."""
    shipped = files("vnextract.names.tagger") / "models"
    names = {part.name for part in shipped.iterdir() if part.is_file()}
    digest = sha256()
    for name in sorted(names):
        digest.update(name.encode() + (file_of(folder, name)[1] or b""))
    return digest.hexdigest()


@contextmanager
def using(folder: str | Path) -> Iterator[None]:
    """Use a model folder for a while, as training does to read articles with models that never saw them."""
    before = os.environ.get(MODEL_VARIABLE)
    os.environ[MODEL_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[MODEL_VARIABLE]
        else:
            os.environ[MODEL_VARIABLE] = before
