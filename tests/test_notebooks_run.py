"""The notebooks run from a clean kernel, and are committed as they ran."""

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="no nbformat here: pip install 'vnextract[notebook]'")
nbclient = pytest.importorskip("nbclient", reason="no nbclient here: pip install 'vnextract[notebook]'")
for package in ("ipykernel", "matplotlib", "networkx", "pandas"):
    pytest.importorskip(package, reason=f"no {package} here: pip install 'vnextract[notebook]'")

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
if not NOTEBOOKS:
    pytest.skip("the notebooks are not here", allow_module_level=True)


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def kinds(cell: Any) -> list[str]:
    """The kinds of a cell's outputs; what is printed slowly comes in several pieces, which count as one."""
    return [kind for kind, _ in groupby(output.output_type for output in cell.outputs)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_from_a_clean_kernel(path: Path) -> None:
    notebook = read(path)
    if any("--link" in cell.source for cell in code(notebook)):
        pytest.importorskip("splink", reason="no splink here: pip install 'vnextract[link]'")
    kept = [kinds(cell) for cell in code(notebook)]
    nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(FOLDER)}}).execute()
    assert [kinds(cell) for cell in code(notebook)] == kept


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_committed_as_it_ran(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))
    outputs = [output for cell in code(notebook) for output in cell.outputs]
    assert not any(output.output_type == "error" or output.get("name") == "stderr" for output in outputs)
    assert path.stat().st_size < 1_000_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_prose_leads_every_step(path: Path) -> None:
    kinds = [cell.cell_type for cell in read(path).cells]
    assert kinds[0] == "markdown"
    assert kinds.count("markdown") >= kinds.count("code") / 2
