"""Rebuilds the tables of places from the data of the PyPI package `vietnamadminunits` (MIT licence).

Run `pip download vietnamadminunits==1.0.4`, unpack the wheel, then
`python -m vnextract.lexicon.build_places PATH/vietnamadminunits/data/dataset.db`.
"""

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from vnextract.text.normalise import place_tones

_SOURCE = "# Source: vietnamadminunits 1.0.4 (PyPI, MIT), after the General Statistics Office; made by build_places.py"
_HERE = Path(__file__).parent


def _parts(full: str) -> tuple[str, str]:
    """Name and unit of `Thị xã Hồng Ngự`."""
    unit = next(unit for unit in ("tỉnh", "thành phố", "thị xã", "quận", "huyện") if full.lower().startswith(unit))
    return full[len(unit) + 1 :], unit


def _write(name: str, note: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    lines = [_SOURCE, f"# {note}", header, *(place_tones("\t".join(row)) for row in rows)]
    (_HERE / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")


def _provinces(db: sqlite3.Connection) -> None:
    now = dict(db.execute("SELECT DISTINCT provinceShort, provinceCode FROM admin_units"))
    into = dict(_successors(db))
    query = "SELECT DISTINCT province, provinceShort, provinceCode FROM admin_units_legacy ORDER BY provinceCode"
    rows = [(*_parts(full), code, into[code], now.get(short, "")) for full, short, code in db.execute(query)]
    _write(
        "places_provinces",
        "The 63 provinces before 1 July 2025. code: theirs; into: that of the one of 34 they are now part of; "
        "now: that of the one of 34 that bears the name",
        "name\tunit\tcode\tinto\tnow",
        rows,
    )


def _successors(db: sqlite3.Connection) -> Iterable[tuple[str, str]]:
    """Code of a province of 63 → code of the one of 34 that holds most of its communes (a commune keeps its code)."""
    old = db.execute("SELECT DISTINCT wardCode, provinceCode FROM admin_units_legacy WHERE wardCode IS NOT NULL")
    new = dict(db.execute("SELECT wardCode, provinceCode FROM admin_units").fetchall())
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for ward, province in old:
        if ward in new:
            votes[province][new[ward]] += 1
    for province, found in votes.items():
        yield province, max(found, key=lambda code: found[code])


def _districts(db: sqlite3.Connection) -> None:
    query = (
        "SELECT DISTINCT district, provinceCode, districtCode FROM admin_units_legacy "
        "WHERE district IS NOT NULL ORDER BY districtCode"
    )
    found = [(*_parts(full), code, province) for full, province, code in db.execute(query)]
    rows = [row for row in found if not row[0].isdigit()]
    _write("places_districts", "The districts before 1 July 2025", "name\tunit\tcode\tprovince", rows)


def _communes(db: sqlite3.Connection) -> None:
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for index, source in enumerate(("admin_units_legacy", "admin_units")):
        query = f"SELECT DISTINCT wardShort, provinceCode FROM {source} WHERE wardShort IS NOT NULL"
        for name, province in db.execute(query):
            if not name.isdigit():
                found[place_tones(name)][index].add(province)
    rows = [(name, " ".join(sorted(old)), " ".join(sorted(new))) for name, (old, new) in sorted(found.items())]
    _write(
        "places_communes",
        "Names of communes, wards, townships; codes of the provinces that have one, before and since 1 July 2025",
        "name\tbefore\tsince",
        rows,
    )


def main(database: str) -> None:
    """Write the three tables beside this file from the package's SQLite file."""
    with sqlite3.connect(database) as db:
        _provinces(db)
        _districts(db)
        _communes(db)


if __name__ == "__main__":
    main(sys.argv[1])
