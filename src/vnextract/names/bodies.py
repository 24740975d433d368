"""What the names of bodies look like: a head, its field, the body or the place it belongs to.

The heads and their fields are tables (`bodies.tsv`, `fields.tsv`, `known_bodies.tsv`); here stands how they combine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from vnextract.names.candidates import Candidate, Match
from vnextract.names.fields import Field, FieldReader
from vnextract.names.heads import (
    Head,
    KnownBody,
    body_words,
    ends_with,
    english_endings,
    heads,
    heads_of,
    kind_cues,
    known_bodies,
    names_an_event,
)
from vnextract.names.open_names import english_name, is_english
from vnextract.names.places import country_at, place_at
from vnextract.names.reading import Reading, capitalised
from vnextract.names.tails import Tail, TailReader
from vnextract.records import Level, OrganisationKind
from vnextract.text.alignment import Span
from vnextract.text.document import Text

__all__ = ["Candidate", "Grammar", "Parsed", "parse"]

_DEEPEST = 5
"""How many bodies may be parts of each other in one name."""
_SHORTEST_LONG_NAME = 3
"""Words beyond which the words of a known name mean nothing else, whatever their capitals."""
_LONGEST_COUNTRY = 4
_ALSO_SYLLABLES = frozenset({"anh", "đức"})
"""Countries whose names are syllables of other names, too."""
_WITH_ANOTHER = frozenset({"-", "–", "việt"})
"""What stands before a country that shares a body with another: `Bệnh viện Việt Pháp`."""
_DIGITS = frozenset("23456789")
_ANY_FIELD = frozenset({"open", "words", "inner", "task", "section", "ward", "agency", "office"})
"""Classes of fields of which no table has all."""
_OWN_KIND = frozenset({"open", "words", "task"})
"""Classes of fields whose bodies have a kind of their own, whatever larger body they are part of."""
_LONGEST_LEAD = 10
"""Words between a head and the colon before the bodies that share it."""
_SHARING = 8
"""Words before a part of a name in which its head may stand."""
_SHARED_HEADS = {"Bộ": "ministry", "Sở": "department"}
"""Heads that stand once before several fields, with the class of the fields."""
_PARTS_OF_TITLES = ("Thường trực", "Hội đồng quản trị", "Hội đồng thành viên")
"""Heads that after a post belong to it: `Chủ tịch HĐQT Công ty …`."""
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
OF_STATE = frozenset(
    {
        OrganisationKind.GOVERNMENT,
        OrganisationKind.LEGISLATURE,
        OrganisationKind.JUDICIARY,
        OrganisationKind.POLICE,
        OrganisationKind.MILITARY,
    }
)
"""Kinds of the bodies of a state."""


_JOINING = frozenset({"của", "thuộc", "các"})
"""Words before the larger body or the place that no full name has: `Hội đồng thẩm định giá đất của tỉnh Nghệ An`."""


@cache
def _openings() -> frozenset[str]:
    """The words that heads and known bodies begin with."""
    return frozenset((*heads().firsts, *known_bodies().firsts))


class Grammar:
    """Reads bodies off one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.barred: list[Span] = []
        """Stretches that look like a body and are none."""
        self._matches: dict[tuple[int, int], Match | None] = {}
        self._depth = 0
        self._fields = FieldReader(reading)
        self._tails = TailReader(reading)

    def candidates(self) -> list[Candidate]:
        """All bodies, left to right, none inside another."""
        found: list[Candidate] = []
        reading, opening, endings, free = self.reading, _openings(), english_endings(), 0
        for at in [at for at, word in enumerate(reading.words) if word in opening or word in endings]:
            if at < free:
                continue
            match = None
            if reading.words[at] in opening and reading.begins(at) and not self._is_inside(at):
                match = self.match(at, reading.line_end(at))
            elif reading.words[at] in endings:
                match = self._english(at, found)
            if match is None:
                continue
            free = match.end
            if match.candidate is None:
                self.barred.append(Span(reading.starts[at], reading.ends[match.end - 1]))
                continue
            found.append(match.candidate)
            for sibling in self._siblings(match):
                found.append(sibling)
                free = reading.index(sibling.end)
        return found

    def reads(self, start: int, end: int) -> Candidate | None:
        """The body that a stretch of the text names, where it begins with a head; its bounds are known to be right."""
        at, after = self.reading.index(start), self.reading.index(end)
        if at >= after or not (self.reading.begins(at) and self.reading.begins(after)):
            return None
        match = self.match(at, after)
        candidate = match.candidate if match else None
        return candidate if candidate and candidate.end == end else self._within(at, after)

    def _within(self, at: int, after: int) -> Candidate | None:
        """Head, whatever its field is, and the body, the place or the country that ends the stretch."""
        found = heads().longest(self.reading.words, at, after)
        cut = found[0] if found else after
        if not found or cut == after:
            return None
        while cut < after and (tail := self._last_tail(cut, after)) is None:
            cut += 1
        tail = (tail if cut < after else None) or Tail(after)
        rows = [head for head in found[1] if not head.barred and (head.field in _ANY_FIELD or tail.owner)]
        if not rows:
            return None
        head = max(rows, key=lambda head: (head.field in _ANY_FIELD, head.kind is not None))
        joined = cut - 1 > found[0] and self.reading.words[cut - 1] in _JOINING
        words = self.reading.name(found[0], cut - 1 if joined else cut, as_printed=True)
        field = Field(found[0], cut, words, closed=False)
        candidate = self._candidate(head, at, field, tail)
        whole = candidate.owner.kind if candidate.owner else None
        return replace(candidate, kind=whole) if whole and head.field not in _OWN_KIND else candidate

    def _last_tail(self, at: int, after: int) -> Tail | None:
        """The body or the place that begins at a word and ends the stretch."""
        owner = self._owner(at, after, any_bounds=True)
        if owner and owner.end == after:
            return Tail(after, owner=owner)
        place = place_at(self.reading, at, after)
        return Tail(after, place) if place and place.end == after else None

    def _siblings(self, match: Match) -> Iterator[Candidate]:
        """Further bodies that share the head: `Nội vụ` in `Sở Tài chính, Nội vụ`."""
        first = match.candidate
        if first is None or first.rule not in _SHARED_HEADS or first.short or first.country:
            return
        limit = self.reading.line_end(match.end - 1)
        for field in self._fields.further(_SHARED_HEADS[first.rule], match.end, limit, self._is_owner):
            tail = self._tails.read(heads_of(first.rule), field.end, limit)
            yield replace(
                first,
                start=self.reading.starts[field.start],
                end=self.reading.ends[tail.end - 1],
                name=f"{first.rule} {field.words}",
                place=tail.place,
                country=tail.country,
                level=tail.place.level if tail.place else first.level,
                kind=kind_abroad(first.kind, first.rule, tail.country),
            )
            if tail.end > field.end:
                return

    def _is_inside(self, at: int) -> bool:
        """Whether a word is the end of something else: a document's number (`12/QĐ-UBND`), a compound (`thông báo`)."""
        reading = self.reading
        if reading.tight(at) and reading.words[at - 1] in ("-", "/"):
            return True
        small = not reading.capitals[at] or reading.norm[reading.starts[at] : reading.ends[at]].isupper()
        return small and ends_with(reading.words, at + 1, body_words("compound"))

    def match(self, at: int, limit: int) -> Match | None:
        """The body that begins at a word: the longest of what heads and the list of known bodies give."""
        key = at, limit
        if key not in self._matches:
            if self._depth == _DEEPEST:
                return None
            self._depth += 1
            self._matches[key] = self._match(at, limit)
            self._depth -= 1
        return self._matches[key]

    def _match(self, at: int, limit: int) -> Match | None:
        headed, known = self._headed(at, limit), self._known(at, limit)
        if headed and known:
            return known if known.end >= headed.end else headed
        return headed or known

    def _known(self, at: int, limit: int) -> Match | None:
        reading = self.reading
        found = known_bodies().longest(reading.words, at, limit)
        if found is None:
            return None
        end, body = found
        if self._is_model(end, limit) or names_an_event(reading, end):
            return None
        if (
            (body.doubtful and not self._is_quoted(body, at))
            or not reading.begins(end)
            or not self._is_spelled(body, at, end)
        ):
            return None
        longer = english_name(reading, at, limit)
        if longer and longer[0] > end:
            return self._foreign(at, *longer)
        return self._known_body(body, at, end, limit)

    def _is_model(self, at: int, limit: int) -> bool:
        """Whether a number is tied to the word before: `FA-50`."""
        reading = self.reading
        tied = at + 1 < limit and reading.tight(at) and reading.tight(at + 1)
        return tied and reading.words[at] in ("-", "–") and reading.words[at + 1].isdigit()

    def _is_quoted(self, body: KnownBody, at: int) -> bool:
        """Whether a newspaper called by a common word is meant: `PV Thanh Niên`, `theo Tuổi Trẻ`."""
        cues = body_words("before media")
        return body.kind is OrganisationKind.MEDIA and ends_with(self.reading.words, at, cues)

    def _is_spelled(self, body: KnownBody, at: int, end: int) -> bool:
        """Whether the capitals are those of the table; a long name may have others after its first."""
        name = self.reading.name(at, end)
        long = end - at > _SHORTEST_LONG_NAME
        return name in body.forms or (long and (name[0].isupper() or self.reading.words[at] in heads()))

    def _known_body(self, body: KnownBody, at: int, end: int, limit: int) -> Match:
        reading = self.reading
        branch = self._tails.branch(end, limit) if body.kind is OrganisationKind.COMPANY else None
        name = reading.name(at, end)
        name = body.name or (capitalised(name) if reading.words[at] in heads() else name)
        goes_on = end < limit and reading.capitals[end] and not reading.words[end].isdigit()
        closed = branch is not None or not goes_on or body.kind is OrganisationKind.SPORTS
        if branch:
            end = branch.end
        candidate = Candidate(
            reading.starts[at],
            reading.ends[end - 1],
            body.kind,
            Level.NONE,
            "known",
            closed,
            name,
            branch=branch.branch if branch else None,
            same=body.same,
        )
        return Match(end, candidate)

    def _english(self, at: int, found: Sequence[Candidate]) -> Match | None:
        """A foreign name that has a telling word at its end, or at its beginning; it may begin some words before."""
        reading, first = self.reading, at
        floor = max(reading.line_start(at), at - 7)
        last = found[-1].end if found else 0
        while first > floor and reading.starts[first - 1] >= last and is_english(reading, first - 1):
            first -= 1
        while first < at and not reading.capitals[first]:
            first += 1
        name = english_name(reading, first, reading.line_end(at))
        return self._foreign(first, *name) if name and name[0] > at else None

    def _foreign(self, at: int, end: int, kind: OrganisationKind) -> Match:
        reading = self.reading
        name = reading.name(at, end, as_printed=True)
        candidate = Candidate(reading.starts[at], reading.ends[end - 1], kind, Level.NONE, "foreign", False, name)
        return Match(end, candidate)

    def _headed(self, at: int, limit: int) -> Match | None:
        """The reading of the longest head that has one, unless a shorter head gives a longer one that tables settle."""
        best: Match | None = None
        for after, rows in reversed(heads().prefixes(self.reading.words, at, limit)):
            matches = [match for head in rows if (match := self._read(head, at, after, limit))]
            if not matches:
                continue
            match = max(matches, key=lambda match: (match.end, _settled(match)))
            if best is None or (_settled(match) and match.end > best.end):
                best = match
        return best

    def _read(self, head: Head, at: int, after: int, limit: int) -> Match | None:
        if head.barred:
            return Match(after, None) if self.reading.begins(after) else None
        if head.name.startswith(_PARTS_OF_TITLES) and ends_with(self.reading.words, at, body_words("post")):
            return None
        field = self._fields.read(head, at, self._past_colon(head, after, limit), limit, self._is_owner)
        if field is None and (inside := self._tails.past_bracket(after, limit)) > after:
            field = self._fields.read(head, at, inside, limit, self._is_owner)
        return self._complete(head, at, field, limit) if field else None

    def _past_colon(self, head: Head, at: int, limit: int) -> int:
        """Index after the colon of `các sở: Nội vụ, Tài chính`, `các sở, ban, ngành liên quan: Nội vụ; Tài chính`."""
        if head.name not in _SHARED_HEADS or not head.field:
            return at
        colon, last = at, min(limit - 1, at + _LONGEST_LEAD)
        while leading := body_words("before list").longest(self.reading.words, colon, last):
            colon = leading[0]
        listed = colon < last and self.reading.words[colon] == ":" and self.reading.capitals[colon + 1]
        return colon + 1 if listed else at

    def _complete(self, head: Head, at: int, field: Field, limit: int) -> Match | None:
        """The body with its tail, if it is one."""
        tail = self._tail(head, field.end, limit)
        tailed = tail.end > field.end
        if field.lower and not (tailed and (tail.owner or tail.country or (tail.place and tail.place.unit))):
            return None
        if not tailed and (head.needs_tail or not self._is_name(at, field)):
            return None
        if not tailed and head.kind is OrganisationKind.COMPANY and not (field.closed or field.proper):
            return None
        if not tailed and head.alone == "short" and not head.field and not self._stands_alone(field.end, limit):
            return None
        if not self.reading.begins(tail.end) or not self._definite(head, at, field, tail):
            return None
        return Match(tail.end, self._candidate(head, at, field, tail))

    def _tail(self, head: Head, at: int, limit: int) -> Tail:
        """The larger body, the place or whatever else follows, a short form in brackets skipped."""
        ways = at, self._tails.past_bracket(at, limit), self._past_dash(head, at, limit), self._past_plural(at, limit)
        for after in dict.fromkeys(ways):
            alone = head.kind is None or head.tail == "O"
            owner = self._owner(after, limit, any_bounds=alone) if head.takes("o") else None
            tail = Tail(owner.end, owner=owner) if owner else self._tails.read(head, after, limit)
            if tail.end > after:
                return tail
        return Tail(at)

    def _past_dash(self, head: Head, at: int, limit: int) -> int:
        """Index after the dash of `Phòng Cảnh sát hình sự - Công an tỉnh`."""
        words = self.reading.words
        dashed = head.kind is OrganisationKind.POLICE and words[at : at + 3] in (
            ["-", "công", "an"],
            ["–", "công", "an"],
        )
        return at + 1 if dashed and at + 3 < limit else at

    def _past_plural(self, at: int, limit: int) -> int:
        """Index after the plural before the first of several places: `UBND các [huyện Mai Sơn], Yên Châu`."""
        plural = body_words("plural").longest(self.reading.words, at, limit)
        place = place_at(self.reading, plural[0], limit) if plural else None
        return plural[0] if plural and place and place.unit and place.name else at

    def _owner(self, at: int, limit: int, any_bounds: bool) -> Match | None:
        """The body that the head is part of; one with open bounds only where the head says nothing without it."""
        if at >= limit or self.reading.words[at] not in heads() or self._ends_another(at):
            return None
        match = self.match(at, limit)
        if match is None or match.candidate is None:
            return None
        if match.candidate.short and match.candidate.rule not in _SHARED_HEADS:
            return None
        if self._goes_on(at, match.candidate):
            return None
        return match if match.candidate.closed or any_bounds else None

    def _goes_on(self, at: int, inner: Candidate) -> bool:
        """Whether what looks like a larger body shares the head before it: `Trường Tiểu học và Trung học cơ sở`."""
        words, (head, *more) = self.reading.words, inner.rule.lower().split()
        if more[:1] != [words[at]]:
            return False
        return words[at - 1 : at] in (["và"], [","], ["-"]) or head in words[max(0, at - _SHARING) : at]

    def _ends_another(self, at: int) -> bool:
        """Whether a head word is the last of a compound or of a region: `nội bộ`, `Tây Nam Bộ`."""
        words = self.reading.words
        return any(ends_with(words, at + 1, body_words(sort)) for sort in ("compound", "region"))

    def _is_owner(self, at: int, limit: int) -> bool:
        match = self._owner(at, limit, any_bounds=False)
        whole = match.candidate if match else None
        return whole is not None and bool(whole.place or whole.owner or whole.rule in _SHARED_HEADS)

    def _stands_alone(self, at: int, limit: int) -> bool:
        """Whether a head without anything goes on as a sentence does: `Bộ cho biết`, not `Bộ Quy tắc`."""
        return at < limit and not self.reading.capitals[at]

    def _is_name(self, at: int, field: Field) -> bool:
        """Whether head and field name a body with nothing after them: not `công ty Mỹ`, `trung tâm Hà Nội`."""
        reading = self.reading
        if not field.words or field.closed:
            return True
        generic = body_words("no own name").longest(reading.words, field.start, field.end)
        if generic and generic[0] == field.end:
            return False
        abroad = country_at(reading, field.start, field.end)
        if abroad and abroad[0] == field.end:
            return False
        if reading.capitals[at]:
            return True
        whole = place_at(reading, field.start, field.end)
        return reading.capitals[field.start] and not (whole and whole.end == field.end)

    def _definite(self, head: Head, at: int, field: Field, tail: Tail) -> bool:
        """Whether the words name one body: printed with a capital or with whose it is, and not in the plural."""
        reading, place = self.reading, tail.place
        named = tail.owner is not None or (place is not None and place.name is not None)
        listed = head.name in _SHARED_HEADS and field.end > field.start
        if not named and not listed and self._plural(head, at, tail.end):
            return False
        printed = reading.norm[reading.starts[at] : reading.ends[tail.end - 1]]
        if not printed[0].isupper() and head.name.lower() in body_words("capital only"):
            return False
        if head.alone == "any" or any(map(str.isupper, printed)):
            return not tail.number or reading.capitals[at]
        return place is not None and place.level is not Level.COMMUNE

    def _plural(self, head: Head, at: int, end: int) -> bool:
        """Whether the words around speak of such bodies in general: `các sở`, `HĐND các cấp`."""
        reading = self.reading
        line = reading.line_start(at)
        before = at > line and not reading.capitals[at - 1] and ends_with(reading.words, at, body_words("plural"), 2)
        if at - 1 > line and reading.words[at - 1] == "năm" and reading.words[at - 2].isdigit():
            before = False
        before |= at > line and reading.words[at - 1] in _DIGITS
        after = head.takes("p") and body_words("plural after").longest(reading.words, end, reading.line_end(at))
        return before or bool(after)

    def _candidate(self, head: Head, at: int, field: Field, tail: Tail) -> Candidate:
        reading = self.reading
        start = field.start if reading.words[field.start - 1] == ":" else at
        whole = tail.owner.candidate if tail.owner else None
        level = tail.place.level if tail.place else whole.level if whole else head.level
        return Candidate(
            start=reading.starts[start],
            end=reading.ends[tail.end - 1],
            kind=self._kind(head, field, tail),
            level=Level.NONE if _is_foreign(tail.country) else level,
            rule=head.name,
            closed=whole.closed if whole else field.closed or tail.end > field.end,
            name=self._name(head, field, tail),
            place=tail.place,
            owner=whole,
            country=tail.country,
            branch=tail.branch,
            takes_place=(head.takes("p") or head.takes("d")) and field.closed and not tail.number,
            takes_country=head.takes("c") and head.field != "world",
            takes_owner=head.takes("o"),
            short=head.alone == "short" and tail.end == field.end,
        )

    def _name(self, head: Head, field: Field, tail: Tail) -> str:
        words = field.words
        if field.spelled_out and _is_foreign(tail.country):
            words = self.reading.name(field.start, field.end)
        name = " ".join(filter(None, (head.name, words))).replace(" ,", ",")
        return f"{name}{'' if self._is_glued(tail) else ' '}{tail.number}" if tail.number else name

    def _is_glued(self, tail: Tail) -> bool:
        """Whether the number that ends a name stands right after a letter: `Nhà máy Z111`."""
        return tail.place is None and self.reading.ends[tail.end - 2] == self.reading.starts[tail.end - 1]

    def _kind(self, head: Head, field: Field, tail: Tail) -> OrganisationKind | None:
        whole = tail.owner.candidate if tail.owner else None
        kind = head.kind or (whole.kind if whole else None)
        if tail.country:
            return kind_abroad(kind, head.name, tail.country)
        if head.field == "inner" and not whole:
            kind = self._inner_kind(field)
        if kind in OF_STATE and not field.closed and (abroad := self._country_in(field)):
            return kind_abroad(kind, head.name, abroad)
        if kind is OrganisationKind.SPORTS and head.field == "open" and field.mixed:
            place = place_at(self.reading, field.start, field.end)
            return kind if place and place.end == field.end else OrganisationKind.ASSOCIATION
        return kind

    def _country_in(self, field: Field) -> str | None:
        """The foreign country at the end of an open name; `Anh` and `Đức` may be syllables of another place."""
        for at in range(max(field.start, field.end - _LONGEST_COUNTRY), field.end):
            abroad = country_at(self.reading, at, field.end, regions=False)
            plain = field.end - at > 1 or self.reading.words[at] not in _ALSO_SYLLABLES
            if abroad and abroad[0] == field.end and _is_foreign(abroad[1]) and plain:
                return None if self.reading.words[at - 1] in _WITH_ANOTHER else abroad[1]
        return None

    def _inner_kind(self, field: Field) -> OrganisationKind:
        """The kind of a centre or an institute, by the first telling word of its field."""
        for at in range(field.start, field.end):
            if cue := kind_cues("inside").longest(self.reading.words, at, field.end):
                return cue[1]
        return OrganisationKind.GOVERNMENT


def _settled(match: Match) -> bool:
    return match.candidate is None or match.candidate.closed


def kind_abroad(kind: OrganisationKind | None, head: str, country: str | None) -> OrganisationKind | None:
    """The kind of a body of a country: most foreign ones are international, none of Viet Nam is."""
    if _is_foreign(country) and (kind not in _KEPT_ABROAD or head.startswith("Quân ủy")):
        return OrganisationKind.INTERNATIONAL
    if country and not _is_foreign(country) and kind is OrganisationKind.INTERNATIONAL:
        return OrganisationKind.GOVERNMENT
    return kind


def _is_foreign(country: str | None) -> bool:
    return country is not None and not country.startswith("Việt Nam")


class Parsed(NamedTuple):
    """What the grammar makes of a text."""

    reading: Reading
    candidates: list[Candidate]
    barred: list[Span]


def parse(text: Text) -> Parsed:
    """Read a text by the grammar: every body that grammar and lexicon find, in order, none overlapping another.

    >>> text = Text("Phó Chủ tịch UBND tỉnh Lai Châu; Phòng Cảnh sát hình sự Công an tỉnh Sơn La")
    >>> [text.norm[found.start : found.end] for found in parse(text).candidates]
    ['UBND tỉnh Lai Châu', 'Phòng Cảnh sát hình sự Công an tỉnh Sơn La']
    """
    grammar = Grammar(Reading(text.words))
    return Parsed(grammar.reading, grammar.candidates(), grammar.barred)
