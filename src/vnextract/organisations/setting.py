"""Where an article is at home: the places that it names, and the province that its `UBND tỉnh` must mean."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from vnextract.article import Article
from vnextract.lexicon.persons import plain_surnames
from vnextract.lexicon.places import (
    RENAMED,
    find_province,
    former_unit,
    province_names,
    province_of_district,
    provinces_of_commune,
    provinces_of_district,
)
from vnextract.lexicon.syllables import is_vietnamese
from vnextract.lexicon.tables import table
from vnextract.names.heads import body_words, ends_with
from vnextract.names.places import (
    UNIT_WORDS,
    PlacePhrase,
    countries,
    country_at,
    outermost,
    place_at,
    province_at,
    surnames,
)
from vnextract.names.reading import Reading
from vnextract.records import Level
from vnextract.text.alignment import Span

_HEADLINE_WEIGHT = 3
_SOURCE_WEIGHT = 6
_SPORTS_WORDS = 2
"""Words of matches and clubs that make an article one about sports."""
_LONGEST_NAME = 4
"""Syllables of a person's name."""
_LONGEST_PERSON = 5
"""Words of a person's name and of what is said before it: `tư tưởng Hồ Chí Minh`."""
_ADDRESSES = frozenset(("ông", "bà", "anh", "chị", "cô"))
"""Words after which a syllable that is also a country is a person: `ông Anh`."""
_SITE = re.compile(r"\b(?:bao)?([a-z]{4,16})(?:tv)?\.(?:gov\.)?(?:vn|com)\b")
_DATELINE_CODE = re.compile(r"(?:^|\n)(?:\(([A-ZĐ]{2,6})\)|([A-ZĐ]{3,6}) ?[-–—])")


@cache
def _same_countries() -> Mapping[str, str]:
    return {row["name"]: row["usual"] for row in table("same_countries")}


def same_country(name: str) -> str:
    """The usual one of the names of a country.

    >>> same_country("Hoa Kỳ"), same_country("Pháp")
    ('Mỹ', 'Pháp')
    """
    return _same_countries().get(name, name)


def full_country(name: str) -> str:
    """A country's name as it stands in the full name of a body.

    >>> full_country("Nhật"), full_country("Hoa Kỳ")
    ('Nhật Bản', 'Hoa Kỳ')
    """
    usual = same_country(name)
    return usual if usual.startswith(f"{name} ") else name


class NamedPlace(NamedTuple):
    """A place that the article names, with its unit."""

    offset: int
    name: str


_LEVELS = {
    Level.DISTRICT: ("huyện", "quận", "thị xã", "thành phố"),
    Level.COMMUNE: ("xã", "phường", "thị trấn", "đặc khu"),
}


class Setting(NamedTuple):
    """The places of one article."""

    home: str | None
    """Name of the province that the article is about, an earlier one where it prints that: `Thừa Thiên - Huế`.

    None where it is about none or several.
    """
    likely: str | None
    """Name of the province named most often, an earlier one where the article prints that."""
    places: Mapping[str, Sequence[NamedPlace]]
    """Every place printed with its unit, in order, by unit."""
    country: str | None
    """The foreign country that the article is about; None where it is about none or several."""
    country_from: int
    """Offset of the first word on that country; that of the end of the text where there is none."""
    is_foreign: bool
    """Whether the article names foreign countries and nothing Vietnamese."""
    is_sports: bool
    """Whether the article is about matches and clubs."""
    lands: Sequence[NamedPlace] = ()
    """Every country printed, Việt Nam too, in order."""
    provinces: Sequence[str] = ()
    """Names of today of the provinces that are named or have a district that is, those named most often first."""
    addresses: Mapping[tuple[str | None, str], str] = MappingProxyType({})
    """The province that the article prints with a smaller place, by unit and name: `huyện Kỳ Sơn, Nghệ An`."""
    day: date | None = None
    """The day of the article."""

    def province_of(self, place: PlacePhrase) -> str | None:
        """Name of today of the province that a place is or is in; None where the article does not tell.

        What is printed with it tells first, then which provinces have a place of that name: the article's own, one
        that it names, the only one. Tables of communes are not whole, so an article's own stands where none is named.
        """
        if place.level is Level.PROVINCE:
            return _name_of_today(place.name)
        if place.wider:
            return self.province_of(place.wider)
        name, home = place.name or "", _name_of_today(self.home)
        printed = self.addresses.get((place.unit, name))
        is_district = place.level is Level.DISTRICT
        known = provinces_of_district(name, place.unit) if is_district else provinces_of_commune(name, self.day)
        if printed and (not known or not is_district or printed in known):
            return printed
        if not known or home in known:
            return home
        named = next((province for province in self.provinces if province in known), None)
        if named or len(known) > 1:
            return named or (None if is_district else home)
        return next(iter(known)) if is_district or home is None else home

    def also(self, others: Iterable[tuple[str, NamedPlace]]) -> "Setting":
        """The setting with further places, each with its unit."""
        places = {unit: list(same) for unit, same in self.places.items()}
        for unit, place in others:
            places.setdefault(unit, []).append(place)
        return self._replace(
            places={unit: sorted(same, key=lambda place: place.offset) for unit, same in places.items()}
        )

    def nearest(self, unit: str, offset: int) -> str | None:
        """The name that goes with a unit printed alone."""
        place = self.nearest_place(unit, offset)
        return place.name if place else None

    def nearest_place(self, unit: str, offset: int) -> NamedPlace | None:
        """The last place of a unit that is named before an offset, else the first one after it."""
        same = self.places.get(unit)
        if not same:
            return None
        return same[max(bisect_right(same, offset, key=lambda place: place.offset) - 1, 0)]

    def units(self, level: Level) -> list[str]:
        """The units of a level that the article names places of; districts need a name, communes stand in for them."""
        named = [unit for unit in _LEVELS[level] if unit in self.places]
        return named or [unit for unit in _LEVELS[Level.COMMUNE] if unit in self.places]


@cache
def _sites() -> Mapping[str, str]:
    """Province names as web addresses have them: `binhdinh`."""
    return {_ascii(row["name"]): row["name"] for row in table("places_provinces")}


@cache
def _codes() -> Mapping[str, Sequence[str]]:
    """Provinces by their initials: `HG`."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in table("places_provinces"):
        found["".join(word[0] for word in row["name"].split() if word[0].isalpha())].append(row["name"])
    return found


def _coded(code: str) -> Iterator[str]:
    """Provinces that the code of a newspaper may mean: `BĐ`, `BHG`, `HDO`, `NBĐT`."""
    bare = code.removesuffix("O").removesuffix("ĐT")
    for initials in dict.fromkeys((code, bare, bare.removeprefix("B"))):
        yield from _codes().get(initials, ())


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(filter(str.isalpha, plain.encode("ascii", "ignore").decode()))


@cache
def _openings() -> frozenset[str]:
    """The words with which what tells of the setting begins: places, countries, games."""
    return UNIT_WORDS.union(province_names().firsts, countries().firsts, body_words("sports").firsts)


def setting_of(article: Article, reading: Reading, names: Sequence[Span] = (), day: date | None = None) -> Setting:
    """The setting of an article, from its headline, dateline, source, and the places that it names.

    Provinces inside `names`, which are those of companies and the like, tell nothing. `day` is the day of the article.
    """
    weights: Counter[str] = Counter()
    first_line = next(filter(None, reading.lines), len(reading))
    places: dict[str, list[NamedPlace]] = defaultdict(list)
    guesses: dict[str, list[NamedPlace]] = defaultdict(list)
    free, count = 0, len(reading)
    provinces, lands, games, sports = province_names().firsts, countries().firsts, body_words("sports"), 0
    abroad: Counter[str] = Counter()
    first: dict[str, int] = {}
    earlier: dict[str | None, str] = {}
    openings = _openings()
    printed: list[NamedPlace] = []
    addresses: dict[tuple[str | None, str], str] = {}
    for at in [at for at, word in enumerate(reading.words) if word in openings]:
        if at < free:
            continue
        word = reading.words[at]
        if word in UNIT_WORDS and (place := place_at(reading, at, reading.line_end(at))) and place.name and place.unit:
            if place.known or " " in place.name or place.level is Level.COMMUNE:
                (places if place.known else guesses)[place.unit].append(NamedPlace(reading.starts[at], place.name))
            _note_earlier(earlier, place.name)
            _weigh_place(weights, place, at < first_line)
            widest = outermost(reading, place)
            if widest is not place and (around := _province_around(widest)):
                addresses.setdefault((place.unit, place.name), around)
            free = place.end
            continue
        if word in provinces and reading.capitals[at] and (found := province_at(reading, at, count)):
            if _is_place(reading, at, found[0]) and not _within(names, reading.starts[at]):
                weights[found[1]] += _HEADLINE_WEIGHT if at < first_line else 1
                _note_earlier(earlier, reading.norm[reading.starts[at] : reading.ends[found[0] - 1]])
            free = found[0]
            continue
        if word in lands and not _in_a_name(reading, at) and (land := country_at(reading, at, count)):
            name = same_country(land[1])
            abroad[name] += 1
            first.setdefault(name, reading.starts[at])
            printed.append(NamedPlace(reading.starts[at], name))
            free = land[0]
            continue
        sports += games.longest(reading.words, at, count) is not None
    _weigh_source(weights, article, reading.norm)
    if day is not None and day >= RENAMED:
        earlier.clear()
    country, home = _leading(abroad), _leading(weights)
    likely = max(weights, key=lambda name: weights[name]) if weights.total() else None
    return Setting(
        home=earlier.get(home, home),
        likely=earlier.get(likely, likely),
        places=_merged(places, guesses),
        country=None if country == "Việt Nam" else country,
        country_from=first.get(country or "", len(reading.norm)),
        is_foreign=abroad.total() > 1 and not abroad["Việt Nam"] and not weights.total(),
        is_sports=sports >= _SPORTS_WORDS,
        lands=printed,
        provinces=[name for name, _ in weights.most_common()],
        addresses=addresses,
        day=day,
    )


def _name_of_today(name: str | None) -> str | None:
    found = find_province(name or "")
    return found.name if found else None


def _province_around(place: PlacePhrase) -> str | None:
    """The province that a place is, or that a district is in by its name alone."""
    if place.level is Level.DISTRICT:
        return province_of_district(place.name or "", place.unit)
    return _name_of_today(place.name) if place.level is Level.PROVINCE else None


def _note_earlier(earlier: "dict[str | None, str]", printed: str) -> None:
    """Keep the name that a province bore before, as first printed, by its name of today."""
    found = find_province(printed) if former_unit(printed) else None
    if found and " " in printed:
        earlier.setdefault(found.name, printed)


def _merged(
    known: Mapping[str, Sequence[NamedPlace]], guessed: Mapping[str, Sequence[NamedPlace]]
) -> Mapping[str, Sequence[NamedPlace]]:
    """The places of each unit in order: those of the tables, and such others as are named again or stand alone."""
    merged: dict[str, Sequence[NamedPlace]] = dict(known)
    for unit, places in guessed.items():
        times = Counter(place.name for place in places)
        sure = [place for place in places if times[place.name] > 1] if unit in known else places
        merged[unit] = sorted((*merged.get(unit, ()), *sure), key=lambda place: place.offset)
    return merged


def _weigh_place(weights: "Counter[str]", place: PlacePhrase, headline: bool) -> None:
    if province := _province_around(place):
        # By a district its province is not named, but the code of a newspaper may point to it.
        named = _HEADLINE_WEIGHT if headline else 1
        weights[province] += named if place.level is Level.PROVINCE else 0


def _in_a_name(reading: Reading, at: int) -> bool:
    """Whether a syllable that is also a country is inside a name or word: `Trần Tuấn Anh`, `Mỹ Thuận`, `Pháp luật`."""
    if reading.capitals[at] and _ends_a_name(reading, at):
        return True
    after = at + 1
    known = countries().longest(reading.words, at)
    if after >= reading.line_end(at) or known is None or known[0] != after:
        return False
    if not reading.capitals[after]:
        return f"{reading.words[at]} {reading.words[after]}" in _compounds()
    if not is_vietnamese(reading.words[after]) or reading.words[after] in countries().firsts:
        return False
    if at and reading.capitals[at - 1]:
        return True
    return is_vietnamese(reading.words[at]) and not reading.forms[after].isupper()


@cache
def _compounds() -> frozenset[str]:
    return frozenset(row["word"] for row in table("compounds"))


def _ends_a_name(reading: Reading, at: int) -> bool:
    """Whether the words in capitals right before one are a family name and more, or stand after a word of address."""
    for back in range(1, min(_LONGEST_NAME, at + 1)):
        word = reading.words[at - back]
        if word in _ADDRESSES:
            return True
        if not reading.capitals[at - back] or not is_vietnamese(word):
            return False
        if word in (surnames() if back == 1 else _family_names()):
            return True
    return False


@cache
def _family_names() -> frozenset[str]:
    return frozenset(name.lower() for name in plain_surnames())


def _is_place(reading: Reading, at: int, end: int) -> bool:
    """Whether a province's name stands for the province, not inside a person's name or a street's."""
    if at == 0:
        return True
    if ends_with(reading.words, end, body_words("no province"), _LONGEST_PERSON):
        return False
    return not ends_with(reading.words, at, body_words("not a place"))


def _within(spans: Sequence[Span], offset: int) -> bool:
    index = bisect_right(spans, (offset, len(spans) and spans[-1].end)) - 1
    return index >= 0 and spans[index].start <= offset < spans[index].end


def _weigh_source(weights: "Counter[str]", article: Article, text: str) -> None:
    for site in _SITE.findall(" ".join(filter(None, (article.source, article.url, text[:400]))).lower()):
        if name := _sites().get(site):
            weights[name] += _SOURCE_WEIGHT
    for code in map("".join, _DATELINE_CODE.findall(text[:1500])):
        meant = list(dict.fromkeys(_coded(code)))
        named = [name for name in meant if name in weights] or meant
        if len(named) == 1 and code.lower() not in body_words("national paper"):
            weights[named[0]] += _SOURCE_WEIGHT
    weights.update(_title_provinces(article.title or "") * _HEADLINE_WEIGHT)


def _title_provinces(title: str) -> list[str]:
    return [row["name"] for row in table("places_provinces") if row["name"] in title]


def _leading(weights: "Counter[str]") -> str | None:
    """The place named most often, where it clearly leads."""
    ranked = weights.most_common(2)
    if not ranked or ranked[0][1] == 0:
        return None
    if len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]:
        return None
    return ranked[0][0]
