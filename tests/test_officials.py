"""Officials as a table: a sentence with its bodies marked, and who holds which post in which body."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from vnextract.article import Article
from vnextract.findings import Findings, with_people
from vnextract.officials.gather import find_people
from vnextract.officials.models import Person, Post
from vnextract.organisations.models import Body, OrganisationMention
from vnextract.records import FoundBy, Level, OrganisationKind
from vnextract.text.document import Text

_KINDS = {
    "Công ty": OrganisationKind.COMPANY,
    "Tập đoàn": OrganisationKind.COMPANY,
    "Ngân hàng": OrganisationKind.COMPANY,
    "HTX": OrganisationKind.COMPANY,
    "Trường": OrganisationKind.EDUCATION,
    "HĐND": OrganisationKind.LEGISLATURE,
    "Hội": OrganisationKind.ASSOCIATION,
    "Đảng ủy": OrganisationKind.PARTY,
}
_MARKED = re.compile(r"<([^<>]*)>")


def marked(text: str) -> Findings:
    """An article whose bodies stand in angle brackets; a body's name is what stands there."""
    plain, at = "", 0
    bodies: dict[str, Body] = {}
    for match in _MARKED.finditer(text):
        plain += text[at : match.start()]
        name = match[1]
        kind = next((kind for head, kind in _KINDS.items() if name.startswith(head)), OrganisationKind.GOVERNMENT)
        body = bodies.setdefault(name, Body(name, kind, Level.NONE))
        body.mentions.append(OrganisationMention(len(plain), len(plain) + len(name), FoundBy.GRAMMAR))
        plain, at = plain + name, match.end()
    return with_people(replace(Findings.of(Article(plain + text[at:])), bodies=tuple(bodies.values())))


def written(person: Person) -> str:
    """`NAME = TITLE @ BODY (STATUS) + ...`."""

    def post(found: Post) -> str:
        body = f" @ {found.body.name}" if found.body else ""
        return found.title + body + ("" if found.status == "current" else f" ({found.status})")

    return f"{person.name} = {' + '.join(map(post, person.posts))}".strip()


def rows() -> Iterator[tuple[str, str]]:
    here = Path(__file__).parent
    for path in (here / "test_officials.tsv", here.parent / "corpus" / "posts.tsv"):
        lines = path.read_text(encoding="utf8").splitlines()
        for line in [line for line in lines if not line.startswith("#")][1:]:
            text, _, people = line.partition("\t")
            yield text.replace("⏎", "\n"), people


@pytest.mark.parametrize(("text", "people"), list(rows()))
def test_posts(text: str, people: str) -> None:
    assert " ; ".join(map(written, marked(text).people)) == people


def test_there_are_rows_enough() -> None:
    assert len(list(rows())) >= 150


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "Lorem ipsum dolor sit amet.", "Chủ tịch " * 2000, "Ông A, " * 3000, '<>("“' * 500]
)
def test_any_text_is_taken(text: str) -> None:
    for person in find_people(Text(text), (), None):
        assert person.mentions


def test_posts_point_at_the_words_that_state_them() -> None:
    document = marked("Dự có ông Đỗ Cao Sơn, nguyên Phó Chủ tịch <UBND tỉnh>, và bà con.")
    post = document.people[0].posts[0]
    assert document.text.norm[post.start : post.end] == "nguyên Phó Chủ tịch UBND tỉnh"
    assert post.body is document.bodies[0]


def test_honorific_and_rank() -> None:
    person = marked("Thiếu tướng Đỗ Cao Sơn, Tư lệnh <Quân khu 5>, thăm bà con. Đồng chí Sơn tặng quà.").people[0]
    assert (person.rank, person.honorific) == ("Thiếu tướng", "đồng chí")
