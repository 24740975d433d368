"""Since when a post is held and whether still: the cues around it and in the life that a text tells of its holder."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from vnextract.article import Published
from vnextract.dates.models import DateMention
from vnextract.links.bearers import REACH, Given, brief
from vnextract.links.signs import Signs
from vnextract.links.terms import Term, term_of
from vnextract.officials.positions import FoundPost
from vnextract.records import PositionStatus
from vnextract.text.alignment import Span
from vnextract.text.spans import Spans

_NEAR_DATE = 25
"""Characters after a post within which a date may be its own."""
_GOVERNED = 300
"""Characters before a post in a list within which what governs the list is looked for."""
_LISTS = frozenset(
    (",", ";", ":", "(", ")", "and", "also", "of", "many", "office", "POST", "BODY", "DATE", "A", "0", "unit")
)
"""What stands between the posts of a list, and between them and the word that governs the list."""
_MOVES = frozenset(("appoint", "hold", "be", "elected"))
"""What stands between the post that a person has and the one that the person is given."""


class Tenure:
    """Tells what a text says of when posts are held."""

    def __init__(self, signs: Signs, dates: Sequence[DateMention], published: Published | None) -> None:
        """Take what stands between things, the dates, and the day of publication."""
        self._signs, self._dates = signs, Spans(dates)
        self._published = published.first_day if published else None
        days = [date.last_day for date in dates if date.last_day]
        self._today = self._published or max(days, default=None)

    def term(self, given: Given, status: PositionStatus) -> Term:
        """From when to when the words around a post say that it is or was held."""
        post, sentence = given.post, given.sentence
        start = sentence.start if given.holder.start >= post.end else min(sentence.start, post.start)
        before, after = self._dates.last_before(post.start), self._dates.first_from(post.start)
        before = before if before and before.start >= start and not self._is_of_office(before) else None
        reach = min(sentence.end, post.end + _NEAR_DATE)
        after = after if after and after.start < reach and not self._is_of_office(after) else None
        left = self._signs.between(before.end, post.start) if before else ()
        right = self._signs.between(post.end, after.start) if after else ()
        return term_of(before, left, after, right, over=status is PositionStatus.FORMER, today=self._published)

    def _is_of_office(self, date: DateMention) -> bool:
        """Whether a span is a term of the body, not of the person: `nhiệm kỳ 2021 - 2026`."""
        return self._signs.reads(date.start, "nhiệm kỳ") or self._signs.reads(date.start, "giai đoạn")

    def cues(self, life: Sequence[Given], at: int, known: Mapping[int, PositionStatus]) -> Iterator[str]:
        """What the text says of when a post is held, where it tells it once."""
        yield from self._told(life[at])
        before = (life[at - 1].post, known.get(at - 1, life[at - 1].post.status)) if at else None
        yield from self._course(life[at].post, before, life[at + 1].post if at + 1 < len(life) else None)

    def _course(
        self, post: FoundPost, before: tuple[FoundPost, PositionStatus] | None, after: FoundPost | None
    ) -> Iterator[str]:
        """What the posts told before and after one of the same person say of it."""
        if before and before[0].end <= post.start < before[0].end + REACH:
            yield f"follows {before[1]} {brief(self._signs.between(before[0].end, post.start))}"
            yield f"follows {before[1]}"
            yield f"follows {before[1]} as {post.status}"
        if after and post.end <= after.start < post.end + REACH:
            signs = self._signs.between(post.end, after.start)
            yield f"followed by {brief(signs)}"
            yield f"followed by {after.status}"
            yield from (f"until next {sign}" for sign in sorted(set(signs)))
            if _MOVES.intersection(signs):
                yield from (f"moves from {post.core}", f"moves to {after.core}", f"moves {post.core} to {after.core}")
        else:
            yield "last"

    def _told(self, given: Given) -> Iterator[str]:
        """What the words around a post and its holder say of when it is held."""
        post, holder, sentence = given.post, given.holder, given.sentence
        side = "right" if holder.start >= post.end else "left" if holder.start >= sentence.start else "earlier"
        gaps = {
            "right": (post.end, holder.start),
            "left": (holder.end, post.start),
            "earlier": (sentence.start, post.start),
        }
        gap = self._signs.between(*gaps[side])
        before = self._signs.between(max(sentence.start, post.start - 60), post.start)
        last = max(post.end, holder.end) if side == "right" else post.end
        after = self._signs.between(last, min(sentence.end, last + 60))
        yield ""
        if self._signs.between(sentence.start, sentence.start + 20)[:1] == ("past",):
            yield f"opens with past, {'appoint' if 'appoint' in gap else 'no appoint'}"
        yield f"stated {post.status}"
        yield f"side {side}"
        yield from (f"{side} gap has {sign}" for sign in sorted(set(gap)))
        yield f"{side} gap ends {' '.join(gap[-2:])}"
        yield f"before {' '.join(before[-2:])}"
        yield f"after {' '.join(after[:2])}"
        yield from (f"soon {sign}" for sign in sorted(set(after[:4])))
        yield from self._governed(post, sentence)
        yield from self._dated(post, sentence, side)

    def _governed(self, post: FoundPost, sentence: Span) -> Iterator[str]:
        """What governs a list that a post stands in: `từng giữ các chức vụ: Giám đốc …, Bí thư …`."""
        before = self._signs.between(max(sentence.start, post.start - _GOVERNED), post.start)
        listed = tuple(takewhile(_LISTS.__contains__, reversed(before)))
        if "POST" in listed or ":" in listed:
            governing = before[: len(before) - len(listed)][-2:]
            yield f"listed after {' '.join(governing[-1:])}"
            yield f"listed after {' '.join(governing)}"

    def _dated(self, post: FoundPost, sentence: Span, side: str) -> Iterator[str]:
        """How long ago the dates around a post are."""
        before = self._dates.last_before(post.start)
        if before and before.start >= sentence.start:
            yield f"{side} dated {self._age(before)}"
        inside = next((date for date in self._dates.between(post.start, post.end + 15)), None)
        if inside:
            yield f"dated itself {self._age(inside)} {inside.kind}"

    def _age(self, date: DateMention) -> str:
        """How long before publication a date ended, in words."""
        if date.last_day is None or self._today is None:
            return "unknown"
        days = (self._today - date.last_day).days
        return "to come" if days < 0 else "these days" if days < 60 else "this year" if days < 400 else "long ago"


def posts_of(life: Sequence[Given]) -> list[list[int]]:
    """Which of the things told of a person are the same post: indices, post by post, in order of first mention."""
    posts: list[list[int]] = []
    for at, given in enumerate(life):
        title, body = given.post.title.lower(), given.post.body
        for told in posts:
            first = life[told[0]].post
            if first.title.lower() == title and (first.body is body or first.body is None or body is None):
                told.append(at)
                break
        else:
            posts.append([at])
    return posts
