"""Waste as facts: what a building uses while nobody is there, above its own quiet level."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from tools.analyses.finding import Finding
from tools.analyses.site_terms import holidays_at, opening_at
from tools.analyses.timed_use import TimedUse, by_calendar, require_energy, timed_uses
from tools.analyses.told import Method, Told, answered
from tools.chart import Chart, Series
from tools.computed import Facts
from tools.energy_query import EnergyQuery, Hours
from tools.errors import BadQuestion, NoData
from tools.facts import MEASURE_NAME
from tools.figures import Values, daily_shape
from tools.labelling import LABEL
from tools.peers.intensity import checked_area
from tools.profiles.waste import Waste
from tools.profiles.waste import waste as waste_of
from tools.readings import Inventory, Readings
from tools.wording import amount, named, shown_units

PART: dict[Hours, str] = {"all": "while empty", "night": "overnight", "weekend": "on closed days"}
PER_AREA = ("kWh_per_m2", "kWh_per_ft2", "kBtu_per_ft2", "kBtu_per_m2", "MJ_per_m2")
METHOD = "sum over the empty hours of the load above the quiet level, the 10th percentile of the empty hours"
LEVEL = "median of these hours"


@dataclass(frozen=True, slots=True)
class _Kwh:
    """What of the waste was asked for: avoidable kWh, all kWh used then, and the kWh of all hours."""

    avoidable: float
    used: float
    all: float


async def waste(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return the avoidable use of empty hours, then what it is made of.

    Empty is outside the opening hours that were told of the building, else outside those of the site's settings, and on
    its holidays; without either at night (22:00 to 06:00) and at weekends. `hours` night asks for the nights of days
    that open, weekend for days that do not open. The unit percent asks for the share of all use, a unit of area for the
    amount by floor area. Raises `BadQuestion` for other hours and measures, and as `answered` does.
    """
    require_energy(query, "waste")
    if query.hours not in PART:
        raise BadQuestion(f"waste is of empty hours, not of the {query.hours}; ask for nights, weekends or all of them")
    method = Method(
        noun=_noun(query),
        load=lambda q: timed_uses(q, readings, inventory, "record" if q.group == "year" else "year"),
        tell=lambda one: _told(query, one, inventory),
        split=lambda one, group: by_calendar(query, one, group, inventory),
    )
    return await answered(query, inventory, method)


def _noun(query: EnergyQuery) -> str:
    share = " as a share of all use" if query.unit == "percent" else " by floor area" if _per_area(query) else ""
    return f"{MEASURE_NAME[query.measure]} avoidable {PART[query.hours]}{share}"


def _per_area(query: EnergyQuery) -> bool:
    return query.unit in PER_AREA


def _told(query: EnergyQuery, one: TimedUse, inventory: Inventory) -> Told:
    opening = opening_at(inventory, one.use.site, one.building)
    holidays = holidays_at(inventory, one.use.site, one.use.clock)
    found = waste_of(one.use.hours, one.use.clock, opening, holidays)
    kwh = _asked(query, found, float(np.nansum(one.use.hours)))
    findings = tuple(_findings(query, one, found, kwh, inventory))
    words = _words(query, one, found, kwh, inventory) + (
        " Holidays count as closed." if holidays and opening.closed_on_holidays else ""
    )
    is_open = opening.mask(one.use.clock, holidays)
    return Told(findings, words + one.ends, one.when, _chart(one, is_open, found.quiet_kw), found.notes)


def _asked(query: EnergyQuery, found: Waste, total: float) -> _Kwh:
    if query.hours == "night":
        return _Kwh(found.overnight.avoidable_kwh, found.overnight.kwh, total)
    if query.hours == "weekend":
        if not found.weekend.hours:
            raise NoData("no day of this period is closed, so nothing is used on closed days")
        return _Kwh(found.weekend.avoidable_kwh, found.weekend.kwh, total)
    return _Kwh(found.avoidable_kwh, found.overnight.kwh + found.weekend.kwh, total)


def _findings(query: EnergyQuery, one: TimedUse, found: Waste, kwh: _Kwh, inventory: Inventory) -> list[Finding]:
    """Return the findings, what was asked for first: kWh, their share of all, or kWh by floor area."""
    lead = _finding(query, one, found, f"avoidable {PART[query.hours]}", kwh.avoidable, "kWh", METHOD)
    made = [lead]
    if kwh.all > 0:
        share, method = 100 * kwh.avoidable / kwh.all, f"{METHOD}; over all that was used"
        made.append(replace(lead, name=f"{lead.name}, share", value=share, unit="percent", method=method))
    elif query.unit == "percent":
        raise NoData(f"{one.building} used nothing {one.when}, so there is no share of it")
    if query.unit == "percent":
        made.reverse()
    if _per_area(query):
        area, method = checked_area(inventory.buildings[one.building].area_m2, one.building), f"{METHOD}; over the area"
        by_area = kwh.avoidable / area
        made.insert(0, replace(lead, name=f"{lead.name} by area", value=by_area, unit="kWh_per_m2", method=method))
    return [*made, *_beside(query, one, found, kwh)]


def _beside(query: EnergyQuery, one: TimedUse, found: Waste, kwh: _Kwh) -> list[Finding]:
    """Return all that was used in the empty hours, the two parts of the avoidable, and the levels."""
    of = partial(_finding, query, one, found)
    part = PART[query.hours]
    made = [of(f"use {part}", kwh.used, "kWh", "sum of the valid hours")]
    if kwh.all > 0:
        made.append(of(f"use {part}, share of all", 100 * kwh.used / kwh.all, "percent", "over all valid hours"))
    if query.hours == "all":
        made.append(of("avoidable overnight", found.overnight.avoidable_kwh, "kWh", METHOD))
        made.append(of("avoidable on closed days", found.weekend.avoidable_kwh, "kWh", METHOD))
    levels = {
        "occupied level": (found.occupied_kw, LEVEL),
        "overnight level": (found.overnight.level_kw, LEVEL),
        "closed-day level": (found.weekend.level_kw, LEVEL),
        "quiet level": (found.quiet_kw, "10th percentile of the empty hours"),
    }
    known = {name: it for name, it in levels.items() if np.isfinite(it[0])}
    return made + [replace(of(name, kw, "kW", how), shows_hours=True) for name, (kw, how) in known.items()]


def _finding(
    query: EnergyQuery, one: TimedUse, found: Waste, name: str, value: float, unit: str, method: str
) -> Finding:
    name = f"{MEASURE_NAME[query.measure]} {name}"
    return one.finding(name, value, unit, method, coverage=found.coverage, shows_hours=False)


def _words(query: EnergyQuery, one: TimedUse, found: Waste, kwh: _Kwh, inventory: Inventory) -> str:
    units = shown_units(query, inventory, (one.building,))
    fuel = "gas (as labelled)" if query.measure == "gas" else "electricity"
    used, avoidable, part = amount(kwh.used, "kWh", units), amount(kwh.avoidable, "kWh", units), PART[query.hours]
    area = inventory.buildings[one.building].area_m2
    by_area = f", or {amount(kwh.avoidable / area, 'kWh_per_m2', units)}," if _per_area(query) and area else ""
    text = (
        f"{named(one.building, inventory)} used {used} of {fuel} {part} {one.when}{_of_all(kwh.used, kwh)}; "
        f"{avoidable} of that{by_area}{_of_all(kwh.avoidable, kwh)} lay above its own quiet level of "
        f"{amount(found.quiet_kw, 'kW')} and counts as avoidable"
    )
    if query.hours == "all":
        night, closed = (amount(k.avoidable_kwh, "kWh", units) for k in (found.overnight, found.weekend))
        text += f" ({night} overnight, {closed} on closed days)"
    return f"{text}. It is taken as {found.assumption}."


def _of_all(kwh: float, whole: _Kwh) -> str:
    return f" ({amount(100 * kwh / whole.all, 'percent')} of all)" if whole.all > 0 else ""


def _chart(one: TimedUse, is_open: np.ndarray[tuple[int], np.dtype[np.bool_]], quiet_kw: float) -> Chart | None:
    """Draw the mean open day beside the mean closed one, and the quiet level."""
    clock = one.use.clock
    day = clock.keys("day")
    opens = (np.bincount(day - day[0], weights=is_open) > 0)[day - day[0]]
    curves: dict[str, Values] = {
        name: daily_shape(np.where(mask, one.use.hours, np.nan), clock.hour)
        for name, mask in (("days that open", opens), ("closed days", ~opens))
    }
    drawn = {name: tuple(map(float, curve)) for name, curve in curves.items() if np.isfinite(curve).any()}
    first, *rest = drawn
    return Chart(
        title=f"{first} of {one.building}, {one.when.split(' ', 1)[1]}",
        unit="kW",
        labels=tuple(f"{h:02d}:00" for h in range(24)),
        values=drawn[first],
        kind="line",
        label=LABEL,
        series=(*(Series(name, drawn[name]) for name in rest), Series("quiet level", (quiet_kw,) * 24)),
    )
