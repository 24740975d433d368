"""The kinds of fact, a row each: where a record keeps them, what they are called, how they look.

Whatever goes through all kinds (span groups of a Doc, layers of a score table, sections and colours of a page) reads
this table; tables and frames follow the models of `vnextract.records`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vnextract.records import ArticleRecord, Mention


class FactKind(StrEnum):
    """The kinds of fact that are marked in an article."""

    ORGANISATION = "organisation"
    OFFICIAL = "official"
    DATE = "date"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Kind:
    """What everybody needs to know of one kind of fact."""

    field: str
    """The record's list of such facts, the span group of a Doc, the layer of gold."""
    key: Callable[[int, Any], str]
    """A fact's key within its record, from its position and itself."""
    mentions: Callable[[Any], Sequence[Mention]]
    """Where the article states a fact."""
    label: Callable[[Any], str]
    """The label of a fact's spans."""
    terminal: str
    """Style in the terminal; the kinds differ in more than their colour."""
    stroke: str
    """Line under the words in a notebook."""
    tint: str
    """Red, green and blue of that line: mid tones, for a notebook may be light or dark."""

    def facts(self, record: ArticleRecord) -> Sequence[Any]:
        """The facts of this kind, in the record's order."""
        found: Sequence[Any] = getattr(record, self.field)
        return found


def _own_id(_: int, fact: Any) -> str:
    return str(fact.id)


def _own_mentions(fact: Any) -> Sequence[Mention]:
    mentions: Sequence[Mention] = fact.mentions
    return mentions


def _one_mention(fact: Any) -> Sequence[Mention]:
    return (fact.mention,)


KINDS: Mapping[FactKind, Kind] = {
    FactKind.ORGANISATION: Kind(
        field="organisations",
        key=_own_id,
        mentions=_own_mentions,
        label=lambda body: str(body.kind),
        terminal="bright_blue underline",
        stroke="solid",
        tint="59, 120, 231",
    ),
    FactKind.OFFICIAL: Kind(
        field="officials",
        key=_own_id,
        mentions=_own_mentions,
        label=lambda person: "official",
        terminal="bold magenta",
        stroke="double",
        tint="176, 79, 192",
    ),
    FactKind.DATE: Kind(
        field="dates",
        key=lambda number, found: f"date-{number}",
        mentions=_one_mention,
        label=lambda found: str(found.kind),
        terminal="italic green",
        stroke="dotted",
        tint="26, 147, 111",
    ),
    FactKind.INDICATOR: Kind(
        field="indicators",
        key=lambda number, figure: f"indicator-{number}",
        mentions=_one_mention,
        label=lambda figure: str(figure.unit_kind),
        terminal="bold yellow",
        stroke="dashed",
        tint="207, 122, 23",
    ),
}
"""The kinds, in the order in which they are shown."""
