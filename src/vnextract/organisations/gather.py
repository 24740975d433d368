"""The stage of organisations: the bodies that the names of an article stand for."""

import re
from collections.abc import Sequence
from datetime import date

from vnextract.article import Article, Published
from vnextract.names.decide import Found
from vnextract.names.find import Names
from vnextract.names.reading import abbreviations
from vnextract.organisations.full_names import Name
from vnextract.organisations.identity import identify, predecessors_of
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.organisations.naming import Namer
from vnextract.organisations.setting import setting_of
from vnextract.organisations.whose.choice import Judge
from vnextract.records import FoundBy, OrganisationKind
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.normalise import fold

_SHORT_FORM = re.compile(r"[A-ZĐ][A-ZĐa-z0-9&.-]*[A-ZĐ0-9]")


def find_bodies(
    text: Text, names: Names, article: Article, published: Published | None = None, judge: Judge | None = None
) -> tuple[Body, ...]:
    """The organisations of an article, in order of first mention.

    >>> from vnextract.names.find import find_names
    >>> text = Text("Chủ tịch UBND tỉnh Lai Châu làm việc với Tỉnh ủy.")
    >>> [body.name for body in find_bodies(text, find_names(text), Article(text.raw))]
    ['Ủy ban nhân dân tỉnh Lai Châu', 'Tỉnh ủy Lai Châu']
    """
    return tuple(_gathered(text.norm, names.found, names_of(names, article, published, judge), _day(published)))


def names_of(
    names: Names, article: Article, published: Published | None = None, judge: Judge | None = None
) -> list[Name | None]:
    """The full name of each mention; None for a short form that the article never spells out.

    `judge` decides whose body a name leaves open is; None for the weights that the package comes with.
    """
    own_names = [Span(one.start, one.end) for one in names.found if _is_own_name(one)]
    day = _day(published)
    setting = setting_of(article, names.reading, own_names, day)
    return Namer(names.reading, setting, names.found, names.defined, day, judge).names()


def _day(published: Published | None) -> date | None:
    return published.first_day if published else None


def _is_own_name(one: Found) -> bool:
    """Whether a name is that of a company or a club, so that a province in it is no place of the article."""
    return (
        one.by is FoundBy.TAGGER
        or one.candidate is None
        or (not one.candidate.closed and one.candidate.kind in (OrganisationKind.COMPANY, OrganisationKind.SPORTS))
    )


def _gathered(norm: str, found: Sequence[Found], names: Sequence[Name | None], day: date | None) -> list[Body]:
    """One body per key, with all its mentions, in order of first mention; kind and level as the register has them."""
    bodies: dict[tuple[str, str], Body] = {}
    before: list[tuple[Body, Sequence[str]]] = []
    for one, name in zip(found, names, strict=True):
        if name is None:
            continue
        body = bodies.get(name.key)
        if body is None:
            identity = identify(name, day)
            told = identity.tells(name)
            body = bodies[name.key] = Body(
                name.text, told.kind, told.level, None, name.province, identity.body_id, identity.parent_id
            )
            before.append((body, predecessors_of(name, identity, day)))
        elif (name.text.count(" "), len(name.text)) > (body.name.count(" "), len(body.name)):
            body.name = name.text
        body.mentions.append(OrganisationMention(one.start, one.end, one.by, one.rule, one.score))
        body.abbreviation = body.abbreviation or _short_form(norm[one.start : one.end], name)
    named = {body.body_id for body in bodies.values()}
    for body, earlier in before:
        told_of = [one for one in earlier if one in named]
        body.predecessor_id = next(iter(told_of or (earlier if len(earlier) == 1 else ())), None)
    return list(bodies.values())


def _short_form(printed: str, name: Name) -> str | None:
    """The abbreviation that a mention is, where it is that of this body alone: `EVN`, but not `UBND`."""
    if not _SHORT_FORM.fullmatch(printed) or sum(map(str.isupper, printed)) < 2:
        return None
    shared = abbreviations().get(printed)
    return None if shared and fold(shared[0]) != fold(name.text) else printed
