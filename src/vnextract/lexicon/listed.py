"""Names of bodies that stand without a head word, with the kind of each: many, of which an article has a few.

Whether they name a body where they stand, the tagger decides.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from vnextract.lexicon.phrases import longest_in, tree_of
from vnextract.lexicon.tables import rows_of, table
from vnextract.text.segment import TOKEN


class ListedNames:
    """The names by their words, the letters as printed; those with one first word are cut when a text has that word.

    Until then they are kept as the table has them, a string for each first word.

    Args:
        rows: Each name with its kind, a tab between them; of one name the first row counts.

    >>> names = ListedNames(["Bình Minh Group\\tcompany", "Bình Minh\\tmedia"])
    >>> names.longest(["Bình", "Minh", "Group", "họp"], 0, 4), names.longest(["Minh"], 0, 1)
    ((3, 'company'), (0, ''))
    """

    def __init__(self, rows: Iterable[str]) -> None:
        self._rows: dict[str, str] = {}
        for row in rows:
            first = _first_word(row)
            known = self._rows.get(first)
            self._rows[first] = row if known is None else f"{known}\n{row}"
        self._trees: dict[str, dict[str, Any]] = {}

    def __contains__(self, word: str) -> bool:
        """Whether a name begins with a word."""
        return word in self._rows

    def longest(self, words: Sequence[str], at: int, last: int) -> tuple[int, str]:
        """How many words the longest name has that begins at a word, and its kind; 0 and nothing where none does."""
        found = longest_in(self._tree(words[at]), words, at, last)
        return (found[0] - at, found[1]) if found else (0, "")

    def kind_of(self, name: str) -> str | None:
        """The kind of a whole name; None where it is not listed.

        >>> names = ListedNames(["Bình Minh Group\\tcompany"])
        >>> names.kind_of("Bình Minh Group"), names.kind_of("Bình Minh")
        ('company', None)
        """
        return next((kind for listed, kind in self._with(_first_word(name)) if listed == name), None)

    def _with(self, first: str) -> list[list[str]]:
        """The names with a first word, and their kinds."""
        return [row.split("\t") for row in self._rows[first].split("\n")] if first in self._rows else []

    def _tree(self, word: str) -> dict[str, Any]:
        tree = self._trees.get(word)
        if tree is None:
            # Of names that are cut into the same words the first counts.
            tree = tree_of((TOKEN.findall(name), kind) for name, kind in reversed(self._with(word)))
            self._trees[word] = tree
        return tree


def _first_word(name: str) -> str:
    first = name.partition(" ")[0].partition("\t")[0]
    if first.isalpha():
        return first
    found = TOKEN.match(name)
    return found.group() if found else name


@cache
def listed_names() -> ListedNames:
    """The names of the long list and the well-known ones.

    >>> listed_names().kind_of("Vogue")
    'media'
    """
    known = (f"{form}\t{row['kind']}" for row in table("known_bodies") for form in row["form"].split("|"))
    return ListedNames(chain(known, rows_of("open_names", 2)))
