"""Ready views in the database: the tables joined as most questions want them, under names that say what they hold."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vnextract.lexicon.tables import table

_TODAY = "(VALUES {rows}) AS today (code, name)"


class View(NamedTuple):
    """A view: what one of its rows is, and the question that it stands for."""

    meaning: str
    sql: str


_OFFICIAL_POSTS = """
SELECT p.name, p.title AS post, p.organisation, o.body_id, p.place AS province, p.status, p.since, p.until,
    a.published_day, p.mention AS words, s.text AS sentence, a.title AS article, a.source, a.url,
    p.article_id, p.official_id, p.organisation_id
FROM positions AS p
JOIN articles AS a ON a.article_id = p.article_id
LEFT JOIN organisations AS o ON o.article_id = p.article_id AND o.organisation_id = p.organisation_id
LEFT JOIN sentences AS s ON s.article_id = p.article_id AND s.sentence = p.sentence
"""
_FIGURES_IN_CONTEXT = """
SELECT i.mention AS figure, i.value, i.unit, i.measure, i.measure_key, d.mention AS period, i.period_first_day,
    i.period_last_day, i.organisation AS owner, i.said_by, s.text AS sentence, a.title AS article, a.published_day,
    a.source, a.url, i.article_id, i.indicator_number
FROM indicators AS i
JOIN articles AS a ON a.article_id = i.article_id
LEFT JOIN dates AS d ON d.article_id = i.article_id AND d.date_number = i.date_number
LEFT JOIN sentences AS s ON s.article_id = i.article_id AND s.sentence = i.sentence
"""
_BODIES_BY_PROVINCE = """
SELECT today.name AS province_today, o.place_code_today AS province_today_code, o.place AS province_as_named,
    o.place_code AS province_as_named_code, o.body_id, o.name, min(o.kind) AS kind, min(o.level) AS level,
    count(DISTINCT o.article_id) AS articles, sum(o.mentions)::BIGINT AS mentions,
    min(a.published_day) AS first_seen, max(a.published_day) AS last_seen
FROM organisations AS o
JOIN articles AS a ON a.article_id = o.article_id
LEFT JOIN {today} ON today.code = o.place_code_today
WHERE o.place IS NOT NULL
GROUP BY today.name, o.place_code_today, o.place, o.place_code, o.body_id, o.name
"""


def views() -> Mapping[str, View]:
    """The views by name; every column that they take is one of the tables.

    >>> list(views())
    ['official_posts', 'figures_in_context', 'bodies_by_province']
    """
    today = _TODAY.format(rows=", ".join(_provinces_of_today()))
    return {
        "official_posts": View("A post that an article gives to a person.", _OFFICIAL_POSTS),
        "figures_in_context": View("A figure with all that its article says of it.", _FIGURES_IN_CONTEXT),
        "bodies_by_province": View(
            "A body of a province, with the province as the article has it and as it is since the merger of 2025.",
            _BODIES_BY_PROVINCE.format(today=today),
        ),
    }


def _provinces_of_today() -> Iterator[str]:
    for row in table("places_provinces"):
        if row["now"]:
            yield f"('{row['now']}', '{row['name']}')"
