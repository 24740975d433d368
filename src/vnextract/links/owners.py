"""Whose figure it is: which of the bodies around it, or none."""

from collections.abc import Sequence
from typing import NamedTuple

from vnextract.links.anaphora import Anaphora
from vnextract.links.scene import Party, Place, Scene
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.records import OrganisationKind
from vnextract.scorer import Option, Shared, Wording

_BEFORE, _AFTER = 4, 2
_EARLIER, _SENTENCES = 3, 5
_SUBJECT, _TITLED = 6, 2
_JOINED = 2
_NEAR, _MIDDLE = 4, 14
_BETWEEN_WORDS, _LEFT_WORDS, _RIGHT_WORDS = 20, 3, 8
_CLAUSE = frozenset({"comma", "semicolon", "colon", "opens"})
_DEED = frozenset({"having", "doing"})
_SAID = frozenset({"report", "according"})
_BETWEEN = ("report", "passive", "change", "copula", "reach", "of", "for", "with", "place", "agent", "that", "contrast")
_BEHIND = ("having", "doing", "change", "reach", "copula", "passive", "with", "of")
_TOPICS = frozenset({"asset", "toll", "world"})
_TOPIC, _BESIDE = 10, 4
_LEADS = ("total", "report", "according", "document", "that_one")


class _Around(NamedTuple):
    """What the options of one figure share."""

    at: Place
    before: Sequence[Party]
    """The bodies of its sentence that stand before it, the nearest first."""
    after: Sequence[Party]
    earlier: Sequence[Party]
    shared: Shared
    last: int
    """The first word of the figure before it, -1 for none."""
    doer: Party | None
    """The body before it that does what its sentence says of the figure."""
    deed: str
    """How near the verb of that stands, and of which class it is."""


class Owners:
    """Options for the owner of each figure of a scene."""

    def __init__(self, scene: Scene, anaphora: Anaphora) -> None:
        self._scene = scene
        every = map(anaphora.with_names, range(len(scene.bounds)))
        self._bodies = [[party for party in here if isinstance(party.who, Body)] for here in every]
        self._own: dict[tuple[int, int], list[str]] = {}
        companies = {
            id(party.who)
            for party in scene.parties
            if isinstance(party.who, Body) and party.who.kind is OrganisationKind.COMPANY
        }
        self._companies = "one company" if len(companies) == 1 else "companies" if companies else "no company"

    def options(self, index: int) -> list[Option[Body]]:
        """The bodies that may own a figure and None."""
        around = self._around(index)
        options: list[Option[Body]] = [Option(None, self._none(around), around.shared.at("none"))]
        for side, parties in (("before", around.before), ("after", around.after)):
            options += [self._same(side, rank, party, around) for rank, party in enumerate(parties)]
        options += [self._carried(rank, party, around) for rank, party in enumerate(around.earlier)]
        return options

    def _around(self, index: int) -> _Around:
        scene, at = self._scene, self._scene.figure_places[index]
        here = self._bodies[at.sentence]
        before = [party for party in here if party.place.first < at.first][: -_BEFORE - 1 : -1]
        after = [party for party in here if party.place.first >= at.first][:_AFTER]
        earlier: list[Party] = []
        for sentence in range(at.sentence - 1, max(-1, at.sentence - _SENTENCES), -1):
            seen = {id(party.who) for party in earlier}
            earlier += [party for party in self._bodies[sentence] if id(party.who) not in seen]
        last = scene.figure_places[index - 1].first if index else -1
        doer, deed = self._doer(at, before)
        return _Around(
            at, before, after, earlier[:_EARLIER], Shared(self._shared(index, at), scene.around(at)), last, doer, deed
        )

    def _doer(self, at: Place, before: Sequence[Party]) -> tuple[Party | None, str]:
        """The subject of the last verb of having or doing before a figure, the first of several joined ones."""
        scene = self._scene
        start = scene.bounds[at.sentence].start
        verb = scene.last_cue(_DEED, start, at.first)
        if verb is None:
            return None, "no deed"
        name = "having" if "having" in scene.cues[verb] else "doing"
        distance = at.first - verb
        broken = " over a mark" if scene.classes(verb, at.first) & _CLAUSE else ""
        deed = f"{name} {'next' if distance <= 3 else 'near' if distance <= 8 else 'far'}{broken}"
        passive = "passive" in scene.nearest_cue(verb, 2)
        found: Party | None = None
        for party in before:
            if party.place.after > verb:
                continue
            if found is None or found.place.first - party.place.after <= _JOINED:
                found = party
            else:
                break
        return (None, f"{name}, passive") if passive else (found, deed)

    def _shared(self, index: int, at: Place) -> list[str]:
        """Cues of a figure and its sentence."""
        scene, figure = self._scene, self._scene.figures[index]
        bounds = scene.bounds[at.sentence]
        near = scene.classes(max(bounds.start, at.first - _NEAR), at.first)
        cues = [f"unit={figure.unit_kind.value}", scene.density]
        cues.append(f"noun={scene.unit_word(index)}")
        cues += [f"figure behind {name}" for name in _BEHIND if name in near]
        before = scene.classes(bounds.start, at.first)
        cues += [f"sentence has {name}" for name in _LEADS if name in before]
        cues += [f"sentence opens with {name}" for name in sorted(scene.opening[at.sentence])]
        cues += [*scene.opens[at.sentence], *(f"figure {cue}" for cue in scene.beside(at)[:2])]
        topic = _TOPICS & scene.classes(max(bounds.start, at.first - _TOPIC), min(bounds.stop, at.after + _BESIDE))
        cues += [f"about {name}" for name in sorted(topic)] or ["about nothing known"]
        cues.append("deed" if before & _DEED else "no deed")
        return cues

    def _of(self, party: Party) -> list[str]:
        """Cues of a mention wherever the figure stands: its part in its sentence, its kind."""
        place = party.place
        key = place.first, id(party.who)
        known = self._own.get(key)
        if known is not None:
            return known
        scene, body = self._scene, party.who
        assert isinstance(body, Body)
        bounds = scene.bounds[place.sentence]
        others = scene.parties_of[place.sentence]
        then = scene.classes(place.after, min(bounds.stop, place.after + _SUBJECT))
        left = scene.nearest_cue(place.first, 2)
        part = "plain"
        if any(isinstance(one.who, Person) and 0 <= one.place.first - place.after <= _TITLED for one in others):
            part = "post of a person"
        elif _SAID & set(scene.nearest_cue(place.first, 3)) or ("report" in then and not then & _DEED):
            part = "speaker"
        elif "of" in left:
            part = "possessor"
        elif "agent" in left:
            part = "agent"
        elif set(left) & {"place", "with"}:
            part = "circumstance"
        elif then & _DEED:
            part = "subject"
        first = not any(one.place.first < place.first for one in others) and place.first - bounds.start <= _SUBJECT
        kind = body.kind.value
        cues = [part, f"kind={kind}", f"{part}, {'first' if first else 'not first'}", f"{kind} {part}"]
        mentions = len(body.mentions)
        cues += [party.form, f"{part}, {party.form}"]
        cues += [f"after {name}" for name in scene.nearest_cue(place.first, 3)]
        cues += [f"then {name}" for name in sorted(then)]
        cues += scene.beside(place)
        head, *second = body.name.lower().split(" ")[:2]
        cues += [f"head={head}", *(f"head={head} {word}" for word in second)]
        if place.first == bounds.start:
            cues.append("begins sentence")
        cues.append("named once" if mentions == 1 else "named often" if mentions > 3 else "named again")
        if kind == "company":
            cues.append(self._companies)
        self._own[key] = cues
        return cues

    def _same(self, side: str, rank: int, party: Party, around: _Around) -> Option[Body]:
        """A body of the figure's own sentence."""
        scene, place, at = self._scene, party.place, around.at
        first, after = (place.after, at.first) if side == "before" else (at.after, place.first)
        between = scene.classes(first, after)
        clause = "other clause" if between & _CLAUSE else "same clause"
        distance = "near" if after - first <= _NEAR else "middle" if after - first <= _MIDDLE else "far"
        own = self._of(party)
        part = own[0]
        deed = "deed" if between & _DEED else "no deed"
        said = "said" if between & _SAID else "nothing said"
        cues = [f"{side} rank {rank}", f"{side}:{clause}", f"{side}:{distance}", f"{side}:{part}, {clause}"]
        cues += [f"{side}:{cue}" for cue in own]
        if party is around.doer:
            cues += ["rule: doer", f"rule: doer, {part}", f"rule: doer, {around.deed}", f"rule: doer, {distance}"]
            cues += [f"rule: doer, {around.deed}, {part}"]
        else:
            cues.append(f"{side}:{'another does' if around.doer else 'nobody does'}")
        cues += [f"{side}:{deed}, {said}, {clause}", f"{side}:{part}, {deed}, {said}", f"{side}:{part}, {distance}"]
        cues += [f"{side}:between {name}" for name in _BETWEEN if name in between]
        cues += [f"{side}:{min(scene.figures_between(first, after), 2)} figures between"]
        if around.last < place.first < at.first:
            cues.append(f"{side}:new since the figure before")
        told = scene.wording(f"{side}:between", first, min(after, first + _BETWEEN_WORDS), at.sentence)
        parts = (*around.shared.at(side), told, self._led(side, place))
        return Option(party.who, cues, parts, side)  # type: ignore[arg-type]

    def _carried(self, rank: int, party: Party, around: _Around) -> Option[Body]:
        """A body of an earlier sentence that the passage may be about."""
        scene, place, at = self._scene, party.place, around.at
        back = at.sentence - place.sentence
        near = "1" if back == 1 else "2" if back == 2 else "far"
        same = "same" if place.block == at.block else "other"
        others = "others here" if around.before else "no others here"
        own = self._of(party)
        assert isinstance(party.who, Body)
        head = "head repeated" if scene.repeats_head(party.who, at.sentence) else "head not repeated"
        cues = [f"earlier rank {rank}", f"earlier:{near} back, {same} paragraph", f"earlier:{near} back, {others}"]
        cues += [f"earlier:{head}", f"earlier:{head}, {others}", f"earlier:{own[0]}, {near} back"]
        cues += [f"earlier:{cue}" for cue in own]
        cues.append(f"earlier:{around.deed}, {'somebody' if around.doer else 'nobody'}")
        told = scene.wording("earlier:right", place.after, place.after + _RIGHT_WORDS, place.sentence)
        return Option(party.who, cues, (*around.shared.at("earlier"), told, self._led("earlier", place)), "earlier")

    def _led(self, side: str, place: Place) -> Wording:
        """The words right before a body."""
        return self._scene.wording(f"{side}:left", place.first - _LEFT_WORDS, place.first, place.sentence)

    def _none(self, around: _Around) -> list[str]:
        cues = ["none", f"none:{self._companies}"]
        cues.append(f"none:{min(len(around.before), 2)} before")
        cues.append("none:bodies after" if around.after else "none:no body after")
        cues.append("none:bodies earlier" if around.earlier else "none:no body earlier")
        cues.append(f"none:{around.deed}, {'somebody' if around.doer else 'nobody'}")
        parts = {self._of(party)[0] for party in around.before}
        cues += [f"none:{part} before" for part in sorted(parts)]
        return cues
