"""What the grammar proposes for the measure of a figure: phrases left and right of it, its subject, its predicate."""

import re
from collections.abc import Mapping, Sequence

from vnextract.figures.models import Figure
from vnextract.links.clauses import BOUNDARY, Clauses, Word, unbracketed
from vnextract.links.phrases import Phrase, adjacent, after, predicate, subject_of
from vnextract.text.alignment import Span

_REACH = 170
_BRACKET_REACH = 80
_BRACKET_VERB = 7
"""A bracket and the longest verb behind it."""
_NAME_BRACKET = re.compile(
    r"[^\W\d_][\w.]{0,30}(?: [^\W\d_][\w.]{0,30}){0,3}(?P<end> )\((?:chiếm |đạt |tăng |giảm )?\Z"
)


class Proposals:
    """The phrases around the figures of one sentence."""

    def __init__(self, clauses: Clauses, figures: Sequence[Figure]) -> None:
        self._clauses, self._figures = clauses, figures
        self._text, self._span = clauses.text, clauses.span

    def of(self, index: int) -> Mapping[str, Span]:
        """The phrases that may say what a figure measures, by how they stand to it."""
        figure = self._figures[index]
        found: dict[str, Span] = {}
        left, right = self._left(index), self._right(index)
        if left:
            name = "subject" if left.subject else "left"
            found[f"{name} quantity" if left.quantity else name] = Span(left.start, left.end)
        if right:
            found["right verb" if right.verb else "right quantity" if right.quantity else "right"] = Span(
                right.start, right.end
            )
        said = predicate(iter(self._clauses.read(figure.end, min(self._span.end, figure.end + _REACH))))
        if said:
            found["predicate"] = Span(said.start, said.end)
        return found

    def _left(self, index: int) -> Phrase | None:
        """What stands left of a figure and says what it measures."""
        figure = self._figures[index]
        floor = max(self._figures[index - 1].end if index else self._span.start, figure.start - _REACH)
        tokens = self._clauses.read(floor, figure.start)
        bracket = None
        if self._text.find("(", figure.start - _BRACKET_VERB, figure.start) >= 0:
            bracket = _NAME_BRACKET.search(self._text, max(floor, figure.start - _BRACKET_REACH), figure.start)
        if bracket:
            return adjacent(self._clauses.last([token for token in tokens if token.end <= bracket.start("end")]))
        tokens = unbracketed(tokens)
        said = self._clauses.strip_light(tokens)
        if not tokens:
            return None
        if tokens[-1].lower in BOUNDARY:
            return self._earlier_subject(tokens) if said and index == 0 else None
        clause = self._clauses.last(tokens)
        return subject_of(clause) if said else adjacent(clause)

    def _earlier_subject(self, tokens: list[Word]) -> Phrase | None:
        """The quantity named in an earlier clause of the sentence, where the figure's own has none."""
        while tokens:
            while tokens and tokens[-1].lower in BOUNDARY:
                tokens.pop()
            clause = self._clauses.last(tokens)
            phrase = subject_of(clause) if clause else None
            if phrase and phrase.quantity:
                return phrase
            tokens = tokens[: len(tokens) - len(clause)] if clause else []
        return None

    def _right(self, index: int) -> Phrase | None:
        """The noun or verb phrase that follows a figure, up to a boundary; None where the next figure takes it."""
        figure = self._figures[index]
        following = self._figures[index + 1].start if index + 1 < len(self._figures) else None
        ceiling = min(self._span.end, figure.end + _REACH, following or self._span.end)
        ceiling = min([ceiling, *(date.start for date in self._clauses.calendar.between(figure.end, ceiling))])
        tokens = self._clauses.read(figure.end, ceiling)
        if not tokens or tokens[0].lower in BOUNDARY:
            return None
        return after(tokens, figure, shared=following is not None and ceiling == following)
