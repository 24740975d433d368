"""A whole archive as a single HTML file: how much there is and when, who is named most, the largest figures."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from vnextract.kinds import KINDS, FactKind
from vnextract.records import ArticleRecord
from vnextract.show import archive_questions as questions
from vnextract.show.article import article_text, headline
from vnextract.show.charts import bars
from vnextract.show.facts import Fact, facts
from vnextract.show.markup import SCRIPTS, data, document, legend, safe, told
from vnextract.show.periods import every, grain_of
from vnextract.show.records_page import folded_article
from vnextract.show.stored import Archive, open_archive
from vnextract.show.words import Language, Speech, speech
from vnextract.version import __version__


def archive_page(database: Path, language: str | None = None) -> str:
    """The page of an archive that `vnextract extract` has made, as HTML.

    Raises:
        InputFileError: the file is no such archive.
        UnknownLanguageError: `language` is neither "en" nor "vi".
        MissingExtraError: DuckDB is not installed.
    """
    with open_archive(database) as archive:
        return _ArchivePage(archive, database.name, speech(language)).html()


class _ArchivePage:
    """The page in the making: what it links to stands at its end, marked up."""

    def __init__(self, archive: Archive, name: str, say: Speech) -> None:
        self._archive, self._name, self._say = archive, name, say
        (self._totals,) = archive.rows(questions.TOTALS)
        self._bodies = archive.rows(questions.BODIES)
        self._people = archive.rows(questions.PEOPLE)
        self._figures = {row.unit: archive.rows(questions.FIGURES, row.unit) for row in archive.rows(questions.UNITS)}
        self._records = self._linked()
        self._numbers = {record.id: number for number, record in enumerate(self._records, 1)}

    def _linked(self) -> list[ArticleRecord]:
        latest = [link["article"] for row in (*self._bodies, *self._people) for link in row.latest]
        largest = [row.article for rows in self._figures.values() for row in rows]
        return self._archive.records(list(dict.fromkeys([*largest, *latest])))

    def html(self) -> str:
        """The whole page."""
        found_in = {one: list(self._articles(one)) for one in Language}
        articles = "".join(folded_article(*article, self._say) for article in found_in[self._say.language])
        marked_up = f'<div id="article" lang="vi">{articles}</div>'
        told_facts = {
            one: [fact for record, _, found in each if article_text(record) for fact in found]
            for one, each in found_in.items()
        }
        body = (
            f'<header><p class="origin">{safe(self._name)}</p>{legend(self._counts(), self._say)}</header>\n'
            f'<main class="report"><h1>{safe(self._name)}</h1>{self._summary()}{self._over_time()}'
            f"{self._section('bodies', self._body_table())}{self._section('people', self._people_table())}"
            f"{self._section('figures', self._figure_tables())}"
            f"{self._section('articles', marked_up)}</main>\n"
            f"<footer>{told('made_with', self._say, __version__)}</footer>\n{data(self._say, told_facts)}"
        )
        return document(self._name, body, ("common", "report"), (*SCRIPTS, "start"))

    def _articles(self, language: str) -> Iterator[tuple[ArticleRecord, int, list[Fact]]]:
        for number, record in enumerate(self._records, 1):
            yield record, number, [fact.within(f"a{number}-") for fact in facts(record, language)]

    def _counts(self) -> list[tuple[FactKind, int]]:
        return [(kind, getattr(self._totals, kind.value)) for kind in FactKind]

    def _section(self, anchor: str, content: str) -> str:
        nothing = f'<p class="empty">{told("site.nothing", self._say)}</p>'
        return f'<section id="{anchor}"><h2>{told(f"archive.{anchor}", self._say)}</h2>{content or nothing}</section>\n'

    def _summary(self) -> str:
        totals, say = self._totals, self._say
        undated = totals.articles - totals.dated
        said = (
            told("articles", say, say.number(totals.articles)),
            say.days(totals.first, totals.last),
            told("archive.undated", say, say.number(undated)) if undated else "",
            told("archive.failed", say, say.number(totals.failed)) if totals.failed else "",
        )
        tiles = "".join(
            f'<li class="{kind}"><strong>{say.number(number)}</strong> {told(KINDS[kind].field, say)}</li>'
            for kind, number in self._counts()
        )
        return f'<p class="lead">{" · ".join(filter(None, said))}</p><ul class="tiles">{tiles}</ul>'

    def _over_time(self) -> str:
        first, last, say = self._totals.first, self._totals.last, self._say
        if first is None:
            return ""
        grain = grain_of(first, last)
        periods = {row.first: row for row in self._archive.rows(questions.PERIODS, grain)}
        counts = [(day, periods[day].articles if day in periods else 0) for day in every(grain, first, last)]
        rows = [
            (say.day(day), say.number(row.articles), *(say.number(getattr(row, kind.value)) for kind in FactKind))
            for day, row in periods.items()
        ]
        headings = ("archive.from", "count.articles", *(kind.field for kind in KINDS.values()))
        table = self._scrolled_table(headings, rows, numbers=1 + len(KINDS))
        details = f"<details>{told('site.as_table', say, element='summary')}{table}</details>"
        return self._section("time", f"{bars(counts, say('archive.time'), say)}{details}")

    def _body_table(self) -> str:
        rows = [
            (
                _vi(row.name),
                told(f"kind.{row.kind}", self._say),
                self._bar(row.articles, self._bodies),
                self._latest(row),
            )
            for row in self._bodies
        ]
        return self._scrolled_table(("organisation", "kind", "count.articles", "archive.latest"), rows)

    def _people_table(self) -> str:
        rows = [
            (_vi(row.name), self._posts(row.name), self._bar(row.articles, self._people), self._latest(row))
            for row in self._people
        ]
        table = self._scrolled_table(("official", "post", "count.articles", "archive.latest"), rows)
        return table and f'<p class="note">{told("archive.by_name", self._say)}</p>{table}'

    def _posts(self, name: str) -> str:
        posts = (
            ", ".join(filter(None, (row.title, row.organisation))) for row in self._archive.rows(questions.POSTS, name)
        )
        return "<br>".join(map(_vi, posts))

    def _figure_tables(self) -> str:
        say = self._say
        return "".join(
            f'<h3 lang="vi">{safe(say.unit(unit))}</h3>{self._figure_table(rows)}'
            for unit, rows in self._figures.items()
        )

    def _figure_table(self, figures: Iterable[Any]) -> str:
        rows = [
            (
                self._link(row.article, row.fact, row.mention),
                _vi(row.measure or ""),
                _vi(row.organisation or ""),
                self._say.days(row.period_first_day, row.period_last_day),
                self._headline(row.article, row.fact),
            )
            for row in figures
        ]
        return self._scrolled_table(("indicator", "measures", "organisation", "period", "site.article"), rows)

    def _latest(self, row: Any) -> str:
        return "<br>".join(self._headline(link["article"], link["fact"]) for link in row.latest)

    def _headline(self, article: str, fact: str) -> str:
        record = self._records[self._numbers[article] - 1]
        words = headline(record, article_text(record))
        return f"{self._link(article, fact, words)} <small>{safe(self._day(record.published))}</small>"

    def _day(self, published: str | None) -> str:
        return self._say.partial_day(published) if published else ""

    def _link(self, article: str, fact: str, words: str) -> str:
        number = self._numbers[article]
        kept = self._records[number - 1].text is not None
        return f'<a href="#{f"a{number}-{safe(fact)}-1" if kept else f"a{number}"}" lang="vi">{safe(words)}</a>'

    def _scrolled_table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> str:
        """A table of HTML cells, blank without rows; the last `numbers` columns are set as figures."""
        if not rows:
            return ""
        shift = len(headings) - numbers
        kinds = ["" if place < shift else ' class="number"' for place in range(len(headings))]
        head = "".join(
            f'<th scope="col"{kind}>{told(heading, self._say)}</th>'
            for heading, kind in zip(headings, kinds, strict=True)
        )
        body = "\n".join(
            f"<tr>{''.join(f'<td{kind}>{cell}</td>' for cell, kind in zip(row, kinds, strict=True))}</tr>"
            for row in rows
        )
        # On a narrow screen words stand one below the other, figures stay side by side.
        shape = "" if numbers else ' class="stack"'
        table = f"<table{shape}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'<div class="scroll" tabindex="0">{table}</div>'

    def _bar(self, number: int, rows: Sequence[Any]) -> str:
        width = 100 * number / max(row.articles for row in rows)
        return (
            '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect width="{width:.1f}" height="10"/></svg> {self._say.number(number)}'
        )


def _vi(words: str) -> str:
    return f'<span lang="vi">{safe(words)}</span>' if words else ""
