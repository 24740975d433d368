"""The pipeline as spaCy's: a Doc holds the text, whatever it is, and offsets are those of the text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vnextract

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


def test_facts_stand_where_the_record_says() -> None:
    text = "nh\u0301 UBND tỉnh Lai Châu\u00a0họp sáng 24/5/2023"
    doc = vnextract.load(words=False)(text)
    assert [span.text for span in doc.spans["organisations"]] == ["UBND tỉnh Lai Châu"]
    assert [text[span.start_char : span.end_char] for span in doc.spans["dates"]] == ["sáng 24/5/2023"]


def test_a_text_of_more_than_a_million_characters() -> None:
    text = "Họp. " * 210_000
    assert len(vnextract.load(words=False).make_doc(text).text) == len(text)
