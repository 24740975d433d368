"""The digit 1 where it stands for the article `một`, and so counts nothing: `1 số người`, `trở thành 1 ca sĩ`."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from vnextract.figures.drafts import Draft
from vnextract.figures.phrase import counted, read_tokens
from vnextract.figures.words import one_of, phrases
from vnextract.text.late import late

_DESCRIBING = late(rf"(?<![^\W_]){one_of('describing')} \Z", re.IGNORECASE)
_SENTENCE = late(r"[.!?\n](?!\d)")
_REACH = 20


def drop_articles(text: str, drafts: Sequence[Draft]) -> None:
    """Take the units from the ones that are articles.

    A text that writes `1 số` for `một số` writes 1 for every `một`, but for those that it counts beside others.

    >>> from vnextract.figures.scan import find_figures
    >>> from vnextract.text.document import Text
    >>> [figure.unit for figure in find_figures(Text("1 số nơi mở 1 lớp học. Hội mua 3 xe tải và 1 xe con."))]
    ['xe tải', 'xe con']
    """
    ones = [one for one in drafts if one.amount.printed == "1" and not (one.scaled or one.upper or one.total)]
    vague = [_is_vague(text, one.amount.end) for one in ones]
    everywhere = any(is_article and not one.named for one, is_article in zip(ones, vague, strict=True))
    counting = _Counting(text, drafts) if everywhere else None
    for one, is_article in zip(ones, vague, strict=True):
        if not (one.unit and one.unit.noun):
            continue
        if is_article or _describes(text, one) or (counting and not counting.beside(one)):
            one.unit, one.end, one.named = None, one.amount.end, True


def _describes(text: str, one: Draft) -> bool:
    """Whether a one begins what somebody is or becomes."""
    return _DESCRIBING.search(text, max(0, one.start - _REACH), one.start) is not None


def _is_vague(text: str, at: int) -> bool:
    """Whether a word that says nothing exact follows a one, rather than a noun that begins with it.

    >>> [_is_vague(text, 1) for text in ("1 số hộ", "1 số điện thoại", "1 loạt bài")]
    [True, False, True]
    """
    lowers = [token.lower for token in read_tokens(text, at)] if text.startswith(" ", at) else []
    found, noun = phrases("vague").longest(lowers, 0), counted().longest(lowers, 0)
    return found is not None and (noun is None or noun[0] <= found[0])


class _Counting:
    """The sentences of a text in which another number counts something."""

    def __init__(self, text: str, drafts: Sequence[Draft]) -> None:
        self._ends = [end.start() for end in _SENTENCE.finditer(text)]
        counting = (draft for draft in drafts if draft.unit and draft.unit.noun and draft.amount.printed != "1")
        self._sentences = {self._sentence(draft) for draft in counting}

    def _sentence(self, draft: Draft) -> int:
        return bisect_left(self._ends, draft.start)

    def beside(self, one: Draft) -> bool:
        """Whether something is counted in the sentence of a number."""
        return self._sentence(one) in self._sentences
