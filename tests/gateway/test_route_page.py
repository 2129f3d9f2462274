"""The page on routing names all that can happen to a question, and every figure of a record."""

from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from models.router import STRATEGIES, BudgetView, Decision, Features, RouteRequest
from models.router.decision import Kind
from models.routing.budgets_part import BudgetsPart
from models.routing.router_part import RouterPart

PAGE = (Path(__file__).parents[2] / "docs" / "routing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_strategy_is_explained(strategy: str) -> None:
    assert f"| `{strategy}` |" in PAGE


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_exclusion_is_explained(kind: str) -> None:
    assert f"| {kind} |" in PAGE


@pytest.mark.parametrize("name", sorted({*BudgetsPart.model_fields, *RouterPart.model_fields}))
def test_every_setting_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE or f"`router.{name}`" in PAGE


@pytest.mark.parametrize(
    "name", [field.name for kind in (RouteRequest, Features, BudgetView, Decision) for field in fields(kind)]
)
def test_every_part_of_a_record_is_in_the_one_that_is_shown(name: str) -> None:
    assert f'"{name}": ' in PAGE
