"""Training everything at once: a folder that holds all parts, is used as it is named, and leaves the rest as shipped."""

import json
from pathlib import Path

import pytest

import vnextract
from vnextract.confidence.model import CONFIDENCE
from vnextract.figures.nouns import WEIGHTS as NOUNS
from vnextract.links.model import LINKS, links_in_use
from vnextract.model_folder import file_of, named_folder, using
from vnextract.names.tagger.model import MANIFEST, WEIGHTS
from vnextract.names.tagger.train import Settings
from vnextract.organisations.whose.choice import WEIGHTS as WHOSE
from vnextract.training import train

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sklearn")
    made = tmp_path_factory.mktemp("model")
    lines = (CORPUS / "briefs.jsonl").read_text(encoding="utf8").splitlines()[:12]
    gold = made / "gold.jsonl"
    gold.write_text("\n".join(lines), encoding="utf8")
    steps: list[str] = []
    train([gold], made / "trained", Settings(iterations=3), steps.append)
    (made / "steps").write_text("\n".join(steps), encoding="utf8")
    return made / "trained"


def test_every_part_is_written(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {WEIGHTS, MANIFEST, NOUNS, WHOSE, LINKS, CONFIDENCE}
    assert all(json.loads((folder / name).read_text(encoding="utf8")) for name in (NOUNS, LINKS))


def test_each_step_is_told_in_a_line(folder: Path) -> None:
    steps = (folder.parent / "steps").read_text(encoding="utf8").splitlines()
    assert steps[0] == "12 articles in 4 parts"
    assert sum("of 4 read" in step for step in steps) == sum("of 4 linked" in step for step in steps) == 4
    assert steps[-1] == "confidence learnt"


def test_the_folder_is_used_as_long_as_it_is_named(folder: Path) -> None:
    text = "Sáng 16/4, Sở Y tế tỉnh Lai Châu họp, thu ngân sách đạt 3 tỷ đồng."
    shipped = vnextract.extract(text)
    with using(folder):
        assert named_folder() == str(folder)
        named = vnextract.extract(text)
        # Gold without relations of figures leaves these links as they were shipped.
        assert {"period", "owner", "said_by"} <= set(links_in_use())
    assert named_folder() is None
    assert named != shipped
    assert vnextract.extract(text) == shipped


def test_a_part_that_a_folder_lacks_is_the_shipped_one(tmp_path: Path) -> None:
    assert file_of(str(tmp_path), NOUNS) == file_of(None, NOUNS)
    (tmp_path / NOUNS).write_bytes(b"{}")
    assert file_of(str(tmp_path), NOUNS) == (str(tmp_path / NOUNS), b"{}")
