"""Who said a figure: which of the persons and bodies around it, or nobody but the narrator."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnextract.links.anaphora import Anaphora
from vnextract.links.scene import Party, Scene
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.scorer import Option, Shared

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
        count = len(set(scene.blocks))
        self._paragraphs = f"{'one' if count <= 2 else 'few' if count <= 4 else 'many'} paragraphs"
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
            if not nearer and not passive and verb - place.after <= 9 and not any(o.place.first < verb for o in others):
                return "verb over a mark"
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
        around = Shared((), scene.around(at))
        turns, floor = self._turns[at.sentence], self._carried(at.sentence)
        none = ["none", *(f"none&{cue}" for cue in shared)]
        none.append(f"none:{turns[0].how} here" if turns else "none:nobody speaks here")
        none.append(f"none:{self._far(floor[0], at.sentence)}" if floor else "none:nobody spoke")
        none += [f"none:opens {o}" for o in self._opens(at.sentence)]
        none.append(f"none:{self._unit(index)}")
        options: list[Option[Speaker]] = [Option(None, none, around.at("none"))]
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
            since, led = self._since(turn, at.sentence), self._led_by(at.sentence, turn.party.who)
            lead = "in the lead" if turn.sentence <= 1 else "later on"
            cues += [f"earlier:{since}", f"earlier:{since}, {far}", f"earlier:{led}", f"earlier:{led}, {again}"]
            cues += [f"earlier:{lead}", f"earlier:{lead}, {self._speakers}", f"earlier:{lead}, {since}"]
            cues += [f"earlier:{self._paragraphs}, {far}", f"earlier:{self._times(turn.party.who)}, {self._speakers}"]
            cues += [f"earlier:{self._later(turn.party.who, at.sentence)}, {self._speakers}"]
            cues += [f"earlier:{x}" for x in self._beside(turn.party)]
            opens = self._opens(at.sentence)
            cues += [f"earlier:opens {o}" for o in opens]
            cues += [f"earlier:{self._cohesion(turn.sentence, at.sentence)}", f"earlier:{self._cohesion(turn.sentence, at.sentence)}, {far}"]
            cues += [f"earlier:{self._unit(index)}", f"earlier:{self._unit(index)}, {kind}"]
            cues += [f"earlier:steps {x}" for x in self._between(turn.sentence, at.sentence)]
            if isinstance(turn.party.who, Body) and scene.repeats_head(turn.party.who, at.sentence):
                cues.append("earlier:head repeated")
            bounds = scene.bounds[turn.party.place.sentence]
            pl = turn.party.place
            led = scene.wording("earlier:led", pl.first - 6, pl.first, pl.sentence)
            told = scene.wording("earlier:told", pl.after, pl.after + 8, pl.sentence)
            options.append(Option(turn.party.who, cues, (led, told, *around.at("earlier")), side="earlier"))
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

    def _since(self, turn: _Turn, sentence: int) -> str:
        who = turn.party.who
        people = bodies = 0
        for one in range(turn.sentence + 1, sentence + 1):
            for party in self._parties[one]:
                if party.who is not who:
                    if isinstance(party.who, Person):
                        people += 1
                    else:
                        bodies += 1
        return f"{min(people, 2)} people, {'no' if not bodies else 'one' if bodies == 1 else 'some'} bodies since"

    def _beside(self, party: Party) -> list[str]:
        place, word = party.place, self._scene.word
        n = place.sentence
        l1, l2 = word(place.first - 1, n), word(place.first - 2, n) if word(place.first - 1, n) != "<" else "<"
        r1 = word(place.after, n)
        r2 = word(place.after + 1, n) if r1 != ">" else ">"
        return [f"left={l1}", f"left={l2} {l1}", f"right={r1}", f"right={r1} {r2}"]

    def _opens(self, sentence: int) -> list[str]:
        b = self._scene.bounds[sentence]; w = self._scene.lower[b.start : b.stop]
        return [" ".join(w[:1]), " ".join(w[:2]), " ".join(w[:3])]

    def _unit(self, index: int) -> str:
        return f"unit {self._scene.figures[index].unit_kind.value}"

    def _between(self, turn: int, sentence: int) -> list[str]:
        found = set()
        for one in range(turn + 1, sentence + 1):
            found |= self._scene.opening(one)
        return sorted(found)

    def _cohesion(self, turn: int, sentence: int) -> str:
        a, b = self._bag(turn), self._bag(sentence)
        share = len(a & b) / max(1, min(len(a), len(b)))
        return f"cohesion {min(int(share * 10), 6)}"

    def _bag(self, sentence: int) -> frozenset[str]:
        b = self._scene.bounds[sentence]
        w = self._scene.lower[b.start : b.stop]
        return frozenset(f"{x} {y}" for x, y in zip(w, w[1:]) if x.isalpha() and y.isalpha())

    def _led_by(self, sentence: int, who: Speaker) -> str:
        bounds = self._scene.bounds[sentence]
        first = next((p for p in self._parties[sentence] if p.place.first - bounds.start <= 3), None)
        if first is not None:
            return "led by itself" if first.who is who else "led by a person" if isinstance(first.who, Person) else "led by a body"
        day = any(0 <= p.first - bounds.start <= 2 for p in self._scene.date_places if p.sentence == sentence)
        return "led by a date" if day else "led by words"

    def _times(self, who: Speaker) -> str:
        return f"speaks {min(sum(turn.party.who is who for turns in self._turns for turn in turns), 3)} times"

    def _later(self, who: Speaker, sentence: int) -> str:
        for one in range(sentence + 1, len(self._turns)):
            for turn in self._turns[one]:
                return "next speech its own" if turn.party.who is who else "next speech another's"
        return "no speech follows"

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
            cues += [f"{side} {says}:{x}" for x in self._beside(party)]
            cues += [f"{side} {kind}:{x}" for x in self._beside(party)]
            first, after = (party.place.after, at.first) if side == "before" else (at.after, party.place.first)
            wording = scene.wording(f"{side} {says}:between", first, min(after, first + 20), at.sentence)
            if scene.figures_between(scene.bounds[at.sentence].start, party.place.first):
                cues.append(f"{side}:{says} after another figure")
            between = scene.classes(party.place.after, at.first) if side == "before" else set[str]()
            cues += [
                f"{side} {says}:between {name}"
                for name in ("that", "semicolon", "report", "contrast")
                if name in between
            ]
            cues.append(f"{side}:{says}, {len(speaking)} speak")
            yield Option(party.who, cues, (wording,), side=side)

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
