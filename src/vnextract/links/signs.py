"""What stands between two things, word for word reduced to signs that a scorer can count: `, hold of`."""

from collections.abc import Iterator, Sequence
from functools import cache

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.text.alignment import Span
from vnextract.text.spans import Spans
from vnextract.text.words import Shape, Words

_MOST_KEPT = 2048
Marked = Sequence[tuple[Span, str]]
"""Stretches that count as one sign, whatever their words: a name, a post, a body, a date."""


@cache
def _cues(name: str) -> Phrases[str]:
    return Phrases((row["words"], row["cue"]) for row in table(name))


class Signs:
    """Reads the words of one text as signs.

    A marked stretch is one sign; a phrase of the table of cues is its cue; a punctuation mark is itself; digits are
    `0`, other capitalised words `A`, other words `w`. Equal signs in a row are one; three `w` or more are `ww`.

    Args:
        words: The words of the text.
        marked: What is known to stand there, none overlapping another.
        cues: Name of the table of the lexicon with the columns `cue` and `words`.

    >>> text = "ông Trần Văn Bình hiện giữ chức vụ rất cao là Giám đốc"
    >>> signs = Signs(Words.of(text), [(Span(4, 17), "NAME")], "post_cues")
    >>> signs.between(0, 46)
    ('pronoun', 'NAME', 'now', 'hold', 'w', 'be')
    """

    def __init__(self, words: Words, marked: Marked, cues: str) -> None:
        self._words, self._cues = words, _cues(cues)
        self._marked = Spans(marked, key=lambda one: one[0])
        self._known: dict[tuple[int, int], tuple[str, ...]] = {}
        self._steps: dict[int, tuple[int, str]] = {}
        """The sign that begins at each word, and the word after it: many stretches hold the same words."""

    def reads(self, start: int, words: str) -> bool:
        """Whether these words, in lower case, begin at a place."""
        return self._words.text[start : start + len(words)].lower() == words

    def between(self, start: int, end: int) -> tuple[str, ...]:
        """The signs of a stretch of the text; a marked stretch that begins in it counts, one cut by its end too."""
        known = self._known.get((start, end))
        if known is None:
            if len(self._known) == _MOST_KEPT:
                self._known = {}
            known = self._known[start, end] = self._signs(start, end)
        return known

    def _signs(self, start: int, end: int) -> tuple[str, ...]:
        signs: list[str] = []
        run = 0
        for sign in self._read(start, end):
            run = run + 1 if signs and sign == "w" and signs[-1] in ("w", "ww") else 1
            if not signs or (sign != signs[-1] and run == 1):
                signs.append(sign)
            elif run == 3:
                signs[-1] = "ww"
        return tuple(signs)

    def _read(self, start: int, end: int) -> Iterator[str]:
        chosen, steps = self._words.between(start, end), self._steps
        at, limit = chosen.start, chosen.stop
        while at < limit:
            step = steps.get(at)
            if step is None:
                step = steps[at] = self._step(at, len(self._words))
            if step[0] > limit:  # What is cut by the end: a marked stretch counts, a phrase does not.
                step = self._step(at, limit)
            at, sign = step
            yield sign

    def _step(self, at: int, limit: int) -> tuple[int, str]:
        """The sign that begins at a word, and the word after it."""
        words = self._words
        marked = self._marked.at(words.starts[at])
        if marked is not None:
            return max(at + 1, min(words.index(marked[0].end), limit)), marked[1]
        phrase = self._cues.longest(words.lower, at, limit)
        return phrase or (at + 1, _plain(words.shapes[at], words.lower[at]))


def _plain(shape: Shape, word: str) -> str:
    if shape is Shape.SIGN:
        return "-" if word in "-–—" else word
    return "0" if shape is Shape.NUMBER else "w" if shape is Shape.SMALL else "A"
