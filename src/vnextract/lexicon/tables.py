"""The loader: TSV tables with a header line; lines that begin with `#` name the source and explain."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from vnextract.errors import LexiconError

_MOST_KEPT = 4
"""Tables whose rows are kept: what is made of them stays, and most are asked for once, or several times in a row."""


@lru_cache(maxsize=_MOST_KEPT)
def table(name: str) -> Sequence[dict[str, str]]:
    """The rows of `lexicon/NAME.tsv`, each a mapping from column to text (missing cells are empty).

    Raises:
        LexiconError: there is no such table, it names no source, or a row is too long or stands twice.

    >>> table("honorifics")[0]["honorific"]
    'ông'
    """
    return parse_table(_text_of(name), name)


def rows_of(name: str, width: int) -> Sequence[str]:
    """The rows of a long table as they stand in its file, a tab between their cells: quicker than as mappings.

    Raises:
        LexiconError: as `table`; or a row has not so many cells.

    >>> rows_of("open_names", 2)[0]
    '% Arabica\\tcompany'
    """
    lines = _lines(_text_of(name))
    if any(line.count("\t") != width - 1 for line in lines):
        raise LexiconError(f"{name}.tsv: every row must have {width} cells")
    if len(set(lines)) < len(lines):
        raise LexiconError(f"{name}.tsv: a row stands twice")
    return lines[1:]


def _text_of(name: str) -> str:
    try:
        text = (files("vnextract.lexicon") / f"{name}.tsv").read_text(encoding="utf8")
    except FileNotFoundError as error:
        raise LexiconError(f"there is no table {name}.tsv in the lexicon") from error
    _check_source(text, name)
    return text


def _lines(text: str) -> list[str]:
    """The header and the rows of a table's text."""
    return [line for line in text.splitlines() if line and line[0] != "#" and not line.isspace()]


def _check_source(text: str, name: str) -> None:
    if not text.startswith("#"):
        raise LexiconError(f"{name}.tsv: its first line names no source: begin it with `#` and say where it is from")


def parse_table(text: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table's text.

    Raises:
        LexiconError: as `table`.

    >>> parse_table("# Common knowledge.\\nword\\tkind\\nông\\tman\\nbà", "people")
    ({'word': 'ông', 'kind': 'man'}, {'word': 'bà', 'kind': ''})
    """
    _check_source(text, name)
    header, *cells = [tuple(line.split("\t")) for line in _lines(text)]
    if len(set(header)) < len(header):
        raise LexiconError(f"{name}.tsv: two columns have one name: {', '.join(header)}")
    width = len(header)
    if long := next((row for row in cells if len(row) > width), None):
        raise LexiconError(f"{name}.tsv: a row has {len(long)} cells for {width} columns: {long}")
    rows = [row if len(row) == width else row + ("",) * (width - len(row)) for row in cells]
    if len(set(rows)) < len(rows):
        twice = next(row for row, count in Counter(rows).items() if count > 1)
        raise LexiconError(f"{name}.tsv: a row stands twice: {twice}")
    return tuple(dict(zip(header, row, strict=True)) for row in rows)
