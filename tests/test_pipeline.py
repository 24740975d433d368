"""The face: what goes in, what bad input gives, what spaCy users get."""

import gc
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import vnextract
from vnextract.article import Published
from vnextract.errors import InputTypeError, PublishedError
from vnextract.records import Mention

REPORT = (
    "Sáng 16/4, UBND tỉnh Lai Châu tổ chức hội nghị. Ông Lò Văn Bình - Phó Chủ tịch UBND tỉnh chủ trì. "
    "Toàn tỉnh có hơn 1.200 hộ đăng ký."
)
FACTS = ("Sáng 16/4", "UBND tỉnh Lai Châu", "Lò Văn Bình", "UBND tỉnh", "hơn 1.200 hộ")


@pytest.mark.parametrize("blank", ["", "  \n\n ", "\x00", "\ufeff"])
def test_blank_text_gives_an_empty_record(blank: str) -> None:
    record = vnextract.extract(blank)
    assert (record.sentences, record.organisations, record.officials, record.dates, record.indicators) == ((),) * 5
    assert record.failure is None


@pytest.mark.parametrize("text", [None, 5, b"UBND", ["UBND"]])
def test_text_must_be_a_string(text: Any) -> None:
    with pytest.raises(InputTypeError, match="must be a string"):
        vnextract.extract(text)


@pytest.mark.parametrize("published", ["24/5/2023", "2023-13", "2023-02-30", "hôm qua", "23-05-2023", "0000-01-01"])
def test_published_must_be_a_date(published: str) -> None:
    with pytest.raises(PublishedError, match="published"):
        vnextract.extract(REPORT, published=published)


@pytest.mark.parametrize("published", [20230525, ["2023"], 5.0])
def test_published_must_be_text_or_a_date(published: Any) -> None:
    with pytest.raises(TypeError, match="published"):
        vnextract.extract(REPORT, published=published)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2023-05-25", "2023-05-25"),
        ("2023-05", "2023-05"),
        ("2023", "2023"),
        (" 2023-05-25T08:30:00+07:00 ", "2023-05-25"),
        (date(2023, 5, 25), "2023-05-25"),
        (datetime(2023, 5, 25, 8), "2023-05-25"),
        (None, None),
        ("", None),
    ],
)
def test_published_forms(given: Any, kept: str | None) -> None:
    assert vnextract.extract("x", published=given).published == kept
    assert (None if kept is None else str(Published.parse(given))) == kept


@pytest.mark.parametrize(
    "text",
    [
        "The committee met on Monday and approved 3 plans.",
        "国务院总理昨天在北京会见了来访的客人。",
        "a\x00b\ud83d UBND tỉnh Lai Châu \udc00",
        "1" * 20_000,
        "((((" * 5_000,
        "\n".join(["UBND tỉnh"] * 2_000),
        "năm năm năm " * 3_000,
    ],
)
def test_strange_text_gives_a_record(text: str) -> None:
    record = vnextract.extract(text, published="2024-02-29")
    assert vnextract.ArticleRecord.model_validate_json(record.model_dump_json()) == record
    assert all(text[m.start : m.end] == m.text for m in record.sentences)


def test_five_megabytes_give_a_record() -> None:
    weather = "Trời mưa to suốt đêm, nước dâng nhanh ở các khe suối, nhiều đoạn đường lầy lội, đi lại khó khăn. " * 20
    part = f"{weather}\n{REPORT}\n"
    count = -(-5_000_000 // len(part.encode()))
    text = part * count
    record = vnextract.extract(text, published="2025-04")
    found: list[Mention] = [mention for body in record.organisations for mention in body.mentions]
    found += [mention for person in record.officials for mention in person.mentions]
    found += [expression.mention for expression in record.dates] + [figure.mention for figure in record.indicators]
    assert record.failure is None
    assert Counter(mention.text for mention in found) == dict.fromkeys(FACTS, count)
    assert all(text[mention.start : mention.end] == mention.text for mention in (*found, *record.sentences))


def test_many_keeps_order_and_turns_failures_into_records() -> None:
    articles = [
        REPORT,
        {"text": REPORT, "id": 7, "published": "2025-04-16", "extra": 1},
        {"id": "x"},
        3,
        vnextract.Article(""),
    ]
    records = list(vnextract.extract_many(articles))  # type: ignore[arg-type]
    assert [record.id for record in records] == [None, "7", "x", None, None]
    assert [record.failure is None for record in records] == [True, True, False, False, True]
    assert records[1].published == "2025-04-16"


def test_import_is_light() -> None:
    code = (
        "import sys, vnextract; print([m for m in ('spacy', 'pydantic', 'underthesea', 'pandas') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_extract_needs_no_spacy() -> None:
    code = "import sys, vnextract; vnextract.extract('Sáng 16/4'); print('spacy' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )


def test_language_holds_the_same_record() -> None:
    nlp = vnextract.load()
    doc, _ = next(nlp.pipe([(REPORT, {"published": "2025-04-16", "id": "a"})], as_tuples=True))
    assert doc.text == REPORT
    assert doc._.record == vnextract.extract(REPORT, published="2025-04-16", id="a")
    assert doc.spans["organisations"][0].text == "UBND tỉnh Lai Châu"
    assert len(list(doc.sents)) == 3


def test_an_article_leaves_nothing_to_the_collector() -> None:
    """What holds itself would stay in memory until Python searches for it, which takes longer than to read an article."""
    for _ in range(2):
        vnextract.extract(REPORT, published="2025-04-16")
        gc.collect()
    gc.disable()
    try:
        vnextract.extract(REPORT, published="2025-04-16")
        assert gc.collect() == 0
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_goes_on_after_an_article() -> None:
    vnextract.extract(REPORT)
    with pytest.raises(PublishedError):
        vnextract.extract(REPORT, published="2025-04-31")
    assert gc.isenabled()


def test_language_survives_disk_and_processes(tmp_path: Path) -> None:
    import spacy

    vnextract.load(words=False, published="2025-04-16").to_disk(tmp_path)
    nlp = spacy.load(tmp_path)
    expected = vnextract.extract(REPORT, published="2025-04-16")
    assert [doc._.record for doc in nlp.pipe([REPORT] * 3, n_process=2)] == [expected] * 3


@pytest.mark.parametrize("name", ["dates", "indicators", "organisations", "officials"])
@pytest.mark.parametrize("prefix", ["vnextract.", "vnextract_"])
def test_components_stand_alone(prefix: str, name: str) -> None:
    import spacy

    nlp = spacy.blank("xx")
    nlp.add_pipe(prefix + name, config={"published": "2025-04-16"})
    doc = nlp(REPORT)
    assert list(doc.spans) == [name]


@pytest.mark.parametrize(("published", "code"), [(None, "64"), ("2025-06", "64"), ("2025-07-01", "52"), ("2026", "52")])
def test_place_codes_follow_the_merger_of_provinces(published: str | None, code: str) -> None:
    place = vnextract.extract("UBND tỉnh Gia Lai vừa họp.", published=published).organisations[0].place
    assert place is not None
    assert (place.name, place.code) == ("Gia Lai", code)
