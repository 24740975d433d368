"""Who bears which post: for every post the persons who may, the cues between them, one learnt choice."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import NamedTuple, Protocol

from vnextract.article import Published
from vnextract.dates.models import DateMention
from vnextract.links.model import links_in_use
from vnextract.links.scorer import Chain, Decision, Option, Scorer
from vnextract.links.signs import Signs
from vnextract.links.terms import Term, term_of
from vnextract.officials.models import Post
from vnextract.officials.names import FoundName
from vnextract.officials.positions import FoundPost
from vnextract.records import PositionStatus
from vnextract.text.alignment import Span
from vnextract.text.spans import Spans

REACH = 300
"""Characters between a name and a post in one sentence beyond which they do not belong together."""
MEMORY = 1200
"""Characters before a sentence within which a person named there may be its subject."""
BESIDE = 3
"""Names on each side of a post that are looked at."""
LONGEST_LIST = 80
"""Names in one enumeration."""
HOLDERS, STATUS = "post_holder", "post_status"
"""The kinds of links whose weights decide here."""
NOBODY = "none "
"""The cue that nobody bears a post, whatever stands around it."""
STATUSES = (PositionStatus.CURRENT, PositionStatus.FORMER, PositionStatus.ACTING)

_NEAR_DATE = 25
"""Characters after a post within which a date may be its own."""
_ENUMERATED = {(",",), ("and",), (",", "and"), (";",), (";", "and"), ("and", "many"), (",", "many")}
"""What stands between two names of an enumeration."""
_MOVES = frozenset(("appoint", "hold", "be", "elected"))
"""What stands between the post that a person has and the one that the person is given."""
_ANNOUNCING = {(",", "many", ":"), ("many", ":")}
"""What stands between a post and those who are listed as its holders, beside a colon alone."""
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


class Judge(Protocol):
    """What decides."""

    def holders(self, post: FoundPost, options: Sequence[Option[Bearers]]) -> Decision[Bearers]:
        """Who bears a post; the first option is nobody."""
        ...

    def status(self, told: Sequence[Given], options: Sequence[Option[PositionStatus]]) -> PositionStatus:
        """The status of a post, from all that is told of it."""
        ...


@dataclass(frozen=True, slots=True)
class Learnt:
    """Decides by weights learnt from gold."""

    of_holders: Scorer
    of_statuses: Scorer

    def holders(self, post: FoundPost, options: Sequence[Option[Bearers]]) -> Decision[Bearers]:
        """The likeliest holders."""
        return self.of_holders.decide(Chain([options], [""]))[0]

    def status(self, told: Sequence[Given], options: Sequence[Option[PositionStatus]]) -> PositionStatus:
        """The likeliest status."""
        return self.of_statuses.decide(Chain([options], [""]))[0].value or PositionStatus.CURRENT


def learnt() -> Learnt:
    """The judge of the model in use."""
    scorers = links_in_use()
    return Learnt(scorers[HOLDERS], scorers[STATUS])


class Holders:
    """Gives the posts of a text to its names, sentence after sentence."""

    def __init__(
        self,
        signs: Signs,
        sentences: Sequence[Span],
        posts: Iterable[FoundPost],
        names: Iterable[FoundName],
        dates: Sequence[DateMention] = (),
        published: Published | None = None,
        judge: Judge | None = None,
    ) -> None:
        """Take what was found in a text, in its order, the day of publication, and who decides."""
        self._signs, self._sentences, self._judge = signs, sentences, judge or learnt()
        self._dates = Spans(dates)
        self._published = published.first_day if published else None
        days = [date.last_day for date in dates if date.last_day]
        self._today = self._published or max(days, default=None)
        self._posts = [post for post in posts if post.held]
        self._holders = [Holder(name) for name in names]
        self._starts = [holder.start for holder in self._holders]
        self._given: list[Given] = []
        self.loose: list[FoundPost] = []
        """Posts that nobody got, with no name after them in their sentence."""

    def link(self) -> list[Holder]:
        """The names with their posts."""
        number = 0
        for post in self._posts:
            while number + 1 < len(self._sentences) and self._sentences[number].end <= post.start:
                number += 1
            sentence = self._sentences[number] if self._sentences else Span(0, 0)
            decision = self._judge.holders(post, list(self._options(post, sentence)))
            chosen = decision.value or ()
            for holder in chosen:
                self._give(post, holder, sentence, decision)
            if chosen:
                self._replace(post, chosen, sentence)
            if not chosen and not (post.plural or post.apart or self._is_named_after(post, sentence)):
                self.loose.append(post)
        self._settle()
        return self._holders

    def _give(self, post: FoundPost, holder: Holder, sentence: Span, decision: Decision[Bearers]) -> None:
        gap = self._signs.between(post.end, holder.start) if holder.start >= post.end else None
        holder.titled |= gap in ((), ("A",), ("unit", "A"))
        holder.posts.append(post.post())
        self._given.append(Given(post, holder, sentence, len(holder.posts) - 1, decision))

    def _replace(self, post: FoundPost, chosen: Sequence[Holder], sentence: Span) -> None:
        """Give a post, as one held before, to whom the text says that its holder replaces."""
        first = bisect_left(self._starts, max(sentence.start, min(post.start, chosen[0].start)))
        for holder in self._holders[first : first + BESIDE]:
            if holder.start >= sentence.end or holder.start > max(post.end, chosen[-1].end) + REACH:
                return
            if "POST" in self._signs.between(post.end, holder.start):
                return
            if holder not in chosen and self._is_replaced(holder, sentence):
                holder.posts.append(replace(post.post(status=PositionStatus.FORMER), rule="post.holder.replaced"))
                return

    def _is_replaced(self, holder: Holder, sentence: Span) -> bool:
        before = self._signs.between(max(sentence.start, holder.start - 40), holder.start)
        return before[-1:] == ("replace",) or before[-2:] == ("replace", "for")

    def _settle(self) -> None:
        """Tell which posts are held now, from all that the text says of each, person by person."""
        lives: dict[str, list[Given]] = {}
        for given in self._given:
            lives.setdefault(given.holder.name.tokens[-1], []).append(given)
        for life in lives.values():
            known: dict[int, PositionStatus] = {}
            for told in _posts_of(life):
                cues = [cue for at in told for cue in self._timing(life, at, known)]
                options = [Option(status, [f"{status} {cue}" for cue in cues]) for status in STATUSES]
                status = self._judge.status([life[at] for at in told], options)
                known.update(dict.fromkeys(told, status))
                for given in (life[at] for at in told):
                    self._state(given, status)

    def _state(self, given: Given, status: PositionStatus) -> None:
        """Write a post with its status and term where it was given; one whose term has ended is over."""
        term = self._term(given, status)
        if term.until and status is PositionStatus.CURRENT:
            status = PositionStatus.FORMER
        given.holder.posts[given.number] = replace(
            given.post.post(status=status),
            since=term.since,
            until=term.until,
            confidence=round(given.decision.probability, 3),
            rule=_rule(given.decision.option),
        )

    def _term(self, given: Given, status: PositionStatus) -> Term:
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

    def _timing(self, life: Sequence[Given], at: int, known: Mapping[int, PositionStatus]) -> Iterator[str]:
        """What the text says of when a post is held, where it tells it once."""
        yield from self._told(life[at])
        before = (life[at - 1].post, known.get(at - 1, life[at - 1].post.status)) if at else None
        yield from self._course(life[at].post, before, life[at + 1].post if at + 1 < len(life) else None)

    def _course(
        self, post: FoundPost, before: tuple[FoundPost, PositionStatus] | None, after: FoundPost | None
    ) -> Iterator[str]:
        """What the posts told before and after one of the same person say of it."""
        if before and before[0].end <= post.start < before[0].end + REACH:
            yield f"follows {before[1]} {_brief(self._signs.between(before[0].end, post.start))}"
            yield f"follows {before[1]}"
            yield f"follows {before[1]} as {post.status}"
        if after and post.end <= after.start < post.end + REACH:
            signs = self._signs.between(post.end, after.start)
            yield f"followed by {_brief(signs)}"
            yield f"followed by {after.status}"
            yield from (f"until next {sign}" for sign in sorted(set(signs)))
            if _MOVES.intersection(signs):
                yield from (f"moves from {post.core}", f"moves to {after.core}", f"moves {post.core} to {after.core}")
        else:
            yield "last"

    def _is_named_after(self, post: FoundPost, sentence: Span) -> bool:
        at = bisect_left(self._starts, post.start)
        return at < len(self._starts) and self._starts[at] < sentence.end

    def _options(self, post: FoundPost, sentence: Span) -> Iterator[Option[Bearers]]:
        """Those who may bear a post, nobody first."""
        at, first = bisect_left(self._starts, post.start), bisect_left(self._starts, sentence.start)
        left = [holder for holder in self._holders[max(first, at - BESIDE) : at] if post.start - holder.end < REACH]
        right = [
            holder
            for holder in self._holders[at : at + BESIDE]
            if holder.start < sentence.end and post.end <= holder.start < post.end + REACH
        ]
        left = [holder for holder in left if not self._is_replaced(holder, sentence)]
        around = self._around(post, sentence, left, right)
        yield Option(None, [f"none {cue}" for cue in around])
        for number, holder in enumerate(reversed(left)):
            cues = [*self._before(post, holder, number), *(f"left {cue}" for cue in around)]
            yield Option((holder,), cues)
            listed = [] if number or holder is not self._holders[at - 1] else self._listed_before(at - 1, first)
            if listed:
                yield Option((*listed, holder), [*cues, *self._together("left", post, holder, len(listed))])
        for number, holder in enumerate(right):
            cues = [*self._after(post, holder, number), *(f"right {cue}" for cue in around)]
            yield Option((holder,), cues)
            listed = [] if number else self._listed_after(at, sentence)
            if listed:
                yield Option((holder, *listed), [*cues, *self._together("right", post, holder, len(listed))])
        announced = self._announced(post, at, sentence)
        if announced:
            yield Option(announced, [*self._after(post, announced[0], 0), *(f"announced {cue}" for cue in around)])
        named = {holder.name.tokens[-1] for holder in (*left, *right)}
        for number, holder in enumerate(self._remembered(first, sentence, named)):
            cues = [*self._earlier(post, holder, number, sentence), *(f"earlier {cue}" for cue in around)]
            yield Option((holder,), cues)

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
        later = self._posts[bisect_left(self._posts, post.end, key=lambda one: one.start) :]
        heads = takewhile(lambda one: one.start < sentence.end, later)
        last = next((head.start for head in heads if self._announces(head, sentence)), sentence.end)
        named = self._holders[at : min(bisect_left(self._starts, last), at + LONGEST_LIST)]
        listed = 1 + len(self._listed_after(at, sentence)) if named else 0
        return tuple(named) if len(named) > listed else ()

    def _announces(self, post: FoundPost, sentence: Span) -> bool:
        """Whether a post heads a list of persons: `3 Phó Cục trưởng, gồm: `."""
        if not post.plural:
            return False
        return self._signs.between(post.end, min(post.end + 14, sentence.end))[:3] in _ANNOUNCING or (
            self._signs.between(post.end, min(post.end + 3, sentence.end))[:1] == (":",)
        )

    def _enumerates(self, at: int) -> bool:
        """Whether the next name goes on with an enumeration."""
        before, after = self._holders[at], self._holders[at + 1]
        return after.start - before.end < 20 and self._signs.between(before.end, after.start) in _ENUMERATED

    def _together(self, side: str, post: FoundPost, holder: Holder, others: int) -> Iterator[str]:
        """What speaks for everybody in an enumeration, not only the nearest."""
        gap = (
            self._signs.between(holder.end, post.start)
            if side == "left"
            else self._signs.between(post.end, holder.start)
        )
        yield f"{side} all"
        yield f"{side} all {min(others, 3)}"
        yield f"{side} all after {_brief(gap)}"
        yield f"{side} all plural {post.plural}"
        yield f"{side} all addressed {bool(holder.name.prefixes)}"
        yield from (f"{side} all has {sign}" for sign in sorted(set(gap)))

    def _around(self, post: FoundPost, sentence: Span, left: Sequence[Holder], right: Sequence[Holder]) -> list[str]:
        """What stands around a post, whoever bears it."""
        before = self._signs.between(max(sentence.start, post.start - 60), post.start)
        after = self._signs.between(post.end, min(sentence.end, post.end + 60))
        lies = self._lies(post, left, right)
        to_left = _brief(self._signs.between(left[-1].end, post.start)) if left else "nobody"
        to_right = _brief(self._signs.between(post.end, right[0].start)) if right else "nobody"
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
        yield f"{side} is {_brief(gap)}, addressed {bool(name.prefixes)}"
        yield f"{side} is {_brief(gap)}, has a post {bool(holder.posts)}"
        yield f"{side} words {min(len(name.tokens), 3)}"
        yield f"{side} addressed {bool(name.prefixes)}"
        yield f"{side} tagged {name.tagged}"
        yield f"{side} known {name.known or name.vietnamese or name.tagged or bool(name.prefixes)}"
        yield f"{side} has a post {bool(holder.posts)}"
        yield f"{side} titled {holder.titled}"

    def _chained(self, post: FoundPost, holder: Holder) -> Iterator[str]:
        """Whether the post before was the same person's, and what stands between the two."""
        last = self._given[-1] if self._given else None
        if last and last.post.end <= post.start < last.post.end + REACH:
            same = "same" if last.holder.name.tokens[-1] == holder.name.tokens[-1] else "other"
            yield f"{same} after {_brief(self._signs.between(last.post.end, post.start))}"
            yield same

    def _before(self, post: FoundPost, holder: Holder, number: int) -> Iterator[str]:
        gap = self._signs.between(holder.end, post.start)
        yield from self._between("left", gap, number)
        yield from self._who("left", holder, gap)
        yield from self._chained(post, holder)
        follows = self._signs.between(post.end, post.end + 25)
        yield f"left {self._lie(holder.end, post.start)}, followed by {' '.join(follows[:1])}"

    def _after(self, post: FoundPost, holder: Holder, number: int) -> Iterator[str]:
        gap = self._signs.between(post.end, holder.start)
        yield from self._between("right", gap, number)
        yield from self._who("right", holder, gap)
        follows = self._signs.between(holder.end, holder.end + 25)
        yield f"right is {_brief(gap)}, addressed {bool(holder.name.prefixes)}, followed by {' '.join(follows[:1])}"
        yield f"right followed by {' '.join(follows[:2])}"
        yield f"right {self._lie(post.end, holder.start)}, followed by {' '.join(follows[:1])}"

    def _earlier(self, post: FoundPost, holder: Holder, number: int, sentence: Span) -> Iterator[str]:
        gap = self._signs.between(sentence.start, post.start)
        yield from self._between("earlier", gap, number)
        yield from self._who("earlier", holder, gap)
        yield from self._chained(post, holder)

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
        yield from self._dated(post, sentence, side)

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


def _rule(option: Option[Bearers]) -> str:
    """Where the holders stand, as a name of what found them."""
    return f"post.holder.{option.cues[0].split()[0]}"


def _brief(gap: tuple[str, ...]) -> str:
    """A gap in few signs, so that rare ones are alike."""
    return " ".join(gap) if len(gap) < 4 else f"{' '.join(gap[:1])} … {' '.join(gap[-1:])}"


def _posts_of(life: Sequence[Given]) -> list[list[int]]:
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
