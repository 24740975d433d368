"""The packages of the extras `archive` and `documents`: asked for only when a file or an output needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from vnextract.archive.files import endings
from vnextract.errors import MissingExtraError

_PACKAGES = {
    "html": ("trafilatura", "archive"),
    "warc": ("trafilatura", "archive"),
    "feed": ("lxml", "archive"),
    "parquet": ("pyarrow", "archive"),
    "duckdb": ("duckdb", "archive"),
    "zst": ("zstandard", "archive"),
    "docx": ("docx", "documents"),
    "pdf": ("pypdfium2", "documents"),
    "epub": ("lxml", "archive"),
}
"""Package and extra that a format needs."""


@contextmanager
def needed_for(what: str, extra: str = "archive") -> Iterator[None]:
    """Around an import: where the package is missing, the error says how to get it.

    Args:
        what: What it is needed for.
        extra: The extra of this package that brings it.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise _missing(what, extra) from error


def check_installed(name: str) -> None:
    """Refuse a file at once whose format could not be read later.

    Raises:
        MissingExtraError: a package is not installed.
    """
    for ending in endings(name):
        package, extra = _PACKAGES.get(ending or "", ("", ""))
        if package and find_spec(package) is None:
            raise _missing(f"reading {name}", extra)


def _missing(what: str, extra: str = "archive") -> MissingExtraError:
    return MissingExtraError(f"{what} takes more: pip install 'vnextract[{extra}]'")
