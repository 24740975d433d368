"""Every exception the library raises on purpose; each message says what was expected."""


class VnextractError(Exception):
    """Base of the family: `except vnextract.VnextractError` catches all of them."""


class InputTypeError(VnextractError, TypeError):
    """An argument is of a type that cannot be an article, a text or a date."""


class PublishedError(VnextractError, ValueError):
    """A publication date that is no calendar day, month or year."""


class InputFileError(VnextractError, ValueError):
    """A file that cannot be read as articles; the message names the file and the reason."""


class ModelError(VnextractError, ValueError):
    """A tagger model that is missing, damaged or of another format."""


class MissingExtraError(VnextractError, ImportError):
    """A feature whose optional dependencies are not installed; the message gives the pip command."""
