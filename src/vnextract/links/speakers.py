"""Who said a figure: which of the persons and bodies around it, or nobody but the narrator."""

from vnextract.links.scene import Party, Place, Scene, bucket
from vnextract.links.scorer import Option
from vnextract.officials.models import Person
from vnextract.organisations.models import Body

Speaker = Person | Body
_BEFORE, _AFTER = 5, 2
_EARLIER, _NEXT, _SENTENCES = 6, 2, 12
_VERB_REACH, _SOURCE_REACH = 8, 10


class Speakers:
    """Options for the speaker of each figure of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._own: dict[tuple[int, int], list[str]] = {}
        self._said = [[party for party in here if self._is_source(party)] for here in scene.parties_of]
        self._quoted = self._quotes()

    def _quotes(self) -> list[bool]:
        """Whether a quotation is open where each word stands; a paragraph closes it."""
        scene, found, is_open, block = self._scene, [], False, -1
        for number, bounds in enumerate(scene.bounds):
            if scene.blocks[min(number, len(scene.blocks) - 1)] != block:
                is_open, block = False, scene.blocks[min(number, len(scene.blocks) - 1)]
            for at in bounds:
                word = scene.lower[at]
                is_open = True if word == "“" else False if word == "”" else not is_open if word == '"' else is_open
                found.append(is_open)
        return found

    def _is_source(self, party: Party) -> bool:
        return any(cue.startswith(("verb", "source")) for cue in self._of(party))

    def options(self, index: int) -> list[Option[Speaker]]:
        """Who may have said a figure, and None."""
        scene, at = self._scene, self._scene.figure_places[index]
        here = scene.parties_of[at.sentence]
        before = [party for party in here if party.place.first < at.first][: -_BEFORE - 1 : -1]
        after = [party for party in here if party.place.first >= at.first][:_AFTER]
        earlier: list[Party] = []
        for sentence in range(at.sentence - 1, max(-1, at.sentence - _SENTENCES), -1):
            parties = scene.parties_of[sentence] if sentence == at.sentence - 1 else self._said[sentence]
            earlier += parties[::-1][: _EARLIER - len(earlier)]
        following = at.sentence + 1
        later = self._said[following][:_NEXT] if following < len(scene.bounds) else []
        shared = self._shared(index)
        last = scene.figure_places[index - 1].first if index else -1
        said_here = any(self._is_source(party) for party in here)
        none = ["none", *(f"none&{cue}" for cue in shared)]
        none.append("none:said here" if said_here else "none:nobody speaks here")
        none.append(
            f"none:said {self._near(at.sentence - earlier[0].place.sentence)} back"
            if earlier
            else "none:nobody earlier"
        )
        options: list[Option[Speaker]] = [Option(None, none)]
        for side, parties in (("before", before), ("after", after), ("earlier", earlier), ("later", later)):
            for rank, party in enumerate(parties):
                own = self._of(party)
                cues = [side, f"{side} rank {rank}", *(f"{side}:{cue}" for cue in own)]
                source = "source" if self._is_source(party) else "bystander"
                cues += [f"{side} {source}&{cue}" for cue in shared if "block" not in cue and "money" not in cue]
                if side == "earlier" and isinstance(party.who, Body) and scene.repeats_head(party.who, at.sentence):
                    cues.append(f"earlier {source}:head repeated")
                if side in ("earlier", "later"):
                    self._add_other(cues, side, source, party.place, at, said_here)
                else:
                    self._add_same(cues, side, source, party.place, at)
                if last < party.place.first < at.first:
                    cues.append(f"{side} {source}:new since the figure before")
                options.append(Option(party.who, cues, side=side))
        return options

    @staticmethod
    def _near(back: int) -> str:
        return str(back) if back <= 2 else "4" if back <= 4 else "far"

    def _shared(self, index: int) -> list[str]:
        scene, figure, at = self._scene, self._scene.figures[index], self._scene.figure_places[index]
        block = scene.text.blocks[at.block].kind.value if scene.text.blocks else "body"
        bounds = scene.bounds[at.sentence]
        cues = [f"block={block}", "quoted" if at.first < len(self._quoted) and self._quoted[at.first] else "unquoted"]
        cues.append("money" if figure.unit_kind.value == "money" else "no money")
        opening = scene.classes(bounds.start, min(bounds.stop, bounds.start + 4))
        cues += [f"sentence opens with {name}" for name in sorted(opening)]
        classes = scene.classes(bounds.start, bounds.stop)
        cues += scene.density(at)
        cues += [f"sentence has {name}" for name in ("report", "according", "that", "now", "plan") if name in classes]
        if scene.leans[at.sentence]:
            cues.append("somebody named before speaks")
        elif at.sentence + 1 < len(scene.leans) and scene.leans[at.sentence + 1]:
            cues.append("somebody named before speaks next")
        return cues

    def _of(self, party: Party) -> list[str]:
        """Cues of a mention wherever the figure stands."""
        place = party.place
        key = place.first, place.after
        known = self._own.get(key)
        if known is not None:
            return known
        scene = self._scene
        bounds = scene.bounds[place.sentence]
        person = isinstance(party.who, Person)
        cues = ["person" if person else f"body {party.who.kind.value}" if isinstance(party.who, Body) else ""]
        others = [other.place for other in scene.parties_of[place.sentence] if other.place.first >= place.after]
        limit = min([bounds.stop, place.after + _VERB_REACH, *(other.first for other in others[:1] if person)])
        verb = next((i for i in range(place.after, limit) if "report" in scene.cues[i]), None)
        if verb is not None:
            stopped = scene.classes(place.after, verb) & {"comma", "semicolon", "colon", "opens"}
            name = "verb after mark" if stopped else "verb"
            cues += [name, f"{name} {bucket(verb - place.after + 1)}", f"verb={scene.lower[verb]} {self._next(verb)}"]
        floor = max(bounds.start, place.first - _SOURCE_REACH)
        source = next((i for i in range(place.first - 1, floor - 1, -1) if "according" in scene.cues[i]), None)
        if source is not None:
            stopped = scene.classes(source, place.first) & {"comma", "semicolon", "colon", "closes"}
            name = "source over mark" if stopped else "source"
            cues += [name, f"{name} {bucket(place.first - source)}"]
        before = next(
            (
                i
                for i in range(place.first - 1, max(bounds.start, place.first - 4) - 1, -1)
                if "report" in scene.cues[i]
            ),
            None,
        )
        if before is not None:
            cues.append("behind report")
        if place.first - bounds.start <= 8:
            cues.append("opens sentence")
        cues.append(f"left={scene.word(place.first - 1, place.sentence)}")
        cues.append(f"right={scene.word(place.after, place.sentence)}")
        if any(
            not isinstance(other.who, Body) and 0 <= other.place.first - place.after <= 2
            for other in scene.parties_of[place.sentence]
        ):
            cues.append("post of a person")
        if bounds.stop > bounds.start and scene.lower[bounds.stop - 1] == ":":
            cues.append("sentence ends in colon")
        self._own[key] = cues
        return cues

    def _next(self, at: int) -> str:
        return self._scene.word(at + 1, self._scene.words.sentence[at])

    def _add_other(self, cues: list[str], side: str, source: str, place: Place, at: Place, said_here: bool) -> None:
        back = abs(at.sentence - place.sentence)
        near = self._near(back)
        same = "same" if place.block == at.block else "next" if abs(place.block - at.block) == 1 else "other"
        cues.append(f"{side} {source}:{near} sentences")
        cues.append(f"{side} {source}:{near} sentences, {same} paragraph")
        cues.append(f"{side} {source}:own sentence {'speaks' if said_here else 'is silent'}, {near}")
        if side == "earlier":
            between = {
                id(party.who) for number in range(place.sentence + 1, at.sentence) for party in self._said[number]
            }
            cues.append(f"{side} {source}:{min(len(between - {id(self._who(place))}), 2)} others spoke since")

    def _who(self, place: Place) -> Speaker | None:
        return next((party.who for party in self._scene.parties_of[place.sentence] if party.place is place), None)

    def _add_same(self, cues: list[str], side: str, source: str, place: Place, at: Place) -> None:
        scene = self._scene
        first, after = (place.after, at.first) if side == "before" else (at.after, place.first)
        between = scene.classes(first, after)
        cues.append(f"{side} {source}:distance {bucket(after - first + 1)}")
        cues += [f"{side} {source}:between {name}" for name in sorted(between)]
