"""A publication date, which may be known in part: a day, a month or a year."""

import re
from dataclasses import dataclass
from datetime import date, datetime

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
