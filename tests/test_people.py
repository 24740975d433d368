"""Who is who: every mention of a person under one name, nobody else's under it."""

import pytest

from rows import rows
from vnextract.officials.gather import find_people
from vnextract.officials.models import Post
from vnextract.officials.people import distinct
from vnextract.organisations.models import Body
from vnextract.records import Level, OrganisationKind, PositionStatus
from vnextract.text.alignment import Span
from vnextract.text.document import Text

_COUNCIL = Body("Hội đồng nhân dân xã", OrganisationKind.LEGISLATURE, Level.COMMUNE)
_COMMITTEE = Body("Ủy ban nhân dân xã", OrganisationKind.GOVERNMENT, Level.COMMUNE)


@pytest.mark.parametrize("row", rows("people.tsv"), ids=lambda row: row["text"])
def test_mentions(row: dict[str, str]) -> None:
    normalised = Text(row["text"].replace("⏎", "\n"))
    norm = normalised.norm
    found = [
        f"{found.name}: {' | '.join(norm[a:b] for a, b in found.mentions)}"
        for found in find_people(normalised, (), None)
    ]
    assert " ; ".join(found) == row["people"]


def post(title: str, body: Body | None = None, status: str = "current") -> Post:
    return Post(0, len(title), title, body, PositionStatus(status))


@pytest.mark.parametrize(
    ("posts", "kept"),
    [
        ([post("Chủ tịch", _COUNCIL), post("Chủ tịch", _COUNCIL)], [("Chủ tịch", _COUNCIL)]),
        (
            [post("Chủ tịch", _COUNCIL), post("Chủ tịch", _COMMITTEE)],
            [("Chủ tịch", _COUNCIL), ("Chủ tịch", _COMMITTEE)],
        ),
        ([post("Chủ tịch"), post("Chủ tịch", _COMMITTEE)], [("Chủ tịch", _COMMITTEE)]),
        (
            [post("Phó chủ tịch thường trực", _COMMITTEE), post("Phó chủ tịch")],
            [("Phó chủ tịch thường trực", _COMMITTEE)],
        ),
        ([post("Bí thư phường"), post("Bí thư", _COMMITTEE)], [("Bí thư", _COMMITTEE)]),
        ([post("Bộ trưởng Ngoại giao"), post("Bộ trưởng")], [("Bộ trưởng Ngoại giao", None)]),
        ([post("Chủ tịch", _COMMITTEE), post("Chủ tịch HĐQT")], [("Chủ tịch HĐQT", _COMMITTEE)]),
        ([post("Thủ tướng"), post("Phó Thủ tướng")], [("Thủ tướng", None), ("Phó Thủ tướng", None)]),
    ],
)
def test_each_post_once(posts: list[Post], kept: list[tuple[str, Body | None]]) -> None:
    assert [(found.title, found.body) for found in distinct(posts)] == kept


def test_a_post_told_as_held_once_is_held_no_more() -> None:
    kept = distinct([post("Chủ tịch", _COUNCIL, "former"), post("Chủ tịch", _COUNCIL)])
    assert [found.status for found in kept] == [PositionStatus.FORMER]


def test_posts_lost_and_held_in_two_bodies_are_two() -> None:
    assert len(distinct([post("Chủ tịch", _COUNCIL, "former"), post("Chủ tịch", _COMMITTEE)])) == 2


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("Tổng thống Tarek al - Halabi đến thăm.", "Tarek al - Halabi", "Tarek al - Halabi"),
        ("Thủ tướng Somchai Krue - nam đến thăm.", "Somchai Krue - nam", "Somchai Krue - nam"),
        ("Tổng thống Tarek - người vừa đắc cử - đến thăm.", "Tarek", "Tarek"),
        ("Giám đốc Y Blui Niê - chi cục trưởng cũ - nói.", "Y Blui Niê - chi", "Y Blui Niê"),
        ("Tổng thống Tarek Halabi Tuyên bố của ông gây chú ý.", "Tarek Halabi", "Tarek Halabi"),
        ("Ngoại trưởng Trung Quốc Vương Sở Lâm đến thăm.", "Vương Sở Lâm", "Vương Sở Lâm"),
        ("Cục trưởng Vũ Quang Thìn nhận khuyết điểm.", "Vũ Quang Thìn", "Vũ Quang Thìn"),
        ("Chủ tịch xã Tạ Đình Hòa nhận khuyết điểm.", "Tạ Đình Hòa", "Tạ Đình Hòa"),
    ],
)
def test_the_tagger_bounds_names(text: str, tagged: str, name: str) -> None:
    start = text.index(tagged)
    people = find_people(Text(text), (), None, [Span(start, start + len(tagged))])
    assert [person.name for person in people] == [name]
