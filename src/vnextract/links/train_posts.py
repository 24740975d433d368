"""Examples for the weights of posts: gold articles, and the constructions of the lexicon."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from vnextract.article import Article
from vnextract.evaluate import plain
from vnextract.findings import Findings, with_dates
from vnextract.fitting import Example
from vnextract.gold import GoldArticle, to_norm
from vnextract.lexicon.tables import table
from vnextract.links.bearers import Bearers, Given, Holder
from vnextract.links.post_bodies import needs_body
from vnextract.links.posts import STATUSES
from vnextract.officials.gather import find_people
from vnextract.officials.names import FoundName
from vnextract.officials.positions import FoundPost
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.records import FoundBy, Level, OrganisationKind, PositionStatus
from vnextract.scorer import Decision, Option
from vnextract.text.alignment import Span

CONSTRUCTIONS_COUNT = 20
"""How many articles' weight a construction has."""
_MARKED = re.compile(r"<([^<>]*)>")
_KINDS = {
    "Công ty": OrganisationKind.COMPANY,
    "Tập đoàn": OrganisationKind.COMPANY,
    "Ngân hàng": OrganisationKind.COMPANY,
    "HTX": OrganisationKind.COMPANY,
    "Trường": OrganisationKind.EDUCATION,
    "HĐND": OrganisationKind.LEGISLATURE,
    "Quốc hội": OrganisationKind.LEGISLATURE,
    "Hội": OrganisationKind.ASSOCIATION,
    "Đảng ủy": OrganisationKind.PARTY,
}


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post as gold has it, comparable."""

    title: str
    body: str | None
    status: PositionStatus


def constructions() -> Iterator[tuple[Findings, Mapping[str, Sequence[KnownPost]]]]:
    """The constructions of the lexicon: a text with its bodies, and the posts of each person in it."""
    for row in table("post_constructions"):
        yield marked(row["text"].replace("⏎", "\n")), dict(map(_person, filter(str.strip, row["people"].split(" ; "))))


def marked(text: str) -> Findings:
    """A text whose bodies stand in angle brackets; a body's name is what stands there.

    >>> known = marked("Ông Cao Bá Hưng, Giám đốc <Sở Nội vụ>.")
    >>> known.text.norm, [body.name for body in known.bodies]
    ('Ông Cao Bá Hưng, Giám đốc Sở Nội vụ.', ['Sở Nội vụ'])
    """
    printed, at = "", 0
    bodies: dict[str, Body] = {}
    for match in _MARKED.finditer(text):
        printed += text[at : match.start()]
        name = match[1]
        kind = next((kind for head, kind in _KINDS.items() if name.startswith(head)), OrganisationKind.GOVERNMENT)
        body = bodies.setdefault(name, Body(name, kind, Level.NONE))
        body.mentions.append(OrganisationMention(len(printed), len(printed) + len(name), FoundBy.GRAMMAR))
        printed, at = printed + name, match.end()
    return replace(with_dates(Findings.of(Article(printed + text[at:]))), bodies=tuple(bodies.values()))


def printed(text: str, names: Iterable[str]) -> list[Span]:
    """Where full names stand in a text.

    >>> printed("Ông Cao Bá Hưng thay ông Tạ Quang Định.", ["Tạ Quang Định", "Cao Bá Hưng"])
    [Span(start=4, end=15), Span(start=25, end=38)]
    """
    return sorted(Span(*match.span()) for name in names for match in re.finditer(re.escape(name), text))


def _person(written: str) -> tuple[str, list[KnownPost]]:
    """`NAME = TITLE @ BODY (STATUS) + ...`."""
    name, _, posts = written.partition("=")
    found = []
    for post in filter(None, map(str.strip, posts.split(" + "))):
        bare, _, status = post.removesuffix(")").partition(" (")
        title, _, body = bare.partition(" @ ")
        found.append(KnownPost(_spelt(title), plain(body or None), PositionStatus(status or "current")))
    return name.strip(), found


def _spelt(text: str) -> str:
    return plain(text) or ""


class Teacher:
    """A judge that knows the answers, and writes down the questions."""

    def __init__(self, persons: Mapping[Span, Sequence[KnownPost]], names: Mapping[str, Sequence[KnownPost]]) -> None:
        """Take the posts of those named in certain places, and of those of certain names."""
        self._persons, self._names = persons, names
        self.statuses: list[Example] = []
        self._asked: list[tuple[Sequence[Option[Bearers]], set[int], list[KnownPost]]] = []
        self._bodiless: dict[int, tuple[FoundPost, Sequence[Option[Body]]]] = {}
        """What was asked about the body of a post, by where the post begins."""
        self._known_at: dict[int, list[KnownPost]] = {}
        """What its right holders bear under its title, by where a post begins."""

    def _posts(self, name: FoundName) -> Sequence[KnownPost]:
        known = self._persons.get(Span(name.name_start, name.end))
        if known is not None:
            return known
        ends = (posts for full, posts in self._names.items() if f" {full}".endswith(f" {name.text}"))
        return next(ends, ())

    def _meant(self, post: FoundPost, holder: Holder) -> list[KnownPost]:
        """The posts of a person that a title and a body can mean, the closest."""
        title, core = _spelt(post.title), _spelt(post.core)
        body = plain(post.body.name) if post.body else None
        close: list[tuple[int, KnownPost]] = []
        for known in self._posts(holder.name):
            alike = title == known.title or (
                (core in known.title or known.title in title) and (None in (body, known.body) or body == known.body)
            )
            if alike and _can_be_one(body, known.body):
                close.append((4 * (title == known.title) + 2 * (body == known.body), known))
        best = max((score for score, _ in close), default=0)
        return [known for score, known in close if score == best]

    def body(self, post: FoundPost, options: Sequence[Option[Body]]) -> Decision[Body]:
        """The first body in which gold has anybody in the post, for who bears it is asked later."""
        self._bodiless[post.start] = post, options
        title = _spelt(post.title)
        everybody = chain(self._persons.values(), self._names.values())
        known = {post.body for posts in everybody for post in posts if post.title == title}
        bodies = (option for option in options if option.value and plain(option.value.name) in known)
        return Decision(next(bodies, options[0]), 1.0)

    def holders(self, post: FoundPost, options: Sequence[Option[Bearers]]) -> Decision[Bearers]:
        """The right holders, all of them where several are."""
        right = {
            at
            for at, option in enumerate(options)
            if option.value and all(self._meant(post, holder) for holder in option.value)
        }
        values = {at: set(options[at].value or ()) for at in right}
        right = {at for at in right if not any(values[at] < values[other] for other in right)}
        meant = [known for at in right for holder in options[at].value or () for known in self._meant(post, holder)]
        self._asked.append((options, right or {0}, meant))
        self._known_at[post.start] = [known for known in meant if known.title == _spelt(post.title)]
        return Decision(options[min(right, default=0)], 1.0)

    def status(self, told: Sequence[Given], options: Sequence[Option[PositionStatus]]) -> PositionStatus:
        """The right status, as stated where gold does not know the post."""
        right = {known.status for known in self._meant(told[0].post, told[0].holder)}
        if right:
            self.statuses.append(Example.alone(options, [float(status in right) for status in STATUSES]))
        return next((status for status in STATUSES if status in right), told[0].post.status)

    def bodies(self) -> Iterator[Example]:
        """The questions about bodies, where the right one is among those that were found.

        What is no post without a body, and nobody's in gold, is in none.
        """
        for start, (post, options) in self._bodiless.items():
            known = {one.body for one in self._known_at.get(start, ())}
            if not known and needs_body(post):
                known = {None}
            right = [float((plain(option.value.name) if option.value else None) in known) for option in options]
            if any(right):
                yield Example.alone(options, right)

    def holdings(self) -> Iterator[Example]:
        """The questions about holders; of a post told twice, nobody is right too where its holder is far."""
        near = Counter(
            known for options, right, meant in self._asked if not _all_earlier(options, right) for known in set(meant)
        )
        for options, right, meant in self._asked:
            if meant and _all_earlier(options, right) and all(near[known] for known in meant):
                right = right | {0}
            yield Example.alone(options, [float(at in right) for at in range(len(options))])


def _can_be_one(body: str | None, other: str | None) -> bool:
    return body is None or other is None or body.startswith(other) or other.startswith(body)


def _all_earlier(options: Sequence[Option[Bearers]], right: Iterable[int]) -> bool:
    return all(options[at].cues[0].startswith("earlier") for at in right)


def teacher_of(gold: GoldArticle, known: Findings) -> Teacher:
    """What knows the answers of a gold article."""
    persons: dict[Span, list[KnownPost]] = {}
    for person in gold.officials:
        posts = [
            KnownPost(_spelt(post.title), plain(post.organisation), PositionStatus(post.status))
            for post in person.positions
        ]
        for span in person.mentions:
            persons[to_norm(known.text.alignment, span)] = posts
    return Teacher(persons, {})


def teach(known: Findings, teacher: Teacher, persons: Sequence[Span] = ()) -> None:
    """Put all questions of an article to a teacher; `persons` are the names of persons where no tagger read it."""
    persons = known.names.persons if known.names else persons
    find_people(known.text, known.bodies, known.published, persons, known.dates, teacher)


class ReadArticle(Protocol):
    """An annotated article, and what the stages before the posts make of it."""

    @property
    def gold(self) -> GoldArticle:
        """The article with its annotation."""
        ...

    @property
    def known(self) -> Findings:
        """What was found in it."""
        ...


def with_gold_bodies(article: ReadArticle) -> Findings:
    """What is known of an article, but with the bodies that gold has."""
    known, bodies = article.known, dict[str, Body]()
    found = {body.name: body for body in known.bodies}
    for named in article.gold.organisations:
        like = found.get(named.name)
        body = bodies.setdefault(
            named.name,
            Body(named.name, OrganisationKind(named.kind), like.level if like else Level.NONE),
        )
        span = to_norm(known.text.alignment, named.span)
        body.mentions.append(OrganisationMention(span.start, span.end, FoundBy.GRAMMAR))
    return replace(known, bodies=tuple(bodies.values()))


def teachers(articles: Iterable[tuple[GoldArticle, Findings]]) -> Iterator[Teacher]:
    """All teachers, their questions written down: of the articles, and of the constructions as often as they count.

    Half of the time the tagger saw the persons of a construction, half of the time it did not.
    """
    for gold, known in articles:
        teacher = teacher_of(gold, known)
        teach(known, teacher)
        yield teacher
    for known, names in constructions():
        for tagged in ((), printed(known.text.norm, names)):
            teacher = Teacher({}, names)
            teach(known, teacher, tagged)
            yield from [teacher] * (CONSTRUCTIONS_COUNT // 2)
