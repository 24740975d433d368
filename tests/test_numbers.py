"""Numbers: printed notations, words, scales, signs."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnextract.figures.numbers import Amount, groups_by_comma, parse_digits, parse_words, read_digits, read_words


def rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf8", newline="") as file:
        return [
            {key: value or "" for key, value in row.items()}
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


@pytest.mark.parametrize("row", rows("numbers.tsv"), ids=lambda row: f"{row['printed']}{row['reading']}")
def test_digits(row: dict[str, str]) -> None:
    value = parse_digits(row["printed"], comma_groups=row["reading"] == "comma_groups", small=row["reading"] == "small")
    assert value == (Decimal(row["value"]) if row["value"] else None)


@pytest.mark.parametrize("row", rows("number_words.tsv"), ids=lambda row: row["words"])
def test_words(row: dict[str, str]) -> None:
    assert parse_words(row["words"].split()) == (Decimal(row["value"]) if row["value"] else None)


def amount(text: str, at: int = 0) -> Amount | None:
    return read_digits(text, at)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 nghìn", 5_000),
        ("5 ngàn", 5_000),
        ("5 vạn", 50_000),
        ("5 triệu", 5_000_000),
        ("5,5 tỷ", 5_500_000_000),
        ("5 tỉ", 5_000_000_000),
        ("77 nghìn tỷ", 77_000_000_000_000),
        ("5k", 5_000),
        ("5tr", 5_000_000),
        ("2 tỷ 300 triệu", 2_300_000_000),
        ("1 triệu 250 nghìn", 1_250_000),
        ("3 tỷ rưỡi", 3_500_000_000),
        ("2 triệu rưởi", 2_500_000),
        ("5 TRIỆU", 5_000_000),
        ("180.000 tỷ", 180_000_000_000_000),
        ("8 triệu chứng", 8),
        ("5 tỷ lệ", 5),
        ("3 triệu phú", 3),
    ],
)
def test_scales(text: str, value: int) -> None:
    found = amount(text)
    assert found is not None
    assert found.value() == value


@pytest.mark.parametrize(
    ("text", "at", "value"), [("(-0,20%)", 2, "-0.20"), ("(+12,5%)", 2, "12.5"), ("lỗ âm 67 tỷ", 6, "-67000000000")]
)
def test_signs(text: str, at: int, value: str) -> None:
    found = amount(text, at)
    assert found is not None
    assert found.value() == Decimal(value)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("U.17", 2),
        ("A56", 1),
        ("Yak-130", 4),
        ("12:30", 0),
        ("0905", 0),
        ("45-CT/TW", 0),
        ("4x4", 0),
        ("7.html", 0),
        ("bai-362716.html", 4),
        ("1.2.3", 2),
        ("#5", 1),
    ],
)
def test_codes_are_no_numbers(text: str, at: int) -> None:
    assert amount(text, at) is None


def test_words_in_a_text() -> None:
    text = "có hơn nửa triệu người và hàng nghìn xe"
    found = read_words(text, text.index("triệu"), text.index("triệu") + 5)
    assert found is not None
    assert text[found.start : found.end] == "nửa triệu"
    assert found.value() == 500_000
    assert read_words(text, text.index("nghìn"), text.index("nghìn") + 5) is None


def test_articles_written_the_english_way() -> None:
    assert groups_by_comma("Thu 1,250 tỷ đồng, tăng 7.5%.")
    assert not groups_by_comma("Thu 1,250 tỷ đồng, tăng 7,5%.")
    assert not groups_by_comma("Thu 1.250 tỷ đồng, tăng 7,5%.")


# Properties: what is written in a notation reads back as itself.

WHOLE = st.integers(min_value=0, max_value=10**14)
FRACTION = st.integers(min_value=0, max_value=99)
DIGIT_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def grouped(number: int, sign: str) -> str:
    return f"{number:,}".replace(",", sign)


@given(WHOLE)
def test_point_groups_read_back(number: int) -> None:
    assert parse_digits(grouped(number, ".")) == number


@given(WHOLE, FRACTION)
def test_point_groups_with_decimal_comma_read_back(number: int, hundredths: int) -> None:
    assert parse_digits(f"{grouped(number, '.')},{hundredths:02}") == number + Decimal(hundredths) / 100


@given(WHOLE)
def test_space_groups_read_back(number: int) -> None:
    assert parse_digits(grouped(number, " ")) == number


@given(st.integers(min_value=10**6, max_value=10**14))
def test_comma_groups_read_back(number: int) -> None:
    assert parse_digits(grouped(number, ",")) == number


@given(st.integers(min_value=0, max_value=999), FRACTION)
def test_decimal_points_read_back(number: int, hundredths: int) -> None:
    assert parse_digits(f"{number}.{hundredths:02}") == number + Decimal(hundredths) / 100


def below_hundred(number: int) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return [DIGIT_WORDS[ones]]
    head = ["mười"] if tens == 1 else [DIGIT_WORDS[tens], "mươi"]
    last = {0: [], 5: ["lăm"]}.get(ones, ["mốt"] if ones == 1 and tens > 1 else [DIGIT_WORDS[ones]])
    return head + last


def below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    if hundreds == 0 and not full:
        return below_hundred(rest)
    head = [DIGIT_WORDS[hundreds], "trăm"]
    if rest == 0:
        return head
    return head + (["linh", DIGIT_WORDS[rest]] if rest < 10 else below_hundred(rest))


def spoken(number: int) -> list[str]:
    words: list[str] = []
    for factor, scale in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        part, number = divmod(number, factor)
        if part:
            words += below_thousand(part, full=bool(words)) + ([scale] if scale else [])
    return words or ["không"]


@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_number_words_read_back(number: int) -> None:
    assert parse_words(spoken(number)) == number


@given(
    st.integers(min_value=1, max_value=999),
    st.sampled_from([("nghìn", 3), ("ngàn", 3), ("vạn", 4), ("triệu", 6), ("tỷ", 9), ("tỉ", 9), ("nghìn tỷ", 12)]),
    st.sampled_from(["", "-"]),
)
def test_scale_and_sign_are_never_lost(number: int, scale: tuple[str, int], sign: str) -> None:
    word, power = scale
    found = amount(f" {sign}{number},5 {word}", 1 + len(sign))
    assert found is not None
    assert found.value() == Decimal(f"{sign}{number}.5") * 10**power


@given(st.text(alphabet="0123456789., /-", max_size=40))
def test_no_string_of_digits_and_signs_raises(text: str) -> None:
    value = parse_digits(text)
    assert value is None or value.is_finite()
