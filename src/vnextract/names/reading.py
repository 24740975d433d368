"""The words of a text as the grammar of bodies reads them: in lower case, abbreviations spelled out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from vnextract.lexicon.phrases import words_of
from vnextract.lexicon.tables import table
from vnextract.text.words import Shape, Words, begins_name

_JOINS = frozenset("&-–./,")
_LONGEST = 9
_SHORT = frozenset((Shape.CAPITALS, Shape.INITIAL))
"""Shapes of abbreviations; of single letters only `T` is one."""
_SHORTEST_SLIP, _LONGEST_SLIP = 4, 20


@cache
def abbreviations() -> Mapping[str, tuple[str, str]]:
    """Letters of an abbreviation → its full form, and where names are spelled out by it: anywhere where it is empty."""
    return {row["short"]: (row["full"], row["scope"]) for row in table("abbreviations")}


@cache
def _slips() -> Mapping[str, str]:
    """Abbreviations with one letter left out → the abbreviation, where it is the only one."""
    found: dict[str, str] = {}
    for short in abbreviations():
        if len(short) >= _SHORTEST_SLIP:
            for cut in _shortened(short):
                found[cut] = "" if found.get(cut, short) != short else short
    return found


def _shortened(letters: str) -> set[str]:
    return {letters[:i] + letters[i + 1 :] for i in range(len(letters))}


def unslipped(letters: str) -> str | None:
    """The abbreviation that a misprint stands for: one letter doubled or put in, left out, or changed places.

    >>> unslipped("MTTTQ"), unslipped("UBDN"), unslipped("ASEAN")
    ('MTTQ', 'UBND', None)
    """
    if not _SHORTEST_SLIP <= len(letters) <= _LONGEST_SLIP or letters in abbreviations():
        return None
    swapped = {letters[:i] + b + a + letters[i + 2 :] for i, (a, b) in enumerate(pairwise(letters))}
    found = {short for short in swapped | _shortened(letters) if len(short) >= _SHORTEST_SLIP} & abbreviations().keys()
    if not found and (missing := _slips().get(letters)):
        found = {missing}
    return found.pop() if len(found) == 1 else None


class Reading:
    """Parallel lists, one entry per word; the words of a spelled-out abbreviation share its offsets.

    >>> text = "UBND tỉnh và Sở GD&ĐT"
    >>> " ".join(Reading(Words.of(text)).words)
    'ủy ban nhân dân tỉnh và sở giáo dục và đào tạo'
    """

    def __init__(self, table: Words) -> None:
        self.norm = table.text
        self.words: list[str] = []
        self.forms: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.firsts: list[int] = []
        """Index in the table of the word that each stands for, or of the first where it stands for more."""
        self.lasts: list[int] = []
        """Index in the table of the last of these."""
        self.slips: set[int] = set()
        """Offsets of abbreviations that were read as misprints."""
        self.opens: list[bool] = []
        """Whether a mention may begin at each word: not inside an abbreviation."""
        self.capitals: list[bool] = []
        """Whether each word is printed with a capital or as a number."""
        self._read(table)
        self.lines = self._line_starts()

    def __len__(self) -> int:
        return len(self.words)

    def _read(self, table: Words) -> None:
        at, forms = 0, table.forms
        for opening in [
            at for at, shape in enumerate(table.shapes) if shape in _SHORT and (len(forms[at]) > 1 or forms[at] == "T")
        ]:
            if opening >= at:
                after, full = self._abbreviation(table, opening)
                if full:
                    self._add(table, at, opening)
                    self._spell_out(table, opening, after, full)
                    at = after
        self._add(table, at, len(table))

    def _add(self, table: Words, first: int, after: int) -> None:
        """Words that stand for themselves."""
        self.words += table.lower[first:after]
        self.forms += table.forms[first:after]
        self.starts += table.starts[first:after]
        self.ends += table.ends[first:after]
        self.firsts += range(first, after)
        self.lasts += range(first, after)
        self.opens += [True] * (after - first)
        self.capitals += table.capitals[first:after]

    def _spell_out(self, table: Words, first: int, after: int, full: Sequence[str]) -> None:
        """The words that an abbreviation stands for."""
        count = len(full)
        self.words += map(str.lower, full)
        self.forms += full
        self.starts += [table.starts[first]] * count
        self.ends += [table.ends[after - 1]] * count
        self.firsts += [first] * count
        self.lasts += [after - 1] * count
        self.opens += [True, *[False] * (count - 1)]
        self.capitals += [table.capitals[first], *map(begins_name, full[1:])]

    def _abbreviation(self, table: Words, at: int) -> tuple[int, list[str]]:
        known, letters, best = abbreviations(), "", (at, "")
        for after, printed in self._letter_groups(table, at):
            letters += printed
            full = known.get(letters, ("",))[0]
            if full:
                best = after, full
        if not best[1] and (short := unslipped(table.forms[at])):
            best = at + 1, known[short][0]
            self.slips.add(table.starts[at])
        return best[0], cased_words(best[1])

    def _letter_groups(self, table: Words, at: int) -> Iterator[tuple[int, str]]:
        """Groups of capitals joined by signs: `LĐ-TB&XH`; index after each, with its letters."""
        forms, limit = table.forms, min(at + _LONGEST, len(table))
        yield at + 1, forms[at]
        at += 1
        while at + 1 < limit:
            sign, form = forms[at], forms[at + 1]
            gap = table.starts[at + 1] - table.ends[at - 1] - 1
            if sign not in _JOINS or not form.isupper() or gap > (2 if sign in "-–&" else 0):
                return
            at += 2
            yield at, form

    def _line_starts(self) -> list[int]:
        """Indices of the words that begin a line."""
        found: list[int] = []
        at = self.norm.find("\n")
        while at >= 0:
            index = bisect_left(self.starts, at)
            if index < len(self) and (not found or found[-1] != index):
                found.append(index)
            at = self.norm.find("\n", at + 1)
        return found

    def index(self, offset: int) -> int:
        """Index of the first word that begins at an offset or after it."""
        return bisect_left(self.starts, offset)

    def line_end(self, at: int) -> int:
        """Index after the last word of a word's line."""
        index = bisect_right(self.lines, at)
        return self.lines[index] if index < len(self.lines) else len(self)

    def line_start(self, at: int) -> int:
        """Index of the first word of a word's line."""
        index = bisect_right(self.lines, at)
        return self.lines[index - 1] if index else 0

    def ends_line(self, at: int) -> bool:
        """Whether a word is the full stop that ends a line."""
        return self.words[at] == "." and self.line_end(at) == at + 1

    def begins(self, at: int) -> bool:
        """Whether a mention may begin at a word, or after the last."""
        return at >= len(self.opens) or self.opens[at]

    def tight(self, at: int) -> bool:
        """Whether nothing parts a word from the one before it."""
        return at > 0 and self.starts[at] == self.ends[at - 1]

    def name(self, start: int, end: int, as_printed: bool = False, whole: bool = False) -> str:
        """The words as a name, abbreviations spelled out; `as_printed`: only those that any name spells out.

        `whole` says that no word of the name stands before them.
        """
        pieces: list[str] = []
        at = start
        while at < end:
            after = at + 1
            while after < end and self.starts[after] == self.starts[at]:
                after += 1
            pieces.append(self._piece(at, after, as_printed, whole and at == start))
            if after - at > 1 and after + 1 < end and self.words[after] == "." and self.tight(after):
                # The full stop of `TP. Huế` goes with the abbreviation.
                after += 1
                pieces.append(" ")
            elif after < end:
                pieces.append(" " if self.starts[after] > self.ends[at] else "")
            at = after
        return "".join(pieces)

    def _piece(self, at: int, after: int, as_printed: bool, begins: bool) -> str:
        printed = self.norm[self.starts[at] : self.ends[at]]
        scope = abbreviations().get(_letters(printed), ("", ""))[1] if as_printed else ""
        if after - at == 1 or scope == "field" or (scope == "inside" and begins):
            return printed
        full = " ".join(self.forms[at:after])
        return full.replace(" ,", ",").replace(" / ", "/")


def capitalised(text: str) -> str:
    """A name as it begins a sentence: `Tập đoàn Viettel`."""
    return text[:1].upper() + text[1:]


def _letters(printed: str) -> str:
    return "".join(filter(str.isalpha, printed))


@cache
def cased_words(full: str) -> list[str]:
    """The words of a full form, cut as a text's are, with their capitals.

    >>> cased_words("phòng, chống")
    ['phòng', ',', 'chống']
    """
    words, at, found = words_of(full), 0, []
    lower = full.lower()
    for word in words:
        at = lower.index(word, at)
        found.append(full[at : at + len(word)])
        at += len(word)
    return found
