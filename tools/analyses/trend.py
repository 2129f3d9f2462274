"""Whether a building is getting better or worse: its use by the year, and the line through the years."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.timed_use import TimedUse, by_calendar, require_energy, timed_uses, within
from tools.analyses.told import Method, Told, answered
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.facts import MEASURE_NAME, hours_name
from tools.readings import Inventory, Readings
from tools.wording import amount, listed, place

LEAST_SHARE = 0.75  # of a year's hours that must count for it to stand in the line
HARDLY = 1.0  # percent a year below which nothing is called a change
METHOD = "least squares line through the mean load of each year, over the mean of the years"


async def trend(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return by how many percent a year the mean load of a building changes, then the mean load of each year.

    Years with fewer than three quarters of their hours are left out and named. Nothing is adjusted for the weather.
    Raises `NoData` where fewer than two years are left, `BadQuestion` for carbon and cost, and as `answered` does.
    """
    require_energy(query, "a trend")
    noun = f"{MEASURE_NAME[query.measure]} trend a year{hours_name(query.hours)}"
    method = Method(
        noun=noun,
        load=lambda q: _loads(q, readings, inventory),
        tell=lambda one: _told(query, noun, one, inventory),
    )
    return await answered(query.model_copy(update={"unit": None}), inventory, method)


async def _loads(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Mapping[str, TimedUse]:
    """Return the load of each building that is named or ranked; else of all of a site at once."""
    each = await timed_uses(query, readings, inventory, "record")
    if query.buildings or query.group == "building" or not query.sites:
        return each
    sites: dict[str, list[TimedUse]] = {}
    for one in each.values():
        sites.setdefault(one.use.site, []).append(one)
    return {site: _together(ones, inventory) for site, ones in sites.items()}


def _together(ones: list[TimedUse], inventory: Inventory) -> TimedUse:
    """Return the load of buildings at once, over the time that any has, in the hours that all have."""
    first, timezone = ones[0], inventory.sites[ones[0].use.site].timezone
    start, end = min(one.use.start for one in ones), max(one.use.end for one in ones)
    parts = [within(one.use, start, end, timezone) for one in ones]
    hours = np.asarray(np.sum([part.hours for part in parts], axis=0))
    meters = tuple(m for part in parts for m in part.meters)
    return replace(first, use=replace(parts[0], hours=hours, meters=meters))


def _told(query: EnergyQuery, noun: str, one: TimedUse, inventory: Inventory) -> Told:
    parts = by_calendar(query, one, "year", inventory)
    loads = {year: _mean(query, part) for year, part in parts.items()}
    years = {year: load for year, load in loads.items() if load is not None}
    without = [year for year in loads if year not in years]
    if len(years) < 2:
        who, count = place(_buildings(one, inventory), inventory), "one year" if years else "no year"
        raise NoData(
            f"{who} has {count} with three quarters of its hours {one.when}, and a trend takes two; ask for a "
            "comparison of months"
        )
    x, y = np.array([float(year) for year in years]), np.array(list(years.values()))
    slope = float(np.polyfit(x, y, 1)[0])
    percent = 100 * slope / float(y.mean()) if y.mean() else 0.0
    measure = f"{MEASURE_NAME[query.measure]} mean load{hours_name(query.hours)}"
    findings = [one.finding(noun, percent, "percent", METHOD, shows_hours=False)]
    findings += [_of_year(parts[year], measure, year, load) for year, load in years.items()]
    left = f" Left out for too few readings: {listed(without)}." if without else ""
    of = _buildings(one, inventory)
    told = tuple(replace(finding, buildings=of) for finding in findings)
    return Told(told, _words(query, of, percent, years, inventory) + left, one.when)


def _buildings(one: TimedUse, inventory: Inventory) -> tuple[str, ...]:
    """Return the buildings whose meters a load is made of."""
    owners = (inventory.meters[m].building for m in one.use.meters)
    return tuple(dict.fromkeys(b for b in owners if b)) or (one.building,)


def _of_year(part: TimedUse, name: str, year: str, load: float) -> Finding:
    return part.finding(name, load, "kW", "mean of the valid hours", group=year, shows_hours=False)


def _mean(query: EnergyQuery, part: TimedUse) -> float | None:
    """Return the mean load of a part in kW; None where too few of the year's hours count."""
    hours = part.use.hours[part.use.clock.among(query.hours)]
    whole = len(part.use.hours) >= LEAST_SHARE * 365 * 24
    enough = np.isfinite(hours).sum() >= LEAST_SHARE * len(hours)
    return float(np.nanmean(hours)) if whole and enough else None


def _words(
    query: EnergyQuery, of: tuple[str, ...], percent: float, years: dict[str, float], inventory: Inventory
) -> str:
    fuel = "gas use (as labelled)" if query.measure == "gas" else "electricity use"
    (first, start), *_, (last, end) = years.items()
    verdict = "hardly changes" if abs(percent) < HARDLY else "is getting worse" if percent > 0 else "is getting better"
    *_, before, last_load = years.values()
    turned = (last_load - before) * percent < 0 and abs(percent) >= HARDLY
    but = " The last year went the other way." if turned else ""
    change = f" ({100 * (end - start) / start:+,.1f} %)" if start else ""
    said = listed([f"{amount(load, 'kW')} in {year}" for year, load in years.items()])
    return (
        f"{place(of, inventory)} {verdict}: its {fuel}{hours_name(query.hours)} went from "
        f"{amount(start, 'kW')} on average in {first} to {amount(end, 'kW')} in {last}{change}, "
        f"{abs(percent):.1f} % {'up' if percent > 0 else 'down'} a year along a line through the years: {said}. The "
        f"weather is not taken out.{but}"
    )
