"""What stands on each page of the report."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from vnextract.show.charts import Point, bars, scaled, scatter
from vnextract.show.markup import document, safe, script_json, told
from vnextract.show.periods import every
from vnextract.show.site.gather import LATEST, STATISTICS, WHO, Gathered, Statistic, evidence
from vnextract.show.words import Language, Speech, speech
from vnextract.text.accents import without_accents
from vnextract.version import __version__

_SAID = re.compile(r'data-w(?:-label)?="([^"]+)"')
_SEARCH_SAYS = {"language", "site.search", "site.found", "site.article", "organisation", "official", "indicator"}
_SECTIONS = ("bodies", "people", "series", "stories", "articles")


class Pages:
    """The pages of the report but those of single articles.

    Args:
        known: What they say.
        name: What the report is called.
        say: The language that they speak at first.
    """

    def __init__(self, known: Gathered, name: str, say: Speech) -> None:
        self._known, self._name, self._say = known, name, say

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page with its place in the folder."""
        yield "index.html", self._page("", self._name, self._start(), with_search=True)
        contents = (self._body_list(), self._people_list(), self._statistics(), self._stories(), self._article_list())
        for section, content in zip(_SECTIONS, contents, strict=True):
            yield f"{section}.html", self._page("", self._say(f"site.{section}"), content, key=f"site.{section}")
        for row in self._known.bodies:
            yield (
                f"bodies/{self._known.files['bodies', row.body_id]}.html",
                self._page("../", row.name, self._body(row)),
            )
        for row in self._known.people:
            yield (
                f"people/{self._known.files['people', row.person_id]}.html",
                self._page("../", row.name, self._person(row)),
            )

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
        for row in self._known.bodies:
            also = " ".join((row.aliases or "").split("\n"))
            yield (
                "organisation",
                row.name,
                row.place_today or "",
                self._at("bodies", row.body_id),
                plain(f"{row.name} {also}"),
            )
        for row in self._known.people:
            also, post = " ".join((row.aliases or "").split("\n")), ", ".join(filter(None, (row.post, row.body)))
            yield "official", row.name, post, self._at("people", row.person_id), plain(f"{row.name} {also} {post}")
        for key, points in self._known.series.items():
            where = f"series.html#{_anchor(key)}"
            owners = " ".join({f"{point.owner or ''} {point.place or ''}" for point in points})
            yield (
                "indicator",
                points[0].measure_key,
                self._say.unit(points[0].unit),
                where,
                plain(f"{points[0].measure_key} {owners}"),
            )
        for id in self._known.paged:
            row = self._known.articles[id]
            if row.story_id == id or row.story_id not in self._known.articles:
                day = self._say.day(row.published_day) if row.published_day else ""
                yield (
                    "article",
                    self._known.headlines[id],
                    day,
                    self._at("articles", id),
                    plain(self._known.headlines[id]),
                )

    def _at(self, section: str, id: str) -> str:
        return f"{section}/{self._known.files[section, id]}.html"

    def _start(self) -> str:
        say, totals = self._say, self._known.totals
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
        first, last = self._known.totals.first, self._known.totals.last
        if first is None:
            return ""
        counts = {row.first: row.articles for row in self._known.periods}
        days = [(day, counts.get(day, 0)) for day in every(self._known.grain, first, last)]
        return self._part("site.time", bars(days, self._say("site.time"), self._say))

    def _stacked_table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        """A table of HTML cells that a narrow screen sets one below the other, each with its label."""
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
        if id is None or (section, id) not in self._known.files:
            return f'<span lang="vi">{safe(words)}</span>'
        anchor = f"#{safe(fact)}-1" if fact else ""
        return f'<a href="{root}{safe(self._at(section, id))}{anchor}" lang="vi">{safe(words)}</a>'

    def _day(self, day: date | None) -> str:
        return self._say.day(day) if day else ""

    def _body_list(self, most: int = WHO) -> str:
        rows = (
            (
                self._link("", "bodies", row.body_id, row.name),
                told(f"kind.{row.kind}", self._say),
                safe(row.place_today or row.place or ""),
                self._say.number(row.articles),
                self._day(row.last_seen),
            )
            for row in self._known.bodies[:most]
        )
        return self._stacked_table(("organisation", "kind", "place", "count.articles", "site.last"), rows)

    def _people_list(self, most: int = WHO) -> str:
        rows = (
            (
                self._link("", "people", row.person_id, row.name),
                safe(_capital(row.post or "")),
                self._link("", "bodies", row.body_id, row.body or ""),
                self._say.number(row.stories),
                self._day(row.last_seen),
            )
            for row in self._known.people[:most]
        )
        return self._stacked_table(("official", "post", "body", "count.stories", "site.last"), rows)

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
        posts = self._stacked_table(
            ("official", "post", "site.when", "count.articles"),
            (
                (self._person_link(post.person_id), *self._post(post), say.number(post.articles))
                for post in self._known.holders.get(row.body_id, [])[:LATEST]
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
        posts = self._stacked_table(
            ("post", "body", "site.when", "count.articles"),
            (
                (
                    self._post(post)[0],
                    self._link("../", "bodies", post.body_id, post.body or ""),
                    self._post(post)[1],
                    say.number(post.articles),
                )
                for post in self._known.careers.get(row.person_id, [])
            ),
        )
        said = self._known.said.get(row.person_id, [])
        figures = self._stacked_table(
            ("indicator", "measures", "site.article"),
            (
                (
                    self._link("../", "articles", one.article, one.mention, one.fact),
                    safe(one.measure or ""),
                    safe(self._known.headlines[one.article]),
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
        name = self._known.names.get(id) or id.rpartition("-")[0].replace("-", " ")
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
        named = {row.article: row.fact for row in self._known.named[section].get(id, [])}
        # In the order of all articles, the latest first.
        for row in sorted(
            (self._known.articles[article] for article in named), key=lambda row: self._known.places[row.article_id]
        ):
            stories.setdefault(row.story_id, row)
        shown = list(stories.values())[:LATEST]
        return self._article_table(shown, "../", named)

    def _article_table(self, rows: Iterable[Any], root: str, facts: Mapping[str, str]) -> str:
        return self._stacked_table(
            ("site.article", "date", "site.source"),
            (
                (
                    self._link(
                        root,
                        "articles",
                        row.article_id,
                        self._known.headlines[row.article_id],
                        facts.get(row.article_id, ""),
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
        for id in self._known.paged:
            stories.setdefault(self._known.articles[id].story_id, self._known.articles[id])
        return self._article_table(stories.values(), "", {})

    def _stories(self) -> str:
        told_often: dict[str, Any] = {}
        for row in self._known.articles.values():
            if row.copies > 1:
                told_often.setdefault(row.story_id, row)
        ranked = sorted(told_often.values(), key=lambda row: -row.copies)
        return self._article_table(ranked, "", {})

    def _statistics(self, most: int = STATISTICS) -> str:
        return "".join(self._statistic(key, rows) for key, rows in list(self._known.series.items())[:most])

    def _statistic(self, key: Statistic, rows: Sequence[Any]) -> str:
        say = self._say
        measure, unit, direction = key
        change = f" ({told(f'direction.{direction}', say)})" if direction else ""
        points = [
            Point(row.period_last_day, float(row.value), row.series_id, _point_words(row, say), bool(row.conflict))
            for row in rows
        ]
        table = self._stacked_table(
            ("value", "period", "owner", "site.articles"),
            (
                (
                    safe(scaled(float(row.value), row.unit, say))
                    + (f" {told('site.conflict', say)}" if row.conflict else ""),
                    say.days(row.period_first_day, row.period_last_day),
                    self._link("", "bodies", row.body_id, row.owner or row.place or ""),
                    ", ".join(
                        self._link("", "articles", id, self._known.headlines.get(id, id)) for id in evidence(row)
                    ),
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
    return " ".join(without_accents(words.casefold()).split())


def _cell(label: str, content: str) -> str:
    """A cell; its label is seen where a narrow screen sets the cells one below the other."""
    return f"<td>{label}{content}</td>" if content else "<td></td>"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _anchor(key: Statistic) -> str:
    return safe("s-" + "-".join(plain(part or "") for part in key).replace(" ", "-"))


def _point_words(row: Any, say: Speech) -> str:
    where = row.owner or row.place or ""
    when = say.days(row.period_first_day, row.period_last_day)
    return " · ".join(filter(None, (scaled(float(row.value), row.unit, say), when, where)))
