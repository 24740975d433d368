"""An ordered pool of worker processes that outlives them: one that is killed or stuck costs one item, not the run.

A worker is a plain Python process of its own session that reads pickled items from a pipe and writes results to
another, so a caller needs no `if __name__ == "__main__"`, Ctrl-C reaches the parent only, and a dead parent ends its
workers.
"""

import contextlib
import faulthandler
import gc
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from vnextract.errors import WorkerError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 32
"""Items read ahead for each worker, so that no worker waits while the caller is busy with results."""
AT_ONCE = 8
"""Items handed to a worker at once, so that it seldom waits for the caller."""
WEIGHT_AHEAD = 64_000_000
"""Sum of the weights of items read ahead beyond which no more are taken."""
_LONGEST_TIMEOUT = 86_400
_STARTS = 5
_TRIES = 2
_GRACE = 10.0
_WATCH = 0.1
_LENGTH = struct.Struct(">Q")
_LARGE = 1_000_000
"""Bytes of items handed over at once after which no more are added."""
_COLLECTED_AFTER = 50_000
"""Values made, beyond those gone, after which a worker's collector of cyclic garbage looks; Python says 700."""
_SINGLE = {"OPENBLAS_NUM_THREADS": "1"}
"""Threads that numpy starts for algebra, where the environment says nothing: a worker has none to do."""
_CHILD = "import sys; sys.path[:] = {path!r}; from vnextract.workers import serve; serve()"


def check_timeout(seconds: float | None) -> None:
    """Refuse a time limit that is none.

    Raises:
        WorkerError: it is no number of seconds up to a day.
    """
    # Written so that what is not a number fails too.
    if seconds is not None and not 0 < seconds <= _LONGEST_TIMEOUT:
        raise WorkerError(f"a time limit must be between 0 and {_LONGEST_TIMEOUT:,} seconds, not {seconds}")


@dataclass(frozen=True, slots=True)
class Lost:
    """An item without a result: the task raised, took too long, or took its worker process with it."""

    reason: str


class _WorkerGone(Exception):
    """The process at the other end of the pipes has ended."""


def map_ordered(
    task: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int = 1,
    timeout: float | None = None,
    weight: Callable[[T], int] = lambda item: 0,
    warm_up: Callable[[], object] | None = None,
) -> Generator[tuple[T, R | Lost], None, None]:
    """Apply a task to every item in worker processes; pairs of item and result come in the order of the items.

    The items are read lazily, a bounded number ahead. An item whose worker dies is tried once more in a new one, so
    that a worker killed from outside costs nothing. Closing the iterator ends the workers.

    Args:
        task: A picklable callable of an importable module; each worker unpickles it once.
        items: Picklable values.
        workers: Number of processes, at least 1.
        timeout: Seconds for one item; None for no limit.
        weight: Size of an item, such as its length, to bound what is read ahead.
        warm_up: What each worker does before its first item, such as to load models; a picklable callable. The time
            it takes, and a worker that dies meanwhile, is no item's fault.

    Raises:
        WorkerError: worker processes cannot be started, or cannot load the task.

    >>> list(map_ordered(len, ["Lai Châu", "Sơn La"]))
    [('Lai Châu', 8), ('Sơn La', 6)]
    """
    if workers < 1:
        raise WorkerError(f"the number of workers must be 1 or more, not {workers}")
    check_timeout(timeout)
    crew: list[_Worker[T, R]] = [_Worker(task, warm_up, timeout) for _ in range(workers)]
    idle: queue.SimpleQueue[_Worker[T, R]] = queue.SimpleQueue()
    for worker in crew:
        idle.put(worker)
    waiting: deque[tuple[T, Future[R | Lost]]] = deque()

    def answer() -> None:
        """Have an idle worker answer what waits, share by share, until nothing does or others are at it."""
        while waiting:
            try:
                worker = idle.get_nowait()
            except queue.Empty:
                return
            try:
                _ask(worker, _share(waiting, max(1, min(AT_ONCE, len(waiting) // workers))))
            finally:
                idle.put(worker)

    pending: deque[tuple[T, int, Future[R | Lost]]] = deque()
    ahead = 0
    threads = ThreadPoolExecutor(workers, thread_name_prefix="vnextract-worker")
    over = threading.Event()
    if timeout is not None:
        threading.Thread(target=_watch, args=(crew, over), name="vnextract-watch", daemon=True).start()
    try:
        for item in items:
            result: Future[R | Lost] = Future()
            pending.append((item, weight(item), result))
            waiting.append((item, result))
            # A worker that is busy looks for what waits when it is done, after it was put among the idle ones.
            if not idle.empty():
                threads.submit(answer)
            ahead += pending[-1][1]
            while len(pending) > AHEAD * workers or (ahead > WEIGHT_AHEAD and len(pending) > 1) or _done(pending):
                first, weighed, its_result = pending.popleft()
                ahead -= weighed
                yield first, its_result.result()
        while pending:
            first, _, its_result = pending.popleft()
            yield first, its_result.result()
    finally:
        over.set()
        for worker in crew:
            worker.end()
        threads.shutdown(wait=True, cancel_futures=True)
        for worker in crew:
            worker.close()


def _share(waiting: "deque[tuple[T, Future[R | Lost]]]", size: int) -> list[tuple[T, "Future[R | Lost]"]]:
    """Up to so many of what waits, taken off; other threads take too."""
    share: list[tuple[T, Future[R | Lost]]] = []
    with contextlib.suppress(IndexError):
        while len(share) < size:
            share.append(waiting.popleft())
    return share


def _ask(worker: "_Worker[T, R]", share: "Sequence[tuple[T, Future[R | Lost]]]") -> None:
    """Have a worker answer items, and say of each what has come of it as soon as it is known."""
    answered = 0
    try:
        for answered, result in enumerate(worker.ask([item for item, _ in share]), 1):
            share[answered - 1][1].set_result(result)
    except Exception as error:
        for _, unanswered in share[answered:]:
            unanswered.set_exception(error)


def _watch(crew: "Sequence[_Worker[Any, Any]]", over: threading.Event) -> None:
    while not over.wait(_WATCH):
        for worker in crew:
            worker.check()


def _done(pending: "deque[tuple[T, int, Future[R | Lost]]]") -> bool:
    return bool(pending) and pending[0][2].done()


class _Worker(Generic[T, R]):
    """One place in the crew: a process, replaced when it ends. Used by one thread at a time, closed by any."""

    def __init__(self, task: Callable[[T], R], warm_up: Callable[[], object] | None, timeout: float | None) -> None:
        self._task = task
        self._warm_up = warm_up
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline: float | None = None
        self._late = False
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, items: Sequence[T]) -> "Iterator[R | Lost]":
        """The task's result for each item, or why there is none, as they come.

        What ends its process is tried once more, by itself.
        """
        left = deque(map(_question, items))
        tries = 0
        while left:
            process = self._process or self._start()
            try:
                for result in self._answers(process, [left[0]] if tries else _not_too_large(left)):
                    left.popleft()
                    tries = 0
                    yield result
                continue
            except _WorkerGone:
                ending = self._bury(process)
            tries += 1
            if self._late:
                lost = f"it took longer than {self._timeout:g} seconds"
            elif self._closed:
                lost = "the run was stopped"
            elif tries == _TRIES:
                lost = f"it ended its worker process twice ({ending})"
            else:
                continue
            left.popleft()
            tries = 0
            yield Lost(lost)

    def _answers(self, process: subprocess.Popen[bytes], questions: Sequence[bytes]) -> "Iterator[R | Lost]":
        """What a process answers, one by one, each in its time.

        Raises:
            _WorkerGone: it has ended, or was killed for being late.
        """
        try:
            self._set_deadline(self._timeout)
            with _ends_with_worker():
                _send(_open(process.stdin), pickle.dumps(questions))
            for _ in questions:
                self._set_deadline(self._timeout)
                with _ends_with_worker():
                    result: R | Lost = _receive(_open(process.stdout))
                self._set_deadline(None)
                yield result
        finally:
            self._set_deadline(None)

    def _start(self) -> subprocess.Popen[bytes]:
        """A process that has loaded the task and waits."""
        ending = ""
        for _ in range(_STARTS):
            with self._lock:
                if self._closed:
                    raise WorkerError("the workers are closed")
                process = self._process = _spawn()
            try:
                with _ends_with_worker():
                    _send(_open(process.stdin), pickle.dumps((self._task, self._warm_up, self._timeout)))
                    refusal = _receive(_open(process.stdout))
            except _WorkerGone:
                ending = self._bury(process)
                continue
            if refusal is None:
                return process
            self._bury(process)
            raise WorkerError(f"a worker process could not load its task: {refusal}")
        raise WorkerError(f"a worker process ended {_STARTS} times before it was ready ({ending})")

    def _bury(self, process: subprocess.Popen[bytes]) -> str:
        """End what is left of a process; says how it ended."""
        code = process.poll()
        deadline = time.monotonic() + 1
        while code is None and time.monotonic() < deadline:
            time.sleep(0.01)
            code = process.poll()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                _open(pipe).close()
        self._process = None
        if code is None:
            return "it closed its pipe"
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def _set_deadline(self, seconds: float | None) -> None:
        with self._lock:
            if seconds is not None:
                self._late = False
            self._deadline = None if seconds is None else time.monotonic() + seconds

    def check(self) -> None:
        """Kill the process if it has worked at its item for too long."""
        with self._lock:
            if self._deadline is not None and time.monotonic() > self._deadline and self._process is not None:
                self._late = True
                self._process.kill()

    def end(self) -> None:
        """Kill the process, whatever it is doing; a thread that waits for it learns so."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Release what is left, when no thread uses the worker any more."""
        if self._process is not None:
            self._bury(self._process)


def _spawn() -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _CHILD.format(path=[str(entry) for entry in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_SINGLE | os.environ,
            start_new_session=True,
        )
    except OSError as error:
        raise WorkerError(f"a worker process could not be started: {error}") from error


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


@contextlib.contextmanager
def _ends_with_worker() -> Iterator[None]:
    """What goes wrong at a pipe means that the process at its other end is gone."""
    try:
        yield
    except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
        raise _WorkerGone from error


def _question(item: object) -> bytes:
    """An item for a worker; for one that cannot be handed over, what is to be answered."""
    try:
        return pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(Lost(f"it cannot be handed to a worker process: {type(error).__name__}: {error}"))


def _not_too_large(questions: Collection[bytes]) -> Sequence[bytes]:
    """The first ones, as many as are not too much at once; one at least."""
    sizes = accumulate(map(len, questions))
    return list(islice(questions, max(1, sum(size <= _LARGE for size in sizes))))


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(header)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return pickle.loads(message)


def serve() -> None:
    """What a worker process runs: load the task, then answer items until the pipe closes."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not end up among the answers.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    # When memory runs out the system should end a worker, which is replaced, rather than the parent.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    with contextlib.suppress(OSError, EOFError):
        try:
            # What is loaded stays to the end; the collector need not go through it, neither now nor later.
            gc.disable()
            task, warm_up, timeout = _receive(questions)
            if warm_up is not None:
                warm_up()
            gc.freeze()
            gc.set_threshold(_COLLECTED_AFTER)
            gc.enable()
        except Exception as error:
            _send(answers, pickle.dumps(f"{type(error).__name__}: {error}"))
            return
        _send(answers, pickle.dumps(None))
        with Path(os.devnull).open("w", encoding="utf8") as nowhere:
            while True:
                several = _receive(questions)
                if timeout is not None:
                    # A stuck worker whose parent is dead has nobody else to end it.
                    longest = timeout * len(several) + _GRACE
                    faulthandler.dump_traceback_later(longest, exit=True, file=nowhere)
                for question in several:
                    _send(answers, _answer(task, question))
                faulthandler.cancel_dump_traceback_later()


def _answer(task: Callable[[Any], Any], question: bytes) -> bytes:
    try:
        item = pickle.loads(question)
        return pickle.dumps(item if isinstance(item, Lost) else task(item), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(Lost(f"{type(error).__name__}: {error}"))
