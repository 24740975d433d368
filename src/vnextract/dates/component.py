"""The component: reads the document, fills `document.dates`."""

from vnextract.document import Document


def find_dates(document: Document) -> None:
    """Fill `document.dates`."""
