"""The folder of the report."""

from collections.abc import Iterator
from pathlib import Path

from vnextract.errors import InputFileError, OutputError
from vnextract.show.page import page
from vnextract.show.site.gather import Gathered
from vnextract.show.site.sections import Pages
from vnextract.show.stored import Archive, open_archive
from vnextract.show.words import Speech, speech

_TABLES = frozenset({"bodies", "people", "careers", "series", "stories"})


def write_report(database: Path, folder: Path, language: str | None = None, articles: int = 1_000) -> Path:
    """Write the report of a linked archive as a folder of static pages; returns its `index.html`.

    Args:
        database: A `.duckdb` that `vnextract extract` has made and `vnextract link` has linked.
        folder: Where to write; made if need be.
        language: What the pages speak at first, "en" or "vi".
        articles: How many articles get a page of their own, the latest first.

    Raises:
        InputFileError: the file is no such archive, or is not linked.
        OutputError: the folder cannot be written to.
        UnknownLanguageError: `language` is neither.
        MissingExtraError: DuckDB is not installed.
    """
    say = speech(language)
    with open_archive(database) as archive:
        present = {row.table_name for row in archive.rows("SELECT table_name FROM duckdb_tables()")}
        if not present >= _TABLES:
            raise InputFileError(f"{database} is not linked yet: run `vnextract link {database}` first")
        try:
            for name, html in _pages(archive, database.stem, say, articles):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(html, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutputError(f"{folder} cannot be written to: {error.strerror or error}") from error
    return folder / "index.html"


def _pages(archive: Archive, title: str, say: Speech, articles: int) -> Iterator[tuple[str, str]]:
    """Every page with its place in the folder."""
    known = Gathered(archive, articles)
    yield from Pages(known, title, say).pages()
    for id in known.paged:
        for record in archive.records([id]):
            yield f"articles/{known.files['articles', id]}.html", page(record, say.language, "../index.html")
