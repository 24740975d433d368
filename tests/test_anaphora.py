"""Whom short forms stand for: our own sentences; the short form in brackets, a dash where there is none."""

import pytest

from rows import bracketed, rows
from vnextract.article import Article
from vnextract.findings import Findings, with_bodies, with_dates, with_figures, with_people
from vnextract.links.anaphora import Anaphora
from vnextract.links.scene import Scene
from vnextract.names.bodies import parse
from vnextract.names.decide import Found
from vnextract.names.repeats import with_repeats
from vnextract.records import FoundBy
from vnextract.text.document import Text


def anaphora_of(text: str) -> tuple[Scene, Anaphora]:
    found = with_dates(Findings.of(Article(text, published="2025-07-20")))
    known = with_people(with_bodies(with_figures(found)))
    scene = Scene(known.text, known.dates, known.figures, known.bodies, known.people)
    return scene, Anaphora(scene)


@pytest.mark.parametrize("row", rows("anaphora.tsv"), ids=lambda row: row["phrase"])
def test_anaphora(row: dict[str, str]) -> None:
    text, forms_marked = bracketed(row["phrase"])
    scene, forms = anaphora_of(text)
    found = [party for sentence in range(len(scene.bounds)) for party in forms.of(sentence)]
    assert [party.who.name for party in found] == [name for name in [row["stands for"]] if name != "-"]
    for party, marked in zip(found, forms_marked, strict=True):
        printed = scene.text.norm[slice(*scene.words.span(party.place.first, party.place.after))]
        assert marked.startswith(printed)


def test_the_last_and_the_main_body_are_both_offered() -> None:
    text = "ACB lãi 5 tỷ đồng. ACB tuyển 30 người. ACB khác Techcombank. Ngân hàng này huy động 7 tỷ đồng."
    scene, forms = anaphora_of(text)
    found = {party.form: party.who.name for party in forms.of(len(scene.bounds) - 1)}
    assert found == {"short form of the last": "Techcombank", "short form of the main one": "ACB"}


def test_a_short_form_inside_a_name_is_no_name_of_its_own() -> None:
    text = "Hiệp hội Cà phê Thế giới (World Coffee Association - WCA) họp. WCA dự báo."
    names = ["Hiệp hội Cà phê Thế giới", "World Coffee Association - WCA"]
    found = [
        Found(text.index(name), text.index(name) + len(name), FoundBy.TAGGER, None, "tagger", 0.9) for name in names
    ]
    every, _ = with_repeats(parse(Text(text)).reading, found)
    assert [text[one.start : one.end] for one in every] == [*names, "WCA"]
