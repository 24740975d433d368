"""How measures are weighed: what is summed up once comes to what its cues weigh one by one."""

import pytest

from vnextract import scorer as scoring
from vnextract.article import Article
from vnextract.findings import Findings, with_dates, with_figures
from vnextract.links.clauses import Calendar, Clauses
from vnextract.links.model import links_in_use
from vnextract.links.scene import Scene
from vnextract.links.stretches import Stretches
from vnextract.links.tokens import Tokens
from vnextract.scorer import Sums, spelt

TEXTS = [
    "Trong quý I/2025, thu ngân sách của huyện đạt 412 tỷ đồng, tăng 9,5% so với cùng kỳ; chi 380 tỷ đồng.",
    "Giá điện bình quân (chưa thuế) là 2.103 đồng/kWh. Toàn xã còn 37 hộ nghèo, 5 hộ cận nghèo.",
    "12 công nhân bị thương trong vụ cháy ngày 3/4, 2 người chuyển lên Bệnh viện Chợ Rẫy.",
]


def scene_of(text: str) -> Scene:
    known = with_figures(with_dates(Findings.of(Article(text, published="2025-05-10"))))
    assert known.figures
    return Scene(known.text, known.dates, known.figures, known.bodies, known.people)


@pytest.mark.parametrize("text", TEXTS)
def test_sums_are_those_of_the_cues(text: str) -> None:
    scene, scorer = scene_of(text), links_in_use()["measure"]
    numbers, words = Stretches[float](scene, scorer.sums.__getitem__), Stretches[list[str]](scene, spelt)
    for index in range(len(scene.figures)):
        weighed, named = numbers.of(index), words.of(index)
        assert weighed.nothing == pytest.approx(sum(scorer.weights.get(cue, 0.0) for cue in named.nothing))
        assert [stretch[:2] for stretch in weighed.stretches] == [stretch[:2] for stretch in named.stretches]
        for numbered, (_, _, *lists) in zip(weighed.stretches, named.stretches, strict=True):
            cues = [cue for part in lists for cue in part]
            assert sum(numbered[2:]) == pytest.approx(sum(scorer.weights.get(cue, 0.0) for cue in cues))
            assert any(cue.startswith("begin=") for cue in cues) and any(cue.startswith("end=") for cue in cues)


def test_stretches_stay_within_marks_and_figures() -> None:
    scene = scene_of(TEXTS[0])
    stretches = Stretches[list[str]](scene, spelt)
    tokens, _, found = stretches.of(1)
    printed = {scene.text.norm[slice(*stretches.span(tokens[one[0]], tokens[one[1]]))] for one in found}
    assert "thu ngân sách" in printed
    assert not any(";" in words or "412" in words for words in printed)


def test_sums_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_MOST_SUMS", 3)
    sums = Sums({"a": 1.0, "b": 2.0})
    assert [sums[list, cues] for cues in ("a", "ab", "b", "abc", "bb")] == [1.0, 3.0, 2.0, 3.0, 4.0]
    assert len(sums) == 2


def test_words_of_a_stretch_are_the_tokens_of_the_sentence() -> None:
    scene = scene_of("Năm 2024, bệnh viện TP.HCM đã tiếp nhận 20 ca, khởi tố 12 bị can. Chi 4 triệu/người.")
    text, tokens = scene.text, Tokens(scene).of(0)
    clauses = Clauses(text.norm, text.sentences[0], Calendar([]), [token[:2] for token in tokens], text.words)
    words = clauses.read(0, len(text.norm))
    assert [word.lower for word in words[:5]] == ["năm 2024", ",", "bệnh viện", "tp.hcm", "đã"]
    assert words[-1].lower == "." and words[-1].end == text.sentences[0].end
    assert [word.lower for word in words if word.name] == ["tp.hcm", "20 ca", "12 bị can"]
    for cut in range(0, len(text.norm), 3):
        assert clauses.read(0, cut) + clauses.read(cut, len(text.norm)) == words


def test_figures_and_dates_are_one_token_each() -> None:
    scene = scene_of("Ngày 3/4, thành phố Vinh đón 1,2 triệu lượt khách.")
    kinds = [(token.what.kind, token.what.word) for token in Tokens(scene).of(0)]
    assert kinds[0] == ("date", "date")
    assert ("figure", "figure") in kinds and ("name", "name") in kinds
    assert kinds[-1] == ("sign", ".")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Học sinh trình độ trung cấp đạt 30%.", ["trình độ"]),
        ("Mức phạt theo quy định hiện hành là 5 triệu đồng.", ["theo", "quy định"]),
        ("Hãng rút khỏi liên danh làm dự án 300 tỷ đồng.", ["rút khỏi", "liên danh"]),
        ("Xã đã nghiệm thu 12 công trình.", ["đã", "nghiệm thu"]),
        ("Ông được cho tại ngoại cùng 2 bị can.", ["cho", "tại ngoại"]),
    ],
)
def test_a_token_does_not_begin_within_a_word(text: str, words: list[str]) -> None:
    scene = scene_of(text)
    printed = [" ".join(scene.words.lower[token.first : token.after]) for token in Tokens(scene).of(0)]
    assert [word for word in printed if word in words] == words
