"""An article as it enters the library, and its publication date, which may be known in part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from vnextract.errors import InputTypeError, PublishedError

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}.*)?)?)?\Z")


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date: a day, a month (`day` is None) or a year (`month` is None too)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, value: "str | date | Published | None") -> "Published | None":
        """Read an ISO day, month, year or timestamp; None and blank text mean unknown.

        Raises:
            PublishedError: the text is no such date.
            InputTypeError: the value is neither text nor a date.

        >>> Published.parse("2023-05")
        Published(year=2023, month=5, day=None)
        """
        if value is None or isinstance(value, Published):
            return value
        if isinstance(value, datetime | date):
            return cls(value.year, value.month, value.day)
        if not isinstance(value, str):
            raise InputTypeError(f"published must be text, a date or None, not {type(value).__name__}")
        if not value.strip():
            return None
        match = _PARTIAL.match(value.strip())
        if not match:
            raise PublishedError(f"published must look like 2023-05-25, 2023-05 or 2023, not {value[:40]!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date(year or 0, month or 1, day or 1)
        except ValueError as error:
            raise PublishedError(f"published names no calendar day: {value[:40]!r}") from error
        return cls(year or 0, month, day)

    @property
    def as_day(self) -> date | None:
        """The day, if it is known to the day."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def first_day(self) -> date:
        """The day, or the first of the month or year that is known."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


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
        """Make an article of plain text or of a mapping with a `text` key; unknown keys are left aside.

        Raises:
            InputTypeError: no text can be found in the value.
        """
        if isinstance(value, Article):
            return value
        if isinstance(value, str):
            return cls(value)
        if isinstance(value, Mapping):
            if not isinstance(value.get("text"), str):
                raise InputTypeError("an article given as a mapping needs a 'text' key that holds a string")
            # Under that key a stored record has its own warnings, which come again.
            known = {field.name for field in fields(cls)} - {"warnings"}
            return cls(**{key: item for key, item in value.items() if key in known})
        raise InputTypeError(f"an article must be a string, a mapping or an Article, not {type(value).__name__}")
