"""Where an article names its bodies: what the stage of officials asks about the places of posts."""

from collections.abc import Sequence

from vnextract.organisations.models import Body
from vnextract.text.alignment import Span
from vnextract.text.spans import Spans


class Bodies:
    """The mentions of the article's bodies, by place."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        self.all = bodies
        """The bodies, in order of first mention."""
        self._named = {body.name: body for body in bodies}
        self.mentions = Spans(
            [(Span(mention.start, mention.end), body) for body in bodies for mention in body.mentions],
            key=lambda one: one[0],
        )

    @property
    def spans(self) -> list[Span]:
        """Where bodies are named."""
        return [span for span, _ in self.mentions]

    def named(self, name: str) -> Body | None:
        """The body of this name."""
        return self._named.get(name)

    def covering(self, offset: int) -> Span | None:
        """The mention that holds a character."""
        mention = self.mentions.at(offset)
        return mention[0] if mention else None

    def beginning(self, start: int, end: int) -> tuple[Span, Body] | None:
        """The first mention that begins in a stretch, its end included."""
        mention = self.mentions.first_from(start)
        return mention if mention and mention[0].start <= end else None
