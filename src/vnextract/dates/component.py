"""The stage of dates: what a text says of time, resolved against the day it was published."""

from itertools import zip_longest

from vnextract.article import Published
from vnextract.dates.borrowing import borrowed
from vnextract.dates.context import Context, Printed
from vnextract.dates.join import expressions
from vnextract.dates.mentions import Place, ends_of, mention_of
from vnextract.dates.models import DateMention
from vnextract.dates.titles import outside_titles
from vnextract.text.document import Text
from vnextract.text.letters import lowered

_IDLE = frozenset({"ngày ấy", "ngày đó", "ngày này"})
"""Expressions that mean "in those days" unless the article has named a day before."""


def find_dates(text: Text, published: Published | None) -> tuple[tuple[DateMention, ...], tuple[str, ...]]:
    """The temporal expressions of a text, sorted and apart, and a warning for each day that no calendar has.

    >>> found, warnings = find_dates(Text("Hạn nộp là ngày 31/6."), Published(2025))
    >>> warnings
    ("no such day in the calendar: 'ngày 31/6'",)
    """
    low = lowered(text.norm)
    found = borrowed(low, outside_titles(text.norm, expressions(text.norm, low)))
    context = Context(published, printed=Printed.of(end for each in found for end in ends_of(each.meaning)))
    mentions: list[DateMention] = []
    warnings: list[str] = []
    for expression, following in zip_longest(found, found[1:]):
        context.at = expression.start
        if context.day is None and low[expression.start : expression.end] in _IDLE:
            continue
        mention, is_possible = mention_of(Place(low, expression, following), context)
        mentions.append(mention)
        if not is_possible:
            warnings.append(f"no such day in the calendar: {text.norm[mention.start : mention.end]!r}")
    return tuple(mentions), tuple(warnings)
