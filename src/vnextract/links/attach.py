"""The stage of links: which measure, period and owner a figure has."""

from collections.abc import Sequence

from vnextract.dates.models import DateMention
from vnextract.figures.models import Figure
from vnextract.links.measures import find_measures
from vnextract.links.models import Relations
from vnextract.links.owners import find_owners
from vnextract.links.periods import find_periods
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.text.alignment import Span
from vnextract.text.document import Text


def find_relations(
    text: Text,
    dates: Sequence[DateMention],
    figures: Sequence[Figure],
    bodies: Sequence[Body],
    people: Sequence[Person],
) -> tuple[Relations, ...]:
    """The relations of each figure, in the order of the figures.

    >>> from vnextract.figures.scan import find_figures
    >>> text = Text("Thu ngân sách đạt 655 tỷ đồng.")
    >>> [relations.measure for relations in find_relations(text, (), find_figures(text), (), ())]
    ['Thu ngân sách']
    """
    if not figures:
        return ()
    norm, sentences = text.norm, text.sentences
    measures = find_measures(norm, figures, sentences, [Span(date.start, date.end) for date in dates])
    periods = find_periods(norm, figures, sentences, dates)
    owners = find_owners(norm, figures, sentences, bodies)
    return tuple(
        Relations(measure, period, owner) for measure, period, owner in zip(measures, periods, owners, strict=True)
    )
