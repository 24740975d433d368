"""What an executor of Spark does with its rows; this takes PyArrow only."""

from datetime import date

import pytest

pa = pytest.importorskip("pyarrow", reason="PyArrow is not installed: pip install 'vnextract[spark]'")

from vnextract.spark import _Extract  # noqa: E402

TEXT = "Sáng 24/5, UBND tỉnh Sơn La họp."


def test_a_bad_cell_is_a_failure_of_its_row_only() -> None:
    raw = pa.array([TEXT.encode(), b"B\xe0i", TEXT.encode()], pa.binary())
    text = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    day = pa.array([19_500, 19_500, 2_000_000_000], pa.int32()).cast(pa.date32())
    batch = pa.RecordBatch.from_arrays([text, day], names=["text", "published"])
    (out,) = _Extract({"text": "text", "published": "published"}, None)(iter([batch]))
    records = out.column("record").to_pylist()
    assert [bool(record["failure"]) for record in records] == [False, True, True]
    assert records[0]["published"] == "2023-05-23" and records[0]["organisations"]
    assert all(record["failure"].startswith("a cell cannot be read") for record in records[1:])


def test_structures_are_no_text() -> None:
    rows = [{"text": TEXT, "title": {"vi": "Tin"}}]
    batch = pa.RecordBatch.from_pylist(rows)
    (out,) = _Extract({"text": "text", "title": "title"}, None)(iter([batch]))
    (record,) = out.column("record").to_pylist()
    assert record["title"] is None
    assert record["warnings"] == ["title left out: it is no text but {'vi': 'Tin'}"]
    (out,) = _Extract({"text": "text"}, None)(iter([pa.RecordBatch.from_pylist([{"text": date(2023, 5, 24)}])]))
    (record,) = out.column("record").to_pylist()
    assert record["failure"] == "its text is no text but datetime.date(2023, 5, 24)"
