"""Titles of films, songs and books, in which words of time name no time: `phim "Hẹn em tháng Mười"`."""

import re
from bisect import bisect_right
from itertools import chain, islice

from vnextract.dates.join import Expression
from vnextract.dates.words import words
from vnextract.text.late import late

_TITLE = late(rf"(?<!\w){words('work')}(?: [^\W\d_]+)? [“\"‘'](?P<title>[^“”\"‘’'\n]{{3,60}})[”\"’']", re.IGNORECASE)
_LEAST_WORDS = 4
"""So many words has a title that is taken for one where no quotation marks are."""
_MOST_TITLES = 20
"""Titles that are looked for elsewhere in one text."""


def outside_titles(text: str, found: list[Expression]) -> list[Expression]:
    """The expressions that stand in no title of a work.

    >>> from vnextract.dates.join import expressions
    >>> title = 'Phim "Hẹn em tháng Mười" ra mắt tháng Tám.'
    >>> [title[each.start : each.end] for each in outside_titles(title, expressions(title, title.lower()))]
    ['tháng Tám']
    """
    spans = _titles(text) if found else []
    starts = [start for start, _ in spans]
    kept = []
    for expression in found:
        before = bisect_right(starts, expression.start)
        if not before or spans[before - 1][1] < expression.end:
            kept.append(expression)
    return kept


def _titles(text: str) -> list[tuple[int, int]]:
    """Where the titles of works stand: in quotation marks after the word for a work, the longer ones elsewhere too."""
    quoted = [match for match in _TITLE.finditer(text) if match["title"][0].isupper()]
    longer = dict.fromkeys(match["title"] for match in quoted if match["title"].count(" ") + 1 >= _LEAST_WORDS)
    again = (re.finditer(re.escape(title), text) for title in islice(longer, _MOST_TITLES))
    return sorted({*(match.span("title") for match in quoted), *(match.span() for match in chain(*again))})
