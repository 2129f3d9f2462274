"""Use in normal weather as facts, by floor area or as it is: what a year would have taken in the weather of many."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np

from tools.analyses.carriers import Energy, carriers_of, energies, named_carriers
from tools.analyses.finding import Finding
from tools.analyses.intensity import basis_of, doubt_words, finding_of
from tools.analyses.site_terms import holidays_at, no_temperature
from tools.analyses.timed_use import TimedUse, within
from tools.analyses.told import Method, Told, answered
from tools.baseline.change_point import DailyModel, daily_model
from tools.baseline.days import Days, days_of
from tools.baseline.goodness import MOST_CVRMSE_DAILY
from tools.baseline.normal import LEAST_YEAR_DAYS, NormalUse, normal_use
from tools.clock import clock
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.facts import MEASURE_NAME
from tools.peers.intensity import checked_area
from tools.peers.source_factors import EPA_US, Carrier
from tools.readings import Inventory, Readings
from tools.use import HOUR, Use, aligned
from tools.wording import amount, named, shown_units

METHOD = (
    "daily change-point model of each carrier (ASHRAE Guideline 14, CalTRACK 2.0) at the weather of the site's whole "
    "years, scaled to 365 days"
)


@dataclass(frozen=True, slots=True, eq=False)
class _Normal:
    """A building's energy beside its temperature, and the days of normal weather, which `years` names."""

    energy: Energy
    outside: TimedUse
    days: Days
    years: str


@dataclass(frozen=True, slots=True)
class _Amount:
    """kWh (or kWh/m2) of all carriers in normal weather, with its 95 % interval, and what was measured."""

    normal: float
    low: float
    high: float
    actual: float


async def intensity_normal(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return use in normal weather with its interval, what was measured, and how well the models fit.

    By floor area for the statistic intensity, else in kWh. Normal weather is that of all calendar years for which the
    site has temperatures. Raises `NoData` without temperatures, below 60 days with use and temperature, or without a
    floor area where one is needed; `BadQuestion` for parts of the day and other measures; and as `answered` does.
    """
    if query.hours != "all" or query.statistic not in ("intensity", "total"):
        raise BadQuestion("normal weather is told of the whole use or the intensity of all hours; ask for one of these")
    carriers = carriers_of(query) if query.statistic == "intensity" else carriers_of(query)[:1]
    method = Method(
        noun=("energy intensity" if query.statistic == "intensity" else f"{carriers[0]} use") + " in normal weather",
        load=lambda q: _normals(q, readings, inventory, carriers),
        tell=lambda normal: _told(query, normal, inventory),
        most=60,
    )
    return await answered(query, inventory, method)


async def _normals(
    query: EnergyQuery, readings: Readings, inventory: Inventory, carriers: tuple[Carrier, ...]
) -> Mapping[str, _Normal]:
    sites = {inventory.buildings[b].site for b in query.buildings} or set(query.sites) or set(inventory.sites)
    outside = {s: one for s in sorted(sites) if (one := await _whole_record(readings, inventory, s))}
    if not outside:
        raise no_temperature(inventory, min(sites))
    normal = {site: _normal_days(one, inventory) for site, one in outside.items()}
    found = await energies(query, readings, inventory, carriers, outside)
    return {
        b: _Normal(energy, outside[energy.any_use.site], *normal[energy.any_use.site])
        for b, energy in found.items()
        if energy.any_use.site in outside
    }


async def _whole_record(readings: Readings, inventory: Inventory, site: str) -> TimedUse | None:
    """Return all temperatures of a site, laid out as a use is; None where there are none."""
    meter = inventory.site_meter(site, "temperature")
    if meter is None:
        return None
    n = int((meter.last_end - meter.first) / HOUR)
    series = (await readings.hourly([meter.id], meter.first, meter.last_end))[meter.id]
    local = clock(inventory.sites[site].timezone, series.start, n)
    use = Use(meter.id, site, meter.first, meter.last_end, aligned(series, n), local, (meter.id,))
    return TimedUse(use, "over the whole record") if np.isfinite(use.hours).any() else None


def _normal_days(one: TimedUse, inventory: Inventory) -> tuple[Days, str]:
    """Return the days of the calendar years that have temperatures, and which years these are.

    Raises `NoData` where there is no such year.
    """
    use = one.use
    holidays = holidays_at(inventory, use.site, use.clock)
    days = days_of(np.full(len(use.hours), np.nan), use.hours, use.clock, holidays)
    year = days.day.astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
    known = np.isfinite(days.temperature_degc)
    whole = [int(y) for y in np.unique(year) if known[year == y].sum() >= LEAST_YEAR_DAYS]
    if not whole:
        site = inventory.sites[use.site].name
        raise NoData(f"{site} has no calendar year of temperatures, and normal weather takes one; load it first")
    return days.only(np.isin(year, whole)), ", ".join(map(str, whole))


def _told(query: EnergyQuery, normal: _Normal, inventory: Inventory) -> Told:
    energy = normal.energy
    models = {c: _model(c, use, normal, inventory) for c, use in energy.uses.items()}
    uses = {c: normal_use(model, normal.days) for c, model in models.items()}
    area = 1.0
    if query.statistic == "intensity":
        area = checked_area(inventory.buildings[energy.building].area_m2, energy.building)
    found = _amount(query, energy, uses, area)
    notes = tuple(f"{c}: {note}" for c, use in uses.items() for note in use.notes)
    findings = tuple(_findings(query, energy, found, models))
    words = _words(query, normal, found, inventory) + _doubts(models)
    return Told(findings, words, energy.when, None, (*energy.notes, *notes))


def _model(carrier: Carrier, use: Use, normal: _Normal, inventory: Inventory) -> DailyModel:
    timezone = inventory.sites[use.site].timezone
    outside = within(normal.outside.use, use.start, use.end, timezone).hours
    days = days_of(use.hours, outside, use.clock, holidays_at(inventory, use.site, use.clock))
    return daily_model(days, heating_only=carrier == "gas")


def _amount(query: EnergyQuery, energy: Energy, uses: Mapping[Carrier, NormalUse], area: float) -> _Amount:
    """Add up the carriers: errors of models are independent, and who feeds nothing in uses no less than 0."""
    is_source = basis_of(query) == "source" and query.statistic == "intensity"
    of = {c: (EPA_US.factor(c) if is_source else 1.0) / area for c in uses}
    total = sum(of[c] * use.kwh for c, use in uses.items())
    reach = hypot(*(of[c] * (use.high_kwh - use.low_kwh) / 2 for c, use in uses.items()))
    feeds_in = any(float(np.nanmin(hours)) < 0 for hours in energy.hours_kwh.values())
    actual = sum(of[c] * float(np.nansum(hours)) for c, hours in energy.hours_kwh.items())
    return _Amount(total, total - reach if feeds_in else max(total - reach, 0.0), total + reach, actual)


def _doubts(models: Mapping[Carrier, DailyModel]) -> str:
    """Say which models do not follow the weather, or predict days poorly."""
    said = ""
    for carrier, model in models.items():
        cvrmse = model.goodness.cvrmse
        if model.line.is_flat:
            said += f" Its use of {carrier} does not follow the outdoor temperature."
        if cvrmse is not None and cvrmse > MOST_CVRMSE_DAILY:
            said += f" The model of {carrier} predicts days poorly (CV(RMSE) {amount(100 * cvrmse, 'percent')})."
    return said


def _findings(
    query: EnergyQuery, energy: Energy, found: _Amount, models: Mapping[Carrier, DailyModel]
) -> list[Finding]:
    is_intensity = query.statistic == "intensity"
    name = "energy intensity" if is_intensity else f"{MEASURE_NAME[next(iter(models))]} use"
    basis = f", {basis_of(query)}" if is_intensity else ""
    unit, coverage = "kWh_per_m2" if is_intensity else "kWh", _coverage(energy)
    made = [
        finding_of(energy, f"{name} in normal weather{basis}", found.normal, unit, METHOD, coverage),
        finding_of(energy, f"{name} in normal weather, lower end{basis}", found.low, unit, METHOD, coverage),
        finding_of(energy, f"{name} in normal weather, upper end{basis}", found.high, unit, METHOD, coverage),
        finding_of(energy, f"{name}{basis}", found.actual, unit, "sum of the valid hours", coverage),
    ]
    for carrier, model in models.items():
        if model.goodness.cvrmse is not None:
            percent = 100 * model.goodness.cvrmse
            made.append(finding_of(energy, f"{carrier} CV(RMSE)", percent, "percent", METHOD, coverage))
        if model.goodness.r2 is not None:
            made.append(finding_of(energy, f"{carrier} R2", model.goodness.r2, "ratio", METHOD, coverage))
    return made


def _coverage(energy: Energy) -> float:
    return min(float(np.isfinite(hours).mean()) for hours in energy.hours_kwh.values())


def _words(query: EnergyQuery, normal: _Normal, found: _Amount, inventory: Inventory) -> str:
    energy = normal.energy
    unit = "kWh_per_m2" if query.statistic == "intensity" else "kWh"
    units = shown_units(query, inventory, (energy.building,))
    value, low, high, actual = (amount(x, unit, units) for x in (found.normal, found.low, found.high, found.actual))
    basis = f" of {basis_of(query)} energy" if query.statistic == "intensity" else ""
    fuels = named_carriers(tuple(energy.uses)) + doubt_words(energy)
    return (
        f"As it was used {energy.when}, {named(energy.building, inventory)} would take {value}{basis} ({fuels}) in a "
        f"year of normal weather, that of {normal.years} (95 % interval {low} to {high}); {actual} was measured."
    )
