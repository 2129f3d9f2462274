"""Budgets over a store of their own, and what goes through them."""

from pathlib import Path
from typing import Any

from memory.budgets import Budgets
from memory.postgres import Pool, fetch, writing
from models.budget import NANO, Account, Planned, Spent
from models.routing.budgets_part import BudgetsPart

ANN = Account("acme", "ann", "r000000000001")
CENT = NANO // 100
PATIENT_S = 5.0
"""So that a busy machine is not taken for a store that is down."""


def purse(pool: Pool, home: Path, *, patience_s: float = PATIENT_S, **part: Any) -> Budgets:
    """Return budgets of 1 USD a day and 10 a month, of which one question may have all, unless told otherwise."""

    async def given() -> Pool:
        return pool

    return Budgets(given, BudgetsPart(**{"question_share": 1.0} | part), home, patience_s=patience_s)


def planned(most_nusd: int = CENT, endpoint: str = "cloud:gpt-4o") -> Planned:
    """Return a call that costs at most so much."""
    return Planned(endpoint, "gpt-4o", most_nusd, "genai-prices 0.2.3", "PUBLIC")


def spent(cost_nusd: int = CENT, **other: Any) -> Spent:
    """Return a call that did cost so much."""
    return Spent(1000, 100, cost_nusd=cost_nusd, saved_nusd=7, **other)


async def let_expire(pool: Pool) -> None:
    """End every lease."""
    await behind_its_back(pool, "UPDATE budget_holds SET expires_at = clock_timestamp() - interval '1 second'")


async def behind_its_back(pool: Pool, *statements: str) -> None:
    """Change the store past the budgets."""
    async with writing(pool) as connection:
        for statement in statements:
            await connection.execute(statement.encode())


async def rows(pool: Pool, query: str) -> list[tuple[Any, ...]]:
    """Return what the store holds."""
    return [tuple(row) for row in await fetch(pool, query)]
