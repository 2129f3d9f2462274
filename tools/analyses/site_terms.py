"""What a site says of its buildings' days: holidays, opening hours, and the weather outside."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from tools.clock import WEEKDAYS, LocalClock
from tools.errors import NoData
from tools.figures import Values
from tools.profiles.opening import OpeningHours, Span
from tools.public_holidays import holidays_of
from tools.readings import Inventory, Readings
from tools.use import HOUR, Use
from tools.wording import clock_time


def holidays_at(inventory: Inventory, site: str, clock: LocalClock) -> frozenset[date]:
    """Return the days off that a site's settings name, in the years of a clock; none where nothing is set."""
    settings = inventory.sites[site].settings
    if not settings.holidays_country or not len(clock.local):
        return frozenset(settings.own_holidays)
    first, last = (int(year) + 1970 for year in clock.keys("year")[[0, -1]])
    public = holidays_of(settings.holidays_country, range(first, last + 1), settings.holidays_subdiv)
    return public | frozenset(settings.own_holidays)


def opening_at(inventory: Inventory, site: str) -> OpeningHours:
    """Return when a site's buildings are open, as its settings say; else EAIO's own definition, which says so."""
    opening = inventory.sites[site].settings.opening
    if opening is None:
        return OpeningHours.usual()
    spans: tuple[Span, ...] = tuple(opening.get(day) for day in range(len(WEEKDAYS)))
    return OpeningHours(spans, f"occupied {_spelt(opening)}, as set for the site")


def _spelt(opening: Mapping[int, tuple[float, float]]) -> str:
    """Write opening hours, days of the same hours together: 'Monday to Friday 07:00 to 19:00'."""
    runs: list[list[int]] = []
    for day in sorted(opening):
        if runs and day == runs[-1][-1] + 1 and opening[day] == opening[runs[-1][0]]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{_days(run)} {' to '.join(map(clock_time, opening[run[0]]))}" for run in runs) or "never"


def _days(run: list[int]) -> str:
    return WEEKDAYS[run[0]] if len(run) == 1 else f"{WEEKDAYS[run[0]]} to {WEEKDAYS[run[-1]]}"


async def temperature_of(readings: Readings, inventory: Inventory, use: Use) -> Values | None:
    """Return the outdoor temperature of each hour of a use, degC, NaN where unknown; None where its site has none."""
    meter = inventory.site_meter(use.site, "temperature")
    if meter is None:
        return None
    series = (await readings.hourly([meter.id], use.start, use.end))[meter.id]
    values = np.where(series.valid(), series.values, np.nan)[: len(use.hours)]
    return np.pad(values, (0, len(use.hours) - len(values)), constant_values=np.nan)


async def temperature_needed(readings: Readings, inventory: Inventory, use: Use) -> Values:
    """Return the outdoor temperature of a use. Raises `NoData` with the remedy where its site has none then."""
    found = await temperature_of(readings, inventory, use)
    if found is None or not np.isfinite(found).any():
        raise no_temperature(inventory, use.site)
    return found


def no_temperature(inventory: Inventory, site: str) -> NoData:
    """Return the error that says which temperature is missing, what there is, and how to give it."""
    name, meter = inventory.sites[site].name, inventory.site_meter(site, "temperature")
    if meter is None:
        has = f"{name} has no outdoor temperature"
    else:
        first, last = (f"{at.day} {at:%B %Y}" for at in (meter.first, meter.last_end - HOUR))
        has = f"the outdoor temperature of {name} runs from {first} to {last}"
    return NoData(f"{has}; load it for this time with `eaio data load FILE`, as a column of kind temperature")
