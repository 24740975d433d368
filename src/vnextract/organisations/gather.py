"""The stage of organisations: the bodies that the names of an article stand for."""

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from vnextract.article import Article, Published
from vnextract.names.decide import Found
from vnextract.names.find import Names
from vnextract.names.reading import abbreviations
from vnextract.organisations.full_names import Name, words_of
from vnextract.organisations.identity import Identity, identify, predecessors_of
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.organisations.naming import Namer
from vnextract.organisations.setting import setting_of
from vnextract.organisations.whose.choice import Judge
from vnextract.records import FoundBy, OrganisationKind
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.normalise import fold

_SHORT_FORM = re.compile(r"[A-ZĐ][A-ZĐa-z0-9&.-]*[A-ZĐ0-9]")
_MOST_SPELT = 2_000

_Named = tuple[Found, Name]


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
    setting = setting_of(article, names.reading, own_names, _day(published))
    return Namer(names.reading, setting, names.found, names.defined, judge).names()


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
    """The bodies with all their mentions, in order of first mention; kind and level as the register has them."""
    named = [(one, name) for one, name in zip(found, names, strict=True) if name is not None]
    identities = {name: identify(name, day) for name in dict.fromkeys(name for _, name in named)}
    first = _same_bodies(identities)
    groups: dict[Name, list[_Named]] = {}
    for one, name in named:
        groups.setdefault(first[name], []).append((one, name))
    called = {name: _fullest(norm, group) for name, group in groups.items()}
    known = {identities[name].body_id for name in called.values()}
    bodies = []
    for first_name, group in groups.items():
        name = called[first_name]
        earlier = predecessors_of(name, identities[name], day)
        told_of = [one for one in earlier if one in known]
        predecessor = next(iter(told_of or (earlier if len(earlier) == 1 else ())), None)
        bodies.append(_body(norm, group, name, identities[name], predecessor))
    return bodies


def _fullest(norm: str, group: Sequence[_Named]) -> Name:
    """The name of the most letters that a body has.

    Of spellings of one name it is one that is printed in full, then that of the most words, then what is said most.
    """
    said = Counter(name.text for _, name in group)
    if len(said) == 1:
        return group[0][1]
    printed = {name.text for one, name in group if _prints(norm[one.start : one.end], name)}

    def fullness(text: str) -> tuple[int, bool, int, int]:
        return len(_spelling(text)), text in printed, len(words_of(text)), said[text]

    fullest = max(said, key=fullness)
    return next(name for _, name in group if name.text == fullest)


def _prints(printed: str, name: Name) -> bool:
    """Whether a mention spells a body's own name out: `Sở Tài nguyên - Môi trường`, not `Sở TN&MT`."""
    return _spelling(printed).startswith(_spelling(name.own or name.text))


def _body(norm: str, group: Sequence[_Named], name: Name, identity: Identity, predecessor: str | None) -> Body:
    """The body of several mentions, under one of its names."""
    told = identity.tells(name)
    short = (_short_form(norm[one.start : one.end], its) for one, its in group)
    return Body(
        name.text,
        told.kind,
        told.level,
        next(filter(None, short), None),
        told.province,
        identity.body_id,
        identity.parent_id,
        predecessor,
        [OrganisationMention(one.start, one.end, one.by, one.rule, one.score) for one, _ in group],
    )


def _same_bodies(identities: Mapping[Name, Identity]) -> dict[Name, Name]:
    """For each name the first one of the same body: read alike, spelt alike, or with one identifier."""
    first: dict[Hashable, Name] = {}
    before: dict[Name, Name] = {}

    def first_of(name: Name) -> Name:
        while before[name] is not name:
            # Half of the way is forgotten each time, so that ways stay short.
            before[name] = name = before[before[name]]
        return name

    for name, identity in identities.items():
        before[name] = name
        for mark in (name.key, _spelling(name.text), (identity.body_id,)):
            one, other = first_of(first.setdefault(mark, name)), first_of(name)
            before[other] = one
    return {name: first_of(name) for name in identities}


@lru_cache(maxsize=_MOST_SPELT)
def _spelling(name: str) -> str:
    """What spellings of one name share: its words without `và`, signs and blanks.

    >>> _spelling("Sở Quy hoạch - Kiến trúc") == _spelling("Sở Quy hoạch và kiến trúc"), _spelling("A.C. Milan")
    (True, 'acmilan')
    """
    return "".join(word for word in words_of(name) if word != "và")


def _short_form(printed: str, name: Name) -> str | None:
    """The abbreviation that a mention is, where it is that of this body alone: `EVN`, but not `UBND`."""
    if not _SHORT_FORM.fullmatch(printed) or sum(map(str.isupper, printed)) < 2:
        return None
    shared = abbreviations().get(printed)
    return None if shared and fold(shared[0]) != fold(name.text) else printed
