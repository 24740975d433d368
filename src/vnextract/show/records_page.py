"""Several records as a single HTML file: a list of articles, each unfolds with its facts marked."""

from collections.abc import Iterable

from vnextract.kinds import FactKind
from vnextract.records import ArticleRecord
from vnextract.show.article import article_text, headline, notes, title_apart
from vnextract.show.facts import Fact, facts
from vnextract.show.marks import marks, paragraphs, posts
from vnextract.show.markup import SCRIPTS, data, document, legend, marked, origin_line, safe, told
from vnextract.show.words import Language, Speech, speech
from vnextract.version import __version__


def records_page(records: Iterable[ArticleRecord], language: str | None = None) -> str:
    """The page of some records, as HTML.

    Raises:
        UnknownLanguageError: `language` is neither "en" nor "vi".
    """
    say, kept = speech(language), list(records)
    found = {one: [list(_prefixed(record, n, one)) for n, record in enumerate(kept, 1)] for one in Language}
    shown = found[say.language]
    counts = [(kind, sum(fact.kind is kind for each in shown for fact in each)) for kind in FactKind]
    drawn = [
        folded_article(record, number, each, say)
        for number, (record, each) in enumerate(zip(kept, shown, strict=True), 1)
    ]
    body = (
        f"<header>{legend(counts, say)}</header>\n"
        f'<main class="report"><h1>{told("articles", say, say.number(len(kept)))}</h1>'
        f'<div id="article">{"".join(drawn)}</div></main>\n'
        f"<footer>{told('made_with', say, __version__)}</footer>\n"
        f"{data(say, {one: [fact for each in lists for fact in each] for one, lists in found.items()})}"
    )
    return document(say("articles", len(kept)), body, ("common", "report"), (*SCRIPTS, "start"))


def _prefixed(record: ArticleRecord, number: int, language: str) -> Iterable[Fact]:
    return (fact.within(f"a{number}-") for fact in facts(record, language))


def folded_article(record: ArticleRecord, number: int, found: Iterable[Fact], say: Speech) -> str:
    """One article of several, which unfolds; the keys of its facts begin with `aN-`."""
    found, text = list(found), article_text(record)
    title = title_apart(record, text)
    parts = paragraphs(text, [*marks(found), *posts(found)])
    drawn = "\n".join(marked(text, part, level=3) for part in parts)
    said = "".join(f'<p class="note">{safe(note)}</p>' for note in notes(record, say))
    nothing = f'<p class="empty">{told("no_text", say)}</p>'
    return (
        f'<details id="a{number}"><summary>{safe(headline(record, text))}</summary>{origin_line(record, say)}{said}'
        f"{f'<h3>{safe(title)}</h3>' if title else ''}{drawn or nothing}</details>\n"
    )
