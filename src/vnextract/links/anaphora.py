"""Whom the short forms of an article stand for: `hãng`, `Bộ này`, `Thủ tướng` for what was named before."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.links.scene import Party, Place, Scene
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.records import OrganisationKind
from vnextract.text.once import once
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


class Anaphora:
    """The places where an article goes on about a body by a common noun, or about a person by the post alone.

    A common noun stands for the body named last or most of those that it fits, a post for the person named last who
    holds it.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._titles = _titles(scene)

    @once
    def _found(self) -> Mapping[int, list[Party]]:
        found: dict[int, list[Party]] = {}
        for party in self._read():
            found.setdefault(party.place.sentence, []).append(party)
        return found

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
        done, ahead, firsts = 0, 0, {*nouns.firsts, *titles.firsts}
        for at in [at for at, word in enumerate(lower) if word in firsts]:
            while ahead < len(parties) and parties[ahead].place.first <= at:
                who, place = parties[ahead].who, parties[ahead].place
                if isinstance(who, Body):
                    bodies[id(who)] = bodies.get(id(who), (0,))[0] + 1, place.first, who
                else:
                    people[id(who)] = place.first
                done, ahead = max(done, place.after), ahead + 1
            if at < done:
                continue
            limit = scene.bounds[scene.words.sentence[at]].stop
            post, noun = titles.longest(lower, at, limit), nouns.longest(lower, at, limit)
            done = (post or noun or (at + 1,))[0]
            if post is not None and (held := self._holder(at, post, people)) is not None:
                yield Party(held, self._place(at, post[0]), "post")
            elif noun is not None and self._stands_alone(at, noun[0], limit):
                yield from self._standing_for(noun[1], self._place(at, noun[0]), bodies.values())

    def _standing_for(
        self, kinds: frozenset[OrganisationKind], place: Place, bodies: Iterable[tuple[int, int, Body]]
    ) -> Iterator[Party]:
        """The body named last, and the one named most, of the kinds that a noun fits."""
        fitting = [found for found in bodies if found[2].kind in kinds]
        if not fitting:
            return
        main, last = max(fitting, key=lambda one: one[:2])[2], max(fitting, key=lambda one: one[1])[2]
        yield Party(last, place, "short form" if last is main else "short form of the last")
        if last is not main:
            yield Party(main, place, "short form of the main one")

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
