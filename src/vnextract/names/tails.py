"""What may follow head and field in the name of a body: a place, a country, a number, a branch, a larger body."""

from dataclasses import replace
from typing import NamedTuple

from vnextract.lexicon.register import template
from vnextract.names.candidates import Match
from vnextract.names.heads import Head, body_words
from vnextract.names.places import PlacePhrase, country_at, district_at, foreign_city_at, place_at
from vnextract.names.reading import Reading
from vnextract.records import Level, OrganisationKind

SEATED = ("Đại sứ quán", "Tổng Lãnh sự quán", "Lãnh sự quán", "Trung tâm Văn hóa")
"""Foreign bodies whose name goes on with where they are."""
_OF_CITIES = ("Sở Giao dịch Chứng khoán", "Tòa thị chính", "Văn phòng công tố viên", "Sở Cảnh sát")
"""Bodies that foreign cities have as well as countries."""
_BRACKET_WORDS = 8
_DASHES = ("-", "–")


class Tail(NamedTuple):
    """The end of a body's name, with the index after it."""

    end: int
    place: PlacePhrase | None = None
    country: str | None = None
    number: str = ""
    branch: str | None = None
    owner: Match | None = None


class TailReader:
    """Reads the tails of one text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def read(self, head: Head, at: int, limit: int) -> Tail:
        """What follows at a word, of what the head may have; an empty tail where nothing does."""
        # A team of a continent is no body: `U23 châu Á` is a tournament.
        regions = head.kind is not OrganisationKind.SPORTS or bool(head.field)
        land = at + 1 if at < limit and self._reading.words[at] == "nước" else at
        if head.takes("c") and (abroad := country_at(self._reading, land, limit, regions)):
            if head.name in SEATED:
                abroad = self._seat(abroad, limit)
            elif head.kind is not OrganisationKind.SPORTS:
                abroad = self._paired(abroad, limit)
            end, country = abroad
            return Tail(end, country=country)
        if head.name in _OF_CITIES and (city := foreign_city_at(self._reading, at, limit)):
            return Tail(city[0], country=city[1])
        place = self._place(head, at, limit)
        if place:
            return Tail(place.end, place)
        if head.takes("b") and (branch := self.branch(at, limit)):
            return branch
        if head.takes("n") and (numbered := self._numbered(at, limit)):
            end, number = numbered
            place = self.province_of_number(f"{head.name} {number}", end, limit)
            return Tail(place.end if place else end, place, number=number)
        return Tail(at)

    def province_of_number(self, name: str, at: int, limit: int) -> PlacePhrase | None:
        """The province after what each province has several of by number: `Thuế cơ sở 3 tỉnh Cà Mau`."""
        dashed = at < limit and self._reading.words[at] in _DASHES
        place = place_at(self._reading, at + dashed, limit)
        if place is None or place.name is None or place.level is not Level.PROVINCE:
            return None
        row = template(name, Level.PROVINCE)
        return replace(place, dashed=dashed) if row and row.joined == "number" else None

    def past_bracket(self, at: int, limit: int) -> int:
        """Index after a short form in brackets inside a name: `Hội Liên hiệp Phụ nữ (LHPN) tỉnh`."""
        reading = self._reading
        if at + 2 >= limit or reading.words[at] != "(":
            return at
        end = at + 1
        while end < min(limit, at + _BRACKET_WORDS) and reading.starts[end] == reading.starts[at + 1]:
            end += 1
        short = reading.norm[reading.starts[at + 1] : reading.ends[at + 1]]
        return end + 1 if end < limit and reading.words[end] == ")" and short.isupper() else at

    def branch(self, at: int, limit: int) -> Tail | None:
        """The branch of a company or a bank: `Chi nhánh Móng Cái`, `Chi nhánh khu vực 12`, `Hải Phòng`."""
        reading, first = self._reading, at
        if at >= limit:
            return None
        if reading.words[at : at + 2] == ["chi", "nhánh"]:
            at += 2
            if number := self._numbered(at, limit):
                return Tail(number[0], branch=reading.name(first, number[0]))
            place = place_at(reading, at, limit) or district_at(reading, at, limit)
        else:
            place = place_at(reading, at, limit) if reading.capitals[at] else None
        if place is None or (at == first and place.unit):
            return None
        return Tail(place.end, branch=reading.name(first, place.end))

    def _place(self, head: Head, at: int, limit: int) -> PlacePhrase | None:
        if head.takes("d") and (district := district_at(self._reading, at, limit)):
            return district
        return place_at(self._reading, at, limit) if head.takes("p") or head.takes("d") else None

    def _paired(self, abroad: tuple[int, str], limit: int) -> tuple[int, str]:
        """A country with a second one that shares the body: `Úc - New Zealand`."""
        end, country = abroad
        if end >= limit or self._reading.words[end] not in _DASHES:
            return abroad
        other = country_at(self._reading, end + 1, limit, regions=False)
        return (other[0], f"{country} - {other[1]}") if other else abroad

    def _seat(self, abroad: tuple[int, str], limit: int) -> tuple[int, str]:
        """A country with the place of its representation: `Ấn Độ tại Việt Nam`."""
        end, country = abroad
        if end >= limit or self._reading.words[end] != "tại":
            return abroad
        seat = country_at(self._reading, end + 1, limit)
        if seat:
            return seat[0], f"{country} tại {seat[1]}"
        place = place_at(self._reading, end + 1, limit)
        return (place.end, f"{country} tại {place}") if place and place.name else abroad

    def _numbered(self, at: int, limit: int) -> tuple[int, str] | None:
        """A number, Arabic or Roman, or a region as part of a name: `Quân khu 5`, `khu vực II`."""
        reading = self._reading
        if reading.words[at : at + 2] == ["khu", "vực"]:
            inner = self._numbered(at + 2, limit)
            return (inner[0], reading.name(at, inner[0])) if inner else None
        if at < limit and (reading.words[at].isdigit() or set(reading.words[at]) <= set("ivx")):
            return at + 1, reading.forms[at]
        region = body_words("region").longest(reading.words, at, limit)
        return (region[0], reading.name(at, region[0])) if region else None
