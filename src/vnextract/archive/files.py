"""Which files there are, in an order that never changes, and what can be read of each."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vnextract.errors import InputFileError

STANDARD_INPUT = "-"
FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".warc": "warc",
    ".docx": "docx",
    ".pdf": "pdf",
    ".epub": "epub",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".duckdb": "duckdb",
}
"""Format by ending."""
COMPRESSIONS = {".gz": "gz", ".zst": "zst", ".zip": "zip"}
"""Compression by ending; it follows the format's (`news.jsonl.gz`)."""

OUTPUT = "outputs of earlier runs"
"""What stands in place of the ending of such a file."""
_STATE = "state.json"
_LONGEST_REASON = 500
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class File:
    """One file of the input."""

    path: Path
    name: str
    """Its path within the folder that was given, with slashes; what articles without an id are named after."""
    size: int
    modified: int
    """Time of its last change, in nanoseconds."""

    def __str__(self) -> str:
        return printable(str(self.path))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read as an article: the file, the place in it, the reason."""

    file: str
    place: str
    reason: str

    def __post_init__(self) -> None:
        """Whatever a file holds, what is said of it can be stored, and does nothing to a terminal."""
        reason = " ".join(self.reason[: 2 * _LONGEST_REASON].split())[:_LONGEST_REASON]
        for name, words in (("file", self.file), ("place", self.place), ("reason", reason)):
            object.__setattr__(self, name, printable(words))

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.file, self.place))) + f": {self.reason}"


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of a kind that holds no articles, such as a picture."""

    ending: str


def printable(name: str) -> str:
    """Text that can be shown and stored, with a sign for what cannot: a file's name, a library's message.

    >>> printable("a\\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return _UNPRINTABLE.sub("\ufffd", name)


def storable(text: str) -> str:
    """Text that can be stored, with a sign for every half of a character."""
    return _SURROGATE.sub("\ufffd", text)


def endings(name: str) -> tuple[str | None, str | None]:
    """Format and compression that a file's name tells; None where it does not.

    >>> endings("2023/news.JSONL.gz"), endings("news.zip"), endings("photo.jpg")
    (('jsonl', 'gz'), (None, 'zip'), (None, None))
    """
    *before, last = PurePosixPath(name.lower()).suffixes[-2:] or [""]
    compression = COMPRESSIONS.get(last)
    return FORMATS.get(before[0] if compression and before else last), compression


def is_read(name: str) -> bool:
    """Whether a file of a folder is taken for one with articles."""
    return any(endings(name)) and not name.startswith(".")


def check_paths(paths: Iterable[str]) -> None:
    """Refuse what is not there.

    Raises:
        InputFileError: a path names no file or folder.
    """
    for path in paths:
        if path != STANDARD_INPUT and not Path(path).exists():
            raise InputFileError(f"there is no file or folder {path!r}")


def list_files(
    paths: Iterable[str], leave_out: Iterable[Path] = (), *, follow_links: bool
) -> Iterator[File | Unreadable | Unread]:
    """Every file, folders in order of name; what earlier runs have written into a folder is left aside.

    Args:
        paths: Files and folders; a file named here is read whatever its ending.
        leave_out: Files and folders to pass over, such as the output.
        follow_links: Whether to read files of a folder that are links to somewhere outside of it.
    """
    hidden = frozenset(path.resolve() for path in leave_out)
    for path in map(Path, paths):
        if path.is_dir():
            yield from _folder(path, hidden, follow_links)
        else:
            yield _file(path, path.name)


def _folder(root: Path, hidden: frozenset[Path], follow_links: bool) -> Iterator[File | Unreadable | Unread]:
    names = frozenset(path.name for path in hidden)
    levels = [(root, iter([("", True)]))]
    while levels:
        folder, entries = levels[-1]
        for name, is_folder in entries:
            path = folder / name
            if name in names and path.resolve() in hidden:
                continue
            if name and _is_output(path, is_folder):
                yield Unread(OUTPUT)
                continue
            if is_folder:
                break
            if not is_read(name):
                yield Unread(path.suffix.lower())
            elif not follow_links and path.is_symlink() and not _leads_into(path, root):
                yield Unreadable(printable(str(path)), "", "it is a link out of the folder; --follow-links reads it")
            else:
                yield _file(path, path.relative_to(root).as_posix())
        else:
            levels.pop()
            continue
        try:
            levels.append((path, iter(_entries(path))))
        except OSError as error:
            yield Unreadable(printable(str(path)), "", f"the folder cannot be opened: {error.strerror}")


def _is_output(path: Path, is_folder: bool) -> bool:
    """Whether an earlier run has written a file or folder, as the state that it keeps beside or in it tells."""
    if is_folder:
        return (path / "_run" / _STATE).exists() or (path.suffix == ".run" and (path / _STATE).exists())
    return path.with_name(f"{path.name}.run").joinpath(_STATE).exists()


def _leads_into(link: Path, root: Path) -> bool:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        # What leads nowhere is told when it is opened.
        return True
    return target.is_relative_to(root.resolve())


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """Names in order, each with whether it is a folder; a link to a folder is none, for it may lead in a circle."""
    with os.scandir(folder) as entries:
        return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)


def _file(path: Path, name: str) -> File | Unreadable:
    try:
        status = path.stat()
    except OSError as error:
        return Unreadable(printable(str(path)), "", f"the file cannot be opened: {error.strerror}")
    if not path.is_file():
        return Unreadable(printable(str(path)), "", "this is no regular file")
    return File(path, printable(name), status.st_size, status.st_mtime_ns)
