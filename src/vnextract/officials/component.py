"""The stage: fills `document.people`, the officials named in the article."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vnextract.document import Document
from vnextract.officials.defendants import is_trial, with_bare_names
from vnextract.officials.implied import Implied
from vnextract.officials.links import Holder, Linker
from vnextract.officials.names import TITLE_MARK, FoundName, find_names
from vnextract.officials.patterns import RANK, SITED
from vnextract.officials.people import Gathering
from vnextract.officials.positions import Bodies, FoundPost, PostFinder, lowered
from vnextract.text.alignment import Span

BODY_MARK = "="
NEAR = 400
"""Characters after a name within which a pronoun at the beginning of a sentence means the person."""
SHORT = 1500
"""Characters of an article so short that a title in one sentence and a name in another are one person's."""


def find_people(document: Document) -> None:
    """Fill `document.people`, in order of first mention, from the text and `document.bodies`.

    >>> from vnextract.article import Article
    >>> document = Document.of(Article("Nguyên Phó Thủ tướng Lê Văn An thăm trường. Ông An tặng sách."))
    >>> find_people(document)
    >>> [(person.name, len(person.mentions), person.posts[0].title) for person in document.people]
    [('Lê Văn An', 2, 'Phó Thủ tướng')]
    """
    text = document.text.norm
    low = lowered(text)
    bodies = Bodies(document.bodies)
    year = document.published.year if document.published else None
    found = list(PostFinder(text, low, bodies, year))
    posts = list(Implied(text, found, bodies, document.bodies).complete(document.text.sentences))
    if not posts and not RANK.search(low):
        return
    names = _known(text, list(find_names(_without(text, bodies.spans, posts))))
    holders, loose = _linked(document, posts, names)
    gathering = Gathering(holders)
    if len(text) <= SHORT:
        gathering.join(loose)
    document.people = gathering.officials()
    if is_trial(low):
        with_bare_names(text, document.people, bodies.spans)


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


def _without(text: str, bodies: Sequence[Span], posts: Sequence[FoundPost]) -> str:
    """The text with bodies and titles blotted out, so that no name can run into them."""
    pieces: list[str] = []
    at = 0
    marked = [(*span, BODY_MARK) for span in bodies] + [(post.start, post.end, TITLE_MARK) for post in posts]
    for start, end, mark in sorted(marked, key=lambda mark: (mark[0], -mark[1])):
        if end > at:
            start = max(start, at)
            pieces += (text[at:start], mark * (end - start))
            at = end
    return "".join((*pieces, text[at:]))


def _linked(
    document: Document, posts: Sequence[FoundPost], names: Sequence[FoundName]
) -> tuple[list[Holder], list[FoundPost]]:
    """Every name, with the posts that its sentence gives it, and the posts that no name took."""
    text = document.text.norm
    holders: list[Holder] = []
    loose: list[FoundPost] = []
    previous: Holder | None = None
    post, name = 0, 0
    for sentence in document.text.sentences:
        first_post, first_name = post, name
        while post < len(posts) and posts[post].start < sentence.end:
            post += 1
        while name < len(names) and names[name].start < sentence.end:
            name += 1
        if previous and sentence.start - previous.end > NEAR:
            previous = None
        linker = Linker(text, posts[first_post:post], names[first_name:name], sentence.start, previous)
        linked = linker.link()
        previous = next((holder for holder in reversed(linked) if holder.posts or holder.name.prefixes), previous)
        holders += linked
        loose += linker.loose()
    return holders, loose
