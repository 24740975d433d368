"""Pages: what they show is the article, whatever it holds, and they can fetch nothing."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from vnextract.cli import app
from vnextract.errors import InputFileError, TextMismatchError, UnknownLanguageError
from vnextract.kinds import FactKind
from vnextract.records import ArticleRecord, DateKind, Direction, Grain, OrganisationKind, Place, Qualifier, UnitKind
from vnextract.show import markup
from vnextract.show.archive_page import archive_page
from vnextract.show.charts import Point, bars, scatter
from vnextract.show.facts import facts, folded
from vnextract.show.frames import to_frames
from vnextract.show.marks import Close, Mark, Open, nested, paragraphs
from vnextract.show.markup import asset, printable, safe
from vnextract.show.periods import every, grain_of
from vnextract.show.review import review
from vnextract.show.stored import open_archive
from vnextract.show.terminal import print_record
from vnextract.show.words import speech

if TYPE_CHECKING:
    from conftest import RecordOf

VOID = {"meta", "link", "br", "rect", "line", "polyline"}
EN, VI = speech("en"), speech("vi")


@dataclass
class Page(HTMLParser):
    """A page taken apart; fails where its elements do not nest."""

    html: str
    words: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    raw: dict[str, list[str]] = field(default_factory=dict)
    stack: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.stack.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1][0] in ("script", "style"):
            self.raw.setdefault(self.stack[-1][0], []).append(data)
        elif any(attributes.get("id") == "article" for _, attributes in self.stack):
            self.words.append(data)
            for tag, attributes in self.stack:
                if tag == "mark":
                    key = attributes["data-fact"] or ""
                    self.marks[key] = self.marks.get(key, "") + data

    @property
    def text(self) -> str:
        return "".join(self.words)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_shows_the_article_and_every_mention(sample: ArticleRecord) -> None:
    page = Page(sample.to_html())
    assert sample.text is not None
    assert squeezed(page.text) == squeezed(sample.text)
    stated = {fact.key: "".join(mention.text for mention in fact.mentions) for fact in facts(sample)}
    assert page.marks == stated


def test_marks_within_marks(sample: ArticleRecord) -> None:
    html = sample.to_html()
    assert '<mark class="date" data-fact="date-1" data-n="1" id="date-1-1">2024</mark></mark>' in html


def test_panel_jumps_to_every_mention(sample: ArticleRecord) -> None:
    page = Page(sample.to_html())
    targets = {attributes["href"] for tag, attributes in page.elements if tag == "a"} - {"#facts", sample.url}
    anchors = {f"#{attributes['id']}" for tag, attributes in page.elements if tag == "mark"}
    assert targets == anchors
    assert len(anchors) == sum(len(fact.mentions) for fact in facts(sample))


def test_data_tells_the_record_in_both_languages(sample: ArticleRecord) -> None:
    data = json.loads(Page(sample.to_html()).raw["script"][0])
    figure = data["facts"]["indicator-0"]
    assert (figure["kind"], figure["heading"], figure["to"]) == ("indicator", "1.250 hộ", ["date-0", "org-1"])
    assert figure["en"] == [
        "more than 1,250 hộ",
        [
            ["Measures", "số hộ thoát nghèo", None, None, False],
            ["Time", "Tháng 3/2024 (2024-03-01 – 2024-03-31)", None, "date-0", False],
            ["Whose", "Hội Chữ thập đỏ tỉnh Lai Châu", None, "org-1", False],
            ["Unit kind", "count", None, None, True],
        ],
    ]
    assert figure["vi"][0] == "hơn 1.250 hộ"
    assert figure["vi"][1][1] == ["Thời điểm", "Tháng 3/2024 (1/3/2024 – 31/3/2024)", None, "date-0", False]
    post = ["Post", "Giám đốc, Hội Chữ thập đỏ tỉnh Lai Châu (former)", None, "org-1", False]
    assert post in data["facts"]["person-1"]["en"][1]


def test_everything_is_readable_without_script(sample: ArticleRecord) -> None:
    html = sample.to_html(language="vi")
    panel = html[html.index("<aside") : html.index("</aside>")]
    for words in (
        "số hộ thoát nghèo",
        "Thời điểm",
        "Tháng 3/2024 (1/3/2024 – 31/3/2024)",
        "Của ai",
        "(nguyên)",
        "Quy tắc",
    ):
        assert words in panel
    # Controls that need the script are made by it.
    assert not {"button", "select", "input", "form"} & {tag for tag, _ in Page(html).elements}


def test_figures_say_their_direction_and_speaker(sample: ArticleRecord) -> None:
    (figure,) = sample.indicators
    change = figure.model_copy(
        update={"direction": Direction.INCREASE, "unit": "%", "value": Decimal(9), "said_by_id": "person-1"}
    )
    record = sample.model_copy(update={"indicators": (change,)})
    told = {fact.key: fact for fact in facts(record, "vi")}["indicator-0"]
    assert told.line == "hơn +9%"
    assert ("Theo lời", "Lò Thị Máy", "person-1") in [(field.label, field.value, field.to) for field in told.fields]


def test_a_post_says_where_and_when(sample: ArticleRecord) -> None:
    (person,) = sample.officials
    (post,) = person.positions
    held = post.model_copy(
        update={"organisation": None, "place": Place(name="An Giang", code="89"), "since": "2016-03", "until": "2020"}
    )
    assert VI.post(held) == "Giám đốc (An Giang, nguyên, từ 3/2016, đến 2020)"
    assert EN.post(post) == "Giám đốc, Hội Chữ thập đỏ tỉnh Lai Châu (former)"


def test_what_is_unsure_is_pale(sample: ArticleRecord) -> None:
    (figure,) = sample.indicators
    record = sample.model_copy(
        update={"indicators": (figure.model_copy(update={"confidence": 0.31, "period_confidence": 0.92}),)}
    )
    html = record.to_html()
    assert (
        '<mark class="indicator unsure" data-fact="indicator-0" data-n="1" data-sure="31" id="indicator-0-1">' in html
    )
    assert '<span class="sure unsure">31%</span>' in html
    assert '<span class="sure">92%</span>' in html
    assert "unsure" not in sample.to_html().partition("<body>")[2].partition('<script type="application/json"')[0]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "1/3/2024 – 31/3/2024"),
        ({"kind": DateKind.DURATION, "first_day": None, "last_day": None, "duration": "P3M"}, "3 tháng"),
        ({"kind": DateKind.SET, "first_day": None, "last_day": None}, "lặp lại"),
        ({"first_day": None, "last_day": None}, "chưa xác định"),
    ],
)
def test_what_is_said_of_a_date(sample: ArticleRecord, changes: dict[str, object], line: str) -> None:
    record = sample.model_copy(update={"dates": (sample.dates[0].model_copy(update=changes),)})
    assert {fact.key: fact.line for fact in facts(record, "vi")}["date-0"] == line


def test_long_articles_are_drawn_in_groups(record_of: "RecordOf") -> None:
    def drawn(paragraphs: int) -> Page:
        return Page(record_of("\n\n".join(f"Xã số {number} họp." for number in range(paragraphs))).to_html())

    long, short = drawn(500), drawn(50)
    assert all(f"Xã số {number} họp." in long.text for number in range(500))
    assert long.elements.count(("article", {"id": "article", "class": "long"})) == 1
    assert short.elements.count(("article", {"id": "article"})) == 1
    assert [page.elements.count(("div", {})) for page in (long, short)] == [20, 0]


@pytest.mark.parametrize("sentence", ["Dân bản vui mừng. ", "mừng"])
def test_a_paragraph_without_end_is_cut_between_words(sentence: str) -> None:
    text = (sentence * 5_000).strip()
    parts = [text[part.start : part.end] for part in paragraphs(text, [])]
    assert "".join(parts) == text and len(parts) > 1
    assert all(0 < len(part) <= 8_000 for part in parts)
    assert all(part.endswith((". ", ".")) for part in parts if "." in part)


def test_every_part_of_the_gold_of_a_page_has_its_key(sample: ArticleRecord) -> None:
    found = review(sample)
    assert found is not None
    assert found["keys"] == {
        "organisations": ["org-1-1", "org-1-2"],
        "officials": ["person-1"],
        "dates": ["date-0", "date-1"],
        "indicators": ["indicator-0"],
    }
    assert all(len(found["gold"][layer]) == len(keys) for layer, keys in found["keys"].items())


@pytest.mark.parametrize(
    ("last", "grain", "periods"),
    [
        (date(2024, 3, 1), "day", 1),
        (date(2024, 3, 31), "day", 31),
        (date(2025, 2, 28), "month", 12),
        (date(2044, 3, 1), "year", 21),
    ],
)
def test_charts_have_neither_one_bar_nor_a_thousand(last: date, grain: str, periods: int) -> None:
    first = date(2024, 3, 1)
    assert grain_of(first, last) == grain
    days = every(grain, first, last)
    assert len(days) == periods
    assert days[0] <= first and days[-1] <= last


def test_figures_of_a_chart_stand_above_its_axis() -> None:
    points = [
        Point(date(2020 + n, 1, 1), value, "a", f"{value}", is_doubtful=n == 2)
        for n, value in enumerate((0.0, 5.0, 10.0))
    ]
    page = Page(scatter(points, "%", "Tỷ lệ", VI))
    (axis,) = (attributes for tag, attributes in page.elements if tag == "line")
    dots = [attributes for tag, attributes in page.elements if tag == "circle"]
    heights = [float(dot["cy"] or 0) for dot in dots]
    assert axis["y1"] == axis["y2"] == dots[0]["cy"]
    assert heights[0] - heights[1] == heights[1] - heights[2] > 0
    assert [float(dot["cx"] or 0) for dot in dots] == pytest.approx([12, 320, 628], abs=1)
    assert [dot.get("class") for dot in dots] == [None, None, "doubtful"]


def test_bars_are_as_high_as_what_they_count() -> None:
    html = bars([(date(2024, 3, 1), 3), (date(2024, 3, 2), 0), (date(2024, 3, 3), 12)], "Bài", VI)
    rects = [attributes for tag, attributes in Page(html).elements if tag == "rect"]
    assert [(rect["y"], rect["height"]) for rect in rects] == [
        ("75.00", "25.00"),
        ("100.00", "0.00"),
        ("0.00", "100.00"),
    ]


def test_repeated_facts_are_folded(record_of: "RecordOf") -> None:
    text = "Năm 2018 mưa. " * 7 + "Năm 2019 nắng."
    record = record_of(text, dates=[(at, at + 8) for at in range(0, len(text), 14)])
    assert [len(alike) for alike in folded(facts(record))] == [7, 1]
    html = record.to_html()
    assert '<span class="times">×7</span>' in html
    assert html.count("<li data-fact=") == 2
    links = [attributes["href"] for tag, attributes in Page(html).elements if tag == "a"]
    assert {f"#date-{number}-1" for number in range(8)} <= set(links)


def test_a_page_of_another_language_is_refused(sample: ArticleRecord) -> None:
    with pytest.raises(UnknownLanguageError, match="'en' or 'vi'"):
        sample.to_html(language="fr")  # type: ignore[arg-type]


def test_both_languages_say_everything() -> None:
    assert EN.words.keys() == VI.words.keys()
    used = set(
        re.findall(
            r"""(?:told|say|button|_field|_minor|_whom)\((?:"(?:span|dt|dd|p|label|summary|option|legend)", )?"([a-z_]+)\"""",
            SOURCES,
        )
    )
    assert used >= {"skip", "facts", "accept", "period", "measures"}
    elements = {"span", "dt", "dd", "p", "label", "summary", "option", "legend", "button"}
    assert used - elements <= EN.words.keys()
    enumerations = {
        "kind": OrganisationKind,
        "unit_kind": UnitKind,
        "grain": Grain,
        "date": DateKind,
        "qualifier": Qualifier,
    }
    wanted = {f"{name}.{one}" for name, kinds in enumerations.items() for one in kinds}
    assert wanted <= VI.words.keys()
    assert all(words for speech_of in (EN, VI) for words in speech_of.words.values())


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "'><svg/onload=alert(1)>",
    "<!-- --> ]]> <![CDATA[",
    "a\u2028b\u2029c\x00d\x1b[2Je\ud800f",
    "$title ${body} {0} %s &amp; &lt;",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_an_article_is_shown_never_obeyed(record_of: "RecordOf", words: str) -> None:
    text = f"Tựa {words}\n\nTin {words} hết."
    span = (text.index(words), text.index(words) + len(words))
    record = record_of(
        text,
        organisations={words: [span]},
        officials={words: [span]},
        dates=[span],
        indicators=[span],
        id=words,
        title=words,
        source=words,
        url=f"https://example.org/{words}",
        warnings=(words,),
        failure=words,
    )
    html = record.to_html()
    html.encode("utf-8")
    page = Page(html)
    harmless = {tag for tag, _ in Page(record_of("Tin.", title="Tin", warnings=("a",)).to_html()).elements}
    ours = {"mark", "a", "li", "ol", "section", "h1", "h2", "h3", "p", "dl", "dt", "dd", "details", "summary", "div"}
    assert {tag for tag, _ in page.elements} <= harmless | ours
    assert len(page.raw["script"]) == 2
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert not any("javascript" in (attributes.get("href") or "") for _, attributes in page.elements)
    assert re.sub(r"[\s\x00-\x1f\ud800\ufffd]", "", page.text).count(re.sub(r"[\s\x00-\x1f\ud800]", "", words)) >= 2
    data = json.loads(page.raw["script"][0])
    assert data["facts"]["org-1"]["heading"] == printable(words)
    assert data["review"]["gold"]["text"] == text
    assert safe(words) in record._repr_html_()


@pytest.mark.parametrize("key", ['"><meta http-equiv="refresh" content="0">', "'><script>1</script>", '" onclick="x()'])
def test_a_record_read_from_json_gets_nothing_into_a_page_by_its_ids(sample: ArticleRecord, key: str) -> None:
    read = json.loads(sample.model_dump_json().replace('"org-1"', json.dumps(key)))
    record = ArticleRecord.model_validate(read).with_text(sample.text or "")
    page, usual = Page(record.to_html()), Page(sample.to_html())
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in usual.elements]
    assert [attributes.keys() for _, attributes in page.elements] == [
        attributes.keys() for _, attributes in usual.elements
    ]


@pytest.mark.parametrize(
    ("url", "is_linked"),
    [
        ("https://example.org/a?b=1", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("https://example.org/ javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_web_addresses_are_linked(record_of: "RecordOf", url: str, is_linked: bool) -> None:
    page = Page(record_of("Họp báo sáng nay.", url=url).to_html())
    addresses = [attributes["href"] for tag, attributes in page.elements if tag == "a" and "href" in attributes]
    assert (url in addresses) is is_linked
    assert is_linked or not any(":" in (address or "") for address in addresses)


def test_nothing_can_be_fetched(sample: ArticleRecord) -> None:
    page = Page(sample.to_html())
    policy = next(
        attributes["content"] or ""
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    digest: Callable[[str], str] = lambda code: b64encode(sha256(code.encode()).digest()).decode()
    assert policy.split("; ")[:3] == [
        "default-src 'none'",
        f"style-src 'sha256-{digest(''.join(page.raw['style']))}'",
        f"script-src 'sha256-{digest(page.raw['script'][1])}'",
    ]
    assert not any({"src", "srcset", "style"} & set(attributes) for _, attributes in page.elements)
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(", page.raw["style"][0] + page.raw["script"][1])
    outside = [attributes["href"] for tag, attributes in page.elements if tag in ("a", "link")]
    assert [address for address in outside if not (address or "").startswith("#")] == [sample.url]


def test_a_record_from_json_shows_its_sentences(sample: ArticleRecord) -> None:
    bare = ArticleRecord.model_validate_json(sample.model_dump_json())
    assert bare == sample
    assert bare.text is None
    assert sample.text is not None
    assert Page(bare.to_html()).marks == Page(sample.to_html()).marks
    assert bare.to_html(sample.text) == sample.to_html()
    assert squeezed(Page(bare.to_html()).text) == squeezed(sample.text)


def test_another_article_is_refused(sample: ArticleRecord) -> None:
    with pytest.raises(TextMismatchError):
        sample.to_html("Một bài khác.")


@pytest.mark.parametrize("text", ["", "   \n\n ", "\u200b", "Một dòng", "x" * 30_000])
def test_any_text_has_a_page(record_of: "RecordOf", text: str) -> None:
    record = record_of(text)
    assert squeezed(Page(record.to_html()).text).startswith(squeezed(text)[:100]) or not text.strip(" \n\u200b")
    assert record._repr_html_()
    assert record.to_html().count("<!DOCTYPE html>") == 1


def test_title_warnings_and_failure_are_said(record_of: "RecordOf") -> None:
    html = record_of("Mưa lớn ở Mường Tè.", title="Bão về", warnings=("chú ý",), failure="hỏng").to_html()
    for part in ("<h1>Bão về</h1>", "<li>chú ý</li>", "hỏng", "<title>Bão về</title>"):
        assert part in html


def test_long_lists_unfold(record_of: "RecordOf") -> None:
    text = "".join(f"tăng {number}% " for number in range(1_000, 2_000))
    record = record_of(text, indicators=[(at, at + 10) for at in range(0, len(text), 11)])
    html = record.to_html()
    assert html.count("<li data-fact=") == 1_000
    assert ">800 more</summary>" in html
    assert len(json.loads(Page(html).raw["script"][0])["facts"]) == 1_000


SOURCES = "".join(
    path.read_text(encoding="utf8")
    for path in [*Path(markup.__file__).parent.glob("*.py"), *Path(markup.__file__).parent.glob("assets/*.js")]
)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=12)


@given(SPANS)
def test_marks_nest_whatever_crosses(spans: list[tuple[int, int]]) -> None:
    text = "".join(chr(0x100 + place) for place in range(60))
    marks = [Mark(at, -at - size, f"k{n}", FactKind.DATE, 1) for n, (at, size) in enumerate(spans)]
    seen, drawn, stack = dict.fromkeys((mark.key for mark in marks), ""), "", list[str]()
    for event in nested(0, len(text), marks):
        if isinstance(event, Open):
            stack.append(event.mark.key)
        elif isinstance(event, Close):
            stack.pop()
        else:
            drawn += text[event.start : event.end]
            for key in stack:
                seen[key] += text[event.start : event.end]
    assert drawn == text
    assert seen == {mark.key: text[mark.start : mark.end] for mark in marks}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: str) -> None:
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in asset("common.css").split("@media screen")[:2]
    )
    colours = light if scheme == "light" else light | dark
    grounds = [colours["ground"], colours["panel"]]
    tints = [colours[f"{kind}-tint"] for kind in FactKind]
    assert min(contrast(colours["ink"], ground) for ground in grounds + tints) >= 7
    assert min(contrast(colours[name], ground) for name in ("faint", "link") for ground in grounds) >= 4.5
    assert min(contrast(colours[kind], ground) for kind in FactKind for ground in grounds) >= 4.5
    assert min(contrast(colours[kind], colours[f"{kind}-tint"]) for kind in FactKind) >= 3


def test_kinds_differ_in_more_than_colour() -> None:
    strokes = re.findall(r"--stroke: \d+px (\w+)", asset("common.css"))
    assert len(set(strokes)) == len(FactKind)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (VI.number(Decimal("655440000000")), "655.440.000.000"),
        (EN.number(Decimal("1E+12")), "1,000,000,000,000"),
        (VI.number(Decimal("-0.20")), "\u22120,20"),
        (EN.number(1_234), "1,234"),
        (EN.length("P1Y"), "1 year"),
        (VI.length("P2W"), "2 tuần"),
        (EN.length("PT30M"), "30 minutes"),
        (EN.length("P"), "P"),
        (EN.length("PT"), "PT"),
        (EN.days(None, None), ""),
        (EN.days(date(2024, 3, 1), None), "from 2024-03-01"),
        (VI.days(None, date(2024, 3, 1)), "đến 1/3/2024"),
        (EN.days(date(2024, 3, 1), date(2024, 3, 1)), "2024-03-01"),
        (VI.days(date(2024, 3, 1), date(2024, 3, 31)), "1/3/2024 – 31/3/2024"),
        (EN("kind.some_new_kind"), "some new kind"),
        (VI.unit("VND"), "đồng"),
        (VI.unit("VND/năm"), "đồng/năm"),
        (EN.unit("USD"), "US dollars"),
        (VI.unit("hộ nghèo"), "hộ nghèo"),
        (VI.partial_day("2023-05"), "5/2023"),
        (VI.partial_day("2023-05-04"), "4/5/2023"),
    ],
)
def test_words(words: str, expected: str) -> None:
    assert words == expected


def printed(record: ArticleRecord, width: int = 90) -> str:
    screen = StringIO()
    print_record(record, Console(file=screen, width=width, force_terminal=True, color_system="truecolor"))
    return screen.getvalue()


def test_terminal_shows_article_and_facts(sample: ArticleRecord) -> None:
    plain = re.sub(r"\x1b\[[\d;]*m", "", printed(sample))
    for words in ("Nậm Nhùn: Thêm 1.250 hộ thoát nghèo", "Organisations (1)", "(2 times)", "2024-03-01 – 2024-03-31"):
        assert words in plain
    assert "no rule of its own" not in plain


def test_terminal_says_what_made_a_fact_where_asked(article: Path) -> None:
    made = "0-14 'Ngày 16/4/2025': day"
    assert made not in run(article)[1]
    assert made in run(article, "--explain")[1]


def test_terminal_obeys_no_article(record_of: "RecordOf") -> None:
    text = "Tin \x1b[2J\x1b]0;x\x07 [red]đỏ[/red] hết."
    screen = printed(record_of(text, organisations={"a\x1b[2Jb": [(0, 3)]}, source="\x1b[31m"))
    assert re.sub(r"\x1b\[[\d;]*m", "", screen).isprintable() or "\x1b" not in re.sub(r"\x1b\[[\d;]*m", "", screen)
    assert "\x1b[2J" not in screen
    assert "[red]đỏ[/red]" in screen


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["show", *map(str, arguments)])
    return result.exit_code, result.output


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bai.txt"
    path.write_text("Ngày 16/4/2025, <b>mưa</b> lớn ở Mường Tè.", encoding="utf8")
    return path


def test_show_in_the_terminal(article: Path) -> None:
    code, output = run(article)
    assert code == 0
    assert "<b>mưa</b>" in output


def test_show_as_a_page(article: Path, tmp_path: Path) -> None:
    page = tmp_path / "new" / "bai.html"
    assert run(article, "-o", page)[0] == 0
    assert "&lt;b&gt;mưa&lt;/b&gt;" in Page(page.read_text(encoding="utf8")).html


def test_show_opens_the_page(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert run(article, "--open")[0] == 0
    assert [address.startswith("file:///") for address in opened] == [True]


def test_show_standard_input() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "vnextract.cli", "show", "-"]
    done = subprocess.run(command, input="Mưa lớn ở Mường Tè.", capture_output=True, encoding="utf8", check=True)
    assert "Mường Tè" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.txt", None, "none.txt"),
        ("bad.txt", b"\xff\xfe\x00\xd8\x00\x00\x01\x02\x03", "bad.txt"),
        ("empty.jsonl", b"", "empty.jsonl"),
        ("two.jsonl", b'{"id": "a", "text": "A."}\n{"id": "b", "text": "B."}\n', "--id"),
        ("no.duckdb", None, "no.duckdb"),
        ("bad.duckdb", b"nothing", "bad.duckdb"),
    ],
)
def test_show_says_what_is_wrong(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, output = run(path, "-o", tmp_path / "page.html")
    assert code == 2
    assert said in output


def test_show_one_of_several(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"id": "a", "text": "Bài A."}\n{"id": "b", "text": "Bài B."}\n', encoding="utf8")
    assert "Bài B." in run(path, "--id", "b")[1]
    assert run(path, "--id", "c")[0] == 2


def test_a_folder_of_pages(tmp_path: Path) -> None:
    path = tmp_path / "three.jsonl"
    path.write_text(
        '{"id": "a/1", "text": "Bài A."}\n{"id": "a 1", "text": "Bài <B>."}\n{"text": "C."}\n', encoding="utf8"
    )
    assert run(path, "-o", tmp_path / "pages", "--language", "vi")[0] == 0
    index = Page((tmp_path / "pages" / "index.html").read_text(encoding="utf8"))
    links = [attributes["href"] or "" for tag, attributes in index.elements if tag == "a"]
    assert links[:2] == ["a-1.html", "a-1-2.html"]
    assert len(links) == 3
    assert all((tmp_path / "pages" / link).is_file() for link in links)
    assert "Bài &lt;B&gt;." in (tmp_path / "pages" / "a-1-2.html").read_text(encoding="utf8")
    assert run(tmp_path / "none.txt", "-o", tmp_path / "other")[0] == 2
    code, said = run(path, "-o", path / "pages")
    assert code == 2 and "cannot be written to" in said


@pytest.fixture
def archive(tmp_path: Path, sample: ArticleRecord, record_of: "RecordOf") -> Path:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("polars")
    path = tmp_path / "news.duckdb"
    others = [
        sample.model_copy(update={"id": f"nn-{number}", "published": f"2024-{number:02}"}) for number in range(2, 5)
    ]
    hostile = record_of(
        HOSTILE[0], id=HOSTILE[1], published=None, organisations={HOSTILE[2]: [(0, 8)]}, indicators=[(0, 8)]
    )
    with duckdb.connect(str(path)) as database:
        for name, frame in to_frames([sample, *others, hostile], engine="polars").items():
            database.register("frame", frame)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
    return path


def test_report_of_an_archive(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert run(archive, "-o", path)[0] == 0
    page = Page(path.read_text(encoding="utf8"))
    for words in (">5 articles</span> · 2024-02-01 – 2024-04-02 · <span", ">1 without a publication date</span>"):
        assert words in page.html
    assert run(archive, "-o", path, "--language", "vi")[0] == 0
    assert ">5 bài</span> · 1/2/2024 – 2/4/2024" in path.read_text(encoding="utf8")
    targets = {attributes["href"] for tag, attributes in page.elements if tag == "a" and "lang" in attributes}
    anchors = {f"#{attributes['id']}" for _, attributes in page.elements if attributes.get("id")}
    assert {target for target in targets if target and target.endswith("-indicator-0-1")}
    assert targets <= anchors
    assert page.html.count("<script") == 2


def test_an_article_of_an_archive(archive: Path, sample: ArticleRecord, tmp_path: Path) -> None:
    path = tmp_path / "article.html"
    assert run(archive, "--id", "nn-1", "-o", path)[0] == 0
    assert path.read_text(encoding="utf8") == sample.to_html()
    assert run(archive, "--id", "nn-9", "-o", path)[0] == 2
    assert run(archive)[0] == 2
    code, said = run(archive, "-o", tmp_path / "folder")
    assert (code, "vnextract report" in said) == (2, True)


def test_an_archive_that_is_shown_cannot_be_changed(archive: Path) -> None:
    with pytest.raises(InputFileError, match="read-only"), open_archive(archive) as opened:
        opened.rows("DELETE FROM articles RETURNING *")
    with open_archive(archive) as opened:
        assert len(opened.rows("SELECT * FROM articles")) == 5


def test_report_of_an_empty_archive(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("polars")
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)) as database:
        for name, frame in to_frames([], engine="polars").items():
            database.register("frame", frame)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
    assert "0 articles" in Page(archive_page(path)).html
    with duckdb.connect(str(path)) as database:
        database.execute("ALTER TABLE articles DROP COLUMN text")
        database.execute("INSERT INTO articles (article_id, version) VALUES ('a', '0')")
        database.execute("DROP TABLE indicators")
    with pytest.raises(InputFileError):
        archive_page(path)


def test_a_real_archive(tmp_path: Path, article: Path) -> None:
    pytest.importorskip("duckdb")
    database = tmp_path / "news.duckdb"
    result = CliRunner().invoke(app, ["extract", str(article), "-o", str(database), "--workers", "1"])
    assert result.exit_code == 0, result.output
    assert "1 articles" in Page(archive_page(database)).html
    assert "Mường Tè" in run(database, "--id", "bai.txt")[1]
