"""The register of the state's bodies: its tables, its look-ups, the identifiers of what an article names."""

from collections import Counter
from datetime import date

import pytest

import vnextract
from rows import rows
from vnextract.lexicon import register
from vnextract.lexicon.register import bodies, find, levels_of, template, templates, whole_of
from vnextract.records import Level, OrganisationKind


def test_the_order_of_its_size() -> None:
    assert len(bodies()) > 1500
    assert len(templates()) > 150


def test_every_body_stands_under_its_parent() -> None:
    for body in bodies().values():
        seen, at = set(), body
        while at.parent:
            assert at.body_id not in seen, f"{body.body_id} is a part of itself"
            seen.add(at.body_id)
            at = bodies()[at.parent]


def test_no_two_bodies_of_one_parent_and_time_share_a_name() -> None:
    names = Counter((body.parent, body.name, body.until) for body in bodies().values())
    assert [name for name, times in names.items() if times > 1] == []


def test_successors_come_later() -> None:
    early = [
        body.body_id
        for body in bodies().values()
        if body.successor and bodies()[body.successor].until and bodies()[body.successor].until < body.until
    ]
    assert early == []


@pytest.mark.parametrize("fact", rows("register_facts.tsv"), ids=lambda fact: fact["id"])
def test_bodies_as_their_decrees_have_them(fact: dict[str, str]) -> None:
    body = bodies()[fact["id"]]
    assert (body.name, body.parent) == (fact["name"], fact["parent"])
    assert (body.since, body.until, body.successor or "") == (fact["since"], fact["until"], fact["successor"])
    assert fact["decree"] in body.source.split("; ")


def test_no_unit_outlives_the_ministry_that_it_is_part_of() -> None:
    ended = {body.body_id: body.until for body in bodies().values() if body.until and body.name.startswith("Bộ ")}
    outlived = [body.body_id for body in bodies().values() if body.parent in ended and body.until > ended[body.parent]]
    assert outlived == []


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("C08", None, "vn/bo-cong-an/c08"),
        ("Cục Cảnh sát giao thông Bộ Công an", None, "vn/bo-cong-an/c08"),
        ("Bộ LĐ-TB&XH", None, "vn/bo-lao-dong-thuong-binh-va-xa-hoi"),
        ("Vụ Pháp chế", None, None),
        ("Vụ Pháp chế Bộ Y tế", None, "vn/bo-y-te/vu-phap-che"),
        ("Cục Báo chí", date(2020, 5, 1), "vn/bo-thong-tin-va-truyen-thong/cuc-bao-chi"),
        ("Cục Báo chí", date(2025, 8, 1), "vn/bo-van-hoa-the-thao-va-du-lich/cuc-bao-chi"),
        ("Câu lạc bộ Hoa Sen", None, None),
    ],
)
def test_find(name: str, day: date | None, expected: str | None) -> None:
    found = find(name, day=day)
    assert (found.body_id if found else None) == expected


def test_a_police_department_is_a_part_of_a_provinces_police_only() -> None:
    assert levels_of("Phòng Cảnh sát hình sự") == {Level.PROVINCE}
    part = template("PC02", Level.PROVINCE)
    assert part is not None
    whole = whole_of(part)
    assert whole is not None and whole.tail == "cong-an"
    assert template("PC02", Level.COMMUNE) is None


def test_what_a_merger_ended_and_began() -> None:
    gone, new = template("Sở Kế hoạch và Đầu tư", Level.PROVINCE), template("Sở Tài chính", Level.PROVINCE)
    assert gone is not None and new is not None
    assert gone.successor == new.tail
    assert gone.existed(date(2025, 2, 1)) and not gone.existed(date(2025, 3, 2))


def test_a_row_without_source_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = dict.fromkeys(register._COLUMNS, "") | {"id": "vn/x", "name": "X", "kind": "other", "level": "none"}
    monkeypatch.setattr(register, "table", lambda name: [row])
    with pytest.raises(vnextract.VnextractError, match="source"):
        list(register._rows("party", register._COLUMNS))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "Phòng Cảnh sát hình sự Công an tỉnh Lai Châu phối hợp với Sở Y tế tỉnh Lai Châu.",
            {
                "vn/lai-chau/cong-an/pc02": "vn/lai-chau/cong-an",
                "vn/lai-chau/so-y-te": "vn/lai-chau/uy-ban-nhan-dan",
            },
        ),
        (
            "Huyện ủy Ea Kar làm việc với UBND huyện Ea Kar.",
            {"vn/dak-lak/huyen-ea-kar/huyen-uy": None, "vn/dak-lak/huyen-ea-kar/uy-ban-nhan-dan": None},
        ),
        (
            "Bác sĩ Khoa Nội Bệnh viện Bạch Mai đón Bộ Y tế Lào.",
            {
                "vn/bo-y-te/benh-vien-bach-mai/khoa-noi": "vn/bo-y-te/benh-vien-bach-mai",
                "international/bo-y-te-lao": None,
            },
        ),
        ("Chánh Văn phòng Chính phủ ký công văn.", {"vn/van-phong-chinh-phu": "vn/chinh-phu"}),
        (
            "Trường ĐH Nông Lâm TP.HCM và trường đại học Nông lâm thành phố Hồ Chí Minh là một.",
            {"vn/bo-giao-duc-va-dao-tao/truong-dai-hoc-nong-lam-thanh-pho-ho-chi-minh": "vn/bo-giao-duc-va-dao-tao"},
        ),
        ("CSGT Hà Nội xử phạt 12 lái xe.", {"vn/ha-noi/cong-an/pc08": "vn/ha-noi/cong-an"}),
    ],
)
def test_identifiers_in_a_record(text: str, ids: dict[str, str | None]) -> None:
    record = vnextract.extract(text, published="2023-05-25")
    assert {body.body_id: body.parent_id for body in record.organisations} == ids


@pytest.mark.parametrize(
    ("text", "body_id"),
    [
        ("Đà Nẵng hỗ trợ xe. Đà Nẵng mưa lớn. Công an quận 4 nhận đơn.", "vn/ho-chi-minh/quan-4/cong-an"),
        ("Hà Nội hỗ trợ. Hà Nội chờ tin. Công an xã Thái Niên (huyện Bảo Thắng, Lào Cai) lập biên bản.", "vn/lao-cai/"),
        ("Cà Mau chờ tin. Cà Mau mưa. Công an thị xã Tân Uyên (Bình Dương) đang xác minh.", "vn/binh-duong/"),
        ("Người quê Bình Định. UBND xã Ân Hảo Đông cấp gạo.", "vn/binh-dinh/xa-an-hao-dong/"),
        ("Nghệ An đang lụt. Nghệ An sơ tán dân. UBND xã Đại Thành báo cáo.", "vn/nghe-an/xa-dai-thanh/"),
        ("Nam Định mưa. Nam Định lụt. Ở TP Hà Nội, Công an TP vào cuộc.", "vn/ha-noi/cong-an"),
    ],
)
def test_the_province_that_a_body_is_in(text: str, body_id: str) -> None:
    found = [body.body_id for body in vnextract.extract(text, published="2019-05-25").organisations]
    assert [one for one in found if one and one.startswith(body_id)], found


@pytest.mark.parametrize(
    ("text", "place"),
    [("Bệnh viện Từ Dũ mổ bắt con.", "Hồ Chí Minh"), ("Bộ Y tế họp.", None), ("UBND tỉnh Lai Châu họp.", "Lai Châu")],
)
def test_what_the_register_has_of_a_province_is_there(text: str, place: str | None) -> None:
    (body,) = vnextract.extract(text, published="2019-05-25").organisations
    assert (body.place.name if body.place else None) == place


def test_what_is_abroad_has_no_level_of_ours() -> None:
    text = "Chính phủ Syria phản đối. Theo Bộ Quốc phòng Mỹ và Hạm đội 7 của Hải quân Mỹ, tình hình ổn định."
    told = {(body.level, body.kind) for body in vnextract.extract(text).organisations}
    assert told == {(Level.NONE, OrganisationKind.INTERNATIONAL)}


def test_codes_of_then_and_today() -> None:
    (body,) = vnextract.extract("UBND tỉnh Bình Định họp.", published="2024-03-02").organisations
    assert body.place is not None
    assert (body.place.code, body.place.code_today) == ("52", "52")


def test_the_register_tells_the_kind() -> None:
    (body,) = vnextract.extract("Cảng vụ Hàng hải Hải Phòng cấp phép.").organisations
    assert body.kind is OrganisationKind.GOVERNMENT


@pytest.mark.parametrize(
    ("text", "published", "joined"),
    [
        (
            "HĐND thành phố Huế kế thừa hồ sơ của HĐND tỉnh Thừa Thiên Huế.",
            "2025-02",
            {
                "vn/hue/hoi-dong-nhan-dan": "vn/thua-thien-hue/hoi-dong-nhan-dan",
                "vn/thua-thien-hue/hoi-dong-nhan-dan": None,
            },
        ),
        (
            "UBND tỉnh Gia Lai nhận bàn giao của UBND tỉnh Bình Định.",
            "2025-08",
            {"vn/gia-lai/uy-ban-nhan-dan": "vn/binh-dinh/uy-ban-nhan-dan", "vn/binh-dinh/uy-ban-nhan-dan": None},
        ),
        ("UBND tỉnh Gia Lai họp.", "2024-08", {"vn/gia-lai/uy-ban-nhan-dan": None}),
    ],
)
def test_the_body_that_one_took_over(text: str, published: str, joined: dict[str, str | None]) -> None:
    record = vnextract.extract(text, published=published)
    assert {body.body_id: body.predecessor_id for body in record.organisations} == joined
