"""Many articles as callers have them: a list of texts, or a data frame of pandas or polars, an Arrow table.

What a data frame is, its methods tell; no library of data frames is imported for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from vnextract.article import Article
from vnextract.columns import find
from vnextract.errors import InputTypeError

_AT_ONCE = 200
_PARTS = ("text", "published", "title", "id", "source", "url")

One = str | Article | Mapping[str, Any]


class Frame(Protocol):
    """A data frame or table: pandas, polars, Arrow, or whatever else hands its columns to Arrow."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The columns, as Arrow's PyCapsule interface has them."""


def articles_in(given: Iterable[One] | Frame) -> Iterable[One]:
    """The articles of any collection; the rows of a data frame, lazily, as mappings of an article's parts to cells.

    Raises:
        InputTypeError: this is one article or no collection, or a data frame without a column for the text.
    """
    if isinstance(given, str | bytes | Mapping | Article):
        raise InputTypeError(f"many articles are wanted, not one {type(given).__name__}; `extract` takes one")
    frame: Any = given
    if hasattr(frame, "itertuples"):
        return _rows(list(frame.columns), frame.itertuples(index=False, name=None))
    if hasattr(frame, "iter_rows"):
        return _rows(list(frame.columns), frame.iter_rows())
    # A column alone hands itself to Arrow too.
    if hasattr(frame, "__arrow_c_stream__") and (hasattr(frame, "schema") or hasattr(frame, "columns")):
        from pyarrow import RecordBatchReader

        batches = RecordBatchReader.from_stream(frame)
        return _rows(batches.schema.names, _cells(batches))
    if not isinstance(given, Iterable):
        raise InputTypeError(f"articles must be a collection or a data frame, not {type(given).__name__}")
    return given


def _rows(columns: Sequence[Any], rows: Iterable[Sequence[object]]) -> Iterator[Mapping[str, object]]:
    found = find(columns, {})
    if "text" not in found:
        shown = ", ".join(map(str, columns))[:300]
        raise InputTypeError(f"no column holds the article's text; call one 'text'. There are: {shown or 'none'}")
    names = {found[part]: part for part in _PARTS if part in found}
    # Without a date every cell may turn out to look like one, which is then said.
    places = [
        (names.get(column, column), place)
        for place, column in enumerate(columns)
        if column in names or "published" not in found
    ]
    return ({part: row[place] for part, place in places} for row in rows)


def _cells(batches: Iterable[Any]) -> Iterator[Sequence[object]]:
    for batch in batches:
        for first in range(0, batch.num_rows, _AT_ONCE):
            yield from zip(*map(_column, batch.slice(first, _AT_ONCE).columns), strict=True)


def _column(column: Any) -> list[object]:
    try:
        cells: list[object] = column.to_pylist()
    except (ValueError, OverflowError, ArithmeticError):
        return [_cell(column, number) for number in range(len(column))]
    return cells


def _cell(column: Any, number: int) -> object:
    """A cell, or why it cannot be read, which is no text and no date."""
    try:
        cell: object = column[number].as_py()
    except (ValueError, OverflowError, ArithmeticError) as error:
        return error
    return cell
