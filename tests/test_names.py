"""Names of persons in running text, Vietnamese of all peoples and foreign."""

import pytest

from rows import rows
from vnextract.officials.names import find_names, is_syllable
from vnextract.text.alignment import Span
from vnextract.text.words import Words


@pytest.mark.parametrize("row", rows("names.tsv"), ids=lambda row: row["text"])
def test_names(row: dict[str, str]) -> None:
    assert " | ".join(name.text for name in find_names(Words.of(row["text"]))) == row["names"]


@pytest.mark.parametrize(
    "word", ["Nguyễn", "Thúy", "Quyền", "Ưng", "Nghiêm", "Khuất", "Giàng", "Yến", "Uyên", "Trương"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Trump", "Donald", "Smith", "Erdogan", "Niê-kđăm", "Blơk", "Kđăm"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def names(text: str, taken: str = "", persons: tuple[str, ...] = ()) -> list[str]:
    """The names found, where a title is stated in one place and the tagger finds persons in others."""
    at = text.find(taken)
    titles = [Span(at, at + len(taken))] if taken else []
    found = [Span(text.index(person), text.index(person) + len(person)) for person in persons]
    return [name.text for name in find_names(Words.of(text), titles=titles, persons=found)]


def test_signs_of_an_article_are_no_titles() -> None:
    assert names("_ Lan nói. = Lan cười.") == []
    assert names("______ Hồ Chí Minh đọc.") == []


def test_a_word_right_after_a_title_is_a_name() -> None:
    assert names("Giám đốc Lan nói.", taken="Giám đốc") == ["Lan"]


@pytest.mark.parametrize(
    ("text", "person", "found"),
    [
        ("Và Peter Hale trúng cử.", "Peter Hale", ["Peter Hale"]),
        ("gặp bà Đỗ Thị M. Tại nhà riêng", "Đỗ Thị M", ["Đỗ Thị M"]),
        ("Trần Hoàng Bá Lộc hát.", "Hoàng Bá Lộc", ["Trần Hoàng Bá Lộc"]),
        ("lời của ông Đội trưa nay", "Đội", ["Đội"]),
    ],
)
def test_the_tagger_is_evidence(text: str, person: str, found: list[str]) -> None:
    assert names(text, persons=(person,)) == found
