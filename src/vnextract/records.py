"""The contract: what an extraction returns. Every model is frozen and forbids fields it does not know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PrivateAttr

from vnextract.errors import TextMismatchError


class OrganisationKind(StrEnum):
    """What sort of body an organisation is."""

    PARTY = "party"
    GOVERNMENT = "government"
    LEGISLATURE = "legislature"
    JUDICIARY = "judiciary"
    POLICE = "police"
    MILITARY = "military"
    MASS_ORGANISATION = "mass_organisation"
    ASSOCIATION = "association"
    COMPANY = "company"
    EDUCATION = "education"
    HEALTH = "health"
    MEDIA = "media"
    SPORTS = "sports"
    RELIGIOUS = "religious"
    INTERNATIONAL = "international"
    OTHER = "other"


class Level(StrEnum):
    """The tier of the state that an organisation belongs to."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    NONE = "none"


class PositionStatus(StrEnum):
    """Whether a post is held now, was held before, or is held for the time being."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"


class DateKind(StrEnum):
    """What a temporal expression names."""

    DATE = "date"
    RANGE = "range"
    DURATION = "duration"
    SET = "set"


class Grain(StrEnum):
    """The smallest calendar unit that a temporal expression names."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class UnitKind(StrEnum):
    """What a unit measures."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    MULTIPLE = "multiple"
    POINT = "point"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    SPEED = "speed"
    TEMPERATURE = "temperature"
    ENERGY = "energy"
    POWER = "power"
    ELECTRICITY = "electricity"
    DATA = "data"
    TIME = "time"
    OTHER = "other"


class Qualifier(StrEnum):
    """How a printed figure bounds the true one."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Direction(StrEnum):
    """Which way a figure that is itself a change goes."""

    INCREASE = "increase"
    DECREASE = "decrease"


class FoundBy(StrEnum):
    """Which of the two ways of finding names found a mention."""

    GRAMMAR = "grammar"
    TAGGER = "tagger"


_set = object.__setattr__
"""Models are frozen; this is how pydantic itself fills them."""


class Model(BaseModel):
    """Common configuration: frozen, nothing unknown; what checks and writes it is built on first use."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)

    @classmethod
    def of_known(cls, **fields: Any) -> Self:
        """A model of all its fields in their order, unchecked: what typed code has made needs no check.

        As `model_construct`, which asks of each field anew whether it is given, by which name and with what default.
        """
        made = cls.__new__(cls)
        _set(made, "__dict__", fields)
        _set(made, "__pydantic_fields_set__", set(fields))
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made


def _plain(number: Decimal) -> str:
    return format(number, "f")


Number = Annotated[Decimal, PlainSerializer(_plain, when_used="json")]
"""A decimal number; in JSON a string without exponent, so that no digit is lost."""


class Mention(Model):
    """A stretch of the article: `article[start:end] == text`, always."""

    start: int = Field(ge=0)
    """Offset of the first character, in code points of the text as it was passed in."""
    end: int = Field(ge=0)
    """Offset after the last character, in code points (half-open)."""
    text: str
    """The characters themselves."""
    found_by: FoundBy | None = None
    """How the mention was found: by grammar and lexicon, or by the statistical tagger; null if only one way exists."""
    rule: str | None = None
    """Name of the rule that made it, as `ArticleRecord.explain` says it; null for sentences."""


class BodyMention(Mention):
    """A mention of an organisation, which is sure by itself; of other mentions, the fact is."""

    confidence: float | None = None
    """Probability that its bounds and its kind are right, between 0 and 1."""


class Place(Model):
    """A province or centrally run city; of a post also a country, a district or a commune."""

    name: str
    """Its name without the unit: `Lai Châu`, `Hồ Chí Minh`; a numbered one with it: `quận 2`."""
    code: str | None
    """Its code among the 63 provinces, or among the 34 from 1 July 2025 on, such as `12`; null if none."""
    code_today: str | None = None
    """Code of the province of the 34 that it is or has become part of."""


class Shown(Model):
    """A fact that shows itself in Jupyter."""

    def _repr_html_(self) -> str:
        from vnextract.show.notebook import fact_html

        return fact_html(self)  # type: ignore[arg-type]


class Organisation(Shown):
    """One body, with every place in the article that names it."""

    id: str
    """Identifier within the article: `org-1`, `org-2`, in order of first mention."""
    name: str
    """The full name: abbreviations spelled out, the place that the article supplies added."""
    name_confidence: float | None = None
    """Probability that this is its full name, between 0 and 1."""
    abbreviation: str | None
    """The body's own short form, as the article prints it: `CNRP`, `EVN`; null if none."""
    kind: OrganisationKind
    """What sort of body it is."""
    level: Level
    """Tier of the state; `none` for bodies outside it."""
    place: Place | None
    """The province or city it belongs to, where the text settles it."""
    body_id: str | None = None
    """Identifier of the body, the same in every article: `vn/bo-cong-an/c08`, `vn/lai-chau/cong-an/pc02`."""
    parent_id: str | None = None
    """`body_id` of the body that it is part of, where its name or the register of the state's bodies says so."""
    predecessor_id: str | None = None
    """`body_id` of the body whose work it took over: the one that the article names, else the register's only one."""
    mentions: tuple[BodyMention, ...]
    """Where it is named, in order."""


class Position(Model):
    """A post that the article gives to a person."""

    title: str
    """The post as printed, without the body's name: `Phó Chủ tịch Thường trực`."""
    organisation: str | None
    """Full name of the body; null where the title carries it (`Thủ tướng`, `Tỉnh ủy viên`)."""
    organisation_id: str | None
    """`id` of that body among the record's organisations."""
    status: PositionStatus
    """Held now, formerly, or for the time being."""
    place: Place | None = None
    """Where the post is: the body's province, or the place that the title names (`Chủ tịch tỉnh An Giang`)."""
    since: str | None = None
    """ISO year, month or day from which the article says that it is held: `2016`, `2016-03`, `2016-03-17`."""
    until: str | None = None
    """ISO year, month or day up to which the article says that it was held."""
    confidence: float | None = None
    """Probability that title, body, holder and status are all right, between 0 and 1."""
    mention: Mention
    """The characters that state the post."""


class Official(Shown):
    """A named person to whom the article gives a post or a rank."""

    id: str
    """Identifier within the article: `person-1`, `person-2`, in order of first mention."""
    name: str
    """The fullest form of the name in the article."""
    honorific: str | None
    """How the article addresses the person: `ông`, `bà`, `đồng chí`; null if not at all."""
    rank: str | None
    """Military or police rank as printed: `Đại tá`; null if none."""
    positions: tuple[Position, ...]
    """Each post once, in order of appearance."""
    mentions: tuple[Mention, ...]
    """Every occurrence of the name, without honorific, rank or title."""
    confidence: float | None = None
    """Probability that a person of this name has a post or a rank here, between 0 and 1."""


class TemporalExpression(Shown):
    """An expression that names a point, a span or a length of calendar time."""

    mention: Mention
    """Where it stands."""
    kind: DateKind
    """One point, two ends, a length, or a recurring time."""
    first_day: date | None
    """First day covered (ISO day, inclusive); null where open or not settled by the text and the publication date."""
    last_day: date | None
    """Last day covered (ISO day, inclusive); null where open or not settled."""
    duration: str | None
    """ISO 8601 length of a duration: `P10Y`, `PT30M`; null for the other kinds."""
    timex: str | None
    """TIMEX3 value: `2023-05-24`, `2023-Q1`, `2023-05-24TAF`, `P10Y`, `XXXX-WXX-4`; null where none can be given."""
    grain: Grain
    """Smallest calendar unit named."""
    relative: bool
    """True where the value depends on the publication date or on another date of the article."""
    lunar: str | None = None
    """For a day of the Vietnamese lunar calendar: `2026-01-01`, a leap month with a trailing `L`; else null."""
    confidence: float | None = None
    """Probability that bounds, kind and days are all right, between 0 and 1."""


class Indicator(Shown):
    """A number that counts or measures something."""

    mention: Mention
    """Qualifier, number, scale and unit."""
    value: Number
    """The figure in base units, scale applied: `655,44 tỷ đồng` is 655440000000."""
    upper: Number | None
    """Second end of a range (`11,5 - 12,4%`: 12.4); else null."""
    total: Number | None
    """The whole of a ratio (`50/53 đại biểu`: 53); else null."""
    unit: str | None
    """Currency code, `%`, or the unit or counted noun as printed, in lower case; rates with a slash (`VND/năm`)."""
    unit_kind: UnitKind
    """What the unit measures."""
    qualifier: Qualifier
    """How the figure bounds the true value (`hơn`, `khoảng`, `ít nhất`)."""
    measure: str | None
    """The article's words that say what is measured; null where only the unit says it."""
    direction: Direction | None
    """Where the figure itself is a change (`tăng 5%`): which way; else null."""
    period: int | None
    """Index into the record's `dates` of the time that the figure holds for; null if none."""
    organisation_id: str | None
    """`id` of the organisation whose figure it is, or which did what is counted; null if none."""
    measure_key: str | None = None
    """A form of the measure to group by: `GRDP` however the article puts it; null where `measure` is."""
    said_by_id: str | None = None
    """`id` of the official or organisation to whom the article attributes the figure; null if nobody."""
    confidence: float | None = None
    """Probability that bounds, value and unit are all right, between 0 and 1."""
    measure_confidence: float | None = None
    """Probability that the measure is right; null where there is none."""
    period_confidence: float | None = None
    """Probability that the period is right; null where there is none."""
    owner_confidence: float | None = None
    """Probability that `organisation_id` is right, its full name included; null where there is none."""
    said_by_confidence: float | None = None
    """Probability that `said_by_id` is right, the name included; null where there is none."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """What is known beside a record: no part of the contract, so it counts in no comparison of records."""

    text: str | None = field(default=None, compare=False)
    cues: Sequence[Mapping[str, Sequence[Sequence[str]]]] = field(default=(), compare=False)
    """Of each indicator, the cues of the links that were made; empty in a record from JSON or another process."""

    def __reduce__(self) -> tuple[type["KeptText"], tuple[str | None]]:
        """The text alone goes to another process."""
        return KeptText, (self.text,)


class ArticleRecord(Model):
    """Everything extracted from one article."""

    id: str | None
    """The article's identifier as given; null if none was."""
    title: str | None
    """The article's title as given; null if none was."""
    published: str | None
    """Publication date: `2023-05-25`, `2023-05` or `2023`; null if unknown."""
    source: str | None
    """Newspaper, site or file the article comes from, as given."""
    url: str | None
    """Address of the article, as given."""
    sentences: tuple[Mention, ...]
    """The article's sentences, in order, headings and captions included."""
    organisations: tuple[Organisation, ...]
    """Bodies, in order of first mention."""
    officials: tuple[Official, ...]
    """Persons with a post or rank, in order of first mention."""
    dates: tuple[TemporalExpression, ...]
    """Temporal expressions, in order."""
    indicators: tuple[Indicator, ...]
    """Figures, in order."""
    warnings: tuple[str, ...]
    """What a reader of the record should know: impossible dates, repaired characters."""
    failure: str | None = None
    """Why nothing could be extracted; null when all went well."""
    version: str
    """Version of vnextract that made the record."""
    _kept: KeptText = PrivateAttr(default=KeptText())

    @property
    def text(self) -> str | None:
        """The article as it was passed in; None in a record that was read from JSON, which does not carry it."""
        return self._kept.text

    def names(self) -> Mapping[str, str]:
        """Names of the article's organisations and officials by their identifiers."""
        named: tuple[Organisation | Official, ...] = (*self.organisations, *self.officials)
        return {one.id: one.name for one in named}

    def with_text(self, text: str) -> "ArticleRecord":
        """The same record, knowing the article's text again after a round trip through JSON.

        Raises:
            TextMismatchError: the record was made from another text.
        """
        if any(text[sentence.start : sentence.end] != sentence.text for sentence in self.sentences):
            raise TextMismatchError("the text is not the one that the record was made from: its sentences differ")
        record = self.model_copy()
        record._kept = KeptText(text, self._kept.cues)
        return record

    def to_html(self, text: str | None = None, language: Literal["en", "vi"] | None = None) -> str:
        """One self-contained HTML page: the article marked up, its facts beside it, a review that saves gold.

        Args:
            text: The article, for a record that was read from JSON; without it such a record shows its sentences.
            language: What the page speaks at first, which its reader can change; None is what the environment variable
                `VNEXTRACT_LANGUAGE` says, English by default.

        Raises:
            TextMismatchError: the record was made from another text.
            UnknownLanguageError: `language` is neither "en" nor "vi".
        """
        from vnextract.show.page import page

        return page(self if text is None else self.with_text(text), language)

    def to_frame(self, table: str, engine: Literal["pandas", "polars"] = "pandas") -> Any:
        """One of the tables of `vnextract.to_frames` as a data frame: `record.to_frame("indicators")`.

        Args:
            table: `articles`, `sentences`, `organisations`, `organisation_mentions`, `officials`,
                `official_mentions`, `positions`, `dates` or `indicators`.
            engine: The library whose data frame is wanted.

        Raises:
            UnknownTableError: there is no such table.
            MissingExtraError: pandas or polars is not installed.
        """
        from vnextract.show.frames import to_frame

        return to_frame([self], table, engine)

    def explain(self, fact: "Organisation | Official | Position | TemporalExpression | Indicator") -> str:
        """What made a fact of this record, a line for each mention: its place, its words, the rule.

        Of an indicator also a line for each of its relations with the cues that counted most, where the record comes
        from `extract` and not from JSON.
        """
        from vnextract.show.explain import explain

        index = next((at for at, one in enumerate(self.indicators) if one is fact), None)
        return explain(fact, self._kept.cues[index] if index is not None and index < len(self._kept.cues) else {})

    def _repr_html_(self) -> str:
        from vnextract.show.notebook import record_html

        return record_html(self)
