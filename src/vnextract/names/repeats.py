"""Short forms that the article itself introduces in brackets after a name, and every further printing of them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from vnextract.lexicon.places import find_province
from vnextract.lexicon.register import find, key_of, template
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.names.decide import SURE, Found
from vnextract.names.heads import body_words, heads
from vnextract.names.places import is_place
from vnextract.names.reading import Reading, abbreviations
from vnextract.records import FoundBy, Level
from vnextract.text.alignment import Span
from vnextract.text.late import late
from vnextract.text.letters import UPPER
from vnextract.text.normalise import fold

_BRACKET = re.compile(
    r"\s?[(\[]\s?(?:(?:viết tắt|gọi tắt|sau đây gọi tắt|tên viết tắt|sau đây gọi|tên tiếng Anh)(?: là)?:?\s)?[\"“'‘]?"
)
_SHORT = late(rf"[{UPPER}][\w&.-]{{1,20}}(?: [{UPPER}0-9][\w&.-]{{1,20}}){{0,3}}(?=[\"”’']?\s?(?:[),;]| - | – ))")
_SPELT_OUT = re.compile(rf"([{UPPER}][^()\n]{{2,100}}?)(?: [-–] |, |; |: )([A-ZĐ][A-Za-zĐđ&]{{2,11}})\)")
"""A name in another language with its own short form, to the end of a bracket: `World Health Organization - WHO)`."""
_ACRONYM = re.compile(r"[A-ZĐ][A-Za-zĐđ&.-]*[A-ZĐ]")


def with_repeats(
    reading: Reading, found: Sequence[Found], persons: Sequence[Span] = ()
) -> tuple[list[Found], Mapping[str, Found]]:
    """The names found with every printing of the short forms that the article gives them, and the short forms.

    What overlaps a person's name is no body.
    """
    defined, new = defined_forms(reading, found)
    every = [*found, *new]
    taken = sorted([*((one.start, one.end) for one in every), *persons])
    every += occurrences(reading.norm, defined, taken)
    return sorted(every, key=lambda one: one.start), defined


def defined_forms(reading: Reading, found: Sequence[Found]) -> tuple[dict[str, Found], list[Found]]:
    """Short forms in brackets right after a name, with the mention each stands for, and those not found as names yet.

    `Ban Quản lý dự án (BQLDA)` defines `BQLDA`; `WHO (Tổ chức Y tế Thế giới)` defines `WHO` too, and so does
    `Tổ chức Y tế Thế giới (World Health Organization - WHO)`.
    """
    norm, starts = reading.norm, {one.start: one for one in found}
    order = list(starts)
    defined: dict[str, Found] = {}
    new: list[Found] = []
    for one in found:
        bracket = _BRACKET.match(norm, one.end)
        if not bracket:
            continue
        inside = starts.get(bracket.end())
        spelt = _SPELT_OUT.match(norm, bracket.end())
        if spelt and _are_initials(spelt[2], spelt[1]):
            _define(defined, spelt[2], one)
            last = bisect_right(order, spelt.start(2)) - 1
            if found[last].end <= spelt.start(2):
                new.append(_in_brackets(spelt.span(2)))
        if inside:
            short, full = sorted((one, inside), key=lambda name: name.end - name.start)
            if _is_short_for(reading, short, full):
                _define(defined, norm[short.start : short.end], full)
        elif (match := _SHORT.match(norm, bracket.end())) and (
            norm.endswith(" " + match.group(), one.start, one.end) or _is_short_form(reading, match)
        ):
            _define(defined, match.group(), one)
            new.append(_in_brackets(match.span()))
    return defined, new


def _in_brackets(span: tuple[int, int]) -> Found:
    """A short form that only its bracket makes a name."""
    return Found(*span, FoundBy.GRAMMAR, None, "short form in brackets", SURE)


def _are_initials(short: str, name: str) -> bool:
    """Whether an acronym is made of the first letters of a name's words with capitals, and names no province."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return short.upper() == initials and not find_province(name)


def _define(defined: dict[str, Found], short: str, full: Found) -> None:
    """Keeps the fullest name that the article explains a short form with."""
    before = defined.get(short)
    if before is None or full.end - full.start > before.end - before.start:
        defined[short] = full


def _is_short_for(reading: Reading, short: Found, full: Found) -> bool:
    """Whether one of two names around a bracket is the other's short form, not the body that it belongs to."""
    if short.candidate and short.candidate.rule not in ("known", "foreign"):
        return False
    start, first = reading.index(short.start), reading.index(full.start)
    head = heads().longest(reading.words, start, reading.index(short.end))
    if head and reading.words[first : first + head[0] - start] != reading.words[start : head[0]]:
        return False
    name, fuller = reading.norm[short.start : short.end], reading.norm[full.start : full.end]
    return " " in fuller and not (short.start < full.start and _is_another(name, fuller))


def _is_another(name: str, bracketed: str) -> bool:
    """Whether a name is another than the one in brackets after it: `Văn hóa cơ sở (Bộ Văn hóa)`, `C03 (Bộ Công an)`."""
    registered = find(name) or template(name, Level.PROVINCE)
    if registered and name in registered.codes:
        return key_of(registered.name) not in key_of(bracketed)
    words = name.split()
    return len(words) > 1 and all(map(is_vietnamese, words)) and fold(name) not in fold(bracketed)


def _is_short_form(reading: Reading, match: "re.Match[str]") -> bool:
    """Whether the word in brackets is an acronym that means no place and no unit."""
    short = match.group()
    if not _ACRONYM.fullmatch(short) or short in abbreviations() or find_province(short):
        return False
    at = reading.index(match.start())
    end = reading.index(match.end())
    alone = body_words("no body alone").longest(reading.words, at, end)
    return not (is_place(reading, at, end) or (alone and alone[0] == end))


def occurrences(norm: str, words: Iterable[str], taken: Sequence[tuple[int, int]]) -> list[Found]:
    """Every place that prints one of these words, whole and alike, outside the stretches taken already."""
    known = sorted(set(words), key=len, reverse=True)
    if not known:
        return []
    pattern = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, known))})(?![\w@]|[-./]\w)")
    new, index = [], 0
    for match in pattern.finditer(norm):
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index == len(taken) or taken[index][0] >= match.end():
            new.append(Found(*match.span(), FoundBy.GRAMMAR, None, "short form printed again", SURE))
    return new
