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
from vnextract.show.facts import Fact, facts, folded
from vnextract.show.marks import Paragraph, marks, paragraphs
from vnextract.show.markup import printable
from vnextract.show.words import Speech, speech
from vnextract.text.structure import BlockKind

_BLOCKS = {BlockKind.TITLE: "bold", BlockKind.HEADING: "bold", BlockKind.CAPTION: "dim"}
_WIDEST = 110


def print_record(
    record: ArticleRecord, console: Console | None = None, with_rules: bool = False, language: str | None = None
) -> None:
    """Print a record for a reader; without a terminal it is plain text. `with_rules` adds what made each fact."""
    console, say = console or Console(), speech(language)
    found = list(facts(record, language))
    width = min(console.width, _WIDEST)
    console.print(Group(*_article(record, found, say)), width=width)
    console.print(Group(*_tables(found, say)), width=width)
    if with_rules:
        console.print(Group(*_rules(record)), width=width)


def _article(record: ArticleRecord, found: list[Fact], say: Speech) -> Iterator[ConsoleRenderable]:
    yield Text(printable(" · ".join(filter(None, (origin(record, say), record.url)))), "dim")
    for note in notes(record, say):
        yield Text(printable(say("note", note)), "yellow")
    text = article_text(record)
    title = title_apart(record, text)
    if title:
        yield Padding(Text(printable(title), "bold"), (1, 0, 0, 0))
    for paragraph in paragraphs(text, marks(found)):
        yield Padding(_paragraph(text, paragraph), (1, 0, 0, 0))
    yield Padding(_legend(say), (1, 0))


def _paragraph(text: str, paragraph: Paragraph) -> Text:
    shown = Text(printable(text[paragraph.start : paragraph.end]), _BLOCKS.get(paragraph.kind, ""))
    for mark in paragraph.marks:
        shown.stylize(KINDS[mark.kind].terminal, mark.start - paragraph.start, mark.end - paragraph.start)
    return shown


def _legend(say: Speech) -> Text:
    return Text(" · ").join(Text.assemble((say(row.field), row.terminal)) for row in KINDS.values())


def _tables(found: Iterable[Fact], say: Speech) -> Iterator[ConsoleRenderable]:
    for kind, members in groupby(folded(found), key=lambda alike: alike[0].kind):
        rows = list(members)
        table = Table(box=None, expand=True, show_header=False, padding=(0, 2, 0, 0), title_justify="left")
        table.title = Text(f"{say(KINDS[kind].field)} ({sum(map(len, rows))})", "bold not italic")
        table.add_column(ratio=2)
        table.add_column(ratio=3)
        for alike in rows:
            # As a span the style does not run on into the cell's padding.
            heading = Text.assemble((printable(alike[0].heading), KINDS[kind].terminal))
            table.add_row(heading, Text(printable(_line(alike, say))))
        yield Padding(table, (0, 0, 1, 0))


def _rules(record: ArticleRecord) -> Iterator[ConsoleRenderable]:
    for kind in KINDS.values():
        for fact in kind.facts(record):
            yield Text(printable(record.explain(fact)))


def _line(alike: tuple[Fact, ...], say: Speech) -> str:
    count = sum(len(fact.mentions) for fact in alike)
    return f"{alike[0].summary} ({say('times', count)})" if count > 1 else alike[0].summary
