"""What the names of bodies look like: a head, its field, the body or the place it belongs to.

The heads and their fields are tables (`bodies.tsv`, `fields.tsv`, `known_bodies.tsv`); here stands how they combine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from vnextract.organisations.heads import (
    Head,
    body_words,
    ends_with,
    english_endings,
    fields,
    heads,
    kind_cues,
    known_bodies,
)
from vnextract.organisations.open_names import OpenRun, english_name, is_english
from vnextract.organisations.place_phrases import PlacePhrase, country_at, district_at, place_at
from vnextract.organisations.reading import Reading
from vnextract.records import Level, OrganisationKind
from vnextract.text.alignment import Span
from vnextract.text.document import Text

_LONGEST_TASK = 40
_LONGEST_WORLD = 9
_DIGITS = frozenset("23456789")
_OPEN_CLASSES = frozenset({"agency", "section"})
"""Classes of fields of which the table has only the commonest."""
_PARTS_OF_TITLES = ("Thường trực", "Hội đồng quản trị", "Hội đồng thành viên")
"""Heads that after a post belong to it: `Chủ tịch HĐQT Công ty …`."""
_SEATED = ("Đại sứ quán", "Tổng Lãnh sự quán", "Lãnh sự quán", "Trung tâm Văn hóa")
"""Foreign bodies whose name goes on with where they are."""
_KEPT_ABROAD = frozenset(
    {
        OrganisationKind.PARTY,
        OrganisationKind.SPORTS,
        OrganisationKind.COMPANY,
        OrganisationKind.MEDIA,
        OrganisationKind.ASSOCIATION,
    }
)
"""Kinds that a foreign body keeps; all others are international."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that the grammar takes for the name of a body, in offsets of the normalised text."""

    start: int
    end: int
    kind: OrganisationKind | None
    """None where the grammar cannot tell."""
    level: Level
    rule: str
    """Name of the head, as in the tables."""
    closed: bool
    """True where grammar alone settles the body and its bounds; False where the right bound is a guess."""
    name: str
    """Head and field, abbreviations spelled out, without place and owner."""
    place: PlacePhrase | None = None
    owner: "Candidate | None" = None
    """The body that this one is part of, where it is printed inside the name."""
    country: str | None = None
    takes_place: bool = False
    """Whether the full name has a place."""
    takes_country: bool = False
    """Whether it may be a foreign body whose country is not printed again."""
    takes_owner: bool = False
    """Whether it may be part of a larger body."""
    same: str | None = None
    """What the spellings of a known body share."""
    short: bool = False
    """Whether it is a short form that means nothing unless the article names the body in full."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A candidate with the index after its last word; no candidate where the words only look like a body."""

    end: int
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class _Field:
    """The field of a body, with the indices of its first word and after its last."""

    start: int
    end: int
    words: str
    closed: bool
    mixed: bool = True
    """Whether it has words usual in names, not only a proper name."""
    spelled_out: bool = False
    """Whether the table gives more words than are printed: `Bộ Giáo dục` for `Bộ Giáo dục và Đào tạo`."""


class Grammar:
    """Reads bodies off one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.barred: list[Span] = []
        """Stretches that look like a body and are none."""

    def candidates(self) -> list[Candidate]:
        """All bodies, left to right, none inside another."""
        found: list[Candidate] = []
        reading, opening, known, endings = self.reading, heads(), known_bodies(), english_endings()
        at, count = 0, len(reading)
        while at < count:
            word = reading.words[at]
            match = None
            if (word in opening or word in known) and reading.begins(at) and not self._is_inside(at):
                match = self.match(at, reading.line_end(at))
            elif word in endings:
                match = self._english(at, found)
            if match is None:
                at += 1
                continue
            if match.candidate:
                found.append(match.candidate)
            else:
                self.barred.append(Span(reading.starts[at], reading.ends[match.end - 1]))
            at = match.end
        return found

    def _is_inside(self, at: int) -> bool:
        """Whether a word is the end of something else: a document's number (`12/QĐ-UBND`), a compound (`thông báo`)."""
        reading = self.reading
        if reading.tight(at) and reading.words[at - 1] in ("-", "/"):
            return True
        return not reading.capital(at) and ends_with(reading.words, at + 1, body_words("compound"))

    def match(self, at: int, limit: int) -> _Match | None:
        """The body that begins at a word: the longest of what heads and the list of known bodies give."""
        headed, known = self._headed(at, limit), self._known(at, limit)
        if headed and known:
            return known if known.end >= headed.end else headed
        return headed or known

    def _known(self, at: int, limit: int) -> _Match | None:
        reading = self.reading
        found = known_bodies().longest(reading.words, at, limit)
        if found is None:
            return None
        end, body = found
        if body.doubtful:
            return None
        start, stop = reading.starts[at], reading.ends[end - 1]
        printed = reading.norm[start:stop]
        if not reading.begins(end) or printed not in body.forms:
            return None
        longer = english_name(reading, at, limit)
        if longer and longer[0] > end:
            return self._foreign(at, *longer)
        name = body.name or printed
        return _Match(end, Candidate(start, stop, body.kind, Level.NONE, "known", True, name, same=body.same))

    def _english(self, at: int, found: Sequence[Candidate]) -> _Match | None:
        """A foreign name that has a telling word at its end, or at its beginning; it may begin some words before."""
        reading, first = self.reading, at
        floor = max(reading.line_start(at), at - 7)
        last = found[-1].end if found else 0
        while first > floor and reading.starts[first - 1] >= last and is_english(reading, first - 1):
            first -= 1
        while first < at and not reading.capital(first):
            first += 1
        name = english_name(reading, first, reading.line_end(at))
        return self._foreign(first, *name) if name and name[0] > at else None

    def _foreign(self, at: int, end: int, kind: OrganisationKind) -> _Match:
        reading = self.reading
        name = reading.name(at, end, as_printed=True)
        return _Match(
            end, Candidate(reading.starts[at], reading.ends[end - 1], kind, Level.NONE, "foreign", False, name)
        )

    def _headed(self, at: int, limit: int) -> _Match | None:
        """The longest reading of the longest head that has one."""
        for after, rows in reversed(heads().prefixes(self.reading.words, at, limit)):
            matches = [match for head in rows if (match := self._read(head, at, after, limit))]
            if matches:
                return max(matches, key=lambda match: (match.end, bool(match.candidate and match.candidate.closed)))
        return None

    def _read(self, head: Head, at: int, after: int, limit: int) -> _Match | None:
        if head.barred:
            return _Match(after, None) if self.reading.begins(after) else None
        if head.name.startswith(_PARTS_OF_TITLES) and self._after_post(at):
            return None
        if not head.field:
            return self._tail(head, at, _Field(after, after, "", True), limit)
        field = self._field(head, at, after, limit)
        return self._tail(head, at, field, limit) if field else None

    def _after_post(self, at: int) -> bool:
        return ends_with(self.reading.words, at, body_words("post"), 3)

    def _field(self, head: Head, start: int, at: int, limit: int) -> _Field | None:
        if head.field == "task":
            return self._task(at, limit) if self.reading.capital(start) else None
        if head.field == "world":
            return self._world(at, limit)
        if head.field not in ("open", "words", "inner"):
            found = fields(head.field).longest(self.reading.words, at, limit)
            if found and self.reading.begins(found[0]):
                words = found[1] or self.reading.name(at, found[0])
                return _Field(at, found[0], words, True, spelled_out=bool(found[1]))
            if head.field not in _OPEN_CLASSES:
                return None
        run = OpenRun(self.reading, at, limit)
        end = run.end()
        if end == at or (head.field != "open" and not run.has_words):
            return None
        return _Field(at, end, self.reading.name(at, end, as_printed=True), False, run.has_words)

    def _task(self, at: int, limit: int) -> _Field | None:
        """The long name of a committee, up to the place that it belongs to."""
        reading, stops, units = self.reading, body_words("task stop"), body_words("unit word")
        for index in range(at, min(limit, at + _LONGEST_TASK)):
            if stops.longest(reading.words, index, limit):
                return None
            if (
                index > at + 1
                and reading.words[index - 1] != "và"
                and reading.capital(index)
                and self._owner(index, limit, False)
            ):
                return _Field(at, index, reading.name(at, index), True)
            if index > at and reading.words[index] in units:
                place = place_at(reading, index, limit)
                if place and place.unit:
                    return _Field(at, index, reading.name(at, index), True)
        return None

    def _world(self, at: int, limit: int) -> _Field | None:
        """The field of an international body, up to the words that say so."""
        reading, ends, stops = self.reading, body_words("world"), body_words("task stop")
        if at >= limit or not reading.capital(at):
            return None
        for index in range(at, min(limit, at + _LONGEST_WORLD)):
            if stops.longest(reading.words, index, limit):
                return None
            if reading.capital(index) and (end := ends.longest(reading.words, index, limit)):
                return _Field(at, end[0], reading.name(at, end[0]), True)
        return None

    def _tail(self, head: Head, at: int, field: _Field, limit: int) -> _Match | None:
        after = field.end
        owner = self._owner(after, limit, any_bounds=head.kind is None) if head.takes("o") else None
        abroad = None if owner or not head.takes("c") else country_at(self.reading, after, limit)
        place = None if owner or abroad else self._place(head, after, limit)
        end = owner.end if owner else abroad[0] if abroad else place.end if place else after
        if abroad and head.name in _SEATED:
            abroad = self._seat(abroad, limit)
            end = abroad[0]
        number = ""
        if end == after and head.takes("n") and (numbered := self._numbered(after, limit)):
            end, number = numbered
        if end == after and (head.needs_tail or not self._is_name(head, at, field)):
            return None
        if end == after and head.alone == "short" and (end >= limit or self.reading.capital(end)):
            return None
        if not self.reading.begins(end) or not self._definite(head, at, end, place, owner):
            return None
        name = " ".join(filter(None, (head.name, field.words, number)))
        candidate = self._candidate(
            head, at, field.start, end, name, field, place, owner, abroad[1] if abroad else None
        )
        return _Match(end, candidate)

    def _seat(self, abroad: tuple[int, str], limit: int) -> tuple[int, str]:
        """A country with the place of its representation: `Ấn Độ tại Việt Nam`."""
        end, country = abroad
        if end >= limit or self.reading.words[end] != "tại":
            return abroad
        seat = country_at(self.reading, end + 1, limit)
        if seat:
            return seat[0], f"{country} tại {seat[1]}"
        place = place_at(self.reading, end + 1, limit)
        return (place.end, f"{country} tại {place}") if place and place.name else abroad

    def _place(self, head: Head, at: int, limit: int) -> PlacePhrase | None:
        if head.takes("d") and (district := district_at(self.reading, at, limit)):
            return district
        return place_at(self.reading, at, limit) if head.takes("p") or head.takes("d") else None

    def _owner(self, at: int, limit: int, any_bounds: bool) -> _Match | None:
        """The body that the head is part of; one with open bounds only where the head says nothing without it."""
        if at >= limit or self.reading.words[at] not in heads():
            return None
        match = self.match(at, limit)
        if match is None or match.candidate is None:
            return None
        if match.candidate.short and match.candidate.rule not in ("Bộ", "Sở"):
            return None
        return match if match.candidate.closed or any_bounds else None

    def _numbered(self, at: int, limit: int) -> tuple[int, str] | None:
        """A number, Arabic or Roman, or a region as part of a name: `Quân khu 5`, `khu vực II`."""
        reading = self.reading
        if at < limit and (reading.words[at].isdigit() or set(reading.words[at]) <= set("ivx")):
            return at + 1, reading.forms[at]
        if at < limit and reading.words[at] == "khu":
            at += 2
        region = body_words("region").longest(reading.words, at, limit)
        return (region[0], reading.name(at, region[0])) if region else None

    def _is_name(self, head: Head, at: int, field: _Field) -> bool:
        """Whether head and field name a body with nothing after them: not `công ty Mỹ`, `trung tâm Hà Nội`."""
        if not field.words or field.closed or self.reading.capital(at):
            return True
        if not self.reading.capital(field.start):
            return False
        whole = place_at(self.reading, field.start, field.end)
        abroad = country_at(self.reading, field.start, field.end)
        return not (whole and whole.end == field.end) and not (abroad and abroad[0] == field.end)

    def _definite(self, head: Head, at: int, end: int, place: PlacePhrase | None, owner: _Match | None) -> bool:
        """Whether the words name one body: printed with a capital or with whose it is, and not in the plural."""
        reading = self.reading
        if not (owner or (place and place.name)) and self._plural(head, at, end):
            return False
        if head.alone == "any" or any(map(str.isupper, reading.norm[reading.starts[at] : reading.ends[end - 1]])):
            return True
        return place is not None and place.level is not Level.COMMUNE

    def _plural(self, head: Head, at: int, end: int) -> bool:
        """Whether the words around speak of such bodies in general: `các sở`, `HĐND các cấp`."""
        reading = self.reading
        line = reading.line_start(at)
        before = at > line and not reading.capital(at - 1) and ends_with(reading.words, at, body_words("plural"), 2)
        before |= at > line and reading.words[at - 1] in _DIGITS
        after = head.takes("p") and body_words("plural after").longest(reading.words, end, reading.line_end(at))
        return before or bool(after)

    def _inner_kind(self, field: _Field, first: int) -> OrganisationKind:
        """The kind of a centre or an institute, by the first telling word of its field."""
        for at in range(first, field.end):
            if cue := kind_cues("inside").longest(self.reading.words, at, field.end):
                return cue[1]
        return OrganisationKind.GOVERNMENT

    def _candidate(
        self,
        head: Head,
        at: int,
        after: int,
        end: int,
        name: str,
        field: _Field,
        place: PlacePhrase | None,
        owner: _Match | None,
        country: str | None,
    ) -> Candidate:
        whole = owner.candidate if owner else None
        kind = head.kind or (whole.kind if whole else None)
        foreign = country if country and not country.startswith("Việt Nam") else None
        if foreign and field.spelled_out:
            name = f"{head.name} {self.reading.name(field.start, field.end)}"
        if foreign and (kind not in _KEPT_ABROAD or head.name.startswith("Quân ủy")):
            kind = OrganisationKind.INTERNATIONAL
        elif country and not foreign and kind is OrganisationKind.INTERNATIONAL:
            kind = OrganisationKind.GOVERNMENT
        elif head.field == "inner" and not whole:
            kind = self._inner_kind(field, after)
        elif kind is OrganisationKind.SPORTS and head.field == "open" and field.mixed:
            kind = OrganisationKind.ASSOCIATION
        short = head.alone == "short" and end == field.end
        level = place.level if place else whole.level if whole else Level.NONE if foreign else head.level
        return Candidate(
            start=self.reading.starts[at],
            end=self.reading.ends[end - 1],
            kind=kind,
            level=level,
            rule=head.name,
            closed=field.closed or end > field.end,
            name=name,
            place=place,
            owner=whole,
            country=country,
            takes_place=(head.takes("p") or head.takes("d")) and field.closed,
            takes_country=head.takes("c"),
            takes_owner=head.takes("o"),
            short=short,
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the grammar makes of a text."""

    reading: Reading
    candidates: list[Candidate]
    barred: list[Span]


_PARSED: WeakKeyDictionary[Text, Parsed] = WeakKeyDictionary()


def parse(text: Text) -> Parsed:
    """Read a text by the grammar, once."""
    parsed = _PARSED.get(text)
    if parsed is None:
        grammar = Grammar(Reading(text.norm, text.syllables))
        parsed = _PARSED[text] = Parsed(grammar.reading, grammar.candidates(), grammar.barred)
    return parsed


def candidates(text: Text) -> list[Candidate]:
    """Every body that grammar and lexicon find in a text, in order, none overlapping another.

    >>> from vnextract.text.document import Text
    >>> text = Text("Phó Chủ tịch UBND tỉnh Lai Châu; Phòng Cảnh sát hình sự Công an tỉnh Sơn La")
    >>> [text.norm[found.start : found.end] for found in candidates(text)]
    ['UBND tỉnh Lai Châu', 'Phòng Cảnh sát hình sự Công an tỉnh Sơn La']
    """
    return parse(text).candidates
