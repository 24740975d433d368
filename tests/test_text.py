"""The text layer: normalisation with its way back, paragraphs, datelines, credits, sentences, syllables, words."""

import unicodedata
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.normalise import fold, place_tones
from vnextract.text.spans import Spans
from vnextract.text.structure import BlockKind


def pieces(raw: str, text: Text, spans: object) -> list[str]:
    return [raw[slice(*text.alignment.to_raw(*span))] for span in spans]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("raw", "norm", "syllables"),
    [
        ("Ủy ban", "Ủy ban", ["Ủy", "ban"]),
        ("Uỷ ban nhân dân xã Hoà Phú", "Ủy ban nhân dân xã Hòa Phú", ["Uỷ", "ban", "nhân", "dân", "xã", "Hoà", "Phú"]),
        ("qu\u00fd III", "quý III", ["quý", "III"]),
        ("tỉ\u00adnh", "tỉnh", ["tỉ\u00adnh"]),
        ("\ufeffSở\u200b Y tế", "Sở Y tế", ["Sở", "Y", "tế"]),
        ("Sở\u00a0Y\u2009tế", "Sở Y tế", ["Sở", "Y", "tế"]),
        ("Ðà Nẵng", "Đà Nẵng", ["Ðà", "Nẵng"]),
        ("１２３ hộ", "123 hộ", ["１２３", "hộ"]),
        ("Công аn", "Công an", ["Công", "аn"]),
        ("Москва", "Москва", ["Москва"]),
        ("a\x00b", "ab", ["a\x00b"]),
        ("a\ud800b", "a\n\nb", ["a", "b"]),
        ("1.200 hộ; 22.4", "1.200 hộ; 22.4", ["1.200", "hộ", ";", "22.4"]),
    ],
)
def test_normalised_text_and_way_back(raw: str, norm: str, syllables: list[str]) -> None:
    text = Text(raw)
    assert text.norm == norm
    assert pieces(raw, text, text.syllables) == syllables


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_any_unicode_form_reads_alike(form: str) -> None:
    sentence = "Uỷ ban nhân dân thị xã Hoài Nhơn khen thưởng 24 tập thể, chiều 22.4 tại trụ sở."
    raw = unicodedata.normalize(form, sentence)  # type: ignore[arg-type]
    text = Text(raw)
    assert text.norm == "Ủy ban nhân dân thị xã Hoài Nhơn khen thưởng 24 tập thể, chiều 22.4 tại trụ sở."
    assert [unicodedata.normalize("NFC", piece) for piece in pieces(raw, text, text.syllables)] == [
        sentence[slice(*span)] for span in Text(sentence).syllables
    ]


def test_mixed_line_ends_and_marks() -> None:
    raw = "Dòng một\r\nDo\u0300ng hai\rDòng ba"
    text = Text(raw)
    assert text.norm == "Dòng một\nDòng hai\nDòng ba"
    assert pieces(raw, text, text.sentences) == ["Dòng một", "Do\u0300ng hai", "Dòng ba"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("Thuý", "Thúy"),
        ("UỶ BAN", "ỦY BAN"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("Loan", "Loan"),
    ],
)
def test_tone_placement(old: str, new: str) -> None:
    assert place_tones(old) == new
    assert fold(old) == fold(new)


@pytest.mark.parametrize(
    "sentences",
    [
        ["Sáng 22.4, tại TP. Quy Nhơn, UBND tỉnh họp.", "Có 1.200 người dự."],
        ["Th.S Lê Văn An, PGS.TS. Trần Bình và BS. Nguyễn Hoa cùng dự.", "Hội nghị kết thúc lúc 16 giờ."],
        ["Hội nghị bàn về giống, phân bón, v.v. và giá bán.", "Giá tăng 3.5%."],
        ["Ông nói: “Phải làm ngay.”", "Mọi người đồng tình."],
        ["Vì sao chậm?", "Chưa ai trả lời!", "Dân vẫn chờ…"],
        ["Anh N.V.A. bị bắt ngày 3.5.2024.", "Vụ án đang điều tra."],
        ["Xã có 3 thôn.", "- Thôn một có 20 hộ."],
        ["Bệnh nhân ở Q. 5, TP. Hồ Chí Minh đã khỏe.", "“Tôi rất vui”, chị nói."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    raw = " ".join(sentences)
    text = Text(raw)
    assert pieces(raw, text, text.sentences) == sentences


@pytest.mark.parametrize(
    ("line", "kind", "dateline", "credit"),
    [
        ("Gia Lai đẩy nhanh giải ngân vốn đầu tư công", BlockKind.HEADING, None, None),
        ("(BĐ) - Sáng 22.4, Huyện ủy tổ chức hội nghị.", BlockKind.BODY, "(BĐ) - ", None),
        ("TTO - Chiều 3-2, mưa lớn gây ngập nhiều nơi.", BlockKind.BODY, "TTO - ", None),
        ("(tinhnha.gov.vn) – Tỉnh công bố kết quả thi đua.", BlockKind.BODY, "(tinhnha.gov.vn) – ", None),
        ("Quang cảnh buổi lễ (Ảnh: T.H)", BlockKind.CAPTION, None, "(Ảnh: T.H)"),
        ("Các đại biểu dự hội nghị. Ảnh: N.H", BlockKind.CAPTION, None, "Ảnh: N.H"),
        ("Hội nghị bế mạc sau một ngày làm việc.", BlockKind.BODY, None, None),
        ("Lai Châu - Điện Biên cùng bàn cách giữ rừng đầu nguồn.", BlockKind.BODY, None, None),
    ],
)
def test_paragraph_kinds(line: str, kind: BlockKind, dateline: str | None, credit: str | None) -> None:
    text = Text("Dòng đầu là tít\n\n" + line)
    block = text.blocks[1]
    assert block.kind is kind
    found = tuple(None if span is None else text.norm[span.start : span.end] for span in (block.dateline, block.credit))
    assert found == (dateline, credit)


def test_first_line_is_the_title_and_offsets_find_their_place() -> None:
    text = Text("Tít bài\n\nCâu một. Câu hai.")
    assert text.blocks[0].kind is BlockKind.TITLE
    assert text.sentence_at(20) == text.sentences[2]
    block = text.block_at(12)
    assert block is not None and block.start == 9


@pytest.mark.parametrize("raw", ["", " \n\t ", "\u200b"])
def test_blank_text_has_no_layers(raw: str) -> None:
    text = Text(raw)
    assert (text.blocks, text.sentences, text.syllables) == ((), (), ())
    assert text.sentence_at(0) == (0, len(text.norm))
    assert text.block_at(0) is None


def test_token_table_columns_agree() -> None:
    text = Text("Sáng 22.4, bà Y Lan M’Nông (UBND xã) phát biểu.\nTpHCM có 1.200 ca. Một iPhone.")
    words = text.words
    assert [text.norm[a:b] for a, b in words.spans] == [words.form(at) for at in range(len(words))]
    assert words.lower[:8] == ("sáng", "22.4", ",", "bà", "y", "lan", "m'nông", "(")
    assert "".join(shape.value for shape in words.shapes[:9]) == "Aa0.aAAaaA.AA"
    assert [words.lower[words.index(sentence.start)] for sentence in text.sentences] == ["sáng", "tphcm", "một"]
    assert [list(words.sentence).count(number) for number in range(3)] == [14, 5, 3]
    assert text.syllables == words.spans


def test_the_word_that_holds_a_character() -> None:
    words = Text("Sở Y tế").words
    assert [words.holding(at) for at in range(8)] == [0, 0, None, 1, None, 2, 2, None]


spans_of_text = st.lists(st.builds(lambda a, n: Span(a, a + n), st.integers(0, 30), st.integers(0, 12)), max_size=12)


@given(spans_of_text, st.integers(0, 45), st.integers(0, 15))
def test_index_of_spans_agrees_with_looking_at_each(spans: list[Span], start: int, length: int) -> None:
    index, end = Spans(spans), start + length
    order = sorted(spans, key=lambda span: span.start)
    assert list(index) == order
    assert list(index.between(start, end)) == [span for span in order if start <= span.start < end]
    assert index.overlapping(start, end) == [span for span in order if span.start < end and span.end > start]
    held = [span for span in order if span.start <= start < span.end]
    assert index.at(start) == (held[-1] if held else None)
    before = [span for span in order if span.start < start]
    assert index.last_before(start) == (before[-1] if before else None)
    assert index.first_from(start) == next((span for span in order if span.start >= start), None)
    assert list(index.backwards(start, length)) == [span for span in reversed(before) if start - span.start <= length]


def test_index_of_spans_takes_things_with_a_key() -> None:
    index = Spans([(Span(5, 9), "b"), (Span(0, 3), "a")], key=itemgetter(0))
    assert index.at(6) == (Span(5, 9), "b")
    assert [name for _, name in index] == ["a", "b"]
