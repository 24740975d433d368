"""Web pages: the article in them, without menus, advertisements and comments."""

import logging
from collections.abc import Mapping

from vnextract.archive.extras import needed_for

_SHORTEST = 80
"""Characters of the shortest article; less is a menu or a notice."""
_DATES = {"original_date": True, "extensive_search": False}
_NAMES = {"text": "text", "title": "title", "published": "date", "author": "author", "url": "url", "source": "sitename"}


def read_page(html: str, url: str | None) -> Mapping[str, str | None]:
    """Text, title, publication date, author and site of a page; no text where it holds no article.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    with needed_for("reading .html and WARC files"):
        from trafilatura import bare_extraction
    # What it has to say about a page it cannot read, the failure says.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # A guessed date is worse than none: only what the page states counts.
    page = bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    found = {part: getattr(page, name, None) for part, name in _NAMES.items()}
    if len(found["text"] or "") < _SHORTEST:
        return {}
    return {**found, "source": found["source"] or getattr(page, "hostname", None)}
