"""One article and its facts as a single HTML file: nothing is fetched, everything from the article is escaped."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from vnextract.kinds import KINDS, FactKind
from vnextract.records import ArticleRecord
from vnextract.show.article import article_text, headline, notes, title_apart
from vnextract.show.facts import Fact, facts, folded
from vnextract.show.marks import marks, paragraphs, posts
from vnextract.show.markup import (
    REVIEW_SCRIPTS,
    SCRIPTS,
    data,
    described,
    document,
    legend,
    marked,
    origin_line,
    paleness,
    safe,
    surely,
    told,
)
from vnextract.show.review import review
from vnextract.show.words import Language, Speech, speech

_FACTS_LISTED = 200
"""Per kind; the others unfold."""
_LINKS_SHOWN = 30
_MANY_PARAGRAPHS = 200
_PARAGRAPHS_TOGETHER = 25


def page(record: ArticleRecord, language: str | None = None, back: str = "") -> str:
    """The page of one record, as HTML.

    Args:
        record: What was extracted.
        language: What the page speaks at first, "en" or "vi"; its reader can change it.
        back: Address of the page that this one belongs to, where there is one.

    Raises:
        UnknownLanguageError: `language` is neither.
    """
    say = speech(language)
    found = {one: list(facts(record, one)) for one in Language}
    shown = found[say.language]
    text = article_text(record)
    counts = [(kind, sum(fact.kind is kind for fact in shown)) for kind in FactKind]
    home = f'<p class="back"><a href="{safe(back)}">{told("back", say)}</a></p>' if back else ""
    body = (
        f'<a class="skip" href="#facts">{told("skip", say)}</a>\n'
        f"<header>{home}{origin_line(record, say)}{legend(counts, say)}</header>\n"
        f'<main class="page">{_article(record, text, shown, say)}\n{_panel(shown, say)}</main>\n'
        f"<footer>{told('made_with', say, record.version)}</footer>\n{data(say, found, review(record))}"
    )
    return document(headline(record, text), body, ("common", "page", "review"), (*SCRIPTS, *REVIEW_SCRIPTS, "start"))


def _notes(record: ArticleRecord, say: Speech) -> str:
    items = "".join(f"<li>{safe(note)}</li>" for note in notes(record, say))
    return f'<ul class="notes" lang="{say.language}" aria-label="{safe(say("warnings"))}">{items}</ul>' if items else ""


def _article(record: ArticleRecord, text: str, found: Sequence[Fact], say: Speech) -> str:
    parts = list(paragraphs(text, [*marks(found), *posts(found)]))
    apart = title_apart(record, text)
    title = f"<h1>{safe(apart)}</h1>" if apart else ""
    drawn = [marked(text, part) for part in parts] or [f'<p class="empty">{told("empty", say)}</p>']
    long = ' class="long"' if len(drawn) > _MANY_PARAGRAPHS else ""
    inner = "\n".join(_grouped(drawn) if long else drawn)
    return f'<article id="article"{long}>{_notes(record, say)}{title}\n{inner}</article>'


def _grouped(drawn: list[str]) -> Iterator[str]:
    """Paragraphs in groups, so that the browser lays out only the groups in sight."""
    for start in range(0, len(drawn), _PARAGRAPHS_TOGETHER):
        yield f"<div>{''.join(drawn[start : start + _PARAGRAPHS_TOGETHER])}</div>"


def _panel(found: Sequence[Fact], say: Speech) -> str:
    groups = groupby(folded(found), key=lambda alike: alike[0].kind)
    sections = "\n".join(_section(kind, list(members), say) for kind, members in groups)
    nothing = f'<p class="empty">{told("no_facts", say)}</p>'
    heading = f'<h2 class="unseen" id="facts-heading">{told("facts", say)}</h2>'
    return f'<aside id="facts" tabindex="-1" aria-labelledby="facts-heading">{heading}{sections or nothing}</aside>'


def _section(kind: FactKind, members: list[tuple[Fact, ...]], say: Speech) -> str:
    items = [_item(alike, say) for alike in members]
    rest = items[_FACTS_LISTED:]
    unfold = told("rest", say, say.number(len(rest)), element="summary")
    more = f'<details class="rest">{unfold}<ol>{"".join(rest)}</ol></details>' if rest else ""
    count = sum(map(len, members))
    return (
        f'<section class="{kind}" data-kind="{kind}"><h3>{told(KINDS[kind].field, say)} '
        f'<span class="count">{count}</span></h3><ol>{"".join(items[:_FACTS_LISTED])}</ol>{more}</section>'
    )


def _item(alike: tuple[Fact, ...], say: Speech) -> str:
    fact = alike[0]
    first, *others = _links(alike)
    sure = max((one.confidence for one in alike if one.confidence is not None), default=None)
    times = f' <span class="times">×{len(alike)}</span>' if len(alike) > 1 else ""
    share = f' <span class="sure{paleness(sure)}">{round(100 * sure)}%</span>' if sure is not None else ""
    again = f'<p class="again">{" ".join(others)}</p>' if others else ""
    keys = safe(" ".join(one.key for one in alike))
    return (
        f'<li data-fact="{safe(fact.key)}" data-all="{keys}"{surely(sure)}>{first}{times}{share}'
        f'<div class="told">{described(fact, say)}</div>{again}</li>'
    )


def _links(alike: tuple[Fact, ...]) -> Iterator[str]:
    """A link to each mention, the first by the fact's name, the others by their number."""
    heading = safe(alike[0].heading)
    anchors = [f"{safe(fact.key)}-{place}" for fact in alike for place in range(1, len(fact.mentions) + 1)]
    yield f'<a href="#{anchors[0]}">{heading}</a>'
    for number, anchor in enumerate(anchors[1:_LINKS_SHOWN], 2):
        yield f'<a href="#{anchor}" aria-label="{heading}, {number}">{number}</a>'
    if len(anchors) > _LINKS_SHOWN:
        yield f"… {len(anchors)}"
