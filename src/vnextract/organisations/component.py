"""Fills the document's list of bodies."""

from vnextract.document import Document
from vnextract.organisations.arbitrate import Found, arbitrate
from vnextract.organisations.naming import Namer, gather
from vnextract.organisations.patterns import parse
from vnextract.organisations.repeats import with_repeats
from vnextract.organisations.setting import setting_of
from vnextract.records import FoundBy, OrganisationKind
from vnextract.tagging.model import tagged_names
from vnextract.text.alignment import Span


def find_bodies(document: Document) -> None:
    """Find the organisations of an article, in order of first mention.

    >>> from vnextract.article import Article
    >>> document = Document.of(Article("Chủ tịch UBND tỉnh Lai Châu làm việc với Tỉnh ủy."))
    >>> find_bodies(document)
    >>> [body.name for body in document.bodies]
    ['Ủy ban nhân dân tỉnh Lai Châu', 'Tỉnh ủy Lai Châu']
    """
    norm = document.text.norm
    parsed = parse(document.text)
    tagged = tagged_names(document)
    persons = [Span(name.start, name.end) for name in tagged if name.label == "PER"]
    found, defined = with_repeats(parsed.reading, arbitrate(parsed, tagged), persons)
    own_names = [Span(one.start, one.end) for one in found if _is_own_name(one)]
    setting = setting_of(document, parsed.reading, own_names)
    names = Namer(parsed.reading, setting, found, defined).names()
    document.bodies = gather(norm, found, names)


def _is_own_name(one: Found) -> bool:
    """Whether a name is that of a company or a club, so that a province in it is no place of the article."""
    return (
        one.by is FoundBy.TAGGER
        or one.candidate is None
        or (not one.candidate.closed and one.candidate.kind in (OrganisationKind.COMPANY, OrganisationKind.SPORTS))
    )
