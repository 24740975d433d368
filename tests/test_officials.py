"""Officials as a table: a sentence with its bodies marked, and who holds which post in which body."""

from collections.abc import Sequence

import pytest

from rows import expected, rows
from vnextract.findings import Findings, with_people
from vnextract.lexicon.tables import table
from vnextract.links.model import posts_in_use
from vnextract.links.posts import Learnt
from vnextract.links.train_posts import marked as constructed
from vnextract.links.train_posts import printed
from vnextract.officials.gather import find_people
from vnextract.officials.models import Person, Post
from vnextract.officials.positions import FoundPost
from vnextract.organisations.models import Body
from vnextract.scorer import Decision, Option
from vnextract.text.document import Text


def marked(text: str) -> Findings:
    """The findings of a text whose bodies stand in angle brackets."""
    return with_people(constructed(text))


def tagged(text: str, people: str) -> Sequence[Person]:
    """The persons of such a text, where the tagger has seen the names of some, who stand as `NAME = …`."""
    known, names = constructed(text), [person.partition(" = ")[0] for person in people.split(" ; ") if person]
    return find_people(known.text, known.bodies, known.published, printed(known.text.norm, names), known.dates)


def written(person: Person) -> str:
    """`NAME = TITLE @ BODY (STATUS) + ...`."""

    def post(found: Post) -> str:
        body = f" @ {found.body.name}" if found.body else ""
        return found.title + body + ("" if found.status == "current" else f" ({found.status})")

    return f"{person.name} = {' + '.join(map(post, person.posts))}".strip()


def constructions() -> list[object]:
    """The constructions of the lexicon; those that today's weights miss are expected to fail."""
    missed = {row["text"]: "yes" for row in rows("posts_missed.tsv")}
    assert missed.keys() <= {row["text"] for row in table("post_constructions")}
    return expected({**row, "missed": missed.get(row["text"], "")} for row in table("post_constructions"))


@pytest.mark.parametrize("row", constructions())
def test_posts(row: dict[str, str]) -> None:
    assert " ; ".join(map(written, tagged(row["text"].replace("⏎", "\n"), row["people"]))) == row["people"]


def test_there_are_rows_enough() -> None:
    assert len(constructions()) >= 150


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "Lorem ipsum dolor sit amet.", "Chủ tịch " * 2000, "Ông A, " * 3000, '<>("“' * 500]
)
def test_any_text_is_taken(text: str) -> None:
    for person in find_people(Text(text), (), None):
        assert person.mentions


def test_posts_point_at_the_words_that_state_them() -> None:
    document = marked("Dự có ông Đỗ Cao Sơn, nguyên Phó Chủ tịch <UBND tỉnh>, và bà con.")
    post = document.people[0].posts[0]
    assert document.text.norm[post.start : post.end] == "nguyên Phó Chủ tịch UBND tỉnh"
    assert post.body is document.bodies[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ông Đỗ Cao Sơn, Phó Chủ tịch tỉnh An Giang, dự.", "An Giang"),
        ("Dự có ông Đỗ Cao Sơn (Bí thư quận 2, TP.HCM).", "quận 2"),
        ("Ông Đỗ Cao Sơn - Trưởng ấp 3 - nói vậy.", "ấp 3"),
        ("Ông Đỗ Cao Sơn, Trưởng thôn Mỹ Đà, kể.", "Mỹ Đà"),
        ("Chủ tịch xã Mỹ Hòa Đỗ Cao Sơn kể.", "Mỹ Hòa"),
        ("Ông Đỗ Cao Sơn là Chủ tịch tỉnh 2 nhiệm kỳ liền.", None),
    ],
)
def test_the_place_of_a_post(text: str, place: str | None) -> None:
    assert [post.place for post in marked(text).people[0].posts] == [place]


def test_few_bodies_are_weighed_for_a_post_without_one() -> None:
    text = "".join(f"Giám đốc <Sở số {n}> họp. " for n in range(60)) + "Giám đốc Đỗ Cao Sơn nói."
    asked: list[int] = []

    class Judge(Learnt):
        def body(self, post: FoundPost, options: Sequence[Option[Body]]) -> Decision[Body]:
            asked.append(len(options))
            return Decision(options[0], 1.0)

    document = constructed(text)
    find_people(document.text, document.bodies, None, judge=Judge.of(posts_in_use()))
    assert asked == [12]


def test_the_body_of_a_post_says_how_likely_it_is() -> None:
    said, printed = marked(
        "<Công ty Hoa Ban> lãi. Giám đốc Đỗ Cao Sơn và Chủ tịch <Hội Mây tre> Lê Khắc Tám dự."
    ).people
    assert 0 < (said.posts[0].body_chance or 0) < 1
    assert printed.posts[0].body_chance is None


def test_honorific_and_rank() -> None:
    person = marked("Thiếu tướng Đỗ Cao Sơn, Tư lệnh <Quân khu 5>, thăm bà con. Đồng chí Sơn tặng quà.").people[0]
    assert (person.rank, person.honorific) == ("Thiếu tướng", "đồng chí")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "<FAO> công bố báo cáo. Tổng giám đốc FAO Emil Novak nêu ba lo ngại.",
            "Emil Novak = Tổng giám đốc @ FAO",
        ),
        (
            "Bà Ilse Brandt, Tổng biên tập của tạp chí du lịch lâu đời <Horizont>, cho biết.",
            "Ilse Brandt = Tổng biên tập @ Horizont",
        ),
        (
            "Ông Emil Novak, Giám đốc phân tích rủi ro tại tổ chức tư vấn năng lượng <Blue Harbor>, nói.",
            "Emil Novak = Giám đốc phân tích rủi ro @ Blue Harbor",
        ),
        (
            "Giữa Emil Novak và bà Ilse Brandt, Giám đốc <Blue Harbor>, từng có bất đồng.",
            "Ilse Brandt = Giám đốc @ Blue Harbor",
        ),
        (
            "Bà Lý Thu Sương, Trưởng ban tổ chức, cho biết cuộc thi có 40 thí sinh.",
            "Lý Thu Sương = Trưởng ban tổ chức",
        ),
        (
            "Ông Lý Văn Sáu là tiến sĩ Quản trị kinh doanh, từng giữ chức Giám đốc <Sở Công Thương>.",
            "Lý Văn Sáu = Giám đốc @ Sở Công Thương (former)",
        ),
        (
            "Ông Lý Văn Sáu được giao giữ chức vụ trưởng phòng <Phòng Tổ chức> từ hôm qua.",
            "Lý Văn Sáu = trưởng phòng @ Phòng Tổ chức",
        ),
        (
            "Ông Lý Văn Sáu giữ chức vụ Trưởng phòng của <Sở Y tế> từ hôm qua.",
            "Lý Văn Sáu = Trưởng phòng @ Sở Y tế",
        ),
        (
            "Ông Lý Văn Sáu được giao nhiệm vụ Trưởng phòng <Phòng Tổ chức> từ hôm qua.",
            "Lý Văn Sáu = Trưởng phòng @ Phòng Tổ chức",
        ),
        (
            "Ông Lý Văn Sáu được giao giữ chức vụ trưởng <Vụ Tổ chức> từ hôm qua.",
            "Lý Văn Sáu = vụ trưởng @ Vụ Tổ chức",
        ),
        ("Cảnh sát trưởng Virginia Beach cho biết đã bắt nghi phạm.", ""),
        ("Cô Lý Thu Sương, giáo viên chủ nhiệm lớp 5A, khen học sinh.", ""),
    ],
)
def test_where_titles_and_bodies_and_names_end(text: str, people: str) -> None:
    assert " ; ".join(map(written, marked(text).people)) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "<Bệnh viện Đa khoa Lâm Thao> tròn 40 năm. Khai mạc, bác sĩ Đỗ Cao Sơn, Giám đốc ôn lại chặng đường.",
            "Đỗ Cao Sơn = Giám đốc @ Bệnh viện Đa khoa Lâm Thao",
        ),
        (
            "<Bệnh viện Đa khoa Lâm Thao> và <Sở Y tế> cùng họp. Khai mạc, bác sĩ Đỗ Cao Sơn, Giám đốc ôn lại chuyện.",
            "Đỗ Cao Sơn = Giám đốc @ Bệnh viện Đa khoa Lâm Thao",
        ),
        (
            "<Ngân hàng Trung ương Kenya> giữ lãi suất. Phó Thống đốc Đỗ Cao Sơn nói vậy.",
            "Đỗ Cao Sơn = Phó Thống đốc @ Ngân hàng Trung ương Kenya",
        ),
        (
            "<Công ty Gạch Hoa Lư> lỗ. <Kho bạc huyện> cho hay. Theo tiết lộ, Chủ tịch Đỗ Cao Sơn muốn bán nhà.",
            "Đỗ Cao Sơn = Chủ tịch @ Công ty Gạch Hoa Lư",
        ),
        (
            "Chủ tịch <Hội Làm vườn tỉnh> Đỗ Cao Sơn bàn việc mới. Sinh thời, Chủ tịch Hồ Chí Minh rất yêu cây.",
            "Đỗ Cao Sơn = Chủ tịch @ Hội Làm vườn tỉnh ; Hồ Chí Minh = Chủ tịch",
        ),
    ],
)
def test_a_post_without_a_body_is_of_the_likeliest(text: str, people: str) -> None:
    assert " ; ".join(map(written, marked(text).people)) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("<Sở Y tế> họp. Đại biểu Lò Thị Mai nêu ý kiến.", "Lò Thị Mai = Đại biểu"),
        ("<Sở Y tế> và <HĐND tỉnh> họp. Đại biểu Lò Thị Mai nêu ý kiến.", "Lò Thị Mai = Đại biểu @ HĐND tỉnh"),
        (
            "<Quốc hội> họp. " + "".join(f"<Sở số {n}> dự. " for n in range(9)) + "Đại biểu Lò Thị Mai hỏi.",
            "Lò Thị Mai = Đại biểu @ Quốc hội",
        ),
    ],
)
def test_a_deputy_is_of_an_assembly_of_the_text(text: str, people: str) -> None:
    assert " ; ".join(map(written, tagged(text, people))) == people


def test_whom_no_tagger_has_seen_is_no_deputy() -> None:
    assert not tagged("<Sở Y tế> họp. Đại biểu Lò Thị Mai nêu ý kiến.", "")
