"""What the names of bodies look like: a head, its field, the body or the place it belongs to.

The heads and their fields are tables (`bodies.tsv`, `fields.tsv`, `known_bodies.tsv`); here stands how they combine.
"""

from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from vnextract.lexicon.phrases import Phrases, words_of
from vnextract.lexicon.tables import table
from vnextract.organisations.place_phrases import PlacePhrase, country_at, place_at
from vnextract.organisations.reading import Reading
from vnextract.records import Level, OrganisationKind
from vnextract.text.document import Text

_PLURALS = frozenset(
    [
        "các",
        "những",
        "mỗi",
        "từng",
        "nhiều",
        "mấy",
        "hai",
        "ba",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "mọi",
        "một",
        "số",
    ]
)
_LONGEST_NAME = 14
_LONGEST_TASK = 40


@dataclass(frozen=True, slots=True)
class Head:
    """A row of `bodies.tsv`."""

    name: str
    kind: OrganisationKind | None
    own_kind: bool
    level: Level
    field: str
    tail: str
    alone: str
    barred: bool


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
    short: bool = False
    """Whether it is a short form that means nothing unless the article names the body in full."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A candidate with the index after its last word."""

    end: int
    candidate: Candidate


def _head(row: dict[str, str], form: str) -> Head:
    kind = row["kind"]
    named = kind not in ("owner", "-")
    return Head(
        name=row["name"] or form,
        kind=OrganisationKind(kind) if named else None,
        own_kind=named,
        level=Level(row["level"]) if row["level"] else Level.NONE,
        field=row["field"],
        tail=row["tail"],
        alone=row["alone"],
        barred=kind == "-",
    )


@cache
def heads() -> Phrases[list[Head]]:
    """Every form of every head, with the rows that it may open."""
    rows: dict[tuple[str, ...], tuple[str, list[Head]]] = {}
    for row in table("bodies"):
        for form in row["form"].split("|"):
            rows.setdefault(tuple(words_of(form)), (form, []))[1].append(_head(row, form))
    return Phrases(rows.values())


@cache
def fields(kind: str) -> Phrases[str]:
    """The fields of a class, with their full form (empty: as printed). Connectors may be missing or written otherwise."""
    return Phrases((row["field"], row["name"]) for row in table("fields") if row["class"] == kind)


@cache
def name_words() -> Phrases[bool]:
    """Words usual inside names; True for those that also go on a sentence after one."""
    return Phrases((row["words"], row["loose"] == "yes") for row in table("name_words"))


@cache
def known_bodies() -> Phrases[tuple[str, str, str]]:
    """Bodies without a head word: spelling, full name, kind."""
    return Phrases(
        (form, (form, row["name"] or form, row["kind"]))
        for row in table("known_bodies")
        for form in row["form"].split("|")
    )


class OpenRun:
    """Finds where an open name ends: `Công ty CP Dược - Trang thiết bị Y tế Bình Định` before `tổ chức lễ`."""

    def __init__(self, reading: Reading, at: int, limit: int) -> None:
        self._reading, self._first, self._limit = reading, at, limit
        self._after = "head"
        """What the name has just before: `head`, `words` (of the table), `loose` ones, or a `proper` name."""
        self._proper = False

    def end(self) -> int:
        """Index after the last word of the name; the first one where there is no name."""
        at = good = self._first
        while at < self._limit:
            after = self._step(at)
            if after is None:
                break
            at = after
            if self._after != "sign":
                good = at
        while good > self._first and not self._reading.begins(good):
            good -= 1
        return good if self._proper else self._first

    def _step(self, at: int) -> int | None:
        reading, word = self._reading, self._reading.words[at]
        if word in _SIGNS or word == "và":
            return self._sign(at, word)
        if word.isdigit():
            return self._number(at)
        if not word[0].isalpha():
            return None
        known = name_words().longest(reading.words, at, self._limit)
        if reading.capital(at):
            self._proper = True
            self._after = "words" if known else "proper"
            return known[0] if known else at + 1
        if known is None or (known[1] and self._after in ("proper", "words")):
            return None
        self._after = "loose" if known[1] else "words"
        return known[0]

    def _sign(self, at: int, word: str) -> int | None:
        reading, following = self._reading, at + 1
        if at == self._first or following >= self._limit or not reading.words[following][0].isalnum():
            return None
        tight = reading.tight(at) and reading.tight(following)
        if not tight and (word in ".,'" or not reading.capital(following)):
            return None
        if not tight and word != "&" and (self._after == "proper" or following not in self):
            return None
        if word == ",":
            return None
        self._after = "sign"
        return following

    def __contains__(self, at: int) -> bool:
        return name_words().longest(self._reading.words, at, self._limit) is not None

    def _number(self, at: int) -> int | None:
        following = self._reading.words[at + 1] if at + 1 < self._limit else ""
        if len(self._reading.words[at]) > 3 or following in _COUNTED or following in (".", ",", "%", "/"):
            return None
        self._proper, self._after = True, "proper"
        return at + 1


class Grammar:
    """Reads bodies off one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def candidates(self) -> list[Candidate]:
        """All bodies, left to right, none inside another."""
        found: list[Candidate] = []
        reading, opening, known = self.reading, heads(), known_bodies()
        at, count = 0, len(reading)
        while at < count:
            word = reading.words[at]
            match = None
            if word in opening and reading.begins(at):
                match = self._best(at, reading.line_end(at))
            if (
                word in known
                and reading.begins(at)
                and (named := self._known(at))
                and (not match or named.end > match.end)
            ):
                match = named
            if match is None:
                at += 1
                continue
            if match.candidate.end:
                found.append(match.candidate)
            at = match.end
        return found

    def _known(self, at: int) -> _Match | None:
        reading = self.reading
        found = known_bodies().longest(reading.words, at, reading.line_end(at))
        if found is None:
            return None
        end, (form, name, kind) = found
        start, stop = reading.starts[at], reading.ends[end - 1]
        if not reading.begins(end) or reading.norm[start:stop] not in (form, form.upper()):
            return None
        candidate = Candidate(start, stop, OrganisationKind(kind), Level.NONE, "known", True, name)
        return _Match(end, candidate)

    def _best(self, at: int, limit: int) -> _Match | None:
        """The first reading that holds, of the longest head that has one."""
        prefixes = heads().prefixes(self.reading.words, at, limit)
        best: _Match | None = None
        for after, rows in reversed(prefixes):
            for head in rows:
                match = self._read(head, at, after, limit)
                if match and (best is None or match.end > best.end):
                    best = match
            if best:
                return best
        return None

    def _read(self, head: Head, at: int, after: int, limit: int) -> _Match | None:
        if head.barred:
            return _Match(after, Candidate(0, 0, None, Level.NONE, head.name, True, ""))
        full, closed = head.name, True
        if head.field:
            field = self._field(head, after, limit)
            if field is None:
                return None
            after, words, closed = field
            full = f"{full} {words}"
        return self._tail(head, at, after, limit, full, closed)

    def _field(self, head: Head, at: int, limit: int) -> tuple[int, str, bool] | None:
        """Index after the field, its words, and whether a table knows it."""
        if head.field == "task":
            return self._task(at, limit)
        if head.field != "open":
            found = fields(head.field).longest(self.reading.words, at, limit)
            if found and self.reading.begins(found[0]):
                return found[0], found[1] or self.reading.name(at, found[0]), True
            if head.field not in ("agency", "section"):
                return None
        return self._open(at, limit)

    def _task(self, at: int, limit: int) -> tuple[int, str, bool] | None:
        """The long name of a steering committee, up to the unit that it belongs to."""
        reading, end = self.reading, min(limit, at + _LONGEST_TASK)
        for index in range(at, end):
            word = reading.words[index]
            if word in _TASK_STOPS:
                return None
            if index > at and word in _TASK_ENDS and (place := place_at(reading, index, limit)) and place.unit:
                return index, reading.name(at, index), True
        return None

    def _open(self, at: int, limit: int) -> tuple[int, str, bool] | None:
        """A run of capitalised words and of words usual in names."""
        run = OpenRun(self.reading, at, min(limit, at + _LONGEST_NAME))
        end = run.end()
        return (end, self.reading.name(at, end, as_printed=True), False) if end > at else None

    def _tail(self, head: Head, at: int, after: int, limit: int, full: str, closed: bool) -> _Match | None:
        owner = self._owner(after, limit) if head.tail and "o" in head.tail.lower() else None
        place = country = None
        end = after
        if owner:
            end = owner.end
        elif "c" in head.tail.lower() and (found := country_at(self.reading, after, limit)):
            end, country = found
        elif "p" in head.tail.lower():
            place = place_at(self.reading, after, limit)
            end = place.end if place else after
        number = "n" in head.tail.lower() and end == after and after < limit and self.reading.words[after][0].isdigit()
        if number:
            end = after + 1
            full = f"{full} {self.reading.words[after]}"
        tailed = end > after
        if not tailed and (any(map(str.isupper, head.tail)) or not (head.alone or head.field)):
            return None
        if not self._cased(at, tailed and not (place and place.name is None and place.level is Level.COMMUNE)):
            return None
        if not self.reading.begins(end):
            return None
        candidate = self._candidate(head, at, end, full, closed or tailed, place, owner, country)
        return _Match(end, candidate)

    def _owner(self, at: int, limit: int) -> _Match | None:
        if at >= limit or self.reading.words[at] not in heads():
            return None
        match = self._best(at, limit)
        return match if match and match.candidate.end and match.candidate.closed else None

    def _cased(self, at: int, tailed: bool) -> bool:
        return self.reading.norm[self.reading.starts[at]].isupper() or tailed

    def _candidate(
        self,
        head: Head,
        at: int,
        end: int,
        full: str,
        closed: bool,
        place: PlacePhrase | None,
        owner: "_Match | None",
        country: str | None,
    ) -> Candidate:
        kind = head.kind if head.own_kind else owner.candidate.kind if owner else None
        if country and kind not in _KEPT_ABROAD:
            kind = OrganisationKind.INTERNATIONAL
        level = place.level if place else owner.candidate.level if owner else head.level
        return Candidate(
            start=self.reading.starts[at],
            end=self.reading.ends[end - 1],
            kind=kind,
            level=Level.NONE if country else level,
            rule=head.name,
            closed=closed,
            name=full,
            place=place,
            owner=owner.candidate if owner else None,
            country=country,
            takes_place="p" in head.tail.lower() and closed,
            takes_country="c" in head.tail.lower(),
            short=head.alone == "short" and end == at + len(words_of(head.name)),
        )


_KEPT_ABROAD = frozenset(
    {
        OrganisationKind.PARTY,
        OrganisationKind.SPORTS,
        OrganisationKind.COMPANY,
        OrganisationKind.MEDIA,
        OrganisationKind.ASSOCIATION,
    }
)
_TASK_STOPS = frozenset('. ; : ( ) " “ ” đã sẽ đang'.split())
_TASK_ENDS = frozenset("tỉnh thành tp quận huyện thị xã phường".split())
_SIGNS = frozenset("- – & . ' ’ ,".split())
_COUNTED = frozenset("năm tháng ngày giờ phút người tỷ tỉ triệu nghìn ngàn đồng lần lượt vụ hộ ha km m học ca".split())


_READINGS: WeakKeyDictionary[Text, Reading] = WeakKeyDictionary()
_CANDIDATES: WeakKeyDictionary[Text, list[Candidate]] = WeakKeyDictionary()


def reading_of(text: Text) -> Reading:
    """The words of a text as the grammar reads them, made once per text."""
    reading = _READINGS.get(text)
    if reading is None:
        reading = _READINGS[text] = Reading(text.norm, text.syllables)
    return reading


def candidates(text: Text) -> list[Candidate]:
    """Every body that grammar and lexicon find in a text, in order, none overlapping another.

    >>> from vnextract.text.document import Text
    >>> text = Text("Phó Chủ tịch UBND tỉnh Lai Châu; Phòng Cảnh sát hình sự Công an tỉnh Sơn La")
    >>> [text.norm[found.start : found.end] for found in candidates(text)]
    ['UBND tỉnh Lai Châu', 'Phòng Cảnh sát hình sự Công an tỉnh Sơn La']
    """
    found = _CANDIDATES.get(text)
    if found is None:
        found = _CANDIDATES[text] = Grammar(reading_of(text)).candidates()
    return found
