"""What a reader who checks an article corrects: the record as gold, each part with the key of its fact on the page."""

from collections.abc import Iterator
from typing import Any

from vnextract.gold import gold_line
from vnextract.kinds import KINDS, FactKind
from vnextract.records import ArticleRecord, DateKind, Direction, OrganisationKind, PositionStatus, Qualifier

CHOICES = {
    "kind": list(map(str, OrganisationKind)),
    "status": list(map(str, PositionStatus)),
    "date": list(map(str, DateKind)),
    "qualifier": list(map(str, Qualifier)),
    "direction": list(map(str, Direction)),
}
"""What the fields of a form may be."""


def review(record: ArticleRecord) -> dict[str, Any] | None:
    """The gold line to begin from and the keys of its parts; None for a record that does not know its text."""
    if record.text is None:
        return None
    line = gold_line(record)
    keys = {kind.field: list(_keys(name, record)) for name, kind in KINDS.items()}
    periods = [figure.period for figure in record.indicators]
    return {
        "gold": line,
        "keys": keys,
        "periods": [None if number is None else keys["dates"][number] for number in periods],
        "choices": CHOICES,
    }


def _keys(name: FactKind, record: ArticleRecord) -> Iterator[str]:
    """The keys of one layer's parts: of organisations each mention is one, as `org-1-2`."""
    kind = KINDS[name]
    for number, fact in enumerate(kind.facts(record)):
        key = kind.key(number, fact)
        if name is FactKind.ORGANISATION:
            yield from (f"{key}-{place}" for place in range(1, len(kind.mentions(fact)) + 1))
        else:
            yield key
