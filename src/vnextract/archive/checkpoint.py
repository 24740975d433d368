"""How far a run has come: one small file beside the output, replaced in one step after every part."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from vnextract.errors import OutputError

_NAME = "state.json"


@dataclass(slots=True)
class State:
    """What is done, and for which input and options.

    Runs follow each other on one output. Each goes through its input once; where an interrupted one is given another
    input, it goes through that from the beginning, and what is done already is known from the ledger.
    """

    manifest: Mapping[str, Any]
    """Input, options and version of the last run."""
    parts: int = 0
    """Parts that are written, of this run and of those before."""
    base: int = 0
    """Parts of the output as it was last finished."""
    position: tuple[int, int] = (0, 0)
    """Number of the file to read on in, from 0, and items of it that are dealt with."""
    items: int = 0
    """Items dealt with in all runs."""
    begun: int = 0
    """Items dealt with before the present way through the input."""
    is_again: bool = False
    """Whether that is not the first one of this output."""
    articles: int = 0
    failures: int = 0
    left_out: int = 0
    """Articles that their date left out, of the present way through the input."""
    sizes: dict[str, int] = field(default_factory=dict)
    """Lengths of the files that grow: what stands after them belongs to no finished part."""
    finished: bool = False

    def again(self, manifest: Mapping[str, Any]) -> "State":
        """The state in which an input is gone through from its beginning, to be added to what is there."""
        return replace(
            self,
            manifest=manifest,
            base=self.parts if self.finished else self.base,
            position=(0, 0),
            begun=self.items,
            is_again=True,
            failures=0,
            left_out=0,
            # The log of failures begins anew; the ledger has those of before, and in the end they stand in it again.
            sizes={**self.sizes, "failures": 0},
            finished=False,
        )


def load(folder: Path) -> State | None:
    """The state of an earlier run, None if there was none.

    Raises:
        OutputError: the file is damaged.
    """
    path = folder / _NAME
    if not path.exists():
        return None
    try:
        stored = json.loads(path.read_text(encoding="utf8"))
        file, item = stored["position"]
        return State(**{**stored, "position": (file, item)})
    except (ValueError, TypeError, KeyError) as error:
        raise OutputError(f"{path} is damaged, or of another version; --restart begins anew") from error


def save(folder: Path, state: State) -> None:
    """Replace the state, durably."""
    write_durably(folder / _NAME, json.dumps(asdict(state), ensure_ascii=False, indent=1).encode())


def is_same(state: State, manifest: Mapping[str, Any]) -> bool:
    """Whether the state belongs to this input and these options."""
    return not _changes(state, manifest)


def check_mixable(state: State, manifest: Mapping[str, Any], refresh: bool) -> None:
    """Refuse what would make an output a mixture: records with and without their text, or of two models.

    A new version comes with a new model; that one, whoever gives the command is told of.

    Raises:
        OutputError: the message says what differs.
    """
    allowed = {"model"} if refresh or state.manifest.get("version") != manifest["version"] else set()
    changed = [change for name, change in _changes(state, manifest).items() if name in {*_FIXED} - allowed]
    if changed:
        raise OutputError(
            f"the output was begun otherwise: {'; '.join(changed)}. Give the same options to add to it, another "
            "output, --restart to begin anew"
            + (", or --refresh to make all records with the other model" if "model" not in allowed else "")
        )


_FIXED = ("model", "options text", "options min_confidence")


def _changes(state: State, manifest: Mapping[str, Any]) -> dict[str, str]:
    before, now = _flat(state.manifest), _flat(json.loads(json.dumps(manifest)))
    return {
        name: f"{name} was {before.get(name)!r}, is {now.get(name)!r}"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    }


def _flat(manifest: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in manifest.items():
        flat |= _flat(value, f"{prefix}{name} ") if isinstance(value, dict) else {prefix + name: value}
    return flat


def write_durably(path: Path, data: bytes) -> None:
    """Write a file under a temporary name, then rename it: it is there whole or not at all."""
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, on systems that can."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


class Growing:
    """A file that grows part by part; what a killed run wrote after its last part is cut off."""

    def __init__(self, path: Path, size: int) -> None:
        """Open the file at the length that is known to be right.

        Raises:
            OutputError: it is shorter.
        """
        if size and (not path.exists() or path.stat().st_size < size):
            raise OutputError(f"{path} has lost what was written to it; --restart begins anew")
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(size)
        self._file.seek(size)

    def append(self, data: bytes) -> int:
        """Add data durably; returns the new length in bytes."""
        self._file.write(data)
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
