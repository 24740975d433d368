"""What the page of an archive asks its DuckDB tables."""

from vnextract.kinds import KINDS, FactKind

_NAMES_SHOWN = 25
_UNITS_SHOWN = 6
_FIGURES_SHOWN = 10
_LATEST = 3
"""Articles linked for each name."""

_NAMED = (FactKind.ORGANISATION, FactKind.OFFICIAL)
"""Kinds whose facts are counted by their names, once each however many articles name them."""
_COUNTS = ",\n    ".join(
    f"(SELECT count({'DISTINCT name' if kind in _NAMED else '*'}) FROM {row.field}) AS {kind.value}"
    for kind, row in KINDS.items()
)

TOTALS = f"""
SELECT count(*) AS articles, count(failure) AS failed, count(published_day) AS dated,
    min(published_day) AS first, max(published_day) AS last,
    {_COUNTS}
FROM articles
"""
"""How much there is, and from when to when."""

_SUMS = ", ".join(f"CAST(sum(coalesce({row.field}.n, 0)) AS BIGINT) AS {kind.value}" for kind, row in KINDS.items())
_IN_ARTICLE = "\n".join(
    f"LEFT JOIN (SELECT article_id, count(*) AS n FROM {row.field} GROUP BY 1) AS {row.field} USING (article_id)"
    for row in KINDS.values()
)

PERIODS = f"""
SELECT CAST(date_trunc(?, published_day) AS DATE) AS first, count(*) AS articles, {_SUMS}
FROM articles
{_IN_ARTICLE}
WHERE published_day IS NOT NULL
GROUP BY 1 ORDER BY 1
"""
"""Articles and facts by `day`, `month` or `year`."""

BODIES = f"""
SELECT name, mode(kind) AS kind, count(DISTINCT article_id) AS articles, CAST(sum(mentions) AS BIGINT) AS mentions,
    list({{'article': article_id, 'fact': organisation_id}} ORDER BY published_day DESC NULLS LAST, article_id)
        [1:{_LATEST}] AS latest
FROM organisations JOIN articles USING (article_id)
GROUP BY name ORDER BY articles DESC, mentions DESC, name LIMIT {_NAMES_SHOWN}
"""
"""The organisations that most articles name, with the latest of these articles."""

PEOPLE = f"""
SELECT name, count(DISTINCT article_id) AS articles, CAST(sum(mentions) AS BIGINT) AS mentions,
    list({{'article': article_id, 'fact': official_id}} ORDER BY published_day DESC NULLS LAST, article_id)
        [1:{_LATEST}] AS latest
FROM officials JOIN articles USING (article_id)
GROUP BY name ORDER BY articles DESC, mentions DESC, name LIMIT {_NAMES_SHOWN}
"""
"""The officials that most articles name, likewise."""

POSTS = """
SELECT title, organisation, count(DISTINCT article_id) AS articles FROM positions WHERE name = ?
GROUP BY ALL ORDER BY articles DESC, title, organisation LIMIT 2
"""
"""What one of them is called most."""

UNITS = f"""
SELECT unit, count(DISTINCT article_id) AS articles FROM indicators WHERE unit IS NOT NULL AND value IS NOT NULL
GROUP BY unit ORDER BY articles DESC, unit LIMIT {_UNITS_SHOWN}
"""
"""The units that most articles count in."""

FIGURES = f"""
SELECT article_id AS article, 'indicator-' || indicator_number AS fact, mention, measure, organisation,
    greatest(value, coalesce(upper, value)) AS size, period_first_day, period_last_day
FROM indicators WHERE unit = ? AND value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY article_id, size ORDER BY mention_start) = 1
ORDER BY size DESC, article_id LIMIT {_FIGURES_SHOWN}
"""
"""The largest figures in one unit; one that an article repeats counts once."""
