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
from vnextract.show.words import Speech, speech
from vnextract.text.structure import BlockKind

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

    def to_html(self, language: Literal["en", "vi"] | None = None) -> str:
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
    text, say = article_text(record), speech()
    found = list(facts(record))
    shown = text[:_CHARACTERS_SHOWN]
    tips = {fact.key: f"{fact.heading}: {fact.summary}" for fact in found}
    drawn = "".join(_paragraph(shown, part, tips) for part in paragraphs(shown, marks(found)))
    title = title_apart(record, text)
    rest = len(text) - len(shown)
    cut = f"<p><em>{say('notebook.cut', say.number(rest))}</em></p>" if rest else ""
    parts = (
        f'<p lang="{say.language}"><small>{safe(origin(record, say))}</small> {_legend(say)}</p>',
        *(f"<p><em>{safe(note)}</em></p>" for note in notes(record, say)),
        f"<h3>{safe(title)}</h3>" if title else "",
        drawn,
        cut,
        _tables(found, say),
    )
    return f'<div lang="vi" style="max-width: 50rem; line-height: 1.7">{"".join(parts)}</div>'


def records_html(records: Iterable[ArticleRecord]) -> str:
    """Records as a table, one row each, with the number of facts of each kind."""
    rows, say = list(records), speech()
    headings = ("site.article", "notebook.published", "notebook.headline", *(kind.field for kind in KINDS.values()))
    body = "".join(_row(record, say) for record in islice(rows, _RECORDS_SHOWN))
    head = "".join(f"<th {_LEFT}>{say(heading)}</th>" for heading in headings)
    more = _more(len(rows) - _RECORDS_SHOWN, say)
    count = say("notebook.records", say.number(len(rows)))
    return f"<p>{count}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _more(rest: int, say: Speech) -> str:
    return f"<p>… {say('rest', say.number(rest))}</p>" if rest > 0 else ""


def _row(record: ArticleRecord, say: Speech) -> str:
    title = say("notebook.failed", record.failure) if record.failure else headline(record, article_text(record))
    layers = [kind.facts(record) for kind in KINDS.values()]
    cells = (
        record.id or "",
        say.partial_day(record.published) if record.published else "",
        title,
        *(str(len(layer)) for layer in layers),
    )
    return _cells(*cells)


def _style(kind: FactKind) -> str:
    stroke, colour = KINDS[kind].stroke, KINDS[kind].tint
    return (
        f"color: inherit; background-color: rgba({colour}, 0.16); "
        f"border-bottom: {'4px' if stroke == 'double' else '2px'} {stroke} rgb({colour})"
    )


def _legend(say: Speech) -> str:
    return " ".join(f'<mark style="{_style(kind)}">{say(row.field)}</mark>' for kind, row in KINDS.items())


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
    told, say = fact_alone(fact), speech()
    rows = [(field.label, _surely(field.value, field.sure)) for field in told.fields]
    rows += [(say("rule"), rule) for rule in told.rules]
    title = _surely(told.heading, told.confidence)
    head = f'<p><mark style="{_style(told.kind)}">{safe(title)}</mark> {safe(told.line)}</p>'
    return f"{head}<table><tbody>{''.join(_cells(label, value) for label, value in rows)}</tbody></table>"


def _surely(words: str, sure: float | None) -> str:
    return words if sure is None else f"{words} ({speech().percent(sure)})"


def _cells(*cells: str) -> str:
    return f"<tr>{''.join(f'<td {_LEFT}>{safe(cell)}</td>' for cell in cells)}</tr>"


def _tables(found: Iterable[Fact], say: Speech) -> str:
    groups = groupby(folded(found), key=lambda alike: alike[0].kind)
    return "".join(_table(kind, list(members), say) for kind, members in groups)


def _table(kind: FactKind, members: list[tuple[Fact, ...]], say: Speech) -> str:
    rows = "".join(map(_fact_row, members[:_FACTS_SHOWN]))
    more = _more(len(members) - _FACTS_SHOWN, say)
    summary = f'<summary lang="{say.language}">{say(KINDS[kind].field)} ({sum(map(len, members))})</summary>'
    return f"<details>{summary}<table><tbody>{rows}</tbody></table>{more}</details>"


def _fact_row(alike: tuple[Fact, ...]) -> str:
    fact = alike[0]
    times = f" ×{len(alike)}" if len(alike) > 1 else ""
    return _cells(fact.key, f"{fact.heading}{times}", _surely(fact.summary, fact.confidence))
