"""Columns of somebody else's table to the parts of an article: guesses by name, dates as they are printed."""

import re
import reprlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import islice
from numbers import Real
from typing import Any

from vnextract.errors import VnextractError
from vnextract.published import Published
from vnextract.text.accents import without_accents

Fields = Mapping[str, str]
"""Part of an article → the column that holds it."""

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "fulltext", "articlebody", "maintext", "contenttext", "contenthtml"),
        *("noidung", "baiviet", "vanban", "article"),
    ),
    "published": (
        *("published", "publishedat", "publisheddate", "publicationdate", "publishdate", "pubdate", "datepublished"),
        *("publishedtime", "publicationtime", "publishtime", "pubtime", "datepublish", "publishedon", "publishat"),
        *("publisheddatetime", "articlepublishedtime", "date", "ngaydang", "ngaydangbai", "ngaygiodang"),
        *("thoigiandang", "ngayxuatban", "thoigianxuatban", "ngayphathanh", "ngay", "thoigian", "ngaygio", "gio"),
        *("datetime", "time", "timestamp", "posted", "postedat", "postedon", "postdate", "dateposted", "issued"),
        *("createdat", "createddate", "datecreated", "createdtime", "created", "ngaytao", "ngayviet", "publication"),
    ),
    "title": ("title", "headline", "tieude", "tit", "tua", "tenbai"),
    "id": ("id", "articleid", "docid", "guid", "uid", "mabai", "mabaiviet"),
    "source": ("source", "site", "sitename", "newspaper", "publisher", "outlet", "nguon", "toasoan", "bao", "domain"),
    "url": ("url", "link", "href", "duongdan", "lienket", "permalink"),
    "author": ("author", "authors", "byline", "tacgia", "nguoiviet", "creator"),
}
"""Names that such a column often bears, without accents and signs, the likeliest first."""

_LONGEST_NAME, _MOST_NAMES = 100, 10_000
VIETNAM = timezone(timedelta(hours=7))
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)((?:19[89]|20\d)\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_IN_NAME_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])([-_.])(0[1-9]|1[0-2])\2((?:19[89]|20\d)\d)(?!\d)")
_DATED = re.compile("date|time|publi|ngay|thoigian")
"""What the name of a column of numbers has where they are times."""
_LONGEST_DATE = 60
_SECONDS = (10**8, 10**10)
_PLAIN = (str, bytes, Real, Decimal, date, Published)


def folded(column: str) -> str:
    """A column's name without accents, signs and capitals.

    >>> folded("Nội dung"), folded("published_at")
    ('noidung', 'publishedat')
    """
    return "".join(filter(str.isalnum, without_accents(column))).lower()


def find(columns: Iterable[object], named: Fields) -> Fields:
    """Which column holds which part: those named by the caller, a guess for the others.

    >>> find(["Mã bài", "Nội dung", "ngay_dang"], {})
    {'text': 'Nội dung', 'published': 'ngay_dang', 'id': 'Mã bài'}
    """
    named_columns = [
        column for column in islice(columns, _MOST_NAMES) if isinstance(column, str) and len(column) <= _LONGEST_NAME
    ]
    known = {folded(column): column for column in reversed(named_columns)}
    found = {}
    for part, guesses in GUESSES.items():
        if part in named:
            found[part] = named[part]
        elif guess := next((guess for guess in guesses if guess in known), None):
            found[part] = known[guess]
    return found


def is_missing(value: object) -> bool:
    """Whether a cell is empty, as databases and data frames have it: None, NaN, NaT, pandas' NA.

    >>> is_missing(None), is_missing(float("nan")), is_missing(""), is_missing(0)
    (True, True, False, False)
    """
    try:
        return value is None or bool(value != value)
    except TypeError:
        # Of pandas' NA nobody knows whether it is equal to itself.
        return True
    except Exception:
        return False


def is_plain(value: object) -> bool:
    """Whether a cell can be read as text or as a date: no structure, no list but one of texts."""
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    return isinstance(value, _PLAIN) or is_missing(value)


def as_text(value: object) -> str | None:
    """A cell as text, a list of paragraphs as one; None where there is nothing, or a structure.

    >>> as_text(7.0), as_text(float("nan")), as_text(["Một.", "Hai."])
    ('7', None, 'Một.\\n\\nHai.')
    """
    if is_missing(value) or not is_plain(value):
        return None
    if isinstance(value, list):
        value = "\n\n".join(value)
    if isinstance(value, float) and value.is_integer():
        # A column of whole numbers with a gap is one of floats in pandas.
        value = int(value)
    text = value.decode("utf8", "replace") if isinstance(value, bytes) else str(value)
    return text if text.strip() else None


def published_of(value: object) -> str | None:
    """A publication date as it is stored or printed, as ISO text; None where there is none or it cannot be understood.

    Days are those of Vietnam: a time with another zone is converted. Numbers are seconds or milliseconds since 1970.

    >>> published_of("Thứ tư, 24/5/2023, 10:00 (GMT+7)"), published_of("2023-05-23T20:00:00Z"), published_of(1684900000)
    ('2023-05-24', '2023-05-24', '2023-05-24')
    """
    try:
        return _published(value)
    except (ValueError, OverflowError, OSError, VnextractError):
        return None


def published_or_warning(value: object) -> tuple[str | None, tuple[str, ...]]:
    """A publication date as `published_of`, and what should be known where there is one that cannot be understood.

    >>> published_or_warning("24/11/2025"), published_or_warning("hôm qua"), published_or_warning(None)
    (('2025-11-24', ()), (None, ("publication date not understood: 'hôm qua'",)), (None, ()))
    """
    published = published_of(value)
    if published or is_missing(value) or (isinstance(value, str) and not value.strip()):
        return published, ()
    given = repr(value.strip()[:40]) if isinstance(value, str) else reprlib.repr(value)[:40]
    return None, (f"publication date not understood: {given}",)


def _published(value: object) -> str | None:
    if is_missing(value):
        return None
    if isinstance(value, Published):
        return str(value)
    if isinstance(value, datetime):
        return (value.astimezone(VIETNAM) if value.tzinfo else value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Real) and not isinstance(value, bool):
        return _of_number(float(value))
    text = as_text(value)
    return None if text is None else _of_text(text.strip()[:200])


def _of_number(value: float) -> str | None:
    if value == int(value) and 1900 <= value <= 2100:
        return str(int(value))
    seconds = value / 1000 if value >= _SECONDS[1] else value
    if not _SECONDS[0] <= seconds < _SECONDS[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM).date().isoformat()


def _of_text(text: str) -> str | None:
    if _ISO.fullmatch(text):
        return str(Published.parse(text))
    if _ISO_TIME.fullmatch(text):
        return _published(datetime.fromisoformat(text))
    if text[:10].count("-") == 2 and _ISO.fullmatch(text[:10]):
        return str(Published.parse(text[:10]))
    if match := _SLASHED.match(text):
        return date(*map(int, match.groups())).isoformat()
    if match := _DAY_FIRST.search(text):
        day, month, year = map(int, match.groups())
        return date(year, month, day).isoformat()
    if text.isdecimal():
        return (
            date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat() if len(text) == 8 else _of_number(int(text))
        )
    # Brings half of what a mail program needs, for the one form of date that few tables have.
    from email.utils import parsedate_to_datetime

    return _published(parsedate_to_datetime(text))


def overlooked_date(row: Mapping[Any, object], found: Fields) -> str | None:
    """A column that looks like a publication date and is none of those that were found.

    >>> overlooked_date({"text": "Họp.", "ra_lo": "24/11/2025", "n": 5}, {"text": "text"})
    'ra_lo'
    """
    taken = found.values()
    columns = (column for column in islice(row, _MOST_NAMES) if isinstance(column, str) and column not in taken)
    return next((column for column in columns if _looks_dated(column, row[column])), None)


def _looks_dated(column: str, value: object) -> bool:
    if isinstance(value, str) and not value.strip().isdecimal():
        return len(value) <= _LONGEST_DATE and len(published_of(value) or "") == len("2025-11-24")
    if isinstance(value, str | Real) and not isinstance(value, bool):
        return bool(_DATED.search(folded(column[:_LONGEST_NAME]))) and published_of(value) is not None
    return isinstance(value, date) and not is_missing(value)


def published_in_name(name: str) -> str | None:
    """The day that a file's name or folders tell.

    >>> [published_in_name(name) for name in ("2023/05/24/hop-bao.html", "20230524_1.txt", "bai-24.txt")]
    ['2023-05-24', '2023-05-24', None]
    """
    if match := _IN_NAME.search(name):
        year, month, day = match.group(1, 3, 4)
    elif match := _IN_NAME_DAY_FIRST.search(name):
        day, month, year = match.group(1, 3, 4)
    else:
        return None
    return published_of(f"{year}-{month}-{day}")
