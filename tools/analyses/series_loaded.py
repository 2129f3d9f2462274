"""A site's own series over the time that was asked for, and plain figures of its hours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from tools.analyses.series_words import NOUN
from tools.analyses.timed_use import TimedUse
from tools.clock import clock
from tools.data_asked import SeriesFigure, SiteSeries
from tools.energy_query import EnergyQuery, Hours
from tools.errors import NoData
from tools.figures import Values
from tools.readings import Inventory, Readings
from tools.use import HOUR, Use, aligned
from tools.wording import listed, local_hour, when


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A series of a site over the time that was asked for, and the buildings that stand there."""

    one: TimedUse
    buildings: tuple[str, ...]
    hours: Hours = "all"

    @property
    def coverage(self) -> float:
        """Return the share of the hours that are meant and count, 0 to 1."""
        meant = self.one.use.clock.among(self.hours)
        return float(np.isfinite(self.one.use.hours[meant]).mean()) if meant.any() else 0.0


async def series_of(
    query: EnergyQuery, kind: SiteSeries, readings: Readings, inventory: Inventory
) -> Mapping[str, Series]:
    """Return a series of each site meant that has some in the period. Raises `NoData`, with what there is."""
    named = list(dict.fromkeys(inventory.buildings[b].site for b in query.buildings)) or list(query.sites)
    sites = named or list(inventory.sites)
    found = {}
    for site in sites:
        meter = inventory.site_meter(site, kind)
        if meter is None:
            continue
        start, end = query.period.utc(inventory.sites[site].timezone) if query.period else (meter.first, meter.last_end)
        n = max(int((end - start) / HOUR), 1)
        values = (await readings.hourly([meter.id], start, end))[meter.id]
        local = clock(inventory.sites[site].timezone, values.start, n)
        hours = np.where(local.among(query.hours), aligned(values, n), np.nan)
        if np.isfinite(hours).any():
            use = Use(meter.id, site, start, end, hours, local, (meter.id,))
            found[site] = Series(TimedUse(use, when(query)), _stand_at(query, inventory, site), query.hours)
    if not found:
        raise _none(query, kind, sites, inventory)
    return found


def _stand_at(query: EnergyQuery, inventory: Inventory, site: str) -> tuple[str, ...]:
    mine = [b for b, it in inventory.buildings.items() if it.site == site]
    metered = {m.building for m in inventory.meters.values() if m.site == site}
    return tuple(b for b in query.buildings if b in mine) or tuple(b for b in mine if b in metered) or tuple(mine)


def _none(query: EnergyQuery, kind: SiteSeries, sites: list[str], inventory: Inventory) -> NoData:
    meters = [m for site in sites if (m := inventory.site_meter(site, kind))]
    names = listed([inventory.sites[s].name for s in sites])
    if not meters:
        has = [s.name for s in inventory.sites.values() if inventory.site_meter(s.id, kind)]
        others = f"; {listed(has)} has it" if has else ""
        return NoData(f"{names} has no {NOUN[kind]} loaded{others}; load it with `eaio data load FILE`")
    spans = [
        f"{inventory.sites[m.site].name} from {m.first.day} {m.first:%B %Y} to {(m.last_end - HOUR).day} "
        f"{m.last_end - HOUR:%B %Y}"
        for m in meters
    ]
    asked = f"for {query.period.words}" if query.period else "that counts"
    return NoData(f"there is no {NOUN[kind]} {asked}; it is loaded for {listed(spans)}")


def value_of(figure: SeriesFigure, level: float | None, valid: Values) -> float:
    """Return a figure of valid hours; `level` is a percentile or a threshold, where the figure takes one."""
    made: dict[str, Callable[[Values], object]] = {
        "highest": np.max,
        "lowest": np.min,
        "median": np.median,
        "standard_deviation": lambda v: np.std(v, ddof=min(1, len(v) - 1)),
        "percentile": lambda v: np.percentile(v, level or 0.0),
        "above": lambda v: (v > (level or 0.0)).sum(),
        "below": lambda v: (v < (level or 0.0)).sum(),
    }
    return float(made.get(figure, np.mean)(valid))


def hour_words(use: Use, index: int, timezone: str) -> str:
    """Write the hour at a place of a series in the site's own time."""
    return local_hour(use.start + index * HOUR, timezone)
