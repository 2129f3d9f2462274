"""What a building's load would have been with a change: closed weekends, a smaller baseload, a shift, a set-back."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from tools.analyses.meant import Fuel
from tools.analyses.site_terms import holidays_at, temperature_needed
from tools.baseline import DailyModel, Days, Shape, daily_model, days_of
from tools.energy_query import Change, EnergyQuery, Hours, Terms
from tools.errors import BadQuestion, NoData
from tools.figures import BASELOAD_PERCENTILE, Values
from tools.money.changes import close_weekends, cut_baseload, shift
from tools.money.set_back import set_back, weather_slope
from tools.money.what_if import WhatIf, changed
from tools.readings import Inventory, Readings
from tools.use import Use, uses
from tools.wording import amount, hours_words

YEAR_HOURS = 329 * 24
WITH_HEATING: tuple[Shape, ...] = ("1P", "3PH", "5P")
WITH_COOLING: tuple[Shape, ...] = ("1P", "3PC", "5P")
AT_ONCE = "; the rooms are taken to follow at once, and a heavy building follows slowly and saves less"
GIVE = (
    "say what is changed: 'if the heating set-point were 2 K lower', 'if b4 were closed at weekends', 'if the baseload "
    "were cut by 10 %', 'if the load were shifted by 3 hours'"
)


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """A change of one building's load: what it saves, what it assumes in words, and the figures behind these words.

    `figures`: from the end of a finding's name to value and unit.
    """

    use: Use
    what_if: WhatIf
    assumes: str
    figures: Mapping[str, tuple[float, str]] = field(default_factory=dict)


def change_of(query: EnergyQuery) -> Change:
    """Return the change that is asked about. Raises `BadQuestion` where it, or its size, is missing."""
    change = query.terms.change if query.terms else None
    if change is None:
        raise BadQuestion(f"it is not said what would change; {GIVE}")
    percents = dict.fromkeys(("cut_baseload", "cut_use"), "by how many percent")
    units = {"set_back": "by how many K", "shift": "by how many hours", **percents}
    if change.amount is None and change.kind in units:
        raise BadQuestion(f"it is not said {units[change.kind]}; {GIVE}")
    if change.kind == "shift" and change.amount != round(change.amount or 0):
        raise BadQuestion(f"a shift by {change.amount:g} hours is not of whole hours, and the readings are hourly")
    return change


def words_of(change: Change, terms: Terms | None) -> str:
    """Write a change as the condition of a sentence: 'closed at weekends', 'with the baseload cut by 10 %'."""
    size = abs(change.amount or 0.0)
    if change.kind == "close_weekends":
        return "closed at weekends"
    if change.kind == "cut_baseload":
        return f"with the baseload cut by {size:g} %"
    if change.kind == "cut_use":
        return f"with {size:g} % less use"
    if change.kind == "shift":
        return f"with its load shifted {size:g} h {'earlier' if (change.amount or 0) < 0 else 'later'}"
    return f"with cooling {size:g} K warmer" if terms and terms.cooling else f"with heating {size:g} K lower"


def rule_of(change: Change) -> str:
    """Write what a change assumes of every building, where there are several."""
    return {
        "close_weekends": "Saturdays and Sundays would fall to the median of each building's own nights of Monday to "
        "Friday (22:00 to 06:00), and nothing is made up for on other days",
        "cut_use": "every hour would use that much less, whatever the measure behind it",
        "cut_baseload": "each building's 5th percentile of the valid hours is its baseload",
        "shift": "all load above each building's baseload would move, every day, whatever the weather",
        "set_back": "each building's balance point, from a change-point model, moves by as much as the set-point",
    }[change.kind]


async def change_made(query: EnergyQuery, fuel: Fuel, use: Use, readings: Readings, inventory: Inventory) -> Changed:
    """Return what the change would have made of a building's hours.

    Raises `BadQuestion` for a size that cannot be, `NoData` where there is nothing to change or no temperature.
    """
    change = change_of(query)
    if change.kind == "set_back":
        return await _set_back(query, fuel, use, readings, inventory)
    if change.kind == "close_weekends":
        return _closed(use)
    if change.kind == "cut_baseload":
        return _cut(use, change.amount or 0.0, query.hours)
    if change.kind == "cut_use":
        return _used_less(use, change.amount or 0.0, query.hours)
    if query.hours != "all":
        raise BadQuestion(f"a shift is of every day's load, not of the {query.hours} alone; ask without it")
    return _shifted(use, int(change.amount or 0))


def _closed(use: Use) -> Changed:
    """Close Saturdays and Sundays; public holidays stay as they are, since nobody asked for them."""
    found = close_weekends(use.hours, use.clock)
    night = use.clock.among("night") & (use.clock.weekday < 5) & np.isfinite(use.hours)
    level = max(float(np.median(use.hours[night])), 0.0)
    assumes = (
        f"Saturdays and Sundays would fall to {amount(level, 'kW')}, the median of the nights of Monday to Friday "
        "(22:00 to 06:00), and nothing is made up for on other days"
    )
    return Changed(use, found, assumes, {"closed level": (level, "kW")})


def _cut(use: Use, percent: float, hours: Hours) -> Changed:
    found = cut_baseload(use.hours, percent)
    if hours != "all":
        after = np.where(use.clock.among(hours), found.after_kwh, found.before_kwh)
        found = changed(found.name, found.before_kwh, after, found.assumptions)
    base = _baseload(use.hours)
    during = hours_words(hours) or " in every hour"
    assumes = (
        f"the baseload of {amount(base, 'kW')} (5th percentile of the valid hours) would be that much lower{during}"
    )
    return Changed(use, found, assumes, {"baseload": (base, "kW")})


def _used_less(use: Use, percent: float, hours: Hours) -> Changed:
    """Take a percent off every hour that is meant. Raises `BadQuestion` for a percent outside 0 to 100."""
    if not 0 <= percent <= 100:
        raise BadQuestion(f"the use cannot fall by {percent:g} %; give 0 to 100")
    after = np.where(use.clock.among(hours), use.hours * (1.0 - percent / 100.0), use.hours)
    assumes = f"every hour{hours_words(hours)} would use {percent:g} % less, whatever the measure behind it"
    return Changed(use, changed(f"a cut of {percent:g} %", use.hours, after, (assumes,)), assumes)


def _shifted(use: Use, by_hours: int) -> Changed:
    found = replace(shift(use.hours, by_hours), saved_kwh=0.0, saved_percent=0.0)  # exactly: it only moves
    base = _baseload(use.hours)
    assumes = (
        f"all load above the baseload of {amount(base, 'kW')} would move, every day, and the weather of the new hours "
        "would change nothing"
    )
    return Changed(use, found, assumes, {"baseload": (base, "kW")})


def _baseload(hours: Values) -> float:
    return float(np.percentile(hours[np.isfinite(hours)], BASELOAD_PERCENTILE))


async def _set_back(query: EnergyQuery, fuel: Fuel, use: Use, readings: Readings, inventory: Inventory) -> Changed:
    by_k = change_of(query).amount or 0.0
    kind = "cooling" if query.terms and query.terms.cooling else "heating"
    temperature = await temperature_needed(readings, inventory, use)
    model, fitted_to = await _model(fuel, use, temperature, readings, inventory, heating_only=kind == "heating")
    try:
        slope = weather_slope(model, "cooling" if kind == "cooling" else "heating")
    except NoData as why:
        raise NoData(f"{use.building}'s {fuel}: {why}{_other_fuel(fuel, use, inventory)}") from why
    during = None if query.hours == "all" else use.clock.among(query.hours)
    found = set_back(use.hours, use.clock, temperature, slope, by_k, during)
    assumes = (
        f"its {fuel} rises by {amount(slope.kwh_per_k_day, 'kWh')} a day for each K {_side(kind)} a balance point of "
        f"{amount(slope.balance_degc, 'degC')} (a change-point model of {fitted_to}), and the balance point moves by "
        f"as much as the set-point{hours_words(query.hours)}{AT_ONCE if query.hours != 'all' else ''}"
    )
    figures = {
        f"{kind} slope": (slope.kwh_per_k_day, "kWh_per_K_day"),
        f"{kind} balance point": (slope.balance_degc, "degC"),
    }
    if found.low_kwh is not None and found.high_kwh is not None:
        figures |= {"saving lower end": (found.low_kwh, "kWh"), "saving upper end": (found.high_kwh, "kWh")}
    return Changed(use, found, assumes, figures)


def _side(kind: str) -> str:
    return "below" if kind == "heating" else "above"


def _other_fuel(fuel: Fuel, use: Use, inventory: Inventory) -> str:
    has_gas = fuel == "electricity" and inventory.meters_of(use.building, "gas")
    return "; it may be heated by gas: ask the same of its gas" if has_gas else ""


async def _model(
    fuel: Fuel, use: Use, temperature: Values, readings: Readings, inventory: Inventory, *, heating_only: bool
) -> tuple[DailyModel, str]:
    """Return the daily model of a use and what it was fitted to: its own time where that is about a year or more."""
    fitted_to = "that time"
    if len(use.hours) < YEAR_HOURS:
        use = (await uses(readings, inventory, [use.building], None, fuel))[use.building]
        temperature, fitted_to = await temperature_needed(readings, inventory, use), "the whole record"
    days = days_of(use.hours, temperature, use.clock, holidays_at(inventory, use.site, use.clock))
    return await asyncio.to_thread(_fitted, days, fuel, heating_only=heating_only), fitted_to


def _fitted(days: Days, fuel: Fuel, *, heating_only: bool) -> DailyModel:
    model = daily_model(days, heating_only=fuel == "gas" and heating_only)
    if model.line.shape == "2P":  # a straight line has no balance point that could move
        return daily_model(days, shapes=WITH_HEATING if heating_only else WITH_COOLING)
    return model
