"""A whole archive through the extractors: in parts, in worker processes, to be continued after any interruption."""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from vnextract.archive.checkpoint import Growing, State, check_mixable, is_same, load, save, write_durably
from vnextract.archive.files import STANDARD_INPUT, Unreadable, check_paths
from vnextract.archive.forms import Form, failure_line
from vnextract.archive.items import Item, Source
from vnextract.archive.job import Job
from vnextract.archive.known import Known, Pass
from vnextract.archive.ledger import Ledger
from vnextract.archive.prepare import Raw
from vnextract.archive.progress import Tally, counted, duration, showing, tell
from vnextract.archive.stop import Stop, stoppable
from vnextract.archive.storage import preparing, storing
from vnextract.archive.work import Extract, Outcome, work
from vnextract.archive.write import Output, Target
from vnextract.errors import InputFileError, OutputError
from vnextract.version import __version__

FAILURES = "failures.jsonl"
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
        if not self.articles and not self.stopped_by and self.state.articles:
            failures = f", {counted(self.state.failures, 'failure')}" if self.state.failures else ""
            return f"nothing new; it holds {counted(self.state.articles, 'article')}{failures}"
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
    extract = Extract(job.reading, Form.LINES, bool(job.with_text), min_confidence=job.min_confidence)
    known = Known(Ledger(None), Pass(0, "", passes_over_files=False), 0)
    for _, outcome in work(source, job, extract, state, known, Stop()):
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
        self._ledger_path = target.folder / "ledger.sqlite"
        self._survey = source.survey()
        self._console = console
        self._with_text = job.with_text if job.with_text is not None else target.kind != "jsonl"
        self._found: State | None = None
        self._told = 0
        self._failures: list[Unreadable] = []
        self._in_part = 0
        self._characters = 0
        self._made = 0

    def run(self) -> Summary:
        """Do what is left to do."""
        started = time.monotonic()
        folder = self._target.folder
        self._target.check()
        output = self._target.open()
        manifest = self._manifest()
        state = self._state(manifest)
        if self._has_nothing_to_do(state, manifest):
            self._tidy_finished(output, state)
            self._say_finished(state)
            return Summary(state, 0.0, 0)
        with ExitStack() as opened:
            with preparing(folder):
                folder.mkdir(parents=True, exist_ok=True)
                ledger = Ledger(self._ledger_path, state.items)
                opened.callback(ledger.close)
                self._check_still(self._found)
                if state.finished or output.is_finished(state):
                    self._end(state, output, ledger)
                state = self._going_on(state, manifest, ledger)
                # Before anything is dropped or made: from here on the folder is known for ours.
                save(folder, state)
                log = Growing(folder / FAILURES, state.sizes.get("failures", 0))
                opened.callback(log.close)
                output.begin(state)
                opened.callback(output.close)
            self._say_unread()
            with storing(self._target.path):
                stopped_by = self._work(state, output, ledger, log)
                if stopped_by is None:
                    self._finish(state, output, ledger, log)
        summary = Summary(state, time.monotonic() - started, self._made, stopped_by)
        tell(self._console, f"{self._target.path}: {summary}")
        return summary

    def _state(self, manifest: Mapping[str, Any]) -> State:
        """How far earlier runs have come; nowhere, where there was none, or where it is to count no more."""
        state = self._found = load(self._target.folder)
        if self._job.restart:
            return State(manifest)
        if state is None or not state.parts:
            self._refuse_foreign(state is not None)
        if state is None or self._is_worthless(state, manifest):
            return State(manifest)
        if state.items and not self._ledger_path.exists():
            raise OutputError(f"{self._ledger_path} is gone, so nothing can be added; --restart begins anew")
        if state.articles:
            check_mixable(state, manifest, self._job.refresh)
        return state

    def _is_worthless(self, state: State, manifest: Mapping[str, Any]) -> bool:
        """Whether what was finished is gone, or came out empty and the options have been mended since."""
        if (state.finished or state.base) and self._target.kind != "parquet" and not self._target.path.exists():
            return True
        return state.finished and not state.articles and not is_same(state, manifest)

    def _check_still(self, found: State | None) -> None:
        """Refuse what another run has changed before this one had the lock; nothing of it is taken back then.

        Raises:
            OutputError: it has.
        """
        if load(self._target.folder) != found:
            raise OutputError("another run has just written this output; give the command again")

    def _has_nothing_to_do(self, state: State, manifest: Mapping[str, Any]) -> bool:
        """Whether the output is finished, and the same input has been given for it again."""
        asked = self._job.refresh or (self._job.retry_failures and state.failures)
        return state.finished and is_same(state, manifest) and not asked and not self._source.is_read_once

    def _going_on(self, state: State, manifest: Mapping[str, Any], ledger: Ledger) -> State:
        """Where to go on: where an interrupted run stopped, or at the beginning of another input."""
        if not state.finished and is_same(state, manifest) and not (state.items and self._source.is_read_once):
            if state.items > state.begun:
                dealt = state.items - state.begun
                tell(self._console, f"going on after {dealt:,} articles and failures of an earlier run")
            return state
        if not self._job.refresh and (outdated := ledger.made_by_others(_maker(manifest))):
            tell(
                self._console,
                f"{counted(outdated, 'article')} of before {'was' if outdated == 1 else 'were'} made by another "
                "version or model; --refresh makes them anew",
            )
        return state.again(manifest)

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
                "min_confidence": job.min_confidence,
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

    def _work(self, state: State, output: Output, ledger: Ledger, log: Growing) -> int | None:
        """Read, extract and write until the input ends or a signal comes, which is returned."""
        job = self._job
        made_by = _maker(state.manifest)
        extract = Extract(job.reading, output.form, self._with_text, made_by, job.min_confidence)
        known = Known(ledger, self._pass(state), state.items)
        tally = Tally(self._survey.bytes, failures=state.failures)
        if job.sample is not None:
            tell(self._console, "everything is read once to draw the sample")
        with stoppable() as stop, showing(tally, self._console) as show:
            for item, outcome in work(self._source, job, extract, state, known, stop):
                self._take(output, ledger, item, outcome)
                tally.read, tally.articles, tally.failures = item.read, self._made, state.failures
                tally.begun_at = tally.begun_at or item.read
                show()
                if self._in_part >= job.part or self._characters >= _PART_CHARACTERS:
                    self._commit(state, output, ledger, log)
            if self._in_part or not state.parts:
                self._commit(state, output, ledger, log)
        return stop.signal

    def _pass(self, state: State) -> Pass:
        job = self._job
        return Pass(
            state.begun,
            _maker(state.manifest),
            json.dumps(asdict(job.reading), sort_keys=True, ensure_ascii=False),
            job.reading.published,
            job.refresh,
            job.retry_failures,
            passes_over_files=job.limit is None and job.sample is None,
        )

    def _take(self, output: Output, ledger: Ledger, item: Item, outcome: Outcome) -> None:
        self._in_part += 1
        if isinstance(outcome, Unreadable):
            ledger.fail(item.number, outcome)
            self._failures.append(outcome)
            self._tell_failure(outcome)
        elif outcome is not None:
            output.add(outcome)
            self._made += 1
            self._characters += outcome.size
        elif isinstance(item.raw, Raw):
            ledger.leave_out(item.number)

    def _tell_failure(self, failure: Unreadable) -> None:
        self._told += 1
        if self._told <= _TOLD:
            tell(self._console, failure)
        if self._told == _TOLD:
            tell(self._console, f"further failures are told in {self._target.folder / FAILURES} only")

    def _commit(self, state: State, output: Output, ledger: Ledger, log: Growing) -> None:
        """Write the part: tables, failures and ledger first, the state last; only then it counts."""
        output.commit(state, self._failures)
        state.sizes["failures"] = log.append(b"".join(map(failure_line, self._failures)))
        state.parts += 1
        ledger.end_part(state.parts, state.items)
        save(self._target.folder, state)
        self._failures.clear()
        self._in_part = self._characters = 0

    def _finish(self, state: State, output: Output, ledger: Ledger, log: Growing) -> None:
        """Turn the parts into what was asked for, and say so last."""
        folder = self._target.folder
        # What a limit has left unread was looked at, though, and may have come after the last part.
        ledger.take_back(state.items)
        ledger.commit()
        if state.is_again:
            failures = list(ledger.failures(state.begun))
            state.failures = len(failures)
            log.close()
            write_durably(folder / FAILURES, b"".join(map(failure_line, failures)))
            state.sizes["failures"] = (folder / FAILURES).stat().st_size
            save(folder, state)
        output.finish(state, ledger.replaced(), failures if state.is_again else None)
        self._end(state, output, ledger)

    def _end(self, state: State, output: Output, ledger: Ledger) -> None:
        """Say that the output is finished; then, and only then, forget what was needed for it."""
        if not state.finished:
            state.finished = True
            save(self._target.folder, state)
        ledger.tidy(state.begun)
        output.tidy()

    def _tidy_finished(self, output: Output, state: State) -> None:
        """Remove what a run has left that was killed after the word that it is finished."""
        output.tidy()
        if Ledger.is_left_open(self._ledger_path):
            with preparing(self._target.folder), closing(Ledger(self._ledger_path, state.items)) as ledger:
                ledger.tidy(state.begun)


def _maker(manifest: Mapping[str, Any]) -> str:
    """The version that makes records."""
    return f"{manifest['version']} {str(manifest['model'])[:12]}"
