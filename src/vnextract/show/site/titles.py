"""Headlines in one case: what a newspaper prints in capitals is set as the article writes the same words."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_SHOUTED = 0.7
"""Share of capitals among a headline's letters from which on it is printed in capitals."""
_BEGINS = frozenset(":.?!")


def one_case(title: str, text: str) -> str:
    """A headline in capitals as a sentence, each word as the text most often has it; any other headline as it is.

    >>> one_case("LAI CHÂU: UBND TỈNH HỌP", "LAI CHÂU: UBND TỈNH HỌP\\nSáng nay, UBND tỉnh Lai Châu họp.")
    'Lai Châu: UBND tỉnh họp'
    """
    letters = [letter for letter in title if letter.isalpha()]
    if not letters or sum(letter.isupper() for letter in letters) < _SHOUTED * len(letters):
        return title
    seen: dict[str, Counter[str]] = {}
    for word in _WORD.findall(text.replace(title, "", 1)):
        seen.setdefault(word.lower(), Counter())[word] += 1
    done, at, begins = "", 0, True
    for match in _WORD.finditer(title):
        between = title[at : match.start()]
        begins = begins or not _BEGINS.isdisjoint(between)
        known = seen.get(match[0].lower())
        written = known.most_common(1)[0][0] if known else match[0].lower()
        done += between + (written[:1].upper() + written[1:] if begins else written)
        at, begins = match.end(), False
    return done + title[at:]
