"""The weights of the links that are in use."""

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from vnextract.links.scorer import LINKS, Scorer, read_scorers
from vnextract.names.tagger.model import MODEL_VARIABLE


def links_in_use() -> Mapping[str, Scorer]:
    """The scorers of the folder that the environment variable `VNEXTRACT_MODEL` names, else the shipped ones.

    A folder that holds a tagger alone leaves the links as they were shipped.

    Raises:
        ModelError: the folder's file is damaged.
    """
    named = os.environ.get(MODEL_VARIABLE)
    return _named(named) if named else shipped_links()


@cache
def _named(folder: str) -> Mapping[str, Scorer]:
    path = Path(folder) / LINKS
    return read_scorers(path) if path.exists() else shipped_links()


@cache
def shipped_links() -> Mapping[str, Scorer]:
    """The scorers that travel with the package, read on first use."""
    with as_file(files("vnextract.names.tagger") / "models") as folder:
        return read_scorers(folder / LINKS)
