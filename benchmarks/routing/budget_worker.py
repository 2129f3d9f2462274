"""Spend a budget from many tasks until killed: `python -m benchmarks.routing.budget_worker DSN HOME JOURNAL TASKS ...`.

Started by `benchmarks.routing.budgets`.
"""

import asyncio
import random
import sys
import time
from pathlib import Path
from typing import IO

from benchmarks.routing.budget_race import CALL_S, COST_NUSD
from memory.budgets import Budgets
from memory.postgres import Pool, open_pool
from models.budget import Account, Planned, Spent, usd_of
from models.errors import BudgetRefused
from models.routing.budgets_part import BudgetsPart

CONNECTIONS = 8
PATIENCE_S = 60.0
"""A queue of two hundred tasks is longer than anybody waits for an answer; here it is to be raced through."""
KEYS = 4


def part(limit_nusd: int, lease_s: float) -> BudgetsPart:
    """Return a budget that is spent to its end, each call being all that its question may cost."""
    limit = usd_of(limit_nusd)
    return BudgetsPart(daily_usd=limit, monthly_usd=limit, question_share=1, local_only_below=0, lease_s=lease_s)


async def main(dsn: str, home: str, journal: str, tasks: str, seed: str, limit_nusd: str, lease_s: str) -> None:
    """Spend for ever."""
    async with open_pool(dsn, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool:
        pool.timeout = PATIENCE_S

        async def given() -> Pool:
            return pool

        budgets = Budgets(given, part(int(limit_nusd), float(lease_s)), Path(home), patience_s=PATIENCE_S)
        with Path(journal).open("a", buffering=1) as file:  # noqa: ASYNC230 - a line goes to the system at once
            await asyncio.gather(*(spend(budgets, file, f"{seed}-{n}") for n in range(int(tasks))))


async def spend(budgets: Budgets, journal: IO[str], name: str) -> None:
    """Ask for money again and again, and spend it."""
    chance, number = random.Random(name), 0
    while True:
        number += 1
        account = Account("bench", f"key{chance.randrange(KEYS)}", f"{name}-{number}")
        cost = chance.randint(*COST_NUSD)
        planned = Planned("cloud:bench", "bench", round(cost * chance.uniform(1.1, 1.5)), "bench")
        began = time.perf_counter()
        try:
            reservation = await budgets.reserve(account, planned)
        except BudgetRefused as why:
            journal.write(f"x {type(why).__name__}\n")
            continue
        journal.write(f"r {reservation.id} {planned.most_nusd} {1000 * (time.perf_counter() - began):.3f}\n")
        await asyncio.sleep(chance.uniform(0, CALL_S))
        journal.write(f"c {reservation.id} {cost}\n")
        await budgets.settle(reservation, Spent(1000, 100, cost_nusd=cost))
        journal.write(f"s {reservation.id}\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
