"""Bodies left unsaid: `thầy Nghị, Phó Hiệu trưởng`, in a report about one school."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from vnextract.lexicon.tables import table
from vnextract.officials.bodies import Bodies
from vnextract.officials.names import countries, is_syllable, places, surnames
from vnextract.officials.patterns import END, RUN, TOKEN, UNIT, UNMARKED
from vnextract.officials.positions import FoundPost, bears_a_person
from vnextract.organisations.models import Body
from vnextract.records import OrganisationKind
from vnextract.text.alignment import Span
from vnextract.text.late import late
from vnextract.text.letters import UPPER

_NEAR, _FAR = 500, 4000
_ANNOUNCING = 60
"""Characters between a body and the colon after which its people are listed."""
_TOGETHER = late(r",? (?:kiêm|kiêm nhiệm|đồng thời là|và) (?:là )?(?:chức )?|, (?:kiêm )?|/| - | và ")
_NEXT_RUN = late(rf" ({TOKEN}) [{UPPER}]")
_NAME = late(rf" ({RUN})")
_STOP = late(r"\s*(?:$|[,.;:)\]\"”'’–-])| (?:là|ông|bà)\b")
_ONE_WORD = late(rf" ({TOKEN}){END}(?! [{UPPER}])")
_OF_WORD = late(rf" (?:của|tại) ({TOKEN}){END}")
_CHOSEN = late(
    r"\b(?:giữ|làm|bầu|cử|trúng cử|tái cử|tái đắc cử|bổ nhiệm)(?: (?:chức|chức vụ|chức danh|cương vị))?(?: các chức)? $"
)
_CHAIRED = {
    "chủ tịch": late(
        r"(?:ủy ban (?:nhân dân|mặt trận)|hội|liên đoàn|công đoàn|hiệp hội|liên hiệp|mặt trận|trung ương hội|quỹ)\b"
    ),
    "bí thư": late(r"(?:\w+ ủy|đảng bộ|đảng ủy|chi bộ|ban chấp hành|(?:\w+ )?đoàn)\b"),
    "chủ nhiệm": late(r"(?:ủy ban|câu lạc bộ|hợp tác xã|văn phòng|hội)\b"),
}
"""What the bodies are called whose chairs and secretaries are chosen without naming the body again."""
_HEADLESS = late(r"ban (?:chấp hành|bí thư|thường vụ|giám đốc|tổng giám đốc|giám hiệu|điều hành|lãnh đạo)\b")
"""Bodies called `ban` that no `trưởng ban` heads."""
_NOUNS = {"hiệu trưởng": "trường", "hiệu phó": "trường"}


def _noun(core: str) -> str | None:
    """What the body of a title is called, where the title says: `đồn` of `đồn trưởng`, `ban` of `trưởng ban`.

    >>> [_noun(core) for core in ("trung đoàn trưởng", "trưởng ban", "cục phó", "giám đốc")]
    ['trung đoàn', 'ban', 'cục', None]
    """
    if core in _NOUNS:
        return _NOUNS[core]
    for word in ("trưởng", "phó", "chánh"):
        if core.endswith(f" {word}"):
            return core.removesuffix(f" {word}")
        if core.startswith(f"{word} "):
            return core.removeprefix(f"{word} ")
    return None


def _starts(body: Body, noun: str) -> bool:
    name = body.name.lower()
    return name.startswith(noun + " ") and _HEADLESS.match(name) is None


def _is_ministry(body: Body) -> bool:
    return body.kind == OrganisationKind.GOVERNMENT and _starts(body, "bộ")


@cache
def _headed() -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """How the names of the bodies begin that a title heads, and of which kinds others are."""
    found: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {}
    for row in table("post_bodies"):
        openings, kinds = found.get(row["title"], ((), frozenset()))
        begins = (f"{row['begins']} ",) if row["begins"] else ()
        found[row["title"]] = (*openings, *begins), kinds | ({row["kind"]} if row["kind"] else set())
    return found


class Implied:
    """Gives posts without a body the one that the words around them mean, where they leave no doubt."""

    def __init__(self, text: str, posts: Sequence[FoundPost], bodies: Bodies, everything: Sequence[Body]) -> None:
        self._text, self._posts, self._bodies, self._everything = text, posts, bodies, everything
        self._chiefs: dict[str, Body | None] = {}
        self._only: dict[str, Body | None] = {}
        self._titled: dict[str, list[Body]] | None = None

    def complete(self, sentences: Sequence[Span]) -> Iterator[FoundPost]:
        """The posts, bodies added; those that are posts only with a body and have none are left out."""
        number = 0
        for index, post in enumerate(self._posts):
            while number + 1 < len(sentences) and sentences[number].end <= post.start:
                number += 1
            sentence = sentences[number] if sentences else Span(0, 0)
            if post.kind == "counterpart":
                yield from self._counterpart(index, post, sentence)
                continue
            body = post.body or self._body(index, post, sentence)
            if _is_one(post, body):
                yield post if body is post.body else replace(post, body=body)

    def _body(self, index: int, post: FoundPost, sentence: Span) -> Body | None:
        if post.kind == "minister" and self._is_without_portfolio(index):
            return None
        if post.kind in ("state", "village"):
            return None if post.kind == "village" else self._told_elsewhere(post)
        noun = "bộ" if post.kind == "minister" else _noun(post.core)
        if noun and not self._stands_alone(post.end):
            return None
        if noun:
            if post.kind == "minister":
                near = (body for body in self._bodies.before(post.start, _FAR) if _is_ministry(body))
                return self._told_elsewhere(post) or next(near, None) or self._ministry()
            near = (body for body in self._bodies.before(post.start, _FAR) if _starts(body, noun))
            return next(near, None) or self._apposed(post)
        if post.kind == "role" or post.core == "ủy viên":
            return None
        if post.place in countries():
            return None
        if UNIT.search(post.title.lower()) or UNMARKED.match(self._text, post.end) or self._is_of_history(post):
            return None
        return (
            self._of_list(post)
            or self._apposed(post)
            or self._of_agent(post, sentence)
            or self._of_neighbour(index, post, sentence)
            or self._of_same_title(index, post, sentence)
            or self._of_choice(index, post, sentence)
            or self._of_side(post, sentence)
            or self._of_kind(post, sentence)
            or self._told_elsewhere(post)
            or self._only_one_headed(post)
        )

    def _counterpart(self, index: int, post: FoundPost, sentence: Span) -> Iterator[FoundPost]:
        """The post named before, in another state: `Ngoại trưởng Pháp A và [người đồng cấp] Đức B`."""
        before = (other for other in reversed(self._posts[:index]) if other.kind != "counterpart")
        same = next(before, None)
        if same and same.start >= sentence.start and same.kind == "state":
            yield replace(post, title=same.title, core=same.core, kind=same.kind, scope=same.scope)

    def _is_without_portfolio(self, index: int) -> bool:
        """Whether the next post says what a minister heads: `Bộ trưởng, Chủ nhiệm [Văn phòng Chính phủ]`."""
        post, after = self._posts[index], self._posts[index + 1 : index + 2]
        return any(
            other.kind == "office"
            and other.body is not None
            and not _is_ministry(other.body)
            and self._text[post.end : other.start] in (", ", " - ", " kiêm ", ", kiêm ")
            for other in after
        )

    def _told_elsewhere(self, post: FoundPost) -> Body | None:
        """The one body of which the article tells the same title: `Tổng tư lệnh quân đội X`, later `Tổng tư lệnh`."""
        if self._titled is None:
            self._titled = {}
            for told in self._posts:
                if told.body:
                    self._titled.setdefault(told.title.lower(), []).append(told.body)
        told_of = self._titled.get(post.title.lower(), [])
        return told_of[0] if told_of and all(body is told_of[0] for body in told_of) else None

    def _only_one_headed(self, post: FoundPost) -> Body | None:
        """The article's only body that is called as those are that the title heads, or is of their kind."""
        if post.core not in _headed() or self._names_a_body(post.end):
            return None
        if post.core not in self._only:
            openings, kinds = _headed()[post.core]
            found = [body for body in self._everything if body.name.lower().startswith(openings) or body.kind in kinds]
            self._only[post.core] = found[0] if len(found) == 1 else None
        return self._only[post.core]

    def _ministry(self) -> Body | None:
        """The article's only ministry."""
        found = [body for body in self._everything if _is_ministry(body)]
        return found[0] if len(found) == 1 else None

    def _of_list(self, post: FoundPost) -> Body | None:
        """The body whose people are listed: `Ủy ban bầu cử gồm: Chủ tịch: A; Phó Chủ tịch: B`, across lines too."""
        if not self._text.startswith(":", post.end):
            return None
        for span, body in self._bodies.mentions.backwards(post.start, _NEAR):
            colon = self._text.find(":", span.end, min(span.end + _ANNOUNCING, post.start))
            if colon >= 0:
                return body if "." not in self._text[span.end : colon] else None
        return None

    def _apposed(self, post: FoundPost) -> Body | None:
        """The body after a comma: `Phó Tham mưu trưởng, [Bộ Chỉ huy Quân sự tỉnh]`."""
        after = self._bodies.beginning(post.end + 2, post.end + 2)
        return after[1] if after and self._text.startswith(", ", post.end) else None

    def _of_agent(self, post: FoundPost, sentence: Span) -> Body | None:
        """The body that somebody heads: `[Công ty X] do ông A làm giám đốc`."""
        if not self._text.endswith(" làm ", sentence.start, post.start):
            return None
        agent = self._text.rfind(" do ", sentence.start, post.start)
        if agent < 0 or self._text.endswith(" lần lượt", sentence.start, agent):
            return None
        return next(self._bodies.before(agent, min(_ANNOUNCING, agent - sentence.start)), None)

    def _of_neighbour(self, index: int, post: FoundPost, sentence: Span) -> Body | None:
        """The body of the next post in the same breath: `Chủ tịch kiêm Tổng Giám đốc [Công ty X]`."""
        if post.core == "bí thư":
            return None
        for other in (*self._posts[index + 1 : index + 3], *self._posts[max(0, index - 1) : index]):
            first, second = sorted((post, other), key=lambda found: found.start)
            gap = self._text[first.end : second.start] if second.start - first.end < 20 else "\n"
            joined = other.kind == "office" and _TOGETHER.fullmatch(gap) is not None
            body = other.body or (self._of_kind(other, sentence) if " kiêm" in gap else None)
            if joined and body and (" kiêm" in gap or post.scope or other.scope):
                return body
        return None

    def _of_same_title(self, index: int, post: FoundPost, sentence: Span) -> Body | None:
        """The body of the same title nearby: `Bí thư Đảng ủy phường; bà B, Phó Bí thư`."""
        if post.title.lower() == post.core:
            return None
        near = chain(reversed(self._posts[max(0, index - 4) : index]), self._posts[index + 1 : index + 2])
        same = [o for o in near if sentence.start <= o.start < sentence.end and o.core == post.core and o.body]
        return min(same, key=lambda other: other.status != post.status).body if same else None

    def _of_choice(self, index: int, post: FoundPost, sentence: Span) -> Body | None:
        """The body that chose: `cử 61 vị vào [Ủy ban Mặt trận]; bà A giữ chức Chủ tịch, ông B làm Phó Chủ tịch`.

        It may be named with the deputies only: `bầu A làm Chủ tịch, B làm Phó Chủ tịch [Hội X]`.
        """
        called = _CHAIRED.get(post.core)
        if called is None or not _CHOSEN.search(self._text, max(sentence.start, post.start - 30), post.start):
            return None
        for other in self._posts[index + 1 : index + 3]:
            if other.start < sentence.end and other.core == post.core and other.body:
                return other.body
        near = self._bodies.before(post.start, min(post.start - sentence.start, _NEAR))
        return next((body for body in near if called.match(body.name.lower())), None)

    def _of_side(self, post: FoundPost, sentence: Span) -> Body | None:
        """The body whose side comes: `Về phía [Hội Nhà báo], Chủ tịch A phát biểu`."""
        near = self._bodies.mentions.backwards(post.start, post.start - sentence.start)
        return next((body for span, body in near if self._text.endswith(" phía ", 0, span.start)), None)

    def _paragraph(self, post: FoundPost) -> int:
        return self._text.rfind("\n", max(0, post.start - _FAR), post.start) + 1 or max(0, post.start - _NEAR)

    def _of_kind(self, post: FoundPost, sentence: Span) -> Body | None:
        """The body of the kind that the title means: the sentence's, the paragraph's first, the article's chief one."""
        if not post.scope or self._names_a_body(post.end):
            return None
        near = chain(
            self._bodies.before(post.start, min(post.start - sentence.start, _FAR)),
            self._bodies.before(post.start, post.start - self._paragraph(post)),
        )
        if found := next((body for body in near if body.kind == post.scope), None):
            return found
        if chief := self._chief(post.scope):
            return chief
        near = chain(
            self._bodies.before(post.start, _NEAR),
            self._bodies.after(post.end, min(sentence.end, post.end + _NEAR)),
        )
        return next((body for body in near if body.kind == post.scope), None)

    def _stands_alone(self, at: int) -> bool:
        """Whether nothing follows a title that could be a body nobody marked: a sign, or a person's name."""
        run = _NEXT_RUN.match(self._text, at)
        return run[1] in surnames() if run else _STOP.match(self._text, at) is not None

    def _is_of_history(self, post: FoundPost) -> bool:
        """Whether a title is that of a leader after whom a place is called, and of no body: `Chủ tịch Hồ Chí Minh`."""
        run = _NAME.match(self._text, post.end)
        return run is not None and run[1] in places() and bears_a_person(run[1].split(" "))

    def _names_a_body(self, at: int) -> bool:
        """Whether foreign words follow a title: a body that nobody marked, as in `CEO DeepMind`, `CEO của Blue Fin`."""
        word = _ONE_WORD.match(self._text, at) or _OF_WORD.match(self._text, at)
        return word is not None and not is_syllable(word[1])

    def _chief(self, kind: str) -> Body | None:
        """The body of a kind that the article names most, if one is."""
        if kind not in self._chiefs:
            ranked = sorted((len(body.mentions), n) for n, body in enumerate(self._everything) if body.kind == kind)
            clear = ranked and (len(ranked) == 1 or ranked[-1][0] > ranked[-2][0])
            self._chiefs[kind] = self._everything[ranked[-1][1]] if clear else None
        return self._chiefs[kind]


def _needs_body(post: FoundPost) -> bool:
    """Whether a post is none without a body: `thành viên`, a match's `đội trưởng`, a visit's `trưởng đoàn`."""
    return post.kind == "role" or _noun(post.core) in ("đoàn", "đội", "tổ", "nhóm")


def _is_one(post: FoundPost, body: Body | None) -> bool:
    """Whether the words make a post: a `đại biểu` is one in a council, not in a delegation."""
    if post.core == "đại biểu":
        return body is not None and body.kind == OrganisationKind.LEGISLATURE and not _starts(body, "đoàn")
    return body is not None or not _needs_body(post)
