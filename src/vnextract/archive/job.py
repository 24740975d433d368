"""What a run is to do."""

from dataclasses import dataclass, field

from vnextract.archive.prepare import Reading
from vnextract.confidence.select import checked
from vnextract.workers import check_timeout

PART = 1_000
"""Articles of one part of the output."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with the articles."""

    reading: Reading = field(default_factory=Reading)
    workers: int = 1
    timeout: float | None = 120.0
    """Seconds for one article."""
    limit: int | None = None
    """Only so many, the first ones that their date does not leave out."""
    sample: int | None = None
    """Only so many, drawn from all that their date does not leave out; every run draws the same."""
    with_text: bool | None = None
    """Keep the articles' text with the records; None keeps it in tables, not in JSON lines."""
    retry_failures: bool = False
    """Try the failures of a finished run again, and add what comes of them."""
    refresh: bool = False
    """Make the records of other versions anew."""
    restart: bool = False
    """Drop what an earlier run has written."""
    part: int = PART
    min_confidence: float | None = None
    """Probability below which facts are left out; None keeps all."""

    def check(self) -> None:
        """Refuse options that cannot be meant.

        Raises:
            PublishedError: a date is none, or there is none between two.
            WorkerError: the time limit is none.
            InputTypeError: the least confidence is no probability.
        """
        self.reading.check()
        check_timeout(self.timeout)
        if self.min_confidence is not None:
            checked(self.min_confidence)
