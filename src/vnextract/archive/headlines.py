"""Plain texts: the headline that one begins with, and whether it is Vietnamese at all."""

import re

from vnextract.lexicon.syllables import is_vietnamese

_LONGEST, _FEWEST_WORDS = 200, 3
_ENDS = (".", ",", ";", ":", "!")
_LONGER = 1.5
"""How much longer than a headline the line after it is, where no empty line stands between: lines may be wrapped."""
_LETTERS = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT, _FEWEST, _SHARE = 150, 30, 0.6
"""Words looked at, the fewest that tell, and the share of them that can be Vietnamese in a Vietnamese text."""
_OF_VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯáàảãạếềểễệấầẩẫậắằẳẵặốồổỗộớờởỡợứừửữựịọụỉíìóòúù")
_SEEN, _ACCENTED = 400, 0.05


def headline_of(text: str) -> str | None:
    """The headline that a text begins with: a line by itself, shorter than a sentence, that no full stop ends.

    >>> headline_of("Sơn La họp bàn ngân sách\\n\\nSáng 24/5, UBND tỉnh Sơn La họp về ngân sách.")
    'Sơn La họp bàn ngân sách'
    >>> headline_of("Sáng 24/5, UBND tỉnh Sơn La\\nhọp về ngân sách năm sau.")
    """
    first, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    first = first.strip()
    following = next(filter(None, map(str.strip, rest.split("\n", 20)[:20])), "")
    if not following or (not following[0].isupper() and following[0].isalpha()):
        return None
    if not len(first.split()) >= _FEWEST_WORDS or len(first) > _LONGEST or first.endswith(_ENDS):
        return None
    if sum(map(str.isalpha, first)) < _LETTERS * len(first):
        return None
    is_apart = rest.startswith(("\n", "\r\n")) or not rest.partition("\n")[0].strip()
    return first if is_apart or len(following) >= _LONGER * len(first) else None


def is_foreign(text: str) -> bool:
    """Whether a text is in another language than Vietnamese; one without accents is Vietnamese still.

    >>> is_foreign("The ministry said on Monday that exports of coffee rose by a fifth this year. " * 3)
    True
    >>> is_foreign("So Y te tinh Dien Bien cho biet nam nay tinh da tiem 1.200 lieu vac xin. " * 3)
    False
    """
    beginning = text[:_SEEN]
    if sum(map(_OF_VIETNAMESE.__contains__, beginning)) > _ACCENTED * len(beginning):
        return False
    words = [match[0] for match, _ in zip(_WORD.finditer(text), range(_LOOKED_AT), strict=False)]
    if len(words) < _FEWEST and sum(map(len, words)) < 4 * _FEWEST:
        return False
    return sum(map(is_vietnamese, words)) < _SHARE * len(words)
