"""The pipeline as spaCy's: a Doc holds the text, whatever it is, and offsets are those of the text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

import vnextract
from vnextract import language
from vnextract.assemble import assemble
from vnextract.errors import UnknownTableError
from vnextract.findings import Findings
from vnextract.records import ArticleRecord
from vnextract.text.segmentation import words as segment_words

texts = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("nhoaUBDĐ .,0123\n\t\r\u00a0\u0301\u0323\u0309\u00ad\u200b\ufeff\u202f"),
    ),
    max_size=60,
)
TOKENIZERS = {words: vnextract.load(words=words).tokenizer for words in (True, False)}


def whole(text: str) -> str:
    """A text without halves of characters, which spaCy cannot hold."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@pytest.mark.parametrize("words", [True, False])
@settings(deadline=None, derandomize=settings.get_current_profile_name() != "long", max_examples=300)
@given(text=texts)
def test_no_character_is_lost_or_doubled(words: bool, text: str) -> None:
    assert TOKENIZERS[words](text).text == whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "nh\u0301 UBND tỉnh Lai Châu\u00a0họp",
        "\u0301\u00a0",
        "x\ud800y 24/5",
        "",
        " ",
        "\n\n a",
        "a\u0301\u00a0 b\u0323",
    ],
)
@pytest.mark.parametrize("words", [True, False])
def test_texts_found_before(words: bool, text: str) -> None:
    assert TOKENIZERS[words](text).text == whole(text)


@pytest.mark.parametrize("blank", [" ", "  ", "\n", "\t "])
def test_a_word_keeps_the_blanks_between_its_syllables(blank: str) -> None:
    text = f"Hội{blank}nghị tổng kết"
    assert [text[start:end] for start, end in segment_words(text, 0, len(text))] == [f"Hội{blank}nghị", "tổng kết"]


def test_facts_stand_where_the_record_says() -> None:
    text = "nh\u0301 UBND tỉnh Lai Châu\u00a0họp sáng 24/5/2023"
    doc = vnextract.load(words=False)(text)
    assert [span.text for span in doc.spans["organisations"]] == ["UBND tỉnh Lai Châu"]
    assert [text[span.start_char : span.end_char] for span in doc.spans["dates"]] == ["sáng 24/5/2023"]


def test_a_text_of_more_than_a_million_characters() -> None:
    text = "Họp. " * 210_000
    assert len(vnextract.load(words=False).make_doc(text).text) == len(text)


TEXT = "Sáng 24/5/2023, ông Lò Văn Bình - Phó Chủ tịch UBND tỉnh Lai Châu cho biết thu ngân sách tăng 9%, đạt 1.200 tỷ đồng."


def test_a_span_group_outlives_the_expression_that_made_its_doc() -> None:
    assert [span.text for span in vnextract.load(words=False)(TEXT).spans["dates"]] == ["Sáng 24/5/2023"]


def test_the_record_is_assembled_and_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def counted(known: Findings) -> ArticleRecord:
        made.append(known)
        return assemble(known)

    monkeypatch.setattr(language, "assemble", counted)
    doc = vnextract.load(words=False)(TEXT)
    assert len(made) == 1
    assert doc._.record is doc._.record
    assert doc._.record.text == TEXT
    kept = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert kept._.record == doc._.record
    assert kept._.record is kept._.record


def test_another_component_between_ours_finds_the_spans_so_far() -> None:
    nlp = vnextract.load(words=False)
    seen: list[list[str]] = []

    def look(doc: Doc) -> Doc:
        seen.append(sorted(doc.spans))
        return doc

    Language.component("look_between", func=look)
    nlp.add_pipe("look_between", after="vnextract_indicators")
    doc = nlp(TEXT)
    assert seen == [["dates", "indicators"]]
    assert sorted(doc.spans) == ["dates", "indicators", "officials", "organisations"]
    assert doc._.record == vnextract.extract(TEXT)


def test_entities_on_request() -> None:
    assert vnextract.load(words=False)(TEXT).ents == ()
    doc = vnextract.load(words=False, ents=True)(TEXT)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [
        ("Sáng 24/5/2023", "DATE"),
        ("Lò Văn Bình", "PERSON"),
        ("UBND tỉnh Lai Châu", "ORG"),
        ("9%", "PERCENT"),
        ("1.200 tỷ đồng", "MONEY"),
    ]


def test_displacy_draws_our_labels_in_our_colours() -> None:
    doc = vnextract.load(words=False, ents=True)(TEXT)
    for style, key in (("ent", None), ("span", "organisations"), ("span", "dates"), ("span", "indicators")):
        options = language.displacy_options(key)
        html = displacy.render(doc, style=style, options=options, jupyter=False)
        assert set(re.findall(r"rgb\(\d+, \d+, \d+\)", html)) & set(options["colors"].values())
        assert "#ddd" not in html
    with pytest.raises(UnknownTableError):
        language.displacy_options("figures")


def test_many_processes_and_pickles() -> None:
    nlp = vnextract.load(words=False)
    nlp(TEXT)
    last = nlp.get_pipe("vnextract_links")
    assert isinstance(last, language.Component)
    assert last.__getstate__()["_latest"] is None
    docs = list(nlp.pipe([TEXT, "Ngày 1/2/2024 họp."], n_process=2))
    assert [len(doc._.record.dates) for doc in docs] == [1, 1]
