"""Why a fact stands in a record: how each mention was found, the rule that made it, what spoke for its relations."""

from collections.abc import Iterator, Mapping, Sequence

from vnextract.links.model import links_in_use
from vnextract.records import Indicator, Mention, Official, Organisation, Position, TemporalExpression
from vnextract.scorer import Option

Explained = Organisation | Official | Position | TemporalExpression | Indicator


_MOST = 4


def explain(fact: Explained, cues: Mapping[str, Sequence[Sequence[str]]] | None = None) -> str:
    """What made a fact, a line for each mention: its place, its words, the rule; then a line for each relation.

    Args:
        fact: A fact of a record.
        cues: What spoke for and against each relation of an indicator, by the relation's name.

    >>> import vnextract
    >>> record = vnextract.extract("Họp sáng 22/4 tại xã.", published="2025-04-23")
    >>> print(explain(record.dates[0]))
    4-13 'sáng 22/4': part + bare-day
    """
    return "\n".join([*map(_line, _mentions(fact)), *(_reason(kind, lists) for kind, lists in (cues or {}).items())])


def _reason(kind: str, cues: Sequence[Sequence[str]]) -> str:
    """The cues of a relation that counted most, and what each counted."""
    first, *parts = cues
    reasons = links_in_use()[kind].reasons(Option(None, first, tuple(parts)))
    return f"{kind}: " + ", ".join(f"{cue} {weight:+.2f}" for cue, weight in reasons[:_MOST])


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
