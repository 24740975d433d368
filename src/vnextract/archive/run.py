"""A whole archive through the extractors: in parts, in worker processes, to be continued after any interruption."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from itertools import starmap
from pathlib import Path
from typing import Any

from rich.console import Console

from vnextract.archive.checkpoint import Growing, State, check_same, is_same, load, save
from vnextract.archive.files import STANDARD_INPUT, Unreadable, check_paths
from vnextract.archive.forms import Form, failure_line
from vnextract.archive.ids import Ids
from vnextract.archive.items import Position, Source
from vnextract.archive.job import Job
from vnextract.archive.progress import Tally, counted, duration, showing, tell
from vnextract.archive.retry import FAILURES, Retry, begin_retry, end_retry, load_retry
from vnextract.archive.stop import Stop, stoppable
from vnextract.archive.storage import preparing, storing
from vnextract.archive.work import Extract, Outcome, work
from vnextract.archive.write import Output, Target
from vnextract.errors import InputFileError, OutputError
from vnextract.version import __version__

_PART_CHARACTERS = 64_000_000
_TOLD = 20
"""Failures that are told on the terminal."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run ended."""

    state: State
    seconds: float
    articles: int
    """Articles extracted by this run, not by an earlier one that it continued."""
    stopped_by: int | None = None
    """The signal that stopped it."""

    @property
    def exit_code(self) -> int:
        """0 when all went well, 1 when something could not be read, 128 and the signal's number when it was stopped."""
        return 128 + self.stopped_by if self.stopped_by else int(self.state.failures > 0)

    def __str__(self) -> str:
        rate = self.articles / max(self.seconds, 1e-3)
        parts = [f"{counted(self.articles, 'article')} in {duration(self.seconds)} ({rate:.0f} a second)"]
        if self.state.articles > self.articles:
            parts.append(f"{self.state.articles:,} with those of earlier runs")
        if self.state.failures:
            parts.append(counted(self.state.failures, "failure"))
        if self.state.left_out:
            parts.append(f"{self.state.left_out:,} left out by their date")
        return ", ".join(parts) + ("; stopped, the same command goes on from here" if self.stopped_by else "")


def run(paths: Sequence[str], output: Path | None, job: Job, console: Console | None = None) -> Summary:
    """Extract from every article of files and folders.

    Args:
        paths: Files and folders; `-` is standard input.
        output: A `.jsonl` (also `.gz`, `.zst`), a `.duckdb`, a folder for Parquet; None for lines to standard output.
        job: What to do with them.
        console: Where to say how it goes; standard error by default.

    Raises:
        InputFileError: a path names nothing, there is nothing to read, or a sample is to be drawn of standard input.
        OutputError: the output exists, was begun with other input or options, or is being written by another run.
        PublishedError: a date among the options is none.
        MissingExtraError: a format needs a package that is not installed.
        WorkerError: worker processes cannot be started.
    """
    console = console or Console(stderr=True)
    job.check()
    check_paths(paths)
    if job.sample is not None and STANDARD_INPUT in paths:
        raise InputFileError("a sample cannot be drawn from standard input: it can be read only once")
    if output is None:
        return _stream(Source(paths, job.reading), job, console)
    target = Target.of(output)
    _check_apart(paths, target)
    source = Source(paths, job.reading, (target.path, target.folder))
    source.check_fields()
    if undated := source.undated():
        tell(console, f"warning: {undated}")
    return _Run(source, job, target, console).run()


def _check_apart(paths: Sequence[str], target: Target) -> None:
    """Refuse an output that would replace its own input."""
    output = target.path.resolve()
    for path in paths:
        if path != STANDARD_INPUT and output in (Path(path).resolve(), *Path(path).resolve().parents):
            raise OutputError(f"the output {str(target.path)!r} is the input, or holds it; name another output")


def default_workers() -> int:
    """One for each processor core that this process may use."""
    allowed: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _stream(source: Source, job: Job, console: Console) -> Summary:
    """Lines to standard output as they come; failures are told, nothing is kept."""
    state = State({})
    started = time.monotonic()
    extract = Extract(job.reading, Form.LINES, bool(job.with_text))
    for _, outcome in work(source, job, extract, state, Ids(None), Stop()):
        if isinstance(outcome, Unreadable):
            tell(console, outcome)
        elif outcome is not None and outcome.line is not None:
            with storing(Path("standard output")):
                sys.stdout.buffer.write(outcome.line)
                sys.stdout.buffer.flush()
    return Summary(state, time.monotonic() - started, state.articles)


class _Run:
    """One run to a file or folder, from its beginning or from where an earlier one stopped."""

    def __init__(self, source: Source, job: Job, target: Target, console: Console) -> None:
        self._source = source
        self._job = job
        self._target = target
        self._ids = target.folder / "ids.sqlite"
        self._survey = source.survey()
        self._console = console
        self._with_text = job.with_text if job.with_text is not None else target.kind != "jsonl"
        self._told = 0
        self._retries = False
        self._failures: list[tuple[Unreadable, Position]] = []
        self._in_part = 0
        self._characters = 0

    def run(self) -> Summary:
        """Do what is left to do."""
        started = time.monotonic()
        folder = self._target.folder
        self._target.check()
        output = self._target.open()
        state = self._state()
        if state.finished:
            self._tidy(output)
            self._say_finished(state)
            return Summary(state, 0.0, 0)
        before = state.articles
        with ExitStack() as opened:
            with preparing(folder):
                folder.mkdir(parents=True, exist_ok=True)
                ids = Ids(self._ids, 0 if state.retried_after else state.items)
                opened.callback(ids.close)
                retry = self._retry(state, output)
                # Before anything is dropped or made: from here on the folder is known for ours.
                save(folder, state)
                log = Growing(folder / FAILURES, state.sizes.get("failures", 0))
                opened.callback(log.close)
                output.begin(state)
                opened.callback(output.close)
            self._say_unread()
            with storing(self._target.path):
                stopped_by = self._work(state, output, ids, log, retry)
                if stopped_by is None:
                    output.finish(state)
                    state.finished = True
                    save(folder, state)
        if state.finished:
            self._tidy(output)
        summary = Summary(state, time.monotonic() - started, state.articles - before, stopped_by)
        tell(self._console, f"{self._target.path}: {summary}")
        return summary

    def _state(self) -> State:
        """How far an earlier run has come; nowhere, where there was none, or where it is to count no more."""
        manifest = self._manifest()
        state = load(self._target.folder)
        if self._job.restart:
            return State(manifest)
        if state is None or not state.parts:
            self._refuse_foreign(state is not None)
        if state is None or (state.finished and self._is_worthless(state, manifest)):
            return State(manifest)
        check_same(state, manifest)
        if self._job.retry_failures and (state.failures or not state.finished):
            return self._to_retry(state)
        if state.items and self._source.is_read_once and not state.finished:
            raise OutputError("a run over standard input cannot be continued: --restart begins anew")
        if state.items and not state.finished:
            tell(self._console, f"going on after {state.items:,} articles and failures of an earlier run")
        return state

    def _is_worthless(self, state: State, manifest: Mapping[str, Any]) -> bool:
        """Whether a finished output is gone, or came out empty and the options have been mended since."""
        is_gone = self._target.kind != "parquet" and not self._target.path.exists()
        return is_gone or (not state.articles and not is_same(state, manifest))

    def _to_retry(self, state: State) -> State:
        """The state of a finished run as it was before its failures, which are tried again."""
        if self._source.is_read_once:
            raise OutputError("failures of standard input cannot be tried again: it can be read only once")
        if not state.finished:
            if state.retried_after:
                return state
            raise OutputError("the run is not finished: give the command without --retry-failures first")
        self._retries = True
        return replace(
            state,
            finished=False,
            retried_after=state.parts,
            position=(0, 0),
            items=state.items - state.failures,
            failures=0,
            sizes={**state.sizes, "failures": 0},
        )

    def _retry(self, state: State, output: Output) -> Retry | None:
        """What is to be tried again; None where everything that is left is."""
        if self._retries:
            output.reopen()
            begin_retry(self._target.folder)
        return load_retry(self._target.folder) if state.retried_after else None

    def _refuse_foreign(self, is_begun: bool) -> None:
        path = self._target.path
        others = (child for child in path.iterdir() if child != self._target.folder) if path.is_dir() else ()
        if path.is_file() or (not is_begun and any(others)):
            raise OutputError(f"{path} exists already, from elsewhere; name another output, or --restart to replace it")

    def _manifest(self) -> Mapping[str, Any]:
        from vnextract.names.tagger.model import digest_in_use

        job = self._job
        return {
            "version": __version__,
            "model": digest_in_use(),
            "input": {
                "files": self._survey.files,
                "bytes": self._survey.bytes,
                "fingerprint": self._survey.fingerprint,
            },
            "options": {
                **asdict(job.reading),
                "limit": job.limit,
                "sample": job.sample,
                "text": self._with_text,
            },
        }

    def _say_unread(self) -> None:
        if self._survey.unread:
            kinds = ", ".join(
                f"{count:,} {ending or '(none)'}" for ending, count in sorted(self._survey.unread.items())[:20]
            )
            tell(self._console, f"files of kinds that are not read, by ending: {kinds}")

    def _say_finished(self, state: State) -> None:
        tell(
            self._console,
            f"{self._target.path} is finished: {counted(state.articles, 'article')}, "
            f"{counted(state.failures, 'failure')}; "
            "nothing to do (--restart begins anew"
            f"{', --retry-failures tries the failures again' if state.failures else ''})",
        )

    def _work(self, state: State, output: Output, ids: Ids, log: Growing, retry: Retry | None) -> int | None:
        """Read, extract and write until the input ends or a signal comes, which is returned."""
        job = self._job
        extract = Extract(job.reading, output.form, self._with_text)
        tally = Tally(self._survey.bytes, failures=state.failures, articles=state.articles, before=state.articles)
        if job.sample is not None:
            tell(self._console, "everything is read once to draw the sample")
        with stoppable() as stop, showing(tally, self._console) as show:
            for item, outcome in work(self._source, job, extract, state, ids, stop, retry):
                self._take(output, outcome, item.position)
                tally.read, tally.articles, tally.failures = item.read, state.articles, state.failures
                tally.begun_at = tally.begun_at or item.read
                show()
                if self._in_part >= job.part or self._characters >= _PART_CHARACTERS:
                    self._commit(state, output, ids, log)
            if self._in_part or not state.parts:
                self._commit(state, output, ids, log)
        return stop.signal

    def _take(self, output: Output, outcome: Outcome, position: Position) -> None:
        self._in_part += 1
        if isinstance(outcome, Unreadable):
            self._failures.append((outcome, position))
            self._tell_failure(outcome)
        elif outcome is not None:
            output.add(outcome)
            self._characters += outcome.size

    def _tell_failure(self, failure: Unreadable) -> None:
        self._told += 1
        if self._told <= _TOLD:
            tell(self._console, failure)
        if self._told == _TOLD:
            tell(self._console, f"further failures are told in {self._target.folder / FAILURES} only")

    def _commit(self, state: State, output: Output, ids: Ids, log: Growing) -> None:
        """Write the part: tables, failures and identifiers first, the state last; only then it counts."""
        output.commit(state, [failure for failure, _ in self._failures])
        state.sizes["failures"] = log.append(b"".join(starmap(failure_line, self._failures)))
        ids.commit()
        state.parts += 1
        save(self._target.folder, state)
        self._failures.clear()
        self._in_part = self._characters = 0

    def _tidy(self, output: Output) -> None:
        """Only once the state says that all is done."""
        output.tidy()
        Ids.remove(self._ids)
        end_retry(self._target.folder)
