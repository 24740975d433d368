"""Whose figure it is: which of the bodies around it, or none."""

from vnextract.links.scene import Party, Place, Scene, bucket
from vnextract.links.scorer import Option
from vnextract.organisations.models import Body

_BEFORE, _AFTER = 5, 2
_EARLIER, _SENTENCES = 5, 6
_OPENING = 6


class Owners:
    """Options for the owner of each figure of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._bodies = [[party for party in here if isinstance(party.who, Body)] for here in scene.parties_of]
        self._own: dict[int, list[str]] = {}

    def options(self, index: int) -> list[Option[Body]]:
        """The bodies that may own a figure and None."""
        scene, at = self._scene, self._scene.figure_places[index]
        here = self._bodies[at.sentence]
        before = [party for party in here if party.place.first < at.first][: -_BEFORE - 1 : -1]
        after = [party for party in here if party.place.first >= at.first][:_AFTER]
        earlier: list[Party] = []
        for sentence in range(at.sentence - 1, max(-1, at.sentence - _SENTENCES), -1):
            earlier += self._bodies[sentence][: _EARLIER - len(earlier)]
        shared = self._shared(index)
        last = scene.figure_places[index - 1].first if index else -1
        none = ["none", *(f"none&{cue}" for cue in shared)]
        none.append(f"none:{min(len(before), 3)} before")
        none.append("none:bodies after" if after else "none:no body after")
        none.append("none:bodies earlier" if earlier else "none:no body earlier")
        options: list[Option[Body]] = [Option(None, none)]
        for side, parties in (("before", before), ("after", after), ("earlier", earlier)):
            for rank, party in enumerate(parties):
                assert isinstance(party.who, Body)
                cues = [side, f"{side} rank {rank}", *(f"{side}:{cue}" for cue in self._of(party))]
                cues += [f"{side}&{cue}" for cue in shared[:4]]
                if side == "earlier":
                    head = scene.repeats_head(party.who, at.sentence)
                    cues.append("earlier:head repeated" if head else "earlier:head not repeated")
                    self._add_earlier(cues, party.place, at, bool(before))
                else:
                    self._add_same(cues, side, party.place, at, rank)
                if last < party.place.first < at.first:
                    cues.append(f"{side}:new since the figure before")
                options.append(Option(party.who, cues, side=side))
        return options

    def _shared(self, index: int) -> list[str]:
        scene, figure, at = self._scene, self._scene.figures[index], self._scene.figure_places[index]
        block = scene.text.blocks[at.block].kind.value if scene.text.blocks else "body"
        cues = [f"unit={figure.unit_kind.value}", f"block={block}"]
        left = scene.classes(max(scene.bounds[at.sentence].start, at.first - 4), at.first)
        cues += [
            f"figure after {name}"
            for name in ("having", "doing", "change", "reach", "copula", "passive")
            if name in left
        ]
        classes = scene.classes(scene.bounds[at.sentence].start, at.first)
        cues.append(scene.density)
        cues += [f"sentence has {name}" for name in ("total", "report", "according", "document") if name in classes]
        cues += [f"sentence opens with {name}" for name in sorted(scene.opening(at.sentence))]
        if "that_one" in classes:
            cues.append("sentence has that one")
        cues.append(f"noun={(figure.unit or '-').split(' ')[0]}")
        cues.append(f"figure behind {scene.word(at.first - 1, at.sentence)}")
        return cues

    def _of(self, party: Party) -> list[str]:
        """Cues of a mention wherever the figure stands."""
        place = party.place
        known = self._own.get(place.first)
        if known is not None:
            return known
        scene, body = self._scene, party.who
        assert isinstance(body, Body)
        bounds = scene.bounds[place.sentence]
        left, right = scene.word(place.first - 1, place.sentence), scene.word(place.after, place.sentence)
        cues = [f"kind={body.kind.value}", f"left={left}", f"right={right}"]
        cues += [f"after cue {name}" for name in scene.nearest_cue(place.first, 3)]
        following = next(
            (scene.cues[i] for i in range(place.after, min(bounds.stop, place.after + 4)) if scene.cues[i]), ()
        )
        cues += [f"then {name}" for name in following]
        if place.first - bounds.start <= _OPENING and not any(
            other.place.first < place.first for other in scene.parties_of[place.sentence]
        ):
            cues.append("first of sentence")
        if place.first == bounds.start:
            cues.append("begins sentence")
        post = any(
            not isinstance(other.who, Body) and 0 <= other.place.first - place.after <= 2
            for other in scene.parties_of[place.sentence]
        )
        if post:
            cues.append("post of a person")
        mentions = len(body.mentions)
        cues.append("named once" if mentions == 1 else "named often" if mentions > 3 else "named again")
        self._own[place.first] = cues
        return cues

    def _add_earlier(self, cues: list[str], place: Place, at: Place, others: bool) -> None:
        back = at.sentence - place.sentence
        near = "1" if back == 1 else "2" if back == 2 else "far"
        same = "same" if place.block == at.block else "other"
        cues.append(f"earlier:{near} sentences, {same} paragraph")
        cues.append(f"earlier:{near} sentences, own sentence has {'others' if others else 'none'}")
        bounds = self._scene.bounds[at.sentence]
        opening = self._scene.classes(bounds.start, min(bounds.stop, bounds.start + 3))
        cues += [f"earlier:sentence opens with {name}" for name in sorted(opening)]

    def _add_same(self, cues: list[str], side: str, place: Place, at: Place, rank: int) -> None:
        scene = self._scene
        first, after = (place.after, at.first) if side == "before" else (at.after, place.first)
        between = scene.classes(first, after)
        cues.append(f"{side}:distance {bucket(after - first + 1)}")
        cues += [f"{side}:between {name}" for name in sorted(between)]
        clause = "same clause" if not between & {"comma", "semicolon", "colon", "opens"} else "other clause"
        cues.append(f"{side}:{clause}")
        if between & {"having", "doing"} and not between & {"report", "according"}:
            cues.append(f"{side}:deed, nothing said, {clause}")
        cues.append(f"{side}:{min(scene.figures_between(first, after), 2)} figures between")
        if rank == 0 and after - first <= 3:
            cues.append(f"{side}:joined by {' '.join(scene.lower[first:after])}")
