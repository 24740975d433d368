"""A raw article made ready for extraction: decoded, taken out of its page, dated."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vnextract.archive.encodings import decode, repair
from vnextract.archive.files import Unreadable
from vnextract.archive.headlines import headline_of, is_foreign
from vnextract.article import Article, Published
from vnextract.columns import Fields, as_text, find, published_in_name, published_or_warning
from vnextract.errors import InputFileError, PublishedError

LONGEST = 16_000_000
"""Bytes of the longest file, line or page that is one article; what is longer is recorded as a failure."""
TOO_LONG = f"longer than {LONGEST // 1_000_000} MB: no single article is"
LONGEST_TEXT = 2_000_000
"""Characters of the longest text, a book's; extraction takes some 100 bytes of memory for each."""
TOO_LONG_TEXT = f"a text of more than {LONGEST_TEXT:,} characters: no single article is so long"
FOREIGN = "this seems to be in another language than Vietnamese"
"""The warning of a text that is read all the same."""
_HEADING = re.compile(r"\s*# +([^\n]+)")


class Kind(StrEnum):
    """What a raw article's data is."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    FIELDS = "fields"
    WORD = "word"
    PDF = "pdf"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Raw:
    """An article as it stands in a file, not yet decoded or cleaned: that is the workers' part."""

    file: str
    place: str
    """Where in the file: `line 3`, `row 40`, `a.zip`'s member; empty for a whole file."""
    id: str
    """The article's own identifier, or one made from file and place."""
    name: str
    """Path that may tell its date."""
    kind: Kind
    data: bytes | Mapping[str, Any]
    """Bytes of a document, or the parts of an article by name."""
    url: str | None = None
    warnings: tuple[str, ...] = ()
    own: str | None = None
    """What tells it again in its file: its identifier, its headline and day; None where only its content does."""
    address: str | None = None
    """What tells it again wherever it stands."""

    def __len__(self) -> int:
        """Size in bytes or characters, roughly."""
        return len(self.data) if isinstance(self.data, bytes) else sum(len(str(part)) for part in self.data.values())


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready for extraction, with what the library's `Article` has no place for."""

    article: Article
    author: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read."""

    fields: Fields = field(default_factory=dict)
    """Columns that hold the parts of an article, where their names do not tell."""
    published: str | None = None
    """Publication date of articles that carry none."""
    since: str | None = None
    """Leave out articles published before this day, month or year, and those whose date is unknown."""
    until: str | None = None
    """Leave out articles published after it, likewise."""
    follow_links: bool = False
    """Read files of a folder that are links to somewhere outside of it."""

    def check(self) -> None:
        """Refuse dates that are none, and bounds between which there is none.

        Raises:
            PublishedError: the message says which.
        """
        for name in ("published", "since", "until"):
            try:
                Published.parse(getattr(self, name))
            except PublishedError as error:
                raise PublishedError(f"{name}{str(error).removeprefix('published')}") from error
        if self.since and self.until and not _is_up_to(self.since, self.until):
            raise PublishedError(f"since {self.since} and until {self.until} leave nothing between them")

    @property
    def has_bounds(self) -> bool:
        """Whether dates leave articles out."""
        return self.since is not None or self.until is not None


def prepare(raw: Raw, reading: Reading) -> Prepared | Unreadable | None:
    """The article of a raw one; None where its date leaves it out.

    Raises:
        MissingExtraError: the page cannot be read without a package that is not installed.
    """
    try:
        parts, warnings = _PARTS[raw.kind](raw)
    except InputFileError as error:
        return Unreadable(raw.file, raw.place, str(error))
    published, about_date = _dated(raw, parts.get("published"), reading)
    is_within = _within(published, reading)
    if published and not is_within:
        return None
    text = as_text(parts.get("text"))
    if text is None:
        return Unreadable(raw.file, raw.place, "there is no text in it")
    if len(text) > LONGEST_TEXT:
        return Unreadable(raw.file, raw.place, TOO_LONG_TEXT)
    # Last, for what has no date because it cannot be read is a failure.
    if not is_within:
        return None
    mended = repair(text)
    title, source, author = (_mended(parts.get(part)) for part in ("title", "source", "author"))
    url = as_text(parts.get("url")) or raw.url
    notes = (*raw.warnings, *warnings, *mended.warnings, *about_date, *((FOREIGN,) if is_foreign(mended.text) else ()))
    return Prepared(Article(mended.text, raw.id, title, published, source, url, notes), author)


def _mended(value: object) -> str | None:
    text = as_text(value)
    return None if text is None else repair(text).text


_Parts = tuple[Mapping[str, Any], tuple[str, ...]]


def _document(raw: Raw) -> _Parts:
    assert isinstance(raw.data, bytes)
    decoded = decode(raw.data)
    return {"text": decoded.text, "title": headline_of(decoded.text)}, decoded.warnings


def _markdown(raw: Raw) -> _Parts:
    """A text that may begin with front matter: lines `key: value` between two lines of dashes."""
    parts, warnings = _document(raw)
    text = parts["text"]
    heading = _HEADING.match(text)
    parts = {**parts, "title": heading[1].strip() if heading else parts["title"]}
    if not text.startswith("---"):
        return parts, warnings
    front, mark, body = text.partition("\n---")
    if not mark:
        return parts, warnings
    pairs = (line.partition(":") for line in front.splitlines()[1:])
    given = {key.strip(): value.strip().strip("\"'") for key, colon, value in pairs if colon}
    found = {part: given[column] for part, column in find(given, {}).items() if part != "text"}
    return {**found, "text": body.partition("\n")[2].lstrip("\r\n")}, warnings


def _page(raw: Raw) -> _Parts:
    from vnextract.archive.pages import read_page

    assert isinstance(raw.data, bytes)
    decoded = decode(raw.data)
    return read_page(decoded.text, raw.url), decoded.warnings


def _fields(raw: Raw) -> _Parts:
    assert isinstance(raw.data, Mapping)
    return raw.data, ()


def _office(raw: Raw) -> _Parts:
    from vnextract.archive.office import read_chapter, read_pdf, read_word

    assert isinstance(raw.data, bytes)
    readers = {Kind.WORD: read_word, Kind.PDF: read_pdf, Kind.CHAPTER: read_chapter}
    return readers[raw.kind](raw.data), ()


_PARTS = {
    Kind.TEXT: _document,
    Kind.MARKDOWN: _markdown,
    Kind.HTML: _page,
    Kind.FIELDS: _fields,
    Kind.WORD: _office,
    Kind.PDF: _office,
    Kind.CHAPTER: _office,
}


def _dated(raw: Raw, value: object, reading: Reading) -> tuple[str | None, tuple[str, ...]]:
    """The publication date, and what should be known about it."""
    published, unclear = published_or_warning(value)
    if published:
        return published, ()
    if raw.kind is not Kind.FIELDS and (guess := published_in_name(raw.name)):
        return guess, (*unclear, f"publication date taken from the name {raw.name.rpartition('/')[2][:80]!r}")
    return reading.published, unclear


def _within(published: str | None, reading: Reading) -> bool:
    """Whether a date lies within the bounds, as far as both are known."""
    if not reading.has_bounds:
        return True
    if published is None:
        return False
    return _is_up_to(reading.since or published, published) and _is_up_to(published, reading.until or published)


def _is_up_to(day: str, last: str) -> bool:
    """Whether a day, month or year is not after another one, as far as both are known."""
    first, second = str(Published.parse(day) or last), str(Published.parse(last) or day)
    return first[: len(second)] <= second[: len(first)]
