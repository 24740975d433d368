"""The statements that links are worked out with, in the SQL of Spark: what sqlglot does not translate of DuckDB's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlglot
from sqlglot import exp

SIMILARITY = "vnextract_jaro_winkler"
"""The function under which Spark is given DuckDB's similarity of names."""

_FUNCTIONS = {
    "hash": "xxhash64({0})",
    "agreeing": "size(filter(zip_with({0}, {1}, (one, other) -> one = other), same -> same))",
}


class Statement(NamedTuple):
    """A statement translated."""

    makes: str | None
    """Name of the table that it makes; None where it only asks."""
    query: str


def translated(sql: str, views: Mapping[str, str], values: Sequence[object] = ()) -> Statement:
    """A statement in the SQL of Spark.

    Args:
        sql: A `SELECT`, or a `CREATE OR REPLACE TABLE … AS SELECT`, as DuckDB takes it.
        views: What the tables that it reads are called there; others keep their names.
        values: What stands for its question marks.

    >>> translated("CREATE OR REPLACE TABLE a AS FROM news.b WHERE c = ?", {"news.b": "b_1"}, ["d"])
    Statement(makes='a', query="SELECT * FROM b_1 AS b WHERE c = 'd'")
    >>> translated("SELECT list(a ORDER BY b DESC)[:3] AS c, mode(d ORDER BY d) AS e FROM f", {}).query[:27]
    'SELECT SLICE(IF(SIZE(TRANSF'
    """
    tree: Any = sqlglot.parse_one(sql, read="duckdb")
    makes = None
    if isinstance(tree, exp.Create):
        # A table has no order: it is asked for where it matters.
        makes, tree = tree.this.name, tree.expression
        tree.set("order", None)
    for place, value in zip(list(tree.find_all(exp.Placeholder)), values, strict=True):
        place.replace(exp.convert(value))
    # What stands within another comes first.
    for node in reversed(list(tree.find_all(*_TRANSLATE))):
        _TRANSLATE[type(node)](node)
    _rename(tree, views)
    return Statement(makes, tree.sql("spark"))


def _rename(tree: exp.Expression, views: Mapping[str, str]) -> None:
    parts = {part.alias for part in tree.find_all(exp.CTE)}
    for table in list(tree.find_all(exp.Table)):
        name = f"{table.db}.{table.name}" if table.db else table.name
        if name in views and name not in parts:
            renamed = exp.to_table(views[name])
            table.replace(exp.alias_(renamed, table.alias or table.name, table=True))


def _put(node: exp.Expression, sql: str) -> None:
    node.replace(sqlglot.parse_one(sql, read="spark"))


def _spelt(node: exp.Expression | None) -> str:
    return node.sql("spark") if node is not None else ""


def _list(node: exp.Expression) -> None:
    """`list(…)`: in order, and null where it has nothing."""
    outer = node.parent if isinstance(node.parent, exp.Filter) else node
    given = f" FILTER ({_spelt(outer.expression)})" if isinstance(outer, exp.Filter) else ""
    found, order = (node.this.this, node.this.expressions) if isinstance(node.this, exp.Order) else (node.this, [])
    if isinstance(found, exp.Distinct):
        made = f"array_sort(collect_set({_spelt(found.expressions[0])}){given})"
    else:
        made = _ordered(found, order, given)
    _put(outer, f"if(size({made}) = 0, NULL, {made})")


def _ordered(found: exp.Expression, order: Sequence[exp.Expression], given: str = "") -> str:
    """An array of all values, in the order of others."""
    keys = ", ".join(f"'k{number}', {_spelt(key.this)}" for number, key in enumerate(order))
    cases = "".join(_compared(f"k{number}", key) for number, key in enumerate(order))
    rows = f"collect_list(named_struct('x', {_spelt(found)}, {keys})){given}"
    return f"transform(array_sort({rows}, (l, r) -> CASE{cases} ELSE 0 END), one -> one.x)"


def _compared(key: str, order: exp.Expression) -> str:
    """Which of two rows comes first, by one key."""
    less, null = (1 if order.args.get("desc") else -1), (-1 if order.args.get("nulls_first") else 1)
    return (
        f" WHEN l.{key} IS NULL AND r.{key} IS NOT NULL THEN {null}"
        f" WHEN r.{key} IS NULL AND l.{key} IS NOT NULL THEN {-null}"
        f" WHEN l.{key} < r.{key} THEN {less} WHEN l.{key} > r.{key} THEN {-less}"
    )


def _first(node: exp.Expression) -> None:
    _put(node, f"get({_ordered(node.this.this, node.this.expressions)}, 0)")


def _last(node: exp.Expression) -> None:
    _put(node, f"element_at({_ordered(node.this.this, node.this.expressions)}, -1)")


def _mode(node: exp.Expression) -> None:
    """The most frequent value, the smallest of several; all that is asked for is in the order of the value itself."""
    _put(node, f"mode({_spelt(node.this.this)}, true)")


def _slice(node: exp.Expression) -> None:
    (slice_,) = node.expressions
    if isinstance(slice_, exp.Slice):
        whole, first, last = _spelt(node.this), _spelt(slice_.this) or "1", _spelt(slice_.expression)
        length = f"({last}) - ({first}) + 1" if last else f"size({whole})"
        _put(node, f"slice({whole}, {first}, {length})")


def _similarity(node: exp.Expression) -> None:
    _put(node, f"{SIMILARITY}({_spelt(node.this)}, {_spelt(node.expression)})")


def _function(node: exp.Expression) -> None:
    if template := _FUNCTIONS.get(node.name.lower()):
        _put(node, template.format(*map(_spelt, node.expressions)))


_TRANSLATE: Mapping[type[exp.Expression], Callable[[exp.Expression], None]] = {
    exp.ArrayAgg: _list,
    exp.First: _first,
    exp.Last: _last,
    exp.Mode: _mode,
    exp.Bracket: _slice,
    exp.JarowinklerSimilarity: _similarity,
    exp.Anonymous: _function,
}
