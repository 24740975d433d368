"""Every exception the library raises on purpose; each message says what was expected."""


class VnextractError(Exception):
    """Base of the family: `except vnextract.VnextractError` catches all of them."""


class InputTypeError(VnextractError, TypeError):
    """An argument is of a type that cannot be an article, a text or a date."""


class PublishedError(VnextractError, ValueError):
    """A publication date that is no calendar day, month or year."""


class InputFileError(VnextractError, ValueError):
    """A file that cannot be read as articles; the message names the file and the reason."""


class TextMismatchError(VnextractError, ValueError):
    """A text that is not the one a record was made from."""


class UnknownTableError(VnextractError, ValueError):
    """A name that is none of the tables, or a library that makes no data frames; the message lists what there is."""


class UnknownLanguageError(VnextractError, ValueError):
    """A language that pages do not speak; the message lists those that they do."""


class LexiconError(VnextractError, ValueError):
    """A table of the lexicon that is missing or breaks the rules of tables; the message names the table and the row."""


class ModelError(VnextractError, ValueError):
    """A tagger model that is missing, damaged or of another format."""


class MissingExtraError(VnextractError, ImportError):
    """A feature whose optional dependencies are not installed; the message gives the pip command."""


class WorkerError(VnextractError, RuntimeError):
    """Worker processes that cannot be started or cannot load their task."""


class OutputError(VnextractError, ValueError):
    """An output that cannot be written, or not continued with this input and these options."""


class StorageError(OutputError):
    """An output that cannot be written any further, as on a full disk; what is written stands."""


class QueryError(VnextractError, ValueError):
    """A question that the database cannot answer, or a file that is no database."""
