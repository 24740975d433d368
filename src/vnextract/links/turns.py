"""Who speaks where in an article: in a sentence, before it, and after."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from vnextract.links.anaphora import Anaphora
from vnextract.links.scene import Party, Scene
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.text.once import once

Speaker = Person | Body
_VERB_REACH, _SOURCE_REACH, _BEHIND = 20, 8, 4
_TITLED, _NEAR_SOURCE, _TITLE_REACH = 2, 4, 16
_PAST_MARKS = 9
"""Words between a name and its verb of saying, where marks stand between: a place, an age, the rest of a post."""
_CARRIED, _SENTENCES = 3, 12
_LED = 3
_QUOTES = frozenset('“”"')
_PAIRED = frozenset(",-–")
_STOPS = frozenset({"semicolon", "colon"})
_MARKS = frozenset({"comma", "semicolon", "colon", "opens", "closes"})


class Turn(NamedTuple):
    """A mention of somebody who speaks, and how the sentence says so."""

    party: Party
    how: str
    sentence: int
    """Where the speaking was: a pronoun may take it up after the sentence that names who speaks."""


class Turns:
    """The turns of a scene, sentence by sentence."""

    def __init__(self, scene: Scene, anaphora: Anaphora) -> None:
        self._scene = scene
        self.parties = [anaphora.with_names(sentence) for sentence in range(len(scene.bounds))]
        """The mentions of bodies and persons, by name or by a short form."""
        self.of = [self._turns_of(sentence) for sentence in range(len(scene.bounds))]
        self._floor = self._held()
        self.following = self._ahead()
        """The first turn after each sentence."""
        self._times = Counter(id(turn.party.who) for turns in self.of for turn in turns)

    @property
    def speakers(self) -> int:
        """How many speak in the article."""
        return len(self._times)

    def times(self, who: Speaker) -> int:
        """How often somebody speaks."""
        return self._times[id(who)]

    def before(self, sentence: int) -> list[Turn]:
        """Who spoke in the sentences before one, the last first, each once."""
        return [turn for turn in self._floor[sentence] if sentence - turn.sentence <= _SENTENCES]

    def others_since(self, turn: Turn, sentence: int) -> tuple[int, int]:
        """How many mentions of other persons and bodies follow the sentence of a turn, up to a sentence."""
        people, bodies = (counts[sentence + 1] - counts[turn.sentence + 1] for counts in self._mentioned)
        places = self._sentences_of[id(turn.party.who)]
        own = bisect_left(places, sentence + 1) - bisect_left(places, turn.sentence + 1)
        return (people - own, bodies) if isinstance(turn.party.who, Person) else (people, bodies - own)

    @once
    def _mentioned(self) -> tuple[list[int], list[int]]:
        """How many mentions of persons and of bodies there are before each sentence."""
        people = [sum(isinstance(party.who, Person) for party in here) for here in self.parties]
        bodies = [len(here) - count for here, count in zip(self.parties, people, strict=True)]
        return list(accumulate(people, initial=0)), list(accumulate(bodies, initial=0))

    @once
    def _sentences_of(self) -> dict[int, list[int]]:
        """The sentence of each mention of each person and body."""
        found: dict[int, list[int]] = {}
        for sentence, here in enumerate(self.parties):
            for party in here:
                found.setdefault(id(party.who), []).append(sentence)
        return found

    def leader(self, sentence: int) -> Party | None:
        """Whoever is named in the first words of a sentence."""
        first, start = self.parties[sentence][:1], self._scene.bounds[sentence].start
        return first[0] if first and first[0].place.first - start <= _LED else None

    def _turns_of(self, sentence: int) -> list[Turn]:
        parties = self.parties[sentence]
        found = ((party, self._speaks(party, parties[number + 1 :])) for number, party in enumerate(parties))
        return [Turn(party, how, sentence) for party, how in found if how]

    def _speaks(self, party: Party, others: Sequence[Party]) -> str:
        """How a sentence says that a party speaks: `source`, `verb`, `inverted`; nothing where it does not.

        A body speaks where no person stands about it: in `ông A, Giám đốc Sở B, cho biết` the person does.
        """
        scene, place = self._scene, party.place
        bounds = scene.bounds[place.sentence]
        reach = _TITLE_REACH if isinstance(party.who, Person) else _SOURCE_REACH
        floor = max(bounds.start, place.first - reach)
        source = next((at for at in range(place.first - 1, floor - 1, -1) if "according" in scene.cues[at]), None)
        if source is not None and not scene.classes(source, place.first) & _MARKS:
            titled = any(0 <= other.place.first - place.after <= _TITLED for other in others[:1])
            if not (titled and isinstance(party.who, Body) and isinstance(others[0].who, Person)):
                return "source" if self._words_between(source, party) <= _NEAR_SOURCE else "far source"
        limit = min(bounds.stop, place.after + _VERB_REACH)
        verb = next((at for at in range(place.after, limit) if "report" in scene.cues[at]), None)
        if verb is not None and not scene.classes(place.after, verb) & _STOPS:
            how = self._by_verb(party, verb, others)
            if how:
                return how
        behind = range(place.first - 1, max(bounds.start, place.first - _BEHIND) - 1, -1)
        if source is None and any("report" in scene.cues[at] for at in behind) and place.after >= bounds.stop - 1:
            return "inverted"
        return ""

    def _by_verb(self, party: Party, verb: int, others: Sequence[Party]) -> str:
        """How a party speaks by a verb behind it: `verb`, `other verb`, `verb over a mark`, or not at all."""
        before = list(takewhile(lambda other: other.place.first < verb, others))
        if any(isinstance(other.who, Person) for other in before) or "passive" in self._scene.nearest_cue(verb, 2):
            return ""
        if isinstance(party.who, Person) or self._is_subject(party, verb):
            return "verb" if "saying" in self._scene.cues[verb] else "other verb"
        return "verb over a mark" if not before and verb - party.place.after <= _PAST_MARKS else ""

    def _words_between(self, source: int, party: Party) -> int:
        """How many words lead from a cue to a person, the body of the person's own post not counted."""
        place = party.place
        others = (other.place for other in self._scene.parties_of[place.sentence] if isinstance(other.who, Body))
        posts = sum(body.after - body.first for body in others if source < body.first and body.after <= place.first)
        return place.first - source - posts

    def _is_subject(self, body: Party, verb: int) -> bool:
        """Whether a body itself, not a person whose post is there, is the subject of a verb of saying."""
        scene, place = self._scene, body.place
        if scene.classes(self._past_apposition(place.after, verb), verb) & _MARKS:
            return False
        people = (other for other in self.parties[place.sentence] if isinstance(other.who, Person))
        return not any(other.place.first < place.first for other in people)

    def _past_apposition(self, at: int, verb: int) -> int:
        """The word after a bracket and an apposition between a name and its verb: `EIA (…), cơ quan …, cho biết`."""
        lower = self._scene.lower
        if lower[at] == "(" and ")" in lower[at:verb]:
            at = lower.index(")", at) + 1
        elif lower[at] == ")":
            at += 1
        return verb if at < verb - 1 and lower[at] in _PAIRED and lower[verb - 1] == lower[at] else at

    @once
    def quoted(self) -> list[bool]:
        """Whether a quotation is open where each word stands; a paragraph closes it."""
        scene, is_open, block = self._scene, False, -1
        found = [False] * len(scene.lower)
        marks = [at for at, word in enumerate(scene.lower) if word in _QUOTES]
        for number, bounds in enumerate(scene.bounds) if marks else ():
            if scene.blocks[min(number, len(scene.blocks) - 1)] != block:
                is_open, block = False, scene.blocks[min(number, len(scene.blocks) - 1)]
            at = bounds.start
            for mark in marks[bisect_left(marks, at) : bisect_left(marks, bounds.stop)]:
                found[at:mark] = [is_open] * (mark - at)
                word, at = scene.lower[mark], mark
                is_open = word == "“" or (word == '"' and not is_open)
            found[at : bounds.stop] = [is_open] * (bounds.stop - at)
        return found

    def _held(self) -> list[list[Turn]]:
        """Who spoke before each sentence, the last first; a pronoun that speaks is the person who spoke last."""
        found: list[list[Turn]] = []
        held: list[Turn] = []
        for sentence, turns in enumerate(self.of):
            if not turns and self._scene.leans[sentence]:
                last = next((turn for turn in held if isinstance(turn.party.who, Person)), None)
                if last is not None:
                    held = [Turn(last.party, "pronoun", sentence), *(turn for turn in held if turn is not last)]
            found.append(held)
            spoken = {id(turn.party.who) for turn in turns}
            held = [*turns[::-1], *(turn for turn in held if id(turn.party.who) not in spoken)][:_CARRIED]
        return found

    def _ahead(self) -> list[Turn | None]:
        found: list[Turn | None] = []
        following: Turn | None = None
        for turns in self.of[::-1]:
            found.append(following)
            following = turns[0] if turns else following
        return found[::-1]
