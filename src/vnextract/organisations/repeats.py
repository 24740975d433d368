"""Names that the article itself introduces: short forms in brackets after a name, and a name without its head."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vnextract.lexicon.places import find_province
from vnextract.organisations.arbitrate import Found
from vnextract.organisations.reading import abbreviations
from vnextract.records import FoundBy

_DEFINED = re.compile(
    r"\s?\((?:(?:viết tắt|gọi tắt|sau đây gọi tắt|tên viết tắt|sau đây gọi|tên tiếng Anh)(?: là)?:?\s)?[\"“']?"
    r"([A-ZĐ][A-Za-zĐđ]*[A-ZĐ][\w&.-]{0,12}|[A-ZĐ]{2,10}[0-9]{0,2})[\"”']?\s?[),;]"
)
_NOT_SHORT_FORMS = frozenset({"USD", "VND", "SN", "PV", "GDP", "AI", "HIV"})


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A short form that the article defines."""

    short: str
    start: int
    end: int
    full: Found
    """The mention that it is printed after."""


def short_forms(norm: str, found: Iterable[Found]) -> Sequence[ShortForm]:
    """Short forms in brackets right after a name: `Ban Quản lý dự án (BQLDA)`."""
    forms = []
    for name in found:
        match = _DEFINED.match(norm, name.end)
        if match and _is_short_form(match.group(1)):
            forms.append(ShortForm(match.group(1), match.start(1), match.end(1), name))
    return forms


def _is_short_form(short: str) -> bool:
    return short not in _NOT_SHORT_FORMS and short not in abbreviations() and find_province(short) is None


def occurrences(norm: str, words: Iterable[str], found: Sequence[Found]) -> list[Found]:
    """Every place that prints one of these words, whole and alike, outside the names found already."""
    known = sorted(set(words), key=len, reverse=True)
    if not known:
        return []
    pattern = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, known))})(?![\w@]|[-./]\w)")
    taken = sorted((name.start, name.end) for name in found)
    new, index = [], 0
    for match in pattern.finditer(norm):
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index == len(taken) or taken[index][0] >= match.end():
            new.append(Found(match.start(), match.end(), FoundBy.GRAMMAR, None))
    return new


def with_repeats(norm: str, found: list[Found]) -> tuple[list[Found], Mapping[str, Found]]:
    """The names found and every further printing of the short forms that the article defines, with those forms."""
    forms = short_forms(norm, found)
    defined = {form.short: form.full for form in reversed(forms)}
    return sorted(found + occurrences(norm, defined, found), key=lambda name: name.start), defined
