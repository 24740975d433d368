"""What titles, ranks and the words around a name look like: patterns compiled from the tables of the lexicon."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from vnextract.lexicon.tables import table
from vnextract.lexicon.titles import titles
from vnextract.text.late import late
from vnextract.text.letters import LOWER, UPPER
from vnextract.text.segment import TOKEN as WORD

BEGIN, END = r"(?<![^\W_])", r"(?![^\W_])"


def any_of(words: Iterable[str]) -> str:
    """An alternation that tries longer words first and looks at each first letter once.

    >>> any_of(["bà", "bác", "ông"])
    '(?:b(?:ác|à)|ô(?:ng))'
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items()) + ")"


def column(name: str, column: str) -> list[str]:
    """One column of a table of the lexicon."""
    return [row[column] for row in table(name)]


def office_words(*classes: str) -> str:
    """An alternation of the words of these classes in the table `office_words`."""
    return any_of(row["word"] for row in table("office_words") if row["class"] in classes)


def words_of(group: str) -> frozenset[str]:
    """The words of one class in the table `office_words`."""
    return frozenset(row["word"] for row in table("office_words") if row["class"] == group)


@cache
def kinds() -> Mapping[str, tuple[str, str]]:
    """Kind and scope of each title of the table."""
    return {row["title"]: (row["kind"], row["scope"]) for row in table("titles")}


HEADS = any_of(titles("head"))

_CORE = any_of(titles("office", "state", "minister", "village", "role", "counterpart"))
TITLE = late(
    f"{BEGIN}(?:(?P<core>(?:phó |đồng )?{_CORE})|"
    f"(?P<shared>(?:phó )?(?:trưởng|chánh)(?: {HEADS})?|phó {HEADS}))"
    f"(?P<modifiers>(?: {office_words('modifier')}){{0,2}}){END}"
)
"""A title in lower-cased text: a post of the table, or `trưởng`, `chánh`, `phó` before a head noun."""

TITLE_OPENINGS = ("phó", "đồng", "trưởng", "chánh")
"""The words before the head nouns of the table with which a title may begin."""

STATUS = late(rf"{BEGIN}(nguyên|cựu|cố|quyền|tạm quyền|tân|q\.)(?: là)? $")
"""What says, right before a title, that the post is held no more, or for the time being."""

ENDED = late(
    rf"{BEGIN}(?:miễn nhiệm|bãi nhiệm|cách chức|thôi giữ|thôi làm|thôi)(?: chức| chức vụ| chức danh)? (?:đối với )?$"
)
"""What says, right before a title, that its holder loses it."""

NOT_ACTING = late(
    r"(?:chính|thẩm|ủy|phân|cầm|đặc|tự|nhân|bản|tiếm|giành|lạm|nắm|trao|chủ|truất|tước|giữ nguyên|lộng) quyền $"
)
"""`quyền` as the end of another word."""

NO_DEPARTMENT = late(r"(?:(?<=chức )|(?<=nhiệm )(?<!bổ nhiệm )(?<!miễn nhiệm ))vụ (?=[Tt]rưởng (?![Vv]ụ))")
"""`vụ` as the end of `chức vụ` or `nhiệm vụ`, before another title: `giữ chức vụ Trưởng phòng`."""

PLURAL = late(rf"{BEGIN}(?:các|những|hai|ba|bốn|năm|sáu|\d{{1,2}})(?: đồng chí| vị| ông| nguyên| cựu| nữ){{0,2}} $")
"""What says, right before a title, that several persons bear it."""

NOT_HELD = late(rf"{BEGIN}{office_words('not_held')}(?: của| cho| làm)? $")
"""What says, right before a title, that it is nobody's here."""

APART = late(rf"{BEGIN}{office_words('apart')}(?: của| cho)?(?: cựu| cố| nguyên)? $")
"""What says, right before a title, that its holder is not the person named before."""

UNIT = late(f" {office_words('unit')}{END}")
"""The unit that a title carries where no body follows: `Phó chủ tịch tỉnh`, `Bí thư phường`."""

AS_VERB = late(rf"{BEGIN}(?:từng|đã|đang|sẽ|tham gia|trực tiếp|để|việc|cùng|được giao|phối hợp) $")
"""What says, right before `lãnh đạo`, `chỉ huy` or `quản lý`, that it is a verb."""

COMMITTEE = late(r" (?:Ban (?:Thường vụ|Chấp hành)|Thường vụ|BTV|BCH|TVTU|Đoàn Chủ tịch)(?=[,;.)]| - | – )")
"""The committee of a member, where nobody marked it: `Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Tỉnh ủy`."""

IN_CHARGE = late(rf"(?: [{LOWER}]+){{1,9}}(?=,|\.|\)| [-–—] )")
"""What follows `phụ trách` where the post ends with it: `Phó tổng giám đốc phụ trách tài chính`."""

_FIELD = any_of(
    [*column("portfolios", "field"), *(row["field"].lower() for row in table("fields") if row["class"] == "ministry")]
)
FIELD = late(rf" {_FIELD}(?:(?:, và|,| và| &| -| –|-)? ?{_FIELD}){{0,3}}{END}")
"""The field of a minister, in lower-cased text."""

STANDS_FOR = late(
    rf" (?:của )?(?P<noun>{office_words('stands_for')})(?: này| trên| đó| nói trên)?{END}"
    rf"(?! (?:đoàn|bộ|ủy|viên|sự){END})"
)
"""A common noun after a title that stands for a body named before, in lower-cased text."""

_NOUN = office_words("stands_for", "body")
UNMARKED = late(rf" (?:của |thuộc |tại )?(?i:{_NOUN})(?: [{LOWER}]+){{0,4}} [{UPPER}0-9]")
"""A body's name after a title, which nobody marked: `Chủ tịch Hội Những người bạn của rừng Cúc Phương`."""

_CALM = rf"(?: (?!{office_words('goes_on')} )[{LOWER}]+)"
"""A word in lower case that is no verb of what a person does."""

DESCRIBED = late(rf"(?:(?:của|thuộc|tại|ở|cho) )?(?i:{_NOUN}){_CALM}{{0,7}}(?: [{UPPER}][{LOWER}]+){{0,2}} [\"“'‘]?")
"""What describes a body between a title and its name: `Tổng biên tập [của tạp chí thời trang danh tiếng] Vogue`."""

_CAPITAL = rf"[{UPPER}][{LOWER}]*"
PORTFOLIO = late(rf"(?! kiêm )(?P<field>{_CALM}{{1,9}}?(?: {_CAPITAL}){{0,2}}) (?:của|thuộc|tại|ở) [\"“'‘]?")
"""What a title is in charge of, before its body: `Giám đốc [phân tích thị trường] tại Mizuho`."""

_NOUNLIKE = rf" {_CAPITAL}(?= (?!(?:của|thuộc|tại|ở) )[{LOWER}])"
"""A word that begins with a capital letter before one in lower case, as in no name of a person."""
CHARGE = late(
    rf"(?P<field>{_NOUNLIKE}(?:{_CALM}|{_NOUNLIKE}| [-–&] [{LOWER}]+){{1,9}}?(?: {_CAPITAL}){{0,2}})"
    r"(?:,| -| –| của| thuộc| tại| ở) [\"“'‘]?"
)
"""The same, printed like a name, up to the body, from which a sign may part it: `Vụ trưởng [Quản lý phương tiện], `."""

TO_BODY = late(r"(?: \([A-Z]{2,5}\)| mới)?(?: (?:của|thuộc|tại|ở|cho|kiêm nhiệm))? [\"“'‘]?")
"""What may stand between a title and its body."""

TAIL = late(
    rf"(?: phụ trách(?: [{LOWER}]+){{1,8}}(?= [{UPPER}]))?"
    r"(?:,? (?:khóa|nhiệm k[ỳì]) (?:[IVXLC]+|\d{1,2})?(?:\d{2,4} ?[-–] ?\d{2,4})?(?:,? nhiệm kỳ \d{4} ?[-–] ?\d{4})?)?"
    r"(?: ?\((?!ông|bà|trái|phải|giữa|đứng|ngồi|người|ảnh|áo|bìa)[^()\n]{1,45}\))?"
)
"""What may trail a post: its charge, its term, an abbreviation in brackets."""


NEXT = late(f" (?:tiếp theo|kế tiếp|tương lai|lớp){END}")
"""What says, after a title, that somebody is to hold it."""

TERM = late(
    r" ?[,(]? ?(?:khóa (?:[IVXLC]+|\d{1,2}),? )?(?:trong )?(?P<kind>giai đoạn|thời kỳ|nhiệm kỳ|từ)?"
    r"(?: năm| tháng| ngày)? ?(?:\d{1,2}[/.-]){0,2}\d{4} ?(?:-|–|đến|tới)(?: hết)?"
    r"(?: năm| tháng| ngày)? ?(?:\d{1,2}[/.-]){0,2}(?P<last>\d{4})\)?(?![\w/])"
)
"""The years of a post, right after it: `(2011 - 2014)`, `giai đoạn 2011-2014`, `từ tháng 6/2011 đến tháng 9/2014`."""


def _as_printed(words: Iterable[str]) -> str:
    """An alternation of words in the cases that the press prints: `đại tá`, `Đại tá`, `Đại Tá`, `ĐẠI TÁ`; `ThS`."""
    cases = (
        (word, word.capitalize(), word.title(), word.upper(), word.upper().replace("THS", "ThS")) for word in words
    )
    return any_of(case for variants in cases for case in variants)


_ABBREVIATED = (
    _as_printed([*(degree for degree in column("degrees", "degree") if len(degree) <= 4), "mr", "mrs", "ms", "dr"])
    + r"\. ?"
)
PREFIX = _as_printed([*column("honorifics", "honorific"), *column("degrees", "degree"), *column("ranks", "rank")])
"""A word that may stand before a name: honorific, rank, degree, occupation."""

_INITIALS = rf"(?<![ÁÀẢÃẠ])(?:(?:\.[{UPPER}])*\.(?= [{UPPER}])|(?:\.[{UPPER}])+)"
_HYPHENATED = rf"['’](?= [{UPPER}])|[^\W\d_]*(?:['’‘`-][^\W\d_]+)*"
_ARTICLES = ("al", "el", "as", "ash")
TOKEN = rf"(?:(?:{'|'.join(_ARTICLES)})-)?[{UPPER}](?:{_INITIALS}|{_HYPHENATED})"
"""A capitalised word of a name, or initials."""

_PARTICLE = (
    r"(?:(?:bin|ibn|bint|binti|al|el|de|da|do|dos|di|del|della|van|von|der|den|du|la|le|ten|ter)"
    r"(?: (?:de|la|las|los|der|den|el))? )"
)
RUN = rf"{TOKEN}(?: {_PARTICLE}?{TOKEN}){{0,7}}"
"""Capitalised words in a row."""

HOLDER_OF = late(rf" {RUN} (?:của|thuộc|tại) [\"“'‘]?")
"""The name that stands between a title and its body: `CEO [Tim Cook của] Apple`."""


@cache
def name_openings() -> frozenset[str]:
    """The words in lower case with which a name and what stands before it begin, where that is no capitalised word."""
    before = [*column("honorifics", "honorific"), *column("degrees", "degree"), *column("ranks", "rank")]
    before += ["mr", "mrs", "ms", "dr", *words_of("opener"), *_ARTICLES]
    return frozenset(WORD.match(words.lower()).group() for words in before)  # type: ignore[union-attr]


_OPENED = f"(?:{any_of(words_of('opener'))} (?={PREFIX} ))?"
_BRANCH = f"(?: {office_words('branch')})?"
_PREFIXES = rf"(?:{PREFIX}(?:, | ?- ?|/| )|{_ABBREVIATED}){{0,3}}(?:{PREFIX}{_BRANCH} {{1,2}}|{_ABBREVIATED})"
NAME = late(rf"{BEGIN}{_OPENED}(?P<prefix>{_PREFIXES})?(?P<run>{RUN}){END}")
"""A run of capitalised words, with the honorifics, ranks and degrees before it."""

PREFIX_WORD = late(rf"{BEGIN}{PREFIX}{END}")
"""One honorific, rank, degree or occupation."""

RANK = late(f"{BEGIN}{any_of(column('ranks', 'rank'))}{END}")
"""A rank, in lower-cased text."""

NAMESAKE = late(rf"{BEGIN}{office_words('namesake')} $")
"""A noun before a name that makes it the name of a place, a prize or a building, in lower-cased text."""

NO_NAME = late(f"{any_of(word.capitalize() for word in words_of('no_name'))}{END}")
"""A noun that its capital letter makes look like a name."""

SITED = late(rf"{BEGIN}(?:ở|tại|thành phố|bang|tỉnh|hạt|thủ đô|sân bay) (?P<place>{TOKEN}){END}")
"""A word that the article calls a place."""
