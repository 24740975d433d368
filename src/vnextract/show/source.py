"""The one article that somebody wants to look at, out of any file that the library reads."""

from collections.abc import Iterator
from itertools import islice

from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import Reading
from vnextract.archive.read import made_ready, read_articles, read_standard_input
from vnextract.article import Article
from vnextract.errors import InputFileError

_IDS_NAMED = 5


def one_article(source: str, published: str | None = None, id: str | None = None) -> Article:
    """The only article of a file, or the one whose `id` is asked for.

    Args:
        source: A file, or `-` for standard input.
        published: Publication date, where the file gives none.
        id: Identifier of the article wanted, where the file holds several.

    Raises:
        InputFileError: nothing can be read, there are several and no `id` chooses, or none has it.
        PublishedError: `published` is no date.
        MissingExtraError: the format needs a package that is not installed.
    """
    failures: list[Unreadable] = []
    found = _articles(source, published, failures)
    if id is not None:
        for article in found:
            if article.id == id:
                return article
        raise InputFileError(f"{source} holds no article {id!r}")
    first = list(islice(found, _IDS_NAMED + 1))
    if not first:
        raise InputFileError(str(failures[0]) if failures else f"{source} holds no article")
    if len(first) > 1:
        names = ", ".join(str(article.id) for article in first[:_IDS_NAMED])
        raise InputFileError(f"{source} holds several articles ({names}, …); choose one with --id")
    return first[0]


def all_articles(source: str, published: str | None = None) -> list[Article]:
    """Every article of a file or a folder.

    Raises:
        InputFileError: nothing can be read.
        PublishedError, MissingExtraError: as `one_article`.
    """
    failures: list[Unreadable] = []
    found = list(_articles(source, published, failures))
    if not found:
        raise InputFileError(str(failures[0]) if failures else f"{source} holds no article")
    return found


def _articles(source: str, published: str | None, failures: list[Unreadable]) -> Iterator[Article]:
    if source != "-":
        return read_articles(source, published=published, on_failure=failures.append)
    reading = Reading(published=published)
    return made_ready(read_standard_input(reading), reading, failures.append)
