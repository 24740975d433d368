"""Web archives to articles: every HTML page that a crawler has saved."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.payload import payload
from vnextract.archive.prepare import LONGEST, TOO_LONG, Kind, Raw, Reading
from vnextract.archive.unpack import Opened
from vnextract.errors import InputFileError


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


def read_warc(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The HTML pages of a web archive; other records are none of ours."""
    with needed_for("reading WARC files"):
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    stream = _UntilError(opened.stream)
    number = 0
    # What a record's own reader decodes, its errors end the whole file: chunks and compression are undone here.
    for record in ArchiveIterator(
        cast(BinaryIO, stream), record_types=WarcRecordType.response, parse_http=True, auto_decode="none"
    ):
        if record.http_headers is None or record.http_headers.status_code != 200:
            continue
        if record.http_content_type not in ("text/html", "application/xhtml+xml"):
            continue
        number += 1
        yield _page(opened, opened.at(f"page {number}"), record)
    if stream.error:
        raise stream.error


def _page(opened: Opened, place: str, record: Any) -> Raw | Unreadable:
    url = record.headers.get("WARC-Target-URI", "").strip("<>") or None
    headers = record.http_headers
    try:
        data = record.reader.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise InputFileError(TOO_LONG)
        if len(data) < record.content_length:
            raise InputFileError("the page breaks off")
        page = payload(data, headers.get("Transfer-Encoding"), headers.get("Content-Encoding"))
    except InputFileError as error:
        return Unreadable(opened.file, place, str(error))
    except (OSError, ValueError) as error:
        return Unreadable(opened.file, place, f"the page is damaged: {error}")
    return Raw(
        opened.file,
        place,
        url or f"{opened.name}:{place}",
        url or "",
        Kind.HTML,
        page,
        url,
        own=url and f"address\0{url}",
        address=url,
    )
