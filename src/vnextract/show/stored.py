"""An archive's DuckDB tables read back: questions to them, and the records that they hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from vnextract.archive.query import READ_ONLY
from vnextract.errors import InputFileError, MissingExtraError
from vnextract.records import (
    ArticleRecord,
    Indicator,
    Mention,
    Official,
    Organisation,
    Place,
    Position,
    TemporalExpression,
)
from vnextract.tables import TABLES

Cells = Mapping[str, Any]
"""One row, by column."""


class Archive:
    """An open database of extracted articles."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: object) -> list[Any]:
        """The answer to a question, as tuples with the names of its columns."""
        answer = self._connection.execute(sql, values)
        row = NamedTuple("Row", [(column[0], Any) for column in answer.description])  # type: ignore[misc]
        return [row(*cells) for cells in answer.fetchall()]

    def records(self, ids: Sequence[str]) -> list[ArticleRecord]:
        """The records of some articles, in the order of `ids`; with the text where it was kept."""
        tables = {name: self._of_articles(name, ids) for name in TABLES}
        return [_record({name: rows[id] for name, rows in tables.items()}) for id in ids if tables["articles"][id]]

    def _of_articles(self, table: str, ids: Sequence[str]) -> Mapping[str, list[Cells]]:
        found: defaultdict[str, list[Cells]] = defaultdict(list)
        query = f'SELECT * FROM "{table}" WHERE article_id IN (SELECT unnest(?)) ORDER BY rowid'
        for row in self.rows(query, list(ids)):
            found[row.article_id].append(row._asdict())
        return found


@contextmanager
def open_archive(database: Path) -> Iterator[Archive]:
    """Open a database that `vnextract extract` has made, to read from it only.

    Raises:
        InputFileError: it is no such database.
        MissingExtraError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("archives take more: pip install 'vnextract[archive]'") from error
    if not database.is_file():
        raise InputFileError(f"there is no file {str(database)!r}")
    try:
        with duckdb.connect(str(database), read_only=True, config=READ_ONLY) as connection:
            yield Archive(connection)
    except (duckdb.Error, KeyError, ValidationError) as error:
        raise InputFileError(f"{database} is no archive of this version of vnextract: {error}") from error


def _record(rows: Mapping[str, list[Cells]]) -> ArticleRecord:
    (article,) = rows["articles"]
    record = ArticleRecord(
        id=article["article_id"],
        title=article["title"],
        published=article["published"],
        source=article["source"],
        url=article["url"],
        sentences=tuple(map(_sentence, rows["sentences"])) if article["text"] is not None else (),
        organisations=_organisations(rows["organisations"], _by(rows["organisation_mentions"], "organisation_id")),
        officials=_officials(
            rows["officials"], _by(rows["official_mentions"], "official_id"), _by(rows["positions"], "official_id")
        ),
        dates=tuple(map(_date, rows["dates"])),
        indicators=tuple(_indicator(row) for row in rows["indicators"] if row["value"] is not None),
        warnings=tuple((article["warnings"] or "").splitlines()),
        failure=article["failure"],
        version=article["version"],
    )
    return record if article["text"] is None else record.with_text(article["text"])


def _by(rows: Iterable[Cells], column: str) -> Mapping[str, list[Cells]]:
    groups: defaultdict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _mention(row: Cells) -> Mention:
    span = {"start": row["mention_start"], "end": row["mention_end"], "text": row["mention"]}
    return Mention.model_validate({**span, "found_by": row.get("found_by")})


def _sentence(row: Cells) -> Mention:
    return Mention(start=row["sentence_start"], end=row["sentence_end"], text=row["text"])


def _organisations(rows: Iterable[Cells], mentions: Mapping[str, list[Cells]]) -> tuple[Organisation, ...]:
    return tuple(
        Organisation(
            id=row["organisation_id"],
            name=row["name"],
            abbreviation=row["abbreviation"],
            kind=row["kind"],
            level=row["level"],
            place=Place(name=row["place"], code=row["place_code"]) if row["place"] else None,
            mentions=tuple(map(_mention, mentions[row["organisation_id"]])),
        )
        for row in rows
    )


def _officials(
    rows: Iterable[Cells], mentions: Mapping[str, list[Cells]], posts: Mapping[str, list[Cells]]
) -> tuple[Official, ...]:
    return tuple(
        Official(
            id=row["official_id"],
            name=row["name"],
            honorific=row["honorific"],
            rank=row["rank"],
            positions=tuple(map(_position, posts[row["official_id"]])),
            mentions=tuple(map(_mention, mentions[row["official_id"]])),
        )
        for row in rows
    )


def _position(row: Cells) -> Position:
    return Position.model_validate(_stated(row, "title", "organisation", "organisation_id", "status"))


def _date(row: Cells) -> TemporalExpression:
    return TemporalExpression.model_validate(
        _stated(row, "kind", "first_day", "last_day", "duration", "timex", "grain", "relative", "lunar")
    )


def _indicator(row: Cells) -> Indicator:
    stated = _stated(row, "unit", "unit_kind", "qualifier", "measure", "direction", "organisation_id")
    numbers = {name: None if row[name] is None else _decimal(row[name]) for name in ("value", "upper", "total")}
    return Indicator.model_validate({**stated, **numbers, "period": row["date_number"]})


def _decimal(number: float) -> Decimal:
    """The shortest number that the archive's floating-point number can mean."""
    return Decimal(int(number)) if number.is_integer() else Decimal(repr(number))


def _stated(row: Cells, *names: str) -> dict[str, Any]:
    return {"mention": _mention(row), **{name: row[name] for name in names}}
