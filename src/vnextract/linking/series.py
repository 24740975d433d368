"""Figures that say the same thing of the same time, brought together, and those that contradict each other marked."""

from vnextract.linking.careers import EVIDENCE
from vnextract.linking.work import Work

_ALIKE = 0.01
"""Share by which two exact values may differ and still be one, rounded otherwise."""

_PARTS = ("measure_key", "unit", "direction", "body_id", "place", "period_first_day", "period_last_day")
_POINT = ", ".join(_PARTS)
_OF_SAID, _OF_SPREAD = (", ".join(f"{table}.{part}" for part in _PARTS) for table in ("said", "spread"))

_SERIES = f"""
CREATE OR REPLACE TABLE series AS
WITH set_in AS (
    SELECT article_id, min(place_code_today) AS code FROM news.organisations WHERE place_code_today IS NOT NULL
    GROUP BY article_id HAVING count(DISTINCT place_code_today) = 1
), one AS (
    SELECT i.measure_key, i.unit, i.direction, m.body_id, b.name AS owner,
        CASE WHEN m.body_id IS NULL THEN t.name ELSE coalesce(b.place_today, b.place) END AS place,
        i.period_first_day, i.period_last_day, i.value, i.upper, i.qualifier, i.article_id, a.published_day,
        coalesce(s.story_id, i.article_id) AS story_id
    FROM news.indicators AS i JOIN news.articles AS a USING (article_id)
    LEFT JOIN news.organisations AS o ON o.article_id = i.article_id AND o.organisation_id = i.organisation_id
    LEFT JOIN body_ids AS m ON m.named_id = o.body_id LEFT JOIN bodies AS b ON b.body_id = m.body_id
    LEFT JOIN stories AS s ON s.article_id = i.article_id
    LEFT JOIN set_in ON set_in.article_id = i.article_id LEFT JOIN provinces_today AS t ON t.code = set_in.code
    WHERE i.measure_key IS NOT NULL AND i.value IS NOT NULL
), sole AS (
    SELECT {_POINT}, min(value) AS value FROM one WHERE qualifier = 'exact'
    GROUP BY {_POINT}, story_id HAVING count(DISTINCT value) = 1
), spread AS (
    SELECT {_POINT}, max(value) - min(value) > {_ALIKE} * max(abs(value)) AS is_wide, list(DISTINCT value) AS soles
    FROM sole GROUP BY {_POINT}
), said AS (
    SELECT * EXCLUDE (article_id, published_day, story_id), count(DISTINCT story_id) AS stories,
        min(published_day) AS first_seen, max(published_day) AS last_seen,
        list(DISTINCT article_id ORDER BY article_id) AS evidence
    FROM one GROUP BY ALL
), compared AS (
    SELECT said.*, coalesce(is_wide AND qualifier = 'exact' AND list_contains(soles, value), false) AS differs
    FROM said LEFT JOIN spread ON ({_OF_SAID}) IS NOT DISTINCT FROM ({_OF_SPREAD})
)
SELECT md5(concat_ws('|', measure_key, unit, direction, body_id, place)) AS series_id,
    measure_key, unit, direction, place, body_id, owner, period_first_day, period_last_day, value, upper, qualifier,
    CASE WHEN period_last_day IS NOT NULL AND body_id IS NOT NULL THEN differs END AS conflict,
    first_seen, last_seen, array_length(evidence) AS articles, stories,
    array_to_string(evidence[:{EVIDENCE}], chr(10)) AS evidence
FROM compared ORDER BY ALL
"""


def build(work: Work) -> None:
    """Make the table `series` of the figures whose statistic is known.

    Args:
        work: A working database with the tables that `bodies` and `stories` make.
    """
    work.execute(_SERIES)
