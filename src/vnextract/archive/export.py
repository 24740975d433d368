"""Answers as files: CSV, Excel workbooks, Parquet."""

import csv
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from vnextract.archive.extras import needed_for
from vnextract.archive.query import answer, ask, harmless, is_formula, shown
from vnextract.archive.storage import storing
from vnextract.errors import OutputError, QueryError

_MOST_ROWS = 1_048_576
_LONGEST_CELL = 32_767
"""Rows of a sheet and characters of a cell, in Excel."""
_EXACT = 2**53
"""Whole numbers above it are rounded in Excel, so they stay text."""
_WIDEST, _LOOKED_AT = 60, 200


def export(database: Path, sql: str, output: Path, with_bom: bool = False) -> int:
    """Write the whole answer to a question into a file; returns its number of rows.

    The file is there whole or as it was before. In CSV, text that a spreadsheet would take for a formula gets an
    apostrophe before it; in a workbook such text is marked as text.

    Args:
        database: A file that `vnextract extract` has made.
        sql: One or more statements; the last one answers.
        output: A .csv, .xlsx or .parquet.
        with_bom: Begin the CSV with the mark by which Excel knows UTF-8.

    Raises:
        QueryError: the file is no such database, the statement is wrong, or a sheet cannot hold so many rows.
        OutputError: the name is that of no such file, or of the database; StorageError where the disk is full.
        MissingExtraError: DuckDB or what a format needs is not installed.
    """
    write = _WRITERS.get(output.suffix.lower())
    if write is None:
        raise OutputError(f"cannot tell what {str(output)!r} is to be: name a .csv, a .xlsx or a .parquet")
    if output.is_dir() or output.resolve() == database.resolve():
        raise OutputError(f"{output} is a folder, or the database itself; name another file")
    if not output.parent.is_dir():
        raise OutputError(f"there is no folder {output.parent}; name another file")
    with storing(output), _replacing(output) as file:
        return write(database, sql, file, with_bom)


@contextmanager
def _replacing(output: Path) -> Iterator[Path]:
    """A file to write to, which in the end takes its name."""
    temporary = output.with_name(f".{output.name}.tmp")
    try:
        yield temporary
        temporary.replace(output)
    finally:
        temporary.unlink(missing_ok=True)


def _write_csv(database: Path, sql: str, output: Path, with_bom: bool) -> int:
    number = -1
    with output.open("w", encoding="utf-8-sig" if with_bom else "utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(ask(database, sql)):  # noqa: B007
            writer.writerow([harmless(cell) for cell in row])
    return number


def _write_parquet(database: Path, sql: str, output: Path, with_bom: bool) -> int:
    with needed_for("writing .parquet files"):
        from pyarrow.parquet import ParquetWriter
    with answer(database, sql) as found:
        with warnings.catch_warnings(action="ignore"):
            # That the rows are copied once more is no matter.
            batches = _as_arrow(found)(10_000)
        number = 0
        with ParquetWriter(output, batches.schema, compression="zstd") as file:
            for batch in batches:
                file.write_batch(batch)
                number += batch.num_rows
    return number


def _as_arrow(answered: Any) -> Callable[[int], Any]:
    """How a DuckDB hands its rows to Arrow; until 2.0 by another name."""
    named = "to_arrow_reader" if hasattr(answered, "to_arrow_reader") else "fetch_record_batch"
    method: Callable[[int], Any] = getattr(answered, named)
    return method


def _write_workbook(database: Path, sql: str, output: Path, with_bom: bool) -> int:
    with needed_for("writing .xlsx files", "documents"):
        from xlsxwriter import Workbook
    rows = ask(database, sql)
    names = next(rows)
    first = list(islice(rows, _LOOKED_AT))
    with Workbook(str(output), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("answer")
        formats = {
            "head": book.add_format({"bold": True}),
            "day": book.add_format({"num_format": "dd/mm/yyyy"}),
            "time": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            # Also when somebody edits the cell.
            "text": book.add_format({"quote_prefix": True}),
        }
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            cells = [name, *(shown(row[column]) for row in first)]
            sheet.set_column(column, column, min(_WIDEST, 2 + max(len(cell) for cell in cells)))
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, formats["head"])
        number = 0
        for number, row in enumerate(chain(first, rows), 1):
            if number >= _MOST_ROWS:
                raise QueryError(f"a sheet holds {_MOST_ROWS:,} rows, the answer has more; name a .csv or a .parquet")
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, formats)
        if names and number:
            sheet.autofilter(0, 0, number, len(names) - 1)
    return number


def _write_cell(sheet: Any, row: int, column: int, cell: object, formats: Mapping[str, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, datetime) and cell.tzinfo is None and cell.year >= 1900:
        sheet.write_datetime(row, column, cell, formats["time"])
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= 1900:
        sheet.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, int | float) and abs(cell) <= (_EXACT if isinstance(cell, int) else 1e300):
        sheet.write_number(row, column, cell)
    else:
        text = shown(cell)[:_LONGEST_CELL]
        sheet.write_string(row, column, text, formats["text"] if is_formula(text) else None)


_WRITERS: Mapping[str, Callable[[Path, str, Path, bool], int]] = {
    ".csv": _write_csv,
    ".xlsx": _write_workbook,
    ".parquet": _write_parquet,
}
