"""An article as it enters the library: its text and what is known about it."""

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from vnextract.columns import as_text, find, is_plain, overlooked_date, published_or_warning
from vnextract.errors import InputTypeError
from vnextract.published import Published as Published


def _unused(column: str) -> str:
    return f"no publication date is taken, though {column!r} looks like one; call it 'published'"


_OTHERS = ("id", "title", "source", "url")


@dataclass(frozen=True, slots=True)
class Article:
    """One article to extract from: its text and what is known about it.

    `published` takes what `vnextract.extract` takes: an ISO day, a month (`2023-05`), a year, a `date`, or None.
    `warnings` is for whoever made the article of something else; the record begins its own with them.
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: str | date | None = None
    source: str | None = None
    url: str | None = None
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: "str | Article | Mapping[str, Any]") -> "Article":
        """Make an article of plain text or of a mapping whose keys are named as columns of articles usually are.

        A missing value (None, NaN, NaT, pandas' NA) is none; dates are read as newspapers print and databases store
        them, and one that cannot be understood becomes a warning. Keys that name no part are left aside.

        Raises:
            InputTypeError: no text can be found in the value.

        >>> Article.of({"noi_dung": "Họp.", "ngay_dang": "24/11/2025", "title": float("nan")})
        Article(text='Họp.', id=None, title=None, published='2025-11-24', source=None, url=None, warnings=())
        """
        if isinstance(value, Article):
            return value
        if isinstance(value, str):
            return cls(value)
        if isinstance(value, Mapping):
            found = find(value, {})
            article = cls.of_cells({part: value[column] for part, column in found.items()})
            overlooked = None if "published" in found else overlooked_date(value, found)
            return replace(article, warnings=(*article.warnings, _unused(overlooked))) if overlooked else article
        raise InputTypeError(f"an article must be a string, a mapping or an Article, not {type(value).__name__}")

    @classmethod
    def of_cells(cls, cells: Mapping[str, object]) -> "Article":
        """Make an article of the cells that hold its parts: text, published, id, title, source, url.

        Raises:
            InputTypeError: there is no text among them.
        """
        if "text" not in cells:
            raise InputTypeError("an article given as a mapping needs a 'text' key that holds a string")
        given = cells["text"]
        text = given if isinstance(given, str) else as_text(given) if isinstance(given, list) else None
        if text is None:
            raise InputTypeError(f"its text is no text but {reprlib.repr(given)[:40]}")
        published, warnings = published_or_warning(cells.get("published"))
        warnings += tuple(
            f"{part} left out: it is no text but {reprlib.repr(cells[part])[:40]}"
            for part in _OTHERS
            if not is_plain(cells.get(part))
        )
        others = {part: as_text(cells.get(part)) for part in _OTHERS}
        return cls(text, published=published, warnings=warnings, **others)
