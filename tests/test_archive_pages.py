"""Pages and plain texts: the lead stays, a front page and another language do not pass without a word."""

from pathlib import Path

import pytest

from vnextract.archive.files import Unreadable
from vnextract.archive.prepare import FOREIGN, Prepared, Reading, prepare
from vnextract.archive.read import read_raw

pytest.importorskip("trafilatura", reason="trafilatura is not installed")

LEAD = "Sau ba giờ thảo luận sáng 24/5, HĐND tỉnh Sơn La thông qua nghị quyết chi 120 tỷ đồng xây cầu qua suối."
BODY = """<p>Theo tờ trình, cây cầu dài 310 mét sẽ được khởi công trong quý IV và phục vụ 4.500 hộ dân của bốn xã.</p>
<p>Ông Trần Văn Minh, Giám đốc Sở Giao thông vận tải, cho biết đơn vị thi công được chọn qua đấu thầu rộng rãi.</p>
<p>Tuyến đường dẫn rút ngắn hơn 15 km đường về trung tâm huyện, giảm ùn tắc trong những ngày mưa lũ kéo dài.</p>"""
MORE = "".join(f'<li><a href="/bai-{i}.html">Tin khác số {i} về đời sống ở vùng cao</a></li>' for i in range(12))


def page(top: str, body: str = BODY, head: str = "", main: str = "fck_detail") -> str:
    return f"""<html lang="vi"><head><title>Sơn La xây cầu - Báo Thử</title>{head}</head><body>
<header><nav><a href="/">Trang chủ</a> <a href="/thoi-su">Thời sự</a></nav></header>
<section class="page-detail"><div class="sidebar-1"><h1 class="title-detail">Sơn La xây cầu qua suối</h1>{top}
<article class="{main}">{body}</article></div><aside><ul>{MORE}</ul></aside></section>
<footer>Tổng biên tập</footer></body></html>"""


def read(path: Path) -> Prepared | Unreadable:
    (raw,) = read_raw([str(path)], Reading())
    item = raw if isinstance(raw, Unreadable) else prepare(raw, Reading())
    assert item is not None
    return item


def text_of(folder: Path, html: str) -> str:
    path = folder / "a.html"
    path.write_text(html, encoding="utf8")
    item = read(path)
    assert isinstance(item, Prepared), item
    return item.article.text


@pytest.mark.parametrize(
    ("top", "head"),
    [
        (f'<p class="description"><span class="location-stamp">Sơn La</span>{LEAD}</p>', ""),
        (f'<h2 class="singular-sapo">{LEAD}</h2>', ""),
        (f'<div class="detail-sapo">{LEAD}</div>', ""),
        (f'<p class="x7">{LEAD}</p>', f'<meta name="description" content="{LEAD[:90]}…">'.replace("…", "")),
        (f'<p class="x7">{LEAD}</p>', f'<meta property="og:description" content="{LEAD}">'),
    ],
)
def test_the_lead_above_an_article_is_kept_once(tmp_path: Path, top: str, head: str) -> None:
    text = text_of(tmp_path, page(top, head=head))
    assert text.count(LEAD) == 1 and text.index(LEAD) < text.index("Theo tờ trình")
    assert "Tin khác" not in text


def test_what_is_no_lead_is_not_taken(tmp_path: Path) -> None:
    top = '<p class="date">Thứ tư, 24/5/2023, 10:00 (GMT+7) - chuyên mục thời sự trong nước</p>'
    assert text_of(tmp_path, page(top)).startswith("Theo tờ trình")
    inside = page("", body=f'<p class="sapo">{LEAD}</p>{BODY}')
    assert text_of(tmp_path, inside).count(LEAD) == 1


def reason(folder: Path, html: str) -> str:
    path = folder / "a.html"
    path.write_text(html, encoding="utf8")
    item = read(path)
    assert isinstance(item, Unreadable), item
    return item.reason


TEASERS = "".join(
    f'<div><h3><a href="/bai-{i}.html">Tỉnh thứ {i} công bố kế hoạch xây cầu mới qua sông</a></h3>'
    f"<p>Cầu thứ {i} dài {i}00 mét.</p></div>"
    for i in range(20)
)


def test_a_front_page_and_a_list_are_failures_with_their_reason(tmp_path: Path) -> None:
    front = page("", head='<meta property="og:url" content="https://bao.example/">')
    assert reason(tmp_path, front) == "this is the front page of a site, not an article"
    assert reason(tmp_path, page("", body=TEASERS)).startswith("this is a list of articles, not one")
    # Some sites say of every article that it is their front page.
    stated = '<meta property="og:url" content="https://bao.example/"><meta property="og:type" content="article">'
    assert "Theo tờ trình" in text_of(tmp_path, page("", head=stated))
    # Others have one address for all, and tell articles apart by what follows it.
    asked = page("", head='<meta property="og:url" content="https://bao.example/?p=12">')
    assert "Theo tờ trình" in text_of(tmp_path, asked)
    # An article may end in links to others.
    signed = page("", body=BODY + TEASERS, head='<meta property="article:published_time" content="2023-05-24">')
    assert "Theo tờ trình" in text_of(tmp_path, signed)


@pytest.mark.parametrize("names", [("published", "modified"), ("modified", "published")])
def test_a_page_is_of_the_day_when_it_was_published(tmp_path: Path, names: tuple[str, str]) -> None:
    days = {"published": "2023-05-24", "modified": "2023-06-30"}
    head = "".join(f'<meta property="article:{name}_time" content="{days[name]}T10:00:00+07:00">' for name in names)
    (tmp_path / "a.html").write_text(page("", head=head), encoding="utf8")
    item = read(tmp_path / "a.html")
    assert isinstance(item, Prepared) and item.article.published == "2023-05-24"


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("The province said on Monday that a bridge of 310 metres would be built by the end of the year. " * 3, True),
        ("Le conseil provincial a approuvé lundi la construction d'un pont de trois cents mètres. " * 4, True),
        ("省人民委员会二十四日上午召开会议,讨论预算问题。" * 10, True),
        (LEAD * 3, False),
        ("So Giao thong van tai cho biet cay cau dai 310 met se khoi cong trong quy IV nam nay. " * 3, False),
        ("Hop.", False),
        ("HAGL - SLNA 2-1 (Washington, Rafaelson, Olaha)", False),
    ],
)
def test_another_language_is_told(tmp_path: Path, text: str, foreign: bool) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    item = read(tmp_path / "a.txt")
    assert isinstance(item, Prepared)
    assert (FOREIGN in item.article.warnings) == foreign


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", f"Sơn La xây cầu qua suối\n\n{LEAD}\n", "Sơn La xây cầu qua suối"),
        ("a.txt", f"\ufeffSơn La xây cầu qua suối\r\n{LEAD}\r\n", "Sơn La xây cầu qua suối"),
        ("a.txt", f"Vì sao cầu sập?\n\n{LEAD}", "Vì sao cầu sập?"),
        ("a.md", f"# Sơn La xây cầu\n\n{LEAD}", "Sơn La xây cầu"),
        ("a.txt", LEAD, None),
        ("a.txt", f"{LEAD}\n\nHết.", None),
        ("a.txt", "Sau ba giờ thảo luận sáng 24/5, HĐND tỉnh Sơn La\nthông qua nghị quyết chi 120 tỷ đồng.", None),
        ("a.txt", "Sau ba giờ thảo luận sáng 24/5, HĐND tỉnh\nSơn La thông qua nghị quyết chi 120 tỷ.", None),
        ("a.txt", f"24/5/2023 10:00 GMT+7\n\n{LEAD}", None),
    ],
)
def test_a_text_has_the_headline_that_it_begins_with(tmp_path: Path, name: str, text: str, title: str | None) -> None:
    (tmp_path / name).write_text(text, encoding="utf8")
    item = read(tmp_path / name)
    assert isinstance(item, Prepared)
    assert item.article.title == title
