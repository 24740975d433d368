"""What the report asks the tables of a linked archive."""

TOTALS = """
SELECT count(*) AS articles, count(failure) AS failed, min(published_day) AS first, max(published_day) AS last,
    (SELECT count(*) FROM bodies) AS bodies, (SELECT count(*) FROM people) AS people,
    (SELECT count(*) FROM indicators) AS indicators, (SELECT count(DISTINCT story_id) FROM stories) AS stories
FROM articles
"""

LATEST = """
SELECT article_id FROM articles WHERE failure IS NULL ORDER BY published_day DESC NULLS LAST, article_id LIMIT ?
"""
"""The articles that get a page."""

ARTICLES = """
SELECT article_id, title, published_day, source, coalesce(story_id, article_id) AS story_id,
    coalesce(s.articles, 1) AS copies, CASE WHEN title IS NULL OR title = upper(title) THEN left(text, 6000) END AS text
FROM articles LEFT JOIN (SELECT article_id, story_id, articles FROM stories) AS s USING (article_id)
WHERE article_id IN (SELECT unnest(?))
ORDER BY published_day DESC NULLS LAST, article_id
"""
"""What lists say of some articles, with the story that each tells; the text where the headline may need it."""

BODIES = """
SELECT b.*, p.name AS parent FROM bodies AS b LEFT JOIN bodies AS p ON p.body_id = b.parent_id
ORDER BY b.articles DESC, b.mentions DESC, b.name LIMIT ?
"""

PEOPLE = "SELECT * FROM people ORDER BY stories DESC, articles DESC, mentions DESC, name LIMIT ?"

_LATEST_OF_EACH = """
QUALIFY row_number() OVER (PARTITION BY who ORDER BY published_day DESC NULLS LAST, article) <= ?
"""

BODY_ARTICLES = f"""
SELECT n.body_id AS who, o.article_id AS article, min(o.organisation_id) AS fact
FROM organisations AS o JOIN body_names AS n ON n.named_id = o.body_id AND n.name = o.name
JOIN articles AS a USING (article_id) WHERE who IN (SELECT unnest(?))
GROUP BY n.body_id, o.article_id, published_day {_LATEST_OF_EACH}
"""
"""The latest articles that name each of some bodies, and the fact in each."""

PERSON_ARTICLES = f"""
SELECT person_id AS who, article_id AS article, min(official_id) AS fact
FROM person_mentions JOIN articles USING (article_id) WHERE who IN (SELECT unnest(?))
GROUP BY person_id, article_id, published_day {_LATEST_OF_EACH}
"""

CAREERS = """
SELECT * FROM careers WHERE person_id IN (SELECT unnest(?)) OR body_id IN (SELECT unnest(?))
ORDER BY coalesce(since, CAST(first_seen AS VARCHAR)) DESC NULLS LAST, articles DESC, title
"""
"""Every post of some persons, and in some bodies, the latest first."""

SAID = """
SELECT m.person_id AS who, i.article_id AS article, 'indicator-' || i.indicator_number AS fact, i.mention, i.measure
FROM indicators AS i JOIN person_mentions AS m ON m.article_id = i.article_id AND m.official_id = i.said_by_id
WHERE who IN (SELECT unnest(?))
QUALIFY row_number() OVER (PARTITION BY who ORDER BY i.article_id, i.indicator_number) <= ?
ORDER BY i.article_id, i.indicator_number
"""
"""The figures that each of some persons is quoted with."""

SERIES = """
WITH dated AS (
    SELECT * FROM series
    WHERE period_last_day IS NOT NULL AND value IS NOT NULL AND unit IS NOT NULL AND measure_key IS NOT NULL
), told AS (
    SELECT measure_key, unit, direction, count(*) AS figures FROM dated
    GROUP BY ALL HAVING count(DISTINCT period_last_day) > 1 ORDER BY figures DESC, measure_key, unit LIMIT ?
)
SELECT d.*, t.figures FROM dated AS d JOIN told AS t
ON d.measure_key = t.measure_key AND d.unit = t.unit AND d.direction IS NOT DISTINCT FROM t.direction
ORDER BY t.figures DESC, d.measure_key, d.unit, d.direction, d.period_last_day, d.place, d.owner, d.value
"""
"""The statistics with figures of several days, each with all its figures."""

PERIODS = """
SELECT CAST(date_trunc(?, published_day) AS DATE) AS first, count(*) AS articles FROM articles
WHERE published_day IS NOT NULL GROUP BY 1 ORDER BY 1
"""
