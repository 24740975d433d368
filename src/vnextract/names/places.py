"""Places inside the names of bodies: `tỉnh Lai Châu`, `TP.HCM`, `quận 6`, `tỉnh` alone, `Vĩnh Long` alone."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from vnextract.lexicon.phrases import Phrases
from vnextract.lexicon.places import city_names, commune_names, district_names, find_province, province_names
from vnextract.lexicon.tables import table
from vnextract.names.reading import Reading
from vnextract.records import Level

_UNITS: Phrases[tuple[str, Level]] = Phrases(
    [
        ("tỉnh", ("tỉnh", Level.PROVINCE)),
        ("thành phố", ("thành phố", Level.DISTRICT)),
        ("tp", ("thành phố", Level.DISTRICT)),
        ("quận", ("quận", Level.DISTRICT)),
        ("huyện", ("huyện", Level.DISTRICT)),
        ("thị xã", ("thị xã", Level.DISTRICT)),
        ("thị trấn", ("thị trấn", Level.COMMUNE)),
        ("phường", ("phường", Level.COMMUNE)),
        ("xã", ("xã", Level.COMMUNE)),
        ("đặc khu", ("đặc khu", Level.COMMUNE)),
    ]
)
_DOTTED: Phrases[tuple[str, Level]] = Phrases(
    [
        ("q", ("quận", Level.DISTRICT)),
        ("h", ("huyện", Level.DISTRICT)),
        ("tx", ("thị xã", Level.DISTRICT)),
        ("tt", ("thị trấn", Level.COMMUNE)),
        ("p", ("phường", Level.COMMUNE)),
        ("x", ("xã", Level.COMMUNE)),
    ]
)
UNIT_WORDS = frozenset(
    ["tỉnh", "thành", "tp", "quận", "huyện", "thị", "phường", "xã", "đặc", "q", "h", "tx", "tt", "p", "x"]
)
"""Words that a place printed with its unit may begin with."""
_NOT_A_UNIT = {
    "xã": frozenset({"hội", "viên", "luận", "giao", "tắc", "thuyết"}),
    "tỉnh": frozenset({"táo", "lẻ", "thành", "giấc", "ngộ", "ủy"}),
    "huyện": frozenset({"thị", "ủy"}),
    "phường": frozenset({"hội", "chèo"}),
    "quận": frozenset({"huyện", "ủy", "công", "chúa"}),
    "thị xã": frozenset({"ủy"}),
}
"""Words after which a unit is the beginning of something else: `xã hội`."""
_OCEAN = ["thái", "bình", "dương"]
_LONGEST_UNKNOWN = 3
_LONGEST_SYLLABLE = 6
_LONGEST_PHRASE = 40
"""Words within which all the larger places of a place stand."""
"""Letters of the longest Vietnamese syllables, less one."""


@cache
def countries() -> Phrases[tuple[str, bool]]:
    """Names of countries, Việt Nam among them, and of continents, for which the second value is True."""
    return Phrases((row["name"], (row["name"], row["region"] == "yes")) for row in table("countries"))


@cache
def _foreign_places() -> Phrases[str]:
    return Phrases((row["name"], row["name"]) for row in table("foreign_places"))


@cache
def surnames() -> frozenset[str]:
    """Words that a Vietnamese person's name begins with."""
    return frozenset(row["surname"].lower() for row in table("surnames"))


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """A place as printed."""

    end: int
    """Index after its last word."""
    unit: str | None
    name: str | None
    """None where the unit stands alone for the one that the article is about."""
    level: Level
    wider: "PlacePhrase | None" = None
    """The larger place printed right after it."""
    bracketed: bool = False
    """Whether the larger place stands in a bracket."""
    dashed: bool = False
    """Whether it stands after a dash: `khu vực 3 - Cà Mau`."""
    known: bool = True
    """Whether the tables have it; else a run of capitals after the unit was taken for its name."""

    def __str__(self) -> str:
        own = " ".join(filter(None, (self.unit, self.name)))
        return f"{own} {self.wider}" if self.wider else own


def _known_name(reading: Reading, unit: str, at: int, limit: int) -> tuple[int, str] | None:
    """Index after the name of a place that the tables have with a unit, and its usual spelling where that matters."""
    if unit in ("tỉnh", "thành phố") and (found := province_names().longest(reading.words, at, limit)):
        city = district_names().longest(reading.words, at, limit) if unit == "thành phố" else None
        return city if city and city[0] > found[0] else found
    if unit in ("phường", "xã", "thị trấn", "đặc khu"):
        commune = commune_names().longest(reading.words, at, limit)
        return (commune[0], "") if commune else None
    return district_names().longest(reading.words, at, limit)


def _unknown_name(reading: Reading, at: int, limit: int, longest: int = _LONGEST_UNKNOWN) -> int:
    """Index after a run of capitalised words that may be the name of a place not in the tables, and no person.

    A family name that two more capitals follow begins a person's name; one with one more may well begin a place's.
    """
    end, limit = at, min(limit, len(reading))
    while end < min(limit, at + longest) and _may_name(reading, end):
        follow = end + 1 if end > at else end + 2
        if reading.words[end] in surnames() and follow < limit and _may_name(reading, follow):
            break
        end += 1
    return end


def _may_name(reading: Reading, at: int) -> bool:
    printed = reading.norm[reading.starts[at] : reading.ends[at]]
    return printed[0].isupper() and printed.isalpha() and not printed.isupper()


def _named(reading: Reading, unit: str, level: Level, at: int, limit: int) -> PlacePhrase | None:
    if at >= limit or not reading.capitals[at]:
        return None
    if reading.words[at].isdigit():
        return PlacePhrase(at + 1, unit, reading.words[at], level) if unit in ("quận", "phường") else None
    known = _known_name(reading, unit, at, limit)
    if known is None:
        # The provinces are all known: what looks like another one is a foreign one, or the person who speaks for it.
        foreign = _foreign_places().longest(reading.words, at, limit) if level is Level.PROVINCE else None
        end = _unknown_name(reading, at, limit) if level is not Level.PROVINCE else foreign[0] if foreign else at
        if level is Level.PROVINCE and reading.words[at].isascii() and len(reading.words[at]) > _LONGEST_SYLLABLE:
            end = _unknown_name(reading, at, limit)
        return PlacePhrase(end, unit, reading.name(at, end), level, known=False) if end > at else None
    end, name = known
    if unit in ("tỉnh", "thành phố") and (found := find_province(name)) and (unit == "tỉnh" or found.unit == unit):
        return PlacePhrase(end, unit, _as_printed(reading, at, end, name), Level.PROVINCE)
    longer = _unknown_name(reading, end, limit, 1) if level is Level.COMMUNE else end
    return PlacePhrase(longer, unit, reading.name(at, longer), level, known=longer == end)


def _as_printed(reading: Reading, at: int, end: int, name: str) -> str:
    """A province's name as printed (`Thừa Thiên Huế`), abbreviations aside."""
    printed = reading.name(at, end)
    return name if printed.isupper() or printed.lower() == name.lower() else printed


@cache
def _openings() -> frozenset[str]:
    """The words that places begin with, or their units."""
    trees: tuple[Phrases[Any], ...] = (_UNITS, _DOTTED, province_names(), city_names())
    return frozenset().union(*(tree.firsts for tree in trees))


def place_at(reading: Reading, at: int, limit: int) -> PlacePhrase | None:
    """The place that begins at a word, if one does."""
    if at >= limit or reading.words[at] not in _openings():
        return None
    unit = _UNITS.longest(reading.words, at, limit)
    if unit:
        return _after_unit(reading, unit, limit)
    dotted = _DOTTED.longest(reading.words, at, limit)
    if dotted and not _goes_on_with_initials(reading, at):
        end, (name, level) = dotted
        if end < limit and reading.words[end] == ".":
            end += 1
            if end < limit and reading.words[end].isalpha() and len(reading.words[end]) == 1:
                return None  # initials: `ông P.V.H.`
        elif not (end < limit and reading.words[end].isdigit()) and name not in ("thị xã", "thị trấn"):
            return None
        return _widened(reading, _named(reading, name, level, end, limit), limit)
    return _bare(reading, at, limit)


def _goes_on_with_initials(reading: Reading, at: int) -> bool:
    """Whether a letter with a full stop stands right before a word: `C.[P]. Việt Nam`."""
    return (
        at > 1 and reading.words[at - 1] == "." and len(reading.words[at - 2]) == 1 and reading.words[at - 2].isalpha()
    )


def _after_unit(reading: Reading, unit: tuple[int, tuple[str, Level]], limit: int) -> PlacePhrase | None:
    end, (name, level) = unit
    # `TP. Huế`; a full stop after a unit in full (`UBND tỉnh. Theo …`) ends the sentence.
    short = reading.words[end - 1] in ("tp", "phố") and reading.ends[end - 1] - reading.starts[end - 1] == 2
    dotted = short and end < limit and reading.words[end] == "." and reading.tight(end)
    named = end + 1 if dotted else end
    found = _named(reading, name, level, named, limit)
    if found:
        return _widened(reading, found, limit)
    if end < limit and reading.words[end] in _NOT_A_UNIT.get(name, ()):
        return None
    return PlacePhrase(end, name, None, level)


def _bare(reading: Reading, at: int, limit: int) -> PlacePhrase | None:
    if not reading.capitals[at]:
        return None
    found = province_at(reading, at, limit)
    if found:
        return PlacePhrase(found[0], None, _as_printed(reading, at, *found), Level.PROVINCE)
    city = city_names().longest(reading.words, at, limit)
    if city:
        return PlacePhrase(city[0], None, reading.name(at, city[0]), Level.DISTRICT)
    return None


def province_at(reading: Reading, at: int, limit: int) -> tuple[int, str] | None:
    """Index after the province that begins at a word, with its name; two make up the ocean, `Thái Bình Dương`."""
    found = province_names().longest(reading.words, at, limit)
    if found and (reading.words[max(at - 1, 0) : found[0]] == _OCEAN or reading.words[at : found[0] + 1] == _OCEAN):
        return None
    return found


def district_at(reading: Reading, at: int, limit: int) -> PlacePhrase | None:
    """The district or provincial city whose name begins at a word, without its unit: `Huyện ủy Vũng Liêm`."""
    if at >= limit or not reading.capitals[at]:
        return None
    found = district_names().longest(reading.words, at, limit)
    return PlacePhrase(found[0], None, found[1], Level.DISTRICT) if found else None


def _widened(reading: Reading, place: PlacePhrase | None, limit: int) -> PlacePhrase | None:
    if place is None or place.level is Level.PROVINCE or place.end >= limit:
        return place
    wider = place_at(reading, place.end, min(limit, place.end + _LONGEST_PHRASE))
    if wider is None or wider.name is None or wider.unit is None:
        return place
    return PlacePhrase(wider.end, place.unit, place.name, place.level, wider)


def foreign_city_at(reading: Reading, at: int, limit: int) -> tuple[int, str] | None:
    """Index after the foreign city or state that begins at a word, with its name as printed."""
    if at >= limit or not reading.capitals[at]:
        return None
    found = _foreign_places().longest(reading.words, at, limit)
    return (found[0], reading.name(at, found[0])) if found else None


def country_at(reading: Reading, at: int, limit: int, regions: bool = True) -> tuple[int, str] | None:
    """Index after the country that begins at a word, with its name: a foreign one, `Việt Nam`, or a continent."""
    if at >= limit or reading.words[at] not in countries().firsts:
        return None
    if not (reading.capitals[at] or reading.words[at] == "châu"):
        return None
    found = countries().longest(reading.words, at, limit)
    return (found[0], found[1][0]) if found and (regions or not found[1][1]) else None


_ASIDE = frozenset((",", "(", "-", "–"))
"""What stands between a place and the larger one of an address."""
_LEVELS = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)


def outermost(reading: Reading, place: PlacePhrase) -> PlacePhrase:
    """The largest place of the address that a place begins: `xã Hòa Hải, huyện Hương Khê (Hà Tĩnh)`."""
    while place.level is not Level.PROVINCE:
        wider = place.wider or _after_mark(reading, place.end)
        if wider is None or wider.name is None or _LEVELS.index(wider.level) <= _LEVELS.index(place.level):
            break
        place = wider
    return place


def _after_mark(reading: Reading, at: int) -> PlacePhrase | None:
    """The place after the mark at a word, if one is there."""
    if at >= len(reading) or reading.words[at] not in _ASIDE:
        return None
    return place_at(reading, at + 1, reading.line_end(at))


def is_place(reading: Reading, at: int, end: int, *, known: bool = False) -> bool:
    """Whether words name a place or a country and nothing else; `known`: the tables have it, as `Cà Mau`."""
    country, place = country_at(reading, at, end), place_at(reading, at, end)
    found = place is not None and place.end == end and (place.known or not known)
    return found or (country is not None and country[0] == end)
