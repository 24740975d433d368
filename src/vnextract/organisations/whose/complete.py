"""Completes the names of one article whose own words leave open whose body it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from vnextract.lexicon.register import levels_of
from vnextract.names.candidates import Candidate
from vnextract.names.places import PlacePhrase
from vnextract.organisations.full_names import Name
from vnextract.organisations.inner_units import inner
from vnextract.organisations.whose.choice import Judge, Option, Weighed, merged
from vnextract.organisations.whose.countries import Countries
from vnextract.organisations.whose.elsewhere import Elsewhere
from vnextract.organisations.whose.fuller import Fuller
from vnextract.organisations.whose.places import Places
from vnextract.organisations.whose.told import Told
from vnextract.organisations.whose.wholes import Wholes
from vnextract.records import OrganisationKind


class Whose:
    """Completes the names of one article.

    Args:
        told: The bodies as far as they have been named.
        name_of: The name of any mention, decided if need be.
        judge: What decides.
    """

    def __init__(self, told: Told, name_of: Callable[[int], Name | None], judge: Judge) -> None:
        self._told, self._judge = told, judge
        self._places, self._countries = Places(told), Countries(told)
        self._elsewhere, self._fuller = Elsewhere(told), Fuller(told)
        self._wholes = Wholes(told, name_of)

    def complete(self, index: int, base: Name, candidate: Candidate | None, unit: PlacePhrase | None = None) -> Name:
        """The name of a mention whose own words leave open whose body it is; `unit` is one printed alone after it."""
        if not base.head:
            return base
        if candidate and candidate.place and candidate.place.name is None:
            unit = candidate.place
        bare = self._with_bare_unit(base, unit) if unit else base
        proposed = self._proposed(index, base, candidate, unit)
        return self._chosen(index, self._traits(index, base, candidate), chain([(bare, "bare", [])], proposed))

    def fullest(self, index: int, name: Name, candidate: Candidate | None) -> Name:
        """A name that says whose its body is, or the fuller one that it is short for."""
        fuller = list(self._fuller.names(index, name))
        if not fuller:
            return name
        return self._chosen(index, self._traits(index, name, candidate), [(name, "said", []), *fuller])

    def seated(self, index: int, name: Name) -> Name:
        """The name of a mission abroad with the country that it is in."""
        return self._chosen(index, (), [(name, "unseated", []), *self._countries.of_mission(index, name)])

    def _chosen(self, index: int, traits: Sequence[str], weighed: Iterable[Weighed]) -> Name:
        """The name that is decided on, where there is a choice; the first is the one without any addition."""
        options = merged(Option(name, _cues(source, traits, details)) for name, source, details in weighed)
        return options[self._judge.choose(index, options) if len(options) > 1 else 0].name

    def repeats(self, index: int) -> bool:
        """Whether a mention may be another name of the body before it: such are named before those that stand alone."""
        return self._elsewhere.repeats(index) is not None

    def as_elsewhere(self, index: int, name: Name) -> Name:
        """A name that says of which body it is a part, where a mention of the same body does and this one does not."""
        if name.whose:
            return name
        same = (other for other, _, _ in self._elsewhere.same_head(index, name) if other.owner)
        return next(same, name)

    def _proposed(
        self, index: int, base: Name, candidate: Candidate | None, unit: PlacePhrase | None
    ) -> Iterator[Weighed]:
        if unit:
            yield from self._places.of_unit(index, base, unit.unit or "", unit.level)
            return
        if base.kind is not OrganisationKind.SPORTS:
            yield from self._places.of_body(index, base, candidate)
            if not (candidate and candidate.short):
                yield from self._countries.of_body(index, base, candidate)
        yield from self._elsewhere.names(index, base)
        yield from self._fuller.names(index, base)
        if base.kind is not OrganisationKind.SPORTS:
            yield from self._wholes.names(index, base)

    def _traits(self, index: int, base: Name, candidate: Candidate | None) -> list[str]:
        """What the mention itself says."""
        words, one = base.head.split(), self._told.found[index]
        row = inner(base.text)
        levels = "+".join(sorted(levels_of(base.text))) or "no"
        before = self._told.reading.norm[max(0, one.start - 24) : one.start].lower()
        after = self._told.reading.norm[one.end : one.end + 24].lower()
        return [
            f"head {' '.join(words[:1])}",
            f"head {' '.join(words[:2])}",
            f"kind {base.kind}",
            f"words {min(len(words), 5)}",
            f"last {words[-1]}",
            f"levels {levels}",
            f"joined {row.joined if row else 'no'}",
            f"after {' '.join(before.split()[-1:])}",
            f"before {' '.join(after.split()[:1])}",
            f"capital {self._told.reading.norm[one.start].isupper()}",
            *(
                [
                    f"level {candidate.level}",
                    f"takes {'p' * candidate.takes_place}{'c' * candidate.takes_country}{'o' * candidate.takes_owner}",
                    f"closed {candidate.closed}",
                ]
                if candidate
                else ["tagged"]
            ),
        ]

    def _with_bare_unit(self, base: Name, unit: PlacePhrase) -> Name:
        if self._told.full.says_unit(base):
            return base
        return base._replace(text=f"{base.text} {unit.unit}", whose=unit.unit or "", level=unit.level)


def _cues(source: str, traits: Sequence[str], details: Sequence[str]) -> list[str]:
    """What proposes a name, alone and with everything that is true of the mention and of this proposal."""
    return [source, *(f"{source} {trait}" for trait in (*traits, *details))]
