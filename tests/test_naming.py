"""Full names: abbreviations spelled out, implied places added, one body for all its mentions."""

import pytest

import vnextract
from rows import bracketed, marked_rows
from vnextract.article import Article
from vnextract.names.bodies import parse
from vnextract.names.find import find_names
from vnextract.names.tagger.names import TaggedName
from vnextract.organisations.gather import find_bodies
from vnextract.organisations.models import Body
from vnextract.records import Level
from vnextract.text.document import Text
from vnextract.text.normalise import fold


def bodies(text: str, source: str | None = None, title: str | None = None) -> tuple[Body, ...]:
    """The bodies that grammar alone finds and names."""
    normalised = Text(text)
    agreed = [TaggedName(one.start, one.end, "ORG", 1.0) for one in parse(normalised).candidates]
    return find_bodies(normalised, find_names(normalised, agreed), Article(text, source=source, title=title))


@pytest.mark.parametrize("row", marked_rows("naming.tsv", "text"))
def test_full_names(row: dict[str, str]) -> None:
    found = bodies(row["text"].replace("|", "\n"))
    assert [fold(body.name) for body in found] == [fold(name) for name in row["names"].split("; ")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ông Tạ Văn Hòa, Trạm trưởng [Quản lý rừng số 5], đi tuần.", ["Trạm Quản lý rừng số 5"]),
        ("Viện phó [Nghiên cứu Ngô] Tạ Văn Hòa nói vậy.", ["Viện Nghiên cứu Ngô"]),
        ("Đại biểu Tạ Văn Hòa ([đoàn Quảng Trị]) nói vậy.", ["Đoàn đại biểu Quốc hội tỉnh Quảng Trị"]),
        ("Theo ĐB Tạ Văn Hòa ([Đoàn TP.HCM]), cần sửa luật.", ["Đoàn đại biểu Quốc hội thành phố Hồ Chí Minh"]),
        ("Vận động viên Tạ Văn Hòa ([đoàn Quảng Trị]) thắng.", ["Đoàn Quảng Trị"]),
        (
            "Cục trưởng [Văn hóa cơ sở] ([Bộ Văn hóa, Thể thao và Du lịch]) nêu ý kiến.",
            ["Cục Văn hóa cơ sở Bộ Văn hóa, Thể thao và Du lịch", "Bộ Văn hóa, Thể thao và Du lịch"],
        ),
        ("Đội phó [CSGT Công an huyện Nghi Lộc] lập biên bản.", ["Đội Cảnh sát giao thông Công an huyện Nghi Lộc"]),
        ("Đội trưởng [U23 Việt Nam] ghi bàn ở trận bán kết bóng đá.", ["U23 Việt Nam"]),
        ("Đội trưởng [Man Utd] lên tiếng.", ["Man Utd"]),
        ("[Hãng thông tấn Nga TASS] đưa tin.", ["Hãng thông tấn Nga TASS"]),
        ("[Công ty Cổ phần Chè C.P. Việt Nam] mở xưởng.", ["Công ty Cổ phần Chè C.P. Việt Nam"]),
        ("[Hội đồng thẩm định dự án (HĐTĐ) hồ Bản Mồng] họp.", ["Hội đồng thẩm định dự án hồ Bản Mồng"]),
        ("Cô dạy ở [trường tiểu học và THCS Đặng Dung].", ["Trường Tiểu học và Trung học cơ sở Đặng Dung"]),
        (
            "[UBND tỉnh Vĩnh Long] làm việc với [VKSND khu vực 4], [Thuế cơ sở 2].",
            [
                "Ủy ban nhân dân tỉnh Vĩnh Long",
                "Viện kiểm sát nhân dân khu vực 4 tỉnh Vĩnh Long",
                "Thuế cơ sở 2 tỉnh Vĩnh Long",
            ],
        ),
        (
            "Ông giữ chức Chánh án [TAND khu vực 5], tỉnh Đắk Lắk; bà ở [VKSND khu vực 9] (Cần Thơ).",
            ["Tòa án nhân dân khu vực 5 tỉnh Đắk Lắk", "Viện kiểm sát nhân dân khu vực 9 thành phố Cần Thơ"],
        ),
        (
            "[TAND khu vực 2 - Cà Mau] xử kín, [TAND khu vực 6 Cà Mau] hoãn.",
            ["Tòa án nhân dân khu vực 2 - Cà Mau", "Tòa án nhân dân khu vực 6 tỉnh Cà Mau"],
        ),
        (
            "[Thuế TP Hà Nội] tập huấn cho [Thuế cơ sở 8] tỉnh Nghệ An.",
            ["Thuế thành phố Hà Nội", "Thuế cơ sở 8 tỉnh Nghệ An"],
        ),
        (
            "[Tỉnh ủy Quảng Nam] họp. [Phòng PA83] của [Công an tỉnh Quảng Nam] vào cuộc.",
            [
                "Tỉnh ủy Quảng Nam",
                "Phòng An ninh chính trị nội bộ Công an tỉnh Quảng Nam",
                "Công an tỉnh Quảng Nam",
            ],
        ),
        ("[Phòng PC67 Quảng Nam] khuyến cáo.", ["Phòng Cảnh sát giao thông Công an tỉnh Quảng Nam"]),
        (
            "Sầu riêng sang Trung Quốc tăng. Phía Trung Quốc lấy mẫu ở cửa khẩu. [Sở] khuyên giữ mã số vùng trồng.",
            [],
        ),
        (
            "[Công ty Giao nhận Bia Sài Gòn] mời [Công an Sài Gòn], [Sở Y tế Đắc Lắc].",
            ["Công ty Giao nhận Bia Sài Gòn", "Công an thành phố Hồ Chí Minh", "Sở Y tế tỉnh Đắk Lắk"],
        ),
        ("[Cục C08] kiểm tra.", ["Cục Cảnh sát giao thông Bộ Công an"]),
        (
            "[C03] ([Bộ Công an]) khám xét.",
            ["Cục Cảnh sát điều tra tội phạm về tham nhũng, kinh tế và buôn lậu Bộ Công an", "Bộ Công an"],
        ),
        (
            "Bộ trưởng [Bộ Công an] Lê Văn Hòa hội đàm với Bộ trưởng [Bộ Công an Trung Quốc] Vương Vệ.",
            ["Bộ Công an", "Bộ Công an Trung Quốc"],
        ),
        ("[Ban Quản lý vịnh Hạ Long] dọn rác.", ["Ban Quản lý vịnh Hạ Long"]),
        ("[Đảng] đối lập lớn nhất ở Ba Lan lên tiếng.", []),
        (
            "[Sở Y tế] các tỉnh và [TAND] hai cấp báo cáo; [Sở Lao động] 63 tỉnh họp với [Sở Y tế Lào Cai].",
            ["Sở Y tế tỉnh Lào Cai"],
        ),
        ("[Ban Cán sự Đảng] họp.", ["Ban cán sự đảng"]),
        ("[Công an] 34 địa phương báo cáo [Bộ Y tế].", ["Bộ Y tế"]),
        ("[Ban Tổ chức] lễ hội cảm ơn; [Thành ủy Hải Phòng] tặng hoa.", ["Thành ủy Hải Phòng"]),
        ("[Ban tổ chức] đã trao cúp; [Thành ủy Hải Phòng] tặng hoa.", ["Thành ủy Hải Phòng"]),
        ("Ông giữ chức vụ trưởng [Đài Truyền thanh huyện Mường La].", ["Đài Truyền thanh huyện Mường La"]),
        (
            "[Ủy ban Kinh tế của Quốc hội] thẩm tra. [Quốc hội Việt Nam] khai mạc.",
            ["Ủy ban Kinh tế của Quốc hội", "Quốc hội Việt Nam"],
        ),
        (
            "[Ủy ban Kinh tế Quốc hội] thẩm tra. [Ủy ban Kinh tế của Quốc hội] góp ý.",
            ["Ủy ban Kinh tế của Quốc hội"],
        ),
        ("Lữ đoàn trưởng [Lữ đoàn 135] kiểm tra ca trực.", ["Lữ đoàn 135"]),
        (
            "Tổng thống Nga vừa cải tổ nội các. Báo chí Nga đưa tin [chính phủ] mới họp, [quốc hội] bỏ phiếu tuần tới.",
            ["Chính phủ Nga", "Quốc hội Nga"],
        ),
        (
            "Bệnh nhân ở [Bệnh viện Nhi Đồng 1], [Nhi Đồng 2] đều tăng.",
            ["Bệnh viện Nhi Đồng 1", "Bệnh viện Nhi Đồng 2"],
        ),
        (
            "[Gió Lành Airways] mở ba đường bay. [Hội đồng quản trị Gió Lành Airways] nói hãng có lãi.",
            ["Gió Lành Airways", "Hội đồng quản trị Gió Lành Airways"],
        ),
        (
            "[Tổng công ty Gió Lành] ([GLTD]) có lãi. [Hội đồng quản trị GLTD] họp. [Công đoàn GLTD] thăm [Công ty GLTD].",
            ["Tổng công ty Gió Lành", "Hội đồng quản trị Tổng công ty Gió Lành", "Công đoàn Tổng công ty Gió Lành"],
        ),
        ("Chủ nhiệm [Ủy ban Quốc phòng An ninh] phát biểu.", ["Ủy ban Quốc phòng An ninh"]),
        (
            "Đại sứ Pháp tại [Liên Hợp Quốc] vắng mặt. [Hội đồng Bảo an Liên Hợp Quốc] họp.",
            ["Liên Hợp Quốc", "Hội đồng Bảo an Liên Hợp Quốc"],
        ),
        ("Dân Lai Châu mong [Chính phủ] hỗ trợ lúa giống nhập từ Nga.", ["Chính phủ"]),
        (
            "[Phòng Quản lý Xây dựng công trình] ([Sở Xây dựng Nghệ An]) giải trình.",
            ["Phòng Quản lý Xây dựng công trình Sở Xây dựng tỉnh Nghệ An", "Sở Xây dựng tỉnh Nghệ An"],
        ),
    ],
)
def test_names_that_the_tagger_bounds(text: str, names: list[str]) -> None:
    plain, names_tagged = bracketed(text)
    normalised = Text(plain)
    starts = [plain.index(name) for name in names_tagged]
    tagged = [TaggedName(at, at + len(name), "ORG", 1.0) for at, name in zip(starts, names_tagged, strict=True)]
    found = find_bodies(normalised, find_names(normalised, tagged), Article(plain))
    assert [body.name for body in found] == names


@pytest.mark.parametrize(
    ("text", "kind", "body_id"),
    [
        ("Cảnh sát Thụy Điển nói gì về vụ ở Thụy Điển? Tòa án quận Uppsala", "international", "international/"),
        ("Vụ án ở Đắk Lắk và người Thụy Điển. Tòa án nhân dân huyện Cư M'gar", "judiciary", "vn/dak-lak/"),
    ],
)
def test_a_place_that_is_none_of_ours_in_news_from_abroad(text: str, kind: str, body_id: str) -> None:
    *_, body = bodies(text)
    assert (body.kind, (body.body_id or "").startswith(body_id)) == (kind, True)


@pytest.mark.parametrize(
    "text", ["Đảng bộ Trường Đại học Vinh", "Đảng ủy cơ quan Tạp chí Cộng sản", "Chi bộ Báo Nhân Dân"]
)
def test_committees_of_the_party_are_of_the_party(text: str) -> None:
    names = find_names(Text(text), [TaggedName(0, len(text), "ORG", 1.0)])
    assert [body.kind for body in find_bodies(Text(text), names, Article(text))] == ["party"]


@pytest.mark.parametrize(
    ("whole", "kind"), [("Trường Đại học Tây Nguyên", "education"), ("Bệnh viện đa khoa Gia Lai", "health")]
)
def test_a_faculty_is_of_the_kind_of_its_whole(whole: str, kind: str) -> None:
    text = f"Bà Lan làm ở khoa nội, {whole}."
    tagged = [TaggedName(text.index(name), text.index(name) + len(name), "ORG", 1.0) for name in ("khoa nội", whole)]
    names = find_names(Text(text), tagged)
    assert [body.kind for body in find_bodies(Text(text), names, Article(text))] == [kind, kind]


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


def test_no_country_is_added_to_a_name_that_ends_in_it() -> None:
    text = "Cơ quan tình báo Hàn Quốc lên tiếng. Cơ quan điều tra hàng đầu Hàn Quốc bắt hai người ở Hàn Quốc."
    names = [one.name for one in vnextract.extract(text, published="2018-12-05").organisations]
    assert names == ["Cơ quan Tình báo Hàn Quốc", "Cơ quan điều tra hàng đầu Hàn Quốc"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MTV trao giải cho ca sĩ trẻ hôm 5/3.", ["MTV"]),
        ("ĐT Việt Nam thắng 2-0 tối 5/3.", ["ĐT Việt Nam"]),
        (
            "Công ty TNHH MTV ĐT Hòa Bình xây hai nhà máy.",
            ["Công ty Trách nhiệm hữu hạn Một thành viên Đầu tư Hòa Bình"],
        ),
    ],
)
def test_no_name_begins_with_what_stands_inside_names(text: str, names: list[str]) -> None:
    assert [one.name for one in vnextract.extract(text, published="2018-12-05").organisations] == names


@pytest.mark.parametrize(("last", "bodies_left"), [("Santos", []), ("Dell", ["Dell"])])
def test_what_a_person_of_the_article_is_called_is_no_club(last: str, bodies_left: list[str]) -> None:
    text = f"Ông Juan {last} họp báo. Năm 2010, {last} đắc cử."
    person, name = text.index("Juan"), text.rindex(last)
    tagged = [
        TaggedName(person, person + len(f"Juan {last}"), "PER", 1.0),
        TaggedName(name, name + len(last), "ORG", 0.9),
    ]
    found = find_bodies(Text(text), find_names(Text(text), tagged), Article(text))
    assert [body.name for body in found] == bodies_left
