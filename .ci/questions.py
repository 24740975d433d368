"""Asks the README's questions again and writes the answers into it.

    python .ci/questions.py NEWS.duckdb

NEWS.duckdb is what `vnextract extract corpus/ -o NEWS.duckdb --link` makes.
"""

import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console

from vnextract.archive.query import print_table

README = Path(__file__).parents[1] / "README.md"
ASKED = re.compile(r"(?P<begin>```sql\n(?P<question>.+?)```\n\n```text\n)(?P<answer>.*?)(?P<end>```)", re.DOTALL)


def answer(database: Path, question: str) -> str:
    """The answer as the terminal shows it."""
    shown = StringIO()
    print_table(database, question, 100, Console(file=shown, width=200))
    return shown.getvalue()


def main(database: Path) -> None:
    """Write every answer below its question."""
    text = README.read_text(encoding="utf8")
    README.write_text(
        ASKED.sub(lambda asked: f"{asked['begin']}{answer(database, asked['question'])}{asked['end']}", text),
        encoding="utf8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
