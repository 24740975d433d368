"""Texts typed without Vietnamese accents: how to tell one, and the words of numbers and dates put right in it."""

import re
import unicodedata

import regex

# Marks that stand by themselves count, for the text may be decomposed.
_WORD = regex.compile(r"\p{L}\p{M}*+(?:\p{L}\p{M}*+)++")
_FEWEST_WORDS, _PLAIN = 6, 0.95
"""Fewer words say nothing; so large a share of words without an accent says that they were left out."""
_ACCENTED_LETTERS = 0.1
"""A text with so many letters that are not ASCII has accents; in the press one letter in four is such a letter."""

_AFTER_NUMBER = {"ty": "tỷ", "ti": "tỉ", "trieu": "triệu", "nghin": "nghìn", "ngan": "ngàn", "dong": "đồng"}
_BEFORE_NUMBER = {"ngay": "ngày", "thang": "tháng", "nam": "năm", "quy": "quý"}
_NUMBER = re.compile(
    rf"(?<=\d )(?:{'|'.join(_AFTER_NUMBER)})(?: dong)?(?![^\W_])|(?<![^\W_])(?:{'|'.join(_BEFORE_NUMBER)})(?= \d)",
    re.IGNORECASE,
)
_ACCENTS = _AFTER_NUMBER | _BEFORE_NUMBER
_PUT_RIGHT = frozenset(_ACCENTS.values())


_MARK = regex.compile(r"\p{M}+")


def without_accents(text: str) -> str:
    """A text in plain letters, `đ` too.

    >>> without_accents("Đắk Lắk, tỉnh ủy")
    'Dak Lak, tinh uy'
    """
    return str(_MARK.sub("", unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))))


def lacks_accents(text: str) -> bool:
    """Whether a text was typed without Vietnamese accents, or is not Vietnamese: hardly a word has one.

    Short texts, words in capitals and words beside numbers, which `with_number_words` puts right, say nothing.

    >>> lacks_accents("UBND tinh Lai Chau da chi 655,44 ty dong cho cac xa vung cao.")
    True
    >>> lacks_accents("UBND tỉnh Lai Châu đã chi 655,44 tỷ đồng"), lacks_accents("UBND xã"), lacks_accents("")
    (False, False, False)
    """
    if text.isascii() or len(text.encode("ascii", "ignore")) > (1 - _ACCENTED_LETTERS) * len(text):
        words = [word for word in _WORD.findall(text) if not word.isupper() and word.lower() not in _PUT_RIGHT]
        return len(words) >= _FEWEST_WORDS and sum(map(str.isascii, words)) >= _PLAIN * len(words)
    return False


def with_number_words(text: str) -> str:
    """A text without accents, with those of the words beside numbers that can be no other; the length stays.

    >>> with_number_words("Ngay 16/4 tinh chi 655,44 ty dong")
    'Ngày 16/4 tinh chi 655,44 tỷ đồng'
    """
    return _NUMBER.sub(lambda match: " ".join(map(_accented, match.group().split(" "))), text)


def _accented(word: str) -> str:
    accented = _ACCENTS[word.lower()]
    return accented if word.islower() else accented.capitalize() if word.istitle() else accented.upper()
