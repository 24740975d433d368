"""The full name of a body as far as its own words and the setting of the article go."""

import re
from dataclasses import dataclass, replace

from vnextract.lexicon.places import city_unit, find_province, province_of_district
from vnextract.names.candidates import Candidate
from vnextract.names.places import PlacePhrase, place_at
from vnextract.names.reading import Reading
from vnextract.organisations.setting import Setting
from vnextract.records import Level, OrganisationKind
from vnextract.text.normalise import fold

_UNIT_INSIDE = re.compile(r"(?:.* )?(?:tỉnh|thành|huyện|quận|thị|thị xã) (?:ủy|đoàn|hội .*)")
"""Heads that say the unit themselves: `Tỉnh ủy Lai Châu`."""
_UNIT_ADDED = frozenset(
    {
        "ủy ban nhân dân",
        "hội đồng nhân dân",
        "thường trực hội đồng nhân dân",
        "đoàn đại biểu quốc hội",
        "công an",
        "phòng cảnh sát giao thông công an",
        "tòa án nhân dân",
        "viện kiểm sát nhân dân",
        "thanh tra",
        "đảng bộ",
        "ban chấp hành đảng bộ",
        "ban tiếp công dân",
        "ban tiếp dân",
        "ủy ban mặt trận tổ quốc việt nam",
    }
)
"""Heads whose full name has the unit of its place, printed or not: `Công an Bắc Ninh` is `Công an tỉnh Bắc Ninh`."""

_LONGEST_OWNER = 200
"""Characters of the longest name that a unit is named after; bodies that own each other without end are none."""


@dataclass(frozen=True, slots=True)
class Name:
    """What one mention names."""

    text: str
    kind: OrganisationKind
    level: Level
    head: str
    """Folded head and field: what bodies of one sort share."""
    whose: str = ""
    """Folded place, owner or country: bodies with the same head and the same `whose` are one."""
    province: str | None = None
    known: bool = False
    """Whether the table of known bodies has it."""

    @property
    def key(self) -> tuple[str, str]:
        """Equal for mentions of one body."""
        return self.head, self.whose


def unit_of(province: str) -> str:
    """The unit of a province or centrally run city."""
    found = find_province(province)
    return found.unit if found else "tỉnh"


def base_name(candidate: Candidate) -> Name:
    """Head and field alone."""
    kind = candidate.kind or OrganisationKind.OTHER
    head = fold(candidate.same or candidate.name)
    return Name(candidate.name, kind, candidate.level, head, known=candidate.same is not None)


def owned(candidate: Candidate, owner: Name) -> Name:
    """A unit with the body that it is part of."""
    if len(owner.text) > _LONGEST_OWNER:
        return replace(base_name(candidate), kind=candidate.kind or owner.kind)
    return Name(
        f"{candidate.name} {owner.text}",
        candidate.kind or owner.kind,
        owner.level,
        fold(candidate.name),
        f"{owner.head} {owner.whose}",
        owner.province,
    )


class FullNames:
    """Full names in one article."""

    def __init__(self, reading: Reading, setting: Setting) -> None:
        self._reading, self._setting = reading, setting

    def of(self, candidate: Candidate) -> Name | None:
        """The name where the candidate's own words settle it; None where the rest of the article must."""
        if candidate.short or candidate.kind is None:
            return None
        if self._is_club(candidate):
            text = f"{candidate.name} {candidate.place}"
            return Name(text, OrganisationKind.SPORTS, Level.NONE, fold(text))
        if candidate.owner and candidate.kind is OrganisationKind.SPORTS:
            text = f"{candidate.name} {candidate.owner.name} {candidate.owner.place or ''}".rstrip()
            return Name(text, OrganisationKind.SPORTS, Level.NONE, fold(text))
        if candidate.owner:
            owner = None if candidate.owner.short else self.of(candidate.owner)
            return owned(candidate, owner) if owner else None
        base = base_name(candidate)
        if candidate.branch or candidate.country:
            rest = candidate.branch or candidate.country or ""
            return replace(base, text=f"{base.text} {rest}", whose=fold(rest))
        if candidate.place:
            place = self._with_bracket(candidate.place, candidate.end)
            return self.placed(base, place) if place.name else None
        implied = candidate.takes_place and candidate.level is not Level.CENTRAL
        return None if implied or candidate.takes_country or candidate.takes_owner else base

    def placed(self, base: Name, place: PlacePhrase) -> Name:
        """The name with its place."""
        province = self._province_of(place)
        bare = bool(_UNIT_INSIDE.fullmatch(base.head))
        unit = None if bare else self._unit(base, place, province)
        printed = f"{unit} {place.name}" if unit else place.name or ""
        whose = fold(
            province if place.level is Level.PROVINCE and province else f"{place.unit or unit or ''} {place.name}"
        )
        if place.wider:
            printed = f"{printed}{', ' if place.bracketed else ' '}{place.wider}"
        text = f"{base.text} {printed}"
        return replace(base, text=text, whose=whose, province=province, level=place.level)

    def at_home(self, base: Name) -> Name:
        """The name with the province that the article is about, if it is about one."""
        home = self._setting.home or self._setting.likely
        return self.placed(base, PlacePhrase(0, unit_of(home), home, Level.PROVINCE)) if home else base

    def beside(self, base: Name, unit: str, level: Level, offset: int) -> Name:
        """The name with the place that a unit printed alone means, such as `tỉnh`."""
        home = self._setting.home or (self._setting.likely if unit == "tỉnh" else None)
        if home and unit == unit_of(home):
            return self.placed(base, PlacePhrase(0, unit, home, Level.PROVINCE))
        nearest = self._setting.nearest(unit, offset)
        if nearest is None and _UNIT_INSIDE.fullmatch(base.head):
            return base
        if nearest is None:
            return replace(base, text=f"{base.text} {unit}", whose=unit, level=level)
        return self.placed(base, PlacePhrase(0, unit, nearest, Level.PROVINCE if unit == "tỉnh" else level))

    def says_unit(self, base: Name) -> bool:
        """Whether a head says the unit of its place itself: `Huyện ủy`."""
        return bool(_UNIT_INSIDE.fullmatch(base.head))

    @staticmethod
    def _unit(base: Name, place: PlacePhrase, province: str | None) -> str | None:
        if place.unit or base.head not in _UNIT_ADDED:
            return place.unit
        if place.level is Level.DISTRICT:
            return city_unit(place.name or "")
        return unit_of(province) if province else None

    def _is_club(self, candidate: Candidate) -> bool:
        """Whether a city's police is its football club: in an article about sports."""
        place = candidate.place
        if not self._setting.is_sports or candidate.rule != "Công an" or place is None or place.wider:
            return False
        return place.level is Level.PROVINCE and unit_of(place.name or "") == "thành phố"

    def _with_bracket(self, place: PlacePhrase, end: int) -> PlacePhrase:
        """A commune with the province that a bracket after it names: `xã Tân An (tỉnh Gia Lai)`."""
        reading = self._reading
        at = reading.index(end)
        if place.level is not Level.COMMUNE or place.wider or at >= len(reading) or reading.words[at] != "(":
            return place
        wider = place_at(reading, at + 1, reading.line_end(at))
        if wider is None or wider.name is None or wider.unit != "tỉnh":
            return place
        return replace(place, wider=wider, bracketed=True)

    def _province_of(self, place: PlacePhrase) -> str | None:
        if place.level is Level.PROVINCE:
            found = find_province(place.name or "")
            return found.name if found else None
        if place.wider:
            return self._province_of(place.wider)
        if place.level is Level.DISTRICT and (name := province_of_district(place.name or "", place.unit)):
            return name
        return self._setting.home
