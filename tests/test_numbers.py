"""Numbers: printed notations, words, scales, signs."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import rows
from vnextract.figures.numbers import Amount, groups_by_comma, parse_digits, read_digits, read_words
from vnextract.lexicon.numerals import longest, parse_words


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


@dataclass(frozen=True)
class Habit:
    """How numbers are said: the words that differ from one part of the country to another."""

    zero_tens: str
    thousand: str
    billion: str
    four: str
    five: str
    seven: str
    says_no_hundreds: bool
    """Whether `không trăm` fills an empty place: `một nghìn không trăm linh năm`."""

    def below_hundred(self, number: int) -> list[str]:
        tens, ones = divmod(number, 10)
        if tens == 0:
            return [self.digit(ones)]
        head = ["mười"] if tens == 1 else [self.digit(tens), "mươi"]
        if ones == 0:
            return head
        after = {1: "mốt", 4: self.four} if tens > 1 else {}
        return [*head, {**after, 5: self.five}.get(ones, self.digit(ones))]

    def digit(self, number: int) -> str:
        return self.seven if number == 7 else DIGIT_WORDS[number]

    def below_thousand(self, number: int, *, full: bool) -> list[str]:
        hundreds, rest = divmod(number, 100)
        if hundreds == 0 and not full:
            return self.below_hundred(rest)
        if hundreds == 0 and not self.says_no_hundreds:
            return [self.zero_tens, self.digit(rest)] if rest < 10 else self.below_hundred(rest)
        head = [self.digit(hundreds), "trăm"]
        if rest == 0:
            return head
        return head + ([self.zero_tens, self.digit(rest)] if rest < 10 else self.below_hundred(rest))

    def spoken(self, number: int) -> list[str]:
        words: list[str] = []
        for factor, scale in ((10**9, self.billion), (10**6, "triệu"), (10**3, self.thousand), (1, "")):
            part, number = divmod(number, factor)
            if part:
                said = self.below_thousand(part, full=bool(words)) if part < 1000 else self.spoken(part)
                words += said + ([scale] if scale else [])
        return words or ["không"]


HABITS = [
    Habit("linh", "nghìn", "tỷ", "tư", "lăm", "bảy", True),
    Habit("linh", "nghìn", "tỷ", "bốn", "nhăm", "bẩy", True),
    Habit("lẻ", "ngàn", "tỉ", "tư", "lăm", "bảy", False),
    Habit("lẻ", "ngàn", "tỉ", "bốn", "lăm", "bảy", True),
]


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: f"{habit.zero_tens}-{habit.four}-{habit.five}")
def test_every_number_in_words_reads_back(habit: Habit) -> None:
    random = Random(7)
    large = [random.randrange(10 ** random.randint(4, 14)) for _ in range(2000)]
    wrong = [number for number in [*range(10_000), *large] if parse_words(habit.spoken(number)) != number]
    assert wrong == []


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: f"{habit.zero_tens}-{habit.four}-{habit.five}")
def test_a_number_in_words_ends_where_other_words_begin(habit: Habit) -> None:
    for number in range(0, 10_000, 7):
        words = habit.spoken(number)
        assert longest(["có", *words, "người"], 1) == (len(words) + 1, Decimal(number))


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
