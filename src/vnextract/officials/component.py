"""The component: reads the document, fills `document.people`."""

from vnextract.document import Document


def find_people(document: Document) -> None:
    """Fill `document.people`."""
