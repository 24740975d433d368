"""The body of a post that is printed without one: the bodies that may be meant, and what speaks for each.

`Công ty X lãi lớn. Phó tổng giám đốc A nói vậy`: of the bodies named nearby one is meant, or none.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from vnextract.lexicon.titles import noun_of
from vnextract.links.bearers import brief
from vnextract.links.posts import Judge, in_sentences
from vnextract.links.signs import Signs
from vnextract.officials.bodies import Bodies
from vnextract.officials.names import countries, is_syllable, places
from vnextract.officials.patterns import END, TOKEN, UNIT, UNMARKED, words_of
from vnextract.officials.positions import FoundPost, bears_a_person
from vnextract.organisations.models import Body
from vnextract.records import OrganisationKind
from vnextract.scorer import Option
from vnextract.text.alignment import Span
from vnextract.text.late import late
from vnextract.text.letters import UPPER
from vnextract.text.once import once
from vnextract.text.words import Words

_BEFORE, _AFTER = 8, 3
"""Bodies before and after a post that may be meant."""
_REACH, _AHEAD = 4000, 500
"""Characters before and after a post within which they are named."""
_FELLOWS = 3
"""Posts on each side whose bodies are looked at."""
_NEAR = 80
"""Characters between two posts beyond which the one says little of the other."""
_LONGEST_NAME = 6
"""Words of a run of capitals beside a title that are looked at."""
_DEPUTY = "đại biểu"
"""A post where a body or a person's name follows, elsewhere a guest."""
_NEXT = 2
"""Characters after a title in which a name begins that follows it."""
_FOREIGN = late(rf" (?:(?:của|tại) )?({TOKEN}){END}(?! [{UPPER}])")
"""One capitalised word after a title."""


class _Place(NamedTuple):
    """Where a body is named that may be meant."""

    body: Body
    span: Span
    side: str
    """How it lies to the post: before or after it in the sentence, above in its paragraph, earlier, or elsewhere."""
    rank: int
    """How many other bodies stand nearer, before it and after it counted apart."""


class PostBodies:
    """Gives the posts of a text that are printed without a body the one that is meant."""

    def __init__(self, words: Words, signs: Signs, posts: Sequence[FoundPost], bodies: Bodies) -> None:
        """Take the words of a text, what stands between things, its posts in order, and its bodies."""
        self._words, self._text, self._signs, self._posts, self._bodies = words, words.text, signs, posts, bodies

    def complete(self, sentences: Sequence[Span], judge: Judge) -> Iterator[FoundPost]:
        """The posts, bodies added as the judge decides, without those that are none without a body and have none."""
        last: FoundPost | None = None
        for index, (post, sentence) in enumerate(in_sentences(self._posts, sentences)):
            if post.kind == "counterpart":
                if last and last.kind == "state" and last.start >= sentence.start:
                    yield _counterpart(post, last)
                continue
            last = post
            is_deputy = self._is_deputy(post)
            if post.body is None and post.kind != "village" and self._bodies.all and not self._is_namesake(post):
                options = self.options(index, sentence)
                decision = judge.body(post, self._assemblies(options) if is_deputy else options)
                post = post._replace(body=decision.value, body_chance=round(decision.probability, 3))
            if is_deputy or not needs_body(post) or _can_be_in(post):
                yield post

    def options(self, index: int, sentence: Span) -> list[Option[Body]]:
        """The bodies that the post of an index may be in, none first, each with its cues."""
        post = self._posts[index]
        around = self._around(post, sentence)
        places = list(self._places(index, sentence))
        some = [f"some {cue}" for cue in around]
        options: list[Option[Body]] = [Option(None, [f"none {cue}" for cue in around])]
        fits = [self._fit(post, place.body) for place in places]
        for at, place in enumerate(places):
            nearer = fits[at] in fits[:at]
            cues = [*self._cues(index, place, fits[at]), f"nearer {nearer}, fits {fits[at]}", *some]
            options.append(Option(place.body, cues))
        return options

    def _places(self, index: int, sentence: Span) -> Iterator[_Place]:
        """The bodies named before a post, the nearest first, after it, and those that its like are in elsewhere."""
        post = self._posts[index]
        paragraph = self._text.rfind("\n", max(0, post.start - _REACH), post.start) + 1
        seen: set[int] = set()
        for span, body in self._bodies.mentions.backwards(post.start + 1, _REACH):
            if id(body) not in seen:
                side = "before" if span.start >= sentence.start else "above" if span.start >= paragraph else "earlier"
                yield _Place(body, span, side, len(seen))
                seen.add(id(body))
            if len(seen) == _BEFORE:
                break
        end = min(max(sentence.end, post.end), post.end + _AHEAD)
        # Lazily, so that a body that is named twice is seen the second time.
        after = (named for named in self._bodies.mentions.between(post.end, end) if id(named[1]) not in seen)
        for rank, (span, body) in enumerate(islice(after, _AFTER)):
            yield _Place(body, span, "after", rank)
            seen.add(id(body))
        told = (body for body in self._told.get(post.core, {}) if id(body) not in seen)
        for body in islice(told, _AFTER):
            yield _Place(body, Span(body.mentions[0].start, body.mentions[0].end), "elsewhere", 0)

    @once
    def _told(self) -> Mapping[str, Mapping[Body, set[str]]]:
        """The bodies that the text prints after each title of the table, with the whole titles."""
        told: dict[str, dict[Body, set[str]]] = {}
        for post in self._posts:
            if post.body:
                told.setdefault(post.core, {}).setdefault(post.body, set()).add(post.title.lower())
        return told

    @once
    def _counts(self) -> tuple[Body | None, Mapping[str, Body], Counter[str]]:
        """The body named most; that of each kind; how many bodies of each kind there are."""
        ranked = sorted(self._bodies.all, key=lambda body: len(body.mentions))
        of_kind: dict[str, Body] = {body.kind: body for body in ranked}
        return (ranked[-1] if ranked else None), of_kind, Counter(body.kind for body in self._bodies.all)

    @once
    def _borne(self) -> Mapping[str, set[Body]]:
        """The bodies of the posts that stand beside a name, by its last word."""
        borne: dict[str, set[Body]] = {}
        for post, names in zip(self._posts, self._named, strict=True):
            if body := post.body:
                for name in names:
                    borne.setdefault(name, set()).add(body)
        return borne

    def _around(self, post: FoundPost, sentence: Span) -> list[str]:
        """What stands around a post, whosever it is."""
        before = self._signs.between(max(sentence.start, post.start - 60), post.start)
        after = self._signs.between(post.end, min(post.end + 25, len(self._text)))
        foreign = _FOREIGN.match(self._text, post.end)
        return [
            "",
            f"title {post.title.lower()}",
            f"core {post.core}",
            f"kind {post.kind}",
            f"kind {post.kind}, core {post.core}",
            f"follows {' '.join(after[:1])}",
            f"follows {' '.join(after[:2])}",
            f"core {post.core}, follows {' '.join(after[:1])}",
            f"before {' '.join(before[-1:])}",
            f"before {' '.join(before[-2:])}",
            *(["place"] if post.place else []),
            *(["country"] if post.place in countries() else []),
            *(["unit"] if UNIT.search(post.title.lower()) else []),
            *(["unmarked"] if UNMARKED.match(self._text, post.end) else []),
            *(["foreign"] if foreign and not is_syllable(foreign[1]) else []),
            *([f"noun {post.noun}"] if post.noun else []),
        ]

    def _is_namesake(self, post: FoundPost) -> bool:
        """Whether a leader is named after whom a place is called: `Chủ tịch [Hồ Chí Minh]`."""
        run = self._run(self._words.index(post.end), 1)
        return bears_a_person(run) and " ".join(run) in places()

    def _is_deputy(self, post: FoundPost) -> bool:
        """Whether a `đại biểu` without a body is a deputy, no guest: a person's name follows."""
        if post.core != _DEPUTY or post.body:
            return False
        return self._signs.between(post.end, post.end + _NEXT)[:1] == ("NAME",)

    def _assemblies(self, options: list[Option[Body]]) -> list[Option[Body]]:
        """The assemblies that a deputy may be of: those near, else any of the text; none where it names no assembly."""
        near = [option for option in options if option.value and _is_assembly(option.value)]
        return near or self._named_assemblies or options[:1]

    @once
    def _named_assemblies(self) -> list[Option[Body]]:
        """The first assemblies that the text names."""
        return [Option(body, ["far"]) for body in islice(filter(_is_assembly, self._bodies.all), _BEFORE)]

    def _run(self, at: int, step: int) -> list[str]:
        """The capitalised words from a place on, or up to one, in order of the text."""
        forms, run = self._words.forms, list[str]()
        while 0 <= at < len(forms) and len(run) < _LONGEST_NAME and forms[at][0].isupper():
            run.append(forms[at])
            at += step
        return run[::step]

    @once
    def _named(self) -> list[frozenset[str]]:
        """The last words of the names right before and after each post, what stands between left out."""
        found = []
        for post in self._posts:
            first, last = self._words.index(post.start), self._words.index(post.end)
            after = self._run(last, 1)
            before = self._run(first - 2, -1) if first > 1 and self._words.forms[first - 1] in ",-–(" else []
            found.append(frozenset(run[-1] for run in (before, after) if len(run) > 1))
        return found

    def _fit(self, post: FoundPost, body: Body) -> str:
        """Whether a body is called as the title or the noun after it says, or is of the kind that it means."""
        if noun := post.noun or noun_of(post.core):
            return f"{'noun' if post.noun else 'head'} {body.name.lower().startswith(f'{noun} ')}"
        return "open" if not post.scope else "scope" if body.kind == post.scope else "not scope"

    def _cues(self, index: int, place: _Place, fit: str) -> Iterator[str]:
        post, body, side = self._posts[index], place.body, place.side
        first, _, rest = body.name.lower().partition(" ")
        head, rank = f"{first} {rest.partition(' ')[0]}", min(place.rank, 4)
        most, of_kind, counts = self._counts
        yield side
        yield f"{side} {rank}"
        yield f"{side}, {post.kind}"
        yield f"fits {fit}"
        yield f"fits {fit}, {side}"
        yield f"fits {fit}, {side} {min(rank, 2)}"
        yield f"{post.core} of {first}"
        yield f"{post.core} of {head}"
        yield f"{post.core} of kind {body.kind}"
        yield f"{post.title.lower()} of {first}"
        yield f"{post.kind} of kind {body.kind}"
        yield f"most {most is body}, of kind {of_kind[body.kind] is body}"
        yield f"of kind {of_kind[body.kind] is body}, fits {fit}"
        yield f"only {counts[body.kind] == 1}, fits {fit}"
        if post.noun:
            yield f"noun {post.noun} is {first}"
            yield f"noun {post.noun} of kind {body.kind}"
        told = self._told.get(post.core, {})
        if titles := told.get(body):
            how = "alike" if post.title.lower() in titles else "of deputies"
            yield f"told {how}"
            yield f"told {how}, {post.kind}, only {len(told) == 1}"
        yield from self._between(post, place)
        yield from self._beside(index, body, first, fit)

    def _between(self, post: FoundPost, place: _Place) -> Iterator[str]:
        """What stands between the post and a body of its sentence, and before the body."""
        side, span = place.side, place.span
        before = self._signs.between(max(0, span.start - 30), span.start)
        yield f"{side}, preceded by {' '.join(before[-1:])}"
        if side not in ("before", "after"):
            return
        first, last = (span.end, post.start) if side == "before" else (post.end, span.start)
        gap = self._signs.between(first, last)
        yield f"{side} is {brief(gap)}"
        yield f"{side} begins {' '.join(gap[:1])}"
        yield f"{side} ends {' '.join(gap[-2:])}"
        yield from (f"{side} has {sign}" for sign in sorted(set(gap)))

    def _beside(self, index: int, body: Body, first_word: str, fit: str) -> Iterator[str]:
        """How the posts near this one lie to it that are in the body: `Chủ tịch kiêm Tổng Giám đốc [Công ty X]`."""
        post = self._posts[index]
        if any(body in self._borne.get(name, ()) for name in self._named[index]):
            yield "one name"
        for at in range(max(0, index - _FELLOWS), min(len(self._posts), index + _FELLOWS + 1)):
            other = self._posts[at]
            if at == index or other.body is not body:
                continue
            side = "left" if at < index else "right"
            alike = "alike" if other.title.lower() == post.title.lower() else str(other.core == post.core)
            first, last = (other.end, post.start) if at < index else (post.end, other.start)
            yield f"{side} fellow, alike {alike}"
            if last - first < _NEAR:
                gap = brief(self._signs.between(first, last)) if last > first else ""
                yield f"{side} fellow {gap}"
                yield f"{side} fellow {gap}, alike {alike}"
                yield f"{side} fellow {gap}, fits {fit}"
                yield f"{post.core} by {other.core}"
                yield f"{side} fellow {gap}, {post.core} of {first_word}"


def _counterpart(post: FoundPost, named: FoundPost) -> FoundPost:
    """The post named before, in another state: `Ngoại trưởng Pháp A và [người đồng cấp] Đức B`."""
    return post._replace(title=named.title, core=named.core, kind=named.kind, scope=named.scope)


def needs_body(post: FoundPost) -> bool:
    """Whether a post is none without a body: `thành viên`, a match's `đội trưởng`, a visit's `trưởng đoàn`."""
    return post.kind == "role" or post.core == _DEPUTY or noun_of(post.core) in ("đoàn", "đội", "tổ", "nhóm")


def _can_be_in(post: FoundPost) -> bool:
    """Whether a post has a body that it can be in: a `đại biểu` is one of an assembly."""
    return post.body is not None and (post.core != _DEPUTY or _is_assembly(post.body))


def _is_assembly(body: Body) -> bool:
    """Whether deputies sit in a body: not in its committees, nor in a delegation."""
    return body.kind == OrganisationKind.LEGISLATURE and body.name.lower().startswith(_assembly_heads())


@cache
def _assembly_heads() -> tuple[str, ...]:
    return tuple(sorted(words_of("assembly")))
