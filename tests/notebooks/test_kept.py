"""Notebooks are kept without what they showed, and `make notebook` fails for one that warns or draws nothing."""

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from notebooks.execute import HERE, faults

PAGE = {"text/html": '<p><img alt="use" src="data:image/png;base64,AAAA"></p>'}


def executed(*outputs: NotebookNode) -> NotebookNode:
    """Return a notebook of one cell that showed these."""
    made: NotebookNode = new_notebook(cells=[new_code_cell("1", outputs=list(outputs))])
    return made


def test_there_are_examples_of_the_first_question_savings_ranking_quality_and_load_shapes() -> None:
    kept = [path.stem for path in sorted(HERE.glob("*.ipynb"))]
    assert kept == [
        "01_first_question",
        "02_baseline_and_savings",
        "03_portfolio_ranking",
        "04_data_quality",
        "05_load_shapes",
    ]


@pytest.mark.parametrize("path", sorted(HERE.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebook_is_kept_without_outputs(path: object) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert not [cell for cell in cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)]


@pytest.mark.parametrize("data", [PAGE, {"image/png": "AAAA"}])
def test_notebook_with_a_picture_and_no_warning_is_as_it_should_be(data: dict[str, str]) -> None:
    assert faults(executed(new_output("display_data", data=data))) == []


def test_notebook_that_warns_or_draws_nothing_is_named() -> None:
    warning = new_output("stream", name="stderr", text="FutureWarning: soon\n")
    assert faults(executed(warning)) == ["it warned: FutureWarning: soon", "it shows no picture"]
