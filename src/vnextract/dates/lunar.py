"""The Vietnamese lunar calendar (UTC+7): solar days of lunar dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from vnextract.dates.patterns import CAN

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_STEMS = {name: index for index, name in enumerate(CAN.split("|"))}
_BRANCHES = ("tý tí", "sửu", "dần", "mão mẹo", "thìn", "tỵ tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_BRANCH = {name: index for index, names in enumerate(_BRANCHES) for name in names.split()}


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar, a month where `day` is None, a year where `month` is too; never of a leap month."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


def cyclic_year(name: str, near: int) -> int | None:
    """The year of a name of the sixty-year cycle that is nearest to another year; None for a name that cannot be.

    >>> cyclic_year("bính ngọ", 2025), cyclic_year("mậu thân", 1970), cyclic_year("giáp hợi", 2025)
    (2026, 1968, None)
    """
    stem, branch = name.split()
    place = (6 * _STEMS[stem] - 5 * _BRANCH[branch]) % 60
    if place % 10 != _STEMS[stem] or place % 12 != _BRANCH[branch]:
        return None
    year = near - (near - 4 - place) % 60
    return year if near - year <= 30 else year + 60


def cyclic_year_before(name: str) -> str:
    """The name of the year before.

    >>> cyclic_year_before("bính ngọ")
    'ất tỵ'
    """
    stem, branch = name.split()
    return f"{list(_STEMS)[_STEMS[stem] - 1]} {_BRANCHES[_BRANCH[branch] - 1].split()[0]}"


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
    first = convert_lunar_to_solar(1, lunar.month, lunar.year)
    thirtieth = first + timedelta(29)
    length = 30 if convert_solar_to_lunar(thirtieth.day, thirtieth.month, thirtieth.year).day == 30 else 29
    if lunar.day is None:
        return first, first + timedelta(length - 1)
    if lunar.day > length:
        return None
    day = first + timedelta(lunar.day - 1)
    return day, day
