"""A record's facts in words for a reader: one heading, one line and a list of fields each, whatever draws them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from vnextract.kinds import KINDS, FactKind
from vnextract.records import (
    ArticleRecord,
    DateKind,
    Indicator,
    Level,
    Mention,
    Official,
    Organisation,
    Position,
    PositionStatus,
    Qualifier,
    TemporalExpression,
)

_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_QUALIFIERS = {
    Qualifier.MORE_THAN: "more than ",
    Qualifier.LESS_THAN: "less than ",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.AT_MOST: "at most ",
}
_NARROW_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its key within the record (`org-1`, `date-0`), its words, and where the article states it."""

    key: str
    kind: FactKind
    heading: str
    line: str
    fields: tuple[tuple[str, str], ...]
    mentions: tuple[Mention, ...]


def facts(record: ArticleRecord) -> Iterator[Fact]:
    """All facts of a record, kind by kind, each kind in the order of the article."""
    names = {body.id: body.name for body in record.organisations}
    yield from map(_organisation, record.organisations)
    yield from map(_official, record.officials)
    for number, found in enumerate(record.dates):
        yield _date(number, found)
    for number, figure in enumerate(record.indicators):
        period = record.dates[figure.period] if figure.period is not None else None
        yield _indicator(number, figure, period, names.get(figure.organisation_id or ""))


def number_words(number: Decimal | int) -> str:
    """A number that readers of Vietnamese and of English read alike: thin spaces between thousands, a decimal comma.

    >>> number_words(Decimal("655440000000.5")).replace("\\u202f", " ")
    '655 440 000 000,5'
    """
    return format(Decimal(number), ",f").replace(",", _NARROW_SPACE).replace(".", ",")


def length_words(duration: str) -> str:
    """An ISO 8601 length in words, or as it is where it has none.

    >>> length_words("P10Y"), length_words("PT1H30M"), length_words("P0.5Y")
    ('10 years', '1 hour 30 minutes', 'P0.5Y')
    """
    match = _LENGTH.fullmatch(duration)
    if not match or not any(match.groups()):
        return duration
    parts = zip(match.groups(), _UNITS, strict=True)
    return " ".join(f"{count} {unit}{'' if int(count) == 1 else 's'}" for count, unit in parts if count)


def days_words(first: date | None, last: date | None) -> str:
    """A closed interval of days: `2023-05-24`, `2023-05-01 – 2023-05-31`, `from 2023-05-01`; blank where unknown."""
    if first == last:
        return first.isoformat() if first else ""
    if first is None or last is None:
        return f"until {last}" if last else f"from {first}"
    return f"{first} – {last}"


def figure_words(figure: Indicator) -> str:
    """A figure with its unit and bound: `more than 860 500 lượt người`, `11,5 – 12,4 %`, `50 of 53 đại biểu`."""
    number = number_words(figure.value)
    if figure.upper is not None:
        number = f"{number} – {number_words(figure.upper)}"
    if figure.total is not None:
        number = f"{number} of {number_words(figure.total)}"
    return f"{_QUALIFIERS.get(figure.qualifier, '')}{number} {figure.unit or ''}".rstrip()


def post_words(post: Position) -> str:
    """A post with its body: `Giám đốc, Sở Y tế (former)`."""
    words = f"{post.title}, {post.organisation}" if post.organisation else post.title
    return words if post.status is PositionStatus.CURRENT else f"{words} ({post.status})"


def _plain(value: StrEnum) -> str:
    return value.value.replace("_", " ")


def _stated(*fields: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in fields if value)


def _organisation(body: Organisation) -> Fact:
    level = None if body.level is Level.NONE else _plain(body.level)
    place = body.place.name if body.place else None
    found_by = sorted({_plain(mention.found_by) for mention in body.mentions if mention.found_by})
    return Fact(
        key=body.id,
        kind=FactKind.ORGANISATION,
        heading=body.name,
        line=" · ".join(filter(None, (_plain(body.kind), level, place))),
        fields=_stated(
            ("Kind", _plain(body.kind)),
            ("Level", level),
            ("Province or city", f"{place} ({body.place.code})" if body.place and body.place.code else place),
            ("Short form", body.abbreviation),
            ("Mentions", str(len(body.mentions))),
            ("Found by", ", ".join(found_by)),
        ),
        mentions=body.mentions,
    )


def _official(person: Official) -> Fact:
    posts = [post_words(post) for post in person.positions]
    return Fact(
        key=person.id,
        kind=FactKind.OFFICIAL,
        heading=person.name,
        line="; ".join(filter(None, (person.rank, *posts))),
        fields=_stated(
            ("Addressed as", person.honorific),
            ("Rank", person.rank),
            *(("Post", post) for post in posts),
            ("Mentions", str(len(person.mentions))),
        ),
        mentions=person.mentions,
    )


def _date(number: int, found: TemporalExpression) -> Fact:
    days = days_words(found.first_day, found.last_day)
    length = length_words(found.duration) if found.duration else None
    return Fact(
        key=KINDS[FactKind.DATE].key(number, found),
        kind=FactKind.DATE,
        heading=found.mention.text,
        line=days or length or ("recurring" if found.kind is DateKind.SET else "not settled"),
        fields=_stated(
            ("Kind", _plain(found.kind)),
            ("Days", days),
            ("Length", length),
            ("TIMEX3", found.timex),
            ("Precise to", _plain(found.grain)),
            ("Lunar day", found.lunar),
            ("Depends on", "the publication date or another date" if found.relative else None),
        ),
        mentions=(found.mention,),
    )


def _indicator(number: int, figure: Indicator, period: TemporalExpression | None, organisation: str | None) -> Fact:
    value = figure_words(figure)
    return Fact(
        key=KINDS[FactKind.INDICATOR].key(number, figure),
        kind=FactKind.INDICATOR,
        heading=figure.mention.text,
        line=f"{value} · {figure.measure}" if figure.measure else value,
        fields=_stated(
            ("Measures", figure.measure),
            ("Value", value),
            ("Unit kind", _plain(figure.unit_kind)),
            ("Change", _plain(figure.direction) if figure.direction else None),
            ("Time", _period_words(period) if period else None),
            ("Organisation", organisation),
        ),
        mentions=(figure.mention,),
    )


def _period_words(period: TemporalExpression) -> str:
    days = days_words(period.first_day, period.last_day)
    return f"{period.mention.text} ({days})" if days else period.mention.text
