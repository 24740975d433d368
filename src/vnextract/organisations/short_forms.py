"""Short forms of names: which longer names of an article a shorter one may stand for, and how it is made of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.places import find_province
from vnextract.lexicon.register import key_of
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.names.heads import english_endings, heads
from vnextract.organisations.full_names import Name
from vnextract.text.normalise import fold

_SHORTEST_INITIALS = 3
"""Letters from which initials stand for words that may be Vietnamese."""
_SHORTEST_SHARED = 3
"""Letters that a name has at least to be taken for the short form of a longer one."""
_COMPANY = "công ty "
"""What stays of the legal form of a company in the short form of its name."""
_MOST = 4
"""Longer names of one short form that are weighed."""
_LOOKED_AT = 100
"""Names with the same first word that are looked through."""
_LONGEST = 25
"""Words of a name beyond which no short forms of it are looked for."""


class Longer(NamedTuple):
    """A longer name that a short form may stand for."""

    name: Name
    how: str
    """How the short form is made of it: `part`, `begin`, `gaps`, `initials`, `outline`, `acronym`."""
    more: int
    """How many words more it has."""


class Added(NamedTuple):
    """What a longer name has before the words of a shorter one, between them, and after them."""

    lead: Sequence[str]
    inside: Sequence[str]
    tail: Sequence[str]

    @property
    def where(self) -> str:
        """Where it has something."""
        return f"lead {bool(self.lead)}, inside {bool(self.inside)}, tail {bool(self.tail)}"


class ShortForms:
    """The names of one article by the forms that they may be shortened to.

    Args:
        names: What the mentions are called by their own words.
    """

    def __init__(self, names: Sequence[Name | None]) -> None:
        self._names = {name.head: name for name in names if name and name.head}
        self._places: dict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(names):
            if name:
                self._places[name.head].append(index)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        self._longer: dict[str, list[Longer]] = defaultdict(list)
        for head in self._names:
            self._by_first[head.split()[0]].append(head)
        for head in self._names:
            words = head.split()
            if 1 < len(words) <= _LONGEST:
                for short, how in dict(_shortened(head, words, self._names)).items():
                    if short in self._names and short != head and short not in english_endings():
                        self._longer[short].append(Longer(self._names[head], how, len(words) - len(short.split())))
        self._add_known()

    def _add_known(self) -> None:
        """Adds the acronyms of the lexicon, where the article has what they stand for too."""
        shorts = [(short, full) for short, full in _acronyms().items() if short in self._names]
        keys = {key_of(name.text): name for name in self._names.values()} if shorts else {}
        for short, full in shorts:
            name = max((keys[form] for form in full if form in keys), key=lambda one: len(one.text), default=None)
            if name and name.head != short:
                self._longer[short].append(Longer(name, "acronym", len(name.head.split()) - 1))

    def __call__(self, name: Name) -> Sequence[Longer]:
        """The longer names that one may stand for."""
        found = list(self._longer.get(name.head, ()))
        have = {longer.name.head for longer in found}
        words = _words(name.head)
        if len(words) > 1:
            for head in self._by_first.get(words[0], ())[:_LOOKED_AT]:
                longer = _words(head)
                if head not in have and (added := added_to(words, longer)):
                    how = "gaps" if added.lead or added.inside else "begin"
                    found.append(Longer(self._names[head], how, len(longer) - len(words)))
        return found[:_MOST]

    def places(self, name: Name) -> Sequence[int]:
        """The mentions that are called so by their own words."""
        return self._places.get(name.head, ())


@cache
def _acronyms() -> Mapping[str, Sequence[str]]:
    """What acronyms and nicknames stand for, folded."""
    return {fold(row["short"]): [key_of(form) for form in row["full"].split("|")] for row in table("acronyms")}


def spells(name: Name, short: str) -> bool:
    """Whether a name's initials end in a short form."""
    letters = "".join(word[0] for word in fold(name.own or name.text).split())
    return letters.endswith(fold(short))


def _words(head: str) -> list[str]:
    return head.replace(",", " ").split()


def added_to(words: Sequence[str], longer: Sequence[str]) -> Added | None:
    """What a longer name has beside the words of a shorter one; None where it does not hold them all in their order.

    >>> added_to("hải quan đà nẵng".split(), "cục hải quan thành phố đà nẵng".split())
    Added(lead=['cục'], inside=['thành', 'phố'], tail=[])
    >>> added_to("sở y tế".split(), "sở tài chính".split())
    """
    gaps: list[list[str]] = [[]]
    for word in longer:
        if len(gaps) <= len(words) and word == words[len(gaps) - 1]:
            gaps.append([])
        else:
            gaps[-1].append(word)
    if len(gaps) <= len(words) or len(longer) == len(words):
        return None
    return Added(gaps[0], [word for gap in gaps[1:-1] for word in gap], gaps[-1])


def _shortened(head: str, words: Sequence[str], ones: Mapping[str, Name]) -> Iterator[tuple[str, str]]:
    yield from ((short, "outline") for short in _outlines(words))
    yield from ((short, "initials") for short in _initials(words, ones))
    for start in range(1, len(words)):
        for end in range(start + 1, len(words) + 1):
            part = " ".join(words[start:end])
            if part in ones and len(part) >= _SHORTEST_SHARED:
                yield part, "part"
    if words[0] in ones and len(words[0]) >= _SHORTEST_SHARED:
        yield words[0], "begin"


def _initials(words: Sequence[str], ones: Mapping[str, Name]) -> Iterator[str]:
    """Acronyms that the initials of a name make, its head word aside: `GE` of `Tập đoàn General Electric`."""
    for own in (words, _own_words(words)):
        letters = "".join(word[0] for word in own)
        one = ones.get(letters)
        foreign = len(letters) >= _SHORTEST_INITIALS or not any(map(is_vietnamese, own))
        if one and len(letters) > 1 and one.text.isupper() and foreign:
            yield letters


def _outlines(words: Sequence[str]) -> Iterator[str]:
    """A name with head and own name alone: `Tập đoàn DOJI` of `Tập đoàn Vàng bạc Đá quý DOJI`."""
    own = _own_words(words)
    for start in range(len(own)):
        if find_province(rest := " ".join(own[start:])) is None:
            yield " ".join([*words[: len(words) - len(own)], rest])
            if " ".join(words).startswith(_COMPANY):
                yield f"{_COMPANY}{rest}"


def _own_words(words: Sequence[str]) -> Sequence[str]:
    """The words after the head of a name; none where it has no head."""
    head = heads().longest(words, 0)
    return words[head[0] :] if head else ()
