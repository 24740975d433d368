"""Counts the variants of bodies' names in a linked archive, and those that stay apart.

    python benchmarks/linking_names.py NEWS.duckdb [--list]

The count is independent of how `vnextract link` joins: two names are variants when they are the same letters and digits
without accents, capitals, blanks and signs, once the usual abbreviations and words of legal form are put alike, or when
an article explains one as the acronym of the other.
"""

import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import duckdb

_ALIKE = [
    (r"\btp\b\.?", "thanh pho"),
    (r"\bcp\b", "co phan"),
    (r"\bcty\b", "cong ty"),
    (r"\bva\b", ""),
    (r"\btnhh\b", "trach nhiem huu han"),
    (r"\bmtv\b", "mot thanh vien"),
    (r"\bclb\b", "cau lac bo"),
    (r"\btinh (?=\S)", ""),
    (r"\bthanh pho (?=ho chi minh|ha noi|da nang|can tho|hai phong|hue)", ""),
    (r"\btruong (?=dai hoc|cao dang|trung hoc|tieu hoc|mam non)", ""),
    (r"\bhoa ky\b", "my"),
    (r"\blien hiep quoc\b", "lien hop quoc"),
]


def loose(name: str) -> str:
    """The letters of a name."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    text = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("&", " va ")
    text = re.sub(r"[^a-z0-9]+", " ", text)
    for pattern, instead in _ALIKE:
        text = re.sub(pattern, instead, text)
    return re.sub(r"[^a-z0-9]", "", text)


def main(path: Path, listing: bool) -> None:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "SELECT name, body_id, sum(articles)::INT FROM body_names GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        explained = connection.execute(
            "SELECT abbreviation, name, count(DISTINCT article_id) FROM organisations "
            "WHERE length(abbreviation) > 2 AND abbreviation <> name GROUP BY ALL ORDER BY 3 DESC, 1, 2"
        ).fetchall()
    bodies: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, body, articles in names:
        bodies[name][body] += articles
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in bodies:
        groups[loose(name)].append(name)
    full: dict[str, str] = {}
    for short, name, _ in explained:
        full.setdefault(short, name)
    pairs = [(first, other) for found in groups.values() for first in found[:1] for other in found[1:]]
    pairs += [(name, short) for short, name in full.items() if short in bodies]
    apart = [(one, other) for one, other in pairs if not bodies[one].keys() & bodies[other].keys()]
    print(f"{len(names):,} names, {len(pairs):,} variants, {len(apart):,} of them apart")
    for one, other in apart if listing else ():
        print(f"{one} ({', '.join(bodies[one])}) | {other} ({', '.join(bodies[other])})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--list" in sys.argv)
