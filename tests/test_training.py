"""Training everything at once: a folder that holds all parts, is used as it is named, and leaves the rest as shipped."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import vnextract
from rows import bracketed
from vnextract.confidence.model import CONFIDENCE
from vnextract.figures.nouns import WEIGHTS as NOUNS
from vnextract.figures.train import examples
from vnextract.gold import GoldArticle
from vnextract.links.model import LINKS, POSTS, links_in_use
from vnextract.model_folder import file_of, named_folder, using
from vnextract.names.tagger.model import MANIFEST, WEIGHTS
from vnextract.names.tagger.train import Settings
from vnextract.organisations.whose.choice import WEIGHTS as WHOSE
from vnextract.training import read_twice, train

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
    assert {path.name for path in folder.iterdir()} == {WEIGHTS, MANIFEST, NOUNS, WHOSE, LINKS, POSTS, CONFIDENCE}
    assert all(json.loads((folder / name).read_text(encoding="utf8")) for name in (NOUNS, LINKS, POSTS))


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


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("Xã có [12 hộ nghèo], trụ sở 3 tầng.", "hộ nghèo", [2, None]),
        ("Xã có [12 hộ] nghèo.", "hộ", [1]),
        ("Xã có [mười hai hộ nghèo].", "hộ nghèo", [2]),
        ("Cấp [3 bộ sách mỗi lớp].", "bộ sách/lớp", [2]),
        ("Xã có [12] hộ nghèo.", "", [None]),
        ("Thu [12 tỷ đồng] năm 2024.", "VND", []),
    ],
)
def test_what_an_article_teaches_about_counted_nouns(text: str, unit: str, words: list[int | None]) -> None:
    plain, (figure,) = bracketed(text)
    start = plain.index(figure)
    line = {"text": plain, "indicators": [{"span": [start, start + len(figure)], "value": 12, "unit": unit}]}
    taught = [(one.right[0].index(1.0), len(one.right[0]) - 1) for one in examples(GoldArticle.of(line))]
    assert [None if place == nothing else place + 1 for place, nothing in taught] == words


@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes by number")
def test_no_worker_outlives_a_killed_training() -> None:
    code = (
        "import os, time; from concurrent.futures import ProcessPoolExecutor; from multiprocessing import get_context\n"
        "from vnextract.training import end_with_parent\n"
        "if __name__ == '__main__':\n"
        "    with ProcessPoolExecutor(1, get_context('spawn'), end_with_parent) as pool:\n"
        "        print(pool.submit(os.getpid).result(), flush=True); pool.submit(time.sleep, 60).result()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not _runs(worker):
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    raise AssertionError("the worker went on")


def _runs(process: int) -> bool:
    """Whether a process is there and is more than a name that nobody has asked after yet."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def test_an_article_of_many_lines_is_read_once_more_in_one() -> None:
    lines = [f"Năm 202{year}, tỉnh có {year} xã." for year in range(6)]
    gold = GoldArticle.of(
        {"text": "\n".join(lines), "organisations": [{"span": [0, 3], "name": "Năm", "kind": "other"}]}
    )
    printed, in_one = read_twice(gold).copies()
    assert printed.gold is gold and len(printed.known.text.blocks) == len(lines)
    assert in_one.gold.text == " ".join(lines) and len(in_one.known.text.blocks) == 1
    assert [one.start for one in in_one.known.figures] == [one.start for one in printed.known.figures]


def test_an_article_of_few_lines_is_read_once() -> None:
    gold = GoldArticle.of({"text": "Sở Y tế họp.\nTỉnh có 9 xã."})
    assert len(list(read_twice(gold).copies())) == 1
