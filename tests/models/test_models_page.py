"""The page on models names every setting of the routing document and every error, so that neither is left to guess."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from models import errors
from models.routing import document

PAGE = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
PARTS = [
    part
    for part in vars(document).values()
    if isinstance(part, type) and issubclass(part, BaseModel) and part.__module__ == document.__name__
]
INWARD = {
    "ModelError",
    "TransientModelError",
    "PermanentModelError",
    "NotLocal",
    "NotClearedForCloud",
    "BudgetRefused",
    "RequestRejected",
}
ERRORS = [
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.ModelError) and name not in INWARD and kind.__doc__
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_setting_is_on_the_page(part: type[BaseModel]) -> None:
    assert [name for name in part.model_fields if f"`{name}`" not in PAGE and name != "version"] == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_setting_says_what_it_is(part: type[BaseModel]) -> None:
    grouping = {"version", "endpoints", "tasks", "patience", "tries", "ollama", "local", "cloud", "quality", "price"}
    grouping |= {"router", "budgets"}
    assert [name for name, field in part.model_fields.items() if not field.description and name not in grouping] == []


@pytest.mark.parametrize("error", ERRORS)
def test_every_fault_is_in_the_table(error: str) -> None:
    assert f"`{error}`" in PAGE or error == "NoKeyLeft"
