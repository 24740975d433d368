"""The tables of the grammar of bodies: heads, fields, words of names, bodies without a head, words around names."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from vnextract.lexicon import register
from vnextract.lexicon.phrases import Phrases, words_of
from vnextract.lexicon.register import Entry, RegisteredBody
from vnextract.lexicon.tables import table
from vnextract.names.reading import Reading
from vnextract.records import Level, OrganisationKind
from vnextract.text.letters import UPPER
from vnextract.text.words import Words

_MOST_KEPT = 2_000
_ABBREVIATED = re.compile(rf"[{UPPER}]{{2}}|\bT\b")
"""What a form has that an abbreviation may stand in: most have none, and need not be read."""


class Head(NamedTuple):
    """A row of `bodies.tsv`, for one of its forms; the table explains the columns."""

    name: str
    kind: OrganisationKind | None
    """None where the kind is that of the owner."""
    level: Level
    field: str
    tail: str
    tails: str
    """The same in lower case, whether one of them must follow or may."""
    alone: str
    barred: bool
    """Whether the words look like a body and are none: `Tỉnh ủy viên`."""

    def takes(self, tail: str) -> bool:
        """Whether a place (`p`), an owner (`o`), a country (`c`) or a number (`n`) may follow."""
        return tail in self.tails

    @property
    def needs_tail(self) -> bool:
        """Whether it is no body unless something follows."""
        return not self.tail.islower() if self.tail else not (self.alone or self.field)


def _head(row: dict[str, str], form: str) -> Head:
    return Head(
        name=row["name"] or form,
        kind=None if row["kind"] in ("owner", "-") else OrganisationKind(row["kind"]),
        level=Level(row["level"] or "none"),
        field=row["field"],
        tail=row["tail"],
        tails=row["tail"].lower(),
        alone=row["alone"],
        barred=row["kind"] == "-",
    )


@cache
def heads() -> Phrases[list[Head]]:
    """Every form of every head, with the rows that it may open."""
    rows: dict[tuple[str, ...], tuple[str, list[Head]]] = {}
    for row in table("bodies"):
        for form in row["form"].split("|"):
            rows.setdefault(tuple(words_of(form)), (form, []))[1].append(_head(row, form))
    return Phrases(rows.values())


@cache
def heads_of(name: str) -> Head:
    """The row of a head of that name which has a field."""
    found = heads().longest(words_of(name), 0)
    return next(head for head in (found[1] if found else ()) if head.field)


@cache
def fields(kind: str) -> Phrases[bool]:
    """The fields of a class, and whether each is also printed for a longer one that begins with it."""
    return Phrases((row["field"], row["short"] == "yes") for row in table("fields") if row["class"] == kind)


@cache
def name_words() -> Phrases[str]:
    """Words usual inside names, with how loosely they belong to one: not at all, `yes`, or as an `object` is needed."""
    return Phrases((row["words"], row["loose"]) for row in table("name_words"))


class KnownBody(NamedTuple):
    """A body that is named without a head word."""

    forms: frozenset[str]
    """Its spellings, of which the words are the same."""
    name: str
    """The full name; empty where it stays as printed."""
    same: str
    """What its spellings share."""
    kind: OrganisationKind
    doubtful: bool
    """Whether the words often mean something else."""


@cache
def known_bodies() -> Phrases[KnownBody]:
    """Bodies without a head word, by their words in any case."""
    spellings: dict[str, tuple[dict[str, str], set[str]]] = {}
    for row in table("known_bodies"):
        for form in row["form"].split("|"):
            spelled = _spelled_out(form)
            spellings.setdefault(spelled.lower(), (row, set()))[1].update((spelled, spelled.upper()))
    return Phrases(
        (
            words,
            KnownBody(
                frozenset(forms),
                row["name"],
                row["form"].split("|")[0],
                OrganisationKind(row["kind"]),
                bool(row["doubtful"]),
            ),
        )
        for words, (row, forms) in spellings.items()
    )


def _spelled_out(form: str) -> str:
    """A form as a text's reading has it, abbreviations spelled out."""
    if not _ABBREVIATED.search(form):
        return form
    reading = Reading(Words.of(form))
    return reading.name(0, len(reading))


@cache
def english_endings() -> dict[str, OrganisationKind]:
    """Words that end the English names of bodies, with their kinds: `Group`, `University`."""
    rows = (row for row in table("kind_cues") if row["where"] == "last")
    return {row["cue"]: OrganisationKind(row["kind"]) for row in rows}


@cache
def kind_cues(where: str) -> Phrases[OrganisationKind]:
    """Words that tell a kind: `first` or `last` in a name, `inside` it, or `before` it; the table says of what."""
    rows = (row for row in table("kind_cues") if row["where"] == where)
    return Phrases((row["cue"], OrganisationKind(row["kind"])) for row in rows)


@cache
def body_words(role: str) -> Phrases[str]:
    """Words around names that play a role (`body_words.tsv`)."""
    return Phrases((row["words"], row["words"]) for row in table("body_words") if row["role"] == role)


_OF = "của"
"""The word that parts two bodies: `Ủy ban … của Quốc hội`."""


@cache
def registered_forms() -> Sequence[tuple[str, str, bool]]:
    """Names of the register, with their kind, and whether they name one body, no unit that every place has."""
    entries: tuple[Entry, ...] = (*register.bodies().values(), *register.templates())
    return [
        (form, one.kind.value, isinstance(one, RegisteredBody)) for one in entries for form in (one.name, *one.aliases)
    ]


@cache
def registered_names() -> Phrases[bool]:
    """Those of more than one word, with whether they name one body."""
    return Phrases((form, one) for form, _, one in registered_forms() if " " in form and _OF not in words_of(form))


def names_an_event(reading: Reading, at: int) -> bool:
    """Whether the word after a name makes it an event's: `ASEAN Cup`."""
    found = at < len(reading) and body_words("event").longest(reading.words, at)
    return bool(found) and (reading.capitals[at] or reading.words[at] == "cup")


def ends_with(words: Sequence[str], end: int, phrases: Phrases[str], longest: int = 3) -> bool:
    """Whether one of the phrases stands right before a word."""
    return end > 0 and words[end - 1] in phrases.lasts and phrases.ending(words, end, end - longest) is not None


@cache
def unit_ranks() -> Phrases[int]:
    """The rank of a body of state by the beginning of its name; a body is part of one of a higher rank."""
    return Phrases((row["head"], int(row["rank"])) for row in table("unit_ranks"))


@lru_cache(maxsize=_MOST_KEPT)
def rank_of(name: str) -> int:
    """The rank of a body by its name; 0 where it has none.

    >>> rank_of("Phòng Tham mưu") < rank_of("Công an")
    True
    """
    found = unit_ranks().longest(words_of(name), 0)
    return found[1] if found else 0
