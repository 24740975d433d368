"""The learnt scorer of links: learns what distinguishes right options, says why, gives an honest none."""

import json

import pytest

from vnextract.links.choice import Example, Scorer, fit


def test_learns_what_tells_right_options_from_wrong_ones() -> None:
    near = Example([["near", "before"], ["far", "before"], ["none"]], frozenset({0}))
    nobody = Example([["far", "before"], ["none"]], frozenset({1}))
    scorer = fit([near] * 6 + [nobody] * 4)
    assert scorer.choose([["far", "before"], ["near", "before"], ["none"]]).index == 1
    assert scorer.choose([["far", "before"], ["none"]]).index == 1
    assert abs(scorer.weights["before"]) < scorer.weights["near"]


def test_two_right_options_share_the_credit() -> None:
    scorer = fit([Example([["a"], ["b"], ["c"]], frozenset({0, 1}))] * 8)
    assert scorer.weights["a"] == pytest.approx(scorer.weights["b"])
    assert scorer.weights["a"] > scorer.weights["c"]


def test_rare_cues_get_no_weight() -> None:
    scorer = fit([Example([["near", "once"], ["far"]], frozenset({0})), Example([["near"], ["far"]], frozenset({0}))])
    assert set(scorer.weights) == {"near", "far"}


def test_nothing_to_learn_from() -> None:
    assert fit([]).weights == {}
    assert fit([Example([["a"], ["b"]])]).weights == {}


def test_probabilities_add_up_and_do_not_overflow() -> None:
    probabilities = Scorer({"sure": 2000.0}).probabilities([["sure"], ["other"]])
    assert sum(probabilities) == pytest.approx(1)
    assert probabilities[0] == pytest.approx(1)


def test_written_weights_can_be_read() -> None:
    scorer = Scorer({"b": 1.0, "a": -0.5})
    assert list(json.loads(scorer.dump()).items()) == [("a", -0.5), ("b", 1.0)]
