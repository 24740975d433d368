"""The article behind a record: its text, headline and origin, as far as they are known."""

from vnextract.records import ArticleRecord
from vnextract.show.words import Speech

_HEADLINE_LENGTH = 120


def article_text(record: ArticleRecord) -> str:
    """The article that a record's offsets count in.

    A record that was read from JSON has only the sentences: white space between them is then a guess, a line break
    where a sentence has no closing sign or the gap is wide.
    """
    if record.text is not None:
        return record.text
    pieces: list[str] = []
    at = 0
    for sentence in record.sentences:
        width = sentence.start - at
        ended = not pieces or pieces[-1].rstrip("\"'”’»)]").endswith((".", "!", "?", "…"))
        pieces.append((" " if ended and width == 1 else "\n") * width)
        pieces.append(sentence.text)
        at = sentence.end
    return "".join(pieces)


def headline(record: ArticleRecord, text: str) -> str:
    """The article's title, or the words that it begins with."""
    words = " ".join((record.title or text[: 2 * _HEADLINE_LENGTH].strip().partition("\n")[0]).split())
    return shortened(words, _HEADLINE_LENGTH) or record.id or "Article"


def shortened(words: str, most: int) -> str:
    """Words, cut after a whole one where they have more characters than asked.

    >>> shortened("Sở Y tế họp", 20), shortened("Sở Y tế họp", 8)
    ('Sở Y tế họp', 'Sở Y tế …')
    """
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0]} …"


def title_apart(record: ArticleRecord, text: str) -> str | None:
    """The title as given, where the text does not begin with it."""
    return record.title if record.title and not text.lstrip().startswith(record.title.strip()) else None


def origin(record: ArticleRecord, say: Speech) -> str:
    """Where the article comes from, and when: `Báo Lai Châu · 2023-05-25 · bai-12`."""
    published = say.partial_day(record.published) if record.published else None
    return " · ".join(filter(None, (record.source, published, record.id)))


def notes(record: ArticleRecord, say: Speech) -> tuple[str, ...]:
    """What a reader should know before the facts: a failure, and the warnings."""
    failure = (say("failure", record.failure),) if record.failure else ()
    return *failure, *record.warnings
