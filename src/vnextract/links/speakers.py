"""Who said a figure: which of the persons and bodies around it, or nobody but the narrator."""

from collections.abc import Iterator, Sequence
from functools import partial

from vnextract.links.anaphora import Anaphora
from vnextract.links.scene import Party, Scene
from vnextract.links.turns import Speaker, Turn, Turns
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.scorer import Option, Shared

_HERE, _SPEAKING = 4, 3
_OPENING = 4
_AHEAD = 2
_LEAD = 2
"""Sentences at the head of an article: who speaks there is often whom all of it quotes."""
_LED, _TOLD, _BETWEEN_WORDS = 6, 8, 20
_BETWEEN = ("that", "semicolon", "report", "contrast")
_LEADS = ("according", "now", "part", "contrast", "plan", "time", "occasion", "pronoun", "that_one")

_Parts = tuple[Sequence[str], ...]


class Speakers:
    """Options for the speaker of each figure of a scene."""

    def __init__(self, scene: Scene, anaphora: Anaphora) -> None:
        self._scene, self._turns = scene, Turns(scene, anaphora)
        self._speakers = f"{min(self._turns.speakers, 3)} speakers"
        paragraphs = scene.blocks[-1] + 1
        self._paragraphs = f"{'one' if paragraphs <= 2 else 'few' if paragraphs <= 4 else 'many'} paragraphs"
        self._known: dict[int, list[tuple[Turn, _Parts]]] = {}

    def options(self, index: int) -> list[Option[Speaker]]:
        """Who may have said a figure, and None."""
        scene, at = self._scene, self._scene.figure_places[index]
        shared, around = self._shared(index), Shared((), scene.around(at))
        unit = f"unit {scene.figures[index].unit_kind.value}"
        here = self._turns.of[at.sentence]
        earlier, following = self._earlier(at.sentence), self._turns.following[at.sentence]
        none = ["none", *(f"none&{cue}" for cue in shared), f"none:{unit}"]
        none.append(f"none:{here[0].how} here" if here else "none:nobody speaks here")
        none.append(f"none:{self._far(earlier[0][0], at.sentence)}" if earlier else "none:nobody spoke")
        none += [f"none:{cue}" for cue in scene.opens[at.sentence]]
        options: list[Option[Speaker]] = [Option(None, none, around.at("none")), *self._here(index, shared)]
        for rank, (turn, parts) in enumerate(earlier):
            kind = _kind(turn.party)
            cues = [f"earlier rank {min(rank, 1)}&{cue}" for cue in shared]
            cues += [f"earlier {kind}&{cue}" for cue in shared[:2]]
            cues += [f"earlier:{unit}", f"earlier:{unit}, {kind}"]
            options.append(Option(turn.party.who, cues, (*parts, *around.at("earlier")), "earlier"))
        if following is not None and following.sentence == at.sentence + 1:
            cues = ["later", f"later:{following.how}", *(f"later&{cue}" for cue in shared)]
            options.append(Option(following.party.who, cues, side="later"))
        return options

    def _earlier(self, sentence: int) -> list[tuple[Turn, _Parts]]:
        """Who spoke before a sentence, with the cues that all its figures share."""
        known = self._known.get(sentence)
        if known is None:
            turns = enumerate(self._turns.before(sentence))
            known = [(turn, (self._of_turn(rank, turn, sentence), *self._told(turn))) for rank, turn in turns]
            self._known[sentence] = known
        return known

    def _of_turn(self, rank: int, turn: Turn, sentence: int) -> list[str]:
        """Cues of an earlier turn for all figures of a sentence."""
        scene, turns, who = self._scene, self._turns, turn.party.who
        silent = "own sentence speaks" if turns.of[sentence] else "own sentence is silent"
        far, kind = self._far(turn, sentence), _kind(turn.party)
        following = turns.following[sentence]
        own = following is not None and following.party.who is who
        near = following is not None and following.sentence - sentence <= _AHEAD
        again = "speaks on" if own and near else "speaks no more"
        then = "no speech follows" if following is None else f"next speech {'its own' if own else 'of another'}"
        people, bodies = turns.others_since(turn, sentence)
        since = f"{min(people, 2)} people, {min(bodies, 2)} bodies since"
        led, lead = self._led_by(sentence, who), "in the lead" if turn.sentence < _LEAD else "later on"
        cues = [f"rank {rank}", far, kind, turn.how, turn.party.form, again, since, led, lead]
        cues += [f"rank {rank}, {silent}", f"{far}, {silent}", f"{far}, {kind}", f"{far}, {again}", f"{far}, {since}"]
        cues += [f"{self._paragraphs}, {far}", f"{led}, {again}", f"{lead}, {since}"]
        cues += [f"{self._speakers}, {cue}" for cue in (silent, lead, then, f"speaks {min(turns.times(who), 3)} times")]
        cues += [*scene.opens[sentence], *scene.beside(turn.party.place)]
        since_then = scene.opening[turn.sentence + 1 : sentence + 1]
        cues += [f"since {name}" for name in sorted(frozenset[str]().union(*since_then))]
        if isinstance(who, Body) and scene.repeats_head(who, sentence):
            cues.append("head repeated")
        return [f"earlier:{cue}" for cue in cues]

    def _led_by(self, sentence: int, who: Speaker) -> str:
        """With whom or what a sentence begins."""
        first = self._turns.leader(sentence)
        if first is not None:
            return f"led by {'itself' if first.who is who else f'a {_kind(first)}'}"
        return "led by a date" if self._scene.opens_dated(sentence) else "led by words"

    def _told(self, turn: Turn) -> _Parts:
        """The words that lead to a turn, and what it begins to tell."""
        place, wording = turn.party.place, partial(self._scene.wording, sentence=turn.party.place.sentence)
        led = wording("earlier:led", place.first - _LED, place.first)
        return led, wording("earlier:told", place.after, place.after + _TOLD)

    def _here(self, index: int, shared: Sequence[str]) -> Iterator[Option[Speaker]]:
        """The parties of the figure's own sentence."""
        scene, at = self._scene, self._scene.figure_places[index]
        how = {id(turn.party): turn.how for turn in self._turns.of[at.sentence]}
        parties = self._turns.parties[at.sentence]
        before = [party for party in parties if party.place.first < at.first][::-1]
        after = [party for party in parties if party.place.first >= at.first]
        speaking = [party for party in before if id(party) in how]
        silent = [party for party in before if id(party) not in how][: _HERE - min(len(speaking), _SPEAKING)]
        every = [*speaking[:_SPEAKING], *silent, *(party for party in after if id(party) in how)]
        for rank, party in enumerate(every):
            side = "before" if party.place.first < at.first else "after"
            says, kind, beside = how.get(id(party), "silent"), _kind(party), scene.beside(party.place)
            cues = [f"{side}:{says}", f"{side}:{says} {party.form}", f"{side}:{says} {kind}"]
            cues += [f"{side}:{says}, {min(rank, 2)} nearer", f"{side}:{says}, {len(speaking)} speak"]
            cues += [f"{side} {says}&{cue}" for cue in shared]
            cues += [f"{side} {one}:{cue}" for one in (says, kind) for cue in beside]
            if scene.figures_between(scene.bounds[at.sentence].start, party.place.first):
                cues.append(f"{side}:{says} after another figure")
            between = scene.classes(party.place.after, at.first) if side == "before" else set[str]()
            cues += [f"{side} {says}:between {name}" for name in _BETWEEN if name in between]
            first, last = (party.place.after, at.first) if side == "before" else (at.after, party.place.first)
            told = scene.wording(f"{side} {says}:between", first, min(last, first + _BETWEEN_WORDS), at.sentence)
            yield Option(party.who, cues, (told,), side)

    def _far(self, turn: Turn, sentence: int) -> str:
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
        bounds, quoted = scene.bounds[at.sentence], self._turns.quoted
        cues = ["quoted" if at.first < len(quoted) and quoted[at.first] else "unquoted"]
        leans = scene.leans
        following = at.sentence + 1 < len(leans) and leans[at.sentence + 1]
        cues.append("leans" if leans[at.sentence] else "leans next" if following else "leans not")
        opening = scene.classes(bounds.start, min(bounds.stop, bounds.start + _OPENING))
        cues += [f"sentence opens with {name}" for name in _LEADS if name in opening]
        classes = scene.classes(bounds.start, bounds.stop)
        cues += [f"sentence has {name}" for name in ("report", "according") if name in classes]
        cues.append(scene.density)
        return cues


def _kind(party: Party) -> str:
    return "person" if isinstance(party.who, Person) else "body"
