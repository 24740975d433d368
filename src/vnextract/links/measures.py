"""What a figure measures: which stretch of the words of its sentence says so, or none."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations_with_replacement
from typing import NamedTuple

from vnextract.figures.nouns import begins_no_noun, known_word
from vnextract.figures.words import words as role_words
from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.links.clauses import Calendar, Clauses
from vnextract.links.proposals import Proposals
from vnextract.links.scene import Scene
from vnextract.links.scorer import Decision, Option, Scorer
from vnextract.organisations.models import Body
from vnextract.text.alignment import Span
from vnextract.text.words import Shape

_LEFT, _RIGHT = 20, 14
_LONGEST, _SYLLABLES = 8, 11
_LIKELY = 12
_NEARLY = 0.9
_ROLES = (
    "light",
    "copula",
    "marker",
    "tail",
    "lead",
    "turn",
    "right_stop",
    "right_skip",
    "no_measure",
    "no_start",
    "end",
)
_NAMES = (Shape.CAPITALISED, Shape.CAPITALS, Shape.MIXED, Shape.INITIAL)
_JOINS = frozenset((",", "-", "–", "/", "&"))
_CUT = frozenset((";", ":", ".", "(", ")", "[", "]", "“", "”", '"', "?", "!", "…", "•", "*", "+", "'", "|"))


class Token(NamedTuple):
    """A known word of one or more syllables, a sign, a date or a figure."""

    first: int
    """Its first syllable, as an index into the words of the text."""
    after: int
    lower: str
    kind: str
    """`figure`, `date`, `sign`, `joint`, `number`, `name`, `body`, `person`, `quantity`, `verb`, `word`."""
    cues: tuple[str, ...]
    """What is known of it, wherever a measure begins or ends."""


@cache
def _wholes() -> Phrases[str]:
    quantities = [(row["word"], "quantity") for row in table("quantities")]
    compounds = [(row["word"], "word") for row in table("compounds")]
    return Phrases([*compounds, *((word, "word") for word in role_words("whole")), *quantities])


@cache
def _roles(word: str) -> tuple[str, ...]:
    return tuple(role for role in _ROLES if word in role_words(role))


class Measures:
    """Options for the measure of each figure of a scene: spans of the text."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._bags: dict[Span, frozenset[str]] = {}
        self._tokens: dict[int, list[Token]] = {}
        self._calendar = Calendar([Span(date.start, date.end) for date in scene.dates])
        self._proposals: dict[int, tuple[int, Proposals]] = {}
        self._spans: dict[tuple[int, int], Span] = {}

    def options(self, index: int) -> list[Option[Span]]:
        """The stretches left and right of a figure that may say what it measures, and None."""
        scene, at = self._scene, self._scene.figure_places[index]
        figure = scene.figures[index]
        tokens = self._sentence(at.sentence)
        here = next((i for i, token in enumerate(tokens) if token.after > at.first), len(tokens))
        past = here + 1
        while past < len(tokens) and tokens[past].first < at.after:
            past += 1
        unit = figure.unit_kind.value
        rate = " rate" if figure.unit and "/" in figure.unit else ""
        turn = f" {figure.direction.value}" if figure.direction else ""
        kinds = [unit, unit + rate + turn] if rate or turn else [unit]
        left, right = self._neighbours(tokens, here, past)
        proposed = self._proposed(index)
        there = " ".join(sorted({name.split(" ")[0] for name in proposed})) or "nothing"
        nothing = ["none", f"none&{there} proposed", f"none&{there} proposed for {unit}", f"none&noun={figure.unit}"]
        nothing += [f"none&{cue}" for cue in (*kinds, left, right)]
        options: list[Option[Span]] = [Option(None, nothing)]
        for side, first, after in (
            ("left", max(0, here - _LEFT), here),
            ("right", past, min(len(tokens), past + _RIGHT)),
        ):
            self._add(options, side, tokens, first, after, (here, past), kinds)
        for option in options[1:]:
            self._compare(option, proposed, there, kinds)
        return options

    def decide(self, index: int, scorer: Scorer) -> Decision[Span]:
        """The likeliest stretch that most of the others agree with: two that share half of their words say the same.

        Where a phrase begins and ends is less sure than what it is about; so the chances of its variants are added up.
        None is for figures that more likely than not have no measure.
        """
        options = self.options(index)
        shares = scorer.shares(options)
        total = sum(shares)
        if shares[0] * 2 > total or len(options) == 1:
            return Decision(options[0], shares[0] / total)
        likely = sorted(range(1, len(options)), key=shares.__getitem__, reverse=True)[:_LIKELY]
        bags = [self._bag(options[at].value) for at in likely]
        agreed = dict.fromkeys(likely, 0.0)
        for (one, bag), (other, its) in combinations_with_replacement(zip(likely, bags, strict=True), 2):
            if 4 * len(bag & its) >= len(bag) + len(its):
                agreed[one] += shares[other]
                agreed[other] += shares[one] if one != other else 0.0
        most = max(agreed.values())
        best = next(at for at in likely if agreed[at] >= _NEARLY * most)
        return Decision(options[best], agreed[best] / total)

    def _bag(self, span: Span | None) -> frozenset[str]:
        """The words of a stretch."""
        if span is None:
            return frozenset()
        known = self._bags.get(span)
        if known is None:
            words = self._scene.words
            inside = (words.lower[at] for at in words.between(*span) if words.shapes[at] is not Shape.SIGN)
            known = self._bags[span] = frozenset(inside)
        return known

    def _neighbours(self, tokens: Sequence[Token], here: int, past: int) -> tuple[str, str]:
        left = tokens[here - 1] if here else None
        right = tokens[past] if past < len(tokens) else None
        return (
            f"figure behind {self._word(left) if left else '<'}",
            f"figure before {self._word(right) if right else '>'}",
        )

    @staticmethod
    def _word(token: Token) -> str:
        return token.lower if token.kind not in ("name", "number", "figure", "date", "body", "person") else token.kind

    def _add(
        self,
        options: list[Option[Span]],
        side: str,
        tokens: Sequence[Token],
        first: int,
        after: int,
        figure: tuple[int, int],
        kinds: Sequence[str],
    ) -> None:
        begins = {
            at: self._begin(side, tokens, at, figure, kinds)
            for at in range(first, after)
            if may_begin(tokens[at], side)
        }
        ends = {
            at: self._end(side, tokens, at, figure, kinds) for at in range(first, after) if may_end(tokens[at], side)
        }
        for start in begins:
            limit = min(after, start + _LONGEST)
            inside: list[str] = []
            for end in range(start, limit):
                token = tokens[end]
                if token.kind in ("figure", "date", "sign") or token.after - tokens[start].first > _SYLLABLES:
                    break
                if end in ends:
                    cues = [*inside] if end > start else []
                    cues += self._whole(side, tokens, start, end, figure, kinds)
                    options.append(
                        Option(self._span(tokens[start].first, token.after), cues, (begins[start], ends[end]))
                    )
                inside.append(f"holds {token.kind}")
                inside += [f"holds role {role}" for role in token.cues]

    def _begin(
        self, side: str, tokens: Sequence[Token], at: int, figure: tuple[int, int], kinds: Sequence[str]
    ) -> list[str]:
        token, before = tokens[at], tokens[at - 1] if at else None
        word, last = self._word(token), self._word(before) if before else "<"
        kind, ahead = token.kind, before.kind if before else "<"
        cues = [
            f"begin={word}",
            f"{side} begin={word}",
            f"{side} begin {kind}",
            f"{side} after {ahead}",
            f"{side} after={last}",
        ]
        cues += [f"{side} {ahead} | {kind}", f"{side} {last} | {kind}"]
        cues += [f"{side} begin {kind} for {unit}" for unit in kinds]
        cues += [f"{side} begin role {role}" for role in token.cues]
        if before:
            cues += [f"{side} after role {role}" for role in before.cues]
        if side == "right":
            near = str(min(at - figure[1], 4))
            cues += [f"right {near} from figure", f"right {near} from figure, {kind}"]
            cues += [f"right {near} from figure for {unit}" for unit in kinds]
        return cues

    def _end(
        self, side: str, tokens: Sequence[Token], at: int, figure: tuple[int, int], kinds: Sequence[str]
    ) -> list[str]:
        token, behind = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        word, following = self._word(token), self._word(behind) if behind else ">"
        kind, ahead = token.kind, behind.kind if behind else ">"
        cues = [f"end={word}", f"{side} end {kind}", f"{side} before {ahead}", f"{side} before={following}"]
        cues += [f"{side} {kind} | {ahead}", f"{side} {kind} | {following}"]
        cues += [f"{side} before {ahead} for {unit}" for unit in kinds]
        cues += [f"{side} end role {role}" for role in token.cues]
        if behind:
            cues += [f"{side} before role {role}" for role in behind.cues]
        if side == "left":
            gap = figure[0] - at - 1
            near = str(gap) if gap < 4 else "6" if gap < 7 else "far"
            cues += [f"left {near} to figure", f"left {near} to figure, {kind}"]
            cues += [f"left {near} to figure for {unit}" for unit in kinds]
            between = tokens[at + 1 : figure[0]]
            cues += sorted(
                {
                    f"left over {token.kind}"
                    for token in between
                    if token.kind in ("figure", "date", "sign", "joint", "verb", "quantity")
                }
            )
            cues += sorted(
                {
                    f"left over role {role}"
                    for token in between
                    for role in token.cues
                    if role in ("copula", "turn", "marker")
                }
            )
            figures = sum(token.kind == "figure" for token in between)
            cues.append(f"left over {min(figures, 3)} figures")
            cues += [f"left over {min(figures, 3)} figures for {unit}" for unit in kinds]
            if between and all("light" in token.cues or token.kind == "date" for token in between):
                cues.append("left only light words to figure")
                cues += [f"left only light words to figure for {unit}" for unit in kinds]
        return cues

    def _whole(
        self, side: str, tokens: Sequence[Token], start: int, end: int, figure: tuple[int, int], kinds: Sequence[str]
    ) -> list[str]:
        count = end - start + 1
        cues = [f"{side} long {count}", f"{side}"]
        cues += [f"{side} for {unit}" for unit in kinds]
        before = tokens[start - 1].kind if start else "<"
        behind = tokens[end + 1].kind if end + 1 < len(tokens) else ">"
        first = tokens[start].kind
        edge = ("sign", "joint", "figure", "date", "<", ">")
        cues.append(f"{side} {before if before in edge else '-'} [{first}] {behind if behind in edge else '-'}")
        if count == 1:
            cues.append(f"{side} alone {first}")
            cues += [f"{side} alone role {role}" for role in tokens[start].cues]
        cues.append(f"{side} {first} to {tokens[end].kind}")
        return cues

    def _proposed(self, index: int) -> Mapping[str, Span]:
        """What the grammar proposes for a figure."""
        scene = self._scene
        sentence = scene.figure_places[index].sentence
        known = self._proposals.get(sentence)
        if known is None:
            first = index
            while first and scene.figure_places[first - 1].sentence == sentence:
                first -= 1
            last = index + 1
            while last < len(scene.figures) and scene.figure_places[last].sentence == sentence:
                last += 1
            span = scene.text.sentences[sentence] if scene.text.sentences else Span(0, len(scene.text.norm))
            made = Proposals(Clauses(scene.text.norm, span, self._calendar), scene.figures[first:last])
            known = self._proposals[sentence] = (first, made)
        return known[1].of(index - known[0])

    @staticmethod
    def _compare(option: Option[Span], proposed: Mapping[str, Span], there: str, kinds: Sequence[str]) -> None:
        assert option.value is not None and isinstance(option.cues, list)
        start, end = option.value
        for name, span in proposed.items():
            shared = min(end, span.end) - max(start, span.start)
            if shared <= 0 or 4 * shared < (end - start) + (span.end - span.start):
                continue
            cues = option.cues
            cues.append(f"like {name}")
            cues.append(f"like {name} of {there}")
            cues.extend(f"like {name} for {unit}" for unit in kinds)
            if (start, end) == span:
                cues.append(f"same as {name}")
                cues.extend(f"same as {name} for {unit}" for unit in kinds)

    def _span(self, first: int, after: int) -> Span:
        span = self._spans.get((first, after))
        if span is None:
            span = self._spans[first, after] = self._scene.words.span(first, after)
        return span

    def _sentence(self, sentence: int) -> list[Token]:
        """The tokens of a sentence; each date and each figure is one."""
        known = self._tokens.get(sentence)
        if known is not None:
            return known
        scene = self._scene
        bounds = scene.bounds[sentence]
        marks = {place.first: ("figure", place.after) for place in scene.figure_places if place.sentence == sentence}
        for place in scene.date_places:
            if place.sentence == sentence:
                marks.setdefault(place.first, ("date", place.after))
        for party in scene.parties_of[sentence]:
            kind = "body" if isinstance(party.who, Body) else "person"
            marks.setdefault(party.place.first, (kind, party.place.after))
        edges = sorted([*marks, bounds.stop])
        found: list[Token] = []
        at = bounds.start
        while at < bounds.stop:
            if at in marks:
                kind, after = marks[at]
                after = (
                    min([after, *(edge for edge in edges if edge > at)][:2]) if kind in ("body", "person") else after
                )
                found.append(Token(at, after, kind, kind, ()))
                at = max(at + 1, after)
                continue
            limit = next(edge for edge in edges if edge > at) if edges[-1] > at else bounds.stop
            token = self._token(at, limit, at == bounds.start)
            found.append(token)
            at = token.after
        self._tokens[sentence] = found
        return found

    def _token(self, at: int, limit: int, opens: bool) -> Token:
        """The longest known word that begins at a syllable."""
        words = self._scene.words
        lower, shape = words.lower, words.shapes[at]
        word = lower[at]
        if shape is Shape.SIGN:
            kind = "joint" if word in _JOINS else "sign"
            return Token(at, at + 1, word, kind, ())
        if shape is Shape.NUMBER:
            return Token(at, at + 1, word, "number", ())
        run = lower[at : min(limit, at + 6)]
        whole = _wholes().longest(run, 0)
        end = at + max(known_word(run, 0), whole[0] if whole else 1)
        name = shape in _NAMES and not opens
        if name:
            inner = any(words.shapes[i] in _NAMES for i in range(at + 1, end))
            end = at + 1 if inner else end
            while end < limit and words.shapes[end] in _NAMES:
                end += 1
        phrase = " ".join(lower[at:end])
        quantity = whole is not None and whole[1] == "quantity" and whole[0] == end - at
        verb = not quantity and begins_no_noun(run[: max(2, end - at)])
        kind = "name" if name else "quantity" if quantity else "verb" if verb else "word"
        return Token(at, end, phrase, kind, _roles(phrase))


def may_begin(token: Token, side: str) -> bool:
    """Whether a measure may begin with a token; before its figure it begins with no verb that leads to the number."""
    if token.kind not in ("name", "body", "quantity", "verb", "word") or "end" in token.cues:
        return False
    return side == "right" or not ({"light", "copula", "turn"} & set(token.cues))


def may_end(token: Token, side: str) -> bool:
    """Whether a measure may end with a token; before its figure with no word that only leads on to the number."""
    if token.kind not in ("name", "body", "quantity", "verb", "word", "number") or "end" in token.cues:
        return False
    return side == "right" or not ({"light", "copula", "turn"} & set(token.cues))
