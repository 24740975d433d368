"""Whose body a name leaves open is: the places, bodies and countries it may belong to, the cues, one learnt choice."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import islice
from typing import Protocol

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.register import find, levels_of, template
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.model_folder import file_of, once_a_folder
from vnextract.names.bodies import OF_STATE, kind_abroad
from vnextract.names.candidates import Candidate
from vnextract.names.decide import Found
from vnextract.names.heads import body_words, heads, rank_of
from vnextract.names.places import PlacePhrase, place_at
from vnextract.names.reading import Reading
from vnextract.organisations.full_names import FullNames, Name, part_of, unit_of
from vnextract.organisations.parts import are_alike, inner, possible
from vnextract.organisations.setting import Setting, full_country, same_country
from vnextract.organisations.short_forms import ShortForms
from vnextract.records import Level, OrganisationKind
from vnextract.scorer import Scorer
from vnextract.text.normalise import fold

WEIGHTS = "whose.json"
"""The file of a model folder that holds the weights."""

_LISTED = re.compile(r",? | và |, |; | - | – |,? cùng ")
_NEXT_IN_LIST = re.compile(r"(?: ?\([^()\n]{1,40}\))?(?:[,;]| và| hoặc| hay|, và) ")
_CLEAR = re.compile(r"[\n.;:!?]")
_LONGEST_LIST = 12
"""Bodies that may share the place or the owner of the last one."""
_LONGEST_GAP = 60
"""Characters between a unit and the body beside it."""
_LOOKED_AT = 40
"""Bodies before a mention that are looked through for its whole."""
_NEAREST = 2
"""Possible wholes that are weighed on each side."""
_BRIEF = 4
"""Words from which a gap is told by its first and last."""
_NEAR_LAND = 300
"""Characters before a mention in which the last country named may be meant."""
_MOST_LONGER = 3
_CROSSED = 3
"""How many of the cues of a unit and its whole count together with how they are joined, too."""
_UNITS = {"huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_OF_A_COUNTRY = ("trung ương", "quốc gia", "nhà nước", "liên bang")
"""Ends of names of bodies that every country may have."""
_OF_IT = (" nước này", " của nước này", " nước đó")
"""What says, after a body, that it is one of the country named before."""
_FOREIGN_TOO = frozenset({*OF_STATE, OrganisationKind.INTERNATIONAL, OrganisationKind.PARTY})


@dataclass(slots=True)
class Option:
    """A name that a mention may have, and what speaks for it."""

    name: Name
    cues: list[str] = field(default_factory=list)


class Judge(Protocol):
    """What decides."""

    def choose(self, index: int, options: Sequence[Option]) -> int:
        """The index of the name that a mention has; the first is the one without any addition."""
        ...


@dataclass(frozen=True, slots=True)
class Learnt:
    """Decides by weights learnt from gold."""

    scorer: Scorer

    def choose(self, index: int, options: Sequence[Option]) -> int:
        """The likeliest name."""
        return self.scorer.best([option.cues for option in options])


@once_a_folder
def learnt(folder: str | None) -> Learnt:
    """The judge that belongs to the model in use.

    Raises:
        ModelError: the file is missing or holds no weights.
    """
    return Learnt(Scorer.of(*file_of(folder, WEIGHTS)))


class Whose:
    """Completes the names of one article.

    Args:
        reading: The words.
        setting: Where the article is at home.
        found: The mentions.
        said: What the mentions are called by their own words; None where these leave it open.
        name_of: The name of any mention, decided if need be.
        full: What adds places.
        day: The day of the article.
        judge: What decides.
    """

    def __init__(
        self,
        reading: Reading,
        setting: Setting,
        found: Sequence[Found],
        said: Sequence[Name | None],
        name_of: Callable[[int], Name | None],
        full: FullNames,
        day: date | None,
        judge: Judge,
    ) -> None:
        self._reading, self._setting, self._found, self._said = reading, setting, found, said
        self._name_of, self._full, self._day, self._judge = name_of, full, day, judge
        self._decided: dict[int, Name] = {}
        self._order: list[int] = []
        self._by_head: dict[str, list[int]] = defaultdict(list)
        self._later: dict[str, list[int]] = defaultdict(list)
        self._counts = Counter(name.key for name in said if name)
        for index, name in enumerate(said):
            if name and name.whose:
                self._later[name.head].append(index)
        self._short_forms = ShortForms(said)
        self._possible: dict[tuple[tuple[str, str], tuple[str, str]], str | None] = {}

    def tell(self, index: int, name: Name) -> None:
        """Take note of the name of a mention."""
        self._decided[index] = name
        insort(self._order, index)
        if name.whose:
            insort(self._by_head[name.head], index)

    def complete(self, index: int, base: Name, candidate: Candidate | None, unit: PlacePhrase | None = None) -> Name:
        """The name of a mention whose own words leave open whose body it is; `unit` is one printed alone after it."""
        if not base.head:
            return base
        options = _merged(Option(name, cues) for name, cues in self._options(index, base, candidate, unit))
        return options[self._judge.choose(index, options)].name if len(options) > 1 else options[0].name

    def as_elsewhere(self, index: int, name: Name) -> Name:
        """A name that says of which body it is a part, where a mention of the same body does and this one does not."""
        if name.whose:
            return name
        same = (other for other, _, _ in self._same_head(index, name) if other.owner)
        return next(same, name)

    def _options(
        self, index: int, base: Name, candidate: Candidate | None, unit: PlacePhrase | None
    ) -> Iterator[tuple[Name, list[str]]]:
        traits = self._traits(index, base, candidate)

        def weighed(name: Name, source: str, details: Sequence[str] = ()) -> tuple[Name, list[str]]:
            return name, [source, *(f"{source} {trait}" for trait in (*traits, *details))]

        if candidate and candidate.place and candidate.place.name is None:
            unit = candidate.place
        yield weighed(self._with_bare_unit(base, unit) if unit else base, "bare")
        if unit:
            for name, source, details in self._with_unit(index, base, unit.unit or "", unit.level):
                yield weighed(name, source, details)
            return
        if base.kind is OrganisationKind.SPORTS:
            for name, source, details in self._same(index, base):
                yield weighed(name, source, details)
            return
        for name, source, details in self._of_places(index, base, candidate):
            yield weighed(name, source, details)
        for name, source, details in self._of_countries(index, base, candidate):
            yield weighed(name, source, details)
        for name, source, details in self._same(index, base):
            yield weighed(name, source, details)
        for at, source, details in self._wholes(index, base):
            whole = at if isinstance(at, Name) else self._name_of(at)
            if whole and whole.place and template(base.text, whole.place.level):
                yield weighed(self._full.placed(base, whole.place), f"place of {source}", details)
            if whole:
                fits = self._fits(base, whole)
                joins = [f"{detail}, {fit}" for detail in details[:2] for fit in fits[:_CROSSED]]
                yield weighed(part_of(base, whole), source, [*details, *fits, *joins])

    def _traits(self, index: int, base: Name, candidate: Candidate | None) -> list[str]:
        """What the mention itself says."""
        words, one = base.head.split(), self._found[index]
        row = inner(base.text)
        levels = "+".join(sorted(levels_of(base.text))) or "no"
        before = self._reading.norm[max(0, one.start - 24) : one.start].lower()
        after = self._reading.norm[one.end : one.end + 24].lower()
        return [
            f"head {' '.join(words[:1])}",
            f"head {' '.join(words[:2])}",
            f"kind {base.kind}",
            f"words {min(len(words), 5)}",
            f"last {words[-1]}",
            f"levels {levels}",
            f"joined {row.joined if row else 'no'}",
            f"after {' '.join(before.split()[-1:])}",
            f"before {' '.join(after.split()[:1])}",
            f"capital {self._reading.norm[one.start].isupper()}",
            *(
                [
                    f"level {candidate.level}",
                    f"takes {'p' * candidate.takes_place}{'c' * candidate.takes_country}{'o' * candidate.takes_owner}",
                    f"closed {candidate.closed}",
                ]
                if candidate
                else ["tagged"]
            ),
        ]

    # A unit printed alone: `UBND tỉnh`.

    def _with_bare_unit(self, base: Name, unit: PlacePhrase) -> Name:
        if self._full.says_unit(base):
            return base
        return replace(base, text=f"{base.text} {unit.unit}", whose=unit.unit or "", level=unit.level)

    def _with_unit(self, index: int, base: Name, unit: str, level: Level) -> Iterator[tuple[Name, str, list[str]]]:
        offset, setting = self._found[index].start, self._setting
        for source, home in (("unit home", setting.home), ("unit likely", setting.likely)):
            if home and unit == unit_of(home):
                yield self._full.placed(base, PlacePhrase(0, unit, home, Level.PROVINCE)), source, []
        level = Level.PROVINCE if unit == "tỉnh" else level
        for source, name, far in self._around_places(unit, offset):
            place = PlacePhrase(0, unit, name, level)
            yield self._full.placed(base, place), f"unit {source}", [f"unit {unit}", f"far {_far(far)}"]

    def _around_places(self, unit: str, offset: int) -> Iterator[tuple[str, str, int]]:
        """The last places of a unit before an offset and the first after it, with how far they are."""
        same = self._setting.places.get(unit, ())
        at = bisect_right(same, offset, key=lambda place: place.offset)
        if at:
            yield "before", same[at - 1].name, offset - same[at - 1].offset
        if at < len(same):
            yield "after", same[at].name, same[at].offset - offset

    # Places.

    def _of_places(self, index: int, base: Name, candidate: Candidate | None) -> Iterator[tuple[Name, str, list[str]]]:
        takes = candidate is not None and candidate.takes_place
        levels = levels_of(base.text) - {Level.CENTRAL, Level.NONE}
        if not levels and not takes and base.kind is not OrganisationKind.COMPANY:
            yield from self._listed_place(index, base)
        if not levels and (not takes or base.head.endswith(" việt nam")):
            return
        if base.kind is OrganisationKind.JUDICIARY and not base.head.endswith("nhân dân") and self._setting.home:
            court = f"{base.text} nhân dân"
            yield self._full.at_home(replace(base, text=court, head=fold(court))), "home court", []
        if takes:
            yield from self._listed_place(index, base)
        level = candidate.level if candidate else Level.NONE
        if (takes and level is Level.PROVINCE) or Level.PROVINCE in levels:
            if self._setting.home:
                yield self._full.at_home(base), "home", []
            elif self._setting.likely:
                yield self._full.at_home(base), "likely", []
        offset = self._found[index].start
        wanted = {level, *levels} & {Level.DISTRICT, Level.COMMUNE}
        for lower in sorted(wanted):
            said = _UNITS.get(base.head.split()[0])
            units = [said] if said else self._setting.units(lower)
            for unit in units:
                for source, place, far in self._around_places(unit, offset):
                    phrase = PlacePhrase(0, unit, place, lower)
                    yield self._full.placed(base, phrase), f"{lower} {source}", [f"unit {unit}", f"far {_far(far)}"]

    def _listed_place(self, index: int, base: Name) -> Iterator[tuple[Name, str, list[str]]]:
        """The name with the place that the last of its list has: `HĐND, UBND tỉnh`."""
        listed = self._place_of_list(index)
        if listed is None:
            return
        offset = self._found[index].start
        name = (
            self._full.placed(base, listed)
            if listed.name
            else self._full.beside(base, listed.unit or "", listed.level, offset)
        )
        yield name, "list place", [f"list level {listed.level}", f"list unit {listed.unit}"]

    def _place_of_list(self, index: int) -> PlacePhrase | None:
        last = self._found[index]
        for last in self._list_after(index):
            if last.candidate and last.candidate.place:
                return last.candidate.place
        return self._place_after_others(last.end)

    def _place_after_others(self, offset: int) -> PlacePhrase | None:
        """The place after bodies that a list does not name: `các ban, ngành, đoàn thể huyện Mai Sơn`."""
        reading = self._reading
        first = at = reading.index(offset)
        limit, others = reading.line_end(max(at - 1, 0)), body_words("in general")
        while at < limit and (other := others.longest(reading.words, at, limit)):
            at = other[0]
        place = place_at(reading, at, limit) if at > first + 1 else None
        return place if place and place.unit and place.name else None

    def _list_after(self, index: int) -> Iterator[Found]:
        """The further bodies of a list that a mention begins or continues."""
        for at in range(index + 1, min(index + _LONGEST_LIST, len(self._found))):
            between = self._reading.norm[self._found[at - 1].end : self._found[at].start]
            if not _LISTED.fullmatch(between):
                return
            yield self._found[at]

    # Countries.

    def _of_countries(
        self, index: int, base: Name, candidate: Candidate | None
    ) -> Iterator[tuple[Name, str, list[str]]]:
        takes = candidate is not None and candidate.takes_country
        if not takes and base.kind not in _FOREIGN_TOO and not base.head.endswith(_OF_A_COUNTRY):
            return
        setting, offset = self._setting, self._found[index].start
        stand = f"ours {self._is_ours(base)}, foreign {setting.is_foreign}, ours before {self._ours_before(index)}"
        named: dict[str, list[str]] = defaultdict(list)
        for later in self._list_after(index):
            if later.candidate and later.candidate.country:
                named[later.candidate.country] += [
                    "list",
                    f"list same {later.candidate.rule == (candidate and candidate.rule)}",
                ]
                break
        if setting.country:
            named[setting.country] += ["setting", f"setting named {setting.country_from < offset}"]
        at = bisect_left(setting.lands, offset, key=lambda land: land.offset)
        if at and setting.lands[at - 1].offset > offset - _NEAR_LAND:
            land = setting.lands[at - 1]
            between = self._reading.norm[land.offset : offset]
            named[land.name] += [
                f"last {_far(offset - land.offset)}",
                f"last same sentence {_CLEAR.search(between) is None}",
            ]
        for name in self._before(index, 6):
            if name.kind is OrganisationKind.INTERNATIONAL and name.whose:
                country = next((land.name for land in setting.lands if fold(land.name) == name.whose), None)
                if country:
                    named[country].append("of a body before")
        if self._is_ministry(base) and not self._says_of_it(index):
            named = {land: why for land, why in named.items() if {"list", "of a body before"} & set(why)}
        for country, why in named.items():
            source = "country ours" if country.startswith("Việt Nam") else "country"
            signs = " ".join(sorted({sign.split()[0] for sign in why}))
            details = [*why, *stand.split(", "), stand, signs, f"{signs}, {stand}", f"kind {base.kind}, {stand}"]
            yield of_country(base, country), source, [*details, *(f"{sign}, {stand}" for sign in why)]

    def _is_ministry(self, base: Name) -> bool:
        """Whether Viet Nam has a ministry of that name: a partner country named near it does not make it foreign."""
        ours = find(base.text, day=self._day)
        return ours is not None and ours.parent is not None and ours.kind is OrganisationKind.GOVERNMENT

    def _says_of_it(self, index: int) -> bool:
        """Whether the words after a mention say that it is a foreign country's: `Bộ Quốc phòng nước này`."""
        return self._reading.norm.startswith(_OF_IT, self._found[index].end)

    def _ours_before(self, index: int) -> bool:
        """Whether a body of Viet Nam's state was named before."""
        return any(not name.whose and self._is_ours(name) for name in self._before(index, _LOOKED_AT))

    def _is_ours(self, base: Name) -> bool:
        """Whether Viet Nam has a body of that name."""
        return find(base.text, day=self._day) is not None

    # The same body elsewhere.

    def _same(self, index: int, base: Name) -> Iterator[tuple[Name, str, list[str]]]:
        yield from self._same_head(index, base)
        yield from self._longer(index, base)
        yield from self._sibling(index, base)
        yield from self._in_bracket(index, base)

    def _in_bracket(self, index: int, base: Name) -> Iterator[tuple[Name, str, list[str]]]:
        """The body before the bracket that a mention stands in: `Quỹ Khí hậu Xanh (Green Climate Fund)`."""
        before = self._decided.get(index - 1)
        if before is None:
            return
        norm, one = self._reading.norm, self._found[index]
        if norm[self._found[index - 1].end : one.start] == " (":
            native, other = (all(map(is_vietnamese, head.split())) for head in (base.head, before.head))
            signs = f"native {native} {other}"
            whole = f"whole {norm[one.end : one.end + 1] == ')'}"
            yield before, "bracket", [signs, whole, f"{signs}, {whole}", f"as {before.kind is base.kind}"]

    def _longer(self, index: int, base: Name) -> Iterator[tuple[Name, str, list[str]]]:
        """The longer names of the article that the mention may be short for, those decided before it too."""
        found: dict[tuple[str, str], tuple[Name, str, int]] = {}
        for name, how, more in self._short_forms(base):
            places = self._short_forms.places(name)
            decided = next((self._decided[at] for at in reversed(places) if at in self._decided), name)
            found[decided.key] = decided, how, more
        for name in self._before(index, _LOOKED_AT):
            begins = name.head.startswith((f"{base.head} ", f"{base.head}, "))
            if (begins or name.head.endswith(f" {base.head}")) and len(found) < _MOST_LONGER:
                more = len(name.head.split()) - len(base.head.split())
                found.setdefault(name.key, (name, "begin" if begins else "part", more))
        for nth, (name, how, more) in enumerate(found.values()):
            places = self._short_forms.places(name)
            yield (
                name,
                f"longer {how}",
                [
                    f"more {min(more, 4)}",
                    f"nth {nth} of {len(found)}",
                    f"known {base.known}, to {name.kind}",
                    f"to {name.kind}",
                    f"as {name.kind is base.kind}",
                    f"registered {' ' in base.text and self._is_ours(base)}",
                    f"named before {bool(places) and places[0] < index}",
                ],
            )

    def _sibling(self, index: int, base: Name) -> Iterator[tuple[Name, str, list[str]]]:
        """The name with the head of the body before it in a list: `các trường THPT Lê Lợi, Quang Trung`."""
        if base.known or heads().longest(base.head.split(), 0):
            return
        for at in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
            if not _NEXT_IN_LIST.fullmatch(self._reading.norm, self._found[at].end, self._found[at + 1].start):
                return
            before = self._decided.get(at) or self._said[at]
            words = before.head.split() if before else []
            head = heads().longest(words, 0) if words else None
            if before and head and head[0] < len(words):
                yield from self._alike(base, before, head[0], index - at)
                return

    def _alike(self, base: Name, before: Name, length: int, far: int) -> Iterator[tuple[Name, str, list[str]]]:
        """A name with the head of another, which has so many words, and with whose that one is."""
        head = " ".join((before.own or before.text).split()[:length])
        name = Name(f"{head} {base.text}", before.kind, before.level, fold(f"{head} {base.text}"))
        details = [
            f"of {before.kind}",
            f"head {fold(head)}",
            f"from {base.kind} to {before.kind}",
            f"step {min(far, 2)}",
        ]
        yield name, "sibling", details
        if before.owner:
            yield part_of(name, before.owner), "sibling owner", details
        if before.place:
            yield self._full.placed(name, before.place), "sibling place", details

    def _same_head(self, index: int, base: Name) -> Iterator[tuple[Name, str, list[str]]]:
        told = self._by_head.get(base.head, [])
        at = bisect_left(told, index)
        if at:
            last = told[at - 1]
            far = self._found[index].start - self._found[last].start
            yield (
                self._decided[told[at - 1]],
                "same before",
                [f"far {_far(far)}", f"whose {self._sort(self._decided[last])}"],
            )
        later = next((other for other in told[at:] if other > index), None)
        if later is None:
            after = self._later.get(base.head, [])
            later = next((other for other in after[bisect_right(after, index) :]), None)
        if later is not None and (name := self._decided.get(later) or self._said[later]):
            far = self._found[later].start - self._found[index].start
            yield name, "same after", [f"far {_far(far)}", f"whose {self._sort(name)}"]

    @staticmethod
    def _sort(name: Name) -> str:
        return "place" if name.place else "owner" if name.owner else "country"

    def _before(self, index: int, most: int) -> Iterator[Name]:
        """The names decided before a mention, the nearest first."""
        at = bisect_left(self._order, index)
        for other in islice(reversed(self._order[max(0, at - most) : at]), most):
            yield self._decided[other]

    # Wholes.

    def _wholes(self, index: int, base: Name) -> Iterator[tuple[int | Name, str, list[str]]]:
        """The bodies that a unit may be part of, where they stand, and how they are joined."""
        if find(base.text, day=self._day) and rank_of(base.text) > 4 and inner(base.text) is None:
            return
        norm, found = self._reading.norm, self._found
        if index + 1 < len(found) and (gap := self._gap(index)) is not None:
            yield index + 1, "next", [f"gap {gap}"]
        if index + 2 < len(found) and self._is_bracketed(index + 1) and (gap := self._gap(index + 1)) is not None:
            yield index + 2, "next", [f"gap {gap}"]
        if index + 1 < len(found) and (gap := self._gap(index)) is not None:
            after = self._name_of(index + 1)
            if after and after.owner and are_alike(base, after):
                yield after.owner, "next owner", [f"gap {gap}"]
        last = index + sum(1 for _ in self._list_after(index))
        if last > index and (rank_of(base.text) or inner(base.text)):
            yield last, "list end", [f"gap {_brief(norm[found[last - 1].end : found[last].start])}"]
            name = self._name_of(last)
            if name and name.owner and are_alike(base, name):
                yield name.owner, "list owner", []
        if index and (gap := self._gap(index - 1)) is not None:
            yield index - 1, "previous", [f"gap {gap}"]
            before = self._decided.get(index - 1)
            if before and before.owner:
                yield before.owner, "previous owner", [f"gap {gap}", f"alike {are_alike(base, before)}"]
        yield from self._possible_wholes(index, base)

    def _is_bracketed(self, index: int) -> bool:
        """Whether a mention in a bracket right after another repeats it: `Cục Hàng không (CAAV) - Bộ Xây dựng`."""
        norm, one = self._reading.norm, self._found[index]
        opened = norm[self._found[index - 1].end : one.start].strip() == "("
        return opened and " " not in norm[one.start : one.end]

    def _possible_wholes(self, index: int, base: Name) -> Iterator[tuple[int | Name, str, list[str]]]:
        if inner(base.text) is None and not rank_of(base.text):
            return
        seen: set[tuple[str, str]] = set()
        at = bisect_left(self._order, index)
        for other in reversed(self._order[max(0, at - _LOOKED_AT) : at]):
            name = self._decided[other]
            for whole in (name, *([name.owner] if name.owner else [])):
                reason = self._reason(base, whole) if whole.key not in seen else None
                if reason and (len(seen) < _NEAREST or reason == "register"):
                    seen.add(whole.key)
                    yield whole, "before", [f"nth {min(len(seen), 3)}", *self._where(index, other)]
        for other in range(index + 1, min(len(self._found), index + _LOOKED_AT)):
            later = self._said[other]
            if later and later.key not in seen and self._reason(base, later):
                yield later, "after", [f"any before {bool(seen)}", *self._where(index, other)]
                return

    def _reason(self, base: Name, whole: Name) -> str | None:
        key = base.key, whole.key
        if key not in self._possible:
            self._possible[key] = possible(base, whole, self._day)
        return self._possible[key]

    def _where(self, index: int, other: int) -> list[str]:
        first, second = sorted((index, other))
        between = self._reading.norm[self._found[first].end : self._found[second].start]
        where = "sentence" if not _CLEAR.search(between) else "line" if "\n" not in between else "article"
        return [f"far {_far(len(between))}", where]

    def _gap(self, index: int) -> str | None:
        """What stands between a mention and the next, where they stand together."""
        start, end = self._found[index].end, self._found[index + 1].start
        if end - start > _LONGEST_GAP:
            return None
        between = self._reading.norm[start:end]
        return None if "\n" in between else _brief(between)

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
            f"whole inner {inner(whole.text) is not None}",
            f"whole whose {bool(whole.whose)}",
            f"whole named {min(self._counts[whole.key], 3)}",
        ]


def of_country(base: Name, country: str) -> Name:
    """A body with the country that it is of."""
    kind = kind_abroad(base.kind, base.text, country) or base.kind
    return replace(base, text=f"{base.text} {full_country(country)}", whose=fold(same_country(country)), kind=kind)


def _merged(options: Iterator[Option]) -> list[Option]:
    """Options of one name as one, with the cues of all."""
    found: dict[str, Option] = {}
    for option in options:
        same = found.setdefault(fold(option.name.text), option)
        if same is not option:
            same.cues += option.cues
    return list(found.values())


def _far(distance: int) -> str:
    return next((str(limit) for limit in (30, 100, 300, 1000) if distance < limit), "more")


def _brief(gap: str) -> str:
    """A gap in few letters, so that rare ones are alike; titles of posts count as one sign."""
    if _CLEAR.search(gap):
        return "clear"
    words = gap.lower().replace(",", " , ").split()
    post = next((at for at in range(len(words)) if _titles().longest(words, at) == (len(words), True)), None)
    if post is not None:
        words = [*words[:post], "POST"]
    return " ".join(words) if len(words) < _BRIEF else f"{words[0]} … {words[-1]}"


@cache
def _titles() -> Phrases[bool]:
    return Phrases((f"{deputy}{row['title']}", True) for row in table("titles") for deputy in ("", "phó "))
