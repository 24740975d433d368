"""Output as lines of JSON, plain, gzipped or as Zstandard."""

import gzip
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from vnextract.archive.checkpoint import Growing, State, sync_folder
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import Form, Written
from vnextract.archive.ledger import Replaced
from vnextract.errors import OutputError

_AT_ONCE = 1_000_000
_LINES_AT_ONCE = 1_000
_ID = re.compile(rb'\{(?:"text":"(?:[^"\\]++|\\.)*+",)?"id":("(?:[^"\\]++|\\.)*+")')
"""The identifier in a line of ours."""


class JsonLines:
    """One record a line, plain, gzipped or as Zstandard; a part is appended as a member of its own.

    What a run adds is kept apart until it is whole. It is in the output once the file that kept it is gone.
    """

    form = Form.LINES

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._partial = folder / "records.partial"
        self._rewritten = folder / "records.whole"
        self._ending = path.suffix.lower()
        self._compress = _COMPRESSORS.get(self._ending, _plain_bytes)()
        self._lines: list[bytes] = []
        self._file: Growing | None = None

    def begin(self, state: State) -> None:
        """As `Output`."""
        self._rewritten.unlink(missing_ok=True)
        if not state.parts:
            self._path.unlink(missing_ok=True)
        # Nothing of this run can be in it yet.
        if state.parts == state.base and self._path.exists() and self._path.stat().st_size != state.sizes["output"]:
            raise OutputError(f"{self._path} has been changed since; name another output, or --restart to replace it")
        self._file = Growing(self._partial, state.sizes.get("records", 0))

    def add(self, article: Written) -> None:
        """As `Output`."""
        assert article.line is not None
        self._lines.append(article.line)

    def commit(self, state: State, failures: Iterable[Unreadable]) -> None:
        """As `Output`."""
        assert self._file is not None
        data = b"".join(self._lines)
        state.sizes["records"] = self._file.append(self._compress(data) if data else b"")
        self._lines.clear()

    def finish(self, state: State, replaced: Replaced, failures: Sequence[Unreadable] | None) -> None:
        """As `Output`."""
        self.close()
        if replaced:
            self._rewrite(state, replaced)
            self._partial.unlink()
            self._rewritten.replace(self._path)
        elif state.base:
            self._append(state)
            self._partial.unlink()
        else:
            self._partial.replace(self._path)
        sync_folder(self._path.parent)
        self._enter(state)

    def _append(self, state: State) -> None:
        size = state.sizes["output"]
        file = Growing(self._path, size)
        with self._partial.open("rb") as added:
            while data := added.read(_AT_ONCE):
                file.append(data)
        file.close()

    def _rewrite(self, state: State, replaced: Replaced) -> None:
        """The output and what is to be added as one file, without the records that others have replaced."""
        left = {id_: too_many for id_, (too_many, _) in replaced.items()}
        temporary = self._rewritten.with_suffix(".tmp")
        with temporary.open("wb") as file:
            for source, size in ((self._path, state.sizes.get("output", 0)), (self._partial, None)):
                if size == 0:
                    continue
                with source.open("rb") as stream:
                    kept = _last_ones(_unpacked(stream, self._ending, size), left)
                    while lines := b"".join(islice(kept, _LINES_AT_ONCE)):
                        file.write(self._compress(lines))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._rewritten)

    def is_finished(self, state: State) -> bool:
        """As `Output`."""
        if state.parts == state.base or self._partial.exists():
            return False
        if self._rewritten.exists():
            self._rewritten.replace(self._path)
        if not self._path.exists():
            return False
        self._enter(state)
        return True

    def _enter(self, state: State) -> None:
        state.sizes["output"], state.sizes["records"] = self._path.stat().st_size, 0

    def tidy(self) -> None:
        """As `Output`."""

    def close(self) -> None:
        """As `Output`."""
        if self._file is not None:
            self._file.close()


def _last_ones(lines: Iterable[bytes], left: dict[str, int]) -> Iterator[bytes]:
    """The lines without the first so many of each article, which are counted down."""
    for line in lines:
        match = _ID.match(line)
        id_ = json.loads(match[1]) if match else ""
        if left.get(id_, 0):
            left[id_] -= 1
        else:
            yield line


def _unpacked(stream: BinaryIO, ending: str, size: int | None) -> Iterable[bytes]:
    """The lines of a file up to a size."""
    bounded = io.BufferedReader(_Beginning(stream, size))
    if ending == ".gz":
        return cast(Iterable[bytes], gzip.GzipFile(fileobj=bounded))
    if ending == ".zst":
        with needed_for("reading .zst files"):
            import zstandard
        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(bounded, read_across_frames=True))
    return bounded


class _Beginning(io.RawIOBase):
    """The first so many bytes of a stream."""

    def __init__(self, stream: BinaryIO, size: int | None) -> None:
        self._stream = stream
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer) if self._left is None else min(len(buffer), self._left))
        if self._left is not None:
            self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def _plain_bytes() -> Callable[[bytes], bytes]:
    return bytes


def _gzip() -> Callable[[bytes], bytes]:
    return lambda data: gzip.compress(data, 6, mtime=0)


def _zstandard() -> Callable[[bytes], bytes]:
    with needed_for("writing .zst files"):
        import zstandard
    return zstandard.ZstdCompressor(level=6).compress


_COMPRESSORS: Mapping[str, Callable[[], Callable[[bytes], bytes]]] = {
    ".gz": _gzip,
    ".zst": _zstandard,
}
