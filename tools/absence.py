"""What is missing, what there is instead, and what would be needed.

The readings are those of whole buildings by the hour, with weather, grid carbon and prices beside them. `NEEDED` says
of each subject that they do not tell what would.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from tools.energy_query import EnergyQuery, Period
from tools.readings import Inventory, Meter
from tools.tariffs import has_tariff
from tools.use import meter_kind

HOUR = timedelta(hours=1)
NEEDED: Final[Mapping[str, str]] = {
    "water": (
        "water is not metered here: EAIO keeps electricity and gas, and it would take the readings of water meters and "
        "a place for them"
    ),
    "indoor temperature": (
        "no temperature inside the buildings is recorded, nor any set-point: it would take room sensors or trends of "
        "the building management system; the outdoor temperature is here, through degree days and baselines"
    ),
    "comfort": (
        "comfort is not recorded: it would take temperatures, humidity and CO2 in the rooms, or what people report; "
        "when a building runs can be told from its load ('when does b4 start and stop')"
    ),
    "occupancy": (
        "how many people are in a building is not recorded: it would take counts, bookings or access records; when it "
        "runs can be told from its load ('when does b4 start and stop')"
    ),
    "weather itself": (
        "of the weather only what is loaded for a site is known here, outdoor temperature and humidity, and nothing "
        "of rain, wind or snow: ask for these or for degree days, or take the rest from the weather service"
    ),
    "sub-metering": (
        "each building has one meter of a kind: what a floor, a room, a circuit or an end use takes would need a meter "
        "of its own"
    ),
    "equipment": (
        "single machines are not metered: what a chiller, a boiler or the lights take would need sub-meters or trends "
        "of the building management system"
    ),
    "other fuels": (
        "only electricity and gas are metered: steam, oil, district heat and other fuels would need meters or delivery "
        "notes of their own"
    ),
    "gas price": "the price of gas is not known here: state it in the question ('at 0.05 a kWh')",
    "on-site generation": (
        "nothing that is generated here is metered: it would take the meter of the panels or the engine, and one for "
        "what is fed into the grid"
    ),
    "power quality": (
        "meters here give energy by the hour alone: voltage, power factor and harmonics would take a power analyser or "
        "a meter that records them"
    ),
    "air quality": "the air inside is not measured: it would take sensors of CO2 or of particles in the rooms",
    "maintenance": (
        "work orders and the state of machines are not recorded: it would take the maintenance system; what looks "
        "wrong in the readings can be asked ('any anomalies at b4 in 2019')"
    ),
    "staff": "who works in or runs a building is not recorded: the estate's own directory would tell",
    "live control": (
        "EAIO reads meters and controls nothing: a change would take the control system and the "
        "person who answers for it"
    ),
    "finer than an hour": (
        "readings are kept by the hour: shorter peaks and events would take the meter's own values of 15 or 30 "
        "minutes, which are never lower than the hour shows"
    ),
    "far future": (
        "forecasts reach a day or a week: further ahead it would take a weather forecast and what will change in the "
        "building; a baseline says what a usual year takes ('what is the baseline of b4')"
    ),
    "supply contract": (
        "what is agreed with a supplier is not kept here, neither its end, its notice nor its numbers: the contract or "
        "a bill would tell; a price can be stated in the question ('at 0.25 a kWh')"
    ),
    "internet and telephone": "internet and telephone are not metered: their provider's bills would tell",
    "scope 3 emissions": (
        "only what is bought and burnt in the buildings is known, scopes 1 and 2: scope 3 would take purchases, "
        "travel, waste and building materials"
    ),
}


WITH_FACTOR = "load one, or state a factor, as in 'scope 2 emissions at 0.7 kg per kWh'"


def cannot_answer(subject: str) -> str:
    """Return why the data does not answer a question about a subject, and what would be needed; without a full stop."""
    unknown = f"{subject} is not part of the data here, which is energy by the hour, weather, grid carbon and prices"
    return NEEDED.get(subject, unknown)


def no_meter(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    """Say which kind of meter the buildings lack, and which buildings have one."""
    kind = meter_kind(query.measure)
    has = [b for b in inventory.buildings if inventory.meters_of(b, kind)]
    who = _first_few(members) or "this site"
    return f"{who} has no {kind} meter; {kind} is metered in {', '.join(has[:20]) or 'no building'}"


def nothing(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str:
    """Say what is missing, and what there is instead."""
    if missing := _no_factor(query, inventory, members):
        return missing
    kind, when = meter_kind(query.measure), query.period.words if query.period else "the whole record"
    meters = [m for b in members for m in inventory.meters_of(b, kind)]
    spans = f"{_spell(min(m.first for m in meters))} to {_spell(max(m.last_end for m in meters) - HOUR)}"
    return f"{_first_few(members)} has no valid {kind} reading in {when}; its {kind} readings run from {spans}"


def _no_factor(query: EnergyQuery, inventory: Inventory, members: list[str]) -> str | None:
    """Return what is missing of the carbon factors or prices behind a measure; None where they are there."""
    factor = {"carbon": "carbon", "cost": "price"}.get(query.measure)
    sites = {inventory.buildings[b].site for b in members}
    if factor is None or (factor == "price" and has_tariff(sites, inventory)):
        return None
    metered = [m for s in sites if (m := inventory.site_meter(s, factor))]
    if not metered:
        what = "hourly carbon factor" if factor == "carbon" else "hourly price"
        names = " and ".join(sorted(inventory.sites[s].name for s in sites))
        remedy = (
            f"set a tariff with `eaio site set {min(sites)} --tariff FILE.json`" if factor == "price" else WITH_FACTOR
        )
        return f"there is no {what} for {names}, so no {query.measure} can be computed; {remedy}"
    if query.period is None or any(_touches(query.period, m, inventory) for m in metered):
        return None
    runs = f"{_spell(metered[0].first)} to {_spell(metered[0].last_end - HOUR)}"
    return f"there is no {factor} for {query.period.words}; it runs from {runs}"


def _touches(period: Period, meter: Meter, inventory: Inventory) -> bool:
    start, end = period.utc(inventory.sites[meter.site].timezone)
    return meter.first < end and meter.last_end > start


def _first_few(members: list[str]) -> str:
    return ", ".join(members[:3]) + (" ..." if len(members) > 3 else "")


def _spell(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
