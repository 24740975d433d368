"""Who is who across an archive: bodies, people, careers, series, stories, and that linking can be repeated and killed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from vnextract.archive.job import Job
from vnextract.archive.prepare import Reading
from vnextract.archive.run import run
from vnextract.cli import app
from vnextract.errors import InputFileError, MissingExtraError, OutputError
from vnextract.linking import people, stories
from vnextract.linking.groups import Groups
from vnextract.linking.run import link
from vnextract.linking.spelling import body_name, person_name
from vnextract.linking.tables import TABLES

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("splink", reason="splink is not installed")
pytest.importorskip("rensa", reason="rensa is not installed")

AGENCY = (
    "Chiều 12/5, Sở Y tế tỉnh Sơn La công bố kết quả kiểm tra 214 cơ sở kinh doanh thực phẩm trên địa bàn. Ông Vì Văn Tâm, Phó "
    "Giám đốc Sở Y tế tỉnh Sơn La, cho biết đoàn đã lập biên bản 17 cơ sở, yêu cầu 6 cơ sở tạm dừng hoạt động để khắc phục. "
    "Các lỗi thường gặp là thiếu hồ sơ nguồn gốc, bảo quản sai nhiệt độ và nhân viên chưa khám sức khỏe định kỳ. Đoàn sẽ quay "
    "lại kiểm tra trong tháng 6 và công khai danh sách vi phạm trên cổng thông tin của tỉnh."
)
ARTICLES: Sequence[Mapping[str, str]] = [
    {"id": "un-1", "published": "2024-03-02", "text": "Ngày 2/3, Chủ tịch Triều Tiên Kim Jong-un thị sát một nhà máy."},
    {
        "id": "un-2",
        "published": "2024-03-09",
        "text": "Chủ tịch Triều Tiên Kim Jong Un dự lễ khánh thành khu nhà ở mới hôm 8/3.",
    },
    {"id": "us-1", "published": "2025-02-01", "text": "Tổng thống Mỹ Donald Trump ký sắc lệnh về thuế quan sáng 31/1."},
    {
        "id": "us-2",
        "published": "2025-02-03",
        "text": "Tổng thống Mỹ Trump hôm 2/2 nói thuế quan sẽ có hiệu lực trong tuần.",
    },
    {
        "id": "hung-1",
        "published": "2024-04-01",
        "text": "Ông Nguyễn Văn Hùng, Giám đốc Sở Tài chính tỉnh Lào Cai, cho biết thu ngân sách quý I/2024 đạt 2.150 tỷ đồng.",
    },
    {
        "id": "hung-2",
        "published": "2024-04-20",
        "text": "Theo ông Nguyễn Văn Hùng, Hiệu trưởng Trường THPT chuyên Bến Tre, nhà trường có 45 học sinh giỏi quốc gia.",
    },
    {
        "id": "hung-3",
        "published": "2024-05-06",
        "text": "Giám đốc Sở Tài chính Lào Cai Nguyễn Văn Hùng báo cáo UBND tỉnh Lào Cai: thu ngân sách quý I/2024 đạt 1.980 tỷ đồng.",
    },
    {
        "id": "bank-1",
        "published": "2024-01-05",
        "text": "Công ty CP Nhựa Bình Nguyên khai trương nhà máy thứ hai hôm 4/1.",
    },
    {
        "id": "bank-2",
        "published": "2024-01-06",
        "text": "Công ty Cổ phần Nhựa Bình Nguyên tuyển 120 lao động trong tháng 1.",
    },
    {
        "id": "cmc-1",
        "published": "2024-01-09",
        "text": "Tập đoàn CMC mở trung tâm dữ liệu tại Hà Nội ngày 8/1. CMC tuyển 80 kỹ sư.",
    },
    {
        "id": "cmc-3",
        "published": "2024-01-12",
        "text": "Ông Lê Văn Sáu, Giám đốc CMC, nói hôm 11/1 rằng CMC tuyển 80 kỹ sư.",
    },
    {
        "id": "cmc-2",
        "published": "2024-01-10",
        "text": "Ủy ban Quân sự Trung ương Trung Quốc (CMC) họp ngày 9/1 tại Bắc Kinh.",
    },
    {
        "id": "may-1",
        "published": "2024-02-01",
        "text": "Bộ trưởng Bộ Y tế Lê Thị Mây thăm Bệnh viện Bạch Mai sáng 31/1.",
    },
    {
        "id": "may-2",
        "published": "2024-02-02",
        "text": "Bộ trưởng Lê Thị Mây trả lời chất vấn của đại biểu Quốc hội chiều 1/2.",
    },
    {
        "id": "bang-1",
        "published": "2024-02-03",
        "text": "Tổng thống Lào Trương Hải Bằng tiếp đoàn doanh nghiệp hôm 2/2.",
    },
    {
        "id": "bang-2",
        "published": "2024-02-04",
        "text": "Tổng thống Trương Hải Bằng nói kinh tế sẽ tăng trưởng 6% trong năm nay.",
    },
    {"id": "edu-1", "published": "2024-01-07", "text": "Sở GD-ĐT TP.HCM công bố lịch thi lớp 10 vào ngày 6/1."},
    {
        "id": "edu-2",
        "published": "2024-01-08",
        "text": "Sở Giáo dục và Đào tạo thành phố Hồ Chí Minh tổ chức tập huấn cho 300 giáo viên.",
    },
    {"id": "wire-1", "published": "2024-05-12", "source": "Báo A", "text": AGENCY},
    {"id": "wire-2", "published": "2024-05-13", "source": "Báo B", "text": f"Theo TTXVN. {AGENCY}"},
    {"id": "wire-3", "published": "2024-05-13", "source": "Báo C", "text": AGENCY.replace("Chiều 12/5", "Chiều qua")},
]


def extracted(folder: Path, articles: Sequence[Mapping[str, str]] = ARTICLES) -> Path:
    """An archive that is not linked."""
    news = folder / "news.jsonl"
    news.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in articles), encoding="utf8")
    run([str(news)], folder / "news.duckdb", Job(Reading({}), 1), Console(quiet=True))
    return folder / "news.duckdb"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return extracted(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def linked(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("linked") / "news.duckdb"
    shutil.copy(plain, path)
    link(path, console=Console(quiet=True))
    return path


@pytest.fixture
def archive(plain: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copy(plain, tmp_path / "news.duckdb"))


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return list(connection.execute(sql).fetchall())


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {name: ask(path, f"SELECT * FROM {name} ORDER BY ALL") for name in TABLES}


def person(path: Path, article: str, name: str) -> str:
    sql = f"SELECT person_id FROM person_mentions WHERE article_id = '{article}' AND name LIKE '%{name}'"
    ((found,),) = ask(path, sql)
    return str(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở GD-ĐT TP.HCM", "Sở Giáo dục và Đào tạo thành phố Hồ Chí Minh"),
        ("Công ty CP Nhựa Bình Nguyên", "Công ty Cổ phần nhựa Bình Nguyên"),
        ("Bộ Văn hoá, Thể thao và Du lịch", "Bộ Văn hóa - Thể thao và Du lịch"),
        ("VietJet Air", "Vietjetair"),
        ("Trường Đại học Nha Trang", "Đại học Nha Trang"),
        ("Hội Vận tải ô tô Việt Nam", "Hội vận tải ôtô Việt Nam"),
        ("Công an TP Huế", "Công an thành phố Huế"),
    ],
)
def test_spellings_of_a_body_share_a_key(one: str, other: str) -> None:
    assert body_name(one).key == body_name(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Y tế tỉnh Sơn La", "Sở Y tế tỉnh Lào Cai"),
        ("Công ty CP Bình Nguyên", "Công ty TNHH Bình Nguyên"),
        ("Công an quận 1", "Công an quận 11"),
        ("Sở Kế hoạch và Đầu tư Hà Nội", "Sở Kế hoạch Trung ương Hà Nội"),
    ],
)
def test_other_bodies_do_not(one: str, other: str) -> None:
    assert body_name(one).key != body_name(other).key


@pytest.mark.parametrize(
    ("one", "other"), [("Kim Jong-un", "Kim Jong Un"), ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa"), ("Peña", "Pena")]
)
def test_spellings_of_a_person_share_a_key(one: str, other: str) -> None:
    assert person_name(one).key == person_name(other).key


def test_a_common_name_says_less_than_a_rare_one() -> None:
    assert person_name("Nguyễn Văn Hùng").share > 1000 * person_name("Khuất Việt Hùng").share


def test_groups_whose_labels_differ_stay_apart() -> None:
    groups = Groups()
    groups.label("a", "place", "01")
    groups.label("b", "place", "79")
    assert groups.join("a", "c")
    assert not groups.join("c", "b")
    assert groups.first("b") == "b"


def test_a_bare_surname_goes_to_one_of_two_and_does_not_join_them() -> None:
    persons = Groups()
    people._join_likely(persons, [("john", "kennedy", 0.97), ("jacqueline", "kennedy", 0.95)], 0.9)
    assert persons.first("john") == persons.first("kennedy") != persons.first("jacqueline")


def test_every_degree_of_agreement_has_its_weight() -> None:
    degrees = {
        (respect, degree) for respect, found in people._CONDITIONS.items() for degree in (*found, "other") if degree
    }
    assert degrees == people.weights().keys()


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_the_model_is_one_for_several_databases(dialect: str) -> None:
    made = people.settings(people.weights(), people.PRIOR).create_settings_dict(dialect)
    assert [one["output_column_name"] for one in made["comparisons"]] == list(people._CONDITIONS)


@pytest.mark.parametrize(("one", "other"), [("bank-1", "bank-2"), ("edu-1", "edu-2")])
def test_names_of_one_body_are_one_row(linked: Path, one: str, other: str) -> None:
    sql = (
        "SELECT n.body_id, b.aliases FROM organisations AS o JOIN body_names AS n ON n.named_id = o.body_id AND n.name = o.name "
        f"JOIN bodies AS b ON b.body_id = n.body_id WHERE o.article_id IN ('{one}', '{other}')"
    )
    assert len(set(ask(linked, sql))) == 1


def test_an_acronym_is_not_lent_to_another_kind(linked: Path) -> None:
    sql = "SELECT DISTINCT body_id FROM body_names WHERE name LIKE '%CMC%'"
    assert len(ask(linked, sql)) == 1
    assert ask(linked, "SELECT aliases FROM bodies WHERE name LIKE '%Quân sự Trung ương Trung Quốc%'") == [(None,)]


def test_every_organisation_has_its_body(linked: Path) -> None:
    sql = (
        "SELECT count(*) FROM organisations AS o LEFT JOIN body_names AS n ON n.named_id = o.body_id AND n.name = o.name "
        "LEFT JOIN bodies AS b ON b.body_id = n.body_id WHERE b.name IS NULL"
    )
    assert ask(linked, sql) == [(0,)]


def test_spellings_and_short_forms_are_one_person(linked: Path) -> None:
    assert person(linked, "un-1", "Kim Jong-un") == person(linked, "un-2", "Kim Jong Un")
    assert person(linked, "us-1", "Donald Trump") == person(linked, "us-2", "Trump")


def test_one_name_is_not_one_person(linked: Path) -> None:
    director = person(linked, "hung-1", "Hùng")
    assert director == person(linked, "hung-3", "Hùng")
    assert director != person(linked, "hung-2", "Hùng")


def test_a_career_names_its_evidence(linked: Path) -> None:
    director = person(linked, "hung-1", "Hùng")
    rows = ask(linked, f"SELECT lower(title), body, articles, evidence FROM careers WHERE person_id = '{director}'")
    assert rows == [("giám đốc", "Sở Tài chính tỉnh Lào Cai", 2, "hung-1\nhung-3")]


def test_a_title_without_a_body_takes_the_one_that_others_name(linked: Path) -> None:
    sql = "SELECT c.body, c.place, c.articles FROM careers AS c JOIN people USING (person_id) WHERE people.name = '{}'"
    assert ask(linked, sql.format("Lê Thị Mây")) == [("Bộ Y tế", None, 2)]
    assert ask(linked, sql.format("Trương Hải Bằng")) == [(None, "Lào", 2)]


def test_probabilities_are_kept(linked: Path) -> None:
    rows = ask(linked, "SELECT probability, is_joined FROM people_pairs ORDER BY probability")
    assert rows
    assert all(0 <= probability <= 1 for probability, _ in rows)
    assert {is_joined for _, is_joined in rows} == {True, False}


def test_what_three_papers_print_is_one_story(linked: Path) -> None:
    assert ask(linked, "SELECT DISTINCT story_id, articles FROM stories WHERE article_id LIKE 'wire-%'") == [
        ("wire-1", 3)
    ]
    assert ask(linked, "SELECT articles, stories FROM people WHERE name = 'Vì Văn Tâm'") == [(3, 1)]
    assert ask(linked, "SELECT count(*), count(DISTINCT story_id) FROM stories") == [(len(ARTICLES), len(ARTICLES) - 2)]


def test_a_story_is_told_once_in_a_series(linked: Path) -> None:
    rows = ask(linked, "SELECT articles, stories FROM series WHERE value = 214")
    # What the weights of the day read as the measure of each printing decides on how many rows they stand.
    assert sum(articles for articles, _ in rows) in (0, 3)
    assert all(stories == 1 for _, stories in rows)


def test_every_table_and_column_says_what_it_is(linked: Path) -> None:
    found = ask(linked, "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'main'")
    told = {(table, column): comment for table, column, comment in found}
    for table, columns in TABLES.items():
        for column, meaning in columns.items():
            assert told[table, column] == meaning


def test_the_file_stays_one_that_old_versions_open(plain: Path, linked: Path) -> None:
    for path in (plain, linked):
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH '{path}' AS news (READ_ONLY)")
            tags = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'news'").fetchall()
            assert "v1.0.0" in str(tags)


OLD_DUCKDB = Path(__file__).resolve().parents[1] / "build" / "old-duckdb"
READ_ALL = """
import sys, duckdb
assert duckdb.__version__ == "1.0.0"
with duckdb.connect(sys.argv[1], read_only=True) as archive:
    names = archive.execute("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()
    for (name,) in names:
        print(name, len(archive.execute(f'SELECT * FROM "{name}"').fetchall()))
"""


def test_an_old_duckdb_reads_every_table_and_view(linked: Path) -> None:
    if not OLD_DUCKDB.is_dir():
        pytest.skip("DuckDB 1.0 is not here: make old-duckdb")
    environment = {**os.environ, "PYTHONPATH": str(OLD_DUCKDB)}
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, linked], env=environment, capture_output=True, text=True, check=True
    )
    names = [name for (name,) in ask(linked, "SELECT table_name FROM information_schema.tables ORDER BY 1")]
    counted = [f"{name} {ask(linked, f'SELECT count(*) FROM {name}')[0][0]}" for name in names]
    assert done.stdout.splitlines() == counted and "figures_in_context" in names


def test_linking_again_gives_the_same(linked: Path, archive: Path) -> None:
    summary = link(archive, console=Console(quiet=True))
    assert content(archive) == content(linked)
    assert not summary.was_done
    assert link(archive, console=Console(quiet=True)).was_done


def test_the_order_of_articles_does_not_matter(linked: Path, tmp_path: Path) -> None:
    other = extracted(tmp_path, ARTICLES[::-1])
    link(other, console=Console(quiet=True))
    ours, theirs = content(linked), content(other)
    # Where a file has an article is another place now.
    assert ours | {"links": []} == theirs | {"links": []}


def test_texts_that_have_not_changed_are_not_read_again(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link(archive, console=Console(quiet=True))
    expected = ask(archive, "FROM stories ORDER BY ALL")
    with duckdb.connect(str(archive)) as connection:
        connection.execute("UPDATE articles SET text = text || ' Hết.' WHERE article_id = 'un-1'")
    read: list[str] = []

    def noted(text: str) -> Sequence[int] | None:
        read.append(text)
        return None

    monkeypatch.setattr(stories, "signature", noted)
    link(archive, console=Console(quiet=True))
    assert [text[-5:] for text in read] == [" Hết."]
    assert ask(archive, "FROM stories ORDER BY ALL") == expected


def test_a_threshold_of_one_joins_what_is_sure_only(archive: Path) -> None:
    link(archive, 1.0, Console(quiet=True))
    assert person(archive, "hung-1", "Hùng") == person(archive, "hung-3", "Hùng")
    assert person(archive, "us-1", "Donald Trump") != person(archive, "us-2", "Trump")


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.5])
def test_a_threshold_is_a_probability(archive: Path, threshold: float) -> None:
    with pytest.raises(OutputError, match="probability"):
        link(archive, threshold, Console(quiet=True))


def test_an_archive_without_texts_and_people_can_be_linked(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({"id": "a", "text": "Trời mưa."}), encoding="utf8")
    path = tmp_path / "news.duckdb"
    run([str(news)], path, Job(Reading({}), 1, with_text=False), Console(quiet=True))
    summary = link(path, console=Console(quiet=True))
    assert (summary.people, summary.stories) == (0, 1)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    text, other = tmp_path / "news.duckdb", tmp_path / "other.duckdb"
    text.write_text("no database " * 500, encoding="utf8")
    duckdb.connect(str(other)).close()
    for path in (text, other, tmp_path / "absent.duckdb"):
        with pytest.raises((InputFileError, OutputError)):
            link(path, console=Console(quiet=True))


def test_an_archive_that_is_open_elsewhere_is_refused(archive: Path) -> None:
    code = f"import duckdb, time; c = duckdb.connect({str(archive)!r}); print('open', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(OutputError, match="another process"):
            link(archive, console=Console(quiet=True))
        process.kill()


def test_a_missing_library_is_named(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(MissingExtraError, match=r"vnextract\[link\]"):
        link(archive, console=Console(quiet=True))
    result = CliRunner().invoke(app, ["link", str(archive)])
    assert result.exit_code == 2
    assert "vnextract[link]" in result.output


@pytest.mark.parametrize(("options", "is_linked"), [([], True), (["--link"], True), (["--no-link"], False)])
def test_extraction_ends_with_linking(tmp_path: Path, options: Sequence[str], is_linked: bool) -> None:
    news, path = tmp_path / "news.jsonl", tmp_path / "news.duckdb"
    news.write_text(json.dumps(ARTICLES[0], ensure_ascii=False), encoding="utf8")
    result = CliRunner().invoke(app, ["extract", str(news), "-o", str(path), *options])
    assert result.exit_code == 0, result.output
    found = ask(path, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'people'")
    assert found == [(int(is_linked),)]


def test_extraction_without_the_libraries_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, path = tmp_path / "news.jsonl", tmp_path / "news.duckdb"
    news.write_text(json.dumps(ARTICLES[0], ensure_ascii=False), encoding="utf8")
    monkeypatch.setitem(sys.modules, "rensa", None)
    result = CliRunner().invoke(app, ["extract", str(news), "-o", str(path)])
    assert (result.exit_code, "not linked" in result.output) == (0, True)
    assert CliRunner().invoke(app, ["extract", str(news), "-o", str(path), "--link"]).exit_code == 2


def test_lines_of_json_are_not_linked(tmp_path: Path) -> None:
    news, path = tmp_path / "news.jsonl", tmp_path / "records.jsonl"
    news.write_text(json.dumps(ARTICLES[0], ensure_ascii=False), encoding="utf8")
    assert CliRunner().invoke(app, ["extract", str(news), "-o", str(path)]).exit_code == 0
    assert CliRunner().invoke(app, ["extract", str(news), "-o", str(path), "--link"]).exit_code == 2


def _moments(kills: int) -> Iterator[float]:
    chance = random.Random(kills)
    for _ in range(kills):
        yield chance.uniform(0.3, 4)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_a_killed_linking_leaves_the_archive_as_it_was(linked: Path, archive: Path) -> None:
    articles = ask(archive, "FROM articles ORDER BY ALL")
    command = [sys.executable, "-m", "vnextract.cli", "link", str(archive)]
    for seconds in _moments(20 if "VNEXTRACT_LONG_TESTS" in os.environ else 4):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
        assert ask(archive, "FROM articles ORDER BY ALL") == articles
        tables = {name for (name,) in ask(archive, "SELECT table_name FROM duckdb_tables()")}
        assert tables >= TABLES.keys() or not tables & TABLES.keys()
    assert subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
    assert content(archive) == content(linked)


def test_the_gold_of_pairs_is_whole() -> None:
    path = Path(__file__).resolve().parents[1] / "benchmarks" / "people_pairs.tsv"
    header, *rows = (
        line.split("\t") for line in path.read_text(encoding="utf8").splitlines() if not line.startswith("#")
    )
    assert header == ["half", "drawn", "article", "name", "other_article", "other_name", "same"]
    for half in ("tune", "final"):
        answers = [row[-1] for row in rows if row[0] == half]
        assert min(answers.count("yes"), answers.count("no")) > 30
    assert len({tuple(row[2:6]) for row in rows}) == len(rows) >= 150
