"""Gold without texts: stripped, nothing of the article is left; joined with the article, it is the same gold again."""

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def module() -> ModuleType:
    path = Path(__file__).parent.parent / "benchmarks" / "standoff.py"
    spec = spec_from_file_location("standoff", path)
    assert spec and spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


standoff = module()
TEXT = "Thu ngân sách của xã tăng. Năm 2025, thu ngân sách đạt 12 tỷ đồng, thu hút 3 dự án."


def gold() -> dict[str, Any]:
    figures = [("12 tỷ đồng", "thu ngân sách"), ("3 dự án", None)]
    return {
        "id": "a-1",
        "text": TEXT,
        "indicators": [
            {"span": [TEXT.index(part), TEXT.index(part) + len(part)], "measure": measure} for part, measure in figures
        ],
    }


def test_there_and_back() -> None:
    line = standoff.stripped(gold())
    assert "text" not in line
    assert "ngân sách" not in json.dumps(line, ensure_ascii=False)
    assert standoff.joined(line, TEXT + "\n") == gold()


def test_a_measure_is_kept_as_its_nearest_place() -> None:
    start = TEXT.index("thu ngân sách")
    assert [figure["measure"] for figure in standoff.stripped(gold())["indicators"]] == [[start, start + 13], None]


def test_a_measure_that_is_no_words_of_the_text_is_refused() -> None:
    line = gold()
    line["indicators"][0]["measure"] = "chi ngân sách"
    with pytest.raises(ValueError, match="no words of its article"):
        standoff.stripped(line)


def test_articles_that_nobody_has_are_named() -> None:
    other = {"id": "a-2", "text": "Xã họp.", "indicators": []}
    found, missing = standoff.join(map(standoff.stripped, (gold(), other)), [{"text": "Tỉnh họp."}, {"text": TEXT}])
    assert (found, missing) == ([gold()], ["a-2"])
