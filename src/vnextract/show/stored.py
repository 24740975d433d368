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
    BodyMention,
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
        organisations=tuple(
            _organisations(rows["organisations"], _by(rows["organisation_mentions"], "organisation_id"))
        ),
        officials=tuple(
            _officials(
                rows["officials"], _by(rows["official_mentions"], "official_id"), _by(rows["positions"], "official_id")
            )
        ),
        dates=tuple(_model(TemporalExpression, row) for row in rows["dates"]),
        indicators=tuple(
            _model(Indicator, row, period="date_number") for row in rows["indicators"] if row["value"] is not None
        ),
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


def _sentence(row: Cells) -> Mention:
    return Mention(start=row["sentence_start"], end=row["sentence_end"], text=row["text"])


def _mention(row: Cells) -> Mention:
    return Mention.model_validate(_cells_of(Mention, row))


def _body_mention(row: Cells) -> BodyMention:
    return BodyMention.model_validate(_cells_of(BodyMention, row))


def _cells_of(model: type[Mention], row: Cells) -> dict[str, Any]:
    """The cells of a mention, by the names of its fields."""
    own = {"start": row["mention_start"], "end": row["mention_end"], "text": row["mention"]}
    return {name: row[name] for name in model.model_fields if name in row} | own


def _organisations(rows: Iterable[Cells], mentions: Mapping[str, list[Cells]]) -> Iterator[Organisation]:
    for row in rows:
        id = row["organisation_id"]
        yield _model(Organisation, {**row, "mentions": tuple(map(_body_mention, mentions[id]))}, id="organisation_id")


def _officials(
    rows: Iterable[Cells], mentions: Mapping[str, list[Cells]], posts: Mapping[str, list[Cells]]
) -> Iterator[Official]:
    for row in rows:
        id = row["official_id"]
        facts = {
            "positions": tuple(_model(Position, post) for post in posts[id]),
            "mentions": tuple(map(_mention, mentions[id])),
        }
        yield _model(Official, {**row, **facts}, id="official_id")


def _model(model: type[Any], row: Cells, **renamed: str) -> Any:
    """A model from the cells of its row; `renamed` maps a field to its column where the names differ."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        column = renamed.get(name, name)
        if name == "mention":
            values[name] = _mention(row)
        elif f"{column}_code" in row:
            values[name] = _place(row, column)
        elif column in row:
            cell = row[column]
            values[name] = _decimal(cell) if isinstance(cell, float) else cell
        elif field.is_required():
            raise KeyError(column)
    return model.model_validate(values)


def _place(row: Cells, column: str) -> Place | None:
    if not row[column]:
        return None
    return Place(name=row[column], code=row[f"{column}_code"], code_today=row.get(f"{column}_code_today"))


def _decimal(number: float) -> Decimal:
    """The shortest number that the archive's floating-point number can mean."""
    return Decimal(int(number)) if number.is_integer() else Decimal(repr(number))
