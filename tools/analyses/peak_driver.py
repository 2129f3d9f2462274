"""What drove the peak, as facts: the highest hour, and what it went with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tools.absence import nothing
from tools.analyses.finding import Finding
from tools.analyses.site_terms import holidays_at, temperature_of
from tools.analyses.timed_use import TimedUse, require_energy, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.chart import Chart
from tools.computed import Facts
from tools.energy_query import EnergyQuery
from tools.errors import NoData
from tools.facts import MEASURE_NAME, hours_name, require_one_grid, uses_meant
from tools.figures import Values, together
from tools.labelling import LABEL
from tools.profiles.peak import Part, PeakDriver
from tools.profiles.peak import peak_driver as driver_of
from tools.readings import Inventory, Readings
from tools.use import HOUR, Use
from tools.wording import amount, listed, local_hour, place, when

METHOD = "largest valid hour; the first where several are equal"
PARTS = (
    "least squares on means by type of day and hour, and on how far it is below a heating and above a cooling balance "
    "point; what went together, not what caused"
)
MOST_SAID = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Load:
    """The load of one building, or of several at once, with the outdoor temperature."""

    one: TimedUse
    buildings: tuple[str, ...]
    meters: tuple[str, ...]
    temperature_degc: Values | None


async def peak_driver(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the peak, its hour, and the parts of its height over the mean: hour, type of day, weather, the rest.

    Several buildings, or a site, are taken as one load, of the hours in which all have a reading; `group` building
    ranks each by its own peak. Raises `BadQuestion` for several sites at once and other measures, and as `answered`
    does.
    """
    require_energy(query, "a peak's driver")
    method = Method(
        noun=f"{MEASURE_NAME[query.measure]} peak{hours_name(query.hours)}",
        load=lambda q: _loads(q, readings, inventory),
        tell=lambda load: _told(query, load, inventory),
        of_buildings=query.group == "building",
        most=500,
    )
    return await answered(query, inventory, method)


async def _loads(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Mapping[str, _Load]:
    if query.group == "building" or len(query.buildings) == 1:
        each = await timed_uses(query, readings, inventory, "record")
        outside: dict[tuple[object, ...], Values | None] = {}
        for one in each.values():
            key = (one.use.site, one.use.start, one.use.end)
            if key not in outside:
                outside[key] = await temperature_of(readings, inventory, one.use)
        return {
            b: _Load(one, (b,), one.use.meters, outside[one.use.site, one.use.start, one.use.end])
            for b, one in each.items()
        }
    found = await uses_meant(query, readings, inventory, query.period)
    require_one_grid(query, found)
    counting = [use for use in found.values() if np.isfinite(use.hours).any()]
    if not counting:
        raise NoData(nothing(query, inventory, list(found)))
    return {"together": await _at_once(query, counting, readings, inventory)}


async def _at_once(query: EnergyQuery, uses: Sequence[Use], readings: Readings, inventory: Inventory) -> _Load:
    sums = together([use.hours for use in uses], "peak")
    use = replace(uses[0], hours=sums)
    if not np.isfinite(sums).any():
        all_of = ", ".join(use.building for use in uses)
        raise NoData(f"no hour {when(query)} has a reading of all of {all_of}; ask for one of them")
    meters = tuple(m for u in uses for m in u.meters)
    temperature = await temperature_of(readings, inventory, use)
    return _Load(TimedUse(use, when(query)), tuple(u.building for u in uses), meters, temperature)


def _told(query: EnergyQuery, load: _Load, inventory: Inventory) -> Told:
    use = load.one.use
    within = use.clock.among(query.hours)
    hours = np.where(within, use.hours, np.nan)
    found = driver_of(hours, use.clock, load.temperature_degc, holidays_at(inventory, use.site, use.clock))
    coverage = float(np.isfinite(hours).sum() / max(int(within.sum()), 1))
    findings = tuple(_findings(query, load, found, coverage))
    words = _words(query, load, found, inventory) + load.one.ends
    return Told(findings, words, load.one.when, _chart(load, found), found.notes)


def _findings(query: EnergyQuery, load: _Load, found: PeakDriver, coverage: float) -> list[Finding]:
    use, fuel, part_of_day = load.one.use, MEASURE_NAME[query.measure], hours_name(query.hours)
    peak = Finding(
        name=f"{fuel} peak{part_of_day}",
        value=found.peak_kw,
        unit="kW",
        buildings=load.buildings,
        start=use.start,
        end=use.end,
        method=METHOD,
        coverage=coverage,
        meters=load.meters,
        shows_hours=True,
    )
    at = use.start + found.at * HOUR
    own = replace(peak, start=at, end=at + HOUR, coverage=1.0, method="the hour of that figure")
    made = [
        peak,
        replace(own, name=f"{fuel} peak{part_of_day} hour"),
        replace(peak, name=f"{fuel} mean{part_of_day}", value=found.mean_kw, method="mean of the hours that count"),
    ]
    made += [replace(peak, name=f"{fuel} peak part", value=p.kw, method=PARTS, group=p.name) for p in found.parts]
    made += [
        replace(peak, name=f"{fuel} peak part in percent", value=p.percent, unit="percent", method=PARTS, group=p.name)
        for p in found.parts
    ]
    if found.temperature_degc is not None:
        made.append(
            replace(own, name="outdoor temperature at the peak", value=found.temperature_degc, unit="degC", meters=())
        )
    explained = f"{fuel} share of the variation explained"
    made.append(replace(peak, name=explained, value=100 * found.explained, unit="percent", method=PARTS))
    return made


def _words(query: EnergyQuery, load: _Load, found: PeakDriver, inventory: Inventory) -> str:
    use, who = load.one.use, place(load.buildings, inventory)
    at = local_hour(use.start + found.at * HOUR, inventory.sites[use.site].timezone)
    outside = "" if found.temperature_degc is None else f", at {amount(found.temperature_degc, 'degC')} outside"
    gas = " (gas, as labelled)" if query.measure == "gas" else ""
    hours = hours_name(query.hours)
    peak = f"{who} peaked at {amount(found.peak_kw, 'kW')}{gas}{hours} {load.one.when}"
    text = f"{peak}, in the hour from {at} local time{outside}."
    if not found.parts:
        return f"{text} The load is constant, so nothing drove it."
    height = amount(found.peak_kw - found.mean_kw, "kW")
    said = listed([_said(p) for p in found.parts if p.kw > 0][:MOST_SAID])
    return f"{text} Of the {height} above the mean, {said} (what went together, not what caused)."


def _said(part: Part) -> str:
    goes = "with none of these" if part.name == "nothing of these" else f"with {part.name}"
    return f"{amount(part.kw, 'kW')} ({amount(part.percent, 'percent')}) go {goes}"


def _chart(load: _Load, found: PeakDriver) -> Chart | None:
    if not found.parts:
        return None
    return Chart(
        title=f"what the peak of {', '.join(load.buildings[:MOST_SAID])} went with",
        unit="kW",
        labels=tuple(p.name for p in found.parts),
        values=tuple(p.kw for p in found.parts),
        kind="bar",
        label=LABEL,
    )
