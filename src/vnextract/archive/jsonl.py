"""Lines of JSON to articles: one object a line."""

import json
from collections.abc import Iterator

from vnextract.archive.encodings import NotTextError
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import Raw, Reading
from vnextract.archive.rows import MOST_VALUES, TOO_MANY, article_of
from vnextract.archive.text_lines import lines
from vnextract.archive.unpack import Opened


def read_jsonl(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The objects of a file, one a line."""
    for number, line in enumerate(lines(opened.stream), 1):
        place = opened.at(f"line {number}")
        if isinstance(line, NotTextError):
            yield Unreadable(opened.file, place, str(line))
        elif line.text.strip():
            yield _read(opened, place, number, line.text, line.warnings, reading)


def _read(
    opened: Opened, place: str, number: int, text: str, warnings: tuple[str, ...], reading: Reading
) -> Raw | Unreadable:
    # A value takes up to a hundred times its few characters, so they are counted before they are made.
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        return Unreadable(opened.file, place, TOO_MANY)
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Unreadable(opened.file, place, f"this is not JSON: {error}")
    return article_of(opened, place, number, item, reading, warnings)
