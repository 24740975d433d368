"""The places that a body may be of: its unit's, the article's, that of its list, the nearest."""

from bisect import bisect_right
from collections.abc import Iterator

from vnextract.lexicon.register import levels_of
from vnextract.names.candidates import Candidate
from vnextract.names.heads import body_words
from vnextract.names.places import PlacePhrase, place_at
from vnextract.organisations.full_names import Name, unit_of, unit_of_head
from vnextract.organisations.whose.choice import Weighed, near
from vnextract.organisations.whose.told import Told, place_of
from vnextract.records import Level, OrganisationKind
from vnextract.text.normalise import fold


class Places:
    """Proposes the places of the bodies of one article."""

    def __init__(self, told: Told) -> None:
        self._told, self._full, self._setting = told, told.full, told.setting

    def of_unit(self, index: int, base: Name, unit: str, level: Level) -> Iterator[Weighed]:
        """The name with each place that a unit printed alone may mean: `UBND tỉnh`."""
        for name, source, details in self._of_unit(index, base, unit, level):
            yield name, source, [*details, *self._support(index, name)]

    def of_body(self, index: int, base: Name, candidate: Candidate | None) -> Iterator[Weighed]:
        """The name with each place that a body may be of which does not say it."""
        for name, source, details in self._of_body(index, base, candidate):
            yield name, source, [*details, *self._support(index, name)]

    def _support(self, index: int, name: Name) -> Iterator[str]:
        """What the bodies of the article say for a place: how many are of it, and whether the nearest are."""
        place = place_of(name)
        if place is None:
            return
        last, following = self._told.place_before(index), self._told.place_after(index)
        yield f"bodies {min(self._told.bodies_of(place), 3)}"
        yield f"as last {last == place}"
        yield f"as next {following == place}"
        yield f"as last {last == place}, as next {following == place}"

    def _of_unit(self, index: int, base: Name, unit: str, level: Level) -> Iterator[Weighed]:
        offset, setting = self._told.found[index].start, self._setting
        for source, home in (("unit home", setting.home), ("unit likely", setting.likely)):
            if home and unit == unit_of(home):
                yield self._full.placed(base, PlacePhrase(0, unit, home, Level.PROVINCE)), source, []
        level = Level.PROVINCE if unit == "tỉnh" else level
        for source, name, far in self._around_places(unit, offset):
            place = PlacePhrase(0, unit, name, level)
            yield self._full.placed(base, place), f"unit {source}", [f"unit {unit}", f"far {near(far)}"]

    def _around_places(self, unit: str, offset: int) -> Iterator[tuple[str, str, int]]:
        """The last places of a unit before an offset and the first after it, with how far they are."""
        same = self._setting.places.get(unit, ())
        at = bisect_right(same, offset, key=lambda place: place.offset)
        if at:
            yield "before", same[at - 1].name, offset - same[at - 1].offset
        if at < len(same):
            yield "after", same[at].name, same[at].offset - offset

    def _of_body(self, index: int, base: Name, candidate: Candidate | None) -> Iterator[Weighed]:
        takes = candidate is not None and candidate.takes_place
        levels = levels_of(base.text) - {Level.CENTRAL, Level.NONE}
        if not levels and not takes and base.kind is not OrganisationKind.COMPANY:
            yield from self._listed_place(index, base)
        if base.head.endswith(" việt nam") and (not levels or self._told.is_ours(base)):
            return
        if not levels and not takes:
            return
        if base.kind is OrganisationKind.JUDICIARY and not base.head.endswith("nhân dân") and self._setting.home:
            court = f"{base.text} nhân dân"
            yield self._full.at_home(base._replace(text=court, head=fold(court))), "home court", []
        if takes:
            yield from self._listed_place(index, base)
        level = candidate.level if candidate else Level.NONE
        if (takes and level is Level.PROVINCE) or Level.PROVINCE in levels:
            if self._setting.home:
                yield self._full.at_home(base), "home", []
            elif self._setting.likely:
                yield self._full.at_home(base), "likely", []
        offset = self._told.found[index].start
        wanted = {level, *levels} & {Level.DISTRICT, Level.COMMUNE}
        for lower in sorted(wanted):
            said = unit_of_head(base)
            units = [said] if said else self._setting.units(lower)
            for unit in units:
                for source, place, far in self._around_places(unit, offset):
                    phrase = PlacePhrase(0, unit, place, lower)
                    yield self._full.placed(base, phrase), f"{lower} {source}", [f"unit {unit}", f"far {near(far)}"]

    def _listed_place(self, index: int, base: Name) -> Iterator[Weighed]:
        """The name with the place that the last of its list has: `HĐND, UBND tỉnh`."""
        listed = self._place_of_list(index)
        if listed is None:
            return
        offset = self._told.found[index].start
        name = (
            self._full.placed(base, listed)
            if listed.name
            else self._full.beside(base, listed.unit or "", listed.level, offset)
        )
        yield name, "list place", [f"list level {listed.level}", f"list unit {listed.unit}"]

    def _place_of_list(self, index: int) -> PlacePhrase | None:
        last = self._told.found[index]
        for last in self._told.list_after(index):
            if last.candidate and last.candidate.place:
                return last.candidate.place
        return self._place_after_others(last.end)

    def _place_after_others(self, offset: int) -> PlacePhrase | None:
        """The place after bodies that a list does not name: `các ban, ngành, đoàn thể huyện Mai Sơn`."""
        reading = self._told.reading
        first = at = reading.index(offset)
        limit, others = reading.line_end(max(at - 1, 0)), body_words("in general")
        while at < limit and (other := others.longest(reading.words, at, limit)):
            at = other[0]
        place = place_at(reading, at, limit) if at > first + 1 else None
        return place if place and place.unit and place.name else None
