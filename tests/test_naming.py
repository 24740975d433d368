"""Full names: abbreviations spelled out, implied places added, one body for all its mentions."""

from pathlib import Path

import pytest

from vnextract.article import Article
from vnextract.names.bodies import parse
from vnextract.names.find import find_names
from vnextract.names.tagger.names import TaggedName
from vnextract.organisations.gather import find_bodies
from vnextract.organisations.models import Body
from vnextract.records import Level
from vnextract.text.document import Text
from vnextract.text.normalise import fold


def rows() -> list[tuple[str, list[str]]]:
    lines = (Path(__file__).parent / "naming.tsv").read_text(encoding="utf8").splitlines()
    pairs = (line.partition("\t") for line in lines[2:])
    return [(text.replace("|", "\n"), names.split("; ")) for text, _, names in pairs]


def bodies(text: str, source: str | None = None, title: str | None = None) -> tuple[Body, ...]:
    """The bodies that grammar alone finds and names."""
    normalised = Text(text)
    agreed = [TaggedName(one.start, one.end, "ORG", 1.0) for one in parse(normalised).candidates]
    return find_bodies(normalised, find_names(normalised, agreed), Article(text, source=source, title=title))


@pytest.mark.parametrize(("text", "names"), rows())
def test_full_names(text: str, names: list[str]) -> None:
    assert [fold(body.name) for body in bodies(text)] == [fold(name) for name in names]


def test_the_source_settles_whose_body_it_is() -> None:
    text = "UBND tỉnh vừa ban hành kế hoạch."
    assert bodies(text)[0].name == "Ủy ban nhân dân tỉnh"
    assert bodies(text, source="binhdinh.gov.vn")[0].name == "Ủy ban nhân dân tỉnh Bình Định"
    assert bodies(text, title="Quảng Trị phòng bão")[0].name == "Ủy ban nhân dân tỉnh Quảng Trị"


def test_level_province_and_abbreviation() -> None:
    province, district = bodies("UBND tỉnh Kon Tum giao UBND huyện Đăk Hà rà soát.")
    assert (province.level, province.province, province.abbreviation) == (Level.PROVINCE, "Kon Tum", None)
    assert (district.level, district.province) == (Level.DISTRICT, "Kon Tum")


def test_all_mentions_of_a_body_are_gathered_in_order() -> None:
    text = "Uỷ ban nhân dân tỉnh Cà Mau họp. UBND tỉnh giao việc. UBND tỉnh Cà Mau kết luận."
    (body,) = bodies(text)
    assert [text[m.start : m.end] for m in body.mentions] == [
        "Uỷ ban nhân dân tỉnh Cà Mau",
        "UBND tỉnh",
        "UBND tỉnh Cà Mau",
    ]
