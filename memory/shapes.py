"""Load shapes in Milvus: which buildings are alike, which days anywhere are like a day, which are strange.

The analysis `alike` computes from the readings themselves. This index is for what would take all readings of a large
portfolio: days like one in any building. It is made anew for a building when its readings change, and every row
carries its tenant and label.
"""

import asyncio
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np

from memory import shapes_rows as rows
from memory.milvus import Address, Milvus
from memory.postgres import Pool
from memory.series_versions import changed_since, data_identity
from memory.shapes_rows import LABEL, Kind, Row
from privacy.labels import Label
from tools.analyses.site_terms import temperature_of
from tools.energy_query import Measure
from tools.errors import NoData
from tools.figures import Values
from tools.readings import Inventory, Readings
from tools.shapes import building_vector, day_shapes, strangeness, traits_of
from tools.use import Use, uses

EPOCH = date(1970, 1, 1)
WHOLE = -1
"""The day of a row that stands for a building as a whole."""


@dataclass(frozen=True, slots=True)
class Near:
    """What was found: a building, or a day of one, with its mean load and its distance, 0 for the same."""

    building: str
    day: date | None
    mean_kw: float
    distance: float


class ShapeIndex:
    """The shapes of one tenant's buildings. Every call raises `MemoryDown` where Milvus does not answer."""

    def __init__(self, address: Address, readings: Readings, *, tenant: str = "local") -> None:
        self._milvus, self._readings, self._tenant = Milvus(address, rows.prepare), readings, tenant
        self._turn = asyncio.Lock()

    async def update(self, buildings: Collection[str] | None = None, measure: Measure = "electricity") -> list[str]:
        """Make the rows of some buildings, or of all, anew from their readings; return those that have any.

        A building that is gone, or whose readings have no shape, is forgotten. One update runs at a time.
        """
        async with self._turn:
            inventory = await self._readings.inventory()
            wanted = list(inventory.buildings) if buildings is None else list(dict.fromkeys(buildings))
            done = [b for b in wanted if await self._updated(b, inventory, measure)]
            if len(wanted) > 1:
                await self._milvus.call(rows.flush)
            return done

    async def catch_up(self, pool: Pool, named: Collection[str] = (), *, begin: bool = True) -> list[str]:
        """Make anew what has changed since the version of the data that the index has reached, and forget who is gone.

        An index that was never made is made whole, or, where it is not to `begin`, only what of it is `named`: series,
        as a notice names them. Return the buildings whose rows are there now. Raises `DataUnavailable` too.
        """
        data = await data_identity(pool)
        since = await self._milvus.call(partial(rows.reached, tenant=self._tenant, data=data))
        if since is None and not begin:
            return await self.update(_buildings_of(named))
        version, changed = await changed_since(pool, -1 if since is None else since)
        inventory = await self._readings.inventory()
        there = await self._milvus.call(partial(rows.buildings, tenant=self._tenant))
        gone = [building for building in there if building not in inventory.buildings]
        done = await self.update([*gone, *_buildings_of([*changed, *named])])
        await self._milvus.call(partial(rows.set_reached, tenant=self._tenant, data=data, version=version))
        return done

    async def forget(self, building: str) -> None:
        """Forget a building."""
        await self._milvus.call(partial(rows.forget, tenant=self._tenant, building=building))

    async def buildings_like(
        self, building: str, *, limit: int = 5, measure: Measure = "electricity", max_label: Label = Label.RESTRICTED
    ) -> list[Near]:
        """Return the buildings nearest to one, its size included. Raises `NoData` where it is not in the index."""
        return await self._like("building_characteristics", building, WHOLE, limit, measure, max_label)

    async def days_like(
        self,
        building: str,
        day: date,
        *,
        limit: int = 5,
        measure: Measure = "electricity",
        within: str | None = None,
        max_label: Label = Label.RESTRICTED,
    ) -> list[Near]:
        """Return the days, of any building or of `within`, nearest to one. Raises `NoData` where it has no shape."""
        number = (day - EPOCH).days
        return await self._like("energy_patterns", building, number, limit, measure, max_label, within)

    async def strange_days(self, building: str) -> list[Near]:
        """Return the days that are strange to their own building, the farthest from its history first."""
        found = await self._milvus.call(
            partial(rows.listed, kind="anomaly_patterns", tenant=self._tenant, building=building)
        )
        return sorted((_near(row, row["distance"]) for row in found), key=lambda it: -it.distance)

    async def close(self) -> None:
        """Disconnect; Milvus keeps running."""
        await self._milvus.close()

    async def _like(
        self,
        kind: Kind,
        building: str,
        day: int,
        limit: int,
        measure: Measure,
        max_label: Label,
        within: str | None = None,
    ) -> list[Near]:
        own = partial(rows.get, kind=kind, tenant=self._tenant, building=building, measure=measure, day=day)
        if max_label < LABEL:
            return []
        if (row := await self._milvus.call(own)) is None:
            what = "a load shape" if day == WHOLE else f"a shape of {EPOCH + timedelta(days=day)}"
            raise NoData(f"{building} has not {what} in {measure}; load its readings, or name another")
        search = partial(
            rows.nearest,
            kind=kind,
            tenant=self._tenant,
            measure=measure,
            vector=row["vector"],
            limit=limit + 1,
            max_label=max_label,
            within=within,
        )
        found = [(hit, apart) for hit, apart in await self._milvus.call(search) if hit["id"] != row["id"]]
        return [_near(hit, apart) for hit, apart in found[:limit]]

    async def _updated(self, building: str, inventory: Inventory, measure: Measure) -> bool:
        found = await self._made(building, inventory, measure)
        if found is None:
            await self.forget(building)
            return False
        for kind, made in found.items():
            put = partial(rows.replace, kind=kind, tenant=self._tenant, building=building, measure=measure, rows=made)
            await self._milvus.call(put)
        return True

    async def _made(self, building: str, inventory: Inventory, measure: Measure) -> dict[Kind, list[Row]] | None:
        """Return the rows of a building by collection, None where it has none."""
        if building not in inventory.buildings:
            return None
        use = (await uses(self._readings, inventory, [building], None, measure)).get(building)
        if use is None:
            return None
        outside = await temperature_of(self._readings, inventory, use)
        try:
            return await asyncio.to_thread(self._rows, use, outside, measure)
        except NoData:
            return None

    def _rows(self, use: Use, outside: Values | None, measure: Measure) -> dict[Kind, list[Row]]:
        traits = traits_of(use.hours, use.clock, outside)
        whole = self._row(use, measure, WHOLE, building_vector(traits), traits.mean_kw)
        days = day_shapes(use.hours, use.clock, outside)
        each = [
            self._row(use, measure, int(day), vector, float(kw))
            for day, vector, kw in zip(days.day, days.vector, days.mean_kw, strict=True)
        ]
        try:
            found = strangeness(days)
        except NoData:  # too short a history to call a day strange
            strange: list[Row] = []
        else:
            strange = [{**each[i], "distance": float(found.distance[i])} for i in np.flatnonzero(found.is_strange)]
        return {"building_characteristics": [whole], "energy_patterns": each, "anomaly_patterns": strange}

    def _row(self, use: Use, measure: Measure, day: int, vector: Values, mean_kw: float) -> dict[str, Any]:
        return {
            "id": json.dumps([self._tenant, use.building, measure, day]),
            "vector": vector.astype(np.float32).tolist(),
            "tenant": self._tenant,
            "building": use.building,
            "measure": measure,
            "label": int(LABEL),
            "day": day,
            "mean_kw": mean_kw,
            "distance": 0.0,
        }


def _near(row: Row, distance: float) -> Near:
    day = None if row["day"] == WHOLE else EPOCH + timedelta(days=int(row["day"]))
    return Near(row["building"], day, float(row["mean_kw"]), float(distance))


def _buildings_of(series: Iterable[str]) -> list[str]:
    """Return the buildings of meters: 'b4/electricity' is of b4. What changes of a site alone has no load."""
    return sorted({name.split("/")[0] for name in series if "/" in name and not name.startswith("@")})
