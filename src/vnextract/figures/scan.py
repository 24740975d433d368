"""The stage of figures: numbers that count or measure something, with their unit."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnextract.figures.context import (
    Left,
    describe_number,
    estimated,
    exceeded,
    floor_start,
    from_start,
    pure,
    read_bound,
    read_left,
    upwards,
)
from vnextract.figures.direction import read_direction
from vnextract.figures.drafts import Draft
from vnextract.figures.indefinite import drop_articles
from vnextract.figures.models import Figure
from vnextract.figures.nouns import follows
from vnextract.figures.numbers import Amount, groups_by_comma, read_digits, read_words, words_ending
from vnextract.figures.patterns import (
    AGED,
    COORDINATES,
    LISTED,
    NUMBER_OF,
    NUMBERED_RIGHT,
    PRODUCT,
    SCORE_LEFT,
    TIME_UNIT,
    TRIGGER,
    WEIGHT_CLASS,
    YEAR,
)
from vnextract.figures.ranges import add_second, in_proportion, join_far_end, multiply, read_fraction
from vnextract.figures.sharing import share_units
from vnextract.figures.units import (
    SIGN_OF_MONEY,
    Unit,
    is_measured,
    read_compound,
    read_counted,
    read_measure,
    read_prefix,
    read_smaller,
)
from vnextract.figures.words import words
from vnextract.records import Qualifier, UnitKind
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.spans import Spans

_SURFACES, _CARRIERS = words("surface"), words("carrier")
_DIGITS_OF_PLACES = 2
"""Digits of a number of places that somebody is on; a larger one is rather a bound."""
_SHARES = (UnitKind.PERCENT, UnitKind.COUNT)
"""Kinds of measures that compare with something."""
_PER_CENT = "phần trăm"
_OF_PARTS = ("phần", "nửa")
_PART = re.compile(r" (?:[^\W\d_]+ ){0,3}")
_FOLLOWED = re.compile(r"[^.;\n]{0,40}? (?:lên|xuống|đến|tới|còn|thành|sang|về) [^.;\n]{0,12}?\d")


def find_figures(text: Text, dates: Sequence[Span] = ()) -> tuple[Figure, ...]:
    """The figures of a text, sorted and free of overlaps with one another and with the dates.

    Args:
        text: The text.
        dates: The stretches that are temporal expressions, in order: no number inside one is a figure.

    >>> found = find_figures(Text("Tổng sản phẩm đạt 655,44 tỷ đồng, tăng 11,79% so với cùng kỳ."))
    >>> [(str(figure.value), figure.unit) for figure in found]
    [('655440000000', 'VND'), ('11.79', '%')]
    """
    norm = text.norm
    drafts = in_proportion(norm, list(_drafts(norm, dates)))
    drop_articles(norm, drafts)
    share_units(norm, drafts)
    for draft, previous in zip(drafts, [None, *drafts], strict=False):
        _take_floor(norm, draft)
        _release_whole(norm, draft, previous)
    for draft, previous in zip(drafts, [None, *drafts], strict=False):
        draft.direction = read_direction(norm, draft, previous)
    english = groups_by_comma(norm)
    figures = [figure for draft in drafts if (figure := _figure(draft, english)) is not None]
    return tuple(_apart(norm, figures, dates))


def _drafts(text: str, dates: Sequence[Span]) -> Iterator[Draft]:
    """The numbers of a text in order, those inside dates left out."""
    at, held, firm = 0, Spans(dates), Spans([date for date in dates if not is_rate(text, date)])
    previous: Draft | None = None
    for trigger in TRIGGER.finditer(text):
        if trigger.start() < at or held.overlapping(trigger.start(), trigger.end()):
            continue
        date = firm.first_from(trigger.end())
        limit = date.start if date else len(text)
        draft = _read(text, trigger.start(), trigger.end(), limit)
        if draft is None or draft.end > limit:
            continue
        _carry_name(text, draft, previous)
        if draft.start >= at:
            yield draft
        at, previous = draft.end, draft


def is_rate(text: str, date: Span) -> bool:
    """Whether a temporal expression may be what a rate is reckoned by, and so part of a figure: `mỗi tháng`.

    >>> is_rate("5 triệu đồng mỗi tháng", Span(13, 22)), is_rate("ngày 5/3", Span(0, 8))
    (True, False)
    """
    return text.startswith(("mỗi ", "một "), date.start)


def _apart(text: str, figures: Sequence[Figure], dates: Sequence[Span]) -> Iterator[Figure]:
    """The figures that overlap neither a date nor a figure before them; the time of a rate is the figure's."""
    at, firm = 0, Spans([date for date in dates if not is_rate(text, date)])
    for figure in figures:
        if figure.start >= at and not firm.overlapping(figure.start, figure.end):
            yield figure
            at = figure.end


def _carry_name(text: str, draft: Draft, previous: Draft | None) -> None:
    """`Điều 250, 251`: what names the first number of a list names the next one too."""
    if draft.unit is None:
        draft.named = bool(read_left(text, draft.amount.start).named)
    if previous is None or not previous.named or not LISTED.fullmatch(text, previous.end, draft.start):
        return
    counted = draft.unit is not None and (draft.unit.noun is None or draft.unit.noun.known)
    if not counted or (draft.unit and draft.unit.noun and "," in text[previous.end : draft.start]):
        draft.unit, draft.end, draft.named = None, draft.amount.end, True


class Place(NamedTuple):
    """A number that no unit of measure follows."""

    start: int
    at: int
    """Where what it may count begins."""
    limit: int
    """Where the next temporal expression begins, beyond which nothing counted reaches."""
    number: Sequence[str]
    """What is known of the number, as features."""


def counting_places(text: Text, dates: Sequence[Span]) -> Iterator[Place]:
    """The numbers outside dates that may count a noun: what the model of counted nouns learns from."""
    held = Spans(dates)
    for trigger in TRIGGER.finditer(text.norm):
        draft = _number(text.norm, trigger.start(), trigger.end())
        if draft is None or held.overlapping(trigger.start(), draft.end):
            continue
        at = _unit_place(text.norm, draft)
        if not is_measured(text.norm, at, scaled=draft.scaled):
            date = held.first_from(draft.end)
            limit = date.start if date else len(text.norm)
            yield Place(draft.amount.start, at, limit, describe_number(read_left(text.norm, draft.amount.start), draft))


def _number(text: str, start: int, end: int) -> Draft | None:
    """The number at a trigger, both ends of a range or both parts of a ratio; None where it is none or a time."""
    if text.startswith(_OF_PARTS, start):
        return read_fraction(text, start, end)
    if text[start].isdigit():
        amount = read_digits(text, start)
    elif text.startswith(_PER_CENT, start - 5):
        amount = words_ending(text, start - 6)
    else:
        amount = read_words(text, start, end)
    if amount is None:
        return None
    draft = Draft(amount.start, amount.end, amount)
    multiply(text, draft)
    add_second(text, draft)
    product = PRODUCT.match(text, draft.end)
    if product and not product.group().startswith(" "):
        return None
    return None if TIME_UNIT.match(text, draft.end) or COORDINATES.match(text, draft.end) else draft


def _unit_place(text: str, draft: Draft) -> int:
    """Where the unit would begin: `3/5 số xã` has a word more."""
    number_of = NUMBER_OF.match(text, draft.end) if draft.total else None
    return number_of.end() if number_of else draft.end


def _read(text: str, start: int, end: int, limit: int) -> Draft | None:
    """The number at a trigger with everything that belongs to its mention; None where it is no figure."""
    draft = _number(text, start, end)
    if draft is None:
        return None
    unit, glued = _unit(text, draft, limit), text[draft.end : draft.end + 1].isalpha()
    if unit is None and not glued and pure(text, draft.start):
        unit = _no_unit(draft)
    if unit is not None and not _is_score(text, draft):
        draft.unit, draft.end = unit, unit.end
        join_far_end(text, draft)
    elif draft.total is not None or (unit is None and glued):
        return None
    _bound(text, draft)
    return draft


def _unit(text: str, draft: Draft, limit: int) -> Unit | None:
    """The unit that a number measures or counts in."""
    if PRODUCT.match(text, draft.end):
        return None
    at = _unit_place(text, draft)
    compound = None if draft.upper or draft.total else read_compound(text, at)
    if compound and (draft.amount.printed or "").isdigit() and not draft.amount.scaled:
        draft.amount = draft.amount._replace(extra=compound.decimals)
        return compound.unit
    unit, sign = read_measure(text, at, scaled=draft.scaled), read_prefix(text, draft.start)
    smaller = (
        None if unit is None or draft.upper or draft.total or not _is_whole(draft.amount) else read_smaller(text, unit)
    )
    if smaller:
        draft.amount = draft.amount.plus(smaller.decimals)
        return smaller.unit
    if sign and not (unit and (unit.kind is UnitKind.MONEY or text[sign[0]].isalpha())):
        draft.start = sign[0]
        return Unit(draft.end, sign[1], UnitKind.MONEY, rule=SIGN_OF_MONEY)
    if unit:
        return unit if _measures(text, draft, unit) else None
    if draft.amount.negative or _counts_nothing(draft) or upwards(text, at) or not follows(text, at):
        return None
    left = read_left(text, draft.amount.start)
    unit = read_counted(text, at, describe_number(left, draft), scaled=draft.scaled, limit=limit)
    if unit and unit.noun is None:
        return unit
    return unit if unit and _counts(text, draft, unit, left) else None


def _no_unit(draft: Draft) -> Unit:
    """What a number has that measures something and needs no unit."""
    return Unit(draft.end, "", UnitKind.OTHER, rule="no unit")


def _is_whole(amount: Amount) -> bool:
    """Whether a number is whole and has no scale in digits, so that a fraction of its unit may follow."""
    if amount.worded is not None:
        return amount.worded == amount.worded.to_integral_value()
    return (amount.printed or "").isdigit() and not amount.scaled and not amount.negative


def _is_score(text: str, draft: Draft) -> bool:
    """Whether a range is the score of a match: `thắng 3-1`."""
    return draft.upper is not None and bool(SCORE_LEFT.search(text, max(0, draft.start - 30), draft.start))


def _counts_nothing(draft: Draft) -> bool:
    """Whether a number is too small in words to count; not beside one in digits: `một đến 4 phòng`."""
    return draft.amount.small and draft.total is None and (draft.upper is None or draft.upper.printed is None)


def _measures(text: str, draft: Draft, unit: Unit) -> bool:
    """Whether a number measures, rather than naming a class of weight, or the thing before it: `Điều 5 đồng …`."""
    amount = draft.amount
    if amount.small:
        return unit.kind not in (UnitKind.COUNT, UnitKind.POINT)
    if unit.kind is UnitKind.MASS:
        return not WEIGHT_CLASS.search(text, max(0, amount.start - 60), amount.start)
    homonym = text[amount.end : unit.end].lower().startswith(" đồng")
    if unit.kind is not UnitKind.MONEY or amount.scaled or amount.grouped or not homonym:
        return True
    return not read_left(text, amount.start).named


def _counts(text: str, draft: Draft, unit: Unit, left: Left) -> bool:
    """Whether the number counts the noun that follows it, rather than naming what precedes it."""
    amount, noun = draft.amount, unit.noun
    if draft.total:
        return left.named is None
    if left.named is not None and NUMBERED_RIGHT.match(text, unit.end):
        return False
    if noun is None or amount.scaled or amount.grouped or left.bounded:
        return True
    if left.named or (left.named is False and (not noun.known or noun.group in ("place", "deed"))):
        return False
    if YEAR.fullmatch(amount.printed or "") and (left.dated or not left.counting):
        return False
    return not (noun.group == "deed" and left.name)


def _bound(text: str, draft: Draft) -> None:
    """Take the words that bound the number into the draft."""
    bound = read_bound(text, draft.start, draft.unit.kind if draft.unit else UnitKind.OTHER)
    if text.startswith("trên ", bound.start) and _is_surface(draft):
        return
    draft.start, draft.qualifier = bound
    # `vượt 30 tỷ đồng` is more than that, `vượt 44%` and `vượt 3 lần` by just that much.
    level = draft.unit is not None and draft.unit.noun is None and draft.unit.kind not in _SHARES
    if draft.qualifier is Qualifier.EXACT and level and exceeded(text, draft.start):
        draft.qualifier = Qualifier.MORE_THAN
    if draft.qualifier is Qualifier.EXACT and estimated(text, draft.start):
        draft.qualifier = Qualifier.ABOUT


def _is_surface(draft: Draft) -> bool:
    """Whether something stands on what is counted: `bán trên 5 sàn`, `đi trên 2 xe máy`."""
    noun, digits = draft.unit.noun if draft.unit else None, len(draft.amount.printed or "")
    if noun is None or draft.amount.grouped or draft.amount.scaled or digits > _DIGITS_OF_PLACES:
        return False
    head = noun.name.split(" ")[0]
    return head in _SURFACES or (digits == 1 and head in _CARRIERS)


def _take_floor(text: str, draft: Draft) -> None:
    """Take `từ … trở lên` and the `từ` of a lowest value into the mention; between these a number needs no unit."""
    above, begin = upwards(text, draft.end), from_start(text, draft.start)
    if (
        draft.unit is None
        and above
        and begin is not None
        and not (draft.named or AGED.search(text, max(0, begin - 6), begin))
    ):
        draft.unit = _no_unit(draft)
    if draft.unit is None:
        return
    floor = floor_start(text, draft.start)
    if above:
        draft.end, draft.qualifier = above
        draft.start = begin if begin is not None else draft.start
    elif floor is not None and _is_floor(text, draft):
        draft.start, draft.qualifier = floor, Qualifier.AT_LEAST


def _release_whole(text: str, draft: Draft, previous: Draft | None) -> None:
    """`147 chuyến chậm trên 975 chuyến bay`: `trên` before the whole of a part is no qualifier."""
    if previous is None or previous.unit is None or draft.unit is None or not text.startswith("trên ", draft.start):
        return
    same = previous.unit.name.split(" ")[0] == draft.unit.name.split(" ")[0]
    if same and draft.unit.noun and _PART.fullmatch(text, previous.end, draft.start):
        draft.start, draft.qualifier = draft.amount.start, Qualifier.EXACT


def _is_floor(text: str, draft: Draft) -> bool:
    """Whether `từ` before a figure names its lowest value rather than a source or the first of two values."""
    if draft.unit is None or draft.upper or draft.qualifier is not Qualifier.EXACT:
        return False
    if draft.unit.noun and draft.unit.noun.name not in ("chỗ", "chỗ ngồi"):
        return False
    return not _FOLLOWED.match(text, draft.end)


def _figure(draft: Draft, english: bool) -> Figure | None:
    unit = draft.unit
    if unit is None:
        return None
    groups, small = english or _groups_by_comma(draft, unit), unit.kind is UnitKind.PERCENT
    value = draft.amount.value(comma_groups=groups, small=small)
    if value is None:
        return None
    upper = draft.upper.value(comma_groups=groups, small=small) if draft.upper else None
    total = draft.total.value(comma_groups=groups, small=small) if draft.total else None
    if (upper is not None and upper <= value) or (total is not None and total < value):
        return None
    return Figure(
        draft.start,
        draft.end,
        value,
        upper,
        total,
        unit.name or None,
        unit.kind,
        draft.qualifier,
        draft.direction,
        draft.rule,
        unit.noun.chance if unit.noun else None,
    )


def _groups_by_comma(draft: Draft, unit: Unit) -> bool:
    """Whether a comma before three digits groups thousands: in counts, in đồng, after a sign of money."""
    signed = draft.start < draft.amount.start and unit.end == draft.amount.end
    return not draft.amount.scaled and (
        unit.countable or unit.name == "VND" or (signed and unit.kind is UnitKind.MONEY)
    )
