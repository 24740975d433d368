"""Who is who: the names of an article gathered into persons, later short forms included."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from vnextract.lexicon.tables import table
from vnextract.links.bearers import Holder
from vnextract.officials.models import Person, Post
from vnextract.officials.names import FoundName
from vnextract.officials.patterns import UNIT
from vnextract.officials.positions import FoundPost
from vnextract.records import PositionStatus
from vnextract.text.alignment import Span


@cache
def _sexes() -> dict[str, str]:
    return {row["honorific"]: row["sex"] for row in table("honorifics")}


@cache
def _addresses() -> frozenset[str]:
    return frozenset(row["honorific"] for row in table("honorifics") if row["address"])


@cache
def _ranks() -> frozenset[str]:
    return frozenset(row["rank"] for row in table("ranks"))


_HEADS_OF_STATE = ("tổng thống", "thủ tướng", "chủ tịch nước", "tổng bí thư", "quốc vương", "nữ hoàng", "nhật hoàng")

_I_FOR_Y = str.maketrans("yýỳỷỹỵ’‘`", "iíìỉĩị'''")
_MANY = 100
"""Persons of one given name beyond which an article's further ones are not looked at."""


def _key(token: str) -> str:
    """One spelling for `Mỹ` and `Mĩ`, `Thỵ` and `Thị`, `al-Assad` and `Assad`."""
    return token.lower().removeprefix("al-").translate(_I_FOR_Y)


@dataclass(slots=True)
class _Someone:
    """One person of the article, official or not."""

    tokens: tuple[str, ...]
    vietnamese: bool
    holders: list[Holder] = field(default_factory=list)
    sex: str = ""
    starts: list[int] = field(default_factory=list)
    """Where the full name stands, in order."""
    last: int = -1
    """Where the person was named last, by a short form."""
    titles: set[str] = field(default_factory=set)
    """The titles that the person bears somewhere."""

    def posts(self) -> list[Post]:
        """The posts, in order of the text."""
        holders = sorted(self.holders, key=lambda holder: holder.name.name_start)
        return [post for holder in holders for post in holder.posts]

    def is_official(self) -> bool:
        return bool(self.posts()) or any(_rank(holder.name) for holder in self.holders)

    def take(self, holder: Holder) -> None:
        self.holders.append(holder)
        self.sex = self.sex or _sex(holder.name)
        self.titles.update(map(_title_key, holder.posts))

    def misspelt(self, tokens: tuple[str, ...]) -> bool:
        """Whether these words are the name with one letter more, less or other: `Vladmir Putin`."""
        mine, other = " ".join(self.tokens), " ".join(tokens)
        return not self.vietnamese and min(len(mine), len(other)) > 7 and _one_off(mine, other)

    def distance(self, offset: int) -> tuple[bool, int]:
        """How long before a place the person was named last; those named only after it are farther."""
        index = bisect_right(self.starts, offset)
        before = max(self.starts[index - 1] if index else -1, self.last)
        return (False, offset - before) if before >= 0 else (True, self.starts[0] if self.starts else 0)


def _one_off(first: str, second: str) -> bool:
    """Whether two texts differ in one letter at most.

    >>> [_one_off("vladimir", other) for other in ("vladmir", "vladimyr", "dimitri")]
    [True, True, False]
    """
    if abs(len(first) - len(second)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    skip = (len(first) >= len(second), len(second) >= len(first))
    return first[start + skip[0] :] == second[start + skip[1] :]


def _rank(name: FoundName) -> str | None:
    return next((word for word in name.prefixes if word.lower() in _ranks()), None)


def _sex(name: FoundName) -> str:
    return next((_sexes()[word.lower()] for word in name.prefixes if _sexes().get(word.lower())), "")


def _is_addressed(holder: Holder) -> bool:
    return any(word.lower() in ("ông", "bà") for word in holder.name.prefixes)


class Gathering:
    """The persons of one article, built from its names in order."""

    def __init__(self, holders: Sequence[Holder]) -> None:
        self._everyone: dict[tuple[str, ...], _Someone] = {}
        self._ending: dict[tuple[str, ...], list[_Someone]] = {}
        self._beginning: dict[tuple[str, ...], list[_Someone]] = {}
        self._take_full(holders)
        self._take_short(holders)

    def _new(self, tokens: tuple[str, ...], name: FoundName) -> _Someone:
        someone = self._everyone[tokens] = _Someone(tokens, name.vietnamese)
        for length in range(1, len(tokens)):
            for index, words in ((self._ending, tokens[-length:]), (self._beginning, tokens[:length])):
                alike = index.setdefault(words, [])
                if len(alike) < _MANY:
                    alike.append(someone)
        return someone

    def _take_full(self, holders: Iterable[Holder]) -> None:
        """Everyone named by two words or more; longer forms first, so that shorter ones join them."""
        for holder in sorted(holders, key=lambda holder: -len(holder.name.tokens)):
            tokens = tuple(map(_key, holder.name.tokens))
            if len(tokens) < 2:
                break
            someone = self._everyone.get(tokens) or self._longer(tokens, holder.name) or self._new(tokens, holder.name)
            someone.take(holder)
        for someone in self._everyone.values():
            someone.starts = sorted(holder.start for holder in someone.holders)

    def _longer(self, tokens: tuple[str, ...], name: FoundName) -> _Someone | None:
        """The one person whose name ends with these words, `Thanh Mỹ`; a foreigner's may begin with them."""
        found = self._ending.get(tokens, [])
        if not found and not name.vietnamese:
            found = self._beginning.get(tokens, [])
        if not found and not name.vietnamese:
            near = (*self._ending.get(tokens[-1:], ()), *self._beginning.get(tokens[:1], ()))
            found = [person for person in near if person.misspelt(tokens)]
        return found[0] if found and all(person is found[0] for person in found) else None

    def _take_short(self, holders: Iterable[Holder]) -> None:
        """Everyone named by one word, in order of the text."""
        for holder in holders:
            if " " in holder.name.text:
                continue
            tokens = (_key(holder.name.text),)
            someone = self._meant(tokens, holder)
            if someone is None and (holder.name.prefixes or (holder.titled and not holder.name.vietnamese)):
                someone = self._new(tokens, holder.name)
            if someone is not None:
                someone.take(holder)
                someone.last = holder.start

    def _meant(self, tokens: tuple[str, ...], holder: Holder) -> _Someone | None:
        """Whom a single word means: the one named last before it, else the first named after it.

        Of several, those who bear the title before it are meant: `Phó Tổng thống Robredo`.
        """
        exact = self._everyone.get(tokens)
        found = [*self._ending.get(tokens, ()), *((exact,) if exact else ())]
        if not (holder.name.prefixes or holder.titled):
            found = [person for person in found if not person.vietnamese]
        elif not found:
            found = self._beginning.get(tokens, [])
        sex = _sex(holder.name)
        fitting = [person for person in found if not sex or not person.sex or person.sex == sex]
        titles = set(map(_title_key, holder.posts))
        fitting = [person for person in fitting if titles & person.titles] or fitting
        return min(fitting, key=lambda person: person.distance(holder.start), default=None)

    def join(self, loose: Sequence[FoundPost]) -> None:
        """Give a title that stands without a name to the one person without a post.

        `Ông Trump dọa áp thuế. Tổng thống Mỹ nói thêm ...`: a headline and its summary name the person once and the
        office once. With two such titles, or two such persons, nothing is joined.
        """
        titles = {
            post.core: post for post in reversed(loose) if post.core in _HEADS_OF_STATE or post.scope == "company"
        }
        held = {post.title.lower() for someone in self._everyone.values() for h in someone.holders for post in h.posts}
        without = [someone for someone in self._everyone.values() if not someone.is_official()]
        addressed = [someone for someone in without if any(map(_is_addressed, someone.holders))]
        if len(titles) != 1 or len(addressed) != 1:
            return
        post = next(iter(titles.values()))
        if post.title.lower() not in held and (post.core in _HEADS_OF_STATE or len(without) == 1):
            addressed[0].holders[0].posts.append(post.post())

    def officials(self) -> list[Person]:
        """The persons with a post or a rank, in order of first mention."""
        people = [_person(someone) for someone in self._everyone.values() if someone.is_official()]
        return sorted(people, key=lambda person: person.mentions[0].start)


def _person(someone: _Someone) -> Person:
    holders = sorted(someone.holders, key=lambda holder: holder.name.name_start)
    names = [holder.name for holder in holders]
    fullest = max(names, key=lambda name: len(name.tokens))
    words = [word for name in names for word in name.prefixes]
    return Person(
        name=fullest.text,
        honorific=next((word.lower() for word in words if word.lower() in _addresses()), None),
        rank=next((rank for name in names if (rank := _rank(name))), None),
        posts=tuple(distinct(someone.posts())),
        mentions=tuple(Span(name.name_start, name.end) for name in names),
    )


def _title_key(post: Post) -> str:
    return " ".join(map(_key, post.title.split()))


def distinct(posts: Sequence[Post]) -> list[Post]:
    """Each post once; a shorter statement of a post gives way to the fuller one.

    `Phó chủ tịch` without a body is `Phó chủ tịch thường trực` of the body named elsewhere; `Bộ trưởng` is
    `Bộ trưởng Ngoại giao`.
    """
    kept: list[Post] = []
    for post in posts:
        twin = next((number for number, other in enumerate(kept) if _same(post, other)), None)
        if twin is None:
            kept.append(post)
        else:
            kept[twin] = _merged(kept[twin], post)
    return kept


def _merged(post: Post, other: Post) -> Post:
    """The fuller of two statements of one post, with the longer title and the body of either."""
    best, rest = (post, other) if _fuller(post, other) else (other, post)
    longer = rest if len(rest.title) > len(best.title) and _stem(rest.title.lower()) == rest.title.lower() else best
    status = PositionStatus.FORMER if _is_same_but_over(post, other) else best.status
    return replace(
        best,
        title=longer.title,
        body=best.body or rest.body,
        body_chance=(best if best.body else rest).body_chance,
        status=status,
        place=best.place or rest.place,
        since=best.since or rest.since,
        until=best.until or rest.until,
    )


def _is_same_but_over(post: Post, other: Post) -> bool:
    """Whether one post is told as held and as held once: a trial tells what the `cựu giám đốc` did as `giám đốc`."""
    return post.body is other.body and {post.status, other.status} == {PositionStatus.CURRENT, PositionStatus.FORMER}


def _same(post: Post, other: Post) -> bool:
    if post.body is not None and other.body is not None and post.body is not other.body:
        return False
    if _is_same_but_over(post, other):
        return _title_key(post) == _title_key(other)
    if post.status != other.status and (post.body is None) == (other.body is None):
        return False
    a, b = sorted((_title_key(post), _title_key(other)), key=len)
    if b in (a, f"thượng {a}", f"hạ {a}"):
        return True
    return b.startswith(a + " ") or ((post.body is None) != (other.body is None) and _stem(a) == _stem(b))


def _stem(title: str) -> str:
    unit = UNIT.search(title)
    return title[: unit.start()] if unit and unit.end() == len(title) else title


def _fuller(post: Post, other: Post) -> bool:
    return (post.body is not None, len(post.title)) > (other.body is not None, len(other.title))
