"""From when to when a post is held, where the words around it say so."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from vnextract.dates.models import DateMention
from vnextract.records import DateKind, Grain

_BEGINS = frozenset(("appoint", "elected", "hold", "be"))
"""Cues between a date and a post that say that it was taken then."""
_ENDS = frozenset(("end",))
_PARTS = frozenset((Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY))


class Term(NamedTuple):
    """ISO years, months or days; null where nothing is said."""

    since: str | None = None
    until: str | None = None


def iso(day: date | None, grain: Grain) -> str | None:
    """A day as precisely as its expression names it.

    >>> iso(date(2016, 3, 1), Grain.MONTH)
    '2016-03'
    """
    if day is None:
        return None
    return str(day) if grain in _PARTS else f"{day:%Y-%m}" if grain is Grain.MONTH else f"{day.year}"


def term_of(
    before: DateMention | None,
    left: Sequence[str],
    after: DateMention | None,
    right: Sequence[str],
    over: bool,
    today: date | None,
) -> Term:
    """The term of a post.

    Args:
        before: The last date before the post in its sentence.
        left: The signs between that date and the post.
        after: A date right after the post.
        right: The signs between the post and that date.
        over: Whether the post is held no more.
        today: The day of publication; a span that reaches to it is not over.
    """
    if after and set(right) <= {"(", ",", "then"}:
        if after.kind is DateKind.RANGE:
            return _range(after, today)
        if right[-1:] == ("then",):
            return Term(since=iso(after.first_day, after.grain))
    if before is None or "POST" in left or ";" in left:
        return Term()
    if before.kind is DateKind.RANGE:
        return _range(before, today) if _BEGINS.intersection(left) or set(left) <= {":", "-", ")"} else Term()
    if before.kind is not DateKind.DATE:
        return Term()
    if _ENDS.intersection(left):
        return Term(until=iso(before.last_day, before.grain)) if over else Term()
    return Term(since=iso(before.first_day, before.grain)) if _BEGINS.intersection(left) else Term()


def _range(span: DateMention, today: date | None) -> Term:
    open_end = today is not None and span.last_day is not None and span.last_day >= today
    return Term(iso(span.first_day, span.grain), None if open_end else iso(span.last_day, span.grain))
