"""What sort of body a name is that the grammar does not know."""

from functools import cache

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.organisations.patterns import Grammar
from vnextract.organisations.reading import Reading
from vnextract.records import OrganisationKind

_LONGEST_CUE = 3


@cache
def _cues(where: str) -> Phrases[OrganisationKind]:
    rows = (row for row in table("kind_cues") if row["where"] == where)
    return Phrases((row["cue"], OrganisationKind(row["kind"])) for row in rows)


def kind_of(reading: Reading, start: int, end: int) -> OrganisationKind:
    """The kind of a name, by its head, its last word, or the word before it; a company where nothing tells."""
    return (
        _by_first(reading, start, end)
        or _ending(reading, end, _cues("last"), start)
        or _ending(reading, start, _cues("before"), max(0, start - _LONGEST_CUE))
        or OrganisationKind.COMPANY
    )


def _by_first(reading: Reading, start: int, end: int) -> OrganisationKind | None:
    match = Grammar(reading).match(start, end)
    if match and match.candidate and match.candidate.kind:
        return match.candidate.kind
    cue = _cues("first").longest(reading.words, start, end)
    return cue[1] if cue else None


def _ending(reading: Reading, end: int, cues: Phrases[OrganisationKind], first: int) -> OrganisationKind | None:
    """The kind of the longest cue that ends just before a word."""
    for at in range(max(first, end - _LONGEST_CUE, 0), end):
        found = cues.longest(reading.words, at, end)
        if found and found[0] == end:
            return found[1]
    return None
