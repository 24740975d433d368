"""Names of bodies that stand without a head word, with the kind of each: many, of which an article has a few.

Whether they name a body where they stand, the tagger decides.
"""

from collections import ChainMap, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from vnextract.lexicon.phrases import longest_in, tree_of
from vnextract.lexicon.tables import mapping, table
from vnextract.text.segment import TOKEN


@cache
def listed_kinds() -> dict[str, str]:
    """The kind of each name of the long list, which leaves out the well-known ones.

    >>> listed_kinds()["Vogue"]
    'media'
    """
    return mapping("open_names")


class ListedNames:
    """The names by their words, the letters as printed; those with one first word are cut when a text has that word.

    >>> names = ListedNames({"Bình Minh Group": "company", "Bình Minh": "media"})
    >>> names.longest(["Bình", "Minh", "Group", "họp"], 0, 4), names.longest(["Minh"], 0, 1)
    ((3, 'company'), (0, ''))
    """

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        for name in kinds:
            self._names[_first_word(name)].append(name)
        self._trees: dict[str, dict[str, Any]] = {}

    def __contains__(self, word: str) -> bool:
        """Whether a name begins with a word."""
        return word in self._names

    def longest(self, words: Sequence[str], at: int, last: int) -> tuple[int, str]:
        """How many words the longest name has that begins at a word, and its kind; 0 and nothing where none does."""
        found = longest_in(self._tree(words[at]), words, at, last)
        return (found[0] - at, found[1]) if found else (0, "")

    def _tree(self, word: str) -> dict[str, Any]:
        tree = self._trees.get(word)
        if tree is None:
            names = self._names.get(word, ())
            # Of names that are cut into the same words the first counts.
            tree = tree_of((TOKEN.findall(name), self._kinds[name]) for name in reversed(names))
            self._trees[word] = tree
        return tree


def _first_word(name: str) -> str:
    first = name.partition(" ")[0]
    if first.isalpha():
        return first
    found = TOKEN.match(name)
    return found.group() if found else name


@cache
def listed_names() -> ListedNames:
    """The names of the long list and the well-known ones."""
    known = {form: row["kind"] for row in table("known_bodies") for form in row["form"].split("|")}
    return ListedNames(ChainMap(known, listed_kinds()))
