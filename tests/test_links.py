"""When a figure holds, whose it is and who said it: our own sentences; None where the text does not say so."""

import re

import pytest

import vnextract
from rows import bracketed, marked_rows
from vnextract.article import Article
from vnextract.findings import Findings, with_bodies, with_dates, with_figures, with_people
from vnextract.fitting import Example, choice, fit
from vnextract.links.anaphora import Anaphora
from vnextract.links.model import links_in_use
from vnextract.links.models import OWNER, PERIOD
from vnextract.links.scene import Scene
from vnextract.links.turns import Turns
from vnextract.records import ArticleRecord, Indicator
from vnextract.scorer import Chain, Option, Scorer, Wording


def related(record: ArticleRecord, figure: Indicator) -> dict[str, str | None]:
    names = {body.id: body.name for body in record.organisations}
    names |= {person.id: person.name for person in record.officials}
    return {
        "period": None if figure.period is None else record.dates[figure.period].mention.text,
        "owner": names[figure.organisation_id] if figure.organisation_id else None,
        "said_by": names[figure.said_by_id] if figure.said_by_id else None,
    }


@pytest.mark.parametrize("row", marked_rows("figure_links.tsv"))
def test_links_of_figures(row: dict[str, str]) -> None:
    text, marked = bracketed(row["phrase"])
    record = vnextract.extract(text, published="2025-07-20")
    figures = {figure.mention.text: related(record, figure) for figure in record.indicators}
    for kind in ("period", "owner", "said_by"):
        found = [str(figures[mention][kind]) for mention in marked]
        assert found == row[kind].split("; "), kind


def test_reported_speech_is_nobody_elses() -> None:
    text = (
        "Bà Lê Thị Hoa, Phó Giám đốc Sở Y tế tỉnh Nghệ An, cho biết toàn tỉnh ghi nhận 215 ca mắc. "
        "Trong đó có 12 ca nặng."
    )
    record = vnextract.extract(text, published="2025-07-20")
    first, second = (related(record, figure)["said_by"] for figure in record.indicators)
    assert first == "Lê Thị Hoa"
    assert second in ("Lê Thị Hoa", None)


def test_a_step_knows_whether_another_date_stands_between() -> None:
    known = with_figures(
        with_dates(Findings.of(Article("Năm 2023 thu 5 tỷ đồng; năm 2024 thu 7 tỷ đồng, chi 6 tỷ đồng.")))
    )
    scene = Scene(known.text, known.dates, known.figures, (), ())
    assert scene.steps(PERIOD) == ["", "same sentence over another", "joined"]
    assert scene.steps(OWNER) == ["", "same sentence", "joined"]


def test_the_last_cue_of_a_run_of_words() -> None:
    text = "Sở thu 5 tỷ đồng, chi 3 tỷ đồng."
    known = with_figures(with_dates(Findings.of(Article(text))))
    scene = Scene(known.text, known.dates, known.figures, (), ())
    name = next(name for name in scene.cues[1])
    places = [at for at, classes in enumerate(scene.cues) if name in classes]
    assert scene.last_cue({name, "no such class"}, 0, len(scene.cues)) == places[-1]
    assert scene.last_cue({name}, 0, places[0] + 1) == places[0]
    assert scene.last_cue({name}, places[-1] + 1, len(scene.cues)) is None


def test_neighbours_are_decided_together() -> None:
    value = "2024"
    scorer = Scorer({"near": 2.0, "stays, joined": 3.0}, {"": 0.5})
    first, second = [Option(None, []), Option(value, ["near"])], [Option(None, []), Option(value, [])]
    alone = scorer.decide(Chain([second], [""]))[0].probability
    together = scorer.decide(Chain([first, second], ["", "joined"]))[1]
    assert together.value == value
    assert together.probability > max(alone, 0.8)
    assert scorer.is_sure(together)


def test_what_spoke_for_a_relation_is_told() -> None:
    text = "Bà Lê Thị Hoa, Phó Giám đốc Sở Y tế tỉnh Nghệ An, cho biết năm 2024 toàn tỉnh ghi nhận 215 ca mắc."
    record = vnextract.extract(text, published="2025-07-20")
    (figure,) = record.indicators
    told = record.explain(figure).splitlines()
    assert [line.split(":")[0] for line in told[1:]] == ["period", "said_by"]
    assert re.search(r"^period: .*before:[^,]+ [+][0-9]", told[1])
    assert re.search(r"^said_by: .*before:verb[^,]* [+][0-9]", told[2])
    stored = vnextract.ArticleRecord.model_validate_json(record.model_dump_json())
    assert stored == record and stored.explain(stored.indicators[0]) == told[0]


def test_words_weigh_as_much_at_once_as_spelt_out() -> None:
    scorer = Scorer(
        {"near": 0.5, "none&ahead=chưa": 1.0, "side&ahead=đạt": 2.0, "side&ahead=sau": -0.7, "ahead=đạt": 9.0}
    )
    words = ("sau", "15", "năm", "đạt", ",", "đạt")
    at_once = Option("2024", ["near"], (Wording("side&ahead", words),))
    spelt_out = Option("2024", ["near", *Wording("side&ahead", words)])
    decided = [scorer.decide(Chain([[Option(None, []), one]], [""]))[0] for one in (at_once, spelt_out)]
    assert decided[0].probability == pytest.approx(decided[1].probability) == pytest.approx(0.9781, abs=1e-4)
    assert scorer.reasons(at_once) == (("side&ahead=đạt", 2.0), ("side&ahead=sau", -0.7), ("near", 0.5))
    assert len(Wording("side&ahead", words)) == 4 and Wording("side&ahead", words)[0] == "side&ahead=sau"


def test_words_of_the_sentence_count_in_all_links() -> None:
    scorers = links_in_use()
    for kind in ("period", "owner", "said_by"):
        assert sum("&ahead=" in cue for cue in scorers[kind].weights) > 100
        assert sum("opens " in cue for cue in scorers[kind].weights) > 100


def turns_of(text: str) -> Turns:
    known = with_people(with_bodies(with_figures(with_dates(Findings.of(Article(text))))))
    scene = Scene(known.text, known.dates, known.figures, known.bodies, known.people)
    return Turns(scene, Anaphora(scene))


@pytest.mark.parametrize(
    ("sentence", "how"),
    [
        ("Theo Sở Y tế tỉnh Nghệ An, dịch đã lắng.", ["source"]),
        ("Sở Y tế tỉnh Nghệ An cho biết dịch đã lắng.", ["verb"]),
        ("Công an huyện Đô Lương, cách đó 20 km, cho biết đã bắt 5 người.", ["verb"]),
        ("Công an huyện Đô Lương (giáp Anh Sơn), sáng nay cho biết đã bắt 5 người.", ["verb over a mark"]),
        ("Thông tin trên báo Nghệ An, hàng trăm nhà dân ngập sâu.", ["source"]),
        ("Sở Y tế tỉnh Nghệ An có 5 phòng.", []),
    ],
)
def test_how_a_sentence_says_that_somebody_speaks(sentence: str, how: list[str]) -> None:
    assert [turn.how for turn in turns_of(sentence).of[0]] == how


def test_who_spoke_before_and_who_speaks_next() -> None:
    turns = turns_of(
        "Bà Lê Thị Hoa, Phó Giám đốc Sở Y tế tỉnh Nghệ An, cho biết dịch đã lắng. UBND tỉnh Nghệ An họp. "
        "Bà Hoa cho biết thêm còn 5 ca. Theo Cục Thống kê tỉnh Nghệ An, giá tăng 2%."
    )
    body, first = turns.before(1)
    assert (first.party.who.name, first.how, first.sentence) == ("Lê Thị Hoa", "verb", 0)
    assert body.how == "verb over a mark" and turns.before(0) == []
    assert turns.speakers == 3 and turns.times(first.party.who) == 2
    following = turns.following[1]
    assert following is not None and following.party.who is first.party.who and following.sentence == 2
    assert turns.following[3] is None
    assert turns.others_since(first, 1) == (0, 1) and turns.others_since(first, 2) == (0, 1)
    leader = turns.leader(1)
    assert leader is not None and leader.who.name == "Ủy ban nhân dân tỉnh Nghệ An"


def test_words_at_the_head_of_a_sentence_and_beside_a_mention() -> None:
    known = with_figures(with_dates(Findings.of(Article("Năm 2024 thu 7 tỷ đồng. Trong đó chi 6 tỷ đồng."))))
    scene = Scene(known.text, known.dates, known.figures, (), ())
    assert scene.opens[1] == ["opens trong", "opens trong đó", "opens trong đó chi"]
    assert scene.opens_dated(0) and not scene.opens_dated(1)
    assert scene.beside(scene.figure_places[1]) == ["left=chi", "left=đó chi", "right=.", "right=. >"]
    assert scene.beside(scene.date_places[0])[:2] == ["left=<", "left=<"]


def test_cues_that_are_all_rare_weigh_nothing() -> None:
    options = [Option(None, ["none"]), Option("2024", ["near"])]
    seen = Example(Chain([options, options], ["", "joined"]), [[0.0, 1.0], [0.0, 1.0]])
    assert not {"none", "near"} & fit([seen], rare=9).keys()
    assert fit([seen], penalty=0.1, rare=1)["near"] > 0
    assert fit([choice([["red"], ["small"]], 1)], rare=9) == {}


def test_no_link_to_a_side_without_threshold() -> None:
    scorer = Scorer({"near": 9.0}, {"before": 0.5})
    decision = scorer.decide(Chain([[Option(None, []), Option("2024", ["near"], side="after")]], [""]))[0]
    assert decision.value == "2024"
    assert not scorer.is_sure(decision)


def test_shipped_weights_are_readable() -> None:
    scorers = links_in_use()
    assert {"measure", "period", "owner", "said_by"} <= set(scorers)
    period, said_by = scorers["period"].weights, scorers["said_by"].weights
    assert period["rule: following"] > 0 > period["rule: other"]
    assert period["before:after comparison"] < 0
    assert said_by["before:verb"] > said_by["before:other verb"]
    for kind in ("period", "owner", "said_by"):
        assert (
            len(set(scorers[kind].thresholds.values())) == 1
            and 0.3 <= scorers[kind].thresholds["before" if kind != "period" else "preceding"] < 0.8
        )


def test_digits_without_end_are_no_burden() -> None:
    record = vnextract.extract("1" * 3_000 + " 1/1/1" * 2_000 + " Vietcombank lãi 10.860 tỷ đồng.")
    assert record.failure is None
