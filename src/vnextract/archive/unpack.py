"""Files opened: compressed ones as streams of what they hold, bounded so that a bomb is a recorded failure."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from vnextract.archive.extras import needed_for
from vnextract.archive.files import File, Unreadable, endings, is_read, printable
from vnextract.errors import InputFileError

RATIO = 250
"""How many times its size a file may unpack to; newspapers' text reaches 10."""
ALWAYS_ALLOWED = 64_000_000
"""Bytes that any file may unpack to."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A stream of one format: a file, or a member of a zip."""

    file: str
    member: str
    """Path within the zip; empty for a file of its own."""
    name: str
    """What its articles are named after."""
    format: str | None
    """As `FORMATS`; None where the name does not tell."""
    stream: io.BufferedReader
    packed: bool = False
    """Whether it is compressed or in a zip, and so can only be read from beginning to end."""

    def at(self, place: str) -> str:
        """A place in the file, with the member of the zip that it is in."""
        return f"{self.member}, {place}" if self.member else place


class _Budget:
    """How much may still be unpacked."""

    def __init__(self, size: int) -> None:
        self._left = max(ALWAYS_ALLOWED, RATIO * size)

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise InputFileError(f"it unpacks to more than {RATIO} times its size; it may be a bomb")


class _Metered(io.RawIOBase):
    """A decompressed stream on a budget."""

    def __init__(self, stream: io.BufferedIOBase, budget: _Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        # Not `read`, which would lose what comes before a damaged place.
        data = self._stream.read1(len(buffer))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def open_all(file: File, raw: io.BufferedReader) -> Iterator[Opened | Unreadable]:
    """What a file holds: itself, decompressed where need be, or the members of a zip."""
    format_, compression = endings(file.path.name)
    budget = _Budget(file.size)
    if compression == "zip":
        yield from _members(file, raw, budget)
        return
    yield Opened(str(file), "", file.name, format_, _decompressed(raw, compression, budget), compression is not None)


def _members(file: File, raw: io.BufferedReader, budget: _Budget) -> Iterator[Opened | Unreadable]:
    with zipfile.ZipFile(raw) as packed:
        for member in packed.infolist():
            name = printable(member.filename)
            format_, compression = endings(name)
            if member.is_dir() or not is_read(name.rpartition("/")[2]):
                continue
            if compression == "zip":
                yield Unreadable(str(file), name, "a zip within a zip is not read; unpack it first")
                continue
            try:
                stream = cast(io.BufferedIOBase, packed.open(member))
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
                yield Unreadable(str(file), name, f"it cannot be unpacked: {error}")
                continue
            with stream:
                unpacked = _decompressed(_metered(stream, budget), compression, budget)
                yield Opened(str(file), name, f"{file.name}/{name}", format_, unpacked, True)


def _decompressed(stream: io.BufferedReader, compression: str | None, budget: _Budget) -> io.BufferedReader:
    if compression == "gz":
        return _metered(cast(io.BufferedIOBase, gzip.GzipFile(fileobj=stream)), budget)
    if compression == "zst":
        return _metered(_zstandard(stream), budget)
    return stream


def _metered(stream: io.BufferedIOBase, budget: _Budget) -> io.BufferedReader:
    return io.BufferedReader(_Metered(stream, budget), 65_536)


def _zstandard(stream: io.BufferedReader) -> io.BufferedIOBase:
    with needed_for("reading .zst files"):
        import zstandard
    return cast(io.BufferedIOBase, zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))
