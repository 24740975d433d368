"""One row a person, and one row for each post that a person is said to hold or have held."""

from vnextract.lexicon.register import slug
from vnextract.linking.work import Row, Work

EVIDENCE = 100
"""Articles named as evidence of one row at most."""

_TELLING = 0.1
"""Share of the articles that give a title from which on the one body, or place, that they name is that of all."""

_MENTIONS = """
CREATE OR REPLACE TABLE person_mentions AS
SELECT n.article_id, n.official_id, i.person_id, p.profile_id, n.name
FROM named_persons AS n JOIN profile_of AS p USING (mention_id) JOIN person_of AS o USING (profile_id)
JOIN person_ids AS i ON i.first = o.person_id
ORDER BY ALL
"""
_NAMES = """
SELECT o.person_id, first(n.name ORDER BY contains(k.key, ' ') DESC, n.articles DESC, n.name)
FROM (
    SELECT profile_id, key, name, count(*) AS articles
    FROM named_persons JOIN profile_of USING (mention_id) GROUP BY ALL
) AS n JOIN person_of AS o USING (profile_id) JOIN person_keys_only AS k USING (key)
GROUP BY o.person_id ORDER BY ALL
"""
_CAREERS = f"""
CREATE OR REPLACE TABLE careers AS
WITH one AS (
    SELECT m.person_id, p.*, coalesce(b.name, p.organisation) AS body
    FROM posts AS p JOIN person_mentions AS m USING (article_id, official_id) LEFT JOIN bodies AS b USING (body_id)
), sole AS (
    SELECT person_id, title, min(body_id) AS body_id, min(body) AS body FROM one
    GROUP BY person_id, title
    HAVING count(DISTINCT body_id) = 1 AND count(body_id) >= {_TELLING} * count(*)
        AND count(*) FILTER (body_id IS NULL AND place <> 'Việt Nam') = 0
), sole_place AS (
    SELECT person_id, title, min(place) AS place FROM one WHERE body_id IS NULL
    GROUP BY person_id, title HAVING count(DISTINCT place) = 1 AND count(place) >= {_TELLING} * count(*)
), whole AS (
    SELECT one.* EXCLUDE (body_id, body, place), coalesce(one.body_id, sole.body_id) AS body_id,
        coalesce(one.body, sole.body) AS body,
        CASE WHEN one.body_id IS NULL THEN coalesce(one.place, sole_place.place) ELSE one.place END AS place
    FROM one LEFT JOIN sole USING (person_id, title) LEFT JOIN sole_place USING (person_id, title)
), said AS (
    SELECT person_id, title, body_id, CASE WHEN body_id IS NULL THEN place END AS of_place,
        mode(words ORDER BY words) AS words, min(body) AS body, mode(place ORDER BY place) AS place,
        min(day) AS first_seen, max(day) AS last_seen, min(since) AS since, max(until) AS until,
        last(status ORDER BY day NULLS FIRST, article_id) AS status,
        list(DISTINCT article_id ORDER BY article_id) AS evidence
    FROM whole GROUP BY ALL
)
SELECT person_id, words AS title, body_id, body, place, status, since, until, first_seen, last_seen,
    array_length(evidence) AS articles, array_to_string(evidence[:{EVIDENCE}], chr(10)) AS evidence
FROM said ORDER BY person_id, articles DESC, title, body_id, place
"""
_PEOPLE = """
CREATE OR REPLACE TABLE people AS
WITH one AS (
    SELECT m.person_id, m.name, m.article_id, a.published_day, s.story_id, o.mentions
    FROM person_mentions AS m JOIN news.articles AS a USING (article_id)
    JOIN news.officials AS o USING (article_id, official_id)
    LEFT JOIN stories AS s USING (article_id)
), spelled AS (SELECT person_id, name, count(*) AS articles FROM one GROUP BY ALL),
listed AS (SELECT person_id, list(name ORDER BY articles DESC, name) AS names FROM spelled GROUP BY 1),
held AS (
    SELECT DISTINCT ON (person_id) person_id, title, body_id, body, place FROM careers
    ORDER BY person_id, articles DESC, body_id NULLS LAST, title, place
), link AS (
    SELECT p.person_id, p.profile_id, max(probability) AS probability
    FROM (
        SELECT profile_id, probability, other_profile_id AS other FROM scored
        UNION ALL SELECT other_profile_id, probability, profile_id FROM scored
    ) JOIN person_of AS p USING (profile_id) JOIN person_of AS o ON o.profile_id = other AND o.person_id = p.person_id
    GROUP BY ALL
), surest AS (
    SELECT i.person_id, min(probability) AS probability
    FROM link JOIN person_ids AS i ON i.first = link.person_id GROUP BY 1
)
SELECT person_id, i.name,
    nullif(array_to_string(list_filter(names, lambda other: other <> i.name), chr(10)), '') AS aliases,
    held.title AS post, held.body_id, held.body, held.place,
    min(published_day) AS first_seen, max(published_day) AS last_seen,
    count(DISTINCT article_id) AS articles, count(DISTINCT story_id) AS stories, sum(mentions)::BIGINT AS mentions,
    any_value(probability) AS probability
FROM one JOIN person_ids AS i USING (person_id) JOIN listed USING (person_id)
LEFT JOIN held USING (person_id) LEFT JOIN surest USING (person_id)
GROUP BY person_id, i.name, names, held.title, held.body_id, held.body, held.place ORDER BY person_id
"""
_PAIRS = """
CREATE OR REPLACE TABLE people_pairs AS
SELECT s.*, a.person_id = b.person_id AS is_joined
FROM scored AS s JOIN person_of AS a USING (profile_id) JOIN person_of AS b ON b.profile_id = s.other_profile_id
WHERE probability >= 0.01 ORDER BY ALL
"""


def build(work: Work) -> None:
    """Make the tables `people`, `person_mentions`, `people_pairs` and `careers`.

    Args:
        work: A working database with the tables that `bodies`, `stories`, `profiles` and `people` make.
    """
    columns = {"first": "VARCHAR", "name": "VARCHAR", "person_id": "VARCHAR"}
    work.mapped("person_names", columns, _identified, _NAMES)
    work.execute(
        "CREATE OR REPLACE TABLE person_ids AS "
        "SELECT first, name, person_id || left(md5(first), 6) AS person_id FROM person_names"
    )
    for sql in (_MENTIONS, _CAREERS, _PEOPLE, _PAIRS):
        work.execute(sql)


def _identified(row: Row) -> Row:
    return row[0], row[1], f"{slug(row[1])}-"
