"""The folder of the report: what stands on each of its pages."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from vnextract.errors import InputFileError, OutputError
from vnextract.show.markup import document, safe, script_json, told
from vnextract.show.page import page
from vnextract.show.pages import file_name
from vnextract.show.periods import every, grain_of
from vnextract.show.site import questions
from vnextract.show.site.charts import Point, bars, scaled, scatter
from vnextract.show.site.titles import one_case
from vnextract.show.stored import Archive, open_archive
from vnextract.show.words import Language, Speech, speech
from vnextract.version import __version__

_WHO = 500
"""Bodies, and people, that have a page of their own."""
_LATEST = 30
"""Articles listed for each of them."""
_STATISTICS = 60
_SAID = re.compile(r'data-w(?:-label)?="([^"]+)"')
_SEARCH_SAYS = {"language", "site.search", "site.found", "site.article", "organisation", "official", "indicator"}
_SECTIONS = ("bodies", "people", "series", "stories", "articles")
_TABLES = frozenset({"bodies", "people", "careers", "series", "stories"})


def write_report(database: Path, folder: Path, language: str = "en", articles: int = 1_000) -> Path:
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
        site = _Site(archive, database.stem, say, articles)
        try:
            for name, html in site.pages():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(html, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutputError(f"{folder} cannot be written to: {error.strerror or error}") from error
    return folder / "index.html"


class _Site:
    """Everything that the pages say, asked for once."""

    def __init__(self, archive: Archive, name: str, say: Speech, limit: int) -> None:
        self._archive, self._name, self._say = archive, name, say
        (self._totals,) = archive.rows(questions.TOTALS)
        self._bodies = archive.rows(questions.BODIES, _WHO)
        self._people = archive.rows(questions.PEOPLE, _WHO)
        self._series = _grouped(archive.rows(questions.SERIES, _STATISTICS), _statistic)
        bodies, people = [row.body_id for row in self._bodies], [row.person_id for row in self._people]
        careers = archive.rows(questions.CAREERS, people, bodies)
        self._careers = _grouped(careers, lambda row: row.person_id)
        self._holders = _grouped(careers, lambda row: row.body_id)
        self._said = _grouped(archive.rows(questions.SAID, people, _LATEST), lambda row: row.who)
        self._named = {
            "bodies": _grouped(archive.rows(questions.BODY_ARTICLES, bodies, 2 * _LATEST), lambda row: row.who),
            "people": _grouped(archive.rows(questions.PERSON_ARTICLES, people, 2 * _LATEST), lambda row: row.who),
        }
        self._paged = [row.article_id for row in archive.rows(questions.LATEST, limit)]
        self._articles = {row.article_id: row for row in archive.rows(questions.ARTICLES, self._wanted())}
        taken: dict[str, set[str]] = defaultdict(set)
        self._files = {("articles", id): file_name(id, taken["articles"]) for id in self._paged}
        self._files |= {("bodies", row.body_id): file_name(row.body_id, taken["bodies"]) for row in self._bodies}
        self._files |= {("people", row.person_id): file_name(row.person_id, taken["people"]) for row in self._people}
        self._places = {id: place for place, id in enumerate(self._articles)}
        self._headlines = {id: _headline(row) for id, row in self._articles.items()}

    def _wanted(self) -> list[str]:
        """Every article that a page names."""
        listed = (row.article for who in self._named.values() for rows in who.values() for row in rows)
        quoted = (row.article for rows in self._said.values() for row in rows)
        shown = (id for rows in self._series.values() for row in rows for id in _evidence(row))
        return list(dict.fromkeys([*self._paged, *listed, *quoted, *shown]))

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page with its place in the folder."""
        yield "index.html", self._page("", self._name, self._start(), with_search=True)
        contents = (self._body_list(), self._people_list(), self._statistics(), self._stories(), self._article_list())
        for section, content in zip(_SECTIONS, contents, strict=True):
            yield f"{section}.html", self._page("", self._say(f"site.{section}"), content, key=f"site.{section}")
        for row in self._bodies:
            yield f"bodies/{self._files['bodies', row.body_id]}.html", self._page("../", row.name, self._body(row))
        for row in self._people:
            yield f"people/{self._files['people', row.person_id]}.html", self._page("../", row.name, self._person(row))
        for id in self._paged:
            for record in self._archive.records([id]):
                yield f"articles/{self._files['articles', id]}.html", page(record, self._say.language, "../index.html")

    def _page(self, root: str, title: str, content: str, key: str = "", with_search: bool = False) -> str:
        say = self._say
        links = "".join(f'<li><a href="{root}{one}.html">{told(f"site.{one}", say)}</a></li>' for one in _SECTIONS)
        heading = told(key, say) if key else f'<span lang="vi">{safe(title)}</span>'
        body = (
            f'<header><nav class="site" data-w-label="site.pages" aria-label="{safe(say("site.pages"))}"><ul>'
            f'<li><a href="{root}index.html">{told("site.start", say)}</a></li>{links}</ul></nav></header>\n'
            f'<main class="report"><h1>{heading}</h1>{content}</main>\n'
            f"<footer>{told('made_with', say, __version__)}</footer>\n"
        )
        used = {"language", *_SAID.findall(body), *(_SEARCH_SAYS if with_search else ())}
        data: dict[str, object] = {
            "language": say.language,
            "words": {one: {key: speech(one).words[key] for key in sorted(used)} for one in Language},
            "index": list(self._index()) if with_search else [],
        }
        body += f'<script type="application/json" id="data">{script_json(data)}</script>'
        return document(title, body, ("common", "report"), ("core", "language", *(("search",) if with_search else ())))

    def _index(self) -> Iterator[tuple[str, str, str, str, str]]:
        """What the search knows: kind, name, what is shown beside it, address, all words without accents."""
        for row in self._bodies:
            also = " ".join((row.aliases or "").split("\n"))
            yield (
                "organisation",
                row.name,
                row.place_today or "",
                self._at("bodies", row.body_id),
                plain(f"{row.name} {also}"),
            )
        for row in self._people:
            also, post = " ".join((row.aliases or "").split("\n")), ", ".join(filter(None, (row.post, row.body)))
            yield "official", row.name, post, self._at("people", row.person_id), plain(f"{row.name} {also} {post}")
        for key, points in self._series.items():
            where = f"series.html#{_anchor(key)}"
            owners = " ".join({f"{point.owner or ''} {point.place or ''}" for point in points})
            yield (
                "indicator",
                points[0].measure_key,
                self._say.unit(points[0].unit),
                where,
                plain(f"{points[0].measure_key} {owners}"),
            )
        for id in self._paged:
            row = self._articles[id]
            if row.story_id == id or row.story_id not in self._articles:
                day = self._say.day(row.published_day) if row.published_day else ""
                yield "article", self._headlines[id], day, self._at("articles", id), plain(self._headlines[id])

    def _at(self, section: str, id: str) -> str:
        return f"{section}/{self._files[section, id]}.html"

    def _start(self) -> str:
        say, totals = self._say, self._totals
        counted = ("articles", "stories", "bodies", "people", "indicators")
        tiles = "".join(
            f"<li><strong>{say.number(getattr(totals, one))}</strong> {told(f'count.{one}', say)}</li>"
            for one in counted
        )
        span = f'<p class="lead">{say.days(totals.first, totals.last)}</p>' if totals.first else ""
        return (
            f'{span}<div id="search"></div><ul class="tiles">{tiles}</ul>{self._over_time()}'
            f"{self._part('site.bodies', self._body_list(15))}{self._part('site.people', self._people_list(15))}"
            f"{self._part('site.series', self._statistics(3))}"
        )

    def _part(self, key: str, content: str) -> str:
        return f"<section><h2>{told(key, self._say)}</h2>{content}</section>" if content else ""

    def _over_time(self) -> str:
        first, last = self._totals.first, self._totals.last
        if first is None:
            return ""
        grain = grain_of(first, last)
        counts = {row.first: row.articles for row in self._archive.rows(questions.PERIODS, grain)}
        drawn = bars(
            [(day, counts.get(day, 0)) for day in every(grain, first, last)], self._say("site.time"), self._say
        )
        return self._part("site.time", drawn)

    def _table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        labels = [f'<span class="label">{told(heading, self._say)}</span> ' for heading in headings]
        cells = (map(_cell, labels, row) for row in rows)
        body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in cells)
        if not body:
            return f'<p class="empty">{told("site.nothing", self._say)}</p>'
        head = "".join(f'<th scope="col">{told(heading, self._say)}</th>' for heading in headings)
        return f'<table class="stack"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def _link(self, root: str, section: str, id: str | None, words: str, fact: str = "") -> str:
        """A link to a page, or the words alone where there is no such page."""
        if not words:
            return ""
        if id is None or (section, id) not in self._files:
            return f'<span lang="vi">{safe(words)}</span>'
        anchor = f"#{safe(fact)}-1" if fact else ""
        return f'<a href="{root}{safe(self._at(section, id))}{anchor}" lang="vi">{safe(words)}</a>'

    def _day(self, day: date | None) -> str:
        return self._say.day(day) if day else ""

    def _body_list(self, most: int = _WHO) -> str:
        rows = (
            (
                self._link("", "bodies", row.body_id, row.name),
                told(f"kind.{row.kind}", self._say),
                safe(row.place_today or row.place or ""),
                self._say.number(row.articles),
                self._day(row.last_seen),
            )
            for row in self._bodies[:most]
        )
        return self._table(("organisation", "kind", "place", "count.articles", "site.last"), rows)

    def _people_list(self, most: int = _WHO) -> str:
        rows = (
            (
                self._link("", "people", row.person_id, row.name),
                safe(_capital(row.post or "")),
                self._link("", "bodies", row.body_id, row.body or ""),
                self._say.number(row.stories),
                self._day(row.last_seen),
            )
            for row in self._people[:most]
        )
        return self._table(("official", "post", "body", "count.stories", "site.last"), rows)

    def _body(self, row: Any) -> str:
        say = self._say
        facts = (
            ("kind", told(f"kind.{row.kind}", say)),
            ("level", "" if row.level == "none" else told(f"level.{row.level}", say)),
            ("place", safe(row.place_today or row.place or "")),
            ("part_of", self._link("../", "bodies", row.parent_id, row.parent or "") if row.parent else ""),
            ("site.aliases", safe(", ".join((row.aliases or "").split("\n")))),
            ("site.seen", say.days(row.first_seen, row.last_seen)),
        )
        posts = self._table(
            ("official", "post", "site.when", "count.articles"),
            (
                (self._person_link(post.person_id), *self._post(post), say.number(post.articles))
                for post in self._holders.get(row.body_id, [])[:_LATEST]
            ),
        )
        return (
            f"{self._facts(facts)}{self._part('site.holders', posts)}"
            f"{self._part('site.articles', self._listed('bodies', row.body_id))}"
        )

    def _person(self, row: Any) -> str:
        say = self._say
        facts = (
            ("site.aliases", safe(", ".join((row.aliases or "").split("\n")))),
            ("site.seen", say.days(row.first_seen, row.last_seen)),
            ("confidence", say.percent(row.probability) if row.probability else ""),
        )
        posts = self._table(
            ("post", "body", "site.when", "count.articles"),
            (
                (
                    self._post(post)[0],
                    self._link("../", "bodies", post.body_id, post.body or ""),
                    self._post(post)[1],
                    say.number(post.articles),
                )
                for post in self._careers.get(row.person_id, [])
            ),
        )
        said = self._said.get(row.person_id, [])
        figures = self._table(
            ("indicator", "measures", "site.article"),
            (
                (
                    self._link("../", "articles", one.article, one.mention, one.fact),
                    safe(one.measure or ""),
                    safe(self._headlines[one.article]),
                )
                for one in said
            ),
        )
        return (
            f"{self._facts(facts)}{self._part('site.career', posts)}{self._part('site.said', figures) if said else ''}"
            f"{self._part('site.articles', self._listed('people', row.person_id))}"
        )

    def _facts(self, facts: Iterable[tuple[str, str]]) -> str:
        rows = "".join(f"<dt>{told(label, self._say)}</dt><dd>{value}</dd>" for label, value in facts if value)
        return f'<dl class="facts">{rows}</dl>' if rows else ""

    def _person_link(self, id: str) -> str:
        name = next((row.name for row in self._people if row.person_id == id), id.rpartition("-")[0].replace("-", " "))
        return self._link("../", "people", id, name)

    def _post(self, post: Any) -> tuple[str, str]:
        """A post in words, and when it was held or written of."""
        say = self._say
        status = "" if post.status == "current" else f" ({say(f'status.{post.status}')})"
        since = say("since", say.partial_day(post.since)) if post.since else ""
        until = say("until", say.partial_day(post.until)) if post.until else ""
        when = " ".join(filter(None, (since, until))) or say.days(post.first_seen, post.last_seen)
        return safe(_capital(post.title) + status), safe(when)

    def _listed(self, section: str, id: str) -> str:
        """The latest articles that name somebody, each story once."""
        stories: dict[str, Any] = {}
        named = {row.article: row.fact for row in self._named[section].get(id, [])}
        # In the order of all articles, the latest first.
        for row in sorted((self._articles[article] for article in named), key=lambda row: self._places[row.article_id]):
            stories.setdefault(row.story_id, row)
        shown = list(stories.values())[:_LATEST]
        return self._article_table(shown, "../", named)

    def _article_table(self, rows: Iterable[Any], root: str, facts: Mapping[str, str]) -> str:
        return self._table(
            ("site.article", "date", "site.source"),
            (
                (
                    self._link(
                        root, "articles", row.article_id, self._headlines[row.article_id], facts.get(row.article_id, "")
                    )
                    + (f' <span class="times">×{row.copies}</span>' if row.copies > 1 else ""),
                    self._day(row.published_day),
                    safe(row.source or ""),
                )
                for row in rows
            ),
        )

    def _article_list(self) -> str:
        stories: dict[str, Any] = {}
        for id in self._paged:
            stories.setdefault(self._articles[id].story_id, self._articles[id])
        return self._article_table(stories.values(), "", {})

    def _stories(self) -> str:
        told_often: dict[str, Any] = {}
        for row in self._articles.values():
            if row.copies > 1:
                told_often.setdefault(row.story_id, row)
        ranked = sorted(told_often.values(), key=lambda row: -row.copies)
        return self._article_table(ranked, "", {})

    def _statistics(self, most: int = _STATISTICS) -> str:
        return "".join(self._statistic(key, rows) for key, rows in list(self._series.items())[:most])

    def _statistic(self, key: tuple[str, str, str | None], rows: Sequence[Any]) -> str:
        say = self._say
        measure, unit, direction = key
        change = f" ({told(f'direction.{direction}', say)})" if direction else ""
        points = [
            Point(row.period_last_day, float(row.value), row.series_id, _point_words(row, say), bool(row.conflict))
            for row in rows
        ]
        table = self._table(
            ("value", "period", "owner", "site.articles"),
            (
                (
                    safe(scaled(float(row.value), row.unit, say))
                    + (f" {told('site.conflict', say)}" if row.conflict else ""),
                    say.days(row.period_first_day, row.period_last_day),
                    self._link("", "bodies", row.body_id, row.owner or row.place or ""),
                    ", ".join(self._link("", "articles", id, self._headlines.get(id, id)) for id in _evidence(row)),
                )
                for row in rows
            ),
        )
        heading = f'<h3 id="{_anchor(key)}"><span lang="vi">{safe(_capital(measure))}</span>{change}</h3>'
        as_table = f"<details>{told('site.as_table', say, element='summary')}{table}</details>"
        return f"{heading}{scatter(points, unit, measure, say)}{as_table}"


def plain(words: str) -> str:
    """Words without accents and capitals, as people type them who search; `search.js` does the same.

    >>> plain("Ủy ban Đắk Lắk")
    'uy ban dak lak'
    """
    letters = unicodedata.normalize("NFD", words.casefold()).replace("đ", "d")
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _cell(label: str, content: str) -> str:
    """A cell; its label is seen where a narrow screen sets the cells one below the other."""
    return f"<td>{label}{content}</td>" if content else "<td></td>"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _headline(row: Any) -> str:
    text = row.text or ""
    title = " ".join((row.title or text.strip().partition("\n")[0]).split())
    title = one_case(title, text)
    return title if len(title) <= 140 else f"{title[:140].rpartition(' ')[0]} …"


def _statistic(row: Any) -> tuple[str, str, str | None]:
    return row.measure_key, row.unit, row.direction


def _anchor(key: tuple[str, str, str | None]) -> str:
    return safe("s-" + "-".join(plain(part or "") for part in key).replace(" ", "-"))


def _evidence(row: Any) -> list[str]:
    """The first articles that give a figure."""
    return (row.evidence or "").split("\n")[:3] if row.evidence else []


def _point_words(row: Any, say: Speech) -> str:
    where = row.owner or row.place or ""
    when = say.days(row.period_first_day, row.period_last_day)
    return " · ".join(filter(None, (scaled(float(row.value), row.unit, say), when, where)))


def _grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
