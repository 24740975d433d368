"""The face's functions: one article, many articles, the order of the extractors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from vnextract.article import Article
from vnextract.assemble import assemble, failed
from vnextract.confidence.select import checked, confident
from vnextract.errors import InputTypeError, VnextractError
from vnextract.findings import Findings, with_bodies, with_dates, with_figures, with_people, with_relations
from vnextract.given import Frame, One, articles_in
from vnextract.loading import collector_paused
from vnextract.records import ArticleRecord

Stage = Callable[[Findings], Findings]

STAGES: Mapping[str, Stage] = {
    "vnextract.dates": with_dates,
    "vnextract.indicators": with_figures,
    "vnextract.organisations": with_bodies,
    "vnextract.officials": with_people,
    "vnextract.links": with_relations,
}
"""The extractors by name, in the order in which each reads what came before."""


def extract(
    text: One,
    published: str | date | None = None,
    *,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    min_confidence: float | None = None,
) -> ArticleRecord:
    """Extract everything from one article.

    Args:
        text: The article, as it came; offsets in the record count its code points. An `Article`, or a mapping such as
            a row of a table, is taken too, as in `extract_many`; what is named beside it holds instead of its own.
        published: Publication day, month (`2023-05`) or year as ISO text, or a `date`; None when unknown: then a date
            that the article's address or its own date line prints is used, and a warning of the record says so.
        id: Identifier to copy into the record.
        title: Headline, where the text does not begin with it.
        source: Newspaper or site; it can settle whose `UBND tỉnh` is meant.
        url: Address to copy into the record.
        min_confidence: Probability, from 0 to 1, below which a fact, or what a fact is linked to, is left out; None
            for everything.

    Raises:
        InputTypeError: `text` is no article, `published` of a wrong type, `min_confidence` no probability.
        PublishedError: `published` is no date.

    Examples:
        >>> record = extract("Chiều qua (24/5), UBND tỉnh Lai Châu tổ chức hội nghị.", published="2023-05")
        >>> [(found.mention.text, str(found.first_day)) for found in record.dates]
        [('Chiều qua', '2023-05-24'), ('24/5', '2023-05-24')]
        >>> extract({"noi_dung": "Tỉnh họp.", "ngay_dang": "24/11/2025"}).published
        '2025-11-24'
    """
    if not isinstance(text, str | Article | Mapping):
        raise InputTypeError(f"text must be a string, an Article or a mapping, not {type(text).__name__}")
    beside = {"published": published, "id": id, "title": title, "source": source, "url": url}
    given: dict[str, Any] = {part: value for part, value in beside.items() if value is not None}
    record = extract_article(replace(Article.of(text), **given))
    return record if min_confidence is None else confident(record, min_confidence)


def extract_article(article: Article) -> ArticleRecord:
    """Extract everything from one `Article`.

    Raises:
        InputTypeError, PublishedError: as `extract`.
    """
    # An article makes many small values that live until its record is made; to look at them takes a sixth of the time.
    with collector_paused():
        return _extracted(article)


def _extracted(article: Article) -> ArticleRecord:
    known = Findings.of(article)
    for stage in STAGES.values():
        known = stage(known)
    return assemble(known)


def extract_or_fail(value: One) -> ArticleRecord:
    """As `extract_article`, but whatever goes wrong becomes a record with `failure` set."""
    try:
        return extract_article(Article.of(value))
    except VnextractError as error:
        return _failed(value, str(error))
    except Exception as error:
        return _failed(value, f"{type(error).__name__}: {error}")


def _failed(value: One, reason: str) -> ArticleRecord:
    if isinstance(value, Article):
        return failed(value, reason)
    known = value if isinstance(value, Mapping) else {}
    return failed(Article.of({**known, "text": ""}), reason)


def extract_many(
    articles: Iterable[One] | Frame,
    *,
    workers: int = 1,
    timeout: float | None = None,
    min_confidence: float | None = None,
) -> Iterator[ArticleRecord]:
    """Extract from many articles, lazily; records come in the order of the articles.

    An article that cannot be read, takes too long or takes its process with it gives a record with `failure` set and
    empty lists; the others go on.

    Args:
        articles: Texts, `Article` objects, or mappings such as the rows of a table; or the table itself: a data frame
            of pandas or polars, an Arrow table. Columns are found by their usual names, English or Vietnamese.
        workers: Number of processes; with 1 and no time limit everything happens in this one.
        timeout: Seconds for one article; None for no limit.
        min_confidence: Probability below which a fact is left out, as in `extract`; None for everything.

    Raises:
        InputTypeError: `articles` is one article, or a data frame in which no column holds the text; or
            `min_confidence` is no probability.
        WorkerError: worker processes cannot be started.

    Examples:
        >>> [record.failure is None for record in extract_many(["Sáng 16/4, UBND tỉnh họp.", {"text": None}])]
        [True, False]
    """
    given = articles_in(articles)
    plain = workers == 1 and timeout is None
    records = map(extract_or_fail, given) if plain else _in_workers(given, workers, timeout)
    if min_confidence is None:
        return records
    return map(partial(confident, least=checked(min_confidence)), records)


def _in_workers(articles: Iterable[One], workers: int, timeout: float | None) -> Iterator[ArticleRecord]:
    from vnextract.workers import Lost, map_ordered

    for value, record in map_ordered(
        extract_or_fail, articles, workers=workers, timeout=timeout, weight=_length, warm_up=warm_up
    ):
        yield _failed(value, record.reason) if isinstance(record, Lost) else record


def warm_up() -> None:
    """Load what the extractors load when they first need it: tables, and the model of the tagger."""
    extract_or_fail("Sáng 16/4, ông Trần Văn Minh, Giám đốc Sở Tài chính, giao 3 tỷ đồng cho Công ty Hòa Bình.")


def _length(value: One) -> int:
    text = value.text if isinstance(value, Article) else value.get("text") if isinstance(value, Mapping) else value
    return len(text) if isinstance(text, str) else 0
