"""A site of made buildings whose truth is known, kept in memory: hours beside the weather, holidays and events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from tests.made_load import START, TIMEZONE, hours_of, load_kwh, temperature_degc
from tests.totals_by_hand import totals_by_hand
from tools.compute import compute
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Period
from tools.figures import Values
from tools.headline import headline
from tools.readings import (
    Building,
    By,
    Event,
    Flag,
    HourlySeries,
    Inventory,
    Meter,
    MeterKind,
    Readings,
    Site,
    SiteSettings,
    Totals,
)

HOUR = timedelta(hours=1)
YEAR = 365 * 24
LOCAL = hours_of(730)
DEGC = temperature_degc(730) + np.repeat(np.random.default_rng(3).normal(0.0, 2.5, 730), 24)
PLAIN = load_kwh(LOCAL, noise=0.02) + 2.0 * np.maximum(15.0 - DEGC, 0.0)
"""Two years of a building that heats below 15 degC with 2 kWh an hour for each K, as it would be without any change."""


@dataclass
class MadeSite:
    """Readings from `START` on: kWh an hour of each building, outdoor temperature (None: the site has none).

    `kind`: of the buildings' meters. A NaN has no row; a 0 of an electricity meter does not count.
    """

    kwh: Mapping[str, Values]
    degc: Values | None = None
    kind: MeterKind = "electricity"
    events: tuple[Event, ...] = ()
    settings: SiteSettings = field(default_factory=SiteSettings)
    timezone: str = TIMEZONE

    async def inventory(self) -> Inventory:
        """Return the names."""
        sites = {"made": Site("made", "Made Works", self.timezone, "GBP", settings=self.settings)}
        buildings = {b: Building(b, f"Building {b}", "made") for b in self.kwh}
        meters = {
            f"{b}/{self.kind}": self._meter(f"{b}/{self.kind}", self.kind, len(v), b) for b, v in self.kwh.items()
        }
        if self.degc is not None:
            meters["made/temperature"] = self._meter("made/temperature", "temperature", len(self.degc), None)
        return Inventory(1, sites, buildings, meters, events=self.events)

    def _meter(self, name: str, kind: MeterKind, hours: int, building: str | None) -> Meter:
        return Meter(name, "made", kind, "kWh" if building else "degC", START, START + hours * HOUR, building)

    async def hourly(self, meters: Sequence[str], start: datetime, end: datetime) -> dict[str, HourlySeries]:
        """Return each meter's hours."""
        return {m: self._series(m, start, end) for m in meters}

    def _series(self, meter: str, start: datetime, end: datetime) -> HourlySeries:
        building, kind = meter.split("/")
        whole = self.degc if kind == "temperature" else self.kwh[building]
        assert whole is not None
        first, n = round((start - START) / HOUR), round((end - start) / HOUR)
        values = np.full(n, np.nan)
        own = whole[max(first, 0) : max(first + n, 0)]
        values[max(-first, 0) : max(-first, 0) + len(own)] = own
        flags = np.where(np.isnan(values), int(Flag.ABSENT), int(Flag.OK)).astype(np.uint8)
        if kind == "electricity":
            flags[values == 0] = Flag.ZERO_AS_MISSING
        return HourlySeries(start, values, flags)

    async def totals(self, meters: Sequence[str], start: date, end: date, by: By) -> Totals:
        """Return each meter's sums over local days, each added up from its hours."""
        return await totals_by_hand(self, meters, start, end, by)


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(start=datetime(number, 1, 1), end=datetime(number + 1, 1, 1), words=str(number))


def days(first: datetime, end: datetime, words: str) -> Period:
    """Return a span of local days."""
    return Period(start=first, end=end, words=words)


def asked(statistic: str, *buildings: str, **rest: object) -> EnergyQuery:
    """Return a query."""
    return EnergyQuery.model_validate({"statistic": statistic, "buildings": buildings, **rest})


async def facts(query: EnergyQuery, site: Readings) -> Facts:
    """Compute a query."""
    return await compute(query, site, await site.inventory())


async def told(query: EnergyQuery, site: Readings) -> str:
    """Return the headline of a query."""
    return headline(await facts(query, site), await site.inventory())
