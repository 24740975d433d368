"""Articles that are one text: what an agency wrote and twenty papers printed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vnextract.archive.extras import needed_for
from vnextract.linking.groups import Groups
from vnextract.linking.work import Row, fill, rows
from vnextract.text.normalise import fold

if TYPE_CHECKING:
    from vnextract.linking.work import Connection

SEED = 20_230_524
_HASHES, _BAND = 96, 4
"""Smallest hashes kept of a text, and how many of them must agree for two texts to be compared."""
_SHINGLE = 4
_ALIKE = 0.7
"""Share of all runs of words that two texts of one story have in common, as their hashes estimate it."""
_CROWDED = 200
"""Articles of one band from which on it says nothing: what every article of a site has at its end."""

_BANDS = f"""
CREATE OR REPLACE TABLE bands AS
SELECT article_id, band, hash(signature[band * {_BAND} + 1 : band * {_BAND} + {_BAND}]) AS value
FROM story_signatures, range({_HASHES // _BAND}) AS b(band)
WHERE signature IS NOT NULL
"""
_PAIRS = f"""
WITH crowded AS (SELECT band, value FROM bands GROUP BY ALL HAVING count(*) > {_CROWDED}),
close AS (
    SELECT DISTINCT a.article_id AS one, b.article_id AS other
    FROM bands AS a JOIN bands AS b ON a.band = b.band AND a.value = b.value AND a.article_id < b.article_id
    ANTI JOIN crowded AS c ON c.band = a.band AND c.value = a.value
)
SELECT one, other,
    len(list_filter(list_zip(s.signature, t.signature), lambda pair: pair[1] = pair[2])) / {_HASHES} AS alike
FROM close JOIN story_signatures AS s ON s.article_id = one JOIN story_signatures AS t ON t.article_id = other
WHERE alike >= {_ALIKE} ORDER BY ALL
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


def build(work: "Connection") -> None:
    """Make the table `stories` of the texts of an archive: a row an article, with the story that it tells.

    Args:
        work: A working database with the archive attached as `news`, and signatures that are known already in
            `story_signatures`: those of texts that have not changed are taken over.

    Raises:
        MissingExtraError: the library that compares texts is not installed.
    """
    kept = "SELECT s.* FROM story_signatures AS s JOIN news.articles AS a USING (article_id) WHERE s.digest = {}"
    work.execute(f"CREATE OR REPLACE TABLE kept AS {kept.format(_DIGEST)}")
    left = rows(
        work,
        f"SELECT article_id, {_DIGEST}, text FROM news.articles AS a ANTI JOIN kept USING (article_id) "
        "WHERE text IS NOT NULL ORDER BY article_id",
    )
    fill(work, "story_signatures", SIGNATURES, _signed(left))
    work.execute("INSERT INTO story_signatures FROM kept")
    work.execute(_BANDS)
    groups = Groups()
    for one, other, _ in rows(work, _PAIRS):
        groups.join(one, other)
    fill(work, "story_members", {"article_id": "VARCHAR", "first": "VARCHAR"}, groups.members())
    work.execute(_STORIES)


_DIGEST = "md5(a.text)"
SIGNATURES = {"article_id": "VARCHAR", "digest": "VARCHAR", "signature": "UINTEGER[]"}
"""Columns of `story_signatures`."""


def _signed(texts: Iterator[Row]) -> Iterator[Row]:
    for article_id, digest, text in texts:
        yield article_id, digest, signature(text)


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
