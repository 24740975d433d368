"""A record in the terminal: the article with its facts marked, then the facts as tables."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console, ConsoleRenderable, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vnextract.kinds import KINDS
from vnextract.records import ArticleRecord
from vnextract.show.article import article_text, notes, origin, title_apart
from vnextract.show.facts import Fact, facts
from vnextract.show.marks import Paragraph, marks, paragraphs
from vnextract.show.markup import printable
from vnextract.text.structure import BlockKind

_BLOCKS = {BlockKind.TITLE: "bold", BlockKind.HEADING: "bold", BlockKind.CAPTION: "dim"}
_WIDEST = 110


def print_record(record: ArticleRecord, console: Console | None = None, with_rules: bool = False) -> None:
    """Print a record for a reader; without a terminal it is plain text. `with_rules` adds what made each fact."""
    console = console or Console()
    found = list(facts(record))
    width = min(console.width, _WIDEST)
    console.print(Group(*_article(record, found)), width=width)
    console.print(Group(*_tables(found)), width=width)
    if with_rules:
        console.print(Group(*_rules(record)), width=width)


def _article(record: ArticleRecord, found: list[Fact]) -> Iterator[ConsoleRenderable]:
    yield Text(printable(" · ".join(filter(None, (origin(record), record.url)))), "dim")
    for note in notes(record):
        yield Text(printable(f"Note: {note}"), "yellow")
    text = article_text(record)
    title = title_apart(record, text)
    if title:
        yield Padding(Text(printable(title), "bold"), (1, 0, 0, 0))
    for paragraph in paragraphs(text, marks(found)):
        yield Padding(_paragraph(text, paragraph), (1, 0, 0, 0))
    yield Padding(_legend(), (1, 0))


def _paragraph(text: str, paragraph: Paragraph) -> Text:
    shown = Text(printable(text[paragraph.start : paragraph.end]), _BLOCKS.get(paragraph.kind, ""))
    for mark in paragraph.marks:
        shown.stylize(KINDS[mark.kind].terminal, mark.start - paragraph.start, mark.end - paragraph.start)
    return shown


def _legend() -> Text:
    return Text(" · ").join(Text.assemble((kind.heading, row.terminal)) for kind, row in KINDS.items())


def _tables(found: Iterable[Fact]) -> Iterator[ConsoleRenderable]:
    for kind, members in groupby(found, key=lambda fact: fact.kind):
        rows = list(members)
        table = Table(box=None, expand=True, show_header=False, padding=(0, 2, 0, 0), title_justify="left")
        table.title = Text(f"{kind.heading} ({len(rows)})", "bold not italic")
        table.add_column(ratio=2)
        table.add_column(ratio=3)
        for fact in rows:
            # As a span the style does not run on into the cell's padding.
            table.add_row(Text.assemble((printable(fact.heading), KINDS[kind].terminal)), Text(printable(_line(fact))))
        yield Padding(table, (0, 0, 1, 0))


def _rules(record: ArticleRecord) -> Iterator[ConsoleRenderable]:
    for kind in KINDS.values():
        for fact in kind.facts(record):
            yield Text(printable(record.explain(fact)))


def _line(fact: Fact) -> str:
    count = len(fact.mentions)
    return f"{fact.line} ({count} times)" if count > 1 else fact.line
