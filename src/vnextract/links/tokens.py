"""The words around figures as the links weigh them: known words, signs, and each figure, date, body and person."""

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass
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
_KEPT = 2_000
_NAMES = frozenset((Shape.CAPITALISED, Shape.CAPITALS, Shape.MIXED, Shape.INITIAL))
_JOINS = frozenset((",", "-", "–", "/", "&"))
_NOT_LEFT = frozenset(("light", "copula", "turn"))
"""Roles of words that only lead on to a number: before its figure a measure neither begins nor ends with them."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Lexeme:
    """What a token is, wherever it stands; kept by its words, so that sums of weights can be kept by it."""

    word: str
    """In lower case; the kind instead of what is never the same twice: figures, dates, numbers and names."""
    kind: str
    """`figure`, `date`, `sign`, `joint`, `number`, `name`, `body`, `person`, `quantity`, `verb`, `word`."""
    roles: tuple[str, ...] = ()
    """What is known of it, wherever a measure begins or ends."""
    begins: tuple[str, ...] = ()
    """On which sides of its figure a measure may begin with it: `left`, `right`."""
    ends: tuple[str, ...] = ()
    """On which sides a measure may end with it."""


class Token(NamedTuple):
    """A known word of one or more syllables, a sign, a date or a figure."""

    first: int
    """Its first syllable, as an index into the words of the text."""
    after: int
    what: Lexeme


class Tokens:
    """The tokens of a scene, sentence by sentence.

    Args:
        scene: The article.
        known: The words that matter; others are told apart by kind and roles alone. None where all matter.
    """

    def __init__(self, scene: Scene, known: Container[str] | None = None) -> None:
        self._scene, self._words, self._known = scene, scene.words, known
        marks = {place.first: ("figure", place.after) for place in scene.figure_places}
        for place in scene.date_places:
            marks.setdefault(place.first, ("date", place.after))
        for party in scene.parties:
            marks.setdefault(
                party.place.first, ("body" if isinstance(party.who, Body) else "person", party.place.after)
            )
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
                found.append(Token(at, after, lexeme(kind, kind)))
            else:
                found.append(self._token(at, limit, at == bounds.start))
            at = found[-1].after
        return found

    def _token(self, at: int, limit: int, opens: bool) -> Token:
        """The longest known word that begins at a syllable."""
        lower, shapes = self._words.lower, self._words.shapes
        shape = shapes[at]
        if shape is Shape.SIGN:
            return Token(at, at + 1, self._what(lower[at], "joint" if lower[at] in _JOINS else "sign"))
        if shape is Shape.NUMBER:
            return Token(at, at + 1, _NUMBER)
        end = word_end(lower, at, min(limit, at + _SYLLABLES))
        if shape in _NAMES and not opens:
            end = at + 1 if any(shapes[i] in _NAMES for i in range(at + 1, end)) else end
            while end < limit and shapes[end] in _NAMES:
                end += 1
            return Token(at, end, self._what(" ".join(lower[at:end]), "name"))
        if end > at + 1:
            return Token(at, end, self._what(" ".join(lower[at:end])))
        return Token(at, end, self._what(lower[at], "", lower[end] if end < limit else ""))

    def _what(self, phrase: str, kind: str = "", following: str = "") -> Lexeme:
        what = lexeme(phrase, kind, following)
        return what if self._known is None or what.word in self._known else _like(what)


def word_end(lower: Sequence[str], at: int, limit: int) -> int:
    """Index after the longest word of any table that begins at a syllable; after the syllable where none does.

    >>> word_end(["ôn", "tập", "môn", "giáo", "dục"], 3, 5)
    5
    """
    bound = _bound().longest(lower, at, limit)
    return max(known_word(lower, at, limit), bound[0] if bound else 0)


@cache
def _bound() -> Phrases[None]:
    """Words of more than one syllable: those of the table of words, and pairs of words that the press binds."""
    words = {row["word"] for row in table("word_classes")}
    pairs = (row["word"] for row in table("compounds"))
    # Other pairs run across words: `đặt mục` of `đặt mục tiêu`.
    bound = [pair for pair in pairs if words.issuperset(pair.split())]
    others = [row["word"] for row in table("quantities")]
    longer = (word for word in words if " " in word)
    return Phrases((word, None) for word in (*longer, *bound, *others, *role_words("whole")))


@lru_cache(_KEPT)
def lexeme(phrase: str, kind: str = "", following: str = "") -> Lexeme:
    """What a phrase is.

    Args:
        phrase: Its words in lower case.
        kind: What it is; empty for what the tables say.
        following: The syllable after it, where it has only one itself.

    >>> token = lexeme("đạt")
    >>> token.kind, "copula" in token.roles, token.begins
    ('verb', True, ('right',))
    """
    known = kind or _kind(phrase, following)
    if known in ("figure", "date", "body", "person", "sign", "joint"):
        both = ("left", "right") if known == "body" else ()
        return Lexeme(phrase, known, (), both, both)
    roles = tuple(role for role in _ROLES if phrase in role_words(role))
    sides = () if "end" in roles else ("right",) if _NOT_LEFT.intersection(roles) else ("left", "right")
    if known == "name":
        return _one("name", known, roles, sides, sides)
    return Lexeme(phrase, known, roles, sides, sides)


def _like(what: Lexeme) -> Lexeme:
    """What stands for all words of the same kind and roles."""
    return _one("", what.kind, what.roles, what.begins, what.ends)


_one = cache(Lexeme)
"""One for all that are alike."""


def _kind(phrase: str, following: str) -> str:
    if phrase in quantities():
        return "quantity"
    return "verb" if begins_no_noun(f"{phrase} {following}".strip().split(" ")) else "word"


_NUMBER = Lexeme("number", "number", ends=("left", "right"))
