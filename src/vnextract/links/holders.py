"""Who bears which post: what stands between a name and a post says whether they belong together."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from vnextract.officials.models import Post
from vnextract.officials.names import FoundName
from vnextract.officials.patterns import RUN, office_words
from vnextract.officials.positions import FoundPost
from vnextract.organisations.models import Body
from vnextract.records import OrganisationKind, PositionStatus

_ASIDE = (
    r"(?: ?\((?!nguyên|cựu)[^()\n]{1,60}\)|, (?:\d{2,3} tuổi|"
    r"(?:SN|sinh năm|sinh ngày|quê|trú|ngụ|thường trú|hiện ở|dân tộc|cán bộ|đảng viên)[^,;.()\n]{1,60})){0,2}"
)
_ALIAS = r"(?:\d{2} tuổi, |(?:tức|còn gọi là|thường gọi|biệt danh|tự)[^,()\n]{1,30}, )?"
_VERB = office_words("verb")
_TO_POST = re.compile(rf"{_ASIDE}(?:,? ?[,–—-]|,? ?\()? ?{_ALIAS}(?P<verbs>(?:{_VERB} ){{0,8}})(?:các )?")
_APPOINTS = re.compile(rf"(?:(?:đã|vừa|mới|sẽ|đang|tiếp tục|chính thức|cũng) )*{office_words('appoints')} ")
_DATE = r"(?:(?:từ|đến|vào|cuối|đầu|giữa|ngày|tháng|năm) |[\d/.-]{1,9}[/.-] ?){0,5}(?P<year>(?:19|20)\d\d)"
_THEN = re.compile(rf",? ?(?:(?:và )?{_DATE},? (?:thì )?)?(?P<verbs>(?:{_VERB} ){{1,8}})")
_RESIGNED = re.compile(
    r",? người (?:đã|vừa|mới)(?: mới| vừa)? (?:bị )?"
    r"(?:từ chức|thôi chức|từ nhiệm|cách chức|bãi nhiệm|phế truất|nghỉ hưu)"
)
_COPULA = re.compile(r"\b(?:là|làm|giữ chức|trở thành) $")
_OVER = re.compile(rf"\),? (?P<verbs>(?:{_VERB} ){{1,8}})(?:các )?")
_DATED = re.compile(rf"(?:- |\+ )?{_DATE},? ", re.IGNORECASE)
_LATER = re.compile(r"\b(?:sau đó|rồi) ")
_APPOINTED = re.compile(
    r",? (?:được|đến|tham gia|giới thiệu|về|vừa|và|tiếp tục|thôi|nghỉ)\b[^.;:\n]{0,140}\b"
    r"(?P<verbs>(?:giữ chức(?: vụ| danh)?|giữ cương vị|đảm nhiệm|làm) )"
)
_PRONOUN = re.compile(
    r"(?:(?P<lead>[^.;:\n]{0,70}), )?(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Bb]ị c(?:áo|an)|[Nn]gười này)(?: này)? "
    rf"(?P<verbs>(?:{_VERB} ){{1,8}})"
)
_YEAR = re.compile(r"\d{4}")
_NEXT_YEAR = re.compile(r"\b(?:tháng|năm|[Ss]au) (?:sau|đó)\b")
_LED_TO = re.compile(rf"\b(?!khi ){_VERB} $")
_PAST = re.compile(rf"\b{office_words('past')}\b")
_EARLIER = re.compile(
    r"\b(?:[Tt]rước (?:khi|đây|đó)|(?:[Gg]iai đoạn|[Tt]ừ|[Nn]hững năm)(?: năm| tháng \d{1,2}/| \d{1,2}/)? ?\d{4} ?"
    r"(?:-|–|đến)(?: năm| tháng)? ?[\d/]*\d{4})\b[^.;]{0,80}$"
)
_RESPECTIVELY = re.compile(r"\b(?:lần lượt|giữ|làm|chức)\b")
_BETWEEN_POSTS = re.compile(
    r",? ?(?:kiêm|kiêm nhiệm|đồng thời là|và) (?:là )?(?:chức )?|, (?:hiện |nay )?(?:là )?(?:kiêm )?| ?[-–—/] ?"
)
_PLACES = (
    r"(?: (?:(?:của|nước|bang|tỉnh|TP\.?|thành phố|huyện|quận|xã|phường|thị trấn|thị xã|tại|ở|khu vực|vùng) ){0,2}"
    rf"{RUN}){{0,2}}"
)
_QUALITY = f"(?: (?i:{office_words('quality')}))?"
_ADJACENT = re.compile(rf"{_PLACES}{_QUALITY}[\"”’']? (?:là )?")
_APPOSED = re.compile(rf"{_PLACES}(?:,|:| ?[-–—]| ?\(| là| đối với| cho)? {{0,2}}")
_LISTING = re.compile(r"(?:,? (?:gồm|bao gồm|là|có|như|trong đó có))?(?: (?:các )?(?:đồng chí|ông|bà))?:? ?")
_ANNOUNCED = re.compile(r"[^.;:]{0,60}\b(?:đối với|cho|gồm|là|có)(?: các)?(?: đồng chí| ông, bà| ông| bà)?: ")
_LISTED = re.compile(r"[\"”]?(?: \([^()\n]{1,40}\))?(?:, và |,? | và |; | cùng | cùng với )(?:các )?")
_MANY = re.compile(r"(?:các|hai|ba|bốn) $")
_REPLACES = re.compile(
    rf"[,)]? ?(?:{_VERB} ){{0,6}}(?:(?:kể )?từ (?:ngày )?[\d/.-]{{3,10}} )?(?:để )?"
    r"(?:thay(?: thế)?(?: cho)?|kế nhiệm|kế vị)(?: (?:người|vị)[^,.;:]{1,40}?(?: là)?)? "
)
_NOW = re.compile(r"\b(?:nay|hiện)\b")
_OF_STATE = (OrganisationKind.PARTY, OrganisationKind.GOVERNMENT, OrganisationKind.LEGISLATURE)
_OFFICE_OF_STATE = re.compile("(?:phó )?(?:tổng bí thư|chủ tịch nước|thủ tướng|tổng thống)")
_OF_CITIES = ("thị trưởng", "tỉnh trưởng", "đô trưởng", "cảnh sát trưởng", "thống đốc", "thủ hiến")
_BEFORE_ONE_WORD = ("thống đốc", "đặc phái viên", "tư lệnh", "cao ủy", "tổng thư ký", "tổng trưởng")
_UNIT_LAST = re.compile(rf"{office_words('unit')} $", re.IGNORECASE)
_GOES_ON = re.compile(r" (?!là |của |và |kiêm |cùng |khóa |tại |đến từ |từ |với |ở )[a-zđ]")
_REACH = 170
_LONGEST_LIST = 80


@dataclass(slots=True)
class Holder:
    """A name as it stands in the text, with the posts that the text gives it there."""

    name: FoundName
    posts: list[Post] = field(default_factory=list)
    titled: bool = False
    """A title stands right before the name."""

    @property
    def start(self) -> int:
        """Where its honorifics begin."""
        return self.name.start

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.name.end


@dataclass(slots=True)
class Group:
    """Posts in one breath: `Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy`."""

    found: list[FoundPost]
    gaps: list[str]
    """What stands before each."""

    @property
    def start(self) -> int:
        """Where the first post begins."""
        return self.found[0].start

    @property
    def end(self) -> int:
        """Where the last post ends."""
        return self.found[-1].end

    @property
    def plural(self) -> bool:
        """Whether several persons bear them."""
        return self.found[0].plural

    def posts(self, former: bool = False, since: int | None = None, doubtful: bool = False) -> list[Post]:
        """The posts; one without a body takes a neighbour's: `Chủ tịch kiêm Tổng Giám đốc [Công ty X]`.

        `nguyên` before the first holds for those joined by `kiêm` and for others of the same place, up to a `nay`:
        `nguyên Bí thư Đảng ủy, Chủ tịch HĐND xã, nay là Chủ tịch xã`.
        """
        posts = [found.post() for found in self.found]
        carried = posts[0].status == PositionStatus.FORMER
        for post, gap in zip(posts, self.gaps, strict=True):
            carried = carried and not _NOW.search(gap)
            if former or (carried and (" kiêm " in gap or _same_place(posts[0].body, post.body))):
                post.status = PositionStatus.FORMER
        return [replace(post, since=since, doubtful=doubtful) for post in posts] if since else posts


def _names_a_holder(name: FoundName, group: Group) -> bool:
    """Whether a word right after a title can be a person: in `nhà sáng lập Wikipedia` it is not."""
    post = group.found[-1]
    one_word = len(name.tokens) == 1 and not (name.prefixes or name.vietnamese or name.known)
    return not one_word or post.kind in ("state", "minister") or post.core in _BEFORE_ONE_WORD


def _same_place(body: Body | None, other: Body | None) -> bool:
    if body is None or other is None or body.kind not in _OF_STATE or other.kind not in _OF_STATE:
        return False
    return body.name.split()[-2:] == other.name.split()[-2:]


Item = Holder | Group


class Linker:
    """Attaches the posts of one sentence to its names."""

    def __init__(
        self,
        text: str,
        posts: Iterable[FoundPost],
        names: Iterable[FoundName],
        start: int = 0,
        previous: Holder | None = None,
    ) -> None:
        """Take the posts and names of a sentence that begins at `start`; `previous` was named last before it."""
        self._text, self._start, self._previous = text, start, previous
        self._given: dict[int, Holder] = {}
        self.holders = [Holder(name) for name in names]
        self._items: list[Item] = sorted([*self._groups(posts), *self.holders], key=lambda item: item.start)

    def _gap(self, before: Item | FoundPost, after: Item | FoundPost) -> str:
        """The text between two items; a line break where they are too far apart."""
        return self._text[before.end : after.start] if 0 <= after.start - before.end <= _REACH else "\n"

    def _groups(self, posts: Iterable[FoundPost]) -> Iterator[Group]:
        """Posts that follow each other, with no name between them."""
        group: Group | None = None
        starts = [holder.start for holder in self.holders]
        for post in posts:
            if not post.held:
                continue
            joined = group and not post.plural and _BETWEEN_POSTS.fullmatch(self._gap(group, post))
            if group and joined and bisect_left(starts, group.end) == bisect_left(starts, post.start):
                group.gaps.append(self._gap(group, post))
                group.found.append(post)
                continue
            if group:
                yield group
            group = Group([post], [""])
        if group:
            yield group

    def loose(self) -> Iterator[FoundPost]:
        """Single posts that no name took, and that may be those of a person named in another sentence."""
        taken = {post.start for holder in self.holders for post in holder.posts}
        last = self.holders[-1].start if self.holders else 0
        for index, item in enumerate(self._items):
            if isinstance(item, Group) and not item.plural and item.start >= last and not self._is_led(index, item):
                yield from (found for found in item.found if found.start not in taken and not found.apart)

    def _is_led(self, index: int, group: Group) -> bool:
        """Whether the words before a title give it to a person of the sentence, or begin a clause about another."""
        left = self._neighbour(index - 1)
        led = _LED_TO.search(self._text, max(0, group.start - 24), group.start)
        return led is not None or (left is not None and self._is_subject(left, group))

    def link(self) -> list[Holder]:
        """The names with their posts."""
        for index, item in enumerate(self._items):
            if isinstance(item, Group):
                self._attach(index, item)
        for holder in self.holders:
            ends = (holder.end, *(post.end for post in holder.posts))
            if holder.posts and any(_RESIGNED.match(self._text, end) for end in ends):
                holder.posts = [replace(post, status=PositionStatus.FORMER) for post in holder.posts]
        return self.holders

    def _referred(self, index: int, group: Group) -> list[Post]:
        """The posts that a pronoun at the beginning of the sentence leads to: `Ông từng giữ chức ...`.

        A year before it tells when a post was taken, not whether it is still held.
        """
        pronoun = None if index else _PRONOUN.fullmatch(self._text, self._start, group.start)
        if pronoun is None or self._previous is None:
            return []
        lead = pronoun["lead"] or ""
        former = _PAST.search(pronoun["verbs"]) is not None or _EARLIER.search(lead) is not None
        year = _YEAR.search(lead)
        since = int(year.group()) if year else None
        if since is None and _NEXT_YEAR.search(lead):
            since = max((post.since for post in self._previous.posts if post.since), default=1)
        return group.posts(former, since, doubtful=since is not None)

    @staticmethod
    def _led(gap: str) -> re.Match[str] | None:
        """Words that lead from one post of a person to the next: `, được bổ nhiệm làm`."""
        return _THEN.fullmatch(gap) or _APPOINTED.fullmatch(gap)

    def _aside(self, index: int, group: Group) -> str | None:
        """The verbs that go on to a post after one in brackets: `ông A (nguyên Chủ tịch xã) giữ chức ...`."""
        holder = self._neighbour(index - 2)
        before = self._items[index - 1] if holder and self._given.get(index - 1) is holder else None
        over = _OVER.fullmatch(self._gap(before, group)) if before else None
        return over["verbs"] if over else None

    def _neighbour(self, index: int) -> Holder | None:
        item = self._items[index] if 0 <= index < len(self._items) else None
        return item if isinstance(item, Holder) else None

    def _attach(self, index: int, group: Group) -> None:
        left, right = self._neighbour(index - 1), self._neighbour(index + 1)
        after = self._gap(group, right) if right else "\n"
        before = _TO_POST.fullmatch(self._gap(left, group)) if left and self._gap(left, group).strip() else None
        if before and _APPOINTS.match(before["verbs"]):
            before = None
        adjacent = right is not None and _ADJACENT.fullmatch(after) is not None and _names_a_holder(right.name, group)
        if group.plural or _ANNOUNCED.fullmatch(after):
            self._share_right(index, group)
        elif left and before and self._goes_left(index, left, group, after if adjacent else "\n"):
            self._give_left(index - 1, left, group, before["verbs"])
            self._given[index] = left
            self._replaced(index, group)
        elif right and adjacent and left and before and not left.titled and len(group.found) > 1:
            left.posts += group.posts()[:-1]
            self._give_right(right, group.posts()[-1:])
        elif right and (adjacent or self._apposed(group, right, after)):
            self._give_right(right, group.posts())
            self._replaced(index + 1, group)
        elif (aside := self._aside(index, group)) is not None:
            self._give_left(index - 2, self._given[index - 1], group, aside)
            self._given[index] = self._given[index - 1]
        elif index - 1 in self._given and (then := self._led(self._gap(self._items[index - 1], group))):
            self._given[index] = self._given[index - 1]
            self._go_on(self._given[index], self._items[index - 1], group, then)
            self._replaced(index, group)
        elif self._previous and (posts := self._referred(index, group)):
            self._given[index] = self._previous
            self._previous.posts += posts

    @staticmethod
    def _go_on(holder: Holder, before: Item, group: Group, then: re.Match[str]) -> None:
        """Add posts that follow others of the same person; `sau đó` says that those are over, a year may."""
        year, last = then.groupdict().get("year"), holder.posts[-1]
        if _LATER.search(then["verbs"]):
            for post in holder.posts:
                post.status = PositionStatus.FORMER if post.start >= before.start else post.status
        since = int(year) if year else last.since
        holder.posts += group.posts(_PAST.search(then["verbs"]) is not None, since, last.doubtful)

    @staticmethod
    def _apposed(group: Group, right: Holder, after: str) -> bool:
        """Whether a sign or a word parts the title and the name: `Giám đốc Sở, ông A`, `Chủ tịch tỉnh - A`."""
        if group.found[-1].kind == "role" or not _APPOSED.fullmatch(after):
            return False
        return (
            bool(right.name.prefixes) or after.strip() in ("-", "–") or (after == ", " and len(right.name.tokens) > 1)
        )

    def _goes_left(self, index: int, left: Holder, group: Group, after: str) -> bool:
        """Whether a group that may belong to the name before it does; a name right after it has the better claim."""
        if group.found[0].apart or self._titles_first(index, left) or self._is_subject(left, group):
            return False
        if after == " ":
            return self._is_place(index, left, group)
        return after == "\n" or not left.titled

    def _is_subject(self, left: Holder, group: Group) -> bool:
        """Whether a head of state's title after a comma begins a clause: `nghe ông A, Thủ tướng yêu cầu`."""
        post = group.found[0]
        alone = len(group.found) == 1 and post.kind == "state" and post.end - post.start == len(post.title)
        return (
            alone
            and left.start > self._start
            and self._gap(left, group) == ", "
            and _OFFICE_OF_STATE.fullmatch(post.core) is not None
            and _GOES_ON.match(self._text, post.end) is not None
        )

    def _is_place(self, index: int, left: Holder, group: Group) -> bool:
        """Whether what follows a post is a place, no name, as the post has its holder before a comma or a copula.

        `Petrov là thị trưởng [Murmansk]`, `ông A, Chủ tịch UBND phường [Lê Mao], cho biết`.
        """
        right = self._neighbour(index + 1)
        if right is None or right.name.prefixes:
            return False
        apposed = bool(left.name.prefixes) and not left.titled
        if " " not in right.name.text:
            city = apposed and group.found[-1].core in _OF_CITIES
            return not right.name.known and (city or _COPULA.search(self._gap(left, group)) is not None)
        unit = _UNIT_LAST.search(self._text, max(0, right.start - 10), right.start)
        return apposed and unit is not None and len(right.name.tokens) == 2

    def _titles_first(self, index: int, left: Holder) -> bool:
        """Whether the names before are enumerated after their titles: `Ngoại trưởng A, cố vấn B, thư ký C`."""
        earlier = self._neighbour(index - 3)
        group = self._items[index - 2] if index > 2 else None
        if not (left.titled and earlier and earlier.titled and isinstance(group, Group)):
            return False
        return _LISTED.fullmatch(self._gap(earlier, group)) is not None

    @staticmethod
    def _give_right(holder: Holder, posts: list[Post]) -> None:
        holder.posts += posts
        holder.titled = True

    def _give_left(self, at: int, left: Holder, group: Group, verbs: str) -> None:
        """Give posts to the name at an index before them, and to those enumerated with it where they are meant too."""
        dated = _DATED.fullmatch(self._text, self._start, left.start) if verbs else None
        posts = group.posts(self._is_past(left, verbs), int(dated["year"]) if dated else None)
        listed = self._listed_before(at)
        alike = len({post.title.lower() for post in posts}) == 1
        if len(listed) == len(posts) > 1 and (alike or _RESPECTIVELY.search(verbs)):
            for holder, post in zip(listed, posts, strict=True):
                holder.posts.append(post)
            return
        replaced = self._neighbour(at - 1)
        if replaced and _REPLACES.fullmatch(self._gap(replaced, left)):
            replaced.posts += posts
            left.posts += group.posts(former=True)
            return
        left.posts += posts
        if self._all_meant(listed, verbs):
            for holder in listed[:-1]:
                holder.posts += posts

    def _all_meant(self, listed: list[Holder], verbs: str) -> bool:
        """Whether a post after an enumeration of names is everybody's; in brackets it is the last one's."""
        if not verbs and self._text.startswith(" (", listed[-1].end):
            return False
        many = _MANY.search(self._text, max(0, listed[0].start - 4), listed[0].start)
        respectively = _RESPECTIVELY.search(verbs) is not None or "đều" in verbs
        return not listed[-1].name.prefixes or many is not None or respectively

    def _is_past(self, holder: Holder, verbs: str) -> bool:
        """Whether the words around a name say that it held the post before: `từng là`, `trước khi nghỉ, ông A là`."""
        earlier = self._text[max(0, holder.start - 90) : holder.start]
        return _PAST.search(verbs) is not None or (bool(verbs) and _EARLIER.search(earlier) is not None)

    def _listed_before(self, index: int) -> list[Holder]:
        """The names that end with the one at an index, in one enumeration without posts between them."""
        listed: list[Holder] = []
        while (holder := self._neighbour(index)) and (
            not listed or (_LISTED.fullmatch(self._gap(holder, listed[0])) and not holder.posts)
        ):
            listed.insert(0, holder)
            index -= 1
        return listed

    def _replaced(self, index: int, group: Group) -> None:
        """`... giữ chức Chủ tịch thay ông B`: B held the post before."""
        holder = self._neighbour(index + 1)
        if holder and _REPLACES.fullmatch(self._gap(self._items[index], holder)):
            acting = {post.start for post in group.posts() if post.status == PositionStatus.ACTING}
            holder.posts += [post for post in group.posts(former=True) if not acting or post.start in acting]

    def _continues(self, before: Item, item: Holder, announced: bool) -> bool:
        """Whether a name goes on with the list of the item before it; after a colon, titles may come between."""
        if announced and isinstance(before, Group):
            return _ADJACENT.fullmatch(self._gap(before, item)) is not None or self._starts_anew(item)
        return _LISTED.fullmatch(self._gap(before, item)) is not None or (announced and self._starts_anew(item))

    def _starts_anew(self, item: Holder) -> bool:
        return self._text[max(0, item.start - 3) : item.start].endswith(("; ", ", ", "và "))

    def _share_right(self, index: int, group: Group) -> None:
        """A plural title belongs to every name of the list that follows it."""
        following = self._items[index + 1 : index + 1 + _LONGEST_LIST]
        if not following:
            return
        gap = self._gap(group, following[0])
        if not (_LISTING.fullmatch(gap) or _ANNOUNCED.fullmatch(gap) or _ADJACENT.fullmatch(gap)):
            return
        announced = ":" in gap
        for number, item in enumerate(following):
            if isinstance(item, Group):
                if item.plural or not announced:
                    return
                continue
            if number and not self._continues(following[number - 1], item, announced):
                return
            item.posts += group.posts()
            item.titled = not announced
