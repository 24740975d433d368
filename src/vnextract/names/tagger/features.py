"""What the tagger sees of each syllable: its form, its neighbours, the grammar's reading, the article's own use."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from vnextract.lexicon.listed import listed_names
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.names.bodies import Parsed
from vnextract.names.candidates import Candidate
from vnextract.names.tagger.evidence import evidence
from vnextract.text.alignment import Span
from vnextract.text.document import Text

Features = list[str]
"""The features of one syllable."""

FEATURES_VERSION = 7
"""Raised with every change of the features: a model fits one version only."""

ANY = "1"
"""The feature that every syllable has: what a label weighs before anything is known."""

FIRST, LAST = "-^", "+$"
"""The features of the first and of the last word of a stretch."""

_DIGITS = {ord(digit): "0" for digit in "123456789"}
_NO_BODY = "-"
_MOST_VIEWS = 500
_LONGEST_RUN = 400


class Views(NamedTuple):
    """What one syllable says as the middle of the window, and as a neighbour one or two places off."""

    own: Features
    before: Features
    after: Features
    far_before: Features
    far_after: Features
    lower: str
    shape: str


def shape_of(syllable: str) -> str:
    """The outline of a syllable: `Aa`, `AA`, `a`, `aA`, `A`, `0`, or the sign itself; `F` where it is not Vietnamese.

    >>> [shape_of(syllable) for syllable in ("Lai", "UBND", "bản", "Trump", "iPhone", "1.200", "(")]
    ['Aa', 'AA', 'a', 'FAa', 'aA', '0', '(']
    """
    first = syllable[0]
    if first.isdigit():
        return "0"
    if not first.isalpha():
        return syllable
    if syllable.isupper():
        return "A" if len(syllable) == 1 else "AA"
    if len(syllable) > 1 and not syllable[1:].islower():
        return "aA"
    shape = "Aa" if first.isupper() else "a"
    return shape if is_vietnamese(syllable) else "F" + shape


@cache
def _cues() -> Mapping[str, str]:
    """Family names and words of address, in lower case."""
    cues = {row["surname"].lower(): "surname" for row in table("surnames") if row["plain"]}
    return cues | {row["honorific"]: "honorific" for row in table("honorifics")}


@lru_cache(maxsize=_MOST_VIEWS)
def views_of(word: str) -> Views:
    """The features that a word gives to itself and to its neighbours."""
    shape, lower = shape_of(word), word.lower()
    if shape == "0":
        word = lower = word.translate(_DIGITS)
    own = [ANY, "w=" + word, "l=" + lower, "s=" + shape]
    near, far = ["l=" + lower, "s=" + shape], "l=" + lower
    if cue := _cues().get(lower):
        own.append("q=" + cue)
        near.append("q=" + cue)
    before, after = ["-" + feature for feature in near], ["+" + feature for feature in near]
    return Views(own, before, after, ["--" + far], ["++" + far], lower, shape)


def pair_features(left: str, right: str) -> tuple[str, str]:
    """What two words side by side, in lower case, say of the second and of the first."""
    return f"-b={left} {right}", f"+b={left} {right}"


def shape_features(left: str, right: str) -> tuple[str, str]:
    """What the outlines of two words side by side say of the second and of the first."""
    return f"-t={left} {right}", f"+t={left} {right}"


def triple_feature(left: str, middle: str, right: str) -> str:
    """What the outlines of three words say of the one in the middle."""
    return f"t={left} {middle} {right}"


def body_features(mark: str) -> tuple[Features, Features, Features]:
    """What the grammar's mark on a word says of it, of the word after it, and of the word before it."""
    place, sort, kind = mark.split(" ") if mark else ("", "", "")
    neighbour = f"{place} {sort}" if mark else _NO_BODY
    own = [f"g={place}{sort}", f"gk={place}{kind}"] if mark else []
    return own, ["-g=" + neighbour], ["+g=" + neighbour]


def hint_features(words: Sequence[str], stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, Features]]:
    """Index of each word of a name that stands without a head word, with its features."""
    hints = listed_names()
    opening = [at for at, word in enumerate(words) if word in hints]
    for first, last in stretches if opening else ():
        free = first
        for at in opening[bisect_left(opening, first) : bisect_left(opening, last)]:
            length, kind = hints.longest(words, at, last) if at >= free else (0, "")
            for index in range(at, at + length):
                place = _place(index - at, length)
                yield index, ["h=" + place, "hk=" + place + kind]
            free = max(free, at + length)


def definition_features(words: Sequence[str], defined: Mapping[str, str]) -> Iterator[tuple[int, Features]]:
    """Index of each word that the article defines as an abbreviation, with its feature."""
    if defined:
        yield from ((index, ["ab=" + defined[word]]) for index, word in enumerate(words) if word in defined)


def featurised(text: Text, parsed: Parsed) -> Iterator[tuple[Sequence[Span], list[Features]]]:
    """The stretches of a text that are tagged together: their words, and the features of each, as training takes them.

    `scores` sums the weights of the same features without making the lists.
    """
    words = [text.norm[start:end] for start, end in text.syllables]
    stretches = list(ranges(text))
    rows: list[Features] = [[] for _ in words]
    marks = body_marks(text, parsed.candidates)
    for first, last in stretches:
        _add_window(rows, words, first, last)
        if any(marks[first:last]):
            _add_bodies(rows, marks, first, last)
    defined = defined_abbreviations(text, marks)
    for index, features in (*definition_features(words, defined), *hint_features(words, stretches)):
        rows[index] += features
    for index, told in evidence(text, parsed).items():
        rows[index] += told
    for first, last in stretches:
        yield text.syllables[first:last], rows[first:last]


def _add_window(rows: list[Features], words: Sequence[str], first: int, last: int) -> None:
    """The features that the form of each word and of its neighbours gives."""
    views = [views_of(word) for word in words[first:last]]
    own = rows[first:last]
    for at, (row, view) in enumerate(zip(own, views, strict=True)):
        row += view.own
        for step, features in ((1, view.before), (2, view.far_before)):
            if at + step < len(own):
                own[at + step] += features
        for step, features in ((1, view.after), (2, view.far_after)):
            if at >= step:
                own[at - step] += features
    for at, (left, right) in enumerate(pairwise(views)):
        pairs = pair_features(left.lower, right.lower), shape_features(left.shape, right.shape)
        own[at + 1] += [feature for feature, _ in pairs]
        own[at] += [feature for _, feature in pairs]
    for at, three in enumerate(zip(views, views[1:], views[2:], strict=False), 1):
        own[at].append(triple_feature(*(view.shape for view in three)))
    own[0].append(FIRST)
    own[-1].append(LAST)


def _add_bodies(rows: list[Features], marks: Sequence[str], first: int, last: int) -> None:
    """What the grammar says of each word and of its neighbours."""
    for index in range(first, last):
        own, to_next, to_previous = body_features(marks[index])
        rows[index] += own
        if index > first:
            rows[index - 1] += to_previous
        if index < last - 1:
            rows[index + 1] += to_next


def _place(index: int, length: int) -> str:
    """Where a syllable stands in a name: alone (U), first (B), inside (I), last (L)."""
    if length == 1:
        return "U"
    return "B" if index == 0 else "L" if index == length - 1 else "I"


def ranges(text: Text) -> Iterator[tuple[int, int]]:
    """Index ranges of the words that are tagged together: those of a sentence; an endless one is cut."""
    words, at = text.words, 0
    for sentence in text.sentences:
        first, at = at, words.index(sentence.end)
        for cut in range(first, at, _LONGEST_RUN):
            yield cut, min(at, cut + _LONGEST_RUN)


def body_marks(text: Text, bodies: Sequence[Candidate]) -> list[str]:
    """For each syllable what the grammar of bodies reads there: place in the name, its sort, its kind; or nothing."""
    words = text.words
    marks = [""] * len(words)
    at = 0
    for body in bodies:
        first = max(at, words.index(body.start))
        at = max(first, words.index(body.end))
        tail = _sort_and_kind(body)
        for index in range(first, at):
            marks[index] = _place(index - first, at - first) + tail
    return marks


def _sort_and_kind(body: Candidate) -> str:
    anchored = body.place or body.owner or body.country
    return (
        f" {'c' if body.closed else 'o'}{'s' if body.short else ''}{'p' if anchored else ''}"
        f" {body.kind.value if body.kind else _NO_BODY}"
    )


def defined_abbreviations(text: Text, marks: Sequence[str]) -> dict[str, str]:
    """Words that the article puts into brackets of their own, as it defines abbreviations, with what speaks for that.

    `g`: a body stands before the bracket; `i`: the letters are the initials of the words before it.

    >>> text = Text("Ban Quản lý dự án (BQLDA) và bột ngọt (MSG)")
    >>> defined_abbreviations(text, [""] * len(text.syllables))
    {'BQLDA': 'iAA', 'MSG': 'AA'}
    """
    forms, found = text.words.forms, {}
    if "(" not in forms:
        return {}
    for index in (at + 1 for at, form in enumerate(forms[:-2]) if form == "(" and at and forms[at + 2] == ")"):
        word = forms[index]
        if word[0].isalpha() and not word.islower():
            initials = _initials(forms[max(0, index - 14) : index - 1])
            found[word] = ("g" if marks[index - 2] else "") + ("i" if initials.endswith(word) else "") + shape_of(word)
    return found


def _initials(words: Sequence[str]) -> str:
    firsts = (word[0] for word in words if word[0].isalpha())
    return "".join(normalize("NFD", first)[0] for first in firsts).upper()
