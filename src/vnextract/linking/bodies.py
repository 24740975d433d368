"""One row a body: the spellings of its name over all articles joined."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from vnextract.lexicon.register import bodies as registered_bodies
from vnextract.lexicon.register import templates
from vnextract.linking.groups import Groups
from vnextract.linking.spelling import body_name
from vnextract.linking.work import Row, Work
from vnextract.records import Level, OrganisationKind

_EXPLAINED = 0.6
"""Share of the articles explaining an acronym that must agree on its body."""
_LOCAL = (Level.DISTRICT, Level.COMMUNE)

_NAMED = """
CREATE OR REPLACE TABLE named AS
SELECT o.body_id AS named_id, o.name, count(DISTINCT o.article_id) AS articles,
    first(o.kind ORDER BY o.kind) AS kind, first(o.level ORDER BY o.level) AS level,
    first(o.place_code_today ORDER BY o.place_code_today) AS place
FROM news.organisations AS o WHERE o.body_id IS NOT NULL GROUP BY o.body_id, o.name
"""
_SPELLINGS = """
SELECT k.{column}, n.named_id, sum(n.articles) AS articles, min(n.kind) AS kind, min(n.level) AS level,
    min(n.place) AS place, {family} AS family
FROM named AS n JOIN body_keys AS k USING (name) WHERE {given}
GROUP BY ALL ORDER BY ALL
"""
_ACRONYMS = """
SELECT lower(abbreviation) AS acronym, body_id AS named_id, min(kind) AS kind, count(DISTINCT article_id) AS articles
FROM news.organisations WHERE length(abbreviation) > 2 AND lower(name) <> lower(abbreviation) AND body_id IS NOT NULL
GROUP BY ALL ORDER BY ALL
"""
_BARE = """
SELECT lower(name), named_id, min(kind) FROM named WHERE name = upper(name) AND length(name) > 2
GROUP BY lower(name), named_id ORDER BY ALL
"""
_BODIES = """
CREATE OR REPLACE TABLE bodies AS
WITH one AS (
    SELECT m.body_id, o.* EXCLUDE body_id, a.published_day
    FROM news.organisations AS o JOIN body_ids AS m ON m.named_id = o.body_id JOIN news.articles AS a USING (article_id)
), spelled AS (
    SELECT body_id, name, count(DISTINCT article_id) AS articles, name = upper(name) AS acronym
    FROM one GROUP BY body_id, name
), listed AS (
    SELECT body_id, list(name ORDER BY acronym, articles DESC, length(name) DESC, name) AS names FROM spelled GROUP BY 1
), counted AS (
    SELECT body_id, mode(kind ORDER BY kind) AS kind, mode(level ORDER BY level) AS level,
        mode(parent_id ORDER BY parent_id) AS parent, mode(place ORDER BY place) AS place,
        mode(place_code ORDER BY place_code) AS place_code,
        mode(place_code_today ORDER BY place_code_today) AS place_code_today,
        min(published_day) AS first_seen, max(published_day) AS last_seen,
        count(DISTINCT article_id) AS articles, sum(mentions)::BIGINT AS mentions
    FROM one GROUP BY body_id
)
SELECT body_id, names[1] AS name, kind, level, coalesce(p.body_id_of_parent, parent) AS parent_id, place, place_code,
    t.name AS place_today, place_code_today, nullif(array_to_string(names[2:], chr(10)), '') AS aliases,
    first_seen, last_seen, articles, mentions
FROM counted JOIN listed USING (body_id)
LEFT JOIN (SELECT named_id AS parent, body_id AS body_id_of_parent FROM body_ids) AS p USING (parent)
LEFT JOIN provinces_today AS t ON t.code = place_code_today
ORDER BY body_id
"""
_NAMES = """
CREATE OR REPLACE TABLE body_names AS
SELECT n.named_id, n.name, m.body_id, n.articles FROM named AS n JOIN body_ids AS m USING (named_id) ORDER BY ALL
"""


class _Node(NamedTuple):
    """An identifier under which articles name a body, with what they say of it."""

    named_id: str
    articles: int
    kind: str
    level: str
    place: str | None
    family: str

    @property
    def is_local(self) -> bool:
        """Whether there are namesakes all over the country."""
        return self.level in _LOCAL

    @property
    def is_foreign(self) -> bool:
        return self.kind == OrganisationKind.INTERNATIONAL


def build(work: Work) -> None:
    """Make the tables `bodies` and `body_names` of the organisations of an archive.

    Args:
        work: A working database with the archive attached as `news`, and the table `provinces_today`.
    """
    work.execute(_NAMED)
    work.mapped(
        "body_keys",
        {"name": "VARCHAR", "key": "VARCHAR", "family": "VARCHAR", "proper": "VARCHAR"},
        _keys,
        "SELECT DISTINCT name FROM named ORDER BY name",
    )
    groups = _joined(work)
    counted = work.rows("SELECT named_id, sum(articles)::BIGINT FROM named GROUP BY 1")
    sizes: dict[str, int] = {row[0]: row[1] for row in counted}
    work.fill("body_ids", {"named_id": "VARCHAR", "body_id": "VARCHAR"}, _identifiers(groups, sizes))
    work.execute(_BODIES)
    work.execute(_NAMES)


def _keys(row: Row) -> Row:
    return row[0], *body_name(row[0])


def is_registered(body_id: str) -> bool:
    """Whether an identifier is that of a body of the register.

    >>> is_registered("vn/bo-cong-an/c08"), is_registered("vn/lai-chau/cong-an"), is_registered("company/cong-ty-a")
    (True, True, False)
    """
    if body_id in registered_bodies():
        return True
    parts = body_id.split("/")
    return parts[0] == "vn" and any("/".join(parts[size:]) in _tails() for size in (2, 3))


@cache
def _tails() -> frozenset[str]:
    return frozenset(template.tail for template in templates())


def _joined(work: Work) -> Groups:
    """What articles name under several identifiers, joined."""
    groups = Groups()
    for (named_id,) in work.rows("SELECT DISTINCT named_id FROM named WHERE starts_with(named_id, 'vn/')"):
        if is_registered(named_id):
            groups.label(named_id, "registered", named_id)
    by_key = _SPELLINGS.format(column="key", family="''", given="key <> ''")
    for _, nodes in _nodes(work, by_key):
        _join_namesakes(groups, nodes)
    by_proper = _SPELLINGS.format(column="proper", family="k.family", given="proper <> ''")
    for _, nodes in _nodes(work, by_proper):
        families = {node.family for node in nodes}
        if "" in families and len(families) == 2:
            _join_namesakes(groups, nodes)
    _join_acronyms(work, groups)
    return groups


def _nodes(work: Work, sql: str) -> Iterator[tuple[str, Sequence[_Node]]]:
    """Names that several identifiers share."""
    for key, found in groupby(work.rows(sql), itemgetter(0)):
        nodes = [_Node(*row[1:]) for row in found]
        if len({node.named_id for node in nodes}) > 1:
            yield key, sorted(nodes, key=lambda node: (-node.articles, node.named_id))


def _join_namesakes(groups: Groups, nodes: Sequence[_Node]) -> None:
    """Join the bodies of one name that nothing keeps apart: register, place, Viet Nam and abroad.

    A name without its place goes to the one body that it can mean; where there are several, it stays alone.
    """
    is_ours = [node.named_id.startswith("vn/") for node in nodes]
    abroad = [node for node, ours in zip(nodes, is_ours, strict=True) if node.is_foreign and not ours]
    for same in (nodes,) if not (abroad and any(is_ours)) else (abroad, [n for n in nodes if n not in abroad]):
        placed: dict[str, list[_Node]] = {}
        for node in same:
            placed.setdefault(node.place or "", []).append(node)
        for place, found in placed.items():
            if place:
                _join_all(groups, found)
        loose = [node for node in placed.get("", ()) if not node.is_local]
        _join_all(groups, loose)
        if len(placed) == 2 and loose:
            (place,) = placed.keys() - {""}
            if len({groups.first(node.named_id) for node in placed[place]}) == 1:
                groups.join(loose[0].named_id, placed[place][0].named_id)


def _join_all(groups: Groups, nodes: Sequence[_Node]) -> None:
    """Join those that may be, unless the register has several bodies of the name."""
    registered = {known for node in nodes if (known := groups.labels(node.named_id).get("registered"))}
    if len(registered) < 2:
        for node in nodes[1:]:
            groups.join(nodes[0].named_id, node.named_id)


def _join_acronyms(work: Work, groups: Groups) -> None:
    """Join what stands as a bare acronym to the body that articles explain it by.

    An acronym that has other names already is joined to a body of its kind only: `CMC`, which is `Tập đoàn CMC`,
    is no military commission.
    """
    known = {one for pair in groups.members() for one in pair}
    bare: dict[str, list[tuple[str, str]]] = {}
    for key, named_id, kind in work.rows(_BARE):
        bare.setdefault(key, []).append((named_id, kind))
    for acronym, found in groupby(work.rows(_ACRONYMS), itemgetter(0)):
        counts: dict[str, int] = {}
        kinds: dict[str, str] = {}
        for _, named_id, kind, articles in found:
            first = groups.first(named_id)
            counts[first] = counts.get(first, 0) + articles
            kinds.setdefault(first, kind)
        best = max(sorted(counts), key=lambda one: counts[one])
        if counts[best] >= _EXPLAINED * sum(counts.values()):
            for named_id, kind in bare.get(acronym, ()):
                if named_id not in known or kind == kinds[best]:
                    groups.join(named_id, best)


def _identifiers(groups: Groups, sizes: dict[str, int]) -> Iterator[Row]:
    """Every identifier with that of its body: the one of the register, else the one that most articles use."""
    members: dict[str, list[str]] = {}
    for one, first in groups.members():
        members.setdefault(first, [first]).append(one)
    chosen: dict[str, str] = {}
    for first, found in members.items():
        best = groups.labels(first).get("registered") or max(found, key=lambda one: (sizes.get(one, 0), one))
        chosen |= dict.fromkeys(found, best)
    for named_id in sizes:
        yield named_id, chosen.get(named_id, named_id)
