"""What the tagger sees of each syllable: its form, its neighbours, and how the article uses it elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.tables import table
from vnextract.text.alignment import Span
from vnextract.text.document import Text

Features = list[str]
"""The features of one syllable."""


FEATURES_VERSION = 1
"""Raised with every change of the features: a model fits one version only."""


class Views(NamedTuple):
    """What one syllable says as the middle of the window, and as a neighbour one or two places off."""

    own: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    far_before: tuple[str, ...]
    far_after: tuple[str, ...]
    lower: str
    shape: str


def shape_of(syllable: str) -> str:
    """The outline of a syllable: `Aa`, `AA`, `a`, `aA`, `A`, `0`, or the sign itself.

    >>> [shape_of(syllable) for syllable in ("Lai", "UBND", "bản", "iPhone", "1.200", "(")]
    ['Aa', 'AA', 'a', 'aA', '0', '(']
    """
    first = syllable[0]
    if first.isdigit():
        return "0"
    if not first.isalpha():
        return syllable
    if syllable.isupper():
        return "A" if len(syllable) == 1 else "AA"
    if syllable[1:].islower() or len(syllable) == 1:
        return "Aa" if first.isupper() else "a"
    return "aA"


@cache
def _clusters() -> Mapping[str, str]:
    return {row["syllable"]: row["cluster"] for row in table("clusters")}


@cache
def _cues() -> Mapping[str, str]:
    return {row["syllable"]: row["class"] for row in table("cues")}


@cache
def _digits() -> Mapping[int, str]:
    return {ord(digit): "0" for digit in "123456789"}


def _cluster(syllable: str) -> str:
    clusters = _clusters()
    if syllable[0].isdigit():
        return clusters.get(syllable.translate(_digits()), "")
    found = clusters.get(syllable)
    if found is None and not syllable.islower():
        found = clusters.get(syllable.capitalize()) or clusters.get(syllable.lower())
    return found or ""


@cache
def views(syllable: str) -> Views:
    """The static features of a syllable, made once per form."""
    shape, lower = shape_of(syllable), syllable.lower()
    if shape == "0":
        lower = syllable.translate(_digits())
    cluster, cue = _cluster(syllable), _cues().get(lower, "")
    own = ["w=" + syllable, "l=" + lower, "s=" + shape]
    if shape not in ("0", syllable) and len(lower) > 2:
        own += ["p=" + lower[:2], "x=" + lower[-2:]]
    near = ["l=" + lower, "s=" + shape]
    if cluster:
        own += [f"c{n}={cluster[:n]}" for n in (4, 7, 10)] + ["c=" + cluster]
        near += ["c=" + cluster, "c6=" + cluster[:6]]
    if cue:
        own.append("q=" + cue)
        near.append("q=" + cue)
    far = ["l=" + lower, "s=" + shape]
    return Views(
        tuple(own),
        tuple("-" + feature for feature in near),
        tuple("+" + feature for feature in near),
        tuple("--" + feature for feature in far),
        tuple("++" + feature for feature in far),
        lower,
        shape,
    )


def featurise(text: Text) -> Iterator[tuple[Sequence[Span], list[Features]]]:
    """The text's sentences: their syllables and the features of each."""
    for syllables in _sentences(text):
        yield syllables, sequence(text, syllables)


def _sentences(text: Text) -> Iterator[Sequence[Span]]:
    syllables, at = text.syllables, 0
    for sentence in text.sentences:
        first = at
        while at < len(syllables) and syllables[at].start < sentence.end:
            at += 1
        if at > first:
            yield syllables[first:at]


def sequence(text: Text, syllables: Sequence[Span]) -> list[Features]:
    """The features of one sentence."""
    norm = text.norm
    v = [views(norm[a:b]) for a, b in syllables]
    n = len(v)
    out = []
    for i, here in enumerate(v):
        features = list(here.own)
        if i:
            before = v[i - 1]
            features += before.before
            features.append(f"-b={before.lower} {here.lower}")
            features.append(f"-t={before.shape} {here.shape}")
        else:
            features.append("-^")
        if i > 1:
            features += v[i - 2].far_before
        if i + 1 < n:
            after = v[i + 1]
            features += after.after
            features.append(f"+b={here.lower} {after.lower}")
            features.append(f"+t={here.shape} {after.shape}")
            if i:
                features.append(f"t={v[i - 1].shape} {here.shape} {after.shape}")
        else:
            features.append("+$")
        if i + 2 < n:
            features += v[i + 2].far_after
        out.append(features)
    return out
