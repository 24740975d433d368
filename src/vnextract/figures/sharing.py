"""Numbers whose unit is printed elsewhere: coordinated with one that has it, or in the clause's subject."""

import re
from collections.abc import Sequence

from vnextract.figures.context import read_left
from vnextract.figures.drafts import Draft
from vnextract.figures.nouns import read_noun
from vnextract.figures.patterns import PRODUCT, YEAR
from vnextract.figures.units import Unit, read_rate
from vnextract.records import Qualifier, UnitKind
from vnextract.text.late import late
from vnextract.text.letters import LETTER, UPPER

_LIST = late(r"(?:, ?| và | hoặc | hay | \+ )\Z")
_CHANGE = late(r" (?:lên|xuống|còn|lên đến|lên tới|xuống còn|tăng lên|giảm xuống|thành|sang|về)(?: mức)? \Z")
_CASUALTY = late(r" (?:người )?(?:nguy kịch|bị thương|thiệt mạng|tử vong|mất tích|chết|bị bắt|tử nạn)(?![^\W\d_])")
_AFTER_CASUALTY = late(r" [^.;\d\n]{2,40}(?:,| và| còn|, còn) \Z")
_SUBJECT = late(r"(?:[Tt]ổng số |[Ss]ố lượng |[Ss]ố |[Tt]ổng lượng |[Tt]ổng |[Ll]ượng )?(?=[^\W\d_])")
_TOTAL = late(r"(?<= )(?:tổng số|số lượng) (?=[^\W\d_])")
_FLOW = late(r"(?:lượt|khách)(?: |\Z)")
_EQUALS = late(r" (?:là|đạt|còn|lên|tới|được|có)(?: |\Z)")
_ENDED = late(r"[.,;)\n]|\Z")
_PRICE = late(r"(?<![^\W\d_])(?:giá|tiền|phí|lương|vé|mua|bán|trả|công)(?![^\W\d_])", re.IGNORECASE)
_NAMED_BETWEEN = 3
"""Of so many numbers before one in brackets the last counts that names nothing: `22.000 liều cho Quận 1 (8.200)`."""
_SERIAL = frozenset((UnitKind.AREA, UnitKind.MASS, UnitKind.VOLUME))
"""Kinds of measures that a number in brackets may have from the one before it: `3.100 ha, nhất là Long An (1.850)`."""
_PRICED = late(r"(?<![^\W\d_])giá(?: (?:là|chỉ|còn|từ))? \Z", re.IGNORECASE)
_SUMS = late(r"(?:tiền|vốn|nợ|thuế|dư|lãi|phí|quỹ|thu|chi)(?: |\Z)")
_REACHED = late(r" (?:đạt|là|lên|tới|còn)(?: |\Z)")
_POPULATION = late(r"dân số[^.;\n]{0,40}\Z", re.IGNORECASE)
_CLAUSE = late(r"[,.;:!?(\n“\"]")
_SENTENCE = late(r"[.;!?\n]")
_BRACKET = late(r" \([^()\n]{1,30}\)")
_IN_A_BRACKET = 2
"""So many numbers a bracket may hold that is passed over."""
_BRACKET_LEFT = late(rf"[{LETTER}\d] \(\Z")
_DOTTED = late(rf"(?<![{LETTER}])(?:TP|Tp|[{UPPER}])\.")
"""A full stop that ends no sentence."""
_REACH = 120
_LARGE = 1_000_000
_LONGEST_SIDE = 10
"""From here on two lengths are no sides of one thing, and two sums no list."""


def share_units(text: str, drafts: Sequence[Draft]) -> None:
    """Give every number that stands without a unit the one that it shares, where the text settles it."""
    for index in range(len(drafts) - 2, -1, -1):
        if drafts[index].unit is None:
            _share_forwards(text, drafts, index)
    for index, draft in enumerate(drafts):
        if draft.unit is None and not draft.named:
            series = _in_series(text, drafts, index) if index else None
            draft.unit = series or _from_before(text, draft, drafts[index - 1] if index else None)
            if draft.unit:
                draft.end = max(draft.end, draft.unit.end)


def _in_series(text: str, drafts: Sequence[Draft], index: int) -> Unit | None:
    """`12.477 ca tại TP.HCM (7.122), Bình Dương (2.194)`: numbers in brackets count what the one before them does."""
    draft, before = drafts[index], drafts[max(0, index - _NAMED_BETWEEN) : index]
    previous = next((other for other in reversed(before) if not other.named), draft)
    unit = previous.unit
    if (
        unit is None
        or (unit.noun is None and unit.kind not in _SERIAL)
        or not _is_bracketed(text, draft)
        or YEAR.fullmatch(draft.amount.printed or "")
    ):
        return None
    if _SENTENCE.search(_DOTTED.sub("", text[previous.end : draft.start])):
        return None
    following = drafts[index + 1] if index + 1 < len(drafts) else None
    listed = _is_bracketed(text, previous) or (following is not None and _is_bracketed(text, following))
    return unit._replace(end=draft.end, rule="unit of the series") if listed or draft.amount.grouped else None


def _is_bracketed(text: str, draft: Draft) -> bool:
    """Whether a number stands alone in brackets after a word."""
    return text.startswith(")", draft.amount.end) and bool(
        _BRACKET_LEFT.search(text, max(0, draft.start - 3), draft.start)
    )


def _share_forwards(text: str, drafts: Sequence[Draft], index: int) -> None:
    """`từ 4,8 lên 5,3% GDP`, `298 và 121 hộ`: the unit of the next number.

    A bracket is passed over: `từ 3,1 triệu (0,4%) lên 3,9 triệu cổ phiếu`.
    """
    draft, bracket = drafts[index], _BRACKET.match(text, drafts[index].end)
    at, near = bracket.end() if bracket else draft.end, drafts[index + 1 : index + 2 + _IN_A_BRACKET]
    following = next((other for other in near if other.start >= at), None)
    if following is None or following.unit is None or draft.named:
        return
    between = text[at : following.start]
    change, listed = _CHANGE.match(between), _LIST.match(between)
    if not (change or listed or _is_side(between, draft, following)):
        return
    left = text[max(0, draft.start - 40) : draft.start]
    if following.unit.kind is UnitKind.PERCENT and draft.amount.factor != 1:
        return
    if listed and not (
        read_left(text, draft.start).counting
        or _LIST.search(left)
        or draft.qualifier is not Qualifier.EXACT
        or _is_of_one_sort(text, draft, following)
    ):
        return
    if following.amount.scaled and not draft.amount.scaled:
        draft.amount = draft.amount.under(following.amount.factor)
    draft.unit = following.unit._replace(rule="unit of the next number")


def _is_of_one_sort(text: str, draft: Draft, following: Draft) -> bool:
    """Whether two amounts are listed under one currency: `mệnh giá 20.000 và 50.000 đồng`, `20 và 50 triệu đồng`."""
    if following.unit is None or following.unit.kind is not UnitKind.MONEY or following.upper or draft.upper:
        return False
    alike = draft.amount.grouped if following.amount.grouped else following.amount.scaled and not draft.amount.scaled
    left = read_left(text, draft.start)
    if not alike or left.name or left.named is not None:
        return False
    sums = sorted((draft.amount.under(following.amount.factor).value() or 0, following.amount.value() or 0))
    return sums[1] < sums[0] * _LONGEST_SIDE


def _is_side(between: str, draft: Draft, following: Draft) -> bool:
    """Whether two numbers are the sides of one thing: `3 x 4 m`, but not `4 x 400 m`."""
    if not PRODUCT.fullmatch(between) or following.unit is None or following.unit.kind is not UnitKind.LENGTH:
        return False
    sides = sorted((draft.amount.value() or 0, following.amount.value() or 0))
    return sides[1] < sides[0] * _LONGEST_SIDE


def _from_before(text: str, draft: Draft, previous: Draft | None) -> Unit | None:
    """The unit that the clause's subject or an earlier number supplies."""
    clause = _clause(text, draft.start)
    marked = draft.amount.scaled or draft.amount.grouped or draft.qualifier is not Qualifier.EXACT
    noun = _subject_noun(clause)
    if noun and (marked or (_EQUALS.search(clause) and _ENDED.match(text, draft.end))):
        return Unit(draft.end, noun, UnitKind.COUNT, rule="noun of the subject")
    if not marked:
        return _casualty(text, draft, previous)
    if _POPULATION.search(clause):
        return Unit(draft.end, "người", UnitKind.COUNT, rule="population")
    if draft.amount.factor < _LARGE and not _is_small_money(text, draft, clause):
        return None
    return read_rate(
        text, Unit(draft.end, _currency(text, draft, previous), UnitKind.MONEY, rule="money without a unit")
    )


def _is_small_money(text: str, draft: Draft, clause: str) -> bool:
    """`200k`, `giá 50 nghìn`, `giá 18.000`: thousands of the country's own currency, but not `màn hình 4K`."""
    if draft.amount.grouped and _PRICED.search(clause) and _ENDED.match(text, draft.end):
        return True
    if draft.amount.small:
        return False
    in_short = text[draft.end - 1] in "kK" and len(draft.amount.printed or "") > 1
    return draft.amount.scaled and (in_short or bool(_PRICE.search(clause)))


def _clause(text: str, start: int) -> str:
    """What the clause says before a number."""
    left = text[max(0, start - _REACH) : start]
    ends = [match.end() for match in _CLAUSE.finditer(left)]
    return left[ends[-1] :] if ends else left


def _subject_noun(clause: str) -> str | None:
    """The counted noun that begins the clause or its object: `lượt khách đến tỉnh đạt`, `nâng tổng số xã lên`."""
    total = _TOTAL.search(clause)
    clause = clause[total.start() :] if total else clause.lstrip()
    subject = _SUBJECT.match(clause)
    noun = read_noun(clause, subject.end()) if subject else None
    if subject is None or noun is None or not (noun.known or subject.group()) or _SUMS.match(noun.name):
        return None
    return noun.name if subject.group() or (_FLOW.match(noun.name) and _REACHED.search(clause)) else None


def _currency(text: str, draft: Draft, previous: Draft | None) -> str:
    """The currency of the money named just before in the sentence, else the country's own."""
    if previous and previous.unit and previous.unit.kind is UnitKind.MONEY and "/" not in previous.unit.name:
        between = text[previous.end : draft.start]
        if len(between) < _REACH and not _SENTENCE.search(between):
            return previous.unit.name
    return "VND"


def _casualty(text: str, draft: Draft, previous: Draft | None) -> Unit | None:
    """`1 người chết, 1 nguy kịch`: the second number counts people too."""
    if previous is None or previous.unit is None or previous.unit.noun is None:
        return None
    if previous.unit.noun.group != "people" or not _CASUALTY.match(text, draft.end):
        return None
    if not _AFTER_CASUALTY.fullmatch(text[previous.end : draft.start]):
        return None
    return previous.unit._replace(end=draft.end, rule="casualties")
