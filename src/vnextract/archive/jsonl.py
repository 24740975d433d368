"""Lines of JSON to articles: one object a line."""

import json
from collections.abc import Iterable, Iterator

from vnextract.archive.encodings import Decoded, NotTextError
from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import Raw, Reading
from vnextract.archive.rows import MOST_VALUES, TOO_MANY, article_of
from vnextract.archive.text_lines import lines
from vnextract.archive.unpack import Opened


def read_jsonl(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The objects of a file, one a line."""
    return read_lines(opened, lines(opened.stream), reading)


def read_lines(
    opened: Opened, source: Iterable[Decoded | NotTextError], reading: Reading
) -> Iterator[Raw | Unreadable]:
    """The objects of lines, one in each."""
    for number, line in enumerate(source, 1):
        place = opened.at(f"line {number}")
        if isinstance(line, NotTextError):
            yield Unreadable(opened.file, place, str(line))
        elif line.text.strip():
            yield read_object(opened, place, number, line.text, line.warnings, reading)


def read_object(
    opened: Opened, place: str, number: int, text: str, warnings: tuple[str, ...], reading: Reading
) -> Raw | Unreadable:
    """One object, or what is wrong with it."""
    if has_too_many(text):
        return Unreadable(opened.file, place, TOO_MANY)
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Unreadable(opened.file, place, f"this is not JSON: {error}")
    return article_of(opened, place, number, item, reading, warnings)


def has_too_many(text: str) -> bool:
    """Whether a text in JSON has more values than an article: they are counted before they are made.

    A value takes up to a hundred times its few characters.
    """
    return sum(map(text.count, ",[{")) > MOST_VALUES
