"""The weights of the links that are in use: those of posts, and those of figures."""

from collections.abc import Mapping
from pathlib import Path

from vnextract.model_folder import file_of, once_a_folder
from vnextract.scorer import Scorer, scorers_of, write_scorers

LINKS = "links.json"
"""The file of a model folder that holds those of figures."""
POSTS = "posts.json"
"""The file of those of posts, which articles without figures have too."""


@once_a_folder
def links_in_use(folder: str | None) -> Mapping[str, Scorer]:
    """The scorers of the links of figures that belong to the model in use.

    Kinds of links that its gold showed none of are linked as the shipped model does.

    Raises:
        ModelError: their file is damaged.
    """
    return _scorers(folder, LINKS)


@once_a_folder
def posts_in_use(folder: str | None) -> Mapping[str, Scorer]:
    """The same for posts.

    Raises:
        ModelError: their file is damaged.
    """
    return _scorers(folder, POSTS)


def _scorers(folder: str | None, name: str) -> Mapping[str, Scorer]:
    scorers = scorers_of(*file_of(folder, name))
    return scorers if folder is None else {**scorers_of(*file_of(None, name)), **scorers}


def write_links(folder: Path, scorers: Mapping[str, Mapping[str, Scorer]]) -> None:
    """Write scorers, by the file that they belong to."""
    for name, part in scorers.items():
        write_scorers(folder / name, part)
