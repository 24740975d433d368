"""A whole archive as a single HTML file: how much there is and when, who is named most, the largest figures."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from vnextract.kinds import KINDS, FactKind
from vnextract.records import ArticleRecord
from vnextract.show import questions
from vnextract.show.article import article_text, headline
from vnextract.show.facts import Fact, facts
from vnextract.show.markup import SCRIPTS, data, document, legend, safe
from vnextract.show.periods import every, grain_of
from vnextract.show.records_page import folded_article
from vnextract.show.stored import Archive, open_archive
from vnextract.show.words import Language, speech
from vnextract.version import __version__

_SAY = speech("en")


def report(database: Path) -> str:
    """The report of an archive that `vnextract extract` has made, as HTML.

    Raises:
        InputFileError: the file is no such archive.
        MissingExtraError: DuckDB is not installed.
    """
    with open_archive(database) as archive:
        return _Report(archive, database.name).html()


class _Report:
    """The report in the making: what it links to stands at its end, marked up."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._name = name
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
        articles = [self._article(record) for record in self._records]
        body = (
            f'<header lang="en"><p class="origin">{safe(self._name)}</p>{legend(self._counts(), _SAY)}</header>\n'
            f'<main class="report" lang="en"><h1>{safe(self._name)}</h1>{self._summary()}{self._over_time()}'
            f"{self._section('bodies', 'Organisations named most', self._body_table())}"
            f"{self._section('people', 'Officials named most', self._people_table())}"
            f"{self._section('figures', 'Largest indicators', self._figure_tables())}"
            f'<section id="articles"><h2>Articles linked above</h2><div id="article" lang="vi">'
            f"{''.join(html for html, _ in articles)}</div></section></main>\n"
            f'<footer lang="en">Made with vnextract {__version__}</footer>\n'
            f"{data(_SAY, {Language.ENGLISH: [fact for _, found in articles for fact in found]})}"
        )
        return document(
            self._name, body, ("common", "report"), (*(name for name in SCRIPTS if name != "language"), "start")
        )

    def _counts(self) -> list[tuple[FactKind, int]]:
        return [(kind, getattr(self._totals, kind.value)) for kind in FactKind]

    def _section(self, anchor: str, title: str, content: str) -> str:
        return f'<section id="{anchor}"><h2>{title}</h2>{content or _NOTHING}</section>\n'

    def _summary(self) -> str:
        totals = self._totals
        span = _SAY.days(totals.first, totals.last) or "no publication dates"
        asides = ((totals.articles - totals.dated, "without a publication date"), (totals.failed, "failed"))
        said = ", ".join((span, *(f"{_SAY.number(number)} {what}" for number, what in asides if number)))
        tiles = "".join(
            f'<li class="{kind}"><strong>{_SAY.number(number)}</strong> {KINDS[kind].counted}</li>'
            for kind, number in self._counts()
        )
        return f'<p class="lead">{_SAY.number(totals.articles)} articles: {said}.</p><ul class="tiles">{tiles}</ul>'

    def _over_time(self) -> str:
        first, last = self._totals.first, self._totals.last
        if first is None:
            return ""
        grain = grain_of(first, last)
        periods = {row.first: row for row in self._archive.rows(questions.PERIODS, grain)}
        bars = [(day, periods[day].articles if day in periods else 0) for day in every(grain, first, last)]
        rows = [
            (
                _period(day, grain),
                _SAY.number(row.articles),
                *(_SAY.number(getattr(row, kind.value)) for kind in FactKind),
            )
            for day, row in periods.items()
        ]
        table = _table((grain.capitalize(), "Articles", *(kind.heading for kind in FactKind)), rows, numbers=5)
        content = f"{_chart(bars, grain)}<details><summary>As a table</summary>{table}</details>"
        return self._section("time", f"Articles by {grain}", content)

    def _body_table(self) -> str:
        rows = [
            (_vi(row.name), safe(row.kind.replace("_", " ")), _bar(row.articles, self._bodies), self._latest(row))
            for row in self._bodies
        ]
        return _table(("Organisation", "Kind", "Articles", "Latest"), rows)

    def _people_table(self) -> str:
        rows = [
            (_vi(row.name), self._posts(row.name), _bar(row.articles, self._people), self._latest(row))
            for row in self._people
        ]
        table = _table(("Official", "Posts", "Articles", "Latest"), rows)
        return table and f'<p class="note">Counted by name: two persons of one name are one row.</p>{table}'

    def _posts(self, name: str) -> str:
        posts = (
            ", ".join(filter(None, (row.title, row.organisation))) for row in self._archive.rows(questions.POSTS, name)
        )
        return "<br>".join(map(_vi, posts))

    def _figure_tables(self) -> str:
        return "".join(f"<h3>In {_vi(unit)}</h3>{self._figure_table(rows)}" for unit, rows in self._figures.items())

    def _figure_table(self, figures: Iterable[Any]) -> str:
        rows = [
            (
                self._link(row.article, row.fact, row.mention),
                _vi(row.measure or ""),
                _vi(row.organisation or ""),
                _SAY.days(row.period_first_day, row.period_last_day),
                self._headline(row.article, row.fact),
            )
            for row in figures
        ]
        return _table(("Figure", "Measures", "Organisation", "Time", "Article"), rows)

    def _latest(self, row: Any) -> str:
        return "<br>".join(self._headline(link["article"], link["fact"]) for link in row.latest)

    def _headline(self, article: str, fact: str) -> str:
        record = self._records[self._numbers[article] - 1]
        words = headline(record, article_text(record))
        return f"{self._link(article, fact, words)} <small>{safe(record.published or '')}</small>"

    def _link(self, article: str, fact: str, words: str) -> str:
        number = self._numbers[article]
        kept = self._records[number - 1].text is not None
        return f'<a href="#{f"a{number}-{safe(fact)}-1" if kept else f"a{number}"}" lang="vi">{safe(words)}</a>'

    def _article(self, record: ArticleRecord) -> tuple[str, list[Fact]]:
        number = self._numbers[record.id]
        found = [fact.within(f"a{number}-") for fact in facts(record)]
        return folded_article(record, number, found, _SAY), found if article_text(record) else []


_NOTHING = '<p class="empty">None.</p>'


def _vi(words: str) -> str:
    return f'<span lang="vi">{safe(words)}</span>' if words else ""


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> str:
    """A table of HTML cells, blank without rows; the last `numbers` columns are set as figures."""
    if not rows:
        return ""
    shift = len(headings) - numbers
    kinds = ["" if place < shift else ' class="number"' for place in range(len(headings))]
    head = "".join(f'<th scope="col"{kind}>{heading}</th>' for heading, kind in zip(headings, kinds, strict=True))
    body = "\n".join(
        f"<tr>{''.join(f'<td{kind}>{cell}</td>' for cell, kind in zip(row, kinds, strict=True))}</tr>" for row in rows
    )
    # On a narrow screen words stand one below the other, figures stay side by side.
    shape = "" if numbers else ' class="stack"'
    return f'<div class="scroll"><table{shape}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _bar(number: int, rows: Sequence[Any]) -> str:
    width = 100 * number / max(row.articles for row in rows)
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width:.1f}" height="10"/></svg> {_SAY.number(number)}'
    )


def _period(first: date, grain: str) -> str:
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[grain]]


def _chart(bars: Sequence[tuple[date, int]], grain: str) -> str:
    highest = max(number for _, number in bars)
    drawn = "".join(
        f'<rect x="{place}.08" y="{100 - height:.2f}" width="0.84" height="{height:.2f}">'
        f"<title>{_period(day, grain)}: {_SAY.number(number)}</title></rect>"
        for place, (day, number) in enumerate(bars)
        for height in (100 * number / highest,)
    )
    first, last = _period(bars[0][0], grain), _period(bars[-1][0], grain)
    return (
        f'<figure class="chart"><p class="most">{_SAY.number(highest)}</p>'
        f'<svg viewBox="0 0 {len(bars)} 100" preserveAspectRatio="none" role="img" '
        f'aria-label="Articles from {first} to {last}, at most {highest} in one {grain}">{drawn}</svg>'
        f"<figcaption><span>{first}</span><span>{last}</span></figcaption></figure>"
    )
