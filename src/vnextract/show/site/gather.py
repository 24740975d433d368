"""Everything that the report says of an archive, asked for once."""

from collections.abc import Callable, Iterable
from typing import Any

from vnextract.show.article import shortened
from vnextract.show.pages import file_name
from vnextract.show.periods import grain_of
from vnextract.show.site import questions
from vnextract.show.site.titles import one_case
from vnextract.show.stored import Archive

WHO = 500
"""Bodies, and people, that have a page of their own."""
LATEST = 30
"""Articles listed for each of them."""
STATISTICS = 60
_HEADLINE_LENGTH = 140
Statistic = tuple[str, str, str | None]
"""A statistic: what is measured, its unit, and which way where the figures are changes."""


class Gathered:
    """The answers of an archive, by what they are about; rows have the columns of their tables.

    Args:
        archive: A linked archive.
        limit: How many articles get a page.
    """

    def __init__(self, archive: Archive, limit: int) -> None:
        (self.totals,) = archive.rows(questions.TOTALS)
        self.grain = grain_of(self.totals.first, self.totals.last) if self.totals.first else "year"
        self.periods = archive.rows(questions.PERIODS, self.grain)
        self.bodies = archive.rows(questions.BODIES, WHO)
        self.people = archive.rows(questions.PEOPLE, WHO)
        self.series = _grouped(archive.rows(questions.SERIES, STATISTICS), _statistic)
        bodies, people = [row.body_id for row in self.bodies], [row.person_id for row in self.people]
        careers = archive.rows(questions.CAREERS, people, bodies)
        self.careers = _grouped(careers, lambda row: row.person_id)
        self.holders = _grouped(careers, lambda row: row.body_id)
        self.said = _grouped(archive.rows(questions.SAID, people, LATEST), lambda row: row.who)
        self.named = {
            "bodies": _grouped(archive.rows(questions.BODY_ARTICLES, bodies, 2 * LATEST), lambda row: row.who),
            "people": _grouped(archive.rows(questions.PERSON_ARTICLES, people, 2 * LATEST), lambda row: row.who),
        }
        self.paged = [row.article_id for row in archive.rows(questions.LATEST, limit)]
        self.articles = {row.article_id: row for row in archive.rows(questions.ARTICLES, self._wanted())}
        self.places = {id: place for place, id in enumerate(self.articles)}
        self.headlines = {id: _headline(row) for id, row in self.articles.items()}
        self.names = {row.person_id: row.name for row in self.people}
        self.files = {
            (section, id): name
            for section, ids in (("articles", self.paged), ("bodies", bodies), ("people", people))
            for id, name in _files(ids)
        }

    def _wanted(self) -> list[str]:
        """Every article that a page names."""
        listed = (row.article for who in self.named.values() for rows in who.values() for row in rows)
        quoted = (row.article for rows in self.said.values() for row in rows)
        shown = (id for rows in self.series.values() for row in rows for id in evidence(row))
        return list(dict.fromkeys([*self.paged, *listed, *quoted, *shown]))


def evidence(row: Any) -> list[str]:
    """The first articles that give a figure."""
    return row.evidence.split("\n")[:3] if row.evidence else []


def _files(ids: Iterable[str]) -> Iterable[tuple[str, str]]:
    taken: set[str] = set()
    return [(id, file_name(id, taken)) for id in ids]


def _headline(row: Any) -> str:
    text = row.text or ""
    title = " ".join((row.title or text.strip().partition("\n")[0]).split())
    return shortened(one_case(title, text), _HEADLINE_LENGTH)


def _statistic(row: Any) -> Statistic:
    return row.measure_key, row.unit, row.direction


def _grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
