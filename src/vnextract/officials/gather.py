"""The stage of officials: the persons of an article who hold or held a post or a rank."""

from collections import Counter
from collections.abc import Sequence

from vnextract.article import Published
from vnextract.dates.models import DateMention
from vnextract.lexicon.persons import honorifics
from vnextract.links.post_bodies import PostBodies
from vnextract.links.posts import Holders, Judge, learnt
from vnextract.links.signs import Signs
from vnextract.officials.bodies import Bodies
from vnextract.officials.defendants import is_trial, with_bare_names
from vnextract.officials.models import Person
from vnextract.officials.names import FoundName, find_names
from vnextract.officials.patterns import RANK, SITED
from vnextract.officials.people import Gathering
from vnextract.officials.positions import FoundPost, PostFinder
from vnextract.organisations.models import Body
from vnextract.text.alignment import Span
from vnextract.text.document import Text
from vnextract.text.late import late
from vnextract.text.letters import LOWER, lowered

_IN_FIELD = late(rf" [{LOWER}]")
SHORT = 1500
"""Characters of an article so short that a title in one sentence and a name in another are one person's."""


def find_people(
    text: Text,
    bodies: Sequence[Body],
    published: Published | None,
    persons: Sequence[Span] = (),
    dates: Sequence[DateMention] = (),
    judge: Judge | None = None,
) -> tuple[Person, ...]:
    """The officials named in an article, in order of first mention.

    Args:
        text: The text.
        bodies: The article's organisations: their mentions are no names of persons, and posts are posts there.
        published: The day of publication, against which ends of terms are told.
        persons: What the tagger takes for names of persons.
        dates: The temporal expressions, which say when a post was held.
        judge: What decides who bears a post; None for the weights that the package comes with.

    >>> found = find_people(Text("Nguyên Phó Thủ tướng Lê Văn An thăm trường. Ông An tặng sách."), (), None)
    >>> [(person.name, len(person.mentions), person.posts[0].title) for person in found]
    [('Lê Văn An', 2, 'Phó Thủ tướng')]
    """
    norm = text.norm
    low = lowered(norm)
    known_bodies = Bodies(bodies)
    found = list(PostFinder(text.words, low, known_bodies, persons, published.year if published else None))
    judge = judge or learnt()
    signs = Signs(text.words, _marked(bodies, found, persons, dates), "post_cues")
    posts = list(PostBodies(text.words, signs, found, known_bodies).complete(text.sentences, judge))
    if not posts and not RANK.search(low):
        return ()
    titles = [Span(post.start, post.end) for post in posts]
    names = _known(norm, find_names(text.words, known_bodies.spans, titles, persons))
    signs = Signs(text.words, _marked(bodies, posts, names, dates), "post_cues")
    links = Holders(signs, text.sentences, posts, names, judge, dates, published)
    gathering = Gathering(links.link())
    if len(norm) <= SHORT:
        gathering.join(links.loose)
    people = gathering.officials()
    return tuple(with_bare_names(norm, people, known_bodies.spans) if is_trial(low) else people)


def _known(text: str, names: Sequence[FoundName]) -> list[FoundName]:
    """The names, without what only looks like one next to them.

    A word after a title is a name only as the short form of one (`Trưởng Ban [Quản] lý chợ` is none), and none that the
    article calls a place (`thị trưởng [Seattle]`); a word after a name that the article prints without it elsewhere
    begins the next phrase (`Lê Khắc Tám [Lần] này`), and so does one after a degree (`tiến sĩ [Quản] trị kinh doanh`).
    """
    ends = {token for name in names if len(tokens := name.tokens) > 1 for token in (tokens[0], tokens[-1])}
    names = [name for name in names if name.text in ends or not _is_of_degree(text, name)]
    ends |= {name.text for name in names if name.prefixes}
    known = [name._replace(known=True) if name.text in ends else name for name in names]
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


def _is_of_degree(text: str, name: FoundName) -> bool:
    """Whether a word after nothing but a degree begins what the degree is in, in lower case after it."""
    alone = name.vietnamese and name.prefixes and " " not in name.text
    return bool(alone and _IN_FIELD.match(text, name.end)) and not honorifics().intersection(
        map(str.lower, name.prefixes)
    )


def _marked(
    bodies: Sequence[Body], posts: Sequence[FoundPost], names: Sequence[FoundName | Span], dates: Sequence[DateMention]
) -> list[tuple[Span, str]]:
    """What the cues between a name and a post count as one sign."""
    return [
        *((Span(post.start, post.end), "POST") for post in posts),
        *((Span(name.start, name.end), "NAME") for name in names),
        *((Span(mention.start, mention.end), "BODY") for body in bodies for mention in body.mentions),
        *((Span(date.start, date.end), "DATE") for date in dates),
    ]
