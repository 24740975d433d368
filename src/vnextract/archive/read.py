"""From files to articles, one at a time: every format gives raw articles, which `prepare` makes ready."""

import codecs
import csv
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain, islice
from typing import IO, Any, AnyStr, BinaryIO, cast

from vnextract.archive.encodings import SAMPLE, UTF8, Decoded, NotTextError, decode, decode_as, encoding_of
from vnextract.archive.fields import Fields, as_text, find
from vnextract.archive.files import File, Unreadable, check_paths, endings, list_files
from vnextract.archive.prepare import LONGEST, Kind, Raw, Reading, prepare
from vnextract.archive.unpack import Opened, open_all
from vnextract.article import Article, Published
from vnextract.errors import InputFileError, MissingExtraError, VnextractError

_TOO_LONG = f"longer than {LONGEST // 1_000_000} MB: no single article is"

_log = logging.getLogger("vnextract")


def read_articles(
    path: str | os.PathLike[str],
    *,
    published: str | None = None,
    fields: Fields | None = None,
    since: str | None = None,
    until: str | None = None,
    on_failure: Callable[[Unreadable], None] | None = None,
) -> Iterator[Article]:
    """The articles of a file or of a whole folder, lazily, in a fixed order.

    Read are .txt, .md, .jsonl, .csv, .tsv, .parquet, .html and WARC files, plain or as .gz, .zst or .zip.

    Args:
        path: A file or a folder.
        published: Publication date of articles that carry none, as in `vnextract.extract`.
        fields: Columns that hold the parts of an article where their names do not tell: `{"text": "noi_dung_bai"}`; the
            parts are text, published, title, id, source, url.
        since: Leave out articles published before this day, month or year, and those without a date.
        until: Leave out articles published after it, likewise.
        on_failure: Called with everything that cannot be read; by default it is logged and reading goes on.

    Raises:
        InputFileError: there is no such file or folder.
        PublishedError: one of the dates is none.
        MissingExtraError: a format needs a package that is not installed.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2023-05-24.txt").write_text("Sáng 24/5, UBND tỉnh họp.", encoding="utf8")
    ...     [(article.id, article.published) for article in read_articles(folder)]
    [('2023-05-24.txt', '2023-05-24')]
    """
    reading = Reading(fields or {}, published, since, until)
    for day in (published, since, until):
        Published.parse(day)
    check_paths([os.fspath(path)])
    report = on_failure or (lambda failure: _log.warning("%s", failure))
    for raw in read_raw([os.fspath(path)], reading):
        ready = raw if isinstance(raw, Unreadable) else prepare(raw, reading)
        if isinstance(ready, Unreadable):
            report(ready)
        elif ready is not None:
            yield ready.article


def read_raw(paths: Iterable[str], reading: Reading) -> Iterator[Raw | Unreadable]:
    """Every article of files and folders."""
    for file in list_files(paths):
        if isinstance(file, Unreadable):
            yield file
        elif isinstance(file, File):
            with open_file(file) as stream:
                yield from [stream] if isinstance(stream, Unreadable) else read_file(file, stream, reading)


_PACKAGES = {"html": "trafilatura", "warc": "trafilatura", "parquet": "pyarrow", "zst": "zstandard"}


def check_installed(name: str) -> None:
    """Refuse a file at once whose format could not be read later.

    Raises:
        MissingExtraError: a package is not installed.
    """
    for ending in endings(name):
        package = _PACKAGES.get(ending or "")
        if package and find_spec(package) is None:
            raise MissingExtraError(f"reading {name} takes more: pip install 'vnextract[archive]'")


@contextmanager
def open_file(file: File) -> Iterator[io.BufferedReader | Unreadable]:
    """The bytes of a file as they are, or why they cannot be had."""
    try:
        stream = file.path.open("rb")
    except OSError as error:
        yield Unreadable(str(file), "", f"the file cannot be opened: {error.strerror or error}")
        return
    with stream:
        yield stream


def read_file(file: File, stream: io.BufferedReader, reading: Reading) -> Iterator[Raw | Unreadable]:
    """Every article of one file; what goes wrong is told and ends the file, or the part of it that is damaged."""
    try:
        for opened in open_all(file, stream):
            if isinstance(opened, Unreadable):
                yield opened
            else:
                yield from _read_one(opened, reading)
    except BaseException as error:
        yield Unreadable(str(file), "", _reason(error))


def read_standard_input(reading: Reading) -> Iterator[Raw | Unreadable]:
    """The articles of standard input: JSONL if it begins like it, else one text."""
    stream = cast(io.BufferedReader, sys.stdin.buffer)
    yield from _read_one(Opened("standard input", "", "standard input", None, stream), reading)


def _reason(error: BaseException) -> str:
    """What is wrong with a file. Errors that are not about the file are raised again."""
    # A panic in a reader written in Rust is no `Exception`.
    if isinstance(error, MissingExtraError) or not (
        isinstance(error, Exception) or type(error).__name__ == "PanicException"
    ):
        raise error
    message = " ".join(str(error).split())[:300]
    return message if isinstance(error, VnextractError) else f"{type(error).__name__}: {message}"


def _read_one(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    found = 0
    try:
        for item in _READERS[opened.format](opened, reading):
            found += 1
            yield item
    except BaseException as error:
        after = f" (after {found:,} articles)" if found else ""
        yield Unreadable(opened.file, opened.member, _reason(error) + after)
    else:
        if not found:
            yield Unreadable(opened.file, opened.member, "there is no article in it")


def _place(opened: Opened, place: str) -> str:
    return ", ".join(filter(None, (opened.member, place)))


def _document(kind: Kind) -> "_Reader":
    def read(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
        data = opened.stream.read(LONGEST + 1)
        if len(data) > LONGEST:
            yield Unreadable(opened.file, opened.member, _TOO_LONG)
        elif not data.strip():
            yield Unreadable(opened.file, opened.member, "it is empty")
        else:
            yield Raw(opened.file, opened.member, opened.name, opened.name, kind, data)

    return read


def _sniffed(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """A file whose name tells nothing: JSONL if it begins like it, else a text."""
    beginning = opened.stream.peek(1).removeprefix(codecs.BOM_UTF8).lstrip()
    return (_jsonl if beginning.startswith(b"{") else _document(Kind.TEXT))(opened, reading)


def _lines(stream: io.BufferedReader) -> Iterator[Decoded | NotTextError]:
    """The decoded lines of a file, or what is wrong with one of them."""
    beginning = stream.peek(SAMPLE)[:SAMPLE]
    encoding = encoding_of(beginning, cut=True)
    if encoding.startswith("utf-16") or encoding == "utf-32":
        with io.TextIOWrapper(stream, encoding, "replace", newline="\n") as text:
            for line in _bounded(text):
                yield Decoded(line, (f"converted from {encoding}",)) if line is not None else NotTextError(_TOO_LONG)
        return
    for number, data in enumerate(_bounded(stream)):
        if data is None:
            yield NotTextError(_TOO_LONG)
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


def _jsonl(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    for number, line in enumerate(_lines(opened.stream), 1):
        place = _place(opened, f"line {number}")
        if isinstance(line, NotTextError):
            yield Unreadable(opened.file, place, str(line))
        elif line.text.strip():
            try:
                item = json.loads(line.text)
            except (ValueError, RecursionError) as error:
                yield Unreadable(opened.file, place, f"this is not JSON: {error}")
                continue
            yield _of_fields(opened, place, number, item, reading, line.warnings)


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


def _csv(delimiter: str | None = None) -> "_Reader":
    def read(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
        csv.field_size_limit(LONGEST)
        notes = _Notes()
        lines = _csv_lines(opened.stream, notes)
        header = next(lines, None)
        if header is None:
            return
        separator = delimiter or max(",;\t|", key=header.count)
        columns = next(csv.reader(chain([header], lines), delimiter=separator))
        if find(columns, reading.fields).get("text") not in columns:
            raise InputFileError(_no_text(columns))
        for number, row in enumerate(_rows(csv.reader(lines, delimiter=separator)), 1):
            place = _place(opened, f"row {number}")
            yield from (Unreadable(opened.file, place, problem) for problem in notes.take_problems())
            if isinstance(row, csv.Error):
                yield Unreadable(opened.file, place, f"damaged: {row}")
            elif any(row):
                item = dict(zip(columns, row, strict=False))
                yield _of_fields(opened, place, number, item, reading, tuple(notes.warnings))
        yield from (Unreadable(opened.file, opened.member, problem) for problem in notes.take_problems())

    return read


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


def _parquet(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtraError("reading .parquet files takes more: pip install 'vnextract[archive]'") from error
    if opened.packed:
        raise InputFileError("a Parquet file is not read from within another; unpack it first")
    with ParquetFile(opened.stream, buffer_size=SAMPLE, pre_buffer=False) as file:
        names = file.schema_arrow.names
        columns = find(names, reading.fields)
        if columns.get("text") not in names:
            raise InputFileError(_no_text(names))
        wanted = [column for column in columns.values() if column in names]
        number = 0
        for batch in file.iter_batches(batch_size=64, columns=wanted):
            for item in batch.to_pylist():
                number += 1
                yield _of_fields(opened, _place(opened, f"row {number}"), number, item, reading)


class _UntilError(io.RawIOBase):
    """A stream that ends where it is damaged and remembers how: what came before can still be used."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._position = 0
        self.error: Exception | None = None

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: Any) -> int:
        try:
            size = self._stream.readinto1(buffer)
        except Exception as error:
            self.error = error
            return 0
        self._position += size
        return size


def _warc(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The HTML pages of a web archive; other records are none of ours."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtraError("reading WARC files takes more: pip install 'vnextract[archive]'") from error
    stream = _UntilError(opened.stream)
    number = 0
    for record in ArchiveIterator(
        cast(BinaryIO, stream), record_types=WarcRecordType.response, parse_http=True, auto_decode="all"
    ):
        if record.http_headers is None or record.http_headers.status_code != 200:
            continue
        if record.http_content_type not in ("text/html", "application/xhtml+xml"):
            continue
        number += 1
        yield _page(opened, _place(opened, f"page {number}"), record)
    if stream.error:
        raise stream.error


def _page(opened: Opened, place: str, record: Any) -> Raw | Unreadable:
    url = record.headers.get("WARC-Target-URI", "").strip("<>") or None
    try:
        data = record.reader.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        return Unreadable(opened.file, place, f"the page is damaged: {error}")
    if len(data) > LONGEST:
        return Unreadable(opened.file, place, _TOO_LONG)
    encoded = any(record.http_headers.get(name) for name in ("Content-Encoding", "Transfer-Encoding"))
    if not encoded and len(data) < record.content_length:
        return Unreadable(opened.file, place, "the page breaks off")
    return Raw(opened.file, place, url or f"{opened.name}:{place}", url or "", Kind.HTML, data, url)


_Reader = Callable[[Opened, Reading], Iterator[Raw | Unreadable]]

_READERS: Mapping[str | None, _Reader] = {
    None: _sniffed,
    "text": _document(Kind.TEXT),
    "markdown": _document(Kind.MARKDOWN),
    "html": _document(Kind.HTML),
    "jsonl": _jsonl,
    "csv": _csv(),
    "tsv": _csv("\t"),
    "parquet": _parquet,
    "warc": _warc,
}
