"""Training of the choice of whose body a name leaves open is: from annotated articles to its weights."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from vnextract.article import Article, Published
from vnextract.errors import LexiconError
from vnextract.evaluate import plain
from vnextract.fitting import Example, choice, fit
from vnextract.gold import GoldArticle, GoldOrganisation, to_norm
from vnextract.lexicon.tables import table
from vnextract.names.find import find_names
from vnextract.names.tagger.names import TaggedName
from vnextract.organisations.gather import names_of
from vnextract.organisations.whose.choice import Option
from vnextract.scorer import Scorer
from vnextract.text.alignment import Span
from vnextract.text.document import Text

CONSTRUCTIONS_COUNT = 2
"""How many articles' weight a construction has."""

_PENALTY, _RARE, _SMALLEST = 2.5, 2, 0.05
"""How strongly weights are drawn to zero, how often a cue must be seen, and what it must weigh to be kept."""


class Teacher:
    """A judge that knows the answers, and writes down the questions."""

    def __init__(self, answers: Mapping[int, str], units: Container[int] = ()) -> None:
        """Take the full name of each mention, as `plain` has it, and which of them say of what they are units."""
        self._answers, self._units = answers, units
        self.examples: list[Example] = []

    def choose(self, index: int, options: Sequence[Option]) -> int:
        """The right name, or the right one of the whole that a unit is named with; the first where none is."""
        answer = self._answers.get(index)
        names = [plain(option.name.text) for option in options]
        right = names.index(answer) if answer in names else None
        if right is None and answer and index in self._units:
            wholes = [at for at, name in enumerate(names) if answer.endswith(f" {name}")]
            right = max(wholes, key=lambda at: len(names[at] or ""), default=None)
        if right is not None:
            self.examples.append(choice([option.cues for option in options], right))
        return right or 0


def learn(articles: Iterable[GoldArticle]) -> Scorer:
    """The weights of whose bodies are, learnt from annotated articles and the constructions of the lexicon."""
    return learn_from(example for article in articles for example in examples(article))


def learn_from(lessons: Iterable[Example]) -> Scorer:
    """As `learn`, from what articles teach."""
    taught = [example for row in constructions() for example in examples(row)]
    return Scorer(fit([*lessons, *taught * CONSTRUCTIONS_COUNT], _PENALTY, rare=_RARE, smallest=_SMALLEST))


def constructions() -> Iterator[GoldArticle]:
    """The constructions of the lexicon as annotated articles.

    Raises:
        LexiconError: a row has more or fewer names than marks.
    """
    for row in table("name_constructions"):
        yield marked(row["text"].replace("⏎", "\n"), row["names"].split(" ; "))


def marked(text: str, names: Sequence[str]) -> GoldArticle:
    """A text whose bodies stand in angle brackets, with their full names, as an annotated article.

    Raises:
        LexiconError: there are more or fewer names than marks.

    >>> [(one.span, one.name) for one in marked("<Sở Y tế> họp.", ["Sở Y tế tỉnh Sơn La"]).organisations]
    [(Span(start=0, end=7), 'Sở Y tế tỉnh Sơn La')]
    """
    pieces = re.split("[<>]", text)
    if len(pieces) != 2 * len(names) + 1:
        raise LexiconError(f"{text!r} marks {len(pieces) // 2} bodies and names {len(names)}: make them agree")
    ends = list(accumulate(map(len, pieces)))
    organisations = tuple(
        GoldOrganisation(Span(ends[2 * at], ends[2 * at + 1]), name, "other") for at, name in enumerate(names)
    )
    return GoldArticle(None, None, "".join(pieces), organisations, (), (), (), ())


def examples(gold: GoldArticle) -> Iterator[Example]:
    """What an annotated article teaches: each choice among names of which one is right."""
    text = Text(gold.text)
    spans = {to_norm(text.alignment, one.span): one.name for one in gold.organisations}
    names = find_names(text, [TaggedName(*span, "ORG", 1.0) for span in sorted(spans)])
    answers = {
        index: plain(spans[span]) or ""
        for index, one in enumerate(names.found)
        for span in spans
        if (one.start, one.end) == span
    }
    units = {index for index, one in enumerate(names.found) if one.candidate and one.candidate.owner}
    teacher = Teacher(answers, units)
    names_of(names, Article(gold.text), Published.parse(gold.published), teacher)
    yield from teacher.examples
