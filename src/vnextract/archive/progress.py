"""How a run is going: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from vnextract.archive.files import printable

_EVERY = 10.0


@dataclass(slots=True)
class Tally:
    """What is counted while a run goes on."""

    total: int
    """Bytes of all files; 0 where unknown."""
    read: int = 0
    """Bytes of them that are dealt with."""
    begun_at: int = 0
    """Bytes that an earlier run had dealt with."""
    articles: int = 0
    failures: int = 0
    before: int = 0
    """Articles that an earlier run had dealt with."""
    started: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Articles a second."""
        return (self.articles - self.before) / max(1e-3, time.monotonic() - self.started)

    @property
    def remaining(self) -> str:
        """Time still needed, by the bytes; `?` where it cannot be told."""
        done = self.read - self.begun_at
        seconds = time.monotonic() - self.started
        return duration((self.total - self.read) * seconds / done) if self.total and done > 0 else "?"

    def __str__(self) -> str:
        share = f", {100 * self.read / self.total:.0f} % read" if self.total else ""
        failures = f", {counted(self.failures, 'failure')}" if self.failures else ""
        return f"{counted(self.articles, 'article')}, {self.rate:.0f} a second{failures}{share}, {self.remaining} left"


def counted(number: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "article"), counted(2_000, "failure")
    ('1 article', '2,000 failures')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """A length of time, roughly.

    >>> duration(42), duration(200), duration(9000)
    ('42 s', '3 min', '2 h 30 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def tell(console: Console, message: object) -> None:
    """One line about the run; whatever it names, it does nothing to a terminal."""
    console.print(printable(f"vnextract: {message}"), markup=False, highlight=False, soft_wrap=True)


@contextmanager
def showing(tally: Tally, console: Console) -> Iterator[Callable[[], None]]:
    """Show the tally whenever the returned function is called, though not more often than is of use."""
    if console.is_terminal:
        with _bar(tally, console) as update:
            yield update
    else:
        yield _lines(tally, console)


@contextmanager
def _bar(tally: Tally, console: Console) -> Iterator[Callable[[], None]]:
    columns = (BarColumn(), TextColumn("{task.fields[tally]}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=tally.total or None, tally="")
        last = 0.0

        def update() -> None:
            nonlocal last
            if time.monotonic() - last > 0.2:
                last = time.monotonic()
                bar.update(task, completed=tally.read, tally=str(tally))

        yield update


def _lines(tally: Tally, console: Console) -> Callable[[], None]:
    last = time.monotonic()

    def update() -> None:
        nonlocal last
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            tell(console, tally)

    return update
