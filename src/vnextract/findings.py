"""What has been found in one article so far; every stage gives a new value and changes none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from vnextract.article import Article, Published
from vnextract.dates.component import find_dates
from vnextract.dates.models import DateMention
from vnextract.dates.publication import printed_publication
from vnextract.figures.models import Figure
from vnextract.figures.scan import find_figures
from vnextract.links.attach import find_relations
from vnextract.links.models import Relations
from vnextract.links.posts import Judge
from vnextract.names.apart import Claim
from vnextract.names.decide import Found
from vnextract.names.find import Names, find_names
from vnextract.names.tagger.names import TaggedName
from vnextract.officials.gather import find_people
from vnextract.officials.models import Person
from vnextract.organisations.gather import find_bodies
from vnextract.organisations.models import Body
from vnextract.organisations.whose.choice import Judge as WhoseJudge
from vnextract.text.accents import lacks_accents
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.spans import Spans


@dataclass(frozen=True, slots=True)
class Findings:
    """The article, its text, and what each stage that has run found there."""

    article: Article
    text: Text
    published: Published | None
    warnings: tuple[str, ...] = ()
    dates: tuple[DateMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    names: Names | None = None
    bodies: tuple[Body, ...] = ()
    people: tuple[Person, ...] = ()
    relations: tuple[Relations, ...] = ()
    """Parallel to `figures`; empty until the links have been made."""

    @classmethod
    def of(cls, article: Article) -> "Findings":
        """The start: the text normalised, nothing found yet.

        Raises:
            InputTypeError, PublishedError: the article's text is no string, its publication date no date.
        """
        article = Article.of(article)
        text, published, warnings = Text(article.text), Published.parse(article.published), tuple(article.warnings)
        printed = None if published else printed_publication(text.norm, article.url)
        if printed:
            published, warnings = printed.published, (*warnings, printed.warning)
        if lacks_accents(text.norm):
            warnings += ("hardly a word of the text has a Vietnamese accent: names and most facts are not found",)
        return cls(article, text, published, warnings)


def with_dates(known: Findings) -> Findings:
    """Add the temporal expressions; impossible days become warnings."""
    dates, warnings = find_dates(known.text, known.published)
    return replace(known, dates=dates, warnings=known.warnings + warnings)


def with_figures(known: Findings) -> Findings:
    """Add the figures, which no date overlaps; the time that a rate is reckoned by is the figure's, and no date."""
    figures = find_figures(known.text, [Span(date.start, date.end) for date in known.dates])
    return replace(known, figures=figures, dates=_beside(known.dates, Spans(figures)))


def with_bodies(
    known: Findings, tagged: Sequence[TaggedName] | None = None, judge: WhoseJudge | None = None
) -> Findings:
    """Add the names and the organisations that they stand for, which no figure and no date overlaps.

    A figure ends before a name (`5 cán bộ | Thanh tra tỉnh`); what stands inside a name is none.

    `tagged` is what a tagger found, where it is not the one in use; `judge` decides whose body a name leaves open is.
    """
    counts = [Claim(one.start, one.end, _noun(known.text.norm, one)) for one in known.figures]
    days = [Claim(one.start, one.end, one.end, day=True) for one in known.dates]
    names = find_names(known.text, tagged, sorted(counts + days))
    bodies = find_bodies(known.text, names, known.article, known.published, judge)
    held = Spans(names.found)
    figures = tuple(filter(None, (_before(known.text.norm, one, held) for one in known.figures)))
    return replace(known, names=names, bodies=bodies, dates=_beside(known.dates, held), figures=figures)


def _beside(dates: Sequence[DateMention], others: Spans[Any]) -> tuple[DateMention, ...]:
    """The dates that overlap none of what claims their characters with more right."""
    return tuple(date for date in dates if not others.overlapping(date.start, date.end))


def _noun(norm: str, figure: Figure) -> int:
    """Where the noun begins that a figure counts, its end where it counts none."""
    printed, unit = norm[figure.start : figure.end].lower(), figure.unit or ""
    return figure.end - len(unit) if unit and printed.endswith(unit) else figure.end


def _before(norm: str, figure: Figure, names: Spans[Found]) -> Figure | None:
    """A figure as far as the name that its noun runs into; None where it stands in one, or counts nothing before it."""
    others = names.overlapping(figure.start, figure.end)
    if not others:
        return figure
    noun, end = _noun(norm, figure), others[0].start
    own = norm[noun:end].rstrip(" ,;–-“")
    return replace(figure, end=noun + len(own), unit=own.lower()) if own else None


def with_people(known: Findings, judge: Judge | None = None) -> Findings:
    """Add the officials, whose posts are posts in the organisations; `judge` decides who bears a post."""
    persons = known.names.persons if known.names else ()
    people = find_people(known.text, known.bodies, known.published, persons, known.dates, judge)
    return replace(known, people=people)


def with_relations(known: Findings) -> Findings:
    """Add what each figure is related to."""
    found = find_relations(known.text, known.dates, known.figures, known.bodies, known.people)
    return replace(known, relations=found)
