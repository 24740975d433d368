"""The failures of a finished run, to be tried again: which items they were."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vnextract.archive.checkpoint import write_durably
from vnextract.archive.items import Position
from vnextract.errors import OutputError

FAILURES = "failures.jsonl"
_RETRIED = "retried.jsonl"


@dataclass(frozen=True, slots=True)
class Retry:
    """Items that failed, and files of which nothing was read from some item on."""

    items: frozenset[Position]
    files: Mapping[int, int]

    def wants(self, position: Position) -> bool:
        """Whether an item is to be tried again."""
        file, number = position
        return position in self.items or number >= self.files.get(file, number + 1)


def begin_retry(folder: Path) -> None:
    """Set the failures of a run aside, for the log is written anew."""
    write_durably(folder / _RETRIED, (folder / FAILURES).read_bytes())


def end_retry(folder: Path) -> None:
    """Forget what was set aside, once it is dealt with."""
    (folder / _RETRIED).unlink(missing_ok=True)


def load_retry(folder: Path) -> Retry:
    """The failures that were set aside.

    Raises:
        OutputError: they are damaged.
    """
    path = folder / _RETRIED
    items: set[Position] = set()
    files: dict[int, int] = {}
    try:
        for line in path.read_text(encoding="utf8").splitlines():
            failure = json.loads(line)
            file, number = failure["position"]
            items.add((file, number))
            if not failure["place"]:
                files[file] = min(number, files.get(file, number))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise OutputError(f"{path} is damaged, so the failures cannot be tried again; --restart begins anew") from error
    return Retry(frozenset(items), files)
