"""RSS and Atom feeds to articles: an item or entry each, with the fullest text that the feed has of it."""

import io
from collections.abc import Iterator
from typing import Any

from vnextract.archive.blocks import local_name, plain
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import LONGEST, TOO_LONG, Raw, Reading
from vnextract.archive.rows import article_of
from vnextract.archive.unpack import Opened
from vnextract.errors import InputFileError

_TEXTS = ("encoded", "content", "description", "summary")
"""Elements that hold the text, the fullest first."""
_SUMMARIES = ("description", "summary")
_PARTS = {
    "title": ("title",),
    "published": ("pubDate", "published", "date", "issued", "updated"),
    "id": ("guid", "id"),
    "url": ("link",),
    "author": ("creator", "author"),
}
_SUMMARY_ONLY = "the feed has only a summary of it"


class _Metered:
    """A stream of which only so much is read between two items."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.since_item = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.since_item += len(data)
        if self.since_item > LONGEST:
            raise InputFileError(f"an item is {TOO_LONG}")
        return data


def read_feed(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The items of a feed; in a damaged one those that can be read, and what is wrong."""
    with needed_for("reading feeds"):
        from lxml.etree import iterparse
    # Nothing is fetched, no entity of the file's own is put in, and what is nested or long beyond measure is refused.
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    stream = _Metered(opened.stream)
    events = iterparse(stream, events=("end",), recover=True, remove_comments=True, remove_pis=True, **safe)
    source: str | None = None
    number = 0
    for _, element in events:
        name = local_name(element)
        if name == "title" and local_name(element.getparent()) in ("channel", "feed"):
            source = _text(element)
        elif name in ("item", "entry"):
            number += 1
            stream.since_item = 0
            yield _article(opened, number, element, source, reading)
            _drop(element)
    if events.error_log:
        error = events.error_log[0]
        yield Unreadable(opened.file, opened.at(f"line {error.line}"), f"the XML is damaged here: {error.message}")


def _article(opened: Opened, number: int, element: Any, source: str | None, reading: Reading) -> Raw | Unreadable:
    found: dict[str, Any] = {}
    for child in element:
        found.setdefault(local_name(child), child)
    row: dict[str, str | None] = {"source": source}
    for part, names in _PARTS.items():
        row[part] = next((text for name in names if name in found and (text := _text(found[name]))), None)
    name = next((name for name in _TEXTS if name in found and _text(found[name])), None)
    row["text"] = _plain(found[name]) if name else None
    warnings = (_SUMMARY_ONLY,) if name in _SUMMARIES else ()
    return article_of(opened, opened.at(f"item {number}"), number, row, reading, warnings)


def _text(element: Any) -> str:
    """The words of an element; of a link of Atom, where it leads."""
    return "".join(element.itertext()).strip() or element.get("href", "")


def _plain(element: Any) -> str:
    """A text whose tags are marked up in the feed's own way, as plain text with a line for each block."""
    from lxml.html import HTMLParser, fragment_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True)
    whole = element if len(element) else fragment_fromstring(element.text or "", create_parent="div", parser=parser)
    return plain(whole)


def _drop(element: Any) -> None:
    """Forget an item, and those before it."""
    element.clear()
    while element.getprevious() is not None:
        element.getparent().remove(element.getprevious())
