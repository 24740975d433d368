"""What the tagger finds, in offsets of the normalised text."""

from dataclasses import dataclass
from typing import Literal

Label = Literal["ORG", "PER"]


@dataclass(frozen=True, slots=True)
class TaggedName:
    """One name: an organisation (`ORG`) or a person (`PER`), with the tagger's confidence between 0 and 1."""

    start: int
    end: int
    label: Label
    score: float
