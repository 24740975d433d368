"""Records in Jupyter: HTML without script or style sheet, short whatever the record's size."""

import copy
import pickle
import re
from typing import TYPE_CHECKING

import pytest

import vnextract
from vnextract.errors import UnknownLanguageError
from vnextract.kinds import FactKind
from vnextract.records import ArticleRecord

if TYPE_CHECKING:
    from conftest import RecordOf


def test_article_marked_up(sample: ArticleRecord) -> None:
    html = sample._repr_html_()
    assert html.count("<mark ") == len(FactKind) + 7
    assert "<h3>Nậm Nhùn: Thêm " in html
    assert "Giám đốc, Hội Chữ thập đỏ tỉnh Lai Châu (former)" in html
    assert not re.search(r"<(?:script|style|link|iframe|img)\b| on\w+=", html)


def test_colours_suit_light_and_dark(sample: ArticleRecord) -> None:
    styles = set(re.findall(r'<mark style="([^"]+)"', sample._repr_html_()))
    assert len(styles) == len(FactKind)
    assert all("color: inherit" in style for style in styles)
    assert len({re.search(r"\d+px (\w+)", style).group(1) for style in styles}) == len(FactKind)  # type: ignore[union-attr]


def test_long_article_is_cut(record_of: "RecordOf") -> None:
    record = record_of(
        "Dân bản vui mừng. " * 10_000, indicators=[(170_000 + 18 * n, 170_004 + 18 * n) for n in range(500)]
    )
    html = record._repr_html_()
    assert len(html) < 60_000
    assert "160,000 more characters" in html
    assert "… 400 more" in html


def test_record_without_text(sample: ArticleRecord) -> None:
    bare = ArticleRecord.model_validate_json(sample.model_dump_json())
    assert bare._repr_html_() == sample._repr_html_()


def test_repeated_facts_are_told_once_by_their_first_key(record_of: "RecordOf") -> None:
    record = record_of("Năm 2018 mưa. Năm 2018 nắng.", dates=[(0, 8), (14, 22)])
    rows = re.findall(r"<tr>(.+?)</tr>", record._repr_html_())
    assert next(re.sub(r"<[^>]+>", "|", row) for row in rows if "Năm 2018" in row).startswith("|date-0||Năm 2018 ×2|")


def test_list_of_records(sample: ArticleRecord, record_of: "RecordOf") -> None:
    failed = record_of("", id="x", failure="no <text>")
    records = vnextract.RecordList([sample, failed] * 20)
    html = records._repr_html_()
    assert "40 records" in html
    assert "… 20 more" in html
    assert "failed: no &lt;text&gt;" in html
    assert html.count("<tr>") == 21
    assert isinstance(records[:2], vnextract.RecordList)
    assert records[0] is sample
    assert len(records.to_frame("articles")) == 40
    assert set(records[:1].to_frames()) >= {"articles", "dates"}


def test_a_list_is_a_page(sample: ArticleRecord, record_of: "RecordOf") -> None:
    html = vnextract.RecordList([sample, record_of("<b>")]).to_html(language="vi")
    assert "2 bài" in html
    assert html.count("<details id=") == 2
    assert 'data-fact="a1-org-1"' in html
    assert "&lt;b&gt;" in html


def test_single_facts_show_themselves(sample: ArticleRecord) -> None:
    shown = [
        fact._repr_html_() for fact in (*sample.organisations, *sample.officials, sample.dates[0], *sample.indicators)
    ]
    for html, words in zip(shown, ("mass organisation", "(former)", "2024-03-01 – 2024-03-31", "org-1"), strict=True):
        assert words in html
        assert "<script" not in html
    assert "dates[0]" in shown[-1]


def test_the_readers_language(sample: ArticleRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNEXTRACT_LANGUAGE", "vi")
    assert "Hội Chữ thập đỏ tỉnh Lai Châu (nguyên)" in sample._repr_html_()
    assert "Số liệu (1)" in sample._repr_html_()
    assert "1 bản ghi" in vnextract.RecordList([sample])._repr_html_()
    assert "1/3/2024 – 31/3/2024" in sample.dates[0]._repr_html_()
    assert "Độ tin cậy" in sample.to_html()
    assert '"language":"en"' in sample.to_html(language="en")
    monkeypatch.setenv("VNEXTRACT_LANGUAGE", "fr")
    with pytest.raises(UnknownLanguageError):
        sample.to_html()


def test_empty_list() -> None:
    assert "0 records" in vnextract.RecordList()._repr_html_()


@pytest.mark.parametrize("turn", [copy.copy, copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_the_text_stays_with_copies(sample: ArticleRecord, turn: "object") -> None:
    assert callable(turn)
    turned = turn(sample)
    assert turned == sample
    assert turned.text == sample.text


def test_the_text_is_no_part_of_the_contract(sample: ArticleRecord) -> None:
    bare = ArticleRecord.model_validate_json(sample.model_dump_json())
    assert (bare.text, bare == sample, hash(bare) == hash(sample)) == (None, True, True)
    assert "text" not in sample.model_dump()
    assert "text" not in ArticleRecord.model_json_schema()["properties"]
    assert sample.text is not None
    assert bare.with_text(sample.text).text == sample.text


def test_extraction_keeps_the_text_as_passed_in() -> None:
    text = "Nga\u0300y 16/4/2025\u200b trơ\u0300i mưa."
    record = vnextract.extract(text)
    assert record.text == text
    assert vnextract.extract(text) == record
