"""Tables to articles: lines of JSON, CSV, Parquet; one row is one article, its columns found by their names."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import IO, Any, AnyStr

from vnextract.archive.encodings import SAMPLE, UTF8, Decoded, NotTextError, decode, decode_as, encoding_of
from vnextract.archive.extras import needed_for
from vnextract.archive.fields import Fields, as_text, find
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import LONGEST, TOO_LONG, Kind, Raw, Reading
from vnextract.archive.unpack import Opened
from vnextract.errors import InputFileError


def read_jsonl(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The objects of a file, one a line."""
    for number, line in enumerate(_lines(opened.stream), 1):
        place = opened.at(f"line {number}")
        if isinstance(line, NotTextError):
            yield Unreadable(opened.file, place, str(line))
        elif line.text.strip():
            try:
                item = json.loads(line.text)
            except (ValueError, RecursionError) as error:
                yield Unreadable(opened.file, place, f"this is not JSON: {error}")
                continue
            yield _of_fields(opened, place, number, item, reading, line.warnings)


def read_csv(opened: Opened, reading: Reading, separator: str | None = None) -> Iterator[Raw | Unreadable]:
    """The rows of a table; where no separator is given, the commonest one of the header is."""
    csv.field_size_limit(LONGEST)
    notes = _Notes()
    lines = _csv_lines(opened.stream, notes)
    header = next(lines, None)
    if header is None:
        return
    separator = separator or max(",;\t|", key=header.count)
    columns = next(csv.reader(chain([header], lines), delimiter=separator))
    _check_text(columns, reading)
    for number, row in enumerate(_rows(csv.reader(lines, delimiter=separator)), 1):
        place = opened.at(f"row {number}")
        yield from (Unreadable(opened.file, place, problem) for problem in notes.take_problems())
        if isinstance(row, csv.Error):
            yield Unreadable(opened.file, place, f"damaged: {row}")
        elif any(row):
            item = dict(zip(columns, row, strict=False))
            yield _of_fields(opened, place, number, item, reading, tuple(notes.warnings))
    yield from (Unreadable(opened.file, opened.member, problem) for problem in notes.take_problems())


@dataclass(slots=True)
class _Notes:
    """What is to be said about the lines of a file that have been read."""

    warnings: dict[str, None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take_problems(self) -> Sequence[str]:
        """The problems since the last call."""
        taken, self.problems = self.problems, []
        return taken


def _csv_lines(stream: io.BufferedReader, notes: _Notes) -> Iterator[str]:
    for line in _lines(stream):
        if isinstance(line, NotTextError):
            notes.problems.append(f"a line is left out: {line}")
            continue
        notes.warnings.update(dict.fromkeys(line.warnings))
        yield line.text


def _rows(rows: "Iterator[list[str]]") -> Iterator[list[str] | csv.Error]:
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def read_parquet(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The rows of a Parquet file, a few at a time."""
    with needed_for("reading .parquet files"):
        from pyarrow.parquet import ParquetFile
    if opened.packed:
        raise InputFileError("a Parquet file is not read from within another; unpack it first")
    with ParquetFile(opened.stream, buffer_size=SAMPLE, pre_buffer=False) as file:
        names = file.schema_arrow.names
        columns = _check_text(names, reading)
        wanted = [column for column in columns.values() if column in names]
        number = 0
        for batch in file.iter_batches(batch_size=64, columns=wanted):
            for item in batch.to_pylist():
                number += 1
                yield _of_fields(opened, opened.at(f"row {number}"), number, item, reading)


def _check_text(columns: Sequence[str], reading: Reading) -> Fields:
    """Which column holds which part; a table without text is refused whole."""
    found = find(columns, reading.fields)
    if found.get("text") not in columns:
        raise InputFileError(_no_text(columns))
    return found


def _of_fields(
    opened: Opened, place: str, number: int, item: Any, reading: Reading, warnings: tuple[str, ...] = ()
) -> Raw | Unreadable:
    """One row: its parts found by the names of its columns."""
    if not isinstance(item, dict):
        return Unreadable(opened.file, place, "this is no JSON object")
    columns = _columns(tuple(item), tuple(reading.fields.items()))
    if columns.get("text") not in item:
        return Unreadable(opened.file, place, _no_text(item))
    parts = {part: item[column] for part, column in columns.items() if column in item}
    id_ = as_text(parts.get("id")) or f"{opened.name}:{number}"
    return Raw(opened.file, place, id_, opened.name, Kind.FIELDS, parts, warnings=warnings)


@lru_cache(maxsize=64)
def _columns(columns: tuple[object, ...], named: tuple[tuple[str, str], ...]) -> Fields:
    return find(columns, dict(named))


def _no_text(columns: Iterable[object]) -> str:
    shown = ", ".join(map(str, islice(columns, 20)))[:300]
    return f"no column holds the article's text; name it with --text-field. There are: {shown or 'none'}"


def _lines(stream: io.BufferedReader) -> Iterator[Decoded | NotTextError]:
    """The decoded lines of a file, or what is wrong with one of them."""
    beginning = stream.peek(SAMPLE)[:SAMPLE]
    encoding = encoding_of(beginning, cut=True)
    if encoding.startswith("utf-16") or encoding == "utf-32":
        with io.TextIOWrapper(stream, encoding, "replace", newline="\n") as text:
            for line in _bounded(text):
                yield Decoded(line, (f"converted from {encoding}",)) if line is not None else NotTextError(TOO_LONG)
        return
    for number, data in enumerate(_bounded(stream)):
        if data is None:
            yield NotTextError(TOO_LONG)
            continue
        try:
            yield _line(data if number else data.removeprefix(codecs.BOM_UTF8), encoding)
        except NotTextError as error:
            yield error


def _line(data: bytes, encoding: str) -> Decoded:
    """UTF-8 where it is, else in the encoding that the file's beginning tells, else in its own."""
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return decode(data) if encoding.upper().startswith(UTF8) else decode_as(encoding, data)


def _bounded(stream: "IO[AnyStr]") -> "Iterator[AnyStr | None]":
    """Lines; None stands for one that is too long to be held."""
    while line := stream.readline(LONGEST):
        end = line[-1:] in (b"\n", "\n")
        if end or len(line) < LONGEST:
            yield line
            continue
        while line and line[-1:] not in (b"\n", "\n"):
            line = stream.readline(SAMPLE)
        yield None
