"""The stretches of words left and right of a figure that may say what it measures, with what speaks for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from vnextract.figures.models import Figure
from vnextract.links import clues
from vnextract.links.clauses import Calendar, Clauses
from vnextract.links.proposals import Proposals
from vnextract.links.scene import Scene
from vnextract.links.scorer import Clue
from vnextract.links.tokens import Token, Tokens, may_begin, may_end
from vnextract.text.alignment import Span

_LEFT, _RIGHT = 20, 14
_LONGEST, _SYLLABLES = 8, 11
_FIGURES, _FAR, _MOST_GAP = 3, 4, 7
_CUTS = frozenset(("figure", "date", "sign"))
_EDGES = frozenset(("sign", "joint", "figure", "date", "<", ">"))
_START, _STOP = Token(-1, -1, "<", "<", ()), Token(-1, -1, ">", ">", ())

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


@dataclass(frozen=True, slots=True)
class _Sentence(Generic[Sum]):
    """A sentence, and what has been summed up of its tokens; figures of one sentence share it."""

    tokens: Sequence[Token]
    edges: Sequence[str]
    """What each token is to a stretch beside it, after one for the sentence's beginning and before one for its end."""
    held: Sequence[Sum]
    """What each token comes to inside of a stretch."""
    first: int
    """Number of its first figure."""
    proposals: Proposals
    begins: dict[tuple[str, int], tuple[Sum, int]] = field(default_factory=dict)
    """What beginnings come to, by side and token, and the token that no stretch from there reaches."""
    ends: dict[tuple[str, int], Sum] = field(default_factory=dict)

    def token(self, at: int) -> Token:
        """A token, or what stands for the beginning and the end of the sentence."""
        return _START if at < 0 else _STOP if at >= len(self.tokens) else self.tokens[at]


class _Around(NamedTuple, Generic[Sum]):
    """One figure in its sentence."""

    sentence: _Sentence[Sum]
    here: int
    """Its first token, and the one after its last."""
    past: int
    kinds: clues.Names
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
    """

    def __init__(self, scene: Scene, weigh: Callable[[Clue], Sum]) -> None:
        self._scene, self._weigh = scene, weigh
        self._nothing = weigh((clues.none,))
        self._tokens = Tokens(scene)
        self._calendar = Calendar([Span(date.start, date.end) for date in scene.dates])
        self._sentences: dict[int, _Sentence[Sum]] = {}

    def of(self, index: int) -> Found[Sum]:
        """The stretches for a figure, by number, in the order of the text."""
        figure, around = self._scene.figures[index], self._around(index)
        sentence = around.sentence
        left, right = sentence.token(around.here - 1).word, sentence.token(around.past).word
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
        here = next((i for i, token in enumerate(tokens) if token.after > at.first), len(tokens))
        past = here + 1
        while past < len(tokens) and tokens[past].first < at.after:
            past += 1
        proposed = sentence.proposals.of(index - sentence.first)
        there = " ".join(sorted({name.split(" ")[0] for name in proposed})) or "nothing"
        spans = [(name, *span) for name, span in proposed.items()]
        return _Around(sentence, here, past, _kinds(self._scene.figures[index]), spans, there)

    def _read(self, index: int, number: int) -> _Sentence[Sum]:
        """A sentence, where the first of its figures is met."""
        scene, last = self._scene, index + 1
        while last < len(scene.figures) and scene.figure_places[last].sentence == number:
            last += 1
        span = scene.text.sentences[number] if scene.text.sentences else Span(0, len(scene.text.norm))
        clauses = Clauses(scene.text.norm, span, self._calendar)
        tokens = self._tokens.of(number)
        edges = ["<", *(token.kind if token.kind in _EDGES else "-" for token in tokens), ">"]
        held = [self._weigh((clues.holds, token.kind, token.roles)) for token in tokens]
        return _Sentence(tokens, edges, held, index, Proposals(clauses, scene.figures[index:last]))

    def _between(
        self, side: str, first: int, after: int, ends: Mapping[int, Sum], around: _Around[Sum]
    ) -> list[Stretch[Sum]]:
        """The stretches of one side, whose ends are given."""
        weigh, kinds, words = self._weigh, around.kinds, self._scene.words
        tokens, edges, held = around.sentence.tokens, around.sentence.edges, around.sentence.held
        on = weigh((clues.on, side, kinds))
        found: list[Stretch[Sum]] = []
        for start in range(first, after):
            opening = tokens[start]
            kind = opening.kind
            if not may_begin(kind, opening.roles, side):
                continue
            begin, limit = self._begin(around.sentence, side, start)
            begin = begin + weigh((clues.begin_for, side, kind, kinds, min(start - around.past, _FAR)))
            from_here, before, own, alone = words.starts[opening.first], edges[start], on, opening.roles
            for end in range(start, min(after, limit)):
                token = tokens[end]
                if end in ends:
                    whole = clues.whole, side, end + 1 - start, before, kind, token.kind, edges[end + 2], alone
                    itself = own + weigh(whole)
                    for name, low, high in around.proposed:
                        if from_here < high and low < (to_here := words.ends[token.after - 1]):
                            itself = itself + self._likeness(name, (from_here, to_here), (low, high), around)
                    found.append((start, end, begin, ends[end], itself))
                own, alone = own + held[end], ()
        return found

    def _begin(self, sentence: _Sentence[Sum], side: str, at: int) -> tuple[Sum, int]:
        """What the beginning of a stretch comes to for any figure of the sentence, and the token it never reaches."""
        known = sentence.begins.get((side, at))
        if known is None:
            tokens, last = sentence.tokens, sentence.token(at - 1)
            token = tokens[at]
            found = self._weigh((clues.begin, side, token.word, token.kind, token.roles))
            found = found + self._weigh((clues.begin_after, side, token.kind, last.word, last.kind, last.roles))
            limit, most = at, token.first + _SYLLABLES
            while limit < min(len(tokens), at + _LONGEST) and tokens[limit].after <= most:
                if tokens[limit].kind in _CUTS:
                    break
                limit += 1
            known = sentence.begins[side, at] = found, limit
        return known

    def _end(self, around: _Around[Sum], side: str, at: int) -> Sum:
        """What the end of a stretch comes to, but for what stands between it and the figure."""
        sentence = around.sentence
        token, following = sentence.tokens[at], sentence.token(at + 1)
        known = sentence.ends.get((side, at))
        if known is None:
            behind = following.word, following.kind, following.roles
            known = self._weigh((clues.end, side, token.word, token.kind, token.roles))
            known = known + self._weigh((clues.end_before, side, token.kind, *behind))
            sentence.ends[side, at] = known
        return known + self._weigh((clues.end_for, side, following.kind, around.kinds))

    def _right_ends(self, around: _Around[Sum], after: int) -> dict[int, Sum]:
        """What each end on the right comes to, by token."""
        tokens = around.sentence.tokens
        allowed = (at for at in range(around.past, after) if may_end(tokens[at].kind, tokens[at].roles, "right"))
        return {at: self._end(around, "right", at) for at in allowed}

    def _left_ends(self, around: _Around[Sum], first: int) -> dict[int, Sum]:
        """What each end on the left comes to; read from the figure on, so that what stands between is gathered once."""
        weigh, tokens, here, kinds = self._weigh, around.sentence.tokens, around.here, around.kinds
        passed: clues.Names = ()
        figures, light = 0, True
        found: dict[int, Sum] = {}
        for at in range(here - 1, first - 1, -1):
            _, _, _, kind, roles = tokens[at]
            if may_end(kind, roles, "left"):
                end = self._end(around, "left", at) + weigh((clues.end_gap, min(here - at - 1, _MOST_GAP), kind, kinds))
                found[at] = end + weigh((clues.over, passed, min(figures, _FIGURES), light and at < here - 1, kinds))
            more = clues.passed(kind, roles)
            if not more <= set(passed):
                passed = tuple(sorted(more.union(passed)))
            figures += kind == "figure"
            light = light and ("light" in roles or kind == "date")
        return found

    def _likeness(self, name: str, stretch: tuple[int, int], proposed: tuple[int, int], around: _Around[Sum]) -> Sum:
        """What a stretch comes to with a proposal beside it."""
        (start, end), (low, high) = stretch, proposed
        if 4 * (min(end, high) - max(start, low)) < end - start + high - low:
            return self._nothing
        return self._weigh((clues.like, name, stretch == proposed, around.there, around.kinds))


def _kinds(figure: Figure) -> clues.Names:
    """The kind of a figure's unit, and the same with whether it is a rate and which way it turns."""
    unit = figure.unit_kind.value
    rate = " rate" if figure.unit and "/" in figure.unit else ""
    turn = f" {figure.direction.value}" if figure.direction else ""
    return (unit, unit + rate + turn) if rate or turn else (unit,)
