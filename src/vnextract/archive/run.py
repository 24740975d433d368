"""From files to records, in one process."""

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import track

from vnextract.archive.read import Unreadable, read_items
from vnextract.article import Published
from vnextract.pipeline import extract_or_fail


def run(paths: Iterable[str], output: Path | None, published: str | None = None) -> int:
    """Extract from every article of the files; returns the number of failures, each named on standard error."""
    Published.parse(published)
    console = Console(stderr=True)
    failures = 0
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
    with nullcontext(sys.stdout) if output is None else output.open("w", encoding="utf8") as lines:
        for item in track(read_items(paths, published), "articles", console=console, transient=True):
            failure = str(item) if isinstance(item, Unreadable) else None
            if not isinstance(item, Unreadable):
                record = extract_or_fail(item)
                failure = f"{record.id}: {record.failure}" if record.failure else None
                if not record.failure:
                    lines.write(record.model_dump_json() + "\n")
            if failure:
                failures += 1
                console.print(f"vnextract: {failure}", style="red", markup=False, highlight=False, soft_wrap=True)
    return failures
