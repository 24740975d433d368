"""Which body of the register a full name is, and the stable identifier of every body."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.places import former_names, former_unit
from vnextract.lexicon.register import (
    RegisteredBody,
    Template,
    body_id,
    find,
    numbered_tail,
    predecessors,
    slug,
    template,
)
from vnextract.lexicon.tables import table
from vnextract.names.places import PlacePhrase
from vnextract.organisations.full_names import Name, unit_of_place
from vnextract.records import Level, OrganisationKind

_UNIT_AT_END = re.compile(r" (?:thành phố|tỉnh)$", re.IGNORECASE)
"""The unit that some heads end in, before the name of the place: `Bộ Tư lệnh Thành phố`."""
_LONGEST_UNIT = 25
"""Words of the longest name of a unit that its whole is looked for in."""


class Identity(NamedTuple):
    """What the register says of a body."""

    body_id: str
    """The same for one body in every article: `vn/lai-chau/cong-an/pc02`."""
    parent_id: str | None = None
    """Identifier of the body that it is part of, where name or register says so."""
    entry: RegisteredBody | Template | None = None
    """Its row, if the register has one."""
    path: str = ""
    """Identifier of its place: `vn/lai-chau`."""

    def tells(self, name: Name) -> Name:
        """A name with what the register gives it: kind, level, province; what is abroad has no level of ours."""
        if name.kind is OrganisationKind.INTERNATIONAL:
            return name._replace(level=Level.NONE)
        if self.entry is None:
            return name
        province = name.province or _province_in(self.entry)
        return name._replace(kind=self.entry.kind, level=self.entry.level, province=province)


def _province_in(entry: RegisteredBody | Template) -> str | None:
    """The province whose body a row of the register is: `vn/ho-chi-minh/bao-tuoi-tre`."""
    parts = entry.body_id.split("/") if isinstance(entry, RegisteredBody) else []
    return _province_slugs().get(parts[1]) if len(parts) > 1 else None


@cache
def _province_slugs() -> Mapping[str, str]:
    """Names of provinces by their part of an identifier."""
    return {slug(row["name"]): row["name"] for row in table("places_provinces")}


def identify(name: Name, day: date | None = None) -> Identity:
    """The identity of the body of a full name.

    Args:
        name: What was read of the name.
        day: The day of the article, which tells bodies of one name apart.
    """
    if name.owner:
        return _part(name, name.owner, day)
    if name.place and name.place.name:
        return _local(name, name.place, day)
    entry = None if name.kind is OrganisationKind.INTERNATIONAL else find(name.text, day=day)
    if entry:
        return Identity(entry.body_id, entry.parent, entry)
    return Identity(body_id(name.text, name.kind))


def predecessors_of(name: Name, identity: Identity, day: date | None = None) -> list[str]:
    """Identifiers of the bodies whose work the body of a name took over: renamed, merged, or of a province merged.

    Args:
        name: What was read of the name.
        identity: What the register says of it.
        day: The day of the article; provinces that merged later than that are not one yet.
    """
    if isinstance(identity.entry, RegisteredBody):
        return list(predecessors(identity.entry.body_id))
    tail = identity.body_id.removeprefix(f"{identity.path}/")
    found = [f"{identity.path}/{other}" for other in predecessors(tail)] if identity.path else []
    place = name.place or (name.owner.place if name.owner else None)
    if identity.path and place and place.level is Level.PROVINCE:
        found += [f"vn/{slug(former)}/{tail}" for former in former_names(place.name or "", day)]
    return found


def _part(name: Name, owner: Name, day: date | None) -> Identity:
    whole = identify(owner, day)
    if name.kind is OrganisationKind.INTERNATIONAL and whole.entry is None:
        # Abroad, what is a unit and what is a name of its own is not told: `Quân đội Chính phủ Syria`.
        return Identity(body_id(f"{name.own} {owner.text}", name.kind), whole.body_id)
    if isinstance(whole.entry, Template):
        row = template(name.own, whole.entry.level, parent=whole.entry.tail, day=day)
        if row:
            return Identity(f"{whole.path}/{numbered_tail(row, name.own)}", whole.body_id, row, whole.path)
    entry = find(name.own, parent=whole.body_id, day=day) or find(name.text, parent=whole.body_id, day=day)
    if entry:
        return Identity(entry.body_id, whole.body_id, entry)
    return Identity(f"{whole.body_id}/{slug(name.own)}", whole.body_id)


def _local(name: Name, place: PlacePhrase, day: date | None) -> Identity:
    own = _UNIT_AT_END.sub("", name.own)
    row = template(own, place.level, _unit(place), day=day) or _inside(own, place, day)
    path = _path(place, name.province, row.unit if row else None)
    if row is None:
        entry = find(name.text, day=day)
        return Identity(entry.body_id, entry.parent, entry) if entry else Identity(f"{path}/{slug(own)}", path=path)
    parent = row.parent and (row.parent if row.parent.startswith("vn/") else f"{path}/{row.parent}")
    return Identity(f"{path}/{numbered_tail(row, own)}", parent, row, path)


def _inside(own: str, place: PlacePhrase, day: date | None) -> Template | None:
    """The unit of a name that holds its whole before the place: `Phòng Cảnh sát giao thông Công an`."""
    words = own.split()
    for at in range(1, len(words) if len(words) <= _LONGEST_UNIT else 0):
        whole = template(" ".join(words[at:]), place.level, _unit(place), day=day)
        part = whole and template(" ".join(words[:at]), place.level, parent=whole.tail, day=day)
        if part:
            return part
    return None


def _unit(place: PlacePhrase) -> str | None:
    """The unit of a place; that of a province where it was not printed."""
    if place.unit or place.level is not Level.PROVINCE:
        return place.unit
    return former_unit(place.name or "") or unit_of_place(place)


def _path(place: PlacePhrase, province: str | None, unit: str | None) -> str:
    """The identifier of a place: `vn/lai-chau`, `vn/lai-chau/huyen-muong-te`; `unit` is that of a bare name."""
    if place.level is Level.PROVINCE:
        return f"vn/{slug(province if province and not former_unit(place.name or '') else place.name or '')}"
    own = slug(f"{place.unit or unit or unit_of_place(place) or ''} {place.name}")
    return f"vn/{slug(province)}/{own}" if province else f"vn/{own}"
