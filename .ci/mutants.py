"""Small mutations of the rooms that must not lose anything, a sample of them against the tests of each room.

Run by hand through `make mutants`; it takes an hour or two, for each mutation runs the tests of its room until one
fails. What survives is listed with its change: a test is missing, or the change changes nothing. The same seed draws
the same mutations of the same code. What was run of the same code is kept in `build/mutants.jsonl` and not run again.
All is done in a copy of what is committed: a mutated writer may write wherever it likes.
"""

import argparse
import ast
import hashlib
import json
import os
import random
import shlex
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome

SOURCE = Path("src/vnextract")
ROOMS = {
    "archive/encodings.py": "archive_encodings archive_tables archive_read",
    "archive/export.py": "archive_export",
    "archive/search.py": "archive_search",
    "archive/query.py": "cli_extract",
    "archive/views.py": "archive_search cli_extract",
    "archive/prepare.py archive/progress.py": "archive_read archive_tables archive_run",
    "archive/office.py archive/epub.py archive/databases.py archive/extras.py": "archive_office",
    "archive/pages.py archive/page_parts.py archive/headlines.py archive/feeds.py": (
        "archive_pages archive_read archive_json"
    ),
    "archive/warc.py archive/payload.py archive/unpack.py archive/files.py archive/read.py archive/items.py": (
        "archive_tables archive_read archive_office archive_json archive_hostile archive_append"
    ),
    "archive/delimited.py archive/rows.py archive/jsonl.py archive/json_values.py archive/blocks.py "
    "archive/text_lines.py archive/parquet_rows.py": "archive_tables archive_read archive_json archive_hostile",
    "archive/*.py": "archive_faults archive_append archive_run",
    "workers.py": "workers",
    "show/archive_*.py show/charts.py": "report page",
    "show/site/*.py": "report",
    "show/frames.py": "frames page",
    "show/notebook.py": "notebook frames",
    "show/*.py": "page notebook report cli",
    "text/*.py": "text text_dirt language",
    "dates/*.py": "dates_values dates_publication dates",
    "figures/train.py": "training",
    "figures/*.py": "numbers units indicators measures",
}
"""Modules → the tests that should notice, the quickest first; a module belongs to the first row that names it."""

_QUICK = "not killed_anywhere and not after_an_interruption and not stops_cleanly"
"""Without the tests that kill and stop whole runs, which take minutes."""

KEPT = Path("build/mutants.jsonl").absolute()
TIMEOUT = 180.0
"""Seconds until a mutation counts as noticed, because nothing comes to an end any more."""


def main() -> None:
    """Draw the mutations, run those that were not run yet, list what survived, and how many of each room."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sample", type=int, default=200, help="mutations in all")
    options.add_argument("--seed", type=int, default=17)
    options.add_argument("--only", default="", help="modules whose name holds this")
    options.add_argument("--again", action="store_true", help="run once more what survived")
    given = options.parse_args()
    if subprocess.run(["git", "diff", "--quiet", "src", "tests"], check=False).returncode:
        sys.exit("src/ or tests/ have changes that are not committed: commit or undo them, for a copy is mutated")
    with TemporaryDirectory() as copy:
        subprocess.run(["git", "clone", "-q", ".", copy], check=True)
        os.chdir(copy)
        os.environ["PYTHONPATH"] = str(Path("src").absolute())
        _run_all(given)


def _run_all(given: argparse.Namespace) -> None:
    rooms = _rooms()
    drawn = [mutation for mutation in _drawn(sorted(rooms), given.sample, given.seed) if given.only in mutation[0]]
    done = _done()
    for name, mutation in drawn:
        if name not in done or (given.again and done[name] == "survived"):
            done[name] = _run(name, mutation, rooms[mutation.module_path])
    _report(Counter((mutation.module_path.parts[2], done[name]) for name, mutation in drawn))


def _rooms() -> dict[Path, str]:
    """Every module and its tests."""
    rooms: dict[Path, str] = {}
    for patterns, tests in ROOMS.items():
        for pattern in patterns.split():
            for module in SOURCE.glob(pattern):
                rooms.setdefault(module, tests)
    return rooms


def _drawn(modules: list[Path], size: int, seed: int) -> list[tuple[str, MutationSpec]]:
    """So many of all places that can be mutated, one mutation of each; what changes only a type is none."""
    with use_db(":memory:", WorkDB.Mode.create) as table:
        init(modules, table, {})
        found = [mutation for item in table.work_items for mutation in item.mutations]
    places: dict[tuple[Path, tuple[int, int], str], list[tuple[str, MutationSpec]]] = {}
    for name, mutation in sorted((_name(mutation), mutation) for mutation in found if not _is_type(mutation)):
        kind = mutation.operator_name.split("_")[0]
        places.setdefault((mutation.module_path, mutation.start_pos, kind), []).append((name, mutation))
    chance = random.Random(seed)
    return [chance.choice(places[place]) for place in sorted(chance.sample(sorted(places), min(size, len(places))))]


def _name(mutation: MutationSpec) -> str:
    digest = _digest(mutation.module_path)
    return f"{mutation.module_path} {digest} {mutation.operator_name} {mutation.occurrence:03}"


@cache
def _digest(module: Path) -> str:
    return hashlib.sha256(module.read_bytes()).hexdigest()[:8]


def _is_type(mutation: MutationSpec) -> bool:
    return any(start <= mutation.start_pos < end for start, end in _annotations(mutation.module_path))


@cache
def _annotations(module: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where a module says types, as lines and columns."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf8"))))
    said = [getattr(node, name, None) for node in nodes for name in ("annotation", "returns")]
    return [((kind.lineno, kind.col_offset), (kind.end_lineno, kind.end_col_offset)) for kind in said if kind]


def _done() -> dict[str, str]:
    rows = map(json.loads, KEPT.read_text(encoding="utf8").splitlines()) if KEPT.exists() else ()
    return {row["name"]: row["outcome"] for row in rows}


def _run(name: str, mutation: MutationSpec, tests: str) -> str:
    """Make one mutation, run the tests, take it back; keeps and returns what became of it, prints what survived."""
    _unchanged(tests)
    result = mutate_and_test([mutation], _command(tests), TIMEOUT)
    outcome = str(result.test_outcome.value) if result.output != "timeout" else "timeout"
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a", encoding="utf8") as lines:
        row = {"name": name, "outcome": outcome, "diff": result.diff, "output": (result.output or "")[-300:]}
        lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    if result.test_outcome == TestOutcome.SURVIVED:
        print(result.diff, end="\n\n", flush=True)
    return outcome


@cache
def _unchanged(tests: str) -> None:
    """Without a mutation the tests pass, else all mutations would look noticed."""
    if subprocess.run(shlex.split(_command(tests)), stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"without any mutation there are failures in {tests}")


def _command(tests: str) -> str:
    files = " ".join(f"tests/test_{name}.py" for name in tests.split())
    return f"{sys.executable} -m pytest -q -x -p no:cacheprovider -k '{_QUICK}' {files}"


def _report(outcomes: Counter[tuple[str, str]]) -> None:
    for room in sorted({room for room, _ in outcomes}):
        counts = {outcome: number for (name, outcome), number in outcomes.items() if name == room}
        print(f"{room}: {sum(counts.values())} mutations, {counts}")
    survived = sum(number for (_, outcome), number in outcomes.items() if outcome == "survived")
    print(f"{outcomes.total()} mutations, {survived} survived ({survived / max(1, outcomes.total()):.0%})")


if __name__ == "__main__":
    main()
