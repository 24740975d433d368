"""Lists of bodies, made of names that gold has: the press prints many, and running text teaches none of their signs.

What parts the entries of a list (numbers, dashes, counts, telephone numbers, nothing at all once a table has lost its
lines) is where the names in it end. Each list made here stands between sentences of an annotated article.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from vnextract.gold import GoldArticle, GoldOfficial, GoldOrganisation
from vnextract.lexicon.tables import table
from vnextract.text.alignment import Span
from vnextract.text.document import Text

SHARE = 12
"""One list is made for so many articles. Chosen on lists of forms and names that training had not seen."""
_FEWEST = 6
"""Names that begin alike from which a list of them is made."""
_ENTRIES = 4, 14
_NAME_WORDS = 2, 12
_OPENING_WORDS = 4
_AROUND = 2
"""Sentences of the article on each side of the list."""
_SERIES = 0.12
"""How many lists are of one body's numbered parts."""
_NUMBERED = ("", " số", " khu vực", " cơ sở")
_WHERE = ("", "", " - {}", " – {}", " - tỉnh {}", " – tỉnh {}", " {}", " tỉnh {}")
"""What the number of such a part may be followed by: `Tòa án nhân dân khu vực 3 – tỉnh Cà Mau`."""
_BEFORE_DIGITS = "{name} {"
"""Forms in which a number of the name's own would stand before another."""
_LINE = "⏎"
_FIELD = re.compile(r"(\{\w+\})")

Name = tuple[str, str]
"""A body's name as printed, and its kind."""


def lists_from(articles: Sequence[GoldArticle]) -> list[GoldArticle]:
    """A list of bodies in every twelfth article, made of names, persons and posts of any of them.

    The same articles give the same lists.

    Returns:
        The sentences around each list with the bodies and persons there, and the bodies of the list.
    """
    groups = _groups(articles)
    openings = sorted({opening for article in articles for opening in _openings(article)})
    persons, posts = sorted({one.name for article in articles for one in article.officials}), _posts(articles)
    if not (groups and openings and persons and posts):
        return []
    maker = _Maker(Random(len(articles)), groups, openings, persons, posts)
    return [maker.within(article) for article in articles[::SHARE] if article.text.strip()]


def _groups(articles: Iterable[GoldArticle]) -> list[list[Name]]:
    """The names by kind and first word, and by kind alone; groups of a few are left out."""
    shortest, longest = _NAME_WORDS
    found: defaultdict[tuple[str, str], dict[Name, None]] = defaultdict(dict)
    for article in articles:
        for one in article.organisations:
            printed = article.text[one.span.start : one.span.end]
            words = printed.split()
            if shortest <= len(words) <= longest and printed == " ".join(words):
                for first in (words[0].lower(), ""):
                    found[one.kind, first][printed, one.kind] = None
    return [list(names) for names in found.values() if len(names) >= _FEWEST]


def _posts(articles: Iterable[GoldArticle]) -> list[str]:
    """The titles of posts that a body's name follows."""
    posts = (post for article in articles for one in article.officials for post in one.positions)
    return sorted({post.title for post in posts if post.organisation})


def _openings(article: GoldArticle) -> Iterable[str]:
    """How the article's sentences begin: the first words of those that begin with no name."""
    bodies = {one.span.start for one in article.organisations}
    for start, end in _sentences(article):
        words = article.text[start:end].split()[:_OPENING_WORDS]
        plain = start not in bodies and words[0][:1].isupper()
        if len(words) == _OPENING_WORDS and plain and all(word.isalpha() and word.islower() for word in words[1:]):
            yield " ".join(words)


def _sentences(article: GoldArticle) -> list[Span]:
    """Where the article's sentences stand in its text."""
    text = Text(article.text)
    return [Span(*text.alignment.to_raw(*sentence)) for sentence in text.sentences]


@cache
def _forms(role: str) -> list[tuple[str, str]]:
    """The forms of a role, each with what parts two entries."""
    rows = [row for row in table("list_forms") if row["role"] == role]
    parts = [row["between"] if row["between"].endswith(_LINE) else row["between"] + " " for row in rows]
    return [(row["form"], part.replace(_LINE, "\n")) for row, part in zip(rows, parts, strict=True)]


@cache
def _places(level: str) -> list[str]:
    """The names of all communes, or provinces."""
    return [row["name"] for row in table(f"places_{level}")]


@dataclass(frozen=True, slots=True)
class _Maker:
    chance: Random
    groups: Sequence[Sequence[Name]]
    openings: Sequence[str]
    persons: Sequence[str]
    posts: Sequence[str]

    def within(self, article: GoldArticle) -> GoldArticle:
        """Some sentences of an article with a list between them."""
        sentences = _sentences(article)
        cut = self.chance.randint(1, len(sentences))
        around, middle = sentences[max(0, cut - _AROUND) : cut + _AROUND], sentences[cut - 1].end
        before, after = Span(around[0].start, middle), Span(middle, around[-1].end)
        return _joined([_part(article, before), self._list(), _part(article, after)])

    def _list(self) -> GoldArticle:
        """The list alone, as an article."""
        names, count = self.chance.choice(self.groups), self.chance.randint(*_ENTRIES)
        form, between = self.chance.choice(_forms("item"))
        if self.chance.random() < _SERIES and _BEFORE_DIGITS not in form:
            entries = self._series(self.chance.choice(names), count)
        else:
            entries = self.chance.sample(names, min(len(names), count))
        lead, _ = self.chance.choice(_forms("lead"))
        opening = " ".join(self.chance.choice(self.openings).split()[: self.chance.randint(2, _OPENING_WORDS)])
        text = f" {lead} " if lead else " "
        bodies, persons = [], []
        for number, (name, kind) in enumerate(entries, 1):
            person = self.chance.choice(self.persons)
            for piece in _FIELD.split(form):
                start = len(text)
                if piece == "{name}":
                    text += name
                    bodies.append(GoldOrganisation(Span(start, len(text)), name, kind))
                elif piece == "{person}":
                    text += person
                    persons.append(GoldOfficial(person, (Span(start, len(text)),), ()))
                else:
                    text += self._printed(piece, number, opening)
            text += between if number < len(entries) else self.chance.choice((" ", ". ", "\n"))
        return GoldArticle(None, None, text, tuple(bodies), tuple(persons), (), (), ())

    def _series(self, name: Name, count: int) -> list[Name]:
        """Bodies told apart by their numbers: `Chi cục Thuế khu vực 3`, `Đội Cảnh sát giao thông số 5`."""
        printed, kind = name
        what, first = self.chance.choice(_NUMBERED), self.chance.randint(1, 5)
        where = self.chance.choice(_WHERE).format(self.chance.choice(_places("provinces")))
        return [(f"{printed}{what} {number}{where}", kind) for number in range(first, first + count)]

    def _printed(self, piece: str, number: int, opening: str) -> str:
        """A piece of a form as it is printed, one for a place or a figure made up."""
        chance = self.chance
        match piece:
            case "{number}":
                return str(number)
            case "{words}":
                return opening
            case "{place}":
                return f"{chance.choice(('xã', 'phường', 'huyện', 'TP'))} {chance.choice(_places('communes'))}"
            case "{figure}":
                return chance.choice((str(chance.randint(2, 2_000)), f"{chance.randint(10, 3_000) / 100:g}"))
            case "{phone}":
                return f"0{chance.randint(10**8, 10**9 - 1)}"
            case "{post}":
                return chance.choice(self.posts)
        return piece


def _part(article: GoldArticle, span: Span) -> GoldArticle:
    """A stretch of an article, with the bodies, persons and doubtful spans that lie in it whole."""

    def moved(spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(_moved(one, -span.start) for one in spans if span.start <= one.start and one.end <= span.end)

    organisations = [replace(one, span=at) for one in article.organisations for at in moved([one.span])]
    officials = [GoldOfficial(one.name, moved(one.mentions), ()) for one in article.officials]
    text = article.text[span.start : span.end]
    return GoldArticle(None, None, text, tuple(organisations), tuple(officials), (), (), moved(article.ignored))


def _joined(parts: Iterable[GoldArticle]) -> GoldArticle:
    """Articles one after the other, as one."""
    text, organisations, officials, ignored = "", [], [], []
    for part in parts:
        at = len(text)
        text += part.text
        organisations += [replace(one, span=_moved(one.span, at)) for one in part.organisations]
        officials += [replace(one, mentions=tuple(_moved(span, at) for span in one.mentions)) for one in part.officials]
        ignored += [_moved(span, at) for span in part.ignored]
    return GoldArticle(None, None, text, tuple(organisations), tuple(officials), (), (), tuple(ignored))


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
