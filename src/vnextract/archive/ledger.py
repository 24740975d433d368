"""The ledger of an output: which articles it holds, made of which content and by which version, and what has failed.

It stays beside the output, so that a later run knows what is new, what has changed and what it can pass over. On disk,
so that memory stays constant; it is also the lock on the output.

Every entry bears the number of the item that made it. Items are numbered on from run to run, and what an interrupted
run has entered after the last part that counts is taken back by that number.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vnextract.archive.files import File, Unreadable
from vnextract.archive.identity import Identity, hashed
from vnextract.errors import OutputError

Replaced = Mapping[str, tuple[int, int]]
"""Articles of which an output has more than one record: id → records too many, part that has the last one."""

_TABLES = """
CREATE TABLE IF NOT EXISTS names (key BLOB, copy INTEGER, number INTEGER, PRIMARY KEY (key, copy)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, key BLOB, address BLOB, file BLOB, digest BLOB, id TEXT, maker TEXT, failure TEXT,
    met INTEGER, replaced INTEGER DEFAULT 0
);
CREATE INDEX IF NOT EXISTS by_content ON articles (key, replaced, digest, met);
CREATE INDEX IF NOT EXISTS by_file ON articles (key, replaced, file, met);
CREATE INDEX IF NOT EXISTS by_address ON articles (address, replaced, digest, met) WHERE address IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_id ON articles (id);
CREATE INDEX IF NOT EXISTS replaced ON articles (replaced) WHERE replaced > 0;
CREATE TABLE IF NOT EXISTS failures (number INTEGER PRIMARY KEY, file TEXT, place TEXT, reason TEXT);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, reading TEXT, number INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (part INTEGER PRIMARY KEY, number INTEGER);
"""
_ENTRY = "SELECT number, id, maker, failure FROM articles WHERE {} = ? AND replaced = 0"
_MENDED = (
    "number <= ? AND (file IN (SELECT path FROM files WHERE number > ?) "
    "OR (file, place) IN (SELECT file, place FROM failures WHERE number > ?))"
)
"""Failures of before whose file has been read anew, or which have come again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that the ledger knows."""

    number: int
    """Of the item that it was made of."""
    id: str
    maker: str
    """The version that made its record."""
    failure: str | None
    """Why it has none."""


class Ledger:
    """The ledger of one output."""

    def __init__(self, path: Path | None, items: int = 0) -> None:
        """Open the ledger, and with it lock the output.

        Args:
            path: Where it is kept; None for a temporary one.
            items: Number of the last item that counts; what later ones have entered is taken back.

        Raises:
            OutputError: another process has it open.
        """
        self._base = sqlite3.connect("" if path is None else path, timeout=0, isolation_level=None)
        try:
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("BEGIN EXCLUSIVE")
            for statement in filter(str.strip, _TABLES.split(";")):
                self._base.execute(statement)
            self.take_back(items)
        except sqlite3.OperationalError as error:
            self._base.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise OutputError(f"another run is writing this output ({error})") from error

    @staticmethod
    def is_left_open(path: Path) -> bool:
        """Whether a killed run has left its last step there."""
        return path.with_name(f"{path.name}-journal").exists()

    def take_back(self, items: int) -> None:
        """Forget what items after a number have entered."""
        for table in ("names", "articles", "failures", "files", "parts"):
            self._base.execute(f"DELETE FROM {table} WHERE number > ?", (items,))
        self._base.execute("UPDATE articles SET met = 0 WHERE met > ?", (items,))
        self._base.execute("UPDATE articles SET replaced = 0 WHERE replaced > ?", (items,))

    def unique(self, id: str, number: int) -> str:
        """The identifier, with `#2`, `#3`, … where earlier articles have it.

        >>> ledger = Ledger(None)
        >>> ledger.unique("bai-1", 1), ledger.unique("bai-1", 2)
        ('bai-1', 'bai-1#2')
        """
        copy = self._copies(id) + 1
        name = id
        while copy > 1 and self._copies(name := f"{id}#{copy}"):
            copy += 1
        self._name(id, copy, number)
        if name != id:
            self._name(name, 1, number)
        return name

    def _copies(self, id: str) -> int:
        (last,) = self._base.execute("SELECT max(copy) FROM names WHERE key = ?", (hashed(id),)).fetchone()
        return last or 0

    def _name(self, id: str, copy: int, number: int) -> None:
        self._base.execute("INSERT INTO names VALUES (?, ?, ?)", (hashed(id), copy, number))

    def same(self, article: Identity, begun: int) -> Entry | None:
        """The article with this key or address and content, unless the present pass, begun after an item, met it."""
        unmet = f"{_ENTRY} AND digest = ? AND met <= ? ORDER BY met, number LIMIT 1"
        there = self._entry(unmet.format("key"), (article.key, article.digest, begun))
        if there is not None or article.address is None:
            return there
        return self._entry(unmet.format("address"), (article.address, article.digest, begun))

    def earlier(self, article: Identity, begun: int) -> Entry | None:
        """The article as it was before its content changed: in its file, or where its address is one article's only."""
        unmet = f"{_ENTRY} AND file = ? AND met <= ? ORDER BY met, number LIMIT 1"
        there = self._entry(unmet.format("key"), (article.key, article.file, begun))
        if there is not None or article.address is None:
            return there
        by_address = _ENTRY.format("address")
        found = self._base.execute(f"{by_address} LIMIT 2", (article.address,)).fetchall()
        return self._entry(f"{by_address} AND met <= ?", (article.address, begun)) if len(found) == 1 else None

    def _entry(self, sql: str, values: tuple[object, ...]) -> Entry | None:
        row = self._base.execute(sql, values).fetchone()
        return Entry(*row) if row else None

    def is_held(self, id: str) -> bool:
        """Whether there is a record under an identifier, of whatever content."""
        sql = "SELECT 1 FROM articles WHERE id = ? AND failure IS NULL AND replaced > 0"
        return self._base.execute(sql, (id,)).fetchone() is not None

    def meet(self, entry: Entry, number: int) -> None:
        """An item has turned out to be an article that is known."""
        self._base.execute("UPDATE articles SET met = ? WHERE number = ?", (number, entry.number))

    def enter(self, article: Identity, id: str, maker: str, number: int, instead_of: Entry | None) -> None:
        """An article is to be extracted, as a new one or instead of what it was before."""
        if instead_of is not None:
            self._base.execute("UPDATE articles SET replaced = ? WHERE number = ?", (number, instead_of.number))
        self._base.execute(
            "INSERT INTO articles (number, key, address, file, digest, id, maker, met) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, article.key, article.address, article.file, article.digest, id, maker, number),
        )

    def leave_out(self, number: int) -> None:
        """Of an article that was entered there is to be no record, for its date leaves it out."""
        self._base.execute("DELETE FROM articles WHERE number = ?", (number,))
        self._base.execute("UPDATE articles SET replaced = 0 WHERE replaced = ?", (number,))

    def fail(self, number: int, failure: Unreadable) -> None:
        """Something could not be read."""
        self._base.execute(
            "INSERT INTO failures VALUES (?, ?, ?, ?)", (number, failure.file, failure.place, failure.reason)
        )
        self._base.execute("UPDATE articles SET failure = ? WHERE number = ?", (failure.reason, number))

    def end_file(self, file: File, reading: str, number: int) -> None:
        """A file was read to its end; `number` is the last item of it."""
        self._base.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            (str(file), file.size, file.modified, reading, number),
        )

    def has_read(self, file: File, reading: str) -> bool:
        """Whether a file was read to its end as it is now, in the same way."""
        row = self._base.execute("SELECT size, modified, reading FROM files WHERE path = ?", (str(file),)).fetchone()
        return bool(row == (file.size, file.modified, reading))

    def has_failures(self, file: File) -> bool:
        """Whether something in a file could not be read."""
        return bool(self._base.execute("SELECT 1 FROM failures WHERE file = ? LIMIT 1", (str(file),)).fetchone())

    def end_part(self, part: int, number: int) -> None:
        """A part is written; `number` is its last item. Makes all that was entered durable."""
        self._base.execute("INSERT OR REPLACE INTO parts VALUES (?, ?)", (part, number))
        self.commit()

    def commit(self) -> None:
        """Make what was entered durable."""
        self._base.execute("COMMIT")
        self._base.execute("BEGIN EXCLUSIVE")

    def made_by_others(self, maker: str) -> int:
        """Number of articles that another version has made."""
        sql = "SELECT count(*) FROM articles WHERE failure IS NULL AND replaced = 0 AND maker <> ?"
        (number,) = self._base.execute(sql, (maker,)).fetchone()
        return int(number)

    def replaced(self) -> Replaced:
        """The articles of which the output holds more than one record."""
        found = {}
        for id_ in self._replaced_ids():
            good = [number for number, failure in self._versions(id_) if failure is None]
            if len(good) > 1:
                found[id_] = (len(good) - 1, self._part_of(good[-1]))
        return found

    def _replaced_ids(self) -> list[str]:
        found = self._base.execute("SELECT id FROM articles WHERE replaced > 0 ORDER BY number")
        return list(dict.fromkeys(id_ for (id_,) in found))

    def _versions(self, id_: str) -> list[tuple[int, str | None]]:
        return self._base.execute(
            "SELECT number, failure FROM articles WHERE id = ? ORDER BY number", (id_,)
        ).fetchall()

    def _part_of(self, number: int) -> int:
        sql = "SELECT part FROM parts WHERE number >= ? ORDER BY number LIMIT 1"
        row = self._base.execute(sql, (number,)).fetchone()
        return int(row[0]) if row else 0

    def failures(self, begun: int) -> Iterator[Unreadable]:
        """What fails now: in the pass that began after an item, and before where that pass has not read."""
        sql = f"SELECT file, place, reason FROM failures WHERE NOT ({_MENDED}) ORDER BY number"
        for row in self._base.execute(sql, (begun, begun, begun)):
            yield Unreadable(*row)

    def tidy(self, begun: int) -> None:
        """Forget what counts no more once the output is finished: replaced records, failures of before."""
        for id_ in self._replaced_ids():
            versions = self._versions(id_)
            *before, (last, _) = versions
            good = [number for number, failure in versions if failure is None][-1:]
            for number, _ in before:
                if number not in good:
                    self._base.execute("DELETE FROM articles WHERE number = ?", (number,))
            if good == [last]:
                self._base.execute("UPDATE articles SET replaced = 0 WHERE number = ?", (last,))
        self._base.execute(f"DELETE FROM failures WHERE {_MENDED}", (begun, begun, begun))
        self.commit()

    def close(self) -> None:
        """Give the lock back."""
        self._base.close()
