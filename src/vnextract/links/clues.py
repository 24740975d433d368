"""The cues of a measure, each function those that come together: what its arguments say of a stretch of words.

A sum of weights is kept by function and arguments, so cues are spelt out in training and once for each new clue.
`side` is `left` or `right` of the figure, `kinds` the kinds of its unit, the plainest first.
"""

from functools import cache

from vnextract.links.tokens import Lexeme

Names = tuple[str, ...]


def none() -> list[str]:
    """No cue."""
    return []


def nothing(there: str, unit: str | None, kinds: Names, left: str, right: str) -> list[str]:
    """That a figure has no measure: what the grammar proposes, the figure's unit, the words beside it."""
    cues = ["none", f"none&{there} proposed", f"none&{there} proposed for {kinds[0]}", f"none&noun={unit}"]
    cues += [f"none&{kind}" for kind in kinds]
    return [*cues, f"none&figure behind {left}", f"none&figure before {right}"]


def begin(side: str, token: Lexeme) -> list[str]:
    """The token with which a stretch begins."""
    return [
        f"begin={token.word}",
        f"{side} begin={token.word}",
        f"{side} begin {token.kind}",
        *(f"{side} begin role {role}" for role in token.roles),
    ]


def begin_after(side: str, token: Lexeme, last: Lexeme) -> list[str]:
    """The token before a stretch, `<` at the sentence's beginning."""
    cues = [f"{side} after {last.kind}", f"{side} after={last.word}", f"{side} pair={last.word} > {token.word}"]
    cues += [f"{side} {last.kind} | {token.kind}", f"{side} {last.word} | {token.kind}"]
    return cues + [f"{side} after role {role}" for role in last.roles]


def begin_for(side: str, kind: str, kinds: Names, near: int) -> list[str]:
    """How a stretch begins for a figure of some kind; on the right also after how many tokens."""
    cues = [f"{side} begin {kind} for {unit}" for unit in kinds]
    if side == "right":
        cues += [f"right {near} from figure", f"right {near} from figure, {kind}"]
        cues += [f"right {near} from figure for {unit}" for unit in kinds]
    return cues


def begin_of(side: str, token: Lexeme, noun: str) -> list[str]:
    """How a stretch begins for a figure whose unit begins with a word."""
    cues = [f"{side} begin of {noun}={token.word}", f"{side} begin {token.kind} of {noun}"]
    return cues + [f"{side} begin role {role} of {noun}" for role in token.roles]


def end_of(side: str, token: Lexeme, noun: str) -> list[str]:
    """How a stretch ends for a figure whose unit begins with a word."""
    return [f"{side} end of {noun}={token.word}", f"{side} end {token.kind} of {noun}"]


def end(side: str, token: Lexeme) -> list[str]:
    """The token with which a stretch ends."""
    return [f"end={token.word}", f"{side} end {token.kind}", *(f"{side} end role {role}" for role in token.roles)]


def end_before(side: str, token: Lexeme, following: Lexeme) -> list[str]:
    """The token behind a stretch, `>` at the sentence's end."""
    cues = [f"{side} before {following.kind}", f"{side} before={following.word}"]
    cues.append(f"{side} last pair={token.word} > {following.word}")
    cues += [f"{side} {token.kind} | {following.kind}", f"{side} {token.kind} | {following.word}"]
    return cues + [f"{side} before role {role}" for role in following.roles]


def end_for(side: str, next_kind: str, kinds: Names) -> list[str]:
    """How a stretch ends for a figure of some kind."""
    return [f"{side} before {next_kind} for {unit}" for unit in kinds]


def end_gap(gap: int, kind: str, kinds: Names) -> list[str]:
    """How many tokens stand between a stretch on the left and the figure."""
    near = str(gap) if gap < 4 else "6" if gap < 7 else "far"
    cues = [f"left {near} to figure", f"left {near} to figure, {kind}"]
    return cues + [f"left {near} to figure for {unit}" for unit in kinds]


def over(passed: Names, figures: int, light: bool, kinds: Names) -> list[str]:
    """What stands between a stretch on the left and the figure: how many figures, and whether only light words."""
    cues = [f"left over {name}" for name in passed]
    cues.append(f"left over {figures} figures")
    cues += [f"left over {figures} figures for {unit}" for unit in kinds]
    if light:
        cues.append("left only light words to figure")
        cues += [f"left only light words to figure for {unit}" for unit in kinds]
    return cues


def on(side: str, kinds: Names) -> list[str]:
    """The side of a stretch alone."""
    return [side, *(f"{side} for {unit}" for unit in kinds)]


def on_beside(side: str, left: Lexeme, right: Lexeme, noun: str) -> list[str]:
    """The side of a stretch, with the words right before and after the figure and the first word of its unit."""
    cues = [f"{side} of figure behind {left.word}", f"{side} of figure before {right.word}", f"{side} of {noun}"]
    cues += [f"{side} of figure behind {left.kind}", f"{side} of figure before {right.kind}"]
    return [*cues, f"{side} of figure before {right.kind} for {noun}"]


def whole(side: str, count: int, before: str, first: str, last: str, behind: str, roles: Names) -> list[str]:
    """How long a stretch is and what it lies between; `roles` are those of its first token."""
    cues = [f"{side} long {count}", f"{side} {before} [{first}] {behind}", f"{side} {first} to {last}"]
    if count == 1:
        cues += [f"{side} alone {first}", *(f"{side} alone role {role}" for role in roles)]
    return cues


def holds(kind: str, roles: Names) -> list[str]:
    """A token of a stretch that is not its last."""
    return [f"holds {kind}", *(f"holds role {role}" for role in roles)]


def like(name: str, same: bool, there: str, kinds: Names) -> list[str]:
    """What the grammar proposes and a stretch shares half of, or is."""
    cues = [f"like {name}", f"like {name} of {there}", *(f"like {name} for {unit}" for unit in kinds)]
    return [*cues, f"same as {name}", *(f"same as {name} for {unit}" for unit in kinds)] if same else cues


@cache
def passed(kind: str, roles: Names) -> frozenset[str]:
    """The names under which a token counts that stands between a stretch and its figure."""
    names = [kind] if kind in ("figure", "date", "sign", "joint", "verb", "quantity") else []
    return frozenset(names + [f"role {role}" for role in roles if role in ("copula", "turn", "marker")])
