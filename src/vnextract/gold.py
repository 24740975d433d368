"""Gold, read and written: annotated articles, one JSON object a line, as training and evaluation take them.

A line holds `text` and stand-off annotations in code points of that text: `organisations` (`span`, `name`, `kind`),
`officials` (`name`, `mentions`, `positions`), `dates`, `indicators`, and `ignore`, spans that count neither way.
An indicator may have its relations: `period` (the span of a date), `owner` and `said_by` (full names), null for none;
where the key `period` is missing, gold says nothing of any of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from vnextract.errors import InputFileError, TextMismatchError
from vnextract.records import ArticleRecord, Mention
from vnextract.text.alignment import Alignment, Span


@dataclass(frozen=True, slots=True)
class GoldOrganisation:
    """One mention of a body: its span, the body's full name, its kind."""

    span: Span
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class GoldPosition:
    """One post of an official; `organisation` is a full name or None."""

    title: str
    organisation: str | None
    status: str


@dataclass(frozen=True, slots=True)
class GoldOfficial:
    """One official: the fullest form of the name, every occurrence of it, the posts."""

    name: str
    mentions: tuple[Span, ...]
    positions: tuple[GoldPosition, ...]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """One temporal expression; `values` holds `kind`, `first_day`, `last_day` and `duration` as printed in the file."""

    span: Span
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldIndicator:
    """One figure; `values` holds `value`, `upper`, `total`, `unit`, `qualifier`, `measure` and `direction`."""

    span: Span
    values: Mapping[str, Any]
    relations: "GoldRelations | None" = None
    """None where gold says nothing of them."""


@dataclass(frozen=True, slots=True)
class GoldRelations:
    """What a figure is related to: the date of its period, the names of its owner and of who said it."""

    period: Span | None
    owner: str | None
    said_by: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article; all spans are offsets of `text` as it stands in the file."""

    id: str | None
    published: str | None
    text: str
    organisations: tuple[GoldOrganisation, ...]
    officials: tuple[GoldOfficial, ...]
    dates: tuple[GoldDate, ...]
    indicators: tuple[GoldIndicator, ...]
    ignored: tuple[Span, ...]

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> "GoldArticle":
        """Make one of a line's JSON object; layers that are missing are empty.

        Raises:
            KeyError, TypeError, ValueError: a part is missing or of another shape, or a span leaves the text.
        """
        reader = _Reader(len(line["text"]))
        return cls(
            id=line.get("id"),
            published=line.get("published"),
            text=line["text"],
            organisations=tuple(
                GoldOrganisation(reader.span(item["span"]), item["name"], item["kind"])
                for item in line.get("organisations", ())
            ),
            officials=tuple(reader.official(item) for item in line.get("officials", ())),
            dates=tuple(GoldDate(reader.span(item["span"]), item) for item in line.get("dates", ())),
            indicators=tuple(map(reader.indicator, line.get("indicators", ()))),
            ignored=tuple(map(reader.span, line.get("ignore", ()))),
        )


def in_one_line(article: GoldArticle) -> GoldArticle:
    """The same article with a blank for every line break: as many sites and archives hand texts on.

    >>> in_one_line(GoldArticle.of({"text": "Sở Y tế họp.\\nCó 9 bác sĩ."})).text
    'Sở Y tế họp. Có 9 bác sĩ.'
    """
    return replace(article, text=article.text.replace("\n", " "))


@dataclass(frozen=True, slots=True)
class _Reader:
    length: int

    def span(self, pair: Iterable[int]) -> Span:
        start, end = pair
        if not 0 <= start < end <= self.length:
            raise ValueError(f"span [{start}, {end}] leaves the text of {self.length} characters")
        return Span(start, end)

    def indicator(self, item: Mapping[str, Any]) -> GoldIndicator:
        relations = None
        if "period" in item:
            period = self.span(item["period"]) if item["period"] else None
            relations = GoldRelations(period, item.get("owner"), item.get("said_by"))
        return GoldIndicator(self.span(item["span"]), item, relations)

    def official(self, item: Mapping[str, Any]) -> GoldOfficial:
        return GoldOfficial(
            item["name"],
            tuple(map(self.span, item["mentions"])),
            tuple(
                GoldPosition(post["title"], post.get("organisation"), post.get("status", "current"))
                for post in item.get("positions", ())
            ),
        )


def read_gold(paths: Iterable[str | Path]) -> Iterator[GoldArticle]:
    """The annotated articles of several JSONL files, in order.

    Raises:
        InputFileError: a file cannot be read, or a line is no annotated article; the message names both.
    """
    for path in map(Path, paths):
        try:
            content = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputFileError(f"{path}: cannot be read: {error}") from error
        for number, line in enumerate(content.split("\n"), 1):
            if line.strip():
                yield _article(path, number, line)


def _article(path: Path, number: int, line: str) -> GoldArticle:
    try:
        return GoldArticle.of(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputFileError(f"{path}: line {number} is no annotated article: {error!r}") from error


def gold_line(record: ArticleRecord) -> dict[str, Any]:
    """A record as one line of gold, to be corrected: what `GoldArticle.of` reads, with the article's identity.

    Facts stand in the record's order, organisations mention by mention.

    Raises:
        TextMismatchError: the record does not know its text; `record.with_text(text)` makes one that does.

    Examples:
        >>> import vnextract
        >>> line = gold_line(vnextract.extract("Ngày 16/4/2025 trời mưa.", id="a1"))
        >>> line["dates"]
        [{'span': [0, 14], 'kind': 'date', 'first_day': '2025-04-16', 'last_day': '2025-04-16', 'duration': None}]
    """
    if record.text is None:
        raise TextMismatchError("gold needs the article's text: give it with record.with_text(text)")
    names = record.names()
    return {
        "id": record.id,
        "title": record.title,
        "published": record.published,
        "source": record.source,
        "url": record.url,
        "text": record.text,
        "organisations": [
            {"span": _pair(mention), "name": body.name, "kind": str(body.kind)}
            for body in record.organisations
            for mention in body.mentions
        ],
        "officials": [
            {
                "name": person.name,
                "mentions": list(map(_pair, person.mentions)),
                "positions": [
                    {"title": post.title, "organisation": post.organisation, "status": str(post.status)}
                    for post in person.positions
                ],
            }
            for person in record.officials
        ],
        "dates": [
            {
                "span": _pair(found.mention),
                "kind": str(found.kind),
                "first_day": found.first_day.isoformat() if found.first_day else None,
                "last_day": found.last_day.isoformat() if found.last_day else None,
                "duration": found.duration,
            }
            for found in record.dates
        ],
        "indicators": [
            {
                "span": _pair(figure.mention),
                "value": _number(figure.value),
                "upper": _number(figure.upper),
                "total": _number(figure.total),
                "unit": figure.unit,
                "qualifier": str(figure.qualifier),
                "direction": str(figure.direction) if figure.direction else None,
                "measure": figure.measure,
                "period": _pair(record.dates[figure.period].mention) if figure.period is not None else None,
                "owner": names.get(figure.organisation_id or ""),
                "said_by": names.get(figure.said_by_id or ""),
            }
            for figure in record.indicators
        ],
        "ignore": [],
    }


def _pair(mention: Mention) -> list[int]:
    return [mention.start, mention.end]


def _number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def to_norm(alignment: Alignment, span: Span) -> Span:
    """A span of the text as it stands in the file, in offsets of the normalised text.

    >>> to_norm(Alignment(), Span(3, 8))
    Span(start=3, end=8)
    """
    return alignment.to_norm(*span)
