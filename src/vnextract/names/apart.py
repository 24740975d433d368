"""Names apart from the figures and dates of the text: no two facts claim the same characters."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vnextract.names.decide import Found, paired
from vnextract.names.heads import body_words, ends_with
from vnextract.names.reading import Reading
from vnextract.names.tagger.names import TaggedName

_SURE = 0.95
"""Probability from which a name is none of the words that a figure counts: `55 đại biểu | HĐND tỉnh`."""
_NUMBERED_WORDS = 2


class Claim(NamedTuple):
    """The characters of a figure or a date."""

    start: int
    end: int
    noun: int
    """Where the noun begins that a figure counts; the end where there is none."""
    day: bool = False
    """Whether it is a date."""


def before_claims(reading: Reading, tagged: Sequence[TaggedName], claims: Sequence[Claim]) -> Iterator[TaggedName]:
    """The tagged names, those that run into a figure or a date up to it: `Quỹ Bình ổn | 100 đồng`, `Sở | sáng 23/11`.

    A number that a name has with its noun is the name's (`Quỹ 1 triệu cây xanh cho Việt Nam`); so is that of
    a `khu vực 4`.
    """
    for name, others in paired(tagged, claims):
        late = next((one for one in others if name.start < one.start and name.end < one.end + one.day), None)
        if late and not ends_with(reading.words, reading.index(late.start), body_words("numbered"), _NUMBERED_WORDS):
            own = reading.norm[name.start : late.start].rstrip()
            name = name._replace(end=name.start + len(own))
        yield name


def uncounted(found: Iterable[Found], claims: Sequence[Claim]) -> Iterator[Found]:
    """The names without those that a figure counts (`10 liên đoàn bóng đá`) or that say of which sort its things are.

    The latter end with the figure: `2 tài khoản Facebook`. What the tagger is sure of stands.
    """
    for name, others in paired(found, claims):
        counted = next((one for one in others if one.start < name.start), None)
        inside = counted and (name.start <= counted.noun or name.end <= counted.end)
        if inside and (name.score < _SURE or name.rule.startswith("grammar")):
            continue
        yield name
