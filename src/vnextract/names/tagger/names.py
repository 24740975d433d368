"""What the tagger finds, in offsets of the normalised text."""

from typing import Literal, NamedTuple

Label = Literal["ORG", "PER"]


class TaggedName(NamedTuple):
    """One name: an organisation (`ORG`) or a person (`PER`), with the tagger's confidence between 0 and 1."""

    start: int
    end: int
    label: Label
    score: float
