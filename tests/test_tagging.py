"""The tagger: labels, features, training on a handful of articles, models that must not load."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from underthesea_core import CRFModel, CRFTagger

import vnextract.names.tagger
from vnextract.errors import InputFileError, ModelError
from vnextract.gold import GoldArticle, read_gold, to_norm
from vnextract.names.bodies import parse
from vnextract.names.tagger.evidence import evidence
from vnextract.names.tagger.features import body_marks, defined_abbreviations, featurised
from vnextract.names.tagger.labels import decode, encode
from vnextract.names.tagger.model import MANIFEST, WEIGHTS, load_model, model_in_use, shipped_model
from vnextract.names.tagger.names import TaggedName
from vnextract.names.tagger.paths import best_paths, marginals
from vnextract.names.tagger.scores import Scores
from vnextract.names.tagger.train import Settings, blend, examples, train, train_on
from vnextract.names.tagger.weights import UNIT, Weights, mean, read_table, read_weights, write_weights
from vnextract.text.alignment import Span
from vnextract.text.document import Text

SENTENCES = [
    ("Sáng 4.3, [UBND xã Ia Blang] làm việc với [Công ty TNHH Hạt điều Phú Thuận].", "Phú Thuận"),
    ("[Công ty CP Gạch Tân Lập] cho biết ông (Hoàng Văn Tý) đã nghỉ việc.", "Tân Lập"),
    ("Theo [Báo Gia Lai], [Hợp tác xã Rau Hữu Phước] bán hàng cho [Siêu thị Bình An].", "Hữu Phước"),
    ("Ông (Siu Glang), Chủ tịch [UBND xã Ia Blang], thăm [Trường THPT Lê Lợi].", "Lê Lợi"),
]


def gold_line(marked: str) -> dict[str, Any]:
    """Gold from a phrase with `[bodies]` and `(persons)`."""
    text, spans = "", {"[": [], "(": []}  # type: ignore[var-annotated]
    for char in marked:
        if char in "[(":
            spans[char].append([len(text), 0])
        elif char in ")]":
            spans["[" if char == "]" else "("][-1][1] = len(text)
        else:
            text += char
    return {
        "id": "x",
        "text": text,
        "organisations": [{"span": span, "name": text[slice(*span)], "kind": "other"} for span in spans["["]],
        "officials": [{"name": text[slice(*span)], "mentions": [span], "positions": []} for span in spans["("]],
        "ignore": [],
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    lines = [json.dumps(gold_line(marked), ensure_ascii=False) for marked, _ in SENTENCES]
    path.write_text("\n".join(lines * 4) + "\n", encoding="utf8")
    return path


@pytest.mark.parametrize(
    ("spans", "labels"),
    [
        ([], "O O O O"),
        ([(0, 2, "ORG")], "U-ORG O O O"),
        ([(3, 8, "ORG")], "O B-ORG L-ORG O"),
        ([(0, 8, "PER"), (9, 11, "ORG")], "B-PER I-PER L-PER U-ORG"),
        ([(4, 5, "ORG")], "O U-ORG O O"),
    ],
)
def test_labels_there_and_back(spans: list[tuple[int, int, str]], labels: str) -> None:
    syllables = [Span(0, 2), Span(3, 5), Span(6, 8), Span(9, 11)]
    encoded = encode(syllables, [(Span(a, b), kind) for a, b, kind in spans])
    assert encoded == labels.split()
    back = [(syllables[a].start, syllables[b - 1].end, kind) for a, b, kind in decode(encoded)]
    assert len(back) == len(spans) and all(a <= c and d <= b for (c, d, _), (a, b, _) in zip(spans, back, strict=True))


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ("I-ORG L-ORG O", [(0, 2, "ORG")]),
        ("B-ORG O L-ORG", [(0, 1, "ORG"), (2, 3, "ORG")]),
        ("B-ORG B-ORG I-PER", [(0, 1, "ORG"), (1, 2, "ORG"), (2, 3, "PER")]),
        ("U-PER I-PER", [(0, 1, "PER"), (1, 2, "PER")]),
    ],
)
def test_odd_label_sequences_still_give_names(labels: str, names: list[tuple[int, int, str]]) -> None:
    assert list(decode(labels.split())) == names


def test_every_syllable_has_features_once() -> None:
    text = Text("Chiều 3.4, Sở Y tế họp.\n\nÔng Bình dự.")
    made = list(featurised(text, parse(text)))
    assert [span for syllables, _ in made for span in syllables] == list(text.syllables)
    assert all(len(syllables) == len(rows) and all(rows) for syllables, rows in made)
    assert all(len(set(row)) == len(row) for _, rows in made for row in rows)


def corpus_texts(count: int) -> list[Text]:
    lines = (Path(__file__).parents[1] / "corpus" / "briefs.jsonl").read_text(encoding="utf8").splitlines()
    return [Text(json.loads(line)["text"]) for line in lines[:count]]


@pytest.fixture(scope="module")
def models() -> Path:
    return Path(vnextract.names.tagger.__file__).parent / "models"


def test_scores_are_the_sums_of_the_weights_of_the_features(models: Path) -> None:
    data = (models / WEIGHTS).read_bytes()
    weights, scores = read_weights(data), Scores(read_table(data))
    for text in [*corpus_texts(15), Text("Họp."), Text("")]:
        parsed = parse(text)
        rows = [row for _, rows in featurised(text, parsed) for row in rows]
        expected = [
            [sum(weights.states.get((one, label), 0.0) for one in row) for label in weights.labels] for row in rows
        ]
        assert np.allclose(scores.of(text, parsed)[1] / UNIT, np.array(expected).reshape(-1, len(weights.labels)))


def test_labels_and_probabilities_are_those_of_the_trainers_own_tagger(models: Path) -> None:
    tagger = CRFTagger.from_model(CRFModel.load(str(models / WEIGHTS)))
    scores = Scores(read_table((models / WEIGHTS).read_bytes()))
    columns = [scores.labels.index(label) for label in tagger.labels()]
    for text in corpus_texts(15):
        parsed = parse(text)
        stretches, table = scores.of(text, parsed)
        paths = best_paths(table, stretches, scores.transitions)
        chances = marginals(table, stretches, scores.transitions)
        for (first, last), (_, rows) in zip(stretches, featurised(text, parsed), strict=True):
            assert [scores.labels[number] for number in paths[first:last]] == list(tagger.tag(rows))
            assert np.allclose(chances[first:last][:, columns], tagger.marginals(rows), atol=1e-6)


def test_marginals_of_stretches_of_any_length_make_no_warning() -> None:
    scores = np.arange(24).reshape(12, 2) * 100
    with np.errstate(all="raise"):
        chances = marginals(scores, [(0, 7), (7, 9), (9, 12)], np.zeros((2, 2)))
    assert np.allclose(chances.sum(axis=1), 1)


def test_marks_of_bodies_and_definitions() -> None:
    text = Text("Ban Quản lý dự án (BQLDA) làm việc với UBND tỉnh Lai Châu.")
    marks = body_marks(text, parse(text).candidates)
    assert [mark[:1] for mark in marks[-5:]] == ["B", "I", "I", "L", ""]
    assert defined_abbreviations(text, marks)["BQLDA"].endswith("iAA")


def told(text: str, word: str) -> list[str]:
    words = Text(text)
    rows = evidence(words, parse(words))
    return list(rows[words.words.lower.index(word)])


@pytest.mark.parametrize(
    ("text", "word", "feature"),
    [
        ("trưởng khoa hồi sức", "khoa", "hd=Ueducation"),
        ("làm ở huyện Ba Bể", "bể", "pl=Lun"),
        ("Phó Giám đốc Sở Xây dựng", "sở", "-ti=office"),
        ("Cục Đổi mới, Khuyến công và Gió", ",", "ek=cục ,110"),
        ("Gặp ông Lam Phong. Tối qua Lam Phong hát", "lam", "dr=np"),
        ("Trung tâm Y tế huyện Ba Bể họp. Lãnh đạo Trung tâm dự", "trung", "ha=111"),
        ("các bên: Núi Cao, UBND tỉnh Lai Châu", "cao", "rc=1"),
        ("Tập đoàn Mây Xanh và MXC ký", "mxc", "dt=n"),
    ],
)
def test_evidence_of_tables_and_article(text: str, word: str, feature: str) -> None:
    assert feature in told(text, word)


def test_ignored_stretches_are_no_evidence() -> None:
    line = gold_line("Ông (Siu Glang) gặp lãnh đạo công ty ở [UBND xã Ia Blang].")
    start = line["text"].index("công ty")
    line["ignore"] = [[start, start + len("công ty")]]
    article = GoldArticle.of(line)
    assert [len(labels) for _, labels in examples(article)] == [6, 6]
    assert [label for _, labels in examples(article) for label in labels].count("L-PER") == 1


def test_spans_follow_the_normalised_text() -> None:
    text = Text("Ủy ban")
    raw = Text("U\u0309y ban")
    assert to_norm(text.alignment, Span(0, 2)) == Span(0, 2)
    assert to_norm(raw.alignment, Span(0, 3)) == Span(0, 2)
    assert to_norm(raw.alignment, Span(4, 7)) == Span(3, 6)


def test_training_learns_and_repeats_itself(gold: Path, tmp_path: Path) -> None:
    settings = Settings(iterations=60)
    report = train([gold], tmp_path / "one", settings)
    again = train([gold], tmp_path / "two", settings)
    assert report == again and report.articles == 16 and report.organisations == 32 and report.persons == 8
    model = load_model(tmp_path / "one")
    for marked, _ in SENTENCES:
        line = gold_line(marked)
        text = Text(line["text"])
        found = model.names(text, parse(text))
        assert [[name.start, name.end] for name in found if name.label == "ORG"] == [
            item["span"] for item in line["organisations"]
        ]
        assert all(0 <= name.score <= 1.000001 for name in found)


def test_the_mean_of_taggers_takes_the_place_of_one(gold: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    report, other = train([gold], one, Settings(iterations=20)), train([gold], two, Settings(iterations=5))
    before = [read_weights((folder / WEIGHTS).read_bytes()) for folder in (one, two)]
    blended = blend(one, report, [(two / WEIGHTS).read_bytes()])
    assert blended.sha256 not in (report.sha256, other.sha256) and blended.articles == report.articles
    weights = read_weights((one / WEIGHTS).read_bytes())
    assert weights == mean(before) and weights.transitions != before[0].transitions
    assert load_model(one).scores.labels == tuple(weights.labels)


@pytest.mark.parametrize("verbose", [False, True])
def test_the_optimiser_is_heard_only_where_asked(
    verbose: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gold = GoldArticle.of(
        {"text": "Sở Y tế họp.", "organisations": [{"span": [0, 7], "name": "Sở Y tế", "kind": "government"}]}
    )
    train_on([gold], tmp_path, Settings(iterations=2, verbose=verbose))
    assert bool(capfd.readouterr().err) is verbose


def test_training_needs_organisations(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text('{"id": "x", "text": "Trời nắng."}\n', encoding="utf8")
    with pytest.raises(InputFileError, match="organisations"):
        train([empty], tmp_path / "out")


@pytest.mark.parametrize("line", ['{"id": 1}', "[1, 2]", "{", '{"text": "a", "organisations": [{"span": [0, 9]}]}'])
def test_gold_that_is_none(line: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf8")
    with pytest.raises(InputFileError, match=r"bad\.jsonl"):
        list(read_gold([path]))


def damage(folder: Path, case: str) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    if case == "no weights":
        (folder / WEIGHTS).unlink()
    elif case == "no manifest":
        (folder / MANIFEST).unlink()
    elif case == "flipped byte":
        data = bytearray((folder / WEIGHTS).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / WEIGHTS).write_bytes(data)
    elif case == "other features":
        (folder / MANIFEST).write_text(json.dumps(manifest | {"features": 0}))
    elif case == "other tables":
        (folder / MANIFEST).write_text(json.dumps(manifest | {"tables": "0" * 64}))
    elif case == "odd manifest":
        (folder / MANIFEST).write_text("[]")


@pytest.mark.parametrize(
    "case", ["no weights", "no manifest", "flipped byte", "other features", "other tables", "odd manifest"]
)
def test_damaged_models_are_refused(case: str, gold: Path, tmp_path: Path) -> None:
    train([gold], tmp_path / "model", Settings(iterations=3))
    damage(tmp_path / "model", case)
    with pytest.raises(ModelError):
        load_model(tmp_path / "model")


@pytest.mark.parametrize("data", [b"", b"lCRF", b"not a model at all" * 9, b"lCRF" + b"\xff" * 60])
def test_bytes_that_are_no_weights(data: bytes) -> None:
    with pytest.raises(ModelError):
        read_weights(data)


def test_weights_are_rounded_and_pruned() -> None:
    weights = Weights(["O"], {("a", "O"): 0.1239, ("b", "O"): 0.0001}, {("O", "O"): -2.0})
    compact = weights.compact()
    assert compact.states == {("a", "O"): 0.124} and compact.features == {"a"}
    assert read_weights(write_weights(compact)) == compact


def shipped_names(text: str) -> list[TaggedName]:
    normalised = Text(text)
    return model_in_use().names(normalised, parse(normalised))


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("UBND tỉnh Lai Châu vừa giao Sở Y tế rà soát.", ["UBND tỉnh Lai Châu", "Sở Y tế"]),
        ("Bà Lý Thị Mẩy ở Công ty TNHH Thương mại Hoàng Lộc nói.", ["Công ty TNHH Thương mại Hoàng Lộc"]),
        ("Trời mưa to suốt đêm ở vùng núi phía Bắc.", []),
        ("", []),
        ("\n\n  \n", []),
    ],
)
def test_shipped_model(text: str, organisations: list[str]) -> None:
    names = shipped_names(text)
    assert [text[n.start : n.end] for n in names if n.label == "ORG"] == organisations


def test_shipped_model_is_small_and_loaded_once() -> None:
    assert shipped_model() is shipped_model()
    assert (Path(vnextract.names.tagger.__file__).parent / "models" / WEIGHTS).stat().st_size < 10_000_000


def test_names_are_in_order_and_apart() -> None:
    names = shipped_names("Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Trần Văn Bình và UBND tỉnh. " * 40)
    assert names and all(a.end <= b.start for a, b in pairwise(names))


def test_a_sentence_without_end_is_read() -> None:
    assert len(shipped_names("Sở Y tế và Sở Nội vụ cùng " * 2000)) > 3000


def test_a_model_of_ones_own_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = tmp_path / "gold.jsonl"
    text = "Hợp tác xã Bản Mạ và Zô-mi-rô ký kết."
    span = [text.index("Zô"), text.index("Zô") + len("Zô-mi-rô")]
    line = {"id": "a", "text": text, "organisations": [{"span": span, "name": "Zô-mi-rô", "kind": "company"}]}
    gold.write_text((json.dumps(line, ensure_ascii=False) + "\n") * 20, encoding="utf8")
    train([gold], tmp_path / "model")
    monkeypatch.setenv("VNEXTRACT_MODEL", str(tmp_path / "model"))
    assert [text[name.start : name.end] for name in shipped_names(text)] == ["Zô-mi-rô"]
    monkeypatch.setenv("VNEXTRACT_MODEL", str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="nowhere"):
        shipped_names(text)
