"""Hourly use of a building: its successive meters as one series, in the measure that was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from tools.clock import LocalClock, clock
from tools.energy_query import Measure, Period
from tools.figures import Values
from tools.readings import HourlySeries, Inventory, Meter, Readings
from tools.tariffs import energy_prices, has_tariff

HOUR = timedelta(hours=1)
FACTOR_KIND = {"carbon": "carbon", "cost": "price"}


@dataclass(frozen=True, slots=True)
class Use:
    """Hourly amounts of one building over [start, end), UTC, on its site's grid; NaN where an hour does not count."""

    building: str
    site: str
    start: datetime
    end: datetime
    hours: Values
    clock: LocalClock
    meters: tuple[str, ...]


def meter_kind(measure: Measure) -> str:
    """Return the kind of meter behind a measure: carbon and cost are those of electricity."""
    return "gas" if measure == "gas" else "electricity"


async def uses(
    readings: Readings, inventory: Inventory, buildings: Sequence[str], period: Period | None, measure: Measure
) -> dict[str, Use]:
    """Return the hourly use of each building that has a meter of the kind, over the period or its site's whole record.

    Carbon and cost multiply each hour by the site's factor of that hour; hours without a factor do not count. Raises
    `DataUnavailable` where the store does not answer.
    """
    found: dict[str, Use] = {}
    by_site: dict[str, list[str]] = {}
    for building in buildings:
        if inventory.meters_of(building, meter_kind(measure)):
            by_site.setdefault(inventory.buildings[building].site, []).append(building)
    for site, members in by_site.items():
        found |= await _uses_of_site(readings, inventory, site, members, period, measure)
    return {b: found[b] for b in buildings if b in found}


async def _uses_of_site(
    readings: Readings, inventory: Inventory, site: str, members: list[str], period: Period | None, measure: Measure
) -> dict[str, Use]:
    kind = meter_kind(measure)
    meters = {b: inventory.meters_of(b, kind) for b in members}
    start, end = span_of(inventory, site, period, kind)
    present = [m for ms in meters.values() for m in ms if m.first < end and m.last_end > start]
    factor = inventory.site_meter(site, FACTOR_KIND[measure]) if measure in FACTOR_KIND else None
    wanted = [m.id for m in present] + ([factor.id] if factor else [])
    series = await readings.hourly(wanted, start, end) if wanted else {}
    n = _grid_hours(start, end)
    grid_start = next((s.start for s in series.values()), start)
    local = clock(inventory.sites[site].timezone, grid_start, n)
    factors = aligned(series[factor.id], n) if factor else np.full(n, np.nan)
    if measure == "cost" and has_tariff([site], inventory):
        factors = energy_prices(inventory.sites[site], local, factors if factor else None)
    found = {}
    for building in members:
        hours = _merged([m for m in meters[building] if m in present], series, n)
        if measure in FACTOR_KIND:
            hours = hours * factors
        ids = tuple(m.id for m in meters[building] if m in present)
        found[building] = Use(building, site, start, end, hours, local, ids)
    return found


def span_of(inventory: Inventory, site: str, period: Period | None, kind: str) -> tuple[datetime, datetime]:
    """Return a period in UTC for a site; without a period, the span of the site's own readings of the kind."""
    if period:
        return period.utc(inventory.sites[site].timezone)
    meters = [m for m in inventory.meters.values() if m.site == site and m.kind == kind and m.building]
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return min((m.first for m in meters), default=now - HOUR), max((m.last_end for m in meters), default=now)


def _grid_hours(start: datetime, end: datetime) -> int:
    return max(int((end - start) / HOUR), 1)


def _merged(meters: Iterable[Meter], series: dict[str, HourlySeries], n: int) -> Values:
    """Lay successive meters into one series; from its first reading on, the later meter alone counts."""
    hours = np.full(n, np.nan)
    for meter in meters:
        values = aligned(series[meter.id], n)
        own = np.flatnonzero(np.isfinite(values))
        if len(own):
            hours[own[0] :] = values[own[0] :]
    return hours


def aligned(one: HourlySeries, n: int) -> Values:
    """Return the valid hours of a series as n values, NaN where an hour does not count or is not there."""
    values = np.where(one.valid(), one.values, np.nan)[:n]
    return values if len(values) == n else np.pad(values, (0, n - len(values)), constant_values=np.nan)


def part(use: Use, start: datetime, end: datetime) -> Use:
    """Return the hours of [start, end) of a use, as a use of its own."""
    a = max(int((start - use.start) / HOUR), 0)
    b = min(int((end - use.start) / HOUR), len(use.hours))
    local = LocalClock(use.clock.local[a:b], use.clock.hour[a:b], use.clock.weekday[a:b])
    return replace(use, start=max(start, use.start), end=min(end, use.end), hours=use.hours[a:b], clock=local)
