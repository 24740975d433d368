"""`vnextract extract`: articles in, records out."""

from pathlib import Path
from typing import Annotated

import typer

from vnextract.cli.common import Published, told


def extract(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; - is standard input.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="A .duckdb, a .jsonl (.gz, .zst), or a folder for Parquet; without it, JSON lines to standard output.",
        ),
    ] = None,
    published: Published = None,
    since: Annotated[
        str | None, typer.Option(help="Only articles published on or after this day, month, year.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Only articles published on or before it.")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Only the first so many articles.")] = None,
    sample: Annotated[
        int | None, typer.Option(min=0, help="Only so many, drawn at random; the same ones again.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; by default one per processor core.")] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds for one article, after which it is a failure.")
    ] = 120,
    text_field: Annotated[str | None, typer.Option(help="Column that holds the text.")] = None,
    published_field: Annotated[str | None, typer.Option(help="Column that holds the publication date.")] = None,
    title_field: Annotated[str | None, typer.Option(help="Column that holds the headline.")] = None,
    id_field: Annotated[str | None, typer.Option(help="Column that holds the identifier.")] = None,
    source_field: Annotated[str | None, typer.Option(help="Column that holds the newspaper or site.")] = None,
    url_field: Annotated[str | None, typer.Option(help="Column that holds the address.")] = None,
    with_text: Annotated[
        bool | None,
        typer.Option(
            "--with-text/--no-text",
            show_default=False,
            help="Keep the articles' text with the records; by default in tables, not in JSON lines.",
        ),
    ] = None,
    link: Annotated[
        bool | None,
        typer.Option(
            "--link/--no-link",
            show_default=False,
            help="Find who is who across a .duckdb when it is finished; by default where the libraries are there.",
        ),
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Probability below which facts are left out.")
    ] = None,
    part: Annotated[int, typer.Option(min=1, help="Articles after which the work is made safe.")] = 1000,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Read files of a folder that are links out of it.")
    ] = False,
    retry_failures: Annotated[
        bool, typer.Option("--retry-failures", help="Try the failures of a finished run again.")
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Make the records anew that another version of vnextract has made.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew: drop what an earlier run has written.")
    ] = False,
) -> None:
    """Extract records from files with articles.

    Read are .txt, .md, .json, .jsonl, .csv, .tsv, .parquet, .html, .docx, .pdf, .epub and WARC files, feeds (.rss,
    .xml) and databases (.sqlite, .duckdb); the most may also be packed, as .gz, .zst or .zip.

    Given again, the command adds to its output what is new and does anew what has changed; an interrupted run goes on
    where it stopped. Nothing is dropped. The exit code is 0 when all went
    well, 1 when something could not be read (it is named), 2 when nothing was begun, 3 when the output could not be
    written to its end, as on a full disk.
    """
    from vnextract.archive.job import Job
    from vnextract.archive.prepare import Reading
    from vnextract.archive.run import default_workers, run
    from vnextract.linking.offer import link_output

    fields = {
        "text": text_field,
        "published": published_field,
        "title": title_field,
        "id": id_field,
        "source": source_field,
        "url": url_field,
    }
    reading = Reading(
        {part: column for part, column in fields.items() if column}, published, since, until, follow_links
    )
    job = Job(
        reading=reading,
        workers=workers or default_workers(),
        timeout=timeout,
        limit=limit,
        sample=sample,
        with_text=with_text,
        retry_failures=retry_failures,
        refresh=refresh,
        restart=restart,
        part=part,
        min_confidence=min_confidence,
    )
    with told():
        summary = run(paths, None if str(output) == "-" else output, job)
        if output is not None and link is not False and not summary.stopped_by:
            link_output(output, is_asked_for=bool(link))
    raise typer.Exit(summary.exit_code)
