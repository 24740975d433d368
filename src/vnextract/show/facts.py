"""A record's facts in words for a reader: a heading, a line and a list of fields each, whatever draws them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from vnextract.kinds import KINDS, FactKind
from vnextract.records import (
    ArticleRecord,
    DateKind,
    Indicator,
    Level,
    Mention,
    Official,
    Organisation,
    Place,
    Position,
    TemporalExpression,
)
from vnextract.show.words import Speech, speech

UNSURE, FAIRLY_SURE = 0.5, 0.8
"""Below the first a fact is pale, from the second on it looks like one of no doubt."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said of a fact."""

    label: str
    value: str
    sure: float | None = None
    """Probability that it is right, where it has one of its own."""
    to: str | None = None
    """Key of the fact that it names."""
    minor: bool = False
    """Whether a short list leaves it out."""
    named: bool = False
    """Whether it says little without its label."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its key within the record (`org-1`, `date-0`), its words, and where the article states it."""

    key: str
    kind: FactKind
    heading: str
    line: str
    fields: tuple[Field, ...]
    mentions: tuple[Mention, ...]
    sure: tuple[float | None, ...]
    """How sure each mention is; for kinds whose mentions are not judged, the fact's own confidence at each."""
    rules: tuple[str, ...]
    """What made each mention."""
    posts: tuple[Mention, ...] = ()
    """Where the article states what a person is."""

    @property
    def confidence(self) -> float | None:
        """How sure the surest of the mentions is; None where nothing was judged."""
        return max((sure for sure in self.sure if sure is not None), default=None)

    @property
    def linked(self) -> tuple[str, ...]:
        """Keys of the facts that this one names."""
        return tuple(dict.fromkeys(field.to for field in self.fields if field.to))

    @property
    def summary(self) -> str:
        """All that a short list tells, in one line."""
        told = (
            f"{field.label}: {field.value}" if field.named else field.value for field in self.fields if not field.minor
        )
        return " · ".join(filter(None, (self.line, *told)))

    def within(self, prefix: str) -> "Fact":
        """The same fact in a page that holds several records: all keys with a prefix."""
        fields = tuple(replace(field, to=field.to and prefix + field.to) for field in self.fields)
        return replace(self, key=prefix + self.key, fields=fields)


def facts(record: ArticleRecord, language: str | None = None) -> Iterator[Fact]:
    """All facts of a record, kind by kind, each kind in the order of the article.

    Raises:
        UnknownLanguageError: `language` is neither "en" nor "vi".
    """
    return _Teller(record, speech(language)).facts()


def fact_alone(fact: Organisation | Official | TemporalExpression | Indicator) -> Fact:
    """One fact without its record: what it names elsewhere is said by its number or identifier."""
    (told,) = facts(_ALONE.model_copy(update={_FIELDS[type(fact)]: (fact,)}))
    return told


_FIELDS: Mapping[type, str] = {
    Organisation: "organisations",
    Official: "officials",
    TemporalExpression: "dates",
    Indicator: "indicators",
}
_ALONE = ArticleRecord(
    id=None,
    title=None,
    published=None,
    source=None,
    url=None,
    sentences=(),
    organisations=(),
    officials=(),
    dates=(),
    indicators=(),
    warnings=(),
    version="",
)


def folded(facts: Iterable[Fact]) -> Iterator[tuple[Fact, ...]]:
    """Facts that a reader cannot tell apart come together, at the place of the first: `năm 2018` seven times."""
    for _, members in groupby(facts, key=lambda fact: fact.kind):
        alike: dict[object, list[Fact]] = {}
        for fact in members:
            told = tuple((field.label, field.value) for field in fact.fields if not field.minor)
            alike.setdefault((fact.heading.casefold(), fact.line, told), []).append(fact)
        yield from map(tuple, alike.values())


_NAMED = frozenset({"part_of", "short_form", "period", "owner", "said_by"})


def _stated(*fields: Field | None) -> tuple[Field, ...]:
    return tuple(field for field in fields if field and field.value)


def _same(mentions: tuple[Mention, ...], sure: float | None) -> tuple[float | None, ...]:
    return (sure,) * len(mentions)


class _Teller:
    """Tells the facts of one record in one language."""

    def __init__(self, record: ArticleRecord, say: Speech) -> None:
        self._record = record
        self._say = say
        self._names = record.names()
        self._bodies = {body.body_id: body for body in record.organisations if body.body_id}

    def facts(self) -> Iterator[Fact]:
        record = self._record
        yield from map(self._organisation, record.organisations)
        yield from map(self._official, record.officials)
        for number, found in enumerate(record.dates):
            yield self._date(number, found)
        for number, figure in enumerate(record.indicators):
            yield self._indicator(number, figure)

    def _field(
        self, label: str, value: str | None, sure: float | None = None, to: str | None = None, minor: bool = False
    ) -> Field:
        return Field(self._say(label), value or "", sure, to, minor, named=label in _NAMED)

    def _minor(self, label: str, value: str | None) -> Field:
        return self._field(label, value, minor=True)

    def _rules(self, mentions: Iterable[Mention]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.rule or self._say("rule_none") for mention in mentions))

    def _place(self, place: Place | None) -> str | None:
        return f"{place.name} ({place.code})" if place and place.code else place.name if place else None

    def _organisation(self, body: Organisation) -> Fact:
        say = self._say
        level = None if body.level is Level.NONE else say(f"level.{body.level}")
        parent = self._bodies.get(body.parent_id or "")
        found_by = sorted({say(f"found.{mention.found_by}") for mention in body.mentions if mention.found_by})
        return Fact(
            key=body.id,
            kind=FactKind.ORGANISATION,
            heading=body.name,
            line=" · ".join(filter(None, (say(f"kind.{body.kind}"), level, body.place.name if body.place else None))),
            fields=_stated(
                self._field("part_of", parent.name if parent else None, to=parent.id if parent else None),
                self._field("short_form", body.abbreviation),
                self._minor("kind", say(f"kind.{body.kind}")),
                self._minor("level", level),
                self._minor("place", self._place(body.place)),
                self._minor("body_id", body.body_id),
                self._minor("predecessor", body.predecessor_id),
                self._minor("name_sure", say.percent(body.name_confidence) if body.name_confidence else None),
                self._minor("mentions", say.number(len(body.mentions))),
                self._minor("found_by", ", ".join(found_by)),
            ),
            mentions=body.mentions,
            sure=tuple(mention.confidence for mention in body.mentions),
            rules=self._rules(body.mentions),
        )

    def _official(self, person: Official) -> Fact:
        say = self._say
        called = ", ".join(filter(None, (person.honorific, person.rank)))
        return Fact(
            key=person.id,
            kind=FactKind.OFFICIAL,
            heading=person.name,
            line=called,
            fields=_stated(
                *(self._post(post) for post in person.positions),
                self._minor("addressed", person.honorific),
                self._minor("rank", person.rank),
                self._minor("mentions", say.number(len(person.mentions))),
            ),
            mentions=person.mentions,
            sure=_same(person.mentions, person.confidence),
            rules=self._rules((*person.mentions, *(post.mention for post in person.positions))),
            posts=tuple(post.mention for post in person.positions),
        )

    def _post(self, post: Position) -> Field:
        return self._field("post", self._say.post(post), post.confidence, post.organisation_id)

    def _date(self, number: int, found: TemporalExpression) -> Fact:
        say = self._say
        days = say.days(found.first_day, found.last_day)
        length = say.length(found.duration) if found.duration else None
        return Fact(
            key=KINDS[FactKind.DATE].key(number, found),
            kind=FactKind.DATE,
            heading=found.mention.text,
            line=days or length or say("recurring" if found.kind is DateKind.SET else "not_settled"),
            fields=_stated(
                self._minor("kind", say(f"date.{found.kind}")),
                self._minor("days", days),
                self._minor("length", length),
                self._minor("timex", found.timex),
                self._minor("grain", say(f"grain.{found.grain}")),
                self._minor("lunar", found.lunar),
                self._minor("depends", say("depends_value") if found.relative else None),
            ),
            mentions=(found.mention,),
            sure=(found.confidence,),
            rules=self._rules((found.mention,)),
        )

    def _indicator(self, number: int, figure: Indicator) -> Fact:
        say = self._say
        return Fact(
            key=KINDS[FactKind.INDICATOR].key(number, figure),
            kind=FactKind.INDICATOR,
            heading=figure.mention.text,
            line=say.figure(figure),
            fields=_stated(
                self._field("measures", figure.measure, figure.measure_confidence),
                self._field("change", say(f"direction.{figure.direction}") if figure.direction else None),
                self._period(figure),
                self._whom("owner", figure.organisation_id, figure.owner_confidence),
                self._whom("said_by", figure.said_by_id, figure.said_by_confidence),
                self._minor("unit_kind", say(f"unit_kind.{figure.unit_kind}")),
                self._minor("measure_key", figure.measure_key),
            ),
            mentions=(figure.mention,),
            sure=(figure.confidence,),
            rules=self._rules((figure.mention,)),
        )

    def _period(self, figure: Indicator) -> Field | None:
        if figure.period is None:
            return None
        if figure.period >= len(self._record.dates):
            return self._field("period", f"dates[{figure.period}]", figure.period_confidence)
        found = self._record.dates[figure.period]
        days = self._say.days(found.first_day, found.last_day)
        words = f"{found.mention.text} ({days})" if days else found.mention.text
        return self._field("period", words, figure.period_confidence, KINDS[FactKind.DATE].key(figure.period, found))

    def _whom(self, label: str, id: str | None, sure: float | None) -> Field | None:
        if id is None:
            return None
        name = self._names.get(id)
        return self._field(label, name or id, sure, id if name else None)
