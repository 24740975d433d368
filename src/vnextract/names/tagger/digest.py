"""What the tables of the lexicon hold that the tagger's features come from, in one number: a model fits one only."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from vnextract.lexicon import register

TABLES = (
    "abbreviations",
    "bodies",
    "body_words",
    "countries",
    "fields",
    "foreign_places",
    "honorifics",
    "kind_cues",
    "known_bodies",
    "name_words",
    "open_names",
    "person_words",
    "places_aliases",
    "places_communes",
    "places_districts",
    "places_former_districts",
    "places_provinces",
    "surnames",
    "syllable_parts",
    "titles",
    *(f"register/{name}" for name in sorted((*register.TABLES, "templates"))),
)
"""The tables that the grammar of bodies and the features read."""


@cache
def tables_digest() -> str:
    """SHA-256 of the tables without the comments that begin them.

    >>> len(tables_digest())
    64
    """
    folder, digest = files("vnextract.lexicon"), sha256()
    for name in TABLES:
        data, at = (folder / f"{name}.tsv").read_bytes(), 0
        while data.startswith(b"#", at):
            at = data.index(b"\n", at) + 1
        digest.update(memoryview(data)[at:])
    return digest.hexdigest()
