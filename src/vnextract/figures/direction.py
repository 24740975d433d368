"""Whether a figure is itself a change, and which way it goes."""

import re

from vnextract.figures.drafts import Draft
from vnextract.figures.words import one_of, words
from vnextract.records import Direction, UnitKind
from vnextract.text.late import late
from vnextract.text.letters import LETTER

_REACH = 70
_WORD = r"[^\W\d_]+"
_SENSES = {word: role for role in ("rise", "fall", "more", "less", "still") for word in words(role)}
_CHANGE = late(
    rf"(?<![{LETTER}])(?:{'|'.join(sorted(_SENSES, key=lambda word: (-len(word), word)))})(?![{LETTER}])", re.IGNORECASE
)
_WORDS_ONLY = late(r"(?: [^\W\d_]+)* ")
_DEGREES = frozenset(syllable for word in words("degree") for syllable in word.split(" "))
_BREAKS = words("no_change")
_TIMES = words("times")
_WITHIN = late(r"(?<= )(?:trong khoảng |trong khoảng từ |từ )\Z", re.IGNORECASE)
"""What opens a range within which the change lies: `tăng trong khoảng 22-32%`."""
_STARTED = late(r"[^.;\n\d]{0,30}? (?:lên|xuống|còn)(?: (?:mức|đến|tới|còn)){0,2} [\d.,–-]{1,12} ?%")
"""What follows a share that others have grown from: `tăng từ 20-25% | hiện nay, lên mức 30%`."""
_OBJECT_LIMIT = 4
_UP = frozenset(("rise", "more"))
_AT_ONCE = frozenset(("more", "less"))
_WHOLE_OBJECT = frozenset(("nâng", "mở rộng"))
"""Verbs whose object is what has changed, unless `thêm` follows."""
_MORE = late(r"(?<![^\W\d_])(?:tăng|nâng|rót)(?! lên)[^.,;:()\n]{1,60} thêm \Z", re.IGNORECASE)
_CALENDAR_NUMBER = late(r"(?<=năm|quý) [\dIVX/]+|(?<=tháng) [\d/]+")
_NAMED_CHANGE = late(
    r"(?:(?:tốc độ|mức|tỷ lệ|tỉ lệ|mức độ|đà|nhịp độ) (?P<noun>tăng|giảm)(?: trưởng)?|(?P<growth>tăng trưởng))"
    r"[^.;:,\n]{0,60}?"
    r" (?:(?:đạt|là|ở mức|trong|mức|khoảng từ|chỉ|còn|chạm|từ) ?(?:mức |khoảng |khoảng từ )?|\()\Z",
    re.IGNORECASE,
)
_RATE_OF_CHANGE = late(
    rf"(?:tốc độ|nhịp độ|tỷ lệ|tỉ lệ) (?P<noun>tăng|giảm)(?: trưởng)?(?: [{LETTER}]+){{0,9}} \Z", re.IGNORECASE
)
_SAME_CHANGE = late(r"[^.;\n]{0,60}?(?:tương đương|tương ứng|tức|hay)(?: với)?(?: khoảng| là)? \Z")
_COMPARED = late(r"(?<![^\W\d_])(?:(cao|nhiều|lớn)|(thấp|ít)) hơn (?:khoảng |gần |tới |đến )?\Z", re.IGNORECASE)
_THAN_BEFORE = late(r" so với (?:tháng|năm|quý|cùng kỳ|hôm|tuần|đầu năm|phiên|kỳ trước|trước|\d)")
_JOINED = late(rf"(?: (?!(?:và|hoặc) ){_WORD}){{0,4}}(?:,|;| và| hoặc|, và)(?: {_WORD}){{0,8}} \Z")
_BRACKETED = late(r" \(\Z")
_OTHER_VERB = late(rf"(?<![^\W\d_]){one_of('other_verb')}(?![^\W\d_])")


def read_direction(text: str, draft: Draft, previous: Draft | None) -> Direction | None:
    """Increase or decrease where the figure is a change, else None.

    `tăng 5%` is one, `tăng lên 5%` none; `10% và 20%` after `tăng` are two.
    """
    if draft.unit is None:
        return None
    sign = text[draft.amount.start]
    if draft.amount.negative and sign != "-":
        return None
    if sign in "+-" and draft.unit.kind is UnitKind.PERCENT:
        return Direction.INCREASE if sign == "+" else Direction.DECREASE
    left = text[max(0, draft.start - _REACH) : draft.start]
    left = left[left.rfind("\n") + 1 :]
    if draft.upper and not _STARTED.match(text, draft.end):
        left = _WITHIN.sub("", left)
    found = _verb(left, draft.unit.kind) or _comparison(left, text, draft)
    if found is not None or previous is None or previous.direction is None or previous.unit is None:
        return found
    between = text[previous.end : draft.start]
    if _BRACKETED.fullmatch(between) or _SAME_CHANGE.fullmatch(between):
        return previous.direction
    joined = previous.unit.name == draft.unit.name and _JOINED.fullmatch(_CALENDAR_NUMBER.sub("", between))
    return previous.direction if joined and not _says_otherwise(between, previous.direction) else None


def _says_otherwise(between: str, direction: Direction) -> bool:
    """Whether another verb stands there, or one of another change: `tăng 10% và | giảm ở Hà Nội | 5%`."""
    senses = [_SENSES[word.lower()] for word in _CHANGE.findall(between)]
    return bool(_OTHER_VERB.search(between)) or any(_direction(sense) is not direction for sense in senses)


def _direction(sense: str) -> Direction | None:
    return None if sense == "still" else Direction.INCREASE if sense in _UP else Direction.DECREASE


def _verb(left: str, kind: UnitKind) -> Direction | None:
    """The verb of change before the number, with degrees or its object between."""
    named = (_NAMED_CHANGE.search(left) or _RATE_OF_CHANGE.search(left)) if kind is UnitKind.PERCENT else None
    if named:
        return Direction.DECREASE if named.group("noun") == "giảm" else Direction.INCREASE
    if left.endswith("thêm ") and _MORE.search(left):
        return Direction.INCREASE
    left = _CALENDAR_NUMBER.sub("", left)
    verbs = list(_CHANGE.finditer(left))
    if not verbs or not _WORDS_ONLY.fullmatch(left, verbs[-1].end()):
        return None
    verb, rest = verbs[-1].group().lower(), left[verbs[-1].end() :].lower().split()
    sense = _SENSES[verb]
    if sense in ("more", "still") and len(verbs) > 1 and left[verbs[-2].end() : verbs[-1].start()].isspace():
        verb = verbs[-2].group().lower()
        sense = _SENSES[verb]
    rest = rest[1:] if rest and rest[0] in _TIMES else rest
    others = [word for word in rest if word not in _DEGREES]
    limit = 0 if kind is UnitKind.COUNT or sense in _AT_ONCE else _OBJECT_LIMIT
    if sense == "still" or any(word in _BREAKS for word in rest) or len(others) > limit:
        return None
    if verb in _WHOLE_OBJECT and "thêm" not in rest:
        return None
    return _direction(sense)


def _comparison(left: str, text: str, draft: Draft) -> Direction | None:
    """`cao hơn 23% so với tháng 6`: a change over time told as a comparison."""
    match = _COMPARED.search(left)
    percent = draft.unit is not None and draft.unit.kind is UnitKind.PERCENT
    if match is None or not percent or not _THAN_BEFORE.match(text, draft.end):
        return None
    return Direction.INCREASE if match.group(1) else Direction.DECREASE
