"""What titles, ranks and the words around a name look like: patterns compiled from the tables of the lexicon."""

import re
from collections.abc import Iterable
from functools import cache

from vnextract.lexicon.tables import table

UPPER = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if c.isupper())
"""Capital letters of the Latin script, Vietnamese ones included."""

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


@cache
def titles(*kinds: str) -> tuple[str, ...]:
    """The titles of these kinds, in lower case."""
    return tuple(row["title"] for row in table("titles") if row["kind"] in kinds)


@cache
def kind_of(title: str) -> tuple[str, str]:
    """Kind and scope of a title of the table."""
    return next(((row["kind"], row["scope"]) for row in table("titles") if row["title"] == title), ("", ""))


MODIFIERS = (
    "thường trực", "thường vụ", "dự khuyết", "danh dự", "điều hành", "chuyên trách", "thứ nhất", "lâm thời", "đắc cử",
    "toàn quốc", "phụ trách", "cấp cao", "thứ hai", "toàn cầu", "kiêm nhiệm",
)  # fmt: skip
"""Words that follow a title and belong to it."""

HEADS = titles("head")

TITLE = re.compile(
    f"{BEGIN}(?:(?P<core>(?:phó |đồng )?{any_of(titles('office', 'state', 'minister', 'village', 'role'))})|"
    f"(?P<shared>(?:phó )?(?:trưởng|chánh)(?: {any_of(HEADS)})?|phó {any_of(HEADS)}))"
    f"(?P<modifiers>(?: {any_of(MODIFIERS)}){{0,2}}){END}"
)
"""A title in lower-cased text: a post of the table, or `trưởng`, `chánh`, `phó` before a head noun."""

STATUS = re.compile(rf"{BEGIN}(nguyên|cựu|cố|quyền|tân|q\.)(?: là)? $")
"""What says, right before a title, that the post is held no more, or for the time being."""

NOT_ACTING = re.compile(r"(?:chính|thẩm|ủy|phân|cầm|đặc|tự|nhân|bản|tiếm|giành|lạm|nắm|trao|chủ) quyền $")
"""`quyền` as the end of another word."""

PLURAL = re.compile(
    rf"{BEGIN}(?:các|những|hai|ba|bốn|năm|sáu|\d{{1,2}})(?: đồng chí| vị| ông| nguyên| cựu| nữ){{0,2}} $"
)
"""What says, right before a title, that several persons bear it."""

NOT_HELD = re.compile(
    rf"{BEGIN}(?:ứng viên|ứng cử viên|ứng cử|tranh cử|bầu cử|bầu|văn phòng|dinh|phủ|mạo danh|giả danh|giả làm)(?: của| cho| làm)? $"
)
"""What says, right before a title, that it is nobody's here."""

NOT_OF_BEFORE = re.compile(
    rf"{BEGIN}(?:phu nhân|vợ|chồng|con trai|con gái|em trai|anh trai|con rể|trợ lý|thư ký|cố vấn|thay mặt|đặc phái viên|luật sư|"
    r"người tiền nhiệm|cấp dưới|chính quyền|thời)(?: của| cho)?(?: cựu| cố| nguyên)? $"
)
"""What says, right before a title, that its holder is not the person named before."""

LEVELS = re.compile(r" (?:tỉnh|huyện|quận|xã|phường|thị trấn|thị xã|thành phố|tp|bang|đặc khu|liên bang)" + END)
"""The unit that a title carries where no body follows: `Phó chủ tịch tỉnh`, `Bí thư phường`."""

FIELDS = (
    "ngoại giao", "quốc phòng", "y tế", "tài chính", "công thương", "công an", "nội vụ", "tư pháp", "xây dựng", "giao thông vận tải",
    "giao thông", "gtvt", "giáo dục và đào tạo", "giáo dục", "đào tạo", "gd-đt", "gd&đt", "gdđt", "khoa học và công nghệ", "khoa học công nghệ",
    "khoa học", "công nghệ", "kh-cn", "kh&cn", "khcn", "nông nghiệp", "nông nghiệp và môi trường", "nn&ptnt", "nn-ptnt", "phát triển nông thôn",
    "nông thôn", "văn hóa", "thể thao", "du lịch", "vh-tt-dl", "vhttdl", "vh,tt&dl", "thông tin và truyền thông", "thông tin", "truyền thông",
    "tt&tt", "tt-tt", "lao động", "thương binh và xã hội", "thương binh", "xã hội", "phúc lợi", "lđ-tb&xh", "lđ-tb-xh", "lđtb&xh", "lđ-tb và xh",
    "kế hoạch và đầu tư", "kế hoạch", "đầu tư", "kh-đt", "kh&đt", "khđt", "tài nguyên và môi trường", "tài nguyên", "môi trường", "tn-mt",
    "tn&mt", "tnmt", "thương mại", "năng lượng", "dầu mỏ", "dầu khí", "kinh tế", "công nghiệp", "an ninh", "an ninh quốc gia", "an ninh nội địa",
    "an ninh công cộng", "chiến tranh", "nhà ở", "phát triển đô thị", "đô thị", "hải quân", "lục quân", "không quân", "biển", "thủy sản", "hàng hải",
    "lâm nghiệp", "lương thực", "di trú", "nhập cư", "ngân khố", "hành chính", "thanh niên", "phụ nữ", "gia đình", "trẻ em", "cựu chiến binh",
    "dân tộc", "tôn giáo", "dân tộc thiểu số", "các vấn đề nghị viện", "các vấn đề hàng hải", "các vấn đề", "thống nhất", "kinh tế và tài chính",
    "quan hệ đối ngoại", "đối ngoại", "chuyển đổi số", "kỹ thuật số", "số hóa", "nhân lực", "nguồn nhân lực", "phát triển", "hợp tác quốc tế", "nông - lâm",
    "khí hậu", "đất đai", "cơ sở hạ tầng", "hạ tầng", "vận tải", "nội các", "chăm sóc sức khỏe", "dịch vụ nhân sinh", "khai khoáng", "mỏ", "thủy lợi",
    "doanh nghiệp nhỏ và vừa", "đất đai, cơ sở hạ tầng", "thông tấn", "thuế", "di sản", "nghệ thuật", "cải cách", "phòng chống khủng bố", "tình báo",
)  # fmt: skip
"""What a ministry may be for, in lower case."""

FIELD = re.compile(rf" {any_of(FIELDS)}(?:(?:,| và| -|-| –|, và| &)? ?{any_of(FIELDS)}){{0,3}}{END}")
"""The field of a minister, in lower-cased text."""

THAT_BODY = re.compile(
    r" (?:của )?(?P<noun>sở|bộ|ngân hàng|tập đoàn|tổng công ty|công ty|doanh nghiệp|đơn vị|cơ quan|trường|bệnh viện|hội|hiệp hội|liên đoàn|viện|"
    rf"câu lạc bộ|clb|hợp tác xã|htx|trung tâm|đảng|tổ chức|quỹ|hãng)(?: này| trên| đó| nói trên)?{END}(?! [a-zà-ỹđ]+ [A-ZĐ])"
)
"""A common noun after a title that stands for a body named before."""

TO_BODY = re.compile(r"(?: (?:của|thuộc|tại|ở|cho|kiêm nhiệm))? [\"“'‘]?")
"""What may stand between a title and its body."""

TAIL = re.compile(
    r"(?:,? (?:khóa|nhiệm kỳ|nhiệm kì) (?:[IVXLC]+|\d{1,2})?(?:\d{2,4} ?[-–] ?\d{2,4})?(?:,? nhiệm kỳ \d{4} ?[-–] ?\d{4})?)?"
    r"(?: ?\((?!ông|bà|trái|phải|giữa|đứng|ngồi|người|ảnh|nay|cũ)[^()\n]{1,45}\))?"
)
"""What may trail a post: its term, an abbreviation in brackets."""

_PREFIXES = [row["honorific"] for row in table("honorifics")]
_DEGREES = [row["degree"] for row in table("degrees")]
_RANKS = [row["rank"] for row in table("ranks")]

PREFIX = f"(?i:{any_of({*_PREFIXES, *_DEGREES, *_RANKS})})"
"""A word that may stand before a name: honorific, rank, degree, occupation."""

TOKEN = rf"(?:(?:al|el|as|ash)-)?[{UPPER}](?:(?:\.[{UPPER}])*\.(?= [{UPPER}])|(?:\.[{UPPER}])+|[^\W\d_]*(?:['’‘`-][^\W\d_]+)*)"
PARTICLE = r"(?:(?:bin|ibn|bint|binti|al|el|de|da|do|dos|di|del|della|van|von|der|den|du|la|le|ten|ter)(?: (?:de|la|las|los|der|den|el))? )"
RUN = rf"{TOKEN}(?: {PARTICLE}?{TOKEN}){{0,7}}"

NAME = re.compile(
    rf"{BEGIN}(?P<prefix>(?:{PREFIX}(?:\. ?|, | ?- ?| |/)){{0,3}}{PREFIX}(?:\. ?| {{1,2}}))?(?P<run>{RUN}){END}"
)
"""A run of capitalised words, with the honorifics, ranks and degrees before it."""

PREFIX_WORD = re.compile(rf"{BEGIN}{PREFIX}{END}")

RANK = re.compile(f"{BEGIN}{any_of(_RANKS)}{END}")
"""A rank, in lower-cased text."""
