"""Gold without texts: annotations of articles that may not travel, and their way back.

    python benchmarks/standoff.py strip GOLD.jsonl ... -o STANDOFF.jsonl.gz     offsets and values, no text
    python benchmarks/standoff.py join STANDOFF.jsonl.gz ARTICLES.jsonl.gz ... -o GOLD.jsonl

An annotated article keeps its `id` and the SHA-256 of its text, by which the text is found again among articles that
somebody has; a measure, which is words of the article, is kept as its place. Articles that nobody has are named and
left out, and the exit code is 1.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def digest(text: str) -> str:
    """What a text is found again by; blank lines at its edges do not count.

    >>> digest("Tỉnh họp.\\n") == digest("Tỉnh họp.")
    True
    """
    return sha256(text.strip("\n").encode("utf8")).hexdigest()


def stripped(gold: Mapping[str, Any]) -> Line:
    """An annotated article without its text; offsets count from the first character that is no line break.

    Raises:
        ValueError: a measure is no words of the text.
    """
    text = gold["text"]
    if text != text.strip("\n"):
        raise ValueError(f"{gold['id']}: the text has line breaks at its edges")
    indicators = [{**figure, "measure": _placed(text, figure)} for figure in gold["indicators"]]
    rest = {key: value for key, value in gold.items() if key != "text"}
    return {**rest, "indicators": indicators, "sha256": digest(text)}


def _placed(text: str, figure: Mapping[str, Any]) -> list[int] | None:
    """Where a measure stands, as near to its figure as it does."""
    measure, (at, _) = figure["measure"], figure["span"]
    if measure is None:
        return None
    places = [start for start in range(len(text)) if text.startswith(measure, start)]
    if not places:
        raise ValueError(f"the measure {measure!r} is no words of its article")
    start = min(places, key=lambda place: abs(place - at))
    return [start, start + len(measure)]


def joined(line: Mapping[str, Any], text: str) -> Line:
    """An annotated article with its text again."""
    text = text.strip("\n")
    indicators = [
        {**figure, "measure": text[slice(*figure["measure"])] if figure["measure"] else None}
        for figure in line["indicators"]
    ]
    rest = {key: value for key, value in line.items() if key != "sha256"}
    return {**rest, "text": text, "indicators": indicators}


def lines(paths: Iterable[Path]) -> Iterator[Line]:
    """The objects of several files of JSON lines, gzipped or not."""
    for path in paths:
        with _opened(path, "r") as file:
            yield from map(json.loads, file)


def _opened(path: Path, mode: str) -> Any:
    if path.suffix == ".gz":
        return gzip.open(path, f"{mode}t", encoding="utf8")
    return path.open(mode, encoding="utf8")


def join(standoff: Iterable[Line], articles: Iterable[Line]) -> tuple[list[Line], list[str]]:
    """The annotated articles whose text is among some articles, and the identifiers of the others."""
    wanted = {line["sha256"]: line for line in standoff}
    texts = {key: article["text"] for article in articles if (key := digest(article["text"])) in wanted}
    found = [joined(line, texts[key]) for key, line in wanted.items() if key in texts]
    return found, [str(line["id"]) for key, line in wanted.items() if key not in texts]


def main() -> None:
    """Strip or join."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("strip", "join"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    missing: list[str] = []
    if options.what == "strip":
        made = list(map(stripped, lines(options.files)))
    else:
        made, missing = join(lines(options.files[:1]), lines(options.files[1:]))
    with _opened(options.output, "w") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in made)
    if missing:
        sys.exit(f"{len(missing)} articles have no text in these files: {', '.join(missing)}")


if __name__ == "__main__":
    main()
