"""Where an open name ends: `Công ty CP Dược - Trang thiết bị Y tế Bình Định` before `tổ chức lễ`."""

from vnextract.names.heads import body_words, english_endings, heads, name_words
from vnextract.names.places import country_at, place_at
from vnextract.names.reading import Reading
from vnextract.records import OrganisationKind

LONGEST = 14
"""Words that an open name has at most after its head."""
_SIGNS = frozenset({"-", "–", "&", ".", "'", "’", "và"})
_DASHES = frozenset({"-", "–"})
_PARTNERS = frozenset({"trung", "tiệp", "xô", "ấn", "hung", "nhật", "hàn", "bun", "bỉ", "úc", "séc"})
"""Countries by the one word that they have after `Việt -`."""
_LONGEST_NUMBER = 3
_ROMAN = frozenset("ivx")


class OpenRun:
    """Walks over a name from the word after its head: capitalised words, and words usual in names."""

    def __init__(self, reading: Reading, first: int, limit: int) -> None:
        self._reading, self._first, self._limit = reading, first, min(limit, first + LONGEST)
        self._after = "head"
        """What stands before: `head`, `words` of the table, one that needs an `object`, `sign`, `proper` name."""
        self._words_end = self._first
        """Index after the last words of the table."""
        self.phrases = 0
        """How many words or phrases of the table it has."""
        self.has_capital = False
        self.has_words = False
        self.has_proper = False

    def end(self) -> int:
        """Index after the last word of the name; the first word where there is none. It may lack capitals."""
        at = good = self._first
        while at < self._limit:
            after = self._step(at)
            if after is None:
                break
            at = after
            if self._after != "sign":
                good = at
        while good > self._first and not self._reading.begins(good):
            good -= 1
        return good

    def _is_cut(self, at: int) -> bool:
        """Whether a word in lower case is the second syllable of the one before it: `Hiệp hội Lúa gạo`."""
        reading = self._reading
        if at <= self._first or self._after != "proper":
            return False
        single = at - 1 == self._first or not reading.capitals[at - 2] or self._words_end == at - 1
        last, word = reading.words[at - 1], reading.words[at]
        return (
            single
            and len(last) > 1
            and not last.isascii()
            and word.isalpha()
            and word not in body_words("after a name")
            and last not in body_words("no own name")
            and place_at(reading, at - 1, at) is None
        )

    def _step(self, at: int) -> int | None:
        reading, word = self._reading, self._reading.words[at]
        if word in _SIGNS:
            return self._sign(at, word)
        if word.isdigit():
            return self._number(at)
        if not word[0].isalpha():
            return None
        city = place_at(reading, at, self._limit) if word == "thành" and reading.capitals[at] else None
        if city and city.unit and city.name:
            return self._capital(at, (city.end, ""))
        known = name_words().longest(reading.words, at, self._limit)
        if self._after == "sign" and reading.words[at - 1] == "và" and word in heads() and not known:
            return None
        if self._after == "head" and reading.norm[reading.starts[at]].isupper() and set(word) <= _ROMAN:
            return None
        if known is None and at > self._first and body_words("opener").longest(reading.words, at, self._limit):
            return None
        if reading.capitals[at]:
            return self._capital(at, known)
        if self._is_cut(at):
            self._after = "words"
            return at + 1
        if known is None or (known[1] and self._after in ("proper", "words")):
            return None
        self.phrases += 1
        self._after = "object" if known[1] == "object" else "words"
        self.has_words = True
        return known[0]

    def _capital(self, at: int, known: tuple[int, str] | None) -> int:
        self.has_capital = True
        if known is None:
            self.has_proper, self._after = True, "proper"
            return at + 1
        self.has_words, self._words_end = True, known[0]
        self.phrases += 1
        self._after = "object" if known[1] == "object" else "words"
        return known[0]

    def _sign(self, at: int, word: str) -> int | None:
        reading, following = self._reading, at + 1
        if at == self._first or following >= self._limit or not reading.words[following][0].isalnum():
            return None
        tight = word != "và" and reading.tight(at) and reading.tight(following)
        if not tight and not self._joins(word, following):
            return None
        self._after = "sign"
        return following

    def _joins(self, word: str, following: int) -> bool:
        """Whether a sign with spaces around it joins two parts of one name."""
        known = name_words().longest(self._reading.words, following, self._limit)
        if word in (".", "'", "’"):
            return False
        if not self._reading.capitals[following]:
            # `Tư vấn và đầu tư SDP`
            return word == "và" and known is not None and known[0] < self._limit and self._reading.capitals[known[0]]
        if word in _DASHES and self._is_partner(following):
            return True
        legal = self._reading.words[following : following + 2] == ["công", "ty"]
        return word == "&" or (known is not None and (legal or self._after != "proper"))

    def _is_partner(self, at: int) -> bool:
        """Whether a country stands after `Việt` or `Việt Nam` and a dash: `Hữu nghị Việt - Trung`."""
        words = self._reading.words
        home = words[at - 2] == "việt" or words[at - 3 : at - 1] == ["việt", "nam"]
        return home and (words[at] in _PARTNERS or country_at(self._reading, at, self._limit) is not None)

    def _number(self, at: int) -> int | None:
        reading, after = self._reading, at + 1
        if self._after == "head" and reading.words[after : after + 1] == ["-"] and reading.tight(after):
            # `Bệnh viện 22-12`
            after = after + 2 if after + 1 < self._limit and reading.words[after + 1].isdigit() else after
        length = len(reading.words[at])
        if length > _LONGEST_NUMBER or (self._after == "head" and length == 1):
            return None
        followed = after < self._limit and not reading.ends_line(after)
        if followed and (reading.words[after] in (".", ",", "%", "/") or reading.tight(after)):
            return None
        if body_words("counted").longest(reading.words, after, self._limit):
            return None
        if (
            length == _LONGEST_NUMBER
            and self._after != "head"
            and after < self._limit
            and reading.words[after].islower()
        ):
            return None
        self.has_capital = self.has_proper = True
        self._after = "proper"
        return after


_SMALL = frozenset({"of", "and", "&", "the", "for", "."})
_LONGEST_ENGLISH = 8


def english_name(reading: Reading, at: int, limit: int) -> tuple[int, OrganisationKind] | None:
    """Index after a foreign name with such a word as `Group` at its end or `University of` at its beginning, its kind.

    >>> from vnextract.text.document import Text
    >>> text = Text("Theo Blue Harbour Group và University of Danang")
    >>> reading = Reading(text.words)
    >>> english_name(reading, 1, 8)[0], english_name(reading, 5, 8)[0]
    (4, 8)
    """
    best, end, endings = None, at, english_endings()
    while end < min(limit, at + _LONGEST_ENGLISH) and is_english(reading, end):
        word = reading.words[end]
        if end > at and word in endings and reading.capitals[end]:
            best = end + 1, endings[word]
        end += 1
    if best is None and end > at + 2 and reading.words[at + 1] == "of" and reading.words[at] in endings:
        while reading.words[end - 1] in _SMALL:
            end -= 1
        return end, endings[reading.words[at]]
    return best


def is_english(reading: Reading, at: int) -> bool:
    """Whether a word may stand inside the English name of a body."""
    word = reading.words[at]
    if word == ".":
        return reading.tight(at) and at + 1 < len(reading) and reading.tight(at + 1)
    return word in _SMALL or (word.isascii() and word.isalnum() and reading.capitals[at])
