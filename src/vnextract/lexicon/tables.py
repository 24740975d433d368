"""The loader: TSV tables with a header line; lines that begin with `#` name the source and explain."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> Sequence[dict[str, str]]:
    """The rows of `lexicon/NAME.tsv`, each a mapping from column to text (missing cells are empty).

    Raises:
        FileNotFoundError: there is no such table.
    """
    lines = (files("vnextract.lexicon") / f"{name}.tsv").read_text(encoding="utf8").splitlines()
    header, *rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return tuple(dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)) for row in rows)
