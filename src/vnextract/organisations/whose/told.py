"""The bodies of one article as far as they have been named, and how they stand to each other in its text."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import MINYEAR
from functools import cache
from itertools import islice

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.register import RegisteredBody, find, key_of
from vnextract.lexicon.tables import table
from vnextract.names.decide import Found
from vnextract.names.reading import Reading
from vnextract.organisations.full_names import FullNames, Name, base_name
from vnextract.organisations.setting import Setting
from vnextract.records import Level, OrganisationKind
from vnextract.text.normalise import fold

LOOKED_AT = 40
"""Bodies before a mention that are looked through."""
CLEAR = re.compile(r"[\n.;:!?]")
"""What parts two bodies clearly."""
LONGEST_LIST = 12
"""Bodies that may share the place or the owner of the last one."""
_LISTED = re.compile(r",? | và |, |; | - | – |,? cùng ")
_REMEMBERED = 10
"""Years for which the press still writes of a ministry that was merged or renamed."""
_LONGEST_GAP = 60
"""Characters between a unit and the body beside it."""
_BRIEF = 4
"""Words from which a gap is told by its first and last."""


PlaceKey = tuple[Level, str]
"""What the spellings of one place share."""


class Told:
    """What is known of the bodies of one article.

    Args:
        reading: The words.
        setting: Where the article is at home.
        found: The mentions.
        said: What the mentions are called by their own words; None where these leave it open.
        full: What adds places.
    """

    def __init__(
        self,
        reading: Reading,
        setting: Setting,
        found: Sequence[Found],
        said: Sequence[Name | None],
        full: FullNames,
    ) -> None:
        self.reading, self.setting, self.found, self.said, self.full = reading, setting, found, said, full
        self.decided: dict[int, Name] = {}
        self._order: list[int] = []
        self._by_head: dict[str, list[int]] = defaultdict(list)
        places = [name and place_of(name) for name in said]
        self._bodies = Counter(filter(None, places))
        self._placed = [(index, place) for index, place in enumerate(places) if place]

    def tell(self, index: int, name: Name) -> None:
        """Take note of the name of a mention."""
        self.decided[index] = name
        insort(self._order, index)
        if name.whose:
            insort(self._by_head[name.head], index)

    def before(self, index: int, most: int = LOOKED_AT) -> Iterator[tuple[int, Name]]:
        """The mentions decided before one and their names, the nearest first."""
        at = bisect_left(self._order, index)
        for other in islice(reversed(self._order[max(0, at - most) : at]), most):
            yield other, self.decided[other]

    def known(self, index: int) -> Name | None:
        """The name of a mention as decided, or as far as its own words tell."""
        return self.decided.get(index) or self.said[index]

    def read(self, index: int) -> Name | None:
        """The same, or what the grammar reads where that leaves open whose it is: it may not have been decided yet."""
        known, candidate = self.known(index), self.found[index].candidate
        if known or candidate is None or candidate.owner or candidate.short:
            return known
        return base_name(candidate)

    def with_head(self, head: str) -> Sequence[int]:
        """The mentions decided so far that have a head and say whose they are, in order."""
        return self._by_head.get(head, ())

    def place_before(self, index: int) -> PlaceKey | None:
        """The place of the last body decided before a mention that has one."""
        return next((place for _, name in self.before(index) if (place := place_of(name))), None)

    def place_after(self, index: int) -> PlaceKey | None:
        """The place of the first body after a mention that says one."""
        at = bisect_right(self._placed, index, key=lambda one: one[0])
        return self._placed[at][1] if at < len(self._placed) else None

    def bodies_of(self, place: PlaceKey) -> int:
        """How many mentions say that they are of a place."""
        return self._bodies[place]

    def is_ours(self, base: Name) -> bool:
        """Whether Viet Nam has a body of that name."""
        return find(base.text, day=self.setting.day) is not None

    def is_of_our_state(self, index: int, base: Name) -> bool:
        """Whether Viet Nam's state has, or had lately, a body of that very name: a partner does not make it foreign.

        The press prints our own with a capital, so that small letters alone (`chính phủ`) leave open whose it is.
        """
        one, day = self.found[index], self.setting.day
        if self.reading.norm[one.start : one.end].islower():
            return False
        ours = find(base.text, day=day)
        if ours is None or not (ours.parent if ours.kind is OrganisationKind.GOVERNMENT else _is_court(ours, base)):
            return False
        if day is None:
            return True
        remembered = day.replace(year=max(MINYEAR, day.year - _REMEMBERED), day=1)
        return ours.existed(day) or ours.existed(remembered)

    def list_after(self, index: int) -> Iterator[Found]:
        """The further bodies of a list that a mention begins or continues."""
        for at in range(index + 1, min(index + LONGEST_LIST, len(self.found))):
            if not _LISTED.fullmatch(self.between(at - 1, at)):
                return
            yield self.found[at]

    def between(self, first: int, second: int) -> str:
        """The text between two mentions."""
        return self.reading.norm[self.found[first].end : self.found[second].start]

    def in_capitals(self, index: int) -> bool:
        """Whether a mention is printed in capitals alone, as acronyms are."""
        one = self.found[index]
        return self.reading.norm[one.start : one.end].isupper()

    def gap(self, index: int) -> str | None:
        """What stands between a mention and the next, where they stand together."""
        between = self.between(index, index + 1)
        return None if len(between) > _LONGEST_GAP or "\n" in between else brief(between)


def place_of(name: Name) -> PlaceKey | None:
    """The place that a body belongs to, itself or with the body that it is part of."""
    place = name.place or (name.owner.place if name.owner else None)
    return (place.level, fold(place.name)) if place and place.name else None


def brief(gap: str) -> str:
    """A gap in few letters, so that rare ones are alike; titles of posts count as one sign."""
    if CLEAR.search(gap):
        return "clear"
    words = gap.lower().replace(",", " , ").split()
    post = next((at for at in range(len(words)) if _titles().longest(words, at) == (len(words), True)), None)
    if post is not None:
        words = [*words[:post], "POST"]
    return " ".join(words) if len(words) < _BRIEF else f"{words[0]} … {words[-1]}"


@cache
def _titles() -> Phrases[bool]:
    return Phrases((f"{deputy}{row['title']}", True) for row in table("titles") for deputy in ("", "phó "))


def _is_court(ours: RegisteredBody, base: Name) -> bool:
    """Whether a name is that of a court or a procuracy in full: others say `Tòa án Tối cao`, without `nhân dân`."""
    return ours.kind is OrganisationKind.JUDICIARY and key_of(base.text) == key_of(ours.name)
