"""The stage of names: what grammar and tagger find, and what stands after one decision between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vnextract.names.apart import Claim, before_claims, uncounted
from vnextract.names.bodies import parse
from vnextract.names.decide import Found, decide
from vnextract.names.reading import Reading
from vnextract.names.repeats import with_repeats
from vnextract.names.tagger.model import model_in_use
from vnextract.names.tagger.names import TaggedName
from vnextract.text.alignment import Span
from vnextract.text.document import Text


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a text."""

    reading: Reading
    """The words as the grammar reads them."""
    found: Sequence[Found]
    """The stretches that name bodies, in order, none overlapping another."""
    defined: Mapping[str, Found]
    """Short forms that the article itself defines, with the body they stand for."""
    persons: Sequence[Span]
    """The stretches that the tagger takes for names of persons."""


def find_names(text: Text, tagged: Sequence[TaggedName] | None = None, claims: Sequence[Claim] = ()) -> Names:
    """Find the names of bodies and persons.

    Args:
        text: The text.
        tagged: What a tagger found; None asks the model in use.
        claims: The figures and dates of the text, in order, none overlapping another.

    >>> text = Text("Ông Trần Văn Bình làm việc với UBND tỉnh Lai Châu.")
    >>> names = find_names(text)
    >>> [text.norm[one.start : one.end] for one in (*names.persons, *names.found)]
    ['Trần Văn Bình', 'UBND tỉnh Lai Châu']
    """
    parsed = parse(text)
    if tagged is None:
        tagged = model_in_use().names(text, parsed)
    tagged = list(before_claims(parsed.reading, tagged, claims))
    persons = [Span(name.start, name.end) for name in tagged if name.label == "PER"]
    found, defined = with_repeats(parsed.reading, list(uncounted(decide(parsed, tagged), claims)), persons)
    return Names(parsed.reading, found, defined, persons)
