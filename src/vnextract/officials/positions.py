"""Posts: the title as printed, its body, and whether it is held now, was held, or is held for the time being."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from vnextract.officials.models import Post
from vnextract.officials.names import COMMON, places
from vnextract.officials.patterns import (
    FIELD,
    HEADS,
    LEVELS,
    NOT_ACTING,
    NOT_HELD,
    NOT_OF_BEFORE,
    PLURAL,
    RUN,
    STATUS,
    TAIL,
    THAT_BODY,
    TITLE,
    TO_BODY,
    any_of,
    kind_of,
)
from vnextract.organisations.models import Body
from vnextract.records import OrganisationKind, PositionStatus
from vnextract.text.alignment import Span

_HEAD = re.compile(any_of(HEADS))
_PREFIXED = re.compile(r"(?:phó |đồng )(?=.)")
_PLACE_RUN = re.compile(
    r"(?i:(?: (?:của|nước|bang|tỉnh|tp\.?|thành phố|huyện|quận|xã|phường|thị trấn|tại|ở|vùng)){0,2})" rf" ({RUN})"
)
_COMPANY = (OrganisationKind.COMPANY,)
_STANDS_FOR = {
    **dict.fromkeys(
        ("công ty", "tổng công ty", "tập đoàn", "doanh nghiệp", "hãng", "ngân hàng", "hợp tác xã", "htx"), _COMPANY
    ),
    "trường": (OrganisationKind.EDUCATION,),
    "bệnh viện": (OrganisationKind.HEALTH,),
    "đơn vị": tuple(OrganisationKind),
    "cơ quan": tuple(OrganisationKind),
    "clb": (OrganisationKind.SPORTS,),
}
_STATUSES = {"quyền": PositionStatus.ACTING, "q.": PositionStatus.ACTING, "tân": PositionStatus.CURRENT}


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post as the text states it."""

    start: int
    title_end: int
    end: int
    title: str
    kind: str
    scope: str
    body: Body | None
    status: PositionStatus
    plural: bool
    held: bool
    """False where the words before it say that nobody named holds it."""
    apart: bool
    """True where the words before it part it from a name before them: `trợ lý của Chủ tịch`."""

    def post(self, body: Body | None = None, status: PositionStatus | None = None) -> Post:
        """The post as it enters the record."""
        return Post(self.start, self.end, self.title, body or self.body, status or self.status)


def _is_person(words: list[str]) -> bool:
    """Whether a place bears the name of a person, so that a title before it means the person: `Chủ tịch Hồ Chí Minh`."""
    return len(words) > 2 and words[0] in COMMON


class Bodies:
    """The mentions of the article's bodies, by place."""

    def __init__(self, bodies: list[Body]) -> None:
        mentions = sorted((m.start, m.end, number) for number, body in enumerate(bodies) for m in body.mentions)
        self._bodies = bodies
        self.spans = [Span(start, end) for start, end, _ in mentions]
        self._owners = [number for _, _, number in mentions]
        self._starts = [span.start for span in self.spans]

    def covering(self, offset: int) -> tuple[Span, Body] | None:
        """The mention that holds a character, with its body."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and self.spans[index].end > offset:
            return self.spans[index], self._bodies[self._owners[index]]
        return None

    def beginning(self, start: int, end: int) -> tuple[Span, Body] | None:
        """The first mention that begins in a stretch, its end included."""
        index = bisect_right(self._starts, start - 1)
        if index < len(self.spans) and self._starts[index] <= end:
            return self.spans[index], self._bodies[self._owners[index]]
        return None

    def latest(self, offset: int) -> Iterator[Body]:
        """The bodies mentioned before a character, the nearest first."""
        for index in range(bisect_right(self._starts, offset) - 1, -1, -1):
            yield self._bodies[self._owners[index]]


def lowered(text: str) -> str:
    """The text in lower case, character by character, so that offsets agree."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class PostFinder:
    """Finds the posts of one text."""

    def __init__(self, text: str, low: str, bodies: Bodies) -> None:
        self._text, self._low, self._bodies = text, low, bodies

    def __iter__(self) -> Iterator[FoundPost]:
        for match in TITLE.finditer(self._low):
            found = self._post(match)
            if found is not None:
                yield found

    def _post(self, match: re.Match[str]) -> FoundPost | None:
        start, end = match.span()
        cover = self._bodies.covering(start)
        if cover and cover[0].start < start:
            return None
        if match["shared"]:
            return self._shared(match)
        kind, scope = kind_of(_PREFIXED.sub("", match["core"], count=1))
        if not kind:
            kind, scope = kind_of(match["core"])
        inside = None if kind in ("state", "village") else self._bodies.beginning(start + 1, end - 1)
        if inside:
            return self._found(match, inside[0].start - 1, "office", scope, inside)
        if kind == "minister":
            return self._minister(match)
        body = self._body_after(end)
        if body is None and kind in ("office", "role") and (that := THAT_BODY.match(self._low, end)):
            named = self._that_body(that["noun"], start)
            return self._found(match, end, kind, scope, (Span(end, that.end()), named) if named else None, that.end())
        if body is None and kind == "role":
            return None
        if body is None and kind in ("office", "state"):
            level = LEVELS.match(self._low, end) if match["core"].endswith(("chủ tịch", "bí thư")) else None
            end = level.end() if level else end
        return self._found(match, end, kind, scope, body)

    def _that_body(self, noun: str, before: int) -> Body | None:
        """The body named last that a common noun can stand for."""
        kinds = _STANDS_FOR.get(noun, ())
        fitting = (
            body for body in self._bodies.latest(before) if body.name.lower().startswith(noun) or body.kind in kinds
        )
        return next(fitting, None)

    def _shared(self, match: re.Match[str]) -> FoundPost | None:
        """A title that shares its head noun with the body: `Trưởng [Ban Tổ chức]`, `Chánh [Văn phòng Chính phủ]`."""
        start, end = match.span()
        inside = self._bodies.beginning(start + 1, end - 1) or self._body_at(end)
        if inside is None:
            return None if match["shared"].endswith(("trưởng", "chánh")) else self._found(match, end, "head", "", None)
        span, body = inside
        if span.start >= end and not match["shared"].endswith(("trưởng", "chánh")):
            return self._found(match, end, "head", "", inside)
        head = _HEAD.match(self._low, span.start, span.end)
        last = head.end() if head else self._text.find(" ", span.start, span.end)
        return self._found(match, last if last > 0 else span.end, "head", "", (span, body))

    def _minister(self, match: re.Match[str]) -> FoundPost:
        body = self._body_after(match.end())
        field = None if body else FIELD.match(self._low, match.end())
        return self._found(match, field.end() if field else match.end(), "minister", "", body)

    def _body_at(self, end: int) -> tuple[Span, Body] | None:
        gap = TO_BODY.match(self._text, end)
        return self._bodies.beginning(end, gap.end()) if gap else None

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
            match = _PLACE_RUN.match(self._text, at)
            if not match:
                break
            words = match.group(1).split(" ")
            for length in range(len(words), 0, -1):
                name = " ".join(words[:length])
                if name in places() and not (_is_person(words[:length]) and match.start(1) == at + 1):
                    at = match.start(1) + len(name)
                    break
            else:
                break
        return at

    def _found(
        self, match: re.Match[str], end: int, kind: str, scope: str, body: tuple[Span, Body] | None, stop: int = 0
    ) -> FoundPost:
        start = match.start()
        title = " ".join(self._text[start:end].split())
        stop = max(end, stop, body[0].end if body else self._place_end(end))
        status, begin = PositionStatus.CURRENT, start
        before = STATUS.search(self._low, max(0, start - 14), start)
        if before and not (before[1] == "quyền" and NOT_ACTING.search(self._low, max(0, start - 16), start)):
            status, begin = _STATUSES.get(before[1], PositionStatus.FORMER), before.start()
        tail = TAIL.match(self._text, stop)
        return FoundPost(
            begin,
            end,
            tail.end() if tail else stop,
            title,
            kind,
            scope,
            body[1] if body else None,
            status,
            PLURAL.search(self._low, max(0, start - 30), start) is not None,
            NOT_HELD.search(self._low, max(0, begin - 24), begin) is None,
            NOT_OF_BEFORE.search(self._low, max(0, begin - 28), begin) is not None,
        )
