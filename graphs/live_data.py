"""Building data as the graph uses it: opened when first needed, opened again after it was lost."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import date, datetime
from typing import TypeVar

from config.settings import Settings
from memory.building_data import BuildingData
from memory.errors import StoreDown
from memory.ledger import Ledger
from memory.load import ensure_loaded
from memory.migrate import migrate
from memory.postgres import READER, Pool, open_pool
from memory.series_versions import data_identity
from services import ServiceError, ensure_postgres
from tools.errors import DataUnavailable
from tools.readings import By, HourlySeries, Inventory, Totals

READERS, WRITERS = 4, 2  # connections: those that compute headlines, and those that keep runs
BACK_WITHIN_S = 5.0  # a store that is restarted is away for a second or two, on a busy machine for more
AGAIN_S = 0.1  # between two looks at it
Got = TypeVar("Got")
Progress = Callable[[int, int, str], None]


class LiveData:
    """Readings and ledger over PostgreSQL. Implements `tools.readings.Readings`.

    Opening starts the embedded server where none is configured, brings the tables up to date and loads the shipped
    data into an empty store. Raises `DataUnavailable` with the remedy where that fails; the next call tries again.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self._settings, self._progress = settings, progress
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._turns = asyncio.Semaphore(READERS)
        self._pool: Pool | None = None
        self._data: BuildingData | None = None
        self._names: Inventory | None = None
        self._identity: str | None = None

    async def pool(self) -> Pool:
        """Return the open pool, opening it where that is still to do."""
        async with self._opening:
            if self._pool is None:
                await self._open()
        assert self._pool is not None
        return self._pool

    async def address(self) -> str:
        """Return where the database is now, starting it where it is ours and does not run."""
        return self._settings.database_url or await self._start()

    async def identity(self) -> str:
        """Return which data these are, as no other database's."""
        if self._identity is None:
            self._identity = await data_identity(await self.pool())
        return self._identity

    async def ledger(self) -> Ledger:
        """Return the ledger of runs and evidence."""
        return Ledger(await self.pool())

    @property
    def names(self) -> Inventory | None:
        """The names that were known last, which may be old; None before the first."""
        return self._names

    async def inventory(self) -> Inventory:
        """Return the names that are known now, the last ones where the store is away: a turn may have its facts."""
        try:
            self._names = await self._asked(lambda data: data.inventory(), patient=self._names is None)
        except DataUnavailable:
            if self._names is None:
                raise
        return self._names

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return the readings of each meter over [start, end)."""
        return await self._asked(lambda data: data.hourly(meters, start, end), patient=True)

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        """Return what each meter adds up to over the local days [start, end)."""
        return await self._asked(lambda data: data.totals(meters, start, end, by), patient=True)

    async def close(self) -> None:
        """Close the pool; the server keeps running."""
        await self._stack.aclose()

    async def _asked(self, ask: Callable[[BuildingData], Awaitable[Got]], *, patient: bool) -> Got:
        """Ask the store for as long as a headline may take; where `patient`, wait for one that went away to be back."""
        await self.pool()
        assert self._data is not None
        budget, until_s = self._settings.headline_budget_s, time.monotonic() + BACK_WITHIN_S
        while True:
            try:
                # A crowd waits its turn, and no store is blamed for it.
                async with self._turns, asyncio.timeout(budget):
                    return await ask(self._data)
            except TimeoutError:
                said = f"the building data took longer than {budget:g} s; `eaio doctor` finds what is wrong"
                raise DataUnavailable(said) from None
            except StoreDown:
                if not patient or time.monotonic() > until_s:
                    raise
            await asyncio.sleep(AGAIN_S)

    async def _open(self) -> None:
        """Open, or leave nothing half-open behind."""
        async with AsyncExitStack() as stack:
            address = self._settings.database_url or self._start
            pool = await stack.enter_async_context(open_pool(address, max_size=READERS + WRITERS))
            await migrate(pool)
            await ensure_loaded(pool, self._progress)
            readers = await stack.enter_async_context(open_pool(address, max_size=READERS, role=READER))
            self._stack = stack.pop_all()
        self._pool, self._data = pool, BuildingData(readers)

    async def _start(self) -> str:
        try:
            return await ensure_postgres(self._settings)
        except ServiceError as why:
            raise DataUnavailable(f"PostgreSQL does not start ({why}); `eaio doctor` finds what is wrong") from why
