"""The tables of this folder: one reader, one notation for what a phrase marks."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_MARKED = re.compile(r"\[([^]]*)\]")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table by its columns; `#` before the header says what it holds, cells that a row lacks are empty."""
    lines = [line for line in (_HERE / name).read_text(encoding="utf8").split("\n") if line]
    while lines[0].startswith("#"):
        del lines[0]
    columns = lines.pop(0).split("\t")
    cells = (line.split("\t") for line in lines)
    return [dict(zip(columns, row + [""] * (len(columns) - len(row)), strict=True)) for row in cells]


def marked_rows(name: str, phrase: str = "phrase") -> list[object]:
    """The rows of a table by their phrases, as `expected` gives them."""
    return expected(rows(name), phrase)


def expected(found: Iterable[dict[str, str]], phrase: str = "text") -> list[object]:
    """Rows by their phrases; one with `missed` is expected to fail with the weights of today, and told when it no longer does."""
    missed = pytest.mark.xfail(reason="missed by the weights of today", strict=True)
    return [pytest.param(row, marks=[missed] if row.get("missed") else [], id=row[phrase]) for row in found]


def bracketed(phrase: str) -> tuple[str, list[str]]:
    """A phrase without its square brackets, and what stands in them; `⏎` is a line break."""
    phrase = phrase.replace("⏎", "\n")
    return _MARKED.sub(r"\1", phrase), _MARKED.findall(phrase)
