"""Whose figure it is, where the sentence says so plainly.

A body owns a figure when it is the sentence's subject before a verb of having (`Vinamilk lãi 2.000 tỷ đồng`), or when a
possessive names it before a verb of amount (`doanh thu của Vinamilk đạt 15.000 tỷ đồng`). Otherwise no link is made.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from vnextract.figures.models import Figure
from vnextract.lexicon.tables import table
from vnextract.organisations.models import Body
from vnextract.text.alignment import Span

_OWNS = re.compile(
    r"\s(?:(?:đã|đang|sẽ|cũng|vẫn|chỉ|mới|hiện|dự kiến|ước)\s)?(?:{})\s".format(
        "|".join(sorted((re.escape(row["verb"]) for row in table("figure_verbs")), key=len, reverse=True))
    )
)
_OF = re.compile(r"\bcủa\s\Z")
_AMOUNTS = re.compile(
    r"[^,;:.()]{0,50}?\s(?:đạt|tăng|giảm|là|ở mức|chiếm|lên|còn|ước|vượt|bằng|xấp xỉ)\s[^,;:.()\d]{0,30}\d"
)
# What may stand before the subject of a sentence: a date and its preposition, a connective, a list sign.
_OPENING = re.compile(
    r"(?:[-–—•+]\s?|(?:trong đó|riêng|theo đó|cụ thể|ngoài ra|bên cạnh đó|hiện nay|hiện|đến nay|tính đến|trong|vào|năm|"
    r"ngày|tháng|quý|[\d/.,]++|[IV]++|:)\s*+)*+\Z",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:(]")


@dataclass(frozen=True, slots=True)
class _Mentions:
    """Every mention of a body, by offset."""

    starts: list[int]
    found: list[tuple[int, int, Body]]

    @classmethod
    def of(cls, bodies: Sequence[Body]) -> "_Mentions":
        every = ((mention.start, mention.end, body) for body in bodies for mention in body.mentions)
        found = sorted(every, key=lambda item: item[:2])
        return cls([start for start, _, _ in found], found)

    def between(self, start: int, end: int) -> list[tuple[int, int, Body]]:
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _owner(text: str, sentence: Span, figure_start: int, mentions: _Mentions) -> Body | None:
    before = mentions.between(sentence.start, figure_start)
    if not before:
        return None
    start, end, body = before[-1]
    if end > figure_start:
        return None
    if _BREAK.search(text, end, figure_start):
        return None
    if _OF.search(text, max(sentence.start, start - 5), start):
        return body if _AMOUNTS.match(text, end, figure_start + 30) else None
    is_subject = len(before) == 1 and _OPENING.match(text, sentence.start, start)
    return body if is_subject and _OWNS.match(text, end, figure_start) else None


def find_owners(
    text: str, figures: Sequence[Figure], sentences: Sequence[Span], bodies: Sequence[Body]
) -> list[Body | None]:
    """The body that each figure is about, where its sentence says so plainly."""
    owners: list[Body | None] = [None] * len(figures)
    if not figures or not bodies:
        return owners
    mentions = _Mentions.of(bodies)
    starts = [sentence.start for sentence in sentences]
    for index, figure in enumerate(figures):
        sentence = sentences[max(bisect_right(starts, figure.start) - 1, 0)]
        owners[index] = _owner(text, sentence, figure.start, mentions)
    return owners
