"""Who bears which post: for every post the persons who may, the cues between them, one learnt choice."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from vnextract.article import Published
from vnextract.dates.models import DateMention
from vnextract.links.bearers import BESIDE, REACH, Bearers, Candidates, Given, Holder
from vnextract.links.model import posts_in_use
from vnextract.links.signs import Signs
from vnextract.links.tenure import Tenure, posts_of
from vnextract.officials.names import FoundName
from vnextract.officials.positions import FoundPost
from vnextract.organisations.models import Body
from vnextract.records import PositionStatus
from vnextract.scorer import Chain, Decision, Option, Scorer
from vnextract.text.alignment import Span

HOLDERS, STATUS, BODY = "post_holder", "post_status", "post_body"
"""The kinds of links whose weights decide here."""
NOBODY = "none "
"""The cue that nobody bears a post, or that it is in no body, whatever stands around it."""
STATUSES = (PositionStatus.CURRENT, PositionStatus.FORMER, PositionStatus.ACTING)


class Judge(Protocol):
    """What decides."""

    def body(self, post: FoundPost, options: Sequence[Option[Body]]) -> Decision[Body]:
        """Which body a post is in; the first option is none."""
        ...

    def holders(self, post: FoundPost, options: Sequence[Option[Bearers]]) -> Decision[Bearers]:
        """Who bears a post; the first option is nobody."""
        ...

    def status(self, told: Sequence[Given], options: Sequence[Option[PositionStatus]]) -> PositionStatus:
        """The status of a post, from all that is told of it."""
        ...


@dataclass(frozen=True, slots=True)
class Learnt:
    """Decides by weights learnt from gold."""

    of_bodies: Scorer
    of_holders: Scorer
    of_statuses: Scorer

    @classmethod
    def of(cls, scorers: Mapping[str, Scorer]) -> "Learnt":
        """The judge that these scorers make."""
        return cls(scorers[BODY], scorers[HOLDERS], scorers[STATUS])

    def body(self, post: FoundPost, options: Sequence[Option[Body]]) -> Decision[Body]:
        """The likeliest body."""
        return self.of_bodies.decide(Chain.alone(options))[0]

    def holders(self, post: FoundPost, options: Sequence[Option[Bearers]]) -> Decision[Bearers]:
        """The likeliest holders."""
        return self.of_holders.decide(Chain.alone(options))[0]

    def status(self, told: Sequence[Given], options: Sequence[Option[PositionStatus]]) -> PositionStatus:
        """The likeliest status."""
        return self.of_statuses.decide(Chain.alone(options))[0].value or PositionStatus.CURRENT


def learnt() -> Learnt:
    """The judge of the model in use."""
    return Learnt.of(posts_in_use())


def in_sentences(posts: Iterable[FoundPost], sentences: Sequence[Span]) -> Iterator[tuple[FoundPost, Span]]:
    """The posts of a text, in its order, each with its sentence."""
    number = 0
    for post in posts:
        while number + 1 < len(sentences) and sentences[number].end <= post.start:
            number += 1
        yield post, sentences[number] if sentences else Span(0, 0)


class Holders:
    """Gives the posts of a text to its names, sentence after sentence."""

    def __init__(
        self,
        signs: Signs,
        sentences: Sequence[Span],
        posts: Iterable[FoundPost],
        names: Iterable[FoundName],
        judge: Judge,
        dates: Sequence[DateMention] = (),
        published: Published | None = None,
    ) -> None:
        """Take what was found in a text, in its order, who decides, the dates, and the day of publication."""
        self._signs, self._sentences, self._judge = signs, sentences, judge
        self._posts = [post for post in posts if post.held]
        self._holders = [Holder(name) for name in names]
        self._starts = [holder.start for holder in self._holders]
        self._candidates = Candidates(signs, self._posts, self._holders)
        self._tenure = Tenure(signs, dates, published)
        self._given: list[Given] = []
        self.loose: list[FoundPost] = []
        """Posts that nobody got, with no name after them in their sentence."""

    def link(self) -> list[Holder]:
        """The names with their posts."""
        for post, sentence in in_sentences(self._posts, self._sentences):
            last = self._given[-1] if self._given else None
            decision = self._judge.holders(post, list(self._candidates.of(post, sentence, last)))
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
            if holder not in chosen and self._candidates.is_replaced(holder, sentence):
                holder.posts.append(replace(post.post(status=PositionStatus.FORMER), rule="post.holder.replaced"))
                return

    def _settle(self) -> None:
        """Tell which posts are held now, from all that the text says of each, person by person."""
        lives: dict[str, list[Given]] = {}
        for given in self._given:
            lives.setdefault(given.holder.name.tokens[-1], []).append(given)
        for life in lives.values():
            known: dict[int, PositionStatus] = {}
            for told in posts_of(life):
                cues = [cue for at in told for cue in self._tenure.cues(life, at, known)]
                options = [Option(status, [f"{status} {cue}" for cue in cues]) for status in STATUSES]
                status = self._judge.status([life[at] for at in told], options)
                known.update(dict.fromkeys(told, status))
                for given in (life[at] for at in told):
                    self._state(given, status)

    def _state(self, given: Given, status: PositionStatus) -> None:
        """Write a post with its status and term where it was given; one whose term has ended is over."""
        term = self._tenure.term(given, status)
        if term.until and status is PositionStatus.CURRENT:
            status = PositionStatus.FORMER
        given.holder.posts[given.number] = replace(
            given.post.post(status=status),
            since=term.since,
            until=term.until,
            confidence=round(given.decision.probability, 3),
            rule=_rule(given.decision.option),
        )

    def _is_named_after(self, post: FoundPost, sentence: Span) -> bool:
        at = bisect_left(self._starts, post.start)
        return at < len(self._starts) and self._starts[at] < sentence.end


def _rule(option: Option[Bearers]) -> str:
    """Where the holders stand, as a name of what found them."""
    return f"post.holder.{option.cues[0].split()[0]}"
