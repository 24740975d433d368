"""Whose a body is: options, cues, one learnt choice; the constructions that it is learnt from."""

import re
from dataclasses import replace

import pytest

from vnextract.article import Article
from vnextract.errors import LexiconError
from vnextract.evaluate import plain
from vnextract.names.find import find_names
from vnextract.names.reading import Reading
from vnextract.names.tagger.names import TaggedName
from vnextract.organisations.full_names import Name, part_of
from vnextract.organisations.gather import names_of
from vnextract.organisations.parts import is_unit_of, possible
from vnextract.organisations.setting import setting_of
from vnextract.organisations.short_forms import ShortForms
from vnextract.organisations.train import constructions, examples, learn, marked
from vnextract.organisations.whose.choice import Learnt
from vnextract.records import Level, OrganisationKind
from vnextract.text.document import Text
from vnextract.text.normalise import fold
from vnextract.text.words import Words


def name(text: str, kind: OrganisationKind) -> Name:
    return Name(text, kind, Level.NONE, fold(text))


def named(text: str) -> list[str | None]:
    """The names of the mentions that a text has in brackets."""
    plain_text, spans = "", []
    for before, mention in re.findall(r"([^\[]*)(?:\[([^\]]*)\])?", text):
        plain_text += before
        if mention:
            spans.append((len(plain_text), len(plain_text) + len(mention)))
        plain_text += mention
    found = find_names(Text(plain_text), [TaggedName(*span, "ORG", 1.0) for span in spans])
    names = dict(zip(found.found, names_of(found, Article(plain_text)), strict=True))
    given = {(one.start, one.end): name.text if name else None for one, name in names.items()}
    return [given.get(span) for span in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # A part of an army is foreign where the country stands close, or nothing is ours.
        ("Hàn Quốc tập trận.\nHàn Quốc cho biết [Hải quân] có thêm hai tàu ngầm.", "Hải quân Hàn Quốc"),
        ("Ngư dân kể chuyện tàu Trung Quốc.\n[Hải quân] đưa tàu của Việt Nam ra đảo.", "Hải quân"),
        ("Kình ngư tập ở Mỹ.\nCô bơi cho đoàn [Quân đội] ở giải vô địch Việt Nam. Cô sẽ về Mỹ.", "Quân đội"),
        # A syllable of a person's name is no country.
        (
            "Nước Anh sắp bầu cử.\nThủ tướng Anh cho hay [Hội đồng An ninh quốc gia] họp kín.",
            "Hội đồng An ninh quốc gia Anh",
        ),
        ("Ông Lê Hoàng Anh đến.\nÔng Lê Hoàng Anh cho hay [Hội đồng chuyên gia] xem móng cột.", "Hội đồng chuyên gia"),
        (
            "Ông Sinh Anh đan lồng đèn.\nTheo [Phân viện văn hóa nghệ thuật Quốc gia], ông Anh khéo tay.",
            "Phân viện văn hóa nghệ thuật Quốc gia",
        ),
        # An ocean is no province.
        ("Hà Nội họp.\n[Hội đồng Kinh tế Thái Bình Dương] gửi thư tới Hà Nội.", "Hội đồng Kinh tế Thái Bình Dương"),
    ],
)
def test_a_country_is_one_that_the_text_gives(text: str, name: str) -> None:
    assert named(text) == [name]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Bộ trưởng Trần Tuấn Anh gặp Thủ tướng Anh.", ["Anh"]),
        ("Bà Lê Thị Nga và Tổng thống Nga.", ["Nga"]),
        ("Ông Sinh Anh đi Mỹ.", ["Mỹ"]),
        ("Quân đội Hoàng gia Anh, Mỹ và Đức.", ["Anh", "Mỹ", "Đức"]),
        ("Ủy ban Pháp luật; luật sư Pháp.", ["Pháp"]),
        ("Đường Trung Lương - Mỹ Thuận; quan hệ Mỹ Triều Tiên.", ["Mỹ", "Triều Tiên"]),
        ("MỸ TẤN CÔNG SYRIA", ["Mỹ", "Syria"]),
        ("Thủ tướng Singapore Lý Hiển Long gặp Tổng thống Mỹ Donald Trump.", ["Singapore", "Mỹ"]),
    ],
)
def test_a_syllable_of_a_name_is_no_country(text: str, countries: list[str]) -> None:
    assert [land.name for land in setting_of(Article(text), Reading(Words.of(text))).lands] == countries


def test_nearly_all_constructions_are_named_as_they_say() -> None:
    right = wrong = 0
    for gold in constructions():
        text = Text(gold.text)
        found = find_names(text, [TaggedName(*one.span, "ORG", 1.0) for one in gold.organisations])
        names = dict(
            zip(((one.start, one.end) for one in found.found), names_of(found, Article(gold.text)), strict=True)
        )
        for one in gold.organisations:
            given = names.get((one.span.start, one.span.end))
            right += given is not None and plain(given.text) == plain(one.name)
            wrong += given is None or plain(given.text) != plain(one.name)
    assert right > 150
    assert wrong <= 0.05 * right


def test_a_unit_learns_from_one_example_which_body_it_is_part_of() -> None:
    taught = marked(
        "<Đội Sửa chữa>, <Nhà máy Chè Xanh> tăng ca.", ["Đội Sửa chữa Nhà máy Chè Xanh", "Nhà máy Chè Xanh"]
    )
    (example, *_) = examples(taught)
    candidates, right = [option.cues for option in example.chain.options[0]], example.right[0].index(1.0)
    assert right > 0
    judge = Learnt(learn([taught] * 20))
    assert judge.scorer.best(candidates) == right


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<Thành ủy Sơn La> họp. <Ban Chấp hành> bầu bí thư.", "Ban Chấp hành Đảng bộ thành phố Sơn La"),
        ("<Huyện ủy Mai Sơn> họp. <Ban Chấp hành> bầu bí thư.", "Ban Chấp hành Đảng bộ huyện Mai Sơn"),
        ("<Trường Tiểu học Pà Cò> xin lỗi. <Ban giám hiệu nhà trường> họp.", "Ban giám hiệu Trường Tiểu học Pà Cò"),
        ("<Tổng công ty Chè Xanh> lãi. <HĐQT Tổng công ty> họp.", "Hội đồng quản trị Tổng công ty Chè Xanh"),
        ("Bão vào Cuba. <Đại sứ quán Việt Nam> mở đường dây nóng.", "Đại sứ quán Việt Nam tại Cuba"),
        ("<Trung tâm Dự báo Bão> (TDB) Cuba cảnh báo.", "Trung tâm Dự báo Bão Cuba"),
        ("<Công ty Chè Xanh Pà Cò> - <CXP> tăng giá.", "Công ty Chè Xanh Pà Cò"),
        ("<Manchester United> thua. <MU> đổi huấn luyện viên.", "Manchester United"),
        ("<Huyện ủy Mai Sơn> họp. <UBND huyện> báo cáo.", "Ủy ban nhân dân huyện Mai Sơn"),
        ("<Viện Tre> (VT) thuộc <Cục Rừng Xanh> mở kho giống.", "Viện Tre Cục Rừng Xanh"),
    ],
)
def test_the_right_name_is_among_those_proposed(text: str, names: str) -> None:
    mentions = text.count("<")
    taught = marked(text, [names] * mentions)
    assert any(example.right[0].index(1.0) > 0 for example in examples(taught))


@pytest.mark.parametrize(
    ("unit", "wrong"),
    [
        ("<Huyện ủy Mai Sơn> và <Huyện ủy>, <Tỉnh Đoàn> cùng dự.", "Huyện ủy Tỉnh Đoàn"),
        ("<Sư đoàn 3>, <Trung đoàn 4> hành quân.", "Sư đoàn 3 Trung đoàn 4"),
        ("<Ban Dân vận> (gọi tắt là <Ban>) họp.", "Ban Dân vận Ban"),
        ("<Hội Chè xanh> họp. <Bệnh viện Quân y 9> mổ thành công.", "Bệnh viện Quân y 9 Hội Chè xanh"),
    ],
)
def test_no_unit_is_said_to_be_part_of_what_it_cannot_be(unit: str, wrong: str) -> None:
    assert not list(examples(marked(unit, [wrong] * unit.count("<"))))


@pytest.mark.parametrize(("year", "foreign"), [("1991", False), ("2026", True)])
def test_a_ministry_of_long_ago_may_be_that_of_another_country(year: str, foreign: bool) -> None:
    taught = marked(
        "Giá khí đốt ở Cuba giảm. Cuba xuất khẩu nhiều. <Bộ Năng lượng> dự báo giá tăng.", ["Bộ Năng lượng Cuba"]
    )
    assert bool(list(examples(replace(taught, published=f"{year}-05-06")))) is foreign


def test_a_ministry_merged_lately_is_still_ours() -> None:
    taught = marked(
        "Đoàn Cuba đến Hà Nội. Theo Cuba, <Bộ Giao thông vận tải> ký ba văn bản.", ["Bộ Giao thông vận tải Cuba"]
    )
    assert not list(examples(replace(taught, published="2026-05-06")))


def test_marks_and_names_must_agree() -> None:
    with pytest.raises(LexiconError, match="marks 2 bodies and names 1"):
        marked("<Sở Y tế> và <Sở Nội vụ> họp.", ["Sở Y tế tỉnh Sơn La"])


def test_what_may_be_part_of_what() -> None:
    unit = name("Phòng Tham mưu", OrganisationKind.POLICE)
    assert (
        possible(name("Khoa Nội", OrganisationKind.HEALTH), name("Bệnh viện Hồng Hà", OrganisationKind.HEALTH))
        == "rank"
    )
    assert possible(unit, name("Trường Tiểu học Pà Cò", OrganisationKind.EDUCATION)) is None
    assert possible(unit, unit) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "[Cục Hải quan Đà Nẵng] họp báo. [Hải quan Đà Nẵng] giữ hai lô hàng.",
            ["Cục Hải quan thành phố Đà Nẵng", "Cục Hải quan thành phố Đà Nẵng"],
        ),
        (
            "[Công ty TNHH Cấp nước Hà Giang] ngừng bơm. Lãnh đạo [Công ty Cấp nước Hà Giang] xin lỗi.",
            ["Công ty Trách nhiệm hữu hạn Cấp nước Hà Giang", "Công ty Trách nhiệm hữu hạn Cấp nước Hà Giang"],
        ),
        ("[Hải quân Hoàng gia Anh] rút. [Hải quân Anh] im lặng.", ["Hải quân Hoàng gia Anh", "Hải quân Hoàng gia Anh"]),
        # A unit is no fuller name of its whole.
        (
            "[Phòng CSGT Công an tỉnh Lai Châu] ra quân. [Công an tỉnh Lai Châu] khen thưởng.",
            ["Phòng Cảnh sát giao thông Công an tỉnh Lai Châu", "Công an tỉnh Lai Châu"],
        ),
        (
            "[Ban Tuyên giáo Tỉnh ủy Sơn La] và [Tỉnh ủy Sơn La] họp. [Tỉnh ủy] kết luận.",
            ["Ban Tuyên giáo Tỉnh ủy Sơn La", "Tỉnh ủy Sơn La", "Tỉnh ủy Sơn La"],
        ),
    ],
)
def test_a_mention_may_be_short_for_a_fuller_name(text: str, names: list[str]) -> None:
    assert [plain(one) for one in named(text)] == [plain(one) for one in names]


def test_a_unit_of_a_fuller_name_is_a_unit_of_the_shorter() -> None:
    department = name("Sở Xây dựng", OrganisationKind.GOVERNMENT)
    inspectors = part_of(name("Thanh tra", OrganisationKind.GOVERNMENT), department)
    assert is_unit_of(inspectors, name("Sở", OrganisationKind.GOVERNMENT))
    assert is_unit_of(inspectors, department)
    assert not is_unit_of(department, name("Sở", OrganisationKind.GOVERNMENT))


def test_one_vietnamese_word_is_no_end_of_another_head() -> None:
    _, board, short = named("[UBND tỉnh Sơn La] lập [Ban Quản lý dự án Sông Mã]. [Ban] đã họp.")
    assert short == board


def test_a_unit_teaches_whose_its_whole_is() -> None:
    text = "<Tỉnh ủy Sơn La> họp tại Sơn La. <Ban Thường vụ Tỉnh ủy> chỉ đạo."
    *_, example = examples(marked(text, ["Tỉnh ủy Sơn La", "Ban Thường vụ Tỉnh ủy Sơn La"]))
    (options,), (right,) = example.chain.options, example.right
    assert [bool(option.cues) for option in options] == [True] * len(options)
    assert right.index(1.0) > 0


def test_short_forms_and_how_they_are_made() -> None:
    company = name("Tập đoàn Vàng bạc Hồng Hà", OrganisationKind.COMPANY)
    short, outline = name("Hồng Hà", OrganisationKind.COMPANY), name("Tập đoàn Hồng Hà", OrganisationKind.COMPANY)
    forms = ShortForms([company, short, outline, None])
    assert {(one.name.text, one.how) for one in forms(short)} == {
        ("Tập đoàn Vàng bạc Hồng Hà", "part"),
        ("Tập đoàn Hồng Hà", "part"),
    }
    assert [(one.name.text, one.how) for one in forms(outline)] == [("Tập đoàn Vàng bạc Hồng Hà", "outline")]
    assert forms(company) == []


def test_acronyms_mean_the_longest_name_that_the_article_has_for_them() -> None:
    short = name("VCCI", OrganisationKind.ASSOCIATION)
    brief = name("Phòng Thương mại và Công nghiệp", OrganisationKind.ASSOCIATION)
    long = name("Phòng Thương mại và Công nghiệp Việt Nam", OrganisationKind.ASSOCIATION)
    assert [(one.name, one.how) for one in ShortForms([short, brief, long])(short)] == [(long, "acronym")]
    assert ShortForms([short])(short) == []
