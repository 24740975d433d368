"""Names that the article itself introduces: short forms in brackets after a name, and names printed again."""

import re
from collections.abc import Iterable, Mapping, Sequence

from vnextract.lexicon.places import find_province
from vnextract.names.decide import Found
from vnextract.names.heads import body_words, heads, known_bodies, name_words
from vnextract.names.places import country_at, place_at
from vnextract.names.reading import Reading, abbreviations
from vnextract.records import FoundBy, OrganisationKind
from vnextract.text.alignment import Span

_BRACKET = re.compile(
    r"\s?[(\[]\s?(?:(?:viết tắt|gọi tắt|sau đây gọi tắt|tên viết tắt|sau đây gọi|tên tiếng Anh)(?: là)?:?\s)?[\"“'‘]?"
)
_SHORT = re.compile(r"[^\W\d_a-zà-ỹ][\w&.-]{1,20}(?: [^\W_a-zà-ỹ][\w&.-]{1,20}){0,3}(?=[\"”’']?\s?(?:[),;]| - | – ))")
_ACRONYM = re.compile(r"[A-ZĐ][A-Za-zĐđ0-9&.-]*[A-ZĐ0-9]")
_FOREIGN = re.compile(r"[A-Za-z0-9&.' -]*[fjwz][A-Za-z0-9&.' -]*|[A-Za-z]{7,}[A-Za-z0-9&.' -]*|[A-Z][a-z]+[A-Z]\w*")
_OWN_NAMED = frozenset({OrganisationKind.COMPANY, OrganisationKind.SPORTS, OrganisationKind.MEDIA})
_OWN_WORD = re.compile(r"[A-Z][A-Za-z]*[a-z][A-Za-z]{3,}")
_VIETNAMESE = re.compile(
    r"(?:ngh?|nh|kh|ph|th|tr|ch|gh|gi|qu|[bcdghklmnpqrstvx])?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|iu|oa|oe|oi|ua|ui|uy|oai|uay|uoi|uya|ie|ye|uo|uye|uoi|ieu|yeu|oay)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
"""A syllable that may be Vietnamese, tone marks aside."""
_COMMON = frozenset({"Online", "Group", "Media", "Vietnam", "Viet", "Tower", "Plaza", "Center", "League", "Google"})
_ACRONYM_DEFINED = re.compile(r"(?<=[\wÀ-ỹ] \()([A-ZĐ][A-ZĐ0-9&-]{1,9})(?=\))")


def defined_forms(reading: Reading, found: Sequence[Found]) -> tuple[dict[str, Found], list[Found]]:
    """Short forms in brackets right after a name, with the mention each stands for, and those not found as names yet.

    `Ban Quản lý dự án (BQLDA)` defines `BQLDA`; `WHO (Tổ chức Y tế Thế giới)` defines `WHO` too.
    """
    norm, starts = reading.norm, {one.start: one for one in found}
    defined: dict[str, Found] = {}
    new: list[Found] = []
    for one in found:
        bracket = _BRACKET.match(norm, one.end)
        if not bracket:
            continue
        inside = starts.get(bracket.end())
        if inside:
            short, full = sorted((one, inside), key=lambda name: name.end - name.start)
            if _is_short_for(norm, short, full):
                _define(defined, norm[short.start : short.end], full)
        elif (match := _SHORT.match(norm, bracket.end())) and (
            norm.endswith(" " + match.group(), one.start, one.end) or _is_short_form(reading, match)
        ):
            _define(defined, match.group(), one)
            new.append(Found(match.start(), match.end(), FoundBy.GRAMMAR, None))
    return defined, new


def _define(defined: dict[str, Found], short: str, full: Found) -> None:
    """Keeps the fullest name that the article explains a short form with."""
    before = defined.get(short)
    if before is None or full.end - full.start > before.end - before.start:
        defined[short] = full


def _is_short_for(norm: str, short: Found, full: Found) -> bool:
    """Whether one of two names around a bracket is the other's short form, not the body that it belongs to."""
    if short.candidate and short.candidate.rule not in ("known", "foreign"):
        return False
    return " " in norm[full.start : full.end]


def _is_short_form(reading: Reading, match: "re.Match[str]") -> bool:
    """Whether the words in brackets are a short form: an acronym or a foreign word, no place and no unit."""
    short = match.group()
    if not (_ACRONYM.fullmatch(short) or _FOREIGN.fullmatch(short)):
        return False
    if short in abbreviations() or find_province(short):
        return False
    at = reading.index(match.start())
    end = reading.index(match.end())
    place, country = place_at(reading, at, end), country_at(reading, at, end)
    alone = body_words("no body alone").longest(reading.words, at, end)
    return not ((place and place.end == end) or (country and country[0] == end) or (alone and alone[0] == end))


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


def without_other_acronyms(norm: str, found: Sequence[Found]) -> list[Found]:
    """The names without acronyms that the article explains as something else: `năng lượng tái tạo (NLTT)`."""
    others = {match.group() for match in _ACRONYM_DEFINED.finditer(norm) if _spells(norm, match)}
    return [one for one in found if one.candidate or norm[one.start : one.end] not in others]


def _spells(norm: str, match: "re.Match[str]") -> bool:
    """Whether an acronym in brackets is made of the initials of the words before it, in lower case."""
    letters = [letter for letter in match.group() if letter.isalpha()]
    words = norm[max(0, match.start() - 80) : match.start() - 2].split()[-len(letters) :]
    initials = [word[0].upper() for word in words]
    return initials == letters and not any(word[0].isupper() for word in words[1:])


def own_words(reading: Reading, found: Sequence[Found]) -> set[str]:
    """Foreign words that name bodies in the article: alone (`Yandex`) or after a head (`Ngân hàng Mizuho`)."""
    words = set()
    for one in found:
        name = reading.norm[one.start : one.end]
        last = name.rsplit(" ", 1)[-1]
        if not _is_own(reading, one, name) or not _OWN_WORD.fullmatch(last) or _VIETNAMESE.fullmatch(last.lower()):
            continue
        at = reading.index(one.end - len(last))
        if country_at(reading, at, at + 1) is None and last not in _COMMON:
            words.add(last)
    return words


def newspapers(reading: Reading, found: Sequence[Found]) -> set[str]:
    """Names of newspapers that are common words, where the article has them after a head: `Báo Thanh Niên`."""
    words = set()
    for one in found:
        start, end = reading.index(one.start), reading.index(one.end)
        known = known_bodies().longest(reading.words, start + 1, end)
        if reading.words[start] == "báo" and known and known[0] == end and known[1].kind is OrganisationKind.MEDIA:
            words.add(reading.norm[reading.starts[start + 1] : one.end])
    return words


def _is_own(reading: Reading, one: Found, name: str) -> bool:
    """Whether the last word of a name is all of its own: after the head of a company, a club, a newspaper, or alone."""
    if one.candidate is None or " " not in name:
        return " " not in name
    if one.candidate.closed or one.candidate.kind not in _OWN_NAMED:
        return False
    at, last = reading.index(one.start), reading.index(one.end) - 1
    head = heads().longest(reading.words, at, last)
    at = head[0] if head else last + 1
    while at < last and (words := name_words().longest(reading.words, at, last)):
        at = words[0]
    return at == last


def with_repeats(
    reading: Reading, found: Sequence[Found], persons: Sequence[Span] = ()
) -> tuple[list[Found], Mapping[str, Found]]:
    """The names found, every further printing of the short forms and foreign words in them, and the short forms.

    What overlaps a person's name is no body.
    """
    norm = reading.norm
    found = without_other_acronyms(norm, found)
    defined, new = defined_forms(reading, found)
    every = found + new
    taken = [*every, *(Found(span.start, span.end, FoundBy.TAGGER, None) for span in persons)]
    again = defined.keys() | own_words(reading, found) | newspapers(reading, found)
    every += occurrences(norm, again, sorted(taken, key=lambda one: one.start))
    return sorted(every, key=lambda one: one.start), defined
