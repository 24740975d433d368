"""Bytes to text: every encoding that Vietnamese was written in, told by content."""

import random
import unicodedata
from collections.abc import Callable

import pytest

from vnextract.archive.encodings import NotTextError, decode, decode_line, encoding_of, encoding_of_lines, repair
from vnextract.lexicon.tables import table

TEXT = (
    "Chiều 24/5, Công an tỉnh Lai Châu và Ủy ban MTTQ Việt Nam tỉnh mở hội nghị. Ông Lò Văn Mỷ - Phó Giám đốc Sở Nội vụ, "
    "cho biết: “Đắk Lắk, Kỳ Sơn, Quỳ Hợp đều giảm nghèo” – mức 4,5%."
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    def split(letter: str) -> str:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in TONES)
        return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES)) + tones

    return "".join(map(split, text)).encode("cp1258")


def tcvn3(text: str) -> str:
    codes = {row["letter"]: chr(int(row["code"], 16)) for row in table("encoding_tcvn3")}
    return "".join(codes.get(letter, codes.get(letter.lower(), letter)) for letter in text)


def vni(text: str) -> str:
    printed: dict[str, str] = {}
    for row in table("encoding_vni"):
        if row["printed"] in (row["printed"].lower(), row["printed"].upper()):
            printed.setdefault(row["letter"], row["printed"])
    return "".join(printed.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode(), ()),
        (TEXT.encode("utf-8-sig"), ()),
        (TEXT.encode("utf-16"), ("converted from utf-16",)),
        (TEXT.encode("utf-16-le"), ("converted from utf-16-le",)),
        (TEXT.encode("utf-16-be"), ("converted from utf-16-be",)),
        (TEXT.encode("utf-32"), ("converted from utf-32",)),
        (windows_1258(TEXT), ("converted from windows-1258",)),
        (vni(TEXT).encode("cp1252"), ("converted from VNI",)),
    ],
)
def test_text_comes_out_as_it_was_written(data: bytes, said: tuple[str, ...]) -> None:
    decoded = decode(data)
    assert decoded.text == TEXT
    assert decoded.warnings == said


def test_tcvn3_has_no_accented_capitals() -> None:
    decoded = decode(tcvn3(TEXT).encode("cp1252"))
    assert decoded.text == TEXT.replace("Ủy ban", "ủy ban")
    assert decoded.warnings == ("converted from TCVN3",)


@pytest.mark.parametrize(
    "line", ["ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "Báo cáo của ĐẠI HỘI", "Bộ Y tế, nước Mỹ, Đà Nẵng", "VĂN PHÒNG Ở Hà Nội"]
)
def test_tcvn3_fonts_of_capitals(line: str) -> None:
    small = line.replace("Ở", "ở")
    assert decode((tcvn3(line) + "\n" + tcvn3(TEXT)).encode("cp1252")).text.split("\n")[0] == small


@pytest.mark.parametrize("write", [tcvn3, vni])
@pytest.mark.parametrize("words", ["Hội nghị", "Tin nhanh: giá vàng tăng", "Thủ tướng Chính phủ thăm tỉnh Cà Mau"])
def test_headlines_are_long_enough(write: object, words: str) -> None:
    assert callable(write)
    assert repair(write(words)).text == words


@pytest.mark.parametrize("as_read", ["latin-1", "cp1252"])
def test_utf8_read_as_another_encoding_is_mended(as_read: str) -> None:
    pytest.importorskip("ftfy", reason="ftfy is not installed")
    words = (
        "Hội nghị của Công an tỉnh Lai Châu: được người dân ủng hộ"
        if as_read == "latin-1"
        else "Lễ hội tỉnh Lai Châu năm nay"
    )
    mended = repair(words.encode().decode(as_read))
    assert mended.text == words
    assert mended.warnings == ("mended: UTF-8 had been read as another encoding",)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        unicodedata.normalize("NFD", TEXT),
        "plain ASCII",
        "Le président français a visité Hanoï, où il a été reçu.",
        "Großbritannien und Österreich",
        "“Trích dẫn” – 5°C",
        "Công ty cho thuê tài",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert repair(text).text == text
    assert repair(text).warnings == ()


@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(4000),
        b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(500),
        bytes(1000),
        b"\xff\xfe\xfd\x00\x01\x80\x81" * 20,
        b"\x00\x01" * 50,
        "中国新闻社报道越南经济".encode("gbk") * 20,
    ],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError, match="text"):
        decode(data)


def test_a_few_damaged_characters_are_replaced_and_counted() -> None:
    decoded = decode(TEXT.encode() + b"\xff " + TEXT.encode())
    assert decoded.text == f"{TEXT}\ufffd {TEXT}"
    assert decoded.warnings == ("damaged characters replaced: 1",)


def test_accents_may_come_late() -> None:
    assert encoding_of(b"<p>" * 60_000 + tcvn3(TEXT).encode("cp1252")) == "TCVN3"


def test_a_sample_may_end_within_a_character() -> None:
    assert encoding_of("hộ".encode()[:-1], cut=True) == "UTF-8"


@pytest.mark.parametrize("usual", ["TCVN3", "VNI", "UTF-8", None])
@pytest.mark.parametrize("write", [tcvn3, vni])
def test_a_line_of_its_own_encoding(write: Callable[[str], str], usual: str | None) -> None:
    small = TEXT.lower()
    assert decode_line(write(small).encode("cp1252"), usual).text == small
    assert decode_line(small.encode(), usual).text == small


def test_a_short_line_is_read_as_the_others_are() -> None:
    line = tcvn3("họp").encode("cp1252")
    assert decode_line(line, "TCVN3").text == "họp"


def test_lines_tell_their_encoding_together() -> None:
    modern, old = "Họp báo sáng nay.\n".encode() * 20, tcvn3("hội nghị tổng kết năm của tỉnh\n").encode("cp1252")
    assert encoding_of_lines(modern) == "UTF-8"
    assert encoding_of_lines(modern + old + modern) == "TCVN3"
    # The last line may be cut anywhere, within a character too.
    assert encoding_of_lines(modern + "hộ".encode()[:-1]) == "UTF-8"
    with pytest.raises(NotTextError):
        encoding_of_lines(bytes(range(256)) * 20)
