"""The words that a reader sees, in the reader's language: labels, numbers, days, lengths, units."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from vnextract.errors import UnknownLanguageError
from vnextract.lexicon.tables import parse_table
from vnextract.records import Direction, Indicator, Position, PositionStatus, Qualifier

VARIABLE = "VNEXTRACT_LANGUAGE"
"""The environment variable that says what pages, notebooks and the terminal speak where nobody asks for a language."""
_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_SPANS = ("year", "month", "week", "day", "hour", "minute", "second")
_VIETNAMESE_SIGNS = str.maketrans(",.", ".,")
_SIGNS = {Direction.INCREASE: "+", Direction.DECREASE: "\u2212"}


class Language(StrEnum):
    """The languages that pages speak."""

    ENGLISH = "en"
    VIETNAMESE = "vi"


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language says things."""

    language: Language
    words: Mapping[str, str]

    def __call__(self, key: str, *values: object) -> str:
        """The words of a key, with values where they stand open; the key itself, readable, where it has none.

        >>> speech("vi")("times", 7)
        '7 lần'
        """
        known = self.words.get(key)
        if known is None:
            return key.rpartition(".")[2].replace("_", " ")
        return known.format(*values) if values else known

    def number(self, number: Decimal | int) -> str:
        """A number as the language writes it.

        >>> speech("vi").number(Decimal("655440000000.5")), speech("en").number(1_250)
        ('655.440.000.000,5', '1,250')
        """
        words = format(Decimal(number), ",f").replace("-", "\u2212")
        return words.translate(_VIETNAMESE_SIGNS) if self.language is Language.VIETNAMESE else words

    def rounded(self, number: float) -> str:
        """A number for a chart, at most two decimals."""
        return self.number(Decimal(f"{number:.2f}").normalize() + 0)

    def percent(self, share: float) -> str:
        """A probability in per cent: `92%`."""
        return f"{round(100 * share)}%"

    def day(self, day: date) -> str:
        """A day: `24/5/2023`, in English `2023-05-24`."""
        return f"{day.day}/{day.month}/{day.year}" if self.language is Language.VIETNAMESE else day.isoformat()

    def partial_day(self, iso: str) -> str:
        """A day, month or year: `5/2023` of `2023-05`."""
        if self.language is Language.ENGLISH:
            return iso
        return "/".join(part.lstrip("0") for part in reversed(iso.split("-")))

    def days(self, first: date | None, last: date | None) -> str:
        """A closed interval of days; blank where unknown.

        >>> speech("vi").days(date(2023, 5, 1), date(2023, 5, 31)), speech("en").days(date(2023, 5, 1), None)
        ('1/5/2023 – 31/5/2023', 'from 2023-05-01')
        """
        if first == last:
            return self.day(first) if first else ""
        if first is None or last is None:
            return self("until_day", self.day(last)) if last else self("from_day", self.day(first)) if first else ""
        return self("between", self.day(first), self.day(last))

    def length(self, duration: str) -> str:
        """An ISO 8601 length in words, or as it is where it has none.

        >>> speech("en").length("P10Y"), speech("vi").length("PT1H30M"), speech("vi").length("P0.5Y")
        ('10 years', '1 giờ 30 phút', 'P0.5Y')
        """
        match = _LENGTH.fullmatch(duration)
        if not match or not any(match.groups()):
            return duration
        counted = ((count, unit) for count, unit in zip(match.groups(), _SPANS, strict=True) if count)
        return " ".join(
            f"{count} {self('span.' + (unit if int(count) == 1 else unit + 's'))}" for count, unit in counted
        )

    def unit(self, unit: str) -> str:
        """A unit in words: `đồng/năm` of `VND/năm`."""
        code, slash, rest = unit.partition("/")
        return f"{self.words.get(f'unit.{code}', code)}{slash}{rest}"

    def figure(self, figure: Indicator) -> str:
        """A figure with its bound, its sign where it is a change, and its unit: `hơn 860.500 lượt người`, `+9%`."""
        number = self.number(figure.value)
        if figure.upper is not None:
            number = self("between", number, self.number(figure.upper))
        if figure.total is not None:
            number = self("of_total", number, self.number(figure.total))
        sign = _SIGNS[figure.direction] if figure.direction and figure.value >= 0 else ""
        bound = "" if figure.qualifier is Qualifier.EXACT else f"{self(f'qualifier.{figure.qualifier}')} "
        unit = self.unit(figure.unit) if figure.unit else ""
        return f"{bound}{sign}{number}{'' if unit.startswith('%') else ' '}{unit}".rstrip()

    def post(self, post: Position) -> str:
        """A post with its body and its time: `Giám đốc, Sở Y tế (former)`."""
        words = f"{post.title}, {post.organisation}" if post.organisation else post.title
        since = self("since", self.partial_day(post.since)) if post.since else None
        until = self("until", self.partial_day(post.until)) if post.until else None
        status = None if post.status is PositionStatus.CURRENT else self(f"status.{post.status}")
        place = post.place.name if post.place and not post.organisation else None
        asides = ", ".join(filter(None, (place, status, since, until)))
        return f"{words} ({asides})" if asides else words


def speech(language: str | None = None) -> Speech:
    """How a language says things; without one, the language that the environment variable names, else English.

    Raises:
        UnknownLanguageError: pages do not speak it.
    """
    return _speech(language or os.environ.get(VARIABLE) or Language.ENGLISH)


@cache
def _speech(language: str) -> Speech:
    if language not in tuple(Language):
        raise UnknownLanguageError(f"language must be 'en' or 'vi', not {language!r}")
    text = files("vnextract.show").joinpath("words.tsv").read_text(encoding="utf8")
    return Speech(Language(language), {row["key"]: row[language] for row in parse_table(text, "words")})
