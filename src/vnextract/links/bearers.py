"""Who may bear a post: the persons near it, one by one or enumerated, and the cues between each and the post."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from vnextract.links.signs import Signs
from vnextract.officials.models import Post
from vnextract.officials.names import FoundName
from vnextract.officials.positions import FoundPost
from vnextract.scorer import Decision, Option
from vnextract.text.alignment import Span

REACH = 300
"""Characters between a name and a post in one sentence beyond which they do not belong together."""
MEMORY = 1200
"""Characters before a sentence within which a person named there may be its subject."""
BESIDE = 3
"""Names on each side of a post that are looked at."""
LONGEST_LIST = 80
"""Names in one enumeration."""

_LONGEST_BRACKET = 40
"""Characters between two names of an enumeration, what is said of the first in brackets included."""
_ENUMERATED = {(",",), ("and",), (",", "and"), (";",), (";", "and"), ("and", "many"), (",", "many")}
"""What stands between two names of an enumeration."""
_FURTHER = {(",", "POST"), ("and", "POST"), ("also", "POST")}
"""What adds a post to those whose holders are listed after a colon."""
_HEADING = 160
"""Characters after a post within which the colon stands that its list begins with."""
_BLANK = frozenset(("A", "unit"))
"""What may stand between a post and its holder as part of the post: a place."""
_APPOSES = frozenset((",", "-", "(", ":", "be"))
"""What puts a name and a post beside each other."""
_PARTS = frozenset((",", ".", ";", ":", "(", ")", "-", "POST", "NAME", "say", "hold", "appoint", "be", "meet", "end"))
"""What shows that more than words of description stand in between."""
_LIES = (
    ("beyond another", frozenset(("NAME", "POST"))),
    ("parted", frozenset((".", ";", ":"))),
    ("told", frozenset(("hold", "appoint", "be", "elected", "also"))),
    ("said", frozenset(("say",))),
    ("far", frozenset((",", "(", ")", "-"))),
)
"""How a name and a post lie to each other, by what stands between them, the first that fits."""


@dataclass(slots=True, eq=False)
class Holder:
    """A name as it stands in the text, with the posts that the text gives it there."""

    name: FoundName
    posts: list[Post] = field(default_factory=list)
    titled: bool = False
    """A title stands right before the name."""

    @property
    def start(self) -> int:
        """Where its honorifics begin."""
        return self.name.start

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.name.end


Bearers = tuple[Holder, ...]
"""One name, or several that are enumerated."""


class Given(NamedTuple):
    """A post, whose it is, in which sentence, which of the holder's posts, and why."""

    post: FoundPost
    holder: Holder
    sentence: Span
    number: int
    decision: Decision[Bearers]


class Candidates:
    """The options for every post of a text, each with the cues that speak for or against it."""

    def __init__(self, signs: Signs, posts: Sequence[FoundPost], holders: Sequence[Holder]) -> None:
        """Take what stands between things, the posts that are held, and the names, in order of the text."""
        self._signs, self._posts, self._holders = signs, posts, holders
        self._starts = [holder.start for holder in holders]

    def of(self, post: FoundPost, sentence: Span, last: Given | None) -> Iterator[Option[Bearers]]:
        """Those who may bear a post, nobody first; `last` is what was given before."""
        at, first = bisect_left(self._starts, post.start), bisect_left(self._starts, sentence.start)
        left = [holder for holder in self._holders[max(first, at - BESIDE) : at] if post.start - holder.end < REACH]
        right = [
            holder
            for holder in self._holders[at : at + BESIDE]
            if holder.start < sentence.end and post.end <= holder.start < post.end + REACH
        ]
        left = [one for one in left if self._is_apposed(one, post) or not self.is_replaced(one, sentence)]
        around = self._around(post, sentence, left, right)
        yield Option(None, [f"none {cue}" for cue in around])
        for number, holder in enumerate(reversed(left)):
            cues = [*self._before(post, holder, number, last), *(f"left {cue}" for cue in around)]
            yield Option((holder,), cues)
            listed = [] if number or holder is not self._holders[at - 1] else self._listed_before(at - 1, first)
            if listed:
                yield Option((*listed, holder), [*cues, *self._together("left", post, holder, len(listed))])
        for number, holder in enumerate(right):
            cues = [*self._after(post, holder, number, last), *(f"right {cue}" for cue in around)]
            yield Option((holder,), cues)
            listed = [] if number else self._listed_after(at, sentence)
            if listed:
                yield Option((holder, *listed), [*cues, *self._together("right", post, holder, len(listed))])
        announced = self._announced(post, at, sentence)
        if announced:
            yield Option(
                announced, [*self._after(post, announced[0], 0, last), *(f"announced {cue}" for cue in around)]
            )
        named = {holder.name.tokens[-1] for holder in (*left, *right)}
        for number, holder in enumerate(self._remembered(first, sentence, named)):
            cues = [*self._earlier(post, holder, number, sentence, last), *(f"earlier {cue}" for cue in around)]
            yield Option((holder,), cues)

    def _is_apposed(self, holder: Holder, post: FoundPost) -> bool:
        """Whether a post follows a name at once: `thay ông A, nguyên Giám đốc`."""
        return self._signs.between(holder.end, post.start) in ((",",), ("-",), ("(",))

    def is_replaced(self, holder: Holder, sentence: Span) -> bool:
        """Whether the words before a name say that another takes the post over: `thay ông A`."""
        before = self._signs.between(max(sentence.start, holder.start - 40), holder.start)
        return before[-1:] == ("replace",) or before[-2:] == ("replace", "for")

    def _remembered(self, first: int, sentence: Span, named: set[str]) -> Iterator[Holder]:
        """The persons named before a sentence, the last first, that are not named in it."""
        seen = set(named)
        for holder in reversed(self._holders[max(0, first - 8) : first]):
            if sentence.start - holder.end > MEMORY or len(seen) > len(named) + 2:
                return
            if holder.name.tokens[-1] not in seen:
                seen.add(holder.name.tokens[-1])
                yield holder

    def _listed_before(self, at: int, first: int) -> list[Holder]:
        """The names enumerated before one, in the same sentence."""
        listed: list[Holder] = []
        while at > first and len(listed) < LONGEST_LIST and self._enumerates(at - 1):
            at -= 1
            listed.insert(0, self._holders[at])
        return listed

    def _listed_after(self, at: int, sentence: Span) -> list[Holder]:
        """The names enumerated after one, in the same sentence."""
        listed: list[Holder] = []
        while at + 1 < len(self._holders) and self._starts[at + 1] < sentence.end and self._enumerates(at):
            at += 1
            listed.append(self._holders[at])
            if len(listed) == LONGEST_LIST:
                break
        return listed

    def _announced(self, post: FoundPost, at: int, sentence: Span) -> tuple[Holder, ...]:
        """Those named after a colon, each with a title: `các Ủy viên Bộ Chính trị: Thủ tướng A, Chủ tịch B`."""
        if not self._announces(post, sentence):
            return ()
        listed_from = self._starts[at] if at < len(self._starts) else sentence.end
        later = self._posts[bisect_left(self._posts, listed_from, key=lambda one: one.start) :]
        heads = takewhile(lambda one: one.start < sentence.end, later)
        last = next((head.start for head in heads if self._announces(head, sentence)), sentence.end)
        named = self._holders[at : min(bisect_left(self._starts, last), at + LONGEST_LIST)]
        listed = 1 + len(self._listed_after(at, sentence)) if named else 0
        return tuple(named) if len(named) > listed else ()

    def _announces(self, post: FoundPost, sentence: Span) -> bool:
        """Whether a post, alone or first of several, heads a list: `3 Phó Cục trưởng, gồm: `."""
        if not self._is_plural(post, sentence):
            return False
        signs = self._signs.between(post.end, min(post.end + _HEADING, sentence.end))
        while signs[:2] in _FURTHER:
            signs = signs[2:]
        return signs[:1] == (":",) or signs[:2] == ("many", ":") or signs[:3] == (",", "many", ":")

    def _is_plural(self, post: FoundPost, sentence: Span) -> bool:
        """Whether several bear a post, as the one before it: `các Ủy viên Bộ Chính trị, Bí thư Trung ương`."""
        at = bisect_left(self._posts, post.start, key=lambda one: one.start)
        for before in reversed(self._posts[max(0, at - BESIDE) : at]):
            apart = before.start < sentence.start or self._signs.between(before.end, post.start) not in _ENUMERATED
            if post.plural or apart:
                break
            post = before
        return post.plural

    def _enumerates(self, at: int) -> bool:
        """Whether the next name goes on with an enumeration, what brackets say of the name before it left out."""
        before, after = self._holders[at], self._holders[at + 1]
        if after.start - before.end > _LONGEST_BRACKET:
            return False
        signs = self._signs.between(before.end, after.start)
        if signs[:1] == ("(",) and ")" in signs and "POST" not in signs:
            signs = signs[signs.index(")") + 1 :]
        elif after.start - before.end >= 20:
            return False
        return signs in _ENUMERATED

    def _together(self, side: str, post: FoundPost, holder: Holder, others: int) -> Iterator[str]:
        """What speaks for everybody in an enumeration, not only the nearest."""
        gap = (
            self._signs.between(holder.end, post.start)
            if side == "left"
            else self._signs.between(post.end, holder.start)
        )
        yield f"{side} all"
        yield f"{side} all {min(others, 3)}"
        yield f"{side} all after {brief(gap)}"
        yield f"{side} all plural {post.plural}"
        yield f"{side} all addressed {bool(holder.name.prefixes)}"
        yield from (f"{side} all has {sign}" for sign in sorted(set(gap)))

    def _around(self, post: FoundPost, sentence: Span, left: Sequence[Holder], right: Sequence[Holder]) -> list[str]:
        """What stands around a post, whoever bears it."""
        before = self._signs.between(max(sentence.start, post.start - 60), post.start)
        after = self._signs.between(post.end, min(sentence.end, post.end + 60))
        lies = self._lies(post, left, right)
        to_left = brief(self._signs.between(left[-1].end, post.start)) if left else "nobody"
        to_right = brief(self._signs.between(post.end, right[0].start)) if right else "nobody"
        return [
            "",
            f"kind {post.kind}",
            f"title {post.core}",
            f"before {' '.join(before[-1:])}",
            f"before {' '.join(before[-2:])}",
            f"after {' '.join(after[:1])}",
            f"after {' '.join(after[:2])}",
            f"to left {to_left}",
            f"to right {to_right}",
            f"between {to_left} | {to_right}",
            f"lies {lies}",
            f"lies {lies}, before {' '.join(before[-1:])}",
            f"lies {lies}, {post.kind}",
            *(["plural"] if post.plural else []),
            *(["apart"] if post.apart else []),
        ]

    def _lies(self, post: FoundPost, left: Sequence[Holder], right: Sequence[Holder]) -> str:
        """How the names next to a post lie to it."""
        before = self._lie(left[-1].end, post.start) if left else "alone"
        after = self._lie(post.end, right[0].start) if right else "alone"
        called = ", addressed" if right and right[0].name.prefixes else ""
        return f"{before} | {after}{called}"

    def _lie(self, start: int, end: int) -> str:
        """How a name and a post lie to each other, whatever the words between them."""
        gap = self._signs.between(start, end)
        if all(sign in _BLANK for sign in gap):
            return "touching"
        if gap[0] in _APPOSES and not _PARTS.intersection(gap[1:]):
            return "apposed" if len(gap) == 1 or all(sign in _BLANK for sign in gap[1:]) else "apposed with words"
        for lie, signs in _LIES:
            if signs.intersection(gap):
                return lie
        return "near"

    def _between(self, side: str, gap: tuple[str, ...], number: int) -> list[str]:
        """What stands between a name and a post."""
        cues = [f"{side} number {number}", f"{side} has nothing"] if not gap else [f"{side} number {number}"]
        cues += [f"{side} has {sign}" for sign in sorted(set(gap))]
        if gap:
            cues += [f"{side} begins {gap[0]}", f"{side} ends {gap[-1]}", f"{side} ends {' '.join(gap[-2:])}"]
        if len(gap) < 7:
            cues.append(f"{side} is {' '.join(gap)}")
        return cues

    def _who(self, side: str, holder: Holder, gap: tuple[str, ...]) -> Iterator[str]:
        name = holder.name
        yield f"{side} is {brief(gap)}, addressed {bool(name.prefixes)}"
        yield f"{side} is {brief(gap)}, has a post {bool(holder.posts)}"
        yield f"{side} words {min(len(name.tokens), 3)}"
        yield f"{side} addressed {bool(name.prefixes)}"
        yield f"{side} tagged {name.tagged}"
        yield f"{side} known {name.known or name.vietnamese or name.tagged or bool(name.prefixes)}"
        yield f"{side} has a post {bool(holder.posts)}"
        yield f"{side} titled {holder.titled}"

    def _chained(self, post: FoundPost, holder: Holder, last: Given | None) -> Iterator[str]:
        """Whether the post before was the same person's, and what stands between the two."""
        if before := _near_before(post, last):
            same = "same" if before.holder.name.tokens[-1] == holder.name.tokens[-1] else "other"
            yield f"{same} after {brief(self._signs.between(before.post.end, post.start))}"
            yield same

    def _as_last(self, side: str, post: FoundPost, gap: tuple[str, ...], last: Given | None) -> Iterator[str]:
        """On which side the holder of the post before stood: the entries of a list are built alike."""
        before = _near_before(post, last)
        stood = "none" if before is None else "left" if before.holder.end <= before.post.start else "right"
        yield f"{side}, last {stood}"
        yield f"{side} is {brief(gap)}, last {stood}"

    def _before(self, post: FoundPost, holder: Holder, number: int, last: Given | None) -> Iterator[str]:
        gap = self._signs.between(holder.end, post.start)
        yield from self._between("left", gap, number)
        yield from self._who("left", holder, gap)
        yield from self._chained(post, holder, last)
        yield from self._as_last("left", post, gap, last)
        follows = self._signs.between(post.end, post.end + 25)
        yield f"left {self._lie(holder.end, post.start)}, followed by {' '.join(follows[:1])}"

    def _after(self, post: FoundPost, holder: Holder, number: int, last: Given | None) -> Iterator[str]:
        gap = self._signs.between(post.end, holder.start)
        yield from self._between("right", gap, number)
        yield from self._who("right", holder, gap)
        yield from self._as_last("right", post, gap, last)
        follows = self._signs.between(holder.end, holder.end + 25)
        yield f"right is {brief(gap)}, addressed {bool(holder.name.prefixes)}, followed by {' '.join(follows[:1])}"
        yield f"right followed by {' '.join(follows[:2])}"
        yield f"right {self._lie(post.end, holder.start)}, followed by {' '.join(follows[:1])}"

    def _earlier(
        self, post: FoundPost, holder: Holder, number: int, sentence: Span, last: Given | None
    ) -> Iterator[str]:
        gap = self._signs.between(sentence.start, post.start)
        yield from self._between("earlier", gap, number)
        yield from self._who("earlier", holder, gap)
        yield from self._chained(post, holder, last)


def _near_before(post: FoundPost, last: Given | None) -> Given | None:
    """What was given last, where its post stands near before another."""
    return last if last and last.post.end <= post.start < last.post.end + REACH else None


def brief(gap: tuple[str, ...]) -> str:
    """A gap in few signs, so that rare ones are alike."""
    return " ".join(gap) if len(gap) < 4 else f"{' '.join(gap[:1])} … {' '.join(gap[-1:])}"
