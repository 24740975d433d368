"""The fuller names of an article that a mention may be short for: those that hold all its words, and more."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from vnextract.lexicon.syllables import is_vietnamese
from vnextract.organisations.full_names import Name, words_of
from vnextract.organisations.inner_units import inner
from vnextract.organisations.parts import is_unit_of
from vnextract.organisations.short_forms import Added, added_to
from vnextract.organisations.whose.choice import Weighed
from vnextract.organisations.whose.told import LOOKED_AT, Told, place_of

_LONGEST = 25
"""Words of a name beyond which no shorter ones are looked for in it."""
_MOST = 3
"""Fuller names of one mention that are weighed."""
_ADDED = 6
"""Words that a fuller name has more which are cues."""


class Fuller:
    """Proposes names of other mentions that hold all words of one, in their order.

    Args:
        told: The bodies of the article as far as they have been named.
    """

    def __init__(self, told: Told) -> None:
        self._told = told
        self._words: dict[int, list[str]] = {}
        """The words of each name, by its first mention."""
        self._holding: dict[str, list[int]] = defaultdict(list)
        """The first mentions of the names that hold each word."""
        self._places: dict[str, list[int]] = defaultdict(list)
        """The mentions that are called the same by their own words."""
        for index, name in enumerate(told.said):
            if name is None:
                continue
            places = self._places[name.text]
            places.append(index)
            words = words_of(name.text) if len(places) == 1 else []
            if 1 < len(words) <= _LONGEST:
                self._words[index] = words
                for word in dict.fromkeys(words):
                    self._holding[word].append(index)

    def names(self, index: int, base: Name) -> Iterator[Weighed]:
        """The fuller names that a mention may have, the first of the text first."""
        found = list(self._found(index, base))[:_MOST]
        before = f"shorter before {min(bisect_left(self._places.get(base.text, ()), index), 2)}"
        for nth, (at, name, added) in enumerate(found):
            lead, inside, tail = added
            where, more = added.where, f"more {min(len(lead) + len(inside) + len(tail), 4)}"
            same = f"place {place_of(name) == place_of(base)}"
            yield (
                name,
                "fuller",
                [
                    where,
                    f"{where}, to {name.kind}",
                    f"to {name.kind}",
                    f"as {name.kind is base.kind}",
                    f"lead {' '.join(lead[:2])}",
                    f"leads {' '.join(lead[:1])}",
                    f"inside {' '.join(inside[:2])}",
                    f"tail {' '.join(tail[:2])}",
                    f"tails {' '.join(tail[:1])}",
                    *(f"adds {word}" for word in (*lead, *inside, *tail)[:_ADDED]),
                    more,
                    f"named before {at < index}",
                    same,
                    f"{same}, {where}",
                    f"unit {inner(name.text) is not None}, {where}",
                    f"nth {nth} of {len(found)}",
                    before,
                    f"{before}, {where}",
                    f"{before}, {more}",
                    f"known {base.known}, to {name.kind}",
                    f"named {min(len(self._places[name.text]), 3)}",
                ],
            )

    def _found(self, index: int, base: Name) -> Iterator[tuple[int, Name, Added]]:
        words = words_of(base.text)
        # Names without one of the words are no fuller ones: those that hold the rarest are looked through.
        places = min((self._holding.get(word, []) for word in words), key=len, default=[])
        # `Ban` alone is no `Ủy ban`.
        begins = len(words) == 1 and is_vietnamese(words[0])
        for at in places[:LOOKED_AT]:
            if begins and self._words[at][0] != words[0]:
                continue
            added = added_to(words, self._words[at])
            name = self._told.known(at) if added and at != index else None
            if added and name and not _is_offered(name, base) and not is_unit_of(name, base):
                yield at, name, added


def _is_offered(name: Name, base: Name) -> bool:
    """Whether a name is the shorter one's own, or one with its head that says whose it is: the nearest are options."""
    return name.key == base.key if base.whose else name.head == base.head
