"""The working state of one article on its way through the extractors."""

from dataclasses import dataclass, field

from vnextract.article import Article, Published
from vnextract.dates.models import DateMention
from vnextract.indicators.models import Figure
from vnextract.officials.models import Person
from vnextract.organisations.models import Body
from vnextract.tagging.names import TaggedName
from vnextract.text.document import Text


@dataclass(slots=True)
class Document:
    """The article, its text, and what has been found so far; every extractor fills its own list."""

    article: Article
    text: Text
    published: Published | None
    dates: list[DateMention] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    figure_bodies: dict[int, Body] = field(default_factory=dict)
    """Index of a figure → the body that it is about."""
    warnings: list[str] = field(default_factory=list)
    tagged: list[TaggedName] | None = None
    """What the statistical tagger found; None until somebody asked."""

    @classmethod
    def of(cls, article: Article) -> "Document":
        """The starting state: the text normalised, nothing found yet.

        Raises:
            InputTypeError, PublishedError: the article's text is no string, its publication date no date.
        """
        article = Article.of(article)
        published = Published.parse(article.published)
        return cls(article, Text(article.text), published, warnings=list(article.warnings))
