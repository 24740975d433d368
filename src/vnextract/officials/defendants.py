"""Reports of trials call a person by the bare given name (`Trình khai`) or by a nickname (`Vũ "nhôm"`)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vnextract.officials.models import Person
from vnextract.officials.patterns import BEGIN, END, NAMESAKE, PREFIX_WORD, any_of, office_words
from vnextract.text.alignment import Span
from vnextract.text.letters import UPPER
from vnextract.text.spans import Spans

_TRIAL_WORDS = ("bị cáo", "bị can", "khởi tố", "truy tố", "cáo trạng")
_TRIAL = re.compile(rf"{BEGIN}{any_of(_TRIAL_WORDS)}{END}")
_NICKNAME = r" [\"“'‘][^\"”'’\n]{1,14}[\"”'’]"
_AFTER = rf"(?=[,.;:)]| {office_words('goes_on')}{END})"
_CAPITAL_BEFORE = re.compile(rf"[{UPPER}][^\W\d_]* $")


def is_trial(low: str) -> bool:
    """Whether a text, in lower case, reports on a trial or an inquiry."""
    return any(word in low for word in _TRIAL_WORDS) and _TRIAL.search(low) is not None


def _called_bare(person: Person, text: str) -> bool:
    """Whether a person is never addressed as `ông`, and the full name stands bare at least once."""
    if len(person.name.split()) < 3 or person.honorific:
        return False
    before = [text[max(0, span.start - 20) : span.start] for span in person.mentions]
    return any(not PREFIX_WORD.search(words[words.rfind(" ", 0, -1) + 1 :]) for words in before)


def with_bare_names(text: str, people: Sequence[Person], bodies: Iterable[Span]) -> list[Person]:
    """The persons, with the mentions of defendants by their given names."""
    called = [person for person in people if _called_bare(person, text)]
    given = {person.name.split()[-1]: person for person in called}
    if not given or len(given) < len(called):
        return list(people)
    taken = Spans([*bodies, *(span for person in people for span in person.mentions)])
    pattern = re.compile(rf"{BEGIN}(?P<given>{any_of(given)})(?:(?P<nick>{_NICKNAME})|{END}{_AFTER})")
    more: dict[str, list[Span]] = {}
    for match in pattern.finditer(text):
        if not taken.overlapping(*match.span()) and (match["nick"] or not _is_part(text, match.start())):
            more.setdefault(given[match["given"]].name, []).append(Span(*match.span()))
    return [
        replace(person, mentions=tuple(sorted((*person.mentions, *more.get(person.name, ()))))) for person in people
    ]


def _is_part(text: str, start: int) -> bool:
    """Whether a word belongs to a longer name, or to that of a place."""
    before = text[max(0, start - 18) : start]
    return _CAPITAL_BEFORE.search(before) is not None or NAMESAKE.search(before.lower()) is not None
