"""The time that a figure holds for: one of the dates of its sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from vnextract.dates.models import DateMention
from vnextract.figures.models import Figure
from vnextract.records import DateKind, Grain
from vnextract.text.alignment import Span

_AFTER = re.compile(
    r" ?\(?(?:[^\W\d_]+ ){0,4}?(?:trong|vào|cả|của|hồi|cho|đến|tính đến|tới|tại thời điểm)? ?"
    r"(?:thời điểm |kỳ |ngày |vụ )?"
)
_OTHER_VERB = re.compile(
    r"(?<![^\W\d_])(?:so với|so|hơn|cùng kỳ|từ|kể từ|trước|sau|do|vì|khi|để|nhờ|theo|sẽ|đã)(?![^\W\d_])"
)
_COMPARED = re.compile(r"(?:so với|so|cùng kỳ|bằng|hơn|như|trước|kể từ|sau)(?: [^\W\d_]+){0,3} \Z", re.IGNORECASE)
_SAID = re.compile(
    r"(?:cho biết|cho hay|công bố|thông tin|báo cáo|nói|khẳng định|họp báo|đưa tin|ban hành|phát biểu|trả lời)"
)
_DAYS = frozenset((Grain.DAY, Grain.PART_OF_DAY, Grain.HOUR, Grain.MINUTE))
_REACH = 40
_FAR = 400
_MOST_DATES = 4


def find_periods(
    text: str, figures: Sequence[Figure], sentences: Sequence[Span], dates: Sequence[DateMention]
) -> list[DateMention | None]:
    """The date of its sentence that each figure holds for, where the sentence has one.

    >>> from vnextract.dates.component import find_dates
    >>> from vnextract.figures.scan import find_figures
    >>> from vnextract.text.document import Text
    >>> text = Text("Quý I/2025, thu đạt 655 tỷ đồng, tăng 11% so với năm 2024.")
    >>> dates, _ = find_dates(text, None)
    >>> figures = find_figures(text, [Span(date.start, date.end) for date in dates])
    >>> [text.norm[one.start : one.end] for one in find_periods(text.norm, figures, text.sentences, dates) if one]
    ['Quý I/2025', 'Quý I/2025']
    """
    timed = [date for date in dates if date.kind in (DateKind.DATE, DateKind.RANGE)]
    periods: list[DateMention | None] = [None] * len(figures)
    if not timed:
        return periods
    sentence_starts = [sentence.start for sentence in sentences]
    date_starts = [date.start for date in timed]
    for index, figure in enumerate(figures):
        number = bisect_right(sentence_starts, figure.start) - 1
        if number < 0:
            continue
        sentence = sentences[number]
        split = bisect_left(date_starts, figure.start)
        first = max(split - _MOST_DATES, bisect_left(date_starts, max(sentence.start, figure.start - _FAR)))
        last = min(split + 1, bisect_left(date_starts, sentence.end))
        periods[index] = _following(text, figure, timed[split:last]) or _preceding(text, figure, timed[first:split])
    return periods


def _following(text: str, figure: Figure, dates: Sequence[DateMention]) -> DateMention | None:
    """A date right after the figure: `101 chiếc vào năm 2015`."""
    if not dates or dates[0].start - figure.end > _REACH:
        return None
    between = text[figure.end : dates[0].start]
    return dates[0] if _AFTER.fullmatch(between) and not _OTHER_VERB.search(between) else None


def _preceding(text: str, figure: Figure, dates: Sequence[DateMention]) -> DateMention | None:
    """The last date before the figure that is neither compared with nor the day of an announcement."""
    for date in reversed(dates):
        if _COMPARED.search(text, max(0, date.start - _REACH), date.start):
            continue
        if date.grain in _DAYS and _SAID.search(text, date.end, figure.start):
            continue
        return date
    return None
