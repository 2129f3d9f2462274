"""Use on days of a kind: the coldest one, those in a band of outdoor temperature, those that are (no) holidays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.absence import nothing
from tools.analyses.day_bands import band_words, day_means, one_day, picked
from tools.analyses.finding import Finding
from tools.analyses.site_terms import holidays_at, temperature_of
from tools.analyses.told import Method, Told, answered
from tools.clock import key_name
from tools.computed import Facts
from tools.data_asked import DataAsked, DayBand
from tools.energy_query import EnergyQuery
from tools.errors import BadQuestion, NoData
from tools.facts import MEASURE_NAME, hours_name, uses_meant
from tools.figures import Values, percent_change
from tools.readings import Inventory, Readings
from tools.use import Use
from tools.wording import amount, place, when

UNIT = {"carbon": "kgCO2e"}


@dataclass(frozen=True, slots=True, eq=False)
class _Load:
    """The hours of one or more buildings of a site put together, and the weather and holidays of its days."""

    use: Use
    buildings: tuple[str, ...]
    coverage: float
    temperature_degc: Values | None
    is_holiday: Values


@dataclass(frozen=True, slots=True)
class _Days:
    """What was used on the days of a band: how many days, the sum, and the mean of a day."""

    days: int
    total: float
    hours: int
    coverage: float

    @property
    def a_day(self) -> float:
        """Return the mean of a day of 24 valid hours."""
        return 24 * self.total / self.hours if self.hours else float("nan")


async def picked_days(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Facts:
    """Return what was used on the days of `terms.data.days`: the sum, of a band of temperature the mean of a day.

    With `against_days`, the difference to these. A day's temperature is the mean of its local hours, of which three
    quarters must be known; a missing hour is taken as the valid ones in a mean and left out of a sum. Buildings of a
    site are put together unless they are ranked. Raises `NoData` where no day is of the kind, and as `answered`.
    """
    asked = query.terms.data if query.terms else None
    if asked is None or asked.days is None:
        raise BadQuestion("it is not said which days are meant; name a temperature, or public holidays")
    days = asked.days
    if query.against_period or query.against_hours or query.group not in ("none", "building"):
        raise BadQuestion("days of a kind are told of one period as a whole; ask for each period by itself")
    method = Method(
        noun=f"{MEASURE_NAME[query.measure]} {'use' if _is_sum(asked) else 'use a day'} on {band_words(days)}",
        load=lambda q: _loads(q, readings, inventory),
        tell=lambda load: _told(query, asked, load, inventory),
        of_buildings=query.group == "building",
    )
    return await answered(query, inventory, method)


def _is_sum(asked: DataAsked) -> bool:
    """Tell whether the sum over the days leads; of a band of temperature it is the mean of a day."""
    days = asked.days or DayBand()
    return asked.figure != "mean" and days.low_degc is None and days.high_degc is None


async def _loads(query: EnergyQuery, readings: Readings, inventory: Inventory) -> Mapping[str, _Load]:
    """Return the load of each site that is meant; of each building where they are ranked."""
    found = await uses_meant(query, readings, inventory, query.period)
    counting = {b: use for b, use in found.items() if np.isfinite(use.hours).any()}
    if not counting:
        raise NoData(nothing(query, inventory, list(found)))
    apart = query.group == "building"
    groups: dict[str, list[Use]] = {}
    for building, use in counting.items():
        groups.setdefault(building if apart else use.site, []).append(use)
    return {name: await _load(uses, readings, inventory) for name, uses in groups.items()}


async def _load(uses: list[Use], readings: Readings, inventory: Inventory) -> _Load:
    first = uses[0]
    hours = np.array([u.hours for u in uses])
    valid = np.isfinite(hours)
    total = np.where(valid.any(axis=0), np.nansum(hours, axis=0), np.nan)
    meters = tuple(m for u in uses for m in u.meters)
    whole = Use(first.building, first.site, first.start, first.end, total, first.clock, meters)
    off = np.array([(day - np.datetime64("1970-01-01")).astype(int) for day in _dates(inventory, first)], np.int64)
    is_holiday = np.isin(first.clock.keys("day"), off).astype(float)
    weather = await temperature_of(readings, inventory, whole)
    return _Load(whole, tuple(u.building for u in uses), float(valid.mean()), weather, is_holiday)


def _dates(inventory: Inventory, use: Use) -> list[np.datetime64]:
    return [np.datetime64(day) for day in sorted(holidays_at(inventory, use.site, use.clock))]


def _told(query: EnergyQuery, asked: DataAsked, load: _Load, inventory: Inventory) -> Told:
    days, against = asked.days or DayBand(), asked.against_days
    is_sum = _is_sum(asked)
    one, name = _of(query, days, load, inventory), band_words(days)
    unit = UNIT.get(query.measure) or (
        inventory.sites[load.use.site].currency or "money" if query.measure == "cost" else "kWh"
    )
    fuel = {"gas": "gas (as labelled)", "carbon": "carbon", "cost": "cost"}.get(query.measure, "electricity")
    who, scope = place(load.buildings, inventory), f"{hours_name(query.hours)} {when(query)}"
    lead_name = f"{MEASURE_NAME[query.measure]} {'use' if is_sum else 'use a day'} on {name}"
    lead = _finding(load, lead_name, one.total if is_sum else one.a_day, unit, one)
    more = [_finding(load, f"days counted, {name}", float(one.days), "count", one)]
    if not is_sum:
        more.append(_finding(load, f"{MEASURE_NAME[query.measure]} use in all on {name}", one.total, unit, one))
    if against is not None:
        return _compared(query, (days, one), against, load, inventory, lead, more)
    if days.extreme:
        words = _of_extreme(query, days, load, who, f"{amount(one.total, unit, query.unit)} of {fuel}", inventory, more)
    elif is_sum:
        words = (
            f"{who}: {amount(one.total, unit, query.unit)} of {fuel}{scope} on {name} ({one.days} days; "
            f"{_holidays_words(days, load)})."
        )
    else:
        words = (
            f"{who}: {amount(one.a_day, unit, query.unit)} of {fuel} a day{scope} on {name} ({one.days} days, "
            f"{amount(one.total, unit, query.unit)} in all)."
        )
    return Told((lead, *more), words, when(query))


def _of(query: EnergyQuery, days: DayBand, load: _Load, inventory: Inventory) -> _Days:
    mask = picked(days, load.use.clock, load.temperature_degc, load.is_holiday > 0)
    if mask is None:
        raise NoData(f"{inventory.sites[load.use.site].name} has no outdoor temperature {when(query)} to pick days by")
    mask = mask & load.use.clock.among(query.hours)
    valid = mask & np.isfinite(load.use.hours)
    if not mask.any():
        raise NoData(f"no day {when(query)} is of the kind: {band_words(days)}")
    if not valid.any():
        raise NoData(f"{place(load.buildings, inventory)} has no valid reading on {band_words(days)} {when(query)}")
    count = len(np.unique(load.use.clock.keys("day")[mask]))
    share = float(valid.sum() / mask.sum()) * min(load.coverage / max(np.isfinite(load.use.hours).mean(), 1e-9), 1.0)
    return _Days(count, float(load.use.hours[valid].sum()), int(valid.sum()), share)


def _finding(load: _Load, name: str, value: float, unit: str, of: _Days) -> Finding:
    use, method = load.use, "sum, or mean a day, of the valid hours of the local days of that kind"
    return Finding(
        name, value, unit, load.buildings, use.start, use.end, method, of.coverage, use.meters, shows_hours=True
    )


def _of_extreme(
    query: EnergyQuery, days: DayBand, load: _Load, who: str, said: str, inventory: Inventory, more: list[Finding]
) -> str:
    keys, means = day_means(
        load.use.clock, load.temperature_degc if load.temperature_degc is not None else np.array([])
    )
    key = one_day(keys, means, days.extreme or "coldest")
    value, unknown = float(means[keys == key][0]), int(np.isnan(means).sum())
    use = load.use
    more.append(
        Finding(
            "mean outdoor temperature of that day",
            value,
            "degC",
            load.buildings,
            use.start,
            use.end,
            "mean of its hours",
        )
    )
    site, verb = inventory.sites[use.site].name, {"carbon": "caused", "cost": "spent"}.get(query.measure, "used")
    return (
        f"The {days.extreme} day of {site} {when(query)} was {key_name('day', int(key))} (mean "
        f"{amount(value, 'degC')}): {who} {verb} {said} on it{hours_name(query.hours)}."
        + (f" Of {unknown} more days the temperature is not known." if unknown else "")
    )


def _holidays_words(days: DayBand, load: _Load) -> str:
    off = len(np.unique(load.use.clock.keys("day")[load.is_holiday > 0]))
    what = "left out" if days.holidays == "without" else "counted"
    return f"{off} public holidays {what}, as the site's calendar has them"


def _compared(
    query: EnergyQuery,
    one: tuple[DayBand, _Days],
    against: DayBand,
    load: _Load,
    inventory: Inventory,
    lead: Finding,
    more: list[Finding],
) -> Told:
    """Tell how much more is used a day on the one kind of days than on the other."""
    other = _of(query, against, load, inventory)
    gap, unit = one[1].a_day - other.a_day, lead.unit
    relative = percent_change(one[1].a_day, other.a_day)
    name = f"{MEASURE_NAME[query.measure]} use a day"
    first = _finding(load, f"{name}, difference", gap, unit, other)
    percents = (
        [_finding(load, f"{name}, change in percent", relative, "percent", other)] if relative is not None else []
    )
    own = _finding(load, f"{name} on {band_words(one[0])}", one[1].a_day, unit, one[1])
    than = _finding(load, f"{name} on {band_words(against)}", other.a_day, unit, other)
    more += [_finding(load, f"days counted, {band_words(against)}", float(other.days), "count", other)]
    change = f" ({relative:+,.1f} %)" if relative is not None else ""
    words = (
        f"{place(load.buildings, inventory)}, {MEASURE_NAME[query.measure]} a day{hours_name(query.hours)} "
        f"{when(query)}: {amount(one[1].a_day, unit)} on {band_words(one[0])} ({one[1].days} days) against "
        f"{amount(other.a_day, unit)} on {band_words(against)} ({other.days} days), {amount(abs(gap), unit)} "
        f"{'more' if gap > 0 else 'less'}{change}."
    )
    return Told((first, *percents, own, than, *more), words, when(query))
