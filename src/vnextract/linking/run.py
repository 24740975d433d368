"""Linking an archive: worked out beside it, written into it in one transaction."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from vnextract.archive.extras import needed_for
from vnextract.archive.progress import duration, tell
from vnextract.archive.query import literal
from vnextract.errors import InputFileError, OutputError, StorageError
from vnextract.lexicon.tables import table
from vnextract.linking import bodies, careers, people, profiles, series, stories
from vnextract.linking.tables import TABLES
from vnextract.linking.work import DuckDbWork, Work, count
from vnextract.version import __version__

METHOD = 1
"""Number of the way of linking: an archive that was linked in another way is linked again."""
_LINKED = ("articles", "organisations", "officials", "positions", "indicators")
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Summary:
    """What linking has found."""

    bodies: int
    people: int
    stories: int
    seconds: float
    was_done: bool
    """Whether the archive was linked already, so that nothing was left to do."""

    def __str__(self) -> str:
        found = f"bodies: {self.bodies:,}, people: {self.people:,}, stories: {self.stories:,}"
        return f"{found}, linked before" if self.was_done else f"{found}, linked in {duration(self.seconds)}"


def link(database: Path, threshold: float = people.THRESHOLD, console: Console | None = None) -> Summary:
    """Find who is who across an archive, and write it into the archive.

    The tables `bodies`, `people`, `careers`, `series`, `stories` and those that join them to the articles replace those
    of an earlier linking in one transaction: a run that is interrupted leaves the archive as it was. What texts have in
    common is kept and taken over where a text has not changed; an archive that has not changed at all is left alone.

    Args:
        database: A `.duckdb` that `vnextract extract` has made.
        threshold: Probability from which on two profiles may be one person, between 0 and 1.
        console: Where to say how it goes; standard error by default.

    Raises:
        InputFileError: the file is no such database.
        OutputError: another process has it open, or the threshold is no probability.
        StorageError: it cannot be written.
        MissingExtraError: a library for linking is not installed.
    """
    check_threshold(threshold)
    with needed_for("linking an archive", "link"):
        import duckdb
        import rensa  # noqa: F401
        import splink  # noqa: F401
    if not database.is_file():
        raise InputFileError(f"there is no file {str(database)!r}; vnextract extract makes one")
    console = console or Console(stderr=True)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix=f".{database.name}.", dir=database.parent) as scratch,
        duckdb.connect() as connection,
    ):
        work = DuckDbWork(connection)
        work.execute(f"SET memory_limit = '{_MEMORY}'; SET temp_directory = {literal(scratch)}")
        work.execute("SET enable_progress_bar = false")
        method = f"{METHOD} {__version__} {threshold}"
        with _attached(work, database, "READ_ONLY"):
            archive = _digest(work)
            if _is_linked(work, archive, method):
                summary = _summary(work, "news.", started, was_done=True)
                tell(console, f"{database}: {summary}")
                return summary
            tell(console, f"{database}: linking {count(work, 'news.articles'):,} articles")
            work.fill("known_signatures", stories.SIGNATURES, ())
            if _has(work, "story_signatures"):
                work.execute("INSERT INTO known_signatures FROM news.story_signatures")
            work_out(work, threshold)
        work.execute("CREATE OR REPLACE TABLE links AS SELECT ? AS archive, ? AS method", archive, method)
        with _attached(work, database, ""):
            _write(work)
        summary = _summary(work, "", started, was_done=False)
    tell(console, f"{database}: {summary}")
    return summary


def check_threshold(threshold: float) -> None:
    """Refuse what is no probability.

    Raises:
        OutputError: it is none.
    """
    if not 0 < threshold <= 1:
        raise OutputError(f"the threshold is a probability, above 0 and at most 1, not {threshold}")


@contextmanager
def _attached(work: DuckDbWork, database: Path, options: str) -> Iterator[None]:
    """The archive as `news`, for a while; errors of the database become ours."""
    import duckdb

    try:
        work.execute(f"ATTACH {literal(str(database))} AS news {f'({options})' if options else ''}")
    except duckdb.IOException as error:
        raise OutputError(f"{database} cannot be opened, another process may have it open: {error}") from error
    except duckdb.Error as error:
        raise InputFileError(f"{database} is no DuckDB database: {error}") from error
    try:
        yield
    except duckdb.CatalogException as error:
        raise InputFileError(f"{database} is no archive of this version of vnextract: {error}") from error
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise StorageError(
            f"{database} could not be linked: {error}. It is as it was; with more room, the same command begins again"
        ) from error
    finally:
        work.execute("DETACH DATABASE IF EXISTS news")


def _digest(work: DuckDbWork) -> str:
    """Of the tables that are linked: how many rows they have, and what stands in them, in whatever order."""
    found = []
    for name in _LINKED:
        ((rows, content),) = work.execute(
            f"SELECT count(*), coalesce(bit_xor(hash(t)), 0) FROM news.{name} AS t"
        ).fetchall()
        found.append(f"{name}:{rows}:{content:x}")
    return " ".join(found)


def _is_linked(work: DuckDbWork, archive: str, method: str) -> bool:
    if not _has(work, "links") or not all(_has(work, name) for name in TABLES):
        return False
    return work.execute("SELECT archive, method FROM news.links").fetchall() == [(archive, method)]


def _has(work: DuckDbWork, name: str) -> bool:
    sql = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'news' AND table_name = ?"
    return bool(work.execute(sql, name).fetchall()[0][0])


def work_out(work: Work, threshold: float) -> None:
    """Make all tables of `TABLES` but the last.

    Args:
        work: Where, with the archive, and in `known_signatures` what texts were found to have in common before.
        threshold: Probability from which on two profiles may be one person.
    """
    today = ((row["now"], row["name"]) for row in table("places_provinces") if row["now"])
    work.fill("provinces_today", {"code": "VARCHAR", "name": "VARCHAR"}, today)
    stories.build(work)
    bodies.build(work)
    profiles.build(work)
    people.score(work)
    people.cluster(work, threshold)
    careers.build(work)
    series.build(work)


def _write(work: DuckDbWork) -> None:
    """Replace the tables of an earlier linking, all at once."""
    work.execute("BEGIN")
    for name, columns in TABLES.items():
        work.execute(f"CREATE OR REPLACE TABLE news.{name} AS SELECT {', '.join(columns)} FROM memory.{name}")
        for column, meaning in columns.items():
            work.execute(f"COMMENT ON COLUMN news.{name}.{column} IS {literal(meaning)}")
    work.execute("COMMIT")
    # On a full disk the one that closing makes would fail without a word.
    work.execute("CHECKPOINT news")


def _summary(work: DuckDbWork, place: str, started: float, was_done: bool) -> Summary:
    ((told,),) = work.execute(f"SELECT count(DISTINCT story_id) FROM {place}stories").fetchall()
    seconds = time.monotonic() - started
    return Summary(count(work, f"{place}bodies"), count(work, f"{place}people"), int(told), seconds, was_done)
