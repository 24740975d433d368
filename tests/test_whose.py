"""Whose a body is: options, cues, one learnt choice; the constructions that it is learnt from."""

import pytest

from vnextract.article import Article
from vnextract.errors import LexiconError
from vnextract.evaluate import plain
from vnextract.names.find import find_names
from vnextract.names.tagger.names import TaggedName
from vnextract.organisations.full_names import Name
from vnextract.organisations.gather import names_of
from vnextract.organisations.parts import possible
from vnextract.organisations.short_forms import ShortForms
from vnextract.organisations.train import constructions, examples, learn, marked
from vnextract.organisations.whose.choice import Learnt
from vnextract.records import Level, OrganisationKind
from vnextract.text.document import Text
from vnextract.text.normalise import fold


def name(text: str, kind: OrganisationKind) -> Name:
    return Name(text, kind, Level.NONE, fold(text))


def test_nearly_all_constructions_are_named_as_they_say() -> None:
    right = wrong = 0
    for gold in constructions():
        text = Text(gold.text)
        found = find_names(text, [TaggedName(*one.span, "ORG", 1.0) for one in gold.organisations])
        names = dict(
            zip(((one.start, one.end) for one in found.found), names_of(found, Article(gold.text)), strict=True)
        )
        for one in gold.organisations:
            given = names.get((one.span.start, one.span.end))
            right += given is not None and plain(given.text) == plain(one.name)
            wrong += given is None or plain(given.text) != plain(one.name)
    assert right > 150
    assert wrong <= 0.05 * right


def test_a_unit_learns_from_one_example_which_body_it_is_part_of() -> None:
    taught = marked(
        "<Đội Sửa chữa>, <Nhà máy Chè Xanh> tăng ca.", ["Đội Sửa chữa Nhà máy Chè Xanh", "Nhà máy Chè Xanh"]
    )
    (example, *_) = examples(taught)
    candidates, right = example
    assert right > 0
    judge = Learnt(learn([taught] * 20))
    assert judge.scorer.best(candidates) == right


def test_marks_and_names_must_agree() -> None:
    with pytest.raises(LexiconError, match="marks 2 bodies and names 1"):
        marked("<Sở Y tế> và <Sở Nội vụ> họp.", ["Sở Y tế tỉnh Sơn La"])


def test_what_may_be_part_of_what() -> None:
    unit = name("Phòng Tham mưu", OrganisationKind.POLICE)
    assert (
        possible(name("Khoa Nội", OrganisationKind.HEALTH), name("Bệnh viện Hồng Hà", OrganisationKind.HEALTH))
        == "rank"
    )
    assert possible(unit, name("Trường Tiểu học Pà Cò", OrganisationKind.EDUCATION)) is None
    assert possible(unit, unit) is None


def test_short_forms_and_how_they_are_made() -> None:
    company = name("Tập đoàn Vàng bạc Hồng Hà", OrganisationKind.COMPANY)
    short, outline = name("Hồng Hà", OrganisationKind.COMPANY), name("Tập đoàn Hồng Hà", OrganisationKind.COMPANY)
    forms = ShortForms([company, short, outline, None])
    assert {(one.name.text, one.how) for one in forms(short)} == {
        ("Tập đoàn Vàng bạc Hồng Hà", "part"),
        ("Tập đoàn Hồng Hà", "part"),
    }
    assert [(one.name.text, one.how) for one in forms(outline)] == [("Tập đoàn Vàng bạc Hồng Hà", "outline")]
    assert forms(company) == []
