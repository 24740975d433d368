"""Who said a figure: which of the persons and bodies around it, or nobody but the narrator."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnextract.links.anaphora import Anaphora
from vnextract.links.scene import Party, Scene
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.scorer import Option

Speaker = Person | Body
_VERB_REACH, _SOURCE_REACH, _BEHIND = 20, 8, 4
_TITLED, _NEAR_SOURCE, _TITLE_REACH = 2, 4, 16
_HERE, _CARRIED, _SENTENCES = 4, 3, 12
_OPENING = 4
_QUOTES = frozenset('“”"')
_AHEAD = 2
_PAIRED = frozenset(",-–")
_STOPS = frozenset({"semicolon", "colon"})
_MARKS = frozenset({"comma", "semicolon", "colon", "opens", "closes"})
_LEADS = ("according", "now", "part", "contrast", "plan", "time", "occasion", "pronoun", "that_one")


@dataclass(frozen=True, slots=True)
class _Turn:
    """A mention of somebody who speaks, and how the sentence says so."""

    party: Party
    how: str
    sentence: int
    """Where the speaking was: a pronoun may take it up after the sentence that names who speaks."""


class Speakers:
    """Options for the speaker of each figure of a scene."""

    def __init__(self, scene: Scene, anaphora: Anaphora) -> None:
        self._scene = scene
        self._parties = [anaphora.with_names(sentence) for sentence in range(len(scene.bounds))]
        self._turns = [self._turns_of(sentence) for sentence in range(len(scene.bounds))]
        self._quoted = self._quotes()
        self._floor = self._held()
        self._next = self._following()
        self._speakers = f"{min(len({id(turn.party.who) for turns in self._turns for turn in turns}), 3)} speakers"

    def _turns_of(self, sentence: int) -> list[_Turn]:
        parties = self._parties[sentence]
        found = ((party, self._speaks(party, parties[number + 1 :])) for number, party in enumerate(parties))
        return [_Turn(party, how, sentence) for party, how in found if how]

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
            nearer = any(other.place.first < verb and isinstance(other.who, Person) for other in others)
            passive = "passive" in scene.nearest_cue(verb, 2)
            if not nearer and not passive and (isinstance(party.who, Person) or self._is_subject(party, verb)):
                return "verb" if "saying" in scene.cues[verb] else "other verb"
        behind = range(place.first - 1, max(bounds.start, place.first - _BEHIND) - 1, -1)
        if source is None and any("report" in scene.cues[at] for at in behind) and place.after >= bounds.stop - 1:
            return "inverted"
        return ""

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
        people = (other for other in self._parties[place.sentence] if isinstance(other.who, Person))
        return not any(other.place.first < place.first for other in people)

    def _past_apposition(self, at: int, verb: int) -> int:
        """The word after a bracket and an apposition between a name and its verb: `EIA (…), cơ quan …, cho biết`."""
        lower = self._scene.lower
        if lower[at] == "(" and ")" in lower[at:verb]:
            at = lower.index(")", at) + 1
        elif lower[at] == ")":
            at += 1
        return verb if at < verb - 1 and lower[at] in _PAIRED and lower[verb - 1] == lower[at] else at

    def _quotes(self) -> list[bool]:
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

    def _held(self) -> list[list[_Turn]]:
        """Who spoke before each sentence, the last first; a pronoun that speaks is the person who spoke last."""
        found: list[list[_Turn]] = []
        held: list[_Turn] = []
        for sentence, turns in enumerate(self._turns):
            if not turns and self._scene.leans[sentence]:
                last = next((turn for turn in held if isinstance(turn.party.who, Person)), None)
                if last is not None:
                    held = [_Turn(last.party, "pronoun", sentence), *(turn for turn in held if turn is not last)]
            found.append(held)
            spoken = {id(turn.party.who) for turn in turns}
            held = [*turns[::-1], *(turn for turn in held if id(turn.party.who) not in spoken)][:_CARRIED]
        return found

    def _following(self) -> list[Speaker | None]:
        """Who speaks first in the few sentences after each sentence."""
        found: list[Speaker | None] = []
        for sentence in range(len(self._turns)):
            ahead = (turn for turns in self._turns[sentence + 1 : sentence + 1 + _AHEAD] for turn in turns)
            found.append(next((turn.party.who for turn in ahead), None))
        return found

    def options(self, index: int) -> list[Option[Speaker]]:
        """Who may have said a figure, and None."""
        scene, at = self._scene, self._scene.figure_places[index]
        shared = self._shared(index)
        turns, floor = self._turns[at.sentence], self._carried(at.sentence)
        none = ["none", *(f"none&{cue}" for cue in shared)]
        none.append(f"none:{turns[0].how} here" if turns else "none:nobody speaks here")
        none.append(f"none:{self._far(floor[0], at.sentence)}" if floor else "none:nobody spoke")
        options: list[Option[Speaker]] = [Option(None, none)]
        options += self._here(index, shared)
        for rank, turn in enumerate(floor):
            kind = "person" if isinstance(turn.party.who, Person) else "body"
            silent = "own sentence speaks" if turns else "own sentence is silent"
            far = self._far(turn, at.sentence)
            cues = [f"earlier rank {rank}", f"earlier:{far}", f"earlier:{kind}", f"earlier:{turn.how}"]
            cues.append(f"earlier:{turn.party.form}")
            cues += [f"earlier rank {rank}, {silent}", f"earlier:{far}, {silent}", f"earlier:{far}, {kind}"]
            cues += [f"earlier rank {min(rank, 1)}&{cue}" for cue in shared]
            cues += [f"earlier {kind}&{cue}" for cue in shared[:2]]
            again = "speaks on" if self._next[at.sentence] is turn.party.who else "speaks no more"
            cues += [f"earlier:{again}", f"earlier:{far}, {again}", f"earlier:{self._speakers}, {silent}"]
            if isinstance(turn.party.who, Body) and scene.repeats_head(turn.party.who, at.sentence):
                cues.append("earlier:head repeated")
            options.append(Option(turn.party.who, cues, side="earlier"))
        if at.sentence + 1 < len(self._turns):
            for turn in self._turns[at.sentence + 1][:1]:
                options.append(
                    Option(
                        turn.party.who,
                        ["later", f"later:{turn.how}", *(f"later&{cue}" for cue in shared)],
                        side="later",
                    )
                )
        return options

    def _carried(self, sentence: int) -> list[_Turn]:
        held = self._floor[sentence] if sentence < len(self._floor) else []
        return [turn for turn in held if sentence - turn.sentence <= _SENTENCES]

    def _here(self, index: int, shared: Sequence[str]) -> Iterator[Option[Speaker]]:
        """The parties of the figure's own sentence."""
        scene, at = self._scene, self._scene.figure_places[index]
        how = {id(turn.party): turn.how for turn in self._turns[at.sentence]}
        parties = self._parties[at.sentence]
        before = [party for party in parties if party.place.first < at.first][::-1]
        after = [party for party in parties if party.place.first >= at.first]
        speaking = [party for party in before if id(party) in how]
        silent = [party for party in before if id(party) not in how][: _HERE - min(len(speaking), 3)]
        for rank, party in enumerate([*speaking[:3], *silent, *(party for party in after if id(party) in how)]):
            side = "before" if party.place.first < at.first else "after"
            says = how.get(id(party), "silent")
            kind = "person" if isinstance(party.who, Person) else "body"
            cues = [
                f"{side}:{says}",
                f"{side}:{says} {party.form}",
                f"{side}:{says} {kind}",
                f"{side}:{says}, {min(rank, 2)} nearer",
            ]
            cues += [f"{side} {says}&{cue}" for cue in shared]
            if scene.figures_between(scene.bounds[at.sentence].start, party.place.first):
                cues.append(f"{side}:{says} after another figure")
            between = scene.classes(party.place.after, at.first) if side == "before" else set[str]()
            cues += [
                f"{side} {says}:between {name}"
                for name in ("that", "semicolon", "report", "contrast")
                if name in between
            ]
            cues.append(f"{side}:{says}, {len(speaking)} speak")
            yield Option(party.who, cues, side=side)

    def _far(self, turn: _Turn, sentence: int) -> str:
        """How far back somebody spoke, in sentences and paragraphs."""
        blocks = self._scene.blocks
        back = sentence - turn.sentence
        near = str(back) if back <= 2 else "4" if back <= 4 else "far"
        paragraphs = blocks[min(sentence, len(blocks) - 1)] - blocks[min(turn.sentence, len(blocks) - 1)]
        same = "same" if paragraphs == 0 else "next" if paragraphs == 1 else "other"
        return f"{near} back, {same} paragraph"

    def _shared(self, index: int) -> list[str]:
        """Cues of the figure and its sentence."""
        scene, at = self._scene, self._scene.figure_places[index]
        bounds = scene.bounds[at.sentence]
        cues = ["quoted" if at.first < len(self._quoted) and self._quoted[at.first] else "unquoted"]
        leans = scene.leans
        following = at.sentence + 1 < len(leans) and leans[at.sentence + 1]
        cues.append("leans" if leans[at.sentence] else "leans next" if following else "leans not")
        opening = scene.classes(bounds.start, min(bounds.stop, bounds.start + _OPENING))
        cues += [f"sentence opens with {name}" for name in _LEADS if name in opening]
        classes = scene.classes(bounds.start, bounds.stop)
        cues += [f"sentence has {name}" for name in ("report", "according") if name in classes]
        cues.append(scene.density)
        return cues
