"""Small mutations of the rooms that must not lose anything, a sample of them against the tests of each room.

Run by hand through `make mutants`; it takes hours, for each mutation runs the tests of its room. What survives is
listed with its change: a test is missing, or the change changes nothing.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOMS = {
    "archive/encodings.py": "test_archive_encodings.py",
    "archive/fields.py": "test_archive_fields.py",
    "archive/rows.py": "test_archive_tables.py",
    "archive/jsonl.py": "test_archive_tables.py test_archive_read.py",
    "archive/delimited.py": "test_archive_tables.py test_archive_read.py",
    "archive/parquet_rows.py": "test_archive_tables.py",
    "archive/payload.py": "test_archive_read.py",
    "archive/warc.py": "test_archive_read.py",
    "archive/pages.py": "test_archive_read.py",
    "archive/unpack.py": "test_archive_read.py test_archive_faults.py",
    "archive/files.py": "test_archive_read.py test_archive_faults.py",
    "archive/ids.py": "test_archive_faults.py",
    "archive/items.py": "test_archive_faults.py",
    "archive/checkpoint.py": "test_archive_faults.py",
    "archive/retry.py": "test_archive_faults.py",
    "archive/storage.py": "test_archive_faults.py",
    "archive/parquet.py": "test_archive_faults.py",
    "archive/query.py": "test_cli_extract.py",
    "workers.py": "test_workers.py",
    "show/markup.py": "test_page.py",
    "show/marks.py": "test_page.py",
    "show/facts.py": "test_page.py",
    "text/segment.py": "test_text.py test_language.py",
    "text/normalise.py": "test_text.py test_language.py",
    "text/alignment.py": "test_text.py test_language.py",
    "text/structure.py": "test_text.py",
}
"""Module → the tests that should notice; those of kills, which take minutes, are left out."""

_CONFIG = """[cosmic-ray]
module-path = "{module}"
timeout = 120.0
excluded-modules = []
test-command = "{python} -m pytest -q -x -p no:cacheprovider -k 'not killed' {tests}"

[cosmic-ray.distributor]
name = "local"
"""


def main() -> None:
    """Draw the mutations, run them room by room, list what survived."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sample", type=int, default=200, help="mutations in all")
    options.add_argument("--seed", type=int, default=17)
    options.add_argument("--only", default="", help="modules whose name holds this")
    given = options.parse_args()
    if subprocess.run(["git", "diff", "--quiet", "src"], check=False).returncode:
        sys.exit("src/ has changes that are not committed; mutations are made in place and taken back from git")
    folder = Path("build/mutants")
    folder.mkdir(parents=True, exist_ok=True)
    rooms = {module: tests for module, tests in ROOMS.items() if given.only in module}
    sessions = {module: _session(folder, module, tests) for module, tests in rooms.items()}
    drawn = _draw(sessions, given.sample, random.Random(given.seed))
    killed = sum(_run(folder, module, session) for module, session in sessions.items())
    print(f"{drawn} mutations, {drawn - killed} survived ({100 * (drawn - killed) / max(1, drawn):.0f} %)")


def _paths(folder: Path, module: str) -> tuple[Path, Path]:
    name = module.replace("/", "-").removesuffix(".py")
    return folder / f"{name}.toml", folder / f"{name}.sqlite"


def _session(folder: Path, module: str, tests: str) -> Path:
    config, session = _paths(folder, module)
    files = " ".join(f"tests/{name}" for name in tests.split())
    config.write_text(_CONFIG.format(module=f"src/vnextract/{module}", python=sys.executable, tests=files))
    session.unlink(missing_ok=True)
    subprocess.run(["cosmic-ray", "init", str(config), str(session)], check=True, stdout=subprocess.DEVNULL)
    return session


def _draw(sessions: dict[str, Path], size: int, chance: random.Random) -> int:
    """Keep so many mutations of all; the others are taken out of their sessions."""
    jobs = [(module, job) for module, session in sessions.items() for job in _jobs(session)]
    kept = set(chance.sample(jobs, min(size, len(jobs))))
    for module, session in sessions.items():
        with sqlite3.connect(session) as table:
            dropped = [(job,) for job in _jobs(session) if (module, job) not in kept]
            table.executemany("DELETE FROM mutation_specs WHERE job_id = ?", dropped)
            table.executemany("DELETE FROM work_items WHERE job_id = ?", dropped)
    return len(kept)


def _jobs(session: Path) -> list[str]:
    with sqlite3.connect(session) as table:
        return sorted(job for (job,) in table.execute("SELECT job_id FROM work_items"))


def _run(folder: Path, module: str, session: Path) -> int:
    """Run the mutations of one module; prints the survivors, returns the number of the others."""
    config, _ = _paths(folder, module)
    try:
        subprocess.run(["cosmic-ray", "exec", str(config), str(session)], check=True)
    finally:
        subprocess.run(["git", "checkout", "--quiet", "--", f"src/vnextract/{module}"], check=True)
    with sqlite3.connect(session) as table:
        found = table.execute("SELECT job_id, test_outcome, diff FROM work_results").fetchall()
    for _, outcome, diff in found:
        if "SURVIVED" in str(outcome).upper():
            print(f"survived in {module}:\n{diff}\n", flush=True)
    return sum("SURVIVED" not in str(outcome).upper() for _, outcome, _ in found)


if __name__ == "__main__":
    main()
