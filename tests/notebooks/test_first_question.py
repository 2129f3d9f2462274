"""The first notebook runs from top to bottom and is kept without what it showed."""

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from notebooks.execute import HERE, execute

PATH = HERE / "01_first_question.ipynb"


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    """Return all that the cells showed."""
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_notebook_is_kept_without_outputs() -> None:
    assert not outputs(nbformat.read(PATH, as_version=4))


def test_notebook_shows_headline_facts_and_drawing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_HOME", str(home))
    monkeypatch.setenv("EAIO_PROFILE", "embedded")
    shown = outputs(execute(PATH))
    text = "".join(output.get("text", "") for output in shown)
    kinds = {kind for output in shown for kind in output.get("data", {})}
    assert "highest in 2019-01 (672,713 kWh)" in text
    assert {"text/html", "image/png"} <= kinds
    assert not [output for output in shown if output.get("name") == "stderr"]
