"""The documentation names what there is: every public name, every page, every command and option."""

import re
from pathlib import Path

import pytest
import typer.main

import vnextract
from vnextract.cli import app
from vnextract.records import (
    BodyMention,
    Indicator,
    Mention,
    Official,
    Organisation,
    Position,
    TemporalExpression,
)

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
if not DOCS.is_dir():
    pytest.skip("the documentation is not here", allow_module_level=True)
PAGES = sorted(DOCS.rglob("*.md"))


def test_the_reference_has_every_public_name() -> None:
    reference = (DOCS / "reference.md").read_text(encoding="utf8")
    documented = set(re.findall(r"\w+", " ".join(re.findall(r"members: \[(.+)\]", reference))))
    documented |= {"ArticleRecord"} if "::: vnextract.records\n" in reference else set()
    documented |= {"VnextractError"} if "::: vnextract.errors\n" in reference else set()
    assert set(vnextract.__all__) - {"__version__"} <= documented
    assert all(name in reference for name in vnextract.__all__)


def test_the_index_has_every_page() -> None:
    listed = set(re.findall(r": ([\w/-]+\.md)$", (DOCS / "mkdocs.yml").read_text(encoding="utf8"), re.MULTILINE))
    assert listed == {str(page.relative_to(DOCS)) for page in PAGES}


def test_the_record_is_explained_field_by_field() -> None:
    page = (DOCS / "record.md").read_text(encoding="utf8")
    models = (Mention, BodyMention, Organisation, Official, Position, TemporalExpression, Indicator)
    fields = {name for model in models for name in model.model_fields}
    assert {name for name in fields if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.stem)
def test_commands_and_options_exist(page: Path) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for block in re.findall(r"```bash\n(.+?)```", page.read_text(encoding="utf8"), re.DOTALL):
        for line in block.splitlines():
            called = re.search(r"(?:^|\s)vnextract (\w+)(.*)", line.partition(" #")[0])
            if not called:
                continue
            assert called[1] in commands, line
            known = {
                option
                for parameter in commands[called[1]].params
                for option in (*parameter.opts, *parameter.secondary_opts)
            }
            words = re.sub(r'"[^"]*"', "", called[2])
            assert set(re.findall(r"(?<!\S)--?[a-z][\w-]*", words)) <= known, line
