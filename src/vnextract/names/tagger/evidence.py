"""What tables and the article itself say of each word, beside its form: evidence for the tagger, no decision.

Tables: heads of bodies in any case, words usual in names, fields, bodies of the register, titles, words that name
something else, places. The article: how far a name after a head may go at most; the run of capitals that a word stands
in, with the words around it; what stands around the same run elsewhere in the article. And what makes a list: a head
that stands again near by, and two words that come again and again, with the same or with other words beside them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from vnextract.lexicon.persons import honorifics, plain_surnames
from vnextract.lexicon.phrases import Cut, Entries, late_tree, places, words_of
from vnextract.lexicon.tables import table
from vnextract.names.bodies import Parsed
from vnextract.names.heads import body_words, registered_forms
from vnextract.names.places import UNIT_WORDS, country_at, place_at
from vnextract.text.document import Text
from vnextract.text.words import Shape

Rows = Mapping[int, Sequence[str]]
"""Index of a word → its features."""

_CAPITALS = frozenset({Shape.INITIAL, Shape.CAPITALISED, Shape.CAPITALS, Shape.MIXED})
_OWN = frozenset({Shape.CAPITALS, Shape.MIXED})
_JOINS = frozenset({",", "và", "-", "–", "&"})
_PARTS = frozenset({",", ";", "và", "cùng", "với"})
_LONGEST_EXTENT = 30
_LONGEST_PLACE = 12
_FAR = 6
"""Places in a run, or words of it, beyond which they count alike."""
_OFTEN = 3
_NEAR = 14
"""Words within which a head that stands again is one of a list."""
_AGAIN = 3
"""How often two words come, and how many words stand beside them, that it counts."""
_TOO_OFTEN = 300
"""How often they come that it is no list any more."""


class Mark(NamedTuple):
    """A stretch of the reading that a table knows, by the layer and what the table says."""

    end: int
    layer: str
    sort: str


class _Spelt(NamedTuple):
    """The features of the words of a mark, and of the words around it."""

    alone: str
    first: str
    inside: str
    last: str
    before: str
    after: str


@lru_cache(maxsize=2_000)
def _spelt(layer: str, sort: str) -> _Spelt:
    alone, first, inside, last = (f"{layer}={place}{sort}" for place in "UBIL")
    return _Spelt(alone, first, inside, last, f"+{layer}={sort}", f"-{layer}={sort}")


@cache
def _tree() -> dict[str, Any]:
    """The phrases of all layers as one tree of words; under the empty word what ends there."""
    alike: dict[object, dict[str, str]] = {}

    def read(entries: Entries) -> Cut:
        known: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        for phrase, (layer, sort) in entries:
            known[tuple(words_of(phrase))].setdefault(layer, sort)
        return [(words, alike.setdefault(tuple(told.items()), told)) for words, told in known.items()]

    return late_tree(((phrase, (layer, sort)) for layer, phrase, sort in _entries()), read)


def _entries() -> Iterator[tuple[str, str, str]]:
    for row in table("bodies"):
        for form in row["form"].split("|"):
            if row["kind"] != "-":
                yield "hd", form, row["kind"]
    for row in table("name_words"):
        yield "nw", row["words"], row["loose"]
    for row in table("fields"):
        yield "fi", row["field"], row["class"]
    for form, kind, _ in registered_forms():
        yield "rg", form, kind
    for row in table("titles"):
        yield "ti", row["title"], row["kind"]
    for row in table("body_words"):
        if row["role"] in ("no body alone", "event"):
            yield "nb", row["words"], row["role"]


def evidence(text: Text, parsed: Parsed) -> Rows:
    """The features of each word of a text that tables and the rest of the article give.

    >>> from vnextract.names.bodies import parse
    >>> text = Text("trưởng khoa Nội")
    >>> [feature for feature in evidence(text, parse(text))[1] if feature.startswith(("hd", "ti"))]
    ['hd=Ueducation', 'ti=Uhead']
    """
    return _Evidence(text, parsed).rows


class _Evidence:
    def __init__(self, text: Text, parsed: Parsed) -> None:
        self._words, self._reading, self._count = text.words, parsed.reading, len(text.words)
        self.rows: defaultdict[int, list[str]] = defaultdict(list)
        self._names: dict[int, int] = {}
        """Where words usual in names begin in the reading, with the index after them."""
        self._heads: dict[int, int] = {}
        """The same of heads."""
        self._covered = bytearray(len(self._words))
        for one in parsed.candidates:
            first, after = self._words.index(one.start), self._words.index(one.end)
            self._covered[first:after] = b"\1" * (after - first)
        self._mark_phrases()
        self._mark_places()
        self._mark_heads()
        self._mark_extents()
        self._mark_runs()
        self._mark_again()

    def _range(self, at: int, end: int) -> tuple[int, int]:
        """The words of the text that a stretch of the reading covers."""
        return self._reading.firsts[at], self._reading.lasts[end - 1] + 1

    def _mark(self, at: int, end: int, layer: str, sort: str) -> None:
        first, after = self._range(at, end)
        rows, told = self.rows, _spelt(layer, sort)
        if after - first == 1:
            rows[first].append(told.alone)
        else:
            rows[first].append(told.first)
            for index in range(first + 1, after - 1):
                rows[index].append(told.inside)
            rows[after - 1].append(told.last)
        if first:
            rows[first - 1].append(told.before)
        if after < self._count:
            rows[after].append(told.after)

    def _mark_phrases(self) -> None:
        reading, words, opens, tree = self._reading, self._reading.words, self._reading.opens, _tree()
        free: dict[str, int] = defaultdict(int)
        for at in places(tree, words):
            for layer, (end, sort) in _longest(tree, words, at).items() if opens[at] else ():
                if at < free[layer] or not reading.begins(end):
                    continue
                self._mark(at, end, layer, sort)
                free[layer] = end
                if layer == "nw":
                    self._names[at] = end
                elif layer == "hd":
                    self._heads[at] = end

    def _mark_places(self) -> None:
        reading, count = self._reading, len(self._reading)
        words, opens, capital, free = reading.words, reading.opens, reading.capitals, 0
        for at in [at for at, word in enumerate(words) if (capital[at] or word in UNIT_WORDS) and opens[at]]:
            if at < free:
                continue
            sort = ""
            if place := place_at(reading, at, min(count, at + _LONGEST_PLACE)):
                unit, name = "u" if place.unit else "", "n" if place.name else ""
                free, sort = place.end, f"{unit}{name}{'' if place.known else '?'}"
            elif country := country_at(reading, at, count):
                free, sort = country[0], "home" if country[1] == "Việt Nam" else "abroad"
            if sort and reading.begins(free):
                self._mark(at, free, "pl", sort)

    def _mark_heads(self) -> None:
        """Each head with its case, and whether the article has it elsewhere in a longer name: `Trung tâm` alone."""
        reading, words = self._reading, self._reading.words
        phrases = {at: " ".join(words[at:end]) for at, end in self._heads.items()}
        longer = {phrases[at] for at, end in self._heads.items() if self._goes_on(end)}
        for at, phrase in phrases.items():
            first, _ = self._range(at, self._heads[at])
            told = f"{phrase in longer:d}{reading.capitals[at]:d}{self._goes_on(self._heads[at]):d}"
            self.rows[first] += [f"ha={told}", f"hn={phrase} {told}"]
        self._mark_listed_heads(phrases)

    def _mark_listed_heads(self, phrases: Mapping[int, str]) -> None:
        """Each head that stands again near by, before or after it, as in a list; and the words before and after it."""
        by_phrase: defaultdict[str, list[int]] = defaultdict(list)
        for at, phrase in phrases.items():
            by_phrase[phrase].append(at)
        for found in by_phrase.values():
            near = [after - before <= _NEAR for before, after in pairwise(found)]
            for at, before, after in zip(found, [False, *near], [*near, False], strict=True):
                if before or after:
                    self._mark(at, self._heads[at], "hl", f"{before:d}{after:d}")

    def _goes_on(self, at: int) -> bool:
        """Whether a candidate goes on with a word of the reading."""
        index = self._reading.firsts[at] if at < len(self._reading) else 0
        return index > 0 and bool(self._covered[index] and self._covered[index - 1])

    def _mark_extents(self) -> None:
        """From each head as far as a name may go at most, its joints marked."""
        free = 0
        for at in sorted(self._heads):
            if at < free:
                continue
            head = self._reading.words[at]
            free, joints = self._extent(self._heads[at])
            first, after = self._range(at, free)
            for index in range(first, after):
                place = "B" if index == first else "L" if index == after - 1 else "I"
                self.rows[index] += [f"ex={place}", f"eh={head}"]
                if index in joints:
                    self.rows[index] += [f"ej={joints[index]}", f"ek={head} {joints[index]}"]

    def _extent(self, at: int) -> tuple[int, Mapping[int, str]]:
        """Index after the longest name that may go on from a word, with the signs and `và` that it has."""
        reading, words = self._reading, self._reading.words
        first = end = at
        limit = min(reading.line_end(at - 1), at + _LONGEST_EXTENT)
        joints: dict[int, str] = {}
        while at < limit:
            if words[at] in _JOINS:
                after = at + 1
                known, capital = after in self._names, after < limit and reading.capitals[after]
                if not (known or capital):
                    break
                joints[reading.firsts[at]] = f"{words[at]}{known:d}{capital:d}{after in self._heads:d}"
                at = after
            elif at in self._names or reading.capitals[at] or words[at] in UNIT_WORDS or self._completes(at, first):
                at = self._names.get(at, at + 1)
                end = at
            else:
                break
        while end < len(reading) and not reading.begins(end):
            end += 1
        return end, joints

    def _completes(self, at: int, first: int) -> bool:
        """Whether a word in lower case may be the second syllable of the one before it: `Đổi mới`."""
        reading, word = self._reading, self._reading.words[at]
        alone = at > first and reading.capitals[at - 1] and (at - 1 == first or not reading.capitals[at - 2])
        return alone and word.isalpha() and word not in body_words("after a name")

    def _mark_runs(self) -> None:
        """The run of capitals that a word stands in, and what the article says of the same run elsewhere."""
        words, lower, forms, shapes = self._words, self._words.lower, self._words.forms, self._words.shapes
        heads = {self._range(at, end)[1] for at, end in self._heads.items()}
        runs = [
            (first, after, words.text[words.starts[first] : words.ends[after - 1]], self._before(first))
            for first, after in _runs(shapes, words.sentence)
        ]
        says: dict[str, set[str]] = defaultdict(set)
        own: dict[str, set[str]] = defaultdict(set)
        addresses, surnames = _addresses(), plain_surnames()
        for first, after, printed, before in runs:
            told = {"g" if self._covered[first] else "p" if before in addresses else "h" if first in heads else "n"}
            if before == "(" and after < self._count and lower[after] == ")":
                told.add("b")
            says[printed] |= told
            for index in range(first, after):
                if shapes[index] in _OWN:
                    own[forms[index]] |= told
        counts = Counter(printed for _, _, printed, _ in runs)
        for first, after, printed, before in runs:
            surname = "s" if forms[first] in surnames else ""
            goes_on = after < self._count and words.sentence[after] == words.sentence[first]
            shared = [
                f"rl={min(after - first, _FAR)}{surname}",
                f"rb={before}",
                f"ra={lower[after] if goes_on else '$'}",
                f"dr={''.join(sorted(says[printed]))}",
                f"dc={min(counts[printed], _OFTEN)}",
                f"rc={self._beside(first - 1, first - 2)}{self._beside(after, after + 1)}",
            ]
            for index, place in enumerate(_places(after - first, surname), first):
                row = self.rows[index]
                row += shared
                row += place
                if shapes[index] in _OWN:
                    row.append("dt=" + "".join(sorted(own[forms[index]])))

    def _mark_again(self) -> None:
        """Two words that come again and again: whether the words before them differ, and those after them."""
        lower, count = self._words.lower, self._count
        pairs: dict[tuple[str, str], list[int]] = {
            (left, right): []
            for (left, right), number in Counter(pairwise(lower)).items()
            if _AGAIN <= number <= _TOO_OFTEN and left.isalpha() and right.isalpha()
        }
        for at, pair in enumerate(pairwise(lower)) if pairs else ():
            if pair in pairs:
                pairs[pair].append(at)
        for found in pairs.values():
            before = {lower[at - 1] for at in found if at}
            after = {lower[at + 2] for at in found if at + 2 < count}
            told = f"{len(before) >= _AGAIN:d}{len(after) >= _AGAIN:d}"
            for at in found:
                self.rows[at].append("p1=" + told)
                self.rows[at + 1].append("p2=" + told)
                if at:
                    self.rows[at - 1].append("+p=" + told)
                if at + 2 < count:
                    self.rows[at + 2].append("-p=" + told)

    def _beside(self, sign: int, at: int) -> str:
        """`1` where a sign or `và` parts a run from a candidate, `0` where it parts it from something else."""
        inside = 0 <= at < self._count and 0 <= sign < self._count
        return str(self._covered[at]) if inside and self._words.lower[sign] in _PARTS else ""

    def _before(self, at: int) -> str:
        """The word before a run, `^` where it begins its sentence."""
        words = self._words
        return words.lower[at - 1] if at and words.sentence[at - 1] == words.sentence[at] else "^"


@lru_cache(maxsize=64)
def _places(length: int, surname: str) -> tuple[tuple[str, str], ...]:
    """Where each word of a run stands, from its beginning and from its end."""
    return tuple((f"rp={min(at, _FAR)}{surname}", f"re={min(length - at, _FAR)}{surname}") for at in range(length))


def _longest(tree: dict[str, Any], words: Sequence[str], at: int) -> dict[str, tuple[int, str]]:
    """The longest phrase of each layer that begins at a word: index after it, what the table says."""
    best: dict[str, tuple[int, str]] = {}
    node, count = tree.get(words[at]), at + 1
    while node is not None:
        if ending := node.get(""):
            for layer, sort in ending.items():
                best[layer] = count, sort
        if count == len(words):
            break
        node, count = node.get(words[count]), count + 1
    return best


def _runs(shapes: Sequence[Shape], sentence: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Index ranges of the words with capitals that follow one another in a sentence."""
    at, count = 0, len(shapes)
    while at < count:
        first = at
        while at < count and shapes[at] in _CAPITALS and sentence[at] == sentence[first]:
            at += 1
        if at > first:
            yield first, at
        else:
            at += 1


@cache
def _addresses() -> frozenset[str]:
    return honorifics() | {row["words"] for row in table("person_words") if row["role"] == "person"}
