"""The face's functions: one article, many articles, the order of the extractors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from vnextract.article import Article
from vnextract.assemble import Assembler
from vnextract.dates.component import find_dates
from vnextract.document import Document
from vnextract.errors import InputTypeError
from vnextract.indicators.component import find_figures
from vnextract.links import link
from vnextract.officials.component import find_people
from vnextract.organisations.component import find_bodies
from vnextract.records import ArticleRecord
from vnextract.version import __version__

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
    return Assembler(document, __version__).record()
