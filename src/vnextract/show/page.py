"""One article and its facts as a single HTML file: nothing is fetched, everything from the article is escaped."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from vnextract.kinds import FactKind
from vnextract.records import ArticleRecord
from vnextract.show.article import article_text, headline, notes, title_apart
from vnextract.show.facts import Fact, facts
from vnextract.show.marks import marks, paragraphs
from vnextract.show.markup import card, document, legend, marked, origin_line, safe

_FACTS_LISTED = 200
"""Per kind; a button lists the others."""
_LINKS_SHOWN = 30
_MANY_PARAGRAPHS = 200
_PARAGRAPHS_TOGETHER = 25


def page(record: ArticleRecord) -> str:
    """The page of one record, as HTML."""
    found = list(facts(record))
    text = article_text(record)
    counts = [(kind, sum(fact.kind is kind for fact in found)) for kind in FactKind]
    body = (
        '<a class="skip" href="#facts" lang="en">Skip to the facts</a>\n'
        f'<header lang="en">{origin_line(record)}{legend(counts)}</header>\n'
        f'<main class="page">{_article(record, text, found)}\n{_panel(found)}</main>\n'
        f'<footer lang="en">Made with vnextract {safe(record.version)}</footer>\n{card(found)}'
    )
    return document(headline(record, text), body, "common.css", "page.css")


def _notes(record: ArticleRecord) -> str:
    items = "".join(f"<li>{safe(note)}</li>" for note in notes(record))
    return f'<ul class="notes" lang="en" aria-label="Warnings">{items}</ul>' if items else ""


def _article(record: ArticleRecord, text: str, found: Iterable[Fact]) -> str:
    parts = list(paragraphs(text, marks(found)))
    apart = title_apart(record, text)
    title = f"<h1>{safe(apart)}</h1>" if apart else ""
    drawn = [marked(text, part) for part in parts] or ['<p class="empty" lang="en">The article is empty.</p>']
    long = ' class="long"' if len(drawn) > _MANY_PARAGRAPHS else ""
    inner = "\n".join(_grouped(drawn) if long else drawn)
    return f'<article id="article"{long}>{_notes(record)}{title}\n{inner}</article>'


def _grouped(drawn: list[str]) -> Iterator[str]:
    """Paragraphs in groups, so that the browser lays out only the groups in sight."""
    for start in range(0, len(drawn), _PARAGRAPHS_TOGETHER):
        yield f"<div>{''.join(drawn[start : start + _PARAGRAPHS_TOGETHER])}</div>"


def _panel(found: Iterable[Fact]) -> str:
    groups = groupby(found, key=lambda fact: fact.kind)
    sections = "\n".join(_section(kind, list(members)) for kind, members in groups)
    nothing = '<p class="empty" lang="en">No facts were found.</p>'
    return f'<aside id="facts" tabindex="-1" aria-label="Facts">{sections or nothing}</aside>'


def _section(kind: FactKind, members: list[Fact]) -> str:
    items = "\n".join(map(_item, members[:_FACTS_LISTED]))
    hidden = len(members) - _FACTS_LISTED
    more = (
        f'<button type="button" lang="en" class="more">List <span>{hidden}</span> more</button>' if hidden > 0 else ""
    )
    return (
        f'<section class="{kind}" data-kind="{kind}">'
        f'<h2 lang="en">{kind.heading} <span class="count">{len(members)}</span></h2><ol>{items}</ol>{more}</section>'
    )


def _item(fact: Fact) -> str:
    first, *others = _links(fact)
    again = f'<span class="again">{" ".join(others)}</span>' if others else ""
    return f'<li data-fact="{safe(fact.key)}">{first}<small>{safe(fact.line)}</small>{again}</li>'


def _links(fact: Fact) -> Iterator[str]:
    yield f'<a href="#{safe(fact.key)}-1">{safe(fact.heading)}</a>'
    count = len(fact.mentions)
    for number in range(2, min(count, _LINKS_SHOWN) + 1):
        yield f'<a href="#{safe(fact.key)}-{number}" aria-label="{safe(fact.heading)}, {number}">{number}</a>'
    if count > _LINKS_SHOWN:
        yield f"… {count}"
