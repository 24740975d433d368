"""EPUBs to articles: a chapter each, in the order in which they are read.

An EPUB is a zip of web pages with a list of them. The usual library for it, EbookLib, is under the AGPL; what is needed
here is that list.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from vnextract.archive.blocks import local_name
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable, printable
from vnextract.archive.prepare import LONGEST, TOO_LONG, Kind, Raw, Reading
from vnextract.archive.unpack import ALWAYS_ALLOWED, Opened
from vnextract.errors import InputFileError

_TAG = re.compile(rb"<[^<>]{0,2000}>")
_SHORTEST = 80
"""Bytes of text of the shortest chapter; less is a cover or an empty page."""


def read_epub(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The chapters of a book or of an issue of a magazine.

    Raises:
        InputFileError: it is no EPUB, or its list of chapters cannot be read.
        MissingExtraError: lxml is not installed.
    """
    with needed_for("reading .epub files"):
        import lxml.etree  # noqa: F401
    data = opened.stream.read(ALWAYS_ALLOWED + 1)
    if len(data) > ALWAYS_ALLOWED:
        raise InputFileError(f"longer than {ALWAYS_ALLOWED // 1_000_000} MB")
    left = ALWAYS_ALLOWED
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in _chapters(packed):
            place = opened.at(printable(name))
            try:
                size = packed.getinfo(name).file_size
                left -= size
                if size > LONGEST or left < 0:
                    raise InputFileError(TOO_LONG)
                page = packed.read(name)
            except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, InputFileError) as error:
                yield Unreadable(opened.file, place, f"the chapter cannot be unpacked: {error}")
                continue
            if len(b"".join(_TAG.sub(b" ", page).split())) >= _SHORTEST:
                id_ = f"{opened.name}/{printable(name)}"
                yield Raw(opened.file, place, id_, opened.name, Kind.CHAPTER, page, own=f"file\0{id_}")


def _chapters(packed: zipfile.ZipFile) -> Iterator[str]:
    """Paths of the pages, in the order of the book's spine, without its table of contents."""
    from lxml.etree import LxmlError, XMLParser, fromstring

    safe = XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        container = fromstring(_small(packed, "META-INF/container.xml"), safe)
        package = next(one.get("full-path", "") for one in container.iter() if local_name(one) == "rootfile")
        book = fromstring(_small(packed, package), safe)
    except (KeyError, StopIteration, LxmlError, ValueError) as error:
        raise InputFileError(f"this is no readable EPUB: {error}") from error
    pages = {
        one.get("id"): one.get("href", "")
        for one in book.iter()
        if local_name(one) == "item" and "nav" not in one.get("properties", "").split()
    }
    for one in book.iter():
        if local_name(one) == "itemref" and (page := pages.get(one.get("idref"))):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(page.partition("#")[0])))


def _small(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > LONGEST:
        raise InputFileError(TOO_LONG)
    return packed.read(name)
