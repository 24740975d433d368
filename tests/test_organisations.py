"""Bodies as grammar finds them, and the two ways together."""

from itertools import pairwise

import pytest

from rows import bracketed, rows
from vnextract.article import Article
from vnextract.names.bodies import Grammar, parse
from vnextract.names.decide import decide
from vnextract.names.find import find_names
from vnextract.names.reading import Reading, unslipped
from vnextract.names.tagger.names import TaggedName
from vnextract.organisations.gather import find_bodies
from vnextract.organisations.models import Body
from vnextract.records import FoundBy
from vnextract.text.document import Text


@pytest.mark.parametrize("row", rows("organisations.tsv"), ids=lambda row: row["phrase"])
def test_grammar_finds_bodies_with_their_bounds_and_kinds(row: dict[str, str]) -> None:
    text, expected = bracketed(row["phrase"])
    found = [candidate for candidate in parse(Text(text)).candidates if not candidate.short]
    assert [text[candidate.start : candidate.end] for candidate in found] == expected
    assert [candidate.kind for candidate in found] == row["kinds"].split()


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("MTTTQ", "MTTQ"), ("UBDN", "UBND"), ("HĐĐND", "HĐND"), ("THP", None), ("NATO", None), ("UBND", None)],
)
def test_misprinted_abbreviations(printed: str, meant: str | None) -> None:
    assert unslipped(printed) == meant


@pytest.mark.parametrize("printed", ["GD&ĐT", "GD-ĐT", "GDĐT", "GD - ĐT", "GD–ĐT"])
def test_spellings_of_an_abbreviation_read_alike(printed: str) -> None:
    text = Text(f"Sở {printed} báo cáo")
    assert " ".join(Reading(text.words).words) == "sở giáo dục và đào tạo báo cáo"


def bodies_of_grammar(text: str) -> tuple[Body, ...]:
    normalised = Text(text)
    agreed = [TaggedName(one.start, one.end, "ORG", 1.0) for one in parse(normalised).candidates]
    return find_bodies(normalised, find_names(normalised, agreed), Article(text))


def tagged(text: str, *names: tuple[str, float]) -> list[TaggedName]:
    return [TaggedName(text.index(name), text.index(name) + len(name), "ORG", score) for name, score in names]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ca khúc của Sao Đêm Media ra mắt", [("Sao Đêm Media", 0.9)], [("Sao Đêm Media", FoundBy.TAGGER, "tagger")]),
        ("Ca khúc của Sao Đêm ra mắt", [("Sao Đêm", 0.2)], []),
        (
            "tại Công ty Gió Lành Tây Đô ở quê",
            [("Công ty Gió Lành Tây", 0.4)],
            [("Công ty Gió Lành Tây", FoundBy.TAGGER, "tagger, head Công ty")],
        ),
        (
            "Trưởng Khoa Nội, Trường THPT Gió Lành",
            [("Khoa Nội", 0.4), ("Trường THPT Gió Lành", 0.4)],
            [
                ("Khoa Nội", FoundBy.GRAMMAR, "tagger, head Khoa"),
                ("Trường THPT Gió Lành", FoundBy.TAGGER, "tagger, head Trường Trung học phổ thông"),
            ],
        ),
        ("Chủ tịch UBND tỉnh Hà Nam dự", [], [("UBND tỉnh Hà Nam", FoundBy.GRAMMAR, "grammar, head Ủy ban nhân dân")]),
        ("Lãnh đạo Sở dự", [], []),
        (
            "Vụ Khoa học, Công nghệ và Môi trường họp kín",
            [("Vụ Khoa học", 0.9)],
            [("Vụ Khoa học, Công nghệ và Môi trường", FoundBy.TAGGER, "tagger, head Vụ")],
        ),
        (
            "Nhân dân tin Đảng ta mãi",
            [("Đảng", 0.9)],
            [("Đảng", FoundBy.GRAMMAR, "tagger, head Đảng Cộng sản Việt Nam")],
        ),
        ("Thăm Công ty Gió Lành hôm nay", [], []),
        ("Tăng trưởng GDP giảm", [("GDP", 0.9)], []),
        ("Đội khách đến Cà Mau hôm qua", [("Cà Mau", 0.9)], []),
        ("Thủ tướng Campuchia dự", [("Campuchia", 0.9)], []),
        ("Giám đốc Công an 34 tỉnh họp", [("Công an 34 tỉnh", 0.9)], []),
        ("Theo Viện kiểm sát các tỉnh, án giảm", [("Viện kiểm sát các tỉnh", 0.9)], []),
    ],
)
def test_the_tagger_decides(
    text: str, names: list[tuple[str, float]], expected: list[tuple[str, FoundBy, str]]
) -> None:
    found = decide(parse(Text(text)), tagged(text, *names))
    assert [(text[one.start : one.end], one.by, one.rule) for one in found] == expected


@pytest.mark.parametrize(
    ("name", "read", "kind"),
    [
        ("UBND tỉnh Hà Nam", "Ủy ban nhân dân", "government"),
        ("phòng đào tạo lái xe Công an tỉnh Sơn La", "Phòng đào tạo lái xe", "police"),
        ("đội sửa chữa nhanh Công ty Điện lực Nậm Na", "Đội sửa chữa nhanh", "company"),
        ("khoa răng hàm mặt Bệnh viện Đa khoa tỉnh Lai Châu", "Khoa răng hàm mặt", "health"),
        ("viện Tre đồng bằng", "Viện Tre đồng bằng", "government"),
        ("Gió Lành Media", None, None),
        ("Tổ", None, None),
    ],
)
def test_the_grammar_reads_what_the_tagger_found(name: str, read: str | None, kind: str | None) -> None:
    text = Text(f"Sáng nay, {name} họp.")
    start = text.norm.index(name)
    found = Grammar(parse(text).reading).reads(start, start + len(name))
    assert (found and found.name, found and found.kind) == (read, kind)


def test_where_the_tagger_sees_a_person_no_body_of_grammar_stands() -> None:
    text = "Gặp UBND tỉnh Hà Nam hôm nay"
    assert decide(parse(Text(text)), [TaggedName(4, 20, "PER", 0.9)]) == []


def test_a_bracket_with_another_head_names_the_whole_and_defines_nothing() -> None:
    names = find_names(
        Text(text := "Phó Vụ trưởng Vụ Chè (Bộ Tre) chủ trì."), tagged(text, ("Vụ Chè", 0.9), ("Bộ Tre", 0.9))
    )
    assert names.defined == {}


@pytest.mark.parametrize("name", ["Trung tâm Gió Lành (Hà Nội", "Trung tâm Gió Lành (Hà Nội) tuyển", "Ban 12) Tây Đô"])
def test_no_body_ends_within_a_bracket(name: str) -> None:
    text = Text("Trung tâm Gió Lành (Hà Nội) tuyển sinh (Ban 12) Tây Đô.")
    names = find_names(text, list(tagged(text.norm, (name, 0.9))))
    (found,) = (text.norm[one.start : one.end] for one in names.found)
    assert found == {"Ban 12) Tây Đô": "Ban 12", "Trung tâm Gió Lành (Hà Nội": "Trung tâm Gió Lành"}.get(name, name)


def test_short_forms_that_the_article_defines_are_found_again() -> None:
    text = "Công ty CP Khoáng sản Núi Cao (NCM) báo lãi. Quý tới, NCM mở thêm mỏ. Giá cổ phiếu khác thì giảm."
    (body,) = bodies_of_grammar(text)
    assert len(body.mentions) == 3
    assert body.abbreviation == "NCM"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "." * 5000,
        "UBND " * 3000,
        "Công ty " * 3000,
        "(" * 3000,
        "Ban Chỉ đạo a, b và c " * 500,
        "HĐND," * 3000,
        "A" * 20000,
        "Sở:" * 2000,
    ],
)
def test_odd_texts_pass(text: str) -> None:
    spans = sorted((mention.start, mention.end) for body in bodies_of_grammar(text) for mention in body.mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Hôm nay Gió Lành mở cửa hàng mới", "Gió Lành", "company"),
        ("Câu lạc bộ Hà Nội thắng CLB Nam Định, trước khi gặp Gió Lành", "Gió Lành", "sports"),
        ("Câu lạc bộ Hà Nội thua. Hôm nay Gió Lành mở cửa hàng mới", "Gió Lành", "company"),
        (
            "Trường THPT Chu Văn An (quận Ba Đình), Gió Lành có tỷ lệ chọi cao",
            "Trường Trung học phổ thông Gió Lành",
            "education",
        ),
        ("Trường THPT Chu Văn An; hôm qua Gió Lành có tỷ lệ chọi cao", "Gió Lành", "company"),
        ("Báo Nhân Dân và Báo Lao Động đưa tin, Gió Lành đã mở cửa", "Gió Lành", "company"),
    ],
)
def test_a_bare_name_is_what_its_neighbours_are(text: str, name: str, kind: str) -> None:
    normalised = Text(text)
    agreed = [TaggedName(one.start, one.end, "ORG", 1.0) for one in parse(normalised).candidates]
    names = sorted([*agreed, *tagged(normalised.norm, ("Gió Lành", 0.9))], key=lambda one: one.start)
    bodies = find_bodies(normalised, find_names(normalised, names), Article(text))
    assert [body.kind for body in bodies if body.name == name] == [kind]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Đội cảnh sát phòng chống cờ bạc", "police"),
        ("đội bóng Gió Lành", "sports"),
        ("đội Hàn Quốc", "sports"),
        ("Đội 6", "government"),
        ("Cảnh sát New York", "international"),
        ("Sở Y tế Thượng Hải", "international"),
        ("Ủy ban chống tham nhũng Malaysia", "international"),
        ("Trung tâm Địa chấn Đài Loan", "international"),
        ("Ủy ban thành phố", "government"),
        ("Bộ đội Công binh", "military"),
        ("Đảng ủy Công ty Gió Lành", "party"),
        ("Tổng lãnh sự quán Việt Nam tại Quảng Châu", "government"),
        ("quốc hội", "legislature"),
        ("Thuế cơ sở 3", "government"),
        ("Hải quan cửa khẩu Bờ Y", "government"),
        ("Ban Chỉ huy Phòng thủ khu vực 2", "military"),
        ("Phòng giao dịch Chợ Mới", "company"),
        ("Quỹ tín dụng nhân dân Mường La", "company"),
        ("Hạt Quản lý đê Thanh Ba", "government"),
        ("Nghiệp đoàn Nghề cá Lý Sơn", "mass_organisation"),
        ("Hội Chữ thập đỏ huyện Mai Sơn", "association"),
        ("Trung tâm Dạy nghề Sao Khuê", "education"),
        ("Bệnh viện Việt Pháp", "health"),
    ],
)
def test_a_name_that_only_the_tagger_bounds_has_a_kind(name: str, kind: str) -> None:
    text = Text(f"Hôm qua, {name} vừa họp báo.")
    names = find_names(text, list(tagged(text.norm, (name, 0.9))))
    assert [body.kind for body in find_bodies(text, names, Article(text.norm))] == [kind]
