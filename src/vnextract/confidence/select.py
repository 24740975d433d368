"""The part of a record that is sure enough."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from vnextract.errors import InputTypeError
from vnextract.records import ArticleRecord, BodyMention, Indicator, Official, Organisation, Position

Sure = TypeVar("Sure")


def confident(record: ArticleRecord, least: float) -> ArticleRecord:
    """A record without the facts that are less sure than asked; what a fact is linked to goes alone where it can.

    A mention of an organisation goes by its own confidence; an organisation goes with its last mention, or where its
    full name is unsure; a measure, a period, an owner or a speaker goes without its figure. What has no confidence
    stays: a model that has learnt none leaves all of it None.

    Args:
        record: The record.
        least: The least probability, between 0 and 1.

    Raises:
        InputTypeError: `least` is no number between 0 and 1.

    >>> import vnextract
    >>> record = vnextract.extract("Sáng 16/4, UBND tỉnh Lai Châu họp.", published="2025-04-17")
    >>> confident(record, 0.0) == record
    True
    """
    return record.model_copy(update=_kept(record, checked(least)))


def checked(least: float) -> float:
    """A probability, as it was given.

    Raises:
        InputTypeError: it is none.

    >>> checked(0.8)
    0.8
    """
    if isinstance(least, bool) or not isinstance(least, int | float) or not 0 <= least <= 1:
        raise InputTypeError(f"a confidence is a number between 0 and 1, not {least!r}")
    return least


def _kept(record: ArticleRecord, least: float) -> Mapping[str, object]:
    organisations = tuple(body for one in record.organisations if (body := _organisation(one, least)))
    bodies = {body.id for body in organisations}
    officials = tuple(_official(one, least, bodies) for one in record.officials if _is_sure(one.confidence, least))
    named = bodies | {person.id for person in officials}
    places = {number: at for at, number in enumerate(_sure_dates(record, least))}
    return {
        "organisations": organisations,
        "officials": officials,
        "dates": tuple(record.dates[number] for number in places),
        "indicators": tuple(
            _indicator(one, least, places, bodies, named)
            for one in record.indicators
            if _is_sure(one.confidence, least)
        ),
    }


def _is_sure(confidence: float | None, least: float) -> bool:
    return confidence is None or confidence >= least


def _sure_dates(record: ArticleRecord, least: float) -> Iterator[int]:
    return (number for number, date in enumerate(record.dates) if _is_sure(date.confidence, least))


def _organisation(body: Organisation, least: float) -> Organisation | None:
    mentions: tuple[BodyMention, ...] = tuple(one for one in body.mentions if _is_sure(one.confidence, least))
    if not mentions or not _is_sure(body.name_confidence, least):
        return None
    return body if len(mentions) == len(body.mentions) else body.model_copy(update={"mentions": mentions})


def _official(person: Official, least: float, bodies: set[str]) -> Official:
    posts: tuple[Position, ...] = tuple(
        post
        for post in person.positions
        if _is_sure(post.confidence, least) and (post.organisation_id is None or post.organisation_id in bodies)
    )
    return person if len(posts) == len(person.positions) else person.model_copy(update={"positions": posts})


def _indicator(
    figure: Indicator, least: float, places: Mapping[int, int], bodies: set[str], named: set[str]
) -> Indicator:
    """A figure with the links that are sure and lead to what is kept; the period's number is the new one."""
    keeps_measure = _is_sure(figure.measure_confidence, least)
    period = _linked(figure.period, figure.period_confidence, least, figure.period in places)
    owner = _linked(figure.organisation_id, figure.owner_confidence, least, figure.organisation_id in bodies)
    speaker = _linked(figure.said_by_id, figure.said_by_confidence, least, figure.said_by_id in named)
    return figure.model_copy(
        update={
            "measure": figure.measure if keeps_measure else None,
            "measure_key": figure.measure_key if keeps_measure else None,
            "measure_confidence": figure.measure_confidence if keeps_measure else None,
            "period": None if period is None else places[period],
            "period_confidence": None if period is None else figure.period_confidence,
            "organisation_id": owner,
            "owner_confidence": None if owner is None else figure.owner_confidence,
            "said_by_id": speaker,
            "said_by_confidence": None if speaker is None else figure.said_by_confidence,
        }
    )


def _linked(value: Sure | None, confidence: float | None, least: float, is_kept: bool) -> Sure | None:
    return value if is_kept and _is_sure(confidence, least) else None
