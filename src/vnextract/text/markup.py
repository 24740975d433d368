"""What other programs left in a text: character references, tags, Markdown, the underscores of word segmenters.

Each function lists its edits, `(start, end, what stands there instead)`, in the order of the text.
"""

import re
from collections.abc import Iterator
from html import unescape

from vnextract.text.alignment import Edit
from vnextract.text.late import late
from vnextract.text.letters import ACCENTED

_REFERENCE = late(
    r"&(?:(?:amp|#0{0,5}38|#[xX]0{0,4}26);)*(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(nbsp)\b)"
)

_BLOCKS = (
    "address|article|aside|blockquote|body|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|"
    "header|hr|html|iframe|img|li|link|main|meta|nav|ol|option|p|picture|pre|section|select|source|table|tbody|tfoot|"
    "thead|title|tr|ul|video"
)
_LINES = "br|caption|td|th"
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|o:p|q|s|samp|small|span|"
    "st1:[a-z]+|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_ATTRIBUTES = r"""(?:\s++[\w:-]++\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>]++))*+\s*+/?"""
_TAG = late(
    r"<(?:(script|style)\b[^<>]*+>[^<]*+</\1|!--[^<>]*+(?<=--)|!doctype\b[^<>]*+|"
    rf"/?(?:(?P<block>{_BLOCKS})|(?P<line>{_LINES})|{_INLINE}){_ATTRIBUTES})>",
    re.IGNORECASE,
)

_MARKS = late(
    r"(?<![*\w\\])(?P<star>\*{1,3}+)(?=[^\s*])[^*\n]{1,400}+(?<=\S)(?P=star)(?![*\w])|"
    r"(?<![\w\\])(?P<line>_{1,3}+)(?=[^\W_])[^_\n]{1,400}+(?<=\S)(?P=line)(?!\w)|"
    r"!?\[(?P<link>[^\[\]\n]{1,300}+)\](?P<target>\((?:https?:/)?/[^()\s]{1,500}+\))|"
    r"^(?P<heading>#{1,6}+ +)(?=\S)",
    re.MULTILINE,
)

_JOINED = late(r"(?<!\S)[^\s_]++(?:_++[^\s_]++)++")
_JOINT = late(r"(?<=[^\s_])_++(?=[^\s_])")
_PARTED = late(r"(?<=\S) (?=[,.;:!?…)\]”’](?:\s|\Z))|(?<=[(\[“‘]) (?=\S)")
# An accent, or the name of a foreigner: `Kumho_Tires`. Names of users, addresses of pages are no words.
_OF_A_TEXT = late(rf"\S*[{ACCENTED}]|\W*[A-Z][a-z]+(?:_[A-Z][a-z]+)+\W*\Z")
_OTHER = late(r"\S*(?:[@/\\#=]|\.[a-z])")
_ENOUGH_JOINED = 2


def references(text: str) -> Iterator[Edit]:
    """Character references, escaped ones too: `&nbsp;`, `&#7877;`, `&amp;quot;`.

    >>> list(references("Tr&#7847;n &amp; R&D"))
    [(2, 9, 'ầ'), (11, 16, '&')]
    """
    if "&" not in text:
        return
    for match in _REFERENCE.finditer(text):
        reference = f"&{match.group(1) or match.group(2)};"
        meant = unescape(reference)
        if meant != reference:
            yield *match.span(), meant


def tags(text: str) -> Iterator[Edit]:
    """Tags of HTML, comments and scripts; those that end a paragraph or a cell become line breaks.

    >>> list(tags("<p>Sở <b>Y tế</b> họp<br/>giá < 5 và > 3"))
    [(0, 3, '\\n\\n'), (6, 9, ''), (13, 17, ''), (21, 26, '\\n')]
    """
    if "<" not in text or ">" not in text:
        return
    for match in _TAG.finditer(text):
        yield *match.span(), "\n\n" if match["block"] else "\n" if match["line"] else ""


def marks(text: str) -> Iterator[Edit]:
    """Marks of Markdown around words: emphasis, links, headings.

    >>> list(marks("**Sáng 16/4**, _Sở Y tế_ họp; 2*3*4; xem [báo](https://bao.vn/1)"))
    [(0, 2, ''), (11, 13, ''), (15, 16, ''), (23, 24, ''), (41, 42, ''), (45, 64, '')]
    """
    if not ("*" in text or "_" in text or "](" in text or "# " in text):
        return
    for match in _MARKS.finditer(text):
        start, end = match.span()
        if match["heading"]:
            yield start, end, ""
        elif match["link"]:
            yield start, match.start("link"), ""
            yield match.start("target") - 1, end, ""
        else:
            width = len(match["star"] or match["line"])
            yield start, start + width, ""
            yield end - width, end, ""


def joints(text: str) -> Iterator[Edit]:
    """The underscores that word segmenters put between syllables, and the blanks that they put before stops.

    Names of users and files keep theirs: a word must have an accent or capitals, or stand among words that have.

    >>> [text for _, _, text in joints("Ông Nguyễn_Văn_Hòa , Chủ_tịch xã ; tài khoản bao_moi")]
    [' ', ' ', '', ' ', '', ' ']
    >>> list(joints("tài khoản bao_moi"))
    []
    """
    if "_" not in text:
        return
    words = [*_JOINED.finditer(text)]
    known = [word for word in words if _OF_A_TEXT.match(word.group())]
    segmented = len(known) >= _ENOUGH_JOINED and len(known) * 2 >= len(words)
    joined = [word for word in words if not _OTHER.match(word.group())] if segmented else known
    found: list[Edit] = [(*at.span(), " ") for word in joined for at in _JOINT.finditer(text, *word.span())]
    if segmented:
        found += [(*match.span(), "") for match in _PARTED.finditer(text)]
        found.sort()
    yield from found
