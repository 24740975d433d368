"""The Vietnamese lunar calendar (UTC+7): solar days of lunar dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from vnextract.dates.patterns import CAN, CHI

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_CAN = CAN.split("|")
_CHI = ("tý tí", "sửu", "dần", "mão mẹo", "thìn", "tỵ tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_BRANCH = {name: index for index, names in enumerate(_CHI) for name in names.split()}
assert set(_BRANCH) == set(CHI.split("|"))


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day (or a month, where `day` is None) of the lunar calendar; never of a leap month."""

    year: int
    month: int
    day: int | None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def cyclic_year(name: str, near: int) -> int | None:
    """The year of a name of the sixty-year cycle that is nearest to another year; None for a name that cannot be.

    >>> cyclic_year("bính ngọ", 2025)
    2026
    """
    can, chi = name.split()
    stem, branch = _CAN.index(can), _BRANCH[chi]
    if (stem - branch) % 2:
        return None
    position = (6 * stem - 5 * branch) % 60
    year = near - (near - 4 - position) % 60
    return year if near - year <= 30 else year + 60


def solar(day: LunarDay) -> tuple[date, date] | None:
    """First and last solar day of a lunar day or month; None where the calendar has no such day.

    >>> solar(LunarDay(2007, 1, 1))
    (datetime.date(2007, 2, 17), datetime.date(2007, 2, 17))
    """
    if not (_FIRST_YEAR <= day.year <= _LAST_YEAR and 1 <= day.month <= 12 and 1 <= (day.day or 1) <= 30):
        return None
    from lunar_vn.core import convert_lunar_to_solar, convert_solar_to_lunar

    first = convert_lunar_to_solar(1, day.month, day.year)
    thirtieth = first + timedelta(29)
    length = 30 if convert_solar_to_lunar(thirtieth.day, thirtieth.month, thirtieth.year).day == 30 else 29
    if day.day is None:
        return first, first + timedelta(length - 1)
    if day.day > length:
        return None
    at = first + timedelta(day.day - 1)
    return at, at
