"""The items of a run: everything that its files hold, in one order, each with how far reading has come."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from vnextract.archive.extras import check_installed
from vnextract.archive.files import STANDARD_INPUT, File, Unread, Unreadable, list_files
from vnextract.archive.prepare import Raw, Reading
from vnextract.archive.read import open_file, read_file, read_standard_input
from vnextract.archive.rows import UNDATED
from vnextract.errors import InputFileError

_LOOKED_AT = 200
Position = tuple[int, int]
"""Number of a file, from 0, and items of it that are dealt with."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something read, and how far reading has come with it."""

    raw: Raw | Unreadable
    position: Position
    read: int
    """Bytes of the input up to here."""
    number: int = 0
    """Its number among all that the output was ever given, from 1."""
    digest: str = ""
    """Of the article's content."""
    is_known: bool = False
    """Whether the output holds the article already, as it was before."""

    def __len__(self) -> int:
        return len(self.raw) if isinstance(self.raw, Raw) else 0


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is to read."""

    files: int
    bytes: int
    fingerprint: str
    """Of the files' names, sizes and times of change."""
    unread: Mapping[str, int]
    """Files of kinds that are not read, by ending."""


class Source:
    """Files and folders, and how they are read; `-` is standard input."""

    def __init__(self, paths: Sequence[str], reading: Reading, leave_out: Sequence[Path] = ()) -> None:
        self._paths = paths
        self._reading = reading
        self._leave_out = leave_out

    @property
    def is_read_once(self) -> bool:
        """Whether standard input is among the paths."""
        return STANDARD_INPUT in self._paths

    def survey(self) -> Survey:
        """Count the files.

        Raises:
            InputFileError: nothing can be read.
            MissingExtraError: a format needs a package that is not installed.
        """
        digest = hashlib.sha256()
        files = size = 0
        unread: Counter[str] = Counter()
        for file in self._listed(path for path in self._paths if path != STANDARD_INPUT):
            if isinstance(file, Unread):
                unread[file.ending] += 1
                continue
            files += 1
            if isinstance(file, File):
                check_installed(file.path.name)
                size += file.size
                digest.update(f"{file.name}\0{file.size}\0{file.modified}\n".encode())
        if not files and not self.is_read_once:
            raise InputFileError(
                f"there is nothing to read in {', '.join(self._paths)}: no file of a kind that is read"
            )
        return Survey(files, size, digest.hexdigest()[:16], unread)

    def check_fields(self) -> None:
        """Refuse a column that was named and that none of the first rows has; it may be misspelt.

        Raises:
            InputFileError: the message says which.
        """
        missing = set(self._reading.fields) - {"text"}
        if not missing or self.is_read_once:
            return
        rows = 0
        for item in islice(self.items(), _LOOKED_AT):
            if isinstance(item.raw, Raw) and isinstance(item.raw.data, Mapping):
                rows += 1
                missing -= item.raw.data.keys()
        if rows and missing:
            part = min(missing)
            raise InputFileError(
                f"no row has a column {self._reading.fields[part]!r}, as --{part}-field says: {rows:,} were looked at"
            )

    def undated(self) -> str | None:
        """What the first rows say of a column that looks like a publication date and is not taken."""
        if self.is_read_once or "published" in self._reading.fields:
            return None
        raws = (item.raw for item in islice(self.items(), _LOOKED_AT))
        warnings = (warning for raw in raws if isinstance(raw, Raw) for warning in raw.warnings)
        return next((warning for warning in warnings if warning.startswith(UNDATED)), None)

    def items(
        self,
        start: Position = (0, 0),
        pass_over: Callable[[File], bool] = lambda file: False,
        at_end: Callable[[File], None] = lambda file: None,
    ) -> Iterator[Item]:
        """Everything from a position on.

        Args:
            start: Where to begin.
            pass_over: Whether a file is known as it is.
            at_end: Called when everything in a file has been handed out.
        """
        read = 0
        for index, file in enumerate(self._files()):
            if index >= start[0] and not (isinstance(file, File) and pass_over(file)):
                done = start[1] if index == start[0] else 0
                for number, (raw, at) in enumerate(self._contents(file), 1):
                    if number > done:
                        yield Item(raw, (index, number), read + at)
                if isinstance(file, File):
                    at_end(file)
            read += file.size if isinstance(file, File) else 0

    def _files(self) -> Iterator[File | Unreadable | None]:
        """Files in order; None is standard input."""
        for path in self._paths:
            if path == STANDARD_INPUT:
                yield None
            else:
                yield from (file for file in self._listed([path]) if not isinstance(file, Unread))

    def _listed(self, paths: Iterable[str]) -> Iterator[File | Unreadable | Unread]:
        return list_files(paths, self._leave_out, follow_links=self._reading.follow_links)

    def _contents(self, file: File | Unreadable | None) -> Iterator[tuple[Raw | Unreadable, int]]:
        """What a file holds, with the place of reading in its bytes."""
        if file is None:
            yield from ((raw, 0) for raw in read_standard_input(self._reading))
        elif isinstance(file, Unreadable):
            yield file, 0
        else:
            with open_file(file) as stream:
                if isinstance(stream, Unreadable):
                    yield stream, 0
                else:
                    yield from ((raw, stream.tell()) for raw in read_file(file, stream, self._reading))
