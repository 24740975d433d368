"""Identifiers made unique: in an archive of many files two articles may bear the same one."""

import sqlite3
from hashlib import blake2b
from pathlib import Path

from vnextract.errors import OutputError


class Ids:
    """The identifiers seen so far, on disk, so that memory stays constant; also the lock on an output."""

    def __init__(self, path: Path | None, read: int = 0) -> None:
        """Open the table of a run.

        Args:
            path: Where to keep it; None for a temporary one.
            read: Number of articles that the run has dealt with; later ones are forgotten, for they come again.

        Raises:
            OutputError: another process has it open.
        """
        self._table = sqlite3.connect("" if path is None else path, timeout=0, isolation_level=None)
        try:
            self._table.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._table.execute("BEGIN EXCLUSIVE")
            self._table.execute(
                "CREATE TABLE IF NOT EXISTS seen (key BLOB, copy INTEGER, number INTEGER, PRIMARY KEY (key, copy)) "
                "WITHOUT ROWID"
            )
            self._table.execute("DELETE FROM seen WHERE number > ?", (read,))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise OutputError(f"another run is writing this output ({error})") from error

    @staticmethod
    def remove(path: Path) -> None:
        """Delete a table, with what a killed run has left of its last step."""
        for file in (path, path.with_name(f"{path.name}-journal")):
            file.unlink(missing_ok=True)

    def unique(self, id: str, number: int) -> str:
        """The identifier, with `#2`, `#3`, … where earlier articles have it.

        >>> ids = Ids(None)
        >>> ids.unique("bai-1", 1), ids.unique("bai-1", 2)
        ('bai-1', 'bai-1#2')
        """
        copy = self._copies(id) + 1
        name = id
        while copy > 1 and self._copies(name := f"{id}#{copy}"):
            copy += 1
        self._add(id, copy, number)
        if name != id:
            self._add(name, 1, number)
        return name

    def _copies(self, id: str) -> int:
        (last,) = self._table.execute("SELECT max(copy) FROM seen WHERE key = ?", (_key(id),)).fetchone()
        return last or 0

    def _add(self, id: str, copy: int, number: int) -> None:
        self._table.execute("INSERT INTO seen VALUES (?, ?, ?)", (_key(id), copy, number))

    def commit(self) -> None:
        """Make what was seen durable."""
        self._table.execute("COMMIT")
        self._table.execute("BEGIN EXCLUSIVE")

    def close(self) -> None:
        """Give the lock back."""
        self._table.close()


def _key(id: str) -> bytes:
    return blake2b(id.encode("utf8", "surrogatepass"), digest_size=12).digest()
