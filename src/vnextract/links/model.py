"""The weights of the links that are in use."""

from collections.abc import Mapping
from functools import cache

from vnextract.links.scorer import LINKS, Scorer, scorers_of
from vnextract.model_folder import file_of, named_folder


def links_in_use() -> Mapping[str, Scorer]:
    """The scorers that belong to the model in use.

    Raises:
        ModelError: their file is damaged.
    """
    return _read(named_folder())


@cache
def _read(folder: str | None) -> Mapping[str, Scorer]:
    """The scorers, read once for each folder that the environment has named.

    Kinds of links that its gold showed none of are linked as the shipped model does.
    """
    scorers = scorers_of(*file_of(folder, LINKS))
    return scorers if folder is None else {**_read(None), **scorers}
