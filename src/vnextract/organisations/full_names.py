"""The full name of a body as far as its own words and the setting of the article go."""

import re
from dataclasses import replace
from typing import NamedTuple

from vnextract.lexicon.places import city_unit, district_unit, find_province, former_unit
from vnextract.lexicon.register import RegisteredBody, Template, template, whole_of
from vnextract.names.bodies import OF_STATE, kind_abroad
from vnextract.names.candidates import Candidate
from vnextract.names.places import PlacePhrase, place_at
from vnextract.names.reading import Reading
from vnextract.names.tails import TailReader
from vnextract.organisations.inner_units import inner
from vnextract.organisations.setting import Setting, full_country, same_country
from vnextract.records import Level, OrganisationKind
from vnextract.text.normalise import fold

_UNIT_INSIDE = re.compile(r"(?:.* )?(?:tỉnh|thành|huyện|quận|thị|thị xã) (?:ủy|đoàn|hội .*)")
"""Heads that say the unit themselves: `Tỉnh ủy Lai Châu`."""
_UNITS_OF_HEADS = {"huyện": "huyện", "quận": "quận", "thị": "thị xã"}
"""What the first word of such a head says, where it says which unit it is."""
_OF_COMMUNES = ("đoàn phường", "đoàn xã")
_UNITS = (" tỉnh", " thành phố", *_OF_COMMUNES)
_AS_PRINTED = (" tại", " đường", " vùng", " vịnh", " khu vực", " cảng", " sông")
"""Words before a place that is only where a body is, or a thing is called so: `Tòa án nhân dân cấp cao tại Huế`."""
_OF_PLACES = frozenset(
    {
        OrganisationKind.GOVERNMENT,
        OrganisationKind.LEGISLATURE,
        OrganisationKind.JUDICIARY,
        OrganisationKind.POLICE,
        OrganisationKind.MILITARY,
        OrganisationKind.MASS_ORGANISATION,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.PARTY,
    }
)
"""Kinds of bodies whose full name has the unit of their place, printed or not: `Công an tỉnh Bắc Ninh`."""
_NAMED_AFTER_ITSELF = "Hồ Chí Minh"
"""The city that is never called without its unit: `Thành ủy Thành phố Hồ Chí Minh`."""

_FORCES = {"bộ công an": OrganisationKind.POLICE, "bộ quốc phòng": OrganisationKind.MILITARY}
"""Ministries whose units are of another kind than they are."""
_TO_PROVINCE = re.compile(r",? \(?(?:(?:thuộc|tại|ở) )?")
"""What stands between a body and the province printed after it."""
_WORD = re.compile(r"[^\W_]+")
_OF = " của "
_OVERLAP = 2
_LONGEST_OWNER = 200
"""Characters of the longest name that a unit is named after; bodies that own each other without end are none."""


class Name(NamedTuple):
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
    owner: "Name | None" = None
    """The body that it is part of, where the name says so."""
    place: PlacePhrase | None = None
    """The place that it belongs to, where the name says so."""
    own: str = ""
    """The name without owner and place, where it has one of them."""
    joint: str = " "
    """What stands between its own name and its owner."""

    @property
    def key(self) -> tuple[str, str]:
        """Equal for mentions of one body."""
        return self.head, self.whose


def words_of(name: str) -> list[str]:
    """The words of a name, folded, without its signs.

    >>> words_of("Sở Quy hoạch - Kiến trúc")
    ['sở', 'quy', 'hoạch', 'kiến', 'trúc']
    """
    return _WORD.findall(fold(name))


def unit_of(province: str) -> str:
    """The unit of a province or centrally run city, under an earlier name that of then."""
    found = find_province(province)
    return former_unit(province) or (found.unit if found else "tỉnh")


def unit_of_head(name: Name) -> str | None:
    """The unit below a province that a head says itself: `Huyện ủy`, `Đoàn xã`."""
    words = name.head.split()
    if name.head in _OF_COMMUNES:
        return words[-1]
    return _UNITS_OF_HEADS.get(words[0]) if _UNIT_INSIDE.fullmatch(name.head) else None


def unit_of_place(place: PlacePhrase) -> str | None:
    """The unit of a province, a city or a district printed without it."""
    if place.level is Level.DISTRICT:
        return city_unit(place.name or "") or district_unit(place.name or "")
    found = find_province(place.name or "") if place.level is Level.PROVINCE else None
    return found.unit if found else None


def base_name(candidate: Candidate, kind: OrganisationKind = OrganisationKind.OTHER) -> Name:
    """Head and field alone; of the kind given where the grammar cannot tell."""
    kind = candidate.kind or kind
    text = candidate.name.replace(" & ", " và ") if kind in OF_STATE else candidate.name
    head = fold(candidate.same or text)
    return Name(text, kind, candidate.level, head, known=candidate.same is not None)


def name_in_register(body: RegisteredBody | Template) -> Name:
    """What the register calls a body, without owner and place."""
    return Name(body.name, body.kind, body.level, fold(body.name))


def owned(candidate: Candidate, owner: Name, joint: str = " ") -> Name:
    """A unit with the body that it is part of."""
    return part_of(base_name(candidate, owner.kind)._replace(joint=joint), owner)


def bare(name: Name) -> Name:
    """A name without owner and place."""
    return Name(name.own or name.text, name.kind, name.level, name.head, known=name.known, joint=name.joint)


def _without_overlap(own: str, whole: str) -> str:
    """The name of a unit without two words at its end that its whole begins with: `Phòng Hậu cần Công an`."""
    words, first = own.split(), fold(whole).split()
    doubled = len(words) > _OVERLAP and fold(own).split()[-_OVERLAP:] == first[:_OVERLAP]
    return " ".join(words[:-_OVERLAP]) if doubled else own


def part_of(base: Name, owner: Name) -> Name:
    """A unit with the body that it is part of.

    The Central Committee is named by a part of its name too: a body whose name begins that of the other is that other.
    """
    if owner.head.startswith(f"{base.head} "):
        return owner
    if len(owner.text) > _LONGEST_OWNER:
        return base
    own = _without_overlap(base.text, owner.text)
    joint = " " if own.endswith(_OF.rstrip()) else base.joint
    return base._replace(
        text=f"{own}{joint}{owner.text}",
        kind=_kind_within(base, owner),
        level=owner.level,
        whose=f"{owner.head} {owner.whose}",
        province=owner.province,
        owner=owner,
        own=own,
        head=base.head if own == base.text else fold(own),
    )


def _kind_within(base: Name, owner: Name) -> OrganisationKind:
    """The kind of a unit: what only its head word makes one of the state is of its whole's kind.

    So is a unit that bodies of several kinds have and that is nothing without them, the `Khoa` of a university, and
    any unit of a state abroad: the `Hạm đội 7` of a foreign navy.
    """
    if owner.kind is OrganisationKind.INTERNATIONAL and base.kind in OF_STATE:
        return owner.kind
    row = inner(base.text)
    shared = row is not None and row.needs_whole and {base.kind, owner.kind} <= row.kinds - OF_STATE
    if base.kind is not OrganisationKind.GOVERNMENT and not shared:
        return base.kind
    return _FORCES.get(fold(owner.text), owner.kind)


def _takes_unit(base: Name, level: Level) -> bool:
    """Whether the full name of a body of a place has the unit of that place."""
    known = template(base.text, level)
    return known.joined in ("place", "number") if known else base.kind in _OF_PLACES


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
            whole = candidate.owner
            text = f"{candidate.name} {whole.name} {whole.place or whole.country or ''}".rstrip()
            return Name(text, OrganisationKind.SPORTS, Level.NONE, fold(text))
        if candidate.owner:
            owner = None if candidate.owner.short else self.of(candidate.owner)
            return owned(candidate, owner, self.joint(candidate)) if owner else None
        base = base_name(candidate)
        if candidate.branch or candidate.country:
            rest = candidate.branch or candidate.country or ""
            if base.kind is OrganisationKind.SPORTS:
                return Name(f"{base.text} {rest}", base.kind, Level.NONE, fold(f"{base.text} {rest}"))
            rest = full_country(rest)
            return base._replace(text=f"{base.text} {rest}", whose=fold(same_country(rest)))
        if candidate.place:
            place = self._with_bracket(candidate.place, candidate.end)
            return self.placed(base, place) if place.name else None
        if province := self._province_after(base, candidate.end):
            return self.placed(base, province)
        implied = candidate.takes_place and candidate.level is not Level.CENTRAL
        return None if implied or candidate.takes_country or candidate.takes_owner else base

    def _province_after(self, base: Name, end: int) -> PlacePhrase | None:
        """The province behind a comma or in a bracket after a numbered body: `TAND khu vực 3, tỉnh Đắk Lắk`."""
        led = _TO_PROVINCE.match(self._reading.norm, end)
        if led is None:
            return None
        at = self._reading.index(led.end())
        return TailReader(self._reading).province_of_number(base.text, at, self._reading.line_end(at))

    def joint(self, candidate: Candidate) -> str:
        """What joins a unit to its owner in one name: `của` where that is printed, `Ủy ban Kinh tế của Quốc hội`."""
        owner = candidate.owner
        return _OF if owner and self._reading.norm.endswith(_OF, candidate.start, owner.start) else " "

    def placed(self, base: Name, place: PlacePhrase) -> Name:
        """The name with its place; what may be a province or its capital is the province."""
        found = find_province(place.name or "") if place.level is Level.DISTRICT else None
        if found and (found.unit == place.unit or not (place.unit or self.says_unit(base))):
            place = replace(place, level=Level.PROVINCE)
        row = template(base.text, place.level)
        whole = row and row.joined == "owner" and whole_of(row, place.unit)
        if whole:
            return part_of(base, self.placed(name_in_register(whole), place))
        province = self._setting.province_of(place)
        unit = place.unit if place.dashed else self._unit(base, place, province)
        printed = f"{unit} {self._called(place, province, unit)}" if unit else place.name or ""
        whose = fold(self._key_of(place, province, unit))
        if place.wider:
            printed = f"{printed}{', ' if place.bracketed else ' '}{place.wider}"
        text = f"{base.text}{' - ' if place.dashed else ' '}{printed}"
        if self._is_abroad(place, province):
            kind = kind_abroad(base.kind, base.text, printed) or base.kind
            return base._replace(text=text, whose=whose, kind=kind, level=Level.NONE, own=base.text)
        return base._replace(text=text, whose=whose, province=province, level=place.level, place=place, own=base.text)

    @staticmethod
    def _called(place: PlacePhrase, province: str | None, unit: str) -> str:
        """What a place is called after a unit that the text leaves out: no city is called `thành phố Sài Gòn`."""
        name = place.name or ""
        usual = place.level is Level.PROVINCE and unit != place.unit and former_unit(name) is None
        return province if usual and province else name

    def _is_abroad(self, place: PlacePhrase, province: str | None) -> bool:
        """Whether a place that the lexicon lacks is a foreign one: it has our provinces and districts."""
        return self._setting.is_foreign and province is None and place.level in (Level.PROVINCE, Level.DISTRICT)

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
            return base._replace(text=f"{base.text} {unit}", whose=unit, level=level)
        return self.placed(base, PlacePhrase(0, unit, nearest, Level.PROVINCE if unit == "tỉnh" else level))

    def says_unit(self, base: Name) -> bool:
        """Whether a head says the unit of its place itself: `Huyện ủy`."""
        return bool(_UNIT_INSIDE.fullmatch(base.head))

    @staticmethod
    def _key_of(place: PlacePhrase, province: str | None, unit: str | None) -> str:
        """What the spellings of one place share; a province has another key under an earlier name."""
        if place.level is not Level.PROVINCE or province is None:
            return f"{place.unit or unit or ''} {place.name}"
        return f"{former_unit(place.name or '') or ''} {province}"

    @staticmethod
    def _unit(base: Name, place: PlacePhrase, province: str | None) -> str | None:
        """The unit that stands before the place in the full name."""
        if base.head.endswith(_UNITS):
            return None
        if base.head.endswith(_AS_PRINTED):
            return place.unit
        if _UNIT_INSIDE.fullmatch(base.head):
            numbered = place.name and place.name.isdigit()
            return "Thành phố" if place.name == _NAMED_AFTER_ITSELF else place.unit if numbered else None
        if place.unit or not _takes_unit(base, place.level):
            return place.unit
        if place.level is Level.DISTRICT:
            return city_unit(place.name or "")
        return unit_of(place.name or "") if province else None

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
