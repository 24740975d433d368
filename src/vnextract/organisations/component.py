"""Fills the document's list of bodies."""

from vnextract.document import Document
from vnextract.organisations.arbitrate import arbitrate
from vnextract.organisations.naming import Namer, gather
from vnextract.organisations.patterns import parse
from vnextract.organisations.repeats import with_repeats
from vnextract.organisations.setting import setting_of
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
    found = arbitrate(parsed, tagged_names(document))
    found, defined = with_repeats(parsed.reading, found)
    own_names = [Span(one.start, one.end) for one in found if not (one.candidate and one.candidate.closed)]
    setting = setting_of(document, parsed.reading, own_names)
    names = Namer(parsed.reading, setting, found, defined).names()
    document.bodies = gather(norm, found, names)
