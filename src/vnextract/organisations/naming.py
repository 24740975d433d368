"""Which body a mention names: its full name, read from the rest of the article where its own words leave it open."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import cache

from vnextract.lexicon.register import bodies, find, template
from vnextract.lexicon.tables import table
from vnextract.lexicon.titles import leading_nouns, shared_nouns
from vnextract.names.bodies import OF_STATE
from vnextract.names.candidates import Candidate
from vnextract.names.decide import Found
from vnextract.names.heads import heads, kind_cues, known_bodies
from vnextract.names.places import PlacePhrase, country_at, place_at, province_at
from vnextract.names.reading import Reading, capitalised
from vnextract.names.tails import SEATED
from vnextract.organisations.full_names import (
    FullNames,
    Name,
    bare,
    base_name,
    name_in_register,
    owned,
    part_of,
    unit_of_head,
    unit_of_place,
)
from vnextract.organisations.inner_units import inner
from vnextract.organisations.kinds import in_one_list, kind_of, usual_kind
from vnextract.organisations.setting import NamedPlace, Setting
from vnextract.organisations.short_forms import spells
from vnextract.organisations.whose.choice import Judge, learnt
from vnextract.organisations.whose.complete import Whose
from vnextract.organisations.whose.told import Told
from vnextract.records import Level, OrganisationKind
from vnextract.text.normalise import fold
from vnextract.text.once import once

_SHORTENED = frozenset(
    {
        "viện kiểm sát",
        "viện kiểm sát nhân dân",
        "tòa án",
        "tòa án nhân dân",
        "cơ quan cảnh sát điều tra",
        "cơ quan an ninh điều tra",
    }
)
"""Heads that are printed short where the article has said whose they are."""
_LONGEST_PROVINCE = 5
"""Words and signs of the name of a province: `Bà Rịa - Vũng Tàu`."""
_CODE = re.compile(r"(?:Cục |Phòng |cục |phòng )?(P?[A-Z]) ?(\d\d[A-Z]?)(?: Bộ Công an)?")
"""Codes of the departments of the police: `C08`, `Phòng PC02`, `PA 72`."""
_DELEGATION = "Đoàn đại biểu Quốc hội"
_SHORT_DELEGATION = re.compile("đoàn ", re.IGNORECASE)
"""How the press begins its name for short."""
_OF_DEPUTY = re.compile(r"\b(?:[Đđ]ại biểu|ĐB|ĐBQH)\b[^.;:()\n]{2,60} \(\Z")
"""What makes `đoàn` and a province the delegation of its deputies: `đại biểu Hồ Văn Lý ([đoàn Quảng Trị])`."""
_DEPUTY_REACH = 80
"""Characters before such a mention that are looked at."""
_THE_PARTY = "Đảng Cộng sản Việt Nam"
_PARTY = "đảng"
_OURS_TOO = re.compile(r"(?:(?:,| và| cùng) (?:Nhà nước|Chính phủ|Quốc hội|[Nn]hân dân))* (?:ta|Việt Nam)\b")
_STATE_TOO = re.compile(
    r"(?:(?:,| và| cùng) (?:Nhà nước|Chính phủ|Quốc hội|Quân đội|[Nn]hân dân(?: các bộ tộc)?)){1,4}"
    r" (?:CHDCND |Cộng hòa [Dd]ân chủ [Nn]hân dân )?"
)
"""What stands between a party and the country that it governs."""
_BRACKET_INSIDE = re.compile(r" \(([^()]{2,40})\) (?=\w)")
"""A bracket inside a name: `Trường Cao đẳng cộng đồng (CĐCĐ) Sóc Trăng`."""
_SAYS_WHOSE = re.compile(r"(?: \([^()]{2,30}\))?(?: thuộc| trực thuộc| của| -| –)? \(?(?:thuộc )?")
"""What stands between a unit and the body that it is said to be part of: such units are named before all others."""
_WITH_COMMITTEES = frozenset({OrganisationKind.COMPANY, OrganisationKind.EDUCATION, OrganisationKind.ASSOCIATION})
"""Kinds of the bodies whose committees, boards and faculties have no short forms of their own."""
_OURS = "Việt Nam"
"""Whose missions stand in another country."""
_CLUB, _TEAM = "Câu lạc bộ", "đội"
_SPORTS = OrganisationKind.SPORTS
_LIKE_TEAMS = OF_STATE | {OrganisationKind.INTERNATIONAL}
"""Kinds that the grammar gives to what may be a team: a unit of the state, or of a foreign one."""
_SHORTEST_HEADED = 2
_LONGEST_TITLE = 4
"""Words of a title that says what its body is called, `trưởng` or `phó` the last, with one before it."""
_DEEPEST = 14
"""Names that may wait for each other: a list and the body after it."""


class _State(Enum):
    """How far a mention's name is."""

    OPEN = auto()
    ASKED = auto()
    DONE = auto()


@cache
def _ruling_parties() -> Mapping[str, str]:
    return {row["country"]: row["party"] for row in table("ruling_parties")}


class Namer:
    """Names the mentions of one article."""

    def __init__(
        self,
        reading: Reading,
        setting: Setting,
        found: Sequence[Found],
        defined: Mapping[str, Found],
        judge: Judge | None = None,
    ) -> None:
        found = [_read_in_context(reading, setting, one) for one in found]
        self._reading, self._setting, self._found, self._defined = reading, setting, found, defined
        self._full = FullNames(reading, setting)
        self._explicit = [self._by_own_words(one) for one in found]
        self._take_known_kinds()
        self._places = {one.start: index for index, one in enumerate(found)}
        self._names: list[Name | None] = [None] * len(found)
        self._state, self._depth = [_State.OPEN] * len(found), 0
        said = [name or self._plain(one) for name, one in zip(self._explicit, found, strict=True)]
        units = {index: self._unit_alone(one, said[index]) for index, one in enumerate(found)}
        self._units = {index: unit for index, unit in units.items() if unit}
        said = [None if index in self._units else name for index, name in enumerate(said)]
        for index, one in enumerate(found):
            if self._explicit[index] is None and (headed := self._headed_short_form(one)):
                said[index] = self._with_head(headed[0], said[self._places[defined[headed[1]].start]])
        self._said = said
        setting = setting.also(_places_of(found, said))
        self._told = Told(reading, setting, found, said, FullNames(reading, setting))
        self._whose = Whose(self._told, self._name_of, judge or learnt())

    def names(self) -> list[Name | None]:
        """A name per mention; None for a short form that the article never spells out. To be asked once."""
        for index in range(len(self._found) - 1):
            if self._says_whose(index) or self._is_acronym_of_last(index):
                self._name_of(index)
        for index in range(len(self._found)):
            self._name_of(index)
        # It asks this namer back, and what holds itself stays in memory until Python searches for it.
        del self._whose
        return self._names

    def _says_whose(self, index: int) -> bool:
        """Whether the body right after a unit is its whole, by a name that says which it is: not `Phòng X của Sở`."""
        one, other = self._found[index : index + 2]
        short = other.candidate is not None and other.candidate.short
        return not short and _SAYS_WHOSE.fullmatch(self._reading.norm, one.end, other.start) is not None

    def _is_acronym_of_last(self, index: int) -> bool:
        """Whether a mention in capitals stands where the body before it is named again."""
        return self._told.in_capitals(index) and self._whose.repeats(index)

    def _name_of(self, index: int) -> Name | None:
        """The name of a mention; while it or what it is short for is being decided, what its own words say."""
        if self._state[index] is _State.OPEN and self._depth < _DEEPEST and not self._waits(index):
            self._state[index] = _State.ASKED
            self._depth += 1
            name = self._names[index] = self._decided(index)
            self._depth -= 1
            self._state[index] = _State.DONE
            if name:
                self._told.tell(index, name)
        return self._names[index] if self._state[index] is _State.DONE else self._explicit[index]

    def _waits(self, index: int) -> bool:
        """Whether a mention is short for one that is just being decided."""
        full = self._defined.get(self._reading.norm[self._found[index].start : self._found[index].end])
        return full is not None and self._state[self._places[full.start]] is _State.ASKED

    def _decided(self, index: int) -> Name | None:
        one, name = self._found[index], self._said[index]
        if self._is_defined(one):
            name = self._explicit[index] or self._by_definition(self._reading.norm[one.start : one.end])
            return self._whose.as_elsewhere(index, name) if name else None
        if self._explicit[index] is None and (headed := self._headed_short_form(one)):
            return self._with_head(headed[0], self._by_definition(headed[1]))
        if repeated := self._repeated(one):
            return self._by_definition(repeated)
        candidate = one.candidate
        if unit := self._units.get(index):
            return self._whose.complete(index, *unit)
        if candidate and candidate.short:
            return self._short(index, candidate)
        if name is None and candidate:
            return self._completed(index, candidate)
        if name and candidate and candidate.country == _OURS and candidate.rule in SEATED:
            return self._whose.seated(index, name)
        if name is None:
            return None
        if name.whose and not (name.owner and not name.owner.whose):
            return self._whose.fullest(index, name, candidate)
        if name.owner:
            whole = self._whose.complete(index, name.owner, candidate.owner if candidate else None)
            return part_of(bare(name), whole) if whole.whose else name
        return self._whose.complete(index, name, candidate)

    def _completed(self, index: int, candidate: Candidate) -> Name | None:
        """The name of a body whose words leave open whose it is."""
        if candidate.owner is None:
            return self._whose.complete(index, base_name(candidate), candidate)
        owner = candidate.owner
        whole = self._owner(index, owner)
        return owned(candidate, whole, self._full.joint(candidate)) if whole else None

    def _owner(self, index: int, owner: Candidate) -> Name | None:
        """The name of the body that a mention says it is part of.

        One of ours that is nobody's part and no place's is complete: `Quốc hội` in `Ủy ban Kinh tế của Quốc hội`.
        """
        if owner.short:
            return self._short(index, owner)
        ours = owner.takes_country and not (owner.takes_owner or owner.takes_place or self._setting.is_foreign)
        if ours and find(owner.name, day=self._setting.day):
            return base_name(owner)
        return self._full.of(owner) or self._completed(index, owner)

    def _take_known_kinds(self) -> None:
        """Gives a full name the kind of a known body that the article defines as its short form."""
        kinds = {
            self._defined[short].start: one.candidate.kind
            for one in self._found
            if one.candidate
            and one.candidate.rule == "known"
            and (short := self._reading.norm[one.start : one.end]) in self._defined
        }
        for index, one in enumerate(self._found):
            kind, name = kinds.get(one.start), self._explicit[index]
            if kind and name:
                self._explicit[index] = name._replace(kind=kind)

    def _by_own_words(self, one: Found) -> Name | None:
        candidate = one.candidate
        if candidate is None or self._is_defined(one) or self._headed_short_form(one):
            return None
        coded = self._by_code(self._reading.norm[one.start : one.end])
        if coded and coded.level is Level.CENTRAL:
            return coded
        if candidate.name == _THE_PARTY and (abroad := self._party_abroad(one)):
            return abroad
        bare = fold(candidate.name) in _SHORTENED and not (candidate.place or candidate.owner or candidate.country)
        return None if bare else self._full.of(candidate)

    # Short forms.

    def _short(self, index: int, candidate: Candidate) -> Name | None:
        """What a short form means; None where the article does not say."""
        base = base_name(candidate)
        name = self._whose.complete(index, base, candidate)
        return None if name is base else name

    def _is_defined(self, one: Found) -> bool:
        return self._reading.norm[one.start : one.end] in self._defined

    def _headed_short_form(self, one: Found) -> tuple[str, str] | None:
        """A head and the short form that it stands before, where the article explains that: `Tập đoàn UAC`."""
        reading = self._reading
        start, end = reading.index(one.start), reading.index(one.end)
        if (one.candidate and one.candidate.closed) or not self._defined or end - start < _SHORTEST_HEADED:
            return None
        head = heads().longest(reading.words, start, end)
        if head is None or head[0] >= end or not reading.begins(head[0]):
            return None
        short = reading.norm[reading.starts[head[0]] : one.end]
        return (capitalised(reading.name(start, head[0])), short) if short in self._defined else None

    def _repeated(self, one: Found) -> str | None:
        """The short form that a name ends in, where the article explains it with the same name."""
        name, _, short = self._reading.norm[one.start : one.end].rpartition(" ")
        full = self._defined.get(short)
        return short if full and fold(self._reading.norm[full.start : full.end]) == fold(name) else None

    @staticmethod
    def _with_head(head: str, name: Name | None) -> Name | None:
        """The name that a short form stands for, after a head: a club's keeps the head, a unit is a part of it."""
        if name is None or name.head.startswith(fold(head)):
            return name
        unit = inner(head)
        if unit is not None and unit.is_part:
            return part_of(Name(head, _kind_of_unit(head, name), name.level, fold(head)), name)
        if head != _CLUB:
            return name
        text = f"{head} {name.text}"
        return name._replace(text=text, head=fold(text), kind=OrganisationKind.SPORTS, level=Level.NONE)

    def _party_abroad(self, one: Found) -> Name | None:
        """The party of another country: `Đảng và Nhà nước Lào`, or a bare `Đảng` in an article about that country."""
        reading = self._reading
        follows = _STATE_TOO.match(reading.norm, one.end)
        at = reading.index(follows.end()) if follows else len(reading)
        country = country_at(reading, at, len(reading))
        party = _ruling_parties().get(country[1]) if country else None
        printed = reading.norm[one.start : one.end]
        ours = _OURS_TOO.match(reading.norm, one.end)
        if party is None and self._setting.is_foreign and fold(printed) == _PARTY and not ours:
            party = _ruling_parties().get(self._setting.country or "", printed)
        return Name(capitalised(party), OrganisationKind.PARTY, Level.NONE, fold(party)) if party else None

    def _by_definition(self, short: str) -> Name | None:
        """The name of the mention that the article explains a short form with."""
        full = self._defined[short]
        at = self._places[full.start]
        name = self._name_of(at)
        if name and name.owner and _is_of_whole(short, name, name.owner):
            return name.owner
        return name or self._as_printed(full)

    # Names that the grammar does not know.

    def _plain(self, one: Found) -> Name | None:
        """What a mention that the grammar does not read is called by its own words."""
        if one.candidate or self._is_defined(one):
            return None
        return self._as_printed(one)

    def _as_printed(self, one: Found) -> Name:
        reading = self._reading
        start, end = reading.index(one.start), reading.index(one.end)
        # A name that is glued to the word before it begins inside a word of the reading.
        text = reading.name(start, end, as_printed=True, whole=True) or reading.norm[one.start : one.end]
        known = known_bodies().longest(reading.words, start, end)
        if known and known[0] == end and known[1].name:
            text = known[1].name
        if registered := self._by_code(text) or self._of_province(start, end):
            return registered
        kind = self._kinds[self._places[one.start]]
        if noun := _noun_of_title(reading, one, kind):
            text = f"{noun} {text}"
        text = _without_bracket(text)
        text = text.replace(" & ", " và ") if kind in OF_STATE else text
        return Name(capitalised(text), kind, Level.NONE, fold(text))

    def _of_province(self, start: int, end: int) -> Name | None:
        """The full name of words that are, before the bare name of a province, what the register says each has.

        The register knows it however it is joined: `Sở Lao động Thương binh và Xã hội Quảng Trị`.
        """
        reading = self._reading
        for at in range(max(start + 1, end - _LONGEST_PROVINCE), end):
            found = province_at(reading, at, end) if reading.capitals[at] else None
            if found is None or found[0] != end:
                continue
            own = reading.name(start, at, as_printed=True).replace(" & ", " và ")
            row = template(own, Level.PROVINCE)
            if row and row.joined == "place":
                place = PlacePhrase(end, None, reading.name(at, end, as_printed=True), Level.PROVINCE)
                return self._full.placed(Name(capitalised(own), row.kind, Level.NONE, fold(own)), place)
        return None

    @once
    def _kinds(self) -> list[OrganisationKind]:
        """The kind of each mention; a bare name has that of its list, or of most bodies of the article."""
        told = [
            name.kind if name else self._told_kind(one) for name, one in zip(self._explicit, self._found, strict=True)
        ]
        usual = usual_kind(filter(None, told))
        kinds: list[OrganisationKind] = []
        for index, kind in enumerate(told):
            kinds.append(kind or (kinds[-1] if index and self._is_listed(index) else usual))
        return kinds

    def _told_kind(self, one: Found) -> OrganisationKind | None:
        """What a name and the words around it say of its kind."""
        if one.candidate and one.candidate.kind not in (None, OrganisationKind.OTHER):
            return one.candidate.kind
        return kind_of(self._reading, self._reading.index(one.start), self._reading.index(one.end))

    def _is_listed(self, index: int) -> bool:
        """Whether a mention goes on with a list: `Trường Chu Văn An, Lê Lợi và Trần Phú`."""
        last, one = self._found[index - 1], self._found[index]
        return in_one_list(self._reading, self._reading.index(last.end), self._reading.index(one.start))

    def _by_code(self, text: str) -> Name | None:
        """The unit of the police that a code stands for: `PC02`."""
        code = _code_in(text)
        if code is None:
            return None
        body = find(code, day=self._setting.day)
        if body is None:
            row = template(code, Level.PROVINCE, day=self._setting.day)
            return name_in_register(row) if row else None
        whole = bodies().get(body.parent or "")
        return part_of(name_in_register(body), name_in_register(whole)) if whole else name_in_register(body)

    def _unit_alone(self, one: Found, name: Name | None) -> tuple[Name, None, PlacePhrase] | None:
        """A name that ends in a unit alone, without it, and the unit: `Hội Khuyến học tỉnh`."""
        if name is None or one.candidate:
            return None
        reading = self._reading
        start, end = reading.index(one.start), reading.index(one.end)
        for at in range(max(start + 1, end - 2), end):
            place = place_at(reading, at, end)
            if place and place.end == end and place.unit and place.name is None:
                text = capitalised(reading.name(start, at, as_printed=True))
                return name._replace(text=text, head=fold(text)), None, place
        return None


def _kind_of_unit(head: str, whole: Name) -> OrganisationKind:
    """The kind of a unit of a body: the body's where its head names units of such bodies, else that of its head."""
    found = heads().longest(fold(head).split(), 0)
    kinds = [row.kind for row in found[1] if row.kind] if found else []
    return whole.kind if whole.kind in kinds or not kinds else kinds[0]


def _noun_of_title(reading: Reading, one: Found, kind: OrganisationKind | None) -> str:
    """The noun that a body shares with the title before it: `Cục` of `Cục trưởng [Văn hóa cơ sở]`, "" where none.

    Only of bodies of the state a `đội trưởng` heads a `đội`; in sports he is a player.
    """
    at = reading.index(one.start)
    words = reading.words[max(0, at - _LONGEST_TITLE) : at]
    if len(words) < 2 or words[-1] not in ("trưởng", "phó") or _code_in(reading.norm[one.start : one.end]):
        return ""
    for first in range(len(words) - 1):
        noun = " ".join(words[first:-1])
        if noun in leading_nouns() and heads().longest(noun.split(), 0) and words[first - 1 : first] != ["chức"]:
            own = {" ".join(reading.words[at : at + length]) for length in (1, 2)}
            named = own & (leading_nouns() | shared_nouns()) or (noun == _TEAM and kind not in OF_STATE)
            return "" if named else noun.capitalize()
    return ""


def _code_in(text: str) -> str | None:
    """The code of a unit of the police that a text is, without the word before it and the blank inside."""
    code = _CODE.fullmatch(text)
    return "".join(code.groups()) if code else None


def _read_in_context(reading: Reading, setting: Setting, one: Found) -> Found:
    """A mention as the words around it say that it is to be read."""
    one = _as_delegation(reading, one)
    one = _as_coded(reading, setting, one)
    one = _headed_by_title(reading, one)
    one = _unbracketed(one)
    return _as_team(reading, setting, one)


def _as_delegation(reading: Reading, one: Found) -> Found:
    """A mention that the tagger finds and that is a province's delegation, by its first word alone, after a deputy."""
    if one.candidate or not _SHORT_DELEGATION.match(reading.norm, one.start):
        return one
    if not _OF_DEPUTY.search(reading.norm[max(0, one.start - _DEPUTY_REACH) : one.start]):
        return one
    end = reading.index(one.end)
    place = place_at(reading, reading.index(one.start) + 1, end)
    if place is None or place.end != end or place.level is not Level.PROVINCE:
        return one
    kind, level = OrganisationKind.LEGISLATURE, Level.PROVINCE
    read = Candidate(one.start, one.end, kind, level, _DELEGATION, True, _DELEGATION, place, takes_place=True)
    return replace(one, candidate=read)


def _as_coded(reading: Reading, setting: Setting, one: Found) -> Found:
    """A mention that the grammar reads and that is the code of a unit of each provincial police: `Phòng PA83`."""
    code = _code_in(one.candidate.name) if one.candidate else None
    row = template(code, Level.PROVINCE, day=setting.day) if code else None
    if one.candidate is None or row is None:
        return one
    return replace(one, candidate=replace(one.candidate, name=row.name, kind=row.kind, owner=None, takes_owner=True))


def _headed_by_title(reading: Reading, one: Found) -> Found:
    """A mention that the grammar reads, its head the noun of the title before it, where that has one."""
    noun = _noun_of_title(reading, one, one.candidate.kind) if one.candidate else ""
    if one.candidate is None or not noun:
        return one
    first, _, rest = one.candidate.name.partition(" ")
    # What short forms are spelled out with: `CSGT` is a `Phòng` where no title says otherwise.
    name = rest if first.lower() in shared_nouns() else one.candidate.name
    return replace(one, candidate=replace(one.candidate, name=f"{noun} {name}", same=None))


def _unbracketed(one: Found) -> Found:
    """A mention that the grammar reads, without a bracket inside its name."""
    name = _without_bracket(one.candidate.name) if one.candidate else ""
    if one.candidate is None or name == one.candidate.name:
        return one
    return replace(one, candidate=replace(one.candidate, name=name))


def _as_team(reading: Reading, setting: Setting, one: Found) -> Found:
    """A mention of a team of athletes, whose head is that of units of the state, too.

    `đội bóng X` and `đội Thái Lan` are teams; `đội X` is one in news about sports, which a numbered unit is not.
    """
    candidate = one.candidate
    if candidate is None or candidate.owner or fold(candidate.rule) != _TEAM or candidate.kind not in _LIKE_TEAMS:
        return one
    start, end = reading.index(one.start), reading.index(one.end)
    said, own = kind_cues("first").longest(reading.words, start, end), reading.words[start + 1 : start + 2]
    of_sports = setting.is_sports and own and reading.capitals[start + 1] and not own[0].isdecimal()
    if of_sports or country_at(reading, start + 1, end) or (said and said[0] - start > 1 and said[1] is _SPORTS):
        return replace(one, candidate=replace(candidate, kind=_SPORTS))
    return one


def _is_of_whole(short: str, name: Name, whole: Name) -> bool:
    """Whether a short form after a unit and its whole is that of the whole: `Hội đồng trường Đại học Hoa Sen (HSU)`."""
    if spells(name, short):
        return False
    unit = inner(name.own)
    return spells(whole, short) or (unit is not None and unit.needs_whole and whole.kind in _WITH_COMMITTEES)


def _places_of(found: Sequence[Found], names: Sequence[Name | None]) -> Iterator[tuple[str, NamedPlace]]:
    """The places that bodies are named with, where the text does not print their unit: `Huyện ủy Mai Sơn`."""
    for one, name in zip(found, names, strict=True):
        place = name.place if name else None
        if name and place and place.name and not place.unit and (unit := unit_of_head(name) or unit_of_place(place)):
            yield unit, NamedPlace(one.start, place.name)


def _without_bracket(name: str) -> str:
    """A name without the short form of its own words that stands inside it, in a bracket, spelled out or not.

    >>> _without_bracket("Ủy ban An toàn giao thông (An toàn giao thông) Quốc gia")
    'Ủy ban An toàn giao thông Quốc gia'
    """
    inside = _BRACKET_INSIDE.search(name)
    if inside is None or not (inside[1].isupper() or fold(inside[1]) in fold(name[: inside.start()])):
        return name
    return f"{name[: inside.start()]} {name[inside.end() :]}"
