"""The work of a run: which items it takes, and what becomes of each, in their order."""

import random
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice, takewhile

from vnextract.archive.checkpoint import State
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import Form, Origin, Written, written
from vnextract.archive.items import Item, Source
from vnextract.archive.job import Job
from vnextract.archive.known import Known
from vnextract.archive.prepare import Raw, Reading, prepare
from vnextract.archive.stop import Stop
from vnextract.workers import Lost, map_ordered

Outcome = Written | Unreadable | None
"""What becomes of an item: an article to be stored, a failure, or nothing where its date leaves it out."""

_SAMPLE_SEED = 20_230_524


@dataclass(frozen=True, slots=True)
class Extract:
    """What a worker does with one item."""

    reading: Reading
    form: Form
    with_text: bool
    made_by: str = ""
    """Version and model."""
    min_confidence: float | None = None

    def __call__(self, item: Item) -> Outcome:
        """Prepare, extract, and put into form."""
        from vnextract.confidence.select import confident
        from vnextract.pipeline import extract_or_fail

        raw = item.raw
        prepared = raw if isinstance(raw, Unreadable) else prepare(raw, self.reading)
        if prepared is None or isinstance(prepared, Unreadable):
            return prepared
        assert isinstance(raw, Raw)
        record = extract_or_fail(prepared.article)
        if record.failure:
            return Unreadable(raw.file, raw.place, record.failure)
        if self.min_confidence is not None:
            record = confident(record, self.min_confidence)
        origin = Origin(raw.file, raw.place, prepared.author, item.digest, self.made_by)
        return written(record, self.form, self.with_text, origin)


def _warm_up() -> None:
    from vnextract.pipeline import warm_up

    warm_up()


def work(
    source: Source, job: Job, extract: Extract, state: State, known: Known, stop: Stop
) -> Iterator[tuple[Item, Outcome]]:
    """What becomes of every item that is left, entered into the state, until the limit is reached or a signal comes.

    Args:
        source: What there is to read.
        job: What to do with it.
        extract: What workers do with an item.
        state: How far the run has come.
        known: What the output holds already.
        stop: Whether a signal has come.
    """
    if _is_full(job, state):
        return
    with closing(
        map_ordered(
            extract,
            known.left(_read(source, job, state, known, stop)),
            workers=job.workers,
            timeout=job.timeout,
            weight=len,
            warm_up=_warm_up,
        )
    ) as results:
        for item, result in results:
            yield item, _counted(state, item, result)
            if _is_full(job, state):
                return
    if not stop:
        # What was met last and is unchanged has made nothing.
        state.items = known.number


def _read(source: Source, job: Job, state: State, known: Known, stop: Stop) -> Iterator[Item]:
    if job.sample is not None:
        items = _sample(source, job, state.items - state.begun, stop)
    else:
        items = source.items(state.position, known.pass_over, known.end_file)
    return takewhile(lambda _: not stop, items)


def _is_full(job: Job, state: State) -> bool:
    return job.limit is not None and state.items - state.begun - state.left_out >= job.limit


def _counted(state: State, item: Item, result: Outcome | Lost) -> Outcome:
    """Enter one result into the state; a failure gets its place."""
    state.position = item.position
    state.items = item.number
    if isinstance(result, Written):
        state.articles += not item.is_known
        return result
    if result is None:
        state.left_out += 1
        return None
    state.failures += 1
    return Unreadable(item.raw.file, item.raw.place, result.reason)


def _sample(source: Source, job: Job, done: int, stop: Stop) -> Iterator[Item]:
    """The items drawn, without those that are done, in reading order; everything is read once before to draw them."""
    assert job.sample is not None
    items = takewhile(lambda _: not stop, source.items())
    drawn = draw(_within_bounds(items, job), job.sample)
    return islice((item for number, item in enumerate(source.items()) if number in drawn), done, None)


def _within_bounds(items: Iterable[Item], job: Job) -> Iterator[int]:
    """Numbers of the items that their date does not leave out, from 0."""
    if not job.reading.has_bounds:
        yield from (number for number, _ in enumerate(items))
        return
    with closing(
        map_ordered(_Date(job.reading), items, workers=job.workers, timeout=job.timeout, weight=len)
    ) as results:
        for number, (_, is_within) in enumerate(results):
            if is_within:
                yield number


@dataclass(frozen=True, slots=True)
class _Date:
    """Whether an item is within the bounds of a reading; what cannot be read is, too: once drawn it is a failure."""

    reading: Reading

    def __call__(self, item: Item) -> bool:
        return isinstance(item.raw, Unreadable) or prepare(item.raw, self.reading) is not None


def draw(numbers: Iterable[int], size: int) -> frozenset[int]:
    """So many of the numbers, each with the same chance, without holding the others; the same ones each time.

    >>> len(draw(range(1_000), 5)), draw(range(1_000), 5) == draw(range(1_000), 5), sorted(draw(range(3), 5))
    (5, True, [0, 1, 2])
    """
    chance = random.Random(_SAMPLE_SEED)
    drawn: list[int] = []
    for seen, number in enumerate(numbers):
        if seen < size:
            drawn.append(number)
        elif (place := chance.randrange(seen + 1)) < size:
            drawn[place] = number
    return frozenset(drawn)
