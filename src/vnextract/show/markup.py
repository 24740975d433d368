"""HTML that holds other people's words: escaping, marked-up paragraphs, and files that can fetch nothing."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from vnextract.kinds import KINDS, FactKind
from vnextract.records import ArticleRecord
from vnextract.show.article import origin
from vnextract.show.facts import FAIRLY_SURE, UNSURE, Fact, Field, folded
from vnextract.show.marks import Close, Mark, Open, Paragraph, nested
from vnextract.show.words import Language, Speech, speech
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
    """A value as JSON that may stand inside a `<script>` element, and reads back as it was, to the last character."""
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE_IN_SCRIPT)
    return _NO_CHARACTER.sub(lambda sign: f"\\u{ord(sign[0]):04x}", words)


def told(key: str, say: Speech, *values: object, element: str = "span") -> str:
    """Words of ours, which the page can say in another language."""
    filled = f' data-values="{safe(json.dumps([str(value) for value in values]))}"' if values else ""
    return f'<{element} data-w="{key}"{filled} lang="{say.language}">{safe(say(key, *values))}</{element}>'


def marked(text: str, paragraph: Paragraph, level: int = 1) -> str:
    """One paragraph of an article as HTML, its facts as `<mark>` elements; titles are headings of the level given."""
    inner = "".join(_pieces(text, paragraph))
    place = f'data-start="{paragraph.start}"'
    if paragraph.kind is BlockKind.CAPTION:
        return f'<p class="caption" {place}>{inner}</p>'
    element = {BlockKind.TITLE: f"h{level}", BlockKind.HEADING: f"h{level + 1}"}.get(paragraph.kind, "p")
    return f"<{element} {place}>{inner}</{element}>"


def _pieces(text: str, paragraph: Paragraph) -> Iterator[str]:
    closing: list[str] = []
    for event in nested(paragraph.start, paragraph.end, paragraph.marks):
        if isinstance(event, Open):
            closing.append("</mark>" if event.mark.number else "</span>")
            yield _opened(event.mark)
        elif isinstance(event, Close):
            yield closing.pop()
        else:
            # A bare carriage return would become a line feed, and one before a line feed would vanish.
            yield safe(text[event.start : event.end]).replace("\r", "&#13;")


def _opened(mark: Mark) -> str:
    key = safe(mark.key)
    if not mark.number:
        return f'<span class="post" data-of="{key}">'
    # Only the first part of a mention that is cut can be jumped to, so that the Tab key stops once.
    anchor = "" if mark.continued else f' id="{key}-{mark.number}"'
    which = f'data-fact="{key}" data-n="{mark.number}"{surely(mark.sure)}{anchor}'
    return f'<mark class="{mark.kind}{paleness(mark.sure)}" {which}>'


def paleness(sure: float | None) -> str:
    """A class for what may be wrong: ` unsure`, ` fairly`, or none."""
    if sure is None or sure >= FAIRLY_SURE:
        return ""
    return " unsure" if sure < UNSURE else " fairly"


def surely(sure: float | None) -> str:
    """An attribute that says how sure something is, in per cent."""
    return "" if sure is None else f' data-sure="{round(100 * sure)}"'


def legend(counts: Iterable[tuple[FactKind, int]], say: Speech) -> str:
    """The four kinds with their marks; the page's script makes buttons of them that show and hide the marks."""
    items = "".join(
        f'<li data-kind="{kind}"><span class="swatch {kind}">{told(KINDS[kind].field, say)}</span> '
        f'<span class="count">{count}</span></li>'
        for kind, count in counts
    )
    return f'<ul class="legend">{items}</ul>'


def described(fact: Fact, say: Speech) -> str:
    """What a page tells of a fact besides its heading; `describe.js` makes the same in the other language."""
    main = "".join(_field(field) for field in fact.fields if not field.minor)
    minor = "".join(_field(field) for field in fact.fields if field.minor)
    rules = "".join(f"<dt>{told('rule', say)}</dt><dd>{safe(rule)}</dd>" for rule in fact.rules)
    line = f'<p class="line">{safe(fact.line)}</p>' if fact.line else ""
    more = f"<details>{told('more', say, element='summary')}<dl>{minor}{rules}</dl></details>"
    return f"{line}{f'<dl>{main}</dl>' if main else ''}{more}"


def _field(field: Field) -> str:
    value = safe(field.value)
    words = f'<a href="#{safe(field.to)}-1">{value}</a>' if field.to else value
    sure = (
        f' <span class="sure{paleness(field.sure)}">{round(100 * field.sure)}%</span>' if field.sure is not None else ""
    )
    return f"<dt>{safe(field.label)}</dt><dd>{words}{sure}</dd>"


def data(say: Speech, found: Mapping[Language, Iterable[Fact]], review: object = None) -> str:
    """What the page's script reads: the words of all languages, the facts in each, what a reader may correct."""
    facts: dict[str, dict[str, object]] = {}
    for language, told_facts in found.items():
        for alike in folded(told_facts):
            first, *others = alike
            entry = facts.setdefault(first.key, _entry(first))
            entry[language] = [first.line, [[f.label, f.value, f.sure, f.to, f.minor] for f in first.fields]]
            facts |= {other.key: {"as": first.key, "sure": other.sure} for other in others}
    value = {
        "language": say.language,
        "words": {language: speech(language).words for language in Language},
        "facts": facts,
        "review": review,
    }
    return f'<script type="application/json" id="data">{script_json(value)}</script>'


def _entry(fact: Fact) -> dict[str, object]:
    return {
        "kind": fact.kind,
        "heading": printable(fact.heading),
        "count": len(fact.mentions),
        "sure": fact.sure,
        "rules": fact.rules,
        "to": fact.linked,
        "posts": [[post.start, post.end] for post in fact.posts],
    }


def origin_line(record: ArticleRecord, say: Speech) -> str:
    """Where the article comes from, with a link to it where it has an address on the web."""
    address = web_address(record.url)
    link = f'<a href="{safe(address)}" rel="noopener noreferrer">{told("original", say)}</a>' if address else ""
    return f'<p class="origin">{" · ".join(filter(None, (safe(origin(record, say)), link)))}</p>'


SCRIPTS = ("core", "describe", "light", "panel", "filters", "language", "keys")
"""The modules that every page runs, in order; each reads and fills `page`, which `core.js` makes."""
REVIEW_SCRIPTS = ("places", "draw", "gold", "form", "review")
"""Those of a page on which a reader may correct."""


def document(title: str, body: str, styles: Iterable[str], scripts: Iterable[str] = SCRIPTS) -> str:
    """A whole HTML file; its policy lets run what is in it and nothing else, and fetches nothing.

    Args:
        title: What the browser's tab shows.
        body: The content of `<body>`, as HTML.
        styles: Names of the style sheets in `assets/`.
        scripts: Names of the modules in `assets/`.
    """
    style = "".join(asset(f"{name}.css") for name in styles)
    code = "".join(asset(f"{name}.js") for name in scripts)
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
