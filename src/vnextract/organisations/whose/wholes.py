"""The bodies that a unit may be part of: beside it, in its list, named before or after it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.register import find, template
from vnextract.lexicon.tables import table
from vnextract.names.bodies import OF_STATE
from vnextract.names.heads import rank_of
from vnextract.names.places import PlacePhrase
from vnextract.organisations.full_names import Name, part_of, unit_of_head, unit_of_place
from vnextract.organisations.inner_units import inner
from vnextract.organisations.parts import are_alike, possible
from vnextract.organisations.whose.choice import Weighed, near
from vnextract.organisations.whose.told import CLEAR, LOOKED_AT, Told, brief
from vnextract.records import OrganisationKind
from vnextract.text.normalise import fold

_BESIDE = frozenset({"next", "next owner"})
"""What proposes a whole that nothing else says is possible: it stands right after the unit."""
_NEAREST = 2
"""Possible wholes that are weighed on each side."""
_HIGH = 3
"""Rank from which a body of the state is no unit of a company."""
_CROSSED = 3
"""How many of the cues of a unit and its whole count together with how they are joined, too."""


class Wholes:
    """Proposes the bodies that the units of one article are part of.

    Args:
        told: The bodies as far as they have been named.
        name_of: The name of any mention, decided if need be.
    """

    def __init__(self, told: Told, name_of: Callable[[int], Name | None]) -> None:
        self._told, self._full, self._name_of = told, told.full, name_of
        self._counts = Counter(name.key for name in told.said if name)
        self._possible: dict[tuple[tuple[str, str], tuple[str, str]], str | None] = {}

    def names(self, index: int, base: Name) -> Iterator[Weighed]:
        """The name with each body that it may be part of, or with that body's place."""
        yield from self._of_tail(index, base)
        for at, source, details in self._wholes(index, base):
            whole = at if isinstance(at, Name) else self._whole_at(at, base)
            if whole and whole.place and template(base.text, whole.place.level):
                yield self._full.placed(base, whole.place), f"place of {source}", details
            if whole and not self._is_likely(base, whole, source):
                continue
            if whole and (same := _as_committee(base, whole)):
                yield self._full.placed(*same), source, [*details, *self._fits(base, whole)]
            elif whole:
                fits = self._fits(base, whole)
                joins = [f"{detail}, {fit}" for detail in details[:2] for fit in fits[:_CROSSED]]
                yield part_of(base, whole), source, [*details, *fits, *joins]

    def _whole_at(self, index: int, base: Name) -> Name | None:
        """The name of a body, decided now only if such a unit can be part of it: it may want what comes before it."""
        said = self._told.said[index]
        return said if said and self._reason(base, said) is None else self._name_of(index)

    def _is_likely(self, base: Name, whole: Name, source: str) -> bool:
        """Whether a body is neither the unit's short form nor lower, and stands beside it or can have such a unit."""
        if base.head.startswith(f"{whole.head} ") or 0 < rank_of(whole.text) < rank_of(base.text):
            return False
        beside = source in _BESIDE and not (_are_of_one_sort(base, whole) or _is_above(base, whole))
        return beside or self._reason(base, whole) is not None

    def _of_tail(self, index: int, base: Name) -> Iterator[Weighed]:
        """The name of a unit that ends in a common noun for its whole, with the bodies that may be meant.

        `Ban Giám hiệu trường`, `Hội đồng quản trị Tổng công ty`.
        """
        words = base.head.split()
        tail = next((found for at in range(1, len(words)) if (found := _common_nouns().longest(words, at))), None)
        if tail is None or tail[0] != len(words):
            return
        noun, kinds = tail[1]
        own = " ".join(base.text.split()[: -len(noun.split())])
        unit = base._replace(text=own, head=fold(own))
        if inner(own) is None:
            return
        begins = noun.split()[-1] if noun.startswith("nhà ") else noun
        told = self._told
        named = self._before(index, told.known), self._after(index, told.said.__getitem__)
        for source, others in zip(("tail before", "tail after"), named, strict=True):
            for at, name in others:
                if name.kind in kinds and name.head.startswith(f"{begins} "):
                    yield part_of(unit, name), source, self._where(index, at)
                    break

    @staticmethod
    def _before(index: int, called: Callable[[int], Name | None]) -> Iterator[tuple[int, Name]]:
        """The mentions before one that are called something, and what, the nearest first."""
        for other in range(index - 1, max(-1, index - LOOKED_AT), -1):
            if earlier := called(other):
                yield other, earlier

    def _after(self, index: int, called: Callable[[int], Name | None]) -> Iterator[tuple[int, Name]]:
        for other in range(index + 1, min(len(self._told.found), index + LOOKED_AT)):
            if later := called(other):
                yield other, later

    def _wholes(self, index: int, base: Name) -> Iterator[tuple[int | Name, str, list[str]]]:
        """The bodies that a unit may be part of, where they stand, and how they are joined."""
        central = find(base.text, day=self._told.setting.day) and rank_of(base.text) > 4 and inner(base.text) is None
        if central or self._full.says_unit(base):
            return
        found = self._told.found
        if index + 1 < len(found) and (gap := self._told.gap(index)) is not None:
            yield index + 1, "next", [f"gap {gap}"]
            if whole := self._shared_with(index + 1, base):
                yield whole, "next owner", [f"gap {gap}"]
        if index + 2 < len(found) and self._is_bracketed(index + 1) and (gap := self._told.gap(index + 1)) is not None:
            yield index + 2, "next", [f"gap {gap.removeprefix(')').lstrip()}"]
        last = index + sum(1 for _ in self._told.list_after(index))
        if last > index and (rank_of(base.text) or inner(base.text)):
            yield last, "list end", [f"gap {brief(self._told.between(last - 1, last))}"]
            if whole := self._shared_with(last, base):
                yield whole, "list owner", []
        if index and (gap := self._told.gap(index - 1)) is not None:
            yield index - 1, "previous", [f"gap {gap}"]
            before = self._told.decided.get(index - 1)
            if before and before.owner:
                yield before.owner, "previous owner", [f"gap {gap}", f"alike {are_alike(base, before)}"]
        yield from self._possible_wholes(index, base)

    def _shared_with(self, index: int, base: Name) -> Name | None:
        """The whole of another unit, if that is of the same rank."""
        said = self._told.said[index]
        if said and not are_alike(base, said):
            return None
        name = self._name_of(index)
        return name.owner if name and are_alike(base, name) else None

    def _is_bracketed(self, index: int) -> bool:
        """Whether a mention in a bracket right after another repeats it: `Cục Hàng không (CAAV) - Bộ Xây dựng`."""
        norm, one = self._told.reading.norm, self._told.found[index]
        opened = self._told.between(index - 1, index).strip() == "("
        return opened and " " not in norm[one.start : one.end]

    def _possible_wholes(self, index: int, base: Name) -> Iterator[tuple[int | Name, str, list[str]]]:
        """The nearest bodies before a unit, and the first one after it, that it can be part of.

        Where it is decided before they are, the grammar's reading of them tells, and they are decided where it fits.
        """
        if inner(base.text) is None and not rank_of(base.text):
            return
        told, seen = self._told, set[tuple[str, str]]()
        for other, name in self._before(index, told.read):
            for whole in (name, name.owner):
                reason = self._reason(base, whole) if whole and whole.key not in seen else None
                if whole and reason and (len(seen) < _NEAREST or reason == "register"):
                    seen.add(whole.key)
                    details = [f"nth {min(len(seen), 3)}", *self._where(index, other)]
                    yield whole if told.known(other) else other, "before", details
        for other, later in self._after(index, lambda other: told.said[other] or told.read(other)):
            if later.key not in seen and self._reason(base, later):
                details = [f"any before {bool(seen)}", *self._where(index, other)]
                yield later if told.said[other] else other, "after", details
                return

    def _reason(self, base: Name, whole: Name) -> str | None:
        key = base.key, whole.key
        if key not in self._possible:
            self._possible[key] = possible(base, whole, self._told.setting.day)
        return self._possible[key]

    def _where(self, index: int, other: int) -> list[str]:
        first, second = sorted((index, other))
        between = self._told.between(first, second)
        where = "sentence" if not CLEAR.search(between) else "line" if "\n" not in between else "article"
        return [f"far {near(len(between))}", where]

    def _fits(self, base: Name, whole: Name) -> list[str]:
        """How a unit and a body go together."""
        reason = self._reason(base, whole)
        rank, other = rank_of(base.text), rank_of(whole.text)
        row = inner(base.text)
        joined = row.joined if row else "no"
        ranks = f"rank {(other > rank) - (other < rank) if rank and other else 'no'}"
        return [
            f"may {reason is not None}",
            f"joined {joined}, may {reason is not None}",
            ranks,
            f"may {reason}",
            f"joined {joined}, may {reason}",
            f"kinds {base.kind} {whole.kind}",
            *_heads_of(base, whole),
            f"whole inner {inner(whole.text) is not None}",
            f"whole whose {bool(whole.whose)}",
            f"whole named {min(self._counts[whole.key], 3)}",
        ]


def _are_of_one_sort(unit: Name, whole: Name) -> bool:
    """Whether two bodies are called alike, as no unit and its whole are: `Sở Tài chính, Sở Y tế`."""
    return rank_of(unit.text) == rank_of(whole.text) > 0 and unit.head.split()[:1] == whole.head.split()[:1]


def _is_above(unit: Name, whole: Name) -> bool:
    """Whether a body of the state that has units itself stands beside a company: no `Sở` is part of one."""
    return rank_of(unit.text) >= _HIGH and unit.kind in OF_STATE and whole.kind is OrganisationKind.COMPANY


def _heads_of(base: Name, whole: Name) -> list[str]:
    """The first words of a unit and of a body: `phòng` and `công ty`."""
    unit, body = base.head.split(), whole.head.split()
    return [f"of {body[0]}", f"{unit[0]} of {body[0]}", f"{' '.join(unit[:2])} of {body[0]}"]


def _as_committee(base: Name, whole: Name) -> tuple[Name, PlacePhrase] | None:
    """The unit that a party committee is itself, by its full name, and the committee's place.

    `Ban Chấp hành` beside `Tỉnh ủy Lai Châu` is the `Ban Chấp hành Đảng bộ tỉnh Lai Châu`.
    """
    row = inner(base.text)
    if row is None or not row.committee or not whole.place or whole.kind is not OrganisationKind.PARTY:
        return None
    text = f"{base.text} {row.committee}"
    place = replace(whole.place, unit=whole.place.unit or unit_of_head(whole) or unit_of_place(whole.place))
    return base._replace(text=text, head=fold(text)), place


@cache
def _common_nouns() -> Phrases[tuple[str, frozenset[OrganisationKind]]]:
    """Common nouns that stand for a body named elsewhere, with the kinds that each may stand for."""
    return Phrases(
        (row["words"], (row["words"], frozenset(map(OrganisationKind, row["kinds"].split()))))
        for row in table("short_forms")
    )
