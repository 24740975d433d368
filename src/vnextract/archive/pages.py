"""Web pages: the article in them, without menus, advertisements and comments."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from vnextract.archive.extras import needed_for
from vnextract.archive.page_parts import lead_of, why_no_article
from vnextract.errors import InputFileError

_SHORTEST = 80
"""Characters of the shortest article; less is a menu or a notice."""
_MOST_TAGS = 100_000
_DEEPEST = 200
"""Levels of a page that parsers take; what is nested deeper is lifted."""
_DATES = {"original_date": True, "extensive_search": False}
_NAMES = {"text": "text", "title": "title", "published": "date", "author": "author", "url": "url", "source": "sitename"}
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,7})|(\d{1,8}));?")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LONGEST_TAG = 20_000
_LONG_TAG = re.compile(f"<[a-zA-Z][^<>]{{{_LONGEST_TAG}}}")
_TAG = re.compile(r"""<([a-zA-Z][\w:-]*+)(?>[^<>"']++|"[^"]*+"|'[^']*+')*+>""")


def read_page(html: str, url: str | None) -> Mapping[str, str | None]:
    """Text, title, publication date, author and site of a page; no text where it holds no article.

    Raises:
        InputFileError: the page has more tags than the page of one article can have, or is a list of articles.
        MissingExtraError: trafilatura is not installed.
    """
    if html.count("<") > _MOST_TAGS:
        raise InputFileError(f"it has more than {_MOST_TAGS:,} tags: no page of one article has so many")
    with needed_for("reading .html and WARC files"):
        import trafilatura  # noqa: F401
    # What it has to say about a page it cannot read, the failure says.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    html = _cleaned(html)
    found = _extracted(html, url)
    if not found and (lifted := _lifted(html)) is not None:
        found = _extracted(lifted, url)
    return _completed(found, html, url) if found else found


def _completed(found: Mapping[str, str | None], html: str, url: str | None) -> Mapping[str, str | None]:
    """What was found with the lead that stands above it.

    Raises:
        InputFileError: the page is no article but a list of them.
    """
    tree = _tree(html)
    if tree is None:
        return found
    text = found["text"] or ""
    if reason := why_no_article(tree, html, text, url):
        raise InputFileError(reason)
    lead = lead_of(tree, text)
    return {**found, "text": f"{lead}\n{text}"} if lead else found


def _tree(html: str) -> Any:
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return document_fromstring(html.encode("utf8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None


def _extracted(page: Any, url: str | None) -> Mapping[str, str | None]:
    from trafilatura import bare_extraction

    # A guessed date is worse than none: only what the page states counts.
    article = bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    found = {part: getattr(article, name, None) for part, name in _NAMES.items()}
    if len(found["text"] or "") < _SHORTEST:
        return {}
    return {**found, "source": found["source"] or getattr(article, "hostname", None)}


def _cleaned(html: str) -> str:
    """A page without what makes parsers give it up: characters that are none, tags with attributes without end.

    >>> _cleaned("<p>H&#1;ọp\\x01 &#38; b&#x1ECD;c</p>")
    '<p>Họp &#38; b&#x1ECD;c</p>'
    """
    html = _NO_CHARACTER.sub("", _REFERENCE.sub(_referred, html))
    if _LONG_TAG.search(html):
        html = _TAG.sub(lambda tag: tag[0] if len(tag[0]) <= _LONGEST_TAG else f"<{tag[1]}>", html)
    return html


def _referred(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return reference[0] if code <= 0x10FFFF and not _NO_CHARACTER.match(chr(code)) else ""


def _lifted(html: str) -> Any:
    """The tree of a page with tags nested too deep for the usual parser, those below lifted; None for other pages."""
    tree = _tree(html)
    if tree is None:
        return None
    deep = []
    levels = [(tree, 0)]
    while levels:
        element, depth = levels.pop()
        if depth > _DEEPEST and element.tag in ("div", "span", "font", "b", "i", "section", "center", "strong", "em"):
            deep.append(element)
        levels.extend((child, depth + 1) for child in element)
    for element in reversed(deep):
        element.drop_tag()
    return tree if deep else None
