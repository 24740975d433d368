"""Which bodies may be parts of which others, by the register, the table of inner units, and the ranks of names."""

from datetime import date

from vnextract.lexicon.register import Template, find, levels_of, template
from vnextract.names.bodies import OF_STATE
from vnextract.names.heads import rank_of
from vnextract.organisations.full_names import Name
from vnextract.organisations.identity import identify
from vnextract.organisations.inner_units import inner, is_unit
from vnextract.records import OrganisationKind
from vnextract.text.normalise import fold

_WHOLE_COUNTRY = (" trung ương", " việt nam", " quốc gia", " nhà nước")
"""Ends of names that say whose a body is."""
_PARTY = "vn/dang"
"""The Party has no units but those of the register: a bare `Đảng ủy` is one of its committees in some body."""


def are_alike(one: Name, other: Name) -> bool:
    """Whether two units can share their whole: of one rank."""
    return 0 < rank_of(one.own or one.text) == rank_of(other.own or other.text)


def _is_board(name: Name) -> bool:
    """Whether a body is the board of a company or a school, which has no parts: a `Hội đồng thành viên`."""
    own = name.own or name.text
    row = inner(own) if is_unit(own) else None
    return row is not None and row.needs_whole and not row.kinds & OF_STATE


def possible(unit: Name, whole: Name, day: date | None = None) -> str | None:
    """What says that a unit can be part of a body: `register`, `template`, `rank`, `kind`; None where nothing does."""
    own = unit.own or unit.text
    says_whole = whole.head == unit.head or unit.head.endswith((f" {fold(whole.text)}", *_WHOLE_COUNTRY))
    if says_whole or _is_board(whole):
        return None
    identity = identify(whole, day)
    if find(own, parent=identity.body_id):
        return "register"
    if identity.body_id == _PARTY:
        return None
    if isinstance(identity.entry, Template) and template(own, identity.entry.level, parent=identity.entry.tail):
        return "template"
    if unit.kind is OrganisationKind.POLICE and levels_of(own):
        return None
    row, rank = inner(own), rank_of(whole.text)
    if row is None:
        of_state = whole.kind in (unit.kind, OrganisationKind.GOVERNMENT)
        return "rank" if 0 < rank_of(own) < rank and of_state else None
    if whole.kind not in row.kinds or (not rank and inner(whole.own or whole.text)):
        return None
    if rank:
        return "rank" if rank_of(own) < rank else None
    return "kind" if whole.kind is not OrganisationKind.GOVERNMENT else None


def is_unit_of(longer: Name, shorter: Name) -> bool:
    """Whether a longer name is that of a unit of what a shorter one names: the `Hội đồng quản trị` of an airline.

    So is every body that the table of known bodies has beside the shorter one: the `Hội đồng Bảo an` is not the
    `Liên Hợp Quốc`.
    """
    whole = longer.owner
    while whole is not None:
        if f"{whole.head} ".startswith(f"{shorter.head} "):
            return True
        whole = whole.owner
    lead = longer.head.removesuffix(f" {shorter.head}")
    if lead == longer.head:
        return False
    if shorter.known and longer.known:
        return identify(shorter).body_id != identify(longer).body_id
    row = inner(lead)
    return row is not None and row.is_part and (shorter.kind in row.kinds or is_unit(lead))
