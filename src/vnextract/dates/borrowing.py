"""What an expression borrows from the one beside it: a month or a year that only one of the two prints."""

from itertools import pairwise

from vnextract.dates.forms import AND
from vnextract.dates.join import Expression
from vnextract.dates.points import Point
from vnextract.dates.spans import month_of
from vnextract.records import Grain


def borrowed(low: str, found: list[Expression]) -> list[Expression]:
    """The expressions of a text, each with what its neighbours lend it.

    >>> march, april = Point(Grain.MONTH, month=3), Point(Grain.MONTH, month=4, year=2019)
    >>> found = [Expression(0, 7, march, "month"), Expression(11, 23, april, "month")]
    >>> found = borrowed("tháng 3 và tháng 4/2019", found)
    >>> [expression.meaning.year for expression in found]
    [2019, 2019]
    """
    made = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        point, other = made[index].meaning, second.meaning
        if isinstance(point, Point) and isinstance(other, Point):
            made[index] = first._replace(meaning=_from_following(low, first, point, second, other))
            made[index + 1] = second._replace(meaning=_from_previous(low, first, point, second, other))
    return made


def _from_following(low: str, first: Expression, point: Point, second: Expression, other: Point) -> Point:
    """`đêm 26 rạng sáng 27/4` shares the month, `tháng 3 và tháng 4/2019` the year."""
    if point.shift is not None or point.lunar or other.lunar:
        return point
    if point.day is not None and point.month is None:
        return month_of(point, other) if second.start == first.end + 1 else point
    gap = AND.match(low, first.end)
    if gap is None or gap.end() != second.start or gap.group() == ", " or point.grain is not other.grain:
        return point
    if not _lacks_year(point) or other.year is None or other.months:
        return point
    return point._replace(year=other.year - (_place(point) > _place(other)))


def _place(point: Point) -> tuple[int, int]:
    """Where in its year a point lies."""
    return point.month or (point.quarter or 0) * 3, point.day or 0


def _from_previous(low: str, first: Expression, point: Point, second: Expression, other: Point) -> Point:
    """`năm 1968, ngày 11.2` happened in 1968."""
    is_bare_year = point.grain is Grain.YEAR and point.year is not None and point.season is None and not point.lunar
    follows = low[first.end : second.start] == ", "
    if not is_bare_year or not follows or not _lacks_year(other) or other.shift is not None or other.lunar:
        return other
    return other._replace(year=point.year)


def _lacks_year(point: Point) -> bool:
    return point.year is None and (point.month is not None or point.quarter is not None)
