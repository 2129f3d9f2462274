"""Degree days as facts: how much heating or cooling the weather of a site asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.site_terms import no_temperature
from tools.analyses.timed_use import TimedUse, by_calendar, in_year, last_full_year
from tools.analyses.told import Method, Told, answered
from tools.baseline.days import Days, days_of
from tools.baseline.degree_days import DegreeDayKind, DegreeDays
from tools.baseline.degree_days import degree_days as counted
from tools.clock import clock
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion
from tools.public_holidays import country_of
from tools.readings import Inventory, Meter, Readings
from tools.use import HOUR, Use, aligned
from tools.wording import amount, when

CIBSE_DEGC, ASHRAE_DEGC = 15.5, 18.3
CIBSE_COUNTRIES = ("GB", "IE")


@dataclass(frozen=True, slots=True, eq=False)
class _Weather:
    """The temperatures of a site, laid out as a use is, and the buildings that they are told of."""

    one: TimedUse
    buildings: tuple[str, ...]


async def degree_days(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the heating (or cooling) degree days of the sites meant, the other kind, and the mean temperature.

    By daily means (ASHRAE Fundamentals, CalTRACK 3.3.4). The base is the one in the terms, else 15.5 degC for heating
    in Great Britain and Ireland (CIBSE TM41) and 18.3 degC otherwise (65 degF, ASHRAE). Raises `NoData` for a site
    without temperatures, `BadQuestion` for a part of the hours, and as `answered` does.
    """
    if query.hours != "all":
        raise BadQuestion(f"degree days are of whole days, not of the {query.hours}; ask without that")
    kind: DegreeDayKind = "cooling" if query.terms and query.terms.cooling else "heating"
    method = Method(
        noun=f"{kind} degree days",
        load=lambda q: _weather(q, readings, inventory),
        tell=lambda weather: _told(query, kind, weather, inventory),
        split=lambda weather, group: {
            name: _Weather(part, weather.buildings)
            for name, part in by_calendar(query, weather.one, group, inventory).items()
        },
        extremes=("most", "fewest"),
        of_buildings=False,
    )
    plain = query.model_copy(update={"group": "none"}) if query.group == "building" else query
    return await answered(plain, inventory, method)


async def _weather(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Mapping[str, _Weather]:
    """Return the temperatures of each site that is meant and has some in the period, by site."""
    sites = {inventory.buildings[b].site for b in query.buildings} or set(query.sites) or set(inventory.sites)
    meters = {s: m for s in sorted(sites) if (m := inventory.site_meter(s, "temperature"))}
    found = {}
    for site, meter in meters.items():
        one = await _temperatures(query, readings, inventory, meter)
        if one:
            found[site] = _Weather(one, _buildings(query, inventory, site))
    if not found:
        raise no_temperature(inventory, next(iter(meters or sorted(sites))))
    return found


def _buildings(query: EnergyQuery, inventory: Inventory, site: str) -> tuple[str, ...]:
    """Return the buildings of a site that were named, else all that have a meter."""
    mine = [b for b, it in inventory.buildings.items() if it.site == site]
    metered = {m.building for m in inventory.meters.values() if m.site == site}
    return tuple(b for b in query.buildings if b in mine) or tuple(b for b in mine if b in metered) or tuple(mine)


async def _temperatures(query: EnergyQuery, readings: Readings, inventory: Inventory, meter: Meter) -> TimedUse | None:
    """Return a site's temperatures over the period, else over the last full year; None where there are none."""
    timezone = inventory.sites[meter.site].timezone
    start, end = query.period.utc(timezone) if query.period else (meter.first, meter.last_end)
    n = int((end - start) / HOUR)
    series = (await readings.hourly([meter.id], start, end))[meter.id]
    use = Use(meter.id, meter.site, start, end, aligned(series, n), clock(timezone, series.start, n), (meter.id,))
    if not np.isfinite(use.hours).any():
        return None
    if query.period:
        return TimedUse(use, when(query))
    year = None if query.group == "year" else last_full_year([use], timezone)
    if year is None:
        return TimedUse(use, "over the whole record")
    return TimedUse(in_year(use, year, timezone), f"in {year}, the last full year of its weather")


def _told(query: EnergyQuery, kind: DegreeDayKind, weather: _Weather, inventory: Inventory) -> Told:
    use = weather.one.use
    days = days_of(np.full(len(use.hours), np.nan), use.hours, use.clock)
    other: DegreeDayKind = "cooling" if kind == "heating" else "heating"
    asked = query.terms.base_degc if query.terms else None
    lead = counted(days, _base(kind, use.site, inventory) if asked is None else asked, kind)
    beside = counted(days, _base(other, use.site, inventory), other)
    findings, words = _findings(weather, days, lead, beside), _words(weather, days, lead, asked, inventory)
    return Told(tuple(findings), words, weather.one.when, None, _notes(use, lead, inventory))


def _base(kind: DegreeDayKind, site: str, inventory: Inventory) -> float:
    at = inventory.sites[site]
    country = at.settings.holidays_country or country_of(at.timezone)
    return CIBSE_DEGC if kind == "heating" and country in CIBSE_COUNTRIES else ASHRAE_DEGC


def _findings(weather: _Weather, days: Days, *counts: DegreeDays) -> list[Finding]:
    use = weather.one.use

    def finding(name: str, value: float, unit: str, method: str) -> Finding:
        coverage = counts[0].coverage
        return Finding(name, value, unit, weather.buildings, use.start, use.end, method, coverage, use.meters)

    made = [finding(f"{c.kind} degree days", c.degree_days, "K_d", _method(c)) for c in counts]
    mean = float(np.nanmean(days.temperature_degc))
    return [*made, finding("mean outdoor temperature", mean, "degC", "mean of the daily means")]


def _method(found: DegreeDays) -> str:
    side = "below" if found.kind == "heating" else "above"
    base = f"{round(found.base_degc, 2):g} degC"
    return f"sum over local days of how far the daily mean is {side} {base} (ASHRAE, CalTRACK 3.3.4)"


def _words(weather: _Weather, days: Days, lead: DegreeDays, asked: float | None, inventory: Inventory) -> str:
    use = weather.one.use
    base = f"{round(lead.base_degc, 2):g} °C" + ("" if asked is not None else _said_of_base(lead))
    mean = amount(float(np.nanmean(days.temperature_degc)), "degC")
    return (
        f"{inventory.sites[use.site].name} had {amount(lead.degree_days, 'K_d')} of {lead.kind} degree days "
        f"{weather.one.when}, to a base of {base}, by daily means; the mean outdoor temperature was {mean}."
    )


def _notes(use: Use, lead: DegreeDays, inventory: Inventory) -> tuple[str, ...]:
    base = f"{round(lead.base_degc, 2):g} °C"
    return (f"the base of {lead.kind} is {base} for {inventory.sites[use.site].name}", *lead.notes)


def _said_of_base(lead: DegreeDays) -> str:
    return " (CIBSE's, as none was given)" if lead.base_degc == CIBSE_DEGC else " (ASHRAE's, as none was given)"
