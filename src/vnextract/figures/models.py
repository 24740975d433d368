"""What the indicator extractor finds, in offsets of the normalised text."""

from dataclasses import dataclass
from decimal import Decimal

from vnextract.records import Direction, Qualifier, UnitKind


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; the fields mean what they mean in `records.Indicator`."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    total: Decimal | None
    unit: str | None
    unit_kind: UnitKind
    qualifier: Qualifier
    direction: Direction | None = None
    rule: str = ""
    """How the number is written and where its unit comes from: `digits, measure`; `range, unit of the next number`."""
    chance: float | None = None
    """The probability of a counted noun's end; None where a unit of measure was read."""
