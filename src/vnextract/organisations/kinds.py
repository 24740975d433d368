"""What sort of body a name is that the grammar does not know."""

from collections import Counter
from collections.abc import Iterable

from vnextract.lexicon.listed import listed_names
from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.register import find
from vnextract.names.bodies import OF_STATE, Grammar
from vnextract.names.heads import kind_cues, known_bodies
from vnextract.names.places import country_at, foreign_city_at
from vnextract.names.reading import Reading
from vnextract.organisations.inner_units import inner
from vnextract.records import OrganisationKind

_LONGEST_CUE = 3
_LONGEST_COUNTRY = 4
_OURS = "Việt Nam"
_BETWEEN = frozenset({",", ";", "/", "và", "cùng"})
"""What parts the bodies of a list."""
_BARE = frozenset(
    {
        OrganisationKind.COMPANY,
        OrganisationKind.SPORTS,
        OrganisationKind.EDUCATION,
        OrganisationKind.HEALTH,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.MEDIA,
        OrganisationKind.INTERNATIONAL,
    }
)
"""Kinds of the bodies that are called by a name of their own, with no word that says what they are."""
_UNTOLD = frozenset({OrganisationKind.ASSOCIATION, OrganisationKind.MEDIA})
"""Kinds that an article full of them does not give to others: it names them for what they say."""
_FEWEST = 2


def kind_of(reading: Reading, start: int, end: int) -> OrganisationKind | None:
    """The kind of a name, by the tables, its head, the body that it is part of, its last word, or the word before it.

    None where nothing tells.
    """
    grammar = Grammar(reading)
    head = _by_head(grammar, start, end)
    told = None if head is OrganisationKind.OTHER else head
    kind = (
        _known(reading, start, end)
        or _listed(reading, start, end)
        or told
        or _beginning(reading, start, end, "committee")
        or _by_owner(grammar, start, end)
        or _registered(reading, start, end)
        or _of_a_unit(reading, start, end)
        or _beginning(reading, start, end, "first")
        or _ending(reading, end, kind_cues("last"), start)
        or _ending(reading, start, kind_cues("before"), 0)
        or head
    )
    return OrganisationKind.INTERNATIONAL if kind in OF_STATE and _is_abroad(reading, start, end) else kind


def usual_kind(kinds: Iterable[OrganisationKind]) -> OrganisationKind:
    """The kind of a bare name in an article whose other bodies have these kinds: that of most, a company in doubt.

    >>> sports, company = OrganisationKind.SPORTS, OrganisationKind.COMPANY
    >>> usual_kind([sports, company, sports]).value, usual_kind([sports]).value
    ('sports', 'company')
    """
    counts = Counter(kind for kind in kinds if kind in _BARE)
    kind, count = max(counts.items(), key=lambda one: one[1], default=(OrganisationKind.COMPANY, 0))
    return OrganisationKind.COMPANY if count < _FEWEST or kind in _UNTOLD else kind


def in_one_list(reading: Reading, end: int, start: int) -> bool:
    """Whether a body that ends at one word and a body that begins at another follow each other in a list.

    What stands in brackets after the first counts as its own: `A (quận 1), B và C`.
    """
    words = reading.words[end:start]
    if words[:1] == ["("] and ")" in words:
        words = words[words.index(")") + 1 :]
    return bool(words) and _BETWEEN.issuperset(words)


def _listed(reading: Reading, start: int, end: int) -> OrganisationKind | None:
    kind = listed_names().kind_of(reading.norm[reading.starts[start] : reading.ends[end - 1]])
    return OrganisationKind(kind) if kind else None


def _registered(reading: Reading, start: int, end: int) -> OrganisationKind | None:
    """The kind of a body of the state, which may be printed in small letters: `chính phủ`."""
    body = find(reading.name(start, end))
    return body.kind if body and body.kind in OF_STATE else None


def _of_a_unit(reading: Reading, start: int, end: int) -> OrganisationKind | None:
    """The kind of a unit that bodies of one kind have: an `Đội Cảnh sát` is no team."""
    row = inner(reading.name(start, end))
    return min(row.kinds) if row and len(row.kinds) == 1 else None


def _is_abroad(reading: Reading, start: int, end: int) -> bool:
    """Whether a name ends in a foreign country, region or city; our missions are ours."""
    if _OURS in reading.name(start, end):
        return False
    for at in range(max(start + 1, end - _LONGEST_COUNTRY), end):
        abroad = country_at(reading, at, end) or foreign_city_at(reading, at, end)
        if abroad and abroad[0] == end:
            return True
    return False


def _known(reading: Reading, start: int, end: int) -> OrganisationKind | None:
    found = known_bodies().longest(reading.words, start, end)
    return found[1].kind if found and found[0] == end else None


def _by_head(grammar: Grammar, start: int, end: int) -> OrganisationKind | None:
    match = grammar.match(start, end)
    return match.candidate.kind if match and match.candidate else None


def _by_owner(grammar: Grammar, start: int, end: int) -> OrganisationKind | None:
    """The kind of the body at the end of the name."""
    for at in range(start + 1, end):
        match = grammar.match(at, end)
        if match and match.candidate and match.end == end and match.candidate.closed:
            return match.candidate.kind
    return None


def _beginning(reading: Reading, start: int, end: int, where: str) -> OrganisationKind | None:
    found = kind_cues(where).longest(reading.words, start, end)
    return found[1] if found else None


def _ending(reading: Reading, end: int, cues: Phrases[OrganisationKind], first: int) -> OrganisationKind | None:
    """The kind of the longest cue that ends just before a word."""
    found = cues.ending(reading.words, end, max(first, end - _LONGEST_CUE))
    return found[1] if found else None
