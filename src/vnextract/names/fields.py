"""The field of a body: what follows its head and says what it is for."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vnextract.lexicon.syllables import is_vietnamese
from vnextract.names.heads import Head, body_words, fields, name_words
from vnextract.names.open_names import OpenRun
from vnextract.names.places import country_at, place_at
from vnextract.names.reading import Reading

_LONGEST_TASK = 40
_LONGEST_WORLD = 9
_OPEN = frozenset({"open", "words", "inner", "foreign"})
_OPEN_CLASSES = frozenset({"agency", "section"})
"""Classes of fields of which the table has only the commonest."""
_SEPARATORS = frozenset({",", ";", "và"})


class Field(NamedTuple):
    """The field of a body, with the indices of its first word and after its last."""

    start: int
    end: int
    words: str = ""
    closed: bool = True
    """Whether a table knows it."""
    mixed: bool = True
    """Whether it has words usual in names, not only a proper name."""
    proper: bool = True
    """Whether it is more than one word or phrase usual in names."""
    lower: bool = False
    """Whether it is printed without any capital, so that it is a name only where something follows."""
    spelled_out: bool = False
    """Whether it has more words than are printed, those of the article: `Bộ Giáo dục` for `Bộ Giáo dục và Đào tạo`."""


IsOwner = Callable[[int, int], bool]
"""Whether a body that can have parts begins at a word, and ends before another."""


class FieldReader:
    """Reads the fields of one text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._longer: dict[tuple[str, str], str] = {}
        """What short fields of a class stand for in this article; nothing where it prints no longer one."""

    def read(self, head: Head, start: int, at: int, limit: int, is_owner: IsOwner) -> Field | None:
        """The field that a head, which begins at `start` and ends before `at`, must have; None where there is none."""
        if not head.field:
            return Field(at, at)
        if head.field == "task":
            return self._task(at, limit, is_owner) if self._reading.capitals[start] else None
        if head.field == "world":
            return self._world(at, limit)
        if head.field == "abroad":
            return self._abroad(at, limit) if self._reading.capitals[start] else None
        if head.field == "about":
            return self._about(at, limit)
        if head.field not in _OPEN:
            known = self.known(head.field, at, limit)
            if known or head.field not in _OPEN_CLASSES:
                return known
        field = self._open(at, limit, any_words=head.field in ("open", "foreign"))
        return field if head.field != "foreign" or (field and self._has_foreign(field)) else None

    def known(self, kind: str, at: int, limit: int) -> Field | None:
        """The field of a class that begins at a word."""
        found = fields(kind).longest(self._reading.words, at, limit)
        if found is None or not self._reading.begins(found[0]):
            return None
        printed = self._reading.name(at, found[0])
        longer = self._longer_one(kind, at, found[0]) if found[1] else ""
        return Field(at, found[0], longer or printed, spelled_out=bool(longer))

    def _longer_one(self, kind: str, at: int, end: int) -> str:
        """The first longer field of a class that the article prints and that begins with the words of a short one."""
        words, own = self._reading.words, self._reading.words[at:end]
        key = kind, " ".join(own)
        if key not in self._longer:
            self._longer[key] = next(
                (
                    self._reading.name(first, found[0])
                    for first, word in enumerate(words)
                    if word == own[0]
                    and words[first : first + len(own)] == own
                    and (found := fields(kind).longest(words, first))
                    and found[0] - first > len(own)
                ),
                "",
            )
        return self._longer[key]

    def further(self, kind: str, at: int, limit: int, is_owner: IsOwner) -> Iterator[Field]:
        """Fields that share the head before them: `Nội vụ` and `Tài chính` after `các sở:`."""
        reading = self._reading
        while at + 1 < limit and reading.words[at] in _SEPARATORS and reading.capitals[at + 1]:
            if is_owner(at + 1, limit):
                return
            field = self.known(kind, at + 1, limit)
            if field is None:
                return
            yield field
            at = field.end

    def _abroad(self, at: int, limit: int) -> Field | None:
        """The field of a foreign state's body, up to the country: `Quản lý Không gian mạng` before `Trung Quốc`."""
        reading, stops = self._reading, body_words("task stop")
        if at >= limit or not reading.capitals[at]:
            return None
        for index in range(at, min(limit, at + _LONGEST_WORLD)):
            if stops.longest(reading.words, index, limit) or reading.words[index] == ",":
                return None
            country = country_at(reading, index, limit, regions=False) if index > at else None
            if country:
                home = country[1] == "Việt Nam" or reading.words[index - 1] in ("và", "toàn", "-", "–")
                return None if home else Field(at, index, reading.name(at, index))
        return None

    def _about(self, at: int, limit: int) -> Field | None:
        """What a national committee is about: `về phòng, chống thiên tai`."""
        reading, end = self._reading, at + 1
        if at >= limit or reading.words[at] != "về":
            return None
        while end < limit:
            joined = end + 1 if reading.words[end] in _SEPARATORS and end > at + 1 else end
            known = name_words().longest(reading.words, joined, limit)
            if known is None:
                break
            end = known[0]
        return Field(at, end, reading.name(at, end)) if end > at + 1 else None

    def _open(self, at: int, limit: int, any_words: bool) -> Field | None:
        if body_words("no field").longest(self._reading.words, at, limit) and not self._reading.capitals[at]:
            return None
        run = OpenRun(self._reading, at, limit)
        end = run.end()
        if end == at or not (any_words or run.has_words):
            return None
        words = self._reading.name(at, end, as_printed=True)
        return Field(at, end, words, False, run.has_words, run.has_proper or run.phrases > 1, not run.has_capital)

    def _has_foreign(self, field: Field) -> bool:
        words = self._reading.words[field.start : field.end]
        return not all(map(is_vietnamese, words))

    def _task(self, at: int, limit: int, is_owner: IsOwner) -> Field | None:
        """The long name of a committee, up to the place or the body that it belongs to."""
        reading, stops = self._reading, body_words("task stop")
        for index in range(at, min(limit, at + _LONGEST_TASK)):
            if stops.longest(reading.words, index, limit):
                return None
            if index > at and self._ends_task(index, limit, is_owner):
                return Field(at, index, reading.name(at, index))
        return None

    def _ends_task(self, at: int, limit: int, is_owner: IsOwner) -> bool:
        reading = self._reading
        if reading.words[at] in body_words("unit word"):
            place = place_at(reading, at, limit) if reading.words[at - 1] != "cấp" else None
            return place is not None and place.unit is not None
        return reading.words[at - 1] != "và" and reading.capitals[at] and is_owner(at, limit)

    def _world(self, at: int, limit: int) -> Field | None:
        """The field of an international body, up to the words that say so."""
        reading, ends, stops = self._reading, body_words("world"), body_words("task stop")
        if at >= limit or not reading.capitals[at]:
            return None
        for index in range(at, min(limit, at + _LONGEST_WORLD)):
            if stops.longest(reading.words, index, limit):
                return None
            plain = not reading.capitals[index] and reading.words[index] != "thế"
            if index > at and not plain and (end := ends.longest(reading.words, index, limit)):
                return Field(at, end[0], reading.name(at, end[0]))
        return None
