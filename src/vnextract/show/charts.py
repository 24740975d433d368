"""Charts as SVG that needs no script: bars over time, and a statistic's figures by their day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vnextract.show.markup import safe
from vnextract.show.words import Speech

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 200, 12, 12


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a chart."""

    day: date
    value: float
    line: str
    """Which points belong together: a line joins them."""
    words: str
    """What it says when it is pointed at."""
    is_doubtful: bool = False
    """Whether another article gives another value."""


def scatter(points: Sequence[Point], unit: str, title: str, say: Speech) -> str:
    """Figures over time; those of one place and owner are joined by a line."""
    days = [point.day.toordinal() for point in points]
    highest, lowest = max(point.value for point in points), min(0.0, *(point.value for point in points))
    width, height = _WIDTH - 2 * _LEFT, _HEIGHT - _BOTTOM - 12

    def x(day: date) -> float:
        span = max(days) - min(days)
        return _LEFT + width * ((day.toordinal() - min(days)) / span if span else 0.5)

    def y(value: float) -> float:
        return 12 + height * (1 - (value - lowest) / (highest - lowest or 1.0))

    lines: dict[str, list[Point]] = {}
    for point in points:
        lines.setdefault(point.line, []).append(point)
    drawn = "".join(
        f'<polyline points="{" ".join(f"{x(one.day):.1f},{y(one.value):.1f}" for one in line)}"/>'
        for line in lines.values()
        if len(line) > 1
    )
    dots = "".join(
        f'<circle cx="{x(one.day):.1f}" cy="{y(one.value):.1f}" r="6"{" class=doubtful" if one.is_doubtful else ""}>'
        f"<title>{safe(one.words)}</title></circle>"
        for one in points
    )
    first, last = say.day(min(point.day for point in points)), say.day(max(point.day for point in points))
    label = f"{title}: {first} – {last}"
    return (
        f'<figure class="chart series"><p class="most">{safe(scaled(highest, unit, say))}</p>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{safe(label)}">'
        f'<line x1="0" x2="{_WIDTH}" y1="{y(0):.1f}" y2="{y(0):.1f}"/>{drawn}{dots}</svg>'
        f"<figcaption><span>{first}</span><span>{last if last != first else ''}</span></figcaption></figure>"
    )


def scaled(value: float, unit: str, say: Speech) -> str:
    """A value in the scale that newspapers print it in: `1.870 tỷ đồng`.

    >>> from vnextract.show.words import speech
    >>> scaled(1_870_000_000_000, "VND", speech("vi")), scaled(11.79, "%", speech("vi"))
    ('1.870 tỷ đồng', '11,79%')
    """
    for size, name in ((1e9, "scale.billion"), (1e6, "scale.million")):
        if abs(value) >= size:
            return f"{say.rounded(value / size)} {say(name)} {say.unit(unit)}"
    words = say.unit(unit)
    return f"{say.rounded(value)}{'' if words.startswith('%') else ' '}{words}"


def bars(counts: Sequence[tuple[date, int]], title: str, say: Speech) -> str:
    """How many there are in each period, from the first to the last."""
    highest = max(count for _, count in counts)
    drawn = "".join(
        f'<rect x="{place}.08" y="{100 - 100 * count / highest:.2f}" width="0.84" height="{100 * count / highest:.2f}">'
        f"<title>{say.day(day)}: {say.number(count)}</title></rect>"
        for place, (day, count) in enumerate(counts)
    )
    first, last = say.day(counts[0][0]), say.day(counts[-1][0])
    return (
        f'<figure class="chart"><p class="most">{say.number(highest)}</p>'
        f'<svg viewBox="0 0 {len(counts)} 100" preserveAspectRatio="none" role="img" '
        f'aria-label="{safe(title)}: {first} – {last}">{drawn}</svg>'
        f"<figcaption><span>{first}</span><span>{last}</span></figcaption></figure>"
    )
