"""Whatever the text, `extract` gives a record that keeps its promises.

A longer search: `pytest tests/test_robustness.py --hypothesis-profile long`.
"""

import ast
import json
import os
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vnextract
from vnextract.records import ArticleRecord, Mention

CORPUS = Path(__file__).parents[1] / "corpus"
LONGEST = 500

quick = settings(
    deadline=None,
    derandomize=settings.get_current_profile_name() != "long",
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# ---- What every record promises ------------------------------------------------------------------------------------


def mentions_by_kind(record: ArticleRecord) -> dict[str, list[Mention]]:
    return {
        "sentences": list(record.sentences),
        "organisations": [mention for body in record.organisations for mention in body.mentions],
        "officials": [mention for person in record.officials for mention in person.mentions],
        "dates": [found.mention for found in record.dates],
        "indicators": [found.mention for found in record.indicators],
    }


def check_mentions(text: str, record: ArticleRecord) -> None:
    kinds = mentions_by_kind(record)
    posts = [position.mention for person in record.officials for position in person.positions]
    for mention in (*posts, *(mention for mentions in kinds.values() for mention in mentions)):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
    for kind, mentions in kinds.items():
        ordered = sorted(mentions, key=lambda mention: mention.start)
        assert all(one.end <= two.start for one, two in pairwise(ordered)), (kind, ordered)
        assert kind in ("organisations", "officials") or ordered == mentions


def check_values(record: ArticleRecord) -> None:
    for found in record.dates:
        assert not (found.first_day and found.last_day) or found.first_day <= found.last_day, found
    for figure in record.indicators:
        numbers = [number for number in (figure.value, figure.upper, figure.total) if number is not None]
        assert all(isinstance(number, Decimal) and number.is_finite() for number in numbers), figure
        assert figure.upper is None or figure.upper > figure.value, figure
        assert figure.total is None or figure.total >= figure.value, figure


def check_links(record: ArticleRecord) -> None:
    names = {body.id: body.name for body in record.organisations}
    assert len(names) == len(record.organisations)
    for figure in record.indicators:
        assert figure.period is None or 0 <= figure.period < len(record.dates)
        assert figure.organisation_id is None or figure.organisation_id in names
    for person in record.officials:
        assert person.mentions and person.name
        for post in person.positions:
            assert post.organisation_id is None or names[post.organisation_id] == post.organisation
    assert all(body.mentions and body.name for body in record.organisations)


def check(text: str, published: str | date | None = "2024-02-29") -> ArticleRecord:
    record = vnextract.extract(text, published=published)
    check_mentions(text, record)
    check_values(record)
    check_links(record)
    assert ArticleRecord.model_validate_json(record.model_dump_json()) == record
    assert vnextract.extract(text, published=published) == record
    return record


# ---- Texts ---------------------------------------------------------------------------------------------------------


def paragraphs() -> list[str]:
    lines = (line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open(encoding="utf8"))
    return [part for line in lines for part in json.loads(line)["text"].split("\n\n") if len(part) > 40]


PARAGRAPHS = paragraphs()

PRESS_WORDS = (
    "UBND|tỉnh|Lai Châu|Sở|Y tế|Phòng|Ban|Công ty|CP|ông|bà|Chủ tịch|Phó|Giám đốc|nguyên|Đại tá|Nguyễn|Văn|An|TP.|HCM|"
    "(|)|“|”|,|.|;|:|-|–|/|%|\n|\n\n|của|và|tại|từ|đến|ngày|tháng|năm|quý|tuần|thứ|hôm|qua|nay|trước|tới|sáng|tối|"
    "giờ|đầu|cuối|giai đoạn|âm lịch|mùng|Tết|thế kỷ|1|2|9|12|29|30|31|99|2019|2024|0|1.200|3,5|1/2|30/2|I|IV|XX|"
    "hơn|gần|dưới|ít nhất|tăng|giảm|đạt|hai|mươi|trăm|nghìn|triệu|tỷ|nửa|rưỡi|phẩy|đồng|USD|$|kg|ha|m2|hộ|người|mỗi"
)
soups = st.lists(
    st.tuples(st.sampled_from(PRESS_WORDS.split("|")), st.sampled_from((" ", " ", " ", ""))), max_size=60
).map(lambda pieces: "".join(word + gap for word, gap in pieces))
any_character = st.characters(exclude_categories=())
press_character = st.sampled_from(
    "aáàăâbcdđeêghiklmnoôơpqrstuưvxyAÁBCĐHNTUV0123456789 .,;:()-–/%“”\"'\n\u0301\u0323\u00ad\u200b\r"
)
published_days = st.one_of(
    st.none(),
    st.dates(),
    st.sampled_from(["0001-01-01", "0001", "9999-12-31", "9999-12", "9999", "2024-02-29", "2023-01", "2000"]),
)

Mutation = Callable[[str, random.Random], str]


def somewhere(change: Callable[[str], str], share: float = 0.2) -> Mutation:
    """A change made to a share of the characters."""
    return lambda text, chance: "".join(change(c) if chance.random() < share else c for c in text)


def cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[start : start + chance.randrange(1, LONGEST)]


def words_swapped(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(3):
        one, two = chance.randrange(len(words)), chance.randrange(len(words))
        words[one], words[two] = words[two], words[one]
    return " ".join(words)


OLD_TONES = {
    new + plain: old
    for vowels, plain, olds in (
        ("òóỏõọ", "a", ("oà", "oá", "oả", "oã", "oạ")),
        ("ùúủũụ", "y", ("uỳ", "uý", "uỷ", "uỹ", "uỵ")),
    )
    for new, old in zip(vowels, olds, strict=True)
}


def tones_moved(text: str, chance: random.Random) -> str:
    for new, old in OLD_TONES.items():
        text = text.replace(new, old)
    return text


MUTATIONS: dict[str, Mutation] = {
    "spaces deleted": somewhere(lambda c: "" if c == " " else c),
    "spaces doubled": somewhere(lambda c: c * 2 if c == " " else c),
    "spaces broken": somewhere(lambda c: "\n" if c == " " else c, 0.05),
    "no-break spaces": somewhere(lambda c: "\u00a0" if c == " " else c, 0.5),
    "decomposed": lambda text, chance: unicodedata.normalize("NFD", text),
    "decomposed in part": somewhere(lambda c: unicodedata.normalize("NFD", c)),
    "capitals": lambda text, chance: text.upper(),
    "small letters": lambda text, chance: text.lower(),
    "case swapped": somewhere(str.swapcase),
    "title case": lambda text, chance: text.title(),
    "tone marks moved": tones_moved,
    "punctuation doubled": somewhere(lambda c: c * 2 if unicodedata.category(c)[0] == "P" else c, 0.7),
    "punctuation deleted": somewhere(lambda c: "" if unicodedata.category(c)[0] == "P" else c, 0.7),
    "digits changed": somewhere(lambda c: "0123456789"[-int(c)] if c in "0123456789" else c, 0.5),
    "zero-width characters": somewhere(lambda c: c + "\u200b"),
    "soft hyphens": somewhere(lambda c: c + "\u00ad"),
    "characters deleted": somewhere(lambda c: "", 0.05),
    "characters doubled": somewhere(lambda c: c * 2, 0.05),
    "full width": somewhere(lambda c: chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c),
    "look-alikes": somewhere(lambda c: c.translate(str.maketrans("aeopcxABEHKMOPT", "аеорсхАВЕНКМОРТ"))),
    "line ends": lambda text, chance: text.replace("\n", "\r\n"),
    "words swapped": words_swapped,
    "cut": cut,
    "turned round": lambda text, chance: text[::-1],
}


def mutated(text: str, names: Iterable[str], seed: int) -> str:
    chance = random.Random(seed)
    for name in names:
        text = MUTATIONS[name](text, chance)
    return text


press_texts = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=2).map(
    lambda parts: "\n\n".join(parts)[:LONGEST]
)
mutated_texts = st.builds(
    mutated, press_texts, st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=3), st.integers(0, 2**32)
)


# ---- Tests ---------------------------------------------------------------------------------------------------------


@quick
@given(st.text(any_character, max_size=300), published_days)
def test_any_unicode(text: str, published: str | date | None) -> None:
    check(text, published)


@quick
@given(st.text(press_character, max_size=300))
def test_any_letters_of_the_press(text: str) -> None:
    check(text)


@quick
@given(soups, published_days)
def test_words_of_the_press_in_any_order(text: str, published: str | date | None) -> None:
    check(text, published)


@quick
@given(mutated_texts, published_days)
def test_press_texts_mutated(text: str, published: str | date | None) -> None:
    check(text, published)


@pytest.mark.parametrize("name", sorted(MUTATIONS))
def test_one_mutation(name: str) -> None:
    chance = random.Random(name)
    for text in chance.sample(PARAGRAPHS, 8):
        check(MUTATIONS[name](text[:LONGEST], chance))


@pytest.mark.parametrize(
    "text",
    [
        # A table's entry has capitals of its own.
        "Lỗ 5 triệu đồng VN và 3 đồng Việt Nam.",
        # Letters whose other case is spelt otherwise.
        "Thu 5 uſd, 7 kıp, 5 trıệu đồng, 9 KİP; ông İlkay Gündoğan nhận 5 uſd mỗi lần.",
        # More digits than decimal arithmetic keeps.
        "213312107521288 tỷ tỷ tỷ đồng, 123456789012345678901234 triệu tỷ đồng",
        # Halves where a whole number belongs.
        "nửa phẩy năm triệu đồng, ba phẩy nửa triệu đồng, phẩy phẩy năm tỷ đồng",
        # Ends of a range that another reading of the comma puts out of order.
        "Mỗi xã 1,200 - 5 người, mỗi ấp 3,5/1,200 km",
        # Texts without two words, or three.
        *("", " ", "Họp", "ABC", "24", "a\nb", "Họp báo", "\ud800 h \x00"),
        # Heads of bodies without end.
        "Phòng Ban Cục " * 300,
        # Places within places without end.
        "xã Phú Lâm huyện Tam Nông " * 300,
        "phường 1 quận 2 " * 500,
        # A mark on half a character.
        "Sáng 2/3\ude99\u0301 UBND xã Phú Lâm \ud800\u0323\u0301họp; ông Nguyễn Văn\udfff\u0300 An nhận 5\ude99\u0301 kg",
    ],
)
def test_found_before(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["€\udc00２", "$\ud8005", "US$\udfff5 triệu", "5\udc00 kg", "24\udc00/5", "£\n5"])
def test_no_mention_goes_over_half_a_character(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "phrase",
    [
        *(
            "Đảng ủy ",
            "Phòng Ban Cục ",
            "Sở Y tế, ",
            "UBND ",
            "Đảng ủy Công an ",
            "Hội Nông dân ",
            "Văn phòng Văn phòng ",
        ),
        *("Phòng A thuộc ", "Câu lạc bộ Công an ", "từ ngày 1/2 đến ", "5 tỷ đồng ", "ông An, Giám đốc Sở "),
    ],
)
def test_a_record_grows_no_faster_than_its_text(phrase: str) -> None:
    # A figure of ten characters has a row of some 450, the names of its fields and its place among them.
    text = phrase * 1_000
    assert len(vnextract.extract(text).model_dump_json()) < 50 * len(text)


def test_a_span_up_to_now_that_begins_later_is_left_open() -> None:
    (found,) = check("Từ đầu năm 2025 đến nay, xã bê tông hóa 4 km đường.", "2024-12-31").dates
    assert (found.mention.text, found.first_day, found.last_day) == ("đầu năm 2025 đến nay", None, None)


# ---- What must not be in the code -----------------------------------------------------------------------------------

RUNS_WHAT_IT_READS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "eval", "exec", "compile"}
OWN_PIPES = {("workers.py", "pickle")}
"""Between a process and the workers that it started."""


def names_used(tree: ast.AST) -> Iterable[str]:
    """Modules imported, and functions called by their bare names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def test_nothing_that_is_read_is_run() -> None:
    modules = list(Path(vnextract.__file__).parent.rglob("*.py"))
    used = {(path.name, name) for path in modules for name in names_used(ast.parse(path.read_text(encoding="utf8")))}
    assert len(modules) > 50
    assert {(module, name) for module, name in used if name in RUNS_WHAT_IT_READS} == OWN_PIPES


# ---- Threads and processes ------------------------------------------------------------------------------------------

FORKS = """
import os, signal, sys, threading, time
import vnextract
text = "Sáng 24/5, UBND tỉnh Sơn La họp về ngân sách 120 tỷ đồng. Ông Trần Văn Minh, Giám đốc Sở Tài chính, dự. " * 4
vnextract.extract(text)
over = threading.Event()
def work():
    while not over.is_set():
        vnextract.extract(text)
threads = [threading.Thread(target=work, daemon=True) for _ in range(4)]
for thread in threads:
    thread.start()
stuck = 0
for _ in range(12):
    time.sleep(0.02)
    child = os.fork()
    if not child:
        vnextract.extract(text)
        os._exit(0)
    deadline = time.monotonic() + 20
    while not (ended := os.waitpid(child, os.WNOHANG)[0]) and time.monotonic() < deadline:
        time.sleep(0.02)
    if not ended:
        stuck += 1
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        break
over.set()
print("stuck", stuck)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_no_fork_waits_for_a_thread_that_is_not_there() -> None:
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout == "stuck 0\n", done.stderr


def test_no_lock_can_be_stranded_by_a_fork() -> None:
    """Those of the worker pool belong to objects that a forked process makes anew."""
    modules = list(Path(vnextract.__file__).parent.rglob("*.py"))
    imported = {
        (path.name, alias.name)
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    }
    assert {(module, name) for module, name in imported if name in ("cached_property", "threading")} == {
        ("workers.py", "threading"),
        ("stop.py", "threading"),
    }


@pytest.mark.parametrize("published", ["0001-01-01", "0001-01-15", "9999-12-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_reason_to_fail(published: str) -> None:
    text = (
        "Tuần thứ 5 của tháng này, tuần cuối tháng này, thứ bảy đầu tiên của tháng 12/9999, ngày cuối cùng của năm 9999, "
        "tuần đầu tiên của tháng trước, Bộ Tài chính Đức, Ngân hàng Nhà nước và Bộ Công an Lào họp."
    )
    record = vnextract.extract(text, published=published)
    assert record.failure is None and record.dates and record.organisations
