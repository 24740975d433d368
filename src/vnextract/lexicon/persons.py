"""What names of persons are told by: family names, and the words of address before them."""

from functools import cache

from vnextract.lexicon.tables import table


@cache
def plain_surnames() -> frozenset[str]:
    """Family names that can hardly be anything else.

    >>> "Nguyễn" in plain_surnames()
    True
    """
    return frozenset(row["surname"] for row in table("surnames") if row["plain"])


@cache
def honorifics() -> frozenset[str]:
    """Words of address, in lower case.

    >>> "đồng chí" in honorifics()
    True
    """
    return frozenset(row["honorific"] for row in table("honorifics"))
