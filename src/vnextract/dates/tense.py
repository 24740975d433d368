"""Where the words around an expression place it in time."""

import re

from vnextract.dates.context import Tense
from vnextract.dates.words import words

_AFTER_FUTURE = re.compile(rf" (?:{words('after_future')})(?!\w)")
_AFTER_PAST = re.compile(rf" (?:{words('after_past')})(?!\w)")
_BEFORE_PAST = re.compile(rf"(?<!\w)(?:{words('before_past')}) \Z")
_PAST_DAY = re.compile(r"hôm (?=\d|thứ|chủ)")
_UNTIL_NOW = re.compile(r" (?:đến|tới) nay\Z")
_COMPARED = re.compile(rf"(?<!\w)(?:{words('compared')}) \Z")
_LEAD = 9
_FUTURE = re.compile(rf"(?<!\w)(?:{words('future')})(?!\w)")
_PAST = re.compile(rf"(?<!\w)(?:{words('past')})(?!\w)")
_CLAUSE_END = re.compile(r"[.;!?\n]")
_AHEAD, _BACK = 60, 30


def attached_tense(low: str, start: int, end: int) -> Tense:
    """The tense of the words that touch an expression: `hồi tháng 8`, `ngày 7/10 vừa qua`, `27/10 tới`."""
    if _AFTER_FUTURE.match(low, end):
        return Tense.FUTURE
    before = low[max(0, start - _LEAD) : start]
    is_past = _PAST_DAY.match(low, start) or _AFTER_PAST.match(low, end) or _BEFORE_PAST.search(before)
    return Tense.PAST if is_past or _UNTIL_NOW.search(low[start:end]) else Tense.OPEN


def is_compared(low: str, start: int) -> bool:
    """Whether an expression is what something is compared with: `so với năm trước`, `gấp đôi cùng kỳ 2024`."""
    return bool(_COMPARED.search(low[max(0, start - _LEAD) : start]))


def clause_tense(low: str, start: int, end: int) -> Tense:
    """The tense of the clause around an expression."""
    stop = _CLAUSE_END.search(low, end, end + _AHEAD)
    after = low[end : stop.start() if stop else end + _AHEAD]
    before = _CLAUSE_END.split(low[max(0, start - _BACK) : start])[-1]
    for part in (after, before):
        if _FUTURE.search(part):
            return Tense.FUTURE
        if _PAST.search(part):
            return Tense.PAST
    return Tense.OPEN
