"""What the report of an archive asks its DuckDB tables."""

_NAMES_SHOWN = 25
_UNITS_SHOWN = 6
_FIGURES_SHOWN = 10
_LATEST = 3
"""Articles linked for each name."""

TOTALS = """
SELECT count(*) AS articles, count(failure) AS failed, count(published_day) AS dated,
    min(published_day) AS first, max(published_day) AS last,
    (SELECT count(DISTINCT name) FROM organisations) AS organisation,
    (SELECT count(DISTINCT name) FROM officials) AS official,
    (SELECT count(*) FROM dates) AS date,
    (SELECT count(*) FROM indicators) AS indicator
FROM articles
"""
"""How much there is, and from when to when."""

PERIODS = """
SELECT CAST(date_trunc(?, published_day) AS DATE) AS first, count(*) AS articles,
    CAST(sum(organisation) AS BIGINT) AS organisation, CAST(sum(official) AS BIGINT) AS official,
    CAST(sum(date) AS BIGINT) AS date, CAST(sum(indicator) AS BIGINT) AS indicator
FROM (
    SELECT published_day, coalesce(o.n, 0) AS organisation, coalesce(p.n, 0) AS official,
        coalesce(d.n, 0) AS date, coalesce(i.n, 0) AS indicator
    FROM articles
    LEFT JOIN (SELECT article_id, count(*) AS n FROM organisations GROUP BY 1) AS o USING (article_id)
    LEFT JOIN (SELECT article_id, count(*) AS n FROM officials GROUP BY 1) AS p USING (article_id)
    LEFT JOIN (SELECT article_id, count(*) AS n FROM dates GROUP BY 1) AS d USING (article_id)
    LEFT JOIN (SELECT article_id, count(*) AS n FROM indicators GROUP BY 1) AS i USING (article_id)
    WHERE published_day IS NOT NULL
)
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
