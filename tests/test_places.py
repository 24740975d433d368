"""Provinces, districts and communes, before and after the merger of 1 July 2025."""

from datetime import date

import pytest

from vnextract.lexicon.places import (
    city_unit,
    commune_names,
    district_names,
    find_province,
    province,
    province_of_district,
    provinces_of_commune,
    provinces_of_district,
    successor,
)
from vnextract.lexicon.tables import table
from vnextract.names.places import country_at, outermost, place_at
from vnextract.names.reading import Reading
from vnextract.records import Level
from vnextract.text.document import Text


def test_the_tables_are_whole() -> None:
    rows = table("places_provinces")
    assert len(rows) == 63
    assert len({row["into"] for row in rows}) == 34
    assert sum(bool(row["now"]) for row in rows) == 34
    assert {row["into"] for row in rows} == {row["now"] for row in rows if row["now"]}
    assert len(table("places_districts")) > 680
    assert len(table("places_communes")) > 7000


@pytest.mark.parametrize(
    ("name", "code", "code_now"),
    [
        ("Hà Nội", "01", "01"),
        ("Lai Châu", "12", "12"),
        ("Gia Lai", "64", "52"),
        ("TPHCM", "79", "79"),
        ("Thừa Thiên - Huế", "46", "46"),
        ("Đắc Lắc", "66", "66"),
        ("Bình Định", "52", "52"),
        ("Atlantis", None, None),
    ],
)
def test_codes(name: str, code: str | None, code_now: str | None) -> None:
    assert province(name) == code
    assert province(name, date(2025, 6, 30)) == code
    assert province(name, date(2025, 7, 1)) == code_now


@pytest.mark.parametrize(
    ("name", "into"),
    [
        ("Bình Định", "Gia Lai"),
        ("Hà Giang", "Tuyên Quang"),
        ("Bình Dương", "Hồ Chí Minh"),
        ("Lai Châu", "Lai Châu"),
        ("Nowhere", None),
    ],
)
def test_mergers(name: str, into: str | None) -> None:
    assert successor(name) == into


def test_districts_and_communes() -> None:
    assert province_of_district("Mai Sơn") == "Sơn La"
    assert province_of_district("Châu Thành") is None
    assert province_of_district("Lộc Hà") == "Hà Tĩnh", "merged away in January 2025"
    assert province_of_district("Kỳ Sơn") is None, "Hòa Bình had one until 2019, Nghệ An one until 2025"
    assert city_unit("Hoài Nhơn") == "thị xã"
    assert district_names().longest(["đăk", "hà"], 0) == (2, "Đăk Hà")
    assert commune_names().longest(["hoàn", "kiếm"], 0) is not None
    assert find_province("Ha Noi") is None


@pytest.mark.parametrize(
    ("name", "unit", "provinces"),
    [
        ("Tân Uyên", "thị xã", {"Bình Dương", "Lai Châu"}),
        ("Tân Uyên", "huyện", {"Lai Châu"}),
        ("Phú Quốc", "huyện", {"Kiên Giang"}),
        ("4", "quận", {"Hồ Chí Minh"}),
        ("Hàng Châu", "thành phố", set()),
    ],
)
def test_the_provinces_of_a_district(name: str, unit: str, provinces: set[str]) -> None:
    assert provinces_of_district(name, unit) == provinces


def test_the_provinces_of_a_commune() -> None:
    then, now = date(2024, 5, 1), date(2025, 8, 1)
    assert provinces_of_commune("Ân Hảo Đông", then) == {"Bình Định"}
    assert provinces_of_commune("Cao Bồ", now) == {"Hà Giang", "Tuyên Quang"}
    assert provinces_of_commune("Cao Bồ", then) == {"Hà Giang"}
    assert provinces_of_commune("Ân Hảo Đông Bắc") == set()


@pytest.mark.parametrize(
    ("phrase", "printed"),
    [
        ("xã Hòa Hải, huyện Hương Khê (Hà Tĩnh) lụt", "Hà Tĩnh"),
        ("xã Hòa Hải huyện Hương Khê lụt", "huyện Hương Khê"),
        ("thị xã Tân Uyên - Bình Dương cháy", "Bình Dương"),
        ("huyện Kỳ Sơn, huyện Quỳ Châu lụt", "huyện Kỳ Sơn"),
        ("phường 4, mưa lớn", "phường 4"),
    ],
)
def test_the_largest_place_of_an_address(phrase: str, printed: str) -> None:
    reading = Reading(Text(phrase).words)
    place = place_at(reading, 0, len(reading))
    assert place is not None
    assert str(outermost(reading, place)) == printed


@pytest.mark.parametrize(
    ("phrase", "printed", "level"),
    [
        ("tỉnh Lai Châu họp", "tỉnh Lai Châu", Level.PROVINCE),
        ("tỉnh họp", "tỉnh", Level.PROVINCE),
        ("TP.HCM họp", "thành phố Hồ Chí Minh", Level.PROVINCE),
        ("TP. Huế họp", "thành phố Huế", Level.PROVINCE),
        ("TP Quy Nhơn họp", "thành phố Quy Nhơn", Level.DISTRICT),
        ("TX Hoài Nhơn họp", "thị xã Hoài Nhơn", Level.DISTRICT),
        ("Q.1 họp", "quận 1", Level.DISTRICT),
        ("quận 10 họp", "quận 10", Level.DISTRICT),
        ("phường Bến Thành họp", "phường Bến Thành", Level.COMMUNE),
        ("xã Pa Ủ huyện Mường Tè họp", "xã Pa Ủ huyện Mường Tè", Level.COMMUNE),
        ("xã Nguyễn Văn Bình phát biểu", "xã", Level.COMMUNE),
        ("huyện. Theo đó", "huyện", Level.DISTRICT),
        ("Vĩnh Long họp", "Vĩnh Long", Level.PROVINCE),
        ("Nha Trang họp", "Nha Trang", Level.DISTRICT),
        ("P.V.H. khai", None, None),
        ("xã hội hóa", None, None),
        ("tỉnh táo", None, None),
        ("hôm nay họp", None, None),
    ],
)
def test_places_as_printed(phrase: str, printed: str | None, level: Level | None) -> None:
    text = Text(phrase)
    reading = Reading(text.words)
    place = place_at(reading, 0, len(reading))
    assert (str(place) if place else None, place.level if place else None) == (printed, level)


@pytest.mark.parametrize(("phrase", "country"), [("Hàn Quốc họp", "Hàn Quốc"), ("Mỹ họp", "Mỹ"), ("mỹ thuật", None)])
def test_countries(phrase: str, country: str | None) -> None:
    text = Text(phrase)
    reading = Reading(text.words)
    found = country_at(reading, 0, len(reading))
    assert (found[1] if found else None) == country
