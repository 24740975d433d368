"""The Vietnamese lunar calendar (UTC+7): solar days of lunar dates."""

from datetime import date, timedelta
from typing import NamedTuple

from vnextract.dates.words import numbers

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_STEMS, _BRANCHES = numbers("stem"), numbers("branch")


class LunarDay(NamedTuple):
    """A day of the lunar calendar, a month where `day` is None, a year where `month` is too."""

    year: int
    month: int | None = None
    day: int | None = None
    leap: bool = False
    """Whether the month is the second of its number in that year."""

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


def cyclic_year(name: str, near: int) -> int | None:
    """The year of a name of the sixty-year cycle that is nearest to another year; None for a name that cannot be.

    >>> cyclic_year("bính ngọ", 2025), cyclic_year("mậu thân", 1970), cyclic_year("giáp hợi", 2025)
    (2026, 1968, None)
    """
    stem, branch = name.split()
    place = (6 * _STEMS[stem] - 5 * _BRANCHES[branch]) % 60
    if place % 10 != _STEMS[stem] or place % 12 != _BRANCHES[branch]:
        return None
    year = near - (near - 4 - place) % 60
    return year if near - year <= 30 else year + 60


def cyclic_year_before(name: str) -> str:
    """The name of the year before.

    >>> cyclic_year_before("bính ngọ")
    'ất tỵ'
    """
    stem, branch = name.split()
    return f"{_named(_STEMS, _STEMS[stem] - 1)} {_named(_BRANCHES, _BRANCHES[branch] - 1)}"


def _named(names: dict[str, int], place: int) -> str:
    """The first name of a place in the cycle."""
    wanted = place % (max(names.values()) + 1)
    return next(name for name, index in names.items() if index == wanted)


def solar(lunar: LunarDay) -> tuple[date, date] | None:
    """First and last solar day of a lunar day, month or year; None where the calendar has no such day.

    >>> solar(LunarDay(2007, 1, 1))
    (datetime.date(2007, 2, 17), datetime.date(2007, 2, 17))
    >>> solar(LunarDay(2025, 12, 30)) is None
    True
    """
    if not (_FIRST_YEAR <= lunar.year <= _LAST_YEAR and 1 <= (lunar.month or 1) <= 12 and 1 <= (lunar.day or 1) <= 30):
        return None
    from lunar_vn.core import convert_lunar_to_solar, convert_solar_to_lunar

    if lunar.month is None:
        return convert_lunar_to_solar(1, 1, lunar.year), convert_lunar_to_solar(1, 1, lunar.year + 1) - timedelta(1)
    try:
        first = convert_lunar_to_solar(1, lunar.month, lunar.year, int(lunar.leap))
    except ValueError:
        return None
    thirtieth = first + timedelta(29)
    length = 30 if convert_solar_to_lunar(thirtieth.day, thirtieth.month, thirtieth.year).day == 30 else 29
    if lunar.day is None:
        return first, first + timedelta(length - 1)
    if lunar.day > length:
        return None
    day = first + timedelta(lunar.day - 1)
    return day, day
