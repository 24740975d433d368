"""Names as labels on syllables: alone (U), first (B), inside (I), last (L), outside (O); and back."""

from collections.abc import Iterable, Iterator, Sequence

from vnextract.text.alignment import Span

OUTSIDE = "O"


def encode(syllables: Sequence[Span], names: Iterable[tuple[Span, str]]) -> list[str]:
    """One label per syllable; a syllable that a name covers in part counts as covered.

    >>> encode([Span(0, 3), Span(4, 7), Span(8, 11)], [(Span(4, 11), "ORG")])
    ['O', 'B-ORG', 'L-ORG']
    """
    labels = [OUTSIDE] * len(syllables)
    for (start, end), kind in names:
        covered = [i for i, (first, last) in enumerate(syllables) if first < end and last > start]
        for i in covered:
            labels[i] = "I-" + kind
        if len(covered) == 1:
            labels[covered[0]] = "U-" + kind
        elif covered:
            labels[covered[0]], labels[covered[-1]] = "B-" + kind, "L-" + kind
    return labels


def decode(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The names in a sequence of labels, as half-open ranges of indices; odd sequences are read generously.

    >>> list(decode(["O", "B-ORG", "L-ORG", "U-PER"]))
    [(1, 3, 'ORG'), (3, 4, 'PER')]
    """
    start, kind = 0, ""
    for i, label in enumerate([*labels, OUTSIDE]):
        if label == OUTSIDE and not kind:
            continue
        place, _, this = label.partition("-")
        if kind and (place in "OBU" or this != kind):
            yield start, i, kind
            kind = ""
        if place != OUTSIDE and not kind:
            start, kind = i, this
        if kind and place in "LU":
            yield start, i + 1, kind
            kind = ""
