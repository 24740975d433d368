"""The time that a figure holds for: which of the dates around it, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from vnextract.dates.models import DateMention
from vnextract.links.scene import Place, Scene, bucket
from vnextract.links.scorer import Option
from vnextract.records import DateKind, Grain

_BEFORE, _AFTER = 5, 2
_EARLIER, _SENTENCES = 6, 14
_LEFT = 3
_OPENING = 3
_GRAINS = {
    Grain.MINUTE: "hour",
    Grain.HOUR: "hour",
    Grain.PART_OF_DAY: "day",
    Grain.WEEK: "month",
    Grain.HALF_YEAR: "quarter",
    Grain.DECADE: "long",
    Grain.CENTURY: "long",
}


@dataclass(frozen=True, slots=True)
class _Around:
    """What the options of one figure share."""

    at: Place
    before: Sequence[int]
    """The dates of its sentence that stand before it, the nearest first."""
    after: Sequence[int]
    earlier: Sequence[int]
    """Dates of earlier sentences, the nearest first."""
    shared: Sequence[str]
    """Cues of the figure itself."""
    tense: Sequence[str]
    """Of those, the cues of time in its sentence."""
    reached: str
    last: int
    """The first word of the figure before it, -1 for none."""


class Periods:
    """Options for the period of each figure of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._by_sentence: dict[int, list[int]] = {}
        for number, place in enumerate(scene.date_places):
            self._by_sentence.setdefault(place.sentence, []).append(number)
        self._own = [self._own_cues(number) for number in range(len(scene.dates))]

    def options(self, index: int) -> list[Option[DateMention]]:
        """The dates that a figure may hold for and None."""
        around = self._around(index)
        options: list[Option[DateMention]] = [Option(None, self._none(around))]
        plain = next((number for number in around.before if not self._apart(number, around.at)), None)
        for rank, number in enumerate(around.before):
            fits = "the nearest that fits" if number == plain else "another is nearer or it does not fit"
            options.append(self._option("before", rank, number, around, f"before:{fits}"))
        for rank, number in enumerate(around.after):
            options.append(self._option("after", rank, number, around))
        for rank, number in enumerate(around.earlier):
            options.append(self._option("earlier", rank, number, around))
        return options

    def _apart(self, number: int, at: Place) -> bool:
        """Whether a date before a figure is what something is compared with, or the day on which it is told."""
        scene, place = self._scene, self._scene.date_places[number]
        if set(scene.nearest_cue(place.first, _LEFT)) & {"comparison", "birth", "document"}:
            return True
        told = self._grain(number) == "day" and "report" in scene.classes(place.after, at.first)
        return told or "document" in scene.nearest_cue(place.first, 2 * _LEFT)

    def _grain(self, number: int) -> str:
        grain = self._scene.dates[number].grain
        return _GRAINS.get(grain, grain.value)

    def _around(self, index: int) -> _Around:
        scene, at = self._scene, self._scene.figure_places[index]
        here = [
            number for number in self._by_sentence.get(at.sentence, ()) if scene.dates[number].kind is not DateKind.SET
        ]
        before = [number for number in here if scene.date_places[number].first < at.first][: -_BEFORE - 1 : -1]
        after = [number for number in here if scene.date_places[number].first >= at.first][:_AFTER]
        earlier: list[int] = []
        for sentence in range(at.sentence - 1, max(-1, at.sentence - _SENTENCES), -1):
            for number in self._by_sentence.get(sentence, ()):
                if scene.dates[number].kind in (DateKind.DATE, DateKind.RANGE) and len(earlier) < _EARLIER:
                    earlier.append(number)
        figure = scene.figures[index]
        block = scene.text.blocks[at.block].kind.value if scene.text.blocks else "body"
        left = scene.nearest_cue(at.first, 3)
        reached = (
            "reach" if "reach" in left else "base" if "base" in left else "comparison" if "comparison" in left else ""
        )
        last = scene.figure_places[index - 1].first if index else -1
        classes = scene.classes(scene.bounds[at.sentence].start, at.first)
        shared = [f"unit={figure.unit_kind.value}", f"block={block}", "direction" if figure.direction else "level"]
        shared += [
            f"sentence has {name}"
            for name in ("now", "plan", "report", "document", "limit", "past", "ongoing", "mean")
            if name in classes
        ]
        shared += scene.density(at)
        tense = shared[3:]
        shared += [f"figure behind {name}" for name in scene.nearest_cue(at.first, 6)]
        shared += [f"sentence opens with {name}" for name in sorted(scene.opening(at.sentence))]
        if figure.unit and "/" in figure.unit:
            shared.append("rate")
        return _Around(at, before, after, earlier, shared, tense, reached, last)

    def _own_cues(self, number: int) -> list[str]:
        """Cues of a date wherever the figure stands."""
        scene, date, place = self._scene, self._scene.dates[number], self._scene.date_places[number]
        bounds = scene.bounds[place.sentence]
        grain = self._grain(number)
        left, right = scene.word(place.first - 1, place.sentence), scene.word(place.after, place.sentence)
        cues = [f"date={date.kind.value} {grain}", f"left={left}", f"right={right}"]
        cues += [f"after cue {name}" for name in scene.nearest_cue(place.first, _LEFT)]
        if place.first - bounds.start <= _OPENING:
            cues.append("opens sentence")
        blocks = scene.text.blocks
        if blocks and blocks[place.block].kind.value != "body":
            cues.append(f"date in {blocks[place.block].kind.value}")
        following = scene.classes(place.after, min(bounds.stop, place.after + 12))
        cues += [f"before {name}" for name in ("report", "occasion", "document") if name in following]
        preceding = scene.classes(max(bounds.start, place.first - 10), place.first)
        cues += [f"behind {name}" for name in ("report", "occasion", "document", "plan") if name in preceding]
        if date.last_day is None and date.first_day is not None:
            cues.append("open end")
        return cues

    def _option(self, side: str, rank: int, number: int, around: _Around, *fits: str) -> Option[DateMention]:
        scene, place = self._scene, self._scene.date_places[number]
        cues = [side, f"{side} rank {rank}", *fits]
        for cue in self._own[number]:
            cues.append(f"{side}:{cue}")
        if side == "earlier":
            self._add_earlier(cues, number, around)
        else:
            self._add_same(cues, side, place, around)
        for cue in around.shared[:3]:
            cues.append(f"{side}&{cue}")
            cues.append(f"{side}&{cue}&{self._own[number][0]}")
        if side == "earlier":
            cues += [f"earlier&{cue}" for cue in around.tense]
        if around.last < place.first < around.at.first:
            cues.append(f"{side}:new since the figure before")
        return Option(scene.dates[number], cues, side=side)

    def _add_earlier(self, cues: list[str], number: int, around: _Around) -> None:
        place = self._scene.date_places[number]
        back = around.at.sentence - place.sentence
        near = "1" if back == 1 else "2" if back == 2 else "4" if back <= 4 else "far"
        cues.append(f"earlier:{near} sentences")
        same = "same" if place.block == around.at.block else "next" if place.block == around.at.block - 1 else "other"
        cues.append(f"earlier:{same} paragraph")
        cues.append(f"earlier:{near} sentences, {same} paragraph")
        opens = "opens sentence" in self._own[number]
        cues.append(f"earlier:{same} paragraph, {'opens' if opens else 'inside'}, {near}")
        if around.before or around.after:
            cues.append("earlier:own sentence has a date")
        if around.reached:
            cues.append(f"earlier:figure after {around.reached}")
        bounds = self._scene.bounds[around.at.sentence]
        first = self._scene.cues[bounds.start] if len(bounds) else ()
        cues += [f"earlier:sentence begins with {name}" for name in first]
        its = self._scene.bounds[place.sentence]
        if self._scene.figures_between(its.start, its.stop):
            cues.append("earlier:its sentence has figures")

    def _add_same(self, cues: list[str], side: str, place: Place, around: _Around) -> None:
        scene, at = self._scene, around.at
        first, after = (place.after, at.first) if side == "before" else (at.after, place.first)
        between = scene.classes(first, after)
        distance = bucket(after - first + 1)
        cues.append(f"{side}:distance {distance}")
        for name in sorted(between):
            cues.append(f"{side}:between {name}")
        figures = scene.figures_between(first, after)
        if side == "before" and self._scene.ends_figure(place.first):
            cues.append(f"before:right after another figure, {'dates after' if around.after else 'none after'}")
        if side == "after" and after == first:
            cues.append(f"after:right after the figure, {'dates before' if around.before else 'none before'}")
        cues.append(f"{side}:{min(figures, 3)} figures between")
        dates = len(around.before) + len(around.after)
        cues.append(f"{side}:only date" if dates == 1 else f"{side}:one of {min(dates, 4)} dates")
        clause = "same clause" if not between & {"comma", "semicolon", "colon", "opens"} else "other clause"
        cues.append(f"{side}:{clause}")
        if side == "after":
            led = between <= {"time", "place", "of", "reach", "opens", "base", "with"} and after - first <= 6
            cues.append("after:follows directly" if led else "after:does not follow directly")
            cues.append(f"after:{'follows' if led else 'far'}, {'dates before' if around.before else 'none before'}")
        if after - first <= 3:
            cues.append(f"{side}:joined by {' '.join(scene.lower[first:after])}")
        if around.reached:
            cues.append(f"{side}:figure after {around.reached}, {clause}")
        if side == "before" and not around.after:
            cues.append("before:no date after")
        if side == "after" and not around.before:
            cues.append("after:no date before")

    def _none(self, around: _Around) -> list[str]:
        cues = ["none"] + [f"none&{cue}" for cue in around.shared]
        cues.append("none:dates before" if around.before else "none:no date before")
        cues.append("none:dates after" if around.after else "none:no date after")
        cues.append("none:dates earlier" if around.earlier else "none:no date earlier")
        if around.reached:
            cues.append(f"none:figure after {around.reached}")
        return cues
