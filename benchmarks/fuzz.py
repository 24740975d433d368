"""A coverage-guided fuzz target for the text layer, dates and numbers (`pip install atheris`).

    python benchmarks/fuzz.py [--everything] [FOLDER] [-max_total_time=600] [any other option of libFuzzer]

Bytes become words of the press and characters of any sort, so that a mutation of one byte changes one word. Without
`--everything` only the cheap rooms run: text layer, dates, indicators. FOLDER keeps the inputs found worth keeping.
"""

import re
import sys
from datetime import date, timedelta

import atheris

EVERYTHING = "--everything" in sys.argv

with atheris.instrument_imports(include=["vnextract"]):
    from vnextract.article import Article
    from vnextract.assemble import assemble
    from vnextract.findings import Findings, with_dates, with_figures
    from vnextract.pipeline import STAGES
    from vnextract.records import ArticleRecord

CHEAP = (with_dates, with_figures)
PRESS_WORDS = re.split(
    r"\|",
    "ngày|tháng|năm|quý|tuần|thứ|thứ hai|chủ nhật|hôm|qua|nay|mai|kia|trước|sau|tới|này|đó|sáng|chiều|tối|đêm|giờ|"
    "phút|h|đầu|giữa|cuối|giai đoạn|nhiệm kỳ|năm học|âm lịch|mùng|rằm|Giêng|Chạp|Tết|Bính Ngọ|thế kỷ|thập niên|nửa|"
    "cả|mỗi|hằng|lần|kỷ niệm|từ|đến|và|hoặc|I|IV|XX|một|hai|mười|mươi|mốt|linh|trăm|nghìn|triệu|tỷ|rưỡi|phẩy|0|1|2|"
    "3|9|12|24|29|30|31|60|99|100|1900|2019|2024|2025|1.200|1,200|3,5|0,5|1/2|30/2|29/2|-5|½|đồng|VND|USD|$|€|%|kg|"
    "tấn|ha|m2|km|hộ|người|vụ|điểm|lượt người|hơn|gần|trên|dưới|khoảng|ít nhất|tối đa|trở lên|chưa đến|tăng|giảm|"
    "đạt|lên|còn|chiếm|so với|cùng kỳ|trong đó|tổng|UBND|tỉnh|Lai Châu|TP.|HCM|ông|Ảnh:|.|,|;|:|(|)|“|”|-|–|/|…|!|"
    "\n|\n\n|\r\n|\t|\xa0|\u200b|\xad|\u0301|\u0323|ı|ſ|İ|а",
)
WORD, SPACED_WORD, CHARACTER, DIGITS = range(4)


def text_of(data: atheris.FuzzedDataProvider) -> str:
    """A text, one piece for every two or three bytes."""
    pieces: list[str] = []
    while data.remaining_bytes() and len(pieces) < 200:
        sort = data.ConsumeIntInRange(0, 7)
        if sort == CHARACTER:
            pieces.append(chr(data.ConsumeIntInRange(0, 0x10FFFF)))
        elif sort == DIGITS:
            pieces.append(str(data.ConsumeIntInRange(0, 40_000)))
        else:
            pieces.append(PRESS_WORDS[data.ConsumeIntInRange(0, len(PRESS_WORDS) - 1)])
            pieces.append("" if sort == WORD else " ")
    return "".join(pieces)


def published_of(data: atheris.FuzzedDataProvider) -> str | None:
    """A publication day near today or anywhere in the calendar, a month, a year, or none."""
    sort = data.ConsumeIntInRange(0, 7)
    days = data.ConsumeIntInRange(0, (date.max - date.min).days)
    far = (date.min + timedelta(days)).isoformat()
    near = (date(2018, 1, 1) + timedelta(days % 4000)).isoformat()
    return {0: None, 1: far, 2: far[:7], 3: far[:4]}.get(sort, near)


def check(text: str, record: ArticleRecord) -> None:
    """The promises of a record that the rooms under test can break."""
    assert ArticleRecord.model_validate_json(record.model_dump_json()) == record
    kinds = ([found.mention for found in record.dates], [figure.mention for figure in record.indicators])
    for mention in (*kinds[0], *kinds[1]):
        assert text[mention.start : mention.end] == mention.text != ""
    for found in record.dates:
        assert found.first_day is None or found.last_day is None or found.first_day <= found.last_day, found
    for figure in record.indicators:
        assert figure.value.is_finite() and (figure.upper is None or figure.upper > figure.value), figure
    for kind in kinds:
        ends = [0, *(mention.end for mention in kind)]
        assert all(mention.start >= end for mention, end in zip(kind, ends, strict=False)), kind


def one_input(data: bytes) -> None:
    """Extract from what the bytes say."""
    provider = atheris.FuzzedDataProvider(data)
    published = published_of(provider)
    text = text_of(provider)
    known = Findings.of(Article(text, published=published))
    try:
        for stage in STAGES.values() if EVERYTHING else CHEAP:
            known = stage(known)
        check(text, assemble(known))
    except Exception:
        print(repr(text), repr(published), file=sys.stderr)
        raise


if __name__ == "__main__":
    atheris.Setup([argument for argument in sys.argv if argument != "--everything"], one_input)
    atheris.Fuzz()
