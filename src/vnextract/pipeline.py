"""The face's functions: one article, many articles, the order of the extractors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from vnextract.article import Article
from vnextract.assemble import assemble, failed
from vnextract.dates.component import find_dates
from vnextract.document import Document
from vnextract.errors import InputTypeError, VnextractError
from vnextract.indicators.component import find_figures
from vnextract.links import link
from vnextract.officials.component import find_people
from vnextract.organisations.component import find_bodies
from vnextract.records import ArticleRecord

Stage = Callable[[Document], None]

STAGES: Mapping[str, Stage] = {
    "vnextract.dates": find_dates,
    "vnextract.indicators": find_figures,
    "vnextract.organisations": find_bodies,
    "vnextract.officials": find_people,
    "vnextract.links": link,
}
"""The extractors by name, in the order in which each reads what came before."""


def extract(
    text: str,
    published: str | date | None = None,
    *,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> ArticleRecord:
    """Extract everything from one article.

    Args:
        text: The article, as it came; offsets in the record count its code points.
        published: Publication day, month (`2023-05`) or year as ISO text, or a `date`; None when unknown.
        id: Identifier to copy into the record.
        title: Headline, where the text does not begin with it.
        source: Newspaper or site; it can settle whose `UBND tỉnh` is meant.
        url: Address to copy into the record.

    Raises:
        InputTypeError: `text` is no string, or `published` of a wrong type.
        PublishedError: `published` is no date.

    >>> record = extract("Chiều qua (24/5), UBND tỉnh Lai Châu tổ chức hội nghị.", published="2023-05")
    >>> [(found.mention.text, str(found.first_day)) for found in record.dates]
    [('Chiều qua', '2023-05-24'), ('24/5', '2023-05-24')]
    """
    if not isinstance(text, str):
        raise InputTypeError(f"text must be a string, not {type(text).__name__}")
    return extract_article(Article(text, id, title, published, source, url))


def extract_article(article: Article) -> ArticleRecord:
    """Extract everything from one `Article`.

    Raises:
        InputTypeError, PublishedError: as `extract`.
    """
    document = Document.of(article)
    for stage in STAGES.values():
        stage(document)
    return assemble(document)


def extract_or_fail(value: str | Article | Mapping[str, Any]) -> ArticleRecord:
    """As `extract_article`, but whatever goes wrong becomes a record with `failure` set."""
    try:
        article = Article.of(value)
    except VnextractError as error:
        known = value if isinstance(value, Mapping) else {}
        return failed(Article("", **{key: known.get(key) for key in ("id", "title", "source", "url")}), str(error))
    try:
        return extract_article(article)
    except Exception as error:
        return failed(article, f"{type(error).__name__}: {error}")


def extract_many(articles: Iterable[str | Article | Mapping[str, Any]], *, workers: int = 1) -> Iterator[ArticleRecord]:
    """Extract from many articles, lazily; records come in the order of the articles.

    An article that cannot be read gives a record with `failure` set and empty lists; the others go on.

    Args:
        articles: Texts, `Article` objects, or mappings with a `text` key.
        workers: Number of processes.

    >>> [record.failure is None for record in extract_many(["Sáng 16/4, UBND tỉnh họp.", {"text": None}])]
    [True, False]
    """
    yield from map(extract_or_fail, articles)
