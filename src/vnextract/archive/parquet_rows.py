"""Parquet to articles: one row each; a cell that cannot be read costs its row only, a damaged group the group only."""

from collections.abc import Iterator
from typing import Any

from vnextract.archive.encodings import SAMPLE
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import LONGEST, TOO_LONG, Raw, Reading
from vnextract.archive.rows import article_of, check_columns
from vnextract.archive.unpack import RATIO, Opened
from vnextract.errors import InputFileError


def read_parquet(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The rows of a Parquet file, one at a time: a small file may hold one large value many times."""
    with needed_for("reading .parquet files"):
        from pyarrow.parquet import ParquetFile
    if opened.packed:
        raise InputFileError("a Parquet file is not read from within another; unpack it first")
    with ParquetFile(opened.stream, buffer_size=SAMPLE, pre_buffer=False) as file:
        names = file.schema_arrow.names
        columns = check_columns(names, reading)
        wanted = [column for column in columns.values() if column in names]
        before = 0
        for group in range(file.num_row_groups):
            yield from _group(opened, reading, file, group, wanted, before)
            before += file.metadata.row_group(group).num_rows


def _group(
    opened: Opened, reading: Reading, file: Any, group: int, wanted: list[str], before: int
) -> Iterator[Raw | Unreadable]:
    number = before
    try:
        _check_size(file.metadata.row_group(group))
        for batch in file.iter_batches(batch_size=1, row_groups=[group], columns=wanted):
            number += 1
            yield _row(opened, reading, number, batch)
    except Exception as error:
        last = before + file.metadata.row_group(group).num_rows
        yield Unreadable(opened.file, opened.at(f"rows {number + 1} to {last}"), f"they cannot be read: {error}")


def _check_size(group: Any) -> None:
    """Refuse a bomb, as `unpack` does, before it is unpacked."""
    # Not `ALWAYS_ALLOWED`: what stands in one page is held at once, not read as a stream.
    for column in map(group.column, range(group.num_columns)):
        if column.total_uncompressed_size > max(LONGEST, RATIO * column.total_compressed_size):
            raise InputFileError(f"they unpack to more than {RATIO} times their size; this may be a bomb")


def _row(opened: Opened, reading: Reading, number: int, batch: Any) -> Raw | Unreadable:
    place = opened.at(f"row {number}")
    try:
        cells = {name: _cell(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    except InputFileError as error:
        return Unreadable(opened.file, place, str(error))
    except (ValueError, OverflowError, ArithmeticError) as error:
        return Unreadable(opened.file, place, f"a cell cannot be read: {error}")
    return article_of(opened, place, number, cells, reading)


def _cell(column: Any) -> object:
    """The one value of a column of one row."""
    if hasattr(column, "dictionary"):
        column = column.dictionary_decode()
    if column.nbytes > LONGEST:
        raise InputFileError(TOO_LONG)
    (value,) = column.to_pylist()
    return value
