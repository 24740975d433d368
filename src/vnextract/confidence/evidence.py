"""What is known of a fact that says how sure it is: a probability of whatever decided it, and plain cues."""

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from vnextract.dates.models import DateMention
from vnextract.figures.models import Figure
from vnextract.links.models import MEASURE, OWNER, PERIOD, SPEAKER, Link, Relations
from vnextract.officials.models import Person, Post
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.records import PositionStatus, UnitKind

MENTION, NAME, PERSON, POSITION, DATE, FIGURE = "organisation", "name", "person", "position", "date", "figure"
LAYERS = (MENTION, NAME, PERSON, POSITION, DATE, FIGURE, MEASURE, PERIOD, OWNER, SPEAKER)
"""The fields that carry a confidence, each with weights of its own."""

_FEW = 3


class Evidence(NamedTuple):
    """What speaks for a fact and against it."""

    chance: float | None
    """The probability that the decision itself gave; None where a rule decided, which knows none."""
    cues: tuple[str, ...]


def _of_rule(rule: str | None) -> Iterator[str]:
    """The parts of a rule's name, from the general to the particular."""
    first, _, rest = (rule or "none").partition(", ")
    yield f"rule {first}"
    if rest:
        yield f"rule {first}, {rest}"


def _count(number: int) -> str:
    return str(number) if number < _FEW else "many"


def of_mention(mention: OrganisationMention, body: Body, text: str) -> Evidence:
    """Of the bounds and the kind of one mention; `text` is the article as its offsets count.

    >>> from vnextract.records import FoundBy, Level, OrganisationKind
    >>> body = Body("Sở Y tế tỉnh Lai Châu", OrganisationKind.GOVERNMENT, Level.PROVINCE)
    >>> of_mention(OrganisationMention(0, 7, FoundBy.GRAMMAR, "tagger, head Sở", 0.9), body, "Sở Y tế họp").cues[:2]
    ('rule tagger', 'rule tagger, head Sở')
    """
    printed = text[mention.start : mention.end]
    words = printed.count(" ") + 1
    cues = [*_of_rule(mention.rule), f"kind {body.kind}", f"words {min(words, 6)}"]
    if printed.islower():
        cues.append("lower case")
    if printed.isupper():
        cues.append("capitals")
    return Evidence(mention.score, tuple(cues))


def of_name(body: Body, text: str) -> Evidence:
    """Of the full name of a body, the likeliest of its mentions speaking for it."""
    printed = max((text[one.start : one.end] for one in body.mentions), key=len)
    cues = [f"kind {body.kind}", f"level {body.level}", f"named {_count(len(body.mentions))}"]
    cues.append(f"made {_made(printed, body.name)}")
    cues.append(f"made {_made(printed, body.name)}, level {body.level}")
    if body.parent_id:
        cues.append("has a parent")
    if body.province is None:
        cues.append("no province")
    return Evidence(max(one.score for one in body.mentions), tuple(cues))


def _made(printed: str, name: str) -> str:
    """How a full name was made of the longest that is printed.

    >>> _made("UBND tỉnh", "Ủy ban nhân dân tỉnh Lai Châu"), _made("Sở Y tế", "Sở Y tế tỉnh Lai Châu")
    ('spelt out', 'with 3 words more')
    """
    if printed.lower() == name.lower():
        return "as printed"
    if name.lower().startswith(printed.lower() + " "):
        return f"with {min(name.count(' ') - printed.count(' '), 4)} words more"
    return "of an acronym" if printed.isupper() else "spelt out"


def of_person(person: Person) -> Evidence:
    """Of an official: that the person is one, by this name."""
    cues = [f"words {min(person.name.count(' ') + 1, 5)}", f"posts {_count(len(person.posts))}"]
    cues += [f"named {_count(len(person.mentions))}", "addressed" if person.honorific else "not addressed"]
    if person.rank:
        cues.append("has a rank")
    return Evidence(max((post.confidence or 0.5 for post in person.posts), default=None), tuple(cues))


def of_position(post: Post, body_name: float | None) -> Evidence:
    """Of a post: its title, its body, its holder; `body_name` is the confidence of the body's full name."""
    cues = [*_of_rule(post.rule), f"status {post.status}", f"words {min(post.title.count(' ') + 1, 5)}"]
    body = "no body" if body_name is None else f"body sure {round(body_name, 1)}"
    meant = "printed" if post.body_chance is None else f"meant {round(post.body_chance, 1)}"
    cues += [body, meant, f"{'no body' if body_name is None else 'body'}, {meant}"]
    if post.status is not PositionStatus.CURRENT and (post.since or post.until):
        cues.append("dated")
    holder = post.confidence if post.confidence is not None else 0.5
    chances = holder, body_name, post.body_chance
    return Evidence(prod(1.0 if chance is None else chance for chance in chances), tuple(cues))


def of_date(date: DateMention, undated: bool) -> Evidence:
    """Of a temporal expression: bounds and value; `undated` where the article's day is not known."""
    cues = [f"rule {part}" for part in dict.fromkeys(date.rule.split(" + "))]
    cues += [f"kind {date.kind}", f"grain {date.grain}"]
    if date.relative:
        cues.append("relative, undated article" if undated else "relative")
    if date.first_day is None and date.duration is None:
        cues.append("not settled")
    return Evidence(None, tuple(cues))


def of_figure(figure: Figure) -> Evidence:
    """Of a figure: bounds, value, unit."""
    cues = [*_of_rule(figure.rule), f"unit {figure.unit_kind}", f"bound {figure.qualifier}"]
    if figure.unit_kind is UnitKind.COUNT and figure.unit:
        cues.append(f"noun of {min(figure.unit.count(' ') + 1, 5)} words")
    if figure.unit and "/" in figure.unit:
        cues.append("rate")
    return Evidence(figure.chance, tuple(cues))


def of_measure(relations: Relations, figure: Figure) -> Evidence:
    """Of the words that say what a figure measures."""
    length = (relations.measure or "").count(" ") + 1
    cues = [f"unit {figure.unit_kind}", f"words {min(length, 8)}", "change" if figure.direction else "level"]
    if relations.measure_key and relations.measure_key != relations.measure:
        cues.append("known statistic")
    return Evidence(relations.measure_chance, tuple(cues))


def of_link(link: Link, figure: Figure, name: float | None = None) -> Evidence:
    """Of the period, the owner or the speaker of a figure; `name` is the confidence of the other's full name."""
    cues = [f"side {link.side}", f"unit {figure.unit_kind}"]
    if name is not None:
        cues.append(f"name sure {round(name, 1)}")
    return Evidence(link.chance * (1.0 if name is None else name), tuple(cues))
