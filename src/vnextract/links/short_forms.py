"""Whom the short forms of an article stand for: `hãng`, `Bộ này`, `Thủ tướng` for what was named before."""

from collections.abc import Iterator, Mapping
from functools import cache

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.links.scene import Party, Place, Scene
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.records import OrganisationKind
from vnextract.text.words import Shape

_NEAR = 2
_ADVERBIAL = 14
"""Words up to which a sentence may begin with a time, a place or a source."""
_THIS = frozenset({"này", "trên"})
_NAMED = (Shape.INITIAL, Shape.CAPITALISED, Shape.CAPITALS, Shape.MIXED)


@cache
def _nouns() -> Phrases[frozenset[OrganisationKind]]:
    rows = table("short_forms")
    return Phrases((row["words"], frozenset(map(OrganisationKind, row["kinds"].split()))) for row in rows)


class ShortForms:
    """The places where an article goes on about a body by a common noun, or about a person by the post alone.

    A common noun stands for the body named last of those that it fits, a post for the person named last who holds it.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._titles = _titles(scene)
        self._found: dict[int, list[Party]] = {}
        for party in self._read():
            self._found.setdefault(party.place.sentence, []).append(party)

    def of(self, sentence: int) -> list[Party]:
        """The short forms of a sentence, in order, each as a mention of what it stands for."""
        return self._found.get(sentence, [])

    def with_names(self, sentence: int) -> list[Party]:
        """The names and the short forms of a sentence, in order."""
        named, short = self._scene.parties_of[sentence], self.of(sentence)
        return sorted([*named, *short], key=lambda party: party.place.first) if short else named

    def _read(self) -> Iterator[Party]:
        scene, nouns, titles = self._scene, _nouns(), self._titles
        lower, parties = scene.lower, scene.parties
        bodies: dict[int, tuple[int, int, Body]] = {}
        people: dict[int, int] = {}
        done, ahead = 0, 0
        for at, word in enumerate(lower):
            while ahead < len(parties) and parties[ahead].place.first <= at:
                who, place = parties[ahead].who, parties[ahead].place
                if isinstance(who, Body):
                    bodies[id(who)] = bodies.get(id(who), (0,))[0] + 1, place.first, who
                else:
                    people[id(who)] = place.first
                done, ahead = max(done, place.after), ahead + 1
            if at < done or (word not in nouns and word not in titles):
                continue
            limit = scene.bounds[scene.words.sentence[at]].stop
            post = titles.longest(lower, at, limit)
            noun = nouns.longest(lower, at, limit)
            if post is not None and (held := self._holder(at, post, people)) is not None:
                yield Party(held, self._place(at, post[0]), "post")
            elif noun is not None and self._stands_alone(at, noun[0], limit):
                fitting = [found for found in bodies.values() if found[2].kind in noun[1]]
                if fitting:
                    place = self._place(at, noun[0])
                    main, last = max(fitting, key=lambda one: one[:2])[2], max(fitting, key=lambda one: one[1])[2]
                    yield Party(last, place, "short form" if last is main else "short form of the last")
                    if last is not main:
                        yield Party(main, place, "short form of the main one")
            done = max(done, (post or noun or (at + 1,))[0])

    def _holder(self, at: int, post: tuple[int, tuple[Person, ...]], people: Mapping[int, int]) -> Person | None:
        """The person named last before a post that stands alone: no name follows it."""
        after, holders = post
        known = [person for person in holders if id(person) in people]
        named = any(
            0 <= party.place.first - after <= _NEAR and isinstance(party.who, Person)
            for party in self._scene.parties_of[self._scene.words.sentence[after - 1]]
        )
        if named or not known or not self._heads(at):
            return None
        return max(known, key=lambda person: people[id(person)])

    def _stands_alone(self, at: int, after: int, limit: int) -> bool:
        """Whether a noun or a post is one that was named before: `công ty này`, or at the head of its sentence."""
        scene = self._scene
        if after < limit and scene.lower[after] in _THIS:
            return True
        if after < limit and scene.words.shapes[after] in _NAMED:
            return False
        return self._heads(at)

    def _heads(self, at: int) -> bool:
        """Whether a word begins a sentence, or what follows the time, place or source with which one begins."""
        scene = self._scene
        first = scene.bounds[scene.words.sentence[at]].start
        if at == first or "according" in scene.cues[at - 1]:
            return True
        if scene.lower[at - 1] != "," or at - first > _ADVERBIAL or "," in scene.lower[first : at - 1]:
            return False
        return all(party.place.after != at - 1 for party in scene.parties_of[scene.words.sentence[at]])

    def _place(self, first: int, after: int) -> Place:
        sentence = self._scene.words.sentence[first]
        return Place(first, after, sentence, self._scene.blocks[sentence])


def _titles(scene: Scene) -> Phrases[tuple[Person, ...]]:
    """The posts of the persons of a scene, with those who hold them."""
    holders: dict[str, list[Person]] = {}
    for person in scene.people:
        for post in person.posts:
            holders.setdefault(post.title.lower(), []).append(person)
    return Phrases((title, tuple(persons)) for title, persons in holders.items() if title)
