"""Ties the layers together: which body a figure is about."""

from vnextract.document import Document


def link(document: Document) -> None:
    """Fill `document.figure_bodies`."""
