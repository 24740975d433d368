"""Longest match of known phrases over the words of a text."""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import Any, Generic, TypeVar, cast

from vnextract.text.normalise import place_tones
from vnextract.text.once import once
from vnextract.text.segment import TOKEN

_MOST_KEPT = 2_000
Value = TypeVar("Value")


def words_of(phrase: str) -> list[str]:
    """The lower-case words of a phrase, cut as a text's syllables are.

    >>> words_of("TP.HCM")
    ['tp', '.', 'hcm']
    """
    return list(chain.from_iterable(map(_words_of, phrase.split())))


@lru_cache(maxsize=_MOST_KEPT)
def _words_of(piece: str) -> tuple[str, ...]:
    """The same between two blanks; the tables have the same few thousand syllables a hundred thousand times."""
    return tuple(map(intern, TOKEN.findall(place_tones(piece).lower().replace("’", "'"))))


def _is_leaf(node: Mapping[str, Any]) -> bool:
    """Whether no phrase goes on from a node; others may share it."""
    return len(node) == 1 and "" in node


Cut = Sequence[tuple[Sequence[str], Any]]
"""Phrases, cut into words, with a value each."""
Entries = Sequence[tuple[str, Any]]
"""Phrases as they are written, with a value each."""
Ends = dict[object, dict[str, Any]]
"""The ends of phrases that no other goes on from, by their value."""


def tree_of(entries: Iterable[tuple[Sequence[str], Any]], leaves: Ends | None = None) -> dict[str, Any]:
    """Phrases, cut into words, as a tree of them; under the empty word stands the value of what ends there.

    Of equal phrases the last counts. Ends that no phrase goes on from are one where their value is: most are such.

    Args:
        entries: The phrases.
        leaves: The ends of trees that share them, to which those of this one are added.

    >>> tree = tree_of([(["bình", "định"], "tỉnh"), (["huế"], "tỉnh"), (["huế", "xưa"], "phố")])
    >>> tree
    {'bình': {'định': {'': 'tỉnh'}}, 'huế': {'': 'tỉnh', 'xưa': {'': 'phố'}}}
    """
    root: dict[str, Any] = {}
    leaves = {} if leaves is None else leaves
    for words, value in entries:
        if not words:
            continue
        node = root
        for word in words[:-1]:
            child = node.get(word)
            if child is None or _is_leaf(child):
                child = node[word] = dict(child or {})
            node = child
        end = node.get(words[-1])
        if end is not None and not _is_leaf(end):
            end[""] = value
            continue
        key = value if isinstance(value, str | tuple) else id(value)
        node[words[-1]] = leaves.setdefault(key, {"": value})
    return root


def cut(entries: Entries) -> Cut:
    """Phrases, cut into words."""
    return [(words_of(phrase), value) for phrase, value in entries]


def late_tree(entries: Iterable[tuple[str, Any]], read: Callable[[Entries], Cut] = cut) -> dict[str, Any]:
    """As `tree_of`; but those that begin with one word are cut when a text first has that word: most articles have few.

    Args:
        entries: The phrases.
        read: Cuts those that begin with one word, and says what each is worth.

    >>> tree = late_tree([("Bình Định", "tỉnh"), ("Huế", "tỉnh")])
    >>> longest_in(tree, ["bình", "định"], 0, 2), tree["bình"]
    ((2, 'tỉnh'), {'định': {'': 'tỉnh'}})
    """
    waiting: dict[str, list[Any]] = {}
    for entry in entries:
        if pieces := entry[0].split(maxsplit=1):
            waiting.setdefault(_words_of(pieces[0])[0], []).extend(entry)
    root: dict[str, Any] = {}
    leaves: Ends = {}
    for word, several in waiting.items():
        root[word] = _Waiting(root, word, tuple(several), read, leaves)
    return root


class _Waiting:
    """Stands in a tree for the phrases that begin with a word, until it is asked for one of them.

    Then the node of that word takes its place, so that trees are as quick as if they had been there from the start.
    """

    __slots__ = ("_flat", "_leaves", "_read", "_root", "_word")

    def __init__(
        self, root: dict[str, Any], word: str, flat: Sequence[Any], read: Callable[[Entries], Cut], leaves: Ends
    ) -> None:
        self._root, self._word, self._read, self._leaves = root, word, read, leaves
        # One after the other, a phrase and what it is worth: thousands wait for ever, and a pair takes as much as both.
        self._flat = flat

    def _node(self) -> dict[str, Any]:
        node: Any = self._root[self._word]
        if node is self:
            entries = list(zip(self._flat[::2], self._flat[1::2], strict=True))
            node = self._root[self._word] = tree_of(self._read(entries), self._leaves)[self._word]
        return cast(dict[str, Any], node)

    def __contains__(self, word: str) -> bool:
        return word in self._node()

    def __getitem__(self, word: str) -> Any:
        return self._node()[word]

    def get(self, word: str) -> Any:
        return self._node().get(word)

    def items(self) -> ItemsView[str, Any]:
        return self._node().items()


def _ends(tree: Mapping[str, Any]) -> Iterator[str]:
    """The words of a tree that phrases end with."""
    for word, node in tree.items():
        if word:
            yield from (word,) if "" in node else ()
            yield from _ends(node)


def places(tree: Mapping[str, Any], words: Sequence[str]) -> list[int]:
    """Indices of the words at which a phrase of a tree of words may begin, by themselves and the words after them.

    Most words that a phrase begins with go on in another way, so that it is worth asking before one walks.
    """
    pairs = zip(words, (*words[1:], ""), strict=False)
    return [
        at
        for at, (word, following) in enumerate(pairs)
        if (node := tree.get(word)) is not None and (following in node or "" in node)
    ]


def longest_in(tree: Mapping[str, Any], words: Sequence[str], at: int, limit: int) -> tuple[int, Any] | None:
    """Index after the longest phrase of a tree of words that begins at a word, with its value; None where none does."""
    best: tuple[int, Any] | None = None
    node: Any = tree
    while at < limit and (node := node.get(words[at])) is not None:
        at += 1
        if "" in node:
            best = at, node[""]
    return best


class Phrases(Generic[Value]):
    """Phrases with a value each, found by walking a tree of words.

    >>> provinces = Phrases([("Bình Định", 52), ("Bình Dương", 74)])
    >>> provinces.longest(["tỉnh", "bình", "định", "họp"], 1)
    (3, 52)
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._tree = late_tree(entries)

    @once
    def lasts(self) -> frozenset[str]:
        """The words that phrases end with."""
        return frozenset(_ends(self._tree))

    def longest(self, words: Sequence[str], at: int, limit: int | None = None) -> tuple[int, Value] | None:
        """Index after the longest phrase that begins at a word, with its value; None where none begins there."""
        return longest_in(self._tree, words, at, len(words) if limit is None else limit)

    def ending(self, words: Sequence[str], end: int, first: int = 0) -> tuple[int, Value] | None:
        """Index of the first word of the longest phrase that ends right before a word, with its value.

        Args:
            words: The words.
            end: The index of that word.
            first: Where the phrase may begin; the words from there on are tried one after the other.

        >>> Phrases([("Bình Định", 52), ("Định", 0)]).ending(["tỉnh", "bình", "định"], 3)
        (1, 52)
        """
        for at in range(max(first, 0), end):
            if words[at] in self._tree and (found := self.longest(words, at, end)) and found[0] == end:
                return at, found[1]
        return None

    def prefixes(self, words: Sequence[str], at: int, limit: int) -> list[tuple[int, Value]]:
        """Every phrase that begins at a word, the shortest first: index after it, and its value."""
        found: list[tuple[int, Value]] = []
        node = self._tree
        while at < limit:
            child = node.get(words[at])
            if child is None:
                return found
            node, at = child, at + 1
            if "" in node:
                found.append((at, node[""]))
        return found

    def places(self, words: Sequence[str]) -> list[int]:
        """Indices of the words at which a phrase may begin, as they and the words after them let one expect.

        >>> Phrases([("Bình Định", 52), ("Huế", 46)]).places(["bình", "thường", "huế", "bình", "định"])
        [2, 3]
        """
        return places(self._tree, words)

    @property
    def firsts(self) -> Set[str]:
        """The words that phrases begin with."""
        return self._tree.keys()

    def __contains__(self, word: str) -> bool:
        """Whether some phrase begins with this word."""
        return word in self._tree
