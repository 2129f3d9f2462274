"""Types of day as facts: the mean working day, Saturday, Sunday and holiday of a building."""

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.site_terms import holidays_at
from tools.analyses.timed_use import TimedUse, by_calendar, require_energy, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.chart import Chart, Series
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Hours
from tools.errors import BadQuestion, NoData
from tools.facts import MEASURE_NAME
from tools.labelling import LABEL
from tools.picked_hours import PickedHours
from tools.profiles.day_grid import DAY_TYPES
from tools.profiles.day_types import DayType, DayTypes
from tools.profiles.day_types import day_types as types_of
from tools.readings import Inventory, Readings
from tools.wording import amount, listed, named, shown_units

USE_METHOD = "mean over the complete local days of this type"
PEAK_METHOD = "largest of the 24 means of each hour of the day over the days of this type"
FIRST: dict[Hours, str] = {
    "all": "working day",
    "weekday": "working day",
    "weekend": "Saturday",
    PickedHours(weekdays=("saturday",)): "Saturday",
    PickedHours(weekdays=("sunday",)): "Sunday",
}


async def day_types(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the use of a mean working day, then of the other types, the peaks of their mean curves, and their number.

    Holidays are those of the site's settings. `hours` weekend lets Saturday lead, and Sundays alone Sunday. Raises
    `BadQuestion` for a part of the day and for other measures, and as `answered` does.
    """
    require_energy(query, "a type of day")
    if query.hours not in FIRST:
        raise BadQuestion(f"a type of day has all of its hours, not the {query.hours} alone; ask without that")
    method = Method(
        noun=f"{MEASURE_NAME[query.measure]} use per {FIRST[query.hours]}",
        load=lambda q: timed_uses(q, readings, inventory, "record"),
        tell=lambda one: _told(query, one, inventory),
        split=lambda one, group: by_calendar(query, one, group, inventory),
    )
    return await answered(query, inventory, method)


def _told(query: EnergyQuery, one: TimedUse, inventory: Inventory) -> Told:
    holidays = holidays_at(inventory, one.use.site, one.use.clock)
    found = types_of(one.use.hours, one.use.clock, holidays)
    types = _in_order(found, FIRST[query.hours])
    whole = [t for t in types if t.complete_days]
    if not whole or whole[0].name != FIRST[query.hours]:
        raise NoData(f"{one.building} has no complete {FIRST[query.hours]} {one.when}, so there is no mean one")
    fuel = MEASURE_NAME[query.measure]

    def of(day_type: DayType, name: str, value: float, unit: str, method: str) -> Finding:
        return one.finding(f"{fuel} {name}", value, unit, method, coverage=found.coverage, group=day_type.name)

    findings = [
        *(of(t, "use per day", t.kwh_per_day, "kWh", USE_METHOD) for t in whole),
        *(of(t, "peak of the mean day", float(np.nanmax(t.mean_kw)), "kW", PEAK_METHOD) for t in types),
        *(of(t, "days", t.complete_days, "count", "complete local days of this type") for t in whole),
    ]
    words = _words(query, one, whole, inventory)
    notes = found.notes if holidays else (*found.notes, "no holidays are set for the site, so they count as other days")
    return Told(tuple(findings), words + one.ends, one.when, _chart(one, types), notes)


def _in_order(found: DayTypes, first: str) -> list[DayType]:
    """Return the types that occur as they are usually named, the one that was asked for first."""
    return sorted(found.types, key=lambda t: (t.name != first, DAY_TYPES.index(t.name)))


def _words(query: EnergyQuery, one: TimedUse, whole: list[DayType], inventory: Inventory) -> str:
    units = shown_units(query, inventory, (one.building,))
    fuel = "gas (as labelled)" if query.measure == "gas" else "electricity"
    first, *rest = whole
    kwh = amount(first.kwh_per_day, "kWh", units)
    text = f"{named(one.building, inventory)} used {kwh} of {fuel} on a mean {first.name} {one.when}"
    others = [f"{amount(t.kwh_per_day, 'kWh', units)} on a {t.name}{_relative(t, first)}" for t in rest]
    return f"{text}, {listed(others)}." if others else f"{text}."


def _relative(one: DayType, first: DayType) -> str:
    if first.kwh_per_day <= 0:
        return ""
    return f" ({100 * (one.kwh_per_day / first.kwh_per_day - 1):+.0f} %)"


def _chart(one: TimedUse, types: list[DayType]) -> Chart:
    first, *rest = types
    return Chart(
        title=f"{first.name} of {one.building}, {one.when.split(' ', 1)[1]}",
        unit="kW",
        labels=tuple(f"{h:02d}:00" for h in range(24)),
        values=tuple(map(float, first.mean_kw)),
        kind="line",
        label=LABEL,
        series=tuple(Series(t.name, tuple(map(float, t.mean_kw))) for t in rest),
    )
