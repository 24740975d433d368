"""The stretches of words left and right of a figure that may say what it measures, with what speaks for each."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from vnextract.links import clues
from vnextract.links.clauses import Calendar, Clauses
from vnextract.links.proposals import Proposals
from vnextract.links.scene import Scene
from vnextract.links.tokens import Lexeme, Token, Tokens
from vnextract.records import Direction, UnitKind
from vnextract.scorer import Clue
from vnextract.text.alignment import Span

_LEFT, _RIGHT = 20, 14
_LONGEST, _SYLLABLES = 8, 11
_FIGURES, _FAR, _MOST_GAP = 3, 4, 7
_CUTS = frozenset(("figure", "date", "sign"))
_EDGES = frozenset(("sign", "joint", "figure", "date", "<", ">"))
_START, _STOP = Lexeme("<", "<"), Lexeme(">", ">")

Sum = TypeVar("Sum", float, list[str])
"""What clues come to: a weight where figures are linked, the cues themselves where weights are learnt."""
Stretch = tuple[int, int, Sum, Sum, Sum]
"""Its first and its last token, what its beginning comes to, its end, and itself. A plain tuple: there are dozens of
them for each figure, and a named one takes four times as long to make."""


class Found(NamedTuple, Generic[Sum]):
    """What may be said of one figure."""

    tokens: Sequence[Token]
    nothing: Sum
    """That it has no measure."""
    stretches: Sequence[Stretch[Sum]]


def _by_side() -> dict[str, dict[int, Any]]:
    return {"left": {}, "right": {}}


@dataclass(frozen=True, slots=True)
class _Sentence(Generic[Sum]):
    """A sentence, and what has been summed up of its tokens; figures of one sentence share it."""

    tokens: Sequence[Token]
    edges: Sequence[str]
    """What each token is to a stretch beside it, after one for the sentence's beginning and before one for its end."""
    kinds: Sequence[str]
    """Of which kind each token is."""
    held: Sequence[Sum]
    """What each token comes to inside of a stretch."""
    first: int
    """Number of its first figure."""
    proposals: Proposals
    begins: Mapping[str, dict[int, tuple[Sum, int]]] = field(default_factory=_by_side)
    """What beginnings come to, by side and token, and the token that no stretch from there reaches."""
    ends: Mapping[str, dict[int, Sum]] = field(default_factory=_by_side)
    """What ends come to, by side and token."""

    def what(self, at: int) -> Lexeme:
        """What a token is, or what stands for the beginning and the end of the sentence."""
        return _START if at < 0 else _STOP if at >= len(self.tokens) else self.tokens[at].what


class _Around(NamedTuple, Generic[Sum]):
    """One figure in its sentence."""

    sentence: _Sentence[Sum]
    here: int
    """Its first token, and the one after its last."""
    past: int
    kinds: clues.Names
    noun: str
    """The first word of its unit."""
    proposed: Sequence[tuple[str, int, int]]
    """What the grammar proposes: its name, where it begins and ends."""
    there: str
    """The names of that."""


class Stretches(Generic[Sum]):
    """The stretches around the figures of a scene.

    What speaks for a stretch is a sum over its beginning, its end, what it holds and itself; so beginnings and ends
    are summed up once each, not once for each of the stretches that share them.

    Args:
        scene: The article.
        weigh: What a clue comes to.
        known: The words that clues come to anything for; None where all may.
    """

    def __init__(self, scene: Scene, weigh: Callable[[Clue], Sum], known: Container[str] | None = None) -> None:
        self._scene = scene
        self._weigh: Callable[[Clue], Sum] = weigh
        self._nothing: Sum = weigh((clues.none,))
        self._tokens = Tokens(scene, known)
        self._calendar = Calendar([Span(date.start, date.end) for date in scene.dates])
        self._sentences: dict[int, _Sentence[Sum]] = {}

    def of(self, index: int) -> Found[Sum]:
        """The stretches for a figure, by number, in the order of the text."""
        figure, around = self._scene.figures[index], self._around(index)
        sentence = around.sentence
        left, right = sentence.what(around.here - 1).word, sentence.what(around.past).word
        nothing = self._weigh((clues.nothing, around.there, figure.unit, around.kinds, left, right))
        first, after = max(0, around.here - _LEFT), min(len(sentence.tokens), around.past + _RIGHT)
        stretches = self._between("left", first, around.here, self._left_ends(around, first), around)
        stretches += self._between("right", around.past, after, self._right_ends(around, after), around)
        return Found(sentence.tokens, nothing, stretches)

    def span(self, first: Token, last: Token) -> Span:
        """Where a stretch stands in the text."""
        return self._scene.words.span(first.first, last.after)

    def _around(self, index: int) -> _Around[Sum]:
        at = self._scene.figure_places[index]
        sentence = self._sentences.get(at.sentence)
        if sentence is None:
            sentence = self._sentences[at.sentence] = self._read(index, at.sentence)
        tokens = sentence.tokens
        here = bisect_right(tokens, at.first, key=lambda token: token.after)
        past = here + 1
        while past < len(tokens) and tokens[past].first < at.after:
            past += 1
        proposed: Mapping[str, Span] = sentence.proposals.of(index - sentence.first)
        there = " ".join(sorted({name.split(" ")[0] for name in proposed})) or "nothing"
        spans = [(name, span.start, span.end) for name, span in proposed.items()]
        figure = self._scene.figures[index]
        kinds = _kinds(figure.unit_kind, "/" in (figure.unit or ""), figure.direction)
        noun = self._scene.unit_word(index).split("/")[0]
        return _Around(sentence, here, past, kinds, noun, spans, there)

    def _read(self, index: int, number: int) -> _Sentence[Sum]:
        """A sentence, where the first of its figures is met."""
        scene, last = self._scene, index + 1
        while last < len(scene.figures) and scene.figure_places[last].sentence == number:
            last += 1
        span = scene.text.sentences[number] if scene.text.sentences else Span(0, len(scene.text.norm))
        tokens: Sequence[Token] = self._tokens.of(number)
        clauses = Clauses(scene.text.norm, span, self._calendar, [token[:2] for token in tokens], scene.words)
        kinds: list[str] = [token.what.kind for token in tokens]
        edges = ["<", *(kind if kind in _EDGES else "-" for kind in kinds), ">"]
        held = [self._weigh((clues.holds, token.what.kind, token.what.roles)) for token in tokens]
        return _Sentence(tokens, edges, kinds, held, index, Proposals(clauses, scene.figures[index:last]))

    def _between(
        self, side: str, first: int, after: int, ends: Mapping[int, Sum], around: _Around[Sum]
    ) -> list[Stretch[Sum]]:
        """The stretches of one side, whose ends are given."""
        weigh, kinds, words = self._weigh, around.kinds, self._scene.words
        sentence = around.sentence
        tokens, edges, kinds_of, held = sentence.tokens, sentence.edges, sentence.kinds, sentence.held
        on, begins = weigh((clues.on, side, kinds)), sentence.begins[side]
        left, right = sentence.what(around.here - 1), sentence.what(around.past)
        on = on + weigh((clues.on_beside, side, left, right, around.noun))
        found: list[Stretch[Sum]] = []
        for start in range(first, after):
            opening = tokens[start]
            if side not in opening.what.begins:
                continue
            kind = kinds_of[start]
            begin, limit = begins.get(start) or self._begin(sentence, side, start)
            begin = begin + weigh((clues.begin_for, side, kind, kinds, min(start - around.past, _FAR)))
            begin = begin + weigh((clues.begin_of, side, opening.what, around.noun))
            from_here, before, own, alone = words.starts[opening.first], edges[start], on, opening.what.roles
            for end in range(start, min(after, limit)):
                if end in ends:
                    whole = clues.whole, side, end + 1 - start, before, kind, kinds_of[end], edges[end + 2], alone
                    itself = own + weigh(whole)
                    for name, low, high in around.proposed:
                        if from_here < high and low < (to_here := words.ends[tokens[end].after - 1]):
                            itself = itself + self._likeness(name, (from_here, to_here), (low, high), around)
                    found.append((start, end, begin, ends[end], itself))
                own, alone = own + held[end], ()
        return found

    def _begin(self, sentence: _Sentence[Sum], side: str, at: int) -> tuple[Sum, int]:
        """What the beginning of a stretch comes to for any figure of the sentence, and the token it never reaches."""
        tokens, last = sentence.tokens, sentence.what(at - 1)
        token = tokens[at]
        found = self._weigh((clues.begin, side, token.what))
        found = found + self._weigh((clues.begin_after, side, token.what, last))
        limit, most = at, token.first + _SYLLABLES
        for following in tokens[at : at + _LONGEST]:
            if following.after > most or following.what.kind in _CUTS:
                break
            limit += 1
        sentence.begins[side][at] = found, limit
        return found, limit

    def _end(self, around: _Around[Sum], side: str, at: int) -> Sum:
        """What the end of a stretch comes to, but for what stands between it and the figure."""
        sentence, following = around.sentence, around.sentence.what(at + 1)
        token, known = sentence.tokens[at].what, sentence.ends[side].get(at)
        if known is None:
            known = self._weigh((clues.end, side, token))
            known = known + self._weigh((clues.end_before, side, token, following))
            sentence.ends[side][at] = known
        known = known + self._weigh((clues.end_of, side, token, around.noun))
        return known + self._weigh((clues.end_for, side, following.kind, around.kinds))

    def _right_ends(self, around: _Around[Sum], after: int) -> dict[int, Sum]:
        """What each end on the right comes to, by token."""
        tokens = around.sentence.tokens
        return {
            at: self._end(around, "right", at) for at in range(around.past, after) if "right" in tokens[at].what.ends
        }

    def _left_ends(self, around: _Around[Sum], first: int) -> dict[int, Sum]:
        """What each end on the left comes to; read from the figure on, so that what stands between is gathered once."""
        weigh, tokens, here, kinds = self._weigh, around.sentence.tokens, around.here, around.kinds
        passed: clues.Names = ()
        figures, light = 0, True
        found: dict[int, Sum] = {}
        for at in range(here - 1, first - 1, -1):
            token = tokens[at].what
            kind = token.kind
            if "left" in token.ends:
                end = self._end(around, "left", at) + weigh((clues.end_gap, min(here - at - 1, _MOST_GAP), kind, kinds))
                found[at] = end + weigh((clues.over, passed, min(figures, _FIGURES), light and at < here - 1, kinds))
            more = clues.passed(kind, token.roles)
            if more:
                passed = _with(passed, more)
            figures += kind == "figure"
            light = light and ("light" in token.roles or kind == "date")
        return found

    def _likeness(self, name: str, stretch: tuple[int, int], proposed: tuple[int, int], around: _Around[Sum]) -> Sum:
        """What a stretch comes to with a proposal beside it."""
        (start, end), (low, high) = stretch, proposed
        if 4 * (min(end, high) - max(start, low)) < end - start + high - low:
            return self._nothing
        return self._weigh((clues.like, name, stretch == proposed, around.there, around.kinds))


def _with(passed: clues.Names, more: Collection[str]) -> clues.Names:
    return tuple(sorted({*passed, *more})) if any(name not in passed for name in more) else passed


@cache
def _kinds(kind: UnitKind, rate: bool, turn: Direction | None) -> clues.Names:
    """The kind of a figure's unit, and the same with whether it is a rate and which way it turns."""
    more = (" rate" if rate else "") + (f" {turn.value}" if turn else "")
    return (kind.value, kind.value + more) if more else (kind.value,)
