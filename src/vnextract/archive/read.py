"""From files to articles: folders, text files, JSONL, standard input."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnextract.article import Article

STANDARD_INPUT = "-"
_READABLE = {".txt", ".jsonl"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that could not be read as an article: the file, the place in it, the reason."""

    source: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}{', ' if self.place else ''}{self.place}: {self.reason}"


def read_items(paths: Iterable[str], published: str | None = None) -> Iterator[Article | Unreadable]:
    """Every article of the files, in a fixed order, and what could not be read."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield from _parse("standard input", sys.stdin.buffer.read(), None, published)
            continue
        root = Path(path)
        if not root.exists():
            yield Unreadable(path, "", "there is no such file or folder")
        for file in _files(root):
            name = file.relative_to(root).as_posix() if root.is_dir() else file.name
            try:
                data = file.read_bytes()
            except OSError as error:
                yield Unreadable(str(file), "", error.strerror or str(error))
                continue
            yield from _parse(name, data, file.suffix, published)


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    elif root.is_dir():
        yield from sorted(file for file in root.rglob("*") if file.is_file() and file.suffix.lower() in _READABLE)


def _parse(name: str, data: bytes, suffix: str | None, published: str | None) -> Iterator[Article | Unreadable]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Unreadable(name, f"byte {error.start}", "this is not UTF-8 text")
        return
    if suffix == ".jsonl" or (suffix is None and text.lstrip().startswith("{")):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield _line(name, number, line, published)
    else:
        yield Article(text, id=name, published=published)


def _line(name: str, number: int, line: str, published: str | None) -> Article | Unreadable:
    try:
        fields: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unreadable(name, f"line {number}", f"this is not JSON: {error}")
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        return Unreadable(name, f"line {number}", "there is no 'text' that holds a string")
    article = Article.of({"id": f"{name}:{number}", "published": published} | fields)
    return article
