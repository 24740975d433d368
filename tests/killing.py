"""Runs that are killed, and what their outputs hold: for the tests of archives."""

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
from pyarrow.parquet import read_table

from vnextract.archive.forms import COLUMNS
from vnextract.workers import Lost


def in_this_process(task: Callable[[Any], Any], items: Iterable[Any], **_: object) -> Iterator[tuple[Any, Any]]:
    """As `map_ordered`, without the time that worker processes take to begin."""
    for item in items:
        try:
            yield item, task(item)
        except Exception as error:
            yield item, Lost(f"{type(error).__name__}: {error}")


def content(output: Path) -> dict[str, list[Any]]:
    """Everything that an output holds, by table."""
    if output.suffix == ".jsonl":
        failures = output.with_name(f"{output.name}.run") / "failures.jsonl"
        kept = {"records": output, "failures": failures}
        return {name: path.read_text(encoding="utf8").splitlines() for name, path in kept.items()}
    if output.suffix == ".duckdb":
        with duckdb.connect(str(output), read_only=True) as connection:
            return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in COLUMNS}
    parts = {name: sorted((output / name).glob("*.parquet")) for name in COLUMNS}
    return {name: [row for part in files for row in read_table(part).to_pylist()] for name, files in parts.items()}


class Killed(BaseException):
    """As if the power went off."""


_watched: dict[str, Any] = {}


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watched and event in ("open", "os.mkdir", "os.rename", "os.remove", "os.truncate", "sqlite3.connect"):
        touched = str(arguments[0])
        if touched.startswith(_watched["folder"]):
            _watched["left"] -= 1
            if _watched["left"] < 0:
                _watched.clear()
                raise Killed


sys.addaudithook(_hook)


def survives(folder: Path, prepare: Callable[[], object], command: Callable[[], object], step: int) -> Iterator[int]:
    """Kill a command at its first moments, then at every so many, and give it again; then the outcome can be looked at."""
    kill = 0
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        prepare()
        _watched.update(folder=str(folder), left=kill)
        try:
            command()
        except Killed:
            pass
        else:
            return
        finally:
            _watched.clear()
        command()
        yield kill
        kill += 1 if kill < 12 else step
