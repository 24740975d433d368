"""Titles of posts that say what their body is called: `cục trưởng` heads a `cục`."""

from functools import cache

from vnextract.lexicon.tables import table

_NOUNS = {"hiệu trưởng": "trường", "hiệu phó": "trường", "thứ trưởng": "bộ"}


def noun_of(title: str) -> str | None:
    """What the body of a title is called, where the title says: `đồn` of `đồn trưởng`, `ban` of `trưởng ban`.

    >>> [noun_of(title) for title in ("trung đoàn trưởng", "trưởng ban", "cục phó", "giám đốc")]
    ['trung đoàn', 'ban', 'cục', None]
    """
    if title in _NOUNS:
        return _NOUNS[title]
    for word in ("trưởng", "phó", "chánh"):
        if title.endswith(f" {word}"):
            return title.removesuffix(f" {word}")
        if title.startswith(f"{word} "):
            return title.removeprefix(f"{word} ")
    return None


def titles(*kinds: str) -> list[str]:
    """The titles of these kinds, in lower case."""
    return [row["title"] for row in table("titles") if row["kind"] in kinds]


@cache
def leading_nouns() -> frozenset[str]:
    """The nouns that titles begin with, before `trưởng` or `phó`.

    >>> {"cục", "chi cục", "trạm"} <= leading_nouns(), "giám" in leading_nouns()
    (True, False)
    """
    return frozenset(noun for title in titles("office") if (noun := noun_of(title)) and title.startswith(noun))


@cache
def shared_nouns() -> frozenset[str]:
    """The nouns that a title and its body share, after `trưởng` or `chánh`: `văn phòng` of `chánh văn phòng`."""
    return frozenset(titles("head"))
