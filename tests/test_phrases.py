"""Trees of phrases, and what the process is like while the library loads."""

import subprocess
import sys

import pytest

from vnextract.lexicon.phrases import cut, late_tree, places, tree_of
from vnextract.lexicon.tables import table


@pytest.mark.parametrize(("name", "column"), [("titles", "title"), ("countries", "name"), ("link_cues", "words")])
def test_a_late_tree_is_the_whole_tree(name: str, column: str) -> None:
    entries = [(row[column], number % 7) for number, row in enumerate(table(name))]
    late, whole = late_tree(entries), tree_of(cut(entries))
    assert late.keys() == whole.keys()
    assert {word: late[word].get("") for word in late} == {word: whole[word].get("") for word in whole}
    assert late == whole


def test_of_equal_phrases_the_last_counts() -> None:
    entries = [("Sở Y tế", 1), ("Sở", 2), ("sở y tế", 3), ("", 4), ("Sở Y tế dự phòng", 5)]
    tree = late_tree(entries)
    assert places(tree, ["sở", "y", "sở"]) == [0, 2]
    assert tree == {"sở": {"": 2, "y": {"tế": {"": 3, "dự": {"phòng": {"": 5}}}}}}


def test_only_what_is_asked_for_is_cut() -> None:
    asked: list[str] = []

    def read(entries):  # type: ignore[no-untyped-def]
        asked.extend(phrase for phrase, _ in entries)
        return cut(entries)

    tree = late_tree([("Bộ Y tế", 1), ("Bộ Nội vụ", 2), ("Sở Y tế", 3)], read)
    assert not places(tree, ["bộ", "phận"])
    assert asked == ["Bộ Y tế", "Bộ Nội vụ"]
    assert places(tree, ["bộ", "y", "tế"]) == [0] and asked == ["Bộ Y tế", "Bộ Nội vụ"]


def test_loading_leaves_the_process_as_it_was() -> None:
    code = (
        "import gc, os; before = dict(os.environ); import vnextract; vnextract.extract('Tỉnh họp.'); "
        "assert gc.isenabled() and dict(os.environ) == before; "
        "gc.disable(); vnextract.to_frames; assert not gc.isenabled()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
