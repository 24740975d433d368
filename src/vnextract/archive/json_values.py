"""A file of JSON to articles: an array of objects, objects one after another, or an object with a list of them inside.

Only where values begin and end is looked for in the whole file, which may be one long line; each is then read alone, so
that a damaged one costs only itself.
"""

import codecs
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from vnextract.archive.encodings import SAMPLE, Decoded, NotTextError, decode_line, encoding_of_lines
from vnextract.archive.files import Unreadable
from vnextract.archive.jsonl import has_too_many, read_lines, read_object
from vnextract.archive.prepare import LONGEST, TOO_LONG, Raw, Reading
from vnextract.archive.rows import article_of
from vnextract.archive.text_lines import lines
from vnextract.archive.unpack import Opened
from vnextract.columns import find, is_plain
from vnextract.errors import InputFileError

# A string that does not end is one whose end has not been read yet.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+("?)|[\[\]{}]', re.DOTALL)
_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
_BLANKS = "\ufeffï»¿ \t\r\n"
_DEEPEST = 4
"""Objects around the list of articles."""


def read_json(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The articles of a file of JSON.

    Raises:
        InputFileError: it breaks off, or one value is longer than an article can be.
        NotTextError: it is no text.
    """
    beginning = opened.stream.peek(SAMPLE)[:SAMPLE]
    encoding = encoding_of_lines(beginning)
    is_wide = encoding in _WIDE
    sample = beginning.decode(encoding if encoding and is_wide else "latin-1", "ignore")
    if sample.lstrip(_BLANKS).startswith("["):
        values = _values(_narrow(opened.stream, encoding) if is_wide else opened.stream.read, is_array=True)
        for number, data in enumerate(values, 1):
            yield _read(opened, f"item {number}", number, data, None if is_wide else encoding, reading)
    else:
        yield from _objects(opened, reading)


def _objects(opened: Opened, reading: Reading) -> Iterator[Raw | Unreadable]:
    """Objects, one a line whatever the file is called, one after another, or only one."""
    source = lines(opened.stream)
    first, *second = list(islice(filter(_is_filled, source), 2)) or [Decoded("")]
    every = chain([first, *second], source)
    # Either may be damaged; of an object over several lines neither is an object of its own.
    texts = [line.text for line in (first, *second) if isinstance(line, Decoded)]
    if second and any(isinstance(_loaded(text), dict) for text in texts):
        yield from read_lines(opened, every, reading)
        return
    values = _values(_reader(every), is_array=False)
    alone, *others = list(islice(values, 2)) or [b""]
    if not others:
        yield from _alone(opened, alone, reading)
        return
    for number, data in enumerate(chain([alone, *others], values), 1):
        yield _read(opened, f"item {number}", number, data, None, reading)


def _narrow(stream: io.BufferedReader, encoding: str | None) -> Callable[[int], bytes]:
    """The same in UTF-8, where characters are wider than a byte."""
    return codecs.EncodedFile(stream, "utf-8", encoding or "utf-16", "replace").read


def _is_filled(line: Decoded | NotTextError) -> bool:
    return isinstance(line, NotTextError) or bool(line.text.strip())


def _loaded(text: str) -> Any:
    """What a text in JSON says; None where it is none, or so many values that no article can be meant."""
    try:
        return None if has_too_many(text) else json.loads(text)
    except (ValueError, RecursionError):
        return None


def _reader(source: Iterator[Decoded | NotTextError]) -> Callable[[int], bytes]:
    """Lines as a stream of bytes in UTF-8."""

    def read(size: int) -> bytes:
        taken: list[bytes] = []
        while size > 0 and (line := next(source, None)) is not None:
            if isinstance(line, NotTextError):
                raise line
            taken.append(line.text.encode("utf8", "replace"))
            size -= len(taken[-1])
        return b"".join(taken)

    return read


def _values(read: Callable[[int], bytes], *, is_array: bool) -> Iterator[bytes]:
    """The values of an array, or those that stand one after another."""
    data = read(SAMPLE)
    at, depth, start = data.find(b"[") + 1 if is_array else 0, 0, 0
    while True:
        for token in _TOKEN.finditer(data, at):
            if token[0][:1] == b'"':
                if not token[1]:
                    at = token.start()
                    break
                if depth == 0:
                    yield token[0]
            elif token[0] in (b"[", b"{"):
                start = start if depth else token.start()
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    yield data[start : token.end()]
            else:
                return
        else:
            at = len(data)
        kept = start if depth else at
        if len(data) - kept > LONGEST:
            raise InputFileError(f"a value is {TOO_LONG}; write the articles one a line, as .jsonl")
        # As much again, so that a long value is looked through a few times only.
        more = read(max(SAMPLE, len(data) - kept))
        if not more:
            break
        data, at, start = data[kept:] + more, at - kept, start - kept
    if depth or is_array:
        raise InputFileError("it breaks off")


def _read(
    opened: Opened, place: str, number: int, data: bytes, encoding: str | None, reading: Reading
) -> Raw | Unreadable:
    place = opened.at(place)
    try:
        decoded = decode_line(data, encoding)
    except NotTextError as error:
        return Unreadable(opened.file, place, str(error))
    return read_object(opened, place, number, decoded.text, decoded.warnings, reading)


def _alone(opened: Opened, data: bytes, reading: Reading) -> Iterator[Raw | Unreadable]:
    """The only value of a file: an article, or what has a list of articles inside."""
    whole = _loaded(data.decode("utf8", "replace"))
    items = [] if _has_text(whole, reading) else max(_lists(whole), key=len, default=[])
    if not items:
        yield _read(opened, "item 1", 1, data, None, reading)
    for place, item in enumerate(items, 1):
        yield article_of(opened, opened.at(f"item {place}"), place, item, reading)


def _has_text(value: Any, reading: Reading) -> bool:
    if not isinstance(value, Mapping):
        return False
    column = find(value, reading.fields).get("text")
    return column in value and is_plain(value[column])


def _lists(value: Any, depth: int = 0) -> Iterator[list[Any]]:
    """The lists of objects that objects hold."""
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for part in value.values():
            yield from _lists(part, depth + 1)
    elif isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        yield value
