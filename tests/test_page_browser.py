"""Pages in a real browser: Debian's Chromium, without a screen. Skipped where the browser or Selenium is missing."""

import json
import shutil
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import vnextract
from vnextract.cli import app
from vnextract.evaluate import evaluate
from vnextract.figures.train import examples as noun_examples
from vnextract.gold import GoldArticle, GoldRelations, gold_line, read_gold
from vnextract.names.tagger.train import examples as tagger_examples
from vnextract.records import ArticleRecord
from vnextract.show.archive_page import archive_page
from vnextract.show.frames import to_frames
from vnextract.show.site.write import write_report

if TYPE_CHECKING:
    from conftest import RecordOf

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMEDRIVER = shutil.which("chromedriver")
if not (CHROMIUM and CHROMEDRIVER):
    pytest.skip("no Chromium here: apt-get install chromium chromium-driver", allow_module_level=True)
webdriver = pytest.importorskip("selenium.webdriver", reason="no Selenium here: pip install selenium")

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
)
SCHEMES = ("light", "dark")
WIDTHS = (1280, 390)
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    browser.set_script_timeout(60)
    yield browser
    browser.quit()


@pytest.fixture
def visit(driver: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a page at a width and in a colour scheme; at the end of the test nothing may have been fetched or refused."""

    def go(html: str | Path, width: int = 1280, scheme: str = "light", height: int = 800, script: bool = True) -> Any:
        path = tmp_path / "page.html" if isinstance(html, str) else html
        if isinstance(html, str):
            path.write_text(html, encoding="utf8")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
        feature = {"name": "prefers-color-scheme", "value": scheme}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
        driver.get(path.as_uri())
        return driver

    yield go
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert driver.get_log("browser") == []


def js(browser: Any, code: str, *arguments: object) -> Any:
    """What a script returns, once the page has been drawn twice."""
    draw = "requestAnimationFrame(() => requestAnimationFrame(() => done(result)))"
    wrapped = f"const done = arguments[arguments.length - 1]; const result = (() => {{ {code} }})(); {draw}"
    return browser.execute_async_script(wrapped, *arguments)


def press(browser: Any, key: str) -> None:
    codes = {"Tab": 9, "Escape": 27, "Enter": 13}
    for kind in ("rawKeyDown", "keyUp"):
        event = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": codes.get(key) or ord(key.upper())}
        browser.execute_cdp_cmd("Input.dispatchKeyEvent", event)


def hover(browser: Any, selector: str) -> None:
    x, y = js(
        browser,
        f"const box = document.querySelector('{selector}').getClientRects()[0];"
        "return [box.left + box.width / 2, box.top + box.height / 2]",
    )
    browser.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})


def card(browser: Any) -> str:
    return str(js(browser, "const card = document.getElementById('card'); return card.hidden ? '' : card.innerText"))


def active(browser: Any) -> str:
    return str(js(browser, "return document.activeElement.id"))


def within_view(browser: Any, element: str) -> bool:
    code = f"const box = document.getElementById('{element}').getBoundingClientRect(); return [box.top, box.bottom]"
    top, bottom = js(browser, code)
    return bool(0 < top < bottom < js(browser, "return innerHeight"))


def test_hovering_shows_the_record(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    hover(page, "#indicator-0-1")
    assert "số hộ thoát nghèo" in card(page)
    hover(page, "#person-1-1")
    assert "Giám đốc, Hội Chữ thập đỏ tỉnh Lai Châu (former)" in card(page)
    assert js(page, "return [...document.querySelectorAll('mark.same')].map((mark) => mark.id)") == [
        "person-1-1",
        "person-1-2",
    ]


def test_a_mark_within_a_mark_shows_both(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    hover(page, "#date-1-1")
    assert [kind in card(page) for kind in ("Date", "Organisation", "Official")] == [True, True, False]


def test_leaving_hides_the_card(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    hover(page, "#indicator-0-1")
    hover(page, "footer")
    js(page, "")
    page.execute_async_script("setTimeout(arguments[0], 300)")
    assert card(page) == ""


def test_keyboard_reaches_every_mark(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    seen: list[str] = []
    for _ in range(20):
        press(page, "Tab")
        if js(page, "return document.activeElement.tagName") == "MARK":
            seen.append(active(page))
            assert card(page)
            described = js(page, "return document.activeElement.getAttribute('aria-describedby')")
            assert described == "card"
    assert seen == js(page, "return [...document.querySelectorAll('mark[id]')].map((mark) => mark.id)")
    assert len(seen) == 7


def test_escape_closes_the_card(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    js(page, "document.getElementById('date-0-1').focus()")
    assert card(page)
    press(page, "Escape")
    assert card(page) == ""


def test_skip_link_leads_to_the_facts(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    press(page, "Tab")
    assert js(page, "return document.activeElement.hash") == "#facts"
    assert js(page, "return document.activeElement.getBoundingClientRect().left") >= 0
    js(page, "document.activeElement.click()")
    press(page, "Tab")
    assert js(page, "return document.activeElement.closest('aside') !== null")


@pytest.mark.parametrize("kind", ["organisation", "official", "date", "indicator"])
def test_toggles(visit: Open, sample: ArticleRecord, kind: str) -> None:
    page = visit(sample.to_html())
    button, mark = f".legend button[data-kind={kind}]", f"mark.{kind}"
    state = f"""
        const mark = document.querySelector('{mark}');
        const style = getComputedStyle(mark);
        return [document.querySelector('{button}').getAttribute('aria-pressed'), mark.tabIndex,
            style.backgroundColor === 'rgba(0, 0, 0, 0)', document.querySelector('aside .{kind}').offsetHeight === 0]"""
    assert js(page, state) == ["true", 0, False, False]
    js(page, f"document.querySelector('{button}').click()")
    assert js(page, state) == ["false", -1, True, True]
    hover(page, mark)
    shown = card(page)
    assert kind.capitalize() not in shown.splitlines()[:1]
    js(page, f"document.querySelector('{button}').click()")
    assert js(page, state) == ["true", 0, False, False]


def test_panel_jumps_to_the_mention(visit: Open, record_of: "RecordOf") -> None:
    text = "\n".join(f"Đoạn {number}: xã Hua Bum có 20 hộ." for number in range(300))
    places = [at for at in range(len(text)) if text.startswith("20 hộ", at)]
    page = visit(record_of(text, indicators=[(at, at + 5) for at in places]).to_html())
    js(page, "document.querySelector('aside li:nth-child(150) a').click()")
    page.execute_async_script("setTimeout(arguments[0], 300)")
    assert active(page) == "indicator-149-1"
    assert within_view(page, "indicator-149-1")
    assert "20 hộ" in card(page)


def test_folded_facts_unfold_for_their_links(visit: Open, record_of: "RecordOf") -> None:
    text = "".join(f"{number} hộ. " for number in range(1_000, 1_900))
    page = visit(record_of(text, indicators=[(at, at + 7) for at in range(0, len(text), 9)]).to_html())
    assert js(page, "return document.querySelectorAll('aside li').length") == 900
    assert js(page, "return document.querySelector('aside .rest').open") is False
    js(page, "document.getElementById('indicator-899-1').focus()")
    press(page, "Enter")
    assert js(page, "return document.querySelector('aside .rest').open") is True
    assert js(page, "return document.activeElement.closest('li').dataset.fact") == "indicator-899"
    js(page, "document.activeElement.click()")
    page.execute_async_script("setTimeout(arguments[0], 300)")
    assert active(page) == "indicator-899-1"


def ids(browser: Any, selector: str) -> list[str]:
    return list(js(browser, f"return [...document.querySelectorAll('{selector}')].map((mark) => mark.id)"))


def test_a_figure_lights_its_period_owner_and_speaker(visit: Open, sample: ArticleRecord) -> None:
    (figure,) = sample.indicators
    record = sample.model_copy(update={"indicators": (figure.model_copy(update={"said_by_id": "person-1"}),)})
    page = visit(record.with_text(sample.text or "").to_html())
    js(page, "document.getElementById('indicator-0-1').focus()")
    assert ids(page, "mark.linked") == ["date-0-1", "org-1-1", "person-1-1", "org-1-2", "person-1-2"]
    lit = "return [...document.querySelectorAll('aside li.linked')].map((item) => item.dataset.fact)"
    assert js(page, lit) == ["org-1", "person-1", "date-0"]
    hover(page, "#date-0-1")
    assert ids(page, "mark.linked") == ["indicator-0-1"]


def test_a_person_lights_posts_and_bodies(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    js(page, "document.getElementById('person-1-2').focus()")
    assert ids(page, "mark.linked") == ["org-1-1", "org-1-2"]
    assert js(page, "return document.querySelectorAll('.post.lit').length") == 1
    press(page, "Escape")
    assert js(page, "return document.querySelectorAll('.lit, .linked, .same').length") == 0


def test_an_item_of_the_list_lights_its_marks(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    hover(page, "li[data-fact=indicator-0] > a")
    assert ids(page, "mark.same") == ["indicator-0-1"]
    assert ids(page, "mark.linked") == ["date-0-1", "org-1-1", "org-1-2"]


def test_keys_step_through_the_facts(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    every = ids(page, "mark[id]")
    seen = []
    for _ in every:
        press(page, "j")
        js(page, "")
        seen.append(active(page))
    assert seen == every
    press(page, "k")
    js(page, "")
    assert active(page) == every[-2]
    press(page, "Enter")
    assert js(page, "return document.activeElement.closest('li').querySelector('details').open") is True
    # Single letters can be switched off, for those who speak to their computer.
    js(page, "document.querySelector('.help').open = true; document.getElementById('shortcuts').click()")
    js(page, "document.activeElement.blur()")
    press(page, "j")
    assert js(page, "return document.activeElement.tagName") == "BODY"


def sure_sample(sample: ArticleRecord) -> ArticleRecord:
    first, second = sample.dates
    dates = (first.model_copy(update={"confidence": 0.95}), second.model_copy(update={"confidence": 0.3}))
    return sample.model_copy(update={"dates": dates}).with_text(sample.text or "")


def test_filter_by_confidence(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sure_sample(sample).to_html())
    pale = "const mark = document.getElementById('date-1-1'); return [mark.tabIndex, mark.classList.contains('unsure')]"
    assert js(page, pale) == [0, True]
    code = "const box = document.getElementById('least'); box.value = '80'; box.dispatchEvent(new Event('change'))"
    js(page, code)
    assert js(page, pale)[0] == -1
    assert js(page, "return document.querySelector('aside li[data-fact=date-1]').offsetHeight") == 0
    assert js(page, "return document.getElementById('date-0-1').tabIndex") == 0
    # What nobody has judged is not hidden.
    assert js(page, "return document.getElementById('indicator-0-1').tabIndex") == 0


def test_the_page_changes_its_language(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html())
    assert "Time" in js(page, "return document.querySelector('aside').innerText")
    js(page, "document.querySelector('.languages [lang=vi]').click()")
    text = js(page, "return document.body.innerText")
    assert "Thời điểm" in text
    assert "1/3/2024 – 31/3/2024" in text
    assert "Organisations" not in text
    js(page, "document.getElementById('indicator-0-1').focus()")
    assert "hơn 1.250 hộ" in card(page)
    js(page, "document.querySelector('.languages [lang=en]').click()")
    assert "more than 1,250 hộ" in card(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_without_script_nothing_is_dead(visit: Open, sample: ArticleRecord, width: int) -> None:
    page = visit(sure_sample(sample).to_html(), width, script=False)
    document = page.execute_cdp_cmd("DOM.getDocument", {"depth": -1})["root"]
    shown = page.execute_cdp_cmd("DOM.getOuterHTML", {"nodeId": document["nodeId"]})["outerHTML"]
    assert "<button" not in shown
    assert "<select" not in shown
    assert 'tabindex="0"' not in shown
    nodes = page.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    names = " ".join(str(node.get("name", {}).get("value", "")) for node in nodes)
    for words in ("Hội Chữ thập đỏ tỉnh Lai Châu", "số hộ thoát nghèo", "30%", "Whose"):
        assert words in names


def test_script_in_an_article_is_text(visit: Open, record_of: "RecordOf") -> None:
    attack = "<script>window.owned = 1</script><img src=x onerror='window.owned = 1'>"
    record = record_of(
        f"{attack}\n\n</script>{attack}",
        organisations={attack: [(0, len(attack))]},
        dates=[(0, 8)],
        title=attack,
        source=attack,
    )
    page = visit(record.to_html())
    hover(page, "#org-1-1")
    assert attack in card(page)
    assert attack in js(page, "return document.querySelector('article').innerText")
    assert js(page, "return window.owned ?? null") is None


def test_five_megabytes_still_scroll(visit: Open, record_of: "RecordOf") -> None:
    paragraph = "Ngày 3/4/2025, xã Hua Bum (Nậm Nhùn) cấp 1.250 suất quà cho dân bản, vui như hội. " * 4 + "\n\n"
    text = paragraph * (5_000_000 // len(paragraph) + 1)
    starts = range(0, len(text), len(paragraph))
    record = record_of(
        text,
        dates=[(at, at + 13) for at in starts],
        organisations={"Xã Hua Bum": [(at + 15, at + 25) for at in starts]},
    )
    page = visit(record.to_html())
    frames = page.execute_async_script(
        """
        const done = arguments[0], gaps = [];
        let before = performance.now(), step = 0;
        requestAnimationFrame(function frame(now) {
          gaps.push(now - before); before = now;
          scrollBy({ top: 2000, behavior: "instant" });
          if (++step < 60) requestAnimationFrame(frame); else done(gaps);
        });"""
    )
    assert js(page, "return scrollY") > 60_000
    assert sorted(frames)[len(frames) // 2] < 250
    js(page, "scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    assert js(page, "return document.elementFromPoint(300, 400).closest('article') !== null")
    js(page, "document.querySelector('aside .date .again a:nth-child(25)').click()")
    page.execute_async_script("setTimeout(arguments[0], 1500)")
    assert active(page) == "date-25-1"
    assert within_view(page, "date-25-1")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_fits_and_is_legible(visit: Open, sample: ArticleRecord, width: int, scheme: str) -> None:
    page = visit(sample.to_html(), width, scheme)
    assert js(page, "return document.documentElement.scrollWidth") <= width
    ground = js(page, "return getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 23, 26)")
    js(page, "document.getElementById('org-1-1').focus()")
    left, right, bottom = js(
        page,
        "const box = document.getElementById('card').getBoundingClientRect(); return [box.left, box.right, box.bottom]",
    )
    assert left >= 0
    assert right <= width
    assert bottom <= 800
    assert js(
        page,
        "return [...document.querySelectorAll('button')].filter((one) => one.offsetParent).every((one) => one.offsetHeight >= 24)",
    )


def test_prints_article_then_facts(visit: Open, sample: ArticleRecord) -> None:
    page = visit(sample.to_html(), scheme="dark")
    pdf = b64decode(page.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert pdf.startswith(b"%PDF")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = js(
        page,
        "const shown = (name) => getComputedStyle(document.querySelector(name));"
        "return [shown('header').position, shown('aside').overflow, shown('#card').display, shown('body').color]",
    )
    assert shown[:3] == ["static", "visible", "none"]
    assert shown[3] == "rgb(27, 31, 36)"
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def reviewed(visit: Open, record: ArticleRecord, width: int = 1280, scheme: str = "light") -> Any:
    """The page of a record, with review begun."""
    page = visit(record.to_html(), width, scheme)
    js(page, "document.querySelector('.toggle').click()")
    return page


def fill(page: Any, label: str, value: str) -> None:
    """Writes into the field of the form that has a label."""
    code = """
        const [key, value] = args;
        const label = [...document.querySelectorAll("#sheet label")].find((one) => one.dataset.w === key);
        const field = document.getElementById(label.htmlFor);
        field.value = value;
        field.dispatchEvent(new Event("change", { bubbles: true }));"""
    js(page, f"const args = {json.dumps([label, value])};{code}")


def push(page: Any, key: str, within: str = "#sheet") -> None:
    js(page, f"document.querySelector('{within} [data-w={key}], {within} [data-w-label={key}]').click()")


def edit(page: Any, mark: str) -> None:
    js(page, f"document.getElementById('{mark}').click()")


def select(page: Any, words: str) -> None:
    """Selects the first occurrence of words in the article, as a reader would by dragging over them."""
    code = """
        const walker = document.createTreeWalker(document.getElementById("article"), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const at = walker.currentNode.data.indexOf(args);
          if (at < 0) continue;
          getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + args.length);
          return;
        }"""
    js(page, f"const args = {json.dumps(words)};{code}")


def saved(page: Any, folder: Path) -> Path:
    """The file of gold that the page saves."""
    behaviour = {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": False}
    page.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    push(page, "save", "#reviewing")
    for _ in range(100):
        files = list(folder.glob("*.gold.jsonl"))
        if files and files[0].read_bytes().endswith(b"\n"):
            return files[0]
        page.execute_async_script("setTimeout(arguments[0], 50)")
    raise AssertionError("the page saved no file")


def test_a_page_that_is_only_accepted_saves_what_was_found(visit: Open, sample: ArticleRecord, tmp_path: Path) -> None:
    page = reviewed(visit, sample)
    push(page, "accept_rest", "#reviewing")
    assert "6 of 6 checked" in js(page, "return document.querySelector('.progress').innerText")
    line = json.loads(saved(page, tmp_path).read_text(encoding="utf8"))
    wanted = gold_line(sample)
    for layer in ("organisations", "dates", "indicators"):
        wanted[layer].sort(key=lambda item: item["span"][0])
    assert line == wanted
    scores = evaluate([GoldArticle.of(line)], [sample]).scores.values()
    assert all(score.f1 == 1 for score in scores if score.gold)


def test_corrections_are_what_gold_reads(visit: Open, sample: ArticleRecord, tmp_path: Path) -> None:
    assert sample.text is not None
    page = reviewed(visit, sample)
    # Bounds: two words fewer at the end. The name and the kind: of all mentions of the body, and in what refers to it.
    edit(page, "org-1-1")
    for _ in range(2):
        push(page, "end_left")
    fill(page, "name", "Hội Chữ thập đỏ huyện Nậm Nhùn")
    fill(page, "kind", "association")
    assert js(page, "return document.getElementById('org-1-1').innerText") == "Hội Chữ thập đỏ tỉnh Lai Châu"
    push(page, "accept")
    # A date that is none.
    edit(page, "date-1-1")
    push(page, "reject")
    # A figure: value, unit, measure, whose, who said it, when.
    edit(page, "indicator-0-1")
    fill(page, "number", "1.300,5")
    assert js(page, "return document.querySelector('#sheet input:invalid') !== null")
    fill(page, "number", "1300,5")
    fill(page, "unit", "hộ dân")
    fill(page, "measure", "thoát nghèo")
    fill(page, "said_by", "Lò Thị Máy")
    fill(page, "period", "")
    fill(page, "direction", "increase")
    # A post.
    edit(page, "person-1-1")
    fill(page, "status", "current")
    fill(page, "title", "Chủ tịch")
    push(page, "close")
    # What is missing.
    select(page, "Nậm Nhùn")
    push(page, "organisation", "#adder")
    fill(page, "name", "Ủy ban nhân dân huyện Nậm Nhùn")
    fill(page, "kind", "government")
    push(page, "close")
    push(page, "accept_rest", "#reviewing")
    (gold,) = read_gold([saved(page, tmp_path)])
    words: Callable[[Any], str] = lambda span: gold.text[span.start : span.end]
    assert [(words(body.span), body.name, body.kind) for body in gold.organisations] == [
        ("Nậm Nhùn", "Ủy ban nhân dân huyện Nậm Nhùn", "government"),
        ("Hội Chữ thập đỏ tỉnh Lai Châu", "Hội Chữ thập đỏ huyện Nậm Nhùn", "association"),
        ("hội", "Hội Chữ thập đỏ huyện Nậm Nhùn", "association"),
    ]
    assert [words(found.span) for found in gold.dates] == ["Tháng 3/2024"]
    (figure,) = gold.indicators
    assert figure.values["value"] == 1300.5
    assert [figure.values[name] for name in ("unit", "measure", "direction")] == ["hộ dân", "thoát nghèo", "increase"]
    assert figure.relations == GoldRelations(None, "Hội Chữ thập đỏ huyện Nậm Nhùn", "Lò Thị Máy")
    (person,) = gold.officials
    assert [(post.title, post.organisation, post.status) for post in person.positions] == [
        ("Chủ tịch", "Hội Chữ thập đỏ huyện Nậm Nhùn", "current")
    ]


def test_a_correction_changes_the_next_training(visit: Open, tmp_path: Path) -> None:
    text = "Sáng 4/3, Hội Chữ thập đỏ tỉnh Lai Châu phát 24 suất quà tết cho xã Hua Bum."
    record = vnextract.extract(text, published="2024-03-05", id="bài 1/2")
    before = GoldArticle.of(gold_line(record))
    page = reviewed(visit, record)
    edit(page, "org-1-1")
    for _ in range(2):
        push(page, "end_left")
    edit(page, "indicator-0-1")
    fill(page, "unit", "suất")
    js(page, "")
    for _ in range(2):
        push(page, "end_left")
    push(page, "accept_rest", "#reviewing")
    path = saved(page, tmp_path)
    assert path.name == "bài-1-2.gold.jsonl"
    (after,) = read_gold([path])
    changed = [label for (_, labels) in tagger_examples(after) for label in labels]
    assert changed != [label for (_, labels) in tagger_examples(before) for label in labels]
    assert (
        changed.count("I-ORG")
        == [label for (_, labels) in tagger_examples(before) for label in labels].count("I-ORG") - 2
    )
    assert [one.right for one in noun_examples(after)] != [one.right for one in noun_examples(before)]
    assert CliRunner().invoke(app, ["evaluate", str(path)]).exit_code == 0


def test_what_was_not_checked_counts_neither_way(visit: Open, sample: ArticleRecord, tmp_path: Path) -> None:
    page = reviewed(visit, sample)
    edit(page, "date-0-1")
    push(page, "accept")
    (gold,) = read_gold([saved(page, tmp_path)])
    assert (len(gold.dates), len(gold.organisations), len(gold.ignored)) == (1, 0, 6)


def test_review_by_keyboard(visit: Open, sample: ArticleRecord) -> None:
    page = reviewed(visit, sample)
    every = ids(page, "mark[id]")
    press(page, "j")
    js(page, "")
    press(page, "Enter")
    assert js(page, "return document.activeElement.closest('#sheet') !== null")
    press(page, "Escape")
    assert active(page) == every[0]
    press(page, "a")
    page.execute_async_script("setTimeout(arguments[0], 200)")
    press(page, "x")
    page.execute_async_script("setTimeout(arguments[0], 200)")
    states = (
        "return [...document.querySelectorAll('mark.accepted, mark.rejected')].map((mark) => [mark.id, mark.className])"
    )
    decided = js(page, states)
    assert [mark for mark, _ in decided] == every[:2]
    assert "accepted" in decided[0][1]
    assert "rejected" in decided[1][1]


def test_what_is_missing_is_marked_by_keyboard(visit: Open, sample: ArticleRecord) -> None:
    page = reviewed(visit, sample)
    js(page, "const box = document.getElementById('missing'); box.focus(); box.value = 'không có'")
    press(page, "Enter")
    assert js(page, "return document.querySelector('#missing:invalid') !== null")
    code = (
        "const box = document.getElementById('missing'); box.value = 'Nậm Nhùn'; box.dispatchEvent(new Event('input'))"
    )
    js(page, code)
    press(page, "Enter")
    js(page, "")
    assert js(page, "return String(getSelection())") == "Nậm Nhùn"
    assert js(page, "return document.activeElement.closest('#adder') !== null")
    press(page, "Enter")
    js(page, "document.activeElement.click()")
    js(page, "")
    assert ids(page, "mark.added") == ["new-1-1"]
    assert js(page, "return document.querySelector('mark.added').innerText") == "Nậm Nhùn"


def test_a_decision_can_be_taken_back(visit: Open, sample: ArticleRecord, tmp_path: Path) -> None:
    page = reviewed(visit, sample)
    edit(page, "org-1-1")
    push(page, "start_right")
    fill(page, "name", "Hội khác")
    push(page, "restore")
    assert js(page, "return document.querySelector('.state').innerText") == "not checked"
    push(page, "close")
    push(page, "accept_rest", "#reviewing")
    line = json.loads(saved(page, tmp_path).read_text(encoding="utf8"))
    assert line["organisations"][0] == gold_line(sample)["organisations"][0]
    assert line["indicators"][0]["owner"] == "Hội Chữ thập đỏ tỉnh Lai Châu"


def test_offsets_are_code_points_whatever_the_text(visit: Open, record_of: "RecordOf", tmp_path: Path) -> None:
    text = "😀 Dòng một\r\n\r\n😀😀 tha\u0301ng ba,\r\u0007 UBND họp 😀 hết"
    at = text.index("UBND")
    page = reviewed(visit, record_of(text, organisations={"UBND": [(at, at + 4)]}))
    select(page, "hết")
    push(page, "organisation", "#adder")
    push(page, "close")
    push(page, "accept_rest", "#reviewing")
    (gold,) = read_gold([saved(page, tmp_path)])
    assert gold.text == text
    assert [gold.text[body.span.start : body.span.end] for body in gold.organisations] == ["UBND", "hết"]


AXE = Path(__file__).parent.parent / "build" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Any) -> list[str]:
    if not AXE.exists():
        pytest.skip("no axe-core here: npm install --prefix build axe-core")
    page.execute_script(AXE.read_text(encoding="utf8"))
    run = "const done = arguments[1]; axe.run(document, { runOnly: arguments[0] }).then((found) => done(found.violations))"
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in page.execute_async_script(run, LEVELS)]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("step", ["read", "card", "review", "form", "vietnamese"])
def test_no_barrier(visit: Open, sample: ArticleRecord, width: int, scheme: str, step: str) -> None:
    page = visit(sure_sample(sample).to_html(language="vi" if step == "vietnamese" else "en"), width, scheme)
    if step == "card":
        js(page, "document.getElementById('indicator-0-1').focus()")
    if step in ("review", "form"):
        js(page, "document.querySelector('.toggle').click(); document.querySelector('.help').open = true")
    if step == "form":
        edit(page, "person-1-1")
    assert js(page, "return document.documentElement.scrollWidth") <= width
    assert violations(page) == []


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, sample: ArticleRecord) -> str:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("polars")
    path = tmp_path_factory.mktemp("archive") / "news.duckdb"
    records = [sample.model_copy(update={"id": f"nn-{day}", "published": f"2024-04-{day:02}"}) for day in range(1, 20)]
    with duckdb.connect(str(path)) as database:
        for name, frame in to_frames(records, engine="polars").items():
            database.register("frame", frame)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
    return archive_page(path)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_report_fits(visit: Open, archive: str, width: int, scheme: str) -> None:
    page = visit(archive, width, scheme)
    assert js(page, "return document.documentElement.scrollWidth") <= width
    assert js(page, "return document.querySelectorAll('.chart rect').length") == 19


def test_report_leads_to_the_article(visit: Open, archive: str) -> None:
    page = visit(archive)
    js(page, "document.querySelector('#figures td a').click()")
    page.execute_async_script("setTimeout(arguments[0], 300)")
    assert active(page) == "a1-indicator-0-1"
    assert within_view(page, "a1-indicator-0-1")
    assert "số hộ thoát nghèo" in card(page)
    assert js(page, "return document.querySelectorAll('#articles details[open]').length") == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_of_several_articles_have_no_barrier(
    visit: Open, archive: str, sample: ArticleRecord, width: int, scheme: str
) -> None:
    for html in (archive, vnextract.RecordList([sample, sample]).to_html(language="vi")):
        page = visit(html, width, scheme)
        js(page, "for (const one of document.querySelectorAll('details')) one.open = true")
        assert js(page, "return document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_the_report_of_an_archive_changes_its_language(visit: Open, archive: str) -> None:
    page = visit(archive)
    js(page, "document.querySelector('.languages [lang=vi]').click()")
    assert "Tổ chức được nhắc nhiều nhất" in js(page, "return document.body.innerText")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, linked_archive: Path) -> Path:
    return write_report(linked_archive, tmp_path_factory.mktemp("report") / "site", "vi").parent


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_of_the_report_fit_and_have_no_barrier(visit: Open, site: Path, width: int, scheme: str) -> None:
    one_of_each = [*site.glob("*.html"), *(next((site / one).iterdir()) for one in ("bodies", "people"))]
    assert len(one_of_each) == 8
    for path in one_of_each:
        page = visit(path, width, scheme)
        assert js(page, "return document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path


def test_search_without_accents(visit: Open, site: Path) -> None:
    page = visit(site / "index.html")
    search = """
        const box = document.getElementById("wanted");
        box.value = args;
        box.dispatchEvent(new Event("input"));
        return [...document.querySelectorAll(".hits a")].map((link) => link.innerText)"""
    assert js(page, f"const args = 'LO THI';{search}") == ["Lò Thị Máy"]
    assert js(page, f"const args = 'hộ nghèo lai';{search}") == ["tỷ lệ hộ nghèo"]
    assert "Hội Chữ thập đỏ tặng quà" in js(page, f"const args = 'tang qua';{search}")
    assert js(page, f"const args = 'khong co gi';{search}") == []
    assert "tìm thấy 0" in js(page, "return document.getElementById('search').innerText")
    js(page, f"const args = 'may';{search}")
    page.get(js(page, "return document.querySelector('.hits a').href"))
    assert "Lò Thị Máy" in js(page, "return document.querySelector('h1').innerText")
    js(page, "document.querySelector('.languages [lang=en]').click()")
    assert "Figures quoted" in js(page, "return document.body.innerText")


def test_the_report_is_readable_without_script(visit: Open, site: Path) -> None:
    page = visit(site / "index.html", 390, script=False)
    nodes = page.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    names = " ".join(str(node.get("name", {}).get("value", "")) for node in nodes)
    assert "Hội Chữ thập đỏ tỉnh Lai Châu" in names
    assert "Tìm:" not in names
