"""The names that a mention may share with others of its article: the same head, a longer name, one list, a bracket."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

from vnextract.lexicon.syllables import is_vietnamese
from vnextract.names.heads import heads
from vnextract.organisations.full_names import Name, part_of
from vnextract.organisations.inner_units import inner
from vnextract.organisations.parts import is_unit_of, possible
from vnextract.organisations.short_forms import ShortForms
from vnextract.organisations.whose.choice import Weighed, near
from vnextract.organisations.whose.told import CLEAR, LONGEST_LIST, LOOKED_AT, Told
from vnextract.records import OrganisationKind
from vnextract.text.normalise import fold

_NEXT_IN_LIST = re.compile(r"(?: ?\([^()\n]{1,40}\))?(?:[,;]| và| hoặc| hay|, và) ")
_REPEATING = {" (": "bracket", " - ": "dash", " – ": "dash", " ": "blank"}
"""What stands between a name and its repetition."""
_CALLED = re.compile(r",? \(?(?:(?:còn )?(?:được )?(?:gọi|viết) tắt|hay còn gọi|tên (?:gọi|viết) tắt)(?: là)?:? [\"“]?")
"""What announces a short form."""
_MOST_LONGER = 3


class Elsewhere:
    """Proposes the names of other mentions of one article."""

    def __init__(self, told: Told) -> None:
        self._told, self._full = told, told.full
        self._later: dict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(told.said):
            if name and name.whose:
                self._later[name.head].append(index)
        self._short_forms = ShortForms(told.said)

    def names(self, index: int, base: Name) -> Iterator[Weighed]:
        """Each name of another mention that may be the same body's."""
        yield from self.same_head(index, base)
        yield from self._longer(index, base)
        yield from self._sibling(index, base)
        yield from self._beside(index, base)
        yield from self._same_form(index, base)

    def same_head(self, index: int, base: Name) -> Iterator[Weighed]:
        """The names of the nearest bodies with the same head that say whose they are."""
        told = self._told.with_head(base.head)
        at = bisect_left(told, index)
        if at:
            last = told[at - 1]
            far = self._told.found[index].start - self._told.found[last].start
            yield (
                self._told.decided[told[at - 1]],
                "same before",
                [f"far {near(far)}", f"whose {_sort(self._told.decided[last])}"],
            )
        later = next((other for other in told[at:] if other > index), None)
        if later is None:
            after = self._later.get(base.head, [])
            later = next((other for other in after[bisect_right(after, index) :]), None)
        if later is not None and (name := self._told.known(later)) and not self._contrasts(index, later, base):
            far = self._told.found[later].start - self._told.found[index].start
            yield name, "same after", [f"far {near(far)}", f"whose {_sort(name)}"]

    def _contrasts(self, index: int, later: int, base: Name) -> bool:
        """Whether a foreign body is the counterpart of ours: `Bộ Công an hội đàm với Bộ Công an Trung Quốc`.

        Who means one body says first whose it is, and leaves that out later.
        """
        name = self._told.known(later)
        if name is None or name.kind is not OrganisationKind.INTERNATIONAL:
            return False
        if not self._told.is_of_our_state(index, base):
            return False
        return not self._told.setting.is_foreign or CLEAR.search(self._told.between(index, later)) is None

    def _beside(self, index: int, base: Name) -> Iterator[Weighed]:
        """The body that a mention repeats: `Quỹ Khí hậu Xanh (Green Climate Fund)`, `Vàng bạc Phú Nhuận - PNJ`.

        What the one before it can be a unit of does not repeat it: `Phòng Tổ chức (Sở Xây dựng)`.
        """
        before = self._told.known(index - 1) if index else None
        how = self.repeats(index) if before else None
        in_capitals = self._told.in_capitals(index)
        if before is None or how is None or (how == "blank" and not in_capitals):
            return
        if possible(before, base, self._told.setting.day):
            return
        norm, end = self._told.reading.norm, self._told.found[index].end
        native, other = (all(map(is_vietnamese, head.split())) for head in (base.head, before.head))
        signs = f"native {native} {other}"
        whole = f"whole {norm[end : end + 1] == ')'}"
        letters = f"letters {in_capitals}"
        details = [signs, whole, letters, f"known {base.known}", f"{signs}, {whole}", f"as {before.kind is base.kind}"]
        yield before, how, details

    def repeats(self, index: int) -> str | None:
        """How a mention may repeat the one before it; None where it stands apart."""
        between = self._told.between(index - 1, index) if index else ""
        return _REPEATING.get(between) or ("called" if _CALLED.fullmatch(between) else None)

    def _same_form(self, index: int, base: Name) -> Iterator[Weighed]:
        """The name that the same form was decided to have elsewhere: `BIDV` once it stood beside its full name."""
        if not (base.known or self._told.in_capitals(index)):
            return
        places = self._short_forms.places(base)
        at, known = bisect_left(places, index), f"known {base.known}"
        before, after = range(at - 1, max(-1, at - LOOKED_AT), -1), range(at, min(len(places), at + LOOKED_AT))
        for how, others in (("before", before), ("after", after)):
            decided = (self._told.decided.get(places[other]) for other in others if places[other] != index)
            if name := next(filter(None, decided), None):
                said = f"said {name.key == base.key}"
                yield name, "same form", [how, known, f"{how}, {known}", f"to {name.kind}", said]

    def _longer(self, index: int, base: Name) -> Iterator[Weighed]:
        """The longer names of the article that the mention may be short for, those decided before it too."""
        found: dict[tuple[str, str], tuple[Name, str, int]] = {}
        for name, how, more in self._short_forms(base):
            places = self._short_forms.places(name)
            decided = next((self._told.decided[at] for at in reversed(places) if at in self._told.decided), name)
            if not is_unit_of(decided, base):
                found[decided.key] = decided, how, more
        for _, name in self._told.before(index):
            begins = name.head.startswith((f"{base.head} ", f"{base.head}, "))
            ends = name.head.endswith(f" {base.head}") and not is_unit_of(name, base)
            if (begins or ends) and len(found) < _MOST_LONGER:
                more = len(name.head.split()) - len(base.head.split())
                found.setdefault(name.key, (name, "begin" if begins else "part", more))
        for nth, (name, how, more) in enumerate(found.values()):
            places = self._short_forms.places(name)
            yield (
                name,
                f"longer {how}",
                [
                    f"more {min(more, 4)}",
                    *_around(base, name),
                    f"nth {nth} of {len(found)}",
                    f"known {base.known}, to {name.kind}",
                    f"to {name.kind}",
                    f"as {name.kind is base.kind}",
                    f"registered {' ' in base.text and self._told.is_ours(base)}",
                    f"named before {bool(places) and places[0] < index}",
                    f"named {min(len(places), 3)}",
                    shorter := f"shorter before {self._count_before(base, places[0] if places else index)}",
                    f"{shorter}, more {min(more, 2)}, to {name.kind}",
                ],
            )

    def _count_before(self, base: Name, index: int) -> int:
        """How often a name is printed before a mention, up to two times: a full name mostly comes first."""
        return min(bisect_left(self._short_forms.places(base), index), 2)

    def _sibling(self, index: int, base: Name) -> Iterator[Weighed]:
        """The name with the head of the body before it in a list: `các trường THPT Lê Lợi, Quang Trung`."""
        if base.known or heads().longest(base.head.split(), 0):
            return
        for at in range(index - 1, max(-1, index - LONGEST_LIST), -1):
            if not _NEXT_IN_LIST.fullmatch(self._told.between(at, at + 1)):
                return
            before = self._told.known(at)
            words = before.head.split() if before else []
            head = heads().longest(words, 0) if words else None
            if before and head and head[0] < len(words):
                yield from self._alike(base, before, head[0], index - at)
                return

    def _alike(self, base: Name, before: Name, length: int, far: int) -> Iterator[Weighed]:
        """A name with the head of another, which has so many words, and with whose that one is."""
        words = (before.own or before.text).split()[:length]
        # `Bệnh viện Nhi Đồng 1, Nhi Đồng 2`: what the table has as a head may hold the first word of the name.
        head = " ".join(words[: -1 if len(words) > 1 and fold(words[-1]) == base.head.split()[0] else None])
        name = Name(f"{head} {base.text}", before.kind, before.level, fold(f"{head} {base.text}"))
        details = [
            f"of {before.kind}",
            f"head {fold(head)}",
            f"from {base.kind} to {before.kind}",
            f"step {min(far, 2)}",
        ]
        yield name, "sibling", details
        if before.owner:
            yield part_of(name, before.owner), "sibling owner", details
        if before.place:
            yield self._full.placed(name, before.place), "sibling place", details


def _around(base: Name, longer: Name) -> list[str]:
    """What a longer name has around a shorter one: `Tập đoàn` before `Hoa Sen`, `Việt Nam` after `Samsung`."""
    words, own = longer.head.split(), base.head.split()
    at = next((at for at in range(len(words)) if words[at : at + len(own)] == own), None)
    if at is None:
        return ["around gaps"]
    lead, tail = words[:at], words[at + len(own) :]
    before = " ".join(lead[:2]) or "nothing"
    after = " ".join(tail[:2]) or "nothing"
    unit = f"unit {inner(longer.text) is not None}"
    headed = f"headed {heads().longest(own, 0) is not None}"
    return [
        f"lead {before}",
        f"lead {before}, tail {bool(tail)}",
        f"tail {after}",
        f"lead {bool(lead)}, tail {bool(tail)}, to {longer.kind}",
        f"own tail {bool(tail)}, native {all(map(is_vietnamese, own))}",
        unit,
        f"{unit}, {headed}, lead {bool(lead)}, tail {bool(tail)}",
        f"{headed}, tail {' '.join(tail[:1])}",
        f"{headed}, lead {' '.join(lead[:1])}",
    ]


def _sort(name: Name) -> str:
    """What a name says its body is of."""
    return "place" if name.place else "owner" if name.owner else "country"
