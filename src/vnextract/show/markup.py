"""HTML that holds other people's words: escaping, marked-up paragraphs, and files that can fetch nothing."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from vnextract.kinds import FactKind
from vnextract.records import ArticleRecord
from vnextract.show.article import origin
from vnextract.show.facts import Fact
from vnextract.show.marks import Close, Open, Paragraph, nested
from vnextract.text.structure import BlockKind

# What no HTML document may hold: controls, surrogates without a partner, code points that are no characters.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)


def printable(text: str) -> str:
    """Text with a sign for every control character, so that a page stays valid and a terminal obeys no article.

    >>> printable("a\\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return _NO_CHARACTER.sub("\ufffd", text)


def safe(text: str) -> str:
    """Text as HTML that shows it, whatever it holds.

    >>> safe("<script>\\x00")
    '&lt;script&gt;\ufffd'
    """
    return escape(printable(text))


def web_address(url: str | None) -> str | None:
    """An address that a link may lead to, or None: no `javascript:`, no `file:`."""
    return url if url and _WEB_ADDRESS.fullmatch(url) else None


def script_json(value: object) -> str:
    """A value as JSON that may stand inside a `<script>` element."""
    return printable(json.dumps(value, ensure_ascii=False)).translate(_UNSAFE_IN_SCRIPT)


def marked(text: str, paragraph: Paragraph, level: int = 1) -> str:
    """One paragraph of an article as HTML, its facts as `<mark>` elements; titles are headings of the level given."""
    inner = "".join(_pieces(text, paragraph))
    if paragraph.kind is BlockKind.CAPTION:
        return f'<p class="caption">{inner}</p>'
    element = {BlockKind.TITLE: f"h{level}", BlockKind.HEADING: f"h{level + 1}"}.get(paragraph.kind, "p")
    return f"<{element}>{inner}</{element}>"


def _pieces(text: str, paragraph: Paragraph) -> Iterator[str]:
    for event in nested(paragraph.start, paragraph.end, paragraph.marks):
        if isinstance(event, Open):
            mark = event.mark
            # Only the first part of a mention that is cut can be jumped to, so that the Tab key stops once.
            key = safe(mark.key)
            anchor = "" if mark.continued else f' id="{key}-{mark.number}" tabindex="0"'
            yield f'<mark class="{mark.kind}" data-fact="{key}"{anchor}>'
        elif isinstance(event, Close):
            yield "</mark>"
        else:
            yield safe(text[event.start : event.end])


def legend(counts: Iterable[tuple[FactKind, int]]) -> str:
    """The four kinds as buttons that show and hide their marks."""
    buttons = "".join(
        f'<button type="button" aria-pressed="true" data-kind="{kind}">'
        f'<span class="swatch {kind}">{kind.heading}</span> <span class="count">{count}</span></button>'
        for kind, count in counts
    )
    return f'<div class="legend" role="group" aria-label="Kinds of fact to mark">{buttons}</div>'


def card(facts: Iterable[Fact]) -> str:
    """The card that opens at a mark, and what it tells of each fact."""
    data = {fact.key: [fact.kind, fact.heading, fact.line, len(fact.mentions), fact.fields] for fact in facts}
    return (
        '<div id="card" role="tooltip" hidden></div>\n'
        f'<script type="application/json" id="data">{script_json(data)}</script>'
    )


def origin_line(record: ArticleRecord) -> str:
    """Where the article comes from, with a link to it where it has an address on the web."""
    address = web_address(record.url)
    link = f'<a href="{safe(address)}" rel="noopener noreferrer">original article</a>' if address else ""
    return f'<p class="origin" lang="en">{" · ".join(filter(None, (safe(origin(record)), link)))}</p>'


def document(title: str, body: str, *styles: str) -> str:
    """A whole HTML file; its policy lets run what is in it and nothing else, and fetches nothing.

    Args:
        title: What the browser's tab shows.
        body: The content of `<body>`, as HTML.
        styles: Names of the style sheets in `assets/`.
    """
    style, code = "".join(map(asset, styles)), asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(code)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return Template(asset("document.html")).substitute(
        title=safe(title), policy=policy, style=style, body=body, script=code
    )


@cache
def asset(name: str) -> str:
    """A file of `assets/`."""
    return files("vnextract.show").joinpath("assets", name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
