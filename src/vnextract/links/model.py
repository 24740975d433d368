"""The weights of the links that are in use."""

from collections.abc import Mapping

from vnextract.model_folder import file_of, once_a_folder
from vnextract.scorer import Scorer, scorers_of

LINKS = "links.json"
"""The file of a model folder that holds them."""


@once_a_folder
def links_in_use(folder: str | None) -> Mapping[str, Scorer]:
    """The scorers that belong to the model in use.

    Kinds of links that its gold showed none of are linked as the shipped model does.

    Raises:
        ModelError: their file is damaged.
    """
    scorers = scorers_of(*file_of(folder, LINKS))
    return scorers if folder is None else {**scorers_of(*file_of(None, LINKS)), **scorers}
