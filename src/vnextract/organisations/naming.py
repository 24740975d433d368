"""Which body a mention names: its full name, read from the rest of the article where its own words leave it open."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from vnextract.lexicon.places import find_province
from vnextract.lexicon.register import find, levels_of, template
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.names.bodies import OF_STATE, kind_abroad
from vnextract.names.candidates import Candidate
from vnextract.names.decide import Found
from vnextract.names.heads import body_words, english_endings, heads, known_bodies
from vnextract.names.places import PlacePhrase, country_at, place_at
from vnextract.names.reading import Reading, capitalised
from vnextract.organisations.full_names import FullNames, Name, base_name, owned
from vnextract.organisations.kinds import in_one_list, kind_of, usual_kind
from vnextract.organisations.setting import Setting
from vnextract.organisations.whose import Wholes
from vnextract.records import Level, OrganisationKind
from vnextract.text.normalise import fold

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
"""Kinds of bodies that are also called by a part of their name."""
_MINISTRIES = frozenset({OrganisationKind.GOVERNMENT, OrganisationKind.INTERNATIONAL})
_LISTED = re.compile(r",? | và |, |; | - | – ")
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
_CODE = re.compile(r"P?[A-Z]\d\d[A-Z]?")
"""Codes of the departments of the police: `C08`, `PC02`."""
_THE_PARTY = "Đảng Cộng sản Việt Nam"
_STATE_TOO = re.compile(
    r"(?:(?:,| và| cùng) (?:Nhà nước|Chính phủ|Quốc hội|Quân đội|[Nn]hân dân(?: các bộ tộc)?)){1,4}"
    r" (?:CHDCND |Cộng hòa [Dd]ân chủ [Nn]hân dân )?"
)
"""What stands between a party and the country that it governs."""
_CLUB = "Câu lạc bộ"
_SHORTEST_INITIALS = 3
"""Letters from which initials stand for words that may be Vietnamese."""
_COMPANY = "công ty "
"""What stays of the legal form of a company in the short form of its name."""
_LEGAL_FORMS = frozenset({"group", "corporation", "corp", "inc", "holdings", "company"})
_SHORTEST_HEADED = 2
_FAR_BACK = 200
"""Mentions that a short form may look back over."""
_LONGEST_LIST = 12
"""Bodies that may share the place or the owner of the last one."""
_SHORTEST_SHARED = 3
"""Letters that a name has at least to be taken for the short form of a longer one."""


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
        day: date | None = None,
    ) -> None:
        self._day = day
        self._reading, self._setting, self._found, self._defined = reading, setting, found, defined
        self._full = FullNames(reading, setting)
        self._explicit = [self._by_own_words(one) for one in found]
        self._take_known_kinds()
        self._told_kinds: dict[int, OrganisationKind | None] = {}
        self._usual: OrganisationKind | None = None
        self._places = {one.start: index for index, one in enumerate(found)}
        self._names: list[Name | None] = []
        self._last: dict[str, Name] = {}
        """The last body named so far that says whose it is, by head."""
        self._later: dict[str, list[int]] = defaultdict(list)
        """Mentions whose own words say whose the body is, by head."""
        for index, name in enumerate(self._explicit):
            if name and name.whose:
                self._later[name.head].append(index)

    def names(self) -> list[Name | None]:
        """A name per mention; None for a short form that the article never spells out."""
        for index, one in enumerate(self._found):
            name = self._explicit[index] or self._from_context(index, one)
            if name and not (name.whose or self._is_defined(one)):
                name = self._of_the_place(index, name) or name
            self._names.append(name)
            if name and name.whose:
                self._last[name.head] = name
        self._names = Wholes(self._reading, self._found, self._names, self._day).names()
        self._share_short_forms()
        return self._names

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
                self._explicit[index] = replace(name, kind=kind)

    def _by_own_words(self, one: Found) -> Name | None:
        candidate = one.candidate
        if candidate is None or self._is_defined(one) or self._headed_short_form(one):
            return None
        if candidate.name == _THE_PARTY and (abroad := self._party_abroad(one)):
            return abroad
        bare = fold(candidate.name) in _SHORTENED and not (candidate.place or candidate.owner or candidate.country)
        return None if bare else self._full.of(candidate)

    def _from_context(self, index: int, one: Found) -> Name | None:
        if self._is_defined(one):
            return self._by_definition(self._reading.norm[one.start : one.end])
        if headed := self._headed_short_form(one):
            return self._with_head(*headed)
        if one.candidate is None:
            return self._plain(index, one)
        if one.candidate.short:
            return self._short(index, one.candidate)
        return self._implied(index, one.candidate)

    # Bodies whose words leave open whose they are.

    def _implied(self, index: int, candidate: Candidate) -> Name | None:
        if candidate.owner:
            owner = self._whole(index, candidate.owner)
            return owned(candidate, owner) if owner else None
        base = base_name(candidate)
        if candidate.place and candidate.place.unit:
            offset = self._found[index].start
            return self._full.beside(base, candidate.place.unit, candidate.place.level, offset)
        return (
            self._shared_place(index, candidate, base)
            or self._shared_country(index, candidate, base)
            or self._same_head(
                base.head, index, candidate.takes_country, candidate.takes_country and self._is_ours(base)
            )
            or self._abroad(index, candidate, base)
            or self._local(index, candidate, base)
        )

    def _whole(self, index: int, owner: Candidate) -> Name | None:
        if owner.short:
            return self._antecedent(index, owner)
        return self._full.of(owner) or self._implied(index, owner)

    def _shared_place(self, index: int, candidate: Candidate, base: Name) -> Name | None:
        """A body in a list that shares the place of a later one: `HĐND, UBND tỉnh`."""
        if not candidate.takes_place:
            return None
        place = None if base.head.endswith(" việt nam") and not self._of_places(base) else self._place_of_list(index)
        if place is None or (candidate.rule == "Sở" and place.level is not Level.PROVINCE):
            return None
        if self._full.says_unit(base) and place.level is not candidate.level:
            return None
        if place.name is None and place.unit:
            return self._full.beside(base, place.unit, place.level, self._found[index].start)
        return self._full.placed(base, place)

    @staticmethod
    def _of_places(base: Name) -> bool:
        """Whether provinces, districts or communes have a body of that name."""
        return any(template(base.text, level) for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE))

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

    def _shared_country(self, index: int, candidate: Candidate, base: Name) -> Name | None:
        """A ministry in a list that shares the country of the last one: `Bộ Ngoại giao, Quốc phòng Trung Quốc`."""
        if not candidate.takes_country:
            return None
        for later in self._list_after(index):
            if later.candidate is None or later.candidate.rule != candidate.rule:
                return None
            if country := later.candidate.country:
                return None if country.startswith("Việt Nam") else _of_country(base, country)
        return None

    def _list_after(self, index: int) -> Iterator[Found]:
        """The further bodies of a list that a mention begins or continues."""
        for at in range(index + 1, min(index + _LONGEST_LIST, len(self._found))):
            between = self._reading.norm[self._found[at - 1].end : self._found[at].start]
            if not _LISTED.fullmatch(between):
                return
            yield self._found[at]

    def _same_head(self, head: str, index: int, abroad: bool = False, ours: bool = False) -> Name | None:
        """The nearest body of the same head and field: the last one before a mention, else the first one after it.

        A body that may be `abroad` is the same only where the article is about that country, and one that may be
        `ours` only where the country was printed before.
        """
        name = self._last.get(head)
        if name is None and not ours:
            later = self._later.get(head, [])
            at = bisect_right(later, index)
            name = self._explicit[later[at]] if at < len(later) else None
        if name and abroad and name.whose != fold(self._setting.country or ""):
            return None
        return name

    def _abroad(self, index: int, candidate: Candidate, base: Name) -> Name | None:
        """A body of state in an article that is about one foreign country and never about Viet Nam.

        One that Viet Nam has too is taken for a foreign one only where the country was named before.
        """
        country = self._setting.country
        if (
            country is None
            or base.head.startswith("đảng")
            or (self._is_ours(base) and not self._is_led_to(index, base))
        ):
            return None
        if not (candidate.closed and candidate.takes_country) or " và " in base.head:
            return None
        if candidate.kind is not OrganisationKind.INTERNATIONAL and not self._setting.is_foreign:
            return None
        return _of_country(base, country)

    def _is_led_to(self, index: int, base: Name) -> bool:
        """Whether the text leads to a body of the foreign country that it is about.

        It does where it has named a body of that country's state before, or the country alone and the body is no
        ministry; and never once it has named a body of Viet Nam.
        """
        before, whose = self._names[:index], fold(self._setting.country or "")
        if any(name and not name.whose and self._is_ours(name) for name in before):
            return False
        if any(name and name.whose == whose and name.kind is OrganisationKind.INTERNATIONAL for name in before):
            return True
        ours = find(base.text, day=self._day)
        ministry = ours is not None and ours.parent is not None and ours.kind is OrganisationKind.GOVERNMENT
        return not ministry and self._setting.country_from < self._found[index].start

    def _is_ours(self, base: Name) -> bool:
        """Whether Viet Nam has a body of that name."""
        return find(base.text, day=self._day) is not None

    def _local(self, index: int, candidate: Candidate, base: Name) -> Name:
        """The body of the province, district or commune that the article is about."""
        if base.head in _SHORTENED:
            return self._antecedent(index, candidate) or self._of_home(base)
        if not candidate.takes_place:
            return base
        if candidate.level is Level.PROVINCE:
            return self._full.at_home(base)
        if candidate.level in (Level.DISTRICT, Level.COMMUNE):
            return self._nearest(index, candidate.level, base)
        return base

    def _of_home(self, base: Name) -> Name:
        """A procuracy or court of the province that the article is about."""
        if base.kind is not OrganisationKind.JUDICIARY or self._setting.home is None:
            return base
        text = base.text if base.text.endswith("nhân dân") else f"{base.text} nhân dân"
        return self._full.at_home(replace(base, text=text, head=fold(text)))

    def _nearest(self, index: int, level: Level, base: Name) -> Name:
        """With the nearest district or commune, of the unit that the head says: `Huyện ủy` of a `huyện`."""
        said = {"huyện": "huyện", "quận": "quận", "thị": "thị xã"}.get(base.head.split()[0])
        units = [said] if said else self._setting.units(level)
        offset = self._found[index].start
        found = [(self._setting.nearest_place(unit, offset), unit) for unit in units]
        near = [(abs(place.offset - offset), place.name, unit) for place, unit in found if place]
        if not near:
            return base
        _, name, unit = min(near)
        return self._full.placed(base, PlacePhrase(0, unit, name, level))

    # Short forms.

    def _short(self, index: int, candidate: Candidate) -> Name | None:
        """A short form: the whole of the list that it stands in, or the last body of that head."""
        if candidate.takes_owner:
            for later in self._list_after(index):
                if later.candidate and later.candidate.owner:
                    owner = self._whole(index, later.candidate.owner)
                    kind = candidate.kind or (owner.kind if owner else None)
                    return owned(replace(candidate, kind=kind), owner) if owner else None
            if same := self._same_head(fold(candidate.name), index):
                return same
        return self._antecedent(index, candidate)

    def _antecedent(self, index: int, candidate: Candidate) -> Name | None:
        """The last body whose name begins with the short form: `Bộ` after `Bộ Y tế`."""
        state = candidate.rule in ("Bộ", "Sở")
        return self._beginning_with(fold(candidate.name), state) or self._same_head(fold(candidate.name), index)

    def _beginning_with(self, head: str, state: bool = False) -> Name | None:
        """The last name that begins so, of a body of `state` only where asked."""
        for name in self._names[: -_FAR_BACK - 1 : -1]:
            if name and name.head.startswith(f"{head} ") and (not state or name.kind in _MINISTRIES):
                return name
        return None

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

    def _with_head(self, head: str, short: str) -> Name | None:
        """The name that a short form stands for; that of a club keeps its head."""
        name = self._by_definition(short)
        if name is None or head != _CLUB or name.head.startswith(fold(head)):
            return name
        text = f"{head} {name.text}"
        return replace(name, text=text, head=fold(text), kind=OrganisationKind.SPORTS, level=Level.NONE)

    def _party_abroad(self, one: Found) -> Name | None:
        """The party of another country: `Đảng và Nhà nước Lào`."""
        reading = self._reading
        follows = _STATE_TOO.match(reading.norm, one.end)
        at = reading.index(follows.end()) if follows else len(reading)
        country = country_at(reading, at, len(reading))
        party = _ruling_parties().get(country[1]) if country else None
        return Name(party, OrganisationKind.PARTY, Level.NONE, fold(party)) if party else None

    def _by_definition(self, short: str) -> Name | None:
        """The name of the mention that the article explains a short form with."""
        full = self._defined[short]
        at = self._places[full.start]
        name = self._names[at] if at < len(self._names) else self._explicit[at]
        if name and name.owner and _spells(name.owner, short) and not _spells(name, short):
            return name.owner
        return name or self._plain(at, full)

    # Names that the grammar does not know.

    def _plain(self, index: int, one: Found) -> Name | None:
        reading = self._reading
        start, end = reading.index(one.start), reading.index(one.end)
        text = reading.name(start, end, as_printed=True)
        head = heads().longest(reading.words, start, end)
        if head and head[0] == end and (last := self._beginning_with(fold(text))):
            return last
        known = known_bodies().longest(reading.words, start, end)
        if known and known[0] == end and known[1].name:
            text = known[1].name
        if coded := self._by_code(text):
            return coded
        kind = self._told_kind(one) or self._kind_in_list(index, start) or self._usual_kind()
        text = self._without_country(text, start, end)
        text = text.replace(" & ", " và ") if kind in OF_STATE else text
        name = Name(capitalised(text), kind, Level.NONE, fold(text))
        return self._with_unit(name, start, end, one.start) or name

    def _told_kind(self, one: Found) -> OrganisationKind | None:
        """What a name and the words before it say of its kind."""
        if one.start not in self._told_kinds:
            start, end = self._reading.index(one.start), self._reading.index(one.end)
            self._told_kinds[one.start] = kind_of(self._reading, start, end)
        return self._told_kinds[one.start]

    def _usual_kind(self) -> OrganisationKind:
        """What a bare name means in this article."""
        if self._usual is None:
            told = (
                name.kind if name else self._told_kind(one)
                for name, one in zip(self._explicit, self._found, strict=True)
                if name or one.candidate is None
            )
            self._usual = usual_kind(filter(None, told))
        return self._usual

    def _kind_in_list(self, index: int, start: int) -> OrganisationKind | None:
        """The kind of the body before a name in one list: `Trường Chu Văn An, Lê Lợi và Trần Phú`."""
        last = self._names[index - 1] if 0 < index <= len(self._names) else None
        end = self._reading.index(self._found[index - 1].end) if last else start
        return last.kind if last and in_one_list(self._reading, end, start) else None

    def _by_code(self, text: str) -> Name | None:
        """The unit of the police that a code stands for: `PC02`."""
        if not _CODE.fullmatch(text):
            return None
        body = find(text, day=self._day) or template(text, Level.PROVINCE, day=self._day)
        return Name(body.name, body.kind, body.level, fold(body.name)) if body else None

    def _without_country(self, text: str, start: int, end: int) -> str:
        """A name without the country that stands between its head and its own name: `Tập đoàn Mỹ Navistar`."""
        head = heads().longest(self._reading.words, start, end)
        land = country_at(self._reading, head[0], end) if head else None
        if head is None or land is None or land[0] >= end or land[1] == "Việt Nam":
            return text
        own = self._reading.name(land[0], end, as_printed=True)
        if not own[0].isupper() or is_vietnamese(own.split()[0]):
            return text
        return f"{self._reading.name(start, head[0], as_printed=True)} {own}"

    def _of_the_place(self, index: int, name: Name) -> Name | None:
        """A body that only one level of places has, with the place of that level."""
        levels = levels_of(name.text)
        row = template(name.text, next(iter(levels))) if len(levels) == 1 else None
        if row is None or row.joined != "place":
            return None
        base = replace(name, kind=row.kind, level=row.level)
        if row.level is Level.PROVINCE:
            return self._full.at_home(base)
        return self._nearest(index, row.level, base)

    def _with_unit(self, name: Name, start: int, end: int, offset: int) -> Name | None:
        """A name that ends in a unit alone, with the place it means: `Hội Khuyến học tỉnh`."""
        for at in range(max(start + 1, end - 2), end):
            place = place_at(self._reading, at, end)
            if place and place.end == end and place.unit and place.name is None:
                text = capitalised(self._reading.name(start, at, as_printed=True))
                return self._full.beside(replace(name, text=text, head=fold(text)), place.unit, place.level, offset)
        return None

    def _share_short_forms(self) -> None:
        """Gives a name without its head the full name that the article prints elsewhere."""
        full = {name.head: name for name in self._names if name and name.kind in _OWN_NAMED and " " in name.head}
        shared = dict(self._shared(full))
        for index, one in enumerate(self._names):
            if one and not one.whose and one.head in shared and not self._is_whole(one):
                self._names[index] = shared[one.head]

    def _is_whole(self, name: Name) -> bool:
        """Whether a name of several words is that of a body of the register, and so short for no other."""
        return " " in name.text and find(name.text, day=self._day) is not None

    def _shared(self, full: Mapping[str, Name]) -> Iterator[tuple[str, Name]]:
        """Heads that are short for one longer name of the article only, with that name."""
        ones = {name.head: name for name in self._names if name and name.kind in _OWN_NAMED}
        longer: dict[str, dict[tuple[str, str], Name]] = defaultdict(dict)
        for head, name in full.items():
            for short in {*_parts(head, ones), *_initials(head, ones), *_outlines(head)}:
                if short in ones and short != head and short not in english_endings():
                    longer[short][name.key] = name
        for short, names in longer.items():
            if len(names) == 1:
                yield short, next(iter(names.values()))


def _spells(name: Name, short: str) -> bool:
    """Whether a name's initials end in a short form."""
    letters = "".join(word[0] for word in fold(name.own or name.text).split())
    return letters.endswith(fold(short))


def _parts(head: str, ones: Mapping[str, Name]) -> Iterator[str]:
    """Names that are words of a longer one: `Mizuho` of `Ngân hàng Mizuho`."""
    words = head.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = " ".join(words[start:end])
            one = ones.get(part) if len(part) >= _SHORTEST_SHARED else None
            if one and (not one.known or _goes_on(part, head)):
                yield part


def _initials(head: str, ones: Mapping[str, Name]) -> Iterator[str]:
    """Acronyms that the initials of a name make, its head word aside: `GE` of `Tập đoàn General Electric`."""
    words = head.split()
    for own in (words, _own_words(words)):
        letters = "".join(word[0] for word in own)
        one = ones.get(letters)
        foreign = len(letters) >= _SHORTEST_INITIALS or not any(map(is_vietnamese, own))
        if one and len(letters) > 1 and one.text.isupper() and foreign:
            yield letters


def _outlines(head: str) -> Iterator[str]:
    """A name with head and own name alone: `Tập đoàn DOJI` of `Tập đoàn Vàng bạc Đá quý DOJI`."""
    words = head.split()
    own = _own_words(words)
    for start in range(len(own)):
        if find_province(rest := " ".join(own[start:])) is None:
            yield " ".join([*words[: len(words) - len(own)], rest])
            if head.startswith(_COMPANY):
                yield f"{_COMPANY}{rest}"


def _own_words(words: Sequence[str]) -> Sequence[str]:
    """The words after the head of a name; none where it has no head."""
    head = heads().longest(words, 0)
    return words[head[0] :] if head else ()


def _goes_on(short: str, long: str) -> bool:
    """Whether a longer name has but a head or a word such as `Group` more than a known body's."""
    return long.split()[0] in heads() or long.removeprefix(f"{short} ") in _LEGAL_FORMS


def _of_country(base: Name, country: str) -> Name:
    kind = kind_abroad(base.kind, base.text, country) or base.kind
    return replace(base, text=f"{base.text} {country}", whose=fold(country), kind=kind)
