"""Checks the pins of `.ci/constraints.txt` against the registry, from pip's report: `python .ci/pins.py REPORT.json`.

Ends with status 1 where a pinned version was withdrawn by its makers, comes without a hash, or only as source, whose
build would run code.
"""

import json
import sys
from pathlib import Path
from typing import Any

SOURCE_ONLY = {"pyspark"}
"""Published as source only; its build copies files."""


def faults(item: dict[str, Any]) -> list[str]:
    """What is wrong with one pinned package."""
    download = item["download_info"]
    found = {
        "withdrawn": item.get("is_yanked", False),
        "without a hash": not download.get("archive_info", {}).get("hashes"),
        "source only": not download["url"].endswith(".whl") and item["metadata"]["name"] not in SOURCE_ONLY,
    }
    return [fault for fault, is_so in found.items() if is_so]


def main() -> int:
    """Print what is wrong."""
    packages = json.loads(Path(sys.argv[1]).read_text(encoding="utf8"))["install"]
    wrong = [
        f"{item['metadata']['name']} {item['metadata']['version']}: {fault}"
        for item in packages
        for fault in faults(item)
    ]
    print(f"{len(packages)} pins, {len(wrong)} faults", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
