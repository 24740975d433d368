"""Counted nouns, an open class: whether a number counts what follows it, and where that noun phrase ends.

The words after the number are cut into candidates (nothing, one word, two, …), each described by what the tables and
the text say of it; a log-linear model whose weights are learnt from annotated articles chooses one. Tables of nouns and
of other words are evidence here, not law.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vnextract.figures.phrase import Cut, Entry, Token, classes, counted, cut, read_tokens, stops, ties
from vnextract.figures.words import phrases, words
from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.tables import table
from vnextract.model_folder import file_of, once_a_folder
from vnextract.scorer import Scorer, scorer_of

WEIGHTS = "noun_ends.json"
"""The file of a model folder that holds the weights."""
NOUNS = "counted nouns"
"""What they decide, as the file calls it."""

_MOST_WORDS = 7
_MOST_JOINTS = 4
_CLOSING = {'"': '"', "“": "”", "'": "'", "‘": "’"}
_QUOTED = 5
_FUNCTION = frozenset(("E", "R", "P", "ER", "PR"))
"""Classes of words that no counted noun goes on with."""
_NO_HEAD = _FUNCTION | {"M"}
"""Classes of words that nothing is counted by."""
_PERSONS = words("who")


class Noun(NamedTuple):
    """A counted noun phrase: the offset after it, its name in lower case, the group of its head, whether tables have
    the head, and the probability of its end where others were possible."""

    end: int
    name: str
    group: str
    known: bool
    chance: float | None = None


class Phrase(NamedTuple):
    """The words after a number with everything that the candidates' features are made of."""

    tokens: Sequence[Token]
    cut: Cut
    lowers: Sequence[str]
    after: str
    """The character after the last token, or a word for it."""


@once_a_folder
def scorer(folder: str | None) -> Scorer:
    """The weights that belong to the model in use.

    Raises:
        ModelError: the file is missing or holds no weights.
    """
    return scorer_of(NOUNS, *file_of(folder, WEIGHTS))


def read_phrase(text: str, at: int, limit: int | None = None) -> Phrase | None:
    """The words that follow a number; None where none does."""
    tokens = read_tokens(text, at, limit)
    if (
        not tokens
        or tokens[0].shape == "0"
        or (at and text[at] != " " and text[at - 1].isalnum() and text[at].isalpha())
    ):
        return None
    lowers = [token.lower for token in tokens]
    return Phrase(
        tokens, cut(lowers, [token.shape for token in tokens]), lowers, text[tokens[-1].end : tokens[-1].end + 1]
    )


def follows(text: str, at: int) -> bool:
    """Whether a word or a quotation mark follows, so that something could be counted."""
    begin = at + text.startswith(" ", at)
    return text[begin : begin + 1].isalpha() or text[begin : begin + 1] in _CLOSING


def candidates(phrase: Phrase) -> list[int]:
    """The numbers of tokens after which the phrase may end.

    Not after a joint, nor beyond a function word, a time or somebody, nor inside of a word with a hyphen.

    >>> candidates(read_phrase("5 xã, phường của huyện", 1)), candidates(read_phrase("15 chặng anh dẫn đầu", 2))
    ([1, 3], [1])
    >>> candidates(read_phrase("4 hệ thống S-400", 1))
    [1, 2]
    """
    found, joints, whole = [], 0, len(phrase.tokens)
    if phrase.after == "-" and whole > 1:
        whole -= 1
    last = next(
        (
            phrase.cut.ends[at - 1]
            for at, kind in enumerate(phrase.cut.classes)
            if at and (kind in _FUNCTION or _is_somebody(phrase, at) or _is_time(phrase, at))
        ),
        whole,
    )
    for at, token in enumerate(phrase.tokens[:last]):
        if token.shape != ",":
            found.append(at + 1)
            if len(found) == _MOST_WORDS:
                break
        elif joints == _MOST_JOINTS:
            break
        else:
            joints += 1
    return found


def _is_somebody(phrase: Phrase, word: int) -> bool:
    """Whether a word is who acts next rather than a part of what is counted: `15 chặng | anh`, `2 giải, | cô`."""
    begin, end = phrase.cut.ends[word - 1 : word + 1]
    if end - begin > 1 or phrase.lowers[begin] not in _PERSONS:
        return False
    head = counted().longest(phrase.lowers, 0)
    return phrase.lowers[begin - 1] == "," or (head is not None and head[0] <= begin and head[1].group != "people")


def _is_time(phrase: Phrase, word: int) -> bool:
    """Whether a word begins what says when: `2 con | sau này`."""
    return phrases("when").longest(phrase.lowers, phrase.cut.ends[word - 1]) is not None


def describe(phrase: Phrase, ends: Sequence[int]) -> list[list[str]]:
    """The features of every candidate end."""
    lowers, word_ends = phrase.lowers, phrase.cut.ends
    head = counted().longest(lowers, 0)
    reading = _Reading(phrase, head[1] if head else Entry("-", "-"))
    starts = {end: index + 1 for index, end in enumerate(word_ends)}
    inside: list[str] = []
    found, done = [], 1
    for end in ends:
        while done < len(word_ends) and word_ends[done] <= end:
            inside.append(reading.inside(done))
            done += 1
        features = list(inside)
        count = starts.get(end)
        if count is None:
            features += ["split", f"split:{lowers[end - 1]} {lowers[end]}"]
        else:
            features += reading.boundary(count)
        if head and head[0] == end:
            features += [f"head={head[1].role}", f"head={head[1].role}|{head[1].group}"]
        elif head and end < head[0]:
            features.append("<head")
        if end < len(lowers):
            noun = counted().longest(lowers, end)
            if noun:
                features.append(f"ag:{noun[1].group}|{noun[1].role}|{reading.head.group}")
        found.append(features)
    return found


class _Reading:
    """The words of a phrase beside their classes, with what the table says of the head."""

    def __init__(self, phrase: Phrase, head: Entry) -> None:
        self._phrase = phrase
        self.head = head
        after = f"<{phrase.after}>"
        begins = [0, *phrase.cut.ends]
        self._words = [" ".join(phrase.lowers[a:b]) for a, b in zip(begins, phrase.cut.ends, strict=False)]
        self._words.append(after)
        self._kinds = [*phrase.cut.classes, "."]

    def inside(self, at: int) -> str:
        """The feature of a word that the phrase goes on with: how it is tied or joined to the word before it."""
        return f"in:{self._joined(at) if self._kinds[at] == ',' else bond(self._words[at - 1], self._words[at])}"

    def boundary(self, count: int) -> list[str]:
        """The features of an end after so many whole words."""
        words, kinds = self._words, self._kinds
        first, last, following = words[0], words[count - 1], words[count]
        kind, next_kind, few = kinds[count - 1], kinds[count], min(count, 3)
        found = [
            f"k:{kind}|{next_kind}",
            f"lk:{kind}|{few}",
            f"seq:{'.'.join(kinds[:count])}|{next_kind}",
            f"nw:{following}",
            f"lw|nw:{last}|{following}",
            f"h|nk:{first}|{next_kind}|{few}",
            f"h|w:{first}|{few}",
        ]
        if count > 1:
            found.append(f"h|l:{first}|{last}")
        if next_kind == ",":
            found.append(f"j:{self._joined(count)}")
        elif next_kind != ".":
            found.append(f"b:{bond(last, following)}")
        return found

    def _joined(self, at: int) -> str:
        """What a joint joins to the words before it: its sign, and whether a noun of the same group follows."""
        begin = self._phrase.cut.ends[at]
        noun = counted().longest(self._phrase.lowers, begin)
        same = "-" if noun is None else "=" if noun[1].group == self.head.group else "other"
        return f"{self._phrase.lowers[begin - 1]}{same}|{self._kinds[at + 1][:1]}"


def bond(first: str, second: str) -> str:
    """How closely a word is tied to the noun before it: `0` for not, `2` to `4` for ever more."""
    return ties().get((first, second), "0")


def read_noun(text: str, at: int, number: Sequence[str] | None = None, limit: int | None = None) -> Noun | None:
    """The counted noun phrase after a number that ends at `at`; None where the number counts nothing there.

    Args:
        text: The text.
        at: Offset after the number.
        number: What is known of the number and of the words before it, as features of the model; without them it is
            taken for granted that something is counted.
        limit: Offset that the noun does not reach beyond; None for the text's end.

    >>> text = "106 xã, phường, thị trấn, với hơn 90.500 hộ nghèo đăng ký"
    >>> read_noun(text, 3)[:4]
    (24, 'xã, phường, thị trấn', 'place', True)
    >>> read_noun(text, 40).name
    'hộ nghèo'
    """
    quoted = _quoted(text, at)
    if quoted:
        return quoted
    phrase = read_phrase(text, at, limit)
    if phrase is None:
        return None
    foreign = phrase.cut.classes[0] in _NO_HEAD or phrase.tokens[0].shape == "A"
    if foreign and counted().longest(phrase.lowers, 0) is None:
        return None
    ends = candidates(phrase)
    options = describe(phrase, ends)
    if number is not None:
        options.append(nothing(phrase, number))
    chosen, chance = scorer().choice(options)
    if chosen == len(ends):
        return None
    head = counted().longest(phrase.lowers, 0)
    if number is None:
        stop = stops().longest(phrase.lowers, 0)
        if stop and (head is None or stop[0] > head[0]):
            return None
    end = phrase.tokens[ends[chosen] - 1].end
    begin = at + (text[at] == " ")
    return Noun(end, text[begin:end].lower(), head[1].group if head else "", head is not None, chance)


def nothing(phrase: Phrase, number: Sequence[str]) -> list[str]:
    """The features of the candidate that the number counts nothing."""
    kind = phrase.cut.classes[0]
    head = " ".join(phrase.lowers[: phrase.cut.ends[0]])
    stop, noun = stops().longest(phrase.lowers, 0), counted().longest(phrase.lowers, 0)
    group = noun[1].group if noun else "-"
    sure = "stop" if stop and (noun is None or stop[0] > noun[0]) else group
    found = ["no", f"no:hc:{kind}", f"no:h:{head}", f"no:h1:{phrase.lowers[0]}", f"no:{sure}"]
    for feature in number:
        found.append(f"no:{feature}")
        found.append(f"no:{feature}|{kind}")
        found.append(f"no:{feature}|{sure}")
    return found


def _quoted(text: str, at: int) -> Noun | None:
    """A noun in quotation marks: `27 “quái xế”`."""
    begin = at + text.startswith(" ", at)
    closing = _CLOSING.get(text[begin : begin + 1])
    if closing is None or begin == at:
        return None
    phrase = read_phrase(text, begin + 1)
    for token in phrase.tokens[:_QUOTED] if phrase else ():
        end = token.end + text.startswith(" ", token.end)
        if phrase and text.startswith(closing, end):
            head = counted().longest(phrase.lowers, 0)
            name = text[begin + 1 : token.end].strip().lower()
            return Noun(end + 1, name, head[1].group if head else "", head is not None)
    return None


def read_head(text: str, at: int) -> Noun | None:
    """The noun at an offset, as the denominator of a rate: `lượt` in `20.000 đồng/lượt xe`.

    >>> read_head("20.000 đồng/lượt xe", 12).name, read_head("900 đồng/cổ phiếu", 9).name
    ('lượt', 'cổ phiếu')
    """
    phrase = read_phrase(text, at)
    if phrase is None:
        return None
    end = phrase.cut.ends[0]
    if end == len(phrase.tokens) or phrase.lowers[end] != "/":
        word, short = classes().longest(phrase.lowers, 0), counted().longest(phrase.lowers, 0, 1)
        whole = counted().longest(phrase.lowers, 0)
        is_household = whole is not None and whole[1].group == "household"
        end = whole[0] if whole and is_household else word[0] if word else 1 if short else end
    head = counted().longest(phrase.lowers, 0, end)
    name = " ".join(phrase.lowers[:end])
    return Noun(phrase.tokens[end - 1].end, name, head[1].group if head else "", head is not None)


def known_beyond(text: str, at: int, end: int, *, whole: bool = False) -> bool:
    """Whether the table has a noun at an offset that goes on beyond `end`: `đồng chí` beyond `đồng`.

    `whole` leaves out what only begins nouns: `4 triệu đồng chủ quán` are no owners.

    >>> known_beyond("5 đồng chí", 1, 6), known_beyond("5 đồng", 1, 6)
    (True, False)
    """
    if text[end : end + 1] != " " or text[at:end].split(" ")[-1].lower() not in counted():
        return False
    tokens = read_tokens(text, at)
    noun = counted().longest([token.lower for token in tokens], 0)
    if noun is None or (whole and noun[1].role == "prefix"):
        return False
    return tokens[noun[0] - 1].end > end


def begins_no_noun(words: Sequence[str]) -> bool:
    """Whether lower-case words begin with a verb, an adjective or a function word.

    >>> begins_no_noun(["tham", "dự"]), begins_no_noun(["lúa", "giống"])
    (True, False)
    """
    return stops().longest(words, 0) is not None


def known_word(words: Sequence[str], at: int, limit: int | None = None) -> int:
    """Index after the longest word of either table that begins at a syllable; after the syllable where none does.

    >>> known_word(["đã", "phát", "hiện"], 1), known_word(["đã", "phát", "hiện"], 1, 2)
    (3, 2)
    """
    found = _known().longest(words, at, limit)
    return found[0] if found else at + 1


@cache
def _known() -> Phrases[None]:
    """The words of both tables, so that one walk finds the longest."""
    nouns = (row["noun"] for row in table("counted_nouns"))
    return Phrases((word, None) for word in (*nouns, *(row["word"] for row in table("noun_stops"))))
