"""The lines of a file: decoded one by one, none held that is longer than an article may be."""

import codecs
import io
from collections.abc import Iterator
from typing import IO, AnyStr

from vnextract.archive.encodings import SAMPLE, Decoded, NotTextError, decode_line, encoding_of_lines
from vnextract.archive.prepare import LONGEST, TOO_LONG


def lines(stream: io.BufferedReader) -> Iterator[Decoded | NotTextError]:
    """The decoded lines of a stream, or what is wrong with one of them; the stream stays open.

    Raises:
        NotTextError: the file is no text.
    """
    encoding = encoding_of_lines(stream.peek(SAMPLE)[:SAMPLE])
    if encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield from _wide_lines(stream, encoding)
        return
    for number, data in enumerate(_bounded(stream)):
        if data is None:
            yield NotTextError(TOO_LONG)
            continue
        try:
            yield decode_line(data if number else data.removeprefix(codecs.BOM_UTF8), encoding)
        except NotTextError as error:
            yield error


def _wide_lines(stream: io.BufferedReader, encoding: str) -> Iterator[Decoded | NotTextError]:
    text = io.TextIOWrapper(stream, encoding, "replace", newline="\n")
    try:
        for line in _bounded(text):
            yield Decoded(line, (f"converted from {encoding}",)) if line is not None else NotTextError(TOO_LONG)
    finally:
        # Its end would close the stream, which is still asked how far reading has come.
        text.detach()


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
