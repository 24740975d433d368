"""Records in Jupyter: no script, no style sheet, so that they look the same in any notebook viewer, light or dark."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, Literal, SupportsIndex, overload

from vnextract.kinds import KINDS, FactKind
from vnextract.records import ArticleRecord, Indicator, Official, Organisation, TemporalExpression
from vnextract.show.article import article_text, headline, notes, origin, title_apart
from vnextract.show.facts import Fact, fact_alone, facts, folded
from vnextract.show.frames import Engine, Frames, to_frame, to_frames
from vnextract.show.marks import Close, Open, Paragraph, marks, nested, paragraphs
from vnextract.show.markup import safe
from vnextract.show.words import speech
from vnextract.text.structure import BlockKind

_SAY = speech("en")
_CHARACTERS_SHOWN = 20_000
_FACTS_SHOWN = 100
_RECORDS_SHOWN = 20

_LEFT = 'style="text-align: left"'
_ELEMENTS = {BlockKind.TITLE: "h3", BlockKind.HEADING: "h4"}


class RecordList(list[ArticleRecord]):
    """A list of records that shows itself in Jupyter as a table, and turns into data frames.

    >>> import vnextract
    >>> records = RecordList(vnextract.extract_many(["Ngày 16/4/2025 trời mưa.", "Ngày 17/4/2025 trời nắng."]))
    >>> records.to_frame("dates")["timex"].tolist()
    ['2025-04-16', '2025-04-17']
    """

    @overload
    def __getitem__(self, place: SupportsIndex) -> ArticleRecord: ...

    @overload
    def __getitem__(self, place: slice) -> "RecordList": ...

    def __getitem__(self, place: SupportsIndex | slice) -> "ArticleRecord | RecordList":
        return RecordList(super().__getitem__(place)) if isinstance(place, slice) else super().__getitem__(place)

    def __repr__(self) -> str:
        return f"<RecordList of {len(self):,} records>"

    def to_frames(self, engine: Engine = "pandas") -> Frames:
        """As `vnextract.to_frames`."""
        return to_frames(self, engine)

    def to_frame(self, table: str, engine: Engine = "pandas") -> Any:
        """One table of `to_frames`: `records.to_frame("indicators")`."""
        return to_frame(self, table, engine)

    def to_html(self, language: Literal["en", "vi"] = "en") -> str:
        """One self-contained HTML page: the articles, each unfolds with its facts marked.

        Raises:
            UnknownLanguageError: `language` is neither "en" nor "vi".
        """
        from vnextract.show.records_page import records_page

        return records_page(self, language)

    def _repr_html_(self) -> str:
        return records_html(self)


def record_html(record: ArticleRecord) -> str:
    """The article marked up, and its facts in tables that unfold."""
    text = article_text(record)
    found = list(facts(record))
    shown = text[:_CHARACTERS_SHOWN]
    tips = {fact.key: f"{fact.heading}: {fact.summary}" for fact in found}
    drawn = "".join(_paragraph(shown, part, tips) for part in paragraphs(shown, marks(found)))
    title = title_apart(record, text)
    rest = len(text) - len(shown)
    cut = f"<p><em>… {rest:,} more characters; record.to_html() makes a page of all.</em></p>" if rest else ""
    parts = (
        f'<p lang="en"><small>{safe(origin(record, _SAY))}</small> {_legend()}</p>',
        *(f"<p><em>{safe(note)}</em></p>" for note in notes(record, _SAY)),
        f"<h3>{safe(title)}</h3>" if title else "",
        drawn,
        cut,
        _tables(found),
    )
    return f'<div lang="vi" style="max-width: 50rem; line-height: 1.7">{"".join(parts)}</div>'


def records_html(records: Iterable[ArticleRecord]) -> str:
    """Records as a table, one row each, with the number of facts of each kind."""
    rows = list(records)
    headings = ("Article", "Published", "Headline", *(kind.heading for kind in FactKind))
    body = "".join(map(_row, islice(rows, _RECORDS_SHOWN)))
    rest = len(rows) - _RECORDS_SHOWN
    more = f"<p>… and {rest:,} more</p>" if rest > 0 else ""
    head = "".join(f"<th {_LEFT}>{heading}</th>" for heading in headings)
    return f"<p>{len(rows):,} records</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _row(record: ArticleRecord) -> str:
    title = f"failed: {record.failure}" if record.failure else headline(record, article_text(record))
    layers = [kind.facts(record) for kind in KINDS.values()]
    cells = (record.id or "", record.published or "", title, *(str(len(layer)) for layer in layers))
    return _cells(*cells)


def _style(kind: FactKind) -> str:
    stroke, colour = KINDS[kind].stroke, KINDS[kind].tint
    return (
        f"color: inherit; background-color: rgba({colour}, 0.16); "
        f"border-bottom: {'4px' if stroke == 'double' else '2px'} {stroke} rgb({colour})"
    )


def _legend() -> str:
    return " ".join(f'<mark style="{_style(kind)}">{kind.heading}</mark>' for kind in FactKind)


def _paragraph(text: str, paragraph: Paragraph, tips: Mapping[str, str]) -> str:
    element = _ELEMENTS.get(paragraph.kind, "p")
    return f"<{element}>{''.join(_pieces(text, paragraph, tips))}</{element}>"


def _pieces(text: str, paragraph: Paragraph, tips: Mapping[str, str]) -> Iterator[str]:
    for event in nested(paragraph.start, paragraph.end, paragraph.marks):
        if isinstance(event, Open):
            yield f'<mark style="{_style(event.mark.kind)}" title="{safe(tips[event.mark.key])}">'
        elif isinstance(event, Close):
            yield "</mark>"
        else:
            yield safe(text[event.start : event.end])


def fact_html(fact: Organisation | Official | TemporalExpression | Indicator) -> str:
    """One fact as a small table: its name, and everything that is known of it."""
    told = fact_alone(fact)
    rows = [(field.label, _surely(field.value, field.sure)) for field in told.fields]
    rows += [(_SAY("rule"), rule) for rule in told.rules]
    title = _surely(told.heading, told.confidence)
    head = f'<p><mark style="{_style(told.kind)}">{safe(title)}</mark> {safe(told.line)}</p>'
    return f"{head}<table><tbody>{''.join(_cells(label, value) for label, value in rows)}</tbody></table>"


def _surely(words: str, sure: float | None) -> str:
    return words if sure is None else f"{words} ({_SAY.percent(sure)})"


def _cells(*cells: str) -> str:
    return f"<tr>{''.join(f'<td {_LEFT}>{safe(cell)}</td>' for cell in cells)}</tr>"


def _tables(found: Iterable[Fact]) -> str:
    groups = groupby(folded(found), key=lambda alike: alike[0].kind)
    return "".join(_table(kind, list(members)) for kind, members in groups)


def _table(kind: FactKind, members: list[tuple[Fact, ...]]) -> str:
    rows = "".join(map(_fact_row, members[:_FACTS_SHOWN]))
    rest = len(members) - _FACTS_SHOWN
    more = f"<p>… and {rest:,} more</p>" if rest > 0 else ""
    summary = f'<summary lang="en">{kind.heading} ({sum(map(len, members))})</summary>'
    return f"<details>{summary}<table><tbody>{rows}</tbody></table>{more}</details>"


def _fact_row(alike: tuple[Fact, ...]) -> str:
    fact = alike[0]
    times = f" ×{len(alike)}" if len(alike) > 1 else ""
    return _cells(fact.key, f"{fact.heading}{times}", _surely(fact.summary, fact.confidence))
