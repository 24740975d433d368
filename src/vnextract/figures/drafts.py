"""A figure in the making."""

from dataclasses import dataclass

from vnextract.figures.numbers import Amount
from vnextract.figures.units import Unit
from vnextract.records import Direction, Qualifier


@dataclass(slots=True)
class Draft:
    """A number found in the text, with its unit if one is printed; coordination may supply one that is not."""

    start: int
    end: int
    amount: Amount
    upper: Amount | None = None
    total: Amount | None = None
    unit: Unit | None = None
    qualifier: Qualifier = Qualifier.EXACT
    direction: Direction | None = None
    named: bool = False
    """Whether the number names or orders a thing, as in `Điều 250, 251`."""

    @property
    def rule(self) -> str:
        """How the number is written, and which rule gave it its unit."""
        written = "range" if self.upper else "ratio" if self.total else "digits" if self.amount.printed else "words"
        return f"{written}, {self.unit.rule}" if self.unit else written

    @property
    def scaled(self) -> bool:
        """Whether the number, or the second of two, has a scale."""
        return (self.upper or self.amount).scaled
