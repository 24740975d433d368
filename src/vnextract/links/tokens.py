"""The words around figures as the links weigh them: known words, signs, and each figure, date, body and person."""

from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from vnextract.figures.nouns import begins_no_noun, known_word
from vnextract.figures.words import words as role_words
from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.links.clauses import quantities
from vnextract.links.scene import Scene
from vnextract.organisations.models import Body
from vnextract.text.words import Shape

_SYLLABLES = 6
_KEPT = 20_000
_NAMES = frozenset((Shape.CAPITALISED, Shape.CAPITALS, Shape.MIXED, Shape.INITIAL))
_JOINS = frozenset((",", "-", "–", "/", "&"))
_NO_ROLES: tuple[str, ...] = ()
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


class Token(NamedTuple):
    """A known word of one or more syllables, a sign, a date or a figure."""

    first: int
    """Its first syllable, as an index into the words of the text."""
    after: int
    word: str
    """In lower case; the kind instead of what is never the same twice: figures, dates, numbers and names."""
    kind: str
    """`figure`, `date`, `sign`, `joint`, `number`, `name`, `body`, `person`, `quantity`, `verb`, `word`."""
    roles: tuple[str, ...]
    """What is known of it, wherever a measure begins or ends."""


class Tokens:
    """The tokens of a scene, sentence by sentence.

    Args:
        scene: The article.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene, self._words = scene, scene.words
        marks = {place.first: ("figure", place.after) for place in scene.figure_places}
        for place in scene.date_places:
            marks.setdefault(place.first, ("date", place.after))
        for party in scene.parties:
            marks.setdefault(party.place.first, ("body" if isinstance(party.who, Body) else "person", party.place.after))
        self._marks, self._edges = marks, sorted(marks)

    def of(self, sentence: int) -> list[Token]:
        """The tokens of a sentence; each date and each figure is one."""
        bounds, marks = self._scene.bounds[sentence], self._marks
        found: list[Token] = []
        at = bounds.start
        while at < bounds.stop:
            edge = bisect_right(self._edges, at)
            limit = min(self._edges[edge], bounds.stop) if edge < len(self._edges) else bounds.stop
            if at in marks:
                kind, after = marks[at]
                after = min(after, limit) if kind in ("body", "person") else max(after, at + 1)
                found.append(Token(at, after, kind, kind, _NO_ROLES))
            else:
                found.append(self._token(at, limit, at == bounds.start))
            at = found[-1].after
        return found

    def _token(self, at: int, limit: int, opens: bool) -> Token:
        """The longest known word that begins at a syllable."""
        lower, shapes = self._words.lower, self._words.shapes
        shape = shapes[at]
        if shape is Shape.SIGN:
            return Token(at, at + 1, lower[at], "joint" if lower[at] in _JOINS else "sign", _NO_ROLES)
        if shape is Shape.NUMBER:
            return Token(at, at + 1, "number", "number", _NO_ROLES)
        most = min(limit, at + _SYLLABLES)
        bound = _bound().longest(lower, at, most)
        end = max(known_word(lower, at, most), bound[0] if bound else 0)
        if shape in _NAMES and not opens:
            end = at + 1 if any(shapes[i] in _NAMES for i in range(at + 1, end)) else end
            while end < limit and shapes[end] in _NAMES:
                end += 1
            return Token(at, end, "name", "name", _roles(" ".join(lower[at:end])))
        following = lower[at + 1] if end == at + 1 < limit else ""
        phrase = lower[at] if end == at + 1 else " ".join(lower[at:end])
        return Token(at, end, phrase, _kind(phrase, following), _roles(phrase))


@cache
def _bound() -> Phrases[None]:
    """Words of more than one syllable that are no nouns to count."""
    others = [row["word"] for name in ("compounds", "quantities") for row in table(name)]
    return Phrases((word, None) for word in (*others, *role_words("whole")))


@lru_cache(_KEPT)
def _kind(phrase: str, following: str) -> str:
    """What a phrase is by the tables, and by the syllable that follows it where it has only one itself."""
    if phrase in quantities():
        return "quantity"
    return "verb" if begins_no_noun(f"{phrase} {following}".strip().split(" ")) else "word"


@lru_cache(_KEPT)
def _roles(phrase: str) -> tuple[str, ...]:
    return tuple(role for role in _ROLES if phrase in role_words(role))


@cache
def may_begin(kind: str, roles: tuple[str, ...], side: str) -> bool:
    """Whether a measure may begin with a token; before its figure it begins with no verb that leads to the number.

    >>> may_begin("word", (), "left"), may_begin("verb", ("copula",), "left"), may_begin("number", (), "right")
    (True, False, False)
    """
    if kind not in ("name", "body", "quantity", "verb", "word") or "end" in roles:
        return False
    return side == "right" or not {"light", "copula", "turn"} & set(roles)


@cache
def may_end(kind: str, roles: tuple[str, ...], side: str) -> bool:
    """Whether a measure may end with a token: as it may begin, and with a number too.

    >>> may_end("number", (), "right"), may_end("verb", ("turn",), "left")
    (True, False)
    """
    return (kind == "number" and "end" not in roles) or may_begin(kind, roles, side)
