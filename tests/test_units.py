"""Units: currencies, measures, rates, counted nouns."""

import pytest

from rows import marked_rows
from vnextract.figures.nouns import read_noun
from vnextract.figures.scan import find_figures
from vnextract.lexicon.tables import table
from vnextract.records import UnitKind
from vnextract.text.document import Text


@pytest.mark.parametrize("row", marked_rows("units.tsv"))
def test_units(row: dict[str, str]) -> None:
    (figure,) = find_figures(Text(f"Toàn tỉnh có {row['phrase']}, theo báo cáo."))
    assert (figure.unit, figure.unit_kind.value) == (row["unit"], row["kind"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" xã, phường, thị trấn, với", "xã, phường, thị trấn"),
        (" xã và 12 phường", "xã"),
        (" tập thể, 36 cá nhân", "tập thể"),
        (" cán bộ, giáo viên, nhân viên dự", "cán bộ, giáo viên, nhân viên"),
        (" máy ly tâm bị hỏng", "máy ly tâm"),
        (" phó cục trưởng được điều động", "phó cục trưởng"),
        (" cửa hàng xăng dầu trên địa bàn", "cửa hàng xăng dầu"),
        (" bác sĩ nội trú của bệnh viện", "bác sĩ nội trú"),
        (" tiểu dự án đang chậm", "tiểu dự án"),
        (" công nhân hợp đồng nghỉ việc", "công nhân hợp đồng"),
        (" nhóm giải pháp để", "nhóm giải pháp"),
        (" con bò bị bệnh", "con bò"),
        (" con sở hữu nhà", "con"),
        (" hộ chăn nuôi heo", "hộ"),
        (" vụ lừa đảo", "vụ"),
        (" hạng cân và hình thức 2", "hạng cân"),
        (" loại cây thuốc quý", "loại cây thuốc"),
        (" máy bay Yak-130", "máy bay"),
        (" VĐV dự giải", "vđv"),
        (" “cò vé” bị bắt", "cò vé"),
    ],
)
def test_where_a_counted_noun_ends(text: str, name: str) -> None:
    noun = read_noun(text, 0)
    assert noun is not None
    assert noun.name == name


@pytest.mark.parametrize("text", [" bất ngờ lao", " của tỉnh", " được tổ chức", " thành công", ", ba"])
def test_what_is_no_counted_noun(text: str) -> None:
    assert read_noun(text, 0) is None


def test_a_noun_that_no_table_has_is_read_all_the_same() -> None:
    noun = read_noun(" mâm ngũ quả được bày", 0)
    assert noun is not None
    assert (noun.name, noun.known) == ("mâm ngũ quả", False)


def test_tables_have_no_double_entries_and_known_kinds() -> None:
    for name, column in (("units", "spelling"), ("currencies", "spelling"), ("counted_nouns", "noun")):
        spellings = [row[column] for row in table(name)]
        assert len(spellings) == len(set(spellings)), name
    assert {row["kind"] for row in table("units")} <= {kind.value for kind in UnitKind}
    assert {row["role"] for row in table("counted_nouns")} == {"word", "taker", "open", "prefix", "part"}
