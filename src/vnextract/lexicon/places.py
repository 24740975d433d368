"""Provinces, districts and communes, before and after the merger of 1 July 2025."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.text.normalise import fold

MERGER = date(2025, 7, 1)
"""The day on which 63 provinces became 34 and the districts were abolished."""
RENAMED = date(2025, 1, 1)
"""The day on which the province of Thừa Thiên Huế became the city of Huế (resolution 175/2024/QH15)."""

_NUMBERED = "Hồ Chí Minh"
"""The only city that has districts with a number."""


class Province(NamedTuple):
    """One of the 63 provinces and centrally run cities before the merger; those of today keep one of their names."""

    name: str
    unit: str
    code: str
    into: str
    now: str


@cache
def _provinces() -> Mapping[str, Province]:
    found = {fold(row["name"]): Province(**row) for row in table("places_provinces")}
    return found | {fold(row["alias"]): found[fold(row["name"])] for row in table("places_aliases")}


@cache
def _today() -> Mapping[str, Province]:
    return {found.now: found for found in _provinces().values() if found.now}


@cache
def _by_code() -> Mapping[str, Province]:
    return {found.code: found for found in _provinces().values()}


def find_province(name: str) -> Province | None:
    """A province or centrally run city by its name, in any of its spellings.

    >>> find_province("Thừa Thiên - Huế").name
    'Huế'
    """
    return _provinces().get(fold(name))


def province(name: str, day: date | None = None) -> str | None:
    """Code of a province or centrally run city by its name; None where there is none.

    Args:
        name: Its name without the unit.
        day: From 1 July 2025 on, the code among the 34 provinces; before, or where unknown, among the 63.

    >>> province("Lai Châu"), province("Gia Lai"), province("Gia Lai", date(2025, 8, 1))
    ('12', '64', '52')
    """
    found = find_province(name)
    if found is None:
        return None
    return found.now if day is not None and day >= MERGER and found.now else found.code


def successor(name: str) -> str | None:
    """Name of the province of today that a province of the 63 is part of.

    >>> successor("Bình Định")
    'Gia Lai'
    """
    found = find_province(name)
    return _today()[found.into].name if found else None


@cache
def _former_units() -> Mapping[str, str]:
    return {fold(row["alias"]): row["unit"] for row in table("places_aliases") if row["unit"]}


def former_names(name: str, day: date | None = None) -> list[str]:
    """Names of the provinces that one took over, by earlier names of its own and, from the merger on, by merger.

    >>> former_names("Huế"), former_names("Gia Lai", date(2025, 8, 1))
    (['Thừa Thiên Huế'], ['Bình Định'])
    """
    found = find_province(name)
    if found is None or former_unit(name):
        return []
    own = [row["alias"] for row in table("places_aliases") if row["name"] == found.name and row["unit"]][:1]
    if day is None or day < MERGER or not found.now:
        return own
    return own + [one.name for one in _by_code().values() if one.into == found.now and one.name != found.name]


def former_unit(name: str) -> str | None:
    """Unit of a province under an earlier name; None where the name is that of today.

    >>> former_unit("Thừa Thiên - Huế"), former_unit("Huế")
    ('tỉnh', None)
    """
    return _former_units().get(fold(name))


@cache
def province_names() -> Phrases[str]:
    """Names and other spellings of provinces, with the usual name."""
    names = [(found.name, found.name) for found in _provinces().values()]
    return Phrases(names + [(row["alias"], row["name"]) for row in table("places_aliases")])


@cache
def districts() -> Sequence[Mapping[str, str]]:
    """Rows of all districts, towns and provincial cities of the last years before the merger: name, unit, province."""
    return (*table("places_districts"), *table("places_former_districts"))


@cache
def _district_rows() -> Mapping[str, Sequence[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in districts():
        found[fold(row["name"])].append(row)
    return found


def _spellings(name: str) -> tuple[str, ...]:
    """A name and its other spellings of the Central Highlands: `Đắk`, `Đăk`, `Đắc`."""
    return tuple({re.sub("Đ[ăắ][kc]", form, name) for form in ("Đắk", "Đăk", "Đắc")} | {name})


@cache
def district_names() -> Phrases[str]:
    """Names of districts, towns and provincial cities."""
    return Phrases((form, row["name"]) for row in districts() for form in _spellings(row["name"]))


@cache
def city_names() -> Phrases[str]:
    """Names of provincial cities and towns, which the press also prints without their unit."""
    rows = (row for row in districts() if row["unit"] in ("thành phố", "thị xã"))
    return Phrases((row["name"], row["unit"]) for row in rows)


def city_unit(name: str) -> str | None:
    """Unit of a provincial city or town; None for any other name.

    >>> city_unit("Nha Trang")
    'thành phố'
    """
    units = [row["unit"] for row in _district_rows().get(fold(name), ()) if row["unit"] in ("thành phố", "thị xã")]
    return units[0] if units else None


def district_unit(name: str) -> str | None:
    """Unit of a district, town or provincial city, where all of that name have the same.

    >>> district_unit("Mai Sơn"), district_unit("Cao Lãnh")
    ('huyện', None)
    """
    units = {row["unit"] for row in _district_rows().get(fold(name), ())}
    return units.pop() if len(units) == 1 else None


@cache
def commune_names() -> Phrases[tuple[str, str]]:
    """Names of communes, wards and townships, with the codes of the provinces that have one: of the 63, of the 34."""
    rows = table("places_communes")
    return Phrases((form, (row["before"], row["since"])) for row in rows for form in _spellings(row["name"]))


def provinces_of_district(name: str, unit: str | None = None) -> frozenset[str]:
    """Names of the provinces that have a district of a name; none where no table has it.

    Units change while names stay, so that one of another unit counts where none of this unit is known. Districts with
    a number are those of one city.

    >>> sorted(provinces_of_district("Kỳ Sơn")), sorted(provinces_of_district("9", "quận"))
    (['Hòa Bình', 'Nghệ An'], ['Hồ Chí Minh'])
    """
    if name.isdigit():
        return frozenset((_NUMBERED,))
    rows = _district_rows().get(fold(name), ())
    same = [row for row in rows if row["unit"] == unit] or rows
    return frozenset(_by_code()[row["province"]].name for row in same)


def provinces_of_commune(name: str, day: date | None = None) -> frozenset[str]:
    """Names of the provinces that have a commune, ward or township of a name; none where no table has it.

    Args:
        name: Its name without the unit.
        day: The day of the article; before the merger only the communes of then count, where there is one.

    >>> sorted(provinces_of_commune("Hát Lót")), sorted(provinces_of_commune("Ia Sao"))
    ([], ['Gia Lai'])
    """
    words = fold(name).split()
    found = commune_names().longest(words, 0, len(words))
    if found is None or found[0] < len(words):
        return frozenset()
    before, since = (codes.split() for codes in found[1])
    then = {_by_code()[code].name for code in before}
    if then and day is not None and day < MERGER:
        return frozenset(then)
    return frozenset(then.union(_today()[code].name for code in since))


def province_of_district(name: str, unit: str | None = None) -> str | None:
    """Name of the province of a district, where only one province has a district of that name.

    >>> province_of_district("Triệu Phong"), province_of_district("Châu Thành")
    ('Quảng Trị', None)
    """
    found = provinces_of_district(name, unit)
    return next(iter(found)) if len(found) == 1 else None
