"""What a site says of its buildings' days: holidays, opening hours, and the weather outside."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from tools.clock import LocalClock
from tools.errors import NoData
from tools.figures import Values
from tools.profiles.opening import OpeningHours
from tools.public_holidays import holidays_of
from tools.readings import Inventory, Readings, SiteSettings
from tools.told import ToldFact
from tools.told_hours import days_told, laid_over, spelt, week_of
from tools.use import HOUR, Use


def holidays_at(inventory: Inventory, site: str, clock: LocalClock) -> frozenset[date]:
    """Return the days off that a site's settings name, in the years of a clock; none where nothing is set."""
    settings = inventory.sites[site].settings
    if not settings.holidays_country or not len(clock.local):
        return frozenset(settings.own_holidays)
    first, last = (int(year) + 1970 for year in clock.keys("year")[[0, -1]])
    public = holidays_of(settings.holidays_country, range(first, last + 1), settings.holidays_subdiv)
    return public | frozenset(settings.own_holidays)


def opening_at(inventory: Inventory, site: str, building: str | None = None) -> OpeningHours:
    """Return when a site's buildings are open, as its settings say; else EAIO's own definition, which says so.

    What people told of a building goes before what is set for its site, on the days that it was told of.
    """
    settings = inventory.sites[site].settings
    told = inventory.told_of(building, "opening") if building else []
    if told:
        return _as_told(settings, told)
    if settings.opening is None:
        return OpeningHours.usual()
    return OpeningHours(week_of(settings).spans, f"occupied {spelt(week_of(settings))}, as set for the site")


def _as_told(settings: SiteSettings, told: Sequence[ToldFact]) -> OpeningHours:
    """Return the hours that were told for always, and those of the days that something else was told of."""
    always = [fact for fact in told if not (fact.start or fact.end)]
    week = laid_over(week_of(settings), [fact.value for fact in always])
    basis = (
        "as told of the building" if always else "as set for the site" if settings.opening else "as no hours are set"
    )
    but, said = [], [f"occupied {spelt(week)}, {basis}"]
    for fact in told:
        if fact.start or fact.end:
            other = laid_over(week, [fact.value])
            but.append((fact.start, fact.end, OpeningHours(other.spans, "", other.free_on_holidays)))
            said.append(f"{days_told(fact.start, fact.end)} {spelt(other)}, as told")
    return OpeningHours(week.spans, "; ".join(said), week.free_on_holidays, tuple(but))


def hours_told(inventory: Inventory, site: str, building: str) -> tuple[str, ...]:
    """Return a note that sets the hours that were told of a building beside those of its load; none where none were."""
    told = inventory.told_of(building, "opening")
    if not told:
        return ()
    words = opening_at(inventory, site, building).words
    return (f"{building} is {words} ({', '.join(fact.id for fact in told)}); its load may run longer or shorter",)


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
