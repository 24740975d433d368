"""The countries that a body may be of: that of its list, of the article, the last one named."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from vnextract.lexicon.syllables import is_vietnamese
from vnextract.names.bodies import OF_STATE, kind_abroad
from vnextract.names.candidates import Candidate
from vnextract.names.places import countries, country_at
from vnextract.names.tails import SEATED
from vnextract.organisations.full_names import Name
from vnextract.organisations.setting import full_country, same_country
from vnextract.organisations.whose.choice import Weighed, near
from vnextract.organisations.whose.told import CLEAR, Told
from vnextract.records import OrganisationKind
from vnextract.text.normalise import fold

_NEAR_LAND = 300
"""Characters before a mention in which the last country named may be meant."""
_NEAR_BODIES = 6
"""Bodies before a mention whose country may be its own."""
_LONGEST_COUNTRY = 3
"""Words of a country's name that are looked at where another name ends in it."""
_OURS = " việt nam"
_OF_A_COUNTRY = ("trung ương", "quốc gia", "nhà nước", "liên bang")
"""Ends of names of bodies that every country may have."""
_OF_IT = (" nước này", " của nước này", " nước đó")
"""What says, after a body, that it is one of the country named before."""
_FOREIGN_TOO = frozenset({*OF_STATE, OrganisationKind.INTERNATIONAL, OrganisationKind.PARTY})
_CLOSE = frozenset({"list", "of a body before", "last same sentence True"})
"""What must speak for the country of a part of an army where the article is about Viet Nam too."""
_BRACKETED = re.compile(r" ?\([^()\n]{2,30}\) (?=\w)")
"""A short form in brackets, before more words."""


class Countries:
    """Proposes the countries of the bodies of one article."""

    def __init__(self, told: Told) -> None:
        self._told, self._setting = told, told.setting
        self._told_abroad = {"list", "of a body before"} if told.setting.is_foreign else {"list"}

    def of_body(self, index: int, base: Name, candidate: Candidate | None) -> Iterator[Weighed]:
        """The name with each country that a body may be of which does not say it."""
        if follows := self._after_bracket(index):
            yield of_country(base, follows), "country after bracket", []
            return
        if _says_enough(base):
            return
        takes = candidate is not None and candidate.takes_country
        if not takes and base.kind not in _FOREIGN_TOO and not base.head.endswith(_OF_A_COUNTRY):
            return
        setting, offset = self._setting, self._told.found[index].start
        stand = f"ours {self._told.is_ours(base)}, foreign {setting.is_foreign}, ours before {self._ours_before(index)}"
        named: dict[str, list[str]] = defaultdict(list)
        for later in self._told.list_after(index):
            if later.candidate and later.candidate.country and later.candidate.rule not in SEATED:
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
            between = self._told.reading.norm[land.offset : offset]
            named[land.name] += [
                f"last {near(offset - land.offset)}",
                f"last same sentence {CLEAR.search(between) is None}",
            ]
        for _, name in self._told.before(index, _NEAR_BODIES):
            if name.kind is OrganisationKind.INTERNATIONAL and name.whose:
                country = next((land.name for land in setting.lands if fold(land.name) == name.whose), None)
                if country:
                    named[country].append("of a body before")
        if self._told.is_of_our_state(index, base) and not self._says_of_it(index):
            named = {land: why for land, why in named.items() if self._told_abroad & set(why)}
        elif base.kind is OrganisationKind.MILITARY and not setting.is_foreign:
            named = {land: why for land, why in named.items() if _CLOSE & set(why)}
        own = _at_end_of(base)
        for country, why in named.items():
            if same_country(country) == own:
                continue
            source = "country ours" if country.startswith("Việt Nam") else "country"
            signs = " ".join(sorted({sign.split()[0] for sign in why}))
            details = [*why, *stand.split(", "), stand, signs, f"{signs}, {stand}", f"kind {base.kind}, {stand}"]
            yield of_country(base, country), source, [*details, *(f"{sign}, {stand}" for sign in why)]

    def of_mission(self, index: int, name: Name) -> Iterator[Weighed]:
        """The name of a mission with each country that it may be in: `Đại sứ quán Việt Nam tại Lào`."""
        seats = ((other, other.whose.removeprefix(name.whose)) for other in self._told.said if other)
        same = next((other for other, seat in seats if other.head == name.head and seat.startswith(" tại ")), None)
        if same:
            yield same, "seat named", []
        offset, lands = self._told.found[index].start, self._setting.lands
        abroad = [land for land in lands if not land.name.startswith("Việt Nam")]
        at = bisect_left(abroad, offset, key=lambda land: land.offset)
        near = {"last": abroad[at - 1 : at], "next": abroad[at : at + 1]}
        named = [(source, land.name) for source, found in near.items() for land in found]
        for source, land in [*named, *([("setting", self._setting.country)] if self._setting.country else [])]:
            yield (
                name._replace(text=f"{name.text} tại {full_country(land)}", whose=fold(f"{name.whose} tại {land}")),
                f"seat {source}",
                [],
            )

    def _after_bracket(self, index: int) -> str | None:
        """The country right after the short form in brackets: `Trung tâm Kiểm soát Dịch bệnh (CDC) Mỹ`."""
        reading = self._told.reading
        follows = _BRACKETED.match(reading.norm, self._told.found[index].end)
        at = reading.index(follows.end()) if follows else len(reading)
        land = country_at(reading, at, len(reading), False) if at < len(reading) else None
        return land[1] if land and not land[1].startswith("Việt Nam") else None

    def _says_of_it(self, index: int) -> bool:
        """Whether the words after a mention say that it is a foreign country's: `Bộ Quốc phòng nước này`."""
        return self._told.reading.norm.startswith(_OF_IT, self._told.found[index].end)

    def _ours_before(self, index: int) -> bool:
        """Whether a body of Viet Nam's state was named before."""
        return any(not name.whose and self._told.is_ours(name) for _, name in self._told.before(index))


def _at_end_of(base: Name) -> str | None:
    """The country that a name ends in, by its usual name: `Lực lượng Bảo vệ bờ biển Ấn`."""
    words = base.head.split()
    found = countries().ending(words, len(words), max(1, len(words) - _LONGEST_COUNTRY))
    return same_country(found[1][0]) if found else None


def _says_enough(base: Name) -> bool:
    """Whether a name says itself whose its body is: it ends in Việt Nam, or in a foreign name of its own."""
    return base.head.endswith(_OURS) or not is_vietnamese(base.head.split()[-1])


def of_country(base: Name, country: str) -> Name:
    """A body with the country that it is of."""
    kind = kind_abroad(base.kind, base.text, country) or base.kind
    return base._replace(text=f"{base.text} {full_country(country)}", whose=fold(same_country(country)), kind=kind)
