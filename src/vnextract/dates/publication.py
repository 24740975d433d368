"""The day on which an article came out, where its maker named none: from its address, or from what it prints itself."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from vnextract.article import Published
from vnextract.dates.words import words
from vnextract.text.late import late
from vnextract.text.letters import UPPER, lowered

_FIRST_YEAR, _LAST_YEAR = 1995, 2100
_HEAD_LINES, _TAIL_LINES = 6, 3
"""So many lines at the top and at the foot of an article may be its date line."""
_LONGEST_LINE = 90
_OPENING = 90
"""So many characters at the top are looked at for a dateline."""

_SEPARATED = late(r"(?<!\d)(\d{4})([/-])(\d{1,2})(?:\2(\d{1,2}))?(?=[/?#.-]|\Z)")
_STAMPED = late(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?:\d{4,9})?(?=\.\w+\Z|[/?#]|\Z)")
"""`/2024/03/26/`, `-20240326093645123.htm`."""

_DAY = (
    r"(?P<day>\d{1,2})(?:[/.-](?P<month>\d{1,2})[/.-]| tháng (?P<month2>\d{1,2})(?:,? năm|,)? ?)(?P<year>\d{4})(?!\d)"
)
_CLOCK = r"\d{1,2}(?::|h|g| giờ )\d{2}(?::\d{2}| phút)?(?: ?[ap]m)?"
_AROUND = rf"(?:{words('weekday', 'dateline')}|{_CLOCK}|\(?gmt ?[+-]? ?\d{{1,2}}(?::\d\d)?\)?|[\s,;:|()/•·'’–-])"
_DATE_LINE = late(rf"{_AROUND}*{_DAY}{_AROUND}*")
_ISO_LINE = late(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[t ]\d\d:\d\d.{0,20})?")
_STAMPS = (
    late(rf"(?:{words('weekday')}[\s,]+)?(?:ngày )?{_DAY}[\s,;|–-]+\d{{1,2}}:\d\d(?!\w)"),
    late(rf"\d{{1,2}}:\d\d(?::\d\d)?[\s,;|–-]+(?:{words('weekday')}[\s,]+)?{_DAY}"),
)
"""Day and clock time that begin a line which goes on: a page flattened into one."""
_PLACE = rf"\(?(?:(?:[{UPPER}][\w.]*|\([^)\n]{{1,30}}\))[ ,–-]+){{1,6}}"
_SIGNED_LINE = late(rf"(?:{_PLACE})(?:[Nn]gày )?{_DAY}\W*")
_DATELINE = late(rf"\(?(?:{_PLACE})?\(?(?:[Nn]gày )?{_DAY}\)?(?: \([^)\n]{{1,30}}\))? ?[-–—:] ?")
_RESTATED = late(
    rf"(?<!\w)(?P<today>(?:hôm|{words('part')}) (?P<shift>nay|qua)),? ?[(\[]?(?:tức )?(?:ngày )?{_DAY}", re.IGNORECASE
)


class Printed(NamedTuple):
    """A publication date that an article gives itself, and where."""

    published: Published
    where: str

    @property
    def warning(self) -> str:
        """What the record says of it."""
        return f"no publication date was given: {self.published} was read from {self.where}"


def printed_publication(text: str, url: str | None = None) -> Printed | None:
    """The publication date in an article's address, date line or dateline, or beside `hôm nay`; None where none is.

    Args:
        text: The article's normalised text.
        url: Its address.

    >>> printed_publication("Thứ ba, 26/3/2024, 09:36 (GMT+7)\\n\\nGiá gạo tăng.").warning
    'no publication date was given: 2024-03-26 was read from its date line'
    >>> printed_publication("Giá gạo tăng.", "https://bao.vn/kinh-te/2024/03/gia-gao").published
    Published(year=2024, month=3, day=None)
    """
    return next(chain(_in_address(url or ""), _in_date_line(text), _in_dateline(text), _beside_today(text)), None)


def _published(year: str, month: str, day: str | None = None, ahead: int = 0) -> Published | None:
    """A date of those figures, so many days later, if there is one and articles of its year can be about."""
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        found = date(int(year), int(month), int(day or 1)) + timedelta(ahead)
    except ValueError:
        return None
    return Published(found.year, found.month, found.day if day else None)


def _printed(match: re.Match[str] | None, where: str, ahead: int = 0) -> Iterator[Printed]:
    groups = match.groupdict() if match else {}
    month = groups.get("month") or groups.get("month2")
    found = _published(groups["year"], month, groups["day"], ahead) if month else None
    if found:
        yield Printed(found, where)


def _in_address(url: str) -> Iterator[Printed]:
    for match in chain(_SEPARATED.finditer(url), _STAMPED.finditer(url)):
        year, month, day = match.group(1), match.group(match.re.groups - 1), match.group(match.re.groups)
        found = _published(year, month, day)
        if found:
            yield Printed(found, "its address")


def _in_date_line(text: str) -> Iterator[Printed]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in [*lines[:_HEAD_LINES], *lines[_HEAD_LINES:][-_TAIL_LINES:]]:
        low = lowered(line[: _LONGEST_LINE + 1])
        if len(line) <= _LONGEST_LINE:
            whole = _DATE_LINE.fullmatch(low) or _ISO_LINE.fullmatch(low) or _SIGNED_LINE.fullmatch(line)
            yield from _printed(whole, "its date line")
        for stamp in _STAMPS:
            yield from _printed(stamp.match(low), "its date line")


def _in_dateline(text: str) -> Iterator[Printed]:
    for paragraph in text.strip().splitlines()[:_HEAD_LINES]:
        yield from _printed(_DATELINE.match(paragraph[:_OPENING]), "its dateline")


def _beside_today(text: str) -> Iterator[Printed]:
    match = _RESTATED.search(text)
    if match:
        yield from _printed(match, f"the day beside its {match['today']}", match["shift"].lower() == "qua")
