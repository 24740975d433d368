"""A page's bytes out of what a server sent: chunks joined, compression undone, never more than one article may have."""

import re
import zlib
from collections.abc import Callable, Mapping

from vnextract.archive.extras import needed_for
from vnextract.archive.prepare import LONGEST, TOO_LONG
from vnextract.errors import InputFileError

_BREAKS_OFF = "the page breaks off"
_CHUNK = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")
_GZIP_OR_ZLIB, _RAW = 47, -15


def payload(data: bytes, transfer: str | None, content: str | None) -> bytes:
    """The page itself.

    Crawlers often store a page decoded and leave the server's headers as they were: what plainly is a page already, or
    is not in chunks, is taken as it is.

    Args:
        data: What follows the HTTP headers.
        transfer: The header `Transfer-Encoding`.
        content: The header `Content-Encoding`.

    Raises:
        InputFileError: the page breaks off, is damaged, too long, or in a coding that is not known.

    >>> payload(b"4\\r\\n<p>H\\r\\n2\\r\\nop\\r\\n0\\r\\n\\r\\n", "chunked", None)
    b'<p>Hop'
    """
    if "chunked" in _codings(transfer) and _CHUNK.match(data):
        data = _joined(data)
    for coding in reversed(_codings(content)):
        if data.lstrip()[:1] == b"<" and coding != "br":
            return data
        if coding not in _DECODERS:
            raise InputFileError(f"its Content-Encoding {coding[:40]!r} is not known")
        data = _DECODERS[coding](data)
        if len(data) > LONGEST:
            raise InputFileError(TOO_LONG)
    return data


def _codings(header: str | None) -> list[str]:
    return [name for name in re.split(r"[,\s]+", (header or "").lower()) if name not in ("", "identity")]


def _joined(data: bytes) -> bytes:
    chunks: list[bytes] = []
    at = 0
    while head := _CHUNK.match(data, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(chunks)
        at = head.end() + size
        chunks.append(data[head.end() : at])
    raise InputFileError(_BREAKS_OFF)


def _inflated(data: bytes) -> bytes:
    for form in (_GZIP_OR_ZLIB, _RAW):
        stream = zlib.decompressobj(form)
        try:
            found = stream.decompress(data, LONGEST + 1)
        except zlib.error as error:
            problem = error
            continue
        if not stream.eof and len(found) <= LONGEST:
            raise InputFileError(_BREAKS_OFF)
        return found
    raise InputFileError(f"the page is damaged: {problem}")


def _brotli(data: bytes) -> bytes:
    with needed_for("reading WARC files"):
        import brotli
    stream = brotli.Decompressor()
    try:
        pieces = [stream.process(data, output_buffer_limit=LONGEST + 1)]
        while not stream.is_finished() and sum(map(len, pieces)) <= LONGEST and pieces[-1]:
            pieces.append(stream.process(b"", output_buffer_limit=LONGEST + 1))
    except brotli.error as error:
        if data.lstrip()[:1] == b"<":
            return data
        raise InputFileError(f"the page is damaged: {error}") from error
    if not stream.is_finished() and sum(map(len, pieces)) <= LONGEST:
        raise InputFileError(_BREAKS_OFF)
    return b"".join(pieces)


def _zstandard(data: bytes) -> bytes:
    with needed_for("reading WARC files"):
        import zstandard
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(data) as stream:
            return bytes(stream.read(LONGEST + 1))
    except zstandard.ZstdError as error:
        raise InputFileError(f"the page is damaged: {error}") from error


_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    "br": _brotli,
    "zstd": _zstandard,
}
