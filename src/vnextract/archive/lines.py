"""Output as lines of JSON, plain, gzipped or as Zstandard."""

import gzip
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from vnextract.archive.checkpoint import Growing, State
from vnextract.archive.extras import needed_for
from vnextract.archive.files import Unreadable
from vnextract.archive.forms import Form, Written


class JsonLines:
    """One record a line, plain, gzipped or as Zstandard; a part is appended as a member of its own."""

    form = Form.LINES

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._partial = folder / "records.partial"
        self._compress = _COMPRESSORS.get(path.suffix.lower(), _plain_bytes)()
        self._lines: list[bytes] = []
        self._file: Growing | None = None

    def begin(self, state: State) -> None:
        """As `Output`."""
        size = state.sizes.get("records", 0)
        if not state.parts:
            self._path.unlink(missing_ok=True)
        # A run killed between its last two steps has the name already, but not the word that it is finished.
        if state.parts and not self._partial.exists() and self._path.exists():
            self._path.replace(self._partial)
        self._file = Growing(self._partial, size)

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

    def reopen(self) -> None:
        """As `Output`."""

    def finish(self, state: State) -> None:
        """As `Output`."""
        self.close()
        self._partial.replace(self._path)

    def tidy(self) -> None:
        """As `Output`."""

    def close(self) -> None:
        """As `Output`."""
        if self._file is not None:
            self._file.close()


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
