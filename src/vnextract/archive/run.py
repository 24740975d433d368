"""A whole archive through the extractors: in parts, in worker processes, to be continued after any interruption."""

import hashlib
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from rich.console import Console

from vnextract.archive.checkpoint import Growing, State, check_same, load, save
from vnextract.archive.files import STANDARD_INPUT, File, Unread, Unreadable, check_paths, list_files
from vnextract.archive.ids import Ids
from vnextract.archive.prepare import Raw, Reading, prepare
from vnextract.archive.progress import Tally, duration, showing
from vnextract.archive.read import check_installed, open_file, read_file, read_standard_input
from vnextract.archive.write import Form, Output, Target, Written, failure_line, written
from vnextract.article import Published
from vnextract.errors import InputFileError, OutputError
from vnextract.version import __version__
from vnextract.workers import Lost, map_ordered

PART = 1_000
"""Articles of one part of the output."""
_PART_CHARACTERS = 64_000_000
_SAMPLE_SEED = 20_230_524
_TOLD = 20
"""Failures that are told on the terminal."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with the articles."""

    reading: Reading = field(default_factory=Reading)
    workers: int = 1
    timeout: float | None = 120.0
    """Seconds for one article."""
    limit: int | None = None
    """Only so many, the first ones."""
    sample: int | None = None
    """Only so many, drawn from all; every run draws the same."""
    with_text: bool | None = None
    """Keep the articles' text with the records; None keeps it in tables, not in JSON lines."""
    restart: bool = False
    """Drop what an earlier run has written."""
    part: int = PART


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
        parts = [f"{self.articles:,} articles in {duration(self.seconds)} ({rate:.0f} a second)"]
        if self.state.articles > self.articles:
            parts.append(f"{self.state.articles:,} with those of earlier runs")
        if self.state.failures:
            parts.append(f"{self.state.failures:,} failures")
        if self.state.left_out:
            parts.append(f"{self.state.left_out:,} left out by their date")
        return ", ".join(parts) + ("; stopped, the same command goes on from here" if self.stopped_by else "")


@dataclass(frozen=True, slots=True)
class _Extract:
    """What a worker does with one item."""

    reading: Reading
    form: Form
    with_text: bool

    def __call__(self, item: "_Item") -> Written | Unreadable | None:
        from vnextract.pipeline import extract_or_fail

        raw = item.raw
        prepared = raw if isinstance(raw, Unreadable) else prepare(raw, self.reading)
        if prepared is None or isinstance(prepared, Unreadable):
            return prepared
        assert isinstance(raw, Raw)
        article = prepared.article
        record = extract_or_fail(article)
        if record.failure:
            return Unreadable(raw.file, raw.place, record.failure)
        if prepared.warnings:
            record = record.model_copy(update={"warnings": (*prepared.warnings, *record.warnings)})
        return written(record, article.text, self.form, self.with_text, prepared.author, raw.file, raw.place)


@dataclass(frozen=True, slots=True)
class _Item:
    """Something read, and how far reading has come with it."""

    raw: Raw | Unreadable
    file: int
    item: int
    read: int
    """Bytes of the input up to here."""

    def __len__(self) -> int:
        return len(self.raw) if isinstance(self.raw, Raw) else 0


@dataclass(frozen=True, slots=True)
class _Input:
    """What there is to read."""

    files: int
    bytes: int
    fingerprint: str
    unread: Mapping[str, int]
    """Files of kinds that are not read, by ending."""


def run(paths: Sequence[str], output: Path | None, job: Job, console: Console | None = None) -> Summary:
    """Extract from every article of files and folders.

    Args:
        paths: Files and folders; `-` is standard input.
        output: A `.jsonl` (also `.gz`, `.zst`), a `.duckdb`, a folder for Parquet; None for lines to standard output.
        job: What to do with them.
        console: Where to say how it goes; standard error by default.

    Raises:
        InputFileError: a path names nothing, or there is nothing to read.
        OutputError: the output exists, was begun with other input or options, or is being written by another run.
        PublishedError: a date among the options is none.
        MissingExtraError: a format needs a package that is not installed.
        WorkerError: worker processes cannot be started.
    """
    console = console or Console(stderr=True)
    for day in (job.reading.published, job.reading.since, job.reading.until):
        Published.parse(day)
    check_paths(paths)
    if output is None:
        return _stream(paths, job, console)
    target = Target.of(output)
    _check_apart(paths, target)
    found = _survey(paths, (target.path, target.folder))
    return _Run(paths, job, target, found, console).run()


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


def _survey(paths: Sequence[str], leave_out: Sequence[Path]) -> _Input:
    """Count what there is to read and take its fingerprint: names, sizes, times of change.

    Raises:
        InputFileError: nothing can be read.
        MissingExtraError: a format needs a package that is not installed.
    """
    digest = hashlib.sha256()
    files = size = 0
    unread: Counter[str] = Counter()
    for file in list_files((path for path in paths if path != STANDARD_INPUT), leave_out):
        if isinstance(file, Unread):
            unread[file.ending] += 1
            continue
        files += 1
        if isinstance(file, File):
            check_installed(file.path.name)
            size += file.size
            digest.update(f"{file.name}\0{file.size}\0{file.modified}\n".encode())
    if not files and STANDARD_INPUT not in paths:
        raise InputFileError(f"there is nothing to read in {', '.join(paths)}: no file of a kind that is read")
    return _Input(files, size, digest.hexdigest()[:16], unread)


class _Stop:
    """A signal that asks the run to end: reading stops, what is being worked on is finished and written."""

    def __init__(self) -> None:
        self.signal: int | None = None

    def __call__(self, number: int, frame: object) -> None:
        self.signal = number
        # The second one gets what the first one would have got without us.
        for sign in _SIGNALS:
            signal.signal(sign, signal.default_int_handler if sign == signal.SIGINT else signal.SIG_DFL)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _stoppable() -> Iterator[_Stop]:
    stop = _Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {sign: signal.signal(sign, stop) for sign in _SIGNALS}
    try:
        yield stop
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _items(
    paths: Sequence[str], leave_out: Sequence[Path], reading: Reading, first: tuple[int, int] = (0, 0)
) -> Iterator[_Item]:
    """Everything read, from an item of a file on."""
    read = 0
    for index, source in enumerate(_sources(paths, leave_out)):
        size = source.size if isinstance(source, File) else 0
        if index >= first[0]:
            done = first[1] if index == first[0] else 0
            for number, (raw, position) in enumerate(_contents(source, reading), 1):
                if number > done:
                    yield _Item(raw, index, number, read + position)
        read += size


def _sources(paths: Sequence[str], leave_out: Sequence[Path]) -> Iterator[File | Unreadable | None]:
    """Files in order; None is standard input."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield None
        else:
            yield from (file for file in list_files([path], leave_out) if not isinstance(file, Unread))


def _contents(source: File | Unreadable | None, reading: Reading) -> Iterator[tuple[Raw | Unreadable, int]]:
    """What a file holds, with the position in the file."""
    if source is None:
        yield from ((raw, 0) for raw in read_standard_input(reading))
    elif isinstance(source, Unreadable):
        yield source, 0
    else:
        with open_file(source) as stream:
            if isinstance(stream, Unreadable):
                yield stream, 0
            else:
                yield from ((raw, stream.tell()) for raw in read_file(source, stream, reading))


def _stream(paths: Sequence[str], job: Job, console: Console) -> Summary:
    """Lines to standard output as they come; failures are told, nothing is kept."""
    state = State({})
    started = time.monotonic()
    ids = Ids(None)
    task = _Extract(job.reading, Form.LINES, bool(job.with_text))
    items = _selected(_items(paths, (), job.reading), paths, (), job, 0)
    for item, outcome in map_ordered(task, _named(items, ids, 0), workers=job.workers, timeout=job.timeout, weight=len):
        failure = _count(state, item, outcome)
        if failure is not None:
            _tell(console, f"{failure}")
        elif isinstance(outcome, Written) and outcome.line is not None:
            sys.stdout.buffer.write(outcome.line)
            sys.stdout.buffer.flush()
    ids.close()
    return Summary(state, time.monotonic() - started, state.articles)


def _selected(
    items: Iterator[_Item], paths: Sequence[str], leave_out: Sequence[Path], job: Job, done: int
) -> Iterator[_Item]:
    """Those that `sample` and `limit` choose; `done` of them an earlier run has dealt with."""
    if job.sample is not None:
        items = (item for _, item in _drawn(items, paths, leave_out, job))
        items = islice(items, done, None)
    return items if job.limit is None else islice(items, max(0, job.limit - done))


def _drawn(
    items: Iterator[_Item], paths: Sequence[str], leave_out: Sequence[Path], job: Job
) -> Iterator[tuple[int, _Item]]:
    """A sample without repetition, in reading order. The first pass only counts."""
    if STANDARD_INPUT in paths:
        raise InputFileError("a sample cannot be drawn from standard input: it can be read only once")
    count = sum(1 for _ in _items(paths, leave_out, job.reading))
    chosen = set(random.Random(_SAMPLE_SEED).sample(range(count), min(count, job.sample or 0)))
    return ((number, item) for number, item in enumerate(items) if number in chosen)


def _named(items: Iterator[_Item], ids: Ids, done: int) -> Iterator[_Item]:
    """Items whose articles have identifiers of their own."""
    for number, item in enumerate(items, done + 1):
        raw = item.raw
        if isinstance(raw, Raw) and (unique := ids.unique(raw.id, number)) != raw.id:
            warning = f"an earlier article has the id {raw.id!r}; this one is {unique!r}"
            item = replace(item, raw=replace(raw, id=unique, warnings=(*raw.warnings, warning)))
        yield item


def _count(state: State, item: _Item, outcome: Written | Unreadable | Lost | None) -> Unreadable | None:
    """Enter one result into the state; a failure is returned with its place."""
    state.file, state.item = item.file, item.item
    state.items += 1
    if isinstance(outcome, Written):
        state.articles += 1
        return None
    if outcome is None:
        state.left_out += 1
        return None
    state.failures += 1
    return Unreadable(item.raw.file, item.raw.place, outcome.reason)


def _tell(console: Console, message: str) -> None:
    console.print(f"vnextract: {message}", markup=False, highlight=False, soft_wrap=True)


class _Run:
    """One run to a file or folder, from its beginning or from where an earlier one stopped."""

    def __init__(self, paths: Sequence[str], job: Job, target: Target, found: _Input, console: Console) -> None:
        self._paths = paths
        self._job = job
        self._target = target
        self._found = found
        self._console = console
        self._with_text = job.with_text if job.with_text is not None else target.kind != "jsonl"
        self._leave_out = (target.path, target.folder)
        self._told = 0
        self._failures: list[Unreadable] = []
        self._in_part = 0
        self._characters = 0

    def run(self) -> Summary:
        """Do what is left to do."""
        started = time.monotonic()
        output = self._target.open()
        if self._job.restart:
            self._target.remove()
        state = self._state()
        if state.finished:
            self._say_finished(state)
            return Summary(state, 0.0, 0)
        self._target.folder.mkdir(parents=True, exist_ok=True)
        self._say_unread()
        ids = Ids(self._target.folder / "ids.sqlite", state.items)
        before = state.articles
        log = Growing(self._target.folder / "failures.jsonl", state.sizes.get("failures", 0))
        try:
            output.begin(state)
            save(self._target.folder, state)
            stopped_by = self._work(state, output, ids, log)
            if stopped_by is None:
                output.finish(state)
                state.finished = True
                save(self._target.folder, state)
        finally:
            log.close()
            output.close()
            ids.close()
        if state.finished:
            (self._target.folder / "ids.sqlite").unlink(missing_ok=True)
        summary = Summary(state, time.monotonic() - started, state.articles - before, stopped_by)
        _tell(self._console, str(summary))
        return summary

    def _state(self) -> State:
        manifest = self._manifest()
        state = load(self._target.folder)
        if state is None:
            self._refuse_foreign()
            return State(manifest)
        if state.finished and self._target.kind != "parquet" and not self._target.path.exists():
            self._target.remove()
            return State(manifest)
        check_same(state, manifest)
        if state.items and STANDARD_INPUT in self._paths and not state.finished:
            raise OutputError("a run over standard input cannot be continued: --restart begins anew")
        if state.items and not state.finished:
            _tell(self._console, f"going on after {state.items:,} articles and failures of an earlier run")
        return state

    def _refuse_foreign(self) -> None:
        path = self._target.path
        if path.is_file() or (path.is_dir() and any(path.iterdir())):
            raise OutputError(f"{path} exists already, from elsewhere; name another output, or --restart to replace it")

    def _manifest(self) -> Mapping[str, Any]:
        job = self._job
        return {
            "version": __version__,
            "input": {"files": self._found.files, "bytes": self._found.bytes, "fingerprint": self._found.fingerprint},
            "options": {
                **asdict(job.reading),
                "limit": job.limit,
                "sample": job.sample,
                "text": self._with_text,
            },
        }

    def _say_unread(self) -> None:
        if self._found.unread:
            kinds = ", ".join(
                f"{count:,} {ending or '(none)'}" for ending, count in sorted(self._found.unread.items())[:20]
            )
            _tell(self._console, f"files of kinds that are not read, by ending: {kinds}")

    def _say_finished(self, state: State) -> None:
        _tell(
            self._console,
            f"{self._target.path} is finished: {state.articles:,} articles, {state.failures:,} failures; "
            "nothing to do (--restart begins anew)",
        )

    def _work(self, state: State, output: Output, ids: Ids, log: Growing) -> int | None:
        """Read, extract and write until the input ends or a signal comes, which is returned."""
        job = self._job
        first = (0, 0) if job.sample is not None else (state.file, state.item)
        items = _items(self._paths, self._leave_out, job.reading, first)
        chosen = _selected(items, self._paths, self._leave_out, job, state.items)
        task = _Extract(job.reading, output.form, self._with_text)
        tally = Tally(self._found.bytes, failures=state.failures, articles=state.articles, before=state.articles)
        with _stoppable() as stop, showing(tally, self._console) as show:
            named = takewhile(lambda _: stop.signal is None, _named(chosen, ids, state.items))
            results = map_ordered(task, named, workers=job.workers, timeout=job.timeout, weight=len)
            for item, outcome in results:
                self._take(state, output, item, outcome)
                tally.read, tally.articles, tally.failures = item.read, state.articles, state.failures
                tally.begun_at = tally.begun_at or item.read
                show()
                if self._in_part >= job.part or self._characters >= _PART_CHARACTERS:
                    self._commit(state, output, ids, log)
            if self._in_part or not state.parts:
                self._commit(state, output, ids, log)
        return stop.signal

    def _take(self, state: State, output: Output, item: _Item, outcome: Written | Unreadable | Lost | None) -> None:
        failure = _count(state, item, outcome)
        self._in_part += 1
        if failure is not None:
            self._failures.append(failure)
            self._tell_failure(failure)
        elif isinstance(outcome, Written):
            output.add(outcome)
            self._characters += outcome.size

    def _tell_failure(self, failure: Unreadable) -> None:
        self._told += 1
        if self._told <= _TOLD:
            _tell(self._console, str(failure))
        if self._told == _TOLD:
            _tell(self._console, f"further failures are told in {self._target.folder / 'failures.jsonl'} only")

    def _commit(self, state: State, output: Output, ids: Ids, log: Growing) -> None:
        """Write the part: tables, failures and identifiers first, the state last; only then it counts."""
        output.commit(state, self._failures)
        state.sizes["failures"] = log.append(b"".join(map(failure_line, self._failures)))
        ids.commit()
        state.parts += 1
        save(self._target.folder, state)
        self._failures.clear()
        self._in_part = self._characters = 0
