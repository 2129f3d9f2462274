"""Load shapes as a running process keeps them: made anew in the background when readings change."""

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from graphs.live_data import LiveData
from memory.errors import MemoryDown
from memory.milvus import Address
from memory.notices import Changed
from telemetry.log import log
from tools.errors import DataUnavailable

if TYPE_CHECKING:
    from memory.shapes import ShapeIndex


class LiveShapes:
    """Follows the notices of the database. What cannot be done now is caught up with at the next notice."""

    def __init__(self, data: LiveData, milvus: Address, tenant: str) -> None:
        self._data, self._milvus, self._tenant = data, milvus, tenant
        self._named: set[str] = set()
        self._working: asyncio.Task[None] | None = None

    @cached_property
    def index(self) -> "ShapeIndex":
        """The index; what computes shapes is imported when the first notice comes, and not for a first answer."""
        from memory.shapes import ShapeIndex

        return ShapeIndex(self._milvus, self._data, tenant=self._tenant)

    async def heard(self, changed: Changed) -> None:
        """Note what changed, and have it made anew; notices that come meanwhile are one piece of work."""
        self._named |= set(changed.series or ())
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._caught_up(changed))

    async def settled(self) -> None:
        """Wait until what was heard is done."""
        if self._working is not None:
            await asyncio.wait([self._working])

    async def close(self) -> None:
        """Leave what is not done to the next process, and disconnect."""
        if self._working is not None and not self._working.done():
            self._working.cancel()
            await asyncio.wait([self._working])
        if "index" in self.__dict__:
            await self.index.close()

    async def _caught_up(self, last: Changed) -> None:
        """Make anew what changed; an index that was never made is begun by `eaio up`, when nobody waits."""
        while self._named or last.series is None:
            named, self._named = self._named, set()
            last = last._replace(series=())
            try:
                await self.index.catch_up(await self._data.pool(), named, begin=False)
            except (MemoryDown, DataUnavailable) as fault:
                log.info("load shapes wait for another time: %s", fault)
                self._named |= named
                return
