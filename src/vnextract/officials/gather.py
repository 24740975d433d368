"""The stage of officials: the persons of an article who hold or held a post or a rank."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vnextract.article import Published
from vnextract.links.holders import Holder, Linker
from vnextract.officials.defendants import is_trial, with_bare_names
from vnextract.officials.implied import Implied
from vnextract.officials.models import Person
from vnextract.officials.names import FoundName, find_names
from vnextract.officials.patterns import RANK, SITED
from vnextract.officials.people import Gathering
from vnextract.officials.positions import Bodies, FoundPost, PostFinder
from vnextract.organisations.models import Body
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.letters import lowered

NEAR = 400
"""Characters after a name within which a pronoun at the beginning of a sentence means the person."""
SHORT = 1500
"""Characters of an article so short that a title in one sentence and a name in another are one person's."""


def find_people(
    text: Text, bodies: Sequence[Body], published: Published | None, persons: Sequence[Span] = ()
) -> tuple[Person, ...]:
    """The officials named in an article, in order of first mention.

    Args:
        text: The text.
        bodies: The article's organisations: their mentions are no names of persons, and posts are posts there.
        published: The day of publication, against which ends of terms are told.
        persons: What the tagger takes for names of persons.

    >>> found = find_people(Text("Nguyên Phó Thủ tướng Lê Văn An thăm trường. Ông An tặng sách."), (), None)
    >>> [(person.name, len(person.mentions), person.posts[0].title) for person in found]
    [('Lê Văn An', 2, 'Phó Thủ tướng')]
    """
    norm = text.norm
    low = lowered(norm)
    known_bodies = Bodies(bodies)
    found = list(PostFinder(norm, low, known_bodies, published.year if published else None))
    posts = list(Implied(norm, found, known_bodies, bodies).complete(text.sentences))
    if not posts and not RANK.search(low):
        return ()
    titles = [Span(post.start, post.end) for post in posts]
    names = _known(norm, find_names(norm, known_bodies.spans, titles, persons))
    holders, loose = _linked(text, posts, names)
    gathering = Gathering(holders)
    if len(norm) <= SHORT:
        gathering.join(loose)
    people = gathering.officials()
    if is_trial(low):
        with_bare_names(norm, people, known_bodies.spans)
    return tuple(people)


def _known(text: str, names: Sequence[FoundName]) -> list[FoundName]:
    """The names, without what only looks like one next to them.

    A word after a title is a name only as the short form of one (`Trưởng Ban [Quản] lý chợ` is none), and none that the
    article calls a place (`thị trưởng [Seattle]`); a word after a name that the article prints without it elsewhere
    begins the next phrase (`Lê Khắc Tám [Lần] này`).
    """
    ends = {token for name in names if len(name.tokens) > 1 for token in (name.tokens[0], name.tokens[-1])}
    ends |= {name.text for name in names if name.prefixes}
    known = [replace(name, known=True) if name.text in ends else name for name in names]
    doubtful = {name.text for name in known if not (name.known or name.prefixes or " " in name.text)}
    if doubtful:
        sited = {match["place"] for match in SITED.finditer(text)}
        doubtful -= {name.text for name in known if not name.vietnamese and name.text not in sited}
    counts = Counter(name.text for name in names if name.vietnamese and len(name.tokens) > 2)
    return [
        name.without_last() if counts[name.text.rpartition(" ")[0]] > 1 else name
        for name in known
        if name.text not in doubtful or name.prefixes
    ]


def _linked(text: Text, posts: Sequence[FoundPost], names: Sequence[FoundName]) -> tuple[list[Holder], list[FoundPost]]:
    """Every name, with the posts that its sentence gives it, and the posts that no name took."""
    holders: list[Holder] = []
    loose: list[FoundPost] = []
    previous: Holder | None = None
    post, name = 0, 0
    for sentence in text.sentences:
        first_post, first_name = post, name
        while post < len(posts) and posts[post].start < sentence.end:
            post += 1
        while name < len(names) and names[name].start < sentence.end:
            name += 1
        if previous and sentence.start - previous.end > NEAR:
            previous = None
        linker = Linker(text.norm, posts[first_post:post], names[first_name:name], sentence.start, previous)
        linked = linker.link()
        previous = next((holder for holder in reversed(linked) if holder.posts or holder.name.prefixes), previous)
        holders += linked
        loose += linker.loose()
    return holders, loose
