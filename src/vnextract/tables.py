"""A record as rows of flat tables, one table per kind of fact: what data frames, Parquet and DuckDB share.

Every row begins with `article_id`, the key that joins the tables; within an article, `organisation_id` and
`official_id` join too.
Mentions are half-open ranges of code points in the article as it was passed in.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vnextract.article import Published
from vnextract.records import ArticleRecord, Mention, TemporalExpression

Row = tuple[object, ...]


class ColumnType(StrEnum):
    """What the cells of a column hold; every cell may be null."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DAY = "day"
    NUMBER = "number"
    """A `Decimal`, of any size; each format stores it as it best can."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells hold, and what they mean."""

    name: str
    type: ColumnType
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, and the rows that a record gives under an article's key."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[ArticleRecord, str], Iterator[Row]]


def _text(name: str, meaning: str) -> Column:
    return Column(name, ColumnType.TEXT, meaning)


def _integer(name: str, meaning: str) -> Column:
    return Column(name, ColumnType.INTEGER, meaning)


def _day(name: str, meaning: str) -> Column:
    return Column(name, ColumnType.DAY, meaning)


def _number(name: str, meaning: str) -> Column:
    return Column(name, ColumnType.NUMBER, meaning)


_ARTICLE = _text("article_id", "The article's key.")
_MENTION = (
    _text("mention", "The words of the article."),
    _integer("mention_start", "Offset of their first character in the article."),
    _integer("mention_end", "Offset after their last character."),
    _integer("sentence", "Number of the sentence that they begin in: a row of `sentences`."),
)


def _spans(record: ArticleRecord) -> Callable[[Mention], Row]:
    starts = [sentence.start for sentence in record.sentences]

    def span(mention: Mention) -> Row:
        sentence = bisect_right(starts, mention.start) - 1
        return mention.text, mention.start, mention.end, sentence if sentence >= 0 else None

    return span


def _published_day(published: str | None) -> date | None:
    known = Published.parse(published)
    return date(known.year, known.month or 1, known.day or 1) if known else None


def _articles(record: ArticleRecord, key: str) -> Iterator[Row]:
    yield (
        key,
        record.title,
        record.published,
        _published_day(record.published),
        record.source,
        record.url,
        record.text,
        len(record.sentences),
        "\n".join(record.warnings) or None,
        record.failure,
        record.version,
    )


def _sentences(record: ArticleRecord, key: str) -> Iterator[Row]:
    for number, sentence in enumerate(record.sentences):
        yield key, number, sentence.start, sentence.end, sentence.text


def _organisations(record: ArticleRecord, key: str) -> Iterator[Row]:
    for body in record.organisations:
        place = body.place
        yield (
            key,
            body.id,
            body.name,
            body.abbreviation,
            str(body.kind),
            str(body.level),
            place.name if place else None,
            place.code if place else None,
            len(body.mentions),
        )


def _organisation_mentions(record: ArticleRecord, key: str) -> Iterator[Row]:
    span = _spans(record)
    for body in record.organisations:
        for mention in body.mentions:
            yield key, body.id, body.name, *span(mention), str(mention.found_by) if mention.found_by else None


def _officials(record: ArticleRecord, key: str) -> Iterator[Row]:
    for person in record.officials:
        yield key, person.id, person.name, person.honorific, person.rank, len(person.mentions)


def _official_mentions(record: ArticleRecord, key: str) -> Iterator[Row]:
    span = _spans(record)
    for person in record.officials:
        for mention in person.mentions:
            yield key, person.id, person.name, *span(mention)


def _positions(record: ArticleRecord, key: str) -> Iterator[Row]:
    span = _spans(record)
    for person in record.officials:
        for post in person.positions:
            yield (
                key,
                person.id,
                person.name,
                post.title,
                post.organisation,
                post.organisation_id,
                str(post.status),
                *span(post.mention),
            )


def _dates(record: ArticleRecord, key: str) -> Iterator[Row]:
    span = _spans(record)
    for number, found in enumerate(record.dates):
        yield (
            key,
            number,
            *span(found.mention),
            str(found.kind),
            found.first_day,
            found.last_day,
            found.duration,
            found.timex,
            str(found.grain),
            found.relative,
            found.lunar,
        )


def _period(record: ArticleRecord, index: int | None) -> TemporalExpression | None:
    return None if index is None else record.dates[index]


def _indicators(record: ArticleRecord, key: str) -> Iterator[Row]:
    span = _spans(record)
    names = {body.id: body.name for body in record.organisations}
    for number, figure in enumerate(record.indicators):
        period = _period(record, figure.period)
        yield (
            key,
            number,
            *span(figure.mention),
            figure.measure,
            figure.value,
            figure.upper,
            figure.total,
            figure.unit,
            str(figure.unit_kind),
            str(figure.qualifier),
            str(figure.direction) if figure.direction else None,
            figure.period,
            period.first_day if period else None,
            period.last_day if period else None,
            figure.organisation_id,
            names.get(figure.organisation_id) if figure.organisation_id else None,
        )


_ORGANISATION = (_text("organisation_id", "The body within the article."), _text("name", "The body's full name."))
_OFFICIAL = (_text("official_id", "The person within the article."), _text("name", "The person's name in full."))

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "articles",
            (
                _ARTICLE,
                _text("title", "Headline as given."),
                _text("published", "Publication date as far as known: 2023-05-25, 2023-05 or 2023."),
                _day("published_day", "The same as a day, the first of the month or year where no more is known."),
                _text("source", "Newspaper, site or file."),
                _text("url", "Address."),
                _text("text", "The article as it was passed in; null where it was not kept."),
                _integer("sentences", "Number of sentences."),
                _text("warnings", "What a reader should know, one warning a line."),
                _text("failure", "Why nothing could be extracted; null when all went well."),
                _text("version", "Version of vnextract that made the record."),
            ),
            _articles,
        ),
        Table(
            "sentences",
            (
                _ARTICLE,
                _integer("sentence", "Position among the article's sentences, from 0."),
                _integer("sentence_start", "Offset of its first character in the article."),
                _integer("sentence_end", "Offset after its last character."),
                _text("text", "The sentence; null where the text was not kept."),
            ),
            _sentences,
        ),
        Table(
            "organisations",
            (
                _ARTICLE,
                *_ORGANISATION,
                _text("abbreviation", "Short form that the article prints."),
                _text("kind", "What sort of body it is."),
                _text("level", "Tier of the state."),
                _text("place", "Province or city that it belongs to."),
                _text("place_code", "Code of that province or city."),
                _integer("mentions", "How often the article names it."),
            ),
            _organisations,
        ),
        Table(
            "organisation_mentions",
            (_ARTICLE, *_ORGANISATION, *_MENTION, _text("found_by", "Way it was found: grammar or tagger.")),
            _organisation_mentions,
        ),
        Table(
            "officials",
            (
                _ARTICLE,
                *_OFFICIAL,
                _text("honorific", "How the article addresses the person."),
                _text("rank", "Military or police rank."),
                _integer("mentions", "How often the article names the person."),
            ),
            _officials,
        ),
        Table("official_mentions", (_ARTICLE, *_OFFICIAL, *_MENTION), _official_mentions),
        Table(
            "positions",
            (
                _ARTICLE,
                *_OFFICIAL,
                _text("title", "The post as printed, without the body's name."),
                _text("organisation", "Full name of the body; null where the title carries it."),
                _text("organisation_id", "That body within the article."),
                _text("status", "current, former or acting."),
                *_MENTION,
            ),
            _positions,
        ),
        Table(
            "dates",
            (
                _ARTICLE,
                _integer("date_number", "Position among the article's dates, from 0."),
                *_MENTION,
                _text("kind", "date, range, duration or set."),
                _day("first_day", "First day covered."),
                _day("last_day", "Last day covered."),
                _text("duration", "ISO 8601 length."),
                _text("timex", "TIMEX3 value."),
                _text("grain", "Smallest calendar unit named."),
                Column("relative", ColumnType.BOOLEAN, "Whether the value depends on the publication date."),
                _text("lunar", "Day of the lunar calendar."),
            ),
            _dates,
        ),
        Table(
            "indicators",
            (
                _ARTICLE,
                _integer("indicator_number", "Position among the article's indicators, from 0."),
                *_MENTION,
                _text("measure", "The article's words that say what is measured."),
                _number("value", "The figure in base units."),
                _number("upper", "Second end of a range."),
                _number("total", "The whole of a ratio."),
                _text("unit", "Currency code, % or counted noun."),
                _text("unit_kind", "What the unit measures."),
                _text("qualifier", "How the figure bounds the true value."),
                _text("direction", "increase or decrease, where the figure is a change."),
                _integer("date_number", "The time it holds for: a row of `dates`."),
                _day("period_first_day", "First day of that time."),
                _day("period_last_day", "Last day of that time."),
                _text("organisation_id", "The body that it is about, within the article."),
                _text("organisation", "Full name of that body."),
            ),
            _indicators,
        ),
    )
}
"""The tables by name, the articles first."""
