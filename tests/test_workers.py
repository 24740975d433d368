"""The pool of worker processes: order, failures, killed and stuck workers, what becomes of them in the end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from vnextract.errors import WorkerError
from vnextract.workers import AHEAD, Lost, map_ordered

KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"
STUCK = "__import__('time').sleep(600)"


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    expressions = [f"__import__('time').sleep({(i % 3) / 100}) or {i}" for i in range(50)]
    assert [result for _, result in map_ordered(eval, expressions, workers=workers)] == list(range(50))


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        (KILLED, "it ended its worker process twice (killed by signal 9)"),
        ("__import__('os')._exit(7)", "it ended its worker process twice (exit code 7)"),
        ("__import__('sys').exit(3)", "it ended its worker process twice (exit code 3)"),
        (STUCK, "it took longer than 0.5 seconds"),
        ("lambda: 1", "PicklingError"),
        ("[0] * 10**15", "MemoryError"),
    ],
)
def test_a_lost_item_costs_only_itself(expression: str, reason: str) -> None:
    results = [result for _, result in map_ordered(eval, ["1", expression, "2"], workers=2, timeout=0.5)]
    lost = results[1]
    assert isinstance(lost, Lost)
    assert reason in lost.reason
    assert (results[0], results[2]) == (1, 2)


@pytest.mark.parametrize("number", [1, 7, 20])
def test_what_is_handed_over_with_a_lost_item_is_answered(number: int) -> None:
    items = [KILLED if i == number else str(i) for i in range(30)]
    results = [result for _, result in map_ordered(eval, items, workers=1)]
    assert isinstance(results[number], Lost) and "twice" in results[number].reason
    assert [result for result in results if not isinstance(result, Lost)] == [i for i in range(30) if i != number]


def test_each_of_several_handed_over_has_its_own_time() -> None:
    slow = ["__import__('time').sleep(0.3)"] * 12
    assert [result for _, result in map_ordered(eval, slow, workers=1, timeout=1)] == [None] * 12


def test_answers_come_while_a_later_item_is_stuck() -> None:
    results = map_ordered(eval, [*map(str, range(5)), STUCK, "5"], workers=1)
    assert [next(results)[1] for _ in range(5)] == list(range(5))
    results.close()


def test_what_cannot_be_handed_over_is_lost() -> None:
    (_, result), (_, other) = map_ordered(str, [lambda: 1, 5])
    assert isinstance(result, Lost) and "cannot be handed to a worker" in result.reason
    assert other == "5"


def test_what_a_task_prints_does_not_get_among_the_results(capfd: pytest.CaptureFixture[str]) -> None:
    assert [result for _, result in map_ordered(eval, ["print('x' * 100000)", "7"])] == [None, 7]


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "killed-once"
    first_time = f"__import__('pathlib').Path({str(marker)!r})"
    expression = f"5 if {first_time}.exists() else ({first_time}.touch(), {KILLED})"
    assert [result for _, result in map_ordered(eval, [expression])] == [5]


def test_large_items_and_results_pass() -> None:
    big = "x" * 5_000_000
    assert [result for _, result in map_ordered(str.upper, [big, "y", big], workers=2)] == [
        big.upper(),
        "Y",
        big.upper(),
    ]


def test_items_are_read_a_bounded_number_ahead() -> None:
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield str(number)

    results = map_ordered(int, items(), workers=2)
    for _ in range(10):
        next(results)
        # What is done already may be taken as it comes; what is not is bounded.
        time.sleep(0.01)
    assert taken <= 10 + AHEAD * 2 + 2
    results.close()


def test_heavy_items_are_read_one_at_a_time() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    results = map_ordered(str, items(), workers=1, weight=lambda item: 10**9)
    next(results)
    assert taken <= 3
    results.close()


def test_closing_ends_the_workers_at_once() -> None:
    results = map_ordered(eval, ["__import__('os').getpid()", STUCK, STUCK], workers=2)
    _, pid = next(results)
    assert isinstance(pid, int)
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_task_that_cannot_be_loaded_ends_the_run() -> None:
    class Unloadable:
        def __reduce__(self) -> tuple[object, ...]:
            return (__import__, ("there_is_no_such_module",))

        def __call__(self, item: int) -> int:
            return item

    with pytest.raises(WorkerError, match="there_is_no_such_module"):
        list(map_ordered(Unloadable(), [1]))


def test_there_must_be_a_worker() -> None:
    with pytest.raises(WorkerError, match="1 or more"):
        list(map_ordered(str, [1], workers=0))


def test_a_dead_parent_ends_its_workers(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    task = f"open({str(pids)!r}, 'a').write(str(__import__('os').getpid()) + chr(10)) and __import__('time').sleep(0.2)"
    script = f"from vnextract.workers import map_ordered\nlist(map_ordered(eval, [{task!r}] * 1000, workers=2))"
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        deadline = time.monotonic() + 30
        while (not pids.exists() or len(set(pids.read_text().split())) < 2) and time.monotonic() < deadline:
            time.sleep(0.05)
        parent.send_signal(signal.SIGKILL)
    workers = {int(pid) for pid in pids.read_text().split()}
    assert len(workers) == 2
    assert _gone(workers, within=10)


def _gone(pids: set[int], within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not any(map(_alive, pids)):
            return True
        time.sleep(0.1)
    return False


def _alive(pid: int) -> bool:
    # An orphan that has ended may wait to be buried by a busy init.
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from vnextract.workers import map_ordered\nprint([r for _, r in map_ordered(len, ['a', 'bb'], workers=2)])\n",
        encoding="utf8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout == "[1, 2]\n"


def test_partial_functions_are_tasks() -> None:
    assert [result for _, result in map_ordered(partial(int, base=2), ["10", "11"])] == [2, 3]


def test_a_worker_killed_while_it_warms_up_costs_nothing(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    script = f"""
import os
from pathlib import Path
marks = Path({str(marks)!r})
with marks.open("a") as file:
    file.write("x")
if len(marks.read_text()) < 4:
    os.kill(os.getpid(), 9)
"""
    results = map_ordered(int, ["1", "2"], workers=1, warm_up=partial(exec, script))
    assert [result for _, result in results] == [1, 2]
    assert marks.read_text() == "xxxx"


def test_time_to_warm_up_is_no_items_time() -> None:
    slow = partial(time.sleep, 1)
    assert [result for _, result in map_ordered(int, ["1", "2"], workers=2, timeout=0.5, warm_up=slow)] == [1, 2]


def test_a_warm_up_that_fails_ends_the_run() -> None:
    with pytest.raises(WorkerError, match="could not load its task: ZeroDivisionError"):
        list(map_ordered(int, ["1"], warm_up=partial(eval, "1 / 0")))


def test_a_stuck_worker_outlives_its_dead_parent_by_its_time_limit_only(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    task = f"open({str(pid)!r}, 'w').write(str(__import__('os').getpid())) and __import__('time').sleep(600)"
    script = f"""
from vnextract.workers import map_ordered
list(map_ordered(eval, [{task!r}], timeout=2))
"""
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        deadline = time.monotonic() + 30
        while not (pid.exists() and pid.read_text()) and time.monotonic() < deadline:
            time.sleep(0.02)
        parent.send_signal(signal.SIGKILL)
    worker = {int(pid.read_text())}
    assert not _gone(worker, within=1)
    assert _gone(worker, within=20)


@pytest.mark.parametrize("timeout", [float("inf"), float("nan"), 0.0, -1.0, 1e300])
def test_a_time_limit_is_a_number_of_seconds(timeout: float) -> None:
    with pytest.raises(WorkerError, match="a time limit must be between"):
        list(map_ordered(str, [1], timeout=timeout))
