"""How sure each fact of one article is."""

from vnextract.confidence import evidence
from vnextract.confidence.model import ConfidenceOf
from vnextract.dates.models import DateMention
from vnextract.figures.models import Figure
from vnextract.findings import Findings
from vnextract.links.models import MEASURE, OWNER, PERIOD, SPEAKER, Relations
from vnextract.officials.models import Person, Post
from vnextract.organisations.models import Body, OrganisationMention


class Sureness:
    """The confidence of the facts of one article, each asked for by what it is.

    Args:
        known: Everything that was found.
        confidence_of: What gives a fact's confidence; None of a layer that it knows nothing of.
    """

    def __init__(self, known: Findings, confidence_of: ConfidenceOf) -> None:
        self._norm, self._undated, self._of = known.text.norm, known.published is None, confidence_of
        self._names: dict[int, float | None] = {}

    def mention(self, mention: OrganisationMention, body: Body) -> float | None:
        """Of the bounds and the kind of a mention."""
        return self._of(evidence.MENTION, evidence.of_mention(mention, body, self._norm))

    def name(self, body: Body) -> float | None:
        """Of the full name of a body."""
        if id(body) not in self._names:
            self._names[id(body)] = self._of(evidence.NAME, evidence.of_name(body, self._norm))
        return self._names[id(body)]

    def person(self, person: Person) -> float | None:
        """Of an official."""
        return self._of(evidence.PERSON, evidence.of_person(person))

    def position(self, post: Post) -> float | None:
        """Of a post with its body, whose full name must be right too."""
        body = self.name(post.body) if post.body else None
        return self._of(evidence.POSITION, evidence.of_position(post, body))

    def date(self, date: DateMention) -> float | None:
        """Of a temporal expression and its value."""
        return self._of(evidence.DATE, evidence.of_date(date, self._undated))

    def figure(self, figure: Figure) -> float | None:
        """Of a figure: bounds, value, unit."""
        return self._of(evidence.FIGURE, evidence.of_figure(figure))

    def measure(self, relations: Relations, figure: Figure) -> float | None:
        """Of what a figure measures; None where nothing is said of it."""
        if relations.measure is None:
            return None
        return self._of(MEASURE, evidence.of_measure(relations, figure))

    def period(self, relations: Relations, figure: Figure) -> float | None:
        """Of the time that a figure holds for; None where there is none."""
        link = relations.links.get(PERIOD)
        return self._of(PERIOD, evidence.of_link(link, figure)) if link else None

    def owner(self, relations: Relations, figure: Figure) -> float | None:
        """Of whose figure it is; None where nobody is."""
        link = relations.links.get(OWNER)
        if link is None or relations.owner is None:
            return None
        return self._of(OWNER, evidence.of_link(link, figure, self.name(relations.owner)))

    def speaker(self, relations: Relations, figure: Figure) -> float | None:
        """Of who said it; None where nobody did."""
        link = relations.links.get(SPEAKER)
        if link is None or relations.said_by is None:
            return None
        name = self.name(relations.said_by) if isinstance(relations.said_by, Body) else None
        return self._of(SPEAKER, evidence.of_link(link, figure, name))
