"""The days, months or years between two days, so that a chart has neither one bar nor a thousand."""

from datetime import date

_DAYS_AS_DAYS = 70
_DAYS_AS_MONTHS = 3_000


def grain_of(first: date, last: date) -> str:
    """The period to count by: `day`, `month` or `year`."""
    days = (last - first).days
    return "day" if days <= _DAYS_AS_DAYS else "month" if days <= _DAYS_AS_MONTHS else "year"


def every(grain: str, first: date, last: date) -> list[date]:
    """The first day of every period from one day to another.

    >>> every("month", date(2024, 12, 5), date(2025, 1, 2))
    [datetime.date(2024, 12, 1), datetime.date(2025, 1, 1)]
    """
    if grain == "day":
        return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    years = range(first.year, last.year + 1)
    if grain == "year":
        return [date(year, 1, 1) for year in years]
    months = [date(year, month, 1) for year in years for month in range(1, 13)]
    return [month for month in months if first.replace(day=1) <= month <= last]
