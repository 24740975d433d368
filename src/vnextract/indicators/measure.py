"""What a figure measures: the words of its clause that say so, as they are printed."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vnextract.indicators.models import Figure
from vnextract.indicators.nouns import begins_no_noun, known_word
from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.records import UnitKind
from vnextract.text.alignment import Span

_TOKEN = re.compile(r"[^\W\d_]+(?:[-/&.][^\W\d_]+)*|\d+(?:[.,/-]\d+)*\w*|[^\w\s]")
_REACH = 170
_LEFT_WORDS = 9
_VERB_WORDS = 5
_RIGHT_WORDS = 9
_BRACKET_WORDS = 10

_LIGHT = frozenset(
    "đạt|là|lên|xuống|còn|tới|đến|chiếm|ở|mức|khoảng|thêm|được|chỉ|cả|có|gồm|với|ước|tính|bằng|tăng|giảm|từ|hơn|trên|gần|thì|nhẹ|"
    "mạnh|vọt|tiếp tục|dừng|đứng|quanh|vượt|ngưỡng|mốc|kỷ lục|cán|vào|dưới|hiện|dự kiến|đi|lại|trưởng|sụt|mỗi|ngoài|riêng|khi|cho|tại|"
    "của|sang|đối với|dành|trong|trung bình|bình quân|tương đương|tương ứng|lần lượt|ước tính|tổng cộng|gấp|bao gồm|về|tức|toàn bộ|"
    "nhích|lùi|đều|cùng|cũng|vẫn|đang|đã|sẽ|mới|thay vì|hiện nay|chừng|vào khoảng|ở mức|đạt mức|lên mức|chạm|rơi|khiến|làm|hồi|con số|số tiền|mỗi chiều|chiều".split(
        "|"
    )
)
"""Words between what is measured and the number that say nothing of it."""
_COPULA = frozenset(
    "đạt|là|chiếm|lên|xuống|còn|bằng|ước|ước tính|mức|tăng|giảm|đứng|dừng|vượt|sụt|về|nhích|lùi|tương đương|tương ứng|chạm|rơi".split(
        "|"
    )
)
_MARKERS = frozenset(
    "đã|sẽ|đang|của|trong|tại|ở|cho|và|mà|để|nhưng|do|từ|vì|này|đó|hiện|còn|chỉ|cũng|vẫn|đều|nay|như|theo|với|có|bị|được|là|"
    "rằng|thì|khi|vừa|từng|sau|trước|hay|hoặc|gồm|phải|vào|bởi|nếu|mỗi|các|những|một|nên|lại|tới|đến|thêm|mới|không|ra".split(
        "|"
    )
)
_TAIL_CUTS = frozenset(
    "của|tại|trong|vào|theo|ở|so|với|này|đó|ước|hiện|do|sau|trước|nay|cũng|đã|sẽ|được|vẫn|đang|tiếp|từ|cuối|đầu|hồi|năm|tháng|quý|áp dụng".split(
        "|"
    )
)
_LEADS = frozenset(
    "trong|đó|theo|cụ|thể|như|vậy|đồng|thời|khi|thì|mà|do|vì|nên|và|còn|riêng|hiện|nay|tính|chung|lũy|kế|bình|quân|ước|toàn|"
    "ngoài|ra|bên|cạnh|nhờ|với|để|nhưng|qua|đến|tuy|nhiên|đáng|chú|ý|dự|kiến|mỗi|cả|sau|trước|các|những|tới|đưa|khiến|nâng".split(
        "|"
    )
)
_TURNS = frozenset(
    "là|với|đã|sẽ|đang|có|để|rằng|khi|mà|nhưng|và|thì|khiến|làm|cho biết|cho thấy|gồm|nên|vừa|tăng|giảm|nâng".split("|")
)
"""Words after which a new phrase begins."""
_RIGHT_STOPS = frozenset(
    "tại|ở|trong|vào|do|để|vì|so|từ|theo|nhằm|khi|sau|trước|trên|với|cho|của|nhưng|và|hoặc|còn|đến|tới|qua|nếu|mà|thì|là|gồm|"
    "nữa|nên|dù|song|tuy|cùng|dưới|kể|tính|bao|như|hay|rồi|lên|xuống|bằng|vừa|nhờ|giữa|thay|đối với|thay vì|về|tùy|quý|ngay|hết|thuộc|các|cấp|mỗi|hồi|liên tiếp|nhất|đầu|cuối|đối|khoảng".split(
        "|"
    )
)
_RIGHT_SKIPS = frozenset(
    "khác|mới|cũ|còn|lại|nêu|lớn|nhỏ|đã|đang|sẽ|cũng|đều|này|vẫn|là|trẻ|xuất|sắc|tiêu|biểu".split("|")
)
_SUPERLATIVE = frozenset("cao|thấp|nhiều|ít|lớn|nhỏ|mạnh|rẻ|đắt".split("|"))
_SIZES = frozenset("sâu|rộng|dài|cao|dày|nặng".split("|"))
_PHYSICAL = frozenset(
    (UnitKind.LENGTH, UnitKind.AREA, UnitKind.MASS, UnitKind.VOLUME, UnitKind.POWER, UnitKind.ENERGY, UnitKind.SPEED)
)
_BOUNDARY = frozenset(",;:.()“”\"'!?…-–—|[]*•+")
_CHAIN = re.compile(r"[\s,;/–-]*(?:và|cùng|hoặc|với|ở|cả|tại|lên|xuống|còn|đến|hay|\s)*[\s,]*")
_BRACKET = re.compile(r"\s*\((?:[^()\d]{0,24})\Z")
_NAME_BRACKET = re.compile(r"([^\W\d_][\w.]*(?: [^\W\d_][\w.]*){0,3}) \((?:chiếm |đạt |tăng |giảm )?\Z")
_INSTEAD = re.compile(r"(?:thay vì|trong khi|so với|từ)[^.;]{0,20}\Z")


class _Word(NamedTuple):
    start: int
    end: int
    lower: str
    name: bool
    """Capitalised or a number."""


class _Phrase(NamedTuple):
    start: int
    end: int
    quantity: bool
    """Whether it begins with a noun that names a quantity."""
    subject: bool
    """Whether a verb such as `đạt` stands between it and the number."""


@cache
def _quantities() -> Phrases[bool]:
    return Phrases((row["word"], True) for row in table("quantities"))


def name_measures(text: str, figures: Sequence[Figure], sentences: Sequence[Span], dates: Sequence[Span]) -> None:
    """Write into every figure what it measures, where its sentence says so.

    >>> from vnextract.article import Article
    >>> from vnextract.document import Document
    >>> from vnextract.indicators.component import find_figures
    >>> document = Document.of(Article("Thu ngân sách đạt 655 tỷ đồng, tăng 11,7%; 956/956 bản đăng ký bảo đảm an ninh."))
    >>> find_figures(document)
    >>> [figure.measure for figure in document.figures]
    ['Thu ngân sách', 'Thu ngân sách', 'đăng ký bảo đảm an ninh']
    """
    starts = [sentence.start for sentence in sentences]
    groups: dict[int, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(bisect_right(starts, figure.start), []).append(figure)
    for index, members in groups.items():
        sentence = sentences[index - 1] if index else Span(0, len(text))
        _Sentence(text, sentence, members, dates).name_all()


class _Sentence:
    """One sentence with its figures."""

    def __init__(self, text: str, span: Span, figures: Sequence[Figure], dates: Sequence[Span]) -> None:
        self._text, self._span, self._figures = text, span, figures
        first = bisect_right([date.end for date in dates], span.start)
        self._dates = [date for date in dates[first:] if date.start < span.end] if dates else []

    def name_all(self) -> None:
        """Name the measure of each figure, first to last, then hand what follows a list back to all of it."""
        rights = [self._right(index) for index in range(len(self._figures))]
        for index, figure in enumerate(self._figures):
            figure.measure = self._measure(index, rights)
        for index in range(len(self._figures) - 2, -1, -1):
            figure, following = self._figures[index], self._figures[index + 1]
            if (
                self._chained(index + 1)
                and rights[index] is None
                and rights[index + 1]
                and _both_counts(figure, following)
            ):
                figure.measure = following.measure

    def _between(self, index: int) -> str:
        return self._text[self._figures[index - 1].end : self._figures[index].start] if index else ""

    def _chained(self, index: int) -> bool:
        return bool(index) and _CHAIN.fullmatch(self._between(index)) is not None

    def _measure(self, index: int, rights: Sequence[_Phrase | None]) -> str | None:
        figure, right = self._figures[index], rights[index]
        before = self._figures[index - 1] if index else None
        if before and _BRACKET.fullmatch(self._between(index)):
            return before.measure or (before.unit if before.unit_kind is UnitKind.COUNT else None)
        left = self._left(index)
        if left is None and before and not (self._chained(index) and right):
            if right and _prefers_right(figure):
                return self._words(right)
            return before.measure or (before.unit if figure.direction and before.unit_kind is UnitKind.COUNT else None)
        chosen = _choose(figure, left, right)
        return self._words(chosen) if chosen else None

    def _words(self, phrase: _Phrase) -> str:
        return self._text[phrase.start : phrase.end]

    def _tokens(self, start: int, end: int) -> list[_Word]:
        return _joined(
            [
                _Word(match.start(), match.end(), match.group().lower(), not match.group()[0].islower())
                for match in _TOKEN.finditer(self._text, start, end)
            ]
        )

    def _left(self, index: int) -> _Phrase | None:
        """What stands left of a figure and says what it measures."""
        figure = self._figures[index]
        floor = max(self._figures[index - 1].end if index else self._span.start, figure.start - _REACH)
        words = self._tokens(floor, figure.start)
        bracket = _NAME_BRACKET.search(self._text, floor, figure.start)
        if bracket:
            return _adjacent(self._clause([word for word in words if word.end <= bracket.end(1)]))
        words = _unbracketed(words)
        subject = self._strip_light(words)
        if not words:
            return None
        if words[-1].lower in _BOUNDARY:
            return self._earlier_subject(words) if subject and index == 0 else None
        clause = self._clause(words)
        return _subject(clause) if subject else _adjacent(clause)

    def _strip_light(self, words: list[_Word]) -> bool:
        """Drop the words that say nothing of what is measured, dates too; True if one was a verb such as `đạt`."""
        subject = False
        while words:
            last = words[-1].lower
            if any(date.start <= words[-1].start < date.end for date in self._dates):
                words.pop()
            elif last == "nhất" and len(words) > 1 and words[-2].lower in _SUPERLATIVE:
                del words[-2:]
            elif last == "số tiền" and (len(words) < 2 or words[-2].lower in _MARKERS | _BOUNDARY):
                break
            elif last in _LIGHT or last == ":" or (last == "tăng trưởng" and len(words) > 1):
                subject = subject or last in _COPULA or last in (":", "tăng trưởng")
                words.pop()
            else:
                break
        return subject

    def _earlier_subject(self, words: list[_Word]) -> _Phrase | None:
        """The quantity named in an earlier clause of the sentence, where the figure's own has none."""
        while words:
            while words and words[-1].lower in _BOUNDARY:
                words.pop()
            clause = self._clause(words)
            phrase = _subject(clause) if clause else None
            if phrase and phrase.quantity:
                return phrase
            words = words[: len(words) - len(clause)] if clause else []
        return None

    def _clause(self, words: list[_Word]) -> list[_Word]:
        """The words back to the last boundary; a date parts them too, unless nothing else is left."""
        at = len(words)
        while at and (words[at - 1].lower not in _BOUNDARY or _joins_names(words, at - 1)):
            at -= 1
        clause = words[at:]
        for date in reversed(self._dates):
            after = [word for word in clause if word.start >= date.end]
            before = [word for word in clause if word.end <= date.start]
            if not before or not after:
                continue
            named = _quantity_at(after) is not None or (len(after) > 1 and after[0].lower not in _TAIL_CUTS)
            clause = after if named else before
        return clause

    def _right(self, index: int) -> _Phrase | None:
        """The noun or verb phrase that follows a figure, up to a boundary; None where it belongs to the next figure."""
        figure = self._figures[index]
        following = self._figures[index + 1].start if index + 1 < len(self._figures) else None
        ceiling = min(
            self._span.end,
            figure.end + _REACH,
            *(date.start for date in self._dates if date.start >= figure.end),
            following or self._span.end,
        )
        words = self._tokens(figure.end, ceiling)
        if not words or words[0].lower in _BOUNDARY:
            return None
        at = 0
        while at < min(3, len(words)) and words[at].lower in _RIGHT_SKIPS:
            at += 1
        phrase: list[_Word] = []
        for word in words[at:]:
            if word.lower in _BOUNDARY or word.lower in _RIGHT_STOPS or len(phrase) == _RIGHT_WORDS:
                break
            phrase.append(word)
        else:
            if following is not None and ceiling == following:
                phrase = _own_part(figure, phrase)
        if not phrase or phrase[0].name or [word.lower for word in phrase[:1]] == ["có thể"]:
            return None
        return _Phrase(phrase[0].start, phrase[-1].end, _is_verb(phrase), False)


def _joined(syllables: Sequence[_Word]) -> list[_Word]:
    """The syllables with those of one known word put together, so that no rule cuts a word in two."""
    lowers = [syllable.lower for syllable in syllables]
    words: list[_Word] = []
    at = 0
    while at < len(syllables):
        end = known_word(lowers, at) if not syllables[at].name or at == 0 else at + 1
        quantity = _quantities().longest(lowers, at)
        end = max(end, quantity[0] if quantity else 0)
        first, last = syllables[at], syllables[end - 1]
        words.append(_Word(first.start, last.end, " ".join(lowers[at:end]), first.name))
        at = end
    return words


def _own_part(figure: Figure, phrase: list[_Word]) -> list[_Word]:
    """What belongs to a figure of the words that lead from it into the next."""
    if phrase and phrase[0].lower in ("bị", "được"):
        return phrase
    quantity = _quantity_at(phrase)
    return phrase[:quantity] if quantity and figure.unit_kind in _PHYSICAL else []


def _is_verb(words: Sequence[_Word]) -> bool:
    """Whether words begin with a verb or another word that begins no counted noun."""
    return begins_no_noun(" ".join(word.lower for word in words[:2]).split(" "))


def _unbracketed(words: list[_Word]) -> list[_Word]:
    """The words without what short brackets add: `tổng sản phẩm (GRDP) đạt`."""
    kept: list[_Word] = []
    opened: int | None = None
    for word in words:
        if word.lower == "(":
            opened = len(kept)
        kept.append(word)
        if word.lower == ")" and opened is not None:
            if len(kept) - opened <= _BRACKET_WORDS:
                del kept[opened:]
            opened = None
    return kept


def _joins_names(words: Sequence[_Word], at: int) -> bool:
    """Whether a dash joins two names: `Việt Nam - New Zealand`."""
    return words[at].lower in "-–" and 0 < at < len(words) - 1 and words[at - 1].name and words[at + 1].name


def _subject(words: list[_Word]) -> _Phrase | None:
    """The subject of `đạt`, `là`, `tăng`: from the noun of quantity, without what says whose or when."""
    while words and words[0].lower in _LEADS:
        words = words[1:]
    turn = max((at for at, word in enumerate(words[:-1]) if word.lower in _TURNS), default=-1)
    words = words[turn + 1 :]
    start = _quantity_at(words)
    words = words[-_LEFT_WORDS:] if start is None else words[start:]
    for at, word in enumerate(words):
        if at and word.lower in _TAIL_CUTS:
            words = words[:at]
            break
    if not words or words[0].lower in _TAIL_CUTS:
        return None
    return _Phrase(words[0].start, words[min(len(words), _LEFT_WORDS) - 1].end, start is not None, True)


def _adjacent(words: list[_Word]) -> _Phrase | None:
    """The noun or verb phrase right before the number, with the name that ends it."""
    turn = max((at for at, word in enumerate(words[:-1]) if word.lower in _TURNS), default=-1)
    words = words[turn + 1 :]
    start = _quantity_at(words)
    if start is not None and len(words) - start <= _LEFT_WORDS:
        return _Phrase(words[start].start, words[-1].end, True, False)
    at = len(words)
    while at and words[at - 1].name and len(words) - at < _VERB_WORDS:
        at -= 1
    names = len(words) - at
    while (
        at and words[at - 1].lower not in _MARKERS and not words[at - 1].name and len(words) - at < names + _VERB_WORDS
    ):
        at -= 1
    phrase = words[at:]
    if not phrase or (len(phrase) == names and at):
        return None
    return _Phrase(phrase[0].start, phrase[-1].end, phrase[-1].lower in _SIZES, False)


def _quantity_at(words: Sequence[_Word]) -> int | None:
    """Where the first noun of quantity begins."""
    for at, word in enumerate(words):
        if _is_quantity(word):
            return at
    return None


def _is_quantity(word: _Word) -> bool:
    found = _quantities().longest(word.lower.split(" "), 0)
    return found is not None and found[0] == word.lower.count(" ") + 1


def _both_counts(first: Figure, second: Figure) -> bool:
    return first.unit_kind is UnitKind.COUNT and second.unit_kind is UnitKind.COUNT


def _prefers_right(figure: Figure) -> bool:
    return figure.unit_kind not in (UnitKind.MONEY, UnitKind.POINT)


def _choose(figure: Figure, left: _Phrase | None, right: _Phrase | None) -> _Phrase | None:
    """Which side says what is measured, by the kind of figure."""
    if left is None or right is None:
        return left or right
    verb = right.quantity
    if figure.unit_kind is UnitKind.PERCENT:
        return left if verb and left.subject and left.quantity else right
    if figure.unit_kind is UnitKind.COUNT:
        return left if (left.subject and left.quantity) or not verb else right
    if figure.unit_kind is UnitKind.MONEY:
        return left if left.quantity or left.subject else right
    return left if left.quantity or left.subject or verb else right
