"""Names of persons: what may be one, Vietnamese or foreign, and where it begins in a run of capitalised words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from vnextract.lexicon.persons import honorifics, plain_surnames
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.officials.patterns import NAME, NAMESAKE, NO_NAME, PREFIX_WORD, name_openings, words_of
from vnextract.text.alignment import Span
from vnextract.text.letters import UPPER
from vnextract.text.spans import Spans
from vnextract.text.words import Words

_APOSTROPHE = re.compile(r"['’](?=[^\W\d_])")
"""Inside of a word, after which a name may begin: `d'Estaing`."""
_LONGEST = 6
_MOST_KEPT = 1024
"""Runs whose names are kept: the same places, titles and first words stand in every article."""
_DASHED = re.compile(" [-–] ")
"""A dash between blanks, with which some papers print the hyphens of foreign names."""
_UNITS = frozenset(("TP", "Tp", "TX", "TT", "Q", "P"))
"""Units of places, abbreviated."""
_ORDINAL = re.compile("[IVX]+")
_NO_RANK = re.compile(r"\b(?:cờ|lão|danh|chủ|nữ|võ|dũng|mãnh|hổ|bại|tiểu|phúc|thủ|bộ|viên) $")
"""What makes `tướng` after it something else than a rank: `cờ tướng`, `lão tướng`."""
_GOES_ON = re.compile(rf"(?:[{UPPER}][^\W_]*|\w*\d\w*) $")
_OPENERS = words_of("opener")
_CLOSERS = words_of("closer")


class FoundName(NamedTuple):
    """A run that may name a person; `start` is where its honorifics begin, `name_start` where the name does."""

    start: int
    name_start: int
    end: int
    text: str
    prefixes: tuple[str, ...]
    vietnamese: bool
    known: bool = False
    """Whether the article addresses or fully names a person by its last word somewhere."""
    tagged: bool = False
    """Whether the tagger takes the run for a person's name too."""

    @property
    def tokens(self) -> list[str]:
        """The words of the name."""
        return self.text.split()

    def without_last(self) -> "FoundName":
        """The name without its last word."""
        text = self.text.rpartition(" ")[0]
        return self._replace(text=text, end=self.name_start + len(text))


@cache
def surnames() -> frozenset[str]:
    """First words of family names, clan names and prefixes of names."""
    return frozenset(row["surname"].split()[0] for row in table("surnames"))


@cache
def countries() -> frozenset[str]:
    """Countries, whose heads stand over no body."""
    return frozenset(row["name"] for row in table("countries"))


@cache
def places() -> frozenset[str]:
    """Countries, provinces and districts, which may stand between a title and a name."""
    rows = ("foreign_places", "places_provinces", "places_districts", "places_former_districts")
    return countries().union(row["name"] for name in rows for row in table(name)) | {
        "TP.HCM",
        "TP HCM",
        "TPHCM",
        "Huế",
        "Saudi",
        "Việt Nam",
    }


@cache
def _heads() -> frozenset[str]:
    """Common nouns for bodies as they begin with a capital letter: `Chánh Thanh tra [Sở] Cao Thị Vân`."""
    return frozenset(word.capitalize() for word in words_of("stands_for"))


is_syllable = cache(is_vietnamese)


def _acronym(word: str) -> bool:
    return len(word) > 2 and word.isupper() and "." not in word and _ORDINAL.fullmatch(word) is None


def _all_capitals(words: Sequence[str]) -> bool:
    return len(words) > 1 and all(word.isupper() for word in words) and words[0].title() in surnames()


def _place_prefix(words: Sequence[str]) -> int:
    """How many words at the beginning of a run name a place, the rest being a name."""
    for length in range(min(5, len(words) - 1), 0, -1):
        rest = words[length:]
        if " ".join(words[:length]) not in places():
            continue
        foreign = not all(map(is_syllable, rest))
        apart = length > 1 and rest[0] in plain_surnames() and len(rest) > 1
        if foreign or words[0] not in surnames() or apart:
            return length
    return 0


def _opens(words: Sequence[str]) -> bool:
    """Whether the first of two words is none of the name: `Theo Lê Văn A`, `Giữa Edward Enninful`."""
    if words[0] in _OPENERS:
        return words[0] not in surnames() or words[1] in plain_surnames() or not is_syllable(words[1])
    return not (words[0].isascii() or words[0] in surnames()) and is_syllable(words[0]) and not is_syllable(words[1])


def _opening(words: Sequence[str]) -> int:
    """How many words at the beginning of a run open the sentence or are a degree printed in capitals: `Theo TS`."""
    count = 0
    while count < len(words) - 1 and (_opens(words[count : count + 2]) or PREFIX_WORD.fullmatch(words[count])):
        count += 1
    return count


def _vietnamese(words: Sequence[str]) -> int:
    """How many words from the first on make a Vietnamese name; 0 if none."""
    if len(words) < 2 or words[0] not in surnames() or _acronym(words[1]):
        return 0
    minority = len(words[0]) == 1 or not is_syllable(words[0])
    length = 1
    while (
        length < min(len(words), _LONGEST)
        and not _acronym(words[length])
        and (minority or is_syllable(words[length]) or length > 1)
    ):
        length += 1
    return length if length > 1 else 0


def _named_place(words: Sequence[str]) -> bool:
    """Whether a place bears the name of a person: `Hồ Chí Minh`."""
    return len(words) > 2 and words[0] in plain_surnames()


def _not_yet(words: Sequence[str]) -> int:
    """How many words stand before a family name in a run that does not begin with one: `CS Việt Nam [Lê Văn A]`."""
    for skip in range(1, min(4, len(words) - 1)):
        before = words[:skip]
        if words[skip] in plain_surnames() and all(is_syllable(word) or word.isupper() for word in before):
            return skip
    return 1 if len(words) > 2 and words[0].isupper() and len(words[0]) == 2 and words[1] in surnames() else 0


@lru_cache(_MOST_KEPT)
def _cut(words: tuple[str, ...], anchored: bool, addressed: bool, titled: bool) -> tuple[int, int, bool] | None:
    """Which words of a run are a name: first, past the last, and whether it is Vietnamese; None where none are.

    Args:
        words: The run.
        anchored: An honorific, a rank or a degree stands before it.
        addressed: An honorific does: not even the name of a place is a place then.
        titled: A title does.
    """
    if _all_capitals(words):
        return 0, len(words), True
    first = 0 if addressed else _opening(words)
    if first:
        anchored = first > 1 or words[0] not in _OPENERS
    if len(words) - first > 1 and words[first] in _UNITS:
        first += 1
        if " ".join(words[first:]) in places():
            return None
    if titled and len(words) - first > 2 and words[first] in _heads() and words[first + 1] in plain_surnames():
        first += 1
    first += _place_prefix(words[first:])
    if titled and len(words) - first > 2 and _acronym(words[first]) and not any(map(_acronym, words[first + 1 :])):
        first += 1
    rest = words[first:]
    length = _vietnamese(rest)
    if length and (addressed or " ".join(rest) not in places() or (titled and _named_place(rest))):
        return first, first + length, True
    skip = _not_yet(rest)
    if skip and (length := _vietnamese(rest[skip:])):
        return first + skip, first + skip + length, True
    if " ".join(rest) in places() and not addressed:
        return None
    if any(_acronym(word) for word in rest) and not (anchored and len(rest) > 1):
        return None
    if len(rest) > 1 and len(rest[-1]) > 1 and rest[-1].isupper() and not anchored and not _ORDINAL.fullmatch(rest[-1]):
        return None
    foreign = not all(map(is_syllable, rest))
    if foreign or anchored or (titled and len(rest) == 1):
        return first, len(words), not foreign
    return None


def _prefixes(text: str, match: re.Match[str]) -> tuple[str, ...]:
    """The honorifics, ranks and degrees before a run; none where `tướng` is no rank."""
    prefix = match["prefix"]
    if not prefix:
        return ()
    if prefix[:5].lower() == "tướng" and _NO_RANK.search(
        text, max(0, match.start("prefix") - 6), match.start("prefix")
    ):
        return ()
    return tuple(word.group() for word in PREFIX_WORD.finditer(prefix))


def _words_from(at: int, run: str) -> list[tuple[int, int]]:
    """Where the words of a run stand, which one blank each parts; the run begins at an offset."""
    spans = []
    for word in run.split(" "):
        spans.append((at, at + len(word)))
        at += len(word) + 1
    return spans


def _name(text: str, match: re.Match[str], free: Span, titled: bool, persons: Spans[Span]) -> FoundName | None:
    """The name in a run of capitalised words, if one is there; no word before `free` belongs to it."""
    at = match.start("run")
    spans = _words_from(at, match["run"])
    while len(spans) > 1 and text[slice(*spans[-1])] in _CLOSERS:
        spans.pop()
    spans = spans[: next((n for n in range(2, len(spans)) if text[slice(*spans[n])] in _CLOSERS), len(spans))]
    prefixes = _prefixes(text, match)
    if prefixes and text[match.start("prefix") : match.end()] in places():
        return None
    addressed = any(word.lower() in honorifics() for word in prefixes)
    titled = titled and text[free.start : match.start()] == " "
    doubtful = match["run"] in _UNITS or ((prefixes or titled) and NO_NAME.match(text, at))
    if len(spans) == 1 and doubtful and persons.at(at) != spans[0]:
        return None
    cut = _cut(tuple([text[a:b] for a, b in spans]), bool(prefixes), addressed, titled)
    if cut is None:
        return None
    first, last, vietnamese = cut
    if not (vietnamese or prefixes) and _GOES_ON.search(text, max(free.start, match.start() - 12), match.start()):
        return None
    start, end = spans[first][0], spans[last - 1][1]
    if not prefixes and NAMESAKE.search(text[max(free.start, start - 18) : start].lower()):
        return None
    if start > at or not prefixes:
        return FoundName(start, start, end, text[start:end], (), vietnamese)
    return FoundName(match.start("prefix"), start, end, text[start:end], prefixes, vietnamese)


def _free(taken: Sequence[Span], end: int) -> Iterator[Span]:
    """The stretches of a text that nothing has taken."""
    at = 0
    for span in sorted(taken):
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < end:
        yield Span(at, end)


def _with_tagged(name: FoundName, persons: Spans[Span], text: str, free: Span) -> FoundName:
    """The name as the tagger bounds it.

    Without what the tagger leaves out (`Mark Hill` of `Và Mark Hill Tuyên`, `Trần T` of `Trần T. Tại`), and with what
    a dash between blanks joins to it (`Bashar al - Assad`), unless a title begins there.
    """
    for person in persons.overlapping(name.name_start, name.end):
        if person == (name.name_start, name.end):
            return name._replace(tagged=True)
        if person.start == name.name_start and person.end <= free.end and _DASHED.search(text, name.end, person.end):
            return name._replace(end=person.end, text=text[slice(*person)], vietnamese=False, tagged=True)
        first, last = person.start - name.name_start, person.end - name.name_start
        before, after = name.text[: max(first, 0)].split(), name.text[last:]
        no_part = all(word in _OPENERS or (is_syllable(word) and word not in surnames()) for word in before)
        ends = not after or (last > 0 and _begins_anew(name.text[:last], after))
        if first >= 0 and no_part and ends and " " in name.text[first:last]:
            start, prefixes = (person.start, ()) if before else (name.start, name.prefixes)
            text = name.text[first:last]
            return FoundName(start, *person, text, prefixes, all(map(is_syllable, text.split())), tagged=True)
    return name


def _begins_anew(name: str, after: str) -> bool:
    """Whether what follows a name is none of it: `Trần T[. Tại]`, `James Clapper[ Tuyên]`."""
    words = after.split()
    if after[0] == ".":
        return all(map(is_syllable, after[1:].split()))
    foreign = not any(map(is_syllable, name.split()))
    return foreign and all(is_syllable(word) and word not in surnames() for word in words)


def _missing(text: str, persons: Sequence[Span], taken: Spans[Span]) -> Iterator[FoundName]:
    """The tagger's names where the grammar reads none."""
    for start, end in persons:
        name = text[start:end]
        if " " in name and name[-1].isalpha() and not taken.overlapping(start, end):
            yield FoundName(start, start, end, name, (), all(map(is_syllable, name.split())), tagged=True)


def _beginnings(words: Words) -> list[int]:
    """Where a name may begin, with what stands before it."""
    openings, columns = name_openings(), zip(words.starts, words.lower, words.capitals, strict=True)
    found = [start for start, word, capital in columns if capital or word in openings]
    inside = [match.end() for match in _APOSTROPHE.finditer(words.text)]
    return sorted({*found, *inside}) if inside else found


def _runs(text: str, beginnings: Sequence[int], free: Span) -> Iterator[re.Match[str]]:
    """The runs of capitalised words in a stretch of the text."""
    at = free.start
    for beginning in beginnings[bisect_left(beginnings, free.start) : bisect_left(beginnings, free.end)]:
        match = NAME.match(text, beginning, free.end) if beginning >= at else None
        if match:
            at = match.end()
            yield match


def find_names(
    words: Words, bodies: Sequence[Span] = (), titles: Sequence[Span] = (), persons: Sequence[Span] = ()
) -> list[FoundName]:
    """What may name a person, in order: runs of capitalised words, and what the tagger takes for persons.

    Args:
        words: The words of the text.
        bodies: Where bodies are named; no name runs into them.
        titles: Where posts are stated; no name runs into them, and one right after them may be a single word.
        persons: What the tagger takes for names of persons.

    >>> words = Words.of("Phó Thủ tướng Lào Saleumxay Kommasith tiếp ông Trần Sỹ Thanh.")
    >>> [name.text for name in find_names(words)]
    ['Saleumxay Kommasith', 'Trần Sỹ Thanh']
    """
    text, beginnings = words.text, _beginnings(words)
    taken, ends, tagged = (*bodies, *titles), {title.end for title in titles}, Spans(persons)
    found: list[FoundName] = []
    for free in _free(taken, len(text)):
        for match in _runs(text, beginnings, free):
            name = _name(text, match, free, free.start in ends, tagged)
            if name is not None:
                name = _with_tagged(name, tagged, text, free)
                if not found or found[-1].end <= name.start:
                    found.append(name)
    stand = Spans([*taken, *(Span(name.name_start, name.end) for name in found)])
    return sorted([*found, *_missing(text, persons, stand)], key=lambda name: name.start)
