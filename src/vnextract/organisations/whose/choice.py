"""The choice of one name among those that a mention may have: options with their cues, and what decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from vnextract.model_folder import file_of, once_a_folder
from vnextract.organisations.full_names import Name
from vnextract.scorer import Scorer, scorer_of
from vnextract.text.normalise import fold

WEIGHTS = "whose.json"
"""The file of a model folder that holds the weights."""
WHOSE = "whose"
"""What they decide, as the file calls it."""

Weighed = tuple[Name, str, list[str]]
"""A name that a mention may have, what proposes it, and the details that speak for it or against it."""


@dataclass(slots=True)
class Option:
    """A name that a mention may have, and what speaks for it."""

    name: Name
    cues: list[str] = field(default_factory=list)


class Judge(Protocol):
    """What decides."""

    def choose(self, index: int, options: Sequence[Option]) -> int:
        """The index of the name that a mention has; the first is the one without any addition."""
        ...


@dataclass(frozen=True, slots=True)
class Learnt:
    """Decides by weights learnt from gold."""

    scorer: Scorer

    def choose(self, index: int, options: Sequence[Option]) -> int:
        """The likeliest name."""
        return self.scorer.best([option.cues for option in options])


@once_a_folder
def learnt(folder: str | None) -> Learnt:
    """The judge that belongs to the model in use.

    Raises:
        ModelError: the file is missing or holds no weights.
    """
    return Learnt(scorer_of(WHOSE, *file_of(folder, WEIGHTS)))


def merged(options: Iterator[Option]) -> list[Option]:
    """Options of one name as one, with the cues of all."""
    found: dict[str, Option] = {}
    for option in options:
        same = found.setdefault(fold(option.name.text), option)
        if same is not option:
            same.cues += option.cues
    return list(found.values())


def near(distance: int) -> str:
    """A distance in few sorts: the limit that it stays below."""
    return next((str(limit) for limit in (30, 100, 300, 1000) if distance < limit), "more")
