"""Budgets in PostgreSQL: money is set aside before a call and counted after it, whoever else asks at the same time.

The work is done by functions of the database (`migrations/004_budgets_and_usage.sql`), each in one transaction of one
round trip. So a process that is killed holds no lock, only its reservations, and those expire. The day and the month
are those of the database's clock in the document's time zone; the clock of this process decides nothing.

Where the store does not answer in time there is no money: a cloud is not asked, and local models are not concerned.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import psycopg

from memory import budget_rows
from memory.budget_rows import Left, Standing
from memory.budget_words import refusal, view_of
from memory.postgres import Pool
from memory.unsettled import Unsettled, read
from models.budget import Account, Planned, Reservation, Spent, usd_of
from models.errors import BudgetDown
from models.router.budget_view import BudgetView
from models.routing.budgets_part import BudgetsPart
from telemetry.log import log
from tools.errors import DataUnavailable

PATIENCE_S = 0.25
"""How long the store may take over one step before its money counts as gone."""
FAULTS = (psycopg.Error, DataUnavailable, TimeoutError, OSError)
UNWANTED = Spent(outcome="denied", reason="BudgetDown")
"""How a reservation ends that the store gave when nobody waited for it any more."""

T = TypeVar("T")
OpenPool = Callable[[], Awaitable[Pool]]


class Budgets:
    """The purse of a database. Implements `models.budget.Purse`; it belongs to one event loop.

    `open_pool` gives a pool whose tables are up to date. What cannot be settled now is kept in a folder of `home`, and
    counted before anything else is set aside.
    """

    def __init__(self, open_pool: OpenPool, part: BudgetsPart, home: Path, *, patience_s: float = PATIENCE_S) -> None:
        self._open, self._part, self._patience_s = open_pool, part, patience_s
        self._unsettled = Unsettled(home / "budgets")
        self._catching_up = asyncio.Lock()
        self._work = set[asyncio.Task[Any]]()

    async def view(self, account: Account) -> BudgetView:
        """Return what is left for an account; `down` where the store does not say it in time."""
        try:
            return view_of(await self._soon(self._standing(account)), self._part)
        except FAULTS as fault:
            return BudgetView("down", scope=f"tenant {account.tenant}", reason=self._down(fault))

    async def left(self, account: Account) -> list[Left]:
        """Return what is left of each of the four budgets of an account. Raises `DataUnavailable`."""
        return await budget_rows.left(await self._ready(), account, self._part)

    async def reserve(self, account: Account, planned: Planned) -> Reservation:
        """Set aside what a call costs at most, for as long as a lease lasts.

        Raises `BudgetSpent`, `BudgetLow` or `BudgetDown`; then nothing may be sent.
        """
        id_, given_up = uuid4().hex, asyncio.Event()
        try:
            standing, reserved = await self._soon(self._reserve(id_, account, planned, given_up))
        except FAULTS as fault:
            raise BudgetDown(planned.endpoint, self._down(fault)) from None
        finally:
            given_up.set()
        if not reserved:
            raise refusal(standing, planned, self._part)
        return Reservation(id_, account, planned, standing.today)

    async def settle(self, reservation: Reservation, spent: Spent) -> None:
        """Count what a call did cost, in the day that it was reserved in; now, or as soon as the store answers."""
        try:
            await self._soon(self._settle(reservation, spent))
        except FAULTS as fault:
            log.warning("a settlement waits for the store: %s", type(fault).__name__)
            await self._keep(reservation, spent)

    async def close(self) -> None:
        """Wait a moment for what is still under way."""
        if self._work:
            await asyncio.wait(self._work, timeout=self._patience_s)

    async def _standing(self, account: Account) -> Standing:
        return await budget_rows.standing(await self._ready(), account, self._part)

    async def _reserve(
        self, id_: str, account: Account, planned: Planned, given_up: asyncio.Event
    ) -> tuple[Standing, bool]:
        pool = await self._ready()
        standing, reserved = await budget_rows.reserve(pool, id_, account, planned, self._part, self._patience_s)
        if reserved and given_up.is_set():
            await self.settle(Reservation(id_, account, planned, standing.today), UNWANTED)
        return standing, reserved

    async def _settle(self, reservation: Reservation, spent: Spent) -> None:
        await budget_rows.settle(await self._open(), reservation, spent, self._patience_s)

    async def _keep(self, reservation: Reservation, spent: Spent) -> None:
        try:
            await asyncio.to_thread(self._unsettled.keep, reservation, spent)
        except OSError as fault:
            _log_lost(reservation, spent, fault)

    async def _ready(self) -> Pool:
        """Return the pool once all that was spent before is counted."""
        pool = await self._open()
        if self._unsettled.any():
            async with self._catching_up:
                await self._catch_up(pool)
        return pool

    async def _catch_up(self, pool: Pool) -> None:
        for file in await asyncio.to_thread(self._unsettled.taken):
            for reservation, spent in await asyncio.to_thread(read, file):
                try:
                    await budget_rows.settle(pool, reservation, spent, self._patience_s)
                except (psycopg.DataError, psycopg.IntegrityError) as fault:  # it never will be taken
                    _log_lost(reservation, spent, fault)
            await asyncio.to_thread(file.unlink, missing_ok=True)

    async def _soon(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for a result no longer than `patience_s`; raises `TimeoutError`.

        What takes longer goes on unseen: to break it off would take a database that hangs as long again.
        """
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._seen)
        await asyncio.wait({task}, timeout=self._patience_s)
        if not task.done():
            raise TimeoutError
        return task.result()

    def _seen(self, task: asyncio.Task[Any]) -> None:
        self._work.discard(task)
        if not task.cancelled():
            task.exception()  # a fault that nobody waited for is no news to asyncio

    def _down(self, fault: BaseException) -> str:
        if isinstance(fault, TimeoutError):
            words = f"no answer within {self._patience_s:g} s"
        elif isinstance(fault, psycopg.Error) and fault.diag.message_primary:
            words = fault.diag.message_primary
        else:
            words = " ".join(str(fault).split()) or type(fault).__name__
        return f"nobody can say what is left ({words}); clouds are asked again once the store of budgets answers"


def _log_lost(reservation: Reservation, spent: Spent, fault: Exception) -> None:
    cost, words = usd_of(spent.cost_nusd), " ".join(str(fault).split())
    log.error("a call of %s that cost %.6f USD is not counted: %s", reservation.planned.endpoint, cost, words)
