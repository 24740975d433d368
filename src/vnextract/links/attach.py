"""The stage of links: which measure, period, owner and speaker a figure has."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from vnextract.dates.models import DateMention
from vnextract.figures.models import Figure
from vnextract.links.anaphora import Anaphora
from vnextract.links.keys import measure_key
from vnextract.links.measures import Measures
from vnextract.links.model import links_in_use
from vnextract.links.models import MEASURE, OWNER, PERIOD, SPEAKER, Link, Relations
from vnextract.links.owners import Owners
from vnextract.links.periods import Periods
from vnextract.links.scene import Scene
from vnextract.links.speakers import Speakers
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.scorer import Chain, Decision, Option, Scorer
from vnextract.text.document import Text


class Linker(Protocol):
    """What one kind of link must give: the options of each figure, by number."""

    def options(self, index: int) -> Sequence[Option[Any]]:
        """What the figure with that number may be linked to; the first option is None."""
        ...


CHAINED: Mapping[str, Callable[[Scene, Anaphora], Linker]] = {
    PERIOD: lambda scene, _: Periods(scene),
    OWNER: Owners,
    SPEAKER: Speakers,
}
"""The kinds of links that neighbouring figures often share, so that all of an article are decided together."""


def find_relations(
    text: Text,
    dates: Sequence[DateMention],
    figures: Sequence[Figure],
    bodies: Sequence[Body],
    people: Sequence[Person],
) -> tuple[Relations, ...]:
    """The relations of each figure, in the order of the figures.

    >>> from vnextract.figures.scan import find_figures
    >>> text = Text("Thu ngân sách đạt 655 tỷ đồng.")
    >>> [relations.measure for relations in find_relations(text, (), find_figures(text), (), ())]
    ['Thu ngân sách']
    """
    if not figures:
        return ()
    scorers = links_in_use()
    scene = Scene(text, dates, figures, bodies, people)
    measures = Measures(scene, scorers[MEASURE])
    anaphora = Anaphora(scene)
    linked = [_linked(chain(scene, kind, anaphora), scorers[kind]) for kind in CHAINED]
    found = []
    for index, decisions in enumerate(zip(*linked, strict=True)):
        span, chance = measures.decide(index)
        measure = text.norm[span.start : span.end] if span else None
        period, owner, said_by = (decision.value if decision else None for decision in decisions)
        links = {kind: link(one) for kind, one in zip(CHAINED, decisions, strict=True) if one}
        key = measure_key(measure, figures[index])
        found.append(Relations(measure, key, period, owner, said_by, chance if span else None, links))
    return tuple(found)


def chain(scene: Scene, kind: str, anaphora: Anaphora | None = None) -> Chain[Any]:
    """The options of all figures of a scene for one kind of link; `anaphora` where they have been read."""
    linker = CHAINED[kind](scene, anaphora or Anaphora(scene))
    return Chain([linker.options(index) for index in range(len(scene.figures))], scene.steps(kind))


def link(decision: Decision[Any]) -> Link:
    """What is known of how a link was made."""
    option = decision.option
    return Link(decision.probability, option.side, (option.cues, *option.parts))


def _linked(options: Chain[Any], scorer: Scorer) -> list[Decision[Any] | None]:
    """What is decided of each figure where it is sure enough, else None."""
    decisions = scorer.decide(options, named=True)
    return [one if one.value is not None and scorer.is_sure(one) else None for one in decisions]
