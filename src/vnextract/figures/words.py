"""Word lists of the indicator grammar, from `lexicon/figure_words.tsv`, as sets and as pattern alternatives."""

import re
from functools import cache

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table


@cache
def words(role: str) -> frozenset[str]:
    """The words of a role.

    >>> "đạt" in words("copula"), words("no such role")
    (True, frozenset())
    """
    return frozenset(row["word"] for row in table("figure_words") if row["role"] == role)


@cache
def phrases(role: str) -> Phrases[None]:
    """The words of a role, to be looked for among those of a text.

    >>> phrases("when").longest(["sau", "này", "nuôi"], 0)
    (2, None)
    """
    return Phrases((word, None) for word in words(role))


@cache
def one_of(role: str) -> str:
    """A pattern that matches any word of a role, longer ones first.

    >>> import re
    >>> bool(re.fullmatch(one_of("compared"), "cao"))
    True
    """
    return "(?:" + "|".join(re.escape(word) for word in sorted(words(role), key=lambda word: (-len(word), word))) + ")"
