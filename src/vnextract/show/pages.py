"""A folder of pages, one for each article of a source, and a list of them to begin from."""

import re
from collections.abc import Iterable
from pathlib import Path

from vnextract.article import Article
from vnextract.errors import OutputError
from vnextract.pipeline import extract_many
from vnextract.show.article import article_text, headline, origin
from vnextract.show.markup import document, safe, told
from vnextract.show.page import page
from vnextract.show.words import speech

_UNFIT = re.compile(r"[^\w.-]+")
_LONGEST = 80


def write_pages(articles: Iterable[Article], folder: Path, language: str | None = None) -> Path:
    """Write a page for each article, and `index.html`; returns its path.

    Raises:
        OutputError: the folder cannot be written to, or there is no article.
        UnknownLanguageError: `language` is neither "en" nor "vi".
    """
    say, items, taken = speech(language), list[str](), {"index"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, record in enumerate(extract_many(articles), 1):
            name = file_name(record.id or f"article-{number}", taken)
            (folder / f"{name}.html").write_text(page(record, language, "index.html"), encoding="utf-8", newline="\n")
            words, about = headline(record, article_text(record)), origin(record, say)
            items.append(
                f'<li><a href="{safe(name)}.html" lang="vi">{safe(words)}</a> <small>{safe(about)}</small></li>'
            )
        if not items:
            raise OutputError("there is no article to make a page of")
        count = say.number(len(items))
        body = f'<main class="report"><h1>{told("articles", say, count)}</h1><ol>{"".join(items)}</ol></main>'
        html = document(say("articles", count), body, ("common", "report"), ())
        (folder / "index.html").write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{folder} cannot be written to: {error.strerror or error}") from error
    return folder / "index.html"


def file_name(id: str, taken: set[str]) -> str:
    """A file's name out of an identifier, unlike those of other articles."""
    stem = name = _UNFIT.sub("-", id).strip("-.")[:_LONGEST] or "article"
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return name
