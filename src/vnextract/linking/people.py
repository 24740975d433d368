"""Which profiles are one person: Splink's model of record linkage over names, posts, places, company and time."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import Any

from vnextract.archive.extras import needed_for
from vnextract.lexicon.tables import parse_table
from vnextract.linking.groups import Groups
from vnextract.linking.spelling import is_spelling
from vnextract.linking.work import Row, Work, count

THRESHOLD = 0.9
"""Probability from which on two profiles may be one person."""
PRIOR = 1e-3
"""Probability that two profiles at random are one person."""
_SIMILAR = 0.8
"""Similarity of two foreign names from which on they are looked at word by word."""

_PAIRS = """
CREATE OR REPLACE TABLE profile_pairs AS
WITH short AS (SELECT profile_id, unnest(list_concat(surnames, given)) AS key FROM profiles)
SELECT a.profile_id AS join_key_l, b.profile_id AS join_key_r
FROM profiles AS a JOIN profiles AS b ON a.key = b.key AND a.profile_id < b.profile_id
UNION
SELECT least(a.profile_id, b.profile_id), greatest(a.profile_id, b.profile_id)
FROM short AS a JOIN profiles AS b ON a.key = b.key
UNION
SELECT least(a.profile_id, b.profile_id), greatest(a.profile_id, b.profile_id)
FROM spellings AS s JOIN profiles AS a ON a.key = s.key JOIN profiles AS b ON b.key = s.other
"""
_NEAR_NAMES = f"""
WITH named AS (SELECT DISTINCT key FROM profiles WHERE is_foreign AND contains(key, ' ')),
part AS (
    SELECT key, left(key, 3) AS part FROM named
    UNION ALL
    SELECT key, unnest(list_filter(string_split(key, ' '), lambda word: length(word) > 3)) FROM named
)
SELECT DISTINCT a.key, b.key FROM part AS a JOIN part AS b ON a.part = b.part AND a.key < b.key
WHERE jaro_winkler_similarity(a.key, b.key) >= {_SIMILAR} ORDER BY ALL
"""


_DIALECT = "spark"
_NOTHING = "{0}_l IS NULL OR {0}_r IS NULL"
_CONDITIONS: Mapping[str, Mapping[str, str]] = {
    "name": {
        "same": "key_l = key_r",
        "spelling": (
            "is_foreign_l AND is_foreign_r AND contains(key_l, ' ') AND contains(key_r, ' ') "
            "AND NOT array_contains(given_l, key_r) AND NOT array_contains(given_r, key_l)"
        ),
        "surname": "array_contains(surnames_l, key_r) OR array_contains(surnames_r, key_l)",
        "given": "array_contains(given_l, key_r) OR array_contains(given_r, key_l)",
    },
    "post": {
        "": "titles_l IS NULL OR titles_r IS NULL",
        "same post": "arrays_overlap(posts_l, posts_r)",
        "same body": "arrays_overlap(bodies_l, bodies_r)",
        "same title and place": "arrays_overlap(titles_l, titles_r) AND arrays_overlap(places_l, places_r)",
        "same larger body": "arrays_overlap(circles_l, circles_r)",
        "same place": "arrays_overlap(places_l, places_r)",
        "same title": "arrays_overlap(titles_l, titles_r) AND (places_l IS NULL OR places_r IS NULL)",
        "both of the centre": "central_l AND central_r",
        "other place": "places_l IS NOT NULL AND places_r IS NOT NULL",
    },
    "company": {
        "": _NOTHING.format("company"),
        "several": "size(array_intersect(company_l, company_r)) > 1",
        "one": "arrays_overlap(company_l, company_r)",
    },
    "context": {
        "": _NOTHING.format("context"),
        "several": "size(array_intersect(context_l, context_r)) > 1",
        "one": "arrays_overlap(context_l, context_r)",
    },
    "time": {
        "": _NOTHING.format("first_day"),
        "weeks": "greatest(first_day_l, first_day_r) - least(last_day_l, last_day_r) <= 60",
        "years": "greatest(first_day_l, first_day_r) - least(last_day_l, last_day_r) <= 1500",
    },
}
"""What makes each level of each respect, the first that holds counts; the empty name is that of nothing to compare.

In the SQL of Spark, from which Splink translates for every database it knows.
"""


def settings(weights: Mapping[tuple[str, str], tuple[float, float]], prior: float) -> Any:
    """The settings of Splink's model.

    Args:
        weights: Shares of pairs of one person, and of two, that agree in a respect to a degree.
        prior: Probability that two profiles at random are one person.
    """
    with needed_for("linking people", "link"):
        import splink.comparison_level_library as levels
        from splink import SettingsCreator, block_on
        from splink.comparison_library import CustomComparison

    def level(respect: str, name: str, sql: str | None) -> Any:
        made: Any = levels.CustomLevel(sql, name, _DIALECT) if sql else levels.ElseLevel()
        m, u = weights.get((respect, name), (None, None))
        given: dict[str, Any] = {}
        if m is not None and u is not None:
            given = {"m_probability": m, "u_probability": u}
        if (respect, name) == ("name", "same"):
            made = levels.ExactMatchLevel("key")
            given["tf_adjustment_column"] = "key"
        return made.configure(**given) if given else made

    comparisons: list[Any] = []
    for respect, conditions in _CONDITIONS.items():
        made = (
            [levels.CustomLevel(conditions[""], "nothing", _DIALECT).configure(is_null_level=True)]
            if "" in conditions
            else []
        )
        made += [level(respect, name, sql) for name, sql in conditions.items() if name]
        comparisons.append(CustomComparison([*made, level(respect, "other", None)], respect))
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="profile_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on("key")],
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )


def linker(work: Work, made: Any) -> Any:
    """Splink's linker over the profiles of a working database."""
    with needed_for("linking people", "link"):
        from splink import Linker

    api = work.splink()
    profiles = api.register(work.table("profiles"), table_name="vnextract_profiles")
    found = Linker(profiles, made, log_level=logging.ERROR)
    shares = "SELECT DISTINCT key, share AS tf_key FROM profiles"
    work.execute(f"CREATE OR REPLACE TABLE name_shares AS {shares}")
    found.table_management.register_term_frequency_lookup(
        api.register(work.table("name_shares"), table_name="vnextract_shares"), "key"
    )
    return found, api


def weights() -> Mapping[tuple[str, str], tuple[float, float]]:
    """The shares that the package comes with, by respect and degree.

    >>> m, u = weights()["post", "same post"]
    >>> m > 100 * u
    True
    """
    text = (files("vnextract.linking") / "people_weights.tsv").read_text(encoding="utf8")
    return {(row["respect"], row["degree"]): (float(row["m"]), float(row["u"])) for row in parse_table(text, "people")}


def score(work: Work, prior: float = PRIOR) -> None:
    """Make the table `scored`: pairs of profiles whose names allow it, with the probability that they are one."""
    near = (row for row in work.rows(_NEAR_NAMES) if is_spelling(*row))
    work.fill("spellings", {"key": "VARCHAR", "other": "VARCHAR"}, near)
    work.execute(_PAIRS)
    if not count(work, "profile_pairs"):
        none = {"profile_id": "VARCHAR", "other_profile_id": "VARCHAR", "probability": "DOUBLE"}
        work.fill("scored", none | dict.fromkeys(_CONDITIONS, "DOUBLE"), ())
        return
    found, api = linker(work, settings(weights(), prior))
    work.execute("CREATE OR REPLACE TABLE pairs_to_score AS SELECT *, '0' AS match_key FROM profile_pairs")
    pairs = api.register(work.table("pairs_to_score"), table_name="vnextract_pairs")
    found.table_management.register_blocked_pairs_for_predict(pairs)
    made = found.inference.predict(warning_mode="never")
    said = {respect: f"mw_{respect}" for respect in _CONDITIONS} | {"name": "mw_name + mw_tf_adj_name"}
    degrees = ", ".join(f"round({sql}, 2) AS {respect}" for respect, sql in said.items())
    work.execute(
        "CREATE OR REPLACE TABLE scored AS SELECT profile_id_l AS profile_id, profile_id_r AS other_profile_id, "
        f"match_probability AS probability, {degrees} FROM {made.physical_name} ORDER BY ALL"
    )


def cluster(work: Work, threshold: float) -> None:
    """Make the table `person_of`: the profiles, with the person that each is one's."""
    near = Groups()
    likely = "SELECT profile_id, other_profile_id FROM scored WHERE probability >= ? ORDER BY ALL"
    for one, other in work.rows(likely, threshold):
        near.join(one, other)
    work.fill("near", {"profile_id": "VARCHAR", "first": "VARCHAR"}, _with_firsts(near))
    sql = (
        "SELECT n.first, s.profile_id, s.other_profile_id, s.probability "
        "FROM scored AS s JOIN near AS n USING (profile_id) "
        "JOIN near AS o ON o.profile_id = s.other_profile_id AND o.first = n.first ORDER BY ALL"
    )
    persons = Groups()
    for _, found in groupby(work.rows(sql), itemgetter(0)):
        _join_likely(persons, [row[1:] for row in found], threshold)
    work.fill("persons_joined", {"profile_id": "VARCHAR", "person_id": "VARCHAR"}, persons.members())
    work.execute(
        "CREATE OR REPLACE TABLE person_of AS SELECT profile_id, coalesce(person_id, profile_id) AS person_id "
        "FROM profiles LEFT JOIN persons_joined USING (profile_id)"
    )


def _with_firsts(groups: Groups) -> Iterator[Row]:
    firsts = set()
    for one, first in groups.members():
        firsts.add(first)
        yield one, first
    yield from ((first, first) for first in sorted(firsts))


def _join_likely(persons: Groups, pairs: Sequence[Row], threshold: float) -> None:
    """Join profiles, the likeliest pairs first, as long as the groups agree on the whole.

    Two groups are joined where the mean probability over all pairs between them is at least a half: a bare `Kennedy`
    goes to one of two persons, and does not make them one. Pairs that were not compared count as nothing.
    """
    between: dict[str, dict[str, float]] = {}
    sizes: dict[str, int] = {}
    for one, other, probability in pairs:
        between.setdefault(one, {})[other] = probability
        between.setdefault(other, {})[one] = probability
    for one, other, probability in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        first, second = persons.first(one), persons.first(other)
        if probability < threshold or first == second:
            continue
        size, second_size = sizes.get(first, 1), sizes.get(second, 1)
        if between[first].get(second, 0.0) < 0.5 * size * second_size:
            continue
        persons.join(first, second)
        top, low = (first, second) if persons.first(first) == first else (second, first)
        sizes[top] = size + second_size
        for third, sum_ in between.pop(low).items():
            if third != top:
                between[third][top] = between[top][third] = between[top].get(third, 0.0) + sum_
                del between[third][low]
        del between[top][low]
