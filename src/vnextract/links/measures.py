"""What a figure measures: the words of its clause that say so, as they are printed."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from vnextract.figures.models import Figure
from vnextract.links.clauses import BOUNDARY, Calendar, Clauses, Word, unbracketed
from vnextract.links.phrases import Phrase, adjacent, after, ends_sentence, predicate, subject_of
from vnextract.records import UnitKind
from vnextract.text.alignment import Span

_REACH = 170
_BRACKET_REACH = 80
_CHAIN = re.compile(r"[,;/–-]?(?: (?:và|cùng|hoặc|với|ở|cả|tại|lên|xuống|còn|đến|hay)){0,3} ?")
_NAME_AFTER = re.compile(r" [A-ZĐ]\w{0,30}(?: \w{1,30}){0,4}(?=[,;.)]| và )")
_BRACKET = re.compile(r" ?\([^()\d]{0,24}\Z")
_NAME_BRACKET = re.compile(
    r"[^\W\d_][\w.]{0,30}(?: [^\W\d_][\w.]{0,30}){0,3}(?P<end> )\((?:chiếm |đạt |tăng |giảm )?\Z"
)


def find_measures(
    text: str, figures: Sequence[Figure], sentences: Sequence[Span], dates: Sequence[Span]
) -> list[str | None]:
    """What each figure measures, where its sentence says so.

    >>> from vnextract.figures.scan import find_figures
    >>> from vnextract.text.document import Text
    >>> text = Text("Thu ngân sách đạt 655 tỷ đồng, tăng 11,7%; 45/45 bản đăng ký bảo đảm an ninh.")
    >>> find_measures(text.norm, find_figures(text), text.sentences, ())
    ['Thu ngân sách', 'Thu ngân sách', 'đăng ký bảo đảm an ninh']
    """
    starts = [sentence.start for sentence in sentences]
    calendar = Calendar(dates)
    measures: list[str | None] = []
    first = 0
    while first < len(figures):
        index = bisect_right(starts, figures[first].start) - 1
        sentence = sentences[index] if index >= 0 else Span(0, len(text))
        last = first + 1
        while last < len(figures) and figures[last].start < sentence.end:
            last += 1
        measures += _Sentence(Clauses(text, sentence, calendar), figures[first:last]).measures()
        first = last
    return measures


class _Sentence:
    """One sentence with its figures."""

    def __init__(self, clauses: Clauses, figures: Sequence[Figure]) -> None:
        self._clauses, self._figures = clauses, list(figures)
        self._text, self._span = clauses.text, clauses.span
        self._measures: list[str | None] = [None] * len(figures)

    def measures(self) -> list[str | None]:
        """The measure of each figure, first to last, then hand what follows a list back to all of it."""
        rights = [self._right(index) for index in range(len(self._figures))]
        for index in range(len(self._figures)):
            self._measures[index] = self._measure(index, rights)
        for index in range(len(self._figures) - 2, -1, -1):
            figure, following, right = self._figures[index], self._figures[index + 1], rights[index + 1]
            if rights[index] or not right or not self._chained(index + 1) or not _both_counts(figure, following):
                continue
            if right.verb or self._measures[index] is None:
                self._measures[index] = self._measures[index + 1]
        self._name_by_predicates()
        return self._measures

    def _name_by_predicates(self) -> None:
        """Counts still without a measure take what is said of them: `7 tàu ở Rosyth, 3 tàu ở Kiel đã về bến`."""
        if all(self._measures):
            return
        said: Phrase | None = None
        ceiling = self._span.end
        for index in range(len(self._figures) - 1, -1, -1):
            figure = self._figures[index]
            tokens = self._clauses.tokens(figure.end, min(ceiling, figure.end + _REACH))
            own = predicate(tokens)
            if own or ends_sentence(tokens):
                said = own
            is_near = said is not None and said.start - figure.end < _REACH
            if said and is_near and not self._measures[index] and figure.unit_kind is UnitKind.COUNT:
                self._measures[index] = self._words(said)
            ceiling = figure.start

    def _chained(self, index: int) -> bool:
        """Whether nothing but a list's joint stands between a figure and the one before it."""
        if not index:
            return False
        return _CHAIN.fullmatch(self._text, self._figures[index - 1].end, self._figures[index].start) is not None

    def _measure(self, index: int, rights: Sequence[Phrase | None]) -> str | None:
        figure, right = self._figures[index], rights[index]
        before = self._figures[index - 1] if index else None
        measure_before = self._measures[index - 1] if index else None
        if before and _BRACKET.fullmatch(self._text, before.end, figure.start):
            return measure_before or (before.unit if before.unit_kind is UnitKind.COUNT else None)
        listed = self._listed_name(index)
        if listed:
            return listed
        left = self._left(index)
        if left is None and before and not (self._chained(index) and right):
            if right and _prefers_right(figure):
                return self._words(right)
            return measure_before or (before.unit if figure.direction and before.unit_kind is UnitKind.COUNT else None)
        chosen = _choose(figure, left, right)
        return self._words(chosen) if chosen else None

    def _listed_name(self, index: int) -> str | None:
        """What is counted with the name after it, in a list of such: `500 cổ phiếu VCB, 300 cổ phiếu SHS`."""
        neighbours = self._figures[max(0, index - 1) : index] + self._figures[index + 1 : index + 2]
        named = self._named(self._figures[index])
        return named if named and any(map(self._named, neighbours)) else None

    def _named(self, figure: Figure) -> str | None:
        """What is counted with the name right after it, where a mark follows."""
        unit = figure.unit or ""
        start = figure.end - len(unit)
        if figure.unit_kind is not UnitKind.COUNT or self._text[start : figure.end].lower() != unit:
            return None
        name = _NAME_AFTER.match(self._text, figure.end)
        return self._text[start : name.end()] if name else None

    def _words(self, phrase: Phrase) -> str:
        return self._text[phrase.start : phrase.end]

    def _left(self, index: int) -> Phrase | None:
        """What stands left of a figure and says what it measures."""
        figure = self._figures[index]
        floor = max(self._figures[index - 1].end if index else self._span.start, figure.start - _REACH)
        tokens = self._clauses.tokens(floor, figure.start)
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
        tokens = self._clauses.tokens(figure.end, ceiling)
        if not tokens or tokens[0].lower in BOUNDARY:
            return None
        return after(tokens, figure, shared=following is not None and ceiling == following)


def _both_counts(first: Figure, second: Figure) -> bool:
    return first.unit_kind is UnitKind.COUNT and second.unit_kind is UnitKind.COUNT


def _prefers_right(figure: Figure) -> bool:
    return figure.unit_kind not in (UnitKind.MONEY, UnitKind.POINT)


def _choose(figure: Figure, left: Phrase | None, right: Phrase | None) -> Phrase | None:
    """Which side says what is measured, by the kind of figure."""
    if left is None or right is None:
        return left or right
    if figure.unit_kind is UnitKind.PERCENT:
        return left if right.verb and left.subject and left.quantity else right
    if figure.unit_kind is UnitKind.COUNT:
        return left if (left.subject and left.quantity) or not right.verb else right
    if figure.unit_kind is UnitKind.MONEY:
        return left if left.quantity or left.subject else right
    return left if left.quantity or left.subject or right.verb else right
