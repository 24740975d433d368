"""The component: reads the document, fills `document.bodies`."""

from vnextract.document import Document


def find_bodies(document: Document) -> None:
    """Fill `document.bodies`."""
