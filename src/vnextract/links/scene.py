"""An article as the links read it: where figures, dates, bodies and persons stand among its words and cues."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from vnextract.dates.models import DateMention
from vnextract.figures.models import Figure
from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.links.models import PERIOD
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.scorer import Wording
from vnextract.text.document import Text
from vnextract.text.once import once
from vnextract.text.words import Shape

_NOTHING: tuple[str, ...] = ()
_OPENING = 3
_JOINED = 3
_AHEAD, _BEHIND = 15, 6
"""Words before and after a figure that say what it is about."""
_MARKS = {
    ",": ("comma",),
    ";": ("semicolon",),
    ":": ("colon",),
    "(": ("opens",),
    ")": ("closes",),
    '"': ("quote",),
    "“": ("quote",),
    "”": ("quote",),
    "-": ("dash",),
    "–": ("dash",),
}


@cache
def _cues() -> Phrases[tuple[str, ...]]:
    """The cues of the table, and the marks."""
    cues = ((row["words"], tuple(row["classes"].split())) for row in table("link_cues"))
    return Phrases((*_MARKS.items(), *cues))


class Place(NamedTuple):
    """Where something stands: the first of its words and the one after it, its sentence, its paragraph."""

    first: int
    after: int
    sentence: int
    block: int


class Party(NamedTuple):
    """One mention of a body or a person, who may own a figure or have said it."""

    who: Body | Person
    place: Place
    form: str = "name"
    """How it is mentioned: by name, or by what short form."""


_SHORT = 40
"""Cues of a run that are gone through one by one."""


class Scene:
    """The words of an article with their cues, and what stands where; made once for all links.

    Args:
        text: The article.
        dates: Its temporal expressions.
        figures: Its figures.
        bodies: Its organisations.
        people: Its officials.
    """

    def __init__(
        self,
        text: Text,
        dates: Sequence[DateMention],
        figures: Sequence[Figure],
        bodies: Sequence[Body],
        people: Sequence[Person],
    ) -> None:
        self.text, self.words = text, text.words
        self.dates, self.figures = dates, figures
        self.lower = text.words.lower
        self.bodies, self.people = bodies, people
        self._beside: dict[tuple[int, int], list[str]] = {}

    @once
    def bounds(self) -> list[range]:
        """The words of each sentence."""
        numbers = self.words.sentence
        firsts = [bisect_left(numbers, sentence) for sentence in range(max(1, len(self.text.sentences)))]
        return [range(first, after) for first, after in pairwise([*firsts, len(numbers)])]

    @once
    def blocks(self) -> list[int]:
        """The paragraph of each sentence."""
        ends, number, found = [block.end for block in self.text.blocks], 0, []
        for sentence in self.text.sentences:
            while number + 1 < len(ends) and ends[number] <= sentence.start:
                number += 1
            found.append(number)
        return found or [0]

    @once
    def cues(self) -> list[tuple[str, ...]]:
        """The classes of the cue that begins at each word, of the longest; none for the other words of a cue."""
        known, lower, found, done = _cues(), self.lower, [_NOTHING] * len(self.lower), 0
        bounds, sentences = self.bounds, self.words.sentence
        for at in known.places(lower):
            if at >= done and (cue := known.longest(lower, at, bounds[sentences[at]].stop)):
                done, found[at] = cue
        return found

    def place(self, start: int, end: int) -> Place:
        """Where a stretch of the text stands."""
        first = min(self.words.index(start), max(0, len(self.lower) - 1))
        if first and self.words.ends[first - 1] > start:
            first -= 1
        sentence = self.words.sentence[first] if self.lower else 0
        return Place(first, max(first + 1, self.words.index(end)), sentence, self.blocks[sentence])

    @once
    def figure_places(self) -> list[Place]:
        """Where each figure stands."""
        return [self.place(figure.start, figure.end) for figure in self.figures]

    @once
    def _figure_firsts(self) -> list[int]:
        return [place.first for place in self.figure_places]

    @once
    def _figure_ends(self) -> frozenset[int]:
        return frozenset(place.after for place in self.figure_places)

    def ends_figure(self, at: int) -> bool:
        """Whether a figure stands right before a word."""
        return at in self._figure_ends

    def figures_between(self, first: int, after: int) -> int:
        """How many figures begin in a run of words."""
        return bisect_left(self._figure_firsts, after) - bisect_left(self._figure_firsts, first)

    @once
    def date_places(self) -> list[Place]:
        """Where each date stands."""
        return [self.place(date.start, date.end) for date in self.dates]

    @once
    def dates_of(self) -> list[list[int]]:
        """The numbers of the dates of each sentence, in the order of the text."""
        found: list[list[int]] = [[] for _ in self.bounds]
        for number, place in enumerate(self.date_places):
            found[place.sentence].append(number)
        return found

    def unit_word(self, index: int) -> str:
        """The first word of a figure's unit, `-` where it has none."""
        return (self.figures[index].unit or "-").split(" ")[0]

    @once
    def parties(self) -> list[Party]:
        """Every mention of a body or a person, in the order of the text."""
        found = [Party(body, self.place(one.start, one.end)) for body in self.bodies for one in body.mentions]
        found += [Party(person, self.place(*span)) for person in self.people for span in person.mentions]
        return sorted(found, key=lambda party: party.place.first)

    @once
    def parties_of(self) -> list[list[Party]]:
        """The same, sentence by sentence."""
        found: list[list[Party]] = [[] for _ in self.bounds]
        for party in self.parties:
            found[party.place.sentence].append(party)
        return found

    def classes(self, first: int, after: int) -> set[str]:
        """The classes of all cues of a run of words."""
        low, high = bisect_left(self._cued, first), bisect_left(self._cued, after)
        if high - low <= _SHORT:
            return set().union(*map(self.cues.__getitem__, self._cued[low:high]))
        # A sentence may be endless: its words are not gone through again for each of its figures.
        found = ((name, places, bisect_left(places, first)) for name, places in self._class_places.items())
        return {name for name, places, index in found if index < len(places) and places[index] < after}

    def last_cue(self, names: Iterable[str], first: int, after: int) -> int | None:
        """The last of a run of words at which a cue of one of these classes begins; None where none does."""
        every = self._class_places
        last = max(
            (one[place - 1] for name in names if (one := every.get(name)) and (place := bisect_left(one, after))),
            default=-1,
        )
        return last if last >= first else None

    @once
    def _cued(self) -> list[int]:
        """The words at which cues begin."""
        return [at for at, classes in enumerate(self.cues) if classes]

    @once
    def _class_places(self) -> dict[str, list[int]]:
        """Where the cues of each class begin."""
        places: dict[str, list[int]] = {}
        for at in self._cued:
            for name in self.cues[at]:
                places.setdefault(name, []).append(at)
        return places

    def nearest_cue(self, at: int, reach: int) -> tuple[str, ...]:
        """The classes of the last cue that begins in the few words before a word; marks are passed over."""
        floor = max(at - reach, self.bounds[self.words.sentence[at]].start)
        cued, place = self._cued, bisect_left(self._cued, at) - 1
        while place >= 0 and cued[place] >= floor and self.lower[cued[place]] in _MARKS:
            place -= 1
        return self.cues[cued[place]] if place >= 0 and cued[place] >= floor else _NOTHING

    @once
    def density(self) -> str:
        """How many figures there are: a report full of them says when and whose more often than a story does."""
        every = len(self.figures)
        return f"figures in article {'few' if every < 5 else 'some' if every < 12 else 'many'}"

    def steps(self, kind: str) -> list[str]:
        """How each figure follows the one before it, and whether something that it may be linked to stands between."""
        others = self.date_places if kind == PERIOD else [party.place for party in self.parties]
        firsts = [place.first for place in others]
        found = ["", *(self._step(last, place) for last, place in pairwise(self.figure_places))]
        for at, (last, place) in enumerate(pairwise(self.figure_places), 1):
            if bisect_left(firsts, place.first) > bisect_left(firsts, last.after):
                found[at] += " over another"
        return found[: len(self.figure_places)]

    def _step(self, last: Place, place: Place) -> str:
        if last.sentence == place.sentence:
            return "joined" if place.first - last.after <= _JOINED else "same sentence"
        if last.block == place.block:
            return "next sentence" if place.sentence - last.sentence == 1 else "same paragraph"
        return "next paragraph" if place.block - last.block == 1 else "far"

    def repeats_head(self, body: Body, sentence: int) -> bool:
        """Whether a sentence names a body by its first word or two, as `Trung tâm` for `Trung tâm Y tế huyện`."""
        first, *second = body.name.lower().split(" ")[:2]
        lower, bounds, places = self.lower, self.bounds[sentence], self.parties_of[sentence]
        at = bounds.start - 1
        while len(first) > 1 and first in lower[at + 1 : bounds.stop]:
            at = lower.index(first, at + 1, bounds.stop)
            whole = self.words.shapes[at] is Shape.CAPITALISED or lower[at + 1 : at + 2] == tuple(second)
            if whole and not any(party.place.first <= at < party.place.after for party in places):
                return True
        return False

    @once
    def _heads(self) -> list[range]:
        """The first few words of each sentence."""
        return [bounds[:_OPENING] for bounds in self.bounds]

    @once
    def opening(self) -> list[frozenset[str]]:
        """The classes of the cues that begin in the first few words of each sentence."""
        return [frozenset(self.classes(head.start, head.stop)) for head in self._heads]

    @once
    def opens(self) -> list[list[str]]:
        """The words with which each sentence begins, as cues: one, two and three of them."""
        heads = (self.lower[head.start : head.stop] for head in self._heads)
        return [[f"opens {' '.join(words[:count])}" for count in range(1, len(words) + 1)] for words in heads]

    def opens_dated(self, sentence: int) -> bool:
        """Whether a date stands in the first few words of a sentence."""
        return any(self.date_places[date].first in self._heads[sentence] for date in self.dates_of[sentence][:1])

    def beside(self, place: Place) -> list[str]:
        """The one and the two words on each side of something, as cues."""
        known = self._beside.get((place.first, place.after))
        if known is None:
            sentence = place.sentence
            left, right = self.word(place.first - 1, sentence), self.word(place.after, sentence)
            left_two = left if left == "<" else f"{self.word(place.first - 2, sentence)} {left}"
            right_two = right if right == ">" else f"{right} {self.word(place.after + 1, sentence)}"
            known = [f"left={left}", f"left={left_two}", f"right={right}", f"right={right_two}"]
            self._beside[place.first, place.after] = known
        return known

    @once
    def leans(self) -> list[bool]:
        """Whether each sentence has somebody speak who was named before: `ông nói`, `theo vị này`."""
        cues, found = self.cues, [False] * len(self.bounds)
        for at in [at for at in self._cued if "pronoun" in cues[at]]:
            bounds = self.bounds[self.words.sentence[at]]
            report = any("report" in cues[i] for i in range(at + 1, min(at + 4, bounds.stop)))
            source = at > bounds.start and "according" in cues[at - 1]
            named = at + 1 < bounds.stop and self.words.shapes[at + 1] is Shape.CAPITALISED
            if (report or source) and not named:
                found[self.words.sentence[at]] = True
        return found

    def wording(self, name: str, first: int, after: int, sentence: int) -> Wording:
        """A run of words as cues under a name, as far as it stands in a sentence."""
        return Wording(name, self._words_of(first, after, sentence))

    def _words_of(self, first: int, after: int, sentence: int) -> Sequence[str]:
        bounds = self.bounds[sentence]
        return self.lower[max(first, bounds.start) : min(after, bounds.stop)]

    def around(self, at: Place) -> dict[str, Sequence[str]]:
        """The words of its sentence that stand near a figure, and its own."""
        return {
            "ahead": self._words_of(at.first - _AHEAD, at.first, at.sentence),
            "behind": self._words_of(at.first, at.after + _BEHIND, at.sentence),
        }

    def word(self, at: int, sentence: int) -> str:
        """A word of a sentence in lower case, numbers as `0`; `<` and `>` beyond its ends."""
        bounds = self.bounds[sentence]
        if at < bounds.start:
            return "<"
        if at >= bounds.stop:
            return ">"
        word = self.lower[at]
        return "0" if word[0].isdecimal() else word
