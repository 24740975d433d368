"""The arithmetic behind the dates: numerals, the calendar, the lunar calendar, TIMEX3 values."""

from datetime import date, timedelta

import pytest

from vnextract.article import Published
from vnextract.dates.context import Context, Tense
from vnextract.dates.lunar import LunarDay, cyclic_year, cyclic_year_before, solar
from vnextract.dates.numerals import number, year_number
from vnextract.dates.points import Anchor, Now, Point, Range, Shift
from vnextract.dates.resolve import is_possible, resolve
from vnextract.dates.rules import RULES, Rule
from vnextract.dates.scan import pieces
from vnextract.dates.spans import resolve_range
from vnextract.dates.timex import timex_of_days
from vnextract.records import Grain
from vnextract.text.letters import lowered

MAY = Published(2025, 5, 14)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("7", 7), ("12", 12), ("1,5", 1.5), ("2.5", 2.5), ("3.000", 3000), ("1056", 1056),
        ("một", 1), ("mười", 10), ("mười một", 11), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi mốt", 21),
        ("hai mươi tư", 24), ("ba mươi lăm", 35), ("chín mươi chín", 99), ("một trăm", 100), ("một trăm linh năm", 105),
        ("hai trăm năm mươi", 250), ("một nghìn", 1000), ("hai nghìn năm trăm", 2500), ("nửa", 0.5),
        ("ba bốn", None), ("hai năm", None), ("hai lăm", 25), ("ba mốt", 31), ("hai nghìn không trăm linh năm", 2005),
    ],
)  # fmt: skip
def test_number(text: str, value: float | None) -> None:
    assert number(text) == value


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _pair(value: int, zero: str) -> str:
    tens, ones = divmod(value, 10)
    if tens == 0:
        return f"{zero} {DIGITS[ones]}"
    last = {1: "mốt", 4: "tư", 5: "lăm"}.get(ones, DIGITS[ones]) if tens > 1 else {5: "lăm"}.get(ones, DIGITS[ones])
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    return f"{head} {last}" if ones else head


@pytest.mark.parametrize("zero", ["linh", "lẻ"])
@pytest.mark.parametrize("thousand", ["nghìn", "ngàn"])
def test_years_in_words_are_read_back(zero: str, thousand: str) -> None:
    for year in range(1000, 2100):
        millennium, hundreds, rest = year // 1000, year // 100 % 10, year % 100
        head = f"{DIGITS[millennium]} {thousand}"
        words = f"{head} {DIGITS[hundreds]} trăm" if hundreds or rest else head
        words += f" {_pair(rest, zero)}" if rest else ""
        assert year_number(words) == year
        (piece,) = pieces(f"Năm {words}.", f"năm {words}.")
        assert (piece.rule, piece.end) == ("year-in-words", len(words) + 4)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("hai nghìn mười ba", 2013), ("hai không mười ba", 2013), ("một chín chín chín", 1999), ("một tám năm hai", 1852),
        ("hai ngàn linh chín", 2009), ("hai không không tám", 2008), ("chín trăm ba tám", 938), ("một chín bảy lăm", 1975),
        ("hai nghìn không trăm hai mốt", 2021), ("bẩy trăm bốn mươi tư", 744),
    ],
)  # fmt: skip
def test_years_in_short_are_read_back(words: str, year: int) -> None:
    assert year_number(words) == year


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        (31, 1, None, True), (30, 2, None, False), (29, 2, None, True), (29, 2, 2024, True), (29, 2, 2025, False),
        (31, 4, 2024, False), (31, 12, 2024, True), (0, 5, None, False), (15, 13, None, False), (15, 0, None, False),
        (32, None, None, False), (31, None, None, True), (None, 12, None, True), (None, None, None, True),
    ],
)  # fmt: skip
def test_is_possible(day: int | None, month: int | None, year: int | None, expected: bool) -> None:
    assert is_possible(day, month, year) is expected


# New Year's days of the Vietnamese calendar; 1968, 1969, 1985 and 2007 differ from the Chinese one or nearly do.
@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1968, "1968-01-29"), (1969, "1969-02-16"), (1975, "1975-02-11"), (1985, "1985-01-21"), (1986, "1986-02-09"),
        (2000, "2000-02-05"), (2007, "2007-02-17"), (2008, "2008-02-07"), (2013, "2013-02-10"), (2019, "2019-02-05"),
        (2020, "2020-01-25"), (2023, "2023-01-22"), (2024, "2024-02-10"), (2025, "2025-01-29"), (2026, "2026-02-17"),
        (2027, "2027-02-06"), (2028, "2028-01-26"), (2029, "2029-02-13"), (2030, "2030-02-02"),
    ],
)  # fmt: skip
def test_lunar_new_year(year: int, day: str) -> None:
    new_year = date.fromisoformat(day)
    assert solar(LunarDay(year, 1, 1)) == (new_year, new_year)


@pytest.mark.parametrize("year", range(1950, 2060))
def test_lunar_year_ends_where_the_next_begins(year: int) -> None:
    days, following = solar(LunarDay(year)), solar(LunarDay(year + 1))
    assert days and following
    assert days[1] + timedelta(1) == following[0]


@pytest.mark.parametrize(
    ("lunar", "days"),
    [
        (LunarDay(2025, 3, 10), ("2025-04-07", "2025-04-07")),
        (LunarDay(2025, 1, 15), ("2025-02-12", "2025-02-12")),
        (LunarDay(2025, 8, 15), ("2025-10-06", "2025-10-06")),
        (LunarDay(2024, 12, 23), ("2025-01-22", "2025-01-22")),
        (LunarDay(2025, 1), ("2025-01-29", "2025-02-27")),
        (LunarDay(2025, 12, 30), None),
        (LunarDay(2025, 13, 1), None),
        (LunarDay(1800, 1, 1), None),
        (LunarDay(2500, 1, 1), None),
    ],
)
def test_solar(lunar: LunarDay, days: tuple[str, str] | None) -> None:
    found = solar(lunar)
    assert (found and tuple(map(str, found))) == days


@pytest.mark.parametrize(
    ("name", "near", "year"),
    [
        ("bính ngọ", 2025, 2026), ("ất tỵ", 2025, 2025), ("giáp thìn", 2025, 2024), ("mậu thân", 1968, 1968),
        ("mậu thân", 2025, 2028), ("giáp tý", 2000, 1984), ("quý mão", 2023, 2023), ("kỷ hợi", 2019, 2019),
        ("giáp hợi", 2025, None),
    ],
)  # fmt: skip
def test_cyclic_year(name: str, near: int, year: int | None) -> None:
    assert cyclic_year(name, near) == year


@pytest.mark.parametrize(("name", "before"), [("bính ngọ", "ất tỵ"), ("giáp tý", "quý hợi"), ("canh tý", "kỷ hợi")])
def test_cyclic_year_before(name: str, before: str) -> None:
    assert cyclic_year_before(name) == before


@pytest.mark.parametrize(
    ("first", "last", "timex"),
    [
        ("2025-05-14", "2025-05-14", "2025-05-14"), ("2025-05-01", "2025-05-31", "2025-05"),
        ("2025-02-01", "2025-02-28", "2025-02"), ("2024-02-01", "2024-02-28", None),
        ("2025-04-01", "2025-06-30", "2025-Q2"), ("2025-07-01", "2025-12-31", "2025-H2"),
        ("2025-01-01", "2025-04-30", None), ("2025-01-01", "2025-12-31", "2025"),
        ("1990-01-01", "1999-12-31", "199"), ("1901-01-01", "2000-12-31", "19"), ("2001-01-01", "2100-12-31", "20"),
        ("2025-05-12", "2025-05-18", "2025-W20"), ("2025-05-17", "2025-05-18", "2025-W20-WE"),
        ("2024-12-30", "2025-01-05", "2025-W01"), ("2025-05-13", "2025-05-19", None), ("2013-01-01", "2023-12-31", None),
    ],
)  # fmt: skip
def test_timex_of_days(first: str, last: str, timex: str | None) -> None:
    assert timex_of_days((date.fromisoformat(first), date.fromisoformat(last))) == timex


@pytest.mark.parametrize(
    ("point", "published", "tense", "days"),
    [
        (Point(Grain.DAY, day=24, month=5), MAY, Tense.OPEN, ("2025-05-24", "2025-05-24")),
        (Point(Grain.DAY, day=24, month=5), MAY, Tense.PAST, ("2024-05-24", "2024-05-24")),
        (Point(Grain.DAY, day=24, month=4), MAY, Tense.FUTURE, ("2026-04-24", "2026-04-24")),
        (Point(Grain.DAY, day=28, month=12), Published(2025, 1, 20), Tense.OPEN, ("2024-12-28", "2024-12-28")),
        (Point(Grain.DAY, day=5, month=1), Published(2025, 12, 20), Tense.OPEN, ("2026-01-05", "2026-01-05")),
        (Point(Grain.DAY, day=29, month=2), Published(2025, 12, 20), Tense.OPEN, ("2024-02-29", "2024-02-29")),
        (Point(Grain.DAY, day=24, month=5), Published(2025, 5), Tense.OPEN, ("2025-05-24", "2025-05-24")),
        (Point(Grain.DAY, day=24, month=5), Published(2025), Tense.OPEN, ("2025-05-24", "2025-05-24")),
        (Point(Grain.DAY, day=24, month=5), None, Tense.OPEN, None),
        (Point(Grain.DAY, shift=Shift(Grain.DAY, -1)), MAY, Tense.OPEN, ("2025-05-13", "2025-05-13")),
        (Point(Grain.DAY, shift=Shift(Grain.DAY, -1)), Published(2025, 5), Tense.OPEN, None),
        (
            Point(Grain.MONTH, shift=Shift(Grain.MONTH, -1)),
            Published(2025, 1, 3),
            Tense.OPEN,
            ("2024-12-01", "2024-12-31"),
        ),
        (
            Point(Grain.QUARTER, shift=Shift(Grain.QUARTER, -1)),
            Published(2025, 1, 3),
            Tense.OPEN,
            ("2024-10-01", "2024-12-31"),
        ),
        (Point(Grain.WEEK, shift=Shift(Grain.WEEK, 1)), MAY, Tense.OPEN, ("2025-05-19", "2025-05-25")),
        (Point(Grain.CENTURY, shift=Shift(Grain.CENTURY, -1)), MAY, Tense.OPEN, ("1901-01-01", "2000-12-31")),
        (Point(Grain.DAY, weekday=2), MAY, Tense.OPEN, ("2025-05-14", "2025-05-14")),
        (Point(Grain.DAY, weekday=3), MAY, Tense.OPEN, ("2025-05-08", "2025-05-08")),
        (Point(Grain.DAY, weekday=3), MAY, Tense.FUTURE, ("2025-05-15", "2025-05-15")),
        (Point(Grain.DAY, day=22), MAY, Tense.OPEN, ("2025-05-22", "2025-05-22")),
        (Point(Grain.DAY, day=31), Published(2025, 3, 2), Tense.OPEN, ("2025-03-31", "2025-03-31")),
        (Point(Grain.YEAR, shift=Shift(Grain.YEAR, -1)), Published(1, 1, 1), Tense.OPEN, None),
        (Point(Grain.YEAR, shift=Shift(Grain.YEAR, 1)), Published(9999, 1, 1), Tense.OPEN, None),
        (Point(Grain.DAY, shift=Shift(Grain.DAY, 1, Anchor.CONTEXT)), MAY, Tense.OPEN, None),
    ],
)
def test_resolve(point: Point, published: Published | None, tense: Tense, days: tuple[str, str] | None) -> None:
    found = resolve(point, Context(published), tense).days
    assert (found and tuple(map(str, found))) == days


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (Point(Grain.DAY, day=18), Point(Grain.DAY, day=19, month=4), ("2025-04-18", "2025-04-19")),
        (Point(Grain.DAY, day=28), Point(Grain.DAY, day=2, month=6), ("2025-05-28", "2025-06-02")),
        (Point(Grain.DAY, day=28), Point(Grain.DAY, day=2, month=1, year=2025), ("2024-12-28", "2025-01-02")),
        (Point(Grain.MONTH, month=11), Point(Grain.MONTH, month=2), ("2024-11-01", "2025-02-28")),
        (Point(Grain.DAY, day=1, month=10, year=2026), Point(Grain.DAY, day=30, month=9), ("2026-10-01", "2027-09-30")),
        (Now(), Point(Grain.YEAR, year=2030), ("2025-05-14", "2030-12-31")),
        (Point(Grain.YEAR, year=2015), Now(), ("2015-01-01", "2025-05-14")),
        (Point(Grain.YEAR, year=2030), Point(Grain.DAY, day=1, month=1, year=2020), None),
    ],
)
def test_resolve_range(first: Point | Now, last: Point | Now, days: tuple[str, str] | None) -> None:
    begin, end = resolve_range(Range(first, last), Context(MAY))
    assert (begin.days and end.days and (str(begin.days[0]), str(end.days[1]))) == days


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}: {rule.example}")
def test_rule_finds_its_example(rule: Rule) -> None:
    texts = (f"Kết quả kinh doanh trong {rule.example}", rule.example)
    assert rule.form.match(lowered(rule.example))
    assert any(rule.name in [piece.rule for piece in pieces(text, lowered(text))] for text in texts)


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_scan_passes_on_to_the_next_rule_that_counts() -> None:
    assert [piece.rule for piece in pieces("ngày 24/5", "ngày 24/5")] == ["day"]
    assert list(pieces("tỷ số 24/5", "tỷ số 24/5")) == []
