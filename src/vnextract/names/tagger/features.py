"""What the tagger sees of each syllable: its form, its neighbours, the grammar's reading, the article's own use."""

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.names.bodies import Parsed
from vnextract.names.candidates import Candidate
from vnextract.names.tagger.evidence import evidence
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.segment import syllables as split_syllables

Features = list[str]
"""The features of one syllable."""

FEATURES_VERSION = 6
"""Raised with every change of the features: a model fits one version only."""

ANY = "1"
"""The feature that every syllable has: what a label weighs before anything is known."""

_DIGITS = {ord(digit): "0" for digit in "123456789"}
_NO_BODY = "-"
_MOST_VIEWS = 50_000
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


Hints = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""First word of a name → the words of all names that begin with it, the longest first, with their kinds."""


@cache
def _hints() -> Hints:
    """Names that stand without a head word: whether they name a body where they stand, the tagger decides."""
    kinds = {row["name"]: row["kind"] for row in table("open_names")}
    kinds |= {form: row["kind"] for row in table("known_bodies") for form in row["form"].split("|")}
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, kind in kinds.items():
        words = tuple(name[start:end] for start, end in split_syllables(name))
        names.setdefault(words[0], []).append((words, kind))
    return {first: sorted(some, key=lambda one: -len(one[0])) for first, some in names.items()}


class Featuriser:
    """Makes features; those that a model does not know are left out, for they could not change its mind.

    Args:
        known: The features of the model; None keeps all, as training does.
    """

    def __init__(self, known: Container[str] | None = None) -> None:
        self._known = known
        self._views: dict[str, Views] = {}

    def sentences(self, text: Text, parsed: Parsed) -> Iterator[tuple[Sequence[Span], list[Features]]]:
        """The sentences of a text, with what the grammar reads there: their syllables and the features of each."""
        marks = body_marks(text, parsed.candidates)
        told = evidence(text, parsed)
        defined = defined_abbreviations(text, marks)
        for first, last in _sentence_ranges(text):
            syllables = text.syllables[first:last]
            words = [text.norm[start:end] for start, end in syllables]
            features = self._window(words)
            self._add_bodies(features, marks[first:last])
            self._add_definitions(features, words, defined)
            self._add_hints(features, words)
            for row, more in zip(features, told[first:last], strict=True):
                if more:
                    row += self._keep(more)
            yield syllables, features

    def _keep(self, features: Features) -> Features:
        known = self._known
        return features if known is None else [feature for feature in features if feature in known]

    def _view(self, word: str) -> Views:
        found = self._views.get(word)
        if found is None:
            if len(self._views) >= _MOST_VIEWS:
                self._views.clear()
            found = self._views[word] = self._new_view(word)
        return found

    def _new_view(self, word: str) -> Views:
        shape, lower = shape_of(word), word.lower()
        if shape == "0":
            word = lower = word.translate(_DIGITS)
        own = [ANY, "w=" + word, "l=" + lower, "s=" + shape]
        near, far = ["l=" + lower, "s=" + shape], "l=" + lower
        if cue := _cues().get(lower):
            own.append("q=" + cue)
            near.append("q=" + cue)
        return Views(
            self._keep(own),
            self._keep(["-" + feature for feature in near]),
            self._keep(["+" + feature for feature in near]),
            self._keep(["--" + far]),
            self._keep(["++" + far]),
            lower,
            shape,
        )

    def _window(self, words: Sequence[str]) -> list[Features]:
        """The features of each word that its form and its neighbours give."""
        views = [self._view(word) for word in words]
        rows: list[Features] = [[*view.own] for view in views]
        for row, before in zip(rows[1:], views, strict=False):
            row += before.before
        for row, after in zip(rows, views[1:], strict=False):
            row += after.after
        for row, before in zip(rows[2:], views, strict=False):
            row += before.far_before
        for row, after in zip(rows, views[2:], strict=False):
            row += after.far_after
        self._add_pairs(rows, views)
        rows[0] += self._keep(["-^"])
        rows[-1] += self._keep(["+$"])
        return rows

    def _add_pairs(self, rows: list[Features], views: Sequence[Views]) -> None:
        known = self._known
        for index in range(1, len(rows)):
            left, right = views[index - 1], views[index]
            words, shapes = f"{left.lower} {right.lower}", f"{left.shape} {right.shape}"
            for row, feature in (
                (rows[index], "-b=" + words),
                (rows[index], "-t=" + shapes),
                (rows[index - 1], "+b=" + words),
                (rows[index - 1], "+t=" + shapes),
            ):
                if known is None or feature in known:
                    row.append(feature)
            if index > 1:
                feature = f"t={views[index - 2].shape} {shapes}"
                if known is None or feature in known:
                    rows[index - 1].append(feature)

    def _add_bodies(self, rows: list[Features], marks: Sequence[str]) -> None:
        """What the grammar says of each syllable and of its neighbours."""
        if not any(marks):
            return
        last = len(rows) - 1
        for index, mark in enumerate(marks):
            if mark:
                place, sort, kind = mark.split(" ")
                rows[index] += self._keep(["g=" + place + sort, "gk=" + place + kind])
            neighbour = mark.rpartition(" ")[0] or _NO_BODY
            if index:
                rows[index - 1] += self._keep(["+g=" + neighbour])
            if index < last:
                rows[index + 1] += self._keep(["-g=" + neighbour])

    def _add_hints(self, rows: list[Features], words: Sequence[str]) -> None:
        hints, at = _hints(), 0
        while at < len(words):
            length, kind = _longest_hint(hints.get(words[at], ()), words, at)
            for index in range(at, at + length):
                place = _place(index - at, length)
                rows[index] += self._keep(["h=" + place, "hk=" + place + kind])
            at += length or 1

    def _add_definitions(self, rows: list[Features], words: Sequence[str], defined: Mapping[str, str]) -> None:
        if defined:
            for row, word in zip(rows, words, strict=True):
                if word in defined:
                    row += self._keep(["ab=" + defined[word]])


def _longest_hint(names: Sequence[tuple[tuple[str, ...], str]], words: Sequence[str], at: int) -> tuple[int, str]:
    for name, kind in names:
        if tuple(words[at : at + len(name)]) == name:
            return len(name), kind
    return 0, ""


def _place(index: int, length: int) -> str:
    """Where a syllable stands in a name: alone (U), first (B), inside (I), last (L)."""
    if length == 1:
        return "U"
    return "B" if index == 0 else "L" if index == length - 1 else "I"


def _sentence_ranges(text: Text) -> Iterator[tuple[int, int]]:
    """Index ranges of the syllables of each sentence; an endless one is cut."""
    syllables, at = text.syllables, 0
    for sentence in text.sentences:
        first = at
        while at < len(syllables) and syllables[at].start < sentence.end:
            at += 1
        for cut in range(first, at, _LONGEST_RUN):
            yield cut, min(at, cut + _LONGEST_RUN)


def body_marks(text: Text, bodies: Sequence[Candidate]) -> list[str]:
    """For each syllable what the grammar of bodies reads there: place in the name, its sort, its kind; or nothing."""
    syllables = text.syllables
    marks = [""] * len(syllables)
    at, count = 0, len(syllables)
    for body in bodies:
        while at < count and syllables[at].start < body.start:
            at += 1
        first = at
        while at < count and syllables[at].start < body.end:
            at += 1
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
    norm, found = text.norm, {}
    at = norm.find("(")
    if at < 0:
        return {}
    syllables = text.syllables
    for index in range(2, len(syllables) - 1):
        if norm[syllables[index - 1].start] == "(" and norm[syllables[index + 1].start] == ")":
            word = norm[slice(*syllables[index])]
            if word[0].isalpha() and not word.islower():
                initials = _initials(norm, syllables[max(0, index - 14) : index - 1])
                found[word] = (
                    ("g" if marks[index - 2] else "") + ("i" if initials.endswith(word) else "") + shape_of(word)
                )
    return found


def _initials(norm: str, syllables: Sequence[Span]) -> str:
    firsts = (norm[start] for start, _ in syllables if norm[start].isalpha())
    return "".join(normalize("NFD", first)[0] for first in firsts).upper()
