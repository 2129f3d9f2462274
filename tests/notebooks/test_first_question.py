"""The first notebook runs from top to bottom and shows an answer with its facts and charts."""

from pathlib import Path

import pytest
from nbformat import NotebookNode

from notebooks.execute import HERE, execute, faults

PATH = HERE / "01_first_question.ipynb"


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    """Return all that the cells showed."""
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_notebook_shows_headline_facts_and_charts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EAIO_HOME", str(home))
    monkeypatch.setenv("EAIO_PROFILE", "embedded")
    executed = execute(PATH)
    shown = outputs(executed)
    text = "".join(output.get("text", "") for output in shown)
    pages = "".join(output.get("data", {}).get("text/html", "") for output in shown)
    assert "highest in 2019-01 (672,713 kWh)" in text
    assert '<img alt="electricity use by month, b105, 2019"' in pages
    assert '<img alt="electricity mean by hour, b105, 2019"' in pages
    assert not faults(executed)
