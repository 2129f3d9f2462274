"""Days and months end by the clock of the store, in the time zone of the document, whatever is under way then."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from memory.budgets import Budgets
from memory.migrate import migrate
from memory.postgres import Pool, open_pool
from models.errors import BudgetSpent
from tests.memory.purses import ANN, CENT, behind_its_back, planned, purse, rows, spent


@dataclass(frozen=True)
class Clocked:
    """A store whose clock is set."""

    pool: Pool

    async def at(self, moment: str) -> None:
        """Set the clock."""
        await behind_its_back(self.pool, f"UPDATE set_clock SET at = '{moment}'")


@pytest.fixture
async def clocked(blank_dsn: str) -> AsyncIterator[Clocked]:
    """Give a store that finds its own `clock_timestamp` before PostgreSQL's."""
    async with open_pool(f"{blank_dsn}%2Cpg_catalog") as pool:
        await migrate(pool)
        await behind_its_back(
            pool,
            "CREATE TABLE set_clock AS SELECT now() AS at",
            "CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT at FROM set_clock'",
        )
        yield Clocked(pool)


async def test_call_over_the_end_of_a_month_counts_in_the_month_that_it_began_in(
    clocked: Clocked, tmp_path: Path
) -> None:
    budgets = purse(clocked.pool, tmp_path)
    await clocked.at("2026-11-30 23:59:59.5Z")
    reservation = await budgets.reserve(ANN, planned(50 * CENT))
    assert reservation.day == date(2026, 11, 30)
    await clocked.at("2026-12-01 00:00:03Z")
    assert (await budgets.view(ANN)).left_usd == 1, "what is under way counts in November"
    await budgets.settle(reservation, spent(40 * CENT))
    assert [left.left_nusd for left in await budgets.left(ANN)][:2] == [100 * CENT, 1000 * CENT]
    assert await rows(clocked.pool, "SELECT DISTINCT day, spent_nusd FROM budget_days") == [
        (date(2026, 11, 30), 40 * CENT)
    ]
    await clocked.at("2026-11-30 23:59:59.9Z")
    assert [left.left_nusd for left in await budgets.left(ANN)][:2] == [60 * CENT, 960 * CENT]


async def test_day_ends_and_the_month_goes_on(clocked: Clocked, tmp_path: Path) -> None:
    budgets = purse(clocked.pool, tmp_path, monthly_usd=1.5, local_only_below=0)
    for day, cost in (("2026-11-21", 100), ("2026-11-22", 50)):
        await clocked.at(f"{day} 12:00Z")
        await budgets.settle(await budgets.reserve(ANN, planned(cost * CENT)), spent(cost * CENT))
    await clocked.at("2026-11-23 00:00Z")
    with pytest.raises(BudgetSpent, match=r"tenant acme, month 2026-11: .* it begins anew 2026-12-01 00:00 UTC"):
        await budgets.reserve(ANN, planned(CENT))
    await clocked.at("2026-12-01 00:00Z")
    await budgets.reserve(ANN, planned(CENT))


@pytest.mark.parametrize(
    ("zone", "before", "after", "again"),
    [
        ("UTC", "2026-11-22 23:59Z", "2026-11-23 00:00Z", "2026-11-23 00:00 UTC"),
        ("Europe/Berlin", "2026-11-22 22:59Z", "2026-11-22 23:00Z", "2026-11-23 00:00 CET"),
        ("Pacific/Kiritimati", "2026-11-22 09:59Z", "2026-11-22 10:00Z", r"2026-11-23 00:00 \+14"),
        # The day on which clocks are set back has 25 hours.
        ("Europe/Berlin", "2026-10-25 22:59Z", "2026-10-25 23:00Z", "2026-10-26 00:00 CET"),
    ],
)
async def test_midnight_is_that_of_the_zone(
    clocked: Clocked, tmp_path: Path, zone: str, before: str, after: str, again: str
) -> None:
    budgets = purse(clocked.pool, tmp_path, timezone=zone)
    await clocked.at(before)
    await budgets.settle(await budgets.reserve(ANN, planned(100 * CENT)), spent(100 * CENT))
    with pytest.raises(BudgetSpent, match=f"begins anew {again}"):
        await budgets.reserve(ANN, planned(CENT))
    await clocked.at(after)
    await budgets.reserve(ANN, planned(CENT))


async def test_lease_ends_by_the_clock_of_the_store(clocked: Clocked, tmp_path: Path) -> None:
    budgets = purse(clocked.pool, tmp_path, lease_s=30)
    await clocked.at("2026-11-22 12:00:00Z")
    await budgets.reserve(ANN, planned(90 * CENT))
    await clocked.at("2026-11-22 12:00:29.9Z")
    assert (await budgets.view(ANN)).left_usd == pytest.approx(0.1)
    await clocked.at("2026-11-22 12:00:30Z")
    assert (await budgets.view(ANN)).left_usd == 1


async def test_reservation_under_way_at_midnight_takes_nothing_from_the_new_day(
    clocked: Clocked, tmp_path: Path
) -> None:
    budgets: Budgets = purse(clocked.pool, tmp_path)
    await clocked.at("2026-11-22 23:59:59Z")
    await budgets.reserve(ANN, planned(100 * CENT))
    await clocked.at("2026-11-23 00:00:01Z")
    left = {(one.kind, one.span): one.left_nusd for one in await budgets.left(ANN)}
    assert (left["tenant", "day"], left["tenant", "month"]) == (100 * CENT, 900 * CENT)
