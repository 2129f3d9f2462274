"""Readings that note which series were read through them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tools.readings import By, HourlySeries, Inventory, Readings, Totals


class Watched:
    """Passes everything on to other readings; `read` are the meters that were asked for."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self.read: set[str] = set()

    async def inventory(self) -> Inventory:
        """Return the names that are known now."""
        return await self._readings.inventory()

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return the readings of each meter over [start, end)."""
        self.read.update(meters)
        return await self._readings.hourly(meters, start, end)

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By, **options: Any) -> Totals:
        """Return what each meter adds up to over the local days [start, end)."""
        self.read.update(meters)
        return await self._readings.totals(meters, start, end, by, **options)
