"""Text as it comes: what is taken out of it, that facts are found all the same, and that offsets still slice it."""

import html
import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vnextract
from vnextract.records import ArticleRecord
from vnextract.text.accents import lacks_accents
from vnextract.text.document import Text
from vnextract.text.letters import LOWER, UPPER
from vnextract.text.normalise import normalise
from vnextract.text.structure import BlockKind

CORPUS = Path(__file__).parents[1] / "corpus"
EVERY = 24
"""One article of so many is tried."""

TAKEN_OUT = [
    # The text as it came, and as extractors read it.
    ("Trần&nbsp;V&#259;n H&ugrave;ng, Sở&#160;Y t&#x1EBF;", "Trần Văn Hùng, Sở Y tế"),
    ("GD&amp;ĐT, GD&ĐT, AT&T; &amp;nbsp;&khong_co;", "GD&ĐT, GD&ĐT, AT&T; &khong_co;"),
    ("<p>Bà <b>Lê Thị Hoa</b> nói.</p><p class='a'>Ông <a href=\"/x?y=1\">Nam</a> nghe.</p>", "Bà Lê Thị Hoa nói.\n\n\n\nÔng Nam nghe."),
    ("Giá &lt;b&gt;5&lt;/b&gt; đồng<!-- ghi chú -->, dưới <3 và >2", "Giá 5 đồng, dưới <3 và >2"),
    ("<script>var a = 1;</script>Xã họp.<br />Ông Nam dự.", "Xã họp.\nÔng Nam dự."),
    ("**Ngày 5/3**, *Sở Tài chính* và __Sở Y tế__ chi **12 tỷ đồng**.", "Ngày 5/3, Sở Tài chính và Sở Y tế chi 12 tỷ đồng."),
    ("## Xã mới\n\nXem [báo cáo](https://xa.vn/b) của xã.", "Xã mới\n\nXem báo cáo của xã."),
    ("Bà con đến xem\nlễ hội ở xã Tân Lập\nẢnh: N.H", "Bà con đến xem lễ hội ở xã Tân Lập\nẢnh: N.H"),
    ("Xem [báo cáo](https://xa.vn/b) của xã.", "Xem báo cáo của xã."),
    ("Xã họp.\u0085Dân vui.\u0084", "Xã họp.\nDân vui."),
    ("Phép tính 2*3*4, thư lan***@thu.vn, (*) Tên đã đổi. * Một mục", "Phép tính 2*3*4, thư lan***@thu.vn, (*) Tên đã đổi. * Một mục"),
    ("Bà Trần_Thị_Lan , Giám_đốc Sở Y_tế ( cũ ) , nói .", "Bà Trần Thị Lan, Giám đốc Sở Y tế (cũ), nói."),
    ("Sáng_5/3/2025,_ông_Lê_Nam_gửi_2,5_tỷ_đồng", "Sáng 5/3/2025, ông Lê Nam gửi 2,5 tỷ đồng"),
    ("Hãng Kumho_Tires gửi lan_anh@thu.vn, xem http://bao.vn/tin_moi", "Hãng Kumho Tires gửi lan_anh@thu.vn, xem http://bao.vn/tin_moi"),
    ("Tài khoản lan_anh và tệp bao_cao.docx gửi @nam_tran", "Tài khoản lan_anh và tệp bao_cao.docx gửi @nam_tran"),
    ("Sở   Y \t tế\u00a0 họp  .", "Sở Y tế họp ."),
    ("  Thụt đầu dòng.  \n\n\t Dòng hai. ", "Thụt đầu dòng.\n\nDòng hai."),
    ("Hội nghị kết thúc.      Sáng nay, xã họp tại TP.   Huế.", "Hội nghị kết thúc.\nSáng nay, xã họp tại TP. Huế."),
    ("Đây là đợt 2.Theo xã, 5%.Ông Nam nói.“Tốt”.Ở đây đủ.", "Đây là đợt 2. Theo xã, 5%. Ông Nam nói. “Tốt”. Ở đây đủ."),
    ("TP.Huế, Q.Tân Bình, Mr.Nam, Th.S Lan, Mail.Ru và 32.NQ", "TP.Huế, Q.Tân Bình, Mr.Nam, Th.S Lan, Mail.Ru và 32.NQ"),
    ("Xã mới ở Hà TĩnhÔng Nam nói rõTheo đó, quỹ có 30%Đến nay đã chi (Ảnh: N.H)Đường mới", "Xã mới ở Hà Tĩnh\nÔng Nam nói rõ\nTheo đó, quỹ có 30%\nĐến nay đã chi (Ảnh: N.H)\nĐường mới"),
    ("Người ở Hà NộiĐiểmĐỏ, VietinBank, VietNamNet, PokéStop, iPhone, TpHCM và HDBank", "Người ở Hà Nội\nĐiểm\nĐỏ, VietinBank, VietNamNet, PokéStop, iPhone, TpHCM và HDBank"),
    ("Tên\tLớp\tSố\nLan Anh\t9A\t12\nMinh Đức\t9B\t7", "Tên\nLớp\nSố\nLan Anh\n9A\n12\nMinh Đức\n9B\n7"),
    ("| Tên | Số |\n|-----|----|\n| Lan | 12 |", "Tên\nSố\n\nLan\n12"),
    ("Lớp A 45 9,5 Lớp B 40 8,7 Lớp C 42 9. Năm sau tăng.", "Lớp A\n45\n9,5\nLớp B\n40\n8,7\nLớp C\n42\n9.\nNăm sau tăng."),
    ("Máy có RAM 2 GB, bộ nhớ 16 GB và thẻ 128 GB.", "Máy có RAM 2 GB, bộ nhớ 16 GB và thẻ 128 GB."),
    ("Ngay 5 thang 3 xa chi hon 20 trieu dong va 3 ty cho nguoi ngheo", "Ngày 5 tháng 3 xa chi hon 20 triệu đồng va 3 tỷ cho nguoi ngheo"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "norm"), TAKEN_OUT, ids=range(len(TAKEN_OUT)))
def test_what_is_taken_out(raw: str, norm: str) -> None:
    assert normalise(raw)[0].strip() == norm


JOINED = [
    "Sáng nay, bà Trần Thị⏎Lan - Giám đốc Sở⏎Y tế cho biết Hội⏎Nông dân xã đã chi 1,5⏎triệu đồng.",
    "Xã đã chi 655,44⏎tỷ đồng.",
    "Theo báo cáo của Đảng⏎ủy xã, có 12 hộ.",
    "Dự lễ có ông Lê Nam,⏎Chủ tịch UBND xã.",
    "Công an TP.⏎Huế Trung bắt 2 người.",
    "Theo Sở Y tế TP.⏎HCM, có 12 ca.",
    "Người chủ trì là PGS.⏎Lê Nam.",
    # No line is certain to run on, but each of the paragraph is as long as its column.
    "Tin vắn\n\nSáng nay, đoàn công tác của Sở Y tế tỉnh⏎Lai Châu đã đến thăm các gia đình ở bản⏎Nà Bó và trao quà cho"
    " bà con, theo lời⏎Ông Lò Văn Bình.",
]
APART = [
    "Khai mạc hội chợ⏎Sáng 16/4, xã họp.",
    "Thành phần gồm:⏎ông Nam⏎bà Lan⏎ông Hùng",
    "- Hỗ trợ 5 hộ⏎- Xây 2 cầu⏎- Sửa đường",
    "1. Về giáo dục⏎2. Về y tế⏎a) Bệnh viện⏎b) Trạm xá",
    "Hộ nghèo⏎450⏎Hộ cận nghèo⏎320",
    "Quang cảnh lễ. Ảnh: N.H⏎Sáng nay, xã họp.",
    "Xã họp.⏎⏎tin vắn",
    "Đây là việc của TP.⏎Qua đó, xã chi 5 tỷ đồng.",
    "Anh quen chị T.⏎Hà Nội mưa lớn.",
    "Họp báo về ngân sách⏎⏎theo báo cáo của tỉnh, thu đã tăng.",
]


@pytest.mark.parametrize("text", JOINED)
def test_wraps_are_joined(text: str) -> None:
    assert normalise(text.replace("⏎", "\n"))[0] == text.replace("⏎", " ")


@pytest.mark.parametrize("text", APART)
def test_what_is_no_wrap_stays(text: str) -> None:
    assert normalise(text.replace("⏎", "\n"))[0] == text.replace("⏎", "\n")


def test_cells_are_told() -> None:
    text = Text(
        "Kết quả thi\nTrường\tQuận\tSố\nTHPT Bình Sơn\tHà Đông\t45\nTHPT Trần Phú\tBa Đình\t32\n\nNăm nay tăng."
    )
    cell = BlockKind.CELL
    assert [block.kind for block in text.blocks] == [BlockKind.TITLE, *[cell] * 9, BlockKind.BODY]


@pytest.mark.parametrize(
    "lines",
    [
        # Short lines without an end, but hardly any number; many numbers, but few lines.
        "Thu ngân sách\nXây trường học\nNước sạch cho xã\nĐường liên thôn\nHỗ trợ hộ nghèo\nChuyển đổi số",
        "Trường A\n20\nTrường B\n16",
    ],
)
def test_short_lines_alone_are_no_table(lines: str) -> None:
    text = Text(f"Kỳ họp thứ năm\n{lines}\nĐại biểu đã thông qua các nội dung.")
    assert BlockKind.CELL not in [block.kind for block in text.blocks]


def test_no_name_runs_over_two_cells() -> None:
    raw = "Trường Nơi Số Điểm Trường THPT Lê Lợi Hà Đông 45 9,5 Trường THPT Trần Phú Ba Đình 40 8,7 Trường THPT An Bình Gia Lai 42 9"
    names = [raw[m.start : m.end] for body in vnextract.extract(raw).organisations for m in body.mentions]
    assert names and not [name for name in names if re.search(r"\d", name)]


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Sang nay, ong Tran Van Nam cho biet xa da chi 5 ty dong.", True),
        ("Sáng nay, ông Trần Văn Nam cho biết xã đã chi 5 tỷ đồng.", False),
        ("The provincial committee met this morning in Hue", True),
        ("Hue, Da Nang", False),
        ("UBND TP HCM, HĐND, THPT", False),
    ],
)
def test_missing_accents_are_told(text: str, lacking: bool) -> None:
    assert lacks_accents(text) is lacking


def test_a_record_says_that_accents_are_missing_and_keeps_its_numbers() -> None:
    raw = "Chieu 5/3, chi Le Thi Hoa o xa Binh Son cho biet ca xa da gop 1,5 ty dong va 20 trieu dong."
    record = vnextract.extract(raw, "2025-03-06")
    assert [(str(one.value), one.unit, one.mention.text) for one in record.indicators] == [
        ("1500000000", "VND", "1,5 ty dong"),
        ("20000000", "VND", "20 trieu dong"),
    ]
    assert [warning for warning in record.warnings if "accent" in warning]
    assert not [
        warning for warning in vnextract.extract("Sáng 5/3, xã họp.", "2025-03-06").warnings if "accent" in warning
    ]
    assert lacks_accents(unicodedata.normalize("NFD", "Sáng nay ông Nam nói rằng xã đã họp bàn việc ấy")) is False


# Facts of whole articles, clean and dirty.

NAMES = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)+")
DIRT: dict[str, Callable[[str], str]] = {
    "two blanks": lambda text: text.replace(" ", "  "),
    "tabs": lambda text: text.replace(" ", "\t"),
    "no-break blanks": lambda text: text.replace(" ", " \u00a0"),
    "zero width": lambda text: text.replace(" ", "\u200b \u200b").replace("n", "n\u200d"),
    "decimal references": lambda text: "".join(c if c.isascii() else f"&#{ord(c)};" for c in text),
    "references": lambda text: html.escape(text).replace(" ", "&nbsp;"),
    "tags": lambda text: "".join("<p>" + NAMES.sub(r"<b>\g<0></b>", line) + "</p>\n" for line in text.split("\n")),
    "breaks": lambda text: text.replace("\n", "<br>"),
    "strong numbers": lambda text: re.sub(r"\d[\d.,]*", r"<strong>\g<0></strong>", text),
    "bold": lambda text: NAMES.sub(r"**\g<0>**", text),
    "italics": lambda text: NAMES.sub(r"_\g<0>_", text),
    "joined syllables": lambda text: NAMES.sub(lambda match: match.group().replace(" ", "_"), text),
    "no blank after stops": lambda text: re.sub(rf"(?<=[{LOWER}]\.) (?=[{UPPER}][{LOWER}])", "", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


def articles() -> Iterator[tuple[str, str, str]]:
    lines = [line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open(encoding="utf8")]
    for article in map(json.loads, lines[::EVERY]):
        yield article["id"], article["text"], article["published"]


ARTICLES = tuple(articles())


def facts(record: ArticleRecord) -> list[object]:
    return [
        *((body.name, body.kind, len(body.mentions)) for body in record.organisations),
        *((one.name, [(post.title, post.organisation) for post in one.positions]) for one in record.officials),
        *((date.kind, date.first_day, date.last_day, date.duration) for date in record.dates),
        *((figure.value, figure.upper, figure.unit, figure.qualifier) for figure in record.indicators),
    ]


def mentions(record: ArticleRecord) -> Iterator[tuple[int, int, str]]:
    found = [*record.sentences, *(date.mention for date in record.dates), *(one.mention for one in record.indicators)]
    found += [mention for body in record.organisations for mention in body.mentions]
    found += [mention for one in record.officials for mention in one.mentions]
    return ((mention.start, mention.end, mention.text) for mention in found)


@pytest.mark.parametrize("dirt", DIRT.values(), ids=DIRT)
def test_dirt_changes_offsets_only(dirt: Callable[[str], str]) -> None:
    for name, text, published in ARTICLES:
        raw = dirt(text)
        record = vnextract.extract(raw, published)
        assert facts(record) == facts(vnextract.extract(text, published)), name
        assert all(raw[start:end] == words for start, end, words in mentions(record)), name


def test_wrapped_articles_keep_nearly_all_facts() -> None:
    kept = lost = 0
    for _, text, published in ARTICLES:
        raw = "\n\n".join("\n".join(textwrap.wrap(line, 68, break_on_hyphens=False)) for line in text.split("\n"))
        found = facts(vnextract.extract(raw, published))
        for fact in facts(vnextract.extract(text, published)):
            kept, lost = kept + (fact in found), lost + (fact not in found)
    assert lost <= 0.02 * (kept + lost)


def test_a_lost_line_end_costs_no_fact() -> None:
    lines = (
        "Giám đốc Sở Y tế tỉnh Hà Tĩnh Lê Văn Bình",
        "Đến hết tháng 6/2025, toàn tỉnh có 1.245 trạm y tế",
        "Về dự có bà Trần Thị Lan, Phó Chủ tịch UBND tỉnh",
        "Ảnh chụp ngày 5/7/2025",
    )
    clean, run_together = (vnextract.extract(sign.join(lines), "2025-07-06") for sign in ("\n", ""))
    assert facts(run_together) == facts(clean)
    assert {body.name for body in clean.organisations} == {"Sở Y tế tỉnh Hà Tĩnh", "Ủy ban nhân dân tỉnh Hà Tĩnh"}


# Any text.

PIECES = st.sampled_from(
    [
        "Trần Văn",
        "Hòa",
        "hoà",
        "Đảng",
        "ủy",
        "xã",
        "1.200",
        "655,44",
        "tỷ đồng",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        ".",
        ",",
        ":",
        "…",
        "“",
        "”",
        "(",
        ")",
        "&",
        "&nbsp;",
        "&#7877;",
        "&amp;",
        "amp;",
        "&lt;",
        "<b>",
        "</b>",
        "<p>",
        "<br/>",
        "<",
        ">",
        "**",
        "*",
        "_",
        "__",
        "# ",
        "[a](/b)",
        "",
        "",
        "-",
        "- ",
        "1. ",
        "\u200b",
        "\xa0",
        "\ufeff",
        "ế",
        "́",
        "�",
        "а",
        "Ð",
        "TP.",
        "ty dong",
        "ngay 5",
        "ABC",
        "é",
        "\x00",
        "²",
        "5%",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_offsets_rise_and_slice(raw: str) -> None:
    norm, alignment = normalise(raw)
    places = [alignment.to_raw(at, at + 1) for at in range(len(norm))]
    assert all(0 <= start <= end <= len(raw) for start, end in places)
    assert all(one[0] <= two[0] and one[1] <= two[1] for one, two in pairwise(places))
    for (start, end), char in zip(places, norm, strict=True):
        # Only a forgotten blank and a lost line end come from nothing.
        assert start < end or char in " \n"


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_way_to_raw_and_back(raw: str) -> None:
    text = Text(raw)
    for start, end in text.syllables:
        place = text.alignment.to_raw(start, end)
        back = text.alignment.to_norm(*place)
        assert back.start <= start < end <= back.end
        assert text.alignment.to_raw(*back) == place


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_normalising_again_changes_nothing(raw: str) -> None:
    norm, _ = normalise(raw)
    assert normalise(norm)[0] == norm


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_layers_cover_every_word(raw: str) -> None:
    text = Text(raw)
    words = text.words
    assert "".join(words.form(at) for at in range(len(words))) == "".join(text.norm.split())
    for at, (start, end) in enumerate(words.spans):
        sentence = text.sentences[words.sentence[at]]
        assert sentence.start <= start < end <= sentence.end
    assert not re.search(r"  |\t| \n|\n ", text.norm)


@pytest.mark.parametrize(
    "piece",
    ["&amp;", "&#38;", "<b ", "<!--", "<b a=\"", "**a", "_a ", "[a](", "a_", "# ", " \n", "a\n", "A 1 ", "a\t", "|", "x.A", "e\u0301", "ngay 5 "],
)  # fmt: skip
def test_time_grows_with_length(piece: str) -> None:
    def seconds(count: int) -> float:
        start = process_time()
        normalise(piece * count)
        return process_time() - start

    small = min(seconds(4_000) for _ in range(3))
    assert seconds(32_000) < max(30 * small, 1)
