"""Documents of offices and books: Word files, PDFs, the chapters of EPUBs, each as the parts of an article.

They are opened in a worker process, under its time limit: whatever such a file does to its reader costs one article.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from vnextract.archive.blocks import plain
from vnextract.archive.extras import needed_for
from vnextract.archive.unpack import ALWAYS_ALLOWED
from vnextract.errors import InputFileError

_MOST_PAGES = 2_000
_LONGEST_TEXT = 2_000_000
_NO_LETTERS = "there is no text in it, only pictures of pages perhaps; a program for reading scans has to come before"
_HEADINGS = ("Title", "Heading 1")

Parts = Mapping[str, str | None]


def read_word(data: bytes) -> Parts:
    """The paragraphs of a Word file, the rows of its tables with a tab between cells.

    Raises:
        InputFileError: it is no such file, or unpacks to more than any article has.
        MissingExtraError: python-docx is not installed.
    """
    with needed_for("reading .docx files", "documents"):
        from docx import Document
    try:
        _check_size(data)
        document = Document(io.BytesIO(data))
        blocks = [(_words(block), _style(block)) for block in document.iter_inner_content()]
    except InputFileError:
        raise
    except Exception as error:
        raise InputFileError(f"this is no readable Word file: {type(error).__name__}: {error}") from error
    known = document.core_properties
    title = next((words for words, style in blocks if style in _HEADINGS and words), None) or known.title
    text = "\n".join(words for words, _ in blocks if words)
    return {"text": text, "title": title or None, "author": known.author or None}


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(member.file_size for member in packed.infolist()) > ALWAYS_ALLOWED:
            raise InputFileError(f"it unpacks to more than {ALWAYS_ALLOWED // 1_000_000} MB; it may be a bomb")


def _words(block: Any) -> str:
    if hasattr(block, "rows"):
        return "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)
    text: str = block.text
    return text.strip()


def _style(block: Any) -> str | None:
    style = getattr(block, "style", None)
    return getattr(style, "name", None)


def read_pdf(data: bytes) -> Parts:
    """The text of a PDF, as its pages have it.

    Raises:
        InputFileError: it is no such file, is locked, has no text, or more pages than any article.
        MissingExtraError: pypdfium2 is not installed.
    """
    with needed_for("reading .pdf files", "documents"):
        from pypdfium2 import PdfDocument, PdfiumError
    try:
        with PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise InputFileError(f"it has {len(document):,} pages: no article has so many")
            known = document.get_metadata_dict()
            text = "\n".join(_pages(document))
    except PdfiumError as error:
        raise InputFileError(f"this is no readable PDF: {error}") from error
    if not text.strip():
        raise InputFileError(_NO_LETTERS)
    return {"text": text, "title": known.get("Title") or None, "author": known.get("Author") or None}


def _pages(document: Any) -> Iterator[str]:
    length = 0
    for page in document:
        text = page.get_textpage().get_text_bounded().replace("\r\n", "\n")
        length += len(text)
        if length > _LONGEST_TEXT:
            raise InputFileError(f"it has more than {_LONGEST_TEXT:,} characters: no single article is so long")
        # Where a word is divided at the end of a line, the reader leaves a mark of its own.
        yield text.replace("\ufffe\n", "").replace("\ufffe", "")


def read_chapter(data: bytes) -> Parts:
    """The text of a chapter of an EPUB, and its heading.

    Raises:
        InputFileError: it cannot be read.
        MissingExtraError: lxml is not installed.
    """
    with needed_for("reading .epub files"):
        from lxml.etree import LxmlError
        from lxml.html import HTMLParser, document_fromstring
    try:
        parser = HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
        page = document_fromstring(data, parser=parser)
    except (LxmlError, ValueError) as error:
        raise InputFileError(f"the chapter cannot be read: {error}") from error
    named = (heading for name in ("h1", "h2", "title") for heading in page.iter(name))
    headings = (" ".join(heading.text_content().split()) for heading in named)
    title = next(filter(None, headings), None)
    for head in list(page.iter("head")):
        head.drop_tree()
    return {"text": plain(page), "title": title}
