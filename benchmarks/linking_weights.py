"""Learns what agreement of two profiles counts, as `linking/people_weights.tsv` holds it, from a working database.

    python benchmarks/linking_weights.py WORK.duckdb

WORK.duckdb holds the table `profiles` that `vnextract.linking.profiles` makes. Names are left as they are: only pairs
of one name are looked at, at most three profiles of each, so that those in every paper do not outweigh the others.
"""

import logging
import sys

import duckdb

from vnextract.linking import people
from vnextract.linking.work import DuckDbWork

_SAMPLE = """
CREATE TABLE profiles AS FROM news.profiles WHERE NOT is_foreign
QUALIFY row_number() OVER (PARTITION BY key ORDER BY md5(profile_id)) <= 3
"""


def main(database: str) -> None:
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect() as work:
        work.execute(f"ATTACH '{database}' AS news (READ_ONLY)")
        work.execute(_SAMPLE)
        names = {place: shares for place, shares in people.weights().items() if place[0] == "name"}
        linker, _ = people.linker(DuckDbWork(work), people.settings(names, people.PRIOR))
        linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(
            "l.key = r.key", estimate_without_term_frequencies=True
        )
        for comparison in linker.misc.save_model_to_json()["comparisons"]:
            for level in comparison["comparison_levels"]:
                if level.get("m_probability"):
                    degree = level["label_for_charts"].replace("All other comparisons", "other")
                    print(
                        comparison["output_column_name"],
                        degree,
                        f"{level['m_probability']:.4f}",
                        f"{level['u_probability']:.5f}",
                        sep="\t",
                    )


if __name__ == "__main__":
    main(sys.argv[1])
