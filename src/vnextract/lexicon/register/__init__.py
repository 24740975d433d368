"""The register of the state's bodies: the central ones by name, and what every province, district and commune has.

The tables of this folder are facts with their source: one row a body, or one row a template. A body is known by a
readable identifier that is the same in every article: `vn/bo-cong-an/c08`, `vn/lai-chau/cong-an/pc02`.

>>> body = find("C08")
>>> body.body_id, body.name, body.parent
('vn/bo-cong-an/c08', 'Cục Cảnh sát giao thông', 'vn/bo-cong-an')
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from vnextract.errors import LexiconError
from vnextract.lexicon.tables import table
from vnextract.records import Level, OrganisationKind
from vnextract.text.accents import without_accents
from vnextract.text.normalise import fold

TABLES = (
    "assembly",
    "corporations",
    "hospitals",
    "justice",
    "mass_organisations",
    "media",
    "military",
    "ministry_units",
    "party",
    "police",
    "state",
    "universities",
)
"""The tables of central bodies."""
_COLUMNS = frozenset(
    ["id", "name", "kind", "level", "parent", "aliases", "abbreviation", "code", "from", "until", "successor", "source"]
)
_FILLED = "id", "name", "kind", "level", "source"
_TEMPLATE_COLUMNS = _COLUMNS | {"of", "joined"}
_JOINED = frozenset({"place", "name", "owner", "number"})
_DAY = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_MOST_KEPT = 2_000
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+|[ivx]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the register knows of a body, and of what every place of a level has."""

    name: str
    """Its own name, without its parent: `Cục Cảnh sát giao thông`."""
    kind: OrganisationKind
    level: Level
    parent: str | None
    """Identifier of the body that it is part of; of a template also the tail of one."""
    aliases: Sequence[str]
    """Other spellings and earlier names."""
    abbreviation: str | None
    codes: Sequence[str]
    """Codes of the forces, the one of today first: `C08`."""
    since: str
    """First day, as far as known: a year, a month or a day in ISO form; empty where unknown or before 1992."""
    until: str
    """Last day, likewise; empty for a body that still exists."""
    successor: str | None
    """Identifier, or tail, of what took its work over."""
    source: str
    """The law, decree or decision that it stands on."""

    def existed(self, day: date) -> bool:
        """Whether it existed on a day; the ends are known to the year, the month or the day."""
        text = day.isoformat()
        return self.since <= text and (not self.until or text[: len(self.until)] <= self.until)

    def spellings(self) -> Iterator[str]:
        """Everything that it is called."""
        yield from (self.name, *self.aliases, *self.codes)
        if self.abbreviation:
            yield self.abbreviation
        if self.name.startswith("Trường Đại học"):
            yield self.name.removeprefix("Trường ")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredBody(Entry):
    """One central body of the state, or one of the bodies that stand close to it."""

    body_id: str
    """Stable identifier: `vn/bo-cong-an/c08`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Entry):
    """What every place of a level has."""

    tail: str
    """End of the identifier, after that of the place: `cong-an/pc02`."""
    unit: str | None
    """The unit that has it, where not all of the level do: `thành phố`."""
    joined: str
    """What follows the name: `place` unit and name, `name` the name alone, `owner` the parent, `number` a number."""


@lru_cache(maxsize=_MOST_KEPT)
def slug(name: str) -> str:
    """A name in the letters of identifiers.

    >>> slug("Cục Cảnh sát phòng, chống tội phạm")
    'cuc-canh-sat-phong-chong-toi-pham'
    """
    return _NO_LETTER.sub("-", without_accents(name.lower())).strip("-")


@lru_cache(maxsize=_MOST_KEPT)
def key_of(name: str) -> str:
    """What the spellings of one name share: letters and digits in lower case, punctuation and `và` aside."""
    return " ".join(word for word in _NO_WORD.sub(" ", fold(name)).split() if word != "và")


def _rows(name: str, columns: frozenset[str]) -> Iterator[Mapping[str, str]]:
    rows = table(f"register/{name}")
    if rows and (missing := columns - rows[0].keys()):
        raise LexiconError(f"register/{name}.tsv lacks the columns {sorted(missing)}")
    for row in rows:
        if not all(map(row.__getitem__, _FILLED)):
            raise LexiconError(f"register/{name}.tsv, row {row['id']!r}: fill {[c for c in _FILLED if not row[c]]}")
        days = [row[column] for column in ("from", "until") if row[column]]
        if not all(map(_DAY.fullmatch, days)) or (len(days) > 1 and days[0] > days[1]):
            raise LexiconError(f"register/{name}.tsv, row {row['id']!r}: fill from and until as days, in order")
        yield row


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def _shared(row: Mapping[str, str]) -> Mapping[str, Any]:
    """The fields that bodies and templates share."""
    return {
        "name": row["name"],
        "kind": OrganisationKind(row["kind"]),
        "level": Level(row["level"]),
        "parent": row["parent"] or None,
        "aliases": _parts(row["aliases"]),
        "abbreviation": row["abbreviation"] or None,
        "codes": _parts(row["code"]),
        "since": row["from"],
        "until": row["until"],
        "successor": row["successor"] or None,
        "source": row["source"],
    }


@cache
def bodies() -> Mapping[str, RegisteredBody]:
    """The central bodies by identifier.

    Raises:
        LexiconError: a table lacks a column or a source, names a body twice, or one that is in no table.
    """
    found: dict[str, RegisteredBody] = {}
    for name in TABLES:
        for row in _rows(name, _COLUMNS):
            if row["id"] in found:
                raise LexiconError(f"register/{name}.tsv: {row['id']!r} is there twice")
            found[row["id"]] = RegisteredBody(body_id=row["id"], **_shared(row))
    for body in found.values():
        for other in (body.parent, body.successor):
            if other is not None and other not in found:
                raise LexiconError(f"the register has no {other!r}, which {body.body_id!r} names")
    return found


@cache
def templates() -> Sequence[Template]:
    """What provinces, districts and communes have.

    Raises:
        LexiconError: the table lacks a column or a source, or names a parent or a successor that is not there.
    """
    found = tuple(
        Template(tail=row["id"], unit=row["of"] or None, joined=row["joined"], **_shared(row))
        for row in _rows("templates", _TEMPLATE_COLUMNS)
    )
    tails = {one.tail for one in found} | bodies().keys()
    for one in found:
        if one.joined not in _JOINED or {one.parent, one.successor} - {None} - tails:
            raise LexiconError(f"register/templates.tsv, row {one.tail!r}: no such parent, successor or `joined`")
    return found


def full_name(body: RegisteredBody) -> str:
    """The name with that of the body that it is part of, where its own does not say whose it is.

    >>> full_name(bodies()["vn/bo-cong-an/c08"])
    'Cục Cảnh sát giao thông Bộ Công an'
    """
    whole = bodies().get(body.parent or "")
    if whole is None or whole.body_id in _UNSAID or "việt nam" in fold(body.name):
        return body.name
    return f"{body.name} {full_name(whole)}"


_UNSAID = frozenset({"vn/chinh-phu", "vn/quoc-hoi", "vn/dang", "vn/dang/trung-uong"})
"""Bodies whose name is never added to that of a part."""


@cache
def _by_name() -> Mapping[str, Sequence[RegisteredBody]]:
    found: dict[str, dict[str, RegisteredBody]] = defaultdict(dict)
    for body in bodies().values():
        whole = bodies().get(body.parent or "")
        wholes = {key_of(name) for name in (whole.name, full_name(whole), *whole.aliases)} if whole else ()
        for own in map(key_of, body.spellings()):
            found[own][body.body_id] = body
            for larger in wholes:
                found[f"{own} {larger}".strip()][body.body_id] = body
    return {name: tuple(same.values()) for name, same in found.items()}


def find(name: str, parent: str | None = None, day: date | None = None) -> RegisteredBody | None:
    """The central body of a name, with or without that of its parent.

    Args:
        name: Its name, another spelling, its abbreviation or its code.
        parent: Identifier of the body that it must be part of.
        day: A day on which it must have existed, where several bodies had the name.

    Returns:
        The body; None where there is none, or several that nothing tells apart.

    >>> find("Vụ Tổ chức cán bộ") is None, find("Vụ Tổ chức cán bộ Bộ Y tế").body_id
    (True, 'vn/bo-y-te/vu-to-chuc-can-bo')
    """
    found = [one for one in _by_name().get(key_of(name), ()) if parent in (None, one.parent)]
    if day is not None and len(found) > 1:
        found = [one for one in found if one.existed(day)] or found
    if len(found) > 1:
        earlier = {one.body_id for one in found if one.successor in {other.body_id for other in found}}
        found = [one for one in found if one.body_id not in earlier]
    return found[0] if len(found) == 1 else None


@cache
def _templates_by_name() -> Mapping[tuple[str, Level], Sequence[Template]]:
    """Those that stand before a place first, before those that stand before a body."""
    found: dict[tuple[str, Level], list[Template]] = defaultdict(list)
    for one in sorted(templates(), key=lambda one: one.joined == "owner"):
        for spelling in dict.fromkeys(map(key_of, one.spellings())):
            found[spelling, one.level].append(one)
    return found


def _templates_of(name: str, level: Level) -> Sequence[Template]:
    """Those of a name in the letters that its spellings share; some are told apart by a number: `Thuế cơ sở 3`."""
    found = _templates_by_name().get((name, level), ())
    words, _, number = name.rpartition(" ")
    if found or not _NUMBER.fullmatch(number):
        return found
    return [one for one in _templates_by_name().get((words, level), ()) if one.joined == "number"]


def template(
    head_words: str, level: Level, unit: str | None = None, parent: str | None = None, day: date | None = None
) -> Template | None:
    """What a place of a level has under a name: `Sở Tài chính`, `PC02`, `Phòng Cảnh sát hình sự`.

    Args:
        head_words: The name without the place.
        level: Level of the place.
        unit: Unit of the place, which some bodies depend on.
        parent: Tail of the template that it must be part of.
        day: A day on which it must have existed, where several have the name.

    >>> template("Sở Quy hoạch - Kiến trúc", Level.PROVINCE).unit
    'thành phố'
    >>> template("PC02", Level.PROVINCE).tail, template("PC02", Level.COMMUNE)
    ('cong-an/pc02', None)
    """
    found = [
        one
        for one in _templates_of(key_of(head_words), level)
        if (unit is None or one.unit in (None, unit)) and parent in (None, one.parent)
    ]
    if day is not None and len(found) > 1:
        found = [one for one in found if one.existed(day)] or found
    return found[0] if found else None


def whole_of(part: Template, unit: str | None = None) -> Template | None:
    """The template that another is part of, in a place of a unit.

    >>> whole_of(template("PC02", Level.PROVINCE)).name
    'Công an'
    """
    same = (one for one in templates() if (one.tail, one.level) == (part.parent, part.level))
    return next((one for one in same if unit is None or one.unit in (None, unit)), None)


def levels_of(head_words: str) -> frozenset[Level]:
    """The levels on which a name is that of a body: `Phòng Cảnh sát hình sự` of a province's police only.

    >>> sorted(levels_of("Phòng Cảnh sát hình sự"))
    [<Level.PROVINCE: 'province'>]
    """
    name = key_of(head_words)
    local = {level for level in Level if _templates_of(name, level)}
    return frozenset(local | {body.level for body in _by_name().get(name, ())})


def numbered_tail(row: Template, own: str) -> str:
    """The end of the identifier of a body of a place, with the number that tells it from others of its sort.

    >>> numbered_tail(template("Thuế cơ sở 3", Level.PROVINCE), "Thuế cơ sở 3")
    'thue-co-so-3'
    """
    number = key_of(own).rpartition(" ")[2]
    return f"{row.tail}-{number}" if row.joined == "number" and _NUMBER.fullmatch(number) else row.tail


@cache
def _predecessors() -> Mapping[str, Sequence[str]]:
    """Identifiers of the bodies whose work another took over, by its own; those of templates by their tails."""
    found: dict[str, list[str]] = defaultdict(list)
    for body in bodies().values():
        if body.successor:
            found[body.successor].append(body.body_id)
    for one in templates():
        if one.successor:
            found[one.successor].append(one.tail)
    return found


def predecessors(identifier: str) -> Sequence[str]:
    """Identifiers of the bodies whose work one took over; of a template, tails for a tail.

    >>> predecessors("vn/quoc-hoi/uy-ban-kinh-te-va-tai-chinh")
    ['vn/quoc-hoi/uy-ban-kinh-te', 'vn/quoc-hoi/uy-ban-tai-chinh-ngan-sach']
    """
    return _predecessors().get(identifier, ())


def body_id(name: str, kind: OrganisationKind, place: str | None = None) -> str:
    """The identifier of a body that is not in the register: its kind, its place if it has one, and its name.

    >>> body_id("Công ty Long Sơn", OrganisationKind.COMPANY, "Khánh Hòa")
    'company/khanh-hoa/cong-ty-long-son'
    """
    return "/".join(filter(None, (kind.value, slug(place) if place else "", slug(name))))
