"""What tells an article again in a later run: where it comes from, and a digest of what it says."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from vnextract.archive.prepare import Raw

_DIGEST, _KEY = 16, 12


@dataclass(frozen=True, slots=True)
class Identity:
    """An article as a later run sees it."""

    key: bytes
    """Of its address, of its own identifier, of its headline and day, or of its file; of its content without those."""
    file: bytes
    """Of the file that it stands in."""
    digest: bytes
    """Of its content: everything that extraction is given."""
    is_global: bool
    """Whether the key is an address, which is one article's wherever it stands; an identifier is one in its file."""


def identity_of(raw: Raw, published: str | None = None) -> Identity:
    """The identity of an article.

    Args:
        raw: The article.
        published: Publication date of articles that carry none.
    """
    digest = _digest(raw, published)
    key = f"address\0{raw.address}" if raw.address else raw.own
    return Identity(
        _hash(key.encode("utf8", "surrogatepass")) if key else digest, _file(raw), digest, bool(raw.address)
    )


def _digest(raw: Raw, published: str | None) -> bytes:
    content = blake2b(f"{raw.kind}\0{raw.url}\0{published}\0".encode("utf8", "surrogatepass"), digest_size=_DIGEST)
    if isinstance(raw.data, Mapping):
        for part in sorted(raw.data):
            content.update(_cell(part) + b"\0" + _cell(raw.data[part]) + b"\0")
    else:
        content.update(raw.data)
    return content.digest()


def _cell(value: Any) -> bytes:
    return (value if isinstance(value, str) else repr(value)).encode("utf8", "surrogatepass")


def _file(raw: Raw) -> bytes:
    return _hashed_path(raw.file)


@lru_cache(maxsize=16)
def _hashed_path(path: str) -> bytes:
    return _hash(os.path.abspath(path).encode("utf8", "surrogatepass"))  # noqa: PTH100 (links are not followed)


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=_KEY).digest()
