"""Why a fact stands in a record: for each mention the way it was found and the rule that made it."""

from collections.abc import Iterator

from vnextract.records import Indicator, Mention, Official, Organisation, Position, TemporalExpression

Explained = Organisation | Official | Position | TemporalExpression | Indicator


def explain(fact: Explained) -> str:
    """What made a fact, a line for each mention: its place, its words, the rule.

    >>> import vnextract
    >>> record = vnextract.extract("Họp sáng 22/4 tại xã.", published="2025-04-23")
    >>> print(explain(record.dates[0]))
    4-13 'sáng 22/4': part + bare-day
    """
    return "\n".join(map(_line, _mentions(fact)))


def _mentions(fact: Explained) -> Iterator[Mention]:
    if isinstance(fact, Organisation | Official):
        yield from fact.mentions
    else:
        yield fact.mention
    if isinstance(fact, Official):
        yield from (post.mention for post in fact.positions)


def _line(mention: Mention) -> str:
    ways = ", ".join(filter(None, (mention.found_by, mention.rule)))
    return f"{mention.start}-{mention.end} {mention.text!r}: {ways or 'no rule of its own'}"
