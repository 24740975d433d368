"""`COPY (SELECT …) TO 'out.csv'` as a question: taken apart, and its answer written like any other."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vnextract.archive.extras import needed_for
from vnextract.errors import OutputError, QueryError

_COPY = re.compile(
    r"""\s*COPY\s*(?:\((?P<query>.*)\)|(?P<table>[\w."]+))\s*TO\s*'(?P<file>(?:[^']|'')+)'\s*
    (?:(?:WITH\s*)?\((?P<options>[^()]*)\))?[\s;]*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_OPTION = re.compile(r"\s*(?P<name>FORMAT|HEADER)\b\s*=?\s*'?(?P<value>\w*)'?\s*", re.IGNORECASE)
_YES = ("", "true", "1")
_HOW = (
    "COPY (SELECT …) TO 'FILE.csv', .xlsx or .parquet, with FORMAT and HEADER at most, and nothing before or after it"
)


class Copy(NamedTuple):
    """What is asked, and the file that the answer goes to."""

    query: str
    file: Path


def copy_of(sql: str) -> Copy | None:
    """What a `COPY … TO` asks for; None where a text is no such statement.

    DuckDB never runs it. The file is a new one, in the current folder or below it.

    Raises:
        QueryError: it copies into the database, does more than it may, or stands among other statements.
        OutputError: the file is there already, or elsewhere.
        MissingExtraError: DuckDB is not installed.

    >>> copy = copy_of("COPY (SELECT name FROM bodies) TO 'bodies.csv' (HEADER)")
    >>> copy.query, copy.file.name
    ('SELECT name FROM bodies', 'bodies.csv')
    >>> copy_of("SELECT 'COPY bodies TO'") is None
    True
    """
    with needed_for("asking a database"):
        import duckdb
    kinds = _kinds(sql)
    if duckdb.StatementType.COPY not in kinds:
        return None
    parts = _COPY.fullmatch(sql)
    if len(kinds) > 1 or parts is None:
        raise QueryError(f"this copies in a way that is not taken; it may be {_HOW}")
    query = parts["query"] or f"FROM {parts['table']}"
    if _kinds(query) != [duckdb.StatementType.SELECT]:
        raise QueryError(f"only the answer to a question is copied; it may be {_HOW}")
    file = Path(named := parts["file"].replace("''", "'"))
    _check_options(parts["options"], file)
    _check_place(named)
    return Copy(query, file)


def _kinds(sql: str) -> Sequence[object]:
    """What the statements of a text do; nothing where it cannot be read: what is wrong with it, asking it says."""
    import duckdb

    with duckdb.connect() as database:
        try:
            return [statement.type for statement in database.extract_statements(sql)]
        except duckdb.Error:
            return []


def _check_options(options: str | None, file: Path) -> None:
    for option in filter(str.strip, (options or "").split(",")):
        found = _OPTION.fullmatch(option)
        name, value = (found["name"].lower(), found["value"].lower()) if found else ("", "")
        if not (name == "format" and value == file.suffix.lower().removeprefix(".")) and not (
            name == "header" and value in _YES
        ):
            raise QueryError(f"COPY is not taken with {option.strip()!r}: the file's name says its format. {_HOW}")


def _check_place(file: str) -> None:
    here = Path.cwd().resolve()
    if "://" in file or not (here / file).resolve().is_relative_to(here):
        raise OutputError(
            f"COPY writes in the current folder and below it only, not {str(file)!r}; -o writes elsewhere"
        )
    if os.path.lexists(file):
        raise OutputError(f"{file} is there already, and COPY replaces nothing; -o {file} does")
