"""What `vnextract show` does: one article, several or a whole archive, in the terminal or as pages."""

import tempfile
import webbrowser
from pathlib import Path

from vnextract.errors import InputFileError, OutputError
from vnextract.pipeline import extract_article
from vnextract.records import ArticleRecord
from vnextract.show.archive_page import archive_page
from vnextract.show.page import page
from vnextract.show.pages import write_pages
from vnextract.show.source import all_articles, one_article
from vnextract.show.stored import open_archive
from vnextract.show.terminal import print_record


def show(
    source: str,
    output: Path | None,
    open_page: bool,
    published: str | None,
    id: str | None,
    with_rules: bool = False,
    language: str | None = None,
) -> Path | None:
    """Show an article or an archive; returns the page's path where one was written.

    Args:
        source: A file with an article, `-` for standard input, or a `.duckdb` archive.
        output: Page to write, or a folder (a name without a suffix) for a page of each article; None prints to the
            terminal, unless the page is to be opened.
        open_page: Open the page in the browser.
        published: Publication date, where the article has none.
        id: Which article, where the file holds several.
        with_rules: Whether the terminal also shows which rule made each mention.
        language: What a page or the terminal speaks, "en" or "vi".

    Raises:
        InputFileError: the source cannot be read.
        OutputError: the page cannot be written.
        UnknownLanguageError: `language` is neither.
    """
    if source.endswith(".duckdb") and id is None:
        if output is None and not open_page:
            raise OutputError("an archive is shown as a page: add -o report.html, or --open")
        if output is not None and not output.suffix:
            raise OutputError(f"a folder of pages of an archive is made by `vnextract report {source} -o {output}`")
        return _write(archive_page(Path(source), language), output, open_page)
    if output is not None and not output.suffix and id is None:
        return _opened(write_pages(all_articles(source, published), output, language), open_page)
    record = _record(source, published, id)
    if output is None and not open_page:
        print_record(record, with_rules=with_rules, language=language)
        return None
    return _write(page(record, language), output, open_page)


def _record(source: str, published: str | None, id: str | None) -> ArticleRecord:
    if id is None or not source.endswith(".duckdb"):
        return extract_article(one_article(source, published, id))
    with open_archive(Path(source)) as archive:
        found = archive.records([id])
    if not found:
        raise InputFileError(f"{source} holds no article {id!r}")
    return found[0]


def _write(html: str, output: Path | None, open_page: bool) -> Path:
    path = output or Path(tempfile.mkdtemp(prefix="vnextract-"), "page.html")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
    return _opened(path, open_page)


def _opened(path: Path, wanted: bool) -> Path:
    if wanted:
        webbrowser.open(path.resolve().as_uri())
    return path
