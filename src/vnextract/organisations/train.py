"""Training of the choice of whose body a name leaves open is: from annotated articles to its weights."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vnextract.article import Article, Published
from vnextract.evaluate import plain
from vnextract.gold import GoldArticle, to_norm
from vnextract.names.find import find_names
from vnextract.names.tagger.names import TaggedName
from vnextract.organisations.gather import names_of
from vnextract.organisations.whose import Option
from vnextract.scorer import Example, Scorer, fit
from vnextract.text.document import Text


class Teacher:
    """A judge that knows the answers, and writes down the questions."""

    def __init__(self, answers: Mapping[int, str]) -> None:
        """Take the full name of each mention, as `plain` has it."""
        self._answers = answers
        self.examples: list[Example] = []

    def choose(self, index: int, options: Sequence[Option]) -> int:
        """The right name; the first where none is."""
        answer = self._answers.get(index)
        right = next((at for at, option in enumerate(options) if plain(option.name.text) == answer), None)
        if right is not None:
            self.examples.append(([option.cues for option in options], right))
        return right or 0


def learn(articles: Iterable[GoldArticle]) -> Scorer:
    """The weights of whose bodies are, learnt from annotated articles."""
    return fit([example for article in articles for example in examples(article)])


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
    teacher = Teacher(answers)
    names_of(names, Article(gold.text), Published.parse(gold.published), teacher)
    yield from teacher.examples
