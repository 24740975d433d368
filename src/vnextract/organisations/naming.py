"""Which body a mention names: its full name, its place, and the other mentions of the same body."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vnextract.lexicon.places import city_unit, find_province, province_of_district
from vnextract.organisations.arbitrate import Found
from vnextract.organisations.candidates import Candidate
from vnextract.organisations.heads import english_endings
from vnextract.organisations.kinds import kind_of
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.organisations.place_phrases import PlacePhrase, place_at
from vnextract.organisations.reading import Reading
from vnextract.organisations.setting import Setting
from vnextract.records import Level, OrganisationKind
from vnextract.text.normalise import fold

_SHORT_FORM = re.compile(r"[A-ZĐ][A-ZĐa-z0-9&.-]*[A-ZĐ0-9]\b")
_UNIT_INSIDE = re.compile(r"(?:.* )?(?:tỉnh|thành|huyện|quận|thị|thị xã) (?:ủy|đoàn|hội .*)")
"""Heads that say the unit themselves: `Tỉnh ủy Lai Châu`."""
_UNIT_ADDED = frozenset(
    {
        OrganisationKind.PARTY,
        OrganisationKind.GOVERNMENT,
        OrganisationKind.LEGISLATURE,
        OrganisationKind.JUDICIARY,
        OrganisationKind.POLICE,
        OrganisationKind.MILITARY,
        OrganisationKind.MASS_ORGANISATION,
    }
)
"""Kinds whose full name has the unit of its place, printed or not: `Công an Bắc Ninh` is `Công an tỉnh Bắc Ninh`."""
_OWN_NAMED = frozenset(
    {
        OrganisationKind.COMPANY,
        OrganisationKind.EDUCATION,
        OrganisationKind.MEDIA,
        OrganisationKind.SPORTS,
        OrganisationKind.HEALTH,
        OrganisationKind.OTHER,
    }
)


_UNIT_KINDS = frozenset(
    {OrganisationKind.GOVERNMENT, OrganisationKind.POLICE, OrganisationKind.HEALTH, OrganisationKind.EDUCATION}
)
"""Kinds of bodies whose units the press names with the whole after a comma: `Phòng Tham mưu, Công an tỉnh`."""
_BROUGHT_IN = re.compile(r", | \((?:thuộc )?| thuộc ")
_SHORTENED = frozenset({"viện kiểm sát", "tòa án", "cơ quan cảnh sát điều tra", "cơ quan an ninh điều tra"})
"""Heads that are printed short where the article has said whose they are."""
_FAR_BACK = 200
"""Mentions that a short form may look back over."""
_SHORTEST_SHARED = 3
"""Letters that a name has at least to be taken for the short form of a longer one."""


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
    foreign: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Equal for mentions of one body."""
        return self.head, self.whose


class Namer:
    """Names the mentions of one article."""

    def __init__(
        self, reading: Reading, setting: Setting, found: Sequence[Found], defined: Mapping[str, Found]
    ) -> None:
        self._reading, self._setting, self._found, self._defined = reading, setting, found, defined
        self._explicit = [None if self._is_defined(one) else self._by_own_words(one.candidate) for one in found]
        self._places = {one.start: index for index, one in enumerate(found)}
        self._names: list[Name | None] = []
        self._last: dict[str, Name] = {}
        """The last body named so far, by head."""
        self._later: dict[str, list[int]] = defaultdict(list)
        """Mentions whose own words say whose the body is, by head."""
        for index, name in enumerate(self._explicit):
            if name:
                self._later[name.head].append(index)

    def names(self) -> list[Name | None]:
        """A name per mention; None for a short form that the article never spells out."""
        for index, one in enumerate(self._found):
            name = self._explicit[index] or self._from_context(index, one)
            name = self._part_of(index, one.candidate, name)
            self._names.append(name)
            if name:
                self._last[name.head] = name
        self._share_short_forms()
        return self._names

    # What a mention's own words settle.

    def _by_own_words(self, candidate: Candidate | None) -> Name | None:
        if candidate is None or candidate.short or candidate.kind is None or fold(candidate.name) in _SHORTENED:
            return None
        if self._is_club(candidate):
            text = f"{candidate.name} {candidate.place}"
            return Name(text, OrganisationKind.SPORTS, Level.NONE, fold(text))
        if candidate.owner:
            owner = None if candidate.owner.short else self._by_own_words(candidate.owner)
            return self._owned(candidate, owner) if owner else None
        base = Name(candidate.name, candidate.kind, candidate.level, fold(candidate.same or candidate.name))
        if candidate.country:
            text = f"{candidate.name} {candidate.country}"
            return replace(base, text=text, whose=fold(candidate.country), foreign=True)
        if candidate.place:
            place = self._with_bracket(candidate.place, candidate.end)
            return self._placed(base, place) if place.name else None
        if candidate.takes_place and candidate.level is not Level.CENTRAL:
            return None
        return base if not candidate.takes_country else None

    def _is_club(self, candidate: Candidate) -> bool:
        """Whether a city's police is its football club: in an article about sports."""
        place = candidate.place
        if not self._setting.is_sports or candidate.rule != "Công an" or place is None or place.wider:
            return False
        return place.level is Level.PROVINCE and self._unit_of(place.name or "") == "thành phố"

    def _owned(self, candidate: Candidate, owner: Name) -> Name:
        return Name(
            f"{candidate.name} {owner.text}",
            candidate.kind or owner.kind,
            owner.level,
            fold(candidate.name),
            f"{owner.head} {owner.whose}",
            owner.province,
            owner.foreign,
        )

    def _placed(self, base: Name, place: PlacePhrase) -> Name:
        province = self._province_of(place)
        unit, name = place.unit, place.name or ""
        if unit is None and place.level is Level.DISTRICT and not _UNIT_INSIDE.fullmatch(base.head):
            unit = city_unit(name)
        if place.level is Level.PROVINCE and province:
            whose = fold(province)
            if base.kind in _UNIT_ADDED and not base.head.startswith("sở"):
                unit = unit or self._unit_of(province)
        else:
            whose = fold(f"{unit or ''} {name}")
        bare = bool(_UNIT_INSIDE.fullmatch(base.head))
        printed = name if bare else f"{unit} {name}" if unit else name
        if place.wider:
            printed = f"{printed}{', ' if place.bracketed else ' '}{place.wider}"
        return replace(base, text=f"{base.text} {printed}", whose=whose, province=province, level=place.level)

    def _with_bracket(self, place: PlacePhrase, end: int) -> PlacePhrase:
        """A commune with the province that a bracket after it names: `xã Tân An (tỉnh Gia Lai)`."""
        reading = self._reading
        at = reading.index(end)
        if place.level is not Level.COMMUNE or place.wider or at >= len(reading) or reading.words[at] != "(":
            return place
        wider = place_at(reading, at + 1, reading.line_end(at))
        if wider is None or wider.level is not Level.PROVINCE or wider.unit is None or wider.name is None:
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

    @staticmethod
    def _unit_of(province: str) -> str:
        found = find_province(province)
        return found.unit if found else "tỉnh"

    # What the rest of the article settles.

    def _from_context(self, index: int, one: Found) -> Name | None:
        if self._is_defined(one):
            return self._by_definition(one)
        if one.candidate is None:
            return self._plain(one)
        if one.candidate.short:
            return self._antecedent(index, one.candidate)
        return self._implied(one.candidate, index)

    def _implied(self, candidate: Candidate, index: int) -> Name | None:
        if candidate.owner:
            owner = self._whole(candidate.owner, index)
            return self._owned(candidate, owner) if owner else None
        base = Name(candidate.name, candidate.kind or OrganisationKind.OTHER, candidate.level, fold(candidate.name))
        if candidate.place and candidate.place.unit:
            return self._unit_alone(base, candidate.place.unit, candidate.place.level, index)
        same = self._same_head(base.head, index)
        if same:
            return same
        if base.head in _SHORTENED:
            return self._antecedent(index, candidate) or self._of_home(base)
        if candidate.takes_country and candidate.kind is OrganisationKind.INTERNATIONAL and self._setting.country:
            text = f"{base.text} {self._setting.country}"
            return replace(base, text=text, whose=fold(self._setting.country), foreign=True)
        home = self._setting.home
        if candidate.takes_place and candidate.level is Level.PROVINCE and home:
            return self._placed(base, self._home_phrase(home))
        if candidate.takes_place and candidate.level is Level.DISTRICT:
            return self._nearest_district(base, index) or base
        return base

    def _of_home(self, base: Name) -> Name:
        """A procuracy or court of the province that the article is about."""
        home = self._setting.home
        if home is None or base.kind is not OrganisationKind.JUDICIARY:
            return base
        text = base.text if base.text.endswith("nhân dân") else f"{base.text} nhân dân"
        return self._placed(replace(base, text=text, head=fold(text)), self._home_phrase(home))

    def _home_phrase(self, home: str) -> PlacePhrase:
        return PlacePhrase(0, self._unit_of(home), home, Level.PROVINCE)

    def _whole(self, owner: Candidate, index: int) -> Name | None:
        if owner.short:
            return self._antecedent(index, owner)
        return self._by_own_words(owner) or self._implied(owner, index)

    def _unit_alone(self, base: Name, unit: str, level: Level, index: int) -> Name:
        home, offset = self._setting.home, self._found[index].start
        if home and unit == self._unit_of(home):
            return self._placed(base, self._home_phrase(home))
        nearest = self._setting.nearest(unit, offset)
        if nearest is None:
            return replace(base, text=f"{base.text} {unit}", whose=unit, level=level)
        level = Level.PROVINCE if unit == "tỉnh" else level
        return self._placed(base, PlacePhrase(0, unit, nearest, level))

    def _nearest_district(self, base: Name, index: int) -> Name | None:
        units = {"huyện": ("huyện",), "quận": ("quận",), "thị": ("thị xã",)}.get(base.head.split()[0], ())
        for unit in units:
            nearest = self._setting.nearest(unit, self._found[index].start)
            if nearest:
                return self._placed(base, PlacePhrase(0, unit, nearest, Level.DISTRICT))
        return None

    def _part_of(self, index: int, candidate: Candidate | None, name: Name | None) -> Name | None:
        """The name with the body that the unit belongs to, where a comma or a bracket brings it in."""
        if name is None or candidate is None or name.whose or candidate.kind not in _UNIT_KINDS:
            return name
        if not candidate.takes_owner:
            return name
        following = self._explicit[index + 1] if index + 1 < len(self._found) else None
        if following and self._is_owner(index, candidate, following):
            return self._owned(candidate, following)
        if candidate.kind is not OrganisationKind.POLICE:
            return name
        whole = self._same_head(f"{name.head} công an", index)
        force = self._same_head("công an", index)
        return whole or (self._owned(candidate, force) if force else name)

    def _is_owner(self, index: int, candidate: Candidate, following: Name) -> bool:
        between = self._reading.norm[self._found[index].end : self._found[index + 1].start]
        rule = self._found[index + 1].candidate
        if rule is None or not _BROUGHT_IN.fullmatch(between) or rule.takes_owner:
            return False
        same = following.kind is candidate.kind or following.kind is OrganisationKind.GOVERNMENT
        return same and following.kind in _UNIT_KINDS

    def _same_head(self, head: str, index: int) -> Name | None:
        """The nearest body of the same head and field: the last one before a mention, else the first one after it."""
        if head in self._last:
            return self._last[head]
        later = self._later.get(head, [])
        at = bisect_right(later, index)
        return self._explicit[later[at]] if at < len(later) else None

    def _antecedent(self, index: int, candidate: Candidate) -> Name | None:
        """The last body whose name begins with the short form: `Bộ` after `Bộ Y tế`."""
        head = fold(candidate.name)
        for name in self._names[: -_FAR_BACK - 1 : -1]:
            if name and name.head.startswith(head) and name.head != head:
                return name
        return self._same_head(head, index)

    def _is_defined(self, one: Found) -> bool:
        return self._reading.norm[one.start : one.end] in self._defined

    def _by_definition(self, one: Found) -> Name | None:
        """The name of the mention that the article explains a short form with."""
        full = self._defined[self._reading.norm[one.start : one.end]]
        at = self._places[full.start]
        name = self._names[at] if at < len(self._names) else self._explicit[at]
        return name or self._plain(full)

    def _plain(self, one: Found) -> Name | None:
        reading = self._reading
        start, end = reading.index(one.start), reading.index(one.end)
        text = reading.name(start, end, as_printed=True)
        return Name(_capitalised(text), kind_of(reading, start, end), Level.NONE, fold(text))

    # One body may be printed in full once and by its own name later.

    def _share_short_forms(self) -> None:
        full = {name.head: name for name in self._names if name and name.kind in _OWN_NAMED and " " in name.head}
        shared = dict(self._shared(full))
        for index, one in enumerate(self._names):
            if one and not one.whose and one.head in shared:
                self._names[index] = shared[one.head]

    def _shared(self, full: Mapping[str, Name]) -> Iterator[tuple[str, Name]]:
        """Heads that are words of one longer name of the article only, with that name."""
        for one in {name.head: name for name in self._names if name and name.kind in _OWN_NAMED}.values():
            if len(one.head) < _SHORTEST_SHARED or one.head in english_endings():
                continue
            longer = {
                name.key: name for head, name in full.items() if f" {one.head} " in f" {head} " and head != one.head
            }
            if len(longer) == 1:
                yield one.head, next(iter(longer.values()))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def gather(norm: str, found: Sequence[Found], names: Sequence[Name | None]) -> list[Body]:
    """One body per key, with all its mentions, in order of first mention."""
    bodies: dict[tuple[str, str], Body] = {}
    for one, name in zip(found, names, strict=True):
        if name is None:
            continue
        body = bodies.get(name.key)
        if body is None:
            body = bodies[name.key] = Body(name.text, name.kind, name.level, None, name.province)
        elif len(name.text) > len(body.name):
            body.name = name.text
        body.mentions.append(OrganisationMention(one.start, one.end, one.by))
        body.abbreviation = body.abbreviation or _short_form(norm[one.start : one.end])
    return list(bodies.values())


def _short_form(printed: str) -> str | None:
    """The abbreviation that a mention is or begins with."""
    match = _SHORT_FORM.match(printed)
    return match.group() if match and sum(map(str.isupper, match.group())) > 1 else None
