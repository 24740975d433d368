"""Where a run writes: what the name of an output asks for, and what every output can do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from vnextract.archive.checkpoint import State
from vnextract.archive.database import DuckDb
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import Form, Written
from vnextract.archive.ledger import Replaced
from vnextract.archive.lines import JsonLines
from vnextract.archive.parquet import Parquet
from vnextract.errors import OutputError


class Output(Protocol):
    """A place that records go to, part by part."""

    form: Form

    def begin(self, state: State) -> None:
        """Go on after the last part of a state, dropping what stands after it: everything, where that is none."""

    def add(self, article: Written) -> None:
        """Take one article into the part."""

    def commit(self, state: State, failures: Iterable[Unreadable]) -> None:
        """Write the part durably and enter it into the state."""

    def finish(self, state: State, replaced: Replaced, failures: Sequence[Unreadable] | None) -> None:
        """Turn the parts into what the user asked for. They stay: a kill may come before the state is saved.

        Args:
            state: What there is.
            replaced: Articles of which there is more than one record; the last one counts.
            failures: All that fails now, where this is more than the parts of this run say.
        """

    def is_finished(self, state: State) -> bool:
        """Whether a killed run had come to its end, but not to the word that it had."""

    def tidy(self) -> None:
        """Remove what a finished output needs no more."""

    def close(self) -> None:
        """Release what is open."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an output goes, and the folder beside it that keeps track of the run."""

    path: Path
    kind: str
    """`jsonl`, `duckdb` or `parquet`."""

    @classmethod
    def of(cls, path: Path) -> "Target":
        """What a name asks for.

        Raises:
            OutputError: it cannot be told.

        >>> Target.of(Path("news.jsonl.gz")).kind, Target.of(Path("news.duckdb")).kind, Target.of(Path("news")).kind
        ('jsonl', 'duckdb', 'parquet')
        """
        name = path.name.lower().removesuffix(".gz").removesuffix(".zst")
        if name.endswith((".jsonl", ".ndjson")):
            return cls(path, "jsonl")
        if path.name.lower().endswith(".duckdb"):
            return cls(path, "duckdb")
        if path.is_dir() or not path.suffix:
            return cls(path, "parquet")
        raise OutputError(
            f"cannot tell what {str(path)!r} is to be: name a .duckdb, a .jsonl (.gz, .zst) or a folder for Parquet"
        )

    @property
    def folder(self) -> Path:
        """Where the run keeps its state and `failures.jsonl`: `_run` in a folder, else beside the file."""
        return self.path / "_run" if self.kind == "parquet" else self.path.with_name(f"{self.path.name}.run")

    def open(self) -> Output:
        """The output itself.

        Raises:
            MissingExtraError: it needs a package that is not installed.
        """
        if self.kind == "jsonl":
            return JsonLines(self.path, self.folder)
        return DuckDb(self.path, self.folder) if self.kind == "duckdb" else Parquet(self.path)

    def check(self) -> None:
        """Refuse a place that cannot be written to, before any work is done.

        Raises:
            OutputError: there is a folder where a file is to be, or a file where a folder is.
        """
        if self.kind == "parquet" and self.path.exists() and not self.path.is_dir():
            raise OutputError(f"{self.path} is a file, and Parquet tables need a folder; name another output")
        if self.kind != "parquet" and self.path.is_dir():
            raise OutputError(f"{self.path} is a folder, and this output is a file; name another output")
