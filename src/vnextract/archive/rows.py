"""A row of a table to an article: its parts found by the names of its columns."""

import reprlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import LONGEST_TEXT, TOO_LONG_TEXT, Kind, Raw, Reading
from vnextract.archive.unpack import Opened
from vnextract.columns import Fields, as_text, find, is_plain, overlooked_date
from vnextract.errors import InputFileError

MOST_VALUES = 500_000
"""Cells, or values of a line of JSON: more is no article, and would take many times its size in memory."""
TOO_MANY = f"more than {MOST_VALUES:,} values in one row: no article has so many"
UNDATED = "no publication date is taken"
"""How the warning begins that names a column which looks like one."""
_LONGEST_FIELD = 2_000
"""Characters of a title, an address, a name; what is longer is cut."""
_REMEMBERED = 200
"""Columns of the widest row whose reading is remembered for the next one."""


def check_columns(columns: Sequence[str], reading: Reading) -> Fields:
    """Which column of a table holds which part.

    Raises:
        InputFileError: none holds the text, or one that was named is not there.
    """
    found = find(columns, reading.fields)
    for part, column in reading.fields.items():
        if column not in columns and part != "text":
            raise InputFileError(
                f"no column is called {column!r}, as --{part}-field says. There are: {_shown(columns)}"
            )
    if found.get("text") not in columns:
        raise InputFileError(_no_text(columns))
    return found


def article_of(
    opened: Opened, place: str, number: int, item: Any, reading: Reading, warnings: tuple[str, ...] = ()
) -> Raw | Unreadable:
    """One row: a mapping of columns to cells."""
    if not isinstance(item, dict):
        return Unreadable(opened.file, place, "this is no JSON object")
    columns = _columns(item, reading.fields)
    if columns.get("text") not in item:
        return Unreadable(opened.file, place, _no_text(item))
    text = item[columns["text"]]
    if not isinstance(text, str | bytes | list | None) or not is_plain(text):
        return Unreadable(opened.file, place, f"its text is no text but {_brief(text)}")
    if isinstance(text, str) and len(text) > LONGEST_TEXT:
        return Unreadable(opened.file, place, TOO_LONG_TEXT)
    parts: dict[str, object] = {"text": text}
    notes = list(warnings)
    for part, column in columns.items():
        if part != "text" and column in item:
            parts[part] = _cell(part, item[column], notes)
        elif part in reading.fields and part != "text":
            notes.append(_no_column(part, column))
    if "published" not in columns and (overlooked := overlooked_date(item, columns)):
        notes.append(
            f"{UNDATED}, though column {overlooked!r} looks like one: {_brief(item[overlooked])}; "
            f"--published-field {overlooked} takes it"
        )
    id_, url = as_text(parts.get("id")), as_text(parts.get("url"))
    name = id_ or f"{opened.name}:{number}"
    own = f"id\0{id_}" if id_ else f"address\0{url}" if url else _headed(parts)
    return Raw(opened.file, place, name, opened.name, Kind.FIELDS, parts, None, tuple(notes), own, url)


def _headed(parts: Mapping[str, object]) -> str | None:
    """The headline and day of an article, which tell it again where it has no identifier."""
    title = as_text(parts.get("title"))
    return f"title\0{title}\0{parts.get('published')}" if title else None


def _cell(part: str, value: object, notes: list[str]) -> object:
    """A cell that is no larger than it may be; what was done to it is noted."""
    if not is_plain(value):
        notes.append(f"{part} left out: it is no text but {_brief(value)}")
        return None
    if not isinstance(value, str | bytes | list):
        return value
    text = as_text(value)
    if text is not None and len(text) > _LONGEST_FIELD:
        notes.append(f"{part} cut to {_LONGEST_FIELD:,} characters")
        text = text[:_LONGEST_FIELD]
    return text


def _brief(value: object) -> str:
    return reprlib.repr(value)[:40]


def _columns(item: Mapping[Any, object], named: Fields) -> Fields:
    if len(item) > _REMEMBERED:
        return find(item, named)
    return _found(tuple(item), tuple(named.items()))


@lru_cache(maxsize=64)
def _found(columns: tuple[object, ...], named: tuple[tuple[str, str], ...]) -> Fields:
    return find(columns, dict(named))


def _no_column(part: str, column: str) -> str:
    return f"no column is called {column!r}, as --{part}-field says"


def _no_text(columns: Iterable[object]) -> str:
    return f"no column holds the article's text; name it with --text-field. There are: {_shown(columns)}"


def _shown(columns: Iterable[object]) -> str:
    return ", ".join(str(column)[:100] for column in islice(columns, 20))[:300] or "none"
