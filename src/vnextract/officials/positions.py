"""Posts: the title as printed, its body, and whether it is held now, was held, or is held for the time being."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from vnextract.lexicon.persons import plain_surnames
from vnextract.lexicon.phrases import words_of
from vnextract.officials.bodies import Bodies
from vnextract.officials.models import Post
from vnextract.officials.names import countries, is_syllable, places, surnames
from vnextract.officials.patterns import (
    APART,
    AS_VERB,
    CHARGE,
    COMMITTEE,
    DESCRIBED,
    ENDED,
    FIELD,
    HEADS,
    HOLDER_OF,
    IN_CHARGE,
    NEXT,
    NO_DEPARTMENT,
    NOT_ACTING,
    NOT_HELD,
    PLURAL,
    PORTFOLIO,
    RUN,
    STANDS_FOR,
    STATUS,
    TAIL,
    TERM,
    TITLE,
    TITLE_OPENINGS,
    TO_BODY,
    TOKEN,
    UNIT,
    kinds,
)
from vnextract.organisations.models import Body
from vnextract.records import PositionStatus
from vnextract.text.alignment import Span
from vnextract.text.late import late
from vnextract.text.letters import CAPITALISED
from vnextract.text.once import once
from vnextract.text.spans import Spans
from vnextract.text.words import Words

_HEAD = late(HEADS)
_NEXT_RUN = late(rf" {RUN}")
_NUMBER = late(r" \d{1,2}(?![^\W_]|[.,/-]\d| (?:nhiệm kỳ|khóa|năm|tháng|ngày|lần|người)(?![^\W_]))")
"""The number of a district or a village, which counts nothing: `Bí thư quận | 2`."""
_OF_EVENT = late(r" (?:tổ chức|giám khảo)\b(?! (?:trung ương|tỉnh|thành|huyện|quận|cán bộ))")
"""What a committee is called that is none of the state's: `Trưởng ban tổ chức` of a contest."""
_ONE_WORD = late(rf"{TOKEN}(?![^\W_])")
_BOARD = late(r"hđ(?:qt|tv)\b")
_DEPUTY = late(r"(?:phó |đồng )(?=.)")
_PLACE = late(
    r"(?i:(?: (?:của|nước|bang|tỉnh|tp\.?|thành phố|huyện|quận|xã|phường|thị trấn|tại|ở|vùng)){0,2})"
    rf" ?(TP\.? ?HCM|TPHCM|(?<= ){RUN})"
)
_DESCRIPTION = 70
"""Characters of words that describe a body before its name."""
_VERBS = ("lãnh đạo", "chỉ huy", "quản lý")
"""Titles that are verbs too."""
_STATUSES = {
    "quyền": PositionStatus.ACTING,
    "tạm quyền": PositionStatus.ACTING,
    "q.": PositionStatus.ACTING,
    "tân": PositionStatus.CURRENT,
}


class FoundPost(NamedTuple):
    """A post as the text states it."""

    start: int
    end: int
    title: str
    core: str
    """The title of the table in it, in lower case: `chủ tịch` of `Phó Chủ tịch Thường trực`."""
    kind: str
    scope: str
    body: Body | None
    status: PositionStatus
    plural: bool
    held: bool
    """False where the words before it say that nobody named holds it."""
    apart: bool
    """True where the words before it part it from a name before them: `trợ lý của Chủ tịch`."""
    place: str | None = None
    """The place after the title, where no body is named: `Chủ tịch tỉnh An Giang`."""
    noun: str = ""
    """The common noun after the title that stands for a body named before: `công ty` of `giám đốc công ty`."""
    body_chance: float | None = None
    """How likely the body is the right one, or none is, where none is printed with the title."""

    def post(self, status: PositionStatus | None = None) -> Post:
        """The post as it enters the record."""
        place = self.body.province if self.body and self.body.province else self.place
        return Post(
            self.start,
            self.end,
            self.title,
            self.body,
            status or self.status,
            place,
            body_chance=self.body_chance,
        )


def bears_a_person(words: list[str]) -> bool:
    """Whether a place bears the name of a person, whom a title before it means: `Chủ tịch Hồ Chí Minh`."""
    return len(words) > 2 and words[0] in plain_surnames()


@cache
def _openings() -> frozenset[str]:
    """The words that titles begin with."""
    return frozenset((*TITLE_OPENINGS, *(words_of(title)[0] for title in kinds())))


class PostFinder:
    """Finds the posts of one text."""

    def __init__(
        self, words: Words, low: str, bodies: Bodies, persons: Sequence[Span] = (), year: int | None = None
    ) -> None:
        """Take the words of a text, the text in lower case, its bodies, what is tagged as persons, the year."""
        self._text, self._words, self._low, self._bodies, self._year = words.text, words, low, bodies, year
        self._persons = Spans(persons)

    def __iter__(self) -> Iterator[FoundPost]:
        for match in self._titles():
            cover = self._bodies.covering(match.start())
            if cover is not None and not cover.start == match.start() < cover.end < match.end("core"):
                continue
            if self._cuts_a_name(match) or self._is_given_name(match):
                continue
            found = self._shared(match) if match["shared"] else self._post(match)
            if found is not None:
                yield found

    def _titles(self) -> Iterator[re.Match[str]]:
        """The titles, looked for at the words that one begins with."""
        openings, end, starts = _openings(), 0, self._words.starts
        for at in [at for at, word in enumerate(self._words.lower) if word in openings]:
            match = TITLE.match(self._low, starts[at]) if starts[at] >= end else None
            if match and not NO_DEPARTMENT.match(self._text, starts[at]):
                end = match.end()
                yield match

    def _cuts_a_name(self, match: re.Match[str]) -> bool:
        """Whether a title lies in what is tagged as a person, or ends there: `Trung [Quốc Vương] Nghị`."""
        start, end = match.start(), match.end("core")
        persons = self._persons.overlapping(start, end) if end > start else ()
        return any((one.start < start and end <= one.end) or (start < one.start and end < one.end) for one in persons)

    def _is_given_name(self, match: re.Match[str]) -> bool:
        """Whether a title is a person's given names: `ông Nguyễn Quốc Vương`."""
        if not self._text[match.start() : match.end()].istitle():
            return False
        before = self._text[max(0, match.start() - 12) : match.start()].split(" ")
        return len(before) > 2 and before[-1] == "" and before[-2] in plain_surnames()

    def _post(self, match: re.Match[str]) -> FoundPost:
        core = match["core"] if match["core"] in kinds() else _DEPUTY.sub("", match["core"], count=1)
        kind, scope = kinds()[core]
        start, end = match.span()
        if kind == "minister":
            return self._minister(match)
        inside = None if kind in ("state", "village", "counterpart") else self._bodies.beginning(start + 1, end - 1)
        if inside and inside[0].end < match.end("core"):
            inside = None
        if inside and _BOARD.match(self._low, inside[0].start):
            inside = self._company_of(inside)
            if inside is None or inside[0].start >= end:
                return self._found(match, end, (core, kind, scope), inside or self._body_after(end))
        if inside:
            last = inside[0].start - 1
            whole = _DEPUTY.sub("", self._low[start:last], count=1) in kinds()
            return self._found(match, last if whole else max(last, match.end("core")), (core, kind, scope), inside)
        if kind == "counterpart":
            return self._found(match, end, (core, kind, scope), None)
        if kind == "village" or core.endswith(" bang"):
            return self._found(match, end, (core, kind, scope), None, self._named_unit(end))
        if kind == "state" and (unit := UNIT.match(self._low, end)):
            return self._found(match, end, (core, kind, scope), None, self._named_unit(unit.end()))
        body = self._body_after(end)
        if body is None and core == "ủy viên" and (committee := COMMITTEE.match(self._text, end)):
            return self._found(match, committee.end(), (core, kind, scope), None)
        noun = STANDS_FOR.match(self._low, end) if body is None and kind in ("office", "role") else None
        if noun and not self._goes_on(noun.end()):
            return self._found(match, end, (core, kind, scope), None, noun=noun)
        if body is None and core in ("chủ tịch", "bí thư") and (unit := UNIT.match(self._low, end)):
            return self._found(match, unit.end(), (core, kind, scope), None, self._named_unit(unit.end()))
        open_field = body is None and kind == "office" and not NEXT.match(self._low, end)
        if open_field and (charge := self._charge(end)):
            end, body = charge
        post = self._found(match, end, (core, kind, scope), body)
        holder = HOLDER_OF.match(self._text, end) if body is None and kind == "office" else None
        of_holder = self._body_from(holder.end()) if holder else None
        return post._replace(body=of_holder[1]) if of_holder else post

    def _charge(self, at: int) -> tuple[int, tuple[Span, Body]] | None:
        """Where what a title is in charge of ends, and the body after it."""
        field = PORTFOLIO.match(self._text, at)
        if field and (body := self._body_from(field.end())):
            return field.end("field"), body
        near = self._bodies.beginning(at, at + _DESCRIPTION)
        field = CHARGE.fullmatch(self._text, at, near[0].start) if near else None
        return (field.end("field"), near) if field and near else None

    def _body_from(self, at: int) -> tuple[Span, Body] | None:
        """The body named at a place, or after words there that describe it."""
        found = self._bodies.beginning(at, at + _DESCRIPTION)
        if found and (found[0].start == at or DESCRIBED.fullmatch(self._text, at, found[0].start)):
            return found
        return None

    def _named_unit(self, at: int) -> int:
        """Where the name of a unit ends, a name of a person after it left alone: `Chủ tịch xã [Phú Lâm] Lê Văn A`."""
        if number := _NUMBER.match(self._text, at):
            return number.end()
        run = _NEXT_RUN.match(self._text, at)
        known = self._place_end(at)
        # A unit is no country: `xã [Mỹ Hòa]`.
        if run is None or (known > at and self._text[at + 1 : known] not in countries()):
            return known
        words = run.group().split(" ")[1:]
        if not all(map(is_syllable, words)):
            taken = 0 if len(words) == 2 else 1
        elif 2 < len(words) < 5 and words[0] in surnames():
            taken = 0
        else:
            names = (n for n, word in enumerate(words[1:-1], 1) if word in plain_surnames())
            taken = next(names, 2 if len(words) > 4 and words[2] in surnames() else 3)
        end = at + sum(len(word) + 1 for word in words[:taken])
        person = next(iter(self._persons.overlapping(at + 1, end)), None)
        return end if person is None or person.start <= at else max(at, person.start - 1)

    def _company_of(self, board: tuple[Span, Body]) -> tuple[Span, Body] | None:
        """The company whose board is meant where `HĐQT` is part of the title: `Chủ tịch HĐQT [Công ty X]`."""
        span, body = board
        name = body.name.split(" ", 4)[-1]
        company = self._bodies.named(name)
        return (Span(min(span.start + 5, span.end), span.end), company) if company else None

    def _goes_on(self, at: int) -> bool:
        """Whether a noun is the beginning of a name that nobody marked, not followed by a person's: `HTX Ea Tu`."""
        run = _NEXT_RUN.match(self._text, at)
        words = run.group().split() if run else []
        return bool(words) and not (len(words) > 1 and words[0] in surnames())

    def _shared(self, match: re.Match[str]) -> FoundPost | None:
        """A title that shares its head noun with the body: `Trưởng [Ban Tổ chức]`, `Chánh [Văn phòng Chính phủ]`."""
        start, end = match.span()
        words = match["shared"]
        alone = words.endswith(("trưởng", "chánh"))
        found = self._bodies.beginning(start + 1, end - 1) or self._body_at(end)
        is_chief = words.removeprefix("phó ").startswith("chánh ")
        noun = STANDS_FOR.match(self._low, end) if found is None and is_chief else None
        if noun and not self._goes_on(noun.end()):
            return self._found(match, end, (words.removeprefix("phó "), "head", ""), None, noun=noun)
        if found is None:
            event = _OF_EVENT.match(self._low, end) if words.endswith("ban") else None
            end = event.end() if event else end
            return None if alone else self._found(match, end, (words.removeprefix("phó "), "head", ""), None)
        span = found[0]
        if span.start >= end and not alone:
            return self._found(match, end, (words.removeprefix("phó "), "head", ""), found)
        head = _HEAD.match(self._low, span.start, span.end)
        last = head.end() if head else self._text.find(" ", span.start, span.end)
        end = last if last > 0 else span.end
        named = found if " " in found[1].name else None
        return self._found(match, end, (self._low[start:end].removeprefix("phó "), "head", ""), named)

    def _minister(self, match: re.Match[str]) -> FoundPost:
        end = match.end("core")
        field = FIELD.match(self._low, end)
        end = end if field else match.end()
        body = self._body_after(end)
        if body and field and body[0].start < field.end():
            body = None
        if body:
            field = None
        kind = "minister" if not field else "state"
        return self._found(match, field.end() if field else end, (match["core"], kind, ""), body)

    def _body_at(self, end: int) -> tuple[Span, Body] | None:
        gap = TO_BODY.match(self._text, end)
        found = self._bodies.beginning(end, gap.end()) if gap else None
        if found is None and self._text.startswith(" ", end):
            found = self._body_from(end + 1) or self._called_so(end + 1)
        return found

    def _called_so(self, at: int) -> tuple[Span, Body] | None:
        """The body that one word means, where nobody marked it there: `Chủ tịch [FAO] Nguyễn Văn A`."""
        word = _ONE_WORD.match(self._text, at)
        body = self._one_word.get(word.group()) if word else None
        return (Span(*word.span()), body) if word and body else None

    @once
    def _one_word(self) -> dict[str, Body]:
        """The bodies that the text calls by one word somewhere: acronyms, brands."""
        named = ((self._text[span.start : span.end], body) for span, body in self._bodies.mentions)
        return {name: body for name, body in named if _ONE_WORD.fullmatch(name)}

    def _body_after(self, end: int) -> tuple[Span, Body] | None:
        found = self._body_at(end)
        if found is None:
            place = self._place_end(end)
            if place > end and self._low.startswith(" tại ", place):
                found = self._bodies.beginning(place + 5, place + 5)
        return found

    def _place_end(self, at: int) -> int:
        """Where the names of places that follow a title end."""
        for _ in range(2):
            match = _PLACE.match(self._text, at)
            if not match:
                break
            words = match.group(1).split(" ")
            apposed = match.start(1) == at + 1
            for length in range(len(words), 0, -1):
                name = " ".join(words[:length])
                if len(words) - length == 1 and is_syllable(words[-1]):
                    # One syllable is no person's name, but the rest of the place's: `Mỹ Đà`.
                    continue
                begin, end = match.start(1), match.start(1) + len(name)
                if name in places() and not (apposed and (bears_a_person(words[:length]) or self._cuts(begin, end))):
                    at = end
                    break
            else:
                break
        return at

    def _cuts(self, start: int, end: int) -> bool:
        """Whether a stretch ends within what is tagged as a person: `Cục trưởng [Vũ Quang] Khôi`."""
        return any(person.start < end < person.end for person in self._persons.overlapping(start, end))

    def _end_of(self, end: int, body: tuple[Span, Body] | None) -> tuple[int, bool]:
        """Where a post ends, with its body, the body's parent and the term; whether the term is over."""
        if body is None:
            stop = self._place_end(end)
        else:
            stop = max(end, body[0].end)
            parent = self._bodies.beginning(stop, stop + 7)
            if parent and self._text[stop : parent[0].start] in (", ", " ", " (", " của ", " thuộc "):
                bracketed = self._text.startswith(" (", stop)
                stop = parent[0].end
                if bracketed:
                    stop += self._text.startswith(")", stop)
        term = TERM.match(self._text, stop)
        stop = term.end() if term else stop
        tail = TAIL.match(self._text, stop)
        return tail.end() if tail else stop, term is not None and self._is_over(term)

    def _is_over(self, term: re.Match[str]) -> bool:
        """Whether a term ended before the article was published; one of office is not, where no date says so."""
        return int(term["last"]) < self._year if self._year else term["kind"] != "nhiệm kỳ"

    def _status(self, start: int) -> tuple[PositionStatus, int]:
        """The status that the words before a title give it, and where they begin."""
        if ENDED.search(self._low, max(0, start - 30), start):
            return PositionStatus.FORMER, start
        before = STATUS.search(self._low, max(0, start - 14), start)
        if before is None or (before[1] == "quyền" and NOT_ACTING.search(self._low, max(0, start - 16), start)):
            return PositionStatus.CURRENT, start
        return _STATUSES.get(before[1], PositionStatus.FORMER), before.start()

    def _is_held(self, core: str, begin: int, end: int) -> bool:
        """Whether the words around a title leave that it is somebody's: not `ứng viên tổng thống`, `từng chỉ huy`."""
        if NOT_HELD.search(self._low, max(0, begin - 24), begin) or NEXT.match(self._low, end):
            return False
        return core not in _VERBS or AS_VERB.search(self._low, max(0, begin - 12), begin) is None

    def _place_named(self, start: int, end: int, stop: int) -> str | None:
        """The place that is named after a title: `An Giang`; a numbered one with its unit: `quận 2`."""
        if number := _NUMBER.match(self._text, end, stop):
            return self._low[start:end].rsplit(" ", 1)[-1] + number.group()
        found = CAPITALISED.search(self._text, end, stop)
        return str(found.group()) if found else None

    def _found(
        self,
        match: re.Match[str],
        end: int,
        sort: tuple[str, str, str],
        body: tuple[Span, Body] | None,
        stop: int = 0,
        noun: re.Match[str] | None = None,
    ) -> FoundPost:
        start = match.start()
        if body is None and self._low.endswith("phụ trách", start, end) and (duty := IN_CHARGE.match(self._text, end)):
            end = duty.end()
        status, begin = self._status(start)
        last, is_over = self._end_of(noun.end() if noun else end, body)
        place = None if body else self._place_named(start, end, max(stop, last))
        if is_over:
            status = PositionStatus.FORMER
        elif "lâm thời" in match["modifiers"]:
            status = PositionStatus.ACTING
        return FoundPost(
            begin,
            max(stop, last),
            " ".join(self._text[start:end].split()),
            *sort,
            body[1] if body else None,
            status,
            PLURAL.search(self._low, max(0, start - 30), start) is not None,
            self._is_held(match["core"], begin, end),
            APART.search(self._low, max(0, begin - 28), begin) is not None,
            place,
            noun["noun"] if noun else "",
        )
