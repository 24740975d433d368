"""Output as tables: a Parquet data set."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from vnextract.archive.checkpoint import State
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import COLUMNS, Form, Written, failure_rows
from vnextract.archive.ledger import Replaced
from vnextract.tables import ColumnType

if TYPE_CHECKING:
    import pyarrow as pa

_PACKED_AT = 4_000_000
"""Bytes of lines from which on they are turned into columns."""


class Parquet:
    """A folder with one folder per table, and in each a Parquet file per part."""

    form = Form.TABLES

    def __init__(self, folder: Path) -> None:
        with needed_for("writing Parquet and DuckDB"):
            import pyarrow  # noqa: F401
        self._folder = folder
        self._lines: dict[str, list[bytes]] = {name: [] for name in COLUMNS}
        self._size = 0
        self._packed: dict[str, list[pa.Table]] = {name: [] for name in COLUMNS}

    def begin(self, state: State) -> None:
        """As `Output`."""
        for name in COLUMNS:
            (self._folder / name).mkdir(parents=True, exist_ok=True)
            for number, file in self._parts(name):
                if number > state.parts or file.suffix == ".tmp":
                    file.unlink()

    def add(self, article: Written) -> None:
        """As `Output`."""
        assert article.rows is not None
        for name, lines in article.rows.items():
            self._lines[name].append(lines)
            self._size += len(lines)
        if self._size > _PACKED_AT:
            self._pack()

    def _pack(self) -> None:
        """Turn lines into columns, which take less memory."""
        for name, lines in self._lines.items():
            if data := b"".join(lines):
                self._packed[name].append(_columns(name, data))
            lines.clear()
        self._size = 0

    def commit(self, state: State, failures: Iterable[Unreadable]) -> None:
        """As `Output`."""
        self._lines["failures"].append(failure_rows(failures))
        self._pack()
        for name, tables in self._packed.items():
            _write(self._file(name, state.parts + 1), _schema(name), tables)
            tables.clear()

    def finish(self, state: State, replaced: Replaced, failures: Sequence[Unreadable] | None) -> None:
        """As `Output`."""
        if replaced:
            self._drop(replaced)
        if failures is not None:
            data = failure_rows(failures)
            whole = self._file("failures", state.parts)
            _write(whole, _schema("failures"), [_columns("failures", data)] if data else [])
            for _, file in self._parts("failures"):
                if file != whole:
                    file.unlink()

    def _drop(self, replaced: Replaced) -> None:
        """Write the parts anew that hold records which a later part has replaced."""
        import pyarrow as pa
        import pyarrow.compute as pc
        from pyarrow.parquet import read_table

        for number, file in self._parts("articles"):
            held = read_table(file, columns=["article_id"])["article_id"].to_pylist()
            stale = pa.array([id_ for id_ in held if id_ in replaced and replaced[id_][1] > number], pa.string())
            if not len(stale):
                continue
            # The articles last: while they still tell, a killed run does this again.
            for name in [*(name for name in COLUMNS if name not in ("articles", "failures")), "articles"]:
                path = self._file(name, number)
                rows = read_table(path)
                kept = rows.filter(pc.invert(pc.is_in(rows["article_id"], value_set=stale)))
                _write(path, rows.schema, [kept])

    def _file(self, name: str, part: int) -> Path:
        return self._folder / name / f"part-{part:06}.parquet"

    def _parts(self, name: str) -> list[tuple[int, Path]]:
        """The numbered files of a table, in order."""
        numbered = ((_part_number(file.name), file) for file in (self._folder / name).iterdir())
        return sorted((number, file) for number, file in numbered if number is not None)

    def is_finished(self, state: State) -> bool:
        """As `Output`: what finishing does, it can do again."""
        return False

    def tidy(self) -> None:
        """As `Output`."""

    def close(self) -> None:
        """As `Output`."""


def _part_number(name: str) -> int | None:
    match = re.fullmatch(r"part-(\d{6,})\.(?:parquet|tmp)", name)
    return int(match[1]) if match else None


def _write(path: Path, schema: "pa.Schema", tables: "Sequence[pa.Table]") -> None:
    """Write a file under another name first: it is there whole or as it was."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    temporary = path.with_suffix(".tmp")
    with ParquetWriter(temporary, schema, compression="zstd") as file:
        if tables:
            file.write_table(pa.concat_tables(tables))
    _sync(temporary)
    temporary.replace(path)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _columns(name: str, lines: bytes) -> "pa.Table":
    import pyarrow as pa
    from pyarrow.json import ParseOptions, ReadOptions, read_json

    schema = _schema(name)
    lists = pa.schema(pa.field(field.name, pa.list_(field.type)) for field in schema)
    whole = ReadOptions(use_threads=False, block_size=len(lines) + 1)
    table = read_json(pa.BufferReader(lines), whole, ParseOptions(explicit_schema=lists))
    return pa.table([table[field.name].chunk(0).values for field in schema], schema)


@cache
def arrow_types() -> "Mapping[ColumnType, pa.DataType]":
    """The type of Arrow that the cells of each sort of column have."""
    import pyarrow as pa

    return {
        ColumnType.TEXT: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.DAY: pa.date32(),
        ColumnType.NUMBER: pa.float64(),
    }


@cache
def _schema(name: str) -> "pa.Schema":
    import pyarrow as pa

    types = arrow_types()
    return pa.schema(
        pa.field(column.name, types[column.type], metadata={"description": column.meaning}) for column in COLUMNS[name]
    )
