"""The time that a figure holds for: which of the dates around it, or none."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from vnextract.dates.models import DateMention
from vnextract.links.scene import Place, Scene
from vnextract.records import DateKind, Grain
from vnextract.scorer import Option, Shared

_BEFORE, _AFTER = 4, 1
_EARLIER, _SENTENCES = 4, 12
_BETWEEN_WORDS, _LEFT_WORDS, _RIGHT_WORDS = 25, 5, 12
_LEFT, _LED, _OPENING = 4, 7, 3
_GRAINS = {
    Grain.MINUTE: "day",
    Grain.HOUR: "day",
    Grain.PART_OF_DAY: "day",
    Grain.WEEK: "month",
    Grain.HALF_YEAR: "quarter",
    Grain.DECADE: "long",
    Grain.CENTURY: "long",
}
_COMPARED = frozenset({"comparison", "birth", "document", "order"})
"""A date after one of these is a base, a bound, somebody's birth or an act's, never the time of a figure."""
_TOLD = frozenset({"report", "document"})
"""A day before one of these is the day on which the figure was told."""
_OTHER_MATTER = frozenset(
    {"comparison", "base", "order", "according", "cause", "plan", "comma", "semicolon", "colon", "report", "contrast"}
)
"""A date behind one of these belongs to another matter than the figure before it."""
_DATED = frozenset({"document", "occasion"})
_CLAUSE = frozenset({"comma", "semicolon", "colon", "opens"})
_THEN = ("report", "occasion", "document", "having", "doing", "change", "copula", "plan", "passive", "past")
_SENTENCE = ("now", "plan", "document", "limit", "birth")
_BETWEEN = ("comparison", "report", "order", "contrast", "now", "plan", "base", "reach", "part", "occasion")


class _Around(NamedTuple):
    """What the options of one figure share."""

    at: Place
    before: Sequence[int]
    """The dates of its sentence that stand before it, the nearest first."""
    after: Sequence[int]
    earlier: Sequence[int]
    """Dates of earlier sentences, the nearest first."""
    following: int | None
    """The date that stands right after it, as in `101 chiếc vào năm 2015`."""
    preceding: int | None
    """The nearest date before it that fits, where none follows."""
    shared: Shared
    """Cues of the figure and its sentence."""
    reached: str
    last: int
    """The first word of the figure before it, -1 for none."""


class Periods:
    """Options for the period of each figure of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._named = Counter(map(self._value, range(len(scene.dates))))
        self._main = max(self._named, key=lambda value: self._named[value], default=None)
        self._own: dict[int, list[str]] = {}

    def options(self, index: int) -> list[Option[DateMention]]:
        """The dates that a figure may hold for and None."""
        around = self._around(index)
        options: list[Option[DateMention]] = [Option(None, self._none(around), around.shared.at("none"))]
        options += [self._same("before", number, rank, around) for rank, number in enumerate(around.before)]
        options += [self._same("after", number, rank, around) for rank, number in enumerate(around.after)]
        options += [self._carried(index, number, rank, around) for rank, number in enumerate(around.earlier)]
        return options

    def _around(self, index: int) -> _Around:
        scene, at = self._scene, self._scene.figure_places[index]
        here = scene.dates_of[at.sentence]
        past = bisect_left(here, at.first, key=lambda number: scene.date_places[number].first)
        before, after = here[max(0, past - _BEFORE) : past][::-1], here[past : past + _AFTER]
        earlier: list[int] = []
        for sentence in range(at.sentence - 1, max(-1, at.sentence - _SENTENCES), -1):
            points = (number for number in scene.dates_of[sentence] if self._is_point(number))
            earlier += islice(points, _EARLIER - len(earlier))
        following = next((number for number in after if self._follows(number, at)), None)
        fitting = (number for number in before if self._is_point(number) and self._fits(number, at))
        preceding = next(fitting, None) if following is None else None
        left = scene.nearest_cue(at.first, 3)
        reached = next((name for name in ("reach", "base", "comparison") if name in left), "")
        last = scene.figure_places[index - 1].first if index else -1
        shared = self._shared(index, at)
        return _Around(
            at,
            before,
            after,
            earlier,
            following,
            preceding,
            Shared(shared, scene.around(at)),
            reached,
            last,
        )

    def _value(self, number: int) -> tuple[object, ...]:
        """What a date means: mentions of the same days are the same time."""
        date = self._scene.dates[number]
        return date.first_day, date.last_day, date.first_day is None and number

    def _is_point(self, number: int) -> bool:
        return self._scene.dates[number].kind in (DateKind.DATE, DateKind.RANGE)

    def _follows(self, number: int, at: Place) -> bool:
        """Whether a date stands so near after a figure, with nothing of another matter between, that it is its own."""
        scene, place = self._scene, self._scene.date_places[number]
        near = place.first - at.after <= _LED
        return self._is_point(number) and near and not scene.classes(at.after, place.first) & _OTHER_MATTER

    def _fits(self, number: int, at: Place) -> bool:
        """Whether a date before a figure is neither what something is compared with nor the day it is told."""
        scene, place = self._scene, self._scene.date_places[number]
        if _COMPARED & set(scene.nearest_cue(place.first, _LEFT)) or self._is_dated(place):
            return False
        return not (self._grain(number) == "day" and _TOLD & scene.classes(place.after, at.first))

    def _is_dated(self, place: Place) -> bool:
        """Whether a date is that of an act or an event right before it: `ban hành hồi tháng 3`, `họp báo tháng 10`."""
        first = self._scene.bounds[place.sentence].start
        return bool(_DATED & self._scene.classes(max(first, place.first - _LEFT), place.first))

    def _grain(self, number: int) -> str:
        grain = self._scene.dates[number].grain
        return _GRAINS.get(grain, grain.value)

    def _shared(self, index: int, at: Place) -> list[str]:
        """Cues of a figure and its sentence that speak for or against any time at all."""
        scene, figure = self._scene, self._scene.figures[index]
        bounds = scene.bounds[at.sentence]
        before = scene.classes(bounds.start, at.first)
        shared = [f"unit={figure.unit_kind.value}", "change" if figure.direction else "level"]
        shared += [f"sentence has {name}" for name in _SENTENCE if name in before]
        if "comparison" in scene.classes(at.after, min(bounds.stop, at.after + _LED)):
            shared.append("compared")
        if figure.unit and "/" in figure.unit:
            shared.append("rate")
        shared.append(scene.density)
        shared += [f"figure behind {name}" for name in scene.nearest_cue(at.first, 4)]
        shared.append(f"noun={scene.unit_word(index)}")
        shared += [f"figure {cue}" for cue in scene.beside(at)]
        shared += [f"sentence opens with {name}" for name in sorted(scene.opening[at.sentence])]
        shared += scene.opens[at.sentence]
        return shared

    def _of(self, number: int) -> list[str]:
        """Cues of a date wherever the figure stands, read where a figure first may hold for it."""
        known = self._own.get(number)
        if known is None:
            known = self._own[number] = self._own_cues(number)
        return known

    def _own_cues(self, number: int) -> list[str]:
        scene, date, place = self._scene, self._scene.dates[number], self._scene.date_places[number]
        bounds = scene.bounds[place.sentence]
        cues = [f"date={date.kind.value} {self._grain(number)}"]
        if self._is_dated(place):
            cues.append("dates an act")
        cues += [f"after {name}" for name in scene.nearest_cue(place.first, _LEFT)]
        cues += scene.beside(place)
        cues.append(f"named {min(self._named[self._value(number)], 3)} times")
        if place.first - bounds.start <= _OPENING:
            cues.append("opens sentence")
            if place.sentence == 0 or scene.blocks[place.sentence - 1] != place.block:
                cues.append("opens paragraph")
        blocks = scene.text.blocks
        if place.sentence == 0 or (blocks and blocks[place.block].kind.value != "body"):
            cues.append("in headline")
        following = scene.classes(place.after, min(bounds.stop, place.after + 12))
        cues += [f"then {name}" for name in _THEN if name in following]
        return cues

    def _same(self, side: str, number: int, rank: int, around: _Around) -> Option[DateMention]:
        """A date of the figure's own sentence."""
        scene, place, at = self._scene, self._scene.date_places[number], around.at
        first, after = (place.after, at.first) if side == "before" else (at.after, place.first)
        between = scene.classes(first, after)
        fits = "following" if number == around.following else "preceding" if number == around.preceding else "other"
        clause = "other clause" if between & _CLAUSE else "same clause"
        cues = [side, f"rule: {fits}", f"{side} rank {rank}", f"rule: {fits}, {clause}"]
        cues += [f"{side}:{cue}" for cue in self._of(number)]
        cues += [f"{side}:between {name}" for name in _BETWEEN if name in between]
        cues.append(f"{side}:{min(scene.figures_between(first, after), 2)} figures between")
        alone = len(around.before) + len(around.after) == 1
        cues.append(f"rule: {fits}, {'only date' if alone else 'one of several'}")
        distance = after - first
        cues.append(f"{side}:{'near' if distance <= 4 else 'middle' if distance <= 15 else 'far'}")
        if around.reached:
            cues.append(f"{side}:figure after {around.reached}, {clause}")
        if around.last < place.first < at.first:
            cues.append("before:new since the figure before")
        if side == "before" and scene.ends_figure(place.first):
            cues.append("before:right after another figure")
        told = scene.wording(f"{side}:between", first, min(after, first + _BETWEEN_WORDS), at.sentence)
        return Option(scene.dates[number], cues, (*around.shared.at(f"rule: {fits}"), told), fits)

    def _carried(self, index: int, number: int, rank: int, around: _Around) -> Option[DateMention]:
        """A date of an earlier sentence that may govern the passage."""
        scene, place, at = self._scene, self._scene.date_places[number], around.at
        back = at.sentence - place.sentence
        near = "1" if back == 1 else "2" if back == 2 else "4" if back <= 4 else "far"
        same = "same" if place.block == at.block else "next" if place.block == at.block - 1 else "other"
        opens = "opens" if "opens sentence" in self._of(number) else "inside"
        fits = "told" if _TOLD & scene.classes(place.after, scene.bounds[place.sentence].stop) else "fits"
        if _COMPARED & set(scene.nearest_cue(place.first, _LEFT)):
            fits = "compared"
        own = "own date" if around.preceding is not None or around.following is not None else "no own date"
        cues = [
            "earlier",
            f"earlier rank {rank}",
            f"earlier:{near} back",
            f"earlier:{same} paragraph",
            f"earlier:{own}",
        ]
        cues += [f"earlier:{cue}" for cue in self._of(number)]
        cues += [f"earlier:{same} paragraph, {opens}", f"earlier:{fits}", f"earlier:{fits}, {self._grain(number)}"]
        its = scene.bounds[place.sentence]
        figures = scene.figures_between(its.start, its.stop)
        cues.append("earlier:its sentence has figures" if figures else "earlier:its sentence has none")
        grain, unit = self._grain(number), scene.figures[index].unit_kind.value
        value = self._value(number)
        nearer = [*around.before, *around.after, *around.earlier[:rank]]
        again = any(self._value(one) == value for one in nearer)
        cues.append(f"earlier:{'time named nearer' if again else 'time not named nearer'}")
        opened = [one for one in around.earlier[:rank] if "opens sentence" in self._of(one)]
        cues.append(f"earlier:{opens}, {'another opened since' if opened else 'none opened since'}")
        if value == self._main:
            cues += ["earlier:main time", f"earlier:main time, {near} back"]
        cues += [
            f"earlier:{grain}, {near} back",
            f"earlier:{grain}, {unit}",
            f"earlier:{grain}, {opens}, {same} paragraph",
        ]
        if around.reached:
            cues.append(f"earlier:figure after {around.reached}")
        bounds = scene.bounds[at.sentence]
        first = scene.cues[bounds.start] if len(bounds) else ()
        cues += [f"earlier:sentence begins with {name}" for name in first]
        left = scene.wording("earlier:left", place.first - _LEFT_WORDS, place.first, place.sentence)
        right = scene.wording("earlier:right", place.after, place.after + _RIGHT_WORDS, place.sentence)
        return Option(scene.dates[number], cues, (*around.shared.at("earlier"), left, right), "earlier")

    def _none(self, around: _Around) -> list[str]:
        cues = ["none"]
        rule = (
            "following" if around.following is not None else "preceding" if around.preceding is not None else "no date"
        )
        cues.append(f"none:rule says {rule}")
        cues.append("none:dates here" if around.before or around.after else "none:no date here")
        cues.append("none:dates earlier" if around.earlier else "none:no date earlier")
        if around.reached:
            cues.append(f"none:figure after {around.reached}")
        return cues
