"""From the working state to the record: offsets into the article as passed in, identifiers, the contract's types."""

import re
from collections.abc import Mapping, Sequence
from itertools import repeat

from vnextract.article import Article
from vnextract.confidence.model import ConfidenceOf, calibrations_in_use
from vnextract.confidence.sureness import Sureness
from vnextract.findings import Findings
from vnextract.lexicon.places import find_province, province
from vnextract.links.models import Relations
from vnextract.officials.models import Person, Post
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.records import (
    ArticleRecord,
    BodyMention,
    Indicator,
    KeptText,
    Mention,
    Official,
    Organisation,
    Place,
    Position,
    TemporalExpression,
)
from vnextract.version import __version__

_UNRELATED = Relations()
_SURROGATE = re.compile("[\ud800-\udfff]")


def _storable(value: object) -> str | None:
    """A caller's own field as text that can be written as JSON."""
    return None if value is None else _SURROGATE.sub("\ufffd", str(value))


class _Assembler:
    """Turns what was found into a record. Models are built unchecked: their parts come from typed code only."""

    def __init__(self, known: Findings, confidence_of: ConfidenceOf) -> None:
        self._known = known
        self._raw = known.text.raw
        self._day = known.published.first_day if known.published else None
        self._to_raw = known.text.alignment.to_raw
        self._body_ids = {id(body): f"org-{number}" for number, body in enumerate(known.bodies, 1)}
        self._sure = Sureness(known, confidence_of)
        self._person_ids = {id(person): f"person-{number}" for number, person in enumerate(known.people, 1)}

    def _mention(self, start: int, end: int, rule: str | None = None) -> Mention:
        start, end = self._to_raw(start, end)
        return Mention.of_known(start=start, end=end, text=self._raw[start:end], found_by=None, rule=rule)

    def _body_mention(self, mention: OrganisationMention, body: Body) -> BodyMention:
        start, end = self._to_raw(mention.start, mention.end)
        return BodyMention.of_known(
            start=start,
            end=end,
            text=self._raw[start:end],
            found_by=mention.found_by,
            rule=mention.rule,
            confidence=self._sure.mention(mention, body),
        )

    def _organisation(self, body: Body) -> Organisation:
        return Organisation.of_known(
            id=self._body_ids[id(body)],
            name=body.name,
            name_confidence=self._sure.name(body),
            abbreviation=body.abbreviation,
            kind=body.kind,
            level=body.level,
            place=self._place(body.province),
            body_id=body.body_id,
            parent_id=body.parent_id,
            predecessor_id=body.predecessor_id,
            mentions=tuple(self._body_mention(mention, body) for mention in body.mentions),
        )

    def _place(self, name: str | None) -> Place | None:
        if name is None:
            return None
        today = find_province(name)
        return Place.of_known(name=name, code=province(name, self._day), code_today=today.into if today else None)

    def _position(self, post: Post) -> Position:
        return Position.of_known(
            title=post.title,
            organisation=post.body.name if post.body else None,
            organisation_id=self._body_ids.get(id(post.body)) if post.body else None,
            status=post.status,
            place=self._place(post.place),
            since=post.since,
            until=post.until,
            confidence=self._sure.position(post),
            mention=self._mention(post.start, post.end, post.rule),
        )

    def _official(self, person: Person) -> Official:
        return Official.of_known(
            id=self._person_ids[id(person)],
            name=person.name,
            honorific=person.honorific,
            rank=person.rank,
            positions=tuple(map(self._position, person.posts)),
            mentions=tuple(self._mention(*span) for span in person.mentions),
            confidence=self._sure.person(person),
        )

    def _dates(self) -> tuple[TemporalExpression, ...]:
        return tuple(
            TemporalExpression.of_known(
                mention=self._mention(found.start, found.end, found.rule),
                kind=found.kind,
                first_day=found.first_day,
                last_day=found.last_day,
                duration=found.duration,
                timex=found.timex,
                grain=found.grain,
                relative=found.relative,
                lunar=found.lunar,
                confidence=self._sure.date(found),
            )
            for found in self._known.dates
        )

    def _indicators(self) -> tuple[Indicator, ...]:
        known = self._known
        index_of = {id(found): index for index, found in enumerate(known.dates)}
        return tuple(
            Indicator.of_known(
                mention=self._mention(figure.start, figure.end, figure.rule),
                value=figure.value,
                upper=figure.upper,
                total=figure.total,
                unit=figure.unit,
                unit_kind=figure.unit_kind,
                qualifier=figure.qualifier,
                measure=relations.measure,
                direction=figure.direction,
                period=index_of.get(id(relations.period)) if relations.period else None,
                organisation_id=self._body_ids.get(id(relations.owner)) if relations.owner else None,
                measure_key=relations.measure_key,
                said_by_id=self._speaker(relations),
                confidence=self._sure.figure(figure),
                measure_confidence=self._sure.measure(relations, figure),
                period_confidence=self._sure.period(relations, figure),
                owner_confidence=self._sure.owner(relations, figure),
                said_by_confidence=self._sure.speaker(relations, figure),
            )
            for figure, relations in zip(known.figures, known.relations or repeat(_UNRELATED), strict=False)
        )

    def _speaker(self, relations: Relations) -> str | None:
        speaker = id(relations.said_by) if relations.said_by else None
        return None if speaker is None else self._person_ids.get(speaker) or self._body_ids.get(speaker)

    def _cues(self) -> list[Mapping[str, Sequence[Sequence[str]]]]:
        """What spoke for the links of each figure, by kind of link."""
        return [{kind: link.cues for kind, link in one.links.items()} for one in self._known.relations]

    def record(self) -> ArticleRecord:
        """The whole record."""
        known, article = self._known, self._known.article
        return ArticleRecord.model_construct(
            id=_storable(article.id),
            title=_storable(article.title),
            published=None if known.published is None else str(known.published),
            source=_storable(article.source),
            url=_storable(article.url),
            sentences=tuple(self._mention(*span) for span in known.text.sentences),
            organisations=tuple(map(self._organisation, known.bodies)),
            officials=tuple(map(self._official, known.people)),
            dates=self._dates(),
            indicators=self._indicators(),
            warnings=tuple(known.warnings),
            failure=None,
            version=__version__,
            _kept=KeptText(self._raw, self._cues()),
        )


def assemble(known: Findings, confidence_of: ConfidenceOf | None = None) -> ArticleRecord:
    """The record of what has been found so far; `confidence_of` where confidence is not that of the model in use."""
    return _Assembler(known, confidence_of or calibrations_in_use().of).record()


def failed(article: Article, reason: str) -> ArticleRecord:
    """The record of an article that could not be read: its identity and the reason, nothing else."""
    return ArticleRecord.model_construct(
        id=_storable(article.id),
        title=_storable(article.title),
        published=None,
        source=_storable(article.source),
        url=_storable(article.url),
        sentences=(),
        organisations=(),
        officials=(),
        dates=(),
        indicators=(),
        warnings=article.warnings,
        failure=reason,
        version=__version__,
    )
