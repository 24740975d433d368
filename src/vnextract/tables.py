"""A record as flat tables, one table per kind of fact: what data frames, Parquet and DuckDB share.

Columns come from the fields of the models in `vnextract.records`: a new field there is a new column here, with the
field's description as its meaning. Every row begins with `article_id`, the key that joins the tables; within an
article, `organisation_id` and `official_id` join too.
Mentions are half-open ranges of code points in the article as it was passed in.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from operator import attrgetter, itemgetter
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from vnextract.article import Published
from vnextract.records import (
    ArticleRecord,
    BodyMention,
    Indicator,
    Mention,
    Model,
    Official,
    Organisation,
    Place,
    Position,
    TemporalExpression,
)
from vnextract.text.once import once

Row = tuple[object, ...]
Cells = Sequence[object]
"""The cells of a column, one for each row."""


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
    """One table: its columns, and what a record puts into them under an article's key, column by column."""

    name: str
    columns: tuple[Column, ...]
    cells: Callable[[ArticleRecord, str], Sequence[Cells]]

    def rows(self, record: ArticleRecord, key: str) -> Iterator[Row]:
        """The rows that a record gives."""
        return zip(*self.cells(record, key), strict=True)


class _Sheet:
    """A record with what its rows look up in it."""

    def __init__(self, record: ArticleRecord) -> None:
        self.record = record
        self._starts = [sentence.start for sentence in record.sentences]

    @once
    def names(self) -> Mapping[str, str]:
        """Names of the article's organisations and officials by their identifiers."""
        return self.record.names()

    def sentence(self, start: int) -> int | None:
        """Number of the sentence that what starts there begins in."""
        sentence = bisect_right(self._starts, start) - 1
        return sentence if sentence >= 0 else None

    def period(self, figure: Indicator) -> TemporalExpression | None:
        """The time that a figure holds for."""
        return None if figure.period is None else self.record.dates[figure.period]


_Facts = Sequence[Any]


@dataclass(frozen=True, slots=True)
class _Part:
    """Columns that stand side by side, and what facts put into each of them."""

    columns: tuple[Column, ...]
    cells: Callable[[_Facts, _Sheet], Sequence[Cells]]


_TYPES: Mapping[type, ColumnType] = {
    bool: ColumnType.BOOLEAN,
    int: ColumnType.INTEGER,
    date: ColumnType.DAY,
    Decimal: ColumnType.NUMBER,
    float: ColumnType.NUMBER,
    str: ColumnType.TEXT,
}


def _kind_of(annotation: object) -> type:
    """The one type that a field holds, `None` and serialisers aside."""
    if get_origin(annotation) is Annotated:
        return _kind_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        (kind,) = {_kind_of(one) for one in get_args(annotation)} - {type(None)}
        return kind
    return annotation if isinstance(annotation, type) else tuple


def _mention_cells(mentions: Iterable[Mention], sheet: _Sheet) -> Sequence[Cells]:
    texts, starts, ends, rules = zip(*map(_OF_MENTION, mentions), strict=True)
    return texts, starts, ends, list(map(sheet.sentence, starts)), rules


_OF_MENTION = attrgetter("text", "start", "end", "rule")


_MENTION = _Part(
    (
        Column("mention", ColumnType.TEXT, "The words of the article."),
        Column("mention_start", ColumnType.INTEGER, "Offset of their first character in the article."),
        Column("mention_end", ColumnType.INTEGER, "Offset after their last character."),
        Column("sentence", ColumnType.INTEGER, "Number of the sentence that they begin in: a row of `sentences`."),
        Column("rule", ColumnType.TEXT, "Name of the rule that found them."),
    ),
    _mention_cells,
)


def _place_cells(places: Iterable[Place | None]) -> Sequence[Cells]:
    return list(zip(*[_OF_PLACE(place) if place else (None, None, None) for place in places], strict=True))


_OF_PLACE = attrgetter("name", "code", "code_today")


def _field(model: type[Model], name: str, column: str) -> _Part:
    """The columns of one field of a model; none for one that holds several things: these have a table of their own."""
    info, get = model.model_fields[name], attrgetter(name)
    kind, meaning = _kind_of(info.annotation), (info.description or "").replace("\n", " ")
    if issubclass(kind, tuple):
        return _Part((), lambda facts, sheet: ())
    if issubclass(kind, Mention):
        return _Part(_MENTION.columns, lambda facts, sheet: _mention_cells(map(get, facts), sheet))
    if issubclass(kind, Place):
        columns = (
            Column(column, ColumnType.TEXT, meaning),
            Column(f"{column}_code", ColumnType.TEXT, "Code of that province or city."),
            Column(f"{column}_code_today", ColumnType.TEXT, "Code of the province of today that it is part of."),
        )
        return _Part(columns, lambda facts, sheet: _place_cells(map(get, facts)))
    if issubclass(kind, StrEnum):
        text = (Column(column, ColumnType.TEXT, meaning),)
        return _Part(text, lambda facts, sheet: ([None if value is None else str(value) for value in map(get, facts)],))
    return _Part((Column(column, _TYPES[kind], meaning),), lambda facts, sheet: (list(map(get, facts)),))


def _fields(model: type[Model], *, without: Iterable[str] = (), **renamed: str) -> tuple[_Part, ...]:
    """The columns of all fields of a model, in its order; `renamed` maps a field to the name of its column."""
    names = [name for name in model.model_fields if name not in without]
    return tuple(_field(model, name, renamed.get(name, name)) for name in names)


def _one(name: str, type: ColumnType, meaning: str, cell: Callable[[Any, _Sheet], object]) -> _Part:
    """A column that is no field."""
    return _Part((Column(name, type, meaning),), lambda facts, sheet: ([cell(fact, sheet) for fact in facts],))


def _side_by_side(parts: Iterable[_Part]) -> _Part:
    """Parts of the same facts as one."""
    parts = [part for part in parts if part.columns]
    return _Part(
        tuple(column for part in parts for column in part.columns),
        lambda facts, sheet: list(chain.from_iterable([part.cells(facts, sheet) for part in parts])),
    )


def _table(name: str, facts: Callable[[ArticleRecord], Iterable[Any]], *parts: _Part) -> Table:
    whole = _side_by_side(parts)
    columns = (Column("article_id", ColumnType.TEXT, "The article's key."), *whole.columns)

    def cells(record: ArticleRecord, key: str) -> Sequence[Cells]:
        found = list(facts(record))
        return [[key] * len(found), *whole.cells(found, _Sheet(record))] if found else [()] * len(columns)

    return Table(name, columns, cells)


def _position(name: str, facts: str) -> _Part:
    """The column that numbers the facts of pairs of position and fact."""
    return _one(name, ColumnType.INTEGER, f"Position among the article's {facts}, from 0.", lambda pair, sheet: pair[0])


def _within(place: int, parts: Iterable[_Part]) -> _Part:
    """Parts of the facts that stand at a place of larger items."""
    whole, take = _side_by_side(parts), itemgetter(place)
    return _Part(whole.columns, lambda items, sheet: whole.cells(list(map(take, items)), sheet))


def _first(*parts: _Part) -> _Part:
    return _within(0, parts)


def _second(*parts: _Part) -> _Part:
    return _within(1, parts)


def _name(field: str, column: str, meaning: str) -> _Part:
    """The name of the organisation or official that a field points to."""
    get = attrgetter(field)
    return _one(column, ColumnType.TEXT, meaning, lambda fact, sheet: sheet.names.get(get(fact)))


def _day_of_period(column: str, end: str, meaning: str) -> _Part:
    get = attrgetter(end)
    return _one(
        column,
        ColumnType.DAY,
        meaning,
        lambda figure, sheet: get(period) if (period := sheet.period(figure)) else None,
    )


def _published_day(published: str | None) -> date | None:
    known = Published.parse(published)
    return date(known.year, known.month or 1, known.day or 1) if known else None


_IDENTITY = (
    _field(Organisation, "id", "organisation_id"),
    _field(Organisation, "name", "name"),
)
_PERSON = (_field(Official, "id", "official_id"), _field(Official, "name", "name"))
_FOUND_BY = _field(Mention, "found_by", "found_by")
_TIMES_NAMED = _one("mentions", ColumnType.INTEGER, "How often the article names it.", lambda one, _: len(one.mentions))

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        _table(
            "articles",
            lambda record: (record,),
            *_fields(ArticleRecord, without=("id", "warnings", "failure", "version", "source", "url")),
            _one(
                "published_day",
                ColumnType.DAY,
                "The same as a day, the first of the month or year where no more is known.",
                lambda record, _: _published_day(record.published),
            ),
            _field(ArticleRecord, "source", "source"),
            _field(ArticleRecord, "url", "url"),
            _one(
                "text",
                ColumnType.TEXT,
                "The article as it was passed in; null where it was not kept.",
                lambda record, _: record.text,
            ),
            _one("sentences", ColumnType.INTEGER, "Number of sentences.", lambda record, _: len(record.sentences)),
            _one(
                "warnings",
                ColumnType.TEXT,
                "What a reader should know, one warning a line.",
                lambda record, _: "\n".join(record.warnings) or None,
            ),
            _field(ArticleRecord, "failure", "failure"),
            _field(ArticleRecord, "version", "version"),
        ),
        _table(
            "sentences",
            lambda record: enumerate(record.sentences),
            _position("sentence", "sentences"),
            _second(
                _field(Mention, "start", "sentence_start"),
                _field(Mention, "end", "sentence_end"),
                _field(Mention, "text", "text"),
            ),
        ),
        _table(
            "organisations",
            lambda record: record.organisations,
            *_fields(Organisation, id="organisation_id"),
            _TIMES_NAMED,
        ),
        _table(
            "organisation_mentions",
            lambda record: ((body, mention) for body in record.organisations for mention in body.mentions),
            _first(*_IDENTITY),
            _second(_MENTION, _FOUND_BY, _field(BodyMention, "confidence", "confidence")),
        ),
        _table("officials", lambda record: record.officials, *_fields(Official, id="official_id"), _TIMES_NAMED),
        _table(
            "official_mentions",
            lambda record: ((person, mention) for person in record.officials for mention in person.mentions),
            _first(*_PERSON),
            _second(_MENTION),
        ),
        _table(
            "positions",
            lambda record: ((person, post) for person in record.officials for post in person.positions),
            _first(*_PERSON),
            _second(*_fields(Position)),
        ),
        _table(
            "dates",
            lambda record: enumerate(record.dates),
            _position("date_number", "dates"),
            _second(*_fields(TemporalExpression)),
        ),
        _table(
            "indicators",
            lambda record: enumerate(record.indicators),
            _position("indicator_number", "indicators"),
            _second(
                *_fields(Indicator, period="date_number"),
                _day_of_period("period_first_day", "first_day", "First day of the time that it holds for."),
                _day_of_period("period_last_day", "last_day", "Last day of the time that it holds for."),
                _name("organisation_id", "organisation", "Full name of the body that it is about."),
                _name("said_by_id", "said_by", "Name of the official or body to whom the article attributes it."),
            ),
        ),
    )
}
"""The tables by name, the articles first."""
