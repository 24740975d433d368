"""The component: reads the document, fills `document.figures`."""

from vnextract.document import Document


def find_figures(document: Document) -> None:
    """Fill `document.figures`."""
