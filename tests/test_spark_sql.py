"""Statements of linking in the SQL of Spark; this takes sqlglot only, which Splink brings."""

import pytest

pytest.importorskip("sqlglot", reason="sqlglot is not installed: pip install 'vnextract[link]'")

from vnextract.linking.spark_sql import translated

VIEWS = {"news.articles": "v_articles", "named": "v_named"}


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        ("FROM news.articles", "SELECT * FROM v_articles AS articles"),
        ("SELECT n.name FROM named AS n", "SELECT n.name FROM v_named AS n"),
        ("SELECT named.name FROM named", "SELECT named.name FROM v_named AS named"),
        ("WITH named AS (SELECT 1 AS a) SELECT a FROM named", "WITH named AS (SELECT 1 AS a) SELECT a FROM named"),
        ("SELECT names[1] FROM t", "SELECT names[0] FROM t"),
        ("SELECT names[2:] FROM t", "SELECT SLICE(names, 2, SIZE(names)) FROM t"),
        ("SELECT names[:9] FROM t", "SELECT SLICE(names, 1, (9) - (1) + 1) FROM t"),
        ("SELECT mode(a ORDER BY a) FROM t", "SELECT MODE(a, TRUE) FROM t"),
        ("SELECT hash(a) FROM t", "SELECT XXHASH64(a) FROM t"),
        (
            "SELECT list(DISTINCT a ORDER BY a) FILTER (a > 1) FROM t",
            "SELECT IF(SIZE(ARRAY_SORT(COLLECT_SET(a) FILTER(WHERE a > 1))) = 0, NULL, "
            "ARRAY_SORT(COLLECT_SET(a) FILTER(WHERE a > 1))) FROM t",
        ),
    ],
)
def test_statements_are_translated(duckdb: str, spark: str) -> None:
    assert translated(duckdb, VIEWS).query == spark


def test_values_stand_for_question_marks() -> None:
    sql = "SELECT a FROM t WHERE b >= ? AND c = ?"
    assert translated(sql, VIEWS, (0.9, "Côte d'Ivoire")).query == (
        "SELECT a FROM t WHERE b >= 0.9 AND c = 'Côte d\\'Ivoire'"
    )


def test_a_table_has_no_order_but_an_answer_has() -> None:
    made = translated("CREATE OR REPLACE TABLE a AS SELECT b FROM t ORDER BY b", VIEWS)
    assert made == ("a", "SELECT b FROM t")
    assert translated("SELECT b FROM t ORDER BY b", VIEWS).query == "SELECT b FROM t ORDER BY b NULLS LAST"


@pytest.mark.parametrize("order", ["b", "b DESC", "b NULLS FIRST"])
def test_the_first_of_an_order_has_its_nulls_where_duckdb_has_them(order: str) -> None:
    query = translated(f"SELECT first(a ORDER BY {order}) FROM t", VIEWS).query
    nulls, less = query.split(" THEN ")[1][:2].strip(), query.split("l.k0 < r.k0 THEN ")[1][:2].strip()
    assert nulls == ("-1" if "NULLS FIRST" in order else "1")
    assert less == ("1" if "DESC" in order else "-1")
