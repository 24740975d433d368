"""From files to articles, one at a time: every format gives raw articles, which `prepare` makes ready."""

import codecs
import io
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import cast

from vnextract.archive.databases import read_duckdb, read_sqlite
from vnextract.archive.delimited import read_csv
from vnextract.archive.epub import read_epub
from vnextract.archive.feeds import read_feed
from vnextract.archive.files import File, Unreadable, check_paths, list_files
from vnextract.archive.json_values import read_json
from vnextract.archive.jsonl import read_jsonl
from vnextract.archive.parquet_rows import read_parquet
from vnextract.archive.prepare import LONGEST, TOO_LONG, Kind, Raw, Reading, prepare
from vnextract.archive.unpack import Opened, open_all
from vnextract.archive.warc import read_warc
from vnextract.article import Article
from vnextract.columns import Fields
from vnextract.errors import MissingExtraError, VnextractError

STANDARD_INPUT_NAME = "standard input"
_ARRAY = re.compile(rb"\[\s*\{")
_log = logging.getLogger("vnextract")


def read_articles(
    path: str | os.PathLike[str],
    *,
    published: str | None = None,
    fields: Fields | None = None,
    since: str | None = None,
    until: str | None = None,
    follow_links: bool = False,
    on_failure: Callable[[Unreadable], None] | None = None,
) -> Iterator[Article]:
    """The articles of a file or of a whole folder, lazily, in a fixed order.

    Read are .txt, .md, .json, .jsonl, .csv, .tsv, .parquet, .html, .docx, .pdf, .epub and WARC files, feeds (.xml,
    .rss, .atom) and databases (.sqlite, .duckdb), the most also as .gz, .zst or .zip.

    Args:
        path: A file or a folder.
        published: Publication date of articles that carry none, as in `vnextract.extract`.
        fields: Columns that hold the parts of an article where their names do not tell: `{"text": "noi_dung_bai"}`; the
            parts are text, published, title, id, source, url.
        since: Leave out articles published before this day, month or year, and those without a date.
        until: Leave out articles published after it, likewise.
        follow_links: Read files of a folder that are links to somewhere outside of it.
        on_failure: Called with everything that cannot be read; by default it is logged and reading goes on.

    Raises:
        InputFileError: there is no such file or folder.
        PublishedError: one of the dates is none.
        MissingExtraError: a format needs a package that is not installed.

    Examples:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "2023-05-24.txt").write_text("Sáng 24/5, UBND tỉnh họp.", encoding="utf8")
        ...     [(article.id, article.published) for article in read_articles(folder)]
        [('2023-05-24.txt', '2023-05-24')]
    """
    reading = Reading(fields or {}, published, since, until, follow_links)
    reading.check()
    check_paths([os.fspath(path)])
    report = on_failure or (lambda failure: _log.warning("%s", failure))
    yield from made_ready(read_raw([os.fspath(path)], reading), reading, report)


def made_ready(
    raws: Iterable[Raw | Unreadable], reading: Reading, report: Callable[[Unreadable], None]
) -> Iterator[Article]:
    """The articles that a reading wants; what cannot be read is reported."""
    for raw in raws:
        ready = raw if isinstance(raw, Unreadable) else prepare(raw, reading)
        if isinstance(ready, Unreadable):
            report(ready)
        elif ready is not None:
            yield ready.article


def read_raw(paths: Iterable[str], reading: Reading) -> Iterator[Raw | Unreadable]:
    """Every article of files and folders."""
    for file in list_files(paths, follow_links=reading.follow_links):
        if isinstance(file, Unreadable):
            yield file
        elif isinstance(file, File):
            with open_file(file) as stream:
                yield from [stream] if isinstance(stream, Unreadable) else read_file(file, stream, reading)


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
        opened = None
        for opened in open_all(file, stream):
            if isinstance(opened, Unreadable):
                yield opened
            else:
                yield from _read_one(opened, reading)
        if opened is None:
            yield Unreadable(str(file), "", "there is no file in it of a kind that is read")
    except BaseException as error:
        yield Unreadable(str(file), "", _reason(error))


def read_standard_input(reading: Reading) -> Iterator[Raw | Unreadable]:
    """The articles of standard input: JSONL if it begins like it, else one text."""
    stream = cast(io.BufferedReader, sys.stdin.buffer)
    yield from _read_one(Opened(STANDARD_INPUT_NAME, "", STANDARD_INPUT_NAME, None, stream), reading)


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


def _document(kind: Kind, opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """A file that is one article."""
    data = opened.stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        yield Unreadable(opened.file, opened.member, TOO_LONG)
    elif not data.strip():
        yield Unreadable(opened.file, opened.member, "it is empty")
    else:
        # What comes by standard input has no name of its own.
        own = None if opened.file == STANDARD_INPUT_NAME else f"file\0{opened.name}"
        yield Raw(opened.file, opened.member, opened.name, opened.name, kind, data, own=own)


def _sniffed(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """A file whose name tells nothing: JSON or a feed if it begins like it, else a text."""
    beginning = opened.stream.peek(1).removeprefix(codecs.BOM_UTF8).lstrip()
    if _ARRAY.match(beginning):
        return read_json(opened, reading)
    if beginning.startswith((b"<?xml", b"<rss", b"<feed")):
        return read_feed(opened, reading)
    if beginning.startswith(b"SQLite format 3\0"):
        return read_sqlite(opened, reading)
    return read_jsonl(opened, reading) if beginning.startswith(b"{") else _document(Kind.TEXT, opened, reading)


_READERS: Mapping[str | None, Callable[[Opened, Reading], Iterator[Raw | Unreadable]]] = {
    None: _sniffed,
    "text": partial(_document, Kind.TEXT),
    "markdown": partial(_document, Kind.MARKDOWN),
    "html": partial(_document, Kind.HTML),
    "jsonl": read_jsonl,
    "json": read_json,
    "feed": read_feed,
    "csv": read_csv,
    "tsv": partial(read_csv, separator="\t"),
    "parquet": read_parquet,
    "warc": read_warc,
    "docx": partial(_document, Kind.WORD),
    "pdf": partial(_document, Kind.PDF),
    "epub": read_epub,
    "sqlite": read_sqlite,
    "duckdb": read_duckdb,
}
