"""Full-text search in an archive, with or without accents.

The index is SQLite's own (FTS5), which comes with Python and needs no network, in a file beside the database. It
follows the archive: a search first enters what has come or changed since the last one, known by the articles' digests.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vnextract.archive.files import printable
from vnextract.archive.query import ask, literal
from vnextract.errors import QueryError
from vnextract.text.accents import without_accents

_TABLES = """
CREATE TABLE IF NOT EXISTS articles (number INTEGER PRIMARY KEY, id TEXT UNIQUE, digest TEXT);
CREATE TABLE IF NOT EXISTS seen (size INTEGER, modified INTEGER);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 0');
"""
_WORD = re.compile(r"\w+")
_PHRASE = re.compile(r'"([^"]*)"|(\w+)')
_FEW = 2_000
"""New articles that are asked for by their keys; where there are more, the whole archive is gone through."""
_BEFORE, _AFTER, _WIDEST = 60, 120, 160
"""Characters shown around what was found, and of it where the words stand far apart."""
_HEADLINE = 4.0
"""How much more a word in the headline counts than one in the text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found."""

    id: str
    title: str | None
    published: str | None
    source: str | None
    url: str | None
    extract: str
    """The words around what was found."""


def folded(text: str) -> str:
    """A text without accents and capitals.

    >>> folded("Sở Y tế Điện Biên")
    'so y te dien bien'
    """
    return without_accents(text).lower()


def search(database: Path, words: str, most: int = 10) -> list[Hit]:
    """The articles that hold all words, those first where they stand together, and then those that hold them most.

    Args:
        database: A file that `vnextract extract` has made.
        words: What to look for; accents and capitals do not matter, and what stands in quotes stands together.
        most: Articles to return.

    Raises:
        QueryError: there is no word, or the file is no such database.
        MissingExtraError: DuckDB is not installed.
    """
    phrases = [[folded(word) for word in _WORD.findall(one or other)] for one, other in _PHRASE.findall(words)]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        raise QueryError("there is no word to look for")
    try:
        with closing(_open(database)) as index:
            _follow(index, database)
            ids = _found(index, phrases, most)
    except sqlite3.Error as error:
        raise QueryError(f"the index {_index_of(database)} cannot be used: {error}; it may be deleted") from error
    return _hits(database, ids, [word for phrase in phrases for word in phrase])


def _index_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.run") / "search.sqlite"


def _open(database: Path) -> sqlite3.Connection:
    """The index beside the database; where none can be written, one that is forgotten."""
    path = _index_of(database)
    try:
        path.parent.mkdir(exist_ok=True)
        index = sqlite3.connect(path, isolation_level=None)
        index.executescript(_TABLES)
    except (OSError, sqlite3.Error):
        index = sqlite3.connect("", isolation_level=None)
        index.executescript(_TABLES)
    return index


def _follow(index: sqlite3.Connection, database: Path) -> None:
    """Enter what has come or changed, take out what is gone."""
    if not database.is_file():
        raise QueryError(f"{database} is no database")
    status = database.stat()
    now = (status.st_size, status.st_mtime_ns)
    if index.execute("SELECT size, modified FROM seen").fetchone() == now:
        return
    rows = ask(database, "SELECT article_id, digest FROM articles")
    next(rows)
    there = dict(map(tuple, rows))
    entered = dict(index.execute("SELECT id, digest FROM articles"))
    gone = [id_ for id_, digest in entered.items() if there.get(id_, "") != digest]
    new = {id_ for id_, digest in there.items() if entered.get(id_, "") != digest}
    index.execute("BEGIN IMMEDIATE")
    for id_ in gone:
        (number,) = index.execute("SELECT number FROM articles WHERE id = ?", (id_,)).fetchone()
        index.execute("DELETE FROM words WHERE rowid = ?", (number,))
        index.execute("DELETE FROM articles WHERE number = ?", (number,))
    for id_, digest, title, text in _articles(database, new):
        entry = index.execute("INSERT INTO articles (id, digest) VALUES (?, ?)", (id_, digest))
        parts = (folded(title or ""), folded(text or ""))
        index.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (entry.lastrowid, *parts))
    index.execute("DELETE FROM seen")
    index.execute("INSERT INTO seen VALUES (?, ?)", now)
    index.execute("COMMIT")


def _articles(database: Path, ids: set[str]) -> Iterator[tuple[str, str, str | None, str | None]]:
    if not ids:
        return
    only = f"WHERE article_id IN ({_listed(sorted(ids))})" if len(ids) <= _FEW else ""
    rows = ask(database, f"SELECT article_id, digest, title, text FROM articles {only}")
    next(rows)
    for id_, digest, title, text in rows:
        if id_ in ids:
            yield id_, digest, title, text


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(map(literal, ids))


def _found(index: sqlite3.Connection, phrases: Sequence[Sequence[str]], most: int) -> list[str]:
    """Identifiers of the articles, the best first: all words in a row, near each other, anywhere."""
    quoted = [f'"{" ".join(phrase)}"' for phrase in phrases]
    number = sum(map(len, phrases))
    in_a_row = f'"{" ".join(word for phrase in phrases for word in phrase)}"'
    found: dict[str, None] = {}
    for wanted in dict.fromkeys((in_a_row, f"NEAR({' '.join(quoted)}, {2 * number})", " AND ".join(quoted))):
        if len(found) < most:
            rows = index.execute(
                "SELECT id FROM words JOIN articles ON number = words.rowid WHERE words MATCH ? "
                f"ORDER BY bm25(words, {_HEADLINE}, 1.0), id LIMIT ?",
                (wanted, most),
            )
            found.update(dict.fromkeys(id_ for (id_,) in rows))
    return list(found)[:most]


def _hits(database: Path, ids: Sequence[str], words: Sequence[str]) -> list[Hit]:
    if not ids:
        return []
    columns = "article_id, title, published, source, url, text"
    rows = ask(database, f"SELECT {columns} FROM articles WHERE article_id IN ({_listed(ids)})")
    next(rows)
    by_id: Mapping[str, Hit] = {
        id_: Hit(id_, title, published, source, url, _extract(text or title or "", words))
        for id_, title, published, source, url, text in rows
    }
    return [by_id[id_] for id_ in ids if id_ in by_id]


def _extract(text: str, words: Sequence[str]) -> str:
    """The shortest stretch of a text that has as many of the words as any, with what stands around it."""
    places = [(folded(match[0]), *match.span()) for match in _WORD.finditer(text)]
    places = [place for place in places if place[0] in words]
    if not places:
        return " ".join(text[: _BEFORE + _AFTER].split())
    start, end = _closest(places)
    end = min(end, start + _WIDEST)
    shown = " ".join(text[max(0, start - _BEFORE) : end + _AFTER].split())
    return f"{'… ' if start > _BEFORE else ''}{shown}{' …' if end + _AFTER < len(text) else ''}"


def _closest(places: Sequence[tuple[str, int, int]]) -> tuple[int, int]:
    """Beginning and end of the shortest stretch with all different words that there are."""
    wanted = len({word for word, _, _ in places})
    held: dict[str, int] = {}
    best = (places[0][1], places[-1][2])
    left = 0
    for word, _, end in places:
        held[word] = held.get(word, 0) + 1
        while held[places[left][0]] > 1:
            held[places[left][0]] -= 1
            left += 1
        if len(held) == wanted and end - places[left][1] < best[1] - best[0]:
            best = (places[left][1], end)
    return best


def print_hits(hits: Iterable[Hit], console: Console) -> None:
    """Print what was found as a table."""
    table = Table(show_lines=True)
    for name in ("published", "article", "found", "id"):
        table.add_column(name, overflow="fold")
    for hit in hits:
        about = " · ".join(filter(None, (hit.title, hit.source)))
        table.add_row(*(Text(printable(cell)) for cell in (hit.published or "", about, hit.extract, hit.id)))
    console.print(table)
