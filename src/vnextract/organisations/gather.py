"""The stage of organisations: the bodies that the names of an article stand for."""

from vnextract.article import Article, Published
from vnextract.names.decide import Found
from vnextract.names.find import Names
from vnextract.organisations.models import Body
from vnextract.organisations.naming import Namer, gather
from vnextract.organisations.setting import setting_of
from vnextract.records import FoundBy, OrganisationKind
from vnextract.text.alignment import Span
from vnextract.text.document import Text


def find_bodies(text: Text, names: Names, article: Article, published: Published | None = None) -> tuple[Body, ...]:
    """The organisations of an article, in order of first mention.

    >>> from vnextract.names.find import find_names
    >>> text = Text("Chủ tịch UBND tỉnh Lai Châu làm việc với Tỉnh ủy.")
    >>> [body.name for body in find_bodies(text, find_names(text), Article(text.raw))]
    ['Ủy ban nhân dân tỉnh Lai Châu', 'Tỉnh ủy Lai Châu']
    """
    day = published.first_day if published else None
    own_names = [Span(one.start, one.end) for one in names.found if _is_own_name(one)]
    setting = setting_of(article, names.reading, own_names)
    full_names = Namer(names.reading, setting, names.found, names.defined, day).names()
    return tuple(gather(text.norm, names.found, full_names))


def _is_own_name(one: Found) -> bool:
    """Whether a name is that of a company or a club, so that a province in it is no place of the article."""
    return (
        one.by is FoundBy.TAGGER
        or one.candidate is None
        or (not one.candidate.closed and one.candidate.kind in (OrganisationKind.COMPANY, OrganisationKind.SPORTS))
    )
