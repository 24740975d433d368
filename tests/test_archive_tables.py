"""Tables as people export them: no text lost to a comma, a quote, an encoding or a cell that cannot be read."""

import io
import json
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import Prepared, Reading, prepare
from vnextract.archive.read import read_raw

Found = Sequence[Prepared | Unreadable]


def everything(path: Path, reading: Reading | None = None) -> Found:
    reading = reading or Reading()
    items = (raw if isinstance(raw, Unreadable) else prepare(raw, reading) for raw in read_raw([str(path)], reading))
    return [item for item in items if item is not None]


def csv(folder: Path, content: str, name: str = "a.csv") -> Found:
    path = folder / name
    path.write_bytes(content.encode())
    return everything(path)


def texts(found: Found) -> list[str]:
    return [item.article.text for item in found if isinstance(item, Prepared)]


def failures(found: Found) -> list[tuple[str, str]]:
    return [(item.place, item.reason) for item in found if isinstance(item, Unreadable)]


# ---- CSV -----------------------------------------------------------------------------------------------------------


def test_a_comma_without_quotes_cuts_no_text(tmp_path: Path) -> None:
    found = csv(tmp_path, "id,text\n1,Sáng nay họp.\n2,Chiều qua, UBND xã họp.\n3,Tối họp.\n")
    assert texts(found) == ["Sáng nay họp.", "Tối họp."]
    assert failures(found) == [("line 3", "3 cells where the header has 2; a text with ',' in it needs quotes")]


def test_empty_cells_after_the_last_column_are_no_harm(tmp_path: Path) -> None:
    assert texts(csv(tmp_path, "id,text\n1,Họp.,,\n2,Bàn.\n")) == ["Họp.", "Bàn."]


def test_a_row_of_too_few_cells_says_so(tmp_path: Path) -> None:
    (item,) = csv(tmp_path, "text,title,published\nHọp.,Tin\n")
    assert isinstance(item, Prepared)
    assert item.article.warnings == ("only 2 of 3 cells in its row",)


def test_rows_are_numbered_from_one_and_failures_by_their_line(tmp_path: Path) -> None:
    found = csv(tmp_path, 'text,title\n"Họp\nbàn",a\nx,y,z\nTan,b\n')
    assert [item.article.id for item in found if isinstance(item, Prepared)] == ["a.csv:1", "a.csv:3"]
    assert [place for place, _ in failures(found)] == ["line 4"]


def test_a_stray_quote_costs_its_own_row_only(tmp_path: Path) -> None:
    rows = [f"{number},Bài số {number}." for number in range(200)]
    rows[5] = '5,"Chiều qua họp.'
    rows[100] = '100,"Một bài, có dấu phẩy."'
    found = csv(tmp_path, "\n".join(["id,text", *rows]))
    expected = [f"Bài số {number}." for number in range(200) if number not in (5, 100)]
    expected.insert(99, "Một bài, có dấu phẩy.")
    assert texts(found) == expected
    ((place, reason),) = failures(found)
    assert place == "line 7" and reason.startswith("a quote is not closed as it should be")


def test_a_quote_that_opens_on_the_last_line(tmp_path: Path) -> None:
    found = csv(tmp_path, 'id,text\n1,Họp.\n2,"Bàn')
    assert texts(found) == ["Họp."]
    assert [place for place, _ in failures(found)] == ["line 3"]


def test_a_text_in_quotes_keeps_its_lines(tmp_path: Path) -> None:
    text = "\n".join(f"Dòng {number}, hai vế." for number in range(900))
    assert texts(csv(tmp_path, f'id,text\n1,"{text}"\n2,Họp.\n')) == [text, "Họp."]


@pytest.mark.parametrize("line", ["Dòng này, hai vế.", "x" * 40_000])
def test_a_quoted_cell_without_end_makes_no_articles_of_its_lines(tmp_path: Path, line: str) -> None:
    text = "\n".join([line + f" {number}" for number in range(1_500)])
    content = f'id,title,text\n1,a,"{text}"\n2,b,Họp.\n'
    found = csv(tmp_path, content)
    assert texts(found) == ["Họp."]
    ((place, reason),) = failures(found)
    assert place == "line 2"
    assert reason == "a quoted cell is longer than 1,000 lines or 16 MB; left out up to line 1501"


def test_a_stray_quote_before_many_rows_without_any(tmp_path: Path) -> None:
    rows = [f"{number},Bài số {number}." for number in range(3_000)]
    rows[0] = '0,"Chiều qua họp.'
    found = csv(tmp_path, "\n".join(["id,text", *rows]))
    assert texts(found) == [f"Bài số {number}." for number in range(1, 3_000)]
    assert len(failures(found)) == 1


def test_quotes_of_the_text_itself_stay(tmp_path: Path) -> None:
    found = csv(tmp_path, 'id\ttext\n1\t"Xin chào" là tên bài.\n2\tCao 5" nhé\n', "a.tsv")
    assert texts(found) == ['"Xin chào" là tên bài.', 'Cao 5" nhé']


def test_a_quote_within_a_quoted_text_of_several_lines(tmp_path: Path) -> None:
    found = csv(tmp_path, 'id,text,title\n1,"Ông nói "được" rồi.\nDòng hai, ba",x\n2,Họp.,y\n')
    assert texts(found) == ["Họp."]
    assert [place for place, _ in failures(found)] == ["line 2", "line 3"]


@pytest.mark.parametrize("part", ["published", "title", "id", "source", "url"])
def test_a_column_that_is_named_must_be_there(tmp_path: Path, part: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,ngay_dang,text\n1,24/5/2023,Họp.\n", encoding="utf8")
    found = everything(path, Reading({part: "ngay_dangg"}))
    assert failures(found) == [
        ("", f"no column is called 'ngay_dangg', as --{part}-field says. There are: id, ngay_dang, text")
    ]


# ---- Lines ---------------------------------------------------------------------------------------------------------


def test_lines_of_different_encodings(tmp_path: Path) -> None:
    modern, ancient = "Công an tỉnh Lai Châu tổ chức hội nghị.", "C«ng an tØnh Lai Ch©u tæ chøc héi nghÞ."
    lines = [
        f'{{"text": "{modern}"}}'.encode() if number % 5 else f'{{"text": "{ancient}"}}'.encode("latin-1")
        for number in range(50)
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = everything(path)
    assert texts(found) == [modern] * 50
    warnings = [item.article.warnings for item in found if isinstance(item, Prepared)]
    assert [bool(warning) for warning in warnings] == [not number % 5 for number in range(50)]


def test_a_line_in_no_encoding_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    noise = "".join(map(chr, range(0xA1, 0xFF))) * 3
    path.write_bytes(b'{"text": "x"}\n{"text": "' + noise.encode("latin-1") + b'"}\n{"text": "y"}\n')
    found = everything(path)
    assert texts(found) == ["x", "y"]
    assert [place for place, _ in failures(found)] == ["line 2"]


def test_a_structure_is_no_text_and_no_title(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"text": {"p": "Họp."}}, {"text": [["Họp."]]}, {"text": "Họp.", "title": {"vi": "Tin"}, "id": [1]}]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf8")
    first, second, third = everything(path)
    assert isinstance(first, Unreadable) and first.reason == "its text is no text but {'p': 'Họp.'}"
    assert isinstance(second, Unreadable) and isinstance(third, Prepared)
    assert (third.article.title, third.article.id) == (None, "a.jsonl:3")
    assert third.article.warnings == (
        "title left out: it is no text but {'vi': 'Tin'}",
        "id left out: it is no text but [1]",
    )


# ---- Parquet -------------------------------------------------------------------------------------------------------


def test_a_bad_cell_costs_its_row_only(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow.parquet import write_table

    number = 150
    good = pa.array([f"Bài {i}." for i in range(number)])
    # A string array over bytes that are no UTF-8.
    raw = [text.encode() if i != 30 else b"B\xe0i" for i, text in enumerate(good.to_pylist())]
    broken = pa.array(raw, pa.binary())
    text = pa.Array.from_buffers(pa.string(), number, broken.buffers())
    day = pa.array([19_500 if i != 70 else 2_000_000_000 for i in range(number)], pa.int32()).cast(pa.date32())
    path = tmp_path / "a.parquet"
    write_table(pa.table({"text": text, "date": day}), path)
    found = everything(path)
    assert texts(found) == [f"Bài {i}." for i in range(number) if i not in (30, 70)]
    assert [place for place, _ in failures(found)] == ["row 31", "row 71"]


def test_a_damaged_group_costs_its_own_rows_only(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow.parquet import ParquetFile, write_table

    path = tmp_path / "a.parquet"
    write_table(pa.table({"text": [f"Bài {i}." for i in range(30)]}), path, row_group_size=10, compression="snappy")
    with ParquetFile(path) as file:
        column = file.metadata.row_group(1).column(0)
        start = column.dictionary_page_offset or column.data_page_offset
    data = bytearray(path.read_bytes())
    data[start + 10 : start + 60] = b"\xff" * 50
    path.write_bytes(data)
    found = everything(path)
    assert texts(found) == [f"Bài {i}." for i in (*range(10), *range(20, 30))]
    assert [place for place, _ in failures(found)] == ["rows 11 to 20"]


def test_structs_and_dates_are_no_text(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow.parquet import write_table

    for name, cells in (("a", [{"p": "Họp."}]), ("b", [date(2023, 5, 24)])):
        path = tmp_path / f"{name}.parquet"
        write_table(pa.table({"text": pa.array(cells)}), path)
        (item,) = everything(path)
        assert isinstance(item, Unreadable) and item.reason.startswith("its text is no text but ")


def test_a_value_that_stands_in_many_rows_is_read_once_at_a_time(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow.parquet import write_table

    buffer = io.BytesIO()
    long = pa.DictionaryArray.from_arrays(
        pa.array([0] * 8 + [1]), pa.array([random.Random(1).randbytes(10_000_000).hex(), "Họp."])
    )
    write_table(pa.table({"text": long}), buffer, compression="zstd")
    path = tmp_path / "a.parquet"
    path.write_bytes(buffer.getvalue())
    found = everything(path)
    assert [reason for _, reason in failures(found)] == ["longer than 16 MB: no single article is"] * 8
    assert texts(found) == ["Họp."]
