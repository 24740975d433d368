"""Names of persons in running text, Vietnamese of all peoples and foreign."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vnextract.officials.names import find_names, is_syllable


def rows() -> Iterator[list[str]]:
    lines = (Path(__file__).parent / "test_names.tsv").read_text(encoding="utf8").splitlines()
    yield from (line.split("\t") for line in lines[2:])


@pytest.mark.parametrize(("text", "names"), list(rows()))
def test_names(text: str, names: str) -> None:
    assert " | ".join(name.text for name in find_names(text)) == names


@pytest.mark.parametrize(
    "word", ["Nguyễn", "Thúy", "Quyền", "Ưng", "Nghiêm", "Khuất", "Giàng", "Yến", "Uyên", "Trương"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Trump", "Donald", "Smith", "Erdogan", "Niê-kđăm", "Blơk", "Kđăm"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
