"""Pages in a real browser: Debian's Chromium, without a screen. Skipped where the browser or Selenium is missing."""

import shutil
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from vnextract.records import ArticleRecord
from vnextract.show.archive_report import report
from vnextract.show.frames import to_frames

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
WIDTHS = (1280, 400)
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

    def go(html: str, width: int = 1280, scheme: str = "light", height: int = 800) -> Any:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf8")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
        driver.get(path.as_uri())
        return driver

    yield go
    assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert driver.get_log("browser") == []


def js(browser: Any, code: str, *arguments: object) -> Any:
    """What a script returns, once the page has been drawn twice."""
    draw = "requestAnimationFrame(() => requestAnimationFrame(() => done(result)))"
    wrapped = f"const done = arguments[arguments.length - 1]; const result = (() => {{ {code} }})(); {draw}"
    return browser.execute_async_script(wrapped, *arguments)


def press(browser: Any, key: str) -> None:
    codes = {"Tab": 9, "Escape": 27}
    for kind in ("rawKeyDown", "keyUp"):
        event = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
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
    for _ in range(15):
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
    button, mark = f".legend [data-kind={kind}]", f"mark.{kind}"
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


def test_more_facts_on_demand(visit: Open, record_of: "RecordOf") -> None:
    text = "20 hộ. " * 900
    page = visit(record_of(text, indicators=[(at, at + 5) for at in range(0, len(text), 7)]).to_html())
    count = "return [document.querySelectorAll('aside li').length, document.querySelector('.more').hidden]"
    assert js(page, count) == [200, False]
    js(page, "document.querySelector('.more').click()")
    assert js(page, count) == [700, False]
    js(page, "document.querySelector('.more').click()")
    assert js(page, count) == [900, True]
    js(page, "document.querySelector('aside li:last-child a').click()")
    page.execute_async_script("setTimeout(arguments[0], 300)")
    assert active(page) == "indicator-899-1"


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
    js(page, "document.querySelector('aside .date li:nth-child(100) a').click()")
    page.execute_async_script("setTimeout(arguments[0], 1500)")
    assert active(page) == "date-99-1"
    assert within_view(page, "date-99-1")


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
    assert js(page, "return [...document.querySelectorAll('button')].every((button) => button.offsetHeight >= 24)")


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
    return report(path)


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
