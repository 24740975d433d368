"""Persons whom gold leaves unmarked, as it marks officials only: training takes their names as evidence for nothing."""

from collections.abc import Iterator, Sequence
from functools import cache

from vnextract.lexicon.persons import honorifics, plain_surnames
from vnextract.lexicon.tables import table
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.normalise import fold

_PLACES = (
    "places_provinces",
    "places_districts",
    "places_former_districts",
    "places_communes",
    "countries",
    "foreign_places",
)
_LONGEST_ANNOUNCED = 5
_LONGEST_BY_SURNAME = 4
_SENTENCE_ENDS = frozenset('.!?:"“')

Run = tuple[int, int]
"""Index range of capitalised syllables that follow one another."""


@cache
def _announcers() -> frozenset[str]:
    return honorifics() | {row["words"] for row in table("person_words") if row["role"] == "person"}


@cache
def _things() -> frozenset[str]:
    return frozenset(row["words"] for row in table("person_words") if row["role"] == "thing")


@cache
def _places() -> frozenset[str]:
    return frozenset(fold(row["name"]) for name in _PLACES for row in table(name))


def likely_persons(text: Text) -> list[Span]:
    """Capitalised runs after an honorific or an occupation, or that begin with a family name; and the same names again.

    >>> text = Text("Anh Lê Văn Tám kể. Sau đó Tám về đường Lê Lợi cùng ca sĩ Mai Ly.")
    >>> [text.norm[start:end] for start, end in likely_persons(text)]
    ['Lê Văn Tám', 'Tám', 'Mai Ly']
    """
    words = [text.norm[start:end] for start, end in text.syllables]
    runs = list(_runs(text, words))
    found = [run for run in runs if _is_person(words, run)]
    full = {tuple(words[slice(*run)]) for run in found}
    given = {words[last - 1] for first, last in found if last - first > 1}
    again = [run for run in runs if tuple(words[slice(*run)]) in full or _alone(words, run, given)]
    return [Span(text.syllables[a].start, text.syllables[b - 1].end) for a, b in sorted({*found, *again})]


def _runs(text: Text, words: Sequence[str]) -> Iterator[Run]:
    at = 0
    while at < len(words):
        first = at
        while at < len(words) and _capitalised(words[at]) and (at == first or not _line_break(text, at)):
            at += 1
        # An honorific that begins the sentence is capitalised too: `Ông Bình`.
        begin = first + 1 if at - first > 1 and _addresses(words[first]) else first
        if at > begin:
            yield begin, at
        at = max(at, first + 1)


def _capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or word[1:].islower())


def _addresses(word: str) -> bool:
    return word.lower() in _announcers() and word not in plain_surnames()


def _line_break(text: Text, at: int) -> bool:
    return "\n" in text.norm[text.syllables[at - 1].end : text.syllables[at].start]


def _is_person(words: Sequence[str], run: Run) -> bool:
    first, last = run
    length = last - first
    if length > _LONGEST_ANNOUNCED or fold(" ".join(words[first:last])) in _places():
        return False
    if _follows(words, first, _announcers()):
        return True
    named = words[first] in plain_surnames() and 2 <= length <= _LONGEST_BY_SURNAME
    return named and not _follows(words, first, _things())


def _follows(words: Sequence[str], at: int, phrases: frozenset[str]) -> bool:
    return any(at >= n and " ".join(words[at - n : at]).lower() in phrases for n in (1, 2, 3))


def _alone(words: Sequence[str], run: Run, given: set[str]) -> bool:
    first, last = run
    inside = first > 0 and words[first - 1] not in _SENTENCE_ENDS
    return last - first == 1 and inside and words[first] in given
