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
    """Of what tells it in its file: its identifier, its headline and day, its name; of its content without those."""
    address: bytes | None
    """Of its address, which is one article's wherever it stands."""
    file: bytes
    """Of the file that it stands in."""
    digest: bytes
    """Of its content: everything that extraction is given, but its identifier."""


def identity_of(raw: Raw, published: str | None = None) -> Identity:
    """The identity of an article.

    Args:
        raw: The article.
        published: Publication date of articles that carry none.
    """
    digest = _digest(raw, published)
    key = hashed(raw.own) if raw.own else digest
    return Identity(key, hashed(raw.address) if raw.address else None, _hashed_path(raw.file), digest)


def _digest(raw: Raw, published: str | None) -> bytes:
    content = blake2b(f"{raw.kind}\0{raw.url}\0{published}\0".encode("utf8", "surrogatepass"), digest_size=_DIGEST)
    if isinstance(raw.data, Mapping):
        for part in sorted(raw.data.keys() - {"id"}):
            content.update(_cell(part) + b"\0" + _cell(raw.data[part]) + b"\0")
    else:
        content.update(raw.data)
    return content.digest()


def _cell(value: Any) -> bytes:
    return (value if isinstance(value, str) else repr(value)).encode("utf8", "surrogatepass")


@lru_cache(maxsize=16)
def _hashed_path(path: str) -> bytes:
    return hashed(os.path.abspath(path))  # noqa: PTH100 (links are not followed)


def hashed(text: str) -> bytes:
    """What stands for a text among millions: the same for the same text."""
    return blake2b(text.encode("utf8", "surrogatepass"), digest_size=_KEY).digest()
