"""Which buildings a question of money or carbon means, over which time, with their hourly use."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from tools.absence import nothing
from tools.clock import key_span
from tools.energy_query import EnergyQuery, Period
from tools.errors import NoData, TariffGap
from tools.facts import uses_meant
from tools.figures import Values
from tools.readings import Inventory, Readings
from tools.use import HOUR, Use, aligned
from tools.wording import when

Fuel = Literal["electricity", "gas"]
FULL_YEAR = 0.9
MOST_REASONS = 3
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Meant:
    """The uses of the buildings that count, in the order named, each with a valid hour.

    `when` says over which time, `notes` who is left out.
    """

    fuel: Fuel
    uses: tuple[Use, ...]
    when: str
    notes: tuple[str, ...] = ()

    @property
    def buildings(self) -> tuple[str, ...]:
        """Return the ids of its buildings."""
        return tuple(u.building for u in self.uses)


def fuel_of(query: EnergyQuery) -> Fuel:
    """Return whose kWh are meant: money and carbon are those of electricity, unless gas is asked for."""
    return "gas" if query.measure == "gas" else "electricity"


async def meant(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Meant:
    """Return the hourly kWh of the buildings that are meant; without a period, of the last full year.

    Raises `NoData` where nobody has a meter of the fuel or a valid hour.
    """
    fuel = fuel_of(query)
    energy = query.model_copy(update={"measure": fuel})
    found, year = await uses_meant(energy, readings, inventory, query.period), None
    if query.statistic != "total" and not query.period:  # a plain question without a period is of the whole record
        year = last_full_year(found.values(), inventory)
    if year is not None:
        start, end = (datetime.combine(date(y, 1, 1), time()) for y in (year, year + 1))
        whole = Period(start=start, end=end, words=str(year))
        found = await uses_meant(energy, readings, inventory, whole)
    counting = tuple(u for u in found.values() if np.isfinite(u.hours).any())
    if not counting:
        raise NoData(nothing(energy, inventory, list(found)))
    counts = {u.building for u in counting}
    without = [b for b in found if b not in counts]
    notes = (f"without data, so left out: {', '.join(without)}",) if without else ()
    said = when(query) if year is None else f"in {year}, the last full year"
    return Meant(fuel, counting, said, notes)


async def each_use(of: Meant, make: Callable[[Use], Awaitable[Made]]) -> tuple[Meant, list[Made]]:
    """Return what can be made for each building, and who is meant without the others, whom the notes name.

    Raises the first `NoData` where nothing can be made for any, and `TariffGap` in any case.
    """
    made, kept, reasons = [], [], {}
    for use in of.uses:
        try:
            made.append(await make(use))
            kept.append(use)
        except TariffGap:
            raise
        except NoData as why:
            reasons[use.building] = why
    if not made:
        raise next(iter(reasons.values()))
    notes = tuple(f"left out: {b}, since {why}" for b, why in list(reasons.items())[:MOST_REASONS])
    if len(reasons) > MOST_REASONS:
        notes += (f"left out for the like: {', '.join(list(reasons)[MOST_REASONS:])}",)
    return replace(of, uses=tuple(kept), notes=(*of.notes, *notes)), made


def last_full_year(uses: Iterable[Use], inventory: Inventory) -> int | None:
    """Return the latest local year with 90 % of its hours valid, over all buildings of a site; of sites the latest.

    Where no year has as many it is the one with the most; None where no whole year lies within the record.
    """
    by_site: dict[str, list[Use]] = {}
    for use in uses:
        by_site.setdefault(use.site, []).append(use)
    return max((y for us in by_site.values() if (y := _year_of(us, inventory)) is not None), default=None)


def _year_of(uses: list[Use], inventory: Inventory) -> int | None:
    """Return the last full year of the buildings of one site, which share a clock."""
    timezone = inventory.sites[uses[0].site].timezone
    year = uses[0].clock.keys("year") + 1970
    valid = np.sum([np.isfinite(u.hours) for u in uses], axis=0)
    share = {}
    for one in np.unique(year):
        start, end = key_span("year", int(one) - 1970, timezone)
        share[int(one)] = float(valid[year == one].sum()) / (len(uses) * ((end - start) / HOUR))
    full = [y for y, of in share.items() if of >= FULL_YEAR]
    if full:
        return max(full)
    return max(
        (y for y in share if share[y] > 0 and _is_whole(y, uses[0], timezone)), key=lambda y: share[y], default=None
    )


def _is_whole(year: int, use: Use, timezone: str) -> bool:
    start, end = key_span("year", year - 1970, timezone)
    return use.start <= start and end <= use.end


async def site_hours(readings: Readings, inventory: Inventory, use: Use, kind: str) -> Values | None:
    """Return the site's own series of a kind (temperature, carbon, price) for each hour of a use; None without one."""
    meter = inventory.site_meter(use.site, kind)
    if meter is None:
        return None
    series = await readings.hourly([meter.id], use.start, use.end)
    return aligned(series[meter.id], len(use.hours))


def years_of(use: Use, inventory: Inventory) -> float:
    """Return how many years a use spans: whole where it ends on the local day and month on which it began."""
    zone = ZoneInfo(inventory.sites[use.site].timezone)
    start, end = (at.astimezone(zone) for at in (use.start, use.end))
    if (start.month, start.day, start.hour) == (end.month, end.day, end.hour) and end.year > start.year:
        return float(end.year - start.year)
    return (end - start).total_seconds() / 86_400 / 365.25
