"""Fills the document's list of bodies."""

from vnextract.document import Document
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.organisations.patterns import candidates
from vnextract.records import FoundBy, OrganisationKind


def find_bodies(document: Document) -> None:
    """Find the organisations of an article, in order of first mention."""
    bodies: dict[str, Body] = {}
    for found in candidates(document.text):
        if found.short:
            continue
        name = found.name
        body = bodies.setdefault(name, Body(name, found.kind or OrganisationKind.OTHER, found.level))
        body.mentions.append(OrganisationMention(found.start, found.end, FoundBy.GRAMMAR))
    document.bodies = list(bodies.values())
