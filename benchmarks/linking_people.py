"""Precision and recall of who is who, on pairs read by hand.

    python benchmarks/linking_people.py NEWS.duckdb [--half final] [--errors]

NEWS.duckdb is a linked archive of the articles that `people_pairs.tsv` names; pairs whose articles or persons it has
not are counted as missing. A pair of one person that is not linked costs recall, one of two that is linked precision.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb

PAIRS = Path(__file__).with_name("people_pairs.tsv")


def pairs(half: str | None) -> Iterator[dict[str, str]]:
    """The pairs of one half, or all."""
    lines = (line for line in PAIRS.read_text(encoding="utf8").splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines, delimiter="\t"):
        if half in (None, row["half"]):
            yield row


def measure(database: Path, half: str | None, listing: bool) -> tuple[float, float, Counter[str]]:
    """Precision, recall, and how many pairs there were of each outcome."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "SELECT o.article_id, o.name, m.person_id FROM officials AS o JOIN person_mentions AS m "
            "USING (article_id, official_id)"
        ).fetchall()
    persons = {(article, name): person for article, name, person in found}
    counts: Counter[str] = Counter()
    for row in pairs(half):
        one = persons.get((row["article"], row["name"]))
        other = persons.get((row["other_article"], row["other_name"]))
        if one is None or other is None:
            counts["missing"] += 1
            continue
        is_right = (one == other) == (row["same"] == "yes")
        outcome = f"{'linked' if one == other else 'apart'}, {'right' if is_right else 'wrong'}"
        counts[outcome] += 1
        if listing and not is_right:
            print(outcome, *row.values(), sep=" | ")
    linked, wrong, lost = counts["linked, right"], counts["linked, wrong"], counts["apart, wrong"]
    return linked / max(linked + wrong, 1), linked / max(linked + lost, 1), counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--half", choices=["tune", "final"])
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    precision, recall, counts = measure(given.database, given.half, given.errors)
    print(f"precision {precision:.3f}, recall {recall:.3f}; {dict(sorted(counts.items()))}")
