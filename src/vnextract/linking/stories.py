"""Articles that are one text: what an agency wrote and twenty papers printed."""

from collections.abc import Sequence

from vnextract.archive.extras import needed_for
from vnextract.linking.groups import Groups
from vnextract.linking.work import Row, Work
from vnextract.text.normalise import fold

SEED = 20_230_524
_HASHES, _BAND = 96, 4
"""Smallest hashes kept of a text, and how many of them must agree for two texts to be compared."""
_SHINGLE = 4
_ALIKE = 0.7
"""Share of all runs of words that two texts of one story have in common, as their hashes estimate it."""
_CROWDED = 200
"""Articles of one band from which on it says nothing: what every article of a site has at its end."""

_KEPT = """
CREATE OR REPLACE TABLE kept AS
SELECT s.* FROM known_signatures AS s JOIN news.articles AS a USING (article_id) WHERE s.digest = md5(a.text)
"""
_LEFT = """
SELECT a.article_id, md5(a.text), a.text FROM news.articles AS a ANTI JOIN kept USING (article_id)
WHERE a.text IS NOT NULL ORDER BY a.article_id
"""
_SIGNATURES = "CREATE OR REPLACE TABLE story_signatures AS SELECT * FROM kept UNION ALL SELECT * FROM signed"
_BANDS = f"""
CREATE OR REPLACE TABLE bands AS
SELECT article_id, band, hash(signature[band * {_BAND} + 1 : band * {_BAND} + {_BAND}]) AS value
FROM (SELECT article_id, signature, unnest(range({_HASHES // _BAND})) AS band FROM story_signatures)
WHERE signature IS NOT NULL
"""
_PAIRS = f"""
WITH crowded AS (SELECT band, value FROM bands GROUP BY ALL HAVING count(*) > {_CROWDED}),
close AS (
    SELECT DISTINCT a.article_id AS one, b.article_id AS other
    FROM bands AS a JOIN bands AS b ON a.band = b.band AND a.value = b.value AND a.article_id < b.article_id
    ANTI JOIN crowded AS c ON c.band = a.band AND c.value = a.value
)
SELECT one, other FROM close
JOIN story_signatures AS s ON s.article_id = one JOIN story_signatures AS t ON t.article_id = other
WHERE agreeing(s.signature, t.signature) >= {_ALIKE} * {_HASHES} ORDER BY ALL
"""
_STORIES = """
CREATE OR REPLACE TABLE stories AS
WITH member AS (
    SELECT a.article_id, coalesce(m.first, a.article_id) AS member_of, a.published_day, a.source
    FROM news.articles AS a LEFT JOIN story_members AS m USING (article_id) WHERE a.failure IS NULL
)
SELECT first_value(article_id) OVER one AS story_id, article_id, published_day, source,
    count(*) OVER (PARTITION BY member_of) AS articles
FROM member
WINDOW one AS (PARTITION BY member_of ORDER BY published_day NULLS LAST, article_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY story_id, article_id
"""


def build(work: Work) -> None:
    """Make the table `stories` of the texts of an archive: a row an article, with the story that it tells.

    Args:
        work: A working database with the archive attached as `news`, and signatures that are known already in
            `story_signatures`: those of texts that have not changed are taken over.

    Raises:
        MissingExtraError: the library that compares texts is not installed.
    """
    work.execute(_KEPT)
    work.mapped("signed", SIGNATURES, _signed, _LEFT)
    work.execute(_SIGNATURES)
    work.execute(_BANDS)
    groups = Groups()
    for one, other in work.rows(_PAIRS):
        groups.join(one, other)
    work.fill("story_members", {"article_id": "VARCHAR", "first": "VARCHAR"}, groups.members())
    work.execute(_STORIES)


SIGNATURES = {"article_id": "VARCHAR", "digest": "VARCHAR", "signature": "UINTEGER[]"}
"""Columns of `story_signatures`."""


def _signed(row: Row) -> Row:
    article_id, digest, text = row
    return article_id, digest, signature(text)


def signature(text: str) -> Sequence[int] | None:
    """The smallest hashes of a text's runs of words; None where it is too short to tell.

    >>> len(signature("Sáng 16/4, Ủy ban nhân dân tỉnh họp phiên thường kỳ tháng tư."))
    96
    """
    with needed_for("comparing texts", "link"):
        from rensa import RMinHash

    words = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    shingles = [" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]
    if not shingles:
        return None
    hashes = RMinHash(num_perm=_HASHES, seed=SEED)
    hashes.update(shingles)
    return [int(value) for value in hashes.digest()]
