"""The answers that the README prints: each SQL block is asked of `corpus/`, and the block after it is what comes out.

`python .ci/readme.py` writes them anew; with --check it says which have changed, and fails.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
ANSWERED = re.compile(r"```sql\n(?P<question>.+?)```\n\n```text\n(?P<answer>.+?)```", re.DOTALL)


def vnextract(*arguments: str | Path) -> str:
    """What a command of the library prints."""
    command = [sys.executable, "-X", "utf8", "-m", "vnextract.cli", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf8", env=os.environ | {"COLUMNS": "160"}, check=True
    )
    return done.stdout


def answered(text: str, database: Path) -> str:
    """The README with the answers of today."""

    def ask(block: re.Match[str]) -> str:
        answer = "\n".join(
            line.rstrip() for line in vnextract("query", database, block["question"]).strip().splitlines()
        )
        return f"```sql\n{block['question']}```\n\n```text\n{answer}\n```"

    return ANSWERED.sub(ask, text)


def main() -> None:
    """Write or check the answers."""
    text = README.read_text(encoding="utf8")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "news.duckdb")
        vnextract("extract", ROOT / "corpus", "-o", database)
        now = answered(text, database)
    if "--check" not in sys.argv:
        README.write_text(now, encoding="utf8")
    elif now != text:
        sys.stdout.writelines(difflib.unified_diff(text.splitlines(True), now.splitlines(True), "README.md", "today"))
        raise SystemExit("README.md prints other answers than the library gives today: python .ci/readme.py")


if __name__ == "__main__":
    main()
