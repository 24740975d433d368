"""One article and its facts as a single HTML file: nothing is fetched, everything from the article is escaped."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from vnextract.records import ArticleRecord
from vnextract.show.facts import Fact, FactKind, facts
from vnextract.show.marks import article_text, marks, paragraphs
from vnextract.show.markup import document, legend, marked, safe, script_json, web_address
from vnextract.text.structure import BlockKind

_LINKS_SHOWN = 30
_MANY_PARAGRAPHS = 200
_TITLE_LENGTH = 120


def page(record: ArticleRecord) -> str:
    """The page of one record, as HTML."""
    found = list(facts(record))
    text = article_text(record)
    counts = [(kind, sum(fact.kind is kind for fact in found)) for kind in FactKind]
    data = {fact.key: [fact.kind, fact.heading, fact.fields] for fact in found}
    body = (
        '<a class="skip" href="#facts" lang="en">Skip to the facts</a>\n'
        f'<header lang="en">{_origin(record)}{_notes(record)}'
        f'<div class="legend" role="group" aria-label="Kinds of fact to mark">{legend(counts)}</div></header>\n'
        f"<main>{_article(record, text, found)}\n{_panel(found)}</main>\n"
        f'<footer lang="en">Made with vnextract {safe(record.version)}</footer>\n'
        '<div id="card" role="tooltip" hidden></div>\n'
        f'<script type="application/json" id="data">{script_json(data)}</script>'
    )
    return document(headline(record, text), body, ("common.css", "page.css"), "page.js")


def headline(record: ArticleRecord, text: str) -> str:
    """The article's title, or the words it begins with."""
    words = " ".join((record.title or text[: 2 * _TITLE_LENGTH].strip().partition("\n")[0]).split())
    if len(words) > _TITLE_LENGTH:
        words = words[:_TITLE_LENGTH].rpartition(" ")[0] + " …"
    return words or record.id or "Article"


def _origin(record: ArticleRecord) -> str:
    address = web_address(record.url)
    link = f'<a href="{safe(address)}" rel="noopener noreferrer">original article</a>' if address else None
    parts = [safe(part) for part in (record.source, record.published, record.id) if part]
    return f'<p class="origin">{" · ".join(filter(None, (*parts, link)))}</p>' if parts or link else ""


def _notes(record: ArticleRecord) -> str:
    notes = [f"Nothing could be extracted: {record.failure}"] if record.failure else []
    items = "".join(f"<li>{safe(note)}</li>" for note in (*notes, *record.warnings))
    return f'<ul class="notes" aria-label="Warnings">{items}</ul>' if items else ""


def _article(record: ArticleRecord, text: str, found: Iterable[Fact]) -> str:
    parts = list(paragraphs(text, marks(found)))
    has_title = any(part.kind is BlockKind.TITLE for part in parts)
    title = f"<h1>{safe(headline(record, text))}</h1>" if record.title and not has_title else ""
    drawn = "\n".join(marked(text, part) for part in parts) or '<p class="empty" lang="en">The article is empty.</p>'
    long = ' class="long"' if len(parts) > _MANY_PARAGRAPHS else ""
    return f'<article id="article"{long}>{title}\n{drawn}</article>'


def _panel(found: Iterable[Fact]) -> str:
    groups = groupby(found, key=lambda fact: fact.kind)
    sections = "\n".join(_section(kind, list(members)) for kind, members in groups)
    nothing = '<p class="empty" lang="en">No facts were found.</p>'
    return f'<aside id="facts" tabindex="-1" aria-label="Facts">{sections or nothing}</aside>'


def _section(kind: FactKind, members: list[Fact]) -> str:
    items = "\n".join(map(_item, members))
    return (
        f'<section class="{kind}"><h2 lang="en">{kind.heading} <span class="count">{len(members)}</span></h2>'
        f"<ol>{items}</ol></section>"
    )


def _item(fact: Fact) -> str:
    first, *others = _links(fact)
    more = f'<span class="again" lang="en" aria-label="Named again">{" ".join(others)}</span>' if others else ""
    line = f"<small>{safe(fact.line)}</small>" if fact.line else ""
    return f'<li data-fact="{fact.key}">{first}{line}{more}</li>'


def _links(fact: Fact) -> Iterator[str]:
    yield f'<a href="#{fact.key}-1">{safe(fact.heading)}</a>'
    count = len(fact.mentions)
    for number in range(2, min(count, _LINKS_SHOWN) + 1):
        yield f'<a href="#{fact.key}-{number}">{number}</a>'
    if count > _LINKS_SHOWN:
        yield f"… {count}"
