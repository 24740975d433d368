"""The persons of all articles as profiles: mentions that are surely one person's, and what is known of them."""

from functools import cache

from vnextract.lexicon.titles import titles
from vnextract.linking.groups import Groups
from vnextract.linking.spelling import person_name, title_key
from vnextract.linking.work import Row, Work
from vnextract.records import OrganisationKind as Kind

_RARE = 40
"""Articles up to which a person or body named beside another tells something of it."""
_MOST = 40
"""Of these, how many are kept of one profile."""

_STATE = tuple(map(str, (Kind.PARTY, Kind.GOVERNMENT, Kind.LEGISLATURE, Kind.JUDICIARY)))

_KEYS_ONLY = """
CREATE OR REPLACE TABLE person_keys_only AS
SELECT key, first(is_foreign ORDER BY name) AS is_foreign, first(surnames ORDER BY name) AS surnames,
    first(given ORDER BY name) AS given, first(share ORDER BY name) AS share
FROM person_keys GROUP BY key
"""
_NAMED = """
CREATE OR REPLACE TABLE named_persons AS
SELECT o.article_id || ' ' || o.official_id AS mention_id, o.article_id, o.official_id, o.name, o.rank, k.key,
    a.published_day AS day, coalesce(s.story_id, o.article_id) AS story_id
FROM news.officials AS o JOIN person_keys AS k USING (name) JOIN news.articles AS a USING (article_id)
LEFT JOIN stories AS s USING (article_id)
WHERE k.key <> ''
"""
_POSTS = f"""
CREATE OR REPLACE TABLE posts AS
SELECT p.article_id || ' ' || p.official_id AS mention_id, p.article_id, p.official_id, p.title AS words,
    t.key AS title, m.body_id, p.organisation, coalesce(p.place_code_today, p.place, b.place_code_today) AS place,
    p.status, p.since, p.until, a.published_day AS day,
    CASE WHEN m.body_id IS NULL THEN p.place IS NOT NULL ELSE m.body_id IN (FROM certain_bodies) END AS certain,
    coalesce(
        b.level = 'central' AND b.kind IN {_STATE} AND starts_with(b.body_id, 'vn/'), t.is_minister AND p.place IS NULL
    ) AS central
FROM news.positions AS p JOIN news.articles AS a USING (article_id) JOIN title_keys AS t ON t.title = p.title
LEFT JOIN news.organisations AS o ON o.article_id = p.article_id AND o.organisation_id = p.organisation_id
LEFT JOIN body_ids AS m ON m.named_id = o.body_id LEFT JOIN bodies AS b ON b.body_id = m.body_id
"""
_CERTAIN_BODIES = """
CREATE OR REPLACE TABLE certain_bodies AS
SELECT body_id FROM bodies
WHERE place_code IS NOT NULL OR (starts_with(body_id, 'vn/') AND level = 'central') OR kind = 'international'
"""
_SAME = """
SELECT DISTINCT min(n.mention_id) OVER one, n.mention_id
FROM named_persons AS n JOIN posts AS p USING (mention_id) WHERE p.certain
WINDOW one AS (PARTITION BY n.key, p.title, coalesce(p.body_id, p.place))
UNION
SELECT DISTINCT min(mention_id) OVER tale, mention_id FROM named_persons WINDOW tale AS (PARTITION BY key, story_id)
ORDER BY ALL
"""
_PROFILES = f"""
CREATE OR REPLACE TABLE profiles AS
WITH one AS (SELECT p.profile_id, n.* FROM named_persons AS n JOIN profile_of AS p USING (mention_id)),
held AS (
    SELECT p.profile_id, list(DISTINCT title ORDER BY title) AS titles, bool_or(central) AS central,
        list(DISTINCT body_id ORDER BY body_id) FILTER (body_id IS NOT NULL) AS bodies,
        list(DISTINCT title || '@' || coalesce(body_id, place) ORDER BY title || '@' || coalesce(body_id, place))
            FILTER (coalesce(body_id, place) IS NOT NULL) AS posts,
        list(DISTINCT place ORDER BY place) FILTER (place IS NOT NULL) AS places,
        list(DISTINCT circle ORDER BY circle) FILTER (circle IS NOT NULL) AS circles
    FROM posts JOIN profile_of AS p USING (mention_id),
        unnest([body_id, nullif(regexp_extract(body_id, '^vn/[^/]+'), '')]) AS u(circle)
    GROUP BY p.profile_id
),
beside AS (
    SELECT DISTINCT a.profile_id, b.key AS other FROM one AS a JOIN one AS b USING (article_id)
    WHERE a.key <> b.key AND b.key IN (FROM rare_persons)
),
company AS (SELECT profile_id, list(other ORDER BY md5(other))[:{_MOST}] AS company FROM beside GROUP BY 1),
around AS (
    SELECT DISTINCT a.profile_id, m.body_id FROM one AS a JOIN news.organisations AS o USING (article_id)
    JOIN body_ids AS m ON m.named_id = o.body_id WHERE m.body_id IN (FROM rare_bodies)
),
context AS (
    SELECT profile_id, list(body_id ORDER BY md5(body_id))[:{_MOST}] AS context FROM around GROUP BY 1
)
SELECT profile_id, key, any_value(k.is_foreign) AS is_foreign, any_value(k.share) AS share,
    any_value(k.surnames) AS surnames, any_value(k.given) AS given,
    count(DISTINCT article_id) AS articles, date_diff('day', DATE '1970-01-01', min(day)) AS first_day,
    date_diff('day', DATE '1970-01-01', max(day)) AS last_day,
    any_value(titles) AS titles, any_value(bodies) AS bodies, any_value(posts) AS posts, any_value(places) AS places,
    any_value(circles) AS circles, coalesce(any_value(held.central), false) AS central,
    any_value(company) AS company, any_value(context) AS context
FROM one JOIN person_keys_only AS k USING (key)
LEFT JOIN held USING (profile_id) LEFT JOIN company USING (profile_id) LEFT JOIN context USING (profile_id)
GROUP BY profile_id, key ORDER BY profile_id
"""


def build(work: Work) -> None:
    """Make the tables `named_persons`, `posts`, `profile_of` and `profiles`.

    Two mentions are surely one person's where the same name bears the same post of a body that has no namesake, or
    stands in two printings of one story. Everything else is for `people` to decide.

    Args:
        work: A working database with the tables that `bodies` and `stories` make.
    """
    work.mapped(
        "person_keys",
        {
            **{"name": "VARCHAR", "key": "VARCHAR", "is_foreign": "BOOLEAN"},
            **{"surnames": "VARCHAR[]", "given": "VARCHAR[]", "share": "DOUBLE"},
        },
        _person,
        "SELECT DISTINCT name FROM news.officials ORDER BY name",
    )
    work.execute(_KEYS_ONLY)
    titles = {"title": "VARCHAR", "key": "VARCHAR", "is_minister": "BOOLEAN"}
    work.mapped("title_keys", titles, _title, "SELECT DISTINCT title FROM news.positions ORDER BY title")
    for sql in (_NAMED, _CERTAIN_BODIES, _POSTS):
        work.execute(sql)
    groups = Groups()
    for first, other in work.rows(_SAME):
        groups.join(first, other)
    work.fill("joined", {"mention_id": "VARCHAR", "profile_id": "VARCHAR"}, groups.members())
    work.execute(
        "CREATE OR REPLACE TABLE profile_of AS SELECT mention_id, coalesce(profile_id, mention_id) AS profile_id "
        "FROM named_persons LEFT JOIN joined USING (mention_id)"
    )
    work.execute(
        "CREATE OR REPLACE TABLE rare_persons AS SELECT key FROM named_persons GROUP BY key "
        f"HAVING count(DISTINCT article_id) <= {_RARE}"
    )
    work.execute(f"CREATE OR REPLACE TABLE rare_bodies AS SELECT body_id FROM bodies WHERE articles <= {_RARE}")
    work.execute(_PROFILES)


def _person(row: Row) -> Row:
    name = person_name(row[0])
    return row[0], name.key, name.foreign, list(name.surnames), list(name.given), name.share


def _title(row: Row) -> Row:
    key = title_key(row[0])
    return row[0], key, key.startswith(_ministers())


@cache
def _ministers() -> tuple[str, ...]:
    return tuple(titles("minister"))
